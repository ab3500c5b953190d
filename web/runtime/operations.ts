// What each kind of layer does to the values in memory.

import type { Shape } from '../lib/dom.ts';
import { type Window, each, elu, gelu, groupNorm, pad, pool, softplus } from './elementwise.ts';
import type { Kernel } from './kernel.ts';
import { type Convolution, gather, scatter, shuffle, transpose } from './rearrange.ts';

export const SCRATCH = 1 << 18; // floats: 1 MB, about what stays in a core's own cache
export const product = (shape: Shape): number => shape.reduce((total, side) => total * side, 1);

/** Where a layer's matrix and bias begin among the weights. */
export interface Weighted {
  weights: number;
  bias: number;
}
/** The layers that latentlab/export/layers.py writes. */
export type Layer =
  | ({ op: 'linear'; in: number; out: number } & Weighted)
  | ({ op: 'conv' | 'conv_transpose' } & Convolution & Weighted)
  | ({ op: 'scale'; channels: number } & Weighted)
  | { op: 'upsample' | 'pixel_shuffle' | 'pixel_unshuffle'; from: Shape; to: Shape }
  | { op: 'to_channels_first' | 'to_channels_last'; shape: Shape }
  | { op: 'leaky_relu'; slope: number }
  | { op: 'silu' | 'sigmoid' }
  // Of networks from elsewhere.
  | ({ op: 'group_norm'; channels: number; groups: number; eps: number } & Weighted)
  | ({ op: 'max_pool' | 'avg_pool' } & Window)
  | { op: 'pad'; from: Shape; to: Shape; padding: Shape }
  | { op: 'elu'; alpha: number }
  | { op: 'clamp'; low: number; high: number }
  | { op: 'tanh' | 'gelu' | 'softplus' }
  // What is kept under a number is added, or laid beside the channels, further on.
  | { op: 'keep' | 'add'; slot: number }
  | { op: 'concatenate'; slot: number; from: Shape; to: Shape };

/** What is known of a layer in memory: its matrix of k rows and n columns, its values per row. */
interface Placed {
  k: number;
  n: number;
  panels: number;
  biasAt: number;
  biasValues: Float32Array;
  size: number;
}
export type Step = Layer & Placed;
type Having<L extends Layer, Op> = L extends Layer ? (Op extends L['op'] ? L : never) : never;
type StepOf<Op> = Having<Layer, Op> & Placed;
/** Where an operation reads and writes, and how many rows. */
interface Place {
  from: number;
  to: number;
  rows: number;
  scratch: number;
  slots: Map<number, number>;
}
export type Operation<S> = (kernel: Kernel, step: S, place: Place) => void;
export const IN_PLACE: ReadonlySet<Layer['op']> = new Set([
  ...(['scale', 'leaky_relu', 'silu', 'sigmoid', 'keep', 'add'] as const),
  ...(['group_norm', 'elu', 'clamp', 'tanh', 'gelu', 'softplus'] as const),
]);

function valueByValue<S extends Step>(change: (step: S) => (value: number) => number): Operation<S> {
  return ({ floats }, step, { from, rows }) => each(floats, from, from + rows * step.size, change(step));
}

