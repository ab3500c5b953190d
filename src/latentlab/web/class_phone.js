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
function counted(number, thing) {
  return `${number.toLocaleString("en-US")} ${thing}${number === 1 ? "" : "s"}`;
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

// classroom/answers.ts
var Answers = class {
  say;
  turn = 0;
  onItsWay = null;
  waiting = null;
  constructor(say) {
    this.say = say;
  }
  /** Whether everything has arrived. */
  get isDone() {
    return !this.onItsWay && !this.waiting;
  }
  give(answer) {
    this.waiting = answer;
    if (!this.onItsWay) this.next();
  }
  next() {
    if (!this.waiting) return;
    const turn = ++this.turn;
    if (!this.say({ ...this.waiting, turn })) return;
    this.onItsWay = { turn, answer: this.waiting };
    this.waiting = null;
  }
  taken(turn) {
    if (turn !== this.onItsWay?.turn) return;
    this.onItsWay = null;
    this.next();
  }
  /** The class has moved on, or will not have it: nothing of it is said again. */
  refused() {
    this.onItsWay = this.waiting = null;
  }
  /** The connection is another one: what was on its way may have been lost. */
  reconnected() {
    this.waiting ??= this.onItsWay?.answer ?? null;
    this.onItsWay = null;
    this.next();
  }
};

// classroom/bars.ts
function verdicts(counts, ranks) {
  if (ranks) {
    return ranks.map((rank) => ({
      text: `mean rank ${rank.toFixed(1)}`,
      share: (ranks.length - rank) / Math.max(1, ranks.length - 1)
    }));
  }
  const total = Math.max(1, counts.reduce((sum, count) => sum + count, 0));
  return counts.map((count) => {
    const share = count / total;
    return { text: `${counted(count, "vote")}, ${Math.round(100 * share)} %`, share };
  });
}
function bars({ choices, counts = [], ranks, answer }, own = null) {
  const said = verdicts(counts, ranks);
  const rows = choices.map((choice, i) => {
    const { text, share } = said[i] ?? { text: "not ranked", share: 0 };
    const isRight = answer === i;
    const mark = isRight ? own === i ? "Right, your vote" : "Right" : own === i ? "Your vote" : "";
    return h(
      "li",
      { class: isRight ? "bar right" : "bar" },
      h("span", { class: "choice", text: choice }),
      mark ? h("strong", { class: "mark", text: mark }) : null,
      h("span", { class: "count", text }),
      h("span", { class: "track" }, h("span", { class: "fill", style: `width: ${100 * share}%` }))
    );
  });
  return h("ul", { class: "bars" }, ...rows);
}

// lib/colors.ts
var UNLABELED = "#8a8f98";
function classColor(theme2, label) {
  return label < 0 ? UNLABELED : theme2.classes[label % theme2.classes.length];
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
  theme: theme2,
  radius,
  ratio
}) {
  const side = Math.ceil((2 * radius + 3) * ratio);
  const canvas = h("canvas");
  canvas.width = canvas.height = side;
  const context = contextOf(canvas);
  context.translate(side / 2, side / 2);
  context.scale(ratio, ratio);
  context.fillStyle = classColor(theme2, label);
  context.strokeStyle = theme2.background;
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
  paint(context, screen, theme2, { kind, radius, alpha = 1, solo = null }) {
    const side = 2 * radius + 3;
    const ratio = context.getTransform().a;
    const found = /* @__PURE__ */ new Map();
    this.eachVisible(screen, side, solo, (row, x, y) => {
      const label = this.labels[row];
      context.globalAlpha = this.isLit(row, solo) ? alpha : DIMMED;
      let sprite = found.get(label);
      if (!sprite) found.set(label, sprite = this.sprite(kind, label, radius, ratio, theme2));
      context.drawImage(sprite, x - side / 2, y - side / 2, side, side);
    });
    context.globalAlpha = 1;
  }
  sprite(kind, label, radius, ratio, theme2) {
    const key = [kind, label, radius, ratio, theme2.background].join(" ");
    let sprite = this.sprites.get(key);
    if (!sprite) {
      sprite = makeSprite({ kind, label, names: this.classNames, theme: theme2, radius, ratio });
      this.sprites.set(key, sprite);
    }
    return sprite;
  }
  /** Write each class's name where it is, so that no class is known by color alone. */
  paintNames(context, screen, theme2, solo = null) {
    context.font = `700 19px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 5;
    context.lineJoin = "round";
    context.strokeStyle = theme2.background;
    context.fillStyle = theme2.ink;
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
      const values = places.map((place) => place[axis]);
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

// classroom/classmap.ts
var ROOM = 18;
var ALPHA = 0.55;
var ClassMap = class {
  element;
  view = new View();
  canvas = h("canvas", { class: "map-points", role: "img" });
  /** What lands, above the points: those are painted again only where they move. */
  marks = h("canvas", { class: "map-points" });
  painter;
  radius;
  paintMore;
  observer;
  known;
  theme;
  others = [];
  painted = "";
  /** @param paintMore - paints what has landed, whenever that or the map's size has changed */
  constructor(scene, arrays, theme2, radius, paintMore) {
    this.known = { ...arrays, names: scene.class_names };
    this.theme = theme2;
    this.radius = radius;
    this.paintMore = paintMore;
    this.painter = new ScatterPainter(arrays.places, arrays.labels, scene.class_names);
    this.canvas.setAttribute("aria-label", "Map of the latent space");
    this.element = h("div", { class: "map" }, this.canvas, this.marks);
    this.observer = new ResizeObserver(() => this.paint());
    this.observer.observe(this.element);
  }
  /** Keep these places on screen, too. */
  include(places) {
    this.others = places;
    this.paint();
  }
  restyle(theme2) {
    this.theme = theme2;
    this.painted = "";
    this.paint();
  }
  paint() {
    const marks = cleared(this.marks);
    if (!marks) return;
    const { width, height } = marks;
    this.view.resize(width, height);
    const shown = Float32Array.from([...this.painter.places, ...this.others.flat()]);
    const room = { left: ROOM, right: ROOM, top: ROOM, bottom: ROOM };
    this.view.fit(boundsOf(shown), room);
    const { x, y, scale } = this.view;
    const now = [width, height, x, y, scale, window.devicePixelRatio].join(" ");
    if (now !== this.painted) this.paintPoints();
    this.painted = now;
    this.paintMore(marks.context);
  }
  paintPoints() {
    const sheet = cleared(this.canvas);
    if (!sheet) return;
    const { context } = sheet;
    this.painter.paint(context, this.view, this.theme, {
      kind: "dot",
      radius: this.radius,
      alpha: ALPHA
    });
    this.painter.paintNames(context, this.view, this.theme);
  }
  /** The place on the map under a pointer. */
  placeOf(event) {
    const box = this.canvas.getBoundingClientRect();
    return this.view.toMap(event.clientX - box.left, event.clientY - box.top);
  }
  /** Name what is near a place: the class of the nearest point, as far as it has one. */
  nameNear(place) {
    const { places, labels, names } = this.known;
    let [nearest, least] = [-1, Infinity];
    for (let i = 0; i < labels.length; i++) {
      const distance = (places[2 * i] - place[0]) ** 2 + (places[2 * i + 1] - place[1]) ** 2;
      if (distance < least) [nearest, least] = [i, distance];
    }
    return names[labels[nearest]] ?? "";
  }
  stop() {
    this.observer.disconnect();
  }
};

// classroom/codeform.ts
function askForCode(root2, begin2, problem = "") {
  const input = h("input", {
    type: "text",
    inputmode: "numeric",
    "aria-label": "Code of the class"
  });
  input.maxLength = 6;
  input.autocomplete = "off";
  const form = h("form", {}, input, h("button", { text: "Join" }));
  form.onsubmit = (event) => {
    event.preventDefault();
    const code = input.value.replace(/\D/g, "");
    if (code.length !== 6) return;
    history.replaceState(null, "", `#${code}`);
    begin2(code);
  };
  root2.replaceChildren(
    h("h1", { text: "Join the class" }),
    problem ? h("p", { class: "problem", role: "alert", text: problem }) : "",
    h("p", { text: "Type the six digits that are shown on the screen in front." }),
    form
  );
  input.focus();
}

