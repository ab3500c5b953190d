// lib/bus.ts
var KEY = /* @__PURE__ */ Symbol.for("latentlab.bus");
var PAGE = globalThis;
var BREATH = 60;
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

// anomalies/address.ts
function addressed(id) {
  const values = Object.fromEntries(new URLSearchParams(location.search));
  const says = NAMES.some((name) => values[name] !== void 0);
  return says ? values : last().get(id) ?? values;
}
function note(id, values) {
  last().set(id, values);
}
var NAMES = ["score", "kind", "threshold", "missed"];
var last = () => kept("anomaly views", () => /* @__PURE__ */ new Map());
function readView({ score = null, kind = null, threshold = null, missed }) {
  const value = threshold ? Number(threshold) : NaN;
  const line = Number.isFinite(value) ? value : null;
  return { score, kind, threshold: line, missed: missed === "1" };
}
function writeView(view) {
  const { threshold, missed } = view;
  const line = threshold === null ? null : String(Number(threshold.toPrecision(5)));
  return { ...view, threshold: line, missed: missed ? "1" : null };
}

// anomalies/ranking.ts
function rankingRows(ends, tiles, shape, pick) {
  const end = (title, found) => rankingRow(title, found, tiles, shape, pick);
  return [end("Highest scores", ends.unusual), end("Lowest scores", ends.usual)];
}
function rankingRow(title, found, tiles, shape, pick) {
  const picture = ({ row, tile, name, value, unseen, about }) => {
    const canvas = h("canvas", { "aria-hidden": "true" });
    paintImage(canvas, tileOf(tiles, tile, shape), shape);
    return h(
      "button",
      {
        class: unseen ? "tile unseen" : "tile",
        title: about,
        "aria-label": about,
        onclick: () => pick(row)
      },
      canvas,
      h("span", { class: "name", text: name }),
      h("span", { class: "number", text: value })
    );
  };
  const pictures = h("div", { class: "tiles" }, ...found.map(picture));
  return h("section", { class: "end" }, h("h3", { text: title }), pictures);
}

// anomalies/missed.ts
var Missed = class {
  row = h("div", { class: "missed-ones" });
  button = h("button", {
    type: "button",
    class: "choice",
    text: "Show false negatives",
    onclick: () => {
      this.isOpen = !this.isOpen;
      this.update();
      this.onToggle();
    }
  });
  /** Set before `show`. */
  isOpen = false;
  pick;
  onToggle;
  update = () => {
  };
  constructor(pick, onToggle) {
    this.pick = pick;
    this.onToggle = onToggle;
  }
  /**
   * Follow the threshold.
   * @param all - those with the lowest scores, in order; none where there is no unseen class
   */
  show(all, threshold, tiles, shape) {
    this.update = () => {
      this.button.hidden = !all.length;
      this.button.setAttribute("aria-pressed", String(this.isOpen));
      this.row.hidden = !all.length || !this.isOpen;
      this.row.replaceChildren();
      if (this.row.hidden) return;
      const found = all.filter(({ score }) => score <= threshold);
      const title = found.length ? "False negatives, the lowest score first" : "No false negatives";
      this.row.append(rankingRow(title, found, tiles, shape, this.pick));
    };
    this.update();
  }
};

