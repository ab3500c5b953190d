// lib/arrows.ts
var ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
};

// lib/dom.ts
var SVG = "http://www.w3.org/2000/svg";
var SVG_TAGS = ["svg", "path", "circle", "line", "polyline", "rect", "g", "polygon", "text"];
var IS_SVG = new Set(SVG_TAGS);
function h(tag, props = {}, ...children) {
  const element = IS_SVG.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === void 0 || value === false) continue;
    if (name.startsWith("on") || name === "value") Object.assign(element, { [name]: value });
    else if (name === "text") element.textContent = String(value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== void 0));
  return element;
}
var clamp = (value, low, high) => Math.min(high, Math.max(low, value));
function figure(value) {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) < 5e-6) return "0";
  const size = Math.abs(value);
  const digits = size >= 1e3 ? 0 : clamp(2 - Math.floor(Math.log10(size)), 0, 5);
  return value.toFixed(digits).replace("-", "−");
}
function contextOf(canvas, settings) {
  const context = canvas.getContext("2d", settings);
  if (!context) throw new Error("This browser cannot draw on a canvas.");
  return context;
}
function paintImage(canvas, values, [height2, width2, channels]) {
  if (canvas.width !== width2 || canvas.height !== height2) {
    canvas.width = width2;
    canvas.height = height2;
  }
  const context = contextOf(canvas);
  const picture = context.createImageData(width2, height2);
  fillPixels(picture.data, values, 0, width2 * height2, channels);
  context.putImageData(picture, 0, 0);
}
function fillPixels(bytes2, values, start, pixels, channels) {
  const scale = values instanceof Uint8Array ? 1 : 255;
  for (let i = 0, at2 = start; i < pixels; i++, at2 += channels) {
    bytes2[4 * i] = values[at2] * scale;
    bytes2[4 * i + 1] = values[at2 + (channels === 3 ? 1 : 0)] * scale;
    bytes2[4 * i + 2] = values[at2 + (channels === 3 ? 2 : 0)] * scale;
    bytes2[4 * i + 3] = 255;
  }
}

// lib/message.ts
var ALIGNMENT = 16;
function unpack(bytes2) {
  const aligned = bytes2.slice();
  if (String.fromCharCode(...aligned.subarray(0, 4)) !== "LLM1") {
    throw new Error("This is not a message of latentlab.");
  }
  const header2 = readHeader(aligned);
  const start = Math.ceil((8 + headerLength(aligned)) / ALIGNMENT) * ALIGNMENT;
  const arrays2 = Object.fromEntries(
    Object.entries(header2.arrays).map(([name, { dtype, shape, offset }]) => {
      const size = shape.reduce((product2, side) => product2 * side, 1);
      const view2 = viewOf(dtype, aligned.buffer, start + offset, size);
      return [name, Object.assign(view2, { shape })];
    })
  );
  return { header: header2, arrays: arrays2 };
}
function readHeader(bytes2) {
  const text2 = new TextDecoder().decode(bytes2.subarray(8, 8 + headerLength(bytes2)));
  return JSON.parse(text2);
}
function headerLength(bytes2) {
  return new DataView(bytes2.buffer, bytes2.byteOffset).getUint32(4, true);
}
function viewOf(dtype, buffer, offset, size) {
  switch (dtype) {
    case "float32":
      return new Float32Array(buffer, offset, size);
    case "float16":
      return widen(new Uint16Array(buffer, offset, size));
    case "int32":
      return new Int32Array(buffer, offset, size);
    case "uint8":
      return new Uint8Array(buffer, offset, size);
  }
}
function widen(bits) {
  const out = new Float32Array(bits.length);
  const words = new Uint32Array(out.buffer);
  for (let i = 0; i < bits.length; i++) words[i] = (bits[i] & 32768) << 16 | (bits[i] & 32767) << 13;
  for (let i = 0; i < out.length; i++) out[i] *= 2 ** 112;
  return out;
}

