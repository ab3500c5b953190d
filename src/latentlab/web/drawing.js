// lib/bus.ts
var KEY = /* @__PURE__ */ Symbol.for("latentlab.bus");
var PAGE = globalThis;
var MOST = 24;
function publish(topic, value) {
  const { last, target } = bus();
  last.delete(topic);
  last.set(topic, value);
  if (last.size > MOST) last.delete([...last.keys()][0]);
  target.dispatchEvent(new CustomEvent("said", { detail: topic }));
}
function listen(topic, hear) {
  return hearAll((said, value) => {
    if (said === topic) hear(value);
  });
}
function hearAll(hear) {
  const { last, target } = bus();
  for (const [topic, value] of [...last]) hear(topic, value);
  const listener = (event) => {
    const topic = event.detail;
    if (last.has(topic)) hear(topic, last.get(topic));
  };
  target.addEventListener("said", listener);
  return () => target.removeEventListener("said", listener);
}
function kept(name, make) {
  const { things } = bus();
  if (!things.has(name)) things.set(name, make());
  return things.get(name);
}
function bus() {
  PAGE[KEY] ??= {
    last: /* @__PURE__ */ new Map(),
    things: /* @__PURE__ */ new Map(),
    target: new EventTarget(),
    voices: /* @__PURE__ */ new Map(),
    unsaid: /* @__PURE__ */ new Map(),
    speaking: false
  };
  return PAGE[KEY];
}

// lib/component.ts
function keeping(selector, make, show) {
  const boards = /* @__PURE__ */ new WeakMap();
  return (component) => {
    const { parentElement } = component;
    const root = selector === null ? parentElement.host : parentElement.querySelector(selector);
    let board = boards.get(root);
    if (!board) boards.set(root, board = make(root, component));
    show(board, component);
    return () => {
      boards.get(root)?.stop();
      boards.delete(root);
    };
  };
}

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
function contextOf(canvas, settings) {
  const context = canvas.getContext("2d", settings);
  if (!context) throw new Error("This browser cannot draw on a canvas.");
  return context;
}
function paintImage(canvas, values, [height, width, channels]) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = contextOf(canvas);
  const picture = context.createImageData(width, height);
  fillPixels(picture.data, values, 0, width * height, channels);
  context.putImageData(picture, 0, 0);
}
function fillPixels(bytes, values, start, pixels, channels) {
  const scale = values instanceof Uint8Array ? 1 : 255;
  for (let i = 0, at = start; i < pixels; i++, at += channels) {
    bytes[4 * i] = values[at] * scale;
    bytes[4 * i + 1] = values[at + (channels === 3 ? 1 : 0)] * scale;
    bytes[4 * i + 2] = values[at + (channels === 3 ? 2 : 0)] * scale;
    bytes[4 * i + 3] = 255;
  }
}

