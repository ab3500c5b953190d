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

// map/chart.ts
var PICK_RADIUS = 14;
function findChart(key) {
  const chart = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const drawn = chart;
  return drawn?._fullLayout?.xaxis?._length && drawn._fullData ? chart : null;
}
function frameOf(chart) {
  const { xaxis, yaxis } = chart._fullLayout;
  return {
    left: xaxis._offset,
    top: yaxis._offset,
    width: xaxis._length,
    height: yaxis._length,
    x: numbers(xaxis.range),
    y: numbers(yaxis.range)
  };
}
function numbers([low, high]) {
  return [Number(low), Number(high)];
}
function toPixels(frame, [x, y]) {
  return [
    (x - frame.x[0]) / (frame.x[1] - frame.x[0]) * frame.width,
    (frame.y[1] - y) / (frame.y[1] - frame.y[0]) * frame.height
  ];
}
function toData({ frame, px, py }) {
  return [
    frame.x[0] + px / frame.width * (frame.x[1] - frame.x[0]),
    frame.y[1] - py / frame.height * (frame.y[1] - frame.y[0])
  ];
}
function pointerIn(chart, { clientX, clientY }) {
  const frame = frameOf(chart);
  const box = chart.getBoundingClientRect();
  const px = clientX - box.left - frame.left;
  const py = clientY - box.top - frame.top;
  return isInside(frame, px, py) ? { frame, px, py } : null;
}
function spotOf(chart, place) {
  const frame = frameOf(chart);
  const box = chart.getBoundingClientRect();
  const [px, py] = toPixels(frame, place);
  return { clientX: box.left + frame.left + px, clientY: box.top + frame.top + py };
}
function cheapest(chart, pointer, cost, least = Infinity) {
  const { frame, px, py } = pointer;
  const scaleX = frame.width / (frame.x[1] - frame.x[0]);
  const scaleY = frame.height / (frame.y[1] - frame.y[0]);
  const [x, y] = toData(pointer);
  let found = null;
  for (const trace of chart._fullData) {
    if (trace.visible !== true || !trace.customdata) continue;
    for (let i = 0; i < trace.x.length; i++) {
      const dx = (trace.x[i] - x) * scaleX;
      const dy = (y - trace.y[i]) * scaleY;
      const price = cost(dx, dy);
      if (price >= least || !isInside(frame, px + dx, py + dy)) continue;
      least = price;
      found = { row: Number(trace.customdata[i]), at: [trace.x[i], trace.y[i]] };
    }
  }
  return found;
}
function rowAt(chart, pointer) {
  return cheapest(chart, pointer, squared, PICK_RADIUS ** 2)?.row ?? null;
}
function squared(dx, dy) {
  return dx * dx + dy * dy;
}
function isInside(frame, px, py) {
  return px >= 0 && py >= 0 && px <= frame.width && py <= frame.height;
}

// lib/arrows.ts
var ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
};

