// lib/bus.ts
var KEY = /* @__PURE__ */ Symbol.for("latentlab.bus");
var PAGE = globalThis;
var BREATH = 60;
function listen(topic, hear) {
  return hearAll((said, value) => {
    if (said === topic) hear(value);
  });
}
function subscribe(receive) {
  return hearAll((topic, value) => {
    if (value instanceof Uint8Array && receive(topic, value)) bus().last.delete(topic);
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
function tell(name, value) {
  const { unsaid } = bus();
  unsaid.delete(name);
  unsaid.set(name, value);
  speak();
}
function speak() {
  const { speaking, unsaid, voices } = bus();
  const next = [...unsaid].find(([name2]) => voices.has(name2));
  if (speaking || !next) return;
  bus().speaking = true;
  setTimeout(() => {
    bus().speaking = false;
    speak();
  }, BREATH);
  const [name, value] = next;
  unsaid.delete(name);
  voices.get(name)?.(value);
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

// lib/colors.ts
var UNLABELED = "#8a8f98";
function readTheme(element, looks) {
  const given = getComputedStyle(element).getPropertyValue("--st-background-color").trim();
  const dark = luminance(given || "#ffffff") < 0.4;
  const look = dark ? looks.dark : looks.light;
  return { ...look, dark, classes: look.categorical };
}
var NAMED = ["background", "surface", "ink", "muted", "line", "accent", "warning", "error"];
function dress(element, theme) {
  for (const name of NAMED) element.style.setProperty(`--${name}`, theme[name]);
  element.style.setProperty("--veil", `${theme.background}d9`);
  element.style.colorScheme = theme.dark ? "dark" : "light";
}
function classColor(theme, label) {
  return label < 0 ? UNLABELED : theme.classes[label % theme.classes.length];
}
function parseColor(text) {
  const hex = /^#([0-9a-f]{6})/i.exec(text)?.[1];
  if (hex) return triple((c) => parseInt(hex.slice(2 * c, 2 * c + 2), 16));
  const short = /^#([0-9a-f]{3})$/i.exec(text)?.[1];
  if (short) return triple((c) => parseInt(short[c] + short[c], 16));
  const numbers = text.match(/[\d.]+/g);
  return triple((c) => numbers && numbers.length > 2 ? Number(numbers[c]) : 128);
}
function luminance(text) {
  const [r, g, b] = parseColor(text).map((value) => (value / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function triple(value) {
  return [value(0), value(1), value(2)];
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
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
var clamp = (value, low, high) => Math.min(high, Math.max(low, value));
function figure(value) {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) < 5e-6) return "0";
  const size = Math.abs(value);
  const digits = size >= 1e3 ? 0 : clamp(2 - Math.floor(Math.log10(size)), 0, 5);
  return value.toFixed(digits).replace("-", "−");
}
function coordinate(dimension) {
  return `z${String(dimension + 1).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)])}`;
}
function debounce(call, milliseconds) {
  let timer;
  const later = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...args), milliseconds);
  };
  return Object.assign(later, { cancel: () => clearTimeout(timer) });
}
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
function tileOf(tiles, number2, shape) {
  const size = shape.reduce((product2, side) => product2 * side, 1);
  return tiles.subarray(number2 * size, (number2 + 1) * size);
}
function crisp(canvas, [height, width], most) {
  const ratio = window.devicePixelRatio || 1;
  const steps = Math.max(1, Math.floor(most * ratio / Math.max(width, height)));
  canvas.style.width = `${width * steps / ratio}px`;
  canvas.style.height = `${height * steps / ratio}px`;
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
function prefersStill() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// lib/window.ts
function fillWindow(root, filling) {
  let top = -1;
  const place2 = () => {
    const now = Math.max(0, Math.round(root.getBoundingClientRect().top + window.scrollY));
    if (now === top) return;
    top = now;
    filling.style.setProperty("--top", `${top}px`);
  };
  window.addEventListener("resize", place2);
  const frame = new MutationObserver(place2);
  frame.observe(document.body, { childList: true, subtree: true });
  place2();
  return () => {
    frame.disconnect();
    window.removeEventListener("resize", place2);
  };
}

// latent/crowding.ts
var TYPICAL_SAMPLE = 1e3;
var SAME = 0.01;
var ALIVE = 0.01;
var Crowding = class {
  bandwidth;
  /** What a typical image has around it. */
  typical;
  latents;
  z;
  n;
  /** @param latents - n x z */
  constructor(latents, z) {
    this.latents = latents;
    this.z = z;
    this.n = latents.length / z;
    this.bandwidth = scottBandwidth(latents, z);
    this.typical = this.measureTypical();
  }
  /** Visit every latent with its squared distance to a place. */
  eachSquared(place2, start, visit) {
    const { latents, z } = this;
    for (let index = 0, at = 0; at < latents.length; index++) {
      let squared = 0;
      for (let d = 0; d < z; d++, at++) {
        const difference = latents[at] - place2[start + d];
        squared += difference * difference;
      }
      visit(squared, index);
    }
  }
  /**
   * The kernels at a place, summed, and summed with a weight for each latent; `others` leaves out
   * the latent that lies there itself.
   */
  sums(place2, start, weights = null) {
    const scale = -0.5 / this.bandwidth ** 2;
    let sum = 0;
    let weighted = 0;
    let nearest2 = Infinity;
    this.eachSquared(place2, start, (squared, index) => {
      nearest2 = Math.min(nearest2, squared);
      const kernel = Math.exp(squared * scale);
      sum += kernel;
      if (weights) weighted += kernel * weights[index];
    });
    const own = nearest2 < (SAME * this.bandwidth) ** 2 ? 1 : 0;
    return { sum, weighted, others: Math.max(sum - own, 0) };
  }
  /** The median over images, each without itself. */
  measureTypical() {
    const step = Math.max(1, Math.floor(this.n / TYPICAL_SAMPLE));
    const found = [];
    for (let row2 = 0; row2 < this.n; row2 += step) {
      found.push(this.sums(this.latents, row2 * this.z).others);
    }
    found.sort((a, b) => a - b);
    const middle = found.length >> 1;
    const median2 = found.length % 2 ? found[middle] : (found[middle - 1] + found[middle]) / 2;
    return Math.max(median2, 0.5 / this.n);
  }
};
function variances(latents, z) {
  const n = latents.length / z;
  const mean = new Float64Array(z);
  const square = new Float64Array(z);
  latents.forEach((value, at) => {
    mean[at % z] += value / n;
  });
  latents.forEach((value, at) => {
    square[at % z] += (value - mean[at % z]) ** 2 / n;
  });
  return square;
}
function scottBandwidth(latents, z) {
  const all = variances(latents, z);
  const most = Math.max(...all);
  const alive = all.filter((variance) => variance >= ALIVE * most);
  const spread2 = Math.sqrt(alive.reduce((sum, variance) => sum + variance, 0) / alive.length);
  return (latents.length / z) ** (-1 / (alive.length + 4)) * (spread2 || 1);
}

// latent/plane_density.ts
var CELLS = 3;
var NARROWER = 1 - 1 / (6 * CELLS ** 2);
var REACH = 5 * CELLS;
var ROW = 2 ** 12;
var PlaneDensity = class {
  axes;
  origin;
  bandwidth;
  cells = /* @__PURE__ */ new Map();
  /** Where images of the sample lie on the plane itself, two values each, in cells. */
  shown;
  /**
   * @param sample - of them, exactly: whatever lies on the plane is left out at its own place
   * @param origin - a place on the plane
   */
  constructor(all, sample, axes, origin) {
    [this.axes, this.origin, this.bandwidth] = [axes, origin.slice(), all.bandwidth];
    const { steps, low, step } = all;
    const latent = new Float32Array(low.length);
    for (let at = 0; at < steps.length; at += latent.length) {
      for (let d = 0; d < latent.length; d++) latent[d] = low[d] + step[d] * steps[at + d];
      const [x, y, off] = this.project(latent, 0);
      this.count(x, y, gaussianAt(off));
    }
    const shown = [];
    for (let at = 0; at < sample.length; at += latent.length) {
      const [x, y, off] = this.project(sample, at);
      if (off < SAME ** 2) shown.push(x, y);
    }
    this.shown = Float64Array.from(shown);
  }
  /** The kernels at a place of the plane, summed, without that of an image that lies there itself. */
  at(place2, start) {
    const [x, y] = this.project(place2, start);
    const [i, j] = [Math.round(x), Math.round(y)];
    let sum = 0;
    for (let p = i - REACH; p <= i + REACH; p++) {
      let across = 0;
      for (let q = j - REACH; q <= j + REACH; q++) {
        const here = this.cells.get(p * ROW + q);
        if (here) across += here * along(q - y);
      }
      if (across) sum += across * along(p - x);
    }
    return this.isShown(x, y) ? Math.max(sum - 1, 0) : sum;
  }
  isShown(x, y) {
    const { shown } = this;
    for (let i = 0; i < shown.length; i += 2) {
      if ((shown[i] - x) ** 2 + (shown[i + 1] - y) ** 2 < (SAME * CELLS) ** 2) return true;
    }
    return false;
  }
  count(x, y, weight) {
    const [p, q] = [Math.floor(x), Math.floor(y)];
    const [right, up] = [x - p, y - q];
    this.add(p * ROW + q, weight * (1 - right) * (1 - up));
    this.add(p * ROW + q + 1, weight * (1 - right) * up);
    this.add((p + 1) * ROW + q, weight * right * (1 - up));
    this.add((p + 1) * ROW + q + 1, weight * right * up);
  }
  add(cell, weight) {
    this.cells.set(cell, (this.cells.get(cell) ?? 0) + weight);
  }
  /** Coordinates on the plane, in cells, and the squared distance from it, in bandwidths. */
  project(values, start) {
    const { axes: { u, v }, bandwidth } = this;
    let [x, y, squared] = [0, 0, 0];
    for (let d = 0; d < u.length; d++) {
      const from = (values[start + d] - this.origin[d]) / bandwidth;
      x += from * u[d];
      y += from * v[d];
      squared += from * from;
    }
    return [x * CELLS, y * CELLS, Math.max(squared - x * x - y * y, 0)];
  }
};
function along(cells) {
  return gaussianAt((cells / CELLS) ** 2 / NARROWER) / Math.sqrt(NARROWER);
}
function gaussianAt(squared) {
  return Math.exp(-0.5 * squared);
}

// latent/layers/layer.ts
function perRow(rows, value) {
  return Float32Array.from({ length: rows }, (_, row2) => value(row2));
}
function crowdingOf(bench) {
  bench.crowding ??= new Crowding(bench.latents, bench.z);
  return bench.crowding;
}
function planeDensityOf(bench, all, axes, place2) {
  if (bench.plane?.axes !== axes) bench.plane = new PlaneDensity(all, bench.latents, axes, place2);
  return bench.plane;
}
function loaded(bench, part) {
  const network2 = bench[part];
  if (!network2) throw new Error(`The ${part} has not arrived.`);
  return network2;
}

// latent/layers/density.ts
var density = {
  title: "Density",
  help: "Kernel density estimate of the latents; 1 is the density at a typical image.",
  ends: ["low", "high"],
  compute(bench, { latents, rows, z }, axes) {
    if (bench.all) {
      const { typical } = bench.all;
      const around = planeDensityOf(bench, bench.all, axes, latents.subarray(0, z));
      return perRow(rows, (row2) => around.at(latents, row2 * z) / typical);
    }
    const crowding = crowdingOf(bench);
    return perRow(rows, (row2) => crowding.sums(latents, row2 * z).others / crowding.typical);
  }
};

// latent/layers/distance.ts
var distance = {
  title: "Distance to training images",
  help: "Distance to the nearest training latent.",
  ends: ["near", "far"],
  compute: ({ train }, { latents, rows, z }) => perRow(rows, (row2) => Math.sqrt(nearestSquared(train, latents, row2 * z, z)))
};
function nearestSquared(train, latents, start, z) {
  let nearest2 = Infinity;
  for (let at = 0; at < train.length; ) {
    let squared = 0;
    for (let d = 0; d < z; d++, at++) {
      const difference = train[at] - latents[start + d];
      squared += difference * difference;
    }
    if (squared < nearest2) nearest2 = squared;
  }
  return nearest2;
}

// latent/layers/local_sensitivity.ts
var STEP = 0.01;
var local_sensitivity = {
  title: "Local sensitivity",
  help: "Norm of the decoder’s Jacobian: bright where a small step changes the image a lot.",
  ends: ["low", "high"],
  runs: "decoder",
  compute(bench, { latents, rows, z }, { u, v }) {
    const decoder = loaded(bench, "decoder");
    const step = STEP * (Math.sqrt(Math.max(...variances(bench.latents, z))) || 1);
    const [alongU, alongV] = [u, v].map((axis) => {
      const ahead = decoder.runAll(shifted(latents, axis, step, z), rows);
      const behind = decoder.runAll(shifted(latents, axis, -step, z), rows);
      return ahead.map((value, at) => (value - behind[at]) / (2 * step));
    });
    const size = decoder.outputSize;
    return perRow(rows, (row2) => {
      let [p, q, r] = [0, 0, 0];
      for (let at = row2 * size; at < (row2 + 1) * size; at++) {
        p += alongU[at] * alongU[at];
        q += alongV[at] * alongV[at];
        r += alongU[at] * alongV[at];
      }
      return Math.sqrt((p + q) / 2 + Math.hypot((p - q) / 2, r));
    });
  }
};
function shifted(latents, axis, amount, z) {
  return latents.map((value, at) => value + amount * axis[at % z]);
}

// latent/layers/reconstruction_error.ts
var NO_DATA_BELOW = 0.01;
var reconstruction_error = {
  title: "Reconstruction error (MSE)",
  help: "Mean over the images near each place; blank where there are none.",
  ends: ["small", "large"],
  compute(bench, { latents, rows, z }) {
    const crowding = crowdingOf(bench);
    return perRow(rows, (row2) => {
      const { sum, weighted, others } = crowding.sums(latents, row2 * z, bench.errors);
      return others / crowding.typical < NO_DATA_BELOW ? NaN : weighted / sum;
    });
  }
};

// latent/layers/reencoding_distance.ts
var reencoding_distance = {
  title: "Re-encoding distance",
  help: "Distance between a latent and the latent of its decoded image.",
  ends: ["small", "large"],
  runs: "encoder",
  compute(bench, { latents, rows, z }) {
    const encoder = loaded(bench, "encoder");
    const back = encoder.runAll(loaded(bench, "decoder").runAll(latents, rows), rows);
    const width = encoder.outputSize;
    return perRow(rows, (row2) => {
      let sum = 0;
      for (let d = 0; d < z; d++) sum += (back[row2 * width + d] - latents[row2 * z + d]) ** 2;
      return Math.sqrt(sum);
    });
  }
};

// latent/layers.ts
var LAYERS = {
  density,
  distance,
  reconstruction_error,
  reencoding_distance,
  local_sensitivity
};

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
        const row2 = a + i * k;
        for (let p = 0, at = b + j * k; p < k; p++, at += 8) {
          const x = floats[row2 + p];
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
  for (let row2 = 0; row2 < rows; row2++) {
    for (let group = 0; group < groups; group++) {
      const start = from + row2 * size + group * width;
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
  for (let row2 = 0; row2 < rows; row2++) {
    for (let y = 0; y < outHeight; y++) {
      for (let x = 0; x < outWidth; x++) {
        for (let c = 0; c < channels; c++) {
          let found = isMax ? -Infinity : 0;
          for (let dy = 0; dy < kernelHeight; dy++) {
            const line = (row2 * height + y * step.stride[0] + dy) * width;
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
  for (let row2 = 0; row2 < rows; row2++) {
    for (let y = 0; y < height; y++) {
      const source = from + (row2 * height + y) * width * channels;
      const target = to + row2 * size + ((y + padding[0]) * outWidth + padding[1]) * channels;
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
    const row2 = Math.floor(position / (outHeight * outWidth));
    const inside = position % (outHeight * outWidth);
    const top = Math.floor(inside / outWidth) * step.stride[0] - step.padding[0];
    const left = inside % outWidth * step.stride[1] - step.padding[1];
    for (let y = top; y < top + kernelHeight; y++) {
      for (let x = left; x < left + kernelWidth; x++) {
        const outside = y < 0 || x < 0 || y >= height || x >= width;
        const source = from + ((row2 * height + y) * width + x) * channels;
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
    const row2 = Math.floor(position / (height * width));
    const inside = position % (height * width);
    const top = Math.floor(inside / width) * step.stride[0] - step.padding[0];
    const left = inside % width * step.stride[1] - step.padding[1];
    for (let y = top; y < top + kernelHeight; y++) {
      for (let x = left; x < left + kernelWidth; x++, at += channels) {
        if (y < 0 || x < 0 || y >= outHeight || x >= outWidth) continue;
        const target = to + ((row2 * outHeight + y) * outWidth + x) * channels;
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
  for (let row2 = 0; row2 < rows; row2++) {
    const base = row2 * outer * inner;
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
      const row2 = from + Math.floor(y / sy) * width * channels;
      for (let x = 0; x < outWidth; x++) {
        const source = row2 + Math.floor(x / sx) * channels;
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
  max_pool: ({ floats }, step, place2) => pool(floats, place2, step),
  avg_pool: ({ floats }, step, place2) => pool(floats, place2, step),
  pad: ({ floats }, step, place2) => pad(floats, place2, step),
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
    steps.forEach((step, number2) => {
      const operation = OPERATIONS[step.op];
      operation(this.kernel, step, { from, to, rows, scratch, slots });
      if (!IN_PLACE.has(step.op)) [from, to] = [to, from];
      visit?.(number2, floats.subarray(from, from + rows * step.size));
    });
    return floats.subarray(from, from + rows * this.outputSize);
  }
  /** Run any number of rows into a new array. */
  runAll(input, rows) {
    const out = new Float32Array(rows * this.outputSize);
    for (let row2 = 0; row2 < rows; row2 += this.batch) {
      const n = Math.min(this.batch, rows - row2);
      const part = input.subarray(row2 * this.inputSize, (row2 + n) * this.inputSize);
      out.set(this.run(part, n), row2 * this.outputSize);
    }
    return out;
  }
};
function planMemory(spec, batch) {
  let size = RESERVED;
  const take = (count2) => {
    const at = size;
    size += Math.ceil(count2 / 4) * 4;
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

// runtime/workbench.ts
var BATCH = 16;
var IMAGES_PER_PART = 32;
var PLACES_PER_PART = 64;
function makeWorkbench(post) {
  const benches = /* @__PURE__ */ new Map();
  let jobs = [];
  let running = false;
  async function work() {
    if (running) return;
    running = true;
    while (jobs.length) {
      jobs.sort((a, b) => a.priority - b.priority || a.id - b.id);
      const job = jobs[0];
      try {
        await job.ready;
        if (jobs.includes(job)) advance(job);
      } catch (error) {
        finish(job);
        post({ id: job.id, failed: error instanceof Error ? error.message : String(error) }, []);
      }
      await pause();
    }
    running = false;
  }
  function advance(job) {
    const start = job.done;
    const rows = Math.min(job.perPart, job.rows - start);
    const size = job.bench.z;
    const latents = job.latents.subarray(start * size, (start + rows) * size);
    const values = job.step({ latents, rows, z: size });
    job.done += rows;
    const last = job.done >= job.rows;
    if (last) finish(job);
    post({ id: job.id, start, rows, values, last }, [values.buffer]);
  }
  function finish(job) {
    jobs = jobs.filter((other) => other !== job);
  }
  function load({ model, z, latents, train, errors, all, decoder, encoder }) {
    const nothing = new Float32Array();
    const bench = benches.get(model) ?? { z, latents: nothing, errors: nothing, train: nothing };
    if (train) Object.assign(bench, { latents, train, errors });
    if (all) bench.all = all;
    if (decoder) bench.decoderReady = network(bench, "decoder", decoder);
    if (encoder) bench.encoderReady = network(bench, "encoder", encoder);
    benches.set(model, bench);
  }
  function run({ id, model, task, latents, options, priority = 1 }) {
    const bench = benches.get(model);
    if (!bench) throw new Error(`Nothing is known of ${model}.`);
    const { z } = bench;
    const axes = options ?? { u: new Float32Array(z), v: new Float32Array(z) };
    const layer = LAYERS[task];
    if (!layer && task !== "decode") throw new Error(`There is no layer ${task}.`);
    jobs.push({
      ...{ id, bench, latents, priority, done: 0 },
      rows: latents.length / z,
      perPart: layer ? PLACES_PER_PART : IMAGES_PER_PART,
      ready: Promise.all([bench.decoderReady, layer?.runs === "encoder" ? bench.encoderReady : null]),
      step: layer ? (places) => layer.compute(bench, places, axes) : (places) => asBytes(loaded(bench, "decoder").runAll(places.latents, places.rows))
    });
    void work();
  }
  return (order) => {
    if (order.type === "load") load(order);
    else if (order.type === "run") run(order);
    else jobs = jobs.filter((job) => job.id !== order.id);
  };
}
async function network(bench, name, { spec, weights }) {
  const there = bench[name];
  if (there instanceof Network && there.isOf(spec)) there.reload(weights);
  else bench[name] = await loadNetwork(spec, weights, { batch: BATCH });
}
function asBytes(values) {
  return Uint8Array.from(values, (value) => value * 255 + 0.5);
}
function pause() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

// runtime/jobs.ts
var Jobs = class {
  nextId = 1;
  open = /* @__PURE__ */ new Map();
  channels = /* @__PURE__ */ new Map();
  // channel -> id
  worker = startWorker((answer) => this.receive(answer));
  /** Tell the worker of a network. */
  load(known) {
    this.worker.post({ type: "load", ...known });
  }
  /** Start a job; an unfinished one on the same channel is dropped. */
  run(channel, task, onPart) {
    this.cancel(channel);
    const id = this.nextId++;
    this.channels.set(channel, id);
    this.open.set(id, { channel, onPart });
    this.worker.post({ type: "run", id, ...task });
  }
  cancel(channel) {
    const id = this.channels.get(channel);
    if (id === void 0) return;
    this.channels.delete(channel);
    this.open.delete(id);
    this.worker.post({ type: "cancel", id });
  }
  receive(answer) {
    const job = this.open.get(answer.id);
    if (!job) return;
    if (answer.failed !== void 0 || answer.last) {
      this.open.delete(answer.id);
      this.channels.delete(job.channel);
    }
    if (answer.failed !== void 0) console.warn(`latentlab: ${answer.failed}`);
    else job.onPart(answer);
  }
  stop() {
    this.open.clear();
    this.worker.stop();
  }
};
function startWorker(receive) {
  try {
    const address = URL.createObjectURL(new Blob(['"use strict";\n(() => {\n  // latent/crowding.ts\n  var TYPICAL_SAMPLE = 1e3;\n  var SAME = 0.01;\n  var ALIVE = 0.01;\n  var Crowding = class {\n    bandwidth;\n    /** What a typical image has around it. */\n    typical;\n    latents;\n    z;\n    n;\n    /** @param latents - n x z */\n    constructor(latents, z) {\n      this.latents = latents;\n      this.z = z;\n      this.n = latents.length / z;\n      this.bandwidth = scottBandwidth(latents, z);\n      this.typical = this.measureTypical();\n    }\n    /** Visit every latent with its squared distance to a place. */\n    eachSquared(place, start, visit) {\n      const { latents, z } = this;\n      for (let index = 0, at = 0; at < latents.length; index++) {\n        let squared = 0;\n        for (let d = 0; d < z; d++, at++) {\n          const difference = latents[at] - place[start + d];\n          squared += difference * difference;\n        }\n        visit(squared, index);\n      }\n    }\n    /**\n     * The kernels at a place, summed, and summed with a weight for each latent; `others` leaves out\n     * the latent that lies there itself.\n     */\n    sums(place, start, weights = null) {\n      const scale = -0.5 / this.bandwidth ** 2;\n      let sum = 0;\n      let weighted = 0;\n      let nearest = Infinity;\n      this.eachSquared(place, start, (squared, index) => {\n        nearest = Math.min(nearest, squared);\n        const kernel = Math.exp(squared * scale);\n        sum += kernel;\n        if (weights) weighted += kernel * weights[index];\n      });\n      const own = nearest < (SAME * this.bandwidth) ** 2 ? 1 : 0;\n      return { sum, weighted, others: Math.max(sum - own, 0) };\n    }\n    /** The median over images, each without itself. */\n    measureTypical() {\n      const step = Math.max(1, Math.floor(this.n / TYPICAL_SAMPLE));\n      const found = [];\n      for (let row = 0; row < this.n; row += step) {\n        found.push(this.sums(this.latents, row * this.z).others);\n      }\n      found.sort((a, b) => a - b);\n      const middle = found.length >> 1;\n      const median = found.length % 2 ? found[middle] : (found[middle - 1] + found[middle]) / 2;\n      return Math.max(median, 0.5 / this.n);\n    }\n  };\n  function variances(latents, z) {\n    const n = latents.length / z;\n    const mean = new Float64Array(z);\n    const square = new Float64Array(z);\n    latents.forEach((value, at) => {\n      mean[at % z] += value / n;\n    });\n    latents.forEach((value, at) => {\n      square[at % z] += (value - mean[at % z]) ** 2 / n;\n    });\n    return square;\n  }\n  function scottBandwidth(latents, z) {\n    const all = variances(latents, z);\n    const most = Math.max(...all);\n    const alive = all.filter((variance) => variance >= ALIVE * most);\n    const spread = Math.sqrt(alive.reduce((sum, variance) => sum + variance, 0) / alive.length);\n    return (latents.length / z) ** (-1 / (alive.length + 4)) * (spread || 1);\n  }\n\n  // latent/plane_density.ts\n  var CELLS = 3;\n  var NARROWER = 1 - 1 / (6 * CELLS ** 2);\n  var REACH = 5 * CELLS;\n  var ROW = 2 ** 12;\n  var PlaneDensity = class {\n    axes;\n    origin;\n    bandwidth;\n    cells = /* @__PURE__ */ new Map();\n    /** Where images of the sample lie on the plane itself, two values each, in cells. */\n    shown;\n    /**\n     * @param sample - of them, exactly: whatever lies on the plane is left out at its own place\n     * @param origin - a place on the plane\n     */\n    constructor(all, sample, axes, origin) {\n      [this.axes, this.origin, this.bandwidth] = [axes, origin.slice(), all.bandwidth];\n      const { steps, low, step } = all;\n      const latent = new Float32Array(low.length);\n      for (let at = 0; at < steps.length; at += latent.length) {\n        for (let d = 0; d < latent.length; d++) latent[d] = low[d] + step[d] * steps[at + d];\n        const [x, y, off] = this.project(latent, 0);\n        this.count(x, y, gaussianAt(off));\n      }\n      const shown = [];\n      for (let at = 0; at < sample.length; at += latent.length) {\n        const [x, y, off] = this.project(sample, at);\n        if (off < SAME ** 2) shown.push(x, y);\n      }\n      this.shown = Float64Array.from(shown);\n    }\n    /** The kernels at a place of the plane, summed, without that of an image that lies there itself. */\n    at(place, start) {\n      const [x, y] = this.project(place, start);\n      const [i, j] = [Math.round(x), Math.round(y)];\n      let sum = 0;\n      for (let p = i - REACH; p <= i + REACH; p++) {\n        let across = 0;\n        for (let q = j - REACH; q <= j + REACH; q++) {\n          const here = this.cells.get(p * ROW + q);\n          if (here) across += here * along(q - y);\n        }\n        if (across) sum += across * along(p - x);\n      }\n      return this.isShown(x, y) ? Math.max(sum - 1, 0) : sum;\n    }\n    isShown(x, y) {\n      const { shown } = this;\n      for (let i = 0; i < shown.length; i += 2) {\n        if ((shown[i] - x) ** 2 + (shown[i + 1] - y) ** 2 < (SAME * CELLS) ** 2) return true;\n      }\n      return false;\n    }\n    count(x, y, weight) {\n      const [p, q] = [Math.floor(x), Math.floor(y)];\n      const [right, up] = [x - p, y - q];\n      this.add(p * ROW + q, weight * (1 - right) * (1 - up));\n      this.add(p * ROW + q + 1, weight * (1 - right) * up);\n      this.add((p + 1) * ROW + q, weight * right * (1 - up));\n      this.add((p + 1) * ROW + q + 1, weight * right * up);\n    }\n    add(cell, weight) {\n      this.cells.set(cell, (this.cells.get(cell) ?? 0) + weight);\n    }\n    /** Coordinates on the plane, in cells, and the squared distance from it, in bandwidths. */\n    project(values, start) {\n      const { axes: { u, v }, bandwidth } = this;\n      let [x, y, squared] = [0, 0, 0];\n      for (let d = 0; d < u.length; d++) {\n        const from = (values[start + d] - this.origin[d]) / bandwidth;\n        x += from * u[d];\n        y += from * v[d];\n        squared += from * from;\n      }\n      return [x * CELLS, y * CELLS, Math.max(squared - x * x - y * y, 0)];\n    }\n  };\n  function along(cells) {\n    return gaussianAt((cells / CELLS) ** 2 / NARROWER) / Math.sqrt(NARROWER);\n  }\n  function gaussianAt(squared) {\n    return Math.exp(-0.5 * squared);\n  }\n\n  // latent/layers/layer.ts\n  function perRow(rows, value) {\n    return Float32Array.from({ length: rows }, (_, row) => value(row));\n  }\n  function crowdingOf(bench) {\n    bench.crowding ??= new Crowding(bench.latents, bench.z);\n    return bench.crowding;\n  }\n  function planeDensityOf(bench, all, axes, place) {\n    if (bench.plane?.axes !== axes) bench.plane = new PlaneDensity(all, bench.latents, axes, place);\n    return bench.plane;\n  }\n  function loaded(bench, part) {\n    const network2 = bench[part];\n    if (!network2) throw new Error(`The ${part} has not arrived.`);\n    return network2;\n  }\n\n  // latent/layers/density.ts\n  var density = {\n    title: "Density",\n    help: "Kernel density estimate of the latents; 1 is the density at a typical image.",\n    ends: ["low", "high"],\n    compute(bench, { latents, rows, z }, axes) {\n      if (bench.all) {\n        const { typical } = bench.all;\n        const around = planeDensityOf(bench, bench.all, axes, latents.subarray(0, z));\n        return perRow(rows, (row) => around.at(latents, row * z) / typical);\n      }\n      const crowding = crowdingOf(bench);\n      return perRow(rows, (row) => crowding.sums(latents, row * z).others / crowding.typical);\n    }\n  };\n\n  // latent/layers/distance.ts\n  var distance = {\n    title: "Distance to training images",\n    help: "Distance to the nearest training latent.",\n    ends: ["near", "far"],\n    compute: ({ train }, { latents, rows, z }) => perRow(rows, (row) => Math.sqrt(nearestSquared(train, latents, row * z, z)))\n  };\n  function nearestSquared(train, latents, start, z) {\n    let nearest = Infinity;\n    for (let at = 0; at < train.length; ) {\n      let squared = 0;\n      for (let d = 0; d < z; d++, at++) {\n        const difference = train[at] - latents[start + d];\n        squared += difference * difference;\n      }\n      if (squared < nearest) nearest = squared;\n    }\n    return nearest;\n  }\n\n  // latent/layers/local_sensitivity.ts\n  var STEP = 0.01;\n  var local_sensitivity = {\n    title: "Local sensitivity",\n    help: "Norm of the decoder’s Jacobian: bright where a small step changes the image a lot.",\n    ends: ["low", "high"],\n    runs: "decoder",\n    compute(bench, { latents, rows, z }, { u, v }) {\n      const decoder = loaded(bench, "decoder");\n      const step = STEP * (Math.sqrt(Math.max(...variances(bench.latents, z))) || 1);\n      const [alongU, alongV] = [u, v].map((axis) => {\n        const ahead = decoder.runAll(shifted(latents, axis, step, z), rows);\n        const behind = decoder.runAll(shifted(latents, axis, -step, z), rows);\n        return ahead.map((value, at) => (value - behind[at]) / (2 * step));\n      });\n      const size = decoder.outputSize;\n      return perRow(rows, (row) => {\n        let [p, q, r] = [0, 0, 0];\n        for (let at = row * size; at < (row + 1) * size; at++) {\n          p += alongU[at] * alongU[at];\n          q += alongV[at] * alongV[at];\n          r += alongU[at] * alongV[at];\n        }\n        return Math.sqrt((p + q) / 2 + Math.hypot((p - q) / 2, r));\n      });\n    }\n  };\n  function shifted(latents, axis, amount, z) {\n    return latents.map((value, at) => value + amount * axis[at % z]);\n  }\n\n  // latent/layers/reconstruction_error.ts\n  var NO_DATA_BELOW = 0.01;\n  var reconstruction_error = {\n    title: "Reconstruction error (MSE)",\n    help: "Mean over the images near each place; blank where there are none.",\n    ends: ["small", "large"],\n    compute(bench, { latents, rows, z }) {\n      const crowding = crowdingOf(bench);\n      return perRow(rows, (row) => {\n        const { sum, weighted, others } = crowding.sums(latents, row * z, bench.errors);\n        return others / crowding.typical < NO_DATA_BELOW ? NaN : weighted / sum;\n      });\n    }\n  };\n\n  // latent/layers/reencoding_distance.ts\n  var reencoding_distance = {\n    title: "Re-encoding distance",\n    help: "Distance between a latent and the latent of its decoded image.",\n    ends: ["small", "large"],\n    runs: "encoder",\n    compute(bench, { latents, rows, z }) {\n      const encoder = loaded(bench, "encoder");\n      const back = encoder.runAll(loaded(bench, "decoder").runAll(latents, rows), rows);\n      const width = encoder.outputSize;\n      return perRow(rows, (row) => {\n        let sum = 0;\n        for (let d = 0; d < z; d++) sum += (back[row * width + d] - latents[row * z + d]) ** 2;\n        return Math.sqrt(sum);\n      });\n    }\n  };\n\n  // latent/layers.ts\n  var LAYERS = {\n    density,\n    distance,\n    reconstruction_error,\n    reencoding_distance,\n    local_sensitivity\n  };\n\n  // runtime/gemm_wasm.ts\n  var GEMM_WASM = "AGFzbQEAAAABCwFgB39/f39/f38AAg8BA2VudgZtZW1vcnkCAAADAgEABxECBGdlbW0AAAZtZW1vcnkCAAr2BwHzBwILewx/A0AgBSAaSgRAIAEgBiAabEECdGohEyAFIBprIRxBACEbA0AgG0EDaiAESARAIBMhEiADIAUgG2wgGmpBAnRqIRUgAiAaQQJ0aiIU/QAEACIIIQ8gFP0ABBAiByEOIAgiCSERIAciCiEQIAZBAnQiFCAAIAYgG2xBAnRqIhlqIRggFCAYaiIXIBRqIRZBACEdA0AgBiAdSgRAIBL9AAQAIQ0gEv0ABBAhDCASQSBqIRIgDyAZIB1BAnQiFGr9CQIAIgsgDf3mAf3kASEPIA4gCyAM/eYB/eQBIQ4gCCAUIBhq/QkCACILIA395gH95AEhCCAHIAsgDP3mAf3kASEHIAkgFCAXav0JAgAiCyAN/eYB/eQBIQkgCiALIAz95gH95AEhCiARIBQgFmr9CQIAIgsgDf3mAf3kASERIBAgCyAM/eYB/eQBIRAgHUEBaiEdDAELCwJAIBxBCE4EQCAVIA/9CwQAIBUgDv0LBBAMAQtBACAP/QsEAEEQIA79CwQAIBVBACAcQQJ0/AoAAAsgFSAFQQJ0aiESAkAgHEEITgRAIBIgCP0LBAAgEiAH/QsEEAwBC0EAIAj9CwQAQRAgB/0LBAAgEkEAIBxBAnT8CgAACyAVIAVBA3RqIRICQCAcQQhOBEAgEiAJ/QsEACASIAr9CwQQDAELQQAgCf0LBABBECAK/QsEACASQQAgHEECdPwKAAALIBUgBUEDdGogBUECdGohEgJAIBxBCE4EQCASIBH9CwQAIBIgEP0LBBAMAQtBACAR/QsEAEEQIBD9CwQAIBJBACAcQQJ0/AoAAAsgG0EEaiEbDAELCwNAIAQgG0oEQCAAIAYgG2xBAnRqIRUgEyESIAIgGkECdGoiFP0ABAAhCCAU/QAEECEH/QwAAAAAAAAAAAAAAAAAAAAAIRH9DAAAAAAAAAAAAAAAAAAAAAAhEEEAIR0DQCAdQQFqIAZIBEAgCCAVIB1BAnRqIhT9CQIAIgkgEv0ABAD95gH95AEhCCAHIAkgEv0ABBD95gH95AEhByARIBT9CQIEIgkgEv0ABCD95gH95AEhESAQIAkgEv0ABDD95gH95AEhECASQUBrIRIgHUECaiEdDAELCyAGIB1KBEAgCCAVIB1BAnRq/QkCACIJIBL9AAQA/eYB/eQBIQggByAJIBL9AAQQ/eYB/eQBIQcLIAMgBSAbbCAaakECdGohEiAIIBH95AEhCCAHIBD95AEhBwJAIBxBCE4EQCASIAj9CwQAIBIgB/0LBBAMAQtBACAI/QsEAEEQIAf9CwQAIBJBACAcQQJ0/AoAAAsgG0EBaiEbDAELCyAaQQhqIRoMAQsLCw==";\n\n  // runtime/kernel.ts\n  var PAGE_BYTES = 65536;\n  async function makeKernel(size, { simd = true } = {}) {\n    if (simd) {\n      try {\n        return await simdKernel(size);\n      } catch {\n      }\n    }\n    const floats = new Float32Array(size);\n    return { floats, gemm: plainGemm(floats), simd: false };\n  }\n  async function simdKernel(size) {\n    const memory = new WebAssembly.Memory({ initial: Math.ceil(size * 4 / PAGE_BYTES) + 1 });\n    const binary = Uint8Array.from(atob(GEMM_WASM), (letter) => letter.charCodeAt(0));\n    const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });\n    const gemm = instance.exports.gemm;\n    return {\n      floats: new Float32Array(memory.buffer),\n      gemm: (a, b, bias, c, m, n, k) => gemm(a * 4, b * 4, bias * 4, c * 4, m, n, k),\n      simd: true\n    };\n  }\n  function plainGemm(floats) {\n    const sums = new Float64Array(8);\n    return (a, b, bias, c, m, n, k) => {\n      for (let j = 0; j < n; j += 8) {\n        const columns = Math.min(8, n - j);\n        for (let i = 0; i < m; i++) {\n          for (let q = 0; q < 8; q++) sums[q] = floats[bias + j + q];\n          const row = a + i * k;\n          for (let p = 0, at = b + j * k; p < k; p++, at += 8) {\n            const x = floats[row + p];\n            for (let q = 0; q < 8; q++) sums[q] += x * floats[at + q];\n          }\n          const target = c + i * n + j;\n          for (let q = 0; q < columns; q++) floats[target + q] = sums[q];\n        }\n      }\n    };\n  }\n\n  // runtime/elementwise.ts\n  function each(floats, start, end, change) {\n    for (let i = start; i < end; i++) floats[i] = change(floats[i]);\n  }\n  var elu = (value, alpha) => value > 0 ? value : alpha * Math.expm1(value);\n  var softplus = (value) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));\n  var gelu = (value) => value * (1 + erf(value * Math.SQRT1_2)) / 2;\n  function erf(x) {\n    const t = 1 / (1 + 0.3275911 * Math.abs(x));\n    const sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;\n    return Math.sign(x) * (1 - sum * Math.exp(-x * x));\n  }\n  function groupNorm(floats, { from, rows, size }, { groups, channels, eps }, { gain, shift }) {\n    const width = channels / groups;\n    const positions = size / channels;\n    const n = positions * width;\n    for (let row = 0; row < rows; row++) {\n      for (let group = 0; group < groups; group++) {\n        const start = from + row * size + group * width;\n        const visit = (use) => {\n          for (let p = 0; p < positions; p++) {\n            for (let c = 0; c < width; c++) use(start + p * channels + c, group * width + c);\n          }\n        };\n        let mean = 0;\n        visit((at) => mean += floats[at] / n);\n        let variance = 0;\n        visit((at) => variance += (floats[at] - mean) ** 2 / n);\n        const scale = 1 / Math.sqrt(variance + eps);\n        visit((at, channel) => {\n          floats[at] = (floats[at] - mean) * scale * floats[gain + channel] + floats[shift + channel];\n        });\n      }\n    }\n  }\n  function pool(floats, { from, to, rows }, step) {\n    const [height, width, channels] = step.from;\n    const [outHeight, outWidth] = step.to;\n    const [kernelHeight, kernelWidth] = step.kernel;\n    const isMax = step.op === "max_pool";\n    let target = to;\n    for (let row = 0; row < rows; row++) {\n      for (let y = 0; y < outHeight; y++) {\n        for (let x = 0; x < outWidth; x++) {\n          for (let c = 0; c < channels; c++) {\n            let found = isMax ? -Infinity : 0;\n            for (let dy = 0; dy < kernelHeight; dy++) {\n              const line = (row * height + y * step.stride[0] + dy) * width;\n              for (let dx = 0; dx < kernelWidth; dx++) {\n                const value = floats[from + (line + x * step.stride[1] + dx) * channels + c];\n                found = isMax ? Math.max(found, value) : found + value;\n              }\n            }\n            floats[target++] = isMax ? found : found / (kernelHeight * kernelWidth);\n          }\n        }\n      }\n    }\n  }\n  function pad(floats, { from, to, rows }, { from: [height, width, channels], to: [outHeight, outWidth], padding }) {\n    const size = outHeight * outWidth * channels;\n    floats.fill(0, to, to + rows * size);\n    for (let row = 0; row < rows; row++) {\n      for (let y = 0; y < height; y++) {\n        const source = from + (row * height + y) * width * channels;\n        const target = to + row * size + ((y + padding[0]) * outWidth + padding[1]) * channels;\n        floats.copyWithin(target, source, source + width * channels);\n      }\n    }\n  }\n\n  // runtime/rearrange.ts\n  function gather(floats, step, { from, scratch, start, n }) {\n    const [height, width, channels] = step.from;\n    const [outHeight, outWidth] = step.to;\n    const [kernelHeight, kernelWidth] = step.kernel;\n    let at = scratch;\n    for (let position = start; position < start + n; position++) {\n      const row = Math.floor(position / (outHeight * outWidth));\n      const inside = position % (outHeight * outWidth);\n      const top = Math.floor(inside / outWidth) * step.stride[0] - step.padding[0];\n      const left = inside % outWidth * step.stride[1] - step.padding[1];\n      for (let y = top; y < top + kernelHeight; y++) {\n        for (let x = left; x < left + kernelWidth; x++) {\n          const outside = y < 0 || x < 0 || y >= height || x >= width;\n          const source = from + ((row * height + y) * width + x) * channels;\n          for (let c = 0; c < channels; c++) floats[at++] = outside ? 0 : floats[source + c];\n        }\n      }\n    }\n  }\n  function scatter(floats, step, { to, scratch, start, n }) {\n    const [height, width] = step.from;\n    const [outHeight, outWidth, channels] = step.to;\n    const [kernelHeight, kernelWidth] = step.kernel;\n    let at = scratch;\n    for (let position = start; position < start + n; position++) {\n      const row = Math.floor(position / (height * width));\n      const inside = position % (height * width);\n      const top = Math.floor(inside / width) * step.stride[0] - step.padding[0];\n      const left = inside % width * step.stride[1] - step.padding[1];\n      for (let y = top; y < top + kernelHeight; y++) {\n        for (let x = left; x < left + kernelWidth; x++, at += channels) {\n          if (y < 0 || x < 0 || y >= outHeight || x >= outWidth) continue;\n          const target = to + ((row * outHeight + y) * outWidth + x) * channels;\n          for (let c = 0; c < channels; c++) floats[target + c] += floats[at + c];\n        }\n      }\n    }\n  }\n  function shuffle(small, large, rows, visit) {\n    const [height, width, channels] = large;\n    const factor = height / small[0];\n    for (let y = 0; y < rows * height; y++) {\n      for (let x = 0; x < width; x++) {\n        const cell = Math.floor(y / factor) * small[1] + Math.floor(x / factor);\n        for (let c = 0; c < channels; c++) {\n          const channel = (c * factor + y % factor) * factor + x % factor;\n          visit(cell * small[2] + channel, (y * width + x) * channels + c);\n        }\n      }\n    }\n  }\n  function transpose(floats, { from, to, rows, outer, inner }) {\n    for (let row = 0; row < rows; row++) {\n      const base = row * outer * inner;\n      for (let o = 0; o < outer; o++) {\n        for (let i = 0; i < inner; i++) {\n          floats[to + base + i * outer + o] = floats[from + base + o * inner + i];\n        }\n      }\n    }\n  }\n\n  // runtime/operations.ts\n  var SCRATCH = 1 << 18;\n  var product = (shape) => shape.reduce((total, side) => total * side, 1);\n  var IN_PLACE = /* @__PURE__ */ new Set([\n    ...["scale", "leaky_relu", "silu", "sigmoid", "keep", "add"],\n    ...["group_norm", "elu", "clamp", "tanh", "gelu", "softplus"]\n  ]);\n  function valueByValue(change) {\n    return ({ floats }, step, { from, rows }) => each(floats, from, from + rows * step.size, change(step));\n  }\n  var OPERATIONS = {\n    linear({ gemm }, step, { from, to, rows }) {\n      gemm(from, step.panels, step.biasAt, to, rows, step.n, step.k);\n    },\n    conv(kernel, step, { from, to, rows, scratch }) {\n      const [height, width, channels] = step.to;\n      const positions = rows * height * width;\n      const chunk = Math.max(4, Math.floor(SCRATCH / step.k));\n      for (let start = 0; start < positions; start += chunk) {\n        const n = Math.min(chunk, positions - start);\n        gather(kernel.floats, step, { from, scratch, start, n });\n        const target = to + start * channels;\n        kernel.gemm(scratch, step.panels, step.biasAt, target, n, step.n, step.k);\n      }\n    },\n    conv_transpose(kernel, step, { from, to, rows, scratch }) {\n      const { floats } = kernel;\n      const [height, width, channels] = step.from;\n      const outSize = product(step.to);\n      const bias = step.biasValues;\n      for (let i = 0; i < rows * outSize; i++) floats[to + i] = bias[i % bias.length];\n      const positions = rows * height * width;\n      const chunk = Math.max(4, Math.floor(SCRATCH / step.n));\n      for (let start = 0; start < positions; start += chunk) {\n        const n = Math.min(chunk, positions - start);\n        const source = from + start * channels;\n        kernel.gemm(source, step.panels, step.biasAt, scratch, n, step.n, step.k);\n        scatter(floats, step, { to, scratch, start, n });\n      }\n    },\n    upsample({ floats }, step, { from, to, rows }) {\n      const [height, width, channels] = step.from;\n      const [outHeight, outWidth] = step.to;\n      const [sy, sx] = [outHeight / height, outWidth / width];\n      let target = to;\n      for (let y = 0; y < rows * outHeight; y++) {\n        const row = from + Math.floor(y / sy) * width * channels;\n        for (let x = 0; x < outWidth; x++) {\n          const source = row + Math.floor(x / sx) * channels;\n          for (let c = 0; c < channels; c++) floats[target++] = floats[source + c];\n        }\n      }\n    },\n    pixel_shuffle({ floats }, step, { from, to, rows }) {\n      shuffle(step.from, step.to, rows, (small, large) => {\n        floats[to + large] = floats[from + small];\n      });\n    },\n    pixel_unshuffle({ floats }, step, { from, to, rows }) {\n      shuffle(step.to, step.from, rows, (small, large) => {\n        floats[to + small] = floats[from + large];\n      });\n    },\n    to_channels_first({ floats }, step, { from, to, rows }) {\n      transpose(floats, {\n        from,\n        to,\n        rows,\n        outer: step.shape[0] * step.shape[1],\n        inner: step.shape[2]\n      });\n    },\n    to_channels_last({ floats }, step, { from, to, rows }) {\n      transpose(floats, {\n        from,\n        to,\n        rows,\n        outer: step.shape[2],\n        inner: step.shape[0] * step.shape[1]\n      });\n    },\n    scale({ floats }, step, { from, rows }) {\n      const gain = step.panels;\n      for (let i = 0; i < rows * step.size; i++) {\n        const channel = i % step.channels;\n        floats[from + i] = floats[from + i] * floats[gain + channel] + floats[step.biasAt + channel];\n      }\n    },\n    group_norm({ floats }, step, { from, rows }) {\n      const weights = { gain: step.panels, shift: step.biasAt };\n      groupNorm(floats, { from, rows, size: step.size }, step, weights);\n    },\n    max_pool: ({ floats }, step, place) => pool(floats, place, step),\n    avg_pool: ({ floats }, step, place) => pool(floats, place, step),\n    pad: ({ floats }, step, place) => pad(floats, place, step),\n    elu: valueByValue(({ alpha }) => (value) => elu(value, alpha)),\n    clamp: valueByValue(({ low, high }) => (value) => Math.min(Math.max(value, low), high)),\n    tanh: valueByValue(() => Math.tanh),\n    gelu: valueByValue(() => gelu),\n    softplus: valueByValue(() => softplus),\n    leaky_relu({ floats }, step, { from, rows }) {\n      for (let i = from, end = from + rows * step.size; i < end; i++) {\n        if (floats[i] < 0) floats[i] *= step.slope;\n      }\n    },\n    silu({ floats }, step, { from, rows }) {\n      for (let i = from, end = from + rows * step.size; i < end; i++) {\n        floats[i] /= 1 + Math.exp(-floats[i]);\n      }\n    },\n    sigmoid({ floats }, step, { from, rows }) {\n      for (let i = from, end = from + rows * step.size; i < end; i++) {\n        floats[i] = 1 / (1 + Math.exp(-floats[i]));\n      }\n    },\n    keep({ floats }, step, { from, rows, slots }) {\n      floats.copyWithin(slots.get(step.slot), from, from + rows * step.size);\n    },\n    add({ floats }, step, { from, rows, slots }) {\n      const kept = slots.get(step.slot);\n      for (let i = 0; i < rows * step.size; i++) floats[from + i] += floats[kept + i];\n    },\n    concatenate({ floats }, step, { from, to, rows, slots }) {\n      const [own, both] = [step.from[2], step.to[2]];\n      const pixels = rows * step.size / both;\n      const kept = slots.get(step.slot);\n      for (let i = 0; i < pixels; i++) {\n        floats.copyWithin(to + i * both, from + i * own, from + (i + 1) * own);\n        floats.copyWithin(to + i * both + own, kept + i * (both - own), kept + (i + 1) * (both - own));\n      }\n    }\n  };\n\n  // runtime/runtime.ts\n  var RESERVED = 16;\n  var padded = (columns) => Math.ceil(columns / 8) * 8;\n  async function loadNetwork(spec, weights, { batch = 1, simd = true } = {}) {\n    const plan = planMemory(spec, batch);\n    const kernel = await makeKernel(plan.size, { simd });\n    const network2 = new Network(spec, plan, kernel, batch);\n    network2.reload(weights);\n    return network2;\n  }\n  var Network = class {\n    inputSize;\n    outputSize;\n    simd;\n    spec;\n    plan;\n    kernel;\n    batch;\n    constructor(spec, plan, kernel, batch) {\n      this.spec = spec;\n      this.plan = plan;\n      this.kernel = kernel;\n      this.batch = batch;\n      this.inputSize = product(spec.input);\n      this.outputSize = product(spec.output);\n      this.simd = kernel.simd;\n    }\n    /** Whether these are its layers. */\n    isOf(spec) {\n      return JSON.stringify(spec) === JSON.stringify(this.spec);\n    }\n    /** Take other weights for the same layers. */\n    reload(weights) {\n      const { floats } = this.kernel;\n      for (const step of this.plan.steps) if ("weights" in step) placeWeights(floats, step, weights);\n    }\n    /**\n     * Run up to `batch` rows.\n     * @param input - rows x inputSize values\n     * @param visit - shown the intermediate values\n     * @returns rows x outputSize; a view that the next call overwrites\n     */\n    run(input, rows = 1, visit) {\n      const { floats } = this.kernel;\n      const { scratch, slots, steps } = this.plan;\n      let [from, to] = this.plan.buffers;\n      floats.set(input, from);\n      steps.forEach((step, number) => {\n        const operation = OPERATIONS[step.op];\n        operation(this.kernel, step, { from, to, rows, scratch, slots });\n        if (!IN_PLACE.has(step.op)) [from, to] = [to, from];\n        visit?.(number, floats.subarray(from, from + rows * step.size));\n      });\n      return floats.subarray(from, from + rows * this.outputSize);\n    }\n    /** Run any number of rows into a new array. */\n    runAll(input, rows) {\n      const out = new Float32Array(rows * this.outputSize);\n      for (let row = 0; row < rows; row += this.batch) {\n        const n = Math.min(this.batch, rows - row);\n        const part = input.subarray(row * this.inputSize, (row + n) * this.inputSize);\n        out.set(this.run(part, n), row * this.outputSize);\n      }\n      return out;\n    }\n  };\n  function planMemory(spec, batch) {\n    let size = RESERVED;\n    const take = (count) => {\n      const at = size;\n      size += Math.ceil(count / 4) * 4;\n      return at;\n    };\n    let largest = product(spec.input);\n    let current = largest;\n    const kept = /* @__PURE__ */ new Map();\n    const steps = spec.layers.map((layer) => {\n      const [k, n] = matrixShape(layer);\n      const panels = take(k * padded(n));\n      const biasAt = take(padded("to" in layer ? Math.max(n, layer.to[2]) : n));\n      if ("to" in layer) current = product(layer.to);\n      if (layer.op === "linear") current = layer.out;\n      largest = Math.max(largest, current);\n      if (layer.op === "keep") kept.set(layer.slot, Math.max(current, kept.get(layer.slot) ?? 0));\n      return { ...layer, k, n, panels, biasAt, biasValues: new Float32Array(), size: current };\n    });\n    const slots = new Map([...kept].map(([slot, most]) => [slot, take(most * batch)]));\n    const buffers = [take(largest * batch), take(largest * batch)];\n    const widest = Math.max(0, ...steps.map((step) => step.op === "conv" ? step.k : step.n));\n    return { steps, slots, buffers, scratch: take(Math.max(SCRATCH, 4 * widest)), size };\n  }\n  function matrixShape(layer) {\n    switch (layer.op) {\n      case "linear":\n        return [layer.in, layer.out];\n      case "conv":\n        return [product(layer.kernel) * layer.from[2], layer.to[2]];\n      case "conv_transpose":\n        return [layer.from[2], product(layer.kernel) * layer.to[2]];\n      case "scale":\n      case "group_norm":\n        return [1, layer.channels];\n      default:\n        return [0, 0];\n    }\n  }\n  function placeWeights(floats, step, weights) {\n    const { k, n } = step;\n    for (let p = 0; p < k; p++) {\n      for (let j = 0; j < n; j++) {\n        const panel = (j >> 3) * 8 * k;\n        floats[step.panels + panel + p * 8 + (j & 7)] = weights[step.weights + p * n + j];\n      }\n    }\n    const biasSize = step.op === "conv_transpose" ? step.to[2] : n;\n    step.biasValues = weights.slice(step.bias, step.bias + biasSize);\n    if (step.op !== "conv_transpose") floats.set(step.biasValues, step.biasAt);\n  }\n\n  // runtime/workbench.ts\n  var BATCH = 16;\n  var IMAGES_PER_PART = 32;\n  var PLACES_PER_PART = 64;\n  function makeWorkbench(post) {\n    const benches = /* @__PURE__ */ new Map();\n    let jobs = [];\n    let running = false;\n    async function work() {\n      if (running) return;\n      running = true;\n      while (jobs.length) {\n        jobs.sort((a, b) => a.priority - b.priority || a.id - b.id);\n        const job = jobs[0];\n        try {\n          await job.ready;\n          if (jobs.includes(job)) advance(job);\n        } catch (error) {\n          finish(job);\n          post({ id: job.id, failed: error instanceof Error ? error.message : String(error) }, []);\n        }\n        await pause();\n      }\n      running = false;\n    }\n    function advance(job) {\n      const start = job.done;\n      const rows = Math.min(job.perPart, job.rows - start);\n      const size = job.bench.z;\n      const latents = job.latents.subarray(start * size, (start + rows) * size);\n      const values = job.step({ latents, rows, z: size });\n      job.done += rows;\n      const last = job.done >= job.rows;\n      if (last) finish(job);\n      post({ id: job.id, start, rows, values, last }, [values.buffer]);\n    }\n    function finish(job) {\n      jobs = jobs.filter((other) => other !== job);\n    }\n    function load({ model, z, latents, train, errors, all, decoder, encoder }) {\n      const nothing = new Float32Array();\n      const bench = benches.get(model) ?? { z, latents: nothing, errors: nothing, train: nothing };\n      if (train) Object.assign(bench, { latents, train, errors });\n      if (all) bench.all = all;\n      if (decoder) bench.decoderReady = network(bench, "decoder", decoder);\n      if (encoder) bench.encoderReady = network(bench, "encoder", encoder);\n      benches.set(model, bench);\n    }\n    function run({ id, model, task, latents, options, priority = 1 }) {\n      const bench = benches.get(model);\n      if (!bench) throw new Error(`Nothing is known of ${model}.`);\n      const { z } = bench;\n      const axes = options ?? { u: new Float32Array(z), v: new Float32Array(z) };\n      const layer = LAYERS[task];\n      if (!layer && task !== "decode") throw new Error(`There is no layer ${task}.`);\n      jobs.push({\n        ...{ id, bench, latents, priority, done: 0 },\n        rows: latents.length / z,\n        perPart: layer ? PLACES_PER_PART : IMAGES_PER_PART,\n        ready: Promise.all([bench.decoderReady, layer?.runs === "encoder" ? bench.encoderReady : null]),\n        step: layer ? (places) => layer.compute(bench, places, axes) : (places) => asBytes(loaded(bench, "decoder").runAll(places.latents, places.rows))\n      });\n      void work();\n    }\n    return (order) => {\n      if (order.type === "load") load(order);\n      else if (order.type === "run") run(order);\n      else jobs = jobs.filter((job) => job.id !== order.id);\n    };\n  }\n  async function network(bench, name, { spec, weights }) {\n    const there = bench[name];\n    if (there instanceof Network && there.isOf(spec)) there.reload(weights);\n    else bench[name] = await loadNetwork(spec, weights, { batch: BATCH });\n  }\n  function asBytes(values) {\n    return Uint8Array.from(values, (value) => value * 255 + 0.5);\n  }\n  function pause() {\n    return new Promise((resolve) => {\n      const { port1, port2 } = new MessageChannel();\n      port1.onmessage = () => {\n        port1.close();\n        resolve();\n      };\n      port2.postMessage(null);\n    });\n  }\n\n  // runtime/worker.ts\n  var handle = makeWorkbench((answer, transfer) => self.postMessage(answer, { transfer }));\n  self.onmessage = ({ data }) => handle(data);\n})();\n'], { type: "text/javascript" }));
    const worker = new Worker(address);
    worker.onmessage = ({ data }) => receive(data);
    return {
      post: (order) => worker.postMessage(order),
      stop: () => {
        worker.terminate();
        URL.revokeObjectURL(address);
      }
    };
  } catch {
    const handle = makeWorkbench((answer) => setTimeout(() => receive(answer)));
    return { post: handle, stop: () => {
    } };
  }
}

// lib/address.ts
var STEPPED = "latentlab-step";
var OWNED = "latentlab-own";
function merged(search, values) {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return query.toString();
}
function putIntoAddress(values, isStep = false) {
  const query = merged(location.search, values);
  if (query === location.search.slice(1)) return false;
  const address = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
  if (isStep) stepTo(address);
  else History.prototype.replaceState.call(history, history.state, "", address);
  return true;
}
function stepTo(address) {
  window.dispatchEvent(new Event(STEPPED));
  History.prototype.pushState.call(history, history.state, "", address);
}
function ownInAddress(names) {
  const owner = { names, isThere: true };
  window.dispatchEvent(new CustomEvent(OWNED, { detail: owner }));
  return () => {
    owner.isThere = false;
  };
}

// training/timescale.ts
function positionOf(step, last) {
  return last > 0 ? clamp(Math.log1p(Math.max(0, step)) / Math.log1p(last), 0, 1) : 1;
}
function stepAt(position, last) {
  return Math.expm1(clamp(position, 0, 1) * Math.log1p(last));
}
function between(steps, step) {
  let stage = 0;
  while (stage + 1 < steps.length && steps[stage + 1] <= step + 1e-6) stage++;
  if (stage + 1 >= steps.length || step <= steps[stage]) return { stage, share: 0 };
  const [from, at, to] = [steps[stage], step, steps[stage + 1]].map(Math.log1p);
  return { stage, share: clamp((at - from) / (to - from), 0, 1) };
}
function nearest(steps, step) {
  const { stage, share } = between(steps, step);
  return share > 0.5 ? stage + 1 : stage;
}

// training/clock.ts
var SECONDS = 10;
var CATCH_UP = 0.25;
var SPEEDS = [0.25, 0.5, 1, 2, 4];
var Clock = class {
  track = { steps: [0], last: 0 };
  step = 0;
  playing = false;
  /** Whether the newest stage is shown as soon as it is there. */
  following = false;
  speed = 1;
  /** Whether nothing may glide. */
  still = false;
  rate = 0;
  get newest() {
    return this.track.steps.at(-1) ?? 0;
  }
  get isAtEnd() {
    return this.step >= this.newest - 1e-6;
  }
  /** Take other stages; the step that is shown stays unless it follows the newest. */
  take(track) {
    const before = this.newest;
    this.track = track;
    const distance2 = positionOf(this.newest, track.last) - positionOf(this.step, track.last);
    if (this.following && this.newest !== before) this.rate = distance2 / CATCH_UP;
    if (this.step > this.newest) this.step = this.newest;
  }
  play() {
    if (this.isAtEnd) this.step = this.track.steps[0] ?? 0;
    this.playing = true;
    this.following = false;
  }
  pause() {
    this.playing = false;
    this.following = false;
  }
  /** Show the newest stage, now and as others come. */
  follow() {
    this.playing = false;
    this.following = true;
    this.step = this.newest;
  }
  /** Show the stage nearest to a step. */
  seek(step) {
    this.pause();
    this.step = this.track.steps[nearest(this.track.steps, step)] ?? 0;
  }
  /** Go so many stages on, or back. */
  move(stages) {
    const { steps } = this.track;
    const past = steps.filter((step) => step < this.step - 1e-6).length;
    const isOn = steps.some((step) => Math.abs(step - this.step) < 1e-6);
    const from = isOn || stages < 0 ? past : past - 1;
    this.pause();
    this.step = steps[Math.min(Math.max(from + stages, 0), steps.length - 1)] ?? 0;
  }
  /**
   * Let time pass.
   * @returns whether another step is shown than before
   */
  tick(seconds) {
    const before = this.step;
    const { last } = this.track;
    const rate = this.playing ? this.speed / SECONDS : this.rate;
    if (!this.playing && !this.following) return false;
    const target = this.still && this.following ? 1 : positionOf(this.step, last) + rate * seconds;
    this.step = Math.min(stepAt(target, last), this.newest);
    if (this.isAtEnd) {
      this.step = this.newest;
      this.playing = false;
    }
    return this.step !== before;
  }
};

// training/address.ts
var NAMES = ["run", "second", "stage", "speed", "lattice", "labels", "star"];
function readChoice(search) {
  const given = new URLSearchParams(search);
  const whole = (name) => {
    const text = given.get(name) ?? "";
    return /^\d{1,9}$/.test(text) ? Number(text) : null;
  };
  const speed = Number(given.get("speed"));
  return {
    run: given.get("run"),
    beside: given.get("second"),
    step: whole("stage"),
    // the lessons have a step of their own
    speed: SPEEDS.includes(speed) ? speed : 1,
    lattice: given.get("lattice") === "1",
    labels: given.get("labels") !== "0",
    star: whole("star")
  };
}
function writeChoice({ run, beside, step, speed, lattice, labels, star: star2 }) {
  return {
    run,
    second: beside,
    stage: step === null ? null : String(Math.round(step)),
    speed: speed === 1 ? null : String(speed),
    lattice: lattice ? "1" : null,
    labels: labels ? null : "0",
    star: star2 === null ? null : String(star2)
  };
}

// training/asking.ts
var OVERDUE = 1e3;
var Asking = class {
  known;
  tell;
  asked = "";
  sent = {};
  overdue = null;
  /**
   * @param known - what is shown, and how much of it is here
   * @param tell - ask the server for what follows
   */
  constructor(known, tell2) {
    this.known = known;
    this.tell = tell2;
  }
  /** Ask for the stages of what is shown, if it is not what was shown before. */
  ask() {
    const known = this.known();
    const asked = known.map(([run]) => run).join(" ");
    if (asked === this.asked) return;
    this.asked = asked;
    this.tell(known);
  }
  /** Hear what was sent: the newest stage of each run. */
  hear(sent) {
    this.sent = sent;
    this.overdue ??= setTimeout(() => this.check(), OVERDUE);
  }
  stop() {
    if (this.overdue) clearTimeout(this.overdue);
  }
  check() {
    this.overdue = null;
    if (!this.known().some(([run, newest]) => (this.sent[run] ?? -1) > newest)) return;
    this.asked = "";
    this.ask();
  }
};

// training/bar.ts
var Bar = class {
  element;
  run;
  beside;
  lattice;
  labels;
  train;
  remark = h("p", { class: "remark" });
  choice = null;
  offered = "";
  constructor(choose, train) {
    const select = (label, chosen) => {
      const element = h("select", {
        ...{ "aria-label": label, title: label },
        onchange: () => chosen(element.value || null)
      });
      return element;
    };
    this.run = select("Training run on the map", (run) => choose({ run, step: null }));
    this.beside = select("A second training run, for comparison", (beside) => choose({ beside }));
    this.lattice = h("button", {
      text: "Decoded grid",
      title: "Cover the map with decoded images of this stage",
      onclick: () => choose({ lattice: !this.choice?.lattice })
    });
    this.labels = h("button", {
      text: "Class labels",
      title: "Color each point by its class. The network never sees a label.",
      onclick: () => choose({ labels: !this.choice?.labels })
    });
    this.train = h("button", { class: "primary", text: "Train a network", onclick: train });
    this.element = h(
      "div",
      { class: "bar", role: "toolbar", "aria-label": "what is shown" },
      this.run,
      this.beside,
      h("div", { class: "group" }, this.lattice, this.labels),
      this.remark,
      this.train
    );
  }
  /** Put the keyboard on the button that opens the recipe. */
  focus() {
    this.train.focus();
  }
  update({ setting, status, choice: choice2, shown, isTraining }) {
    this.choice = choice2;
    this.offer(setting, status, shown[0] ?? "");
    this.run.value = shown[0] ?? "";
    this.beside.value = shown[1] ?? "";
    this.lattice.setAttribute("aria-pressed", String(choice2.lattice));
    this.labels.setAttribute("aria-pressed", String(choice2.labels));
    this.train.setAttribute("aria-expanded", String(isTraining));
    say(
      this.remark,
      choice2.labels ? "Colors show the class labels, which the network is not given." : "No labels: the network is given only the images."
    );
  }
  offer({ stored }, { trainings }, first) {
    const runs = [
      ...trainings.map(({ run, title }) => ({ run, text: title, title, group: "Trained here" })),
      ...stored.map(({ run, title, group }) => ({ run, text: run, title, group }))
    ];
    const key = `${first} ${JSON.stringify(runs)}`;
    if (key === this.offered) return;
    this.offered = key;
    this.run.replaceChildren(...grouped(runs));
    const none = h("option", { value: "", text: "Compare with…" });
    this.beside.replaceChildren(none, ...grouped(runs.filter(({ run }) => run !== first)));
  }
};
function grouped(runs) {
  const groups = /* @__PURE__ */ new Map();
  for (const { run, text, title, group } of runs) {
    const element = groups.get(group) ?? h("optgroup", { label: group });
    groups.set(group, element);
    element.append(h("option", { value: run, text, title }));
  }
  return [...groups.values()];
}

// explore/lattice.ts
var Mosaic = class {
  canvas = h("canvas");
  stamp = h("canvas");
  columns;
  tile;
  image;
  constructor(image, columns, rows, tile) {
    this.image = image;
    this.columns = columns;
    this.tile = tile;
    [this.canvas.width, this.canvas.height] = [columns * tile, rows * tile];
    [this.stamp.height, this.stamp.width] = image;
  }
  /** Lay down images from the place `start` on. */
  take({ start, rows, values }) {
    const [height, width, channels] = this.image;
    const context = contextOf(this.canvas);
    const stamp = contextOf(this.stamp);
    const picture = stamp.createImageData(width, height);
    const factor = this.tile / Math.max(width, height);
    const [w, tall] = [width * factor, height * factor];
    for (let i = 0; i < rows; i++) {
      fillPixels(picture.data, values, i * width * height * channels, width * height, channels);
      stamp.putImageData(picture, 0, 0);
      const x = (start + i) % this.columns * this.tile + (this.tile - w) / 2;
      const y = Math.floor((start + i) / this.columns) * this.tile + (this.tile - tall) / 2;
      context.drawImage(this.stamp, x, y, w, tall);
    }
  }
};
function squareCells({ left, right, bottom, top }, perSide) {
  const [width, height] = [right - left, top - bottom];
  const cell = Math.max(width, height) / perSide;
  const columns = Math.max(1, Math.round(width / cell));
  const rows = Math.max(1, Math.round(height / cell));
  const [x, y] = [(columns * cell - width) / 2, (rows * cell - height) / 2];
  return { box: { left: left - x, right: right + x, bottom: bottom - y, top: top + y }, columns, rows };
}
function gridLatents(plane, box, columns, rows) {
  const size = plane.origin.length;
  const latents = new Float32Array(columns * rows * size);
  const stepX = (box.right - box.left) / columns;
  const stepY = (box.top - box.bottom) / rows;
  for (let row2 = 0; row2 < rows; row2++) {
    for (let column = 0; column < columns; column++) {
      const z = plane.lift(box.left + (column + 0.5) * stepX, box.top - (row2 + 0.5) * stepY);
      latents.set(z, (row2 * columns + column) * size);
    }
  }
  return latents;
}

// latent/gaussian.ts
function cumulative(x) {
  const t = 1 / (1 + 0.3275911 * (Math.abs(x) / Math.SQRT2));
  const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const tail = 0.5 * series * Math.exp(-x * x / 2);
  return x > 0 ? 1 - tail : tail;
}
function inverseCumulative(p) {
  let low = -8;
  let high = 8;
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (cumulative(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

// latent/space.ts
function quantile(sorted, share) {
  if (!sorted.length) return 0;
  const place2 = share * (sorted.length - 1);
  const low = Math.floor(place2);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (place2 - low) * (sorted[high] - sorted[low]);
}

// latent/plane.ts
var PRINCIPAL_SAMPLE = 2e3;
var OUTER = 5e-3;
var EDGE = 1e-4;
var SPREAD = 6;
var count = 0;
var Plane = class _Plane {
  origin;
  u;
  v;
  /** What the map's two directions are called. */
  names;
  byQuantile;
  number = ++count;
  isLine;
  /** @param byQuantile - lay coordinates out evenly in probability under N(0, 1) */
  constructor({ origin, u, v, names }, byQuantile) {
    this.origin = origin;
    this.u = u;
    this.v = v;
    this.names = names;
    this.byQuantile = byQuantile;
    this.isLine = v.every((value) => value === 0);
  }
  /** The same origin with other axes. */
  with(u, v) {
    return new _Plane({ origin: this.origin, u, v, names: this.names }, this.byQuantile);
  }
  /** Map place -> latent. */
  lift(x, y) {
    const a = this.byQuantile ? toCoordinate(x) : x;
    const b = this.byQuantile ? toCoordinate(y) : y;
    return this.origin.map((value, d) => value + a * this.u[d] + b * this.v[d]);
  }
  /** Latent -> map place. */
  project(z) {
    let a = 0;
    let b = 0;
    for (let d = 0; d < this.origin.length; d++) {
      const from = z[d] - this.origin[d];
      a += from * this.u[d];
      b += from * this.v[d];
    }
    return this.byQuantile ? [toQuantile(a), toQuantile(b)] : [a, b];
  }
  /** How far a latent lies off the plane. */
  offPlane(z) {
    const [x, y] = this.project(z);
    const back = this.lift(x, y);
    return Math.sqrt(back.reduce((sum, value, d) => sum + (value - z[d]) ** 2, 0));
  }
  /** Map places of many latents, two values each. */
  projectAll(latents) {
    const size = this.origin.length;
    const places = new Float32Array(2 * latents.length / size);
    for (let row2 = 0; row2 < places.length / 2; row2++) {
      const [x, y] = this.project(latents.subarray(row2 * size, (row2 + 1) * size));
      places[2 * row2] = x;
      places[2 * row2 + 1] = this.isLine ? lane(row2) : y;
    }
    return places;
  }
};
function makePlane(space, choice2, through, byQuantile) {
  const { z } = space;
  if (z <= 2) {
    const names2 = z === 1 ? ["z₁", ""] : ["z₁", "z₂"];
    const v = z === 1 ? new Float32Array(1) : unit(z, 1);
    return new Plane({ origin: new Float32Array(z), u: unit(z, 0), v, names: names2 }, byQuantile);
  }
  if (choice2.kind === "principal") return principalPlane(space, through);
  const origin = Float32Array.from(through);
  origin[choice2.i] = 0;
  origin[choice2.j] = 0;
  const names = [coordinate(choice2.i), coordinate(choice2.j)];
  return new Plane({ origin, u: unit(z, choice2.i), v: unit(z, choice2.j), names }, byQuantile);
}
function principalPlane(space, through) {
  const { mean, u, v } = principalAxes(space);
  const from = through.map((value, d) => value - mean[d]);
  const [a, b] = [dot(from, u), dot(from, v)];
  const origin = from.map((value, d) => mean[d] + value - a * u[d] - b * v[d]);
  const names = ["PC 1", "PC 2"];
  return new Plane({ origin, u, v, names }, false);
}
function principalAxes(space) {
  if (space.principal) return space.principal;
  const { z, n } = space;
  const step = Math.max(1, Math.floor(n / PRINCIPAL_SAMPLE));
  const mean = new Float32Array(z);
  for (let row2 = 0; row2 < n; row2++) {
    for (let d = 0; d < z; d++) mean[d] += space.latents[row2 * z + d] / n;
  }
  const covariance = new Float64Array(z * z);
  for (let row2 = 0; row2 < n; row2 += step) {
    const at = row2 * z;
    for (let i = 0; i < z; i++) {
      const value = space.latents[at + i] - mean[i];
      for (let j = 0; j < z; j++) {
        covariance[i * z + j] += value * (space.latents[at + j] - mean[j]);
      }
    }
  }
  const u = leading(covariance, z, null);
  const v = leading(covariance, z, u);
  space.principal = { mean, u, v };
  return space.principal;
}
function leading(matrix, size, besides) {
  let axis = Float32Array.from({ length: size }, (_, d) => 1 + 0.1 * (d * 7 % 5));
  axis = orthonormal(orthonormal(axis, besides), besides);
  for (let round = 0; round < 200; round++) {
    const next = new Float32Array(size);
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += matrix[i * size + j] * axis[j];
      next[i] = sum;
    }
    if (next.every((value) => value === 0)) break;
    axis = orthonormal(orthonormal(next, besides), besides);
  }
  const largest = axis.reduce(
    (best, value) => Math.abs(value) > Math.abs(best) ? value : best,
    0
  );
  return largest < 0 ? axis.map((value) => -value) : axis;
}
function orthonormal(axis, besides) {
  const along2 = besides ? dot(axis, besides) : 0;
  const free = Float32Array.from(axis, (value, d) => value - along2 * (besides?.[d] ?? 0));
  const length = Math.hypot(...free) || 1;
  return free.map((value) => value / length);
}
function extentOf(plane, places, isVae) {
  const axis = (offset) => {
    const values = Float32Array.from(
      { length: places.length / 2 },
      (_, row2) => places[2 * row2 + offset]
    ).sort();
    let [low, high] = [quantile(values, OUTER), quantile(values, 1 - OUTER)];
    if (plane.byQuantile) return [-SPREAD / 2, SPREAD / 2];
    if (isVae) [low, high] = [Math.min(low, -3), Math.max(high, 3)];
    const margin = 0.04 * (high - low) || 1;
    return [low - margin, high + margin];
  };
  const [left, right] = axis(0);
  const [bottom, top] = plane.isLine ? [-(right - left) / 4, (right - left) / 4] : axis(1);
  return { left, right, bottom, top };
}
var unit = (size, at) => Float32Array.from({ length: size }, (_, d) => d === at ? 1 : 0);
var dot = (a, b) => a.reduce((sum, value, d) => sum + value * b[d], 0);
var toQuantile = (coordinate2) => SPREAD * (cumulative(coordinate2) - 0.5);
function toCoordinate(place2) {
  const share = place2 / SPREAD + 0.5;
  return inverseCumulative(Math.min(1 - EDGE, Math.max(EDGE, share)));
}
function lane(row2) {
  return ((Math.imul(row2, 2654435761) >>> 8) / 16777216 - 0.5) * 2;
}

// training/support.ts
var TRAIN = 0;
var VALIDATION = 1;
var Support = class {
  farDistance;
  latents;
  z;
  training;
  /**
   * @param latents - n x z
   * @param splits - of each of the n images
   * @param far - the quantile of the validation images' distances from which on a latent is far
   */
  constructor(latents, splits, z, far) {
    this.latents = latents;
    this.z = z;
    const all = Array.from({ length: latents.length / z }, (_, row2) => row2);
    const training = all.filter((row2) => splits[row2] === TRAIN);
    this.training = training.length ? training : all;
    const others = [VALIDATION, null].map(
      (split) => all.filter((row2) => split === null ? splits[row2] !== TRAIN : splits[row2] === split)
    );
    const measured = others.find((rows) => rows.length) ?? all;
    const distances = measured.map((row2) => this.distance(latents.subarray(row2 * z, (row2 + 1) * z), row2));
    this.farDistance = quantile(distances.sort((a, b) => a - b), far);
  }
  /** Whether no training image is near a latent. */
  isFar(latent) {
    return this.distance(latent) > this.farDistance;
  }
  /** To the nearest training latent, `besides` left out. */
  distance(latent, besides = -1) {
    const { latents, z } = this;
    let least = Infinity;
    for (const row2 of this.training) {
      if (row2 === besides) continue;
      let squared = 0;
      for (let d = 0; d < z; d++) squared += (latents[row2 * z + d] - latent[d]) ** 2;
      if (squared < least) least = squared;
    }
    return Math.sqrt(least);
  }
};

// training/run.ts
var SHIFT = 6;
var ZERO = 128;
var LANES = 0.8;
var Run = class {
  id;
  opening;
  stages = [];
  plane;
  extent = { left: -3, right: 3, bottom: -3, top: 3 };
  /** Where the images lie, by the stage's number; another map when the axes were laid anew. */
  places = /* @__PURE__ */ new Map();
  isFirst = true;
  support = null;
  /** @param stages - at least one; see `add` for the rest */
  constructor(opening, stages, isOver) {
    this.id = opening.header.run;
    this.opening = opening;
    this.plane = this.makePlane(new Float32Array(opening.header.latent_dim), 1);
    this.add(stages, isOver);
  }
  /**
   * Take new stages; those of a later step are from before an interruption, and go.
   * @param isOver - whether no others will follow: the axes are then those of the last stage
   */
  add(stages, isOver) {
    for (const stage of stages.toSorted((a, b) => a.header.number - b.header.number)) {
      const { step, number: number2 } = stage.header;
      this.stages = this.stages.filter(({ header }) => header.step < step || header.number > number2);
      this.stages.push(stage);
    }
    this.stages.sort((a, b) => a.header.step - b.header.step);
    this.layAxes(isOver);
  }
  get newest() {
    return this.stages[this.stages.length - 1];
  }
  get newestNumber() {
    return Math.max(...this.stages.map(({ header }) => header.number));
  }
  get steps() {
    return this.stages.map(({ header }) => header.step);
  }
  /** Images whose latents are followed. */
  get n() {
    return this.opening.arrays.labels.length;
  }
  /** The stage that a step has reached. */
  stageAt(step) {
    return this.stages[between(this.steps, step).stage];
  }
  /** How many epochs a step has reached, with a fraction. */
  epochAt(step) {
    const { header } = this.newest;
    return header.step ? step * header.epoch / header.step : 0;
  }
  /** The part of the latent space that training images cover at a step. */
  supportAt(step) {
    const stage = this.stageAt(step);
    if (this.support?.of !== stage) {
      const { latent_dim: z, far } = this.opening.header;
      const found = new Support(stage.arrays.latents, this.opening.arrays.splits, z, far);
      this.support = { of: stage, found };
    }
    return this.support.found;
  }
  /** Where the images are at a step: x and y in turn, between two stages on the way. */
  placesAt(step) {
    const { stage, share } = between(this.steps, step);
    const from = this.placesOf(this.stages[stage]);
    if (share === 0) return from;
    const to = this.placesOf(this.stages[stage + 1]);
    return from.map((value, i) => value + share * (to[i] - value));
  }
  placesOf({ header, arrays }) {
    let places = this.places.get(header.number);
    if (!places) this.places.set(header.number, places = this.project(arrays.latents));
    return places;
  }
  /** Where latents lie; those of one dimension are spread over the map's height. */
  project(latents) {
    const places = this.plane.projectAll(latents);
    const height = LANES * this.extent.top;
    return this.plane.isLine ? places.map((value, i) => i % 2 ? value * height : value) : places;
  }
  /**
   * Lay the axes by the last stage: with more than two latent dimensions its first two principal
   * components, so that what moves on the map moves in the latent space.
   */
  layAxes(isOver) {
    const { newest } = this;
    const { latent_dim: z, model } = this.opening.header;
    const { isFirst } = this;
    this.isFirst = false;
    if (z > 2) {
      this.plane = facing(this.makePlane(newest.arrays.latents, this.n), this.plane);
      this.places = /* @__PURE__ */ new Map();
    }
    const extent = extentOf(this.plane, this.placesOf(newest), model === "vae");
    this.extent = isOver || isFirst ? extent : union(extent, this.extent);
    if (this.plane.isLine) this.places = /* @__PURE__ */ new Map();
  }
  makePlane(latents, n) {
    const z = this.opening.header.latent_dim;
    const space = { z, n, latents, principal: null };
    const middle = new Float32Array(z);
    for (let i = 0; i < latents.length; i++) middle[i % z] += latents[i] / n;
    return makePlane(space, { kind: "principal", i: 0, j: 1 }, middle, false);
  }
  /** One column of the history, and what the first epoch's batches said before there was one. */
  curve(name) {
    const { header, arrays } = this.newest;
    const names = header.history;
    const [column, at] = [names.indexOf(name), names.indexOf("step")];
    const curve = { steps: [], values: [] };
    if (column >= 0 && at >= 0) {
      const { history: history2 } = arrays;
      for (let row2 = 0; row2 < history2.length; row2 += names.length) {
        curve.steps.push(history2[row2 + at]);
        curve.values.push(history2[row2 + column]);
      }
    }
    const first = curve.steps[0] ?? Infinity;
    const early = this.stages.filter((stage) => stage.header.step < first && name in stage.header.terms);
    return {
      steps: [...early.map((stage) => stage.header.step), ...curve.steps],
      values: [...early.map((stage) => stage.header.terms[name]), ...curve.values]
    };
  }
};
var union = (a, b) => ({
  left: Math.min(a.left, b.left),
  right: Math.max(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
  top: Math.max(a.top, b.top)
});
function weightsOf({ arrays }) {
  const { weights, scale } = arrays;
  if (!weights.length) return null;
  const values = new Float32Array(weights.length);
  for (let i = 0; i < values.length; i++) values[i] = (weights[i] - ZERO) * scale[i >> SHIFT];
  return values;
}
function facing(plane, before) {
  const turned = (axis, old) => {
    const along2 = axis.reduce((sum, value, d) => sum + value * old[d], 0);
    return along2 < 0 ? axis.map((value) => -value) : axis;
  };
  const [u, v] = [turned(plane.u, before.u), turned(plane.v, before.v)];
  return plane.with(u, v);
}

// training/decoder.ts
var PER_SIDE = 16;
var MOST_TILE_PIXELS = 32;
var Decoder = class {
  /** The decoded grid of the newest stage that is ready. */
  laid = null;
  /** Counts the weights that came into use. */
  uses = 0;
  run;
  jobs;
  repaint;
  network = null;
  inUse = null;
  weights = null;
  latticeOf = null;
  wanted = null;
  isBusy = false;
  constructor(run, jobs, repaint) {
    this.run = run;
    this.jobs = jobs;
    this.repaint = repaint;
  }
  /** Make room for the network; its weights come with the stages. */
  async start() {
    const { decoder } = this.run.opening.header;
    const first = this.run.stages.map(weightsOf).find((weights) => weights !== null);
    if (!decoder || !first) return;
    this.network = await loadNetwork(decoder, first);
    if (this.weights) this.network.reload(this.weights);
    this.uses += 1;
  }
  /** Take the weights of a stage, if they are stored. */
  use(stage) {
    if (this.inUse === stage) return;
    this.inUse = stage;
    this.weights = weightsOf(stage);
    if (this.weights) this.network?.reload(this.weights);
    this.uses += 1;
  }
  /** Decode one latent; a view that the next call overwrites, or null. */
  decode(z) {
    return this.network && this.weights ? this.network.run(z) : null;
  }
  /** Decode the grid with the weights in use; of stages that come too fast, the latest wins. */
  cover() {
    this.wanted = this.inUse;
    if (!this.isBusy) this.next();
  }
  uncover() {
    this.wanted = this.latticeOf = this.laid = null;
  }
  next() {
    const { run, wanted: stage, jobs } = this;
    const { decoder: spec, latent_dim: z, image } = run.opening.header;
    if (!stage || stage === this.latticeOf) return;
    const weights = weightsOf(stage);
    this.latticeOf = stage;
    if (!spec || !weights) {
      this.laid = null;
      return;
    }
    const { box, columns, rows } = squareCells(run.extent, PER_SIDE);
    const tile = Math.min(MOST_TILE_PIXELS, Math.max(image[0], image[1]));
    const mosaic = new Mosaic(image, columns, rows, tile);
    const latents = gridLatents(run.plane, box, columns, rows);
    this.isBusy = true;
    jobs.load({ model: run.id, z, decoder: { spec, weights } });
    jobs.run(`lattice ${run.id}`, { model: run.id, task: "decode", latents }, (part) => {
      mosaic.take(part);
      if (!part.last) return;
      this.isBusy = false;
      if (!this.wanted) return;
      this.laid = { canvas: mosaic.canvas, box };
      this.repaint();
      this.next();
    });
  }
};

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

// training/messages.ts
var isLive = ({ state }) => state === "starting" || state === "running" || state === "paused";
function unpackStages(bytes) {
  const { arrays } = unpack(bytes);
  const stages = Object.entries(arrays).filter(([name]) => name !== "opening");
  return {
    opening: Object.hasOwn(arrays, "opening") ? open(arrays.opening) : null,
    stages: stages.map(([, part]) => open(part))
  };
}
var open = (part) => unpack(part);

// lib/term.ts
var MARGIN = 8;
var WIDEST = 340;
var NAME = "font: inherit; color: inherit; letter-spacing: inherit; text-align: inherit; white-space: inherit; background: none; border: 0; padding: 0; margin: 0; min-height: 0; height: auto; cursor: help; text-decoration: underline dotted; text-decoration-thickness: 1px; text-underline-offset: 0.2em;";
var TIP = "position: fixed; inset: auto; margin: 0; padding: 0.6rem 0.8rem; border: 1px solid var(--st-border-color, #8888); border-radius: 0.5rem; background: var(--st-background-color, Canvas); color: var(--st-text-color, CanvasText); font: 400 0.95rem/1.4 var(--st-font, system-ui, sans-serif); text-align: left; white-space: normal; box-shadow: 0 4px 16px #0004;";
var term = (label, meanings) => explained(label, meanings[label]);
function explained(text, meaning) {
  if (!meaning) return h("span", { text });
  const tip = h("span", { class: "meaning", role: "tooltip", style: TIP });
  tip.popover = "auto";
  const name = h("button", {
    ...{ class: "term", type: "button", style: NAME, text, "aria-description": meaning },
    onpointerenter: ({ pointerType }) => {
      if (pointerType === "mouse") tip.showPopover();
    },
    onpointerleave: ({ pointerType }) => {
      if (pointerType === "mouse") tip.hidePopover();
    }
  });
  name.popoverTargetElement = tip;
  name.popoverTargetAction = "show";
  tip.onbeforetoggle = ({ newState }) => {
    tip.textContent = newState === "open" ? meaning : "";
    if (newState === "open") place(tip, name.getBoundingClientRect());
  };
  return h("span", { class: "explained" }, name, tip);
}
function place({ style }, { left, top, bottom }) {
  const width = Math.min(WIDEST, window.innerWidth - 2 * MARGIN);
  style.maxWidth = `${width}px`;
  style.left = `${clamp(left, MARGIN, window.innerWidth - width - MARGIN)}px`;
  const isLow = bottom > window.innerHeight / 2;
  style.top = isLow ? "auto" : `${bottom + MARGIN / 2}px`;
  style.bottom = isLow ? `${window.innerHeight - top + MARGIN / 2}px` : "auto";
}

// training/curves.ts
var [WIDTH, HEIGHT] = [300, 92];
var NOTHING = 1e3;
var TERMS = [
  { name: "reconstruction", title: "Reconstruction term" },
  { name: "kl", title: "KL divergence" }
];
var Curves = class {
  element = h("div", { class: "curves" });
  meanings;
  seek;
  drawings = [];
  last = 0;
  drawn = "";
  constructor(meanings, seek) {
    this.meanings = meanings;
    this.seek = seek;
  }
  /** Draw what is known of some runs; the playhead stays. */
  lay(runs, titles, last) {
    const key = runs.map((run) => `${run.id} ${run.newest.header.number} ${last}`).join();
    if (key === this.drawn) return;
    [this.drawn, this.last] = [key, last];
    const parts = TERMS.flatMap((term2) => this.part(term2, runs));
    this.drawings = parts.map(({ drawing }) => drawing);
    const lines = runs.length > 1 ? titles : [];
    const legend = h(
      "p",
      { class: "key" },
      h("span", { class: "solid", text: "training images" }),
      h("span", { class: "dashed" }, term("validation images", this.meanings)),
      ...lines.map((text, i) => h("span", { class: `run${i}`, text })),
      h("span", { class: "axis", text: "→ steps, logarithmic" })
    );
    this.element.replaceChildren(...parts.map(({ figure: whole }) => whole), ...parts.length ? [legend] : []);
  }
  part({ name, title }, runs) {
    const curves = runs.flatMap(
      (run, number2) => [name, `validation_${name}`].map((key, i) => ({ number: number2, dashed: i === 1, ...run.curve(key) }))
    );
    const values = curves.flatMap((curve) => curve.values).filter(Number.isFinite);
    if (!values.length) return [];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const y = (value) => 4 + (HEIGHT - 8) * (1 - (value - low) / (high - low || 1));
    const lines = curves.map(
      (curve) => h("polyline", {
        class: `run${curve.number}${curve.dashed ? " dashed" : ""}`,
        points: this.points(curve, y)
      })
    );
    const head = h("line", { class: "head", y1: 0, y2: HEIGHT });
    const element = h(
      "svg",
      {
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        preserveAspectRatio: "none",
        role: "img",
        "aria-label": `${title}, from ${figure(values[0])} to ${figure(values[values.length - 1])} nats`,
        onpointerdown: (event) => this.grab(event, element),
        onpointermove: (event) => {
          if (event.buttons) this.drag(event, element);
        }
      },
      ...lines,
      head
    );
    const caption = h(
      "figcaption",
      {},
      term(title, this.meanings),
      h("span", { text: `${figure(low < high / NOTHING ? 0 : low)} to ${figure(high)} nats` })
    );
    return [{ drawing: { element, head }, figure: h("figure", {}, caption, element) }];
  }
  points({ steps, values }, y) {
    return steps.map((step, i) => [positionOf(step, this.last) * WIDTH, y(values[i])]).filter(([, height]) => Number.isFinite(height)).map(([x, height]) => `${x.toFixed(1)},${height.toFixed(1)}`).join(" ");
  }
  grab(event, element) {
    element.setPointerCapture(event.pointerId);
    this.drag(event, element);
  }
  drag(event, element) {
    const { left, width } = element.getBoundingClientRect();
    this.seek(stepAt(clamp((event.clientX - left) / width, 0, 1), this.last));
  }
  /** Put the playhead at a step. */
  point(step) {
    const x = String(positionOf(step, this.last) * WIDTH);
    for (const { head } of this.drawings) {
      if (head.getAttribute("x1") === x) continue;
      head.setAttribute("x1", x);
      head.setAttribute("x2", x);
    }
  }
};

// training/gallery.ts
var GAP = 3;
var LEAST_TILE = 24;
var LEAST = 84;
var TALL = 620;
var [CURVES, LOW_CURVES] = [240, 105];
var CAPTION = 27;
var Gallery = class {
  element = h("div", { class: "gallery" });
  decoded = h("div", { class: "decoded" });
  words = h("p", { class: "words" });
  far = h("p", { class: "far", text: "No training image near.", hidden: true });
  tiles = h("div", { class: "tiles" });
  panes = [];
  originals = [];
  large = [];
  rows = [];
  meanings;
  /** For each run, which weights the test images and the decoded image were painted with. */
  painted = [];
  pointed = [];
  constructor(meanings) {
    this.meanings = meanings;
    const top = h("div", { class: "top" }, this.decoded, h("div", { class: "said" }, this.far, this.words));
    this.element.append(top, this.tiles);
  }
  /** Show other runs. */
  lay(panes, titles) {
    this.panes = panes;
    const many = panes.length > 1;
    this.large = panes.map(({ run }) => {
      const canvas = h("canvas", { role: "img", "aria-label": "Decoded image at the cursor" });
      const { image } = run.opening.header;
      [canvas.height, canvas.width] = image;
      return canvas;
    });
    this.decoded.replaceChildren(
      ...this.large.map(
        (canvas, i) => h("figure", {}, canvas, many ? h("figcaption", { text: titles[i] }) : null)
      )
    );
    this.rows = panes.map((pane) => row(pane, () => h("canvas")));
    this.painted = [];
    this.pointed = [];
    this.element.hidden = !panes.length;
    if (!panes.length) return;
    const [first] = panes;
    this.originals = row(first, (number2) => original(first, number2));
    const line = (name, canvases) => h("div", { class: "row" }, term(name, this.meanings), h("div", {}, ...canvases));
    this.words.hidden = many;
    this.tiles.replaceChildren(
      line("Test images", this.originals),
      ...this.rows.map((row2, i) => line(many ? titles[i] : "Reconstructions", row2))
    );
  }
  /**
   * Make the images as large as the panel allows.
   * @param height - Infinity where the panel may be scrolled
   */
  resize(width, height) {
    if (!this.panes.length) return;
    const { image } = this.panes[0].run.opening.header;
    const isLow = height <= TALL;
    const share = isLow ? 0.2 : 0.27;
    const largest = Math.max(LEAST, Math.min(share * height, 0.85 * width / (this.panes.length + 1)));
    for (const canvas of this.large) crisp(canvas, image, largest);
    const sets = 1 + this.panes.length;
    const rest = height - largest - (isLow ? LOW_CURVES : CURVES) - sets * CAPTION;
    const left = Math.max(rest, sets * (LEAST_TILE + GAP));
    const side = Math.max(...image);
    const laid = [1, 2].map((lines) => {
      const perLine2 = Math.ceil(this.originals.length / lines);
      const tile2 = Math.min(width / perLine2, left / (sets * lines)) - GAP;
      return { perLine: perLine2, tile: tile2, steps: tile2 < side ? tile2 / side : Math.floor(tile2 / side) };
    });
    const { perLine, tile } = laid[1].steps > laid[0].steps ? laid[1] : laid[0];
    this.tiles.style.setProperty("--per-line", String(perLine));
    for (const canvas of [this.originals, ...this.rows].flat()) {
      if (tile >= side) crisp(canvas, image, tile);
      else Object.assign(canvas.style, { width: `${tile}px`, height: "auto" });
    }
  }
  /** Show the test images at the weights in use. */
  update(step) {
    this.panes.forEach(({ run, decoder }, i) => {
      if (this.painted[i] === decoder.uses) return;
      this.painted[i] = decoder.uses;
      const { image, rows, latent_dim: z } = run.opening.header;
      const { reconstructions, latents } = run.stageAt(step).arrays;
      this.rows[i].forEach((canvas, number2) => {
        if (reconstructions.length) paintImage(canvas, tileOf(reconstructions, number2, image), image);
        else if (rows) {
          const values = decoder.decode(latents.subarray(rows[number2] * z, (rows[number2] + 1) * z));
          if (values) paintImage(canvas, values, image);
          else clear(canvas);
        }
      });
    });
  }
  /** Decode the place under the pointer. */
  point(spot, step) {
    const now = [spot, Math.round(step), ...this.panes.map(({ decoder }) => decoder.uses)];
    if (now.every((value, i) => value === this.pointed[i])) return;
    this.pointed = now;
    const at = spot ?? { x: 0.5, y: 0.5 };
    const decoded = this.panes.map(({ decoder }, i) => decoder.decode(this.panes[i].latentAt(at)));
    decoded.forEach((values, i) => {
      if (values) paintImage(this.large[i], values, this.panes[i].run.opening.header.image);
      else clear(this.large[i]);
    });
    const isKnown = decoded.every((values) => values !== null);
    const where = spot ? "Decoded at the cursor" : "Decoded at the center of the map";
    const z = this.panes.length ? this.panes[0].run.opening.header.latent_dim : 0;
    const isFar = isKnown && spot !== null && this.panes.some((pane) => pane.isFar(spot));
    const words = isKnown ? `${where}, with the weights of step ${Math.round(step).toLocaleString("en-US")}.${aside(z)}` : "The decoder of this stage is not stored, so only the points can be shown.";
    say(this.words, words);
    this.far.hidden = !isFar;
  }
};
function clear(canvas) {
  canvas.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
}
function row({ run }, make) {
  const n = run.opening.header.rows?.length ?? run.opening.arrays.shown.shape[0];
  return Array.from({ length: n }, (_, number2) => make(number2));
}
function original({ run }, number2) {
  const { shown } = run.opening.arrays;
  const { image } = run.opening.header;
  if (!shown.length) {
    const title = "The test images are not on this machine.";
    const empty = h("canvas", { class: "missing", title });
    [empty.height, empty.width] = image;
    return empty;
  }
  const canvas = h("canvas");
  paintImage(canvas, tileOf(shown, number2, image), image);
  return canvas;
}
var aside = (z) => z > 2 ? ` Points are projected from ${z} dimensions; decoded images lie on the slice through their mean.` : "";

// lib/arrows.ts
var ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
};

// scatter/pointer.ts
var CLICK = 5;
var PICK_PIN = 14;
var GRACE = 260;
var WHEEL = 16e-4;
function listenToPointer(actions, element) {
  const fingers = /* @__PURE__ */ new Map();
  let press = null;
  let spread2 = null;
  let leaving;
  const placeOf = (event) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  function pinch() {
    const [a, b] = [...fingers.values()];
    const now = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, width: Math.hypot(a.x - b.x, a.y - b.y) };
    if (spread2) {
      actions.pan(now.x - spread2.x, now.y - spread2.y);
      actions.zoom(now.width / Math.max(1, spread2.width), now.x, now.y);
    }
    spread2 = now;
  }
  function drag(held, now, isTouch) {
    if (Math.hypot(now.x - held.start.x, now.y - held.start.y) > CLICK) held.moved = true;
    if (!held.moved) return;
    if (held.draws) actions.drawTo(now.x, now.y);
    else if (held.pin) actions.dragPin(held.pin, now.x, now.y);
    else if (isTouch) actions.hover(now.x, now.y);
    else actions.pan(now.x - held.last.x, now.y - held.last.y);
    held.last = now;
  }
  element.onpointermove = (event) => {
    clearTimeout(leaving);
    const now = placeOf(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, now);
    if (fingers.size === 2) pinch();
    else if (press) drag(press, now, event.pointerType === "touch");
    else actions.hover(now.x, now.y);
  };
  element.onpointerdown = (event) => {
    if (event.button > 0) return;
    element.setPointerCapture(event.pointerId);
    const start = placeOf(event);
    fingers.set(event.pointerId, start);
    if (fingers.size === 2) {
      press = null;
      spread2 = null;
      return;
    }
    const draws = actions.grab(start.x, start.y);
    const pin = draws ? null : actions.pinAt(start.x, start.y, PICK_PIN);
    press = { start, last: start, moved: false, pin, draws };
    if (!draws && event.pointerType === "touch") actions.hover(start.x, start.y);
  };
  element.onpointerup = (event) => {
    const held = fingers.size === 2 ? null : press;
    fingers.delete(event.pointerId);
    press = null;
    if (held?.draws) actions.drawn();
    if (!held || held.moved || held.draws) return;
    if (held.pin) actions.selectPin(held.pin);
    else actions.addPin(held.start.x, held.start.y);
  };
  element.onpointercancel = (event) => {
    fingers.delete(event.pointerId);
    press = null;
  };
  element.onpointerleave = (event) => {
    if (event.pointerType === "touch" || press) return;
    leaving = setTimeout(() => actions.leave(), GRACE);
  };
  element.onwheel = (event) => {
    event.preventDefault();
    const { x, y } = placeOf(event);
    const lines = event.deltaMode === 1 ? 16 : 1;
    actions.zoom(Math.exp(-event.deltaY * lines * WHEEL * (event.ctrlKey ? 4 : 1)), x, y);
  };
  return () => clearTimeout(leaving);
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
  constructor(places, labels, classNames) {
    this.points = places;
    this.labels = labels;
    this.classNames = classNames;
  }
  get places() {
    return this.points;
  }
  /** Lay the same points out anew. */
  set places(places) {
    this.points = places;
    this.known = null;
  }
  /** Paint every point that is on screen. */
  paint(context, screen, theme, { kind, radius, alpha = 1, solo = null }) {
    const side = 2 * radius + 3;
    const ratio = context.getTransform().a;
    const found = /* @__PURE__ */ new Map();
    this.eachVisible(screen, side, solo, (row2, x, y) => {
      const label = this.labels[row2];
      context.globalAlpha = this.isLit(row2, solo) ? alpha : DIMMED;
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
    const { points, labels } = this;
    const [x0, y0] = screen.toScreen(0, 0);
    const [x1, y1] = screen.toScreen(1, 1);
    for (const pass of solo === null ? [null] : [false, true]) {
      for (let row2 = 0; row2 < labels.length; row2++) {
        if (pass !== null && labels[row2] === solo !== pass) continue;
        const x = x0 + points[2 * row2] * (x1 - x0);
        const y = y0 + points[2 * row2 + 1] * (y1 - y0);
        const isInside = x > -margin && x < screen.width + margin;
        if (isInside && y > -margin && y < screen.height + margin) visit(row2, x, y);
      }
    }
  }
  /** Whether a row is of the chosen class, where one is chosen. */
  isLit(row2, solo) {
    return solo === null || this.labels[row2] === solo;
  }
  /** The row whose point is nearest to a pixel, within a radius; -1 where there is none. */
  pick(screen, px, py, radius, solo = null) {
    let best = -1;
    let least = radius * radius;
    this.eachVisible(screen, radius, solo, (row2, x, y) => {
      const squared = (x - px) ** 2 + (y - py) ** 2;
      if (squared < least && this.isLit(row2, solo)) [best, least] = [row2, squared];
    });
    return best;
  }
};
function centersOf(places, labels, classNames) {
  const step = Math.max(1, Math.floor(labels.length / MOST_POINTS));
  const rows = Array.from({ length: Math.ceil(labels.length / step) }, (_, i) => i * step);
  const present = [...new Set(rows.map((row2) => labels[row2]))].filter((label) => classNames[label]);
  if (present.length > MOST_NAMES) return [];
  const radius = NEAR * Math.hypot(spread(places, 0), spread(places, 1));
  const distance2 = (row2, x, y) => Math.hypot(places[2 * row2] - x, places[2 * row2 + 1] - y);
  const leads = (label, at, least) => {
    const near = rows.filter((row2) => distance2(row2, places[2 * at], places[2 * at + 1]) <= radius);
    const lead = near.reduce((sum, row2) => sum + (labels[row2] === label ? 1 : -1), 0);
    return lead >= Math.max(1, least) && lead >= CLEARLY * near.length;
  };
  return present.sort((a, b) => a - b).flatMap((label) => {
    const own = rows.filter((row2) => labels[row2] === label);
    const [x, y] = [0, 1].map((axis) => median(own.map((row2) => places[2 * row2 + axis])));
    const some = own.filter((_, i) => i % Math.ceil(own.length / CANDIDATES) === 0);
    some.sort((a, b) => distance2(a, x, y) - distance2(b, x, y));
    const at = some.find((row2) => leads(label, row2, WORTH * own.length));
    const name = classNames[label].slice(0, LONGEST_NAME);
    return at === void 0 ? [] : [{ label, name, x: places[2 * at], y: places[2 * at + 1] }];
  });
}
var median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
function spread(places, axis) {
  const values = places.filter((_, i) => i % 2 === axis);
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
var WIDEST2 = 0.25;
var View = class _View {
  width = 1;
  height = 1;
  /** The map place in the middle. */
  x = 0;
  y = 0;
  /** Pixels per map unit, now and where everything fits. */
  scale = 1;
  fitScale = 1;
  resize(width, height) {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
  }
  /** Show an extent whole, leaving room for what lies over the map (pixels on each side). */
  fit(extent, room) {
    const width = Math.max(50, this.width - room.left - room.right);
    const height = Math.max(50, this.height - room.top - room.bottom);
    this.scale = Math.min(
      width / (extent.right - extent.left),
      height / (extent.top - extent.bottom)
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
    this.scale = clamp(this.scale * factor, this.fitScale * WIDEST2, this.fitScale * CLOSEST);
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
  reveal(places, room) {
    if (!places.length) return;
    const sides = (axis) => {
      const values = places.map((place2) => place2[axis]);
      return [Math.min(...values), Math.max(...values)];
    };
    const [[left, right], [bottom, top]] = [sides(0), sides(1)];
    const width = this.width - room.left - room.right;
    const height = this.height - room.top - room.bottom;
    const most = Math.min(width / (right - left || 1e-9), height / (top - bottom || 1e-9));
    if (most < this.scale) this.scale = Math.max(most, this.fitScale * WIDEST2);
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
function boundsOf(places) {
  const bounds = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
  for (let i = 0; i < places.length; i += 2) {
    bounds.left = Math.min(bounds.left, places[i]);
    bounds.right = Math.max(bounds.right, places[i]);
    bounds.bottom = Math.min(bounds.bottom, places[i + 1]);
    bounds.top = Math.max(bounds.top, places[i + 1]);
  }
  return bounds;
}

// training/marks.ts
var CURSOR = 11;
var CURSOR_SIDE = 2 * CURSOR + 16;
function paintCursor(canvas, theme, isFar, ratio) {
  canvas.width = canvas.height = Math.round(CURSOR_SIDE * ratio);
  const context = contextOf(canvas);
  context.setTransform(ratio, 0, 0, ratio, CURSOR_SIDE / 2 * ratio, CURSOR_SIDE / 2 * ratio);
  for (const [color, width] of [
    [theme.background, 5],
    [isFar ? theme.warning : theme.accent, 2.25]
  ]) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.setLineDash(isFar && width < 5 ? [5, 4] : []);
    context.beginPath();
    context.arc(0, 0, CURSOR, 0, 7);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(dx * (CURSOR - 4), dy * (CURSOR - 4));
      context.lineTo(dx * (CURSOR + 5), dy * (CURSOR + 5));
    }
    context.stroke();
  }
}
function paintPath(context, places, theme) {
  for (const [color, width] of [[theme.background, 5], [theme.accent, 2]]) {
    context.strokeStyle = context.fillStyle = color;
    context.lineWidth = width;
    context.lineJoin = "round";
    places.forEach(([x, y], i) => {
      context.globalAlpha = 0.25 + 0.75 * (i + 1) / places.length;
      context.beginPath();
      if (i > 0) context.moveTo(...places[i - 1]);
      context.lineTo(x, y);
      context.stroke();
      context.beginPath();
      context.arc(x, y, width === 5 ? 4 : 2.5, 0, 7);
      context.fill();
    });
  }
  context.globalAlpha = 1;
  star(context, places[places.length - 1], theme);
}
function star(context, [x, y], theme) {
  context.beginPath();
  for (let i = 0; i < 10; i++) {
    const radius = i % 2 ? 4.5 : 10;
    const angle = Math.PI * i / 5 - Math.PI / 2;
    context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  context.closePath();
  context.lineWidth = 4;
  context.strokeStyle = theme.background;
  context.fillStyle = theme.accent;
  context.stroke();
  context.fill();
}

// training/pane.ts
var ROOM = { left: 14, right: 14, top: 40, bottom: 14 };
var NAMED2 = 120;
var CLICK2 = 14;
var KEY_STEP = 0.02;
var KEY_ZOOM = 1.25;
var Pane = class {
  element;
  run;
  decoder;
  lower = h("canvas");
  upper = h("canvas");
  cursor = h("canvas", { class: "cursor", hidden: true });
  whole = h("button", {
    ...{ class: "whole", text: "Whole map", title: "Show the whole map (F)", hidden: true },
    onclick: () => this.actions.zoom(null)
  });
  view = new View();
  colored;
  gray;
  names;
  actions;
  ratio = 1;
  shown = null;
  next = null;
  // where keys have moved the cursor since the last frame
  paintedBelow = [];
  paintedAbove = [];
  paintedCursor = [];
  constructor(run, decoder, title, actions) {
    this.run = run;
    this.decoder = decoder;
    this.actions = actions;
    const { labels } = run.opening.arrays;
    const { class_names } = run.opening.header;
    const nowhere = new Float32Array(2 * run.n);
    this.colored = new ScatterPainter(nowhere, labels, class_names);
    this.gray = new ScatterPainter(nowhere, new Int32Array(run.n).fill(-1), []);
    this.names = new ScatterPainter(nowhere, labels, class_names);
    const surface = h(
      "div",
      {
        class: "surface",
        tabindex: 0,
        role: "application",
        "aria-label": `Map of the latent space of ${title}. Shift and arrow keys move the cursor, plus and minus zoom, F shows the whole map.`,
        onkeydown: (event) => this.key(event)
      },
      this.lower,
      this.upper,
      this.cursor
    );
    this.element = h("div", { class: "map" }, surface, h("p", { class: "name", text: title }), this.whole);
    this.listen(surface);
  }
  /** Take the size that it has on the page. */
  resize() {
    const { width, height } = this.element.getBoundingClientRect();
    this.ratio = window.devicePixelRatio || 1;
    for (const canvas of [this.lower, this.upper]) {
      canvas.width = Math.round(width * this.ratio);
      canvas.height = Math.round(height * this.ratio);
    }
    this.view.resize(width, height);
    this.paintedBelow = this.paintedAbove = this.paintedCursor = [];
  }
  // ---- pointer and keys --------------------------------------------------------------------------
  listen(surface) {
    const { actions } = this;
    const nothing = () => void 0;
    listenToPointer(
      {
        hover: (px, py) => actions.point(this.spotAt(px, py)),
        leave: () => actions.point(null),
        pan: (dx, dy) => this.move(() => this.view.pan(dx, dy)),
        zoom: (factor, px, py) => this.move(() => this.view.zoom(factor, px, py)),
        addPin: (px, py) => {
          const row2 = this.colored.pick(this.view, px, py, CLICK2);
          actions.star(row2 < 0 ? null : row2);
        },
        ...{ pinAt: () => null, dragPin: nothing, selectPin: nothing },
        ...{ grab: () => false, drawTo: nothing, drawn: nothing }
      },
      surface
    );
  }
  /** Show another part of the map. */
  move(act) {
    act();
    const { view } = this;
    const isWhole = view.closeness < 1.01;
    this.actions.zoom(
      isWhole ? null : { ...this.spotAt(view.width / 2, view.height / 2), closeness: view.closeness }
    );
  }
  spotAt(px, py) {
    const [x, y] = this.view.toMap(px, py);
    const { left, right, bottom, top } = this.run.extent;
    return { x: (x - left) / (right - left), y: (y - bottom) / (top - bottom) };
  }
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = event.shiftKey ? ARROWS[event.key] : void 0;
    if (arrow) this.step(arrow);
    else if (event.key === "+" || event.key === "=") this.move(() => this.view.zoom(KEY_ZOOM));
    else if (event.key === "-") this.move(() => this.view.zoom(1 / KEY_ZOOM));
    else if (event.key.toLowerCase() === "f") this.actions.zoom(null);
    else if (event.key === "Escape") this.actions.star(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  /** Move the cursor by keys, over the part of the map that is seen. */
  step([dx, dy]) {
    const { view } = this;
    const at = this.next ?? this.shown?.spot;
    const [px, py] = at ? view.toScreen(...this.mapPlace(at)) : [view.width / 2, view.height / 2];
    const far = KEY_STEP * Math.min(view.width, view.height);
    this.next = this.spotAt(clamp(px + dx * far, 0, view.width), clamp(py + dy * far, 0, view.height));
    this.actions.point(this.next);
  }
  mapPlace({ x, y }) {
    const { left, right, bottom, top } = this.run.extent;
    return [left + x * (right - left), bottom + y * (top - bottom)];
  }
  /** The latent at a place. */
  latentAt(spot) {
    return this.run.plane.lift(...this.mapPlace(spot));
  }
  /** Whether no training image is near a place, at the stage that is shown. */
  isFar(spot) {
    return this.run.supportAt(this.shown?.step ?? 0).isFar(this.latentAt(spot));
  }
  // ---- painting ----------------------------------------------------------------------------------
  paint(shown) {
    this.shown = shown;
    this.next = null;
    this.see(shown.zoom);
    const { view, run } = this;
    const { step, theme, labels, lattice, star: star2, spot } = shown;
    const seen = [run.places, step, theme, view.x, view.y, view.scale];
    const below = [...seen, labels, lattice, lattice && this.decoder.laid];
    if (differ(below, this.paintedBelow)) {
      this.paintedBelow = below;
      this.paintBelow(shown);
    }
    const above = star2 === null ? [null] : [...seen, star2];
    if (differ(above, this.paintedAbove)) {
      this.paintedAbove = above;
      const context = this.cleared(this.upper);
      if (star2 !== null && star2 < run.n) this.trail(context, shown, star2);
    }
    this.layCursor(spot, theme);
  }
  /** Show the whole map, or the part of it that somebody looks at. */
  see(zoom) {
    const { view } = this;
    view.fit(this.run.extent, ROOM);
    this.whole.hidden = zoom === null;
    if (!zoom) return;
    view.scale *= zoom.closeness;
    [view.x, view.y] = this.mapPlace(zoom);
  }
  paintBelow(shown) {
    const { run, view } = this;
    const context = this.cleared(this.lower);
    context.fillStyle = shown.theme.background;
    context.fillRect(0, 0, view.width, view.height);
    if (shown.lattice) this.layGrid(context);
    else this.paintAxes(context, shown.theme);
    const places = run.placesAt(shown.step);
    this.colored.places = this.gray.places = places;
    const radius = run.n > 1500 ? 3 : 4;
    const marks = { kind: "dot", radius, alpha: shown.lattice ? 0.7 : 0.9 };
    (shown.labels ? this.colored : this.gray).paint(context, view, shown.theme, marks);
    if (shown.labels && !shown.lattice) this.writeNames(context, shown);
  }
  writeNames(context, { step, theme }) {
    const places = this.run.placesOf(this.run.stageAt(step));
    if (this.names.places !== places) this.names.places = places;
    const { left, right, top, bottom } = boundsOf(this.names.places);
    const size = this.view.scale * Math.max(right - left, top - bottom);
    if (size < NAMED2) return;
    this.names.paintNames(context, this.view, theme);
  }
  layGrid(context) {
    const { laid } = this.decoder;
    if (!laid) return;
    const [x0, y0] = this.view.toScreen(laid.box.left, laid.box.top);
    const [x1, y1] = this.view.toScreen(laid.box.right, laid.box.bottom);
    context.imageSmoothingEnabled = false;
    context.drawImage(laid.canvas, x0, y0, x1 - x0, y1 - y0);
  }
  paintAxes(context, theme) {
    const { view, run } = this;
    const [x, y] = view.toScreen(0, 0).map((value) => Math.round(value) + 0.5);
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, view.height);
    if (!run.plane.isLine) {
      context.moveTo(0, y);
      context.lineTo(view.width, y);
    }
    context.stroke();
    context.fillStyle = theme.muted;
    context.font = "14px ui-sans-serif, system-ui, sans-serif";
    context.textAlign = "right";
    context.fillText(`${run.plane.names[0]} →`, view.width - 12, view.height - 10);
    context.textAlign = "left";
    if (run.plane.names[1]) context.fillText(`↑ ${run.plane.names[1]}`, 12, ROOM.top + 14);
  }
  trail(context, { step, theme }, row2) {
    const past = this.run.stages.filter(({ header }) => header.step <= step);
    const now = this.run.placesAt(step);
    const places = [...past.map((stage) => this.run.placesOf(stage)), now].map(
      (all) => this.view.toScreen(all[2 * row2], all[2 * row2 + 1])
    );
    paintPath(context, places, theme);
  }
  /** Put the cursor on a place; amber and broken where no training image is near. */
  layCursor(spot, theme) {
    this.cursor.hidden = !spot;
    if (!spot) return;
    const [px, py] = this.view.toScreen(...this.mapPlace(spot));
    const middle = CURSOR_SIDE / 2;
    this.cursor.style.transform = `translate(${px - middle}px, ${py - middle}px)`;
    const look = [theme, this.isFar(spot), this.ratio];
    if (!differ(look, this.paintedCursor)) return;
    this.paintedCursor = look;
    paintCursor(this.cursor, theme, this.isFar(spot), this.ratio);
  }
  cleared(canvas) {
    const context = contextOf(canvas);
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.view.width, this.view.height);
    return context;
  }
};
var differ = (now, before) => now.length !== before.length || now.some((value, i) => value !== before[i]);

// training/transport.ts
var FINE = 1e3;
var KEYS = {
  " ": (transport) => transport.toggle(),
  ArrowLeft: (transport) => transport.move(-1),
  ArrowRight: (transport) => transport.move(1),
  Home: (transport) => transport.move(-Infinity),
  End: (transport) => transport.move(Infinity)
};
var Transport = class {
  element;
  clock;
  moved;
  playButton;
  slider;
  marks = h("div", { class: "marks", "aria-hidden": "true" });
  speed;
  words = h("output", { class: "when" });
  marked = "";
  told = "";
  /** @param moved - the step, the speed or whether it plays was changed by hand */
  constructor(clock, moved) {
    this.clock = clock;
    this.moved = moved;
    const button = (text, title, act) => h("button", { text, title, "aria-label": title, onclick: act });
    this.playButton = button("▶", "Play (space)", () => this.toggle());
    this.playButton.classList.add("play");
    this.slider = h("input", {
      ...{ type: "range", min: 0, max: FINE, step: 1 },
      "aria-label": "Training step",
      oninput: () => {
        clock.seek(stepAt(Number(this.slider.value) / FINE, clock.track.last));
        moved();
      }
    });
    this.speed = h(
      "select",
      {
        "aria-label": "Speed",
        title: "Speed",
        onchange: () => {
          clock.speed = Number(this.speed.value);
          moved();
        }
      },
      ...SPEEDS.map((speed) => h("option", { value: speed, text: `${speed}×` }))
    );
    this.element = h(
      "div",
      { class: "transport", role: "group", "aria-label": "Playback" },
      this.playButton,
      button("‹", "Previous stage (left arrow)", () => this.move(-1)),
      button("›", "Next stage (right arrow)", () => this.move(1)),
      this.speed,
      h("div", { class: "track" }, this.marks, this.slider),
      this.words
    );
  }
  toggle() {
    if (this.clock.playing) this.clock.pause();
    else this.clock.play();
    this.moved();
  }
  move(stages) {
    this.clock.move(stages);
    this.moved();
  }
  /** Handle a key; true: it was one of ours. */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    const target = event.composedPath()[0];
    const onSlider = target === this.slider;
    if (!onSlider && target instanceof HTMLElement) {
      if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || target.isContentEditable) return false;
      if (event.key === " " && /^(BUTTON|A|SUMMARY)$/.test(target.tagName)) return false;
    }
    const act = KEYS[event.key];
    act?.(this);
    return act !== void 0;
  }
  /** Say where the playhead is. */
  update(epoch) {
    const { clock } = this;
    const { steps, last } = clock.track;
    const step = Math.round(clock.step);
    this.mark(steps, last);
    const now = [clock.step, last, clock.speed, clock.playing, epoch].join(" ");
    if (now === this.told) return;
    this.told = now;
    this.slider.value = String(Math.round(FINE * positionOf(clock.step, last)));
    const words = `step ${step.toLocaleString("en-US")} of ${last.toLocaleString("en-US")}`;
    this.slider.setAttribute("aria-valuetext", words);
    this.words.textContent = `${words}, epoch ${epoch.toFixed(epoch < 10 ? 1 : 0)}`;
    this.speed.value = String(clock.speed);
    this.playButton.textContent = clock.playing ? "❚❚" : "▶";
    const title = clock.playing ? "Pause (space)" : "Play (space)";
    this.playButton.title = title;
    this.playButton.setAttribute("aria-label", title);
  }
  mark(steps, last) {
    const key = `${steps.length} ${steps.at(-1)} ${last}`;
    if (key === this.marked) return;
    this.marked = key;
    const places = steps.map((step) => 100 * positionOf(step, last));
    this.marks.replaceChildren(...places.map((at) => h("i", { style: `left:${at.toFixed(2)}%` })));
  }
};

// training/player.ts
var PADDING = 17;
var LONGEST_FRAME = 0.1;
var LIVE_FRAME = 0.048;
var Player = class {
  clock = new Clock();
  maps = h("div", { class: "maps" });
  panel = h("div", { class: "panel" });
  transport;
  entries = [];
  needs;
  gallery;
  curves;
  observer = new ResizeObserver(() => this.resize());
  panes = [];
  spot = null;
  zoom = null;
  frame = null;
  before = 0;
  isDirty = true;
  stopped = false;
  constructor(needs) {
    this.needs = needs;
    this.clock.still = prefersStill();
    this.transport = new Transport(this.clock, needs.moved);
    this.gallery = new Gallery(needs.meanings);
    this.curves = new Curves(needs.meanings, (step) => {
      this.clock.seek(step);
      needs.moved();
    });
    this.transport.element.hidden = true;
    this.panel.append(this.gallery.element, this.curves.element);
    this.observer.observe(this.maps);
  }
  stop() {
    this.stopped = true;
    this.observer.disconnect();
    if (this.frame !== null) cancelAnimationFrame(this.frame);
  }
  /** Put maps on the page; false: they are there already. */
  lay(entries) {
    const names = (list) => list.map(({ run, title }) => `${run.id} ${title}`).join();
    if (names(entries) === names(this.entries)) return false;
    for (const { decoder } of this.entries) decoder.uncover();
    this.entries = entries;
    this.transport.element.hidden = !entries.length;
    this.zoom = null;
    const actions = {
      point: (spot) => this.point(spot),
      star: this.needs.star,
      zoom: (zoom) => this.look(zoom)
    };
    this.panes = entries.map(({ run, decoder, title }) => new Pane(run, decoder, title, actions));
    this.maps.replaceChildren(...this.panes.map(({ element }) => element));
    this.gallery.lay(this.panes, entries.map(({ title }) => title));
    this.resize();
    return true;
  }
  /** Take new stages; while others follow, the slider is as long as the training. */
  track(isLive2) {
    const runs = this.entries.map(({ run }) => run);
    const steps = [...new Set(runs.flatMap((run) => run.steps))].sort((a, b) => a - b);
    const planned = isLive2 ? runs.map(({ opening }) => opening.header.n_steps) : [];
    this.clock.take({ steps: steps.length ? steps : [0], last: Math.max(0, ...planned, ...steps) });
    this.curves.lay(runs, this.entries.map(({ title }) => title), this.clock.track.last);
    this.repaint();
  }
  resize() {
    for (const pane of this.panes) pane.resize();
    const { clientWidth: width, clientHeight: height } = this.panel;
    if (width) this.gallery.resize(width - 2 * PADDING, height);
    else this.gallery.resize(this.maps.clientWidth - 2 * PADDING, Infinity);
    this.repaint();
  }
  point(spot) {
    this.spot = spot;
    this.repaint();
  }
  look(zoom) {
    this.zoom = zoom;
    this.repaint();
  }
  repaint() {
    this.isDirty = true;
    this.await();
  }
  await() {
    if (!this.stopped) this.frame ??= requestAnimationFrame((now) => this.paint(now));
  }
  paint(now) {
    const { clock } = this;
    this.frame = null;
    const since = (now - this.before) / 1e3;
    const wasPlaying = clock.playing;
    const mayMove = !clock.following || since >= LIVE_FRAME;
    if (mayMove) this.before = now;
    const hasMoved = mayMove && clock.tick(Math.min(LONGEST_FRAME, since));
    if (hasMoved || this.isDirty) this.paintAt(clock.step);
    if (wasPlaying && clock.isAtEnd) this.needs.moved();
    if (hasMoved || !mayMove || wasPlaying && !clock.isAtEnd) this.await();
  }
  paintAt(step) {
    this.isDirty = false;
    const { labels, lattice, star: star2 } = this.needs.choice();
    const { spot, zoom } = this;
    const shown = { step, theme: this.needs.theme(), labels, lattice, star: star2, spot, zoom };
    for (const pane of this.panes) {
      pane.decoder.use(pane.run.stageAt(step));
      if (lattice) pane.decoder.cover();
      pane.paint(shown);
    }
    this.gallery.update(step);
    this.gallery.point(spot, step);
    this.curves.point(step);
    const [run] = this.entries.map((entry) => entry.run);
    const isEmpty = !this.entries.length;
    this.transport.update(isEmpty ? 0 : run.epochAt(Math.round(step)));
    const { dataset } = this.needs.root;
    dataset.step = String(Math.round(step));
    dataset.stages = String(isEmpty ? 0 : run.stages.length);
  }
};

// training/mixing.ts
var NEIGHBORS = 10;
var MOST = 1e3;
var CONFIDENCE = 1.96;
function mixedPairs(latents, labels, z) {
  const step = Math.max(1, Math.ceil(labels.length / MOST));
  const rows = Array.from({ length: labels.length }, (_, row2) => row2).filter(
    (row2) => row2 % step === 0 && labels[row2] >= 0
  );
  const sums = /* @__PURE__ */ new Map();
  const sizes = /* @__PURE__ */ new Map();
  for (const row2 of rows) {
    const own = labels[row2];
    sizes.set(own, (sizes.get(own) ?? 0) + 1);
    const near = nearestOf(row2, rows, latents, z).map((other) => labels[other]);
    for (const label of new Set(near)) {
      if (label === own) continue;
      const share = near.filter((other) => other === label).length / near.length;
      const key = keyOf(own, label);
      const { shares, squares } = sums.get(key) ?? { shares: 0, squares: 0 };
      sums.set(key, { shares: shares + share, squares: squares + share * share });
    }
  }
  const classes = [...sizes.keys()].sort((a, b) => a - b);
  const pairs = classes.flatMap((a, i) => classes.slice(i + 1).map((b) => ({ a, b })));
  return pairs.map(({ a, b }) => {
    const n = (sizes.get(a) ?? 0) + (sizes.get(b) ?? 0);
    const { shares, squares } = sums.get(keyOf(a, b)) ?? { shares: 0, squares: 0 };
    const share = shares / n;
    return { a, b, share, n, error: Math.sqrt(Math.max(0, squares / n - share * share) / (n - 1)) };
  }).sort((one, other) => other.share - one.share);
}
function differs(one, other) {
  return Math.abs(one.share - other.share) > CONFIDENCE * Math.hypot(one.error, other.error);
}
var keyOf = (a, b) => `${Math.min(a, b)} ${Math.max(a, b)}`;
function nearestOf(row2, rows, latents, z) {
  const best = [];
  for (const other of rows) {
    if (other === row2) continue;
    let distance2 = 0;
    for (let d = 0; d < z; d++) distance2 += (latents[row2 * z + d] - latents[other * z + d]) ** 2;
    if (best.length === NEIGHBORS && distance2 >= best[NEIGHBORS - 1].distance) continue;
    let at = best.length;
    while (at > 0 && best[at - 1].distance > distance2) at--;
    best.splice(at, 0, { other, distance: distance2 });
    if (best.length > NEIGHBORS) best.pop();
  }
  return best.map(({ other }) => other);
}

// training/question.ts
var FEWEST = 3;
var MOST2 = 30;
var Question = class {
  element = h("div", { class: "question", hidden: true });
  first = h("select", { "aria-label": "One class" });
  second = h("select", { "aria-label": "The other class" });
  words = h("p", { role: "status" });
  told;
  guess;
  run = null;
  guessed = null;
  pairs = null;
  /** @param guessed - the visitor has said what is expected */
  constructor(guessed) {
    this.told = guessed;
    this.guess = h("button", { text: "Guess", class: "plain", onclick: () => this.take() });
    this.element.append(this.words, this.first, this.second, this.guess);
  }
  /**
   * Ask about a run, and answer at its end.
   * @param run - null while one is under way: it has the line for itself
   * @param isSeen - whether its last stage is shown
   */
  update(run, isSeen) {
    this.element.hidden = !run || !isFit(run);
    if (!run || !isFit(run)) return;
    if (run !== this.run) this.begin(run);
    const asking = this.guessed === null;
    for (const field of [this.first, this.second, this.guess]) field.hidden = !asking;
    if (asking) say(this.words, `Which two ${this.kind} will stay mixed the longest?`);
    else if (isSeen) say(this.words, this.answer(run));
    else {
      say(
        this.words,
        `Your guess: ${this.named(this.guessed)}. The answer comes at the end of the training.`
      );
    }
  }
  begin(run) {
    const names = run.opening.header.class_names;
    const isSame = this.run?.opening.header.class_names.join() === names.join();
    this.run = run;
    this.pairs = null;
    if (isSame) return;
    this.guessed = null;
    for (const [i, field] of [this.first, this.second].entries()) {
      field.replaceChildren(...names.map((text, value) => h("option", { value, text })));
      field.selectedIndex = i;
    }
  }
  take() {
    const pair = [this.first, this.second].map(({ selectedIndex }) => selectedIndex);
    if (pair[0] === pair[1] || !this.run) return;
    this.guessed = [Math.min(...pair), Math.max(...pair)];
    this.told();
  }
  get kind() {
    const names = this.run?.opening.header.class_names ?? [];
    return names.every((name) => /^\d$/.test(name)) ? "digits" : "classes";
  }
  named([a, b]) {
    const names = this.run.opening.header.class_names;
    return `${names[a]} and ${names[b]}`;
  }
  answer(run) {
    const { header, arrays } = run.newest;
    if (this.pairs?.of !== header.number) {
      const { labels } = run.opening.arrays;
      const found = mixedPairs(arrays.latents, labels, run.opening.header.latent_dim);
      this.pairs = { of: header.number, found };
    }
    const [most, second] = this.pairs.found;
    if (!most || !second) return "The images that are followed are of too few classes to say.";
    const own = this.pairs.found.find(({ a, b }) => a === this.guessed[0] && b === this.guessed[1]);
    const are = "of their nearest neighbors in latent space have the other class";
    const yours = own ? ` Your guess, ${this.shared(own)}.` : "";
    if (!differs(most, second)) {
      const error = percent(CONFIDENCE * Math.hypot(most.error, second.error));
      return `These images cannot tell two pairs apart: ${this.shared(most)}, and ${this.shared(second)}, ${are}; the difference is within its sampling error (±${error}).` + (own === most || own === second ? " Your guess is one of them." : yours);
    }
    return `${this.named([most.a, most.b])} stay mixed the longest: at the end, ${percent(most.share)} (±${percent(CONFIDENCE * most.error)}) ${are}.${own === most ? " Your guess is right." : yours}`;
  }
  shared(pair) {
    return `${this.named([pair.a, pair.b])}: ${percent(pair.share)}`;
  }
};
var isFit = ({ opening }) => {
  const { length } = opening.header.class_names;
  return length >= FEWEST && length <= MOST2;
};
var percent = (share) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

// training/recipe.ts
var TELL_AFTER = 250;
var RecipeForm = class {
  element;
  actions;
  meanings;
  fields;
  problems = /* @__PURE__ */ new Map();
  estimate = h("span", { class: "estimate", role: "status" });
  button;
  tellSoon = debounce(() => this.actions.changed(this.recipe), TELL_AFTER);
  constructor(setting, actions) {
    this.actions = actions;
    this.meanings = setting.meanings;
    const { recipe, sets, latent_dims: dims } = setting;
    this.fields = {
      images: choice(sets.map(({ name, title }) => [name, title]), recipe.images),
      model: choice([["ae", "Autoencoder"], ["vae", "VAE"]], recipe.model),
      latent_dim: choice(dims.map((dim) => [String(dim), String(dim)]), String(recipe.latent_dim)),
      beta: number(recipe.beta, { min: 0, step: 0.5 }),
      epochs: number(recipe.epochs, { min: 1, step: 1 }),
      learning_rate: number(recipe.learning_rate, { min: 0, step: 1e-3 }),
      seed: number(recipe.seed, { min: 0, step: 1 })
    };
    this.fields.epochs.setAttribute("placeholder", "auto");
    this.button = h("button", {
      ...{ class: "primary", text: "Train", type: "submit" }
    });
    this.element = h(
      "form",
      {
        class: "recipe",
        hidden: true,
        "aria-label": "Train a network",
        oninput: () => this.edited(),
        onkeydown: ({ key }) => {
          if (key === "Escape") this.open(false);
        },
        onsubmit: (event) => {
          event.preventDefault();
          this.tellSoon.cancel();
          actions.train(this.recipe);
        }
      },
      this.row("images", "Images", "The image set on which the network is trained"),
      this.row("model", "Network", "A VAE has a KL term that keeps its latents near a standard normal"),
      this.row("latent_dim", "Latent dimensions", "The number of latent dimensions, z"),
      this.row("beta", "Beta", "Weight of the KL term of a VAE"),
      this.row("epochs", "Epochs", "Passes over all training images; empty: chosen for the image set"),
      this.row("learning_rate", "Learning rate", "The step size of the optimizer"),
      this.row("seed", "Seed", "Another seed gives another run with the same settings"),
      h("div", { class: "go" }, this.button, this.estimate)
    );
    this.edited();
    this.tellSoon.cancel();
  }
  row(name, title, help) {
    const problem = h("small", { class: "problem", role: "alert" });
    this.problems.set(name, problem);
    const field = this.fields[name];
    field.setAttribute("aria-label", title);
    const words = [help, this.meanings[title]].filter(Boolean).join(". ");
    return h("div", { class: "field", "data-field": name }, explained(title, words), field, problem);
  }
  get recipe() {
    const { images, model, latent_dim, beta, epochs, learning_rate, seed } = this.fields;
    return {
      images: images.value,
      model: model.value,
      latent_dim: Number(latent_dim.value),
      beta: filled(beta) ?? NaN,
      epochs: filled(epochs),
      learning_rate: filled(learning_rate) ?? NaN,
      seed: filled(seed) ?? NaN
    };
  }
  get isOpen() {
    return !this.element.hidden;
  }
  open(isOpen) {
    const isInside = this.element.matches(":focus-within");
    this.element.hidden = !isOpen;
    if (!isOpen) {
      if (isInside) this.actions.left();
      return;
    }
    this.tellSoon();
    this.fields.images.focus();
  }
  edited() {
    this.fields.beta.disabled = this.fields.model.value !== "vae";
    say(this.estimate, "estimating the training time…");
    this.tellSoon();
  }
  /** Show what Python says of the recipe. */
  update({ problems, estimate }, isBusy) {
    const found = problems;
    for (const [name, field] of Object.entries(this.fields)) {
      field.setAttribute("aria-invalid", String(found[name] !== void 0));
      const place2 = this.problems.get(name);
      const sentence2 = found[name] ?? "";
      say(place2, sentence2);
    }
    const isWrong = Object.keys(found).length > 0;
    this.button.disabled = isBusy || isWrong;
    if (isWrong) say(this.estimate, "");
    else if (isBusy) say(this.estimate, "Only one network is trained at a time.");
    else if (estimate !== null) say(this.estimate, `about ${duration(estimate)} on this machine`);
  }
};
function duration(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 90 * 60 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
function choice(options, chosen) {
  const select = h("select", {}, ...options.map(([value, text]) => h("option", { value, text })));
  select.value = chosen;
  return select;
}
function number(value, { min, step }) {
  const field = h("input", { type: "number", min, step: "any", inputmode: "decimal" });
  field.dataset.step = String(step);
  field.value = value === null ? "" : String(value);
  return field;
}
function filled(field) {
  const value = field.value.trim();
  return value === "" || !Number.isFinite(Number(value)) ? null : Number(value);
}

// training/steering.ts
var CONFIRM_MS = 4e3;
var Steering = class {
  element = h("div", { class: "steering", hidden: true });
  words = h("p", { role: "status" });
  buttons = h("div", { class: "buttons" });
  name = h("input", { "aria-label": "Name of the checkpoint", class: "checkpoint" });
  actions;
  drawn = "";
  constructor(actions) {
    this.actions = actions;
    this.element.append(this.words, this.buttons);
  }
  /**
   * Show how a training is.
   * @param training - null: there is none
   * @param isShown - false: it is not on the map, but could be watched
   */
  update(training, isShown) {
    this.element.hidden = !training;
    if (!training) return;
    say(this.words, isShown ? sentence(training) : `Somebody is training: ${training.title}.`);
    this.words.classList.toggle("problem", isShown && training.state === "failed");
    const kinds = isShown ? choices(training) : ["watch"];
    const key = `${training.run} ${kinds.join()} ${training.kept}`;
    if (key === this.drawn) return;
    this.drawn = key;
    this.name.value = training.name;
    this.buttons.replaceChildren(...kinds.map((kind) => this.choice(kind, training)));
  }
  choice(kind, training) {
    const { order, watch, open: open2 } = this.actions;
    const button = (text, onclick, isFirst = false) => h("button", { text, onclick, class: isFirst ? "primary" : "plain" });
    switch (kind) {
      case "watch":
        return button("Watch", () => watch(training), true);
      case "discard":
        return confirmed("Discard", "Discard for good?", () => order("discard", training));
      case "keep":
        return h(
          "form",
          {
            class: "keep",
            onsubmit: (event) => {
              event.preventDefault();
              order("keep", training, this.name.value);
            }
          },
          this.name,
          h("button", { text: "Keep as a checkpoint", type: "submit", class: "primary" })
        );
      case "open":
        return button("Open in Explore", () => open2(training.kept ?? ""), true);
      default:
        return button(ORDERS[kind], () => order(kind, training), kind === "again");
    }
  }
};
var ORDERS = {
  pause: "Pause",
  resume: "Continue",
  step: "Step one epoch",
  stop: "Stop and keep",
  again: "Resume"
};
function choices({ mine, state, kept: kept2, what }) {
  if (state === "done" && kept2) return mine ? ["open", "discard"] : ["open"];
  if (!mine) return [];
  const trains = what.startsWith("epoch");
  if (state === "running") return [...trains ? ["pause", "step", "stop"] : [], "discard"];
  if (state === "paused") return ["resume", "step", "stop", "discard"];
  if (state === "done") return ["keep", "discard"];
  return state === "starting" ? ["discard"] : ["again", "discard"];
}
function sentence(training) {
  const { title, state, what, problem, note, seconds_left: left, kept: kept2, step } = training;
  const more = note ? ` ${note}` : "";
  switch (state) {
    case "starting":
      return `Starting: ${what}…`;
    case "running":
      return `Training ${title}: ${what}${left === null ? "…" : `, ${duration(left)} left`}.${more}`;
    case "paused":
      return `Paused in ${what}.`;
    case "done":
      return kept2 ? `Kept as ${kept2}.` : `Finished: ${title}.${more}`;
    case "failed":
      return problem ?? "The training failed.";
    default:
      return `The training of ${title} was interrupted at step ${step}. Resume continues from the last saved step.`;
  }
}
function confirmed(text, question, act) {
  let timer;
  const button = h("button", {
    text,
    class: "plain",
    onclick: () => {
      if (button.textContent === question) {
        clearTimeout(timer);
        act();
        return;
      }
      button.textContent = question;
      timer = setTimeout(() => {
        button.textContent = text;
      }, CONFIRM_MS);
    }
  });
  return button;
}

// training/app.ts
var WRITE_AFTER = 250;
var NOTHING2 = { trainings: [], problems: {}, estimate: null, answer: {}, sent: {} };
var App = class {
  root;
  lab;
  empty = h("p", { class: "empty" });
  problem = h("p", { class: "toast problem", role: "alert", hidden: true });
  jobs = new Jobs();
  runs = /* @__PURE__ */ new Map();
  player;
  bar;
  recipe;
  steering;
  question = new Question(() => this.refresh());
  stops;
  writeSoon = debounce(() => this.writeAddress(), WRITE_AFTER);
  setting;
  status = NOTHING2;
  choice;
  theme;
  turn = 0;
  asking = new Asking(
    () => this.shown.map((run) => [run, this.runs.get(run)?.run.newestNumber ?? -1]),
    (runs) => tell("watch", { turn: this.nextTurn(), runs })
  );
  constructor(root, setting) {
    this.root = root;
    this.setting = setting;
    this.choice = readChoice(location.search);
    this.theme = readTheme(root, setting.looks);
    this.player = new Player({
      root,
      meanings: setting.meanings,
      theme: () => this.theme,
      choice: () => this.choice,
      moved: () => this.moved(),
      star: (star2) => this.choose({ star: star2 })
    });
    this.player.clock.speed = this.choice.speed;
    this.bar = new Bar((patch) => this.choose(patch), () => this.toggleRecipe());
    this.recipe = new RecipeForm(setting, {
      changed: (recipe2) => this.order("recipe", { recipe: recipe2 }),
      train: (recipe2) => this.order("start", { recipe: recipe2 }),
      left: () => this.bar.focus()
    });
    this.steering = new Steering({
      order: (order, training, name) => this.order(order, { run: training.run, name }),
      watch: (training) => this.choose({ run: training.run, step: null }),
      open: (name) => this.order("open", { name })
    });
    const { player, bar, recipe, steering, question } = this;
    const stage = h("div", { class: "stage" }, player.maps, this.empty, this.problem);
    const { element: transport } = player.transport;
    const foot = h("div", { class: "foot" }, steering.element, question.element, transport);
    this.lab = h("div", { class: "lab" }, bar.element, recipe.element, stage, player.panel, foot);
    root.replaceChildren(this.lab);
    dress(this.lab, this.theme);
    this.stops = this.listen();
    this.asking.ask();
    this.refresh();
  }
  listen() {
    const keys = (event) => {
      if (!this.player.transport.key(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", keys);
    const back = () => this.follow(location.search);
    window.addEventListener("popstate", back);
    return [
      () => window.removeEventListener("keydown", keys),
      () => window.removeEventListener("popstate", back),
      fillWindow(this.root, this.lab),
      ownInAddress(NAMES),
      listen("training", (status) => this.hear(status)),
      listen("training address", (values) => {
        this.follow(`?${merged(location.search, values)}`);
      }),
      subscribe((topic, bytes) => {
        if (!topic.startsWith("stages ")) return false;
        this.receive(topic.slice("stages ".length), bytes);
        return true;
      })
    ];
  }
  /** Take the page down; nothing of it keeps running. */
  stop() {
    for (const stop of this.stops) stop();
    this.asking.stop();
    this.player.stop();
    this.writeSoon.cancel();
    this.jobs.stop();
  }
  /** What there is to show, or the theme, has changed. */
  set(setting) {
    this.setting = setting;
    this.theme = readTheme(this.root, setting.looks);
    dress(this.lab, this.theme);
    this.asking.ask();
    this.refresh();
  }
  // ---- what is shown -----------------------------------------------------------------------------
  training(run) {
    return this.status.trainings.find((training) => training.run === run) ?? null;
  }
  /** The runs on the map: what was chosen, else the one of the header. */
  get shown() {
    const { stored, checkpoint } = this.setting;
    const exists = (run) => run !== null && (stored.some((other) => other.run === run) || this.training(run) !== null);
    const first = [this.choice.run, checkpoint].find(exists);
    const { beside } = this.choice;
    return [...first ? [first] : [], ...first && exists(beside) && beside !== first ? [beside] : []];
  }
  titleOf(run) {
    return this.training(run)?.title ?? this.setting.stored.find((other) => other.run === run)?.run ?? run;
  }
  choose(patch) {
    this.choice = { ...this.choice, ...patch };
    if ("run" in patch || "beside" in patch) {
      this.asking.ask();
      this.lay();
    }
    this.refresh();
    this.writeSoon();
  }
  /** Show what an address says. */
  follow(search) {
    this.choice = readChoice(search);
    this.player.clock.speed = this.choice.speed;
    this.asking.ask();
    this.lay();
    this.arrive();
    this.refresh();
  }
  // ---- messages ----------------------------------------------------------------------------------
  nextTurn() {
    this.turn += 1;
    return `${SESSION}-${this.turn}`;
  }
  order(order, more) {
    tell("order", { turn: this.nextTurn(), order, ...more });
  }
  complain(sentence2) {
    this.problem.hidden = !sentence2;
    this.problem.textContent = sentence2;
  }
  hear(status) {
    const isNew = status.answer.turn !== this.status.answer.turn;
    const wasLive = this.status.trainings.some(isLive);
    const wasThere = this.training(this.choice.run) !== null;
    this.status = status;
    if (wasThere && !this.training(this.choice.run)) this.choose({ run: null, step: null });
    const { problem, order, run, turn } = status.answer;
    if (isNew && turn?.startsWith(SESSION)) {
      this.complain(problem ?? "");
      if (order === "start" && run) this.recipe.open(false);
      if ((order === "start" || order === "again") && run) this.choose({ run, step: null });
    }
    this.asking.ask();
    this.asking.hear(status.sent);
    if (wasLive && !status.trainings.some(isLive)) this.settle();
    this.lay();
    this.refresh();
  }
  /** A training is over: its axes are now those of its last stage. */
  settle() {
    for (const { run } of this.runs.values()) run.add([], true);
  }
  receive(id, bytes) {
    const { opening, stages } = unpackStages(bytes);
    const isOver = !this.isLive(id);
    const known = this.runs.get(id);
    if (known) known.run.add(stages, isOver);
    else if (opening && stages.length) {
      const run = new Run(opening, stages, isOver);
      const decoder = new Decoder(run, this.jobs, () => this.player.repaint());
      this.runs.set(id, { run, decoder });
      void decoder.start().then(() => this.player.repaint());
      this.lay();
    }
    this.refresh();
  }
  isLive(run) {
    const training = this.training(run);
    return training !== null && isLive(training);
  }
  // ---- parts -------------------------------------------------------------------------------------
  /** Put the maps of what is shown on the page, as far as their stages have come. */
  lay() {
    const entries = this.shown.flatMap((id) => {
      const found = this.runs.get(id);
      return found ? [{ ...found, title: this.titleOf(id) }] : [];
    });
    const before = this.first;
    if (this.player.lay(entries) && this.first && this.first !== before) this.arrive();
  }
  get first() {
    const { entries } = this.player;
    return entries.length ? entries[0].run : null;
  }
  track() {
    this.player.track(this.player.entries.some(({ run }) => this.isLive(run.id)));
  }
  /** A run has come onto the map: follow it, show the step of the address, or play it once. */
  arrive() {
    const { clock } = this.player;
    const { first } = this;
    if (!first) return;
    this.track();
    if (this.isLive(first.id)) clock.follow();
    else if (this.choice.step !== null) clock.seek(this.choice.step);
    else {
      clock.seek(clock.newest);
      if (!prefersStill() && !PLAYED.has(first.id)) clock.play();
    }
    PLAYED.add(first.id);
  }
  moved() {
    const { clock } = this.player;
    this.choice.step = clock.isAtEnd ? null : clock.step;
    this.choice.speed = clock.speed;
    this.refresh();
    if (!clock.playing) this.writeSoon();
  }
  toggleRecipe() {
    if (this.setting.may) this.recipe.open(!this.recipe.isOpen);
    else this.complain(this.setting.not_here);
    this.refresh();
  }
  /** Bring everything in line with what is known and chosen. */
  refresh() {
    this.track();
    const { setting, status, choice: choice2, shown, first } = this;
    const live = status.trainings.find(isLive) ?? null;
    const own = shown.length ? this.training(shown[0]) : null;
    this.bar.update({ setting, status, choice: choice2, shown, isTraining: this.recipe.isOpen });
    this.recipe.update(status, live !== null);
    const [newest] = status.trainings;
    const isLost = status.trainings.length > 0 && newest.state === "interrupted" && newest.mine;
    const lost = isLost ? newest : null;
    this.steering.update(own ?? live ?? lost, own !== null || live === null);
    const { clock } = this.player;
    const isOver = first !== null && !this.isLive(first.id);
    this.question.update(isOver ? first : null, clock.isAtEnd && !clock.playing);
    this.empty.hidden = this.player.entries.length > 0;
    say(this.empty, this.emptyWords(own));
  }
  emptyWords(pending) {
    if (pending) return `Waiting for the first stage: ${pending.what || "starting"}…`;
    if (this.shown.length) return "Loading the stages…";
    return "The training of this network was not recorded. Choose another one above, or train one.";
  }
  writeAddress() {
    const values = writeChoice(this.choice);
    if (putIntoAddress(values)) tell("address", { ...values, turn: this.nextTurn() });
  }
};
var SESSION = Math.random().toString(36).slice(2);
var PLAYED = kept("training played", () => /* @__PURE__ */ new Set());

// training/training.ts
var apps = /* @__PURE__ */ new WeakMap();
function mount({ data, parentElement }) {
  const root = parentElement.querySelector("#training");
  const running = apps.get(root);
  if (running) running.set(data);
  else apps.set(root, new App(root, data));
  return () => {
    apps.get(root)?.stop();
    apps.delete(root);
  };
}
export {
  mount as default
};
