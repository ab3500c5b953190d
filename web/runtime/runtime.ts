// Runs a network in the browser: the layer list and weights that latentlab/export/browser.py wrote.
//
// Activations are (height, width, channel), batches add a leading axis. Two buffers take turns as
// input and output; a third holds gathered or not yet scattered values of a convolution.

import { type Kernel, makeKernel } from './kernel.ts';
import { IN_PLACE, type Layer, OPERATIONS, type Operation, SCRATCH, type Step, type Weighted, product } from './operations.ts';

const RESERVED = 16; // gemm.wasm uses the first 32 bytes
const padded = (columns: number): number => Math.ceil(columns / 8) * 8;

/** A network as it is sent, without its weights. */
export interface NetworkSpec {
  layers: Layer[];
  input: number[];
  output: number[];
}

interface Plan {
  steps: Step[];
  /** Where each kept value lies. */
  slots: Map<number, number>;
  buffers: [number, number];
  scratch: number;
  size: number;
}
/**
 * Shown what each layer gives: a view that the next layer reads, so that what is changed in it
 * changes what follows.
 */
export type Visit = (layer: number, values: Float32Array) => void;

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
   * @param visit - shown the intermediate values
   * @returns rows x outputSize; a view that the next call overwrites
   */
  run(input: ArrayLike<number>, rows = 1, visit?: Visit): Float32Array {
    const { floats } = this.kernel;
    const { scratch, slots, steps } = this.plan;
    let [from, to] = this.plan.buffers;
    floats.set(input, from);
    steps.forEach((step, number) => {
      const operation = OPERATIONS[step.op] as Operation<Step>;
      operation(this.kernel, step, { from, to, rows, scratch, slots });
      if (!IN_PLACE.has(step.op)) [from, to] = [to, from];
      visit?.(number, floats.subarray(from, from + rows * step.size));
    });
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
  const kept = new Map<number, number>(); // slot -> the most values that are kept in it
  const steps = spec.layers.map((layer): Step => {
    const [k, n] = matrixShape(layer);
    const panels = take(k * padded(n));
    const biasAt = take(padded('to' in layer ? Math.max(n, layer.to[2]) : n));
    if ('to' in layer) current = product(layer.to);
    if (layer.op === 'linear') current = layer.out;
    largest = Math.max(largest, current);
    if (layer.op === 'keep') kept.set(layer.slot, Math.max(current, kept.get(layer.slot) ?? 0));
    return { ...layer, k, n, panels, biasAt, biasValues: new Float32Array(), size: current };
  });
  const slots = new Map([...kept].map(([slot, most]) => [slot, take(most * batch)]));
  const buffers: [number, number] = [take(largest * batch), take(largest * batch)];
  const widest = Math.max(0, ...steps.map((step) => (step.op === 'conv' ? step.k : step.n)));
  return { steps, slots, buffers, scratch: take(Math.max(SCRATCH, 4 * widest)), size };
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