// runtime/gemm_wasm.ts
var GEMM_WASM = "AGFzbQEAAAABCwFgB39/f39/f38AAg8BA2VudgZtZW1vcnkCAAADAgEABxECBGdlbW0AAAZtZW1vcnkCAAr2BwHzBwILewx/A0AgBSAaSgRAIAEgBiAabEECdGohEyAFIBprIRxBACEbA0AgG0EDaiAESARAIBMhEiADIAUgG2wgGmpBAnRqIRUgAiAaQQJ0aiIU/QAEACIIIQ8gFP0ABBAiByEOIAgiCSERIAciCiEQIAZBAnQiFCAAIAYgG2xBAnRqIhlqIRggFCAYaiIXIBRqIRZBACEdA0AgBiAdSgRAIBL9AAQAIQ0gEv0ABBAhDCASQSBqIRIgDyAZIB1BAnQiFGr9CQIAIgsgDf3mAf3kASEPIA4gCyAM/eYB/eQBIQ4gCCAUIBhq/QkCACILIA395gH95AEhCCAHIAsgDP3mAf3kASEHIAkgFCAXav0JAgAiCyAN/eYB/eQBIQkgCiALIAz95gH95AEhCiARIBQgFmr9CQIAIgsgDf3mAf3kASERIBAgCyAM/eYB/eQBIRAgHUEBaiEdDAELCwJAIBxBCE4EQCAVIA/9CwQAIBUgDv0LBBAMAQtBACAP/QsEAEEQIA79CwQAIBVBACAcQQJ0/AoAAAsgFSAFQQJ0aiESAkAgHEEITgRAIBIgCP0LBAAgEiAH/QsEEAwBC0EAIAj9CwQAQRAgB/0LBAAgEkEAIBxBAnT8CgAACyAVIAVBA3RqIRICQCAcQQhOBEAgEiAJ/QsEACASIAr9CwQQDAELQQAgCf0LBABBECAK/QsEACASQQAgHEECdPwKAAALIBUgBUEDdGogBUECdGohEgJAIBxBCE4EQCASIBH9CwQAIBIgEP0LBBAMAQtBACAR/QsEAEEQIBD9CwQAIBJBACAcQQJ0/AoAAAsgG0EEaiEbDAELCwNAIAQgG0oEQCAAIAYgG2xBAnRqIRUgEyESIAIgGkECdGoiFP0ABAAhCCAU/QAEECEH/QwAAAAAAAAAAAAAAAAAAAAAIRH9DAAAAAAAAAAAAAAAAAAAAAAhEEEAIR0DQCAdQQFqIAZIBEAgCCAVIB1BAnRqIhT9CQIAIgkgEv0ABAD95gH95AEhCCAHIAkgEv0ABBD95gH95AEhByARIBT9CQIEIgkgEv0ABCD95gH95AEhESAQIAkgEv0ABDD95gH95AEhECASQUBrIRIgHUECaiEdDAELCyAGIB1KBEAgCCAVIB1BAnRq/QkCACIJIBL9AAQA/eYB/eQBIQggByAJIBL9AAQQ/eYB/eQBIQcLIAMgBSAbbCAaakECdGohEiAIIBH95AEhCCAHIBD95AEhBwJAIBxBCE4EQCASIAj9CwQAIBIgB/0LBBAMAQtBACAI/QsEAEEQIAf9CwQAIBJBACAcQQJ0/AoAAAsgG0EBaiEbDAELCyAaQQhqIRoMAQsLCw==";

// runtime/kernel.ts
var PAGE_BYTES = 65536;
async function makeKernel(size, { simd = true } = {}) {
  if (simd) {
    try {
      return await simdKernel(size);
    } catch {
    }
  }
  const floats = new Float32Array(size);
  return { floats, gemm: plainGemm(floats), simd: false };
}
async function simdKernel(size) {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(size * 4 / PAGE_BYTES) + 1 });
  const binary = Uint8Array.from(atob(GEMM_WASM), (letter) => letter.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
  const gemm = instance.exports.gemm;
  return {
    floats: new Float32Array(memory.buffer),
    gemm: (a, b, bias, c, m, n2, k) => gemm(a * 4, b * 4, bias * 4, c * 4, m, n2, k),
    simd: true
  };
}
function plainGemm(floats) {
  const sums = new Float64Array(8);
  return (a, b, bias, c, m, n2, k) => {
    for (let j = 0; j < n2; j += 8) {
      const columns = Math.min(8, n2 - j);
      for (let i = 0; i < m; i++) {
        for (let q = 0; q < 8; q++) sums[q] = floats[bias + j + q];
        const row = a + i * k;
        for (let p = 0, at2 = b + j * k; p < k; p++, at2 += 8) {
          const x = floats[row + p];
          for (let q = 0; q < 8; q++) sums[q] += x * floats[at2 + q];
        }
        const target = c + i * n2 + j;
        for (let q = 0; q < columns; q++) floats[target + q] = sums[q];
      }
    }
  };
}