// lib/message.ts
var ALIGNMENT = 16;
function unpack(bytes) {
  const aligned = bytes.slice();
  if (String.fromCharCode(...aligned.subarray(0, 4)) !== "LLM1") {
    throw new Error("This is not a message of latentlab.");
  }
  const header = readHeader(aligned);
  const start = Math.ceil((8 + headerLength(aligned)) / ALIGNMENT) * ALIGNMENT;
  const arrays = Object.fromEntries(
    Object.entries(header.arrays).map(([name, { dtype, shape, offset }]) => {
      const size = shape.reduce((product2, side) => product2 * side, 1);
      const view = viewOf(dtype, aligned.buffer, start + offset, size);
      return [name, Object.assign(view, { shape })];
    })
  );
  return { header, arrays };
}
function readHeader(bytes) {
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + headerLength(bytes)));
  return JSON.parse(text);
}
function headerLength(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
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
function base64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(text);
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
    gemm: (a, b, bias, c, m, n, k) => gemm(a * 4, b * 4, bias * 4, c * 4, m, n, k),
    simd: true
  };
}
function plainGemm(floats) {
  const sums = new Float64Array(8);
  return (a, b, bias, c, m, n, k) => {
    for (let j = 0; j < n; j += 8) {
      const columns = Math.min(8, n - j);
      for (let i = 0; i < m; i++) {
        for (let q = 0; q < 8; q++) sums[q] = floats[bias + j + q];
        const row = a + i * k;
        for (let p = 0, at = b + j * k; p < k; p++, at += 8) {
          const x = floats[row + p];
          for (let q = 0; q < 8; q++) sums[q] += x * floats[at + q];
        }
        const target = c + i * n + j;
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
  const width = channels / groups;
  const positions = size / channels;
  const n = positions * width;
  for (let row = 0; row < rows; row++) {
    for (let group = 0; group < groups; group++) {
      const start = from + row * size + group * width;
      const visit = (use) => {
        for (let p = 0; p < positions; p++) {
          for (let c = 0; c < width; c++) use(start + p * channels + c, group * width + c);
        }
      };
      let mean = 0;
      visit((at) => mean += floats[at] / n);
      let variance = 0;
      visit((at) => variance += (floats[at] - mean) ** 2 / n);
      const scale = 1 / Math.sqrt(variance + eps);
      visit((at, channel) => {
        floats[at] = (floats[at] - mean) * scale * floats[gain + channel] + floats[shift + channel];
      });
    }
  }
}
function pool(floats, { from, to, rows }, step) {
  const [height, width, channels] = step.from;
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
function pad(floats, { from, to, rows }, { from: [height, width, channels], to: [outHeight, outWidth], padding }) {
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

// runtime/rearrange.ts
function gather(floats, step, { from, scratch, start, n }) {
  const [height, width, channels] = step.from;
  const [outHeight, outWidth] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  let at = scratch;
  for (let position = start; position < start + n; position++) {
    const row = Math.floor(position / (outHeight * outWidth));
    const inside = position % (outHeight * outWidth);
    const top = Math.floor(inside / outWidth) * step.stride[0] - step.padding[0];
    const left = inside % outWidth * step.stride[1] - step.padding[1];
    for (let y = top; y < top + kernelHeight; y++) {
      for (let x = left; x < left + kernelWidth; x++) {
        const outside = y < 0 || x < 0 || y >= height || x >= width;
        const source = from + ((row * height + y) * width + x) * channels;
        for (let c = 0; c < channels; c++) floats[at++] = outside ? 0 : floats[source + c];
      }
    }
  }
}
function scatter(floats, step, { to, scratch, start, n }) {
  const [height, width] = step.from;
  const [outHeight, outWidth, channels] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  let at = scratch;
  for (let position = start; position < start + n; position++) {
    const row = Math.floor(position / (height * width));
    const inside = position % (height * width);
    const top = Math.floor(inside / width) * step.stride[0] - step.padding[0];
    const left = inside % width * step.stride[1] - step.padding[1];
    for (let y = top; y < top + kernelHeight; y++) {
      for (let x = left; x < left + kernelWidth; x++, at += channels) {
        if (y < 0 || x < 0 || y >= outHeight || x >= outWidth) continue;
        const target = to + ((row * outHeight + y) * outWidth + x) * channels;
        for (let c = 0; c < channels; c++) floats[target + c] += floats[at + c];
      }
    }
  }
}
function shuffle(small, large, rows, visit) {
  const [height, width, channels] = large;
  const factor = height / small[0];
  for (let y = 0; y < rows * height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor(y / factor) * small[1] + Math.floor(x / factor);
      for (let c = 0; c < channels; c++) {
        const channel = (c * factor + y % factor) * factor + x % factor;
        visit(cell * small[2] + channel, (y * width + x) * channels + c);
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
    const kept2 = slots.get(step.slot);
    for (let i = 0; i < rows * step.size; i++) floats[from + i] += floats[kept2 + i];
  },
  concatenate({ floats }, step, { from, to, rows, slots }) {
    const [own, both] = [step.from[2], step.to[2]];
    const pixels = rows * step.size / both;
    const kept2 = slots.get(step.slot);
    for (let i = 0; i < pixels; i++) {
      floats.copyWithin(to + i * both, from + i * own, from + (i + 1) * own);
      floats.copyWithin(to + i * both + own, kept2 + i * (both - own), kept2 + (i + 1) * (both - own));
    }
  }
};

// runtime/runtime.ts
var RESERVED = 16;
var padded = (columns) => Math.ceil(columns / 8) * 8;
async function loadNetwork(spec, weights, { batch = 1, simd = true } = {}) {
  const plan = planMemory(spec, batch);
  const kernel = await makeKernel(plan.size, { simd });
  const network = new Network(spec, plan, kernel, batch);
  network.reload(weights);
  return network;
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
      const n = Math.min(this.batch, rows - row);
      const part = input.subarray(row * this.inputSize, (row + n) * this.inputSize);
      out.set(this.run(part, n), row * this.outputSize);
    }
    return out;
  }
};
function planMemory(spec, batch) {
  let size = RESERVED;
  const take = (count) => {
    const at = size;
    size += Math.ceil(count / 4) * 4;
    return at;
  };
  let largest = product(spec.input);
  let current = largest;
  const kept2 = /* @__PURE__ */ new Map();
  const steps = spec.layers.map((layer) => {
    const [k, n] = matrixShape(layer);
    const panels = take(k * padded(n));
    const biasAt = take(padded("to" in layer ? Math.max(n, layer.to[2]) : n));
    if ("to" in layer) current = product(layer.to);
    if (layer.op === "linear") current = layer.out;
    largest = Math.max(largest, current);
    if (layer.op === "keep") kept2.set(layer.slot, Math.max(current, kept2.get(layer.slot) ?? 0));
    return { ...layer, k, n, panels, biasAt, biasValues: new Float32Array(), size: current };
  });
  const slots = new Map([...kept2].map(([slot, most]) => [slot, take(most * batch)]));
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
  const { k, n } = step;
  for (let p = 0; p < k; p++) {
    for (let j = 0; j < n; j++) {
      const panel = (j >> 3) * 8 * k;
      floats[step.panels + panel + p * 8 + (j & 7)] = weights[step.weights + p * n + j];
    }
  }
  const biasSize = step.op === "conv_transpose" ? step.to[2] : n;
  step.biasValues = weights.slice(step.bias, step.bias + biasSize);
  if (step.op !== "conv_transpose") floats.set(step.biasValues, step.biasAt);
}

// drawing/brush.ts
var SOFTNESS = 0.3;
var Strokes = class {
  list = [];
  redoable = [];
  get isEmpty() {
    return !this.list.some((stroke) => !stroke.erases);
  }
  /** How many points the last stroke has. */
  get length() {
    return this.list[this.list.length - 1].points.length;
  }
  begin(brush) {
    this.list.push({ ...brush, points: [] });
    this.redoable = [];
  }
  /** Add a point, 0 to 1 in both directions; pressure 0 to 1. */
  extend(x, y, pressure) {
    this.list[this.list.length - 1].points.push([x, y, pressure]);
  }
  undo() {
    this.redoable.push(...this.list.splice(-1));
  }
  redo() {
    this.list.push(...this.redoable.splice(-1));
  }
  clear() {
    this.list = [];
    this.redoable = [];
  }
  /** Draw everything on a ground. */
  paint(context, ground) {
    const { width, height } = context.canvas;
    context.shadowBlur = 0;
    context.fillStyle = ground;
    context.fillRect(0, 0, width, height);
    for (const stroke of this.list) paintStroke(context, stroke, ground);
  }
  /** Draw only the end of the last stroke, for speed while the pointer moves. */
  paintEnd(context, ground, from) {
    const stroke = this.list[this.list.length - 1];
    paintStroke(context, { ...stroke, points: stroke.points.slice(Math.max(0, from - 1)) }, ground);
  }
};
function paintStroke(context, { color, size, erases, points }, ground) {
  const { width, height } = context.canvas;
  const side = Math.max(width, height);
  const ink = erases ? ground : color;
  context.strokeStyle = context.fillStyle = context.shadowColor = ink;
  context.lineCap = context.lineJoin = "round";
  context.shadowBlur = erases ? 0 : size * side * SOFTNESS;
  points.forEach(([x, y, pressure], i) => {
    context.lineWidth = size * side * (0.4 + 0.6 * pressure);
    context.beginPath();
    const [fromX, fromY] = i ? points[i - 1] : [x, y];
    context.moveTo(fromX * width, fromY * height);
    context.lineTo(x * width, y * height);
    context.stroke();
  });
}

// drawing/preprocess.ts
var INK = 0.35;
function whatTheNetworkSees(context, statistics, centered) {
  const { width, height } = context.canvas;
  const { data } = context.getImageData(0, 0, width, height);
  const whole = [0, 0, height, width];
  if (!statistics.is_figure) return resample(data, width, whole, statistics.shape);
  const away = inkOf(data, statistics.ground[0]);
  const box = centered ? figureBox(away, width, height, statistics) : whole;
  const small = resample(away, width, box ?? whole, statistics.shape);
  return centered ? strengthened(small, statistics) : small.map((value) => toTone(value, statistics));
}
function inkOf(data, ground) {
  const away = new Float32Array(data.length / 4);
  for (let i = 0; i < away.length; i++) away[i] = Math.abs(data[4 * i] / 255 - ground);
  return away;
}
var toTone = (ink, { ground }) => ground[0] + (ground[0] < 0.5 ? ink : -ink);
function strengthened(small, statistics) {
  const strongest = Math.max(0.5, ...small);
  return small.map((value) => toTone(Math.min(1, value / strongest), statistics));
}
function figureBox(away, width, height, { shape, extent, by_box: byBox }) {
  let [top, left, bottom, right] = [height, width, -1, -1];
  let [mass, sumY, sumX] = [0, 0, 0];
  for (let y2 = 0; y2 < height; y2++) {
    for (let x2 = 0; x2 < width; x2++) {
      const ink = away[y2 * width + x2];
      if (ink > INK) {
        [top, bottom] = [Math.min(top, y2), Math.max(bottom, y2)];
        [left, right] = [Math.min(left, x2), Math.max(right, x2)];
      }
      mass += ink;
      sumY += ink * (y2 + 0.5);
      sumX += ink * (x2 + 0.5);
    }
  }
  if (bottom < 0) return null;
  const side = Math.max(bottom - top, right - left) + 1;
  const step = side / (extent * Math.max(shape[0], shape[1]));
  const [tall, wide] = [step * shape[0], step * shape[1]];
  const y = around(byBox ? (top + bottom + 1) / 2 : sumY / mass, top, bottom, tall);
  const x = around(byBox ? (left + right + 1) / 2 : sumX / mass, left, right, wide);
  return [y, x, y + tall, x + wide];
}
function around(middle, first, last, length) {
  return Math.min(Math.max(middle - length / 2, last + 1 - length), first);
}
function resample(source, width, [top, left, bottom, right], [rows, columns, channels]) {
  const isBytes = source instanceof Uint8ClampedArray;
  const stride = isBytes ? 4 : 1;
  const height = source.length / stride / width;
  const vertical = shares(top, bottom, rows, height);
  const horizontal = shares(left, right, columns, width);
  const out = new Float32Array(rows * columns * channels);
  const line = new Float32Array(width * channels);
  const scale = isBytes ? 1 / 255 : 1;
  vertical.forEach((cell, row) => {
    line.fill(0);
    for (const [y, share] of cell) {
      for (let x = 0; x < width; x++) {
        const from = (y * width + x) * stride;
        for (let c = 0; c < channels; c++) line[x * channels + c] += source[from + c] * share * scale;
      }
    }
    horizontal.forEach((span, column) => {
      for (const [x, share] of span) {
        for (let c = 0; c < channels; c++) {
          out[(row * columns + column) * channels + c] += line[x * channels + c] * share;
        }
      }
    });
  });
  return out;
}
function shares(start, stop, count, size) {
  const step = (stop - start) / count;
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [start + i * step, start + (i + 1) * step];
    const covered = [];
    for (let p = Math.max(0, Math.floor(from)); p < Math.min(size, Math.ceil(to)); p++) {
      covered.push([p, (Math.min(to, p + 1) - Math.max(from, p)) / step]);
    }
    return covered;
  });
}

// drawing/tools.ts
var ICONS = {
  pen: "M3 17.2V21h3.8L17.8 10l-3.8-3.8zM20.7 7a1 1 0 0 0 0-1.4l-2.3-2.3a1 1 0 0 0-1.4 0L15 5.3 18.7 9z",
  eraser: "M15.1 3.6 3.6 15.1a2 2 0 0 0 0 2.8L6.7 21H20v-2h-6.3l7-7a2 2 0 0 0 0-2.8l-4.8-4.8a2 2 0 0 0-.8-.8zM7.5 19 5 16.5l4.5-4.5 4.6 4.6L11.7 19z",
  undo: "M12.5 8A10.4 10.4 0 0 0 5.6 10.6L2 7v9h9l-3.6-3.6A8 8 0 0 1 20 16l2.4-.8A10.5 10.5 0 0 0 12.5 8z",
  clear: "M6 19a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V7H6zM19 4h-3.5l-1-1h-5l-1 1H5v2h14z",
  center: "M5 15H3v4a2 2 0 0 0 2 2h4v-2H5zM5 5h4V3H5a2 2 0 0 0-2 2v4h2zm14-2h-4v2h4v4h2V5a2 2 0 0 0-2-2zm0 16h-4v2h4a2 2 0 0 0 2-2v-4h-2zM12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z"
};
function toolbar(drawing) {
  const { brushes, inks, is_figure: isFigure } = drawing.statistics;
  const choose = (erases) => {
    drawing.erases = erases;
    refresh();
  };
  const pen = tool("pen", "Brush", () => choose(false));
  const eraser = tool("eraser", "Eraser", () => choose(true));
  const undo = tool("undo", "Undo (Ctrl+Z)", () => drawing.undo());
  const clear = tool("clear", "Clear", () => drawing.clear());
  const center = tool(
    "center",
    "Center the figure, as in the training images",
    () => drawing.center()
  );
  const size = h("input", {
    type: "range",
    min: brushes[0],
    max: brushes[1],
    step: 5e-3,
    value: drawing.size,
    "aria-label": "Brush size",
    title: "Brush size",
    oninput: () => drawing.size = Number(size.value)
  });
  const colors = Object.entries(inks).map(([name, color]) => {
    const onclick = () => {
      drawing.color = color;
      choose(false);
    };
    const style = `--ink: ${color}`;
    const button = h("button", { class: "ink", style, title: name, "aria-label": name, onclick });
    return { button, color };
  });
  function refresh() {
    press(pen, !drawing.erases);
    press(eraser, drawing.erases);
    press(center, drawing.centered);
    for (const { button, color } of colors) press(button, color === drawing.color);
    undo.disabled = clear.disabled = drawing.strokes.list.length === 0;
  }
  refresh();
  const first = [pen, eraser, size, undo, clear, isFigure ? center : null];
  const second = colors.length > 1 ? colors.map(({ button }) => button) : [];
  const rows = [h("div", { class: "tools" }, ...first), h("div", { class: "tools inks" }, ...second)];
  return { element: h("div", {}, ...rows), refresh };
}
function tool(icon, name, onclick) {
  const path = h("path", { d: ICONS[icon] });
  const picture = h("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, path);
  return h("button", { class: "tool", title: name, "aria-label": name, onclick }, picture);
}
function press(button, on) {
  button.setAttribute("aria-pressed", String(on));
}

// drawing/pad.ts
var CANVAS_SIDE = 256;
var Pad = class {
  statistics;
  strokes;
  sheet;
  tools;
  context;
  centered;
  size;
  erases = false;
  color;
  /** Nothing can be drawn while it is. */
  isLocked = false;
  owner;
  ground;
  canvas;
  hint;
  constructor(statistics, hint, strokes, owner) {
    this.statistics = statistics;
    this.strokes = strokes;
    this.owner = owner;
    this.centered = statistics.is_figure;
    this.size = statistics.brush;
    [this.color] = Object.values(statistics.inks);
    this.ground = css(statistics.ground);
    this.canvas = canvasOf(statistics);
    this.context = contextOf(this.canvas, { willReadFrequently: true });
    this.hint = h("p", { class: "hint", text: hint });
    this.sheet = h("div", { class: "sheet" }, this.canvas, this.hint);
    this.tools = toolbar(this);
    this.listenToPointer();
    this.canvas.onkeydown = (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      if (event.shiftKey) this.redo();
      else this.undo();
    };
    this.paint();
  }
  listenToPointer() {
    const { canvas } = this;
    let active = null;
    canvas.onpointerdown = (event) => {
      if (active !== null || event.button > 0 || this.isLocked) return;
      event.preventDefault();
      canvas.focus({ preventScroll: true });
      active = event.pointerId;
      canvas.setPointerCapture(active);
      this.strokes.begin({ color: this.color, size: this.size, erases: this.erases });
      this.extend(event);
    };
    canvas.onpointermove = (event) => {
      if (event.pointerId === active) this.extend(event);
    };
    canvas.onpointerup = canvas.onpointercancel = (event) => {
      if (event.pointerId !== active) return;
      active = null;
      this.owner.lifted();
    };
  }
  extend(event) {
    const box = this.canvas.getBoundingClientRect();
    const points = event.getCoalescedEvents?.() ?? [];
    const from = this.strokes.length;
    for (const point of points.length ? points : [event]) {
      const pressure = point.pointerType === "pen" ? clamp(point.pressure, 0.1, 1) : 0.75;
      const [x, y] = [point.clientX - box.left, point.clientY - box.top];
      this.strokes.extend(x / box.width, y / box.height, pressure);
    }
    this.strokes.paintEnd(this.context, this.ground, from);
    this.afterChange();
  }
  undo() {
    this.strokes.undo();
    this.repaint();
  }
  redo() {
    this.strokes.redo();
    this.repaint();
  }
  clear() {
    this.strokes.clear();
    this.repaint();
  }
  /** Turn the centering of the figure on or off. */
  center() {
    this.centered = !this.centered;
    this.afterChange();
  }
  repaint() {
    this.paint();
    this.afterChange();
  }
  /** Draw everything anew, without a word to the owner. */
  paint() {
    this.strokes.paint(this.context, this.ground);
    this.showState();
  }
  showState() {
    this.hint.hidden = this.strokes.list.length > 0;
    this.tools.refresh();
  }
  afterChange() {
    this.showState();
    this.owner.changed();
  }
  /** What the network sees of the drawing as it is now: its bytes, (h, w, c). */
  seen() {
    const input = whatTheNetworkSees(this.context, this.statistics, this.centered);
    return Uint8Array.from(input, (value) => clamp(value, 0, 1) * 255 + 0.5);
  }
};
function canvasOf({ shape: [height, width] }) {
  const times = Math.max(1, Math.round(CANVAS_SIDE / Math.max(height, width)));
  return h("canvas", {
    class: "paper",
    width: width * times,
    height: height * times,
    tabindex: 0,
    role: "img",
    style: `aspect-ratio: ${width} / ${height}`,
    "aria-label": "Drawing canvas. Draw with the mouse, a finger or a pen."
  });
}
function css(color) {
  const [red, green = red, blue = red] = color.map((value) => Math.round(value * 255));
  return `rgb(${red}, ${green}, ${blue})`;
}

// drawing/drawing.ts
var ANSWER_WITHIN = 1500;
var drawing_default = keeping("#drawing", (root) => new Place(root), (place, component) => place.show(component));
var Place = class {
  root;
  drawing = null;
  constructor(root) {
    this.root = root;
  }
  show({ data, setStateValue }) {
    const header = readHeader(data);
    if (this.drawing?.statistics.fingerprint !== header.fingerprint) {
      this.drawing?.stop();
      this.drawing = new Drawing(this.root, header);
    }
    this.drawing.tell = setStateValue;
    this.drawing.giveWay(header.cleared);
  }
  stop() {
    this.drawing?.stop();
  }
};
var Drawing = class {
  statistics;
  tell;
  pad;
  previews;
  shape;
  told;
  ids;
  unlisten;
  networks = null;
  has = null;
  inFlight = null;
  waiting = null;
  deadline;
  frame = 0;
  constructor(root, header) {
    this.statistics = header;
    this.shape = String(header.shape);
    this.told = kept(`drawing told ${header.set}`, () => /* @__PURE__ */ new Set());
    this.ids = kept("drawing ids", () => ({ last: 0 }));
    const strokes = kept(`drawing ${header.set}`, () => new Strokes());
    this.pad = new Pad(header, header.hint, strokes, {
      changed: () => this.afterChange(),
      lifted: () => {
        if (this.frame) this.look();
      }
    });
    this.previews = header.preview ? { seen: h("canvas"), drawn: h("canvas") } : null;
    const { sheet, tools } = this.pad;
    root.replaceChildren(sheet, tools.element, this.previews ? captioned(this.previews) : "");
    if (this.told.has(this.shape)) this.look({ quietly: true });
    else this.lookSoon();
    this.unlisten = [
      listen("answered", (id) => this.answered(id)),
      listen("drawing network", (bytes) => void this.takeNetwork(bytes))
    ];
  }
  /** Take the network, which arrives once in a message of its own. */
  async takeNetwork(bytes) {
    const { network, specs } = readHeader(bytes);
    if (network !== this.statistics.network || this.has === network) return;
    this.has = network;
    if (!specs) return;
    const { arrays } = unpack(bytes);
    const [encoder, decoder] = await Promise.all([
      loadNetwork(specs.encoder, arrays.encoder),
      loadNetwork(specs.decoder, arrays.decoder)
    ]);
    this.networks = { encoder, decoder };
    this.look({ quietly: true });
  }
  /** Another image has taken the place of the drawing with this number: the canvas is free again. */
  giveWay(number) {
    if (!number || number < this.ids.last || this.pad.strokes.isEmpty) return;
    this.pad.strokes.clear();
    this.pad.paint();
  }
  afterChange() {
    this.told.clear();
    this.lookSoon();
  }
  lookSoon() {
    this.frame ||= requestAnimationFrame(() => this.look());
  }
  /** Let the network look at the drawing as it is now, and tell the server unless quietly. */
  look({ quietly = false } = {}) {
    if (!quietly) {
      cancelAnimationFrame(this.frame);
      this.frame = 0;
    }
    if (this.pad.strokes.isEmpty) return;
    const seen = this.pad.seen();
    const { shape } = this.statistics;
    const drawn = this.reconstructed(seen);
    if (this.previews) paintImage(this.previews.seen, seen, shape);
    if (this.previews && drawn) paintImage(this.previews.drawn, drawn, shape);
    if (quietly) return;
    const id = ++this.ids.last;
    publish("seen", { id, shape, seen, drawn });
    this.send({ id, bytes: seen });
  }
  reconstructed(bytes) {
    if (!this.networks) return null;
    const { encoder, decoder } = this.networks;
    const latent = encoder.run(Float32Array.from(bytes, (value) => value / 255));
    return decoder.run(latent.slice(0, this.statistics.latent_dim)).slice();
  }
  /** One drawing at a time is on its way to the server; of those that wait, the latest goes next. */
  send(drawing) {
    this.waiting = drawing;
    if (this.inFlight !== null) return;
    const { id, bytes } = drawing;
    this.inFlight = id;
    this.waiting = null;
    this.told.add(this.shape);
    this.deadline = setTimeout(() => this.answered(id), ANSWER_WITHIN);
    const { network, speaks } = this.statistics;
    const told = { id, pixels: base64(bytes), has: this.has, network };
    if (speaks) this.tell("drawing", told);
    else publish("drawing", told);
  }
  answered(id) {
    if (this.inFlight === null || id < this.inFlight) return;
    clearTimeout(this.deadline);
    this.inFlight = null;
    if (this.waiting) this.send(this.waiting);
  }
  stop() {
    if (this.frame || this.waiting) this.told.delete(this.shape);
    cancelAnimationFrame(this.frame);
    clearTimeout(this.deadline);
    this.unlisten.forEach((stop) => stop());
  }
};
function captioned({ seen, drawn }) {
  const named = (canvas, text) => h("figure", {}, canvas, h("figcaption", { text }));
  const figures = [named(seen, "What the network sees"), named(drawn, "Reconstruction")];
  return h("div", { class: "previews" }, ...figures);
}
export {
  drawing_default as default
};
