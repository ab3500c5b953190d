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

// classroom/bars.ts
function answered({ activity, ended, n_phones, n_answers }) {
  if (ended) return "";
  if (activity === "wait") return counted(n_phones, "phone");
  return `${n_answers} of ${counted(Math.max(n_phones, n_answers), "phone")} answered`;
}
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
  constructor(scene, arrays, theme, radius, paintMore) {
    this.known = { ...arrays, names: scene.class_names };
    this.theme = theme;
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
  restyle(theme) {
    this.theme = theme;
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

// classroom/spread.ts
var ROUNDS = 60;
function spreadApart(places, side, [width, height]) {
  const half = side / 2;
  const kept = places.map(([x, y], i) => [
    // Two at one place would not know which way to go.
    clamp(x + Math.cos(i * 2.4) * 0.5, half, Math.max(half, width - half)),
    clamp(y + Math.sin(i * 2.4) * 0.5, half, Math.max(half, height - half))
  ]);
  for (let round = 0; round < ROUNDS; round++) {
    let isCrowded = false;
    for (let i = 0; i < kept.length; i++) {
      for (let j = i + 1; j < kept.length; j++) {
        const [dx, dy] = [kept[j][0] - kept[i][0], kept[j][1] - kept[i][1]];
        const overlap = Math.min(side - Math.abs(dx), side - Math.abs(dy));
        if (overlap <= 0.5) continue;
        isCrowded = true;
        const axis = Math.abs(dx) > Math.abs(dy) ? 0 : 1;
        const step = ((axis ? dy : dx) < 0 ? -overlap : overlap) / 2;
        kept[i][axis] = clamp(kept[i][axis] - step, half, (axis ? height : width) - half);
        kept[j][axis] = clamp(kept[j][axis] + step, half, (axis ? height : width) - half);
      }
    }
    if (!isCrowded) break;
  }
  return kept;
}

// classroom/landings.ts
var SIDES = [[12, 56], [30, 44], [Infinity, 34]];
var SHARE = 0.09;
var MOST_LABELED = 12;
var NEAR2 = 0.6;
var Landings = class {
  thumbs = /* @__PURE__ */ new Map();
  darts = h("div");
  hide;
  lines = [];
  frame = 0;
  map;
  hidden = [];
  constructor(hide) {
    this.hide = hide;
  }
  /** Put what has landed on a map. */
  attach(map) {
    this.map = map;
    map.element.append(this.darts);
    for (const { element } of this.thumbs.values()) map.element.append(element);
  }
  clear() {
    for (const { element } of this.thumbs.values()) element.remove();
    this.thumbs.clear();
    this.darts.replaceChildren();
    this.lines = [];
  }
  /** Take drawings that are new or have changed. */
  take({ items }, { pixels }) {
    const [, height, width, channels] = pixels.shape;
    const size = height * width * channels;
    items.forEach(({ phone, place, is_far: isFar, error }, i) => {
      const thumb = this.thumbs.get(phone) ?? this.make(phone);
      thumb.place = place;
      paintImage(thumb.canvas, pixels.subarray(i * size, (i + 1) * size), [height, width, channels]);
      thumb.element.classList.toggle("far", isFar);
      const note = isFar ? " No training image near." : "";
      const title = `A drawing. Reconstruction error (MSE) ${figure(error)}.${note} Click to hide it.`;
      thumb.element.title = title;
      thumb.element.setAttribute("aria-label", title);
    });
    this.placeSoon();
  }
  make(phone) {
    const canvas = h("canvas");
    const element = h("button", { class: "thumb", onclick: () => this.hide(phone) }, canvas);
    const thumb = { element, canvas, place: [0, 0] };
    this.thumbs.set(phone, thumb);
    this.map.element.append(element);
    return thumb;
  }
  /** Many that land at once move once. */
  placeSoon() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.map.include(this.shown.map(({ place }) => place));
    });
  }
  get shown() {
    return [...this.thumbs].filter(([phone]) => !this.hidden.includes(phone)).map(([, thumb]) => thumb);
  }
  /** Show or leave out what the teacher has hidden. */
  setHidden(hidden) {
    if (String(hidden) === String(this.hidden)) return;
    this.hidden = hidden;
    for (const [phone, { element }] of this.thumbs) element.hidden = hidden.includes(phone);
    this.placeSoon();
  }
  /** Put every thumbnail where its drawing is, or beside the others that are there. */
  place(context, theme) {
    const { view } = this.map;
    const thumbs = this.shown;
    const most = SHARE * Math.min(view.width, view.height);
    const side = Math.min(most, SIDES.find(([number]) => thumbs.length <= number)[1]);
    const places = thumbs.map(({ place }) => view.toScreen(...place));
    const free = spreadApart(places, side + 4, [view.width, view.height]);
    this.lines = [];
    thumbs.forEach(({ element }, i) => {
      const [x, y] = free[i];
      Object.assign(element.style, { width: `${side}px`, height: `${side}px` });
      element.style.transform = `translate(${x - side / 2}px, ${y - side / 2}px)`;
      if (Math.hypot(x - places[i][0], y - places[i][1]) > NEAR2 * side) this.lines.push([places[i], free[i]]);
    });
    context.strokeStyle = theme.accent;
    context.globalAlpha = 0.6;
    for (const [from, to] of this.lines) {
      context.beginPath();
      context.moveTo(...from);
      context.lineTo(...to);
      context.stroke();
    }
    context.globalAlpha = 1;
  }
  /** Show where the class has guessed, and where the image landed. */
  aim(context, { truth, guesses = [] }, theme) {
    const { view } = this.map;
    if (!truth) {
      this.darts.replaceChildren();
      return;
    }
    const [x, y] = view.toScreen(...truth);
    context.strokeStyle = theme.accent;
    context.lineWidth = 4;
    context.beginPath();
    context.arc(x, y, 14, 0, 7);
    context.stroke();
    const labeled = guesses.length <= MOST_LABELED;
    const darts = guesses.map(({ phone, place, distance }) => {
      const [left, top] = view.toScreen(...place);
      const title = `A guess, ${figure(distance)} away. Click to hide it.`;
      return h("button", {
        class: "dart",
        title,
        "aria-label": title,
        text: labeled ? figure(distance) : "",
        style: `transform: translate(calc(${left}px - 50%), ${top - 8}px)`,
        onclick: () => this.hide(phone)
      });
    });
    this.darts.replaceChildren(...darts);
  }
  stop() {
    cancelAnimationFrame(this.frame);
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

// classroom/projector.ts
var projector_default = keeping(
  "#projector",
  (root, component) => new Projector(root, component.data),
  (projector, component) => projector.restyle(component.data)
);
var Projector = class {
  root;
  prompt = h("h2", { class: "prompt" });
  tally = h("p", { class: "tally", role: "status" });
  stage = h("div", { class: "stage" });
  beside = h("div", { class: "beside" });
  controls = h("div", { class: "controls" });
  landings = new Landings((phone) => this.say("hide", phone));
  live;
  told;
  theme;
  state = null;
  scene = null;
  picture = null;
  map = null;
  shown = "";
  constructor(root, told) {
    this.root = root;
    this.told = told;
    this.theme = readTheme(root, told.looks);
    const top = h("div", { class: "top" }, this.prompt, this.tally);
    root.replaceChildren(top, this.controls, this.stage);
    this.live = new Live(`${location.origin.replace("http", "ws")}${told.path}`, {
      hello: () => ({ key: told.key }),
      text: (message) => this.hear(message),
      bytes: (content) => this.take(content),
      connected: (stands) => {
        this.tally.classList.toggle("lost", !stands);
        if (!stands) this.tally.textContent = "The connection to the app is lost. Trying again …";
      }
    });
    this.restyle(told);
  }
  restyle(told) {
    this.told = told;
    this.theme = readTheme(this.root, told.looks);
    this.root.style.setProperty("--muted", this.theme.muted);
    this.root.style.setProperty("--quiet", this.theme.quiet);
    this.map?.restyle(this.theme);
  }
  say(what, phone = 0) {
    this.live.say({ do: what, phone });
  }
  hear(state) {
    if (state.number !== this.state?.number) this.landings.clear();
    this.state = state;
    if (state.ended) this.live.stop();
    this.show();
  }
  take(content) {
    const { id } = readHeader(content);
    if (id === "scene") {
      const { header, arrays } = unpack(content);
      this.scene = { header, arrays };
      this.shown = "";
    } else if (id === "picture") {
      this.picture = unpack(content).arrays;
      this.shown = "";
    } else if (id === "drawings" && this.map) {
      const { header, arrays } = unpack(content);
      this.landings.take(header, arrays);
    } else if (id === "comparison") {
      const { header, arrays } = unpack(content);
      this.compare(header, arrays);
    }
  }
  show() {
    const state = this.state;
    this.prompt.textContent = state.ended ? "The class has ended." : state.prompt || "Join the class with your phone";
    this.tally.textContent = answered(state);
    this.fillWindow();
    const key = [state.number, state.activity, state.phase === "revealed", state.ended].join(" ");
    if (key !== this.shown || state.counts) {
      if (key !== this.shown) this.beside.replaceChildren();
      this.shown = key;
      this.stageAnew(state);
    }
    this.landings.setHidden(state.hidden);
    if (state.activity === "guess") this.map?.paint();
    this.showControls(state);
  }
  /** Reach from where it stands to the end of the window. */
  fillWindow() {
    const { top } = this.root.getBoundingClientRect();
    if (top > 0) this.root.style.setProperty("--above", `${Math.round(top) + 10}px`);
  }
  stageAnew(state) {
    const { activity, counts, ended } = state;
    if (ended) this.stage.replaceChildren(h("p", { text: "All answers are deleted." }));
    else if (activity === "wait") this.stage.replaceChildren(this.lobby());
    else if (activity === "draw" || activity === "guess") this.showMap(state);
    else if (counts) this.stage.replaceChildren(bars(state));
    else this.stage.replaceChildren(this.questions(state));
    if (activity !== "draw" && activity !== "guess") this.leaveMap();
  }
  leaveMap() {
    this.map?.stop();
    this.map = null;
  }
  questions({ choices }) {
    return h("ul", { class: "choices" }, ...choices.map((text) => h("li", { text })));
  }
  lobby() {
    const { qr, address, code } = this.told;
    const d = qr.flatMap((row, y) => Array.from(row, (cell, x) => cell === "1" ? `M${x} ${y}h1v1h-1z` : "")).join("");
    const side = qr.length;
    const picture = h(
      "svg",
      { viewBox: `-4 -4 ${side + 8} ${side + 8}`, role: "img", "aria-label": `QR code of ${address}` },
      h("path", { d, fill: "#000" })
    );
    const text = h(
      "div",
      {},
      h("p", { text: "Scan the code, or open" }),
      h("p", { class: "address", text: address }),
      h("p", { text: "and type" }),
      h("p", { class: "code", text: code })
    );
    return h("div", { class: "lobby" }, picture, text);
  }
  showMap(state) {
    if (!this.scene) return;
    this.leaveMap();
    const { header, arrays } = this.scene;
    this.map = new ClassMap(header, arrays, this.theme, 3, (context) => {
      if (this.state?.activity === "guess") this.landings.aim(context, this.state, this.theme);
      else this.landings.place(context, this.theme);
    });
    this.stage.replaceChildren(this.map.element, this.beside);
    this.landings.attach(this.map);
    if (state.activity === "guess") this.showGuess(state, header);
  }
  showGuess({ truth, guesses = [] }, { shape, units }) {
    if (!this.picture) return;
    const picture = h("canvas");
    paintImage(picture, this.picture.pixels, shape);
    const distances = guesses.map(({ distance }) => distance).sort((a, b) => a - b);
    const middle = distances[distances.length >> 1];
    const text = !truth ? "Where is this image encoded?" : !distances.length ? "The ring marks its latent." : `The ring marks its latent. The nearest guess is ${figure(distances[0])} away, the median ${figure(middle)}, ${units}.`;
    this.beside.replaceChildren(h("p", { text }), picture);
  }
  compare({ titles, sentences }, { pixels }) {
    if (!pixels) {
      this.beside.replaceChildren(h("p", { text: "There are no drawings." }));
      return;
    }
    const [, height, width, channels] = pixels.shape;
    const size = height * width * channels;
    const figures = titles.map((title, i) => {
      const picture = h("canvas");
      paintImage(picture, pixels.subarray(i * size, (i + 1) * size), [height, width, channels]);
      return h("figure", {}, picture, h("figcaption", { text: title }));
    });
    const texts = sentences.map((text) => h("p", { text }));
    this.beside.replaceChildren(...texts, h("div", { class: "pictures" }, ...figures));
  }
  showControls({ activity, phase, hidden, ended }) {
    const button = (text, onclick, isMain = false) => h("button", { text, onclick, class: isMain ? "main" : null });
    const full = button("Full screen", () => void this.root.requestFullscreen());
    if (ended || activity === "wait") {
      this.controls.replaceChildren(ended ? "" : full);
      return;
    }
    const parts = [
      phase === "revealed" ? button("Open again", () => this.say("open")) : button("Reveal", () => this.say("revealed"), true),
      phase === "open" ? button("Freeze", () => this.say("frozen")) : null,
      phase === "frozen" ? button("Unfreeze", () => this.say("open")) : null,
      button("Clear", () => this.say("clear")),
      hidden.length ? button(`Show ${hidden.length} hidden`, () => hidden.forEach((phone) => this.say("show", phone))) : null,
      full,
      h("span", { class: "join", text: `${this.told.address} · ${this.told.code}` })
    ];
    this.controls.replaceChildren(...parts.filter((part) => part !== null));
  }
  stop() {
    this.live.stop();
    this.leaveMap();
    this.landings.stop();
  }
};
export {
  projector_default as default
};
