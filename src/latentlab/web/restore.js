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
function tileOf(tiles, number, shape) {
  const size = shape.reduce((product, side) => product * side, 1);
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
function strokeLine(context, places) {
  context.beginPath();
  for (const [x, y] of places) context.lineTo(x, y);
  context.stroke();
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
      const size = shape.reduce((product, side) => product * side, 1);
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

// lib/term.ts
var MARGIN = 8;
var WIDEST = 340;
var NAME = "font: inherit; color: inherit; letter-spacing: inherit; text-align: inherit; white-space: inherit; background: none; border: 0; padding: 0; margin: 0; min-height: 0; height: auto; cursor: help; text-decoration: underline dotted; text-decoration-thickness: 1px; text-underline-offset: 0.2em;";
var TIP = "position: fixed; inset: auto; margin: 0; padding: 0.6rem 0.8rem; border: 1px solid var(--st-border-color, #8888); border-radius: 0.5rem; background: var(--st-background-color, Canvas); color: var(--st-text-color, CanvasText); font: 400 0.95rem/1.4 var(--st-font, system-ui, sans-serif); text-align: left; white-space: normal; box-shadow: 0 4px 16px #0004;";
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
  const width = Math.min(WIDEST, window.innerWidth - 2 * MARGIN);
  style.maxWidth = `${width}px`;
  style.left = `${clamp(left, MARGIN, window.innerWidth - width - MARGIN)}px`;
  const isLow = bottom > window.innerHeight / 2;
  style.top = isLow ? "auto" : `${bottom + MARGIN / 2}px`;
  style.bottom = isLow ? `${window.innerHeight - top + MARGIN / 2}px` : "auto";
}

// restore/mask.ts
var MaskPainter = class {
  mask;
  canvas;
  height;
  width;
  radius;
  changed;
  listening = new AbortController();
  /**
   * @param canvas - shows the picture, enlarged on screen
   * @param shape - of the picture
   * @param changed - called while painting
   */
  constructor(canvas, [height, width], changed) {
    this.canvas = canvas;
    this.height = height;
    this.width = width;
    this.changed = changed;
    this.mask = new Uint8Array(height * width);
    this.radius = Math.max(0.75, Math.min(height, width) / 18);
    let last = null;
    const { signal } = this.listening;
    const follow = (event) => {
      const here = this.place(event);
      this.line(last ?? here, here);
      last = here;
    };
    const lift = () => {
      last = null;
    };
    canvas.addEventListener(
      "pointerdown",
      (event) => {
        canvas.setPointerCapture(event.pointerId);
        follow(event);
      },
      { signal }
    );
    canvas.addEventListener("pointermove", (event) => last && follow(event), { signal });
    canvas.addEventListener("pointerup", lift, { signal });
    canvas.addEventListener("pointercancel", lift, { signal });
  }
  stop() {
    this.listening.abort();
  }
  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [
      (event.clientX - box.left) / box.width * this.width,
      (event.clientY - box.top) / box.height * this.height
    ];
  }
  /** Paint from one place to another, round at the ends and soft at the border. */
  line([x0, y0], [x1, y1]) {
    const length = Math.hypot(x1 - x0, y1 - y0);
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        const [px, py] = [x + 0.5 - x0, y + 0.5 - y0];
        const along = length ? clamp((px * (x1 - x0) + py * (y1 - y0)) / length ** 2, 0, 1) : 0;
        const distance = Math.hypot(px - along * (x1 - x0), py - along * (y1 - y0));
        const value = clamp(this.radius + 0.5 - distance, 0, 1) * 255;
        const at = y * this.width + x;
        if (value > this.mask[at]) this.mask[at] = value;
      }
    }
    this.changed();
  }
};

