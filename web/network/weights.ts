// What a unit of the first layer looks for, and what a unit of the last one adds: its weights as a picture.

import type { Shape } from '../lib/dom.ts';
import type { PartSpec } from './flow.ts';

/** Weights that lie as pixels do: (height, width, channels). */
export interface WeightImage {
  shape: Shape;
  values: Float32Array;
}

/** What a unit of the first drawn layer multiplies the pixels with; null for another kind of layer. */
export function looksFor(spec: PartSpec, weights: Float32Array, unit: number): WeightImage | null {
  const layer = spec.layers.find(({ op }) => op === 'linear' || op === 'conv');
  if (layer?.op === 'linear') {
    const column = Float32Array.from({ length: layer.in }, (_, i) => weights[layer.weights + i * layer.out + unit]);
    return { shape: spec.input, values: channelsLast(column, spec.input) };
  }
  if (layer?.op !== 'conv') return null;
  const [height, width] = layer.kernel;
  const [channels, units] = [layer.from[2], layer.to[2]];
  const values = Float32Array.from(
    { length: height * width * channels },
    (_, i) => weights[layer.weights + i * units + unit],
  );
  return { shape: [height, width, channels], values };
}

/** What a unit of the last hidden layer adds to the output, before its sigmoid. */
export function adds(spec: PartSpec, weights: Float32Array, unit: number): WeightImage | null {
  const layer = spec.layers.findLast(({ op }) => op === 'linear' || op === 'conv_transpose');
  if (layer?.op === 'linear') {
    const from = layer.weights + unit * layer.out;
    const values = channelsLast(weights.subarray(from, from + layer.out), spec.output);
    return { shape: spec.output, values };
  }
  if (layer?.op !== 'conv_transpose') return null;
  const shape = [layer.kernel[0], layer.kernel[1], layer.to[2]];
  const size = shape.reduce((product, side) => product * side, 1);
  const from = layer.weights + unit * size;
  return { shape, values: weights.slice(from, from + size) };
}

/** Values in torch's order, as pixels. */
function channelsLast(values: Float32Array, [height, width, channels]: Shape): Float32Array {
  const out = new Float32Array(values.length);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < height * width; i++) out[i * channels + c] = values[c * height * width + i];
  }
  return out;
}