// lib/arrows.ts
var ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
};

// classroom/dart.ts
var STEP = 16;
var LARGE_STEP = 64;
var ARM = 14;
var Dart = class {
  /** Where the keys have moved it, as screen readers hear it. */
  where = h("p", { class: "where", "aria-live": "polite" });
  map;
  begin;
  throwAt;
  place = null;
  isLocked = false;
  /**
   * @param begin - where it was thrown before
   * @param throwAt - called with each throw
   */
  constructor(map, begin2, throwAt) {
    this.map = map;
    this.begin = begin2;
    this.throwAt = throwAt;
    const { element } = map;
    element.tabIndex = 0;
    element.setAttribute("role", "application");
    element.setAttribute("aria-label", "Map. The arrow keys move a dart, with Shift faster; Enter throws it.");
    element.onclick = (event) => this.release(map.placeOf(event));
    element.onkeydown = (event) => this.key(event);
    element.onblur = () => this.lay();
  }
  key(event) {
    if (this.isLocked || event.ctrlKey || event.altKey || event.metaKey) return;
    const way = ARROWS[event.key];
    const throws = event.key === "Enter" || event.key === " ";
    if (!way && !throws) return;
    event.preventDefault();
    if (way) this.move(way, event.shiftKey ? LARGE_STEP : STEP);
    else this.release(this.place ?? this.start());
  }
  start() {
    const { view } = this.map;
    return this.begin() ?? view.toMap(view.width / 2, view.height / 2);
  }
  move([x, y], step) {
    const { view } = this.map;
    const [left, top] = view.toScreen(...this.place ?? this.start());
    const [right, below] = [clamp(left + x * step, 0, view.width), clamp(top + y * step, 0, view.height)];
    this.place = view.toMap(right, below);
    const percent = (value, of) => Math.round(100 * value / of);
    const name = this.map.nameNear(this.place);
    this.where.textContent = `The dart is ${percent(right, view.width)} % from the left and ${percent(below, view.height)} % from the top${name ? `, nearest to ${name}` : ""}. Enter throws it.`;
    this.map.paint();
  }
  release(place) {
    if (this.isLocked) return;
    this.lay();
    this.throwAt(place);
  }
  /** Nobody aims any more. */
  lay() {
    this.place = null;
    this.where.textContent = "";
    this.map.paint();
  }
  /** Paint the cross with which the keys aim. */
  paint(context, accent, background) {
    if (!this.place) return;
    const [x, y] = this.map.view.toScreen(...this.place);
    for (const [color, width] of [[background, 6], [accent, 3]]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(x - ARM, y);
      context.lineTo(x + ARM, y);
      context.moveTo(x, y - ARM);
      context.lineTo(x, y + ARM);
      context.stroke();
    }
  }
};