// runtime/elementwise.ts
function each(floats, start, end, change) {
  for (let i = start; i < end; i++) floats[i] = change(floats[i]);
}
var elu = (value, alpha) => value > 0 ? value : alpha * Math.expm1(value);
var softplus = (value) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
var gelu = (value) => value * (1 + erf(value * Math.SQRT1_2)) / 2;
function erf(x) {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}
function groupNorm(floats, { from, rows, size }, { groups, channels, eps }, { gain, shift }) {
  const width2 = channels / groups;
  const positions = size / channels;
  const n2 = positions * width2;
  for (let row = 0; row < rows; row++) {
    for (let group = 0; group < groups; group++) {
      const start = from + row * size + group * width2;
      const visit = (use) => {
        for (let p = 0; p < positions; p++) {
          for (let c = 0; c < width2; c++) use(start + p * channels + c, group * width2 + c);
        }
      };
      let mean = 0;
      visit((at2) => mean += floats[at2] / n2);
      let variance = 0;
      visit((at2) => variance += (floats[at2] - mean) ** 2 / n2);
      const scale = 1 / Math.sqrt(variance + eps);
      visit((at2, channel) => {
        floats[at2] = (floats[at2] - mean) * scale * floats[gain + channel] + floats[shift + channel];
      });
    }
  }
}
function pool(floats, { from, to, rows }, step) {
  const [height2, width2, channels] = step.from;
  const [outHeight, outWidth] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  const isMax = step.op === "max_pool";
  let target = to;
  for (let row = 0; row < rows; row++) {
    for (let y = 0; y < outHeight; y++) {
      for (let x = 0; x < outWidth; x++) {
        for (let c = 0; c < channels; c++) {
          let found = isMax ? -Infinity : 0;
          for (let dy = 0; dy < kernelHeight; dy++) {
            const line = (row * height2 + y * step.stride[0] + dy) * width2;
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
function pad(floats, { from, to, rows }, { from: [height2, width2, channels], to: [outHeight, outWidth], padding }) {
  const size = outHeight * outWidth * channels;
  floats.fill(0, to, to + rows * size);
  for (let row = 0; row < rows; row++) {
    for (let y = 0; y < height2; y++) {
      const source = from + (row * height2 + y) * width2 * channels;
      const target = to + row * size + ((y + padding[0]) * outWidth + padding[1]) * channels;
      floats.copyWithin(target, source, source + width2 * channels);
    }
  }
}

// runtime/rearrange.ts
function gather(floats, step, { from, scratch, start, n: n2 }) {
  const [height2, width2, channels] = step.from;
  const [outHeight, outWidth] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  let at2 = scratch;
  for (let position = start; position < start + n2; position++) {
    const row = Math.floor(position / (outHeight * outWidth));
    const inside = position % (outHeight * outWidth);
    const top = Math.floor(inside / outWidth) * step.stride[0] - step.padding[0];
    const left = inside % outWidth * step.stride[1] - step.padding[1];
    for (let y = top; y < top + kernelHeight; y++) {
      for (let x = left; x < left + kernelWidth; x++) {
        const outside = y < 0 || x < 0 || y >= height2 || x >= width2;
        const source = from + ((row * height2 + y) * width2 + x) * channels;
        for (let c = 0; c < channels; c++) floats[at2++] = outside ? 0 : floats[source + c];
      }
    }
  }
}
function scatter(floats, step, { to, scratch, start, n: n2 }) {
  const [height2, width2] = step.from;
  const [outHeight, outWidth, channels] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  let at2 = scratch;
  for (let position = start; position < start + n2; position++) {
    const row = Math.floor(position / (height2 * width2));
    const inside = position % (height2 * width2);
    const top = Math.floor(inside / width2) * step.stride[0] - step.padding[0];
    const left = inside % width2 * step.stride[1] - step.padding[1];
    for (let y = top; y < top + kernelHeight; y++) {
      for (let x = left; x < left + kernelWidth; x++, at2 += channels) {
        if (y < 0 || x < 0 || y >= outHeight || x >= outWidth) continue;
        const target = to + ((row * outHeight + y) * outWidth + x) * channels;
        for (let c = 0; c < channels; c++) floats[target + c] += floats[at2 + c];
      }
    }
  }
}
function shuffle(small, large, rows, visit) {
  const [height2, width2, channels] = large;
  const factor = height2 / small[0];
  for (let y = 0; y < rows * height2; y++) {
    for (let x = 0; x < width2; x++) {
      const cell = Math.floor(y / factor) * small[1] + Math.floor(x / factor);
      for (let c = 0; c < channels; c++) {
        const channel = (c * factor + y % factor) * factor + x % factor;
        visit(cell * small[2] + channel, (y * width2 + x) * channels + c);
      }
    }
  }
}
function transpose(floats, { from, to, rows, outer, inner }) {
  for (let row = 0; row < rows; row++) {
    const base = row * outer * inner;
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        floats[to + base + i * outer + o] = floats[from + base + o * inner + i];
      }
    }
  }
}

// runtime/operations.ts
var SCRATCH = 1 << 18;
var product = (shape) => shape.reduce((total, side) => total * side, 1);
var IN_PLACE = /* @__PURE__ */ new Set([
  ...["scale", "leaky_relu", "silu", "sigmoid", "keep", "add"],
  ...["group_norm", "elu", "clamp", "tanh", "gelu", "softplus"]
]);
function valueByValue(change) {
  return ({ floats }, step, { from, rows }) => each(floats, from, from + rows * step.size, change(step));
}
var OPERATIONS = {
  linear({ gemm }, step, { from, to, rows }) {
    gemm(from, step.panels, step.biasAt, to, rows, step.n, step.k);
  },
  conv(kernel, step, { from, to, rows, scratch }) {
    const [height2, width2, channels] = step.to;
    const positions = rows * height2 * width2;
    const chunk = Math.max(4, Math.floor(SCRATCH / step.k));
    for (let start = 0; start < positions; start += chunk) {
      const n2 = Math.min(chunk, positions - start);
      gather(kernel.floats, step, { from, scratch, start, n: n2 });
      const target = to + start * channels;
      kernel.gemm(scratch, step.panels, step.biasAt, target, n2, step.n, step.k);
    }
  },
  conv_transpose(kernel, step, { from, to, rows, scratch }) {
    const { floats } = kernel;
    const [height2, width2, channels] = step.from;
    const outSize = product(step.to);
    const bias = step.biasValues;
    for (let i = 0; i < rows * outSize; i++) floats[to + i] = bias[i % bias.length];
    const positions = rows * height2 * width2;
    const chunk = Math.max(4, Math.floor(SCRATCH / step.n));
    for (let start = 0; start < positions; start += chunk) {
      const n2 = Math.min(chunk, positions - start);
      const source = from + start * channels;
      kernel.gemm(source, step.panels, step.biasAt, scratch, n2, step.n, step.k);
      scatter(floats, step, { to, scratch, start, n: n2 });
    }
  },
  upsample({ floats }, step, { from, to, rows }) {
    const [height2, width2, channels] = step.from;
    const [outHeight, outWidth] = step.to;
    const [sy, sx] = [outHeight / height2, outWidth / width2];
    let target = to;
    for (let y = 0; y < rows * outHeight; y++) {
      const row = from + Math.floor(y / sy) * width2 * channels;
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
      inner: step.shape[2]
    });
  },
  to_channels_last({ floats }, step, { from, to, rows }) {
    transpose(floats, {
      from,
      to,
      rows,
      outer: step.shape[2],
      inner: step.shape[0] * step.shape[1]
    });
  },
  scale({ floats }, step, { from, rows }) {
    const gain = step.panels;
    for (let i = 0; i < rows * step.size; i++) {
      const channel = i % step.channels;
      floats[from + i] = floats[from + i] * floats[gain + channel] + floats[step.biasAt + channel];
    }
  },
  group_norm({ floats }, step, { from, rows }) {
    const weights = { gain: step.panels, shift: step.biasAt };
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
    floats.copyWithin(slots.get(step.slot), from, from + rows * step.size);
  },
  add({ floats }, step, { from, rows, slots }) {
    const kept = slots.get(step.slot);
    for (let i = 0; i < rows * step.size; i++) floats[from + i] += floats[kept + i];
  },
  concatenate({ floats }, step, { from, to, rows, slots }) {
    const [own, both] = [step.from[2], step.to[2]];
    const pixels = rows * step.size / both;
    const kept = slots.get(step.slot);
    for (let i = 0; i < pixels; i++) {
      floats.copyWithin(to + i * both, from + i * own, from + (i + 1) * own);
      floats.copyWithin(to + i * both + own, kept + i * (both - own), kept + (i + 1) * (both - own));
    }
  }
};

// runtime/runtime.ts
var RESERVED = 16;
var padded = (columns) => Math.ceil(columns / 8) * 8;
async function loadNetwork(spec, weights, { batch = 1, simd = true } = {}) {
  const plan = planMemory(spec, batch);
  const kernel = await makeKernel(plan.size, { simd });
  const network2 = new Network(spec, plan, kernel, batch);
  network2.reload(weights);
  return network2;
}
var Network = class {
  inputSize;
  outputSize;
  simd;
  spec;
  plan;
  kernel;
  batch;
  constructor(spec, plan, kernel, batch) {
    this.spec = spec;
    this.plan = plan;
    this.kernel = kernel;
    this.batch = batch;
    this.inputSize = product(spec.input);
    this.outputSize = product(spec.output);
    this.simd = kernel.simd;
  }
  /** Whether these are its layers. */
  isOf(spec) {
    return JSON.stringify(spec) === JSON.stringify(this.spec);
  }
  /** Take other weights for the same layers. */
  reload(weights) {
    const { floats } = this.kernel;
    for (const step of this.plan.steps) if ("weights" in step) placeWeights(floats, step, weights);
  }
  /**
   * Run up to `batch` rows.
   * @param input - rows x inputSize values
   * @param visit - shown the intermediate values
   * @returns rows x outputSize; a view that the next call overwrites
   */
  run(input, rows = 1, visit) {
    const { floats } = this.kernel;
    const { scratch, slots, steps } = this.plan;
    let [from, to] = this.plan.buffers;
    floats.set(input, from);
    steps.forEach((step, number) => {
      const operation = OPERATIONS[step.op];
      operation(this.kernel, step, { from, to, rows, scratch, slots });
      if (!IN_PLACE.has(step.op)) [from, to] = [to, from];
      visit?.(number, floats.subarray(from, from + rows * step.size));
    });
    return floats.subarray(from, from + rows * this.outputSize);
  }
  /** Run any number of rows into a new array. */
  runAll(input, rows) {
    const out = new Float32Array(rows * this.outputSize);
    for (let row = 0; row < rows; row += this.batch) {
      const n2 = Math.min(this.batch, rows - row);
      const part = input.subarray(row * this.inputSize, (row + n2) * this.inputSize);
      out.set(this.run(part, n2), row * this.outputSize);
    }
    return out;
  }
};
function planMemory(spec, batch) {
  let size = RESERVED;
  const take = (count) => {
    const at2 = size;
    size += Math.ceil(count / 4) * 4;
    return at2;
  };
  let largest = product(spec.input);
  let current = largest;
  const kept = /* @__PURE__ */ new Map();
  const steps = spec.layers.map((layer) => {
    const [k, n2] = matrixShape(layer);
    const panels = take(k * padded(n2));
    const biasAt = take(padded("to" in layer ? Math.max(n2, layer.to[2]) : n2));
    if ("to" in layer) current = product(layer.to);
    if (layer.op === "linear") current = layer.out;
    largest = Math.max(largest, current);
    if (layer.op === "keep") kept.set(layer.slot, Math.max(current, kept.get(layer.slot) ?? 0));
    return { ...layer, k, n: n2, panels, biasAt, biasValues: new Float32Array(), size: current };
  });
  const slots = new Map([...kept].map(([slot, most]) => [slot, take(most * batch)]));
  const buffers = [take(largest * batch), take(largest * batch)];
  const widest = Math.max(0, ...steps.map((step) => step.op === "conv" ? step.k : step.n));
  return { steps, slots, buffers, scratch: take(Math.max(SCRATCH, 4 * widest)), size };
}
function matrixShape(layer) {
  switch (layer.op) {
    case "linear":
      return [layer.in, layer.out];
    case "conv":
      return [product(layer.kernel) * layer.from[2], layer.to[2]];
    case "conv_transpose":
      return [layer.from[2], product(layer.kernel) * layer.to[2]];
    case "scale":
    case "group_norm":
      return [1, layer.channels];
    default:
      return [0, 0];
  }
}
function placeWeights(floats, step, weights) {
  const { k, n: n2 } = step;
  for (let p = 0; p < k; p++) {
    for (let j = 0; j < n2; j++) {
      const panel = (j >> 3) * 8 * k;
      floats[step.panels + panel + p * 8 + (j & 7)] = weights[step.weights + p * n2 + j];
    }
  }
  const biasSize = step.op === "conv_transpose" ? step.to[2] : n2;
  step.biasValues = weights.slice(step.bias, step.bias + biasSize);
  if (step.op !== "conv_transpose") floats.set(step.biasValues, step.biasAt);
}

// lib/colors.ts
var UNLABELED = "#8a8f98";
function classColor(theme, label) {
  return label < 0 ? UNLABELED : theme.classes[label % theme.classes.length];
}

// scatter/marks.ts
var MARKERS = [
  "M-1,0A1,1 0 1,0 1,0A1,1 0 1,0 -1,0Z",
  "M-0.9,-0.9H0.9V0.9H-0.9Z",
  "M0,-1.25L1.25,0L0,1.25L-1.25,0Z",
  "M0,-1.1L1.1,0.9L-1.1,0.9Z",
  "M-0.4,-1.1H0.4V-0.4H1.1V0.4H0.4V1.1H-0.4V0.4H-1.1V-0.4H-0.4Z",
  "M0,-1.3L0.35,-0.4L1.25,-0.4L0.53,0.16L0.8,1.1L0,0.53L-0.8,1.1L-0.53,0.16L-1.25,-0.4L-0.35,-0.4Z",
  "M0,1.1L1.1,-0.9L-1.1,-0.9Z",
  "M-1.1,-0.7L-0.7,-1.1L0,-0.4L0.7,-1.1L1.1,-0.7L0.4,0L1.1,0.7L0.7,1.1L0,0.4L-0.7,1.1L-1.1,0.7L-0.4,0Z",
  "M0,-1.2L1.15,-0.37L0.7,1L-0.7,1L-1.15,-0.37Z",
  "M-0.9,-1.1H0.9L0.25,0L0.9,1.1H-0.9L-0.25,0Z"
];
var markerOf = (label) => MARKERS[(label + Math.floor(label / MARKERS.length)) % MARKERS.length];
var namedByLetters = (names) => names.length > 0 && names.every((name) => Array.from(name).length === 1);
function makeSprite({
  kind,
  label,
  names,
  theme,
  radius,
  ratio
}) {
  const side = Math.ceil((2 * radius + 3) * ratio);
  const canvas = h("canvas");
  canvas.width = canvas.height = side;
  const context = contextOf(canvas);
  context.translate(side / 2, side / 2);
  context.scale(ratio, ratio);
  context.fillStyle = classColor(theme, label);
  context.strokeStyle = theme.background;
  context.lineJoin = "round";
  if (kind === "marker" && namedByLetters(names) && label >= 0) {
    drawLetter(context, names[label], radius);
  } else {
    const marker = kind === "marker" ? markerOf(Math.max(0, label)) : MARKERS[0];
    const outline = new Path2D();
    outline.addPath(new Path2D(marker), new DOMMatrix([radius * 0.85, 0, 0, radius * 0.85, 0, 0]));
    context.lineWidth = 1;
    context.stroke(outline);
    context.fill(outline);
  }
  return canvas;
}
function drawLetter(context, letter, radius) {
  context.font = `700 ${Math.round(2.4 * radius)}px ui-sans-serif, system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 2;
  context.strokeText(letter, 0, 0.5);
  context.fillText(letter, 0, 0.5);
}

// scatter/painter.ts
var DIMMED = 0.07;
var MOST_NAMES = 30;
var LONGEST_NAME = 24;
var MOST_POINTS = 1500;
var CANDIDATES = 40;
var NEAR = 0.12;
var CLEARLY = 0.2;
var WORTH = 0.03;
var NAME_HEIGHT = 22;
var FONT = "ui-sans-serif, system-ui, sans-serif";
var ScatterPainter = class {
  classNames;
  points;
  labels;
  sprites = /* @__PURE__ */ new Map();
  known = null;
  /** @param places - x and y of each point in turn */
  constructor(places2, labels2, classNames) {
    this.points = places2;
    this.labels = labels2;
    this.classNames = classNames;
  }
  get places() {
    return this.points;
  }
  /** Lay the same points out anew. */
  set places(places2) {
    this.points = places2;
    this.known = null;
  }
  /** Paint every point that is on screen. */
  paint(context, screen, theme, { kind, radius, alpha = 1, solo = null }) {
    const side = 2 * radius + 3;
    const ratio = context.getTransform().a;
    const found = /* @__PURE__ */ new Map();
    this.eachVisible(screen, side, solo, (row, x, y) => {
      const label = this.labels[row];
      context.globalAlpha = this.isLit(row, solo) ? alpha : DIMMED;
      let sprite = found.get(label);
      if (!sprite) found.set(label, sprite = this.sprite(kind, label, radius, ratio, theme));
      context.drawImage(sprite, x - side / 2, y - side / 2, side, side);
    });
    context.globalAlpha = 1;
  }
  sprite(kind, label, radius, ratio, theme) {
    const key = [kind, label, radius, ratio, theme.background].join(" ");
    let sprite = this.sprites.get(key);
    if (!sprite) {
      sprite = makeSprite({ kind, label, names: this.classNames, theme, radius, ratio });
      this.sprites.set(key, sprite);
    }
    return sprite;
  }
  /** Write each class's name where it is, so that no class is known by color alone. */
  paintNames(context, screen, theme, solo = null) {
    context.font = `700 19px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 5;
    context.lineJoin = "round";
    context.strokeStyle = theme.background;
    context.fillStyle = theme.ink;
    const wanted = this.centers.filter(({ label }) => solo === null || solo === label);
    const boxes = wanted.map(({ name, x, y }) => {
      const [px, py] = screen.toScreen(x, y);
      return { name, x: px, y: py, width: context.measureText(name).width };
    });
    for (const { name, x, y } of spreadOut(boxes)) {
      context.strokeText(name, x, y);
      context.fillText(name, x, y);
    }
  }
  /** Where the names are written. */
  get centers() {
    this.known ??= centersOf(this.points, this.labels, this.classNames);
    return this.known;
  }
  /** Visit the rows whose point is on screen; where one class is chosen, the others first. */
  eachVisible(screen, margin, solo, visit) {
    const { points: points2, labels: labels2 } = this;
    const [x0, y0] = screen.toScreen(0, 0);
    const [x1, y1] = screen.toScreen(1, 1);
    for (const pass of solo === null ? [null] : [false, true]) {
      for (let row = 0; row < labels2.length; row++) {
        if (pass !== null && labels2[row] === solo !== pass) continue;
        const x = x0 + points2[2 * row] * (x1 - x0);
        const y = y0 + points2[2 * row + 1] * (y1 - y0);
        const isInside = x > -margin && x < screen.width + margin;
        if (isInside && y > -margin && y < screen.height + margin) visit(row, x, y);
      }
    }
  }
  /** Whether a row is of the chosen class, where one is chosen. */
  isLit(row, solo) {
    return solo === null || this.labels[row] === solo;
  }
  /** The row whose point is nearest to a pixel, within a radius; -1 where there is none. */
  pick(screen, px, py, radius, solo = null) {
    let best = -1;
    let least = radius * radius;
    this.eachVisible(screen, radius, solo, (row, x, y) => {
      const squared = (x - px) ** 2 + (y - py) ** 2;
      if (squared < least && this.isLit(row, solo)) [best, least] = [row, squared];
    });
    return best;
  }
};
function centersOf(places2, labels2, classNames) {
  const step = Math.max(1, Math.floor(labels2.length / MOST_POINTS));
  const rows = Array.from({ length: Math.ceil(labels2.length / step) }, (_, i) => i * step);
  const present = [...new Set(rows.map((row) => labels2[row]))].filter((label) => classNames[label]);
  if (present.length > MOST_NAMES) return [];
  const radius = NEAR * Math.hypot(spread(places2, 0), spread(places2, 1));
  const distance = (row, x, y) => Math.hypot(places2[2 * row] - x, places2[2 * row + 1] - y);
  const leads = (label, at2, least) => {
    const near2 = rows.filter((row) => distance(row, places2[2 * at2], places2[2 * at2 + 1]) <= radius);
    const lead = near2.reduce((sum, row) => sum + (labels2[row] === label ? 1 : -1), 0);
    return lead >= Math.max(1, least) && lead >= CLEARLY * near2.length;
  };
  return present.sort((a, b) => a - b).flatMap((label) => {
    const own = rows.filter((row) => labels2[row] === label);
    const [x, y] = [0, 1].map((axis) => median(own.map((row) => places2[2 * row + axis])));
    const some = own.filter((_, i) => i % Math.ceil(own.length / CANDIDATES) === 0);
    some.sort((a, b) => distance(a, x, y) - distance(b, x, y));
    const at2 = some.find((row) => leads(label, row, WORTH * own.length));
    const name = classNames[label].slice(0, LONGEST_NAME);
    return at2 === void 0 ? [] : [{ label, name, x: places2[2 * at2], y: places2[2 * at2 + 1] }];
  });
}
var median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
function spread(places2, axis) {
  const values = places2.filter((_, i) => i % 2 === axis);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
function spreadOut(words) {
  const placed = [];
  for (const word of words) {
    const covers = (y2) => placed.some(
      (other) => Math.abs(other.x - word.x) < (other.width + word.width) / 2 + 4 && Math.abs(other.y - y2) < NAME_HEIGHT
    );
    let y = word.y;
    for (let step = 1; covers(y); step++) {
      y = word.y + (step % 2 ? 1 : -1) * Math.ceil(step / 2) * (NAME_HEIGHT / 4);
    }
    placed.push({ ...word, y });
  }
  return placed;
}

// scatter/view.ts
var CLOSEST = 400;
var WIDEST = 0.25;
var View = class _View {
  width = 1;
  height = 1;
  /** The map place in the middle. */
  x = 0;
  y = 0;
  /** Pixels per map unit, now and where everything fits. */
  scale = 1;
  fitScale = 1;
  resize(width2, height2) {
    this.width = Math.max(1, width2);
    this.height = Math.max(1, height2);
  }
  /** Show an extent whole, leaving room for what lies over the map (pixels on each side). */
  fit(extent, room) {
    const width2 = Math.max(50, this.width - room.left - room.right);
    const height2 = Math.max(50, this.height - room.top - room.bottom);
    this.scale = Math.min(
      width2 / (extent.right - extent.left),
      height2 / (extent.top - extent.bottom)
    );
    this.fitScale = this.scale;
    this.x = (extent.left + extent.right) / 2 + (room.right - room.left) / 2 / this.scale;
    this.y = (extent.bottom + extent.top) / 2 + (room.top - room.bottom) / 2 / this.scale;
  }
  /** Map place -> pixels from the element's top left corner. */
  toScreen(x, y) {
    return [
      this.width / 2 + (x - this.x) * this.scale,
      this.height / 2 - (y - this.y) * this.scale
    ];
  }
  /** Pixels -> map place. */
  toMap(px, py) {
    return [
      this.x + (px - this.width / 2) / this.scale,
      this.y - (py - this.height / 2) / this.scale
    ];
  }
  /** Zoom around a pixel that keeps its place. */
  zoom(factor, px = this.width / 2, py = this.height / 2) {
    const [x, y] = this.toMap(px, py);
    this.scale = clamp(this.scale * factor, this.fitScale * WIDEST, this.fitScale * CLOSEST);
    const [nowX, nowY] = this.toMap(px, py);
    this.x += x - nowX;
    this.y += y - nowY;
  }
  /** Move the picture by so many pixels. */
  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y += dy / this.scale;
  }
  /** Move, and zoom out where that is not enough, until some places are inside the room that is left. */
  reveal(places2, room) {
    if (!places2.length) return;
    const sides = (axis) => {
      const values = places2.map((place) => place[axis]);
      return [Math.min(...values), Math.max(...values)];
    };
    const [[left, right], [bottom, top]] = [sides(0), sides(1)];
    const width2 = this.width - room.left - room.right;
    const height2 = this.height - room.top - room.bottom;
    const most = Math.min(width2 / (right - left || 1e-9), height2 / (top - bottom || 1e-9));
    if (most < this.scale) this.scale = Math.max(most, this.fitScale * WIDEST);
    const [west, north] = this.toScreen(left, top);
    const [east, south] = this.toScreen(right, bottom);
    const move = (low, high, from, to) => low < from ? from - low : Math.min(0, to - high);
    this.pan(
      move(west, east, room.left, this.width - room.right),
      move(north, south, room.top, this.height - room.bottom)
    );
  }
  /** How much closer than at first. */
  get closeness() {
    return this.scale / this.fitScale;
  }
  copy() {
    return Object.assign(new _View(), this);
  }
};

// takehome/takehome.ts
var FAR = "No training image is near this latent.";
function find(selector, kind) {
  const element = document.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return element;
}
var text = find("#data", HTMLScriptElement).textContent;
var bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
var { header, arrays } = unpack(bytes);
var { latents, places, labels, origin, axes } = arrays;
var network = await loadNetwork(header.decoder, arrays.weights);
var image = header.decoder.output;
var [height, width] = image;
var z = origin.length;
var n = labels.length;
var dark = matchMedia("(prefers-color-scheme: dark)");
var originals = arrays.originals ? await createImageBitmap(new Blob([arrays.originals], { type: "image/png" })) : null;
var map = find("#map", HTMLElement);
var layers = ["#points", "#cursor"].map((selector) => find(selector, HTMLCanvasElement));
var [points, cursor] = layers.map((canvas) => contextOf(canvas));
var decoded = find("#drawn", HTMLCanvasElement);
var near = find("#near", HTMLCanvasElement);
var legend = find("#legend", HTMLUListElement);
var painter = new ScatterPainter(places, labels, header.classes);
var view = new View();
var at = [0, 0];
var alone = null;
var color = (name) => getComputedStyle(document.body).getPropertyValue(`--${name}`);
var palette = () => ({
  classes: header.colors[dark.matches ? "dark" : "light"],
  background: color("surface"),
  ink: color("ink")
});
function fit() {
  const box = map.getBoundingClientRect();
  const ratio = Math.min(devicePixelRatio, 2);
  for (const canvas of layers) {
    canvas.width = Math.max(1, Math.round(box.width * ratio));
    canvas.height = Math.max(1, Math.round(box.height * ratio));
    contextOf(canvas).setTransform(ratio, 0, 0, ratio, 0, 0);
  }
  const [left, right, bottom, top] = header.extent;
  const [x, y] = [0.03 * box.width, 0.03 * box.height];
  view.resize(box.width, box.height);
  view.fit({ left, right, bottom, top }, { left: x, right: x, top: y, bottom: y });
  paintPoints();
  look(at);
}
function paintPoints() {
  points.clearRect(0, 0, view.width, view.height);
  const marks = { kind: "dot", radius: n > 2500 ? 2.2 : 3, solo: alone };
  painter.paint(points, view, palette(), marks);
  painter.paintNames(points, view, palette(), alone);
}
function look(place) {
  at = place;
  const [x, y] = place;
  const latent = origin.map((value, d) => value + x * axes[d] + y * axes[z + d]);
  paintImage(decoded, network.run(latent), image);
  const { row, distance } = nearest(latent);
  showNear(row, distance);
  paintCursor(row);
  find("#trust", HTMLElement).textContent = distance > header.far ? FAR : "";
}
function nearest(latent) {
  let [best, row] = [Infinity, 0];
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let d = 0; d < z; d++) sum += (latents[i * z + d] - latent[d]) ** 2;
    if (sum < best) [best, row] = [sum, i];
  }
  return { row, distance: Math.sqrt(best) };
}
function showNear(row, distance) {
  near.hidden = !originals;
  if (originals) {
    [near.width, near.height] = [width, height];
    const [column, line] = [row % header.columns, Math.floor(row / header.columns)];
    const source = [column * width, line * height, width, height];
    contextOf(near).drawImage(originals, ...source, 0, 0, width, height);
  }
  find("#near-words", HTMLElement).textContent = `nearest training image: ${header.classes[labels[row]]}, distance ${figure(distance)}`;
}
function paintCursor(row) {
  cursor.clearRect(0, 0, view.width, view.height);
  const here = view.toScreen(...at);
  const there = view.toScreen(places[2 * row], places[2 * row + 1]);
  cursor.strokeStyle = color("accent");
  cursor.lineWidth = 1.5;
  cursor.beginPath();
  cursor.moveTo(...here);
  cursor.lineTo(...there);
  cursor.stroke();
  for (const [[x, y], radius] of [[there, 6], [here, 11]]) {
    cursor.beginPath();
    cursor.arc(x, y, radius, 0, 7);
    cursor.stroke();
  }
}
function fillLegend() {
  const present = [...new Set(labels)].sort((a, b) => a - b);
  const { classes } = palette();
  const entries = present.map((label) => {
    const choose = () => {
      alone = alone === label ? null : label;
      fillLegend();
      paintPoints();
    };
    const dot = h("i", { style: `background:${classes[label % classes.length]}` });
    const props = { "aria-pressed": String(alone === label), onclick: choose };
    return h("li", {}, h("button", props, dot, header.classes[label]));
  });
  legend.replaceChildren(...entries);
}
function follow(event) {
  const box = map.getBoundingClientRect();
  find("#hint", HTMLElement).hidden = true;
  look(view.toMap(event.clientX - box.left, event.clientY - box.top));
}
map.addEventListener("pointermove", follow);
map.addEventListener("pointerdown", follow);
map.addEventListener("keydown", (event) => {
  const step = ARROWS[event.key];
  if (!step) return;
  event.preventDefault();
  const size = (event.shiftKey ? 40 : 8) / view.scale;
  const { left, right, low, high } = bounds();
  look([clamp(at[0] + step[0] * size, left, right), clamp(at[1] - step[1] * size, low, high)]);
});
dark.addEventListener("change", () => {
  fillLegend();
  fit();
});
function bounds() {
  const [left, high] = view.toMap(0, 0);
  const [right, low] = view.toMap(view.width, view.height);
  return { left, right, low, high };
}
find("h1", HTMLElement).textContent = header.title;
find("#about", HTMLElement).textContent = header.about;
document.body.style.setProperty("--aspect", `${width} / ${height}`);
fillLegend();
new ResizeObserver(fit).observe(map);
document.body.dataset.ready = "true";
