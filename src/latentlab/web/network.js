// lib/bus.ts
var KEY = /* @__PURE__ */ Symbol.for("latentlab.bus");
var PAGE = globalThis;
var MOST = 24;
var BREATH = 60;
function publish(topic, value) {
  const { last, target } = bus();
  last.delete(topic);
  last.set(topic, value);
  if (last.size > MOST) last.delete([...last.keys()][0]);
  target.dispatchEvent(new CustomEvent("said", { detail: topic }));
}
function listen(topic, hear) {
  return hearAll((said2, value) => {
    if (said2 === topic) hear(value);
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
function between(stops, share) {
  const place3 = share * (stops.length - 1);
  const low = Math.min(Math.floor(place3), stops.length - 2);
  const [from, to] = [stops[low], stops[low + 1]];
  return triple((c) => from[c] + (place3 - low) * (to[c] - from[c]));
}
function triple(value) {
  return [value(0), value(1), value(2)];
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
function tileOf(tiles, number, shape) {
  const size = shape.reduce((product2, side) => product2 * side, 1);
  return tiles.subarray(number * size, (number + 1) * size);
}
function cleared(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!width || !height) return null;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = contextOf(canvas);
  context.scale(ratio, ratio);
  return { context, width, height };
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

// latent/gaussian.ts
function normals(count, seed) {
  const uniform = generator(seed);
  const out = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    const length = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    out[i] = length * Math.cos(angle);
    if (i + 1 < count) out[i + 1] = length * Math.sin(angle);
  }
  return out;
}
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = state + 1831565813 >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
  };
}

// network/address.ts
var WRITE_AFTER = 400;
var LONGEST = 480;
var LONGEST_KIND = 40;
var STRONGEST = 100;
var NAMES = ["part", "z", "degradation", "variant"];
function readAddress(search, dimensions, reach) {
  const given = new URLSearchParams(search);
  const parts = ["encode", "sample", "decode", "compare"];
  const step = given.get("part");
  const z = (given.get("z") ?? "").split("_").map((text) => text.trim() ? Number(text) : NaN);
  const strength = Number(given.get("degradation") ?? NaN);
  const isLatent = z.length === dimensions && z.every(Number.isFinite);
  return {
    step: parts.includes(step) ? step : null,
    z: isLatent ? z.map((value) => clamp(value, -reach, reach)) : null,
    strength: strength >= 0 && strength <= STRONGEST ? strength : null,
    kind: given.get("variant")?.slice(0, LONGEST_KIND) ?? null
  };
}
function writeAddress({ step, z, strength, kind }) {
  const text = z?.map((value) => String(Number(value.toFixed(3)))).join("_") ?? null;
  return {
    part: step,
    z: text !== null && text.length <= LONGEST ? text : null,
    degradation: strength === null ? null : String(strength),
    variant: kind
  };
}
var Address = class {
  current;
  giveBack = ownInAddress(NAMES);
  changed = debounce(() => this.write(), WRITE_AFTER);
  constructor(current) {
    this.current = current;
  }
  write() {
    const values = writeAddress(this.current());
    if (putIntoAddress(values)) tell("address", values);
  }
  stop() {
    this.changed.cancel();
    this.giveBack();
  }
};

// network/bars.ts
var FEW = 16;
var ROW = 34;
var LEAST_ROW = 17;
var STEPS = 40;
var HEAD = 78;
var BUTTONS = 28;
var ROOMY = 820;
var ON_PHONE = 6;
var Bars = class {
  element;
  list = h("div", { class: "bars" });
  formula = h("p", { class: "formula" });
  more;
  flow;
  order;
  reach;
  kl;
  code;
  moves;
  rows = [];
  theme = null;
  few = FEW;
  all = false;
  constructor(flow, { order, reach, kl, steps }, moves) {
    this.flow = flow;
    this.order = order;
    this.reach = reach;
    this.kl = kl;
    this.code = steps[0].code;
    this.moves = moves;
    this.more = h("button", { class: "more", onclick: () => this.showAll(!this.all) });
    const isVae = flow.std !== null;
    const reset = h("button", { class: "reset", text: isVae ? "Decode μ" : "Reset z", onclick: moves.reset });
    const again = isVae && h("button", { class: "again", onclick: moves.resample }, die(), "Sample again");
    const buttons = h("div", { class: "buttons" }, reset, again || null, this.more);
    this.element = h("div", { class: "latent" }, this.formula, this.list, buttons);
    this.fill();
  }
  /** Height that the bars would like to have. */
  height(isNarrow, width) {
    const few = isNarrow ? ON_PHONE : FEW;
    if (few !== this.few) {
      this.few = few;
      this.fill();
    }
    const n = this.rows.length;
    const head = HEAD + (isNarrow || width >= ROOMY ? 0 : BUTTONS);
    return head + Math.min(n, FEW) * (n > 8 && !isNarrow ? LEAST_ROW : ROW);
  }
  show(theme) {
    this.theme = theme;
    this.resize();
  }
  /** Give the canvases the pixels that they have on screen; asking for these takes time. */
  resize() {
    for (const row of this.rows) {
      const place3 = cleared(row.canvas);
      [row.width, row.height] = place3 ? [place3.width, place3.height] : [0, 0];
    }
    this.paint();
  }
  /** Paint what the flow says now. */
  paint() {
    const { flow, theme } = this;
    if (!theme) return;
    const isSampled = flow.epsilon.some((value) => value !== 0);
    this.formula.textContent = formulaOf(flow, isSampled, this.code);
    for (const { dimension, element, canvas, value, width, height } of this.rows) {
      const z = flow.z[dimension];
      const text = z.toFixed(this.reach < 10 ? 2 : 1).replace(/^-(?=[0.]+$)/, "").replace("-", "−");
      if (value.textContent !== text) {
        value.textContent = text;
        element.setAttribute("aria-valuenow", String(Number(z.toFixed(3))));
        element.setAttribute("aria-valuetext", text);
      }
      const mean = flow.mean[dimension];
      const std = flow.std?.[dimension] ?? null;
      paintBar(contextOf(canvas), { z, mean, std, reach: this.reach, width, height }, theme);
    }
  }
  showAll(all) {
    this.all = all;
    this.fill();
    this.element.dispatchEvent(new Event("resized", { bubbles: true }));
  }
  fill() {
    const hidden = this.order.length - this.few;
    const shown = this.all ? this.order : this.order.slice(0, this.few);
    this.more.hidden = hidden <= 0;
    this.more.textContent = this.all ? `First ${this.few}` : `All ${this.order.length}`;
    this.more.title = this.kl.length ? "Sorted by KL divergence" : "Sorted by variance";
    this.rows = shown.map((dimension) => this.row(dimension));
    this.list.replaceChildren(...this.rows.map(({ element }) => element));
    this.list.classList.toggle("many", this.all && hidden > 0);
  }
  row(dimension) {
    const name = coordinate(dimension);
    const nats = this.kl[dimension];
    const canvas = h("canvas", { "aria-hidden": "true" });
    const value = h("output");
    const element = h(
      "div",
      {
        class: "bar",
        role: "slider",
        tabindex: 0,
        "aria-label": name,
        "aria-orientation": "horizontal",
        "aria-valuemin": -this.reach,
        "aria-valuemax": this.reach,
        title: nats === void 0 ? `${name}: drag, or use the arrow keys` : `${name}: KL ${figure(nats)} nats`
      },
      h("span", { text: name }),
      h("span", { class: "track" }, canvas),
      value
    );
    const row = { dimension, element, canvas, value, width: 0, height: 0 };
    this.listen(row);
    return row;
  }
  listen({ dimension, element, canvas }) {
    let active = null;
    const follow = (event) => {
      const { left, width } = canvas.getBoundingClientRect();
      this.move(dimension, (2 * ((event.clientX - left) / width) - 1) * this.reach);
    };
    element.onpointerdown = (event) => {
      if (event.button > 0) return;
      active = event.pointerId;
      element.setPointerCapture(active);
      element.focus({ preventScroll: true });
      event.preventDefault();
      follow(event);
    };
    element.onpointermove = (event) => {
      if (event.pointerId === active) follow(event);
    };
    element.onpointerup = element.onpointercancel = () => {
      active = null;
    };
    element.onkeydown = (event) => {
      const step = this.reach / STEPS * (event.shiftKey ? 5 : 1);
      const by = { ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step }[event.key];
      if (by !== void 0) this.move(dimension, this.flow.z[dimension] + by);
      else if (event.key === "Home") this.move(dimension, this.flow.mean[dimension]);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
  }
  move(dimension, value) {
    this.flow.z[dimension] = clamp(value, -this.reach, this.reach);
    this.moves.moved();
  }
};
function formulaOf(flow, isSampled, code) {
  if (!flow.std) return code;
  if (!isSampled) return "z = μ (the mean)";
  const first = flow.epsilon.length <= 2 ? `, ε = ${[...flow.epsilon].map((value) => value.toFixed(2).replace("-", "−")).join("; ")}` : "";
  return `z = μ + σ · ε${first}`;
}
function paintBar(context, { z, mean, std, reach, width, height }, theme) {
  if (!width) return;
  const at = (value) => (value / reach + 1) / 2 * width;
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, width, height);
  if (std !== null) {
    context.fillStyle = context.strokeStyle = theme.muted;
    context.beginPath();
    context.moveTo(0, height);
    const wide = Math.max(std, 0.75 * 2 * reach / width);
    for (let x = 0; x <= width; x++) {
      const away = (x / width * 2 - 1) * reach - mean;
      context.lineTo(x, height - (height - 2) * Math.exp(-0.5 * (away / wide) ** 2));
    }
    context.lineTo(width, height);
    context.globalAlpha = 0.35;
    context.fill();
    context.globalAlpha = 1;
  }
  context.fillStyle = theme.line;
  context.fillRect(width / 2 - 0.5, 0, 1, height);
  context.fillStyle = theme.accent;
  const thick = Math.max(4, height * 0.28);
  context.globalAlpha = 0.75;
  context.fillRect(Math.min(at(0), at(z)), (height - thick) / 2, Math.abs(at(z) - at(0)), thick);
  context.globalAlpha = 1;
  context.fillRect(clamp(at(z), 1.5, width - 1.5) - 1.5, 1, 3, height - 2);
  context.fillStyle = theme.ink;
  context.fillRect(at(mean) - 0.75, height - 5, 1.5, 5);
}
function die() {
  const dot = (x, y) => `M${x - 1},${y}a1,1 0 1,0 2,0a1,1 0 1,0 -2,0`;
  const d = `M2,1h12a1,1 0 0,1 1,1v12a1,1 0 0,1 -1,1h-12a1,1 0 0,1 -1,-1v-12a1,1 0 0,1 1,-1z`;
  return h(
    "svg",
    { viewBox: "0 0 16 16", class: "die", "aria-hidden": "true" },
    h("path", { d, fill: "none", stroke: "currentColor", "stroke-width": 1.5 }),
    h("path", { d: [dot(4.5, 4.5), dot(8, 8), dot(11.5, 11.5)].join(""), fill: "currentColor" })
  );
}

// runtime/elementwise.ts
function each(floats2, start, end, change) {
  for (let i = start; i < end; i++) floats2[i] = change(floats2[i]);
}
var elu = (value, alpha) => value > 0 ? value : alpha * Math.expm1(value);
var softplus = (value) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
var gelu = (value) => value * (1 + erf(value * Math.SQRT1_2)) / 2;
function erf(x) {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}
function groupNorm(floats2, { from, rows, size }, { groups, channels, eps }, { gain, shift }) {
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
      visit((at) => mean += floats2[at] / n);
      let variance = 0;
      visit((at) => variance += (floats2[at] - mean) ** 2 / n);
      const scale = 1 / Math.sqrt(variance + eps);
      visit((at, channel) => {
        floats2[at] = (floats2[at] - mean) * scale * floats2[gain + channel] + floats2[shift + channel];
      });
    }
  }
}
function pool(floats2, { from, to, rows }, step) {
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
              const value = floats2[from + (line + x * step.stride[1] + dx) * channels + c];
              found = isMax ? Math.max(found, value) : found + value;
            }
          }
          floats2[target++] = isMax ? found : found / (kernelHeight * kernelWidth);
        }
      }
    }
  }
}
function pad(floats2, { from, to, rows }, { from: [height, width, channels], to: [outHeight, outWidth], padding }) {
  const size = outHeight * outWidth * channels;
  floats2.fill(0, to, to + rows * size);
  for (let row = 0; row < rows; row++) {
    for (let y = 0; y < height; y++) {
      const source = from + (row * height + y) * width * channels;
      const target = to + row * size + ((y + padding[0]) * outWidth + padding[1]) * channels;
      floats2.copyWithin(target, source, source + width * channels);
    }
  }
}