// map/keys.ts
var NEXT = 2;
var LEAP = 48;
var FREE = 14;
var ZOOM = 120;
var KEYS_LABEL = "Map of images. Arrow keys move a cursor to the next point, with Shift farther, with Alt between the points; Home to the middle. Enter shows its details, after the map. 0 to 9 show one class of the legend alone, plus and minus zoom, F fits the whole map, Escape leaves.";
function act(on, chart, event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const arrow = ARROWS[key];
  if (arrow && event.altKey) on.cursor = glide(on, chart, arrow);
  else if (arrow) on.cursor = step(on, chart, arrow, event.shiftKey ? LEAP : NEXT);
  else if (/^\d$/.test(key)) pressLegend(chart, Number(key));
  else if (event.altKey) return false;
  else if (key === "Home") on.cursor = home(chart);
  else if (key === "Enter" || key === " ") open(on, chart, event.repeat);
  else if (key === "+" || key === "=") zoom(on, chart, -ZOOM);
  else if (key === "-") zoom(on, chart, ZOOM);
  else if (key === "f") chart.querySelector(".modebar-btn[data-val=reset]")?.click();
  else if (key === "Escape" && on.cursor) on.cursor = null;
  else return false;
  return true;
}
function step(on, chart, [ux, uy], least) {
  const from = cursorIn(on, chart);
  if (!from) return home(chart);
  const found = cheapest(chart, from, (dx, dy) => {
    const along = dx * ux + dy * uy;
    const across = Math.abs(dx * uy - dy * ux);
    return along >= least && across <= along ? squared(dx, dy) : Infinity;
  });
  return found?.at ?? on.cursor;
}
function glide(on, chart, [ux, uy]) {
  const { frame, px, py } = cursorIn(on, chart) ?? middleOf(chart);
  return toData({
    frame,
    px: clamp(px + ux * FREE, 1, frame.width - 1),
    py: clamp(py + uy * FREE, 1, frame.height - 1)
  });
}
function home(chart) {
  return cheapest(chart, middleOf(chart), squared)?.at ?? null;
}
function open(on, chart, isRepeated) {
  if (isRepeated) return;
  const pointer = cursorIn(on, chart);
  if (pointer) on.open(pointer);
  else on.cursor = home(chart);
}
function zoom({ cursor }, chart, deltaY) {
  const at = spotOf(chart, cursor ?? toData(middleOf(chart)));
  const turn = { ...at, deltaY, bubbles: true, cancelable: true };
  chart.querySelector(".nsewdrag")?.dispatchEvent(new WheelEvent("wheel", turn));
}
function pressLegend(chart, number) {
  const line = chart.querySelectorAll(".legendtoggle").item(number);
  for (const kind of ["mousedown", "mouseup"]) {
    line?.dispatchEvent(new MouseEvent(kind, { bubbles: true }));
  }
}
function cursorIn({ cursor }, chart) {
  return cursor && pointerIn(chart, spotOf(chart, cursor));
}
function middleOf(chart) {
  const frame = frameOf(chart);
  return { frame, px: frame.width / 2, py: frame.height / 2 };
}

// map/painting.ts
function drawMarks(context, { found, spread, lines = [], loop, rings = [] }, look, frame, grown, cursor) {
  const at = (place) => toPixels(frame, place);
  if (found) {
    fill(context, look.background, 0.6, (path) => path.rect(0, 0, frame.width, frame.height));
    for (const place of found) dot(context, look.accent, at(place), 3);
  }
  if (spread) {
    const radius = spread.radius / Math.abs(frame.x[1] - frame.x[0]) * frame.width;
    const color = spread.far ? look.warning : look.accent;
    const path = fill(context, color, 0.15, (to) => to.arc(...at(spread.at), radius, 0, 7));
    stroke(context, path, color, 1, [5, 4]);
  }
  for (const [from, to] of lines) {
    const [[x0, y0], [x1, y1]] = [at(from), at(to)];
    const end = [x0 + (x1 - x0) * grown, y0 + (y1 - y0) * grown];
    const line = new Path2D();
    line.moveTo(x0, y0);
    line.lineTo(...end);
    stroke(context, line, look.accent, 1.5);
    dot(context, look.accent, end, 3.5);
  }
  if (loop) {
    const path = fill(context, look.accent, 0.12, (to) => {
      for (const corner of loop) to.lineTo(...at(corner));
      to.closePath();
    });
    stroke(context, path, look.accent, 2);
  }
  for (const ring of rings) drawRing(context, at(ring.at), ring, look);
  if (cursor) drawCursor(context, at(cursor), look);
}
function drawRing(context, [x, y], { letter, quiet }, look) {
  const color = quiet ? look.muted : look.accent;
  const circle = new Path2D();
  circle.arc(x, y, 9, 0, 7);
  stroke(context, circle, look.background, 5);
  stroke(context, circle, color, 2.5, quiet ? [3, 3] : []);
  if (!letter) return;
  context.font = "600 15px sans-serif";
  context.lineWidth = 4;
  context.strokeStyle = look.background;
  context.strokeText(letter, x + 13, y - 8);
  context.fillStyle = color;
  context.fillText(letter, x + 13, y - 8);
}
function drawCursor(context, [x, y], look) {
  const cross = new Path2D();
  cross.arc(x, y, 11, 0, 7);
  for (const [ux, uy] of Object.values(ARROWS)) {
    cross.moveTo(x + ux * 7, y + uy * 7);
    cross.lineTo(x + ux * 16, y + uy * 16);
  }
  stroke(context, cross, look.background, 5);
  stroke(context, cross, look.accent, 2.25);
}
function dot(context, color, at, radius) {
  fill(context, color, 1, (path) => path.arc(...at, radius, 0, 7));
}
function fill(context, color, alpha, draw) {
  const path = new Path2D();
  draw(path);
  context.globalAlpha = alpha;
  context.fillStyle = color;
  context.fill(path);
  context.globalAlpha = 1;
  return path;
}
function stroke(context, path, color, width, dash = []) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.stroke(path);
  context.setLineDash([]);
}