// classroom/live.ts
var WAITS = [300, 700, 1500, 3e3];
var WAKE_WITHIN = 2500;
var Live = class {
  address;
  owner;
  socket = null;
  attempts = 0;
  timer;
  isOver = false;
  constructor(address, owner) {
    this.address = address;
    this.owner = owner;
    document.addEventListener("visibilitychange", this.wake);
    window.addEventListener("pageshow", this.wake);
    this.connect();
  }
  connect() {
    clearTimeout(this.timer);
    const socket = new WebSocket(this.address);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.owner.hello()));
    socket.onmessage = ({ data }) => {
      if (socket !== this.socket) return;
      clearTimeout(this.timer);
      if (this.attempts >= 0) this.owner.connected(true);
      this.attempts = 0;
      if (typeof data === "string") this.owner.text(JSON.parse(data));
      else this.owner.bytes(new Uint8Array(data));
    };
    socket.onclose = () => {
      if (socket === this.socket) this.again();
    };
  }
  again() {
    this.socket = null;
    if (this.isOver) return;
    this.owner.connected(false);
    const wait = WAITS[Math.min(this.attempts++, WAITS.length - 1)];
    this.timer = setTimeout(() => this.connect(), wait * (0.7 + 0.6 * Math.random()));
  }
  /** The page is on screen again: the system may have cut the connection without a word. */
  wake = () => {
    if (this.isOver || document.visibilityState === "hidden") return;
    if (this.socket?.readyState !== WebSocket.OPEN) {
      this.socket = null;
      this.attempts = 0;
      this.connect();
      return;
    }
    const asleep = this.socket;
    this.say({ kind: "ping", turn: 0 });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.socket !== asleep) return;
      asleep.close();
      this.again();
    }, WAKE_WITHIN);
  };
  /** Say something; false where there is no connection to say it on. */
  say(message) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }
  /** Close the connection for good. */
  stop() {
    this.isOver = true;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.wake);
    window.removeEventListener("pageshow", this.wake);
    this.socket?.close();
  }
};