// anomalies/parts.ts
var LITTLE_HELP = 0.6;
function choice({ title, meaning }, isChosen, area, line, onclick) {
  const isWeak = area !== null && area < LITTLE_HELP;
  const words = area?.toFixed(2);
  const text = line ? words : `AUC ${words}`;
  return h(
    "button",
    {
      type: "button",
      role: "radio",
      class: isWeak ? "choice weak" : "choice",
      "aria-checked": String(isChosen),
      title: isWeak ? `${meaning} AUC ${words}: close to chance (0.5) or below it.` : meaning,
      onclick
    },
    line && h("span", { class: `line ${line}` }),
    h("span", { class: "title", text: title }),
    area === null ? null : h("span", { class: "area", text })
  );
}
function countsTable(title, rates, value, meanings) {
  const percent = (share) => Math.round(100 * share);
  const say = (name, text) => h("span", { class: name, text });
  const help = meanings["True and false positives"];
  const cell = (name, count, outcome, share = "") => h("div", { class: `cell ${name}` }, h("b", { text: count.toLocaleString("en-US") }), " ", explained(outcome, help), " ", say("share", share));
  return [
    h("span", { class: "corner" }, explained("Threshold", meanings.Threshold), ` ${figure(value)}`),
    say("head", "predicted anomalous"),
    say("head", "predicted normal"),
    say("side kind", title),
    cell("caught", rates.caught, "true positives", `(recall ${percent(rates.recall)} %)`),
    cell("missed", rates.missed, "false negatives"),
    say("side", "Normal"),
    cell("alarms", rates.falseAlarms, "false positives", `(${percent(rates.falseAlarmRate)} %)`),
    cell("passed", rates.passed, "true negatives"),
    h("span", { class: "sum" }, explained("Precision", meanings["Precision-recall curve"]), ` in this mixture: ${percent(rates.precision)} %.`)
  ];
}

// anomalies/rateplot.ts
var LEFT = 8;
var FOOT = 24;
var MOST_POINTS = 600;
var RatePlot = class {
  canvas = h("canvas", { role: "img" });
  caption = h("figcaption");
  element;
  resize = new ResizeObserver(() => this.draw());
  title;
  axes;
  diagonal;
  curves = [];
  theme = null;
  color = "";
  dot = null;
  /** @param diagonal - whether guessing is a line from corner to corner */
  constructor(title, axes, diagonal) {
    this.title = title;
    this.axes = axes;
    this.diagonal = diagonal;
    this.element = h("figure", { class: "rateplot" }, this.caption, this.canvas);
    this.resize.observe(this.element);
  }
  /** Take the curves; the chosen one is drawn last. */
  show(curves, theme, color) {
    this.curves = curves.toSorted((a, b) => Number(a.chosen) - Number(b.chosen));
    this.theme = theme;
    this.color = color;
    this.draw();
  }
  /** Let the plot's name say what the curve is. */
  explain(meanings) {
    explain(this.caption, this.title, meanings);
  }
  /** Mark where the threshold is. */
  mark(x, y) {
    this.dot = [x, y];
    const [right, up] = this.axes;
    const words = `${right} ${Math.round(100 * x)} %, ${up} ${Math.round(100 * y)} %`;
    this.canvas.setAttribute("aria-label", `${this.title}: at the threshold ${words}`);
    this.draw();
  }
  draw() {
    const { theme } = this;
    const sheet = theme && cleared(this.canvas);
    if (!sheet) return;
    const { context, width, height } = sheet;
    const spot = ([x, y]) => [
      LEFT + x * (width - 2 * LEFT),
      LEFT + (1 - y) * (height - LEFT - FOOT)
    ];
    context.strokeStyle = theme.line;
    context.strokeRect(LEFT, LEFT, width - 2 * LEFT, height - LEFT - FOOT);
    if (this.diagonal) strokeLine(context, [spot([0, 0]), spot([1, 1])]);
    context.fillStyle = theme.muted;
    context.font = `14px ${getComputedStyle(this.element).fontFamily}`;
    context.textBaseline = "bottom";
    context.textAlign = "center";
    context.fillText(`${this.axes[0]} →`, width / 2, height - 2);
    for (const { points, chosen, baseline } of this.curves) {
      context.strokeStyle = chosen ? this.color : theme.muted;
      context.lineWidth = chosen ? 3 : 1.2;
      context.globalAlpha = chosen ? 1 : 0.75;
      context.setLineDash(baseline ? [5, 4] : []);
      strokeLine(context, thinned(points).map(spot));
    }
    if (!this.dot) return;
    context.setLineDash([]);
    context.globalAlpha = 1;
    context.fillStyle = theme.accent;
    context.strokeStyle = theme.background;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(...spot(this.dot), 6.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  stop() {
    this.resize.disconnect();
  }
};
function thinned(points) {
  const step = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}

// anomalies/rates.ts
function above(sorted, threshold) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = low + high >> 1;
    if (sorted[middle] > threshold) high = middle;
    else low = middle + 1;
  }
  return sorted.length - low;
}
function ratesAt(normal, anomalous, threshold) {
  const falseAlarms = above(normal, threshold);
  const caught = above(anomalous, threshold);
  const called = falseAlarms + caught;
  return {
    falseAlarms,
    caught,
    passed: normal.length - falseAlarms,
    missed: anomalous.length - caught,
    falseAlarmRate: falseAlarms / normal.length,
    recall: caught / anomalous.length,
    precision: called ? caught / called : 1
  };
}
function curvesOf(normal, anomalous) {
  const roc = [[0, 0]];
  const precision = [];
  let i = normal.length - 1;
  let j = anomalous.length - 1;
  let area = 0;
  while (i >= 0 || j >= 0) {
    const value = Math.max(i >= 0 ? normal[i] : -Infinity, j >= 0 ? anomalous[j] : -Infinity);
    while (i >= 0 && normal[i] === value) i--;
    while (j >= 0 && anomalous[j] === value) j--;
    const alarms = normal.length - 1 - i;
    const caught = anomalous.length - 1 - j;
    const [x, y] = [alarms / normal.length, caught / anomalous.length];
    const [lastX, lastY] = roc[roc.length - 1];
    area += (x - lastX) * (y + lastY) / 2;
    roc.push([x, y]);
    if (caught) precision.push([y, caught / (alarms + caught)]);
  }
  return { roc, precision, area };
}
function quantile(sorted, share) {
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[at];
}