// runtime/rearrange.ts
function gather(floats2, step, { from, scratch, start, n }) {
  const [height, width, channels] = step.from;
  const [outHeight, outWidth] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  let at = scratch;
  for (let position = start; position < start + n; position++) {
    const row = Math.floor(position / (outHeight * outWidth));
    const inside2 = position % (outHeight * outWidth);
    const top = Math.floor(inside2 / outWidth) * step.stride[0] - step.padding[0];
    const left = inside2 % outWidth * step.stride[1] - step.padding[1];
    for (let y = top; y < top + kernelHeight; y++) {
      for (let x = left; x < left + kernelWidth; x++) {
        const outside = y < 0 || x < 0 || y >= height || x >= width;
        const source = from + ((row * height + y) * width + x) * channels;
        for (let c = 0; c < channels; c++) floats2[at++] = outside ? 0 : floats2[source + c];
      }
    }
  }
}
function scatter(floats2, step, { to, scratch, start, n }) {
  const [height, width] = step.from;
  const [outHeight, outWidth, channels] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  let at = scratch;
  for (let position = start; position < start + n; position++) {
    const row = Math.floor(position / (height * width));
    const inside2 = position % (height * width);
    const top = Math.floor(inside2 / width) * step.stride[0] - step.padding[0];
    const left = inside2 % width * step.stride[1] - step.padding[1];
    for (let y = top; y < top + kernelHeight; y++) {
      for (let x = left; x < left + kernelWidth; x++, at += channels) {
        if (y < 0 || x < 0 || y >= outHeight || x >= outWidth) continue;
        const target = to + ((row * outHeight + y) * outWidth + x) * channels;
        for (let c = 0; c < channels; c++) floats2[target + c] += floats2[at + c];
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
function transpose(floats2, { from, to, rows, outer, inner }) {
  for (let row = 0; row < rows; row++) {
    const base = row * outer * inner;
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        floats2[to + base + i * outer + o] = floats2[from + base + o * inner + i];
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
  return ({ floats: floats2 }, step, { from, rows }) => each(floats2, from, from + rows * step.size, change(step));
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
    const { floats: floats2 } = kernel;
    const [height, width, channels] = step.from;
    const outSize = product(step.to);
    const bias = step.biasValues;
    for (let i = 0; i < rows * outSize; i++) floats2[to + i] = bias[i % bias.length];
    const positions = rows * height * width;
    const chunk = Math.max(4, Math.floor(SCRATCH / step.n));
    for (let start = 0; start < positions; start += chunk) {
      const n = Math.min(chunk, positions - start);
      const source = from + start * channels;
      kernel.gemm(source, step.panels, step.biasAt, scratch, n, step.n, step.k);
      scatter(floats2, step, { to, scratch, start, n });
    }
  },
  upsample({ floats: floats2 }, step, { from, to, rows }) {
    const [height, width, channels] = step.from;
    const [outHeight, outWidth] = step.to;
    const [sy, sx] = [outHeight / height, outWidth / width];
    let target = to;
    for (let y = 0; y < rows * outHeight; y++) {
      const row = from + Math.floor(y / sy) * width * channels;
      for (let x = 0; x < outWidth; x++) {
        const source = row + Math.floor(x / sx) * channels;
        for (let c = 0; c < channels; c++) floats2[target++] = floats2[source + c];
      }
    }
  },
  pixel_shuffle({ floats: floats2 }, step, { from, to, rows }) {
    shuffle(step.from, step.to, rows, (small, large) => {
      floats2[to + large] = floats2[from + small];
    });
  },
  pixel_unshuffle({ floats: floats2 }, step, { from, to, rows }) {
    shuffle(step.to, step.from, rows, (small, large) => {
      floats2[to + small] = floats2[from + large];
    });
  },
  to_channels_first({ floats: floats2 }, step, { from, to, rows }) {
    transpose(floats2, {
      from,
      to,
      rows,
      outer: step.shape[0] * step.shape[1],
      inner: step.shape[2]
    });
  },
  to_channels_last({ floats: floats2 }, step, { from, to, rows }) {
    transpose(floats2, {
      from,
      to,
      rows,
      outer: step.shape[2],
      inner: step.shape[0] * step.shape[1]
    });
  },
  scale({ floats: floats2 }, step, { from, rows }) {
    const gain = step.panels;
    for (let i = 0; i < rows * step.size; i++) {
      const channel = i % step.channels;
      floats2[from + i] = floats2[from + i] * floats2[gain + channel] + floats2[step.biasAt + channel];
    }
  },
  group_norm({ floats: floats2 }, step, { from, rows }) {
    const weights = { gain: step.panels, shift: step.biasAt };
    groupNorm(floats2, { from, rows, size: step.size }, step, weights);
  },
  max_pool: ({ floats: floats2 }, step, place3) => pool(floats2, place3, step),
  avg_pool: ({ floats: floats2 }, step, place3) => pool(floats2, place3, step),
  pad: ({ floats: floats2 }, step, place3) => pad(floats2, place3, step),
  elu: valueByValue(({ alpha }) => (value) => elu(value, alpha)),
  clamp: valueByValue(({ low, high }) => (value) => Math.min(Math.max(value, low), high)),
  tanh: valueByValue(() => Math.tanh),
  gelu: valueByValue(() => gelu),
  softplus: valueByValue(() => softplus),
  leaky_relu({ floats: floats2 }, step, { from, rows }) {
    for (let i = from, end = from + rows * step.size; i < end; i++) {
      if (floats2[i] < 0) floats2[i] *= step.slope;
    }
  },
  silu({ floats: floats2 }, step, { from, rows }) {
    for (let i = from, end = from + rows * step.size; i < end; i++) {
      floats2[i] /= 1 + Math.exp(-floats2[i]);
    }
  },
  sigmoid({ floats: floats2 }, step, { from, rows }) {
    for (let i = from, end = from + rows * step.size; i < end; i++) {
      floats2[i] = 1 / (1 + Math.exp(-floats2[i]));
    }
  },
  keep({ floats: floats2 }, step, { from, rows, slots }) {
    floats2.copyWithin(slots.get(step.slot), from, from + rows * step.size);
  },
  add({ floats: floats2 }, step, { from, rows, slots }) {
    const kept2 = slots.get(step.slot);
    for (let i = 0; i < rows * step.size; i++) floats2[from + i] += floats2[kept2 + i];
  },
  concatenate({ floats: floats2 }, step, { from, to, rows, slots }) {
    const [own, both] = [step.from[2], step.to[2]];
    const pixels = rows * step.size / both;
    const kept2 = slots.get(step.slot);
    for (let i = 0; i < pixels; i++) {
      floats2.copyWithin(to + i * both, from + i * own, from + (i + 1) * own);
      floats2.copyWithin(to + i * both + own, kept2 + i * (both - own), kept2 + (i + 1) * (both - own));
    }
  }
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
  const floats2 = new Float32Array(size);
  return { floats: floats2, gemm: plainGemm(floats2), simd: false };
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
function plainGemm(floats2) {
  const sums = new Float64Array(8);
  return (a, b, bias, c, m, n, k) => {
    for (let j = 0; j < n; j += 8) {
      const columns = Math.min(8, n - j);
      for (let i = 0; i < m; i++) {
        for (let q = 0; q < 8; q++) sums[q] = floats2[bias + j + q];
        const row = a + i * k;
        for (let p = 0, at = b + j * k; p < k; p++, at += 8) {
          const x = floats2[row + p];
          for (let q = 0; q < 8; q++) sums[q] += x * floats2[at + q];
        }
        const target = c + i * n + j;
        for (let q = 0; q < columns; q++) floats2[target + q] = sums[q];
      }
    }
  };
}

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
    const { floats: floats2 } = this.kernel;
    for (const step of this.plan.steps) if ("weights" in step) placeWeights(floats2, step, weights);
  }
  /**
   * Run up to `batch` rows.
   * @param input - rows x inputSize values
   * @param visit - shown the intermediate values
   * @returns rows x outputSize; a view that the next call overwrites
   */
  run(input, rows = 1, visit) {
    const { floats: floats2 } = this.kernel;
    const { scratch, slots, steps } = this.plan;
    let [from, to] = this.plan.buffers;
    floats2.set(input, from);
    steps.forEach((step, number) => {
      const operation = OPERATIONS[step.op];
      operation(this.kernel, step, { from, to, rows, scratch, slots });
      if (!IN_PLACE.has(step.op)) [from, to] = [to, from];
      visit?.(number, floats2.subarray(from, from + rows * step.size));
    });
    return floats2.subarray(from, from + rows * this.outputSize);
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
function placeWeights(floats2, step, weights) {
  const { k, n } = step;
  for (let p = 0; p < k; p++) {
    for (let j = 0; j < n; j++) {
      const panel = (j >> 3) * 8 * k;
      floats2[step.panels + panel + p * 8 + (j & 7)] = weights[step.weights + p * n + j];
    }
  }
  const biasSize = step.op === "conv_transpose" ? step.to[2] : n;
  step.biasValues = weights.slice(step.bias, step.bias + biasSize);
  if (step.op !== "conv_transpose") floats2.set(step.biasValues, step.biasAt);
}

// network/unet_output.ts
var UNDONE = 0.9;
var TEMPERATURE = 1.15;
var TO_XYZ = [
  [0.412453 / 0.950456, 0.35758 / 0.950456, 0.180423 / 0.950456],
  [0.212671, 0.71516, 0.072169],
  [0.019334 / 1.088754, 0.119193 / 1.088754, 0.950227 / 1.088754]
];
var TO_RGB = inverse(TO_XYZ);
var [KNEE, SLOPE, OFFSET] = [8856e-6, 7.787, 16 / 116];
function correct(input, image, { input: sides }, run) {
  const padded2 = pad2(input, image, sides);
  const correction = run(padded2, true).slice();
  const mirrored = mirror(run(mirror(padded2, sides), false), sides);
  const both = padded2.map((value, i) => value + 0.5 * (correction[i] + mirrored[i]));
  return crop(both, sides, image).map((value) => clamp(value, 0, 1));
}
function paint(input, image, { input: sides, output }, run, colors) {
  const padded2 = pad2(input, image, sides);
  const color = meanColor(run(padded2, true), output, colors);
  const [height, width] = sides;
  const out = new Float32Array(product(sides));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const [a, b] = between2(color, output, (y + 0.5) / 2 - 0.5, (x + 0.5) / 2 - 0.5);
      out.set(toRgb(lightness(padded2.subarray(at, at + 3)), a, b), at);
    }
  }
  return crop(out, sides, image);
}
function meanColor(logits, [height, width, n], { centers, weights }) {
  const color = new Float32Array(height * width * 2);
  const shares = new Float64Array(n);
  for (let at = 0; at < height * width; at++) {
    let most = -Infinity;
    for (let q = 0; q < n; q++) {
      shares[q] = (logits[at * n + q] - UNDONE * Math.log(weights[q])) / TEMPERATURE;
      most = Math.max(most, shares[q]);
    }
    let [total, a, b] = [0, 0, 0];
    for (let q = 0; q < n; q++) {
      const share = Math.exp(shares[q] - most);
      total += share;
      a += share * centers[2 * q];
      b += share * centers[2 * q + 1];
    }
    color.set([a / total, b / total], 2 * at);
  }
  return color;
}
function between2(color, [height, width], y, x) {
  const [top, left] = [clamp(y, 0, height - 1), clamp(x, 0, width - 1)];
  const [y0, x0] = [Math.floor(top), Math.floor(left)];
  const [y1, x1] = [Math.min(y0 + 1, height - 1), Math.min(x0 + 1, width - 1)];
  const [v, u] = [top - y0, left - x0];
  const mixed = (c) => {
    const at = (row, column) => color[2 * (row * width + column) + c];
    const upper = (1 - u) * at(y0, x0) + u * at(y0, x1);
    return (1 - v) * upper + v * ((1 - u) * at(y1, x0) + u * at(y1, x1));
  };
  return [mixed(0), mixed(1)];
}
function lightness(rgb) {
  const linear = [...rgb].map((v) => v > 0.04045 ? ((v + 0.055) / 1.055) ** 2.4 : v / 12.92);
  const y = TO_XYZ[1].reduce((sum, share, c) => sum + share * linear[c], 0);
  return 116 * (y > KNEE ? Math.cbrt(y) : SLOPE * y + OFFSET) - 16;
}
function toRgb(light, a, b) {
  const y = (light + 16) / 116;
  const xyz = [y + a / 500, y, y - b / 200].map(
    (root) => root ** 3 > KNEE ? root ** 3 : (root - OFFSET) / SLOPE
  );
  return TO_RGB.map((row) => {
    const linear = clamp(row.reduce((sum, share, c) => sum + share * xyz[c], 0), 0, 1);
    return linear > 31308e-7 ? 1.055 * linear ** (1 / 2.4) - 0.055 : 12.92 * linear;
  });
}
function pad2(image, from, to) {
  return rearranged(to, (y, x) => [Math.min(y, from[0] - 1), Math.min(x, from[1] - 1)], image, from);
}
function crop(image, from, to) {
  return rearranged(to, (y, x) => [y, x], image, from);
}
function mirror(image, shape) {
  return rearranged(shape, (y, x) => [y, shape[1] - 1 - x], image, shape);
}
function rearranged([height, width, channels], source, image, from) {
  const out = new Float32Array(height * width * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [row, column] = source(y, x);
      const at = (row * from[1] + column) * channels;
      out.set(image.subarray(at, at + channels), (y * width + x) * channels);
    }
  }
  return out;
}
function inverse(m) {
  const minor = (i, j) => {
    const [a, b] = [0, 1, 2].filter((row) => row !== j);
    const [c, d] = [0, 1, 2].filter((column) => column !== i);
    return ((i + j) % 2 ? -1 : 1) * (m[a][c] * m[b][d] - m[a][d] * m[b][c]);
  };
  const determinant = [0, 1, 2].reduce((sum, j) => sum + m[0][j] * minor(j, 0), 0);
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => minor(i, j) / determinant));
}

