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

// neighbors/place.ts
var FLIGHT = 320;
var MARGIN2 = 14;
var THUMB = 34;
var PlaceMap = class {
  canvas = h("canvas", { role: "img" });
  caption = h("figcaption");
  element = h("figure", { class: "map" }, this.canvas, this.caption);
  observer = new ResizeObserver(() => this.redraw());
  points = null;
  shown = null;
  from = [0, 0];
  now = [0, 0];
  ground = null;
  screen = null;
  frame = 0;
  constructor() {
    this.observer.observe(this.canvas);
  }
  /** Take the points of a map; they arrive once. */
  takePoints(bytes) {
    const { header, arrays } = unpack(bytes);
    const painter = new ScatterPainter(arrays.xy, arrays.labels, []);
    this.points = { map: header.map, painter, bounds: boundsOf(arrays.xy) };
    this.ground = null;
    this.redraw();
  }
  /** Show where an image lies: fly there from where the last one was, then fan out the lines. */
  show(given, meanings, theme, picture) {
    const last = this.shown?.given;
    const isSame2 = last?.id === given.id;
    const hasMoved = !isSame2 || String(last.xy) !== String(given.xy);
    const isRestyled = this.shown?.theme.dark !== theme.dark;
    this.from = isSame2 ? this.now : given.xy;
    this.shown = { given, theme, picture };
    explain(this.caption, given.title, meanings);
    this.canvas.title = given.about;
    this.canvas.setAttribute("aria-label", given.about);
    this.redraw();
    if (hasMoved || isRestyled) this.fly();
  }
  fly() {
    cancelAnimationFrame(this.frame);
    const began = performance.now();
    const step = (time) => {
      const part = prefersStill() ? 1 : clamp((time - began) / FLIGHT, 0, 1);
      this.overlay(1 - (1 - part) ** 3);
      if (part < 1) this.frame = requestAnimationFrame(step);
    };
    step(began);
  }
  /** Draw the points into a canvas of their own. */
  redraw() {
    if (!this.shown || this.points?.map !== this.shown.given.id) return;
    const { given, theme } = this.shown;
    const place2 = cleared(this.canvas);
    if (!place2) return;
    const { width, height } = place2;
    const screen = scaled(this.points.bounds, given, width, height);
    this.screen = screen;
    const corners = [...screen.toScreen(0, 0), ...screen.toScreen(1, 1)];
    const key = [this.canvas.width, this.canvas.height, theme.dark, ...corners].join(" ");
    if (this.ground?.key !== key) {
      const canvas = h("canvas", { width: this.canvas.width, height: this.canvas.height });
      const context = contextOf(canvas);
      context.setTransform(place2.context.getTransform());
      const radius = clamp(80 / Math.sqrt(this.points.painter.places.length / 2), 0.8, 1.6);
      this.points.painter.paint(context, screen, theme, { kind: "dot", radius, alpha: 0.6 });
      this.ground = { key, canvas };
    }
    this.overlay(1);
  }
  /** Draw the query on its way (part 0 to 1) and its lines. */
  overlay(part) {
    const { ground, screen, shown } = this;
    if (!ground || !screen || !shown) return;
    const { given, theme } = shown;
    const context = contextOf(this.canvas);
    context.clearRect(0, 0, screen.width, screen.height);
    context.drawImage(ground.canvas, 0, 0, screen.width, screen.height);
    const way = (axis) => this.from[axis] + part * (given.xy[axis] - this.from[axis]);
    this.now = [way(0), way(1)];
    const [x, y] = screen.toScreen(...this.now);
    context.lineWidth = 1.5;
    context.strokeStyle = context.fillStyle = theme.accent;
    for (const end of given.lines) {
      const [toX, toY] = screen.toScreen(...end);
      const [endX, endY] = [x + part * (toX - x), y + part * (toY - y)];
      context.globalAlpha = 0.75;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(endX, endY);
      context.stroke();
      context.globalAlpha = 1;
      context.beginPath();
      context.arc(endX, endY, 2.5, 0, 7);
      context.fill();
    }
    const [wide, high] = [given.spread * screen.across, given.spread * screen.down];
    if (Math.max(wide, high) >= 2) {
      context.setLineDash([4, 4]);
      context.beginPath();
      context.ellipse(x, y, wide, high, 0, 0, 7);
      context.stroke();
      context.setLineDash([]);
    }
    paintThumb(context, shown.picture, theme, screen, x, y);
  }
  stop() {
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
  }
};
function scaled(bounds, given, width, height) {
  const [x, y] = given.xy;
  const [left, right] = [Math.min(bounds.left, x), Math.max(bounds.right, x)];
  const [low, high] = [Math.min(bounds.bottom, y), Math.max(bounds.top, y)];
  let across = (width - 2 * MARGIN2) / (right - left || 1);
  let down = (height - 2 * MARGIN2) / (high - low || 1);
  if (given.is_native) across = down = Math.min(across, down);
  const toScreen = (mapX, mapY) => [
    width / 2 + across * (mapX - (left + right) / 2),
    height / 2 - down * (mapY - (low + high) / 2)
  ];
  return { width, height, across, down, toScreen };
}
function paintThumb(context, picture, theme, screen, x, y) {
  const height = THUMB * picture.height / picture.width;
  const left = clamp(x - THUMB / 2, 2, screen.width - THUMB - 2);
  const above = y - height - 10;
  const top = above > 2 ? above : y + 10;
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, left, top, THUMB, height);
  context.lineWidth = 2;
  context.strokeRect(left, top, THUMB, height);
  context.beginPath();
  context.arc(x, y, 5, 0, 7);
  context.fillStyle = theme.background;
  context.fill();
  context.stroke();
}

