// Values in another order: what convolutions and pixel shuffles need besides a matrix product.

import type { Shape } from '../lib/dom.ts';

/** A convolution, or a transposed one: (height, width, channels) before and after. */
export interface Convolution {
  from: Shape;
  to: Shape;
  kernel: Shape;
  stride: Shape;
  padding: Shape;
}
/** Which of its positions, and where their values are. */
interface Positions {
  scratch: number;
  start: number;
  n: number;
}

/** For each output position, lay the values under the kernel side by side. */
export function gather(
  floats: Float32Array,
  step: Convolution,
  { from, scratch, start, n }: Positions & { from: number },
): void {
  const [height, width, channels] = step.from;
  const [outHeight, outWidth] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  let at = scratch;
  for (let position = start; position < start + n; position++) {
    const row = Math.floor(position / (outHeight * outWidth));
    const inside = position % (outHeight * outWidth);
    const top = Math.floor(inside / outWidth) * step.stride[0] - step.padding[0];
    const left = (inside % outWidth) * step.stride[1] - step.padding[1];
    for (let y = top; y < top + kernelHeight; y++) {
      for (let x = left; x < left + kernelWidth; x++) {
        const outside = y < 0 || x < 0 || y >= height || x >= width;
        const source = from + ((row * height + y) * width + x) * channels;
        for (let c = 0; c < channels; c++) floats[at++] = outside ? 0 : floats[source + c];
      }
    }
  }
}

/** Add the kernel-sized product of each input position to where it belongs in the output. */
export function scatter(
  floats: Float32Array,
  step: Convolution,
  { to, scratch, start, n }: Positions & { to: number },
): void {
  const [height, width] = step.from;
  const [outHeight, outWidth, channels] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  let at = scratch;
  for (let position = start; position < start + n; position++) {
    const row = Math.floor(position / (height * width));
    const inside = position % (height * width);
    const top = Math.floor(inside / width) * step.stride[0] - step.padding[0];
    const left = (inside % width) * step.stride[1] - step.padding[1];
    for (let y = top; y < top + kernelHeight; y++) {
      for (let x = left; x < left + kernelWidth; x++, at += channels) {
        if (y < 0 || x < 0 || y >= outHeight || x >= outWidth) continue;
        const target = to + ((row * outHeight + y) * outWidth + x) * channels;
        for (let c = 0; c < channels; c++) floats[target + c] += floats[at + c];
      }
    }
  }
}

/** Visit the pairs of places of a pixel shuffle: (index with more channels, index with more pixels). */
export function shuffle(
  small: Shape,
  large: Shape,
  rows: number,
  visit: (small: number, large: number) => void,
): void {
  const [height, width, channels] = large;
  const factor = height / small[0];
  for (let y = 0; y < rows * height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor(y / factor) * small[1] + Math.floor(x / factor);
      for (let c = 0; c < channels; c++) {
        const channel = (c * factor + (y % factor)) * factor + (x % factor);
        visit(cell * small[2] + channel, (y * width + x) * channels + c);
      }
    }
  }
}

/** (rows, outer, inner) -> (rows, inner, outer) */
export function transpose(
  floats: Float32Array,
  { from, to, rows, outer, inner }: Record<'from' | 'to' | 'rows' | 'outer' | 'inner', number>,
): void {
  for (let row = 0; row < rows; row++) {
    const base = row * outer * inner;
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        floats[to + base + i * outer + o] = floats[from + base + o * inner + i];
      }
    }
  }
}