// restore/psnr_curve.ts
var PAD = { left: 52, right: 118, top: 12, bottom: 40 };
var LINES = [
  { name: "network", title: "Restored", dash: [], thick: 3 },
  { name: "baseline", title: "Classical", dash: [7, 4], thick: 2 },
  { name: "input", title: "Degraded", dash: [2, 4], thick: 2 }
];
function drawPsnrCurve(canvas, curve, strength, control, written2) {
  const sheet = cleared(canvas);
  if (!sheet) return;
  const { context, width, height } = sheet;
  const style = getComputedStyle(canvas);
  const color = (name, usual) => style.getPropertyValue(name).trim() || usual;
  const values = LINES.flatMap(({ name }) => curve[name]);
  const low = Math.floor(Math.min(...values) / 5) * 5;
  const high = Math.ceil(Math.max(...values) / 5) * 5;
  const most = Math.max(...curve.strength);
  const [right, foot] = [width - PAD.right, height - PAD.bottom];
  const x = (value) => PAD.left + value / most * (right - PAD.left);
  const y = (value) => PAD.top + (high - value) / (high - low || 1) * (foot - PAD.top);
  context.font = `14px ${style.fontFamily || "sans-serif"}`;
  context.fillStyle = color("--st-text-color", "#222222");
  context.strokeStyle = color("--st-border-color", "#cccccc");
  context.textBaseline = "middle";
  context.textAlign = "right";
  const step = high - low > 20 ? 10 : 5;
  for (let level = low; level <= high; level += step) {
    strokeLine(context, [[PAD.left, y(level)], [right, y(level)]]);
    context.fillText(`${level} dB`, PAD.left - 6, y(level));
  }
  context.textAlign = "center";
  for (const share of [0, 0.5, 1]) {
    context.fillText(written2(share * most), x(share * most), foot + 13);
  }
  context.fillText(control.toLowerCase(), x(most / 2), height - 8);
  context.strokeStyle = color("--st-primary-color", "#00708a");
  context.lineWidth = 2;
  const here = x(Math.min(strength, most));
  strokeLine(context, [[here, PAD.top], [here, foot]]);
  context.textAlign = "left";
  context.strokeStyle = context.fillStyle;
  const last = curve.strength.length - 1;
  let lowest = -Infinity;
  for (const { name, title, dash, thick } of LINES.toSorted(
    (a, b) => curve[b.name][last] - curve[a.name][last]
  )) {
    context.setLineDash(dash);
    context.lineWidth = thick;
    strokeLine(context, curve.strength.map((value, i) => [x(value), y(curve[name][i])]));
    context.setLineDash([]);
    lowest = Math.max(y(curve[name][last]), lowest + 17);
    context.fillText(title, right + 8, lowest);
  }
  const spoken = LINES.map(({ name, title }) => {
    const [from, to] = [curve[name][0], curve[name][last]];
    return `${title} from ${from.toFixed(1)} to ${to.toFixed(1)} dB`;
  });
  canvas.setAttribute("aria-label", `PSNR against ${control.toLowerCase()}: ${spoken.join("; ")}.`);
}

