// lib/dom.ts
var SVG = "http://www.w3.org/2000/svg";
var SVG_TAGS = ["svg", "path", "circle", "line", "polyline", "rect", "g", "polygon"];
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
  for (let i = 0; i < bits.length; i++) {
    const sign = bits[i] & 32768 ? -1 : 1;
    const exponent = bits[i] >> 10 & 31;
    const fraction = bits[i] & 1023;
    out[i] = exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return out;
}

// restore/mask.ts
var MaskPainter = class {
  /**
   * @param {HTMLCanvasElement} canvas - shows the picture, enlarged on screen
   * @param {number[]} shape - height, width, channels of the picture
   * @param {() => void} changed - called while painting
   */
  constructor(canvas, [height, width], changed) {
    Object.assign(this, { canvas, height, width, changed });
    this.mask = new Uint8Array(height * width);
    this.radius = Math.max(0.75, Math.min(height, width) / 18);
    this.last = null;
    canvas.onpointerdown = (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.last = this.place(event);
      this.line(this.last, this.last);
    };
    canvas.onpointermove = (event) => {
      if (!this.last) return;
      const here = this.place(event);
      this.line(this.last, here);
      this.last = here;
    };
    canvas.onpointerup = canvas.onpointercancel = () => this.last = null;
  }
  stop() {
    Object.assign(this.canvas, { onpointerdown: null, onpointermove: null, onpointerup: null, onpointercancel: null });
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
  /** The mask as base64. */
  encoded() {
    let text = "";
    for (let i = 0; i < this.mask.length; i += 8192) {
      text += String.fromCharCode(...this.mask.subarray(i, i + 8192));
    }
    return btoa(text);
  }
};

// restore/psnr_curve.ts
var PAD = { left: 52, right: 118, top: 12, bottom: 40 };
var LINES = [
  ["network", "Restored", [], 3],
  ["baseline", "Classical", [7, 4], 2],
  ["input", "Damaged", [2, 4], 2]
];
function drawPsnrCurve(canvas, curve, strength, control) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  Object.assign(canvas, { width: width * ratio, height: height * ratio });
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const color = (name, usual) => style.getPropertyValue(name).trim() || usual;
  const ink = color("--st-text-color", "#222222");
  const accent = color("--st-primary-color", "#00708a");
  const values = LINES.flatMap(([name]) => curve[name]);
  const [low, high] = [Math.floor(Math.min(...values) / 5) * 5, Math.ceil(Math.max(...values) / 5) * 5];
  const most = Math.max(...curve.strength);
  const x = (value) => PAD.left + value / most * (width - PAD.left - PAD.right);
  const y = (value) => PAD.top + (high - value) / (high - low || 1) * (height - PAD.top - PAD.bottom);
  context.font = `14px ${style.fontFamily || "sans-serif"}`;
  context.fillStyle = ink;
  context.strokeStyle = color("--st-border-color", "#cccccc");
  context.textBaseline = "middle";
  context.textAlign = "right";
  const step = high - low > 20 ? 10 : 5;
  for (let level = low; level <= high; level += step) {
    line(context, [[PAD.left, y(level)], [width - PAD.right, y(level)]]);
    context.fillText(`${level} dB`, PAD.left - 6, y(level));
  }
  context.textAlign = "center";
  for (const share of [0, 0.5, 1]) {
    context.fillText(String(Number((share * most).toFixed(2))), x(share * most), height - PAD.bottom + 13);
  }
  context.fillText(control.toLowerCase(), x(most / 2), height - 8);
  context.strokeStyle = accent;
  context.lineWidth = 2;
  line(context, [[x(Math.min(strength, most)), PAD.top], [x(Math.min(strength, most)), height - PAD.bottom]]);
  context.textAlign = "left";
  context.strokeStyle = ink;
  let lowest = -Infinity;
  const ends = LINES.map(([name, title, dash, thick]) => ({
    points: curve.strength.map((value, i) => [x(value), y(curve[name][i])]),
    title,
    dash,
    thick,
    end: y(curve[name][curve[name].length - 1])
  })).sort((a, b) => a.end - b.end);
  for (const { points, title, dash, thick, end } of ends) {
    context.setLineDash(dash);
    context.lineWidth = thick;
    line(context, points);
    context.setLineDash([]);
    lowest = Math.max(end, lowest + 17);
    context.fillText(title, width - PAD.right + 8, lowest);
  }
  const last = curve.strength.length - 1;
  const spoken = LINES.map(([name, title]) => `${title} from ${curve[name][0].toFixed(1)} to ${curve[name][last].toFixed(1)} dB`);
  canvas.setAttribute("aria-label", `PSNR against ${control.toLowerCase()}: ${spoken.join("; ")}.`);
}
function line(context, points) {
  context.beginPath();
  points.forEach(([px, py], i) => i ? context.lineTo(px, py) : context.moveTo(px, py));
  context.stroke();
}

