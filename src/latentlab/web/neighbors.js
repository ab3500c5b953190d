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
function prefersStill() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// lib/link.ts
var KEY = /* @__PURE__ */ Symbol.for("latentlab.link");
var PAGE = globalThis;
function publish(topic, value) {
  const { last, target } = link();
  last.set(topic, value);
  target.dispatchEvent(new CustomEvent(topic, { detail: value }));
}
function listen(topic, hear) {
  const { last, target } = link();
  if (last.has(topic)) hear(last.get(topic));
  const listener = (event) => hear(event.detail);
  target.addEventListener(topic, listener);
  return () => target.removeEventListener(topic, listener);
}
function kept(name, make) {
  const { things } = link();
  if (!things.has(name)) things.set(name, make());
  return things.get(name);
}
function link() {
  PAGE[KEY] ??= { last: /* @__PURE__ */ new Map(), things: /* @__PURE__ */ new Map(), target: new EventTarget() };
  return PAGE[KEY];
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

// neighbors/place.ts
var FLIGHT = 320;
var MARGIN = 14;
var THUMB = 34;
var PlaceMap = class {
  constructor() {
    this.canvas = h("canvas", { role: "img" });
    this.caption = h("figcaption");
    this.element = h("figure", { class: "map" }, this.canvas, this.caption);
    this.points = null;
    this.given = null;
    this.from = null;
    this.frame = 0;
    this.observer = new ResizeObserver(() => this.redraw());
    this.observer.observe(this.canvas);
  }
  /** Take the points of a map; they arrive once. */
  takePoints(points) {
    this.points = points;
    this.redraw();
  }
  /** Show where an image lies: fly there from where the last one was, then fan out the lines. */
  show(given, theme, picture) {
    const same2 = this.given?.id === given.id;
    const unchanged = same2 && String(this.given.xy) === String(given.xy) && this.theme === theme;
    this.from = same2 ? this.now ?? this.given.xy : given.xy;
    Object.assign(this, { given, theme, picture });
    this.caption.textContent = given.title;
    this.canvas.title = given.about;
    this.canvas.setAttribute("aria-label", given.about);
    this.redraw();
    if (!unchanged) this.fly();
  }
  fly() {
    cancelAnimationFrame(this.frame);
    const began = performance.now();
    const length = prefersStill() ? 0 : FLIGHT;
    const step = (time) => {
      const part = length ? Math.min(1, Math.max(0, (time - began) / length)) : 1;
      this.overlay(1 - (1 - part) ** 3);
      if (part < 1) this.frame = requestAnimationFrame(step);
    };
    step(began);
  }
  /** Draw the points into a canvas of their own. */
  redraw() {
    const box = this.canvas.getBoundingClientRect();
    if (!box.width || !this.given || this.points?.id !== this.given.id) return;
    const scale = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(box.width * scale), Math.round(box.height * scale)];
    this.scale = scale;
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.fit(width, height);
    const key = [width, height, this.theme.dark, this.given.id, ...this.view];
    if (String(key) !== String(this.groundKey)) {
      this.groundKey = key;
      this.ground = h("canvas", { width, height });
      this.paintPoints(this.ground.getContext("2d"));
    }
    this.overlay(1);
  }
  /** Choose the scale so that everything, the query too, is inside. */
  fit(width, height) {
    const { xy } = this.points;
    if (this.boundsOf !== this.points) {
      this.bounds = boundsOf(xy);
      this.boundsOf = this.points;
    }
    const [x, y] = this.given.xy;
    const [left, right] = [Math.min(this.bounds[0], x), Math.max(this.bounds[1], x)];
    const [low, high] = [Math.min(this.bounds[2], y), Math.max(this.bounds[3], y)];
    const room = MARGIN * this.scale;
    let across = (width - 2 * room) / (right - left || 1);
    let down = (height - 2 * room) / (high - low || 1);
    if (this.given.is_native) across = down = Math.min(across, down);
    const [x0, y0] = [width / 2 - across * (left + right) / 2, height / 2 + down * (low + high) / 2];
    this.view = [across, down, x0, y0];
  }
  at([x, y]) {
    const [across, down, x0, y0] = this.view;
    return [x0 + across * x, y0 - down * y];
  }
  paintPoints(context) {
    const { xy, labels } = this.points;
    const radius = Math.max(1, Math.min(2.2, 160 / Math.sqrt(labels.length))) * this.scale;
    context.globalAlpha = 0.55;
    for (let i = 0; i < labels.length; i++) {
      const [x, y] = this.at([xy[2 * i], xy[2 * i + 1]]);
      context.fillStyle = classColor(this.theme, labels[i]);
      context.fillRect(x - radius / 2, y - radius / 2, radius, radius);
    }
  }
  /** Draw the query on its way (part 0 to 1) and its lines. */
  overlay(part) {
    if (!this.view || !this.ground) return;
    const { given, theme, scale } = this;
    const context = this.canvas.getContext("2d");
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.drawImage(this.ground, 0, 0);
    this.now = given.xy.map((value, i) => this.from[i] + part * (value - this.from[i]));
    const [x, y] = this.at(this.now);
    context.lineWidth = 1.5 * scale;
    context.strokeStyle = theme.accent;
    context.fillStyle = theme.accent;
    for (const end of given.lines) {
      const [toX, toY] = this.at(end);
      const [endX, endY] = [x + part * (toX - x), y + part * (toY - y)];
      context.globalAlpha = 0.75;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(endX, endY);
      context.stroke();
      context.globalAlpha = 1;
      context.beginPath();
      context.arc(endX, endY, 2.5 * scale, 0, 7);
      context.fill();
    }
    this.paintSpread(context, x, y);
    this.paintThumb(context, x, y);
  }
  /** How far apart those lie that chose the place. */
  paintSpread(context, x, y) {
    const [wide, high] = this.view.slice(0, 2).map((unit) => this.given.spread * unit);
    if (Math.max(wide, high) < 2 * this.scale) return;
    context.setLineDash([4 * this.scale, 4 * this.scale]);
    context.beginPath();
    context.ellipse(x, y, wide, high, 0, 0, 7);
    context.stroke();
    context.setLineDash([]);
  }
  paintThumb(context, x, y) {
    const { picture, scale, theme } = this;
    const side = THUMB * scale;
    const height = side * picture.height / picture.width;
    const left = Math.min(Math.max(x - side / 2, 2), this.canvas.width - side - 2);
    const above = y - height - 10 * scale;
    const top = above > 2 ? above : y + 10 * scale;
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, left, top, side, height);
    context.lineWidth = 2 * scale;
    context.strokeStyle = theme.accent;
    context.strokeRect(left, top, side, height);
    context.beginPath();
    context.arc(x, y, 5 * scale, 0, 7);
    context.fillStyle = theme.background;
    context.fill();
    context.stroke();
  }
  stop() {
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
  }
};
function boundsOf(xy) {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < xy.length; i += 2) {
    left = Math.min(left, xy[i]);
    right = Math.max(right, xy[i]);
    low = Math.min(low, xy[i + 1]);
    high = Math.max(high, xy[i + 1]);
  }
  return [left, right, low, high];
}

