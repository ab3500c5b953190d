// Layers that only networks from elsewhere have: activations, normalization in groups, pooling, zeros
// around an image. What they get and give is described in runtime.ts.

import type { Shape } from '../lib/dom.ts';

/** A window over an image: (height, width, channels) before and after. */
export interface Window {
  from: Shape;
  to: Shape;
  kernel: Shape;
  stride: Shape;
}

/** Change every value from `start` to `end`. */
export function each(
  floats: Float32Array,
  start: number,
  end: number,
  change: (value: number) => number,
): void {
  for (let i = start; i < end; i++) floats[i] = change(floats[i]);
}

export const elu = (value: number, alpha: number): number => (value > 0 ? value : alpha * Math.expm1(value));

/** log(1 + exp(x)), also where exp(x) is no number any more. */
export const softplus = (value: number): number => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));

/** x times the normal distribution function of x. */
export const gelu = (value: number): number => (value * (1 + erf(value * Math.SQRT1_2))) / 2;

/** Abramowitz and Stegun 7.1.26: off by less than 2e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}

/** Bring each group of channels of each image to mean 0 and variance 1, then scale and shift it. */
export function groupNorm(
  floats: Float32Array,
  { from, rows, size }: { from: number; rows: number; size: number },
  { groups, channels, eps }: { groups: number; channels: number; eps: number },
  { gain, shift }: { gain: number; shift: number },
): void {
  const width = channels / groups;
  const positions = size / channels;
  const n = positions * width;
  for (let row = 0; row < rows; row++) {
    for (let group = 0; group < groups; group++) {
      const start = from + row * size + group * width;
      const visit = (use: (at: number, channel: number) => void): void => {
        for (let p = 0; p < positions; p++) {
          for (let c = 0; c < width; c++) use(start + p * channels + c, group * width + c);
        }
      };
      let mean = 0;
      visit((at) => (mean += floats[at] / n));
      let variance = 0;
      visit((at) => (variance += (floats[at] - mean) ** 2 / n));
      const scale = 1 / Math.sqrt(variance + eps);
      visit((at, channel) => {
        floats[at] = (floats[at] - mean) * scale * floats[gain + channel] + floats[shift + channel];
      });
    }
  }
}

/** The largest value of each window, or its mean. */
export function pool(
  floats: Float32Array,
  { from, to, rows }: { from: number; to: number; rows: number },
  step: Window & { op: 'max_pool' | 'avg_pool' },
): void {
  const [height, width, channels] = step.from;
  const [outHeight, outWidth] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  const isMax = step.op === 'max_pool';
  let target = to;
  for (let row = 0; row < rows; row++) {
    for (let y = 0; y < outHeight; y++) {
      for (let x = 0; x < outWidth; x++) {
        for (let c = 0; c < channels; c++) {
          let found = isMax ? -Infinity : 0;
          for (let dy = 0; dy < kernelHeight; dy++) {
            const line = (row * height + y * step.stride[0] + dy) * width;
            for (let dx = 0; dx < kernelWidth; dx++) {
              const value = floats[from + (line + x * step.stride[1] + dx) * channels + c];
              found = isMax ? Math.max(found, value) : found + value;
            }
          }
          floats[target++] = isMax ? found : found / (kernelHeight * kernelWidth);
        }
      }
    }
  }
}

/** Lay an image into a larger one of zeros. */
export function pad(
  floats: Float32Array,
  { from, to, rows }: { from: number; to: number; rows: number },
  { from: [height, width, channels], to: [outHeight, outWidth], padding }: Omit<Window, 'kernel' | 'stride'> & { padding: Shape },
): void {
  const size = outHeight * outWidth * channels;
  floats.fill(0, to, to + rows * size);
  for (let row = 0; row < rows; row++) {
    for (let y = 0; y < height; y++) {
      const source = from + (row * height + y) * width * channels;
      const target = to + row * size + ((y + padding[0]) * outWidth + padding[1]) * channels;
      floats.copyWithin(target, source, source + width * channels);
    }
  }
}