// restore/wipe.ts
var Wipe = class {
  canvas = h("canvas", {
    tabindex: 0,
    role: "slider",
    "aria-label": "Wipe between two images",
    "aria-valuemin": 0,
    "aria-valuemax": 100
  });
  bar = h("div", { class: "bar" });
  selects = ["Left of the bar", "Right of the bar"].map(
    (label) => h("select", { "aria-label": label, onchange: () => this.choose() })
  );
  element;
  chosen = [1, 2];
  place = 0.5;
  names = [];
  pictures = [];
  shape = [1, 1, 1];
  constructor() {
    const stage = h("div", { class: "stage" }, this.canvas, this.bar);
    const choices = h("div", { class: "choices" }, ...this.selects);
    this.element = h("div", { class: "wipe" }, choices, stage);
    stage.onpointerdown = (event) => {
      stage.setPointerCapture(event.pointerId);
      this.follow(event);
    };
    stage.onpointermove = (event) => {
      if (event.pointerType === "mouse" || event.buttons) this.follow(event);
    };
    this.canvas.onkeydown = ({ key }) => {
      if (key === "ArrowLeft") this.move(this.place - 0.05);
      if (key === "ArrowRight") this.move(this.place + 0.05);
    };
  }
  /** Show new pictures; the choice of two stays. */
  show(names, pictures, shape) {
    this.pictures = pictures;
    this.shape = shape;
    if (String(names) !== String(this.names)) {
      this.names = names;
      if (Math.max(...this.chosen) >= names.length) this.chosen = [1, 2];
      this.selects.forEach((select, side) => {
        select.replaceChildren(...names.map((text, i) => h("option", { text, value: i })));
        select.value = String(this.chosen[side]);
      });
    }
    this.draw();
  }
  choose() {
    const [left, right] = this.selects;
    this.chosen = [Number(left.value), Number(right.value)];
    this.draw();
  }
  follow(event) {
    const box = this.canvas.getBoundingClientRect();
    this.move((event.clientX - box.left) / box.width);
  }
  move(place2) {
    this.place = clamp(place2, 0, 1);
    this.draw();
  }
  draw() {
    const [height, width, channels] = this.shape;
    const edge = Math.round(this.place * width);
    const [left, right] = this.chosen.map((i) => this.pictures[i]);
    const mixed = Uint8Array.from(right);
    for (let y = 0; y < height; y++) {
      const at = y * width * channels;
      mixed.set(left.subarray(at, at + edge * channels), at);
    }
    paintImage(this.canvas, mixed, this.shape);
    this.bar.style.left = `${edge / width * 100}%`;
    this.canvas.setAttribute("aria-valuenow", String(Math.round(this.place * 100)));
  }
};