// anomalies/threshold.ts
var BINS = 64;
var FOOT2 = 26;
var HEAD = 22;
var KEY_STEP = 0.01;
var WIDE = 30;
var LAST = 0.998;
var STEPS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -1 / KEY_STEP,
  End: 1 / KEY_STEP
};
var Threshold = class {
  canvas = h("canvas", { "aria-hidden": "true" });
  element;
  resize = new ResizeObserver(() => this.draw());
  tell;
  moved;
  groups = null;
  bars = [];
  isLog = false;
  range = [0, 1];
  value = 0;
  held = false;
  /**
   * @param tell - called whenever the line moves
   * @param moved - called after that, where a hand has moved it
   */
  constructor(tell2, moved) {
    this.tell = tell2;
    this.moved = moved;
    const release = () => {
      this.held = false;
    };
    this.element = h(
      "div",
      {
        class: "threshold",
        role: "slider",
        tabindex: "0",
        "aria-label": "Threshold: images that score above it are predicted anomalous",
        "aria-valuemin": "0",
        "aria-valuemax": "100",
        onpointerdown: (event) => this.grab(event),
        onpointermove: (event) => this.held && this.moveTo(event),
        onpointerup: release,
        onpointercancel: release,
        onkeydown: (event) => this.key(event)
      },
      this.canvas
    );
    this.resize.observe(this.element);
  }
  /** Show two groups; the line goes to their value. */
  show(groups) {
    this.groups = groups;
    const both = [groups.normal, groups.anomalous];
    const edges = (share) => both.map((s) => s[Math.min(s.length - 1, Math.floor(share * s.length))]);
    const low = Math.min(...edges(0));
    const high = Math.max(...edges(LAST), low + 1e-9);
    this.isLog = low > 0 && high / low > WIDE;
    const first = this.scale(this.isLog ? Math.min(...edges(1 - LAST)) : low);
    this.range = [first, Math.max(this.scale(high), first + 1e-9)];
    this.bars = both.map((scores) => this.count(scores));
    this.set(groups.value);
  }
  scale(value) {
    return this.isLog ? Math.log10(Math.max(value, 1e-30)) : value;
  }
  place(value) {
    return (this.scale(value) - this.range[0]) / (this.range[1] - this.range[0]);
  }
  valueAt(place2) {
    const scaled = this.range[0] + place2 * (this.range[1] - this.range[0]);
    return this.isLog ? 10 ** scaled : scaled;
  }
  count(scores) {
    const bars = new Float64Array(BINS);
    for (const score of scores) {
      bars[clamp(Math.floor(this.place(score) * BINS), 0, BINS - 1)] += 1 / scores.length;
    }
    return bars;
  }
  set(value) {
    this.value = value;
    const percent = Math.round(100 * clamp(this.place(value), 0, 1));
    this.element.setAttribute("aria-valuenow", String(percent));
    this.element.setAttribute("aria-valuetext", `${this.groups?.title} ${figure(value)}`);
    this.draw();
    this.tell(value);
  }
  grab(event) {
    this.held = true;
    this.element.setPointerCapture(event.pointerId);
    this.element.focus({ preventScroll: true });
    this.moveTo(event);
    event.preventDefault();
  }
  moveTo(event) {
    const { left, width } = this.element.getBoundingClientRect();
    this.set(this.valueAt(clamp((event.clientX - left) / width, 0, 1)));
    this.moved();
  }
  key(event) {
    const steps = STEPS[event.key];
    if (steps === void 0) return;
    event.preventDefault();
    const place2 = clamp(this.place(this.value), 0, 1) + steps * KEY_STEP;
    this.set(this.valueAt(clamp(place2, 0, 1)));
    this.moved();
  }
  draw() {
    const sheet = this.groups && cleared(this.canvas);
    if (!sheet) return;
    const { context, width, height } = sheet;
    const { theme, color } = this.groups;
    const floor = height - FOOT2;
    this.drawBars(context, [theme.muted, color], width, floor);
    this.drawAxis(context, theme, width, floor);
    drawLine(context, theme, clamp(this.place(this.value), 0, 1) * width, width, floor);
  }
  drawBars(context, colors, width, floor) {
    const tallest = Math.max(...this.bars.map((bars) => Math.max(...bars)));
    const step = width / BINS;
    context.globalAlpha = 0.6;
    this.bars.forEach((bars, which) => {
      context.fillStyle = colors[which];
      bars.forEach((share, bin) => {
        const tall = Math.sqrt(share / tallest) * (floor - HEAD);
        context.fillRect(bin * step, floor - tall, step - 0.5, tall);
      });
    });
    context.globalAlpha = 1;
  }
  drawAxis(context, theme, width, floor) {
    context.strokeStyle = theme.line;
    strokeLine(context, [[0, floor + 0.5], [width, floor + 0.5]]);
    context.fillStyle = theme.muted;
    context.font = `14px ${getComputedStyle(this.element).fontFamily}`;
    context.textBaseline = "top";
    const marks = width < 420 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
    for (const mark of marks) {
      context.textAlign = mark === 0 ? "left" : mark === 1 ? "right" : "center";
      context.fillText(figure(this.valueAt(mark)), mark * width, floor + 7);
    }
  }
  stop() {
    this.resize.disconnect();
  }
};
function drawLine(context, { accent, background }, at, width, floor) {
  const handle = clamp(at, 9, width - 9);
  context.strokeStyle = context.fillStyle = accent;
  context.lineWidth = 2.5;
  strokeLine(context, [[at, HEAD - 8], [at, floor]]);
  context.beginPath();
  context.arc(handle, HEAD - 11, 9, 0, 2 * Math.PI);
  context.fill();
  context.strokeStyle = background;
  context.lineWidth = 2;
  for (const side of [-3, 3]) {
    strokeLine(context, [[handle + side, HEAD - 15], [handle + side, HEAD - 7]]);
  }
}