// neighbors/spaces.ts
var LONG_NAME = 3;
var STAGGER = 18;
var MOST_STAGGERED = 18;
var SpaceRow = class {
  /** @param {{theme: object, go: (where: string, number: number) => void}} board */
  constructor(board) {
    this.board = board;
    this.title = h("h3");
    this.lines = ["size", "agreement", "quiet", "quiet"].map((name) => h("p", { class: name }));
    this.tiles = [];
    this.shelf = h("div", { class: "tiles" });
    const head = h("header", {}, this.title, ...this.lines);
    this.element = h("section", { class: "space" }, head, this.shelf);
  }
  /**
   * Show what was found.
   * @param {object} space - title, size, agreement, chance, typical, tiles
   * @param {Uint8Array} pictures - all tiles one after the other
   * @param {number[]} shape - of one tile
   * @param {boolean} moved - whether the neighbors are new and should fan out
   */
  show(space, pictures, shape, moved) {
    write(this.title, space.title);
    const texts = [space.size, space.agreement, space.chance, space.typical];
    this.lines.forEach((line, i) => {
      write(line, texts[i]);
      line.hidden = !texts[i];
    });
    while (this.tiles.length < space.tiles.length) this.tiles.push(new Tile(this.board));
    this.tiles.length = space.tiles.length;
    const isLong = space.tiles.some((tile) => (tile.name ?? "").length > LONG_NAME);
    const size = shape.reduce((product, side) => product * side, 1);
    space.tiles.forEach((tile, i) => {
      const picture = pictures.subarray(tile.tile * size, (tile.tile + 1) * size);
      this.tiles[i].show(tile, picture, shape, isLong);
    });
    if (this.shelf.childElementCount !== this.tiles.length) {
      this.shelf.replaceChildren(...this.tiles.map((tile) => tile.element));
    }
    if (moved && !prefersStill()) this.fan();
  }
  fan() {
    this.tiles.forEach(({ element }, i) => {
      element.classList.remove("fan");
      element.style.setProperty("--wait", `${Math.min(i, MOST_STAGGERED) * STAGGER}ms`);
    });
    void this.shelf.offsetWidth;
    this.tiles.forEach(({ element }) => element.classList.add("fan"));
  }
};
var Tile = class {
  constructor(board) {
    this.board = board;
    this.canvas = h("canvas", { "aria-hidden": "true" });
    this.name = h("b");
    this.distance = h("span");
    this.number = h("span", { class: "number" }, this.name, this.distance);
    this.closer = h("span", { class: "number quiet" });
    const parts = [this.canvas, this.number, this.closer];
    this.element = h("button", { class: "tile", onclick: () => board.go("walk", this.row) }, ...parts);
  }
  show(tile, picture, shape, isLong) {
    this.row = tile.row;
    if (!same(this.picture, picture) || String(shape) !== this.shape) {
      paintImage(this.canvas, picture, shape);
      this.picture = picture.slice();
      this.shape = String(shape);
    }
    write(this.name, tile.name ?? "");
    write(this.distance, tile.distance);
    write(this.closer, tile.closer);
    this.number.classList.toggle("stacked", isLong);
    this.element.style.setProperty("--class", classColor(this.board.theme, tile.label));
    if (this.element.title === tile.about) return;
    this.element.title = tile.about;
    this.element.setAttribute("aria-label", tile.about);
  }
};
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
function same(a, b) {
  return a?.length === b.length && a.every((value, i) => value === b[i]);
}

