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
function prefersStill() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
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

// map/scrub.ts
var GLIDE_MS = 400;
var MARGIN = 14;
var STEPS = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1
};
var scrub_default = keeping(
  "#scrub",
  (root) => new Scrub(root),
  (scrub, { data }) => scrub.show(data)
);
var Scrub = class {
  root;
  choices = h("div", {
    class: "choices",
    role: "radiogroup",
    "aria-label": "Which map"
  });
  play = h("button", { text: "Play", onclick: () => this.togglePlaying() });
  words = h("p", { class: "words", "aria-live": "polite" });
  canvas = h("canvas", {
    role: "img",
    "aria-label": "A map whose points glide when another is chosen"
  });
  resize = new ResizeObserver(() => this.draw());
  view = new View();
  header = null;
  maps = new Float32Array();
  painter = new ScatterPainter(this.maps, [], []);
  buttons = [];
  chosen = 0;
  frame = 0;
  playing;
  constructor(root) {
    this.root = root;
    const row = h("div", { class: "row" }, this.choices, this.play);
    root.replaceChildren(row, this.words, this.canvas);
    this.resize.observe(this.canvas);
  }
  show(data) {
    if (readHeader(data).id === this.header?.id) return;
    const { header, arrays } = unpack(data);
    this.header = header;
    this.maps = arrays.maps;
    this.painter = new ScatterPainter(this.map(0, header), arrays.labels, []);
    this.buttons = header.variants.map(({ title }, i) => this.choice(title, i));
    this.choices.replaceChildren(...this.buttons);
    this.choose(0);
  }
  map(i, { variants }) {
    const size = this.maps.length / variants.length;
    return this.maps.slice(i * size, (i + 1) * size);
  }
  choice(title, i) {
    const choose = (number) => {
      this.stopPlaying();
      this.choose(number);
    };
    const onkeydown = (event) => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      choose((i + step + this.buttons.length) % this.buttons.length);
      this.buttons[this.chosen].focus();
    };
    return h("button", { text: title, role: "radio", onclick: () => choose(i), onkeydown });
  }
  /** Let the points glide to another map. */
  choose(number) {
    if (!this.header) return;
    this.chosen = number;
    this.buttons.forEach((button, i) => {
      button.setAttribute("aria-checked", String(i === number));
      button.tabIndex = i === number ? 0 : -1;
    });
    this.words.textContent = this.header.variants[number].text;
    const from = this.painter.places;
    const to = this.map(number, this.header);
    const begun = performance.now();
    const glide = (now) => {
      const t = prefersStill() ? 1 : clamp((now - begun) / GLIDE_MS, 0, 1);
      const eased = t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) ** 2;
      this.painter.places = from.map((value, k) => value + (to[k] - value) * eased);
      this.draw();
      if (t < 1) this.frame = requestAnimationFrame(glide);
    };
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(glide);
  }
  togglePlaying() {
    if (this.playing !== void 0) {
      this.stopPlaying();
      return;
    }
    const next = () => this.choose((this.chosen + 1) % this.buttons.length);
    this.playing = setInterval(next, 3 * GLIDE_MS);
    this.play.textContent = "Pause";
    next();
  }
  stopPlaying() {
    clearInterval(this.playing);
    this.playing = void 0;
    this.play.textContent = "Play";
  }
  draw() {
    const sheet = this.header && cleared(this.canvas);
    if (!sheet) return;
    const { context, width, height } = sheet;
    this.view.resize(width, height);
    const room = { left: MARGIN, right: MARGIN, top: MARGIN, bottom: MARGIN };
    this.view.fit(boundsOf(this.maps), room);
    const style = getComputedStyle(this.root);
    const palette = {
      classes: this.header.colors,
      background: style.getPropertyValue("--st-background-color"),
      ink: style.color
    };
    this.painter.paint(context, this.view, palette, { kind: "dot", radius: 2.6, alpha: 0.8 });
  }
  stop() {
    cancelAnimationFrame(this.frame);
    this.resize.disconnect();
    clearInterval(this.playing);
  }
};
export {
  scrub_default as default
};