// anomalies/anomalies.ts
var START = 0.95;
var KEEP_AFTER = 300;
var anomalies_default = keeping("#anomalies", (root) => new AnomalyBoard(root), (board, component) => board.show(component));
var AnomalyBoard = class {
  root;
  kinds = h("div", {
    class: "chips",
    role: "radiogroup",
    "aria-label": "kind of anomaly"
  });
  about = h("p", { class: "about" });
  verdict = h("p", { class: "verdict", role: "status" });
  threshold = new Threshold(
    (value) => this.follow(value),
    () => this.keep()
  );
  axis = h("p", { class: "axis" });
  counts = h("div", { class: "counts", "aria-live": "off" });
  scores = h("div", {
    class: "scores",
    role: "radiogroup",
    "aria-label": "anomaly score"
  });
  roc = new RatePlot(
    "ROC curve",
    ["false positive rate", "true positive rate"],
    true
  );
  precision = new RatePlot(
    "Precision-recall curve",
    ["recall", "precision"],
    false
  );
  missed = new Missed(
    (row) => this.pick(row),
    () => this.keep()
  );
  heading = h("h2");
  note = h("p", { class: "note" });
  rows = h("div", { class: "ranking" });
  plots = h(
    "div",
    { class: "plots" },
    this.roc.element,
    this.precision.element
  );
  left = h(
    "section",
    {},
    this.about,
    this.threshold.element,
    this.axis,
    this.counts,
    this.missed.button,
    this.missed.row,
    this.verdict
  );
  instrument = h(
    "div",
    { class: "instrument" },
    this.left,
    h("section", {}, this.scores, this.plots)
  );
  tell;
  shown = "";
  // id of the header
  header;
  // from the first `show` on, as is what follows from it
  arrays;
  theme;
  score;
  /** What is told from normal images; null where nothing was measured. */
  kind = null;
  /** Where the line was dragged to. */
  value = null;
  curves = /* @__PURE__ */ new Map();
  keep = debounce(() => this.tellView(), KEEP_AFTER);
  back = () => this.goBack();
  constructor(root) {
    this.root = root;
    window.addEventListener("popstate", this.back);
    root.replaceChildren(this.kinds, this.instrument, this.heading, this.note, this.rows);
  }
  show({ data, setTriggerValue }) {
    this.tell = setTriggerValue;
    const { header, arrays } = unpack(data);
    const isNew = this.shown !== header.id;
    if (isNew) this.curves.clear();
    this.shown = header.id;
    this.header = header;
    this.arrays = arrays;
    if (isNew) this.choose(addressed(header.id));
    this.theme = readTheme(this.root, header.looks);
    this.kinds.hidden = this.left.hidden = this.plots.hidden = !this.kind;
    this.instrument.classList.toggle("plain", !this.kind);
    this.note.textContent = header.note;
    this.note.hidden = !header.note;
    this.explain(header.meanings);
    this.refresh();
  }
  /** Choose what an address says; what it leaves open is as at first. */
  choose(values) {
    const { kinds, scores } = this.header;
    const view = readView(values);
    const others = kinds.slice(1);
    const chosen = others.find(({ name }) => name === view.kind);
    this.kind = chosen ?? (others.length ? others[0] : null);
    this.score = scores.find(({ name }) => name === view.score) ?? scores[0];
    this.value = view.threshold;
    this.missed.isOpen = view.missed;
  }
  /** Follow the address after Back. */
  goBack() {
    this.keep.cancel();
    this.choose(Object.fromEntries(new URLSearchParams(location.search)));
    this.refresh();
  }
  tellView() {
    const { score, kind, value, shown, missed } = this;
    const chosen = { score: score.name, kind: kind?.name ?? null, threshold: value };
    const view = writeView({ ...chosen, missed: missed.isOpen });
    note(shown, view);
    tell("anomalies-view", view);
  }
  /** Let each plot say what it is. */
  explain(meanings) {
    this.roc.explain(meanings);
    this.precision.explain(meanings);
  }
  /** Draw everything that depends on the kind and the score. */
  refresh() {
    const { header, kind, score } = this;
    this.showScores(kind);
    const name = /^[A-Z][a-z]/.test(score.title) ? score.title[0].toLowerCase() + score.title.slice(1) : score.title;
    this.heading.textContent = `${header.n}, by ${name}`;
    const ends = header.ranking[score.name];
    const pick = (row) => this.pick(row);
    this.rows.replaceChildren(...rankingRows(ends, this.arrays.tiles, header.shape, pick));
    if (kind) this.showInstrument(kind, score);
  }
  /** Ask about an image, and go to where the answer appears. */
  pick(row) {
    this.tell("pick", row);
    const behavior = prefersStill() ? "auto" : "smooth";
    document.querySelector(".st-key-anomaly-answer")?.scrollIntoView({ behavior, block: "start" });
  }
  showInstrument(kind, score) {
    const { header, theme } = this;
    const color = classColor(theme, header.kinds.indexOf(kind));
    this.root.style.setProperty("--kind", color);
    this.showKinds(kind);
    this.about.replaceChildren(
      h("b", { class: "kind", text: `${kind.title}: ` }),
      `${kind.meaning} ${counted(kind.n, "image")} and ${counted(header.kinds[0].n, "normal image")}.`
    );
    const curves = header.scores.map((each) => ({
      ...this.curvesFor(each, kind),
      chosen: each === score,
      baseline: each.baseline
    }));
    this.roc.show(curves.map((each) => ({ ...each, points: each.roc })), theme, color);
    this.precision.show(curves.map((each) => ({ ...each, points: each.precision })), theme, color);
    this.verdict.textContent = kind.verdict[score.name];
    this.verdict.classList.toggle("weak", this.curvesFor(score, kind).area < LITTLE_HELP);
    explain(this.axis, `${score.title} →  ${score.meaning}`, { [score.title]: header.meanings[score.title] });
    const normal = this.scoresOf(score, "normal");
    this.threshold.show({
      normal,
      anomalous: this.scoresOf(score, kind.name),
      title: score.title,
      value: this.value ?? quantile(normal, START),
      theme,
      color
    });
  }
  follow(value) {
    const { kind, score } = this;
    if (!kind) return;
    this.value = value;
    const [normal, anomalous] = ["normal", kind.name].map((name) => this.scoresOf(score, name));
    const rates = ratesAt(normal, anomalous, value);
    this.roc.mark(rates.falseAlarmRate, rates.recall);
    this.precision.mark(rates.recall, rates.precision);
    this.counts.replaceChildren(...countsTable(kind.title, rates, value, this.header.meanings));
    const all = kind.name === "unseen" ? this.header.missed[score.name] : [];
    this.missed.show(all, value, this.arrays.tiles, this.header.shape);
  }
  showKinds(chosen) {
    const chips = this.header.kinds.slice(1).map(
      (kind) => choice(kind, kind === chosen, this.curvesFor(this.score, kind).area, null, () => {
        this.kind = kind;
        this.refresh();
        this.keep();
      })
    );
    this.kinds.replaceChildren(...chips);
  }
  showScores(kind) {
    const one = (score) => {
      const area = kind && this.curvesFor(score, kind).area;
      const line = score.baseline ? "dashed" : "solid";
      return choice(score, score === this.score, area, line, () => {
        this.score = score;
        this.value = null;
        this.refresh();
        this.keep();
      });
    };
    const group = (title, isBaseline) => {
      const scores = this.header.scores.filter(({ baseline }) => baseline === isBaseline);
      const name = h("h3");
      explain(name, title, this.header.meanings);
      return h("div", { class: "group" }, ...scores.length ? [name, ...scores.map(one)] : []);
    };
    this.scores.replaceChildren(
      group(kind ? "Network scores (AUC)" : "Network scores", false),
      group("Baselines (AUC)", true)
    );
  }
  scoresOf(score, kind) {
    return this.arrays[`${score.name}/${kind}`];
  }
  curvesFor(score, kind) {
    const key = `${score.name}/${kind.name}`;
    let curves = this.curves.get(key);
    if (!curves) {
      curves = curvesOf(this.scoresOf(score, "normal"), this.scoresOf(score, kind.name));
      this.curves.set(key, curves);
    }
    return curves;
  }
  stop() {
    this.keep.cancel();
    window.removeEventListener("popstate", this.back);
    this.threshold.stop();
    this.roc.stop();
    this.precision.stop();
  }
};
export {
  anomalies_default as default
};