// network/flow.ts
var OUTLYING = 4;
var unitsOf = ({ shape }) => shape[shape.length - 1];
var Part = class {
  layers;
  spec;
  network;
  at;
  constructor(name, spec, network) {
    this.spec = spec;
    this.network = network;
    const shapes = shapesOf(spec);
    this.layers = spec.ends.map((end) => {
      const shape = shapes[end];
      const values = new Float32Array(product(shape));
      return { part: name, shape, values, largest: 0, off: /* @__PURE__ */ new Set() };
    });
    this.at = new Map(spec.ends.map((end, i) => [end, this.layers[i]]));
  }
  /** @param show - whether the layers keep what they give */
  run(input, show = true) {
    return this.network.run(input, 1, (number, values) => {
      const layer = this.at.get(number);
      if (!layer) return;
      if (layer.off.size) silence(layer, values);
      if (show) layer.values.set(values);
    });
  }
};
var Flow = class {
  header;
  /** The layers that are drawn, in order; neither the latent nor the output. */
  layers;
  /** Mean of q(z|x); for a plain autoencoder the latent. */
  mean;
  /** Standard deviations of q(z|x); null for a plain autoencoder. */
  std;
  /** What is decoded. */
  z;
  /** z = mean + std * epsilon; zeros while the mean is decoded. */
  epsilon;
  output;
  input = null;
  parts;
  colors;
  constructor(header, networks, colors) {
    this.header = header;
    this.parts = Object.fromEntries(
      Object.entries(header.parts).map(([name, spec]) => [
        name,
        new Part(name, spec, networks[name])
      ])
    );
    this.colors = colors;
    const { encoder, decoder, unet } = this.parts;
    this.layers = [
      ...encoder?.layers.slice(0, -1) ?? [],
      ...unet?.layers ?? [],
      ...decoder?.layers.slice(0, -1) ?? []
    ];
    const n = header.latent_dim;
    this.mean = new Float32Array(n);
    this.std = header.is_vae ? new Float32Array(n) : null;
    this.z = new Float32Array(n);
    this.epsilon = new Float32Array(n);
    this.output = new Float32Array(product(header.image));
  }
  /** Send an image through the whole network; the mean is decoded. */
  take(input) {
    this.input = input;
    this.epsilon.fill(0);
    for (const layer of this.layers) layer.largest = 0;
    this.again();
  }
  /** Begin at the bottleneck, where the image itself is not there. */
  takeLatent(mean, std) {
    this.input = null;
    this.mean.set(mean);
    if (std) this.std?.set(std);
    this.epsilon.fill(0);
    for (const layer of this.layers) {
      layer.values.fill(0);
      layer.largest = 0;
    }
    this.sample(this.epsilon);
  }
  /** Send the same image through once more, after a unit was switched off or on. */
  again() {
    const { encoder, unet } = this.parts;
    const { input } = this;
    if (unet && input) {
      this.output = this.restored(unet, input);
      this.scale();
    } else if (encoder && input) {
      const code = encoder.run(input);
      const n = this.mean.length;
      this.mean.set(code.subarray(0, n));
      if (this.std) for (let i = 0; i < n; i++) this.std[i] = Math.exp(0.5 * code[n + i]);
      this.sample(this.epsilon);
    } else this.decode();
  }
  /** Decode z = mean + std * epsilon. */
  sample(epsilon) {
    this.epsilon.set(epsilon);
    for (let i = 0; i < this.z.length; i++) {
      this.z[i] = this.mean[i] + (this.std ? this.std[i] * epsilon[i] : 0);
    }
    this.decode();
  }
  /** Decode z as it is. */
  decode() {
    const decoder = this.parts.decoder;
    if (!decoder) return;
    this.output.set(decoder.run(this.z));
    this.scale();
  }
  /** What the output would be with a unit on or off, without showing it. */
  outputWith(change, undo) {
    change();
    const { unet, encoder, decoder } = this.parts;
    let output = this.output;
    if (unet && this.input) output = this.restored(unet, this.input, false);
    else if (decoder) {
      const z = this.input && encoder ? this.latentOf(encoder, this.input) : this.z;
      output = decoder.run(z, false).slice();
    }
    undo();
    return output;
  }
  /** The latent as it is chosen now, but for what the encoder says of the image. */
  latentOf(encoder, input) {
    const code = encoder.run(input, false);
    return this.z.map((value, i) => code[i] + (value - this.mean[i]));
  }
  restored(unet, input, show = true) {
    const { image } = this.header;
    const run = (padded2, isFirst) => unet.run(padded2, show && isFirst);
    return this.colors ? paint(input, image, unet.spec, run, this.colors) : correct(input, image, unet.spec, run);
  }
  scale() {
    for (const layer of this.layers) {
      let [most, sum] = [0, 0];
      for (const value of layer.values) {
        most = Math.max(most, Math.abs(value));
        sum += value * value;
      }
      const usual = OUTLYING * Math.sqrt(sum / layer.values.length);
      layer.largest = Math.max(layer.largest, Math.min(most, usual));
    }
  }
};
async function loadFlow(header, arrays) {
  const names = Object.keys(header.parts);
  const loaded = await Promise.all(
    names.map(async (name) => [name, await loadNetwork(header.parts[name], arrays[name])])
  );
  const { centers, weights } = arrays;
  const colors = centers && weights ? { centers, weights } : null;
  return new Flow(header, Object.fromEntries(loaded), colors);
}
function shapesOf({ layers, input }) {
  let shape = input;
  return layers.map((layer) => {
    if ("to" in layer) shape = layer.to;
    else if (layer.op === "linear") shape = [layer.out];
    else if (layer.op === "to_channels_last") shape = layer.shape;
    else if (layer.op === "to_channels_first") shape = [product(shape)];
    return shape;
  });
}
function silence(layer, values) {
  const units = unitsOf(layer);
  for (const unit of layer.off) {
    for (let i = unit; i < values.length; i += units) values[i] = 0;
  }
}
function meanSquared(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum / a.length;
}