// restore/wipe.ts
var Wipe = class {
  constructor() {
    this.place = 0.5;
    this.chosen = [1, 2];
    this.canvas = h("canvas", {
      tabindex: 0,
      role: "slider",
      "aria-label": "Wipe between two pictures",
      "aria-valuemin": 0,
      "aria-valuemax": 100
    });
    this.bar = h("div", { class: "bar" });
    this.left = h("select", { "aria-label": "Left of the bar", onchange: () => this.choose() });
    this.right = h("select", { "aria-label": "Right of the bar", onchange: () => this.choose() });
    const stage = h("div", { class: "stage" }, this.canvas, this.bar);
    this.element = h("div", { class: "wipe" }, h("div", { class: "choices" }, this.left, this.right), stage);
    stage.onpointerdown = (event) => {
      stage.setPointerCapture(event.pointerId);
      this.follow(event);
    };
    stage.onpointermove = (event) => (event.pointerType === "mouse" || event.buttons) && this.follow(event);
    this.canvas.onkeydown = (event) => {
      const step = { ArrowLeft: -0.05, ArrowRight: 0.05 }[event.key];
      if (step) this.move(this.place + step);
    };
  }
  /** Show new pictures; the choice of two stays. */
  show(panels, pictures, shape) {
    Object.assign(this, { pictures, shape });
    const names = panels.map((panel) => panel.name === "Restored" ? `Restored: ${panel.about}` : panel.name);
    if (String(names) !== String(this.names)) {
      this.names = names;
      if (Math.max(...this.chosen) >= names.length) this.chosen = [1, 2];
      [this.left, this.right].forEach((select, side) => {
        select.replaceChildren(...names.map((text, i) => h("option", { text, value: String(i) })));
        select.value = String(this.chosen[side]);
      });
    }
    this.draw();
  }
  choose() {
    this.chosen = [Number(this.left.value), Number(this.right.value)];
    this.draw();
  }
  follow(event) {
    const box = this.canvas.getBoundingClientRect();
    this.move((event.clientX - box.left) / box.width);
  }
  move(place) {
    this.place = clamp(place, 0, 1);
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
    this.canvas.setAttribute("aria-valuenow", Math.round(this.place * 100));
  }
};