// lib/bus.ts
var KEY = /* @__PURE__ */ Symbol.for("latentlab.bus");
var PAGE = globalThis;
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

// map/tip.ts
var ENLARGED = 112;
var SPEAK_AFTER = 250;
var TIP = "position: fixed; z-index: 999999; pointer-events: none; display: none; padding: 6px; border-radius: 8px; font: 14px sans-serif; box-shadow: 0 4px 16px #0006";
var Tip = class {
  picture = h("canvas", { style: "display: block; image-rendering: pixelated" });
  words = h("div", { style: "margin-top: 4px" });
  card = h(
    "div",
    { class: "latentlab-map-tip", style: TIP },
    this.picture,
    this.words
  );
  live = h("div", {
    class: "latentlab-map-live",
    style: "position: fixed; clip-path: inset(50%)",
    "aria-live": "polite"
  });
  /** Let screen readers hear where the keys have led, once they rest. */
  speak = debounce((text) => {
    this.live.textContent = text;
  }, SPEAK_AFTER);
  unlisten;
  atlas = null;
  of = "";
  constructor() {
    document.body.append(this.card, this.live);
    this.unlisten = listen("map atlas", (bytes) => void this.take(bytes));
  }
  async take(bytes) {
    const { header, arrays } = unpack(bytes);
    const bitmap = await createImageBitmap(new Blob([arrays.picture], { type: header.mime }));
    this.atlas = { header, arrays, bitmap };
    const [width, height] = header.tile;
    const times = Math.max(1, Math.floor(ENLARGED / Math.max(width, height)));
    this.picture.width = width;
    this.picture.height = height;
    this.picture.style.width = `${width * times}px`;
    this.picture.style.height = `${height * times}px`;
  }
  /** Take the theme's colors, and which checkpoint's images may be shown. */
  adopt(look, of) {
    this.of = of;
    this.card.style.background = look.surface;
    this.card.style.color = look.ink;
    this.card.style.border = `1px solid ${look.line}`;
  }
  /** Show the image of the point at a place in the window; whether there is one. */
  show(chart, spot) {
    const pointer = pointerIn(chart, spot);
    const row = pointer && rowAt(chart, pointer);
    if (row === null || this.atlas?.header.of !== this.of) {
      this.hide();
      return false;
    }
    const { header, arrays, bitmap } = this.atlas;
    const [width, height] = header.tile;
    const left = row % header.columns * width;
    const top = Math.floor(row / header.columns) * height;
    const context = contextOf(this.picture);
    context.drawImage(bitmap, left, top, width, height, 0, 0, width, height);
    const name = header.classes.at(arrays.labels[row]);
    const error = row < arrays.errors.length ? `error ${arrays.errors[row].toPrecision(2)}` : "";
    const known = [arrays.labels[row] >= 0 ? name : "", error];
    this.words.textContent = known.filter(Boolean).join(" · ") || "An image";
    this.card.dataset.row = String(row);
    this.card.style.display = "block";
    placeBeside(this.card, spot);
    return true;
  }
  hide() {
    this.card.style.display = "none";
  }
  /** Show and say what is under the cursor of the keys. */
  look(chart, spot, said) {
    if (!this.atlas) return;
    const seen = this.show(chart, spot) ? this.words.textContent : "No image here.";
    this.speak(said ?? seen);
  }
  /** The cursor is gone. */
  lookAway() {
    this.hide();
    this.speak("");
  }
  stop() {
    this.unlisten();
    this.speak.cancel();
    this.card.remove();
    this.live.remove();
  }
};
function placeBeside(tip, { clientX, clientY }) {
  const { width, height } = tip.getBoundingClientRect();
  const isRight = clientX + 18 + width < window.innerWidth;
  const isAbove = clientY - 18 - height > 0;
  tip.style.left = `${isRight ? clientX + 18 : clientX - 18 - width}px`;
  tip.style.top = `${isAbove ? clientY - 18 - height : clientY + 18}px`;
}

