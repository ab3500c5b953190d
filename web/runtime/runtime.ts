// Runs a network in the browser: the layer list and weights that latentlab/export/browser.py wrote.
//
// Activations are (height, width, channel), batches add a leading axis. Two buffers take turns as
// input and output; a third holds gathered or not yet scattered values of a convolution.

import type { Shape } from '../lib/dom.ts';
import { type Window, each, elu, gelu, groupNorm, pad, pool, softplus } from './elementwise.ts';
import { type Kernel, makeKernel } from './kernel.ts';
import { type Convolution, gather, scatter, shuffle, transpose } from './rearrange.ts';

const RESERVED = 16; // gemm.wasm uses the first 32 bytes
const SCRATCH = 1 << 18; // floats: 1 MB, about what stays in a core's own cache
const product = (shape: Shape): number => shape.reduce((total, side) => total * side, 1);
const padded = (columns: number): number => Math.ceil(columns / 8) * 8;

/** Where a layer's matrix and bias begin among the weights. */
interface Weighted {
  weights: number;
  bias: number;
}
/** The layers that latentlab/export/layers.py writes. */
type Layer =
  | ({ op: 'linear'; in: number; out: number } & Weighted)
  | ({ op: 'conv' | 'conv_transpose' } & Convolution & Weighted)
  | ({ op: 'scale'; channels: number } & Weighted)
  | { op: 'upsample' | 'pixel_shuffle' | 'pixel_unshuffle'; from: Shape; to: Shape }
  | { op: 'to_channels_first' | 'to_channels_last'; shape: Shape }
  | { op: 'leaky_relu'; slope: number }
  | ({ op: 'group_norm'; channels: number; groups: number; eps: number } & Weighted)
  | ({ op: 'max_pool' | 'avg_pool' } & Window)
  | { op: 'pad'; from: Shape; to: Shape; padding: Shape }
  | { op: 'elu'; alpha: number }
  | { op: 'clamp'; low: number; high: number }
  | { op: 'silu' | 'sigmoid' | 'tanh' | 'gelu' | 'softplus' };

/** A network as it is sent, without its weights. */
export interface NetworkSpec {
  layers: Layer[];
  input: number[];
  output: number[];
}

/** What is known of a layer in memory: its matrix of k rows and n columns, its values per row. */
interface Placed {
  k: number;
  n: number;
  panels: number;
  biasAt: number;
  biasValues: Float32Array;
  size: number;
}
type Step = Layer & Placed;
type Having<L extends Layer, Op> = L extends Layer ? (Op extends L['op'] ? L : never) : never;
type StepOf<Op> = Having<Layer, Op> & Placed;
interface Plan {
  steps: Step[];
  buffers: [number, number];
  scratch: number;
  size: number;
}
/** Where an operation reads and writes, and how many rows. */
interface Place {
  from: number;
  to: number;
  rows: number;
  scratch: number;
}

/** Anything that turns rows of values into rows of values. */
export interface Runnable {
  run(input: ArrayLike<number>): Float32Array;
  runAll(input: Float32Array, rows: number): Float32Array<ArrayBuffer>;
}

/**
 * Prepare a network.
 * @param options - batch: the most rows one call may have; `simd: false` forces plain JavaScript
 */
export async function loadNetwork(
  spec: NetworkSpec,
  weights: Float32Array,
  { batch = 1, simd = true } = {},
): Promise<Network> {
  const plan = planMemory(spec, batch);
  const kernel = await makeKernel(plan.size, { simd });
  const network = new Network(spec, plan, kernel, batch);
  network.reload(weights);
  return network;
}

/** A network ready to run; made by `loadNetwork`. */
export class Network implements Runnable {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly simd: boolean;
  private readonly spec: NetworkSpec;
  private readonly plan: Plan;
  private readonly kernel: Kernel;
  private readonly batch: number;

  constructor(spec: NetworkSpec, plan: Plan, kernel: Kernel, batch: number) {
    this.spec = spec;
    this.plan = plan;
    this.kernel = kernel;
    this.batch = batch;
    this.inputSize = product(spec.input);
    this.outputSize = product(spec.output);
    this.simd = kernel.simd;
  }

  /** Whether these are its layers. */
  isOf(spec: NetworkSpec): boolean {
    return JSON.stringify(spec) === JSON.stringify(this.spec);
  }

