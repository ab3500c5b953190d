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
  const text = new TextDecoder().decode(bytes2.subarray(8, 8 + headerLength(bytes2)));
  return JSON.parse(text);
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
  for (let i = 0; i < bits.length; i++) {
    const sign = bits[i] & 32768 ? -1 : 1;
    const exponent = bits[i] >> 10 & 31;
    const fraction = bits[i] & 1023;
    out[i] = exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
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

// runtime/rearrange.ts
function gather(floats, step, { from, scratch, start, n: n2 }) {
  const [height2, width2, channels2] = step.from;
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
        const source = from + ((row * height2 + y) * width2 + x) * channels2;
        for (let c = 0; c < channels2; c++) floats[at2++] = outside ? 0 : floats[source + c];
      }
    }
  }
}
function scatter(floats, step, { to, scratch, start, n: n2 }) {
  const [height2, width2] = step.from;
  const [outHeight, outWidth, channels2] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  let at2 = scratch;
  for (let position = start; position < start + n2; position++) {
    const row = Math.floor(position / (height2 * width2));
    const inside = position % (height2 * width2);
    const top = Math.floor(inside / width2) * step.stride[0] - step.padding[0];
    const left = inside % width2 * step.stride[1] - step.padding[1];
    for (let y = top; y < top + kernelHeight; y++) {
      for (let x = left; x < left + kernelWidth; x++, at2 += channels2) {
        if (y < 0 || x < 0 || y >= outHeight || x >= outWidth) continue;
        const target = to + ((row * outHeight + y) * outWidth + x) * channels2;
        for (let c = 0; c < channels2; c++) floats[target + c] += floats[at2 + c];
      }
    }
  }
}
function shuffle(small, large, rows, visit) {
  const [height2, width2, channels2] = large;
  const factor = height2 / small[0];
  for (let y = 0; y < rows * height2; y++) {
    for (let x = 0; x < width2; x++) {
      const cell = Math.floor(y / factor) * small[1] + Math.floor(x / factor);
      for (let c = 0; c < channels2; c++) {
        const channel = (c * factor + y % factor) * factor + x % factor;
        visit(cell * small[2] + channel, (y * width2 + x) * channels2 + c);
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

// runtime/runtime.ts
var RESERVED = 16;
var SCRATCH = 1 << 18;
var product = (shape) => shape.reduce((total, side) => total * side, 1);
var padded = (columns) => Math.ceil(columns / 8) * 8;
async function loadNetwork(spec, weights, { batch = 1, simd = true } = {}) {
  const plan = planMemory(spec, batch);
  const kernel = await makeKernel(plan.size, { simd });
  for (const step of plan.steps) if ("weights" in step) placeWeights(kernel.floats, step, weights);
  return new Network(spec, plan, kernel, batch);
}
var Network = class {
  inputSize;
  outputSize;
  simd;
  plan;
  kernel;
  batch;
  constructor(spec, plan, kernel, batch) {
    this.plan = plan;
    this.kernel = kernel;
    this.batch = batch;
    this.inputSize = product(spec.input);
    this.outputSize = product(spec.output);
    this.simd = kernel.simd;
  }
  /**
   * Run up to `batch` rows.
   * @param input - rows x inputSize values
   * @returns rows x outputSize; a view that the next call overwrites
   */
  run(input, rows = 1) {
    const { floats } = this.kernel;
    const { scratch } = this.plan;
    let [from, to] = this.plan.buffers;
    floats.set(input, from);
    for (const step of this.plan.steps) {
      const operation = OPERATIONS[step.op];
      operation(this.kernel, step, { from, to, rows, scratch });
      if (!IN_PLACE.has(step.op)) [from, to] = [to, from];
    }
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
  const steps = spec.layers.map((layer) => {
    const [k, n2] = matrixShape(layer);
    const panels = take(k * padded(n2));
    const biasAt = take(padded("to" in layer ? Math.max(n2, layer.to[2]) : n2));
    if ("to" in layer) current = product(layer.to);
    if (layer.op === "linear") current = layer.out;
    largest = Math.max(largest, current);
    return { ...layer, k, n: n2, panels, biasAt, biasValues: new Float32Array(), size: current };
  });
  const buffers = [take(largest * batch), take(largest * batch)];
  const widest = Math.max(0, ...steps.map((step) => step.op === "conv" ? step.k : step.n));
  return { steps, buffers, scratch: take(Math.max(SCRATCH, 4 * widest)), size };
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
var IN_PLACE = /* @__PURE__ */ new Set(["scale", "leaky_relu", "silu", "sigmoid"]);
var OPERATIONS = {
  linear({ gemm }, step, { from, to, rows }) {
    gemm(from, step.panels, step.biasAt, to, rows, step.n, step.k);
  },
  conv(kernel, step, { from, to, rows, scratch }) {
    const [height2, width2, channels2] = step.to;
    const positions = rows * height2 * width2;
    const chunk = Math.max(4, Math.floor(SCRATCH / step.k));
    for (let start = 0; start < positions; start += chunk) {
      const n2 = Math.min(chunk, positions - start);
      gather(kernel.floats, step, { from, scratch, start, n: n2 });
      const target = to + start * channels2;
      kernel.gemm(scratch, step.panels, step.biasAt, target, n2, step.n, step.k);
    }
  },
  conv_transpose(kernel, step, { from, to, rows, scratch }) {
    const { floats } = kernel;
    const [height2, width2, channels2] = step.from;
    const outSize = product(step.to);
    const bias = step.biasValues;
    for (let i = 0; i < rows * outSize; i++) floats[to + i] = bias[i % bias.length];
    const positions = rows * height2 * width2;
    const chunk = Math.max(4, Math.floor(SCRATCH / step.n));
    for (let start = 0; start < positions; start += chunk) {
      const n2 = Math.min(chunk, positions - start);
      const source = from + start * channels2;
      kernel.gemm(source, step.panels, step.biasAt, scratch, n2, step.n, step.k);
      scatter(floats, step, { to, scratch, start, n: n2 });
    }
  },
  upsample({ floats }, step, { from, to, rows }) {
    const [height2, width2, channels2] = step.from;
    const [outHeight, outWidth] = step.to;
    const [sy, sx] = [outHeight / height2, outWidth / width2];
    let target = to;
    for (let y = 0; y < rows * outHeight; y++) {
      const row = from + Math.floor(y / sy) * width2 * channels2;
      for (let x = 0; x < outWidth; x++) {
        const source = row + Math.floor(x / sx) * channels2;
        for (let c = 0; c < channels2; c++) floats[target++] = floats[source + c];
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
  }
};

// takehome/takehome.ts
var $ = (id) => document.getElementById(id);
var bytes = Uint8Array.from(atob($("data").textContent), (letter) => letter.charCodeAt(0));
var { header, arrays } = unpack(bytes);
var network = await loadNetwork(header.decoder, arrays.weights);
var [height, width, channels] = header.decoder.output;
var { latents, places, labels, origin, axes } = arrays;
var z = header.decoder.input[0];
var n = labels.length;
var dark = matchMedia("(prefers-color-scheme: dark)");
var FAR = header.far;
var KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
var view = { scale: 1, x: 0, y: 0, width: 1, height: 1 };
var at = [0, 0];
var alone = null;
var color = (label) => header.colors[dark.matches ? "dark" : "light"][label % 10];
var theme = (name) => getComputedStyle(document.body).getPropertyValue(`--${name}`);
document.querySelector("h1").textContent = header.title;
$("about").textContent = header.about;
document.body.style.setProperty("--aspect", `${width} / ${height}`);
var originals = await loadOriginals();
async function loadOriginals() {
  if (!arrays.originals) return null;
  return createImageBitmap(new Blob([arrays.originals], { type: "image/png" }));
}
function fit() {
  const box = $("map").getBoundingClientRect();
  const ratio = Math.min(devicePixelRatio, 2);
  for (const id of ["points", "cursor"]) {
    $(id).width = Math.max(1, Math.round(box.width * ratio));
    $(id).height = Math.max(1, Math.round(box.height * ratio));
    $(id).getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
  }
  const [left, right, low, high] = header.extent;
  const scale = 0.94 * Math.min(box.width / (right - left), box.height / (high - low));
  view = { scale, x: (left + right) / 2, y: (low + high) / 2, width: box.width, height: box.height };
  drawPoints();
  look(at);
}
var toScreen = (x, y) => [
  view.width / 2 + (x - view.x) * view.scale,
  view.height / 2 - (y - view.y) * view.scale
];
var toPlane = (x, y) => [
  view.x + (x - view.width / 2) / view.scale,
  view.y - (y - view.height / 2) / view.scale
];
function drawPoints() {
  const context = $("points").getContext("2d");
  context.clearRect(0, 0, view.width, view.height);
  const radius = n > 2500 ? 1.8 : 2.6;
  for (let row = 0; row < n; row++) {
    if (alone !== null && labels[row] !== alone) continue;
    const [x, y] = toScreen(places[2 * row], places[2 * row + 1]);
    context.fillStyle = color(labels[row]);
    context.beginPath();
    context.arc(x, y, radius, 0, 7);
    context.fill();
  }
  context.font = "600 19px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 5;
  context.lineJoin = "round";
  context.strokeStyle = theme("surface");
  context.fillStyle = theme("ink");
  for (const { label, name, x, y } of header.names) {
    if (alone !== null && label !== alone) continue;
    context.strokeText(name, ...toScreen(x, y));
    context.fillText(name, ...toScreen(x, y));
  }
}
function look(place) {
  at = place;
  const latent = lift(place);
  paint($("drawn"), network.run(latent));
  const near = nearest(latent);
  showNear(near);
  drawCursor(near.row);
  const far = near.distance > FAR;
  $("trust").textContent = far ? "No training image is near: here the network can only make something up." : "";
}
function lift([x, y]) {
  const latent = new Float32Array(z);
  for (let i = 0; i < z; i++) latent[i] = origin[i] + x * axes[i] + y * axes[z + i];
  return latent;
}
function nearest(latent) {
  let [best, row] = [Infinity, 0];
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < z; j++) sum += (latents[i * z + j] - latent[j]) ** 2;
    if (sum < best) [best, row] = [sum, i];
  }
  return { row, distance: Math.sqrt(best) };
}
function showNear({ row, distance }) {
  const canvas = $("near");
  if (originals) {
    [canvas.width, canvas.height] = [width, height];
    const [column, line] = [row % header.columns, Math.floor(row / header.columns)];
    const source = [column * width, line * height, width, height];
    canvas.getContext("2d").drawImage(originals, ...source, 0, 0, width, height);
  } else {
    paint(canvas, network.run(latents.subarray(row * z, (row + 1) * z)));
  }
  const kind = originals ? "nearest image" : "nearest image, as the network draws it";
  $("near-words").textContent = `${kind}: ${header.classes[labels[row]]}, at distance ${distance.toPrecision(2)}`;
}
function drawCursor(row) {
  const context = $("cursor").getContext("2d");
  context.clearRect(0, 0, view.width, view.height);
  const [x, y] = toScreen(...at);
  const [px, py] = toScreen(places[2 * row], places[2 * row + 1]);
  context.strokeStyle = context.fillStyle = theme("accent");
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(px, py);
  context.stroke();
  ring(context, px, py, 6);
  ring(context, x, y, 11);
}
function ring(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.stroke();
}
function paint(canvas, values) {
  [canvas.width, canvas.height] = [width, height];
  const picture = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      picture.data[4 * i + c] = 255 * values[i * channels + (channels === 3 ? c : 0)];
    }
    picture.data[4 * i + 3] = 255;
  }
  canvas.getContext("2d").putImageData(picture, 0, 0);
}
function drawLegend() {
  const present = [...new Set(labels)].sort((a, b) => a - b);
  $("legend").replaceChildren(
    ...present.map((label) => {
      const [entry, button, dot] = ["li", "button", "i"].map((tag) => document.createElement(tag));
      dot.style.background = color(label);
      button.append(dot, header.classes[label]);
      button.setAttribute("aria-pressed", String(alone === label));
      button.addEventListener("click", () => {
        alone = alone === label ? null : label;
        drawLegend();
        drawPoints();
      });
      entry.append(button);
      return entry;
    })
  );
}
function follow(event) {
  const box = $("map").getBoundingClientRect();
  $("hint").hidden = true;
  look(toPlane(event.clientX - box.left, event.clientY - box.top));
}
$("map").addEventListener("pointermove", follow);
$("map").addEventListener("pointerdown", follow);
$("map").addEventListener("keydown", (event) => {
  const step = KEYS[event.key];
  if (!step) return;
  event.preventDefault();
  const size = (event.shiftKey ? 40 : 8) / view.scale;
  look([at[0] + step[0] * size, at[1] + step[1] * size]);
});
dark.addEventListener("change", () => {
  drawLegend();
  fit();
});
drawLegend();
new ResizeObserver(fit).observe($("map"));
document.body.dataset.ready = "true";