// restore/restore.ts
var ANSWER_WITHIN = 1500;
var restore_default = keeping("#restore", (root) => new RestoreBoard(root), (board, component) => board.show(component));
var RestoreBoard = class {
  slider = h("input", { type: "range", min: 0, oninput: () => this.moved() });
  value = h("output");
  label = h("span");
  kinds = h("span", {
    class: "controls",
    role: "group",
    "aria-label": "Kind of degradation"
  });
  again = h("button", { class: "button", onclick: () => this.reseed() });
  paint = h("button", {
    class: "button",
    text: "Paint the mask",
    onclick: () => this.togglePaint()
  });
  warning = h("p", { class: "warning", role: "status" });
  row = h("div", { class: "row" });
  wipe = new Wipe();
  chart = h("canvas", { role: "img" });
  curve = h(
    "figure",
    { class: "curve" },
    this.chart,
    h("figcaption", {
      text: "PSNR of the MSE over 200 test images, measured after training. Higher is better."
    })
  );
  resized = new ResizeObserver(() => this.drawCurve());
  panels = [];
  painter = null;
  tell;
  header;
  // from the first `show` on, as are the two below
  asked;
  ids = 0;
  inFlight = null;
  waits = false;
  constructor(root) {
    const slider = h("div", { class: "slider" }, this.label, this.slider, this.value);
    root.replaceChildren(
      h("div", { class: "controls" }, slider, this.kinds, this.again, this.paint),
      this.warning,
      this.row,
      h("div", { class: "below" }, this.wipe.element, this.curve)
    );
  }
  /** Show an answer of the server. */
  show({ data, setStateValue }) {
    this.tell = setStateValue;
    const { header, arrays } = unpack(data);
    const isFirst = this.ids === 0 && this.panels.length === 0;
    const isNewTask = isFirst || this.header.task !== header.task;
    if (this.painter && (isNewTask || this.header.picture !== header.picture)) {
      this.stopPainting();
      this.waits = true;
    }
    this.header = header;
    this.ids = Math.max(this.ids, header.id);
    if (isNewTask || header.id >= this.ids) this.adopt(header);
    const pictures = header.panels.map((_, i) => tileOf(arrays.images, i, header.shape));
    this.showRow(header, pictures);
    this.wipe.show(header.panels.map(({ name }) => name), pictures, header.shape);
    this.warning.textContent = header.warning;
    this.curve.hidden = !header.curve;
    this.resized.observe(this.chart);
    this.drawCurve();
    this.inFlight = null;
    if (this.waits) this.send();
  }
  /** Set the controls to what was answered. */
  adopt({ task, strength, seed, kind, ...header }) {
    this.asked = { task, strength, seed, kind };
    this.slider.max = String(header.maximum);
    this.slider.step = String(header.step);
    this.slider.value = String(strength);
    this.slider.setAttribute("aria-label", header.control);
    explain(this.label, header.control, { [header.control]: header.help });
    this.value.textContent = this.written(strength);
    this.again.hidden = task === "colorize" || task === "enlarge";
    this.again.textContent = task === "denoise" ? "Other noise" : "Other position";
    this.paint.hidden = !header.paints;
    this.kinds.hidden = header.kinds.length === 0;
    this.kinds.replaceChildren(
      ...header.kinds.map(
        (each) => h("button", {
          class: "button",
          text: each[0].toUpperCase() + each.slice(1),
          "aria-pressed": String(each === kind),
          onclick: () => this.ask({ kind: each })
        })
      )
    );
  }
  showRow({ panels, shape }, pictures) {
    this.row.style.setProperty("--panels", String(panels.length));
    if (this.panels.length !== panels.length) {
      this.panels = panels.map(() => new Panel());
      this.row.replaceChildren(...this.panels.map(({ element }) => element));
    }
    panels.forEach((panel, i) => this.panels[i].show(panel, pictures[i], shape));
  }
  written(strength) {
    const { written: written2, step } = this.header;
    return written2[Math.round(strength / step)] ?? "";
  }
  moved() {
    const strength = Number(this.slider.value);
    this.value.textContent = this.written(strength);
    this.ask({ strength });
    this.drawCurve();
  }
  reseed() {
    this.stopPainting();
    this.ask({ seed: Math.floor(Math.random() * 2 ** 30) });
  }
  togglePaint() {
    if (this.painter) this.stopPainting();
    else {
      const { canvas, element } = this.panels[1];
      element.classList.add("painting");
      this.painter = new MaskPainter(canvas, this.header.shape, () => this.send());
      this.paint.textContent = "Clear the mask";
      this.paint.setAttribute("aria-pressed", "true");
    }
    this.send();
  }
  stopPainting() {
    this.painter?.stop();
    this.painter = null;
    this.panels[1].element.classList.remove("painting");
    this.paint.textContent = "Paint the mask";
    this.paint.setAttribute("aria-pressed", "false");
  }
  /** Ask for another answer; one question at a time is on its way, the latest wins. */
  ask(change) {
    this.asked = { ...this.asked, ...change };
    this.send();
  }
  send() {
    const now = performance.now();
    this.waits = this.inFlight !== null && now - this.inFlight < ANSWER_WITHIN;
    if (this.waits) return;
    this.inFlight = now;
    this.ids += 1;
    const paint = this.painter ? base64(this.painter.mask) : "";
    this.tell("asked", { ...this.asked, picture: this.header.picture, paint, id: this.ids });
  }
  drawCurve() {
    const { curve, control } = this.header;
    const written2 = (strength) => this.written(strength);
    if (curve) drawPsnrCurve(this.chart, curve, Number(this.slider.value), control, written2);
  }
  stop() {
    this.resized.disconnect();
  }
};
var Panel = class {
  canvas = h("canvas", { role: "img" });
  lines = ["name", "about quiet", "figure", "ssim quiet"].map(
    (name) => h("p", { class: name })
  );
  element = h("figure", {}, this.canvas, h("figcaption", {}, ...this.lines));
  show({ name, about, psnr, ssim, meanings }, picture, shape) {
    paintImage(this.canvas, picture, shape);
    this.canvas.setAttribute("aria-label", `${name}: ${about}. ${psnr} ${ssim}`);
    [name, about, psnr, ssim].forEach((text, i) => explain(this.lines[i], text || " ", meanings));
    this.lines[1].title = about;
  }
};
export {
  restore_default as default
};