  /** Take other weights for the same layers. */
  reload(weights: Float32Array): void {
    const { floats } = this.kernel;
    for (const step of this.plan.steps) if ('weights' in step) placeWeights(floats, step, weights);
  }

  /**
   * Run up to `batch` rows.
   * @param input - rows x inputSize values
   * @returns rows x outputSize; a view that the next call overwrites
   */
  run(input: ArrayLike<number>, rows = 1): Float32Array {
    const { floats } = this.kernel;
    const { scratch } = this.plan;
    let [from, to] = this.plan.buffers;
    floats.set(input, from);
    for (const step of this.plan.steps) {
      const operation = OPERATIONS[step.op] as Operation<Step>;
      operation(this.kernel, step, { from, to, rows, scratch });
      if (!IN_PLACE.has(step.op)) [from, to] = [to, from];
    }
    return floats.subarray(from, from + rows * this.outputSize);
  }

  /** Run any number of rows into a new array. */
  runAll(input: Float32Array, rows: number): Float32Array<ArrayBuffer> {
    const out = new Float32Array(rows * this.outputSize);
    for (let row = 0; row < rows; row += this.batch) {
      const n = Math.min(this.batch, rows - row);
      const part = input.subarray(row * this.inputSize, (row + n) * this.inputSize);
      out.set(this.run(part, n), row * this.outputSize);
    }
    return out;
  }
}

/** Decide where weights, activations and scratch lie, in floats from the start of memory. */
function planMemory(spec: NetworkSpec, batch: number): Plan {
  let size = RESERVED;
  const take = (count: number): number => {
    const at = size;
    size += Math.ceil(count / 4) * 4;
    return at;
  };
  let largest = product(spec.input);
  let current = largest;
  const steps = spec.layers.map((layer): Step => {
    const [k, n] = matrixShape(layer);
    const panels = take(k * padded(n));
    const biasAt = take(padded('to' in layer ? Math.max(n, layer.to[2]) : n));
    if ('to' in layer) current = product(layer.to);
    if (layer.op === 'linear') current = layer.out;
    largest = Math.max(largest, current);
    return { ...layer, k, n, panels, biasAt, biasValues: new Float32Array(), size: current };
  });
  const buffers: [number, number] = [take(largest * batch), take(largest * batch)];
  const widest = Math.max(0, ...steps.map((step) => (step.op === 'conv' ? step.k : step.n)));
  return { steps, buffers, scratch: take(Math.max(SCRATCH, 4 * widest)), size };
}

/** Rows and columns of a layer's matrix; none of either where it has none. */
function matrixShape(layer: Layer): [k: number, n: number] {
  switch (layer.op) {
    case 'linear':
      return [layer.in, layer.out];
    case 'conv':
      return [product(layer.kernel) * layer.from[2], layer.to[2]];
    case 'conv_transpose':
      return [layer.from[2], product(layer.kernel) * layer.to[2]];
    case 'scale':
    case 'group_norm':
      return [1, layer.channels];
    default:
      return [0, 0];
  }
}

/** Copy a matrix (k rows of n) into panels of 8 columns. */
function placeWeights(floats: Float32Array, step: Step & Weighted, weights: Float32Array): void {
  const { k, n } = step;
  for (let p = 0; p < k; p++) {
    for (let j = 0; j < n; j++) {
      const panel = (j >> 3) * 8 * k;
      floats[step.panels + panel + p * 8 + (j & 7)] = weights[step.weights + p * n + j];
    }
  }
  // A transposed convolution adds its bias after scattering, so its product has none.
  const biasSize = step.op === 'conv_transpose' ? step.to[2] : n;
  step.biasValues = weights.slice(step.bias, step.bias + biasSize);
  if (step.op !== 'conv_transpose') floats.set(step.biasValues, step.biasAt);
}

type Operation<S> = (kernel: Kernel, step: S, place: Place) => void;
const IN_PLACE: ReadonlySet<Layer['op']> = new Set([
  ...(['scale', 'group_norm', 'leaky_relu', 'elu', 'clamp'] as const),
  ...(['silu', 'sigmoid', 'tanh', 'gelu', 'softplus'] as const),
]);

function valueByValue<S extends Step>(change: (step: S) => (value: number) => number): Operation<S> {
  return ({ floats }, step, { from, rows }) => each(floats, from, from + rows * step.size, change(step));
}

/** Each operation reads rows at `from` and writes at `to`, or works in place. */
const OPERATIONS: { [Op in Layer['op']]: Operation<StepOf<Op>> } = {
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
};