// neighbors/neighbors.ts
var boards = /* @__PURE__ */ new WeakMap();
function mount({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector("#board");
  if (!boards.has(root)) boards.set(root, new Board(root));
  const board = boards.get(root);
  board.tell = setStateValue;
  board.show(unpack(data));
  return () => {
    board.stop();
    boards.delete(root);
  };
}
var Board = class {
  constructor(root) {
    this.root = root;
    this.query = captioned("query");
    this.drawn = captioned("drawn");
    this.label = h("p", { class: "label" });
    this.sentence = h("p", { class: "sentence" });
    this.warning = h("p", { class: "warning", role: "status" });
    this.steps = h("nav", { class: "steps", "aria-label": "The images you came by" });
    this.map = new PlaceMap();
    this.note = h("p", { class: "note" });
    this.legend = h("p", { class: "legend quiet" });
    this.spaces = [];
    this.rows = h("div", { class: "rows" });
    const pair = h("div", { class: "pair" }, this.query.element, arrow(), this.drawn.element);
    const words = h("div", { class: "words" }, this.sentence, this.warning);
    const asked = h("section", { class: "asked" }, pair, words);
    const way = h("section", { class: "way" }, this.map.element, this.steps);
    root.replaceChildren(
      h("div", { class: "top" }, asked, way),
      this.note,
      this.rows,
      this.legend
    );
    this.unlisten = [
      listen("seen", (drawing) => this.preview(drawing)),
      listen("points", (points) => this.map.takePoints(points)),
      listen("drawing", (drawing) => this.pass(drawing))
    ];
  }
  /** Show an answer of the server. */
  show({ header, arrays }) {
    this.theme = readTheme(this.root, header.looks);
    this.header = header;
    paintImage(this.query.canvas, arrays.query, header.shape);
    paintImage(this.drawn.canvas, arrays.drawn, header.shape);
    this.query.say(header.label ? `${header.source}: ${header.label}` : header.source);
    this.drawn.say(header.drawn);
    this.sentence.textContent = header.sentence;
    this.warning.textContent = header.warning ?? "";
    this.note.textContent = header.note ?? "";
    this.legend.textContent = header.legend;
    this.showSteps(header, arrays.steps);
    const isNew = this.key !== keyOf(header);
    const isStroke = this.drawing !== void 0 && header.drawing !== this.drawing;
    const moved = isNew && !isStroke;
    this.key = keyOf(header);
    this.drawing = header.drawing;
    this.map.element.hidden = !header.map;
    if (header.map) this.map.show(header.map, this.theme, this.query.canvas);
    this.showSpaces(header, arrays.tiles, moved);
    publish("answered", header.drawing);
    if (this.unsaid) this.pass(this.unsaid);
  }
  /** Show what the browser itself knows of a drawing, before the server has answered. */
  preview({ id, shape, seen, drawn }) {
    if (!this.header || id <= this.header.drawing || String(shape) !== String(this.header.shape)) return;
    paintImage(this.query.canvas, seen, shape);
    if (drawn) paintImage(this.drawn.canvas, drawn, shape);
  }
  /** Tell Python of a drawing: what changes then is the board. */
  pass(drawing) {
    this.unsaid = drawing;
    if (!this.header || drawing.network !== this.header.network) return;
    this.unsaid = null;
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
  showSpaces(header, pictures, moved) {
    while (this.spaces.length < header.spaces.length) this.spaces.push(new SpaceRow(this));
    this.spaces.length = header.spaces.length;
    header.spaces.forEach((space, i) => this.spaces[i].show(space, pictures, header.shape, moved));
    if (this.rows.childElementCount !== this.spaces.length) {
      this.rows.replaceChildren(...this.spaces.map((space) => space.element));
    }
  }
  showSteps(header, pictures) {
    const size = header.shape.reduce((product, side) => product * side, 1);
    const last = header.steps.length - 1;
    this.steps.hidden = last === 0;
    if (last === 0) return;
    const crumbs = header.steps.map((text, step) => {
      const canvas = h("canvas", { "aria-hidden": "true" });
      paintImage(canvas, pictures.subarray(step * size, (step + 1) * size), header.shape);
      return h(
        "button",
        {
          class: "step",
          title: step === last ? text : `Back to ${text}`,
          "aria-label": step === last ? text : `Back to ${text}`,
          "aria-current": step === last ? "step" : null,
          onclick: () => step !== last && this.go("back", step)
        },
        canvas
      );
    });
    const back = h("button", {
      class: "back",
      text: "← Back",
      onclick: () => this.go("back", last - 1)
    });
    this.steps.replaceChildren(back, ...crumbs);
    this.steps.scrollLeft = this.steps.scrollWidth;
  }
  stop() {
    this.unlisten.forEach((stop) => stop());
    this.map.stop();
  }
};
function keyOf(header) {
  return JSON.stringify([header.source, header.spaces[0]?.tiles.map((tile) => tile.row)]);
}
function captioned(name) {
  const canvas = h("canvas", { role: "img" });
  const caption = h("figcaption");
  const element = h("figure", { class: name }, canvas, caption);
  const say = (text) => {
    caption.textContent = text;
    caption.title = text;
    canvas.setAttribute("aria-label", text);
  };
  return { element, canvas, say };
}
function arrow() {
  const line = h("path", { d: "M2 12h18M14 5l7 7-7 7", fill: "none", stroke: "currentColor", "stroke-width": 2 });
  return h("svg", { class: "arrow", viewBox: "0 0 24 24", "aria-hidden": "true" }, line);
}
export {
  mount as default
};
