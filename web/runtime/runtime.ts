// @ts-nocheck
// Runs a network in the browser: the layer list and weights that latentlab/export/browser.py wrote.
//
// Activations are (height, width, channel), batches add a leading axis. Two buffers take turns as
// input and output; a third holds gathered or not yet scattered values of a convolution.

import { makeKernel } from './kernel.ts';
import { gather, scatter, shuffle, transpose } from './rearrange.ts';

const RESERVED = 16; // gemm.wasm uses the first 32 bytes
const SCRATCH = 1 << 18; // floats: 1 MB, about what stays in a core's own cache
const product = (shape) => shape.reduce((total, side) => total * side, 1);
const padded = (columns) => Math.ceil(columns / 8) * 8;

/**
 * Prepare a network.
 * @param {{layers: object[], input: number[], output: number[]}} spec
 * @param {Float32Array} weights
 * @param {{batch?: number, simd?: boolean}} [options] - batch: the most rows one call may have
 * @returns {Promise<Network>}
 */
export async function loadNetwork(spec, weights, { batch = 1, simd = true } = {}) {
  const plan = planMemory(spec, batch);
  const kernel = await makeKernel(plan.size, { simd });
  plan.steps.forEach((step) => placeWeights(kernel.floats, step, weights));
  return new Network(spec, plan, kernel, batch);
}

/** A network ready to run; made by `loadNetwork`. */
class Network {
  constructor(spec, plan, kernel, batch) {
    Object.assign(this, { spec, plan, kernel, batch });
    this.inputSize = product(spec.input);
    this.outputSize = product(spec.output);
    this.simd = kernel.simd;
  }

  /**
   * Run up to `batch` rows.
   * @param {ArrayLike<number>} input - rows x inputSize values
   * @param {number} [rows]
   * @returns {Float32Array} rows x outputSize; a view that the next call overwrites
   */
  run(input, rows = 1) {
    const { floats } = this.kernel;
    let [from, to] = this.plan.buffers;
    floats.set(input, from);
    for (const step of this.plan.steps) {
      const inPlace = OPERATIONS[step.op](this.kernel, step, {
        from,
        to,
        rows,
        scratch: this.plan.scratch,
      });
      if (!inPlace) [from, to] = [to, from];
    }
    return floats.subarray(from, from + rows * this.outputSize);
  }

  /** Run any number of rows into a new array. */
  runAll(input, rows) {
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
function planMemory(spec, batch) {
  let size = RESERVED;
  const take = (count) => {
    const at = size;
    size += Math.ceil(count / 4) * 4;
    return at;
  };
  let largest = product(spec.input);
  let current = largest;
  const steps = spec.layers.map((layer) => {
    const step = { ...layer };
    const matrix = matrixShape(layer);
    if (matrix) {
      [step.k, step.n] = matrix;
      step.panels = take(step.k * padded(step.n));
      step.biasAt = take(padded(Math.max(step.n, layer.to?.[2] ?? 0)));
    }
    current = layer.to ? product(layer.to) : (layer.out ?? current);
    step.size = current; // values per row after this step
    largest = Math.max(largest, current);
    return step;
  });
  const buffers = [take(largest * batch), take(largest * batch)];
  const widest = Math.max(0, ...steps.map((step) => (step.op === 'conv' ? step.k : (step.n ?? 0))));
  return { steps, buffers, scratch: take(Math.max(SCRATCH, 4 * widest)), size };
}

function matrixShape(layer) {
  const cells = layer.kernel ? product(layer.kernel) : 1;
  switch (layer.op) {
    case 'linear':
      return [layer.in, layer.out];
    case 'conv':
      return [cells * layer.from[2], layer.to[2]];
    case 'conv_transpose':
      return [layer.from[2], cells * layer.to[2]];
    case 'scale':
      return [1, layer.channels];
    default:
      return null;
  }
}

/** Copy a matrix (k rows of n) into panels of 8 columns. */
function placeWeights(floats, step, weights) {
  if (step.panels === undefined) return;
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

/** Each operation reads rows at `from`, writes at `to`, and returns true when it worked in place. */
const OPERATIONS = {
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
    return true;
  },

  leaky_relu({ floats }, step, { from, rows }) {
    for (let i = from, end = from + rows * step.size; i < end; i++) {
      if (floats[i] < 0) floats[i] *= step.slope;
    }
    return true;
  },

  silu({ floats }, step, { from, rows }) {
    for (let i = from, end = from + rows * step.size; i < end; i++) {
      floats[i] /= 1 + Math.exp(-floats[i]);
    }
    return true;
  },

  sigmoid({ floats }, step, { from, rows }) {
    for (let i = from, end = from + rows * step.size; i < end; i++) {
      floats[i] = 1 / (1 + Math.exp(-floats[i]));
    }
    return true;
  },
};