/** Each operation reads rows at `from` and writes at `to`, or works in place. */
export const OPERATIONS: { [Op in Layer['op']]: Operation<StepOf<Op>> } = {
  linear({ gemm }, step, { from, to, rows }) {
    gemm(from, step.panels, step.biasAt, to, rows, step.n, step.k);
  },

  conv(kernel, step, { from, to, rows, scratch }) {
    const [height, width, channels] = step.to;
    const positions = rows * height * width;
    const chunk = Math.max(4, Math.floor(SCRATCH / step.k));
    for (let start = 0; start < positions; start += chunk) {
      const n = Math.min(chunk, positions - start);
      gather(kernel.floats, step, { from, scratch, start, n });
      const target = to + start * channels;
      kernel.gemm(scratch, step.panels, step.biasAt, target, n, step.n, step.k);
    }
  },

  conv_transpose(kernel, step, { from, to, rows, scratch }) {
    const { floats } = kernel;
    const [height, width, channels] = step.from;
    const outSize = product(step.to);
    const bias = step.biasValues;
    for (let i = 0; i < rows * outSize; i++) floats[to + i] = bias[i % bias.length];
    const positions = rows * height * width;
    const chunk = Math.max(4, Math.floor(SCRATCH / step.n));
    for (let start = 0; start < positions; start += chunk) {
      const n = Math.min(chunk, positions - start);
      const source = from + start * channels;
      kernel.gemm(source, step.panels, step.biasAt, scratch, n, step.n, step.k);
      scatter(floats, step, { to, scratch, start, n });
    }
  },

  upsample({ floats }, step, { from, to, rows }) {
    const [height, width, channels] = step.from;
    const [outHeight, outWidth] = step.to;
    const [sy, sx] = [outHeight / height, outWidth / width];
    let target = to;
    for (let y = 0; y < rows * outHeight; y++) {
      const row = from + Math.floor(y / sy) * width * channels;
      for (let x = 0; x < outWidth; x++) {
        const source = row + Math.floor(x / sx) * channels;
        for (let c = 0; c < channels; c++) floats[target++] = floats[source + c];
      }
    }
  },

  pixel_shuffle({ floats }, step, { from, to, rows }) {
    shuffle(step.from, step.to, rows, (small, large) => {
      floats[to + large] = floats[from + small];
    });
  },

  pixel_unshuffle({ floats }, step, { from, to, rows }) {
    shuffle(step.to, step.from, rows, (small, large) => {
      floats[to + small] = floats[from + large];
    });
  },

  to_channels_first({ floats }, step, { from, to, rows }) {
    transpose(floats, {
      from,
      to,
      rows,
      outer: step.shape[0] * step.shape[1],
      inner: step.shape[2],
    });
  },

  to_channels_last({ floats }, step, { from, to, rows }) {
    transpose(floats, {
      from,
      to,
      rows,
      outer: step.shape[2],
      inner: step.shape[0] * step.shape[1],
    });
  },

  scale({ floats }, step, { from, rows }) {
    const gain = step.panels; // one row: panels and plain order are the same
    for (let i = 0; i < rows * step.size; i++) {
      const channel = i % step.channels;
      floats[from + i] = floats[from + i] * floats[gain + channel] + floats[step.biasAt + channel];
    }
  },

  group_norm({ floats }, step, { from, rows }) {
    const weights = { gain: step.panels, shift: step.biasAt }; // one row, as for `scale`
    groupNorm(floats, { from, rows, size: step.size }, step, weights);
  },

  max_pool: ({ floats }, step, place) => pool(floats, place, step),
  avg_pool: ({ floats }, step, place) => pool(floats, place, step),
  pad: ({ floats }, step, place) => pad(floats, place, step),
  elu: valueByValue(({ alpha }) => (value) => elu(value, alpha)),
  clamp: valueByValue(({ low, high }) => (value) => Math.min(Math.max(value, low), high)),
  tanh: valueByValue(() => Math.tanh),
  gelu: valueByValue(() => gelu),
  softplus: valueByValue(() => softplus),

  leaky_relu({ floats }, step, { from, rows }) {
    for (let i = from, end = from + rows * step.size; i < end; i++) {
      if (floats[i] < 0) floats[i] *= step.slope;
    }
  },

  silu({ floats }, step, { from, rows }) {
    for (let i = from, end = from + rows * step.size; i < end; i++) {
      floats[i] /= 1 + Math.exp(-floats[i]);
    }
  },

  sigmoid({ floats }, step, { from, rows }) {
    for (let i = from, end = from + rows * step.size; i < end; i++) {
      floats[i] = 1 / (1 + Math.exp(-floats[i]));
    }
  },

  keep({ floats }, step, { from, rows, slots }) {
    floats.copyWithin(slots.get(step.slot)!, from, from + rows * step.size);
  },

  add({ floats }, step, { from, rows, slots }) {
    const kept = slots.get(step.slot)!;
    for (let i = 0; i < rows * step.size; i++) floats[from + i] += floats[kept + i];
  },

  concatenate({ floats }, step, { from, to, rows, slots }) {
    const [own, both] = [step.from[2], step.to[2]];
    const pixels = (rows * step.size) / both;
    const kept = slots.get(step.slot)!;
    for (let i = 0; i < pixels; i++) {
      floats.copyWithin(to + i * both, from + i * own, from + (i + 1) * own);
      floats.copyWithin(to + i * both + own, kept + i * (both - own), kept + (i + 1) * (both - own));
    }
  },
};