// neighbors/spaces.ts
var LONG_NAME = 3;
var STAGGER = 18;
var MOST_STAGGERED = 18;
var SpaceRow = class {
  title = h("h3");
  lines = ["size", "agreement", "quiet", "quiet"].map(
    (name) => h("p", { class: name })
  );
  shelf = h("div", { class: "tiles" });
  element = h(
    "section",
    { class: "space" },
    h("header", {}, this.title, ...this.lines),
    this.shelf
  );
  tiles = [];
  walk;
  /** @param walk - called with the row of a neighbor that was clicked */
  constructor(walk) {
    this.walk = walk;
  }
  /**
   * Show what was found.
   * @param meanings - what the glossary says of terms in the texts
   * @param pictures - all tiles one after the other
   * @param shape - of one tile
   * @param moved - whether the neighbors are new and should fan out
   */
  show(space, meanings, pictures, shape, theme, moved) {
    explain(this.title, space.title, meanings);
    const texts = [space.size, space.agreement, space.chance, space.typical];
    this.lines.forEach((line, i) => {
      explain(line, texts[i], meanings);
      line.hidden = !texts[i];
    });
    while (this.tiles.length < space.tiles.length) this.tiles.push(new Tile(this.walk));
    this.tiles.length = space.tiles.length;
    const isLong = space.tiles.some(({ name }) => (name ?? "").length > LONG_NAME);
    space.tiles.forEach((neighbor, i) => {
      this.tiles[i].show(neighbor, tileOf(pictures, neighbor.tile, shape), shape, theme, isLong);
    });
    if (this.shelf.childElementCount !== this.tiles.length) {
      this.shelf.replaceChildren(...this.tiles.map(({ element }) => element));
    }
    if (moved && !prefersStill()) this.fan();
  }
  fan() {
    this.tiles.forEach(({ element }, i) => {
      element.classList.remove("fan");
      element.style.setProperty("--wait", `${Math.min(i, MOST_STAGGERED) * STAGGER}ms`);
    });
    this.shelf.getBoundingClientRect();
    for (const { element } of this.tiles) element.classList.add("fan");
  }
};
var Tile = class {
  canvas = h("canvas", { "aria-hidden": "true" });
  name = h("b");
  distance = h("span");
  number = h("span", { class: "number" }, this.name, this.distance);
  closer = h("span", { class: "number quiet" });
  element;
  row = -1;
  picture = new Uint8Array();
  shape = "";
  constructor(walk) {
    const onclick = () => walk(this.row);
    this.element = h("button", { class: "tile", onclick }, this.canvas, this.number, this.closer);
  }
  show(neighbor, picture, shape, theme, isLong) {
    this.row = neighbor.row;
    if (String(shape) !== this.shape || !isSame(this.picture, picture)) {
      paintImage(this.canvas, picture, shape);
      this.picture = picture.slice();
      this.shape = String(shape);
    }
    write(this.name, neighbor.name ?? "");
    write(this.distance, neighbor.distance);
    write(this.closer, neighbor.closer);
    this.number.classList.toggle("stacked", isLong);
    this.element.style.setProperty("--class", classColor(theme, neighbor.label));
    if (this.element.title === neighbor.about) return;
    this.element.title = neighbor.about;
    this.element.setAttribute("aria-label", neighbor.about);
  }
};
function isSame(a, b) {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// neighbors/neighbors.ts
var neighbors_default = keeping("#board", (root) => new NeighborBoard(root), (board, component) => board.show(component));
var NeighborBoard = class {
  root;
  query = captioned("query");
  drawn = captioned("drawn");
  sentence = h("p", { class: "sentence" });
  warning = h("p", { class: "warning", role: "status" });
  steps = h("nav", { class: "steps", "aria-label": "History of searches" });
  map = new PlaceMap();
  note = h("p", { class: "note" });
  legend = h("p", { class: "legend quiet" });
  rows = h("div", { class: "rows" });
  spaces = [];
  unlisten;
  tell;
  header = null;
  untold = null;
  constructor(root) {
    this.root = root;
    const pair = h("div", { class: "pair" }, this.query.element, arrow(), this.drawn.element);
    const words = h("div", { class: "words" }, this.sentence, this.warning);
    const asked = h("section", { class: "asked" }, pair, words);
    const way = h("section", { class: "way" }, this.map.element, this.steps);
    root.replaceChildren(h("div", { class: "top" }, asked, way), this.note, this.rows, this.legend);
    this.unlisten = [
      listen("seen", (drawing) => this.preview(drawing)),
      listen("neighbors points", (bytes) => this.map.takePoints(bytes)),
      listen("drawing", (drawing) => this.pass(drawing))
    ];
  }
  /** Show an answer of the server. */
  show({ data, setStateValue }) {
    this.tell = setStateValue;
    const { header, arrays } = unpack(data);
    const theme = readTheme(this.root, header.looks);
    const last = this.header;
    this.header = header;
    paintImage(this.query.canvas, arrays.query, header.shape);
    paintImage(this.drawn.canvas, arrays.drawn, header.shape);
    this.query.say(header.label ? `${header.source}: ${header.label}` : header.source);
    this.drawn.say(header.drawn);
    explain(this.sentence, header.sentence, header.meanings);
    this.warning.textContent = header.warning;
    this.note.textContent = header.note;
    this.legend.textContent = header.legend;
    this.showSteps(header, arrays.steps);
    const isNew = last === null || keyOf(last) !== keyOf(header);
    const isStroke = last !== null && header.drawing !== last.drawing;
    this.map.element.hidden = !header.map;
    if (header.map) this.map.show(header.map, header.meanings, theme, this.query.canvas);
    this.showSpaces(header, arrays.tiles, theme, isNew && !isStroke);
    publish("answered", header.drawing);
    if (this.untold) this.pass(this.untold);
  }
  /** Show what the browser itself knows of a drawing, before the server has answered. */
  preview({ id, shape, seen, drawn }) {
    const { header } = this;
    if (!header || id <= header.drawing || String(shape) !== String(header.shape)) return;
    paintImage(this.query.canvas, seen, shape);
    if (drawn) paintImage(this.drawn.canvas, drawn, shape);
  }
  /** Tell Python of a drawing: what changes then is the board. */
  pass(drawing) {
    this.untold = drawing;
    if (drawing.network !== this.header?.network) return;
    this.untold = null;
    const told = kept("told drawings", () => ({ last: 0 }));
    if (drawing.id <= told.last) return;
    told.last = drawing.id;
    this.tell("drawing", drawing);
  }
  /** Tell Python of a click; they are numbered, so that each is acted on once. */
  go(where, number) {
    const clicks = kept("clicks", () => ({ last: 0 }));
    this.tell("go", { where, number, click: ++clicks.last });
  }
  showSpaces(header, pictures, theme, moved) {
    const walk = (row) => this.go("walk", row);
    while (this.spaces.length < header.spaces.length) this.spaces.push(new SpaceRow(walk));
    this.spaces.length = header.spaces.length;
    header.spaces.forEach((space, i) => {
      this.spaces[i].show(space, header.meanings, pictures, header.shape, theme, moved);
    });
    if (this.rows.childElementCount !== this.spaces.length) {
      this.rows.replaceChildren(...this.spaces.map(({ element }) => element));
    }
  }
  showSteps(header, pictures) {
    const last = header.steps.length - 1;
    this.steps.hidden = last === 0;
    if (last === 0) return;
    const crumbs = header.steps.map((text, step) => {
      const canvas = h("canvas", { "aria-hidden": "true" });
      paintImage(canvas, tileOf(pictures, step, header.shape), header.shape);
      const isLast = step === last;
      const title = isLast ? text : `Back to ${text}`;
      const onclick2 = isLast ? void 0 : () => this.go("back", step);
      const props = { title, "aria-label": title, "aria-current": isLast && "step", onclick: onclick2 };
      return h("button", { class: "step", ...props }, canvas);
    });
    const onclick = () => this.go("back", last - 1);
    const back = h("button", { class: "back", text: "← Back", onclick });
    this.steps.replaceChildren(back, ...crumbs);
    this.steps.scrollLeft = this.steps.scrollWidth;
  }
  stop() {
    this.unlisten.forEach((stop) => stop());
    this.map.stop();
  }
};
function keyOf({ source, spaces }) {
  return JSON.stringify([source, spaces[0].tiles.map(({ row }) => row)]);
}
function captioned(name) {
  const canvas = h("canvas", { role: "img" });
  const caption = h("figcaption");
  const element = h("figure", { class: name }, canvas, caption);
  const say = (text) => {
    caption.textContent = caption.title = text;
    canvas.setAttribute("aria-label", text);
  };
  return { element, canvas, say };
}
function arrow() {
  const d = "M2 12h18M14 5l7 7-7 7";
  const line = h("path", { d, fill: "none", stroke: "currentColor", "stroke-width": 2 });
  return h("svg", { class: "arrow", viewBox: "0 0 24 24", "aria-hidden": "true" }, line);
}
export {
  neighbors_default as default
};