// map/marks.ts
var MOST_CORNERS = 24;
var GROWING_MS = 300;
var CLICK_MOVEMENT = 4;
var DOUBLE_CLICK_MS = 350;
var AWAKE_MS = 1e3;
var ASLEEP_MS = 150;
var marks_default = keeping(
  null,
  () => new Overlay(),
  (overlay, component) => overlay.show(component)
);
var Overlay = class {
  cursor = null;
  // Tab reaches the canvas, the pointer only the chart below it.
  canvas = h("canvas", {
    class: "latentlab-map-marks",
    style: "position: absolute; pointer-events: none; z-index: 5",
    tabindex: 0,
    role: "application",
    "aria-label": KEYS_LABEL,
    onfocus: () => this.follow(),
    onblur: () => this.follow(),
    onkeydown: (event) => this.press(event)
  });
  tip = new Tip();
  listening = new AbortController();
  say;
  data = null;
  chart = null;
  /** The row that was clicked last. */
  last = null;
  clicked = null;
  since = 0;
  awakeUntil = 0;
  timer;
  drawn = "";
  seen = "null";
  constructor() {
    const { signal } = this.listening;
    for (const kind of ["pointermove", "pointerdown", "wheel", "keydown"]) {
      document.addEventListener(kind, () => this.wake(), { passive: true, signal });
    }
    document.addEventListener("pointermove", (event) => this.hover(event), { passive: true, signal });
    let pressed = null;
    const down = (event) => {
      pressed = event.button === 0 && this.isOnPlot(event.target) ? event : null;
    };
    const up = (event) => {
      if (pressed && distance(pressed, event) < CLICK_MOVEMENT) this.click(event);
      pressed = null;
    };
    document.addEventListener("pointerdown", down, { capture: true, signal });
    document.addEventListener("pointerup", up, { capture: true, signal });
    this.wake();
    this.keepFollowing();
  }
  show({ data, setStateValue }) {
    const last = this.data;
    this.data = data;
    this.say = (picked) => setStateValue("pick", { ...picked, map: data.map, of: data.of, time: Date.now() });
    if (last?.of !== data.of) this.last = null;
    if (last?.of !== data.of || last.map !== data.map) this.cursor = null;
    if (data.row !== void 0) this.last = data.row;
    this.tip.adopt(data.look, data.of);
    if (JSON.stringify(data) === JSON.stringify(last)) return;
    this.since = performance.now();
    this.drawn = "";
    this.wake();
  }
  // ---- what the visitor does -----------------------------------------------------------------------
  isOnPlot(target) {
    if (!(target instanceof Element) || !this.chart?.contains(target)) return false;
    return !!target.closest(".plot-container") && !target.closest(".legend, .modebar, .infolayer");
  }
  hover(event) {
    const isHere = event.buttons === 0 && this.chart?.contains(event.target);
    if (this.chart && isHere) this.tip.show(this.chart, event);
    else this.tip.hide();
  }
  click(event) {
    const pointer = this.chart?.isConnected && pointerIn(this.chart, event);
    if (!pointer || isSecondOfDouble(this.clicked, event)) return;
    this.clicked = event;
    this.cursor = toData(pointer);
    this.choose(pointer);
  }
  press(event) {
    if (event.ctrlKey || event.metaKey || !this.chart || !act(this, this.chart, event)) return;
    event.preventDefault();
    event.stopPropagation();
    this.wake();
    this.follow();
  }
  open(pointer) {
    this.choose(pointer);
    if (this.chart && this.cursor) {
      this.tip.look(this.chart, spotOf(this.chart, this.cursor), "Details are after the map.");
    }
  }
  /** Say which point, or which empty place, a pointer or the cursor of the keys has chosen. */
  choose(pointer) {
    const row = this.chart && rowAt(this.chart, pointer);
    if (row === null) {
      this.say({ kind: "place", at: toData(pointer) });
    } else {
      const before = this.last === row ? null : this.last;
      this.last = row;
      this.say({ kind: "point", row, before });
    }
  }
  hearSelected = (event) => {
    const corners = event ? cornersOf(event) : [];
    if (corners.length > 2) this.say({ kind: "loop", corners });
  };
  // ---- what is drawn -------------------------------------------------------------------------------
  wake() {
    this.awakeUntil = performance.now() + AWAKE_MS;
  }
  keepFollowing() {
    const step2 = () => {
      if (this.listening.signal.aborted) return;
      this.follow();
      if (performance.now() < this.awakeUntil) requestAnimationFrame(step2);
      else this.timer = setTimeout(step2, ASLEEP_MS);
    };
    requestAnimationFrame(step2);
  }
  /** Paint again if the chart has moved or the marks have changed. */
  follow() {
    const { canvas, data } = this;
    const chart = data && findChart(data.chart);
    this.meet(chart);
    if (!chart) {
      canvas.remove();
      this.lookAt(null, null, "null");
      return;
    }
    const host = chart.querySelector(".svg-container");
    if (!host) return;
    if (canvas.parentElement !== host) host.append(canvas);
    const frame = frameOf(chart);
    const age = (performance.now() - this.since) / GROWING_MS;
    const grown = prefersStill() ? 1 : Math.min(1, age);
    const cursor = canvas.matches(":focus") ? this.cursor : null;
    const spot = cursor && spotOf(chart, cursor);
    const seen = spot && [spot, chart._fullData.map(({ visible }) => visible)];
    const signature = JSON.stringify([frame, grown, window.devicePixelRatio, seen]);
    if (signature === this.drawn) return;
    this.drawn = signature;
    this.draw(data, frame, 1 - (1 - grown) ** 3, cursor);
    this.lookAt(chart, cursor, JSON.stringify(seen));
  }
  /** Hear of lassos and boxes on this chart alone, once, even if it has been met before. */
  meet(chart) {
    if (chart === this.chart) return;
    this.chart?.removeListener?.("plotly_selected", this.hearSelected);
    chart?.on("plotly_selected", this.hearSelected);
    this.chart = chart;
    this.drawn = "";
  }
  draw({ look, marks }, frame, grown, cursor) {
    const { style } = this.canvas;
    for (const side of ["left", "top", "width", "height"]) style[side] = `${frame[side]}px`;
    style.color = look.accent;
    const sheet = cleared(this.canvas);
    if (sheet) drawMarks(sheet.context, marks, look, frame, grown, cursor);
  }
  /** Let the image follow the cursor whenever what it stands on may differ. */
  lookAt(chart, cursor, seen) {
    if (seen === this.seen) return;
    this.seen = seen;
    if (chart && cursor) this.tip.look(chart, spotOf(chart, cursor));
    else this.tip.lookAway();
  }
  stop() {
    this.listening.abort();
    clearTimeout(this.timer);
    this.chart?.removeListener?.("plotly_selected", this.hearSelected);
    this.canvas.remove();
    this.tip.stop();
  }
};
function distance(a, b) {
  return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
}
function isSecondOfDouble(first, event) {
  if (!first || event.timeStamp - first.timeStamp >= DOUBLE_CLICK_MS) return false;
  return distance(first, event) < CLICK_MOVEMENT;
}
function cornersOf({ lassoPoints, range }) {
  if (lassoPoints) {
    const { x, y } = lassoPoints;
    const n = Math.min(x.length, MOST_CORNERS);
    const spread = Array.from({ length: n }, (_, i) => Math.floor(i * x.length / n));
    return spread.map((i) => [x[i], y[i]]);
  }
  if (!range) return [];
  const [[x0, x1], [y0, y1]] = [range.x, range.y];
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1]
  ];
}
export {
  marks_default as default
};