// classroom/remembered.ts
var PHONE = "latentlab:phone";
var STROKES = "latentlab:strokes";
var MOST_KEPT = 5e5;
var NEW_NAME = Array.from(
  crypto.getRandomValues(new Uint8Array(16)),
  (byte) => byte.toString(16).padStart(2, "0")
).join("");
function phoneName() {
  const known = kept(() => localStorage.getItem(PHONE));
  if (known) return known;
  kept(() => localStorage.setItem(PHONE, NEW_NAME));
  return NEW_NAME;
}
function kept(use) {
  try {
    return use();
  } catch {
    return null;
  }
}
function rememberedStrokes(number) {
  const text = kept(() => sessionStorage.getItem(STROKES)) ?? "{}";
  return JSON.parse(text)[number] ?? [];
}
function rememberStrokes(number, strokes) {
  const text = JSON.stringify({ [number]: strokes.list });
  if (text.length < MOST_KEPT) kept(() => sessionStorage.setItem(STROKES, text));
}
function forgetAll() {
  kept(() => localStorage.removeItem(PHONE));
  kept(() => sessionStorage.removeItem(STROKES));
}

// classroom/phone.ts
var root = document.getElementById("class");
var looks = JSON.parse(document.getElementById("looks").textContent);
var dark = window.matchMedia("(prefers-color-scheme: dark)");
function theme() {
  const look = dark.matches ? looks.dark : looks.light;
  return { ...look, dark: dark.matches, classes: look.categorical };
}
var Phone = class {
  status = h("p", { class: "state", role: "status" });
  problem = h("p", { class: "problem", role: "alert", hidden: true });
  stage = h("section");
  live;
  answers;
  code;
  state = null;
  scene = null;
  picture = null;
  pad = null;
  map = null;
  dart = null;
  shown = "";
  /** Of a ranking that is not complete yet: the choices so far, the first one first. */
  order = [];
  constructor(code) {
    this.code = code;
    root.replaceChildren(this.status, this.problem, this.stage);
    this.status.textContent = "Joining …";
    this.answers = new Answers((message) => this.live.say(message));
    const address = new URL(location.href);
    address.hash = address.search = "";
    address.protocol = address.protocol.replace("http", "ws");
    address.pathname = `${address.pathname.replace(/\/$/, "")}/phone`;
    let stood = true;
    this.live = new Live(address.href, {
      hello: () => ({ kind: "hello", code: this.code, phone: phoneName() }),
      text: (message) => this.hear(message),
      bytes: (content) => this.take(content),
      connected: (stands) => {
        this.status.classList.toggle("lost", !stands);
        if (!stands) this.status.textContent = "The connection is lost. Trying again …";
        else if (!stood) this.answers.reconnected();
        stood = stands;
      }
    });
    dark.addEventListener("change", () => this.map?.restyle(theme()));
  }
  hear(message) {
    if (message.kind === "refused") {
      this.live.stop();
      askForCode(root, begin, message.text);
    } else if (message.kind === "taken") {
      this.answers.taken(message.turn);
      this.say("");
    } else if (message.kind === "not_taken") {
      this.answers.refused();
      this.say(message.text);
    } else {
      this.state = message;
      this.show();
    }
    this.showStatus();
  }
  take(content) {
    const { id } = readHeader(content);
    if (id === "scene") {
      const { header, arrays } = unpack(content);
      this.scene = { header, arrays };
    } else if (id === "picture") {
      this.picture = unpack(content).arrays;
    }
    this.shown = "";
    if (this.state) this.show();
  }
  say(problem) {
    this.problem.textContent = problem;
    this.problem.hidden = !problem;
  }
  showStatus() {
    if (!this.state || this.status.classList.contains("lost")) return;
    this.status.textContent = this.answers.isDone ? this.stateInWords() : "Sending …";
  }
  stateInWords() {
    const { activity, phase, mine } = this.state;
    const has = mine.has_drawn || mine.choice !== null || mine.ranking !== null || mine.place !== null;
    if (activity === "wait") return "You are in the class.";
    if (phase === "revealed") return "Look at the screen in front.";
    if (phase === "frozen") return "Your teacher has closed this question.";
    if (activity === "draw") {
      return has || this.pad?.strokes.isEmpty === false ? "Your drawing is on the map." : "Draw below.";
    }
    if (activity === "rank" && this.order.length < this.state.choices.length) {
      return "Tap all of them, one after the other; tap one again to take it back.";
    }
    return has ? "Your answer has arrived. You can still change it." : "Answer below.";
  }
  show() {
    const state = this.state;
    if (state.ended) {
      this.end();
      return;
    }
    const key = [state.number, state.activity, state.phase === "revealed"].join(" ");
    const isNew = key !== this.shown;
    if (isNew) {
      this.shown = key;
      this.say("");
      this.map?.stop();
      this.map = this.pad = this.dart = null;
      const title = state.activity === "wait" ? "Wait for your teacher’s question." : state.prompt;
      this.stage.replaceChildren(h("h1", { text: title }), ...this.body(state));
    }
    for (const button of this.stage.querySelectorAll(".choices button")) {
      button.disabled = state.phase !== "open";
      button.setAttribute("aria-pressed", String(this.isChosen(Number(button.value))));
    }
    if (this.pad) {
      this.pad.isLocked = state.phase !== "open";
      for (const button of this.stage.querySelectorAll("button")) button.disabled = this.pad.isLocked;
      if (!this.pad.isLocked) this.pad.tools.refresh();
    }
    if (this.dart) this.dart.isLocked = state.phase !== "open";
    this.map?.paint();
  }
  isChosen(choice) {
    const { activity, mine } = this.state;
    return activity === "rank" ? this.order.includes(choice) : choice === mine.choice;
  }
  body(state) {
    const { activity, phase } = state;
    if (activity === "rank") return [phase === "revealed" ? bars(state) : this.ranking(state)];
    if (activity === "vote" || activity === "consent") {
      return [phase === "revealed" ? bars(state, state.mine.choice) : this.ballot(state)];
    }
    if (activity === "draw") return phase === "revealed" ? [h("p", { text: "The drawing is closed." })] : this.easel();
    return activity === "guess" ? this.target(state) : [];
  }
  ballot({ choices, number }) {
    const buttons = choices.map(
      (text, choice) => h("button", {
        class: "big",
        text,
        value: choice,
        onclick: () => {
          this.state.mine.choice = choice;
          this.answers.give({ kind: "vote", number, choice });
          this.show();
          this.showStatus();
        }
      })
    );
    return h("div", { class: "choices" }, ...buttons);
  }
  ranking({ choices, number, mine }) {
    this.order = mine.ranking ?? [];
    const ranks = choices.map(() => h("span", { class: "rank" }));
    const place = () => ranks.forEach((rank, choice) => {
      const at = this.order.indexOf(choice);
      rank.textContent = at < 0 ? "" : `${at + 1}. `;
    });
    const buttons = choices.map(
      (text, choice) => h(
        "button",
        {
          class: "big",
          value: choice,
          onclick: () => {
            const without = this.order.filter((other) => other !== choice);
            this.order = without.length < this.order.length ? without : [...without, choice];
            const isComplete = this.order.length === choices.length;
            if (isComplete) {
              this.state.mine.ranking = this.order;
              this.answers.give({ kind: "rank", number, order: this.order });
            }
            place();
            this.show();
            this.showStatus();
          }
        },
        ranks[choice],
        text
      )
    );
    place();
    return h("div", { class: "choices" }, ...buttons);
  }
  easel() {
    if (!this.scene) return [];
    const { number } = this.state;
    const strokes = new Strokes();
    strokes.list = rememberedStrokes(number);
    const tell = () => {
      rememberStrokes(number, strokes);
      if (strokes.isEmpty) return;
      this.answers.give({ kind: "draw", number, pixels: base64(this.pad.seen()) });
      this.showStatus();
    };
    let isDown = false;
    const pad = new Pad(this.scene.header, "Draw here", strokes, {
      changed: () => {
        if (!isDown) tell();
      },
      lifted: () => {
        isDown = false;
        tell();
      }
    });
    pad.sheet.addEventListener("pointerdown", () => isDown = !pad.isLocked, true);
    this.pad = pad;
    return [h("div", { class: "easel" }, pad.sheet, pad.tools.element)];
  }
  target({ number }) {
    if (!this.scene || !this.picture) return [];
    const { header, arrays } = this.scene;
    const picture = h("canvas");
    paintImage(picture, this.picture.pixels, header.shape);
    const text = h("p", { text: this.targetText() });
    const map = new ClassMap(header, arrays, theme(), 2, (context) => this.paintDarts(context));
    const dart = new Dart(map, () => this.state.mine.place, ([x, y]) => {
      this.state.mine.place = [x, y];
      this.answers.give({ kind: "guess", number, x, y });
      map.paint();
      this.showStatus();
    });
    this.map = map;
    this.dart = dart;
    return [h("div", { class: "question-picture" }, picture, text), map.element, dart.where];
  }
  targetText() {
    const { distance, phase } = this.state;
    if (phase !== "revealed") return "Tap where this image is encoded.";
    if (distance === null || distance === void 0) return "The ring marks its latent.";
    return `The ring marks its latent, ${figure(distance)} ${this.scene.header.units} from your tap.`;
  }
  paintDarts(context) {
    const { truth, mine } = this.state;
    const { accent, background } = theme();
    const mark = (place, isRing) => {
      const [x, y] = this.map.view.toScreen(...place);
      context.beginPath();
      context.arc(x, y, isRing ? 12 : 7, 0, 7);
      context.lineWidth = isRing ? 4 : 3;
      context.strokeStyle = isRing ? accent : background;
      context.fillStyle = accent;
      if (!isRing) context.fill();
      context.stroke();
    };
    if (truth) mark(truth, true);
    if (mine.place) mark(mine.place, false);
    this.dart?.paint(context, accent, background);
  }
  end() {
    this.live.stop();
    forgetAll();
    history.replaceState(null, "", location.pathname);
    const text = "Votes, drawings and guesses are deleted, here and on the teacher’s machine.";
    root.replaceChildren(h("h1", { text: "The class has ended." }), h("p", { text }));
  }
};
var given = /^#(\d{6})$/.exec(location.hash)?.[1];
var begin = (code) => new Phone(code);
if (given) begin(given);
else askForCode(root, begin);