// restore/restore.ts
var ANSWER_WITHIN = 1500;
var boards = /* @__PURE__ */ new WeakMap();
function mount({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector("#restore");
  if (!boards.has(root)) boards.set(root, new RestoreBoard(root));
  const board = boards.get(root);
  board.tell = setStateValue;
  board.show(unpack(data));
  return () => {
    board.resized.disconnect();
    boards.delete(root);
  };
}
var RestoreBoard = class {
  constructor(root) {
    this.root = root;
    this.ids = 0;
    this.inFlight = null;
    this.waits = false;
    this.slider = h("input", { type: "range", min: 0, oninput: () => this.moved() });
    this.value = h("output");
    this.label = h("span");
    this.kinds = h("span", { class: "controls", role: "group", "aria-label": "Kind of damage" });
    this.again = h("button", { class: "button", text: "Other place", onclick: () => this.reseed() });
    this.paint = h("button", { class: "button", text: "Paint it", onclick: () => this.togglePaint() });
    this.warning = h("p", { class: "warning", role: "status" });
    this.row = h("div", { class: "row" });
    this.wipe = new Wipe();
    this.chart = h("canvas", { role: "img" });
    this.curve = h("figure", { class: "curve" }, this.chart, h("figcaption", {
      text: "PSNR of the mean squared error over 200 test images, measured when the network was trained. Higher is nearer to the clean picture."
    }));
    const slider = h("label", { class: "slider" }, this.label, this.slider, this.value);
    root.replaceChildren(
      h("div", { class: "controls" }, slider, this.kinds, this.again, this.paint),
      this.warning,
      this.row,
      h("div", { class: "below" }, this.wipe.element, this.curve)
    );
    this.resized = new ResizeObserver(() => this.drawCurve());
    this.resized.observe(this.chart);
  }
  /** Show an answer of the server. */
  show({ header, arrays }) {
    const isNew = !this.header || this.header.task !== header.task || this.header.picture !== header.picture;
    if (isNew && this.painter) {
      this.stopPainting();
      this.waits = true;
    }
    this.header = header;
    this.ids = Math.max(this.ids, header.id);
    if (!this.asked || this.asked.task !== header.task || header.id >= this.ids) this.adopt(header);
    const size = header.shape.reduce((product, side) => product * side, 1);
    this.pictures = header.panels.map((panel, i) => arrays.images.subarray(i * size, (i + 1) * size));
    this.showRow();
    this.wipe.show(header.panels, this.pictures, header.shape);
    this.warning.textContent = header.warning;
    this.curve.hidden = !header.curve;
    this.drawCurve();
    this.inFlight = null;
    if (this.waits) this.send();
  }
  /** Set the controls to what was answered. */
  adopt(header) {
    this.asked = { task: header.task, strength: header.strength, seed: header.seed, kind: header.kind };
    Object.assign(this.slider, { max: header.maximum, step: header.step });
    this.slider.value = header.strength;
    this.slider.title = header.help;
    this.label.textContent = header.control;
    this.value.textContent = this.written(header.strength);
    this.again.hidden = header.task === "colorize" || header.task === "enlarge";
    this.again.textContent = header.task === "denoise" ? "Other noise" : "Other place";
    this.paint.hidden = !header.paints;
    this.kinds.hidden = header.kinds.length === 0;
    this.kinds.replaceChildren(
      ...header.kinds.map(
        (kind) => h("button", {
          class: "button",
          text: kind[0].toUpperCase() + kind.slice(1),
          "aria-pressed": String(kind === header.kind),
          onclick: () => this.ask({ kind })
        })
      )
    );
  }
  showRow() {
    const { header } = this;
    this.row.style.setProperty("--panels", header.panels.length);
    if (this.row.children.length !== header.panels.length) {
      this.row.replaceChildren(...header.panels.map(() => emptyPanel()));
    }
    header.panels.forEach((panel, i) => {
      const figure = this.row.children[i];
      const [canvas, name, about, psnr, ssim] = figure.querySelectorAll("canvas, .name, .about, .figure, .ssim");
      paintImage(canvas, this.pictures[i], header.shape);
      canvas.setAttribute("aria-label", `${panel.name}: ${panel.about}. ${panel.psnr} ${panel.ssim}`);
      name.textContent = panel.name;
      about.textContent = about.title = panel.about;
      psnr.textContent = panel.psnr || " ";
      ssim.textContent = panel.ssim || " ";
    });
  }
  written(strength) {
    const { maximum, step } = this.header;
    if (step >= 1) return ["none", "half size", "quarter size"][Math.round(strength)] ?? String(strength);
    return maximum <= 1 ? `${Math.round(strength * 100)} %` : strength.toFixed(2);
  }
  moved() {
    this.value.textContent = this.written(Number(this.slider.value));
    this.ask({ strength: Number(this.slider.value) });
    this.drawCurve();
  }
  reseed() {
    if (this.painter) this.stopPainting();
    this.ask({ seed: Math.floor(Math.random() * 2 ** 30) });
  }
  togglePaint() {
    if (this.painter) {
      this.stopPainting();
      this.send();
      return;
    }
    const figure = this.row.children[1];
    figure.classList.add("painting");
    this.painter = new MaskPainter(figure.querySelector("canvas"), this.header.shape, () => this.send());
    this.paint.textContent = "Undo the painting";
    this.paint.setAttribute("aria-pressed", "true");
    this.send();
  }
  stopPainting() {
    this.painter.stop();
    this.painter = null;
    this.row.children[1].classList.remove("painting");
    this.paint.textContent = "Paint it";
    this.paint.setAttribute("aria-pressed", "false");
  }
  /** Ask for another answer; one question at a time is on its way, the latest wins. */
  ask(change) {
    Object.assign(this.asked, change);
    this.send();
  }
  send() {
    const now = performance.now();
    this.waits = this.inFlight !== null && now - this.inFlight < ANSWER_WITHIN;
    if (this.waits) return;
    this.inFlight = now;
    this.ids += 1;
    const paint = this.painter?.encoded() ?? "";
    this.tell("asked", { ...this.asked, picture: this.header.picture, paint, id: this.ids });
  }
  drawCurve() {
    if (!this.header?.curve || !this.chart.clientWidth) return;
    drawPsnrCurve(this.chart, this.header.curve, Number(this.slider.value), this.header.control);
  }
};
function emptyPanel() {
  return h(
    "figure",
    {},
    h("canvas", { role: "img" }),
    h(
      "figcaption",
      {},
      h("p", { class: "name" }),
      h("p", { class: "about quiet" }),
      h("p", { class: "figure" }),
      h("p", { class: "ssim quiet" })
    )
  );
}
export {
  mount as default
};
