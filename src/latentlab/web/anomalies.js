// lib/colors.ts
function readTheme(element, looks) {
  const given = getComputedStyle(element).getPropertyValue("--st-background-color").trim();
  const dark = luminance(given || "#ffffff") < 0.4;
  const look = dark ? looks.dark : looks.light;
  return { ...look, dark, classes: look.categorical };
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
var clamp = (value, low, high) => Math.min(high, Math.max(low, value));
function figure(value) {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
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
  const picture2 = context.createImageData(width, height);
  fillPixels(picture2.data, values, 0, width * height, channels);
  context.putImageData(picture2, 0, 0);
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
  for (let i = 0; i < bits.length; i++) {
    const sign = bits[i] & 32768 ? -1 : 1;
    const exponent = bits[i] >> 10 & 31;
    const fraction = bits[i] & 1023;
    out[i] = exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return out;
}

// anomalies/ranking.ts
function rankingRows(ends, tiles, shape, pick) {
  const row = (title, found) => h(
    "section",
    { class: "end" },
    h("h3", { text: title }),
    h("div", { class: "tiles" }, ...found.map((tile) => picture(tile, tiles, shape, pick)))
  );
  return [row("Most unusual", ends.unusual), row("Most usual", ends.usual)];
}
function picture(tile, tiles, shape, pick) {
  const size = shape.reduce((product, side) => product * side, 1);
  const canvas = h("canvas", { "aria-hidden": "true" });
  paintImage(canvas, tiles.subarray(tile.tile * size, (tile.tile + 1) * size), shape);
  return h(
    "button",
    {
      class: tile.unseen ? "tile unseen" : "tile",
      title: tile.about,
      "aria-label": tile.about,
      onclick: () => pick(tile.row)
    },
    canvas,
    h("span", { class: "name", text: tile.name }),
    h("span", { class: "number", text: tile.value })
  );
}

// anomalies/rateplot.ts
var LEFT = 8;
var FOOT = 24;
var RatePlot = class {
  /**
   * @param {string} title
   * @param {[string, string]} axes - what grows to the right, what grows upwards
   * @param {boolean} diagonal - whether guessing is a line from corner to corner
   */
  constructor(title, axes, diagonal) {
    this.axes = axes;
    this.diagonal = diagonal;
    this.canvas = h("canvas", { role: "img" });
    this.heading = title;
    this.element = h("figure", { class: "rateplot" }, h("figcaption", { text: title }), this.canvas);
    this.resize = new ResizeObserver(() => this.draw());
    this.resize.observe(this.element);
  }
  /** Take the curves: `{points, chosen, baseline}` each; the chosen one is drawn last. */
  show(curves, theme, color) {
    this.curves = [...curves].sort((a, b) => a.chosen - b.chosen);
    this.theme = theme;
    this.color = color;
    this.draw();
  }
  /** Mark where the threshold is. */
  mark(x, y) {
    this.dot = [x, y];
    const words = `${this.axes[0]} ${Math.round(100 * x)} %, ${this.axes[1]} ${Math.round(100 * y)} %`;
    this.canvas.setAttribute("aria-label", `${this.heading}: at the threshold ${words}`);
    this.draw();
  }
  draw() {
    const ratio = window.devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!this.curves || !width || !height) return;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    const spot = ([x, y]) => [
      LEFT + x * (width - 2 * LEFT),
      LEFT + (1 - y) * (height - LEFT - FOOT)
    ];
    this.drawFrame(context, spot, width, height);
    for (const curve of this.curves) this.drawCurve(context, spot, curve);
    if (this.dot) this.drawDot(context, spot(this.dot));
  }
  drawFrame(context, spot, width, height) {
    context.strokeStyle = this.theme.line;
    context.lineWidth = 1;
    const [left, top] = spot([0, 1]);
    const [right, bottom] = spot([1, 0]);
    context.strokeRect(left, top, right - left, bottom - top);
    if (this.diagonal) path(context, [spot([0, 0]), spot([1, 1])]);
    context.fillStyle = this.theme.muted;
    context.font = `14px ${getComputedStyle(this.element).fontFamily}`;
    context.textBaseline = "bottom";
    context.textAlign = "center";
    context.fillText(`${this.axes[0]} →`, width / 2, height - 2);
  }
  drawCurve(context, spot, { points, chosen, baseline }) {
    context.strokeStyle = chosen ? this.color : this.theme.muted;
    context.lineWidth = chosen ? 3 : 1.2;
    context.globalAlpha = chosen ? 1 : 0.75;
    context.setLineDash(baseline ? [5, 4] : []);
    path(context, thinned(points).map(spot));
    context.setLineDash([]);
    context.globalAlpha = 1;
  }
  drawDot(context, [x, y]) {
    context.fillStyle = this.theme.accent;
    context.strokeStyle = this.theme.background;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, 6.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  stop() {
    this.resize.disconnect();
  }
};
function path(context, places) {
  context.beginPath();
  places.forEach(([x, y], i) => i ? context.lineTo(x, y) : context.moveTo(x, y));
  context.stroke();
}
function thinned(points) {
  if (points.length <= 600) return points;
  const step = Math.ceil(points.length / 600);
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
var Threshold = class {
  /** @param {(threshold: number) => void} tell - called whenever the line moves */
  constructor(tell) {
    this.tell = tell;
    this.canvas = h("canvas", { "aria-hidden": "true" });
    this.element = h(
      "div",
      {
        class: "threshold",
        role: "slider",
        tabindex: "0",
        "aria-label": "Threshold: what scores above it is called unusual",
        "aria-valuemin": "0",
        "aria-valuemax": "100",
        onpointerdown: (event) => this.grab(event),
        onpointermove: (event) => this.held && this.moveTo(event),
        onpointerup: () => this.held = false,
        onpointercancel: () => this.held = false,
        onkeydown: (event) => this.key(event)
      },
      this.canvas
    );
    this.resize = new ResizeObserver(() => this.draw());
    this.resize.observe(this.element);
  }
  /** Show two groups of sorted scores; the line goes to a value. */
  show({ normal, anomalous, name, title, value, theme, color }) {
    Object.assign(this, { normal, anomalous, name, title, theme, color });
    const edge = (share) => [normal, anomalous].map((s) => s[Math.min(s.length - 1, Math.floor(share * s.length))]);
    const low = Math.min(normal[0], anomalous[0]);
    const high = Math.max(...edge(LAST), low + 1e-9);
    this.log = low > 0 && high / low > WIDE;
    const first = this.log ? Math.min(...edge(1 - LAST)) : low;
    this.range = [this.scale(first), this.scale(high)];
    if (this.range[1] - this.range[0] < 1e-9) this.range[1] = this.range[0] + 1e-9;
    this.bars = [normal, anomalous].map((scores) => this.count(scores));
    this.set(value);
  }
  scale(value) {
    return this.log ? Math.log10(Math.max(value, 1e-30)) : value;
  }
  place(value) {
    return (this.scale(value) - this.range[0]) / (this.range[1] - this.range[0]);
  }
  valueAt(place) {
    const scaled = this.range[0] + place * (this.range[1] - this.range[0]);
    return this.log ? 10 ** scaled : scaled;
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
    this.element.setAttribute("aria-valuenow", percent);
    this.element.setAttribute("aria-valuetext", `${this.title} ${figure(value)}`);
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
  }
  key(event) {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };
    let place = clamp(this.place(this.value), 0, 1);
    if (event.key in steps) place += steps[event.key] * KEY_STEP;
    else if (event.key === "Home") place = 0;
    else if (event.key === "End") place = 1;
    else return;
    event.preventDefault();
    this.set(this.valueAt(clamp(place, 0, 1)));
  }
  draw() {
    const ratio = window.devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = this.element;
    if (!this.bars || !width || !height) return;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    const floor = height - FOOT2;
    const at = clamp(this.place(this.value), 0, 1) * width;
    this.drawBars(context, width, floor);
    this.drawAxis(context, width, floor);
    this.drawLine(context, at, width, floor);
  }
  drawBars(context, width, floor) {
    const tallest = Math.max(...this.bars.map((bars) => Math.max(...bars)));
    const step = width / BINS;
    const colors = [this.theme.muted, this.color];
    this.bars.forEach((bars, which) => {
      context.fillStyle = colors[which];
      context.globalAlpha = which ? 0.62 : 0.55;
      bars.forEach((share, bin) => {
        const tall = Math.sqrt(share / tallest) * (floor - HEAD);
        context.fillRect(bin * step, floor - tall, step - 0.5, tall);
      });
    });
    context.globalAlpha = 1;
  }
  drawAxis(context, width, floor) {
    context.strokeStyle = this.theme.line;
    context.beginPath();
    context.moveTo(0, floor + 0.5);
    context.lineTo(width, floor + 0.5);
    context.stroke();
    context.fillStyle = this.theme.muted;
    context.font = `14px ${getComputedStyle(this.element).fontFamily}`;
    context.textBaseline = "top";
    const marks = width < 420 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
    for (const mark of marks) {
      context.textAlign = mark === 0 ? "left" : mark === 1 ? "right" : "center";
      context.fillText(figure(this.valueAt(mark)), mark * width, floor + 7);
    }
  }
  drawLine(context, at, width, floor) {
    const { accent, background } = this.theme;
    context.strokeStyle = accent;
    context.lineWidth = 2.5;
    context.beginPath();
    context.moveTo(at, HEAD - 8);
    context.lineTo(at, floor);
    context.stroke();
    context.fillStyle = accent;
    context.beginPath();
    context.arc(clamp(at, 9, width - 9), HEAD - 11, 9, 0, 2 * Math.PI);
    context.fill();
    context.strokeStyle = background;
    context.lineWidth = 2;
    context.beginPath();
    for (const side of [-3, 3]) {
      context.moveTo(clamp(at, 9, width - 9) + side, HEAD - 15);
      context.lineTo(clamp(at, 9, width - 9) + side, HEAD - 7);
    }
    context.stroke();
  }
  stop() {
    this.resize.disconnect();
  }
};

// anomalies/anomalies.ts
var START = 0.95;
var LITTLE_HELP = 0.6;
var boards = /* @__PURE__ */ new WeakMap();
function mount({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("#anomalies");
  if (!boards.has(root)) boards.set(root, new Board(root));
  const board = boards.get(root);
  board.tell = setTriggerValue;
  board.show(unpack(data));
  return () => {
    board.stop();
    boards.delete(root);
  };
}
var Board = class {
  constructor(root) {
    this.root = root;
    this.kinds = h("div", { class: "chips", role: "radiogroup", "aria-label": "What to tell from normal images" });
    this.about = h("p", { class: "about" });
    this.verdict = h("p", { class: "verdict", role: "status" });
    this.threshold = new Threshold((value) => this.follow(value));
    this.axis = h("p", { class: "axis" });
    this.counts = h("div", { class: "counts", "aria-live": "off" });
    this.scores = h("div", { class: "scores", role: "radiogroup", "aria-label": "How to score an image" });
    this.roc = new RatePlot("Caught against false alarms (ROC)", ["false alarms", "caught"], true);
    this.precision = new RatePlot("Right alarms against caught (precision and recall)", ["caught", "right alarms"], false);
    this.rows = h("div", { class: "ranking" });
    this.heading = h("h2");
    this.note = h("p", { class: "note" });
    const left = h("section", { class: "left" }, this.about, this.threshold.element, this.axis, this.counts, this.verdict);
    const plots = h("div", { class: "plots" }, this.roc.element, this.precision.element);
    this.right = h("section", { class: "right" }, this.scores, plots);
    this.plots = plots;
    this.instrument = h("div", { class: "instrument" }, left, this.right);
    root.replaceChildren(
      this.kinds,
      this.instrument,
      this.heading,
      this.note,
      this.rows
    );
    this.left = left;
  }
  show({ header, arrays }) {
    this.theme = readTheme(this.root, header.looks);
    if (this.header?.id !== header.id) {
      this.kind = header.kinds[1]?.name;
      this.score = header.scores[0].name;
      this.value = null;
      this.curves = {};
    }
    this.header = header;
    this.arrays = arrays;
    const plain = header.kinds.length === 0;
    this.kinds.hidden = this.left.hidden = this.plots.hidden = plain;
    this.instrument.classList.toggle("plain", plain);
    this.refresh();
  }
  /** Draw everything that depends on the kind and the score. */
  refresh() {
    const { header } = this;
    const plain = header.kinds.length === 0;
    this.showScores(plain);
    this.heading.textContent = `${header.n}, from one end to the other: ${this.titleOf(this.score).title.toLowerCase()}`;
    this.note.textContent = header.note ?? "";
    this.note.hidden = !header.note;
    this.rows.replaceChildren(
      ...rankingRows(header.ranking[this.score], this.arrays.tiles, header.shape, (row) => this.pick(row))
    );
    if (!plain) this.showInstrument();
  }
  /** Ask about an image, and go to where the answer appears. */
  pick(row) {
    this.tell("pick", row);
    const behavior = prefersStill() ? "auto" : "smooth";
    document.querySelector(".st-key-surprise")?.scrollIntoView({ behavior, block: "start" });
  }
  showInstrument() {
    const { header, theme } = this;
    const at = header.kinds.findIndex((kind2) => kind2.name === this.kind);
    const color = theme.classes[at % theme.classes.length];
    this.root.style.setProperty("--kind", color);
    this.showKinds();
    const kind = header.kinds[at];
    this.about.replaceChildren(
      h("b", { class: "kind", text: `${kind.title}: ` }),
      `${kind.meaning} ${counted(kind.n, "image")} beside ${counted(header.kinds[0].n, "normal one")}.`
    );
    const normal = this.scoresOf(this.score, "normal");
    const anomalous = this.scoresOf(this.score, this.kind);
    const curves = header.scores.map((score) => ({
      ...this.curvesFor(score.name, this.kind),
      chosen: score.name === this.score,
      baseline: score.baseline
    }));
    this.roc.show(curves.map((c) => ({ ...c, points: c.roc })), theme, color);
    this.precision.show(curves.map((c) => ({ ...c, points: c.precision })), theme, color);
    const verdict = kind.verdict[this.score];
    const area = this.curvesFor(this.score, this.kind).area;
    this.verdict.textContent = verdict;
    this.verdict.classList.toggle("weak", area < LITTLE_HELP);
    const title = this.titleOf(this.score);
    this.axis.textContent = `${title.title} →  ${title.meaning}`;
    this.threshold.show({
      normal,
      anomalous,
      name: this.score,
      title: title.title,
      value: this.value ?? quantile(normal, START),
      theme,
      color
    });
  }
  follow(value) {
    this.value = value;
    const rates = ratesAt(this.scoresOf(this.score, "normal"), this.scoresOf(this.score, this.kind), value);
    this.roc.mark(rates.falseAlarmRate, rates.recall);
    this.precision.mark(rates.recall, rates.precision);
    const kind = this.header.kinds.find((one) => one.name === this.kind);
    this.counts.replaceChildren(...countsTable(kind.title, rates, value));
  }
  showKinds() {
    const chips = this.header.kinds.slice(1).map((kind) => {
      const { area } = this.curvesFor(this.score, kind.name);
      return choice({
        chosen: kind.name === this.kind,
        title: kind.title,
        help: kind.meaning,
        area,
        onclick: () => {
          this.kind = kind.name;
          this.refresh();
        }
      });
    });
    this.kinds.replaceChildren(...chips);
  }
  showScores(plain) {
    const one = (score) => choice({
      chosen: score.name === this.score,
      title: score.title,
      help: score.meaning,
      area: plain ? null : this.curvesFor(score.name, this.kind).area,
      line: score.baseline ? "dashed" : "solid",
      onclick: () => {
        this.score = score.name;
        this.value = null;
        this.refresh();
      }
    });
    const group = (title, scores) => scores.length ? [h("h3", { text: title }), ...scores.map(one)] : [];
    const all = this.header.scores;
    this.scores.replaceChildren(
      h("div", { class: "group" }, ...group(plain ? "Order by" : "With the network, AUC", all.filter((s) => !s.baseline))),
      h("div", { class: "group" }, ...group("Without it, AUC", all.filter((s) => s.baseline)))
    );
  }
  titleOf(name) {
    return this.header.scores.find((score) => score.name === name);
  }
  scoresOf(score, kind) {
    return this.arrays[`${score}/${kind}`];
  }
  curvesFor(score, kind) {
    const key = `${score}/${kind}`;
    this.curves[key] ??= curvesOf(this.scoresOf(score, "normal"), this.scoresOf(score, kind));
    return this.curves[key];
  }
  stop() {
    this.threshold.stop();
    this.roc.stop();
    this.precision.stop();
  }
};
function choice({ chosen, title, help, area, line, onclick }) {
  const weak = area !== null && area < LITTLE_HELP;
  const words = area === null ? "" : area.toFixed(2);
  return h(
    "button",
    {
      type: "button",
      role: "radio",
      class: weak ? "choice weak" : "choice",
      "aria-checked": String(chosen),
      title: weak ? `${help} AUC ${words}: it does not help here.` : help,
      onclick
    },
    line ? h("span", { class: `line ${line}` }) : null,
    h("span", { class: "title", text: title }),
    area === null ? null : h("span", { class: "area", text: line ? words : `AUC ${words}`, title: "Area under the ROC curve: 1 is perfect, 0.5 a coin." })
  );
}
function countsTable(title, rates, value) {
  const share = (part) => `${Math.round(100 * part)} %`;
  const cell = (name, count, text) => h("div", { class: `cell ${name}` }, h("b", { text: count.toLocaleString("en-US") }), ` ${text}`);
  return [
    h("span", { class: "corner", text: `Above ${figure(value)} is called unusual` }),
    h("span", { class: "head", text: "called unusual" }),
    h("span", { class: "head", text: "called usual" }),
    h("span", { class: "side kind", text: title }),
    cell("caught", rates.caught, `caught, ${share(rates.recall)}`),
    cell("missed", rates.missed, "missed"),
    h("span", { class: "side", text: "Normal" }),
    cell("alarms", rates.falseAlarms, `false alarms, ${share(rates.falseAlarmRate)}`),
    cell("passed", rates.passed, "let pass"),
    h("span", { class: "sum", text: `Of 100 alarms in this mixture, ${Math.round(100 * rates.precision)} are right.` })
  ];
}
export {
  mount as default
};