// network/lecture.ts
var TAKEN = "input, textarea, select, [role=slider], [role=tab], [role=radio], [role=listbox], [contenteditable]";
var Lecture = class {
  buttons;
  sentence = h("p", { class: "sentence", "aria-live": "polite" });
  code = h("code");
  element;
  steps;
  changed;
  at = -1;
  constructor(steps, title, overview, changed) {
    this.steps = steps;
    this.changed = changed;
    this.buttons = steps.map(
      ({ title: title2 }, number) => h(
        "button",
        { "aria-pressed": "false", onclick: () => this.go(number === this.at ? -1 : number) },
        h("span", { class: "number", text: String(number + 1) }),
        title2
      )
    );
    const arrow = (text, label, by) => h("button", { class: "arrow", text, "aria-label": label, title: label, onclick: () => this.step(by) });
    const steps_ = h(
      "nav",
      { class: "steps", "aria-label": "Steps" },
      arrow("‹", "Step back (left arrow key)", -1),
      ...this.buttons,
      arrow("›", "Next step (right arrow key)", 1)
    );
    const said2 = h("div", { class: "said" }, this.sentence, h("pre", {}, this.code));
    const top = h("div", { class: "top" }, h("p", { class: "sizes", text: title }), steps_);
    this.element = h("section", { class: "lecture" }, top, said2);
    this.sentence.dataset.overview = overview;
    this.show();
    window.addEventListener("keydown", this.press);
  }
  press = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === void 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.defaultPrevented) return;
    const target = event.composedPath()[0];
    if (target instanceof Element && target.closest(TAKEN)) return;
    event.preventDefault();
    this.step(by);
  };
  /** What is not dimmed. */
  get part() {
    return this.at < 0 ? null : this.steps[this.at].part;
  }
  /** Go to the step of a part. */
  goTo(part) {
    this.go(this.steps.findIndex((step) => step.part === part));
  }
  /** Go on or back; before the first step and after the last everything is shown. */
  step(by) {
    const n = this.steps.length + 1;
    this.go((this.at + 1 + by + n) % n - 1);
  }
  go(number) {
    this.at = number;
    this.show();
    this.changed(this.part);
  }
  show() {
    const step = this.steps[this.at];
    this.buttons.forEach((button, number) => {
      button.setAttribute("aria-pressed", String(number === this.at));
    });
    this.sentence.textContent = step?.sentence ?? this.sentence.dataset.overview ?? "";
    this.code.textContent = step?.code ?? "";
  }
  stop() {
    window.removeEventListener("keydown", this.press);
  }
};

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
    const { points, labels } = this;
    const [x0, y0] = screen.toScreen(0, 0);
    const [x1, y1] = screen.toScreen(1, 1);
    for (const pass of solo === null ? [null] : [false, true]) {
      for (let row = 0; row < labels.length; row++) {
        if (pass !== null && labels[row] === solo !== pass) continue;
        const x = x0 + points[2 * row] * (x1 - x0);
        const y = y0 + points[2 * row + 1] * (y1 - y0);
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
function centersOf(places, labels, classNames) {
  const step = Math.max(1, Math.floor(labels.length / MOST_POINTS));
  const rows = Array.from({ length: Math.ceil(labels.length / step) }, (_, i) => i * step);
  const present = [...new Set(rows.map((row) => labels[row]))].filter((label) => classNames[label]);
  if (present.length > MOST_NAMES) return [];
  const radius = NEAR * Math.hypot(spread(places, 0), spread(places, 1));
  const distance = (row, x, y) => Math.hypot(places[2 * row] - x, places[2 * row + 1] - y);
  const leads = (label, at, least) => {
    const near = rows.filter((row) => distance(row, places[2 * at], places[2 * at + 1]) <= radius);
    const lead = near.reduce((sum, row) => sum + (labels[row] === label ? 1 : -1), 0);
    return lead >= Math.max(1, least) && lead >= CLEARLY * near.length;
  };
  return present.sort((a, b) => a - b).flatMap((label) => {
    const own = rows.filter((row) => labels[row] === label);
    const [x, y] = [0, 1].map((axis) => median(own.map((row) => places[2 * row + axis])));
    const some = own.filter((_, i) => i % Math.ceil(own.length / CANDIDATES) === 0);
    some.sort((a, b) => distance(a, x, y) - distance(b, x, y));
    const at = some.find((row) => leads(label, row, WORTH * own.length));
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
  reveal(places, room) {
    if (!places.length) return;
    const sides = (axis) => {
      const values = places.map((place3) => place3[axis]);
      return [Math.min(...values), Math.max(...values)];
    };
    const [[left, right], [bottom, top]] = [sides(0), sides(1)];
    const width = this.width - room.left - room.right;
    const height = this.height - room.top - room.bottom;
    const most = Math.min(width / (right - left || 1e-9), height / (top - bottom || 1e-9));
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

// network/map.ts
var MARGIN = 10;
var LittleMap = class {
  canvas = h("canvas", { role: "img" });
  element = h("figure", { class: "map" }, this.canvas);
  flow;
  origin;
  axes;
  painter;
  view = new View();
  ground = h("canvas");
  observer = new ResizeObserver(() => this.redrawLater());
  theme = null;
  frame = 0;
  timer;
  constructor(flow, header, arrays, moved) {
    this.flow = flow;
    this.origin = arrays.origin;
    this.axes = arrays.axes;
    this.painter = new ScatterPainter(arrays.points, arrays.labels, header.class_names);
    const about = header.native ? "z among the latents of stored images" : "z projected onto PC 1 and PC 2 of the latents of stored images";
    this.canvas.setAttribute("aria-label", about);
    this.element.append(h("figcaption", { text: about }));
    this.listen(moved);
    this.observer.observe(this.canvas);
  }
  show(theme) {
    this.theme = theme;
    this.redrawLater();
  }
  /** Draw the points after the next frame: thousands of them must not keep the layers waiting. */
  redrawLater() {
    this.cancel();
    this.frame = requestAnimationFrame(() => {
      this.timer = setTimeout(() => this.redraw());
    });
  }
  cancel() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
  }
  listen(moved) {
    const { canvas } = this;
    let active = null;
    const follow = (event) => {
      const { left, top } = canvas.getBoundingClientRect();
      this.moveTo(this.view.toMap(event.clientX - left, event.clientY - top));
      moved();
    };
    canvas.onpointerdown = (event) => {
      if (event.button > 0) return;
      active = event.pointerId;
      canvas.setPointerCapture(active);
      event.preventDefault();
      follow(event);
    };
    canvas.onpointermove = (event) => {
      if (event.pointerId === active) follow(event);
    };
    canvas.onpointerup = canvas.onpointercancel = () => {
      active = null;
    };
  }
  /** Where a latent is on the map. */
  placeOf(latent) {
    const n = latent.length;
    const along = (axis) => latent.reduce((sum, value, i) => sum + (value - this.origin[i]) * this.axes[axis * n + i], 0);
    return [along(0), along(1)];
  }
  /** Move z within the plane of the map. */
  moveTo([x, y]) {
    const { z } = this.flow;
    const [nowX, nowY] = this.placeOf(z);
    for (let i = 0; i < z.length; i++) {
      z[i] += (x - nowX) * this.axes[i] + (y - nowY) * this.axes[z.length + i];
    }
  }
  redraw() {
    const { theme, view, painter, ground } = this;
    const place3 = theme && cleared(this.canvas);
    if (!theme || !place3) return;
    view.resize(place3.width, place3.height);
    const bounds = boundsOf(painter.places);
    if (bounds.top === bounds.bottom) Object.assign(bounds, { bottom: -1, top: 1 });
    view.fit(bounds, { left: MARGIN, right: MARGIN, top: MARGIN, bottom: MARGIN });
    ground.width = this.canvas.width;
    ground.height = this.canvas.height;
    const context = contextOf(ground);
    context.setTransform(place3.context.getTransform());
    painter.paint(context, view, theme, { kind: "dot", radius: 1.4, alpha: 0.6 });
    if (namedByLetters(painter.classNames)) painter.paintNames(context, view, theme);
    this.paint();
  }
  /** Paint the dot where z is, and a ring where the mean is. */
  paint() {
    const { theme, view, flow } = this;
    if (!theme || !this.ground.width) return;
    const context = contextOf(this.canvas);
    context.clearRect(0, 0, view.width, view.height);
    context.drawImage(this.ground, 0, 0, view.width, view.height);
    const [meanX, meanY] = view.toScreen(...this.placeOf(flow.mean));
    const [x, y] = view.toScreen(...this.placeOf(flow.z));
    context.strokeStyle = theme.ink;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(meanX, meanY, 8, 0, 7);
    context.stroke();
    context.fillStyle = theme.accent;
    context.strokeStyle = theme.background;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, 6, 0, 7);
    context.fill();
    context.stroke();
    this.element.dataset.place = `${x.toFixed(1)} ${y.toFixed(1)}`;
  }
  stop() {
    this.cancel();
    this.observer.disconnect();
  }
};

// lib/term.ts
var MARGIN2 = 8;
var WIDEST2 = 340;
var NAME = "font: inherit; color: inherit; letter-spacing: inherit; text-align: inherit; white-space: inherit; background: none; border: 0; padding: 0; margin: 0; min-height: 0; height: auto; cursor: help; text-decoration: underline dotted; text-decoration-thickness: 1px; text-underline-offset: 0.2em;";
var TIP = "position: fixed; inset: auto; margin: 0; padding: 0.6rem 0.8rem; border: 1px solid var(--st-border-color, #8888); border-radius: 0.5rem; background: var(--st-background-color, Canvas); color: var(--st-text-color, CanvasText); font: 400 0.95rem/1.4 var(--st-font, system-ui, sans-serif); text-align: left; white-space: normal; box-shadow: 0 4px 16px #0004;";
var term = (label, meanings) => explained(label, meanings[label]);
function explain(element, text, meanings) {
  const key = JSON.stringify([text, meanings]);
  if (written.get(element) === key) return;
  written.set(element, key);
  const parts = partsOf(text, Object.keys(meanings).filter((label) => meanings[label]));
  element.replaceChildren(...parts.map(({ text: text2, label }) => label ? explained(text2, meanings[label]) : text2));
}
var written = /* @__PURE__ */ new WeakMap();
function partsOf(text, labels) {
  for (const label of labels.toSorted((a, b) => b.length - a.length)) {
    const found = new RegExp(`(?<![\\w-])${label.replace(/[^\w\s]/g, "\\$&")}(?!\\w)`, "i").exec(text);
    if (!found) continue;
    const rest = labels.filter((other) => other !== label);
    const end = found.index + label.length;
    const cut = [...partsOf(text.slice(0, found.index), rest), { text: found[0], label }, ...partsOf(text.slice(end), rest)];
    return cut.filter((part) => part.text);
  }
  return [{ text, label: null }];
}
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
  const width = Math.min(WIDEST2, window.innerWidth - 2 * MARGIN2);
  style.maxWidth = `${width}px`;
  style.left = `${clamp(left, MARGIN2, window.innerWidth - width - MARGIN2)}px`;
  const isLow = bottom > window.innerHeight / 2;
  style.top = isLow ? "auto" : `${bottom + MARGIN2 / 2}px`;
  style.bottom = isLow ? `${window.innerHeight - top + MARGIN2 / 2}px` : "auto";
}

// lib/errormap.ts
var INFERNO = ["000004", "1f0c48", "550f6d", "88226a", "ba3655", "e35933", "f98c0a", "f9c932", "fcffa4"];
var BACKGROUND = 0.3;
var STOPS = INFERNO.map((stop) => parseColor(`#${stop}`));
function errorMap(image, drawn2, channels) {
  const colors = new Float32Array(3 * image.length / channels);
  for (let i = 0; i < image.length / channels; i++) {
    let [error, ground] = [0, 0];
    for (let c = i * channels; c < (i + 1) * channels; c++) {
      error += (drawn2[c] - image[c]) ** 2 / channels;
      ground += BACKGROUND * image[c] / channels;
    }
    const off = clamp(error ** 0.25, 0, 1);
    const color = between(STOPS, off);
    for (let c = 0; c < 3; c++) colors[3 * i + c] = ground * (1 - off) + color[c] / 255 * off;
  }
  return colors;
}

// network/activations.ts
var GAMMA = 0.7;
var STEPS2 = 128;
var NEGATIVE = "#2f7fe0";
var POSITIVE = { dark: "#ffb454", light: "#c25a00" };
function gridOf(shape, width, height) {
  const units = unitsOf({ shape });
  const tile = shape.length === 3 ? [shape[0], shape[1]] : [1, 1];
  const gap = shape.length === 3 ? 1 : 0;
  let best = { columns: 1, rows: units, scale: 0 };
  for (let columns = 1; columns <= units; columns++) {
    const rows = Math.ceil(units / columns);
    const scale = Math.min(
      width / (columns * (tile[1] + gap) - gap),
      height / (rows * (tile[0] + gap) - gap)
    );
    if (scale > best.scale) best = { columns, rows, scale };
  }
  return { ...best, tile, gap, units };
}
function sizeOf({ columns, rows, tile: [high, wide], gap }) {
  return [columns * (wide + gap) - gap, rows * (high + gap) - gap];
}
function unitAt(grid, x, y) {
  const [width, height] = sizeOf(grid);
  const column = Math.floor(x * width / (grid.tile[1] + grid.gap));
  const row = Math.floor(y * height / (grid.tile[0] + grid.gap));
  const unit = row * grid.columns + column;
  const isInside = x >= 0 && y >= 0 && column < grid.columns && row < grid.rows;
  return isInside && unit < grid.units ? unit : -1;
}
function boxOf(grid, unit) {
  const [width, height] = sizeOf(grid);
  const [high, wide] = grid.tile;
  const left = unit % grid.columns * (wide + grid.gap);
  const top = Math.floor(unit / grid.columns) * (high + grid.gap);
  return [left / width, top / height, wide / width, high / height];
}
function signedScale(theme) {
  const zero = theme.dark ? parseColor("#10172a") : parseColor("#f4efe6");
  const plus = parseColor(theme.dark ? POSITIVE.dark : POSITIVE.light);
  const minus = parseColor(NEGATIVE);
  return Uint32Array.from({ length: 2 * STEPS2 + 1 }, (_, i) => {
    const value = (i - STEPS2) / STEPS2;
    return bytesOf(blend(zero, value < 0 ? minus : plus, Math.abs(value) ** GAMMA));
  });
}
function blend(from, to, part) {
  const at = (c) => from[c] + part * (to[c] - from[c]);
  return [at(0), at(1), at(2)];
}
var bytesOf = ([red, green, blue]) => (255 << 24 | Math.round(blue) << 16 | Math.round(green) << 8 | Math.round(red)) >>> 0;
function fillCells(pixels, values, grid, largest, scale) {
  const [width] = sizeOf(grid);
  const { columns, gap, tile: [high, wide], units } = grid;
  const gain = largest > 0 ? STEPS2 / largest : 0;
  for (let unit = 0; unit < units; unit++) {
    const left = unit % columns * (wide + gap);
    const top = Math.floor(unit / columns) * (high + gap);
    for (let y = 0; y < high; y++) {
      const row = (top + y) * width + left;
      for (let x = 0; x < wide; x++) {
        const value = values[(y * wide + x) * units + unit] * gain;
        pixels[row + x] = scale[STEPS2 + Math.max(-STEPS2, Math.min(STEPS2, Math.round(value)))];
      }
    }
  }
}
var CellPainter = class {
  canvas;
  picture = null;
  constructor(canvas) {
    this.canvas = canvas;
  }
  paint(values, grid, largest, scale) {
    const [width, height] = sizeOf(grid);
    const { canvas } = this;
    if (!this.picture || canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      const image = contextOf(canvas).createImageData(width, height);
      this.picture = { image, pixels: new Uint32Array(image.data.buffer) };
    }
    fillCells(this.picture.pixels, values, grid, largest, scale);
    contextOf(canvas).putImageData(this.picture.image, 0, 0);
  }
};

// network/layout.ts
var NECK = 0.42;
var MOST_LAYER = 130;
var LABEL = 74;
var ARC = 46;
var CAPTION = 26;
var UNDER_ERROR = 130;
var NOTE = 46;
var LAYER_LYING = 40;
function layOut(parts) {
  return parts.lying ? below(parts) : beside(parts);
}
function beside({ width, tall, before, after, bars, target }) {
  const image = clamp(width * (bars === null ? 0.15 : 0.112), 106, 170);
  const gap = clamp(width * 0.011, 5, 14);
  const n = before + after;
  let middle = bars === null ? 0 : clamp(width * 0.25, 165, 300);
  const gaps = n + (bars === null ? 2 : 3);
  const room = width - 3 * image - middle - gaps * gap;
  const size = clamp(room / Math.max(1, n), 12, MOST_LAYER * (bars === null ? 1.6 : 1));
  const rest = Math.max(0, room - n * size);
  if (bars !== null) middle += Math.min(rest, 80);
  const offset = bars === null ? rest / 2 : Math.max(0, rest - 80) / 2;
  const top = bars === null ? ARC : 0;
  const full = Math.max(tall, Math.min(bars ?? 0, tall * 1.6));
  const axis = top + full / 2;
  const box = (left, wide, high2) => ({
    left,
    top: axis - high2 / 2,
    width: wide,
    height: high2
  });
  let at = offset + image + gap;
  const begin = at - gap / 2;
  const lefts = [];
  for (let i = 0; i < before; i++, at += size + gap) lefts.push(at);
  const meet = [at - gap / 2, at - gap / 2];
  const bottleneck = bars === null ? null : box(at, middle, Math.min(full, Math.max(bars, 150)));
  if (bottleneck) {
    at += middle + gap;
    meet[1] = at - gap / 2;
  }
  for (let i = 0; i < after; i++, at += size + gap) lefts.push(at);
  const end = at - gap / 2;
  const high = (x) => {
    const part = x < meet[0] ? (x - begin) / (meet[0] - begin) : (end - x) / (end - meet[1]);
    return tall * (1 - clamp(part, 0, 1) * (1 - NECK));
  };
  const trapezoid = (from, to, a, b) => [
    [from, axis - a / 2],
    [to, axis - b / 2],
    [to, axis + b / 2],
    [from, axis + a / 2]
  ];
  const outputs = () => {
    if (!target) return { output: box(at, image, image), target: null };
    const side = Math.min(image, full / 2 - CAPTION);
    const left = at + (image - side) / 2;
    const upper = { left, top: axis - side - CAPTION, width: side, height: side };
    return { output: upper, target: { ...upper, top: axis } };
  };
  return {
    input: box(offset, image, image),
    layers: lefts.map((left) => box(left, size, high(left + size / 2) - 26)),
    bottleneck,
    note: { left: meet[0], top: 0 },
    ...outputs(),
    error: box(at + image + gap, image, image),
    trapezoids: [
      trapezoid(begin, meet[0], tall, tall * NECK),
      trapezoid(meet[1], end, tall * NECK, tall)
    ],
    width,
    height: Math.max(top + full, axis + image / 2 + UNDER_ERROR)
  };
}
function below({ width, before, after, bars, target }) {
  const across = width - LABEL;
  const image = Math.min(150, width / 2 - 24);
  const gap = 8;
  const axis = across / 2;
  let at = image + 2 * gap + (bars === null ? NOTE : 0);
  const begin = at - gap / 2;
  const tops = [];
  for (let i = 0; i < before; i++, at += LAYER_LYING + gap) tops.push(at);
  const meet = [at - gap / 2, at - gap / 2];
  const bottleneck = bars === null ? null : { left: 0, top: at, width, height: bars };
  if (bars !== null) {
    at += bars + gap;
    meet[1] = at - gap / 2;
  }
  for (let i = 0; i < after; i++, at += LAYER_LYING + gap) tops.push(at);
  const end = at - gap / 2;
  const wide = (y) => {
    const part = y < meet[0] ? (y - begin) / (meet[0] - begin) : (end - y) / (end - meet[1]);
    return across * (1 - clamp(part, 0, 1) * (1 - NECK));
  };
  const trapezoid = (from, to, a, b) => [
    [axis - a / 2, from],
    [axis + a / 2, from],
    [axis + b / 2, to],
    [axis - b / 2, to]
  ];
  const n = target ? 3 : 2;
  const side = Math.min(image, (width - (n - 1) * 16) / n);
  const outputs = Array.from({ length: n }, (_, i) => {
    return { left: i * (side + 16), top: at, width: side, height: side };
  });
  return {
    input: { left: 0, top: 0, width: image, height: image },
    note: { left: 0, top: image + gap },
    layers: tops.map((top) => {
      const long = wide(top + LAYER_LYING / 2) - 12;
      return { left: axis - long / 2, top, width: long, height: LAYER_LYING };
    }),
    bottleneck,
    output: outputs[0],
    target: target ? outputs[1] : null,
    error: outputs[outputs.length - 1],
    trapezoids: [
      trapezoid(begin, meet[0], across, across * NECK),
      trapezoid(meet[1], end, across * NECK, across)
    ],
    width,
    height: at + side + 3 * CAPTION
    // three lines of a caption
  };
}

// network/backdrop.ts
var BULGE = 34;
function drawBackdrop(svg, { trapezoids, layers, width, height }, skips, lying) {
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  const halves = trapezoids.map(
    (corners, half) => h("polygon", {
      points: corners.map((corner) => corner.join()).join(" "),
      "data-parts": half ? "decode" : "encode"
    })
  );
  const edge = Math.max(...trapezoids.flat().map(([x]) => x)) + BULGE;
  const arcs = skips.map(
    ([from, to]) => h("path", {
      d: lying ? archBeside(layers[from], layers[to], edge) : archAbove(layers[from], layers[to]),
      class: "skip",
      "data-parts": "sample"
    })
  );
  svg.replaceChildren(...halves, ...arcs);
}
function archAbove(from, to) {
  const [x0, x1] = [from.left + from.width / 2, to.left + to.width / 2];
  const [y0, y1] = [from.top - 2, to.top - 2];
  const high = Math.max(26, Math.min(y0, y1) - 30);
  return `M${x0},${y0}C${x0},${high} ${x0},${high} ${(x0 + x1) / 2},${high}S${x1},${high} ${x1},${y1}`;
}
function archBeside(from, to, edge) {
  const [y0, y1] = [from.top + from.height / 2, to.top + to.height / 2];
  const x = from.left + from.width;
  return `M${x},${y0}C${edge},${y0} ${edge},${y1} ${to.left + to.width},${y1}`;
}

// network/hourglass.ts
var LYING = 620;
var AROUND = 440;
var NARROW = 820;
var Hourglass = class {
  element = h("div", { class: "flow" });
  input;
  output;
  target;
  error;
  svg = h("svg", { "aria-hidden": "true" });
  note = h("p", { class: "note", "data-parts": "sample" });
  layers;
  flow;
  bars;
  observer = new ResizeObserver(() => this.resize());
  hasTarget = false;
  theme = null;
  scale = new Uint32Array();
  width = 0;
  isPainted = false;
  constructor(flow, bars, note, meanings, pointing) {
    const make = (name, parts) => captioned(name, parts, meanings);
    this.input = make("input", "encode compare");
    this.output = make("output", "decode compare");
    this.target = make("target", "compare");
    this.error = make("error", "compare");
    this.flow = flow;
    this.bars = bars;
    this.layers = flow.layers.map((layer, number) => drawn(layer, number, pointing));
    this.element.append(this.svg, this.input.element, ...this.layers.map(({ element }) => element));
    if (bars) {
      bars.element.dataset.parts = "sample";
      this.element.append(bars.element);
    } else {
      this.note.textContent = note;
      this.element.append(this.note);
    }
    this.element.append(this.output.element, this.target.element, this.error.element);
    this.element.addEventListener("resized", () => this.resize(true));
    this.observer.observe(this.element);
  }
  /** Whether there is a clean image beside the input. */
  expect(target) {
    this.target.element.hidden = !target;
    if (target === this.hasTarget) return;
    this.hasTarget = target;
    this.resize(true);
  }
  show(theme) {
    this.theme = theme;
    this.scale = signedScale(theme);
    this.resize(true);
  }
  /** Signed values in the colors of activations. */
  colored(values) {
    const half = (this.scale.length - 1) / 2;
    const out = new Float32Array(3 * values.length);
    values.forEach((value, i) => {
      const bytes = this.scale[half + Math.round(clamp(value, -1, 1) * half)];
      for (let c = 0; c < 3; c++) out[3 * i + c] = (bytes >> 8 * c & 255) / 255;
    });
    return out;
  }
  /** The colors of activations as a CSS gradient. */
  get gradient() {
    const at = [-1, -0.5, 0, 0.5, 1];
    const colors = this.colored(Float32Array.from(at));
    const stops = at.map((_, i) => `rgb(${[...colors.slice(3 * i, 3 * i + 3)].map((c) => Math.round(c * 255)).join()})`);
    return `linear-gradient(to right, ${stops.join()})`;
  }
  /** Paint layers (those of the decoder alone while z is dragged) and the output. */
  paint(only) {
    if (!this.theme) return;
    this.isPainted = true;
    for (const { layer, painter, grid } of this.layers) {
      if (grid && (!only || layer.part === only)) painter.paint(layer.values, grid, layer.largest, this.scale);
    }
    paintImage(this.output.canvas, this.flow.output, this.flow.header.image);
  }
  /** Paint how far the output is from an image. */
  paintError(target) {
    const { output, header } = this.flow;
    const [height, width, channels] = header.image;
    const colors = errorMap(target, output, channels);
    paintImage(this.error.canvas, colors, [height, width, 3]);
  }
  /** Mark the unit that is pointed at, and those that are switched off. */
  mark(shown) {
    this.layers.forEach(({ layer, grid, ring, canvas, element }, number) => {
      const isHere = shown?.layer === number;
      ring.hidden = !isHere || !grid;
      if (isHere && grid) place2(ring, inside(canvas, boxOf(grid, shown.unit)));
      for (const old of element.querySelectorAll(".cross")) old.remove();
      if (!grid) return;
      for (const unit of layer.off) {
        const cross = h("span", { class: "cross", "aria-hidden": "true" });
        place2(cross, inside(canvas, boxOf(grid, unit)));
        element.append(cross);
      }
    });
  }
  resize(isForced = false) {
    const width = this.element.clientWidth;
    if (!width || !isForced && width === this.width) return;
    this.width = width;
    const lying = width < LYING;
    this.element.classList.toggle("lying", lying);
    const decoder = this.layers.filter(({ layer }) => layer.part === "decoder").length;
    const unet = this.layers.filter(({ layer }) => layer.part === "unet").length;
    const after = unet ? (unet - 1) / 2 : decoder;
    const places = layOut({
      width,
      tall: clamp(window.innerHeight - AROUND, 230, 560),
      before: this.layers.length - after,
      after,
      bars: this.bars?.height(lying, width) ?? null,
      lying,
      target: this.hasTarget
    });
    this.arrange(places, lying);
    if (this.isPainted) this.paint();
    this.bars?.resize();
  }
  arrange(places, lying) {
    const extra = lying ? 0 : places.width < NARROW ? 46 : 16;
    this.element.style.height = `${places.height + extra}px`;
    const images = [
      [this.input, places.input],
      [this.output, places.output],
      [this.target, places.target],
      [this.error, places.error]
    ];
    for (const [{ element, canvas }, box] of images) {
      if (!box) continue;
      const isBeside = lying && element === this.input.element;
      place2(element, { ...box, width: isBeside ? places.width : box.width, height: null });
      canvas.style.width = `${box.width}px`;
      canvas.style.height = `${box.height}px`;
    }
    place2(this.note, { ...places.note, width: null, height: null });
    if (places.bottleneck && this.bars) place2(this.bars.element, places.bottleneck);
    this.layers.forEach((drawn2, number) => {
      const box = places.layers[number];
      drawn2.grid = gridOf(drawn2.layer.shape, box.width, box.height);
      const [wide, high] = sizeOf(drawn2.grid).map((side) => side * drawn2.grid.scale);
      place2(drawn2.element, lying ? { ...box, left: 0, width: 2 * box.left + box.width } : box);
      drawn2.canvas.style.width = `${wide}px`;
      drawn2.canvas.style.height = `${high}px`;
    });
    drawBackdrop(this.svg, places, this.flow.header.parts.unet?.skips ?? [], lying);
  }
  stop() {
    this.observer.disconnect();
  }
};
function drawn(layer, number, pointing) {
  const canvas = h("canvas", { role: "img", tabindex: 0 });
  const ring = h("span", { class: "ring", hidden: true, "aria-hidden": "true" });
  const text = sizeText(layer.shape);
  const [units, ...sides] = [...layer.shape].reverse();
  const lines = sides.length ? `${sides.reverse().join(" × ")}
× ${units}` : text;
  const label = h("figcaption", { text: lines });
  const part = layer.part === "decoder" ? "decode" : layer.part === "encoder" ? "encode" : "encode decode";
  const element = h("figure", { class: "layer", "data-parts": part, "data-layer": number }, canvas, ring, label);
  const made = { layer, element, canvas, painter: new CellPainter(canvas), ring, label, grid: null };
  canvas.setAttribute("aria-label", `Layer of ${text}. Arrow keys go from unit to unit, Enter switches one off.`);
  listen2(made, number, pointing);
  return made;
}
function listen2(made, layer, pointing) {
  const { canvas } = made;
  const find = (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const unit = made.grid ? unitAt(made.grid, (event.clientX - left) / width, (event.clientY - top) / height) : -1;
    return unit < 0 ? null : { layer, unit };
  };
  let focused = 0;
  canvas.onpointermove = (event) => pointing.at(find(event));
  canvas.onpointerleave = () => pointing.at(null);
  canvas.onclick = (event) => {
    const unit = find(event);
    if (!unit) return;
    focused = unit.unit;
    pointing.keep(unit);
  };
  canvas.onkeydown = (event) => {
    const columns = made.grid?.columns ?? 1;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (by !== void 0) {
      focused = clamp(focused + by, 0, unitsOf(made.layer) - 1);
      pointing.keep({ layer, unit: focused });
    } else if (event.key === "Enter" || event.key === " ") pointing.toggle();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
var sizeText = (shape) => shape.join(" × ");
function place2(element, box) {
  for (const side of ["left", "top", "width", "height"]) {
    element.style[side] = box[side] === null ? "" : `${box[side]}px`;
  }
}
function inside(canvas, [x, y, wide, high]) {
  const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = canvas;
  return {
    left: offsetLeft + x * offsetWidth,
    top: offsetTop + y * offsetHeight,
    width: wide * offsetWidth,
    height: high * offsetHeight
  };
}
function captioned(name, parts, meanings) {
  const canvas = h("canvas", { role: "img" });
  const caption = h("figcaption");
  const element = h("figure", { class: `image ${name}`, "data-parts": parts }, canvas, caption);
  const rest = new Text();
  let first = null;
  const say = (title, ...lines) => {
    if (title !== first) caption.replaceChildren(term(title, meanings), rest);
    first = title;
    const text = lines.map((line) => `
${line}`).join("");
    if (rest.data !== text) rest.data = text;
    canvas.setAttribute("aria-label", [title, ...lines].join(". "));
  };
  return { element, canvas, say };
}

// network/strength.ts
var Strength = class {
  name = h("span");
  value = h("output");
  slider = h("input", { type: "range", min: 0, step: 1, oninput: () => this.moved() });
  kinds = h("select", {
    ...{ "aria-label": "Kind of degradation", hidden: true },
    onchange: () => {
      this.chooseKind(this.kinds.value);
      this.changed();
    }
  });
  element = h("div", { class: "strength", hidden: true }, this.kinds, this.name, this.value, this.slider);
  changed;
  degradation = null;
  /** What was chosen; null while nothing was. It stays when another image comes. */
  chosen = null;
  chosenKind = null;
  constructor(changed) {
    this.changed = changed;
  }
  /** Take what an image says can be chosen; none where nothing is done to it. */
  take(degradation) {
    this.degradation = degradation;
    this.element.hidden = !degradation;
    if (!degradation) return;
    const { control, help, kinds, strengths } = degradation;
    this.kinds.hidden = kinds.length === 0;
    const options = kinds.map((kind) => h("option", { value: kind, text: capitalized(kind) }));
    if (options.length !== this.kinds.options.length) this.kinds.replaceChildren(...options);
    explain(this.name, control, { [control]: help });
    this.slider.setAttribute("aria-label", control);
    this.slider.max = String(strengths.length - 1);
    this.show();
  }
  /** Choose a strength, or the nearest one there is. */
  choose(strength) {
    this.chosen = strength;
    this.show();
  }
  /** Choose a kind of degradation; what is none of them is the usual one. */
  chooseKind(kind) {
    this.chosenKind = kind;
    this.show();
  }
  /** The kind, where it is not the one that the network was trained on. */
  get otherKind() {
    return this.kindNumber > 0 ? this.degradation.kinds[this.kindNumber] : null;
  }
  /** What stands in the address: nothing while it is the usual strength. */
  get told() {
    const { degradation } = this;
    if (!degradation) return this.chosen;
    const strength = degradation.strengths[this.number];
    return strength === degradation.usual ? null : strength;
  }
  /** What the network sees of the images that were sent. */
  inputOf(inputs, shape) {
    const each2 = this.degradation?.strengths.length ?? 0;
    return tileOf(inputs, this.kindNumber * each2 + this.number, shape);
  }
  get kindNumber() {
    return Math.max(0, this.degradation?.kinds.indexOf(this.chosenKind ?? "") ?? 0);
  }
  get number() {
    if (!this.degradation) return 0;
    const { strengths, usual } = this.degradation;
    const away = strengths.map((strength) => Math.abs(strength - (this.chosen ?? usual)));
    return away.indexOf(Math.min(...away));
  }
  moved() {
    this.choose(this.degradation?.strengths[Number(this.slider.value)] ?? null);
    this.changed();
  }
  show() {
    if (!this.degradation) return;
    const { number } = this;
    const text = this.degradation.written[number];
    this.kinds.selectedIndex = this.kindNumber;
    this.slider.value = String(number);
    this.slider.setAttribute("aria-valuetext", text);
    this.value.textContent = text;
  }
};
var capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// network/weights.ts
function looksFor(spec, weights, unit) {
  const layer = spec.layers.find(({ op }) => op === "linear" || op === "conv");
  if (layer?.op === "linear") {
    const column = Float32Array.from({ length: layer.in }, (_, i) => weights[layer.weights + i * layer.out + unit]);
    return { shape: spec.input, values: channelsLast(column, spec.input) };
  }
  if (layer?.op !== "conv") return null;
  const [height, width] = layer.kernel;
  const [channels, units] = [layer.from[2], layer.to[2]];
  const values = Float32Array.from(
    { length: height * width * channels },
    (_, i) => weights[layer.weights + i * units + unit]
  );
  return { shape: [height, width, channels], values };
}
function adds(spec, weights, unit) {
  const layer = spec.layers.findLast(({ op }) => op === "linear" || op === "conv_transpose");
  if (layer?.op === "linear") {
    const from2 = layer.weights + unit * layer.out;
    const values = channelsLast(weights.subarray(from2, from2 + layer.out), spec.output);
    return { shape: spec.output, values };
  }
  if (layer?.op !== "conv_transpose") return null;
  const shape = [layer.kernel[0], layer.kernel[1], layer.to[2]];
  const size = shape.reduce((product2, side) => product2 * side, 1);
  const from = layer.weights + unit * size;
  return { shape, values: weights.slice(from, from + size) };
}
function channelsLast(values, [height, width, channels]) {
  const out = new Float32Array(values.length);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < height * width; i++) out[i * channels + c] = values[c * height * width + i];
  }
  return out;
}

// network/unit.ts
var HINT = "Point at a unit to see its activation. Click it to keep it selected.";
var LEAST = 1e-5;
var UnitPanel = class {
  title = h("p", { class: "title", text: HINT });
  activation = h("p", { class: "activation" });
  weights = pictured();
  without = pictured();
  legend = h("div", { class: "legend" });
  off;
  allOn;
  element;
  flow;
  arrays;
  meanings;
  switched;
  shown = null;
  constructor(flow, arrays, meanings, switched) {
    this.flow = flow;
    this.arrays = arrays;
    this.meanings = meanings;
    this.switched = switched;
    this.off = h("button", { class: "off", hidden: true, onclick: () => this.toggle() });
    this.allOn = h("button", { class: "all-on", hidden: true, onclick: () => this.switchOn() });
    const pictures = h("div", { class: "pictures" }, this.weights.element, this.without.element);
    const words = h("div", { class: "words" }, this.title, this.activation, h("div", { class: "buttons" }, this.off, this.allOn), this.legend);
    this.element = h("section", { class: "unit", "aria-live": "polite", "aria-label": "Unit" }, words, pictures);
    this.weights.element.hidden = this.without.element.hidden = true;
  }
  /** Show a unit, or none. */
  show(unit, colored) {
    this.shown = unit;
    if (unit) {
      this.showWeights(unit, colored);
      this.without.element.hidden = false;
    } else this.weights.element.hidden = this.without.element.hidden = true;
    this.refresh();
  }
  /** Say what the colors and the bars mean. */
  explain(scale) {
    const line = (key, name, text) => [
      h("span", { class: "key" }, key),
      h("span", {}, term(name, this.meanings), text)
    ];
    const { latent_dim: hasLatent, is_vae: isVae } = this.flow.header;
    this.legend.replaceChildren(
      ...line(h("span", { class: "scale", style: `background: ${scale}` }), "Activation", ": negative, 0, positive"),
      ...hasLatent ? line("bar", "Latent", " z; the tick below marks the encoder’s output") : [],
      ...isVae ? line("curve", "Posterior", " q(z|x): a Gaussian with mean μ and standard deviation σ") : []
    );
  }
  /** Show what changes with the image and with z. */
  refresh() {
    const { flow, shown } = this;
    const count = flow.layers.reduce((sum, { off }) => sum + off.size, 0);
    this.allOn.hidden = count === 0;
    this.allOn.textContent = count === 1 ? "Switch it on again" : `Switch all ${count} on again`;
    this.off.hidden = !shown;
    this.legend.hidden = shown !== null;
    this.title.textContent = shown ? this.nameOf(shown) : HINT;
    this.activation.textContent = "";
    if (!shown) return;
    const layer = flow.layers[shown.layer];
    const isOff = layer.off.has(shown.unit);
    this.allOn.hidden = count - (isOff ? 1 : 0) <= 0;
    this.off.textContent = isOff ? "Switch it on" : "Switch it off";
    this.activation.textContent = isOff ? "Switched off: its activation is 0." : activationOf(layer, shown.unit);
    this.showWithout(layer, shown.unit, isOff);
  }
  nameOf({ layer, unit }) {
    const { part, shape } = this.flow.layers[layer];
    const own = this.flow.layers.filter((other) => other.part === part);
    const place3 = own.indexOf(this.flow.layers[layer]) + 1;
    const kind = shape.length === 3 ? "feature map" : "unit";
    const where = part === "unet" ? "Block" : `${part === "encoder" ? "Encoder" : "Decoder"} layer`;
    return `${where} ${place3}, ${kind} ${unit + 1}`;
  }
  showWeights({ layer, unit }, colored) {
    const { flow, arrays } = this;
    const { encoder, decoder } = flow.header.parts;
    const { part } = flow.layers[layer];
    let image = null;
    let said2 = "";
    if (part === "encoder" && layer === 0 && encoder) {
      image = looksFor(encoder, arrays.encoder, unit);
      said2 = "Input weights: the pattern that activates it";
    } else if (part === "decoder" && layer === flow.layers.length - 1 && decoder) {
      image = adds(decoder, arrays.decoder, unit);
      said2 = "Output weights: what it adds to the image";
    }
    this.weights.element.hidden = !image;
    if (image) this.weights.show(said2, ...pictureOf(image, colored));
  }
  showWithout(layer, unit, isOff) {
    const { flow } = this;
    const { off } = layer;
    const [change, undo] = [() => off.add(unit), () => off.delete(unit)];
    const other = isOff ? flow.outputWith(undo, change) : flow.outputWith(change, undo);
    const error = meanSquared(other, flow.output);
    const by = error < LEAST ? `less than ${figure(LEAST)}` : figure(error);
    const said2 = `${isOff ? "With" : "Without"} this unit, the output changes by MSE ${by}`;
    this.without.show(said2, other, flow.header.image);
  }
  /** Switch the unit that is shown off, or on again. */
  toggle() {
    if (!this.shown) return;
    const { off } = this.flow.layers[this.shown.layer];
    if (!off.delete(this.shown.unit)) off.add(this.shown.unit);
    this.switched();
  }
  switchOn() {
    for (const { off } of this.flow.layers) off.clear();
    this.switched();
  }
};
function activationOf({ values, shape }, unit) {
  const units = shape[shape.length - 1];
  if (shape.length < 3) return `Activation ${figure(values[unit])}`;
  const own = values.filter((_, i) => i % units === unit);
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  return `Activation: mean ${figure(mean)}, maximum ${figure(Math.max(...own))}`;
}
function pictureOf({ shape, values }, colored) {
  const [height, width, channels] = shape;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  if (channels === 3) return [values.map((value) => 0.5 + 0.5 * value / largest), shape];
  const first = values.filter((_, i) => i % channels === 0);
  return [colored(first.map((value) => value / largest)), [height, width, 3]];
}
function pictured() {
  const canvas = h("canvas", { role: "img" });
  const caption = h("figcaption");
  const element = h("figure", {}, canvas, caption);
  const show = (said2, values, shape) => {
    paintImage(canvas, values, shape);
    caption.textContent = said2;
    canvas.setAttribute("aria-label", said2);
  };
  return { element, show };
}

// network/app.ts
var OVERVIEW = "Draw an image: every layer updates. Drag a bar of z: the decoder updates. Use the arrow keys to go through the four steps.";
var OVERVIEW_UNET = "Draw an image: every block updates. Use the arrow keys to go through the four steps.";
var NO_LATENT = "No single latent: skip connections pass features around the middle.";
var App = class {
  header;
  element;
  flow;
  hourglass;
  bars;
  map;
  unit;
  lecture;
  strength = new Strength(() => this.send());
  inputs = null;
  target = null;
  picture = null;
  pointed = null;
  chosen = null;
  seen;
  frame = 0;
  drawn = 0;
  changes = /* @__PURE__ */ new Set();
  address = new Address(() => ({
    step: this.lecture.part,
    z: this.isMoved ? [...this.flow.z] : null,
    strength: this.strength.told,
    kind: this.strength.otherKind
  }));
  constructor(flow, header, arrays, seen) {
    this.flow = flow;
    this.seen = seen;
    this.header = header;
    const hasLatent = header.latent_dim > 0;
    const moved = () => this.changed("z");
    this.bars = hasLatent ? new Bars(flow, header, {
      moved,
      reset: () => this.sample(0),
      resample: () => this.sample(1)
    }) : null;
    this.map = hasLatent && arrays.points ? new LittleMap(flow, header, arrays, moved) : null;
    this.unit = new UnitPanel(flow, arrays, header.meanings, () => this.changed("unit"));
    this.hourglass = new Hourglass(flow, this.bars, NO_LATENT, header.meanings, {
      at: (unit) => this.point(unit),
      keep: (unit) => this.keep(unit),
      toggle: () => this.unit.toggle()
    });
    this.hourglass.input.element.append(this.strength.element);
    const overview = hasLatent ? OVERVIEW : OVERVIEW_UNET;
    this.lecture = new Lecture(header.steps, sizesOf(flow), overview, (part) => {
      this.element.dataset.step = part ?? "";
      this.address.changed();
    });
    this.element = h(
      "div",
      { class: "hourglass" },
      this.lecture.element,
      this.hourglass.element,
      h("div", { class: "below" }, this.unit.element, this.map?.element)
    );
  }
  show(theme) {
    this.hourglass.show(theme);
    this.bars?.show(theme);
    this.map?.show(theme);
    this.unit.explain(this.hourglass.gradient);
    this.showUnit();
    this.showError();
  }
  /** Whether an image, or its latent, is shown. */
  get hasPicture() {
    return this.picture !== null;
  }
  /** Whether something else than the mean is decoded. */
  get isMoved() {
    const { mean, z } = this.flow;
    return z.some((value, i) => value !== mean[i]);
  }
  /** Send an image through the network. */
  take(picture, arrays) {
    const isFirst = this.picture === null;
    this.picture = picture;
    const { inputs, target, mean, std } = arrays;
    this.target = target ? floats(target) : null;
    this.inputs = inputs ?? null;
    this.strength.take(picture.degradation ?? null);
    if (mean) this.flow.takeLatent(mean, std ?? null);
    this.element.classList.toggle("absent", !inputs);
    const { hourglass } = this;
    hourglass.expect(picture.task !== null && inputs !== void 0);
    if (picture.absent) hourglass.input.say(`Input: ${picture.source}`);
    else if (!picture.task) hourglass.input.say(`Input: ${picture.source}`);
    if (target && picture.task) {
      paintImage(hourglass.target.canvas, target, this.header.image);
      hourglass.target.say("Clean target");
    }
    this.send();
    this.changed("image");
    if (isFirst) this.followLink(location.search);
  }
  /** Show what a link says: of the first image, and after the visitor was on another page. */
  followLink(search) {
    const { step, z, strength, kind } = readAddress(search, this.header.latent_dim, this.header.reach);
    if (step) this.lecture.goTo(step);
    if (strength !== null) this.strength.choose(strength);
    if (kind !== null) this.strength.chooseKind(kind);
    if (strength !== null || kind !== null) this.send();
    if (!z || !this.bars) return;
    this.flow.z.set(z);
    this.changed("z");
  }
  /** Send what the network sees at the chosen strength. */
  send() {
    if (!this.inputs) return;
    const input = this.strength.inputOf(this.inputs, this.header.image);
    paintImage(this.hourglass.input.canvas, input, this.header.image);
    const { picture, strength, hourglass } = this;
    if (picture?.task) {
      const unseen = strength.otherKind && `${strength.otherKind} was not in training`;
      hourglass.input.say("Network input: degraded", `${unseen ?? picture.task}, ${picture.source}`);
    }
    this.flow.take(floats(input));
    this.changed("image");
  }
  sample(size) {
    const noise = normals(this.flow.z.length, Math.random() * 2 ** 32);
    this.flow.sample(noise.map((value) => size * value));
    this.changed("z");
  }
  point(unit) {
    if (this.pointed?.layer === unit?.layer && this.pointed?.unit === unit?.unit) return;
    this.pointed = unit;
    this.showUnit();
  }
  keep(unit) {
    const isSame2 = this.chosen?.layer === unit.layer && this.chosen.unit === unit.unit;
    this.chosen = isSame2 ? null : unit;
    this.showUnit();
  }
  showUnit() {
    const unit = this.pointed ?? this.chosen;
    this.unit.show(unit, (values) => this.hourglass.colored(values));
    this.hourglass.mark(unit);
  }
  /** Compute and paint with the next frame: of what happens until then, the last counts. */
  changed(what) {
    this.changes.add(what);
    this.address.changed();
    this.frame ||= requestAnimationFrame(() => this.draw());
  }
  draw() {
    this.frame = 0;
    const { changes, flow, hourglass } = this;
    const isDragged = changes.has("z") && changes.size === 1;
    if (changes.has("unit")) flow.again();
    else if (changes.has("z")) flow.decode();
    changes.clear();
    hourglass.paint(isDragged ? "decoder" : void 0);
    this.bars?.paint();
    this.map?.paint();
    this.showError();
    if (isDragged) this.unit.refresh();
    else this.showUnit();
    this.element.dataset.drawn = String(++this.drawn);
    if (this.drawn === 1) this.seen();
  }
  showError() {
    const { flow, header, picture, hourglass, target } = this;
    if (!picture) return;
    const name = picture.task ? "Restored" : "Reconstruction";
    hourglass.output.say(this.isMoved ? "Decoded from z" : name);
    hourglass.error.element.classList.toggle("empty", !target);
    if (!target) {
      const stored = picture.stored_error;
      hourglass.error.say("Reconstruction error", stored === null ? "not measured" : said("MSE", stored, header.errors));
      return;
    }
    hourglass.paintError(target);
    const error = meanSquared(flow.output, target);
    if (picture.task && flow.input) {
      const before = meanSquared(flow.input, target);
      hourglass.error.say("Error map", `MSE ${figure(error)}; degraded input: ${figure(before)}`);
    } else hourglass.error.say("Reconstruction error map", said("MSE", error, header.errors));
  }
  stop() {
    cancelAnimationFrame(this.frame);
    this.hourglass.stop();
    this.map?.stop();
    this.lecture.stop();
    this.address.stop();
  }
};
function sizesOf({ header, layers }) {
  const [height, width, channels] = header.image;
  const isDense = layers.every(({ shape }) => shape.length === 1);
  const image = isDense ? String(height * width * channels) : sizeText(header.image);
  const middle = header.latent_dim ? [`z = ${header.latent_dim}`] : [];
  const sizes = (after) => layers.filter(({ part }) => part === "decoder" === after).map(({ shape }) => sizeText(shape));
  return [image, ...sizes(false), ...middle, ...sizes(true), image].join(" → ");
}
function said(name, error, percentiles) {
  if (!percentiles.length) return `${name} ${figure(error)}`;
  const share = percentiles.filter((value) => value < error).length - 1;
  if (share >= 100) return `${name} ${figure(error)}: larger than for all test images`;
  return `${name} ${figure(error)}: larger than for ${Math.max(0, share)} % of test images`;
}
var floats = (bytes) => Float32Array.from(bytes, (value) => value / 255);

// network/network.ts
var CANNOT = "The browser cannot run this network, so its layers cannot be shown here.";
var network_default = keeping("#network", (root) => new NetworkBoard(root), (board, component) => board.show(component));
var NetworkBoard = class {
  root;
  unlisten;
  app = null;
  loading = "";
  header = null;
  data = null;
  shown = 0;
  // number of the drawing that was shown before the server answered
  untold = null;
  kept = null;
  tell = () => {
  };
  constructor(root) {
    this.root = root;
    this.unlisten = [
      listen("hourglass network", (bytes) => void this.takeNetwork(bytes)),
      listen("seen", (drawing) => this.preview(drawing)),
      listen("network address", (values) => this.returned(values)),
      listen("drawing", (drawing) => this.pass(drawing))
    ];
  }
  /** Take the network, which arrives once in a message of its own. */
  async takeNetwork(bytes) {
    const { network } = readHeader(bytes);
    if (this.loading === network) return;
    this.loading = network;
    const { header, arrays } = unpack(bytes);
    const isKnown = Object.keys(header.parts).length > 0;
    const flow = isKnown ? await loadFlow(header, arrays).catch(() => null) : null;
    if (this.loading !== network) return;
    this.shown = 0;
    this.app?.stop();
    const seen = () => setTimeout(() => tell("drawn", network));
    this.app = flow && new App(flow, header, arrays, seen);
    if (!flow) seen();
    this.root.replaceChildren(this.app?.element ?? h("p", { text: CANNOT }));
    this.restyle();
    this.showPicture();
  }
  /** Show what the server says, an image or another theme. */
  show({ data, setStateValue }) {
    this.tell = setStateValue;
    const header = readHeader(data);
    const isNew = !this.data || !isSame(data, this.data);
    this.data = data;
    this.header = header;
    this.restyle();
    publish("answered", header.drawing);
    if (isNew) this.showPicture();
    if (this.untold) this.pass(this.untold);
  }
  /** Show what the address said before the visitor was on another page. */
  returned(values) {
    this.kept = values;
    if (this.app?.hasPicture) this.followKept();
  }
  followKept() {
    if (this.kept) this.app?.followLink(`?${merged(location.search, this.kept)}`);
    this.kept = null;
  }
  restyle() {
    const { app } = this;
    if (app) app.show(readTheme(this.root, app.header.looks));
  }
  showPicture() {
    const { data, header, app } = this;
    if (!data || !header || header.network !== app?.header.network) return;
    if (header.drawn && header.drawing <= this.shown) return;
    const { arrays } = unpack(data);
    app.take(header, arrays);
    this.followKept();
  }
  /** Show a drawing before the server has answered; what is degraded first comes from the server. */
  preview(drawing) {
    const { header, app } = this;
    if (!header || !app || header.task || drawing.id <= header.drawing) return;
    if (String(drawing.shape) !== String(app.header.image)) return;
    const { seen } = drawing;
    this.shown = drawing.id;
    const source = "your drawing";
    app.take({ ...header, source, absent: false, stored_error: null }, { inputs: seen, target: seen });
  }
  /** Tell Python of a drawing: what changes then is this component. */
  pass(drawing) {
    this.untold = drawing;
    if (drawing.network !== this.header?.network) return;
    this.untold = null;
    const told = kept("told drawings", () => ({ last: 0 }));
    if (drawing.id <= told.last) return;
    told.last = drawing.id;
    this.tell("drawing", drawing);
  }
  stop() {
    this.unlisten.forEach((stop) => stop());
    this.app?.stop();
  }
};
function isSame(one, other) {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
export {
  network_default as default
};
