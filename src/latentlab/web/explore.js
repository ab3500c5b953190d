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
function crisp(canvas, [height, width], most) {
  const ratio = window.devicePixelRatio || 1;
  const steps = Math.max(1, Math.floor(most * ratio / Math.max(width, height)));
  canvas.style.width = `${width * steps / ratio}px`;
  canvas.style.height = `${height * steps / ratio}px`;
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

// latent/crowding.ts
var TYPICAL_SAMPLE = 1e3;
var SAME = 0.01;
var ALIVE = 0.01;
var Crowding = class {
  bandwidth;
  /** What a typical image has around it. */
  typical;
  latents;
  z;
  n;
  /** @param latents - n x z */
  constructor(latents, z) {
    this.latents = latents;
    this.z = z;
    this.n = latents.length / z;
    this.bandwidth = scottBandwidth(latents, z);
    this.typical = this.measureTypical();
  }
  /** Visit every latent with its squared distance to a place. */
  eachSquared(place, start, visit) {
    const { latents, z } = this;
    for (let index = 0, at = 0; at < latents.length; index++) {
      let squared = 0;
      for (let d = 0; d < z; d++, at++) {
        const difference = latents[at] - place[start + d];
        squared += difference * difference;
      }
      visit(squared, index);
    }
  }
  /**
   * The kernels at a place, summed, and summed with a weight for each latent; `others` leaves out
   * the latent that lies there itself.
   */
  sums(place, start, weights = null) {
    const scale = -0.5 / this.bandwidth ** 2;
    let sum = 0;
    let weighted = 0;
    let nearest = Infinity;
    this.eachSquared(place, start, (squared, index) => {
      nearest = Math.min(nearest, squared);
      const kernel = Math.exp(squared * scale);
      sum += kernel;
      if (weights) weighted += kernel * weights[index];
    });
    const own = nearest < (SAME * this.bandwidth) ** 2 ? 1 : 0;
    return { sum, weighted, others: Math.max(sum - own, 0) };
  }
  /** The median over images, each without itself. */
  measureTypical() {
    const step = Math.max(1, Math.floor(this.n / TYPICAL_SAMPLE));
    const found = [];
    for (let row = 0; row < this.n; row += step) {
      found.push(this.sums(this.latents, row * this.z).others);
    }
    found.sort((a, b) => a - b);
    const middle = found.length >> 1;
    const median = found.length % 2 ? found[middle] : (found[middle - 1] + found[middle]) / 2;
    return Math.max(median, 0.5 / this.n);
  }
};
function variances(latents, z) {
  const n = latents.length / z;
  const mean = new Float64Array(z);
  const square = new Float64Array(z);
  latents.forEach((value, at) => {
    mean[at % z] += value / n;
  });
  latents.forEach((value, at) => {
    square[at % z] += (value - mean[at % z]) ** 2 / n;
  });
  return square;
}
function scottBandwidth(latents, z) {
  const all = variances(latents, z);
  const most = Math.max(...all);
  const alive = all.filter((variance) => variance >= ALIVE * most);
  const spread = Math.sqrt(alive.reduce((sum, variance) => sum + variance, 0) / alive.length);
  return (latents.length / z) ** (-1 / (alive.length + 4)) * (spread || 1);
}

// latent/fields.ts
var STEP = 0.01;
var NO_DATA_BELOW = 0.01;
var FIELDS = {
  /** How many images lie around; 1 is as crowded as around a typical image. */
  density(bench, { latents, rows, z }) {
    const crowding = crowdingOf(bench);
    return perRow(rows, (row) => crowding.sums(latents, row * z).others / crowding.typical);
  },
  /** Distance to the nearest training image. */
  distance({ train }, { latents, rows, z }) {
    return perRow(rows, (row) => Math.sqrt(nearestSquared(train, latents, row * z, z)));
  },
  /** Reconstruction error of the images around, weighted by nearness; NaN where there are none. */
  reconstruction_error(bench, { latents, rows, z }) {
    const crowding = crowdingOf(bench);
    return perRow(rows, (row) => {
      const { sum, weighted, others } = crowding.sums(latents, row * z, bench.errors);
      return others / crowding.typical < NO_DATA_BELOW ? NaN : weighted / sum;
    });
  },
  /** How far a place moves when it is decoded and encoded again. */
  round_trip(bench, { latents, rows, z }) {
    const [decoder, encoder] = [bench.decoder, bench.encoder];
    const back = encoder.runAll(decoder.runAll(latents, rows), rows);
    const width = encoder.outputSize;
    return perRow(rows, (row) => {
      let sum = 0;
      for (let d = 0; d < z; d++) sum += (back[row * width + d] - latents[row * z + d]) ** 2;
      return Math.sqrt(sum);
    });
  },
  /** How fast the image changes, in the direction of the map in which it changes fastest. */
  stretch(bench, { latents, rows, z }, { u, v }) {
    const decoder = bench.decoder;
    const step = STEP * (Math.sqrt(Math.max(...variances(bench.latents, z))) || 1);
    const [alongU, alongV] = [u, v].map((axis) => {
      const ahead = decoder.runAll(shifted(latents, axis, step, z), rows);
      const behind = decoder.runAll(shifted(latents, axis, -step, z), rows);
      return ahead.map((value, at) => (value - behind[at]) / (2 * step));
    });
    const size = decoder.outputSize;
    return perRow(rows, (row) => {
      let [p, q, r] = [0, 0, 0];
      for (let at = row * size; at < (row + 1) * size; at++) {
        p += alongU[at] * alongU[at];
        q += alongV[at] * alongV[at];
        r += alongU[at] * alongV[at];
      }
      return Math.sqrt((p + q) / 2 + Math.hypot((p - q) / 2, r));
    });
  }
};
var HEAVY_FIELDS = /* @__PURE__ */ new Set(["round_trip", "stretch"]);
function crowdingOf(bench) {
  bench.crowding ??= new Crowding(bench.latents, bench.z);
  return bench.crowding;
}
function perRow(rows, value) {
  return Float32Array.from({ length: rows }, (_, row) => value(row));
}
function nearestSquared(train, latents, start, z) {
  let nearest = Infinity;
  for (let at = 0; at < train.length; ) {
    let squared = 0;
    for (let d = 0; d < z; d++, at++) {
      const difference = train[at] - latents[start + d];
      squared += difference * difference;
    }
    if (squared < nearest) nearest = squared;
  }
  return nearest;
}
function shifted(latents, axis, amount, z) {
  return latents.map((value, at) => value + amount * axis[at % z]);
}

// explore/lattice.ts
var MOST_TILE_PIXELS = 32;
var Lattice = class {
  constructor(app) {
    Object.assign(this, { app, canvas: null, extent: null, columns: 0, rows: 0 });
  }
  /** Decode the grid anew in the worker; it fills in row by row. */
  rebuild() {
    const { app } = this;
    const { state, extent, plane, space } = app;
    app.jobs.cancel("lattice");
    this.canvas = null;
    if (!state.grid || !space.decoder) return;
    this.layOut(extent, state.grid);
    const latents = gridLatents(plane, this.extent, this.columns, this.rows);
    app.jobs.run("lattice", { model: space.name, task: "decode", latents }, (part) => {
      this.take(part);
      app.stage.invalidate("map");
    });
  }
  /** Square cells: so many along the longer side, as many as fit along the other. */
  layOut(extent, perSide) {
    const width = extent.right - extent.left;
    const height = extent.top - extent.bottom;
    const cell = Math.max(width, height) / perSide;
    this.columns = Math.max(1, Math.round(width / cell));
    this.rows = Math.max(1, Math.round(height / cell));
    const [marginX, marginY] = [(this.columns * cell - width) / 2, (this.rows * cell - height) / 2];
    this.extent = {
      left: extent.left - marginX,
      right: extent.right + marginX,
      bottom: extent.bottom - marginY,
      top: extent.top + marginY
    };
    const [imageHeight, imageWidth] = this.app.space.image;
    this.tile = Math.min(MOST_TILE_PIXELS, Math.max(imageHeight, imageWidth));
    this.canvas = h("canvas");
    this.canvas.width = this.columns * this.tile;
    this.canvas.height = this.rows * this.tile;
    this.stamp = h("canvas");
    [this.stamp.width, this.stamp.height] = [imageWidth, imageHeight];
  }
  take({ start, rows, values }) {
    const [height, width, channels] = this.app.space.image;
    const context = this.canvas.getContext("2d");
    const stampContext = this.stamp.getContext("2d");
    const picture = stampContext.createImageData(width, height);
    const factor = this.tile / Math.max(width, height);
    const [w, tall] = [width * factor, height * factor];
    for (let i = 0; i < rows; i++) {
      fillPixels(picture.data, values, i * width * height * channels, width * height, channels);
      stampContext.putImageData(picture, 0, 0);
      const x = (start + i) % this.columns * this.tile + (this.tile - w) / 2;
      const y = Math.floor((start + i) / this.columns) * this.tile + (this.tile - tall) / 2;
      context.drawImage(this.stamp, x, y, w, tall);
    }
  }
};
function gridLatents(plane, extent, columns, rows) {
  const size = plane.origin.length;
  const latents = new Float32Array(columns * rows * size);
  const stepX = (extent.right - extent.left) / columns;
  const stepY = (extent.top - extent.bottom) / rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const place = [extent.left + (column + 0.5) * stepX, extent.top - (row + 0.5) * stepY];
      latents.set(plane.lift(...place), (row * columns + column) * size);
    }
  }
  return latents;
}

// lib/colors.ts
var VIRIDIS = [
  "440154",
  "472d7b",
  "3b528b",
  "2c728e",
  "21918c",
  "28ae80",
  "5ec962",
  "addc30",
  "fde725"
];
var CIVIDIS = [
  "00224e",
  "123570",
  "3b496c",
  "575d6d",
  "707173",
  "8a8678",
  "a59c74",
  "c3b369",
  "fee838"
];
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
  const short2 = /^#([0-9a-f]{3})$/i.exec(text)?.[1];
  if (short2) return triple((c) => parseInt(short2[c] + short2[c], 16));
  const numbers = text.match(/[\d.]+/g);
  return triple((c) => numbers && numbers.length > 2 ? Number(numbers[c]) : 128);
}
function luminance(text) {
  const [r, g, b] = parseColor(text).map((value) => (value / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function scaleOf(theme) {
  const stops = (theme.dark ? CIVIDIS : VIRIDIS).map((stop) => parseColor(`#${stop}`));
  return Array.from({ length: 256 }, (_, i) => {
    const place = i / 255 * (stops.length - 1);
    const low = Math.min(Math.floor(place), stops.length - 2);
    const [from, to] = [stops[low], stops[low + 1]];
    return triple((c) => from[c] + (place - low) * (to[c] - from[c]));
  });
}
function triple(value) {
  return [value(0), value(1), value(2)];
}

// scatter/marks.ts
var SIGNS = [
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
var signOf = (label) => SIGNS[(label + Math.floor(label / SIGNS.length)) % SIGNS.length];
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
  if (kind === "sign" && namedByLetters(names) && label >= 0) {
    drawLetter(context, names[label], radius);
  } else {
    const sign = kind === "sign" ? signOf(Math.max(0, label)) : SIGNS[0];
    const outline = new Path2D();
    outline.addPath(new Path2D(sign), new DOMMatrix([radius * 0.85, 0, 0, radius * 0.85, 0, 0]));
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
function markElement({ label, names, theme }) {
  const color = classColor(theme, label);
  if (namedByLetters(names)) {
    return h("span", { class: "mark", style: `background:${color}`, "aria-hidden": "true" });
  }
  const sign = h("path", { d: signOf(label), fill: color });
  return h("svg", { viewBox: "-1.4 -1.4 2.8 2.8", class: "sign", "aria-hidden": "true" }, sign);
}

// explore/mapview.ts
var QUICK = 12;
var SETTLE = 140;
var DIMMED = 0.07;
var TICK_PIXELS = 130;
var MapPainter = class {
  constructor(app, canvas) {
    Object.assign(this, { app, canvas, sprites: /* @__PURE__ */ new Map(), cost: 0, painted: null, settle: 0 });
    this.context = canvas.getContext("2d", { alpha: false });
    this.snapshot = h("canvas");
  }
  resize(width, height, ratio) {
    this.ratio = ratio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.painted = null;
  }
  /** Forget what depends on the theme. */
  restyle() {
    this.sprites.clear();
    this.painted = null;
  }
  /** Paint for the current view: in full where that is quick, else moved now and in full soon. */
  paint({ moving = false } = {}) {
    clearTimeout(this.settle);
    if (moving && this.painted && this.cost > QUICK) {
      this.paintMoved();
      this.settle = setTimeout(() => this.paint(), SETTLE);
      return;
    }
    const start = performance.now();
    this.paintFull();
    this.cost = performance.now() - start;
    this.painted = this.app.stage.view.copy();
    this.snapshotIsOld = true;
  }
  paintMoved() {
    if (this.snapshotIsOld) {
      [this.snapshot.width, this.snapshot.height] = [this.canvas.width, this.canvas.height];
      this.snapshot.getContext("2d").drawImage(this.canvas, 0, 0);
      this.snapshotIsOld = false;
    }
    const { view, theme } = this.app;
    const old = this.painted;
    const [left, top] = view.toScreen(...old.toMap(0, 0));
    const factor = view.scale / old.scale;
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.fillStyle = theme.background;
    this.context.fillRect(0, 0, view.width, view.height);
    this.context.drawImage(this.snapshot, left, top, old.width * factor, old.height * factor);
  }
  paintFull() {
    const { context } = this;
    const { view, theme, state } = this.app;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = theme.background;
    context.fillRect(0, 0, view.width, view.height);
    if (state.grid) this.paintGrid();
    if (state.shade !== "none") this.paintField(this.app.shading.shade, state.grid ? 0.6 : 0.85);
    if (state.fog) this.paintField(this.app.shading.fog, 1);
    this.paintAxes();
    if (state.points !== "none") this.paintPoints();
  }
  paintGrid() {
    const { lattice, view } = this.app;
    if (!lattice.canvas) return;
    const { left, top, right, bottom } = lattice.extent;
    const [x0, y0] = view.toScreen(left, top);
    const [x1, y1] = view.toScreen(right, bottom);
    const enlarging = x1 - x0 > lattice.canvas.width / this.ratio;
    this.context.imageSmoothingEnabled = !enlarging;
    this.context.imageSmoothingQuality = "high";
    this.context.drawImage(lattice.canvas, x0, y0, x1 - x0, y1 - y0);
    this.context.globalAlpha = 1;
  }
  paintField(field, alpha) {
    if (!field?.canvas) return;
    const { left, top, right, bottom } = field.box;
    const [x0, y0] = this.app.stage.view.toScreen(left, top);
    const [x1, y1] = this.app.stage.view.toScreen(right, bottom);
    this.context.imageSmoothingEnabled = true;
    this.context.globalAlpha = alpha;
    this.context.drawImage(field.canvas, x0, y0, x1 - x0, y1 - y0);
    this.context.globalAlpha = 1;
  }
  paintAxes() {
    const { context } = this;
    const { view, plane } = this.app;
    context.font = "14px ui-sans-serif, system-ui, sans-serif";
    context.lineWidth = 1;
    const step = niceStep(TICK_PIXELS / view.scale);
    const [west, south] = view.toMap(0, view.height);
    const [east, north] = view.toMap(view.width, 0);
    const busy = this.app.state.grid || this.app.state.shade !== "none";
    context.textBaseline = "alphabetic";
    for (let x = Math.ceil(west / step) * step; x <= east; x += step) {
      this.axisLine(view.toScreen(x, 0)[0], true, Math.abs(x) < step / 2, busy);
    }
    if (plane.isLine) return;
    for (let y = Math.ceil(south / step) * step; y <= north; y += step) {
      this.axisLine(view.toScreen(0, y)[1], false, Math.abs(y) < step / 2, busy);
    }
    if (!busy && !plane.byQuantile) this.axisWords(step, { west, east, south, north });
  }
  /** Numbers along the axes, and what the axes are. */
  axisWords(step, { west, east, south, north }) {
    const { context } = this;
    const { view, theme, plane } = this.app;
    const { room } = this.app.stage;
    context.fillStyle = theme.muted;
    context.textAlign = "center";
    const labelY = view.height - room.bottom - 8;
    for (let x = Math.ceil(west / step) * step; x <= east; x += step) {
      const at = view.toScreen(x, 0)[0];
      if (at > 60 && at < view.width - 170) context.fillText(tick(round(x, step)), at, labelY);
    }
    context.textAlign = "right";
    context.fillText(`${plane.names[0]} →`, view.width - 12, labelY);
    context.textAlign = "left";
    context.fillText(`↑ ${plane.names[1]}`, 10, room.top + 14);
    for (let y = Math.ceil(south / step) * step; y <= north; y += step) {
      const at = view.toScreen(0, y)[1];
      if (at > room.top + 40 && at < labelY - 30) {
        context.fillText(tick(round(y, step)), 10, at - 4);
      }
    }
  }
  axisLine(at, upright, isZero, busy) {
    const { context } = this;
    const { theme, view } = this.app;
    context.strokeStyle = theme.line;
    context.globalAlpha = busy ? isZero ? 0.35 : 0 : isZero ? 1 : 0.45;
    context.beginPath();
    const place = Math.round(at) + 0.5;
    if (upright) context.rect(place, 0, 0, view.height);
    else context.rect(0, place, view.width, 0);
    context.stroke();
    context.globalAlpha = 1;
  }
  paintPoints() {
    const { places, space, state } = this.app;
    if (state.points === "images") return this.paintImages();
    const radius = this.pointRadius();
    const sprites = this.spritesFor(state.points === "marks" ? "sign" : "dot", radius);
    const { context } = this;
    const side = 2 * radius + 3;
    this.eachVisible(side, (row, x, y) => {
      const label = space.labels[row];
      const alone = state.solo === null || state.solo === label;
      context.globalAlpha = alone ? state.grid ? 0.6 : 0.9 : DIMMED;
      context.drawImage(sprites.get(label), x - side / 2, y - side / 2, side, side);
    });
    context.globalAlpha = 1;
    return places;
  }
  pointRadius() {
    const { state, view, space } = this.app;
    const crowd = space.n > 4e3 ? 0.8 : 1;
    const base = state.points === "marks" ? 5 : 3.2 * crowd;
    return Math.round(2 * base * clamp(view.closeness ** 0.3, 0.8, 2)) / 2;
  }
  spritesFor(kind, radius) {
    const key = `${kind}:${radius}`;
    if (!this.sprites.has(key)) {
      const { space, theme } = this.app;
      const labels = new Set(space.labels);
      const options = { kind, names: space.class_names, theme, radius, ratio: this.ratio };
      this.sprites.set(
        key,
        new Map([...labels].map((label) => [label, makeSprite({ ...options, label })]))
      );
    }
    return this.sprites.get(key);
  }
  paintImages() {
    const { thumbs, space, state, theme, view } = this.app;
    const { context } = this;
    const atlas = thumbs.pointAtlas(theme);
    const [width, height] = thumbs.tile;
    const factor = clamp(view.closeness ** 0.5 * (space.n > 3e3 ? 0.55 : 0.8), 0.5, 2.5);
    const [w, tall] = [width * factor, height * factor];
    context.imageSmoothingEnabled = factor < 2;
    this.eachVisible(Math.max(w, tall), (row, x, y) => {
      if (row >= thumbs.ready) return;
      const alone = state.solo === null || state.solo === space.labels[row];
      context.globalAlpha = alone ? 1 : DIMMED;
      const [left, top] = thumbs.place(row);
      context.drawImage(atlas, left, top, width, height, x - w / 2, y - tall / 2, w, tall);
    });
    context.globalAlpha = 1;
  }
  /** Visit the rows whose point is on screen; with a soloed class, the others first. */
  eachVisible(margin, visit) {
    const { places, view, state, space } = this.app;
    const { width, height, scale } = view;
    const [x0, y0] = view.toScreen(0, 0);
    const passes = state.solo === null ? [null] : [false, true];
    for (const pass of passes) {
      for (let row = 0; row < space.n; row++) {
        if (pass !== null && space.labels[row] === state.solo !== pass) continue;
        const x = x0 + places[2 * row] * scale;
        const y = y0 - places[2 * row + 1] * scale;
        if (x > -margin && x < width + margin && y > -margin && y < height + margin) {
          visit(row, x, y);
        }
      }
    }
  }
  /** The row whose point is nearest to a pixel, within a radius; -1 where there is none. */
  pick(px, py, radius) {
    if (this.app.state.points === "none") return -1;
    let best = -1;
    let least = radius * radius;
    const { state, space } = this.app;
    this.eachVisible(0, (row, x, y) => {
      if (state.solo !== null && space.labels[row] !== state.solo) return;
      const squared = (x - px) ** 2 + (y - py) ** 2;
      if (squared < least) [best, least] = [row, squared];
    });
    return best;
  }
};
function fieldPicture(values, columns, rows, theme, asFog) {
  const canvas = h("canvas");
  [canvas.width, canvas.height] = [columns, rows];
  const picture = new ImageData(columns, rows);
  const scale = asFog ? null : scaleOf(theme);
  const veil = parseColor(theme.background);
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    const value = clamp(values[i], 0, 1);
    picture.data.set(asFog ? veil : scale[Math.round(value * 255)], 4 * i);
    picture.data[4 * i + 3] = asFog ? 240 * value : 255;
  }
  canvas.getContext("2d").putImageData(picture, 0, 0);
  return canvas;
}
function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least);
}
var tick = (value) => String(Number(value.toPrecision(6))).replace("-", "−");
var round = (value, step) => Math.round(value / step) * step;

// latent/space.ts
var NEIGHBORS_IN_CROWD = 10;
var CROWD_SAMPLE = 128;
var DEAD_VARIANCE = 0.01;
var Space = class {
  name;
  fingerprint;
  line;
  short;
  model;
  beta;
  /** Height, width and channels of an image. */
  image;
  class_names;
  looks;
  others;
  /** Whether the images themselves will follow. */
  originals;
  decoder;
  z;
  n;
  latents;
  stds;
  labels;
  numbers;
  splits;
  errors;
  train;
  farDistance;
  usual;
  /** See plane.ts. */
  principal = null;
  crowdRadius;
  scanned;
  measured;
  rows;
  constructor({ header, arrays }) {
    this.name = header.name;
    this.fingerprint = header.fingerprint;
    this.line = header.line;
    this.short = header.short;
    this.model = header.model;
    this.beta = header.beta;
    this.image = header.image;
    this.class_names = header.class_names;
    this.looks = header.looks;
    this.others = header.others;
    this.originals = header.originals;
    this.decoder = header.decoder;
    this.z = header.latent_dim;
    this.n = arrays.labels.length;
    this.latents = arrays.latents;
    this.stds = arrays.stds ?? null;
    this.labels = arrays.labels;
    this.numbers = arrays.numbers;
    this.splits = arrays.splits;
    this.errors = arrays.errors;
    const rows = Int32Array.from({ length: this.n }, (_, row) => row);
    const train = rows.filter((row) => this.splits[row] === 0);
    this.train = train.length ? train : rows;
    this.farDistance = header.far;
    this.usual = header.usual;
  }
  /** The latent of one row; a view. */
  latent(row) {
    return this.latents.subarray(row * this.z, (row + 1) * this.z);
  }
  /** What fields are computed from: all latents with their errors, and those of training images. */
  known() {
    const train = new Float32Array(this.train.length * this.z);
    this.train.forEach((row, i) => train.set(this.latent(row), i * this.z));
    return { latents: this.latents, errors: this.errors, train };
  }
  /** Squared distance between a latent and a row. */
  squared(z, row) {
    let sum = 0;
    for (let d = 0, at = row * this.z; d < this.z; d++, at++) {
      const difference = this.latents[at] - z[d];
      sum += difference * difference;
    }
    return sum;
  }
  /** Squared distances to all training images: measured once, however much is said of a latent. */
  toTraining(z) {
    const last = this.scanned;
    if (last?.latents === this.latents && last.z.every((value, d) => value === z[d])) {
      return last.squared;
    }
    const squared = new Float64Array(this.train.length);
    for (let i = 0; i < squared.length; i++) squared[i] = this.squared(z, this.train[i]);
    this.scanned = { latents: this.latents, z: Float64Array.from(z), squared };
    return squared;
  }
  /** The nearest training images of a latent, nearest first. */
  nearest(z, k = 1) {
    const rows = new Int32Array(k).fill(-1);
    const least = new Float64Array(k).fill(Infinity);
    const { train } = this;
    const all = this.toTraining(z);
    for (let i = 0; i < train.length; i++) {
      const squared = all[i];
      if (squared >= least[k - 1]) continue;
      let place = k - 1;
      for (; place > 0 && least[place - 1] > squared; place--) {
        least[place] = least[place - 1];
        rows[place] = rows[place - 1];
      }
      least[place] = squared;
      rows[place] = train[i];
    }
    const found = Array.from(rows, (row, i) => ({ row, distance: Math.sqrt(least[i]) }));
    return found.filter(({ row }) => row >= 0);
  }
  /** Of a hundred validation images, how many lie nearer to a training image than this. */
  share(distance) {
    const { usual } = this;
    const next = usual.findIndex((value) => value > distance);
    if (next <= 0) return next < 0 ? usual.length - 1 : 0;
    return next - 1 + (distance - usual[next - 1]) / (usual[next] - usual[next - 1]);
  }
  /** Whether a place this far from the nearest training image counts as empty. */
  isFar(distance) {
    return distance > this.farDistance;
  }
  /** The radius in which a typical training image has ten others. */
  get radius() {
    this.crowdRadius ??= this.measureRadius();
    return this.crowdRadius;
  }
  measureRadius() {
    const step = Math.max(1, Math.floor(this.train.length / CROWD_SAMPLE));
    const found = [];
    for (let i = 0; i < this.train.length; i += step) {
      const near = this.nearest(this.latent(this.train[i]), NEIGHBORS_IN_CROWD + 1);
      found.push(near[near.length - 1].distance);
    }
    return quantile(Float32Array.from(found).sort(), 0.5) || 1;
  }
  /** How many training images lie within the radius of a latent. */
  crowd(z) {
    const limit = this.radius ** 2;
    return this.toTraining(z).reduce((n, squared) => squared <= limit ? n + 1 : n, 0);
  }
  /** The name of a row's class, or '' where there are no labels. */
  className(row) {
    return this.class_names[this.labels[row]] ?? "";
  }
  /** Latent dimensions, the most used first. */
  get dimensions() {
    this.measured ??= this.measureDimensions();
    return this.measured;
  }
  measureDimensions() {
    const all = Array.from({ length: this.z }, (_, dimension) => {
      const values = Float32Array.from(
        { length: this.n },
        (_2, row) => this.latents[row * this.z + dimension]
      );
      const mean = values.reduce((sum, value) => sum + value, 0) / this.n;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / this.n;
      const use = this.stds ? this.meanKl(this.stds, dimension) : variance;
      values.sort();
      return {
        dimension,
        use,
        dead: this.stds !== null && variance < DEAD_VARIANCE,
        low: this.stds ? -3 : quantile(values, 0.01),
        high: this.stds ? 3 : quantile(values, 0.99)
      };
    });
    return all.sort((a, b) => Number(a.dead) - Number(b.dead) || b.use - a.use);
  }
  meanKl(stds, dimension) {
    let sum = 0;
    for (let at = dimension; at < this.latents.length; at += this.z) {
      const [mean, std] = [this.latents[at], Math.max(stds[at], 1e-6)];
      sum += 0.5 * (mean * mean + std * std - 1 - 2 * Math.log(std));
    }
    return sum / this.n;
  }
  /** Mean and standard deviation of each latent dimension over the images. */
  get spread() {
    const mean = new Float32Array(this.z);
    const std = new Float32Array(this.z);
    this.latents.forEach((value, at) => {
      mean[at % this.z] += value / this.n;
    });
    this.latents.forEach((value, at) => {
      std[at % this.z] += (value - mean[at % this.z]) ** 2 / this.n;
    });
    return { mean, std: std.map(Math.sqrt) };
  }
  /** The row with the same image in this space, or -1. */
  rowOf(split, number) {
    if (!this.rows) {
      this.rows = /* @__PURE__ */ new Map();
      for (let row = 0; row < this.n; row++) {
        this.rows.set(`${this.splits[row]}:${this.numbers[row]}`, row);
      }
    }
    return this.rows.get(`${split}:${number}`) ?? -1;
  }
};
function quantile(sorted, share) {
  if (!sorted.length) return 0;
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
}

// explore/shading.ts
var LIGHT_CELL = 8;
var HEAVY_CELL = 22;
var AFTER_MOVING = 250;
var SHADES = {
  none: { title: "Nothing", help: "Only the points and what is decoded." },
  density: {
    title: "Density",
    help: "How many images landed here; 1 is as crowded as around a typical image.",
    ends: ["few images", "many"]
  },
  reconstruction_error: {
    title: "Reconstruction error",
    help: "Bright where the images that landed here are drawn badly; blank where there are none.",
    ends: ["drawn well", "drawn badly"]
  },
  round_trip: {
    title: "Round trip",
    help: "Bright where decoding and encoding again leads somewhere else.",
    ends: ["comes back", "ends elsewhere"]
  },
  stretch: {
    title: "Stretch",
    help: "Bright where a small step changes the image a lot: the borders between kinds of images.",
    ends: ["image hardly changes", "changes fast"]
  }
};
var Shading = class {
  constructor(app) {
    Object.assign(this, { app, shade: null, fog: null });
    this.refresh = debounce(() => this.compute(), AFTER_MOVING);
  }
  /** Compute at once what the state asks for. */
  compute() {
    const { state } = this.app;
    if (state.fog) this.request("fog", "distance");
    if (state.shade !== "none") this.request("shade", state.shade);
    else this.shade = null;
  }
  request(slot, task) {
    const { app } = this;
    const { view, plane, space } = app;
    if (HEAVY_FIELDS.has(task) && !app.canRun(task)) return;
    const cell = HEAVY_FIELDS.has(task) ? HEAVY_CELL : LIGHT_CELL * (space.z > 4 ? 2 : 1);
    const columns = Math.ceil(view.width / cell);
    const rows = Math.ceil(view.height / cell);
    const [left, top] = view.toMap(0, 0);
    const [right, bottom] = view.toMap(columns * cell, rows * cell);
    const box = { left, top, right, bottom };
    const values = new Float32Array(columns * rows).fill(NaN);
    const job = {
      model: space.name,
      task,
      latents: gridLatents(plane, box, columns, rows),
      options: { u: plane.u, v: plane.v }
    };
    let shown = 0;
    app.jobs.run(slot, job, (part) => {
      values.set(part.values, part.start);
      if (!part.last && performance.now() - shown < 120) return;
      shown = performance.now();
      this[slot] = this.picture({ task, values, columns, rows, box });
      app.stage.invalidate("map");
      app.emit("shade");
    });
  }
  picture({ task, values, columns, rows, box }) {
    const { theme, space } = this.app;
    if (task === "distance") {
      const near = space.farDistance;
      const thick = values.map((value) => (value - near) / (3 * near));
      return { box, canvas: fieldPicture(thick, columns, rows, theme, true) };
    }
    const known = values.filter((value) => !Number.isNaN(value)).sort();
    const [low, high] = [quantile(known, 0.02), quantile(known, 0.98)];
    const shares = values.map((value) => (value - low) / (high - low || 1));
    const canvas = fieldPicture(shares, columns, rows, theme, false);
    return { box, canvas, low, high, text: [figure(low), figure(high)] };
  }
};

// explore/address.ts
var LETTERS = ["A", "B", "C", "D", "E", "F"];
var LONGEST = 480;
var GRID = { least: 10, most: 40 };
var TOOLS = ["path", "dimensions", "compare", "samples"];
var POINTS = ["dots", "images", "marks", "none"];
var NAMES = [
  ...["points", "grid", "even", "shade", "fog", "solo", "plane", "at", "pin", ...LETTERS],
  ...["tool", "with", "match", "curve", "over", "present"]
];
function defaults(space) {
  return {
    points: "dots",
    grid: 0,
    even: false,
    shade: "none",
    fog: false,
    solo: null,
    plane: space.z > 2 ? { kind: "principal", i: 0, j: 1 } : { kind: "native", i: 0, j: 1 },
    at: null,
    pins: [],
    selected: null,
    tool: null,
    others: null,
    match: "quantile",
    curve: false,
    over: 0,
    present: false
  };
}
function readAddress(search, space) {
  const given = new URLSearchParams(search);
  const state = defaults(space);
  const problems = [];
  const read = (name, parse, valid) => {
    if (!given.has(name)) return;
    const value = parse(given.get(name));
    if (value === void 0) {
      problems.push(`The link says ${name}=${clip(given.get(name))}; ${valid}.`);
    } else state[name] = value;
  };
  const readClamped = (name, least, most, unit2) => {
    if (!given.has(name)) return;
    const number = Number(given.get(name) || NaN);
    if (number === 0) return;
    if (!Number.isFinite(number)) read(name, () => void 0, `it is ${least} to ${most} ${unit2}`);
    else state[name] = Math.round(Math.min(most, Math.max(least, number)));
    if (state[name] !== number && Number.isFinite(number)) {
      problems.push(`The link asks for ${number} ${unit2}; shown are ${state[name]}.`);
    }
  };
  const oneOf = (list) => (text) => list.includes(text) ? text : void 0;
  read("points", oneOf(POINTS), `points are one of ${POINTS.join(", ")}`);
  read("shade", oneOf(Object.keys(SHADES)), "there is no such shading");
  read("tool", oneOf(TOOLS), `tools are ${TOOLS.join(", ")}`);
  read("match", oneOf(["quantile", "anchor"]), "a match is quantile or anchor");
  readClamped("grid", GRID.least, GRID.most, "tiles a side");
  readClamped("over", 0, 50, "per cent");
  for (const name of ["even", "fog", "curve", "present"]) {
    read(name, (text) => ["0", "1"].includes(text) ? text === "1" : void 0, "it is 0 or 1");
  }
  read("solo", (text) => whole(text, 0, space.class_names.length - 1), "there is no such class");
  read("plane", (text) => readPlane(text, space), "there is no such plane here");
  read("at", readView, "a view is x_y_closeness");
  if (given.has("with")) state.others = given.get("with").split(".").map(decodeName);
  for (const letter of LETTERS) {
    if (!given.has(letter)) continue;
    const z = readLatent(given.get(letter), space.z);
    if (typeof z === "string") problems.push(`Pin ${letter} of the link ${z}.`);
    else state.pins.push({ letter, z });
  }
  const chosen = given.get("pin");
  const last = state.pins[state.pins.length - 1]?.letter ?? null;
  state.selected = state.pins.some((pin) => pin.letter === chosen) ? chosen : last;
  return { state, problems };
}
function writeAddress(state, space) {
  const plain = defaults(space);
  const values = Object.fromEntries(NAMES.map((name) => [name, null]));
  for (const name of ["points", "shade", "tool", "match", "grid", "over", "solo"]) {
    if (state[name] !== plain[name]) values[name] = String(state[name]);
  }
  for (const name of ["even", "fog", "curve", "present"]) if (state[name]) values[name] = "1";
  if (state.plane.kind === "dimensions") values.plane = `${state.plane.i + 1}_${state.plane.j + 1}`;
  if (state.at) values.at = state.at.map(short).join("_");
  if (state.others?.length) values.with = state.others.map(encodeName).join(".");
  for (const { letter, z } of state.pins) {
    const text = [...z].map(short).join("_");
    values[letter] = text.length <= LONGEST ? text : null;
  }
  const last = state.pins[state.pins.length - 1]?.letter ?? null;
  if (state.selected && state.selected !== last) values.pin = state.selected;
  return values;
}
function merged(search, values) {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return query.toString();
}
function readLatent(text, size) {
  const numbers = text.split("_").map((part) => part.trim() === "" ? NaN : Number(part));
  if (!numbers.every(Number.isFinite)) return "holds something that is not a number";
  if (numbers.length !== size) return `has ${numbers.length} numbers, but this network has ${size}`;
  return Float32Array.from(numbers, (value) => Math.min(1e4, Math.max(-1e4, value)));
}
function readPlane(text, space) {
  const [i, j] = text.split("_").map((part) => whole(part, 1, space.z));
  if (space.z <= 2 || i === void 0 || j === void 0 || i === j) return void 0;
  return { kind: "dimensions", i: i - 1, j: j - 1 };
}
function readView(text) {
  const numbers = text.split("_").map(Number);
  const fine = numbers.length === 3 && numbers.every(Number.isFinite) && numbers[2] > 0;
  return fine ? numbers : void 0;
}
function whole(text, least, most) {
  const number = /^\d{1,9}$/.test(text ?? "") ? Number(text) : NaN;
  return number >= least && number <= most ? number : void 0;
}
var clip = (text) => text.length > 40 ? `${text.slice(0, 40)}…` : text;
var short = (value) => String(Number(value.toPrecision(4)));
var encodeName = (name) => name.replaceAll(".", "*");
var decodeName = (text) => text.replaceAll("*", ".");

// lib/mailbox.ts
var KEY = /* @__PURE__ */ Symbol.for("latentlab.mailbox");
var PAGE = globalThis;
var BREATH = 60;
function subscribe(receive) {
  const { messages, target } = mailbox();
  const take = (id, bytes) => {
    if (receive(id, bytes)) messages.delete(id);
  };
  for (const [id, bytes] of [...messages]) take(id, bytes);
  const listener = (event) => {
    const { detail } = event;
    take(detail.id, detail.bytes);
  };
  target.addEventListener("message", listener);
  return () => target.removeEventListener("message", listener);
}
function tell(name, value) {
  const { unsaid } = mailbox();
  unsaid.delete(name);
  unsaid.set(name, value);
  speak();
}
function speak() {
  const box = mailbox();
  if (box.speaking) return;
  const next = [...box.unsaid].find(([name2]) => box.voices.has(name2));
  if (!next) return;
  box.speaking = true;
  setTimeout(() => {
    box.speaking = false;
    speak();
  }, BREATH);
  const [name, value] = next;
  box.unsaid.delete(name);
  box.voices.get(name)?.(value);
}
function mailbox() {
  PAGE[KEY] ??= {
    messages: /* @__PURE__ */ new Map(),
    target: new EventTarget(),
    voices: /* @__PURE__ */ new Map(),
    unsaid: /* @__PURE__ */ new Map(),
    speaking: false
  };
  return PAGE[KEY];
}

// explore/addressbar.ts
var WRITE_AFTER = 80;
var TELL_AFTER = 300;
var AddressBar = class {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    Object.assign(this, { app, history: null, turn: 0 });
    this.writeSoon = debounce(() => this.writeNow(), WRITE_AFTER);
    this.tellSoon = debounce(() => this.tellPython(), TELL_AFTER);
  }
  /** Write what is chosen, soon; 'push': so that Back leads to what was there before. */
  write(history) {
    if (this.history !== "push") this.history = history;
    this.writeSoon();
  }
  writeNow() {
    this.writeSoon.cancel();
    const { state, space } = this.app;
    const push = this.history === "push";
    this.history = null;
    const query = merged(location.search, writeAddress(state, space));
    if (query === location.search.slice(1)) return;
    const address = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
    if (push) window.history.pushState(window.history.state, "", address);
    else window.history.replaceState(window.history.state, "", address);
    this.tellSoon();
  }
  /** Streamlit keeps an address of its own and would write that again. */
  tellPython() {
    const { state, space } = this.app;
    this.turn += 1;
    tell("address", { ...writeAddress(state, space), turn: this.turn });
  }
  watch() {
    const back = () => {
      this.writeSoon.cancel();
      this.app.follow(location.search);
    };
    window.addEventListener("popstate", back);
    return () => {
      this.writeSoon.cancel();
      this.tellSoon.cancel();
      window.removeEventListener("popstate", back);
    };
  }
  async copy() {
    this.writeNow();
    try {
      await navigator.clipboard.writeText(location.href);
      this.app.say("The link is copied. It shows exactly this view.");
    } catch {
      this.app.say(`Copy this link: ${location.href}`);
    }
  }
};

// latent/gaussian.ts
function cumulative(x) {
  const t = 1 / (1 + 0.3275911 * (Math.abs(x) / Math.SQRT2));
  const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const tail = 0.5 * series * Math.exp(-x * x / 2);
  return x > 0 ? 1 - tail : tail;
}
function inverseCumulative(p) {
  let low = -8;
  let high = 8;
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (cumulative(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
function normals(count2, seed) {
  const uniform = generator(seed);
  const out = new Float32Array(count2);
  for (let i = 0; i < count2; i += 2) {
    const length = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    out[i] = length * Math.cos(angle);
    if (i + 1 < count2) out[i + 1] = length * Math.sin(angle);
  }
  return out;
}
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = state + 1831565813 >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
  };
}

// latent/plane.ts
var PRINCIPAL_SAMPLE = 2e3;
var OUTER = 5e-3;
var EDGE = 1e-4;
var SPREAD = 6;
var count = 0;
var Plane = class {
  origin;
  u;
  v;
  /** What the map's two directions are called. */
  names;
  byQuantile;
  number = ++count;
  isLine;
  /** @param byQuantile - lay coordinates out evenly in probability under N(0, 1) */
  constructor({ origin, u, v, names }, byQuantile) {
    this.origin = origin;
    this.u = u;
    this.v = v;
    this.names = names;
    this.byQuantile = byQuantile;
    this.isLine = v.every((value) => value === 0);
  }
  /** Map place -> latent. */
  lift(x, y) {
    const a = this.byQuantile ? toCoordinate(x) : x;
    const b = this.byQuantile ? toCoordinate(y) : y;
    return this.origin.map((value, d) => value + a * this.u[d] + b * this.v[d]);
  }
  /** Latent -> map place. */
  project(z) {
    let a = 0;
    let b = 0;
    for (let d = 0; d < this.origin.length; d++) {
      const from = z[d] - this.origin[d];
      a += from * this.u[d];
      b += from * this.v[d];
    }
    return this.byQuantile ? [toQuantile(a), toQuantile(b)] : [a, b];
  }
  /** How far a latent lies off the plane. */
  offPlane(z) {
    const [x, y] = this.project(z);
    const back = this.lift(x, y);
    return Math.sqrt(back.reduce((sum, value, d) => sum + (value - z[d]) ** 2, 0));
  }
  /** Map places of many latents, two values each. */
  projectAll(latents) {
    const size = this.origin.length;
    const places = new Float32Array(2 * latents.length / size);
    for (let row = 0; row < places.length / 2; row++) {
      const [x, y] = this.project(latents.subarray(row * size, (row + 1) * size));
      places[2 * row] = x;
      places[2 * row + 1] = this.isLine ? lane(row) : y;
    }
    return places;
  }
};
function makePlane(space, choice, through, byQuantile) {
  const { z } = space;
  if (z <= 2) {
    const names2 = z === 1 ? ["z₁", ""] : ["z₁", "z₂"];
    const v = z === 1 ? new Float32Array(1) : unit(z, 1);
    return new Plane({ origin: new Float32Array(z), u: unit(z, 0), v, names: names2 }, byQuantile);
  }
  if (choice.kind === "principal") return principalPlane(space, through);
  const origin = Float32Array.from(through);
  origin[choice.i] = 0;
  origin[choice.j] = 0;
  const names = [`z${subscript(choice.i + 1)}`, `z${subscript(choice.j + 1)}`];
  return new Plane({ origin, u: unit(z, choice.i), v: unit(z, choice.j), names }, byQuantile);
}
function principalPlane(space, through) {
  const { mean, u, v } = principalAxes(space);
  const from = through.map((value, d) => value - mean[d]);
  const [a, b] = [dot(from, u), dot(from, v)];
  const origin = from.map((value, d) => mean[d] + value - a * u[d] - b * v[d]);
  const names = ["principal direction 1", "principal direction 2"];
  return new Plane({ origin, u, v, names }, false);
}
function principalAxes(space) {
  if (space.principal) return space.principal;
  const { z, n } = space;
  const step = Math.max(1, Math.floor(n / PRINCIPAL_SAMPLE));
  const mean = new Float32Array(z);
  for (let row = 0; row < n; row++) {
    for (let d = 0; d < z; d++) mean[d] += space.latents[row * z + d] / n;
  }
  const covariance = new Float64Array(z * z);
  for (let row = 0; row < n; row += step) {
    const at = row * z;
    for (let i = 0; i < z; i++) {
      const value = space.latents[at + i] - mean[i];
      for (let j = 0; j < z; j++) {
        covariance[i * z + j] += value * (space.latents[at + j] - mean[j]);
      }
    }
  }
  const u = leading(covariance, z, null);
  const v = leading(covariance, z, u);
  space.principal = { mean, u, v };
  return space.principal;
}
function leading(matrix, size, besides) {
  let axis = Float32Array.from({ length: size }, (_, d) => 1 + 0.1 * (d * 7 % 5));
  for (let round2 = 0; round2 < 200; round2++) {
    const next = new Float32Array(size);
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += matrix[i * size + j] * axis[j];
      next[i] = sum;
    }
    if (besides) {
      const along = dot(next, besides);
      for (let d = 0; d < size; d++) next[d] -= along * besides[d];
    }
    const length = Math.hypot(...next) || 1;
    axis = next.map((value) => value / length);
  }
  const largest = axis.reduce(
    (best, value) => Math.abs(value) > Math.abs(best) ? value : best,
    0
  );
  return largest < 0 ? axis.map((value) => -value) : axis;
}
function extentOf(plane, places, isVae) {
  const axis = (offset) => {
    const values = Float32Array.from(
      { length: places.length / 2 },
      (_, row) => places[2 * row + offset]
    ).sort();
    let [low, high] = [quantile(values, OUTER), quantile(values, 1 - OUTER)];
    if (plane.byQuantile) return [-SPREAD / 2, SPREAD / 2];
    if (isVae) [low, high] = [Math.min(low, -3), Math.max(high, 3)];
    const margin = 0.04 * (high - low) || 1;
    return [low - margin, high + margin];
  };
  const [left, right] = axis(0);
  const [bottom, top] = plane.isLine ? [-(right - left) / 4, (right - left) / 4] : axis(1);
  return { left, right, bottom, top };
}
var unit = (size, at) => Float32Array.from({ length: size }, (_, d) => d === at ? 1 : 0);
var dot = (a, b) => a.reduce((sum, value, d) => sum + value * b[d], 0);
var toQuantile = (coordinate) => SPREAD * (cumulative(coordinate) - 0.5);
var subscript = (number) => String(number).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]);
function toCoordinate(place) {
  const share = place / SPREAD + 0.5;
  return inverseCumulative(Math.min(1 - EDGE, Math.max(EDGE, share)));
}
function lane(row) {
  return ((Math.imul(row, 2654435761) >>> 8) / 16777216 - 0.5) * 2;
}

// explore/cell.ts
var TILES = 12;
var SIDE = 168;
var MOST_POINTS = 1500;
var Cell = class {
  constructor(app, space, network2) {
    Object.assign(this, { app, space, network: network2 });
    this.map = h("canvas", { class: "little", "aria-label": `map of ${space.line}`, role: "img" });
    this.image = h("canvas", {
      class: "decoded",
      "aria-label": `decoded by ${space.line}`,
      role: "img"
    });
    this.element = h(
      "figure",
      { class: "cell" },
      h("figcaption", { text: space.short, title: `${space.name}: ${space.line}` }),
      h("div", { class: "both" }, this.map, this.image)
    );
  }
  /** Lay out the network's own plane; that of the map's own network is the map's. */
  refresh() {
    const { app, space } = this;
    const own = space === app.space;
    if (this.plane && (!own || this.plane === app.plane)) return;
    const through = space.z > 2 ? space.spread.mean : new Float32Array(space.z);
    this.plane = own ? app.plane : makePlane(space, { kind: "principal", i: 0, j: 1 }, through, false);
    this.places = this.plane.projectAll(space.latents);
    this.sorted = [0, 1].map(
      (axis) => Float32Array.from({ length: space.n }, (_, row) => this.places[2 * row + axis]).sort()
    );
    this.extent = extentOf(this.plane, this.places, false);
    const [height, width] = space.image;
    const base = h("canvas");
    [base.width, base.height] = [TILES * width, TILES * height];
    this.base = base;
    const latents = gridLatents(this.plane, this.extent, TILES, TILES);
    if (this.network instanceof LinearDecoder) {
      this.takeTiles(0, TILES ** 2, this.network.runAll(latents));
    } else {
      const job = { model: space.name, task: "decode", latents };
      app.jobs.run(
        `cell ${space.name}`,
        job,
        ({ start, rows, values }) => this.takeTiles(start, rows, values)
      );
    }
  }
  takeTiles(start, rows, values) {
    const [height, width, channels] = this.space.image;
    const context = this.base.getContext("2d");
    const picture = context.createImageData(width, height);
    for (let i = 0; i < rows; i++) {
      fillPixels(picture.data, values, i * width * height * channels, width * height, channels);
      context.putImageData(
        picture,
        (start + i) % TILES * width,
        Math.floor((start + i) / TILES) * height
      );
    }
    this.paint();
  }
  show(z, row) {
    this.at = this.plane.project(z);
    this.row = row;
    paintImage(this.image, this.network.run(z), this.space.image);
    this.paint();
  }
  paint() {
    if (!this.base) return;
    const ratio = window.devicePixelRatio || 1;
    const { map, extent, places, space, app } = this;
    if (map.width !== SIDE * ratio) map.width = map.height = SIDE * ratio;
    const context = map.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.imageSmoothingQuality = "high";
    context.drawImage(this.base, 0, 0, SIDE, SIDE);
    const x = (value) => (value - extent.left) / (extent.right - extent.left) * SIDE;
    const y = (value) => (extent.top - value) / (extent.top - extent.bottom) * SIDE;
    const step = Math.max(1, Math.floor(space.n / MOST_POINTS));
    context.globalAlpha = 0.8;
    for (let row = 0; row < space.n; row += step) {
      context.fillStyle = classColor(app.theme, space.labels[row]);
      context.fillRect(x(places[2 * row]) - 0.75, y(places[2 * row + 1]) - 0.75, 1.5, 1.5);
    }
    context.globalAlpha = 1;
    if (!this.at) return;
    for (const [color, width] of [
      [app.theme.background, 5],
      [app.theme.accent, 2.25]
    ]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.arc(x(this.at[0]), y(this.at[1]), 7, 0, 7);
      context.stroke();
    }
  }
};
var LinearDecoder = class {
  constructor(mean, components) {
    Object.assign(this, { mean, components });
  }
  run(z) {
    return this.runAll(z);
  }
  runAll(latents) {
    const pixels = this.mean.length;
    const z = this.components.length / pixels;
    const rows = latents.length / z;
    const out = new Float32Array(rows * pixels);
    for (let row = 0; row < rows; row++) {
      out.set(this.mean, row * pixels);
      for (let d = 0; d < z; d++) {
        const weight = latents[row * z + d];
        for (let p = 0; p < pixels; p++) {
          out[row * pixels + p] += weight * this.components[d * pixels + p];
        }
      }
    }
    return out.map((value) => Math.min(1, Math.max(0, value)));
  }
};

// runtime/gemm_wasm.ts
var GEMM_WASM = "AGFzbQEAAAABCwFgB39/f39/f38AAg8BA2VudgZtZW1vcnkCAAADAgEABxECBGdlbW0AAAZtZW1vcnkCAAr2BwHzBwILewx/A0AgBSAaSgRAIAEgBiAabEECdGohEyAFIBprIRxBACEbA0AgG0EDaiAESARAIBMhEiADIAUgG2wgGmpBAnRqIRUgAiAaQQJ0aiIU/QAEACIIIQ8gFP0ABBAiByEOIAgiCSERIAciCiEQIAZBAnQiFCAAIAYgG2xBAnRqIhlqIRggFCAYaiIXIBRqIRZBACEdA0AgBiAdSgRAIBL9AAQAIQ0gEv0ABBAhDCASQSBqIRIgDyAZIB1BAnQiFGr9CQIAIgsgDf3mAf3kASEPIA4gCyAM/eYB/eQBIQ4gCCAUIBhq/QkCACILIA395gH95AEhCCAHIAsgDP3mAf3kASEHIAkgFCAXav0JAgAiCyAN/eYB/eQBIQkgCiALIAz95gH95AEhCiARIBQgFmr9CQIAIgsgDf3mAf3kASERIBAgCyAM/eYB/eQBIRAgHUEBaiEdDAELCwJAIBxBCE4EQCAVIA/9CwQAIBUgDv0LBBAMAQtBACAP/QsEAEEQIA79CwQAIBVBACAcQQJ0/AoAAAsgFSAFQQJ0aiESAkAgHEEITgRAIBIgCP0LBAAgEiAH/QsEEAwBC0EAIAj9CwQAQRAgB/0LBAAgEkEAIBxBAnT8CgAACyAVIAVBA3RqIRICQCAcQQhOBEAgEiAJ/QsEACASIAr9CwQQDAELQQAgCf0LBABBECAK/QsEACASQQAgHEECdPwKAAALIBUgBUEDdGogBUECdGohEgJAIBxBCE4EQCASIBH9CwQAIBIgEP0LBBAMAQtBACAR/QsEAEEQIBD9CwQAIBJBACAcQQJ0/AoAAAsgG0EEaiEbDAELCwNAIAQgG0oEQCAAIAYgG2xBAnRqIRUgEyESIAIgGkECdGoiFP0ABAAhCCAU/QAEECEH/QwAAAAAAAAAAAAAAAAAAAAAIRH9DAAAAAAAAAAAAAAAAAAAAAAhEEEAIR0DQCAdQQFqIAZIBEAgCCAVIB1BAnRqIhT9CQIAIgkgEv0ABAD95gH95AEhCCAHIAkgEv0ABBD95gH95AEhByARIBT9CQIEIgkgEv0ABCD95gH95AEhESAQIAkgEv0ABDD95gH95AEhECASQUBrIRIgHUECaiEdDAELCyAGIB1KBEAgCCAVIB1BAnRq/QkCACIJIBL9AAQA/eYB/eQBIQggByAJIBL9AAQQ/eYB/eQBIQcLIAMgBSAbbCAaakECdGohEiAIIBH95AEhCCAHIBD95AEhBwJAIBxBCE4EQCASIAj9CwQAIBIgB/0LBBAMAQtBACAI/QsEAEEQIAf9CwQAIBJBACAcQQJ0/AoAAAsgG0EBaiEbDAELCyAaQQhqIRoMAQsLCw==";

// runtime/kernel.ts
var PAGE_BYTES = 65536;
async function makeKernel(size, { simd = true } = {}) {
  if (simd) {
    try {
      return await simdKernel(size);
    } catch {
    }
  }
  const floats = new Float32Array(size);
  return { floats, gemm: plainGemm(floats), simd: false };
}
async function simdKernel(size) {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(size * 4 / PAGE_BYTES) + 1 });
  const binary = Uint8Array.from(atob(GEMM_WASM), (letter) => letter.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
  const gemm = instance.exports.gemm;
  return {
    floats: new Float32Array(memory.buffer),
    gemm: (a, b, bias, c, m, n, k) => gemm(a * 4, b * 4, bias * 4, c * 4, m, n, k),
    simd: true
  };
}
function plainGemm(floats) {
  const sums = new Float64Array(8);
  return (a, b, bias, c, m, n, k) => {
    for (let j = 0; j < n; j += 8) {
      const columns = Math.min(8, n - j);
      for (let i = 0; i < m; i++) {
        for (let q = 0; q < 8; q++) sums[q] = floats[bias + j + q];
        const row = a + i * k;
        for (let p = 0, at = b + j * k; p < k; p++, at += 8) {
          const x = floats[row + p];
          for (let q = 0; q < 8; q++) sums[q] += x * floats[at + q];
        }
        const target = c + i * n + j;
        for (let q = 0; q < columns; q++) floats[target + q] = sums[q];
      }
    }
  };
}

// runtime/rearrange.ts
function gather(floats, step, { from, scratch, start, n }) {
  const [height, width, channels] = step.from;
  const [outHeight, outWidth] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  let at = scratch;
  for (let position = start; position < start + n; position++) {
    const row = Math.floor(position / (outHeight * outWidth));
    const inside = position % (outHeight * outWidth);
    const top = Math.floor(inside / outWidth) * step.stride[0] - step.padding[0];
    const left = inside % outWidth * step.stride[1] - step.padding[1];
    for (let y = top; y < top + kernelHeight; y++) {
      for (let x = left; x < left + kernelWidth; x++) {
        const outside = y < 0 || x < 0 || y >= height || x >= width;
        const source = from + ((row * height + y) * width + x) * channels;
        for (let c = 0; c < channels; c++) floats[at++] = outside ? 0 : floats[source + c];
      }
    }
  }
}
function scatter(floats, step, { to, scratch, start, n }) {
  const [height, width] = step.from;
  const [outHeight, outWidth, channels] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  let at = scratch;
  for (let position = start; position < start + n; position++) {
    const row = Math.floor(position / (height * width));
    const inside = position % (height * width);
    const top = Math.floor(inside / width) * step.stride[0] - step.padding[0];
    const left = inside % width * step.stride[1] - step.padding[1];
    for (let y = top; y < top + kernelHeight; y++) {
      for (let x = left; x < left + kernelWidth; x++, at += channels) {
        if (y < 0 || x < 0 || y >= outHeight || x >= outWidth) continue;
        const target = to + ((row * outHeight + y) * outWidth + x) * channels;
        for (let c = 0; c < channels; c++) floats[target + c] += floats[at + c];
      }
    }
  }
}
function shuffle(small, large, rows, visit) {
  const [height, width, channels] = large;
  const factor = height / small[0];
  for (let y = 0; y < rows * height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor(y / factor) * small[1] + Math.floor(x / factor);
      for (let c = 0; c < channels; c++) {
        const channel = (c * factor + y % factor) * factor + x % factor;
        visit(cell * small[2] + channel, (y * width + x) * channels + c);
      }
    }
  }
}
function transpose(floats, { from, to, rows, outer, inner }) {
  for (let row = 0; row < rows; row++) {
    const base = row * outer * inner;
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        floats[to + base + i * outer + o] = floats[from + base + o * inner + i];
      }
    }
  }
}

// runtime/runtime.ts
var RESERVED = 16;
var SCRATCH = 1 << 18;
var product = (shape) => shape.reduce((total, side) => total * side, 1);
var padded = (columns) => Math.ceil(columns / 8) * 8;
async function loadNetwork(spec, weights, { batch = 1, simd = true } = {}) {
  const plan = planMemory(spec, batch);
  const kernel = await makeKernel(plan.size, { simd });
  for (const step of plan.steps) if ("weights" in step) placeWeights(kernel.floats, step, weights);
  return new Network(spec, plan, kernel, batch);
}
var Network = class {
  inputSize;
  outputSize;
  simd;
  plan;
  kernel;
  batch;
  constructor(spec, plan, kernel, batch) {
    this.plan = plan;
    this.kernel = kernel;
    this.batch = batch;
    this.inputSize = product(spec.input);
    this.outputSize = product(spec.output);
    this.simd = kernel.simd;
  }
  /**
   * Run up to `batch` rows.
   * @param input - rows x inputSize values
   * @returns rows x outputSize; a view that the next call overwrites
   */
  run(input, rows = 1) {
    const { floats } = this.kernel;
    const { scratch } = this.plan;
    let [from, to] = this.plan.buffers;
    floats.set(input, from);
    for (const step of this.plan.steps) {
      const operation = OPERATIONS[step.op];
      operation(this.kernel, step, { from, to, rows, scratch });
      if (!IN_PLACE.has(step.op)) [from, to] = [to, from];
    }
    return floats.subarray(from, from + rows * this.outputSize);
  }
  /** Run any number of rows into a new array. */
  runAll(input, rows) {
    const out = new Float32Array(rows * this.outputSize);
    for (let row = 0; row < rows; row += this.batch) {
      const n = Math.min(this.batch, rows - row);
      const part = input.subarray(row * this.inputSize, (row + n) * this.inputSize);
      out.set(this.run(part, n), row * this.outputSize);
    }
    return out;
  }
};
function planMemory(spec, batch) {
  let size = RESERVED;
  const take = (count2) => {
    const at = size;
    size += Math.ceil(count2 / 4) * 4;
    return at;
  };
  let largest = product(spec.input);
  let current = largest;
  const steps = spec.layers.map((layer) => {
    const [k, n] = matrixShape(layer);
    const panels = take(k * padded(n));
    const biasAt = take(padded("to" in layer ? Math.max(n, layer.to[2]) : n));
    if ("to" in layer) current = product(layer.to);
    if (layer.op === "linear") current = layer.out;
    largest = Math.max(largest, current);
    return { ...layer, k, n, panels, biasAt, biasValues: new Float32Array(), size: current };
  });
  const buffers = [take(largest * batch), take(largest * batch)];
  const widest = Math.max(0, ...steps.map((step) => step.op === "conv" ? step.k : step.n));
  return { steps, buffers, scratch: take(Math.max(SCRATCH, 4 * widest)), size };
}
function matrixShape(layer) {
  switch (layer.op) {
    case "linear":
      return [layer.in, layer.out];
    case "conv":
      return [product(layer.kernel) * layer.from[2], layer.to[2]];
    case "conv_transpose":
      return [layer.from[2], product(layer.kernel) * layer.to[2]];
    case "scale":
      return [1, layer.channels];
    default:
      return [0, 0];
  }
}
function placeWeights(floats, step, weights) {
  const { k, n } = step;
  for (let p = 0; p < k; p++) {
    for (let j = 0; j < n; j++) {
      const panel = (j >> 3) * 8 * k;
      floats[step.panels + panel + p * 8 + (j & 7)] = weights[step.weights + p * n + j];
    }
  }
  const biasSize = step.op === "conv_transpose" ? step.to[2] : n;
  step.biasValues = weights.slice(step.bias, step.bias + biasSize);
  if (step.op !== "conv_transpose") floats.set(step.biasValues, step.biasAt);
}
var IN_PLACE = /* @__PURE__ */ new Set(["scale", "leaky_relu", "silu", "sigmoid"]);
var OPERATIONS = {
  linear({ gemm }, step, { from, to, rows }) {
    gemm(from, step.panels, step.biasAt, to, rows, step.n, step.k);
  },
  conv(kernel, step, { from, to, rows, scratch }) {
    const [height, width, channels] = step.to;
    const positions = rows * height * width;
    const chunk = Math.max(4, Math.floor(SCRATCH / step.k));
    for (let start = 0; start < positions; start += chunk) {
      const n = Math.min(chunk, positions - start);
      gather(kernel.floats, step, { from, scratch, start, n });
      const target = to + start * channels;
      kernel.gemm(scratch, step.panels, step.biasAt, target, n, step.n, step.k);
    }
  },
  conv_transpose(kernel, step, { from, to, rows, scratch }) {
    const { floats } = kernel;
    const [height, width, channels] = step.from;
    const outSize = product(step.to);
    const bias = step.biasValues;
    for (let i = 0; i < rows * outSize; i++) floats[to + i] = bias[i % bias.length];
    const positions = rows * height * width;
    const chunk = Math.max(4, Math.floor(SCRATCH / step.n));
    for (let start = 0; start < positions; start += chunk) {
      const n = Math.min(chunk, positions - start);
      const source = from + start * channels;
      kernel.gemm(source, step.panels, step.biasAt, scratch, n, step.n, step.k);
      scatter(floats, step, { to, scratch, start, n });
    }
  },
  upsample({ floats }, step, { from, to, rows }) {
    const [height, width, channels] = step.from;
    const [outHeight, outWidth] = step.to;
    const [sy, sx] = [outHeight / height, outWidth / width];
    let target = to;
    for (let y = 0; y < rows * outHeight; y++) {
      const row = from + Math.floor(y / sy) * width * channels;
      for (let x = 0; x < outWidth; x++) {
        const source = row + Math.floor(x / sx) * channels;
        for (let c = 0; c < channels; c++) floats[target++] = floats[source + c];
      }
    }
  },
  pixel_shuffle({ floats }, step, { from, to, rows }) {
    shuffle(step.from, step.to, rows, (small, large) => {
      floats[to + large] = floats[from + small];
    });
  },
  pixel_unshuffle({ floats }, step, { from, to, rows }) {
    shuffle(step.to, step.from, rows, (small, large) => {
      floats[to + small] = floats[from + large];
    });
  },
  to_channels_first({ floats }, step, { from, to, rows }) {
    transpose(floats, {
      from,
      to,
      rows,
      outer: step.shape[0] * step.shape[1],
      inner: step.shape[2]
    });
  },
  to_channels_last({ floats }, step, { from, to, rows }) {
    transpose(floats, {
      from,
      to,
      rows,
      outer: step.shape[2],
      inner: step.shape[0] * step.shape[1]
    });
  },
  scale({ floats }, step, { from, rows }) {
    const gain = step.panels;
    for (let i = 0; i < rows * step.size; i++) {
      const channel = i % step.channels;
      floats[from + i] = floats[from + i] * floats[gain + channel] + floats[step.biasAt + channel];
    }
  },
  leaky_relu({ floats }, step, { from, rows }) {
    for (let i = from, end = from + rows * step.size; i < end; i++) {
      if (floats[i] < 0) floats[i] *= step.slope;
    }
  },
  silu({ floats }, step, { from, rows }) {
    for (let i = from, end = from + rows * step.size; i < end; i++) {
      floats[i] /= 1 + Math.exp(-floats[i]);
    }
  },
  sigmoid({ floats }, step, { from, rows }) {
    for (let i = from, end = from + rows * step.size; i < end; i++) {
      floats[i] = 1 / (1 + Math.exp(-floats[i]));
    }
  }
};

// explore/compare.ts
var MOST_OTHERS = 3;
var PCA = "pca";
var Compare = class {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.cells = /* @__PURE__ */ new Map();
    this.shown = [];
  }
  /** What one can choose from: other networks of the same images, and the linear baseline. */
  get candidates() {
    const { space } = this.app;
    const shorts = space.others.map(({ short: short2 }) => short2);
    const isAlone = (short2) => shorts.indexOf(short2) === shorts.lastIndexOf(short2);
    const others = space.others.map((other) => ({
      ...other,
      short: isAlone(other.short) ? other.short : other.name
    }));
    const line = "the best linear autoencoder of the same size";
    return [...others, { name: PCA, line, short: `PCA, ${counted(space.z, "number")}` }];
  }
  get chosen() {
    return (this.app.state.others ?? this.suggestion()).slice(0, MOST_OTHERS);
  }
  /** Another kind of network of the same size first, then a VAE with another beta, then PCA. */
  suggestion() {
    const { space } = this.app;
    const same = space.others.filter((other2) => other2.latent_dim === space.z);
    const other = same.find(({ model }) => model !== space.model);
    const beta = same.find(({ model, beta: weight }) => model === "vae" && weight !== space.beta);
    const rest = space.others.filter((each) => each !== other && each !== beta);
    const names = [...new Set([other, beta].filter(Boolean))].map(({ name }) => name);
    return [...names, PCA, ...rest.map(({ name }) => name)].slice(0, Math.max(names.length + 1, 2));
  }
  /** A network that was asked for has arrived. */
  async receive(message) {
    const space = new Space(message);
    const { weights } = message.arrays;
    const network2 = space.decoder ? await loadNetwork(space.decoder, weights) : null;
    if (!network2) return;
    this.app.jobs.load({
      model: space.name,
      z: space.z,
      decoder: { spec: space.decoder, weights }
    });
    this.cells.set(space.name, new Cell(this.app, space, network2));
    if (this.app.state.tool === "compare") this.app.drawer.refresh();
  }
  /** The linear baseline arrives with the encoder. */
  receivePca({ mean, components, latents }) {
    const { space } = this.app;
    const baseline = Object.assign(Object.create(Space.prototype), space, {
      name: PCA,
      model: "pca",
      line: `PCA, ${counted(space.z, "number")}`,
      short: `PCA, ${counted(space.z, "number")}`,
      latents,
      stds: null,
      principal: null
    });
    this.cells.set(PCA, new Cell(this.app, baseline, new LinearDecoder(mean, components)));
    if (this.app.state.tool === "compare") this.app.drawer.refresh();
  }
  get key() {
    const { state, plane } = this.app;
    return [this.chosen, state.match, [...this.cells.keys()], plane.number].join(" ");
  }
  build() {
    const { app } = this;
    this.ownCell();
    const missing = this.chosen.filter((name) => !this.cells.has(name) && name !== PCA);
    if (missing.length) tell("load", missing);
    const chips = this.candidates.map(
      ({ name, line, short: short2 }) => h("button", {
        text: short2,
        title: `${name}: ${line}`,
        "aria-pressed": String(this.chosen.includes(name)),
        onclick: () => this.toggle(name)
      })
    );
    const match = ["quantile", "anchor"].map(
      (value) => h("button", {
        text: value === "quantile" ? "Same place" : "Same image",
        title: MATCH_HELP[value],
        "aria-pressed": String(app.state.match === value),
        onclick: () => app.set({ match: value })
      })
    );
    const shown = [app.space.name, ...this.chosen];
    const content = shown.map(
      (name) => this.cells.get(name)?.element ?? waiting(this.candidates, name)
    );
    this.shown = shown.map((name) => this.cells.get(name)).filter(Boolean);
    for (const cell of this.shown) {
      cell.refresh();
      cell.paint();
    }
    queueMicrotask(() => this.follow());
    return {
      controls: [h("div", { class: "group" }, ...match), h("div", { class: "chips" }, ...chips)],
      content: [h("div", { class: "cells" }, ...content)]
    };
  }
  ownCell() {
    const { app } = this;
    if (this.cells.has(app.space.name) || !app.engine.network) return;
    this.cells.set(app.space.name, new Cell(app, app.space, app.engine.network));
  }
  toggle(name) {
    const chosen = this.chosen.includes(name) ? this.chosen.filter((other) => other !== name) : [...this.chosen, name];
    if (chosen.length > MOST_OTHERS) {
      this.app.say("Four at once are the most; take one away first.");
      return;
    }
    this.app.set({ others: chosen });
  }
  /** The cursor has moved: decode the matching place everywhere. */
  follow() {
    const { space, plane, cursor, state } = this.app;
    const { shown } = cursor;
    if (state.tool !== "compare" || !shown || !this.cells.has(space.name)) return;
    const place = plane.project(shown.z);
    const [{ row }] = space.nearest(shown.z);
    for (const cell of this.shown) {
      if (cell.space === space) cell.show(shown.z, row);
      else cell.show(this.match(cell, place, row), row);
    }
  }
  /** The latent of another network that stands at the same place. */
  match(cell, place, row) {
    const { space, state } = this.app;
    if (state.match === "anchor") {
      const same = cell.space.rowOf(space.splits[row], space.numbers[row]);
      if (same >= 0) return cell.space.latent(same);
    }
    const own = this.cells.get(space.name);
    const there = [0, 1].map(
      (axis) => valueAt(cell.sorted[axis], shareBelow(own.sorted[axis], place[axis]))
    );
    return cell.plane.lift(...there);
  }
};
var MATCH_HELP = {
  quantile: "Each network shows the place with the same share of images to its left and below it",
  anchor: "Each network shows its own version of the training image nearest to the cursor"
};
function waiting(candidates, name) {
  const line = candidates.find((other) => other.name === name)?.short;
  const text = line ? "loading…" : "is not here, or learned from other images";
  return h(
    "figure",
    { class: "cell" },
    h("figcaption", { text: line ?? name }),
    h("p", { class: "empty", text })
  );
}
function shareBelow(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = low + high >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  if (low === 0 || low === sorted.length) return low / sorted.length;
  const gap = sorted[low] - sorted[low - 1] || 1;
  return (low - 1 + (value - sorted[low - 1]) / gap) / (sorted.length - 1);
}
function valueAt(sorted, share) {
  const place = share * (sorted.length - 1);
  const low = Math.min(sorted.length - 2, Math.max(0, Math.floor(place)));
  return sorted[low] + (place - low) * (sorted[low + 1] - sorted[low]);
}

// explore/cursor.ts
var PICK = 14;
var PICK_EVERY = 50;
var PEEK_AFTER = 125;
var SPEAK_AFTER = 250;
var BUSY = 250;
var SPLITS = ["training", "validation", "test"];
var Cursor = class {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    Object.assign(this, { app, place: null, pointer: null, hovered: -1, shown: null });
    Object.assign(this, { picked: 0, moved: 0 });
    this.speak = debounce((text) => app.panel.speak(text), SPEAK_AFTER);
  }
  /** Whether the pointer has just moved. */
  get isBusy() {
    return performance.now() - this.moved < BUSY;
  }
  /** The pointer is over the map: decode there, at the next frame. */
  hover(px, py) {
    this.pointer = { px, py };
    this.moved = performance.now();
    this.app.stage.invalidate("pointer");
  }
  /** The pointer has left the map for good. */
  leave() {
    this.pointer = null;
    this.place = null;
    this.point(-1);
    this.rest();
    this.app.stage.invalidate("overlay");
  }
  followPointer() {
    if (!this.pointer) return;
    const { stage } = this.app;
    const { px, py } = this.pointer;
    this.move(...stage.view.toMap(px, py));
    const now = performance.now();
    if (now - this.picked < PICK_EVERY) return;
    this.picked = now;
    this.point(stage.painter.pick(px, py, PICK));
  }
  /** Put the cursor on a map place and show what is there, or the latent that stands for it. */
  move(x, y, { z = null, where = "At the cursor" } = {}) {
    this.place = { x, y };
    this.show(z ?? this.app.plane.lift(x, y), where);
    this.app.stage.invalidate("overlay");
  }
  /** Show a latent beside the map. */
  show(z, where) {
    this.shown = { z, where };
    this.app.panel.show(z, where);
    this.app.compare.follow();
  }
  /** What to show while nobody points: the chosen pin, else an image that was learned from. */
  rest() {
    const { space, pins } = this.app;
    const pin = pins.chosen();
    if (pin) this.show(pin.z, `Pin ${pin.letter}`);
    else this.show(space.latent(space.train[0]), "One of its training images, drawn again");
  }
  /** Move by keys, so many pixels, and say where that leads. */
  step(dx, dy) {
    const { view } = this.app.stage;
    const from = this.place ?? this.middle();
    const [px, py] = view.toScreen(from.x, from.y);
    this.pointer = null;
    this.move(...view.toMap(clamp(px + dx, 0, view.width), clamp(py + dy, 0, view.height)));
    this.point(-1);
    this.speak(this.inWords());
  }
  inWords() {
    const { space } = this.app;
    const [{ row, distance }] = space.nearest(this.shown.z);
    const name = space.className(row);
    const nearest = `Nearest ${name ? `class ${name}` : "image"}, distance ${figure(distance)}.`;
    const far = space.isFar(distance) ? " No training image near." : "";
    return `${figure(this.place.x)}, ${figure(this.place.y)}. ${nearest}${far}`;
  }
  middle() {
    const { view } = this.app.stage;
    const [x, y] = view.toMap(view.width / 2, view.height / 2);
    return { x, y };
  }
  /** Ring the point under the pointer; after a moment show its image. */
  point(row) {
    if (row === this.hovered) return;
    this.hovered = row;
    clearTimeout(this.peekLater);
    if (row < 0) this.app.stage.peek.hidden = true;
    else this.peekLater = setTimeout(() => this.openPeek(row), PEEK_AFTER);
    this.app.stage.invalidate("overlay");
  }
  openPeek(row) {
    const { thumbs, space, stage, panel } = this.app;
    if (row !== this.hovered) return;
    const canvas = h("canvas", { "data-row": row });
    crisp(canvas, space.image, 84);
    panel.drawRow(canvas, row);
    const name = space.className(row);
    const number = space.numbers[row].toLocaleString("en-US");
    const text = `${SPLITS[space.splits[row]]} image ${number}${thumbs.original ? "" : ", redrawn"}`;
    const words = h("div", {}, name ? h("b", { text: name }) : "", h("span", { text }));
    stage.peek.replaceChildren(canvas, words);
    stage.peek.hidden = false;
    this.placePeek(row);
  }
  /** Beside the point, on the side where there is room. */
  placePeek(row) {
    const { stage, places } = this.app;
    const { view, peek } = stage;
    const [x, y] = view.toScreen(places[2 * row], places[2 * row + 1]);
    const { offsetWidth: width, offsetHeight: height } = peek;
    const left = x + 18 + width > view.width ? x - 18 - width : x + 18;
    peek.style.left = `${clamp(left, 4, view.width - width - 4)}px`;
    peek.style.top = `${clamp(y - height - 14, 4, view.height - height - 4)}px`;
  }
};

// explore/controls.ts
var POINTS2 = { dots: "Dots", images: "Images", marks: "Signs", none: "Off" };
var MOST_LEGEND = 24;
var Controls = class {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.points = this.pointsControl();
    this.grid = this.gridControl();
    this.tools = this.toolButtons();
    this.more = this.moreMenu();
    this.bar = h(
      "div",
      { class: "bar", role: "toolbar", "aria-label": "what the map shows" },
      this.points,
      this.grid,
      h("span", { class: "space" }),
      this.tools,
      this.more
    );
    this.legend = h("div", { class: "legend", role: "group", "aria-label": "classes" });
    this.scale = h("div", { class: "scale", hidden: true });
    this.fillLegend();
    app.on("state", () => this.update());
    app.on("shade", () => this.updateScale());
    this.update();
  }
  pointsControl() {
    const buttons = Object.entries(POINTS2).map(
      ([value, title]) => h("button", {
        "data-value": value,
        text: title,
        title: POINT_HELP[value],
        onclick: () => this.app.set({ points: value })
      })
    );
    return h(
      "div",
      { class: "group", role: "group", "aria-label": "draw the points as" },
      ...buttons
    );
  }
  gridControl() {
    this.gridButton = h(
      "button",
      {
        "aria-label": "Decoded grid",
        title: "Cover the map with images that the network draws",
        onclick: () => this.app.set({ grid: this.app.state.grid ? 0 : 20 })
      },
      h("span", { class: "wide", text: "Decoded " }),
      "grid"
    );
    this.gridSize = h("input", {
      type: "range",
      min: 10,
      max: 40,
      "aria-label": "tiles per side",
      title: "Tiles per side",
      oninput: (event) => this.app.set({ grid: Number(event.target.value) })
    });
    this.gridNumber = h("output", {});
    this.gridSlider = h("label", { class: "slider" }, this.gridSize, this.gridNumber);
    return h("div", { class: "group" }, this.gridButton, this.gridSlider);
  }
  toolButtons() {
    const buttons = Object.entries(TOOLS2).map(
      ([tool, { title, help }]) => h("button", {
        "data-tool": tool,
        text: title,
        title: help,
        onclick: () => this.app.set({ tool: this.app.state.tool === tool ? null : tool }, "push")
      })
    );
    return h("div", { class: "group tools", role: "group", "aria-label": "tools" }, ...buttons);
  }
  moreMenu() {
    const { app } = this;
    this.shade = h(
      "select",
      { onchange: (event) => app.set({ shade: event.target.value }) },
      ...Object.entries(SHADES).map(([value, { title }]) => h("option", { value, text: title }))
    );
    this.shadeHelp = h("p", { class: "help" });
    this.fog = h("input", {
      type: "checkbox",
      onchange: (event) => app.set({ fog: event.target.checked })
    });
    this.even = h("input", {
      type: "checkbox",
      onchange: (event) => app.set({ even: event.target.checked })
    });
    this.evenLabel = h(
      "label",
      { class: "check", title: EVEN_HELP },
      this.even,
      "Space the map by probability"
    );
    const item = (text, help, onclick) => h(
      "button",
      {
        class: "item",
        onclick: () => {
          this.closeMore();
          onclick();
        }
      },
      h("b", { text }),
      h("span", { text: help })
    );
    this.menu = h(
      "div",
      { class: "menu", hidden: true },
      h("label", {}, "Color the map by ", this.shade),
      this.shadeHelp,
      h("label", { class: "check" }, this.fog, "Fog where there is no training image"),
      this.evenLabel,
      ...this.planeControl(),
      h("hr"),
      item("Fit the map", "show all points again", () => app.stage.fit()),
      item("Copy link", "to exactly what you see", () => app.address.copy()),
      item("Present", "only the map and the image", () => app.set({ present: true }, "push")),
      item("Keys and gestures", "what the mouse, keys and fingers do", () => app.openHelp())
    );
    this.moreButton = h("button", {
      text: "More",
      "aria-haspopup": "true",
      "aria-expanded": "false",
      onclick: () => this.toggleMore()
    });
    return h("div", { class: "group more" }, this.moreButton, this.menu);
  }
  planeControl() {
    const { app } = this;
    if (app.space.z <= 2) return [];
    const options = (name) => app.space.dimensions.map(
      ({ dimension, dead }) => h("option", {
        value: String(dimension),
        text: `${name} z${dimension + 1}${dead ? " (unused)" : ""}`
      })
    );
    this.axes = [0, 1].map(
      (axis) => h(
        "select",
        {
          "aria-label": axis ? "upward axis" : "axis to the right",
          onchange: () => this.choosePlane()
        },
        ...options(axis ? "up:" : "right:")
      )
    );
    this.kind = h(
      "select",
      { onchange: () => this.choosePlane() },
      h("option", { value: "principal", text: "the two main directions" }),
      h("option", { value: "dimensions", text: "two latent dimensions" })
    );
    return [
      h("label", {}, "The map shows ", this.kind),
      h("div", { class: "axes" }, ...this.axes),
      h("p", {
        class: "help",
        text: "A flat slice through the chosen pin; points are laid down on it."
      })
    ];
  }
  choosePlane() {
    const [i, j] = this.axes.map((select) => Number(select.value));
    const other = this.app.space.dimensions.find(({ dimension }) => dimension !== i).dimension;
    this.app.set({ plane: { kind: this.kind.value, i, j: i === j ? other : j } }, "push");
  }
  toggleMore() {
    this.menu.hidden = !this.menu.hidden;
    this.moreButton.setAttribute("aria-expanded", String(!this.menu.hidden));
  }
  closeMore() {
    this.menu.hidden = true;
    this.moreButton.setAttribute("aria-expanded", "false");
  }
  fillLegend() {
    const { space, theme } = this.app;
    const names = space.class_names.slice(0, MOST_LEGEND);
    const entries = names.map(
      (name, label) => h(
        "button",
        { "data-label": label, title: `Show only ${name}`, onclick: () => this.app.solo(label) },
        markElement({ label, names: space.class_names, theme }),
        h("span", { text: name })
      )
    );
    const rest = space.class_names.length - names.length;
    if (rest > 0) entries.push(h("span", { class: "rest", text: `and ${rest} more` }));
    this.legend.replaceChildren(...entries);
  }
  update() {
    const { state, space } = this.app;
    press(this.points, "value", state.points);
    press(this.tools, "tool", state.tool);
    press(this.legend, "label", state.solo === null ? null : String(state.solo));
    this.gridButton.setAttribute("aria-pressed", String(state.grid > 0));
    this.gridSlider.hidden = !state.grid;
    this.gridSize.value = String(state.grid || 20);
    this.gridNumber.textContent = String(state.grid || "");
    this.shade.value = state.shade;
    this.shadeHelp.textContent = SHADES[state.shade].help;
    this.fog.checked = state.fog;
    this.even.checked = state.even;
    this.evenLabel.hidden = space.model !== "vae" || state.plane.kind === "principal";
    if (this.axes) {
      this.kind.value = state.plane.kind;
      this.axes[0].value = String(state.plane.i);
      this.axes[1].value = String(state.plane.j);
      this.axes.forEach((select) => {
        select.hidden = state.plane.kind === "principal";
      });
    }
    this.updateScale();
  }
  /** The color scale of the shading, with what its two ends mean. */
  updateScale() {
    const { state, shading } = this.app;
    const shade = SHADES[state.shade];
    this.scale.hidden = !shade.ends;
    if (!shade.ends) return;
    const [low, high] = shading.shade?.text ?? ["", ""];
    const numbers = [` ${low}`, `${high} `];
    this.scale.replaceChildren(
      h("span", { text: shade.ends[0] + numbers[0] }),
      h("i", { class: this.app.theme.dark ? "ramp dark" : "ramp" }),
      h("span", { text: numbers[1] + shade.ends[1] })
    );
  }
};
var TOOLS2 = {
  path: { title: "Path", help: "Walk from pin A to pin B" },
  dimensions: { title: "Dimensions", help: "Change one latent number at a time" },
  compare: { title: "Compare", help: "The same place in several networks at once" },
  samples: { title: "Samples", help: "Let the network draw at random" }
};
var EVEN_HELP = "Places that are equally likely under the prior take equal room";
var POINT_HELP = {
  dots: "One dot for each image, in the color of its class",
  images: "Each image drawn at its own place",
  marks: "One sign for each class",
  none: "No points"
};
function press(group, name, value) {
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset[name] === value));
  }
}

// explore/drawer.ts
var Drawer = class {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.element = h("section", { class: "drawer", hidden: true });
    this.refresh = debounce(() => this.fill(), 0);
  }
  fill() {
    const { app, element } = this;
    if (app.stopped) return;
    const tool = app.tools[app.state.tool];
    if (tool !== app.path) app.path.stop();
    element.hidden = !tool;
    const key = tool && `${app.state.tool} ${app.theme.dark} ${tool.key}`;
    if (key !== this.key) {
      this.key = key;
      if (tool) this.show(tool.build());
      else element.replaceChildren();
    }
    app.stage.invalidate("overlay");
  }
  show({ controls, content }) {
    const { app, element } = this;
    const name = app.state.tool;
    const scrolled = element.querySelector(".content")?.scrollTop ?? 0;
    const close = () => app.set({ tool: null }, "push");
    const header = h(
      "header",
      {},
      h("h2", { text: TOOLS2[name].title }),
      ...controls,
      h("button", { class: "close", "aria-label": "close", text: "×", onclick: close })
    );
    const body = h("div", { class: "content" }, ...content);
    element.className = `drawer ${name}`;
    element.replaceChildren(header, body);
    body.scrollTop = scrolled;
  }
};

// explore/engine.ts
var ROWS_PER_QUESTION = 128;
var Engine = class {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.network = null;
    this.encoder = null;
    this.answers = /* @__PURE__ */ new Map();
    this.waiting = /* @__PURE__ */ new Map();
    this.asked = null;
    this.session = Math.random().toString(36).slice(2);
    this.nextId = 1;
  }
  async start(space, weights) {
    if (!space.decoder) return;
    this.network = await loadNetwork(space.decoder, weights);
  }
  /** The encoder arrives after the first picture. */
  async startEncoder(spec, weights) {
    this.encoder = await loadNetwork(spec, weights);
  }
  get isRemote() {
    return !this.app.space.decoder;
  }
  /** Whether the fast matrix product is at work. */
  get isFast() {
    return !this.network || this.network.simd;
  }
  /**
   * Decode one latent.
   * @param {ArrayLike<number>} z
   * @param {(values: Float32Array|Uint8Array) => void} show - called at once, or when the server
   *   has answered; not called if a newer question on the same channel replaced this one
   */
  decode(z, show, channel = "cursor") {
    if (this.network) show(this.network.run(z));
    else if (this.isRemote) this.ask(channel, Float32Array.from(z), ({ values }) => show(values));
  }
  /** Decode many latents in the worker (or on the server), in parts. */
  decodeMany(channel, latents, onPart, priority = 1) {
    const { jobs, space } = this.app;
    if (this.isRemote) this.askParts(channel, latents, onPart);
    else jobs.run(channel, { model: space.name, task: "decode", latents, priority }, onPart);
  }
  /** Encode one image; null until the encoder has arrived. */
  encode(values) {
    return this.encoder ? this.encoder.run(values).slice(0, this.app.space.z) : null;
  }
  /** Many latents go to the server in parts, one after the other. */
  askParts(channel, latents, onPart, start = 0) {
    const { z } = this.app.space;
    const total = latents.length / z;
    const part = latents.subarray(start * z, (start + ROWS_PER_QUESTION) * z);
    this.ask(channel, part, ({ rows, values }) => {
      const last = start + rows >= total;
      onPart({ start, rows, values, last });
      if (!last) this.askParts(channel, latents, onPart, start + rows);
    });
  }
  /** One question at a time is on its way to the server; of those that wait, the latest wins. */
  ask(channel, latents, onPart) {
    this.waiting.set(channel, { latents, onPart });
    this.askNext();
  }
  askNext() {
    if (this.asked !== null || !this.waiting.size) return;
    const [channel, { latents, onPart }] = this.waiting.entries().next().value;
    this.waiting.delete(channel);
    this.asked = `${this.session}-${this.nextId++}`;
    this.answers.set(this.asked, onPart);
    tell("ask", { id: this.asked, latents: [...latents] });
  }
  /** The server's answer: images as bytes. */
  answer({ header, arrays }) {
    const onPart = this.answers.get(header.answer);
    if (!onPart) return;
    this.answers.delete(header.answer);
    this.asked = null;
    onPart({ start: 0, rows: header.rows, values: arrays.images, last: true });
    this.askNext();
  }
};

// explore/keyboard.ts
var STEP2 = 14;
var FINE = 2;
var ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
var KEYS = [
  ["Arrows", "move the cursor (with Shift: in small steps)"],
  ["Enter", "pin what you see"],
  ["A and B", "set the two ends of a path"],
  ["Space", "play the path"],
  ["0 to 9", "show one class alone"],
  ["+ and −", "zoom; F fits the whole map"],
  ["Delete", "remove the chosen pin"],
  ["Escape", "clear: what is open first, then the pins"],
  ["?", "this card"]
];
var ACTIONS = {
  Enter: (app) => app.pins.addCursor(),
  " ": (app) => app.path.togglePlay(),
  a: (app) => app.pins.addCursor("A"),
  b: (app) => app.pins.addCursor("B"),
  f: (app) => app.stage.fit(),
  "+": (app) => app.stage.zoom(1.25),
  "=": (app) => app.stage.zoom(1.25),
  "-": (app) => app.stage.zoom(0.8),
  Delete: (app) => app.pins.remove(app.state.selected),
  Backspace: (app) => app.pins.remove(app.state.selected),
  Escape: (app) => app.escape(),
  "?": (app) => app.openHelp()
};
function listenToKeys(app, element) {
  element.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(app, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
}
function act(app, event) {
  const arrow = ARROWS[event.key];
  if (arrow) {
    const step = event.shiftKey ? FINE : STEP2;
    app.cursor.step(arrow[0] * step, arrow[1] * step);
    return true;
  }
  if (/^\d$/.test(event.key)) {
    app.solo(Number(event.key));
    return true;
  }
  const action = ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  action?.(app);
  return action !== void 0;
}

// explore/help.ts
var GESTURES = [
  ["Move", "decode where the pointer is"],
  ["Click", "pin; a second pin makes a path"],
  ["Drag", "move the map, or a pin"],
  ["Wheel, pinch", "zoom"],
  ["One finger", "decode; tap to pin; two fingers move and zoom"]
];
var CODE = `z = plane.origin + x * plane.axes[0] + y * plane.axes[1]
image = torch.sigmoid(model.decoder(z[None]))[0]
distances = (index.latents - z).square().sum(1).sqrt()
nearest = distances.argmin()
round_trip = (model.encoder(image[None])[0, :len(z)] - z).norm()`;
function helpCard(close) {
  const rows = (pairs) => pairs.map(([key, text]) => h("div", {}, h("dt", { text: key }), h("dd", { text })));
  const card = h(
    "dialog",
    { class: "helpcard", "aria-label": "keys and gestures", onclose: close },
    h(
      "div",
      { class: "columns" },
      h("section", {}, h("h2", { text: "Mouse and fingers" }), h("dl", {}, ...rows(GESTURES))),
      h("section", {}, h("h2", { text: "Keys" }), h("dl", {}, ...rows(KEYS)))
    ),
    h("details", {}, h("summary", { text: "How is this computed?" }), h("pre", { text: CODE })),
    h("form", { method: "dialog" }, h("button", { class: "primary", text: "Close" }))
  );
  return card;
}

// runtime/workbench.ts
var BATCH = 16;
var IMAGES_PER_PART = 32;
var PLACES_PER_PART = 64;
function makeWorkbench(post) {
  const benches = /* @__PURE__ */ new Map();
  let jobs = [];
  let running = false;
  async function work() {
    if (running) return;
    running = true;
    while (jobs.length) {
      jobs.sort((a, b) => a.priority - b.priority || a.id - b.id);
      const job = jobs[0];
      try {
        await job.ready;
        if (jobs.includes(job)) advance(job);
      } catch (error) {
        finish(job);
        post({ id: job.id, failed: error instanceof Error ? error.message : String(error) }, []);
      }
      await pause();
    }
    running = false;
  }
  function advance(job) {
    const start = job.done;
    const rows = Math.min(job.perPart, job.rows - start);
    const size = job.bench.z;
    const latents = job.latents.subarray(start * size, (start + rows) * size);
    const values = job.step({ latents, rows, z: size });
    job.done += rows;
    const last = job.done >= job.rows;
    if (last) finish(job);
    post({ id: job.id, start, rows, values, last }, [values.buffer]);
  }
  function finish(job) {
    jobs = jobs.filter((other) => other !== job);
  }
  function load({ model, z, latents, train, errors, decoder, encoder }) {
    const nothing = new Float32Array();
    const bench = benches.get(model) ?? { z, latents: nothing, errors: nothing, train: nothing };
    if (train) Object.assign(bench, { latents, train, errors });
    if (decoder) bench.decoderReady = network(bench, "decoder", decoder);
    if (encoder) bench.encoderReady = network(bench, "encoder", encoder);
    benches.set(model, bench);
  }
  function run({ id, model, task, latents, options, priority = 1 }) {
    const bench = benches.get(model);
    if (!bench) throw new Error(`Nothing is known of ${model}.`);
    const { z } = bench;
    const axes = options ?? { u: new Float32Array(z), v: new Float32Array(z) };
    const isDecode = task === "decode";
    jobs.push({
      ...{ id, bench, latents, priority, done: 0 },
      rows: latents.length / z,
      perPart: isDecode ? IMAGES_PER_PART : PLACES_PER_PART,
      ready: Promise.all([bench.decoderReady, task === "round_trip" ? bench.encoderReady : null]),
      step: isDecode ? (places) => asBytes(bench.decoder.runAll(places.latents, places.rows)) : (places) => FIELDS[task](bench, places, axes)
    });
    void work();
  }
  return (order) => {
    if (order.type === "load") load(order);
    else if (order.type === "run") run(order);
    else jobs = jobs.filter((job) => job.id !== order.id);
  };
}
async function network(bench, name, { spec, weights }) {
  bench[name] = await loadNetwork(spec, weights, { batch: BATCH });
}
function asBytes(values) {
  return Uint8Array.from(values, (value) => value * 255 + 0.5);
}
function pause() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

// runtime/jobs.ts
var Jobs = class {
  nextId = 1;
  open = /* @__PURE__ */ new Map();
  channels = /* @__PURE__ */ new Map();
  // channel -> id
  worker = startWorker((answer) => this.receive(answer));
  /** Tell the worker of a network. */
  load(known) {
    this.worker.post({ type: "load", ...known });
  }
  /** Start a job; an unfinished one on the same channel is dropped. */
  run(channel, task, onPart) {
    this.cancel(channel);
    const id = this.nextId++;
    this.channels.set(channel, id);
    this.open.set(id, { channel, onPart });
    this.worker.post({ type: "run", id, ...task });
  }
  cancel(channel) {
    const id = this.channels.get(channel);
    if (id === void 0) return;
    this.channels.delete(channel);
    this.open.delete(id);
    this.worker.post({ type: "cancel", id });
  }
  receive(answer) {
    const job = this.open.get(answer.id);
    if (!job) return;
    if (answer.failed !== void 0 || answer.last) {
      this.open.delete(answer.id);
      this.channels.delete(job.channel);
    }
    if (answer.failed !== void 0) console.warn(`latentlab: ${answer.failed}`);
    else job.onPart(answer);
  }
  stop() {
    this.open.clear();
    this.worker.stop();
  }
};
function startWorker(receive) {
  try {
    const address = URL.createObjectURL(new Blob(['"use strict";\n(() => {\n  // latent/crowding.ts\n  var TYPICAL_SAMPLE = 1e3;\n  var SAME = 0.01;\n  var ALIVE = 0.01;\n  var Crowding = class {\n    bandwidth;\n    /** What a typical image has around it. */\n    typical;\n    latents;\n    z;\n    n;\n    /** @param latents - n x z */\n    constructor(latents, z) {\n      this.latents = latents;\n      this.z = z;\n      this.n = latents.length / z;\n      this.bandwidth = scottBandwidth(latents, z);\n      this.typical = this.measureTypical();\n    }\n    /** Visit every latent with its squared distance to a place. */\n    eachSquared(place, start, visit) {\n      const { latents, z } = this;\n      for (let index = 0, at = 0; at < latents.length; index++) {\n        let squared = 0;\n        for (let d = 0; d < z; d++, at++) {\n          const difference = latents[at] - place[start + d];\n          squared += difference * difference;\n        }\n        visit(squared, index);\n      }\n    }\n    /**\n     * The kernels at a place, summed, and summed with a weight for each latent; `others` leaves out\n     * the latent that lies there itself.\n     */\n    sums(place, start, weights = null) {\n      const scale = -0.5 / this.bandwidth ** 2;\n      let sum = 0;\n      let weighted = 0;\n      let nearest = Infinity;\n      this.eachSquared(place, start, (squared, index) => {\n        nearest = Math.min(nearest, squared);\n        const kernel = Math.exp(squared * scale);\n        sum += kernel;\n        if (weights) weighted += kernel * weights[index];\n      });\n      const own = nearest < (SAME * this.bandwidth) ** 2 ? 1 : 0;\n      return { sum, weighted, others: Math.max(sum - own, 0) };\n    }\n    /** The median over images, each without itself. */\n    measureTypical() {\n      const step = Math.max(1, Math.floor(this.n / TYPICAL_SAMPLE));\n      const found = [];\n      for (let row = 0; row < this.n; row += step) {\n        found.push(this.sums(this.latents, row * this.z).others);\n      }\n      found.sort((a, b) => a - b);\n      const middle = found.length >> 1;\n      const median = found.length % 2 ? found[middle] : (found[middle - 1] + found[middle]) / 2;\n      return Math.max(median, 0.5 / this.n);\n    }\n  };\n  function variances(latents, z) {\n    const n = latents.length / z;\n    const mean = new Float64Array(z);\n    const square = new Float64Array(z);\n    latents.forEach((value, at) => {\n      mean[at % z] += value / n;\n    });\n    latents.forEach((value, at) => {\n      square[at % z] += (value - mean[at % z]) ** 2 / n;\n    });\n    return square;\n  }\n  function scottBandwidth(latents, z) {\n    const all = variances(latents, z);\n    const most = Math.max(...all);\n    const alive = all.filter((variance) => variance >= ALIVE * most);\n    const spread = Math.sqrt(alive.reduce((sum, variance) => sum + variance, 0) / alive.length);\n    return (latents.length / z) ** (-1 / (alive.length + 4)) * (spread || 1);\n  }\n\n  // latent/fields.ts\n  var STEP = 0.01;\n  var NO_DATA_BELOW = 0.01;\n  var FIELDS = {\n    /** How many images lie around; 1 is as crowded as around a typical image. */\n    density(bench, { latents, rows, z }) {\n      const crowding = crowdingOf(bench);\n      return perRow(rows, (row) => crowding.sums(latents, row * z).others / crowding.typical);\n    },\n    /** Distance to the nearest training image. */\n    distance({ train }, { latents, rows, z }) {\n      return perRow(rows, (row) => Math.sqrt(nearestSquared(train, latents, row * z, z)));\n    },\n    /** Reconstruction error of the images around, weighted by nearness; NaN where there are none. */\n    reconstruction_error(bench, { latents, rows, z }) {\n      const crowding = crowdingOf(bench);\n      return perRow(rows, (row) => {\n        const { sum, weighted, others } = crowding.sums(latents, row * z, bench.errors);\n        return others / crowding.typical < NO_DATA_BELOW ? NaN : weighted / sum;\n      });\n    },\n    /** How far a place moves when it is decoded and encoded again. */\n    round_trip(bench, { latents, rows, z }) {\n      const [decoder, encoder] = [bench.decoder, bench.encoder];\n      const back = encoder.runAll(decoder.runAll(latents, rows), rows);\n      const width = encoder.outputSize;\n      return perRow(rows, (row) => {\n        let sum = 0;\n        for (let d = 0; d < z; d++) sum += (back[row * width + d] - latents[row * z + d]) ** 2;\n        return Math.sqrt(sum);\n      });\n    },\n    /** How fast the image changes, in the direction of the map in which it changes fastest. */\n    stretch(bench, { latents, rows, z }, { u, v }) {\n      const decoder = bench.decoder;\n      const step = STEP * (Math.sqrt(Math.max(...variances(bench.latents, z))) || 1);\n      const [alongU, alongV] = [u, v].map((axis) => {\n        const ahead = decoder.runAll(shifted(latents, axis, step, z), rows);\n        const behind = decoder.runAll(shifted(latents, axis, -step, z), rows);\n        return ahead.map((value, at) => (value - behind[at]) / (2 * step));\n      });\n      const size = decoder.outputSize;\n      return perRow(rows, (row) => {\n        let [p, q, r] = [0, 0, 0];\n        for (let at = row * size; at < (row + 1) * size; at++) {\n          p += alongU[at] * alongU[at];\n          q += alongV[at] * alongV[at];\n          r += alongU[at] * alongV[at];\n        }\n        return Math.sqrt((p + q) / 2 + Math.hypot((p - q) / 2, r));\n      });\n    }\n  };\n  function crowdingOf(bench) {\n    bench.crowding ??= new Crowding(bench.latents, bench.z);\n    return bench.crowding;\n  }\n  function perRow(rows, value) {\n    return Float32Array.from({ length: rows }, (_, row) => value(row));\n  }\n  function nearestSquared(train, latents, start, z) {\n    let nearest = Infinity;\n    for (let at = 0; at < train.length; ) {\n      let squared = 0;\n      for (let d = 0; d < z; d++, at++) {\n        const difference = train[at] - latents[start + d];\n        squared += difference * difference;\n      }\n      if (squared < nearest) nearest = squared;\n    }\n    return nearest;\n  }\n  function shifted(latents, axis, amount, z) {\n    return latents.map((value, at) => value + amount * axis[at % z]);\n  }\n\n  // runtime/gemm_wasm.ts\n  var GEMM_WASM = "AGFzbQEAAAABCwFgB39/f39/f38AAg8BA2VudgZtZW1vcnkCAAADAgEABxECBGdlbW0AAAZtZW1vcnkCAAr2BwHzBwILewx/A0AgBSAaSgRAIAEgBiAabEECdGohEyAFIBprIRxBACEbA0AgG0EDaiAESARAIBMhEiADIAUgG2wgGmpBAnRqIRUgAiAaQQJ0aiIU/QAEACIIIQ8gFP0ABBAiByEOIAgiCSERIAciCiEQIAZBAnQiFCAAIAYgG2xBAnRqIhlqIRggFCAYaiIXIBRqIRZBACEdA0AgBiAdSgRAIBL9AAQAIQ0gEv0ABBAhDCASQSBqIRIgDyAZIB1BAnQiFGr9CQIAIgsgDf3mAf3kASEPIA4gCyAM/eYB/eQBIQ4gCCAUIBhq/QkCACILIA395gH95AEhCCAHIAsgDP3mAf3kASEHIAkgFCAXav0JAgAiCyAN/eYB/eQBIQkgCiALIAz95gH95AEhCiARIBQgFmr9CQIAIgsgDf3mAf3kASERIBAgCyAM/eYB/eQBIRAgHUEBaiEdDAELCwJAIBxBCE4EQCAVIA/9CwQAIBUgDv0LBBAMAQtBACAP/QsEAEEQIA79CwQAIBVBACAcQQJ0/AoAAAsgFSAFQQJ0aiESAkAgHEEITgRAIBIgCP0LBAAgEiAH/QsEEAwBC0EAIAj9CwQAQRAgB/0LBAAgEkEAIBxBAnT8CgAACyAVIAVBA3RqIRICQCAcQQhOBEAgEiAJ/QsEACASIAr9CwQQDAELQQAgCf0LBABBECAK/QsEACASQQAgHEECdPwKAAALIBUgBUEDdGogBUECdGohEgJAIBxBCE4EQCASIBH9CwQAIBIgEP0LBBAMAQtBACAR/QsEAEEQIBD9CwQAIBJBACAcQQJ0/AoAAAsgG0EEaiEbDAELCwNAIAQgG0oEQCAAIAYgG2xBAnRqIRUgEyESIAIgGkECdGoiFP0ABAAhCCAU/QAEECEH/QwAAAAAAAAAAAAAAAAAAAAAIRH9DAAAAAAAAAAAAAAAAAAAAAAhEEEAIR0DQCAdQQFqIAZIBEAgCCAVIB1BAnRqIhT9CQIAIgkgEv0ABAD95gH95AEhCCAHIAkgEv0ABBD95gH95AEhByARIBT9CQIEIgkgEv0ABCD95gH95AEhESAQIAkgEv0ABDD95gH95AEhECASQUBrIRIgHUECaiEdDAELCyAGIB1KBEAgCCAVIB1BAnRq/QkCACIJIBL9AAQA/eYB/eQBIQggByAJIBL9AAQQ/eYB/eQBIQcLIAMgBSAbbCAaakECdGohEiAIIBH95AEhCCAHIBD95AEhBwJAIBxBCE4EQCASIAj9CwQAIBIgB/0LBBAMAQtBACAI/QsEAEEQIAf9CwQAIBJBACAcQQJ0/AoAAAsgG0EBaiEbDAELCyAaQQhqIRoMAQsLCw==";\n\n  // runtime/kernel.ts\n  var PAGE_BYTES = 65536;\n  async function makeKernel(size, { simd = true } = {}) {\n    if (simd) {\n      try {\n        return await simdKernel(size);\n      } catch {\n      }\n    }\n    const floats = new Float32Array(size);\n    return { floats, gemm: plainGemm(floats), simd: false };\n  }\n  async function simdKernel(size) {\n    const memory = new WebAssembly.Memory({ initial: Math.ceil(size * 4 / PAGE_BYTES) + 1 });\n    const binary = Uint8Array.from(atob(GEMM_WASM), (letter) => letter.charCodeAt(0));\n    const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });\n    const gemm = instance.exports.gemm;\n    return {\n      floats: new Float32Array(memory.buffer),\n      gemm: (a, b, bias, c, m, n, k) => gemm(a * 4, b * 4, bias * 4, c * 4, m, n, k),\n      simd: true\n    };\n  }\n  function plainGemm(floats) {\n    const sums = new Float64Array(8);\n    return (a, b, bias, c, m, n, k) => {\n      for (let j = 0; j < n; j += 8) {\n        const columns = Math.min(8, n - j);\n        for (let i = 0; i < m; i++) {\n          for (let q = 0; q < 8; q++) sums[q] = floats[bias + j + q];\n          const row = a + i * k;\n          for (let p = 0, at = b + j * k; p < k; p++, at += 8) {\n            const x = floats[row + p];\n            for (let q = 0; q < 8; q++) sums[q] += x * floats[at + q];\n          }\n          const target = c + i * n + j;\n          for (let q = 0; q < columns; q++) floats[target + q] = sums[q];\n        }\n      }\n    };\n  }\n\n  // runtime/rearrange.ts\n  function gather(floats, step, { from, scratch, start, n }) {\n    const [height, width, channels] = step.from;\n    const [outHeight, outWidth] = step.to;\n    const [kernelHeight, kernelWidth] = step.kernel;\n    let at = scratch;\n    for (let position = start; position < start + n; position++) {\n      const row = Math.floor(position / (outHeight * outWidth));\n      const inside = position % (outHeight * outWidth);\n      const top = Math.floor(inside / outWidth) * step.stride[0] - step.padding[0];\n      const left = inside % outWidth * step.stride[1] - step.padding[1];\n      for (let y = top; y < top + kernelHeight; y++) {\n        for (let x = left; x < left + kernelWidth; x++) {\n          const outside = y < 0 || x < 0 || y >= height || x >= width;\n          const source = from + ((row * height + y) * width + x) * channels;\n          for (let c = 0; c < channels; c++) floats[at++] = outside ? 0 : floats[source + c];\n        }\n      }\n    }\n  }\n  function scatter(floats, step, { to, scratch, start, n }) {\n    const [height, width] = step.from;\n    const [outHeight, outWidth, channels] = step.to;\n    const [kernelHeight, kernelWidth] = step.kernel;\n    let at = scratch;\n    for (let position = start; position < start + n; position++) {\n      const row = Math.floor(position / (height * width));\n      const inside = position % (height * width);\n      const top = Math.floor(inside / width) * step.stride[0] - step.padding[0];\n      const left = inside % width * step.stride[1] - step.padding[1];\n      for (let y = top; y < top + kernelHeight; y++) {\n        for (let x = left; x < left + kernelWidth; x++, at += channels) {\n          if (y < 0 || x < 0 || y >= outHeight || x >= outWidth) continue;\n          const target = to + ((row * outHeight + y) * outWidth + x) * channels;\n          for (let c = 0; c < channels; c++) floats[target + c] += floats[at + c];\n        }\n      }\n    }\n  }\n  function shuffle(small, large, rows, visit) {\n    const [height, width, channels] = large;\n    const factor = height / small[0];\n    for (let y = 0; y < rows * height; y++) {\n      for (let x = 0; x < width; x++) {\n        const cell = Math.floor(y / factor) * small[1] + Math.floor(x / factor);\n        for (let c = 0; c < channels; c++) {\n          const channel = (c * factor + y % factor) * factor + x % factor;\n          visit(cell * small[2] + channel, (y * width + x) * channels + c);\n        }\n      }\n    }\n  }\n  function transpose(floats, { from, to, rows, outer, inner }) {\n    for (let row = 0; row < rows; row++) {\n      const base = row * outer * inner;\n      for (let o = 0; o < outer; o++) {\n        for (let i = 0; i < inner; i++) {\n          floats[to + base + i * outer + o] = floats[from + base + o * inner + i];\n        }\n      }\n    }\n  }\n\n  // runtime/runtime.ts\n  var RESERVED = 16;\n  var SCRATCH = 1 << 18;\n  var product = (shape) => shape.reduce((total, side) => total * side, 1);\n  var padded = (columns) => Math.ceil(columns / 8) * 8;\n  async function loadNetwork(spec, weights, { batch = 1, simd = true } = {}) {\n    const plan = planMemory(spec, batch);\n    const kernel = await makeKernel(plan.size, { simd });\n    for (const step of plan.steps) if ("weights" in step) placeWeights(kernel.floats, step, weights);\n    return new Network(spec, plan, kernel, batch);\n  }\n  var Network = class {\n    inputSize;\n    outputSize;\n    simd;\n    plan;\n    kernel;\n    batch;\n    constructor(spec, plan, kernel, batch) {\n      this.plan = plan;\n      this.kernel = kernel;\n      this.batch = batch;\n      this.inputSize = product(spec.input);\n      this.outputSize = product(spec.output);\n      this.simd = kernel.simd;\n    }\n    /**\n     * Run up to `batch` rows.\n     * @param input - rows x inputSize values\n     * @returns rows x outputSize; a view that the next call overwrites\n     */\n    run(input, rows = 1) {\n      const { floats } = this.kernel;\n      const { scratch } = this.plan;\n      let [from, to] = this.plan.buffers;\n      floats.set(input, from);\n      for (const step of this.plan.steps) {\n        const operation = OPERATIONS[step.op];\n        operation(this.kernel, step, { from, to, rows, scratch });\n        if (!IN_PLACE.has(step.op)) [from, to] = [to, from];\n      }\n      return floats.subarray(from, from + rows * this.outputSize);\n    }\n    /** Run any number of rows into a new array. */\n    runAll(input, rows) {\n      const out = new Float32Array(rows * this.outputSize);\n      for (let row = 0; row < rows; row += this.batch) {\n        const n = Math.min(this.batch, rows - row);\n        const part = input.subarray(row * this.inputSize, (row + n) * this.inputSize);\n        out.set(this.run(part, n), row * this.outputSize);\n      }\n      return out;\n    }\n  };\n  function planMemory(spec, batch) {\n    let size = RESERVED;\n    const take = (count) => {\n      const at = size;\n      size += Math.ceil(count / 4) * 4;\n      return at;\n    };\n    let largest = product(spec.input);\n    let current = largest;\n    const steps = spec.layers.map((layer) => {\n      const [k, n] = matrixShape(layer);\n      const panels = take(k * padded(n));\n      const biasAt = take(padded("to" in layer ? Math.max(n, layer.to[2]) : n));\n      if ("to" in layer) current = product(layer.to);\n      if (layer.op === "linear") current = layer.out;\n      largest = Math.max(largest, current);\n      return { ...layer, k, n, panels, biasAt, biasValues: new Float32Array(), size: current };\n    });\n    const buffers = [take(largest * batch), take(largest * batch)];\n    const widest = Math.max(0, ...steps.map((step) => step.op === "conv" ? step.k : step.n));\n    return { steps, buffers, scratch: take(Math.max(SCRATCH, 4 * widest)), size };\n  }\n  function matrixShape(layer) {\n    switch (layer.op) {\n      case "linear":\n        return [layer.in, layer.out];\n      case "conv":\n        return [product(layer.kernel) * layer.from[2], layer.to[2]];\n      case "conv_transpose":\n        return [layer.from[2], product(layer.kernel) * layer.to[2]];\n      case "scale":\n        return [1, layer.channels];\n      default:\n        return [0, 0];\n    }\n  }\n  function placeWeights(floats, step, weights) {\n    const { k, n } = step;\n    for (let p = 0; p < k; p++) {\n      for (let j = 0; j < n; j++) {\n        const panel = (j >> 3) * 8 * k;\n        floats[step.panels + panel + p * 8 + (j & 7)] = weights[step.weights + p * n + j];\n      }\n    }\n    const biasSize = step.op === "conv_transpose" ? step.to[2] : n;\n    step.biasValues = weights.slice(step.bias, step.bias + biasSize);\n    if (step.op !== "conv_transpose") floats.set(step.biasValues, step.biasAt);\n  }\n  var IN_PLACE = /* @__PURE__ */ new Set(["scale", "leaky_relu", "silu", "sigmoid"]);\n  var OPERATIONS = {\n    linear({ gemm }, step, { from, to, rows }) {\n      gemm(from, step.panels, step.biasAt, to, rows, step.n, step.k);\n    },\n    conv(kernel, step, { from, to, rows, scratch }) {\n      const [height, width, channels] = step.to;\n      const positions = rows * height * width;\n      const chunk = Math.max(4, Math.floor(SCRATCH / step.k));\n      for (let start = 0; start < positions; start += chunk) {\n        const n = Math.min(chunk, positions - start);\n        gather(kernel.floats, step, { from, scratch, start, n });\n        const target = to + start * channels;\n        kernel.gemm(scratch, step.panels, step.biasAt, target, n, step.n, step.k);\n      }\n    },\n    conv_transpose(kernel, step, { from, to, rows, scratch }) {\n      const { floats } = kernel;\n      const [height, width, channels] = step.from;\n      const outSize = product(step.to);\n      const bias = step.biasValues;\n      for (let i = 0; i < rows * outSize; i++) floats[to + i] = bias[i % bias.length];\n      const positions = rows * height * width;\n      const chunk = Math.max(4, Math.floor(SCRATCH / step.n));\n      for (let start = 0; start < positions; start += chunk) {\n        const n = Math.min(chunk, positions - start);\n        const source = from + start * channels;\n        kernel.gemm(source, step.panels, step.biasAt, scratch, n, step.n, step.k);\n        scatter(floats, step, { to, scratch, start, n });\n      }\n    },\n    upsample({ floats }, step, { from, to, rows }) {\n      const [height, width, channels] = step.from;\n      const [outHeight, outWidth] = step.to;\n      const [sy, sx] = [outHeight / height, outWidth / width];\n      let target = to;\n      for (let y = 0; y < rows * outHeight; y++) {\n        const row = from + Math.floor(y / sy) * width * channels;\n        for (let x = 0; x < outWidth; x++) {\n          const source = row + Math.floor(x / sx) * channels;\n          for (let c = 0; c < channels; c++) floats[target++] = floats[source + c];\n        }\n      }\n    },\n    pixel_shuffle({ floats }, step, { from, to, rows }) {\n      shuffle(step.from, step.to, rows, (small, large) => {\n        floats[to + large] = floats[from + small];\n      });\n    },\n    pixel_unshuffle({ floats }, step, { from, to, rows }) {\n      shuffle(step.to, step.from, rows, (small, large) => {\n        floats[to + small] = floats[from + large];\n      });\n    },\n    to_channels_first({ floats }, step, { from, to, rows }) {\n      transpose(floats, {\n        from,\n        to,\n        rows,\n        outer: step.shape[0] * step.shape[1],\n        inner: step.shape[2]\n      });\n    },\n    to_channels_last({ floats }, step, { from, to, rows }) {\n      transpose(floats, {\n        from,\n        to,\n        rows,\n        outer: step.shape[2],\n        inner: step.shape[0] * step.shape[1]\n      });\n    },\n    scale({ floats }, step, { from, rows }) {\n      const gain = step.panels;\n      for (let i = 0; i < rows * step.size; i++) {\n        const channel = i % step.channels;\n        floats[from + i] = floats[from + i] * floats[gain + channel] + floats[step.biasAt + channel];\n      }\n    },\n    leaky_relu({ floats }, step, { from, rows }) {\n      for (let i = from, end = from + rows * step.size; i < end; i++) {\n        if (floats[i] < 0) floats[i] *= step.slope;\n      }\n    },\n    silu({ floats }, step, { from, rows }) {\n      for (let i = from, end = from + rows * step.size; i < end; i++) {\n        floats[i] /= 1 + Math.exp(-floats[i]);\n      }\n    },\n    sigmoid({ floats }, step, { from, rows }) {\n      for (let i = from, end = from + rows * step.size; i < end; i++) {\n        floats[i] = 1 / (1 + Math.exp(-floats[i]));\n      }\n    }\n  };\n\n  // runtime/workbench.ts\n  var BATCH = 16;\n  var IMAGES_PER_PART = 32;\n  var PLACES_PER_PART = 64;\n  function makeWorkbench(post) {\n    const benches = /* @__PURE__ */ new Map();\n    let jobs = [];\n    let running = false;\n    async function work() {\n      if (running) return;\n      running = true;\n      while (jobs.length) {\n        jobs.sort((a, b) => a.priority - b.priority || a.id - b.id);\n        const job = jobs[0];\n        try {\n          await job.ready;\n          if (jobs.includes(job)) advance(job);\n        } catch (error) {\n          finish(job);\n          post({ id: job.id, failed: error instanceof Error ? error.message : String(error) }, []);\n        }\n        await pause();\n      }\n      running = false;\n    }\n    function advance(job) {\n      const start = job.done;\n      const rows = Math.min(job.perPart, job.rows - start);\n      const size = job.bench.z;\n      const latents = job.latents.subarray(start * size, (start + rows) * size);\n      const values = job.step({ latents, rows, z: size });\n      job.done += rows;\n      const last = job.done >= job.rows;\n      if (last) finish(job);\n      post({ id: job.id, start, rows, values, last }, [values.buffer]);\n    }\n    function finish(job) {\n      jobs = jobs.filter((other) => other !== job);\n    }\n    function load({ model, z, latents, train, errors, decoder, encoder }) {\n      const nothing = new Float32Array();\n      const bench = benches.get(model) ?? { z, latents: nothing, errors: nothing, train: nothing };\n      if (train) Object.assign(bench, { latents, train, errors });\n      if (decoder) bench.decoderReady = network(bench, "decoder", decoder);\n      if (encoder) bench.encoderReady = network(bench, "encoder", encoder);\n      benches.set(model, bench);\n    }\n    function run({ id, model, task, latents, options, priority = 1 }) {\n      const bench = benches.get(model);\n      if (!bench) throw new Error(`Nothing is known of ${model}.`);\n      const { z } = bench;\n      const axes = options ?? { u: new Float32Array(z), v: new Float32Array(z) };\n      const isDecode = task === "decode";\n      jobs.push({\n        ...{ id, bench, latents, priority, done: 0 },\n        rows: latents.length / z,\n        perPart: isDecode ? IMAGES_PER_PART : PLACES_PER_PART,\n        ready: Promise.all([bench.decoderReady, task === "round_trip" ? bench.encoderReady : null]),\n        step: isDecode ? (places) => asBytes(bench.decoder.runAll(places.latents, places.rows)) : (places) => FIELDS[task](bench, places, axes)\n      });\n      void work();\n    }\n    return (order) => {\n      if (order.type === "load") load(order);\n      else if (order.type === "run") run(order);\n      else jobs = jobs.filter((job) => job.id !== order.id);\n    };\n  }\n  async function network(bench, name, { spec, weights }) {\n    bench[name] = await loadNetwork(spec, weights, { batch: BATCH });\n  }\n  function asBytes(values) {\n    return Uint8Array.from(values, (value) => value * 255 + 0.5);\n  }\n  function pause() {\n    return new Promise((resolve) => {\n      const { port1, port2 } = new MessageChannel();\n      port1.onmessage = () => {\n        port1.close();\n        resolve();\n      };\n      port2.postMessage(null);\n    });\n  }\n\n  // runtime/worker.ts\n  var handle = makeWorkbench((answer, transfer) => self.postMessage(answer, { transfer }));\n  self.onmessage = ({ data }) => handle(data);\n})();\n'], { type: "text/javascript" }));
    const worker = new Worker(address);
    worker.onmessage = ({ data }) => receive(data);
    return {
      post: (order) => worker.postMessage(order),
      stop: () => {
        worker.terminate();
        URL.revokeObjectURL(address);
      }
    };
  } catch {
    const handle = makeWorkbench((answer) => setTimeout(() => receive(answer)));
    return { post: handle, stop: () => {
    } };
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
      const size = shape.reduce((product2, side) => product2 * side, 1);
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

// latent/facts.ts
var NEIGHBORS = 9;
function factsOf(space, z) {
  const near = space.nearest(z, NEIGHBORS);
  const { row, distance } = near[0];
  return {
    row,
    distance,
    share: space.share(distance),
    far: space.isFar(distance),
    crowd: space.crowd(z),
    labels: countLabels(space, near)
  };
}
function countLabels(space, near) {
  const counts = /* @__PURE__ */ new Map();
  for (const { row } of near) {
    const label = space.labels[row];
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].map(([label, count2]) => ({ label, count: count2 })).sort((a, b) => b.count - a.count);
}
function roundTrip(engine, z, values) {
  const back = engine.encode(Float32Array.from(values));
  return back && Math.sqrt(back.reduce((sum, value, d) => sum + (value - z[d]) ** 2, 0));
}

// explore/panel.ts
var EDITABLE = 32;
var CAPTION_EVERY = 50;
var Panel = class {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.large = h("canvas", { class: "large", role: "img", "aria-label": "decoded image" });
    this.caption = h("p", { class: "caption" });
    this.where = h("p", { class: "where" });
    this.card = h("div", { class: "card" });
    this.row = h("div", { class: "pins", role: "list", "aria-label": "pins" });
    this.live = h("p", { class: "live", "aria-live": "polite" });
    this.note = h("p", { class: "note", role: "status" });
    const words = h("div", { class: "words" }, this.where, this.caption);
    this.element = h(
      "aside",
      { class: "panel", "aria-label": "decoded image" },
      h("div", { class: "head" }, h("div", { class: "frame" }, this.large), words),
      this.note,
      this.card,
      this.row,
      this.live
    );
    this.captioned = 0;
    this.decodes = 0;
  }
  /** Enlarge by whole steps, as far as the panel allows. */
  resize() {
    const box = this.element.querySelector(".frame").getBoundingClientRect();
    crisp(this.large, this.app.space.image, Math.min(box.width || Infinity, this.roomForImage()));
  }
  roomForImage() {
    const { width, height } = this.app.stage.lab.getBoundingClientRect();
    if (this.app.state.present) return Math.min(width * 0.36, height * 0.7);
    return width < 720 ? Math.min(170, width * 0.42) : Math.max(160, height * 0.37);
  }
  /** Show what a latent decodes to; `where` says in words which latent that is. */
  show(z, where) {
    this.app.engine.decode(z, (values) => {
      paintImage(this.large, values, this.app.space.image);
      this.app.root.dataset.decodes = String(this.decodes += 1);
    });
    if (this.where.textContent !== where) this.where.textContent = where;
    const now = performance.now();
    clearTimeout(this.captionLater);
    if (now - this.captioned > CAPTION_EVERY) this.writeCaption(z, now);
    else {
      this.captionLater = setTimeout(() => this.writeCaption(z, performance.now()), CAPTION_EVERY);
    }
  }
  writeCaption(z, now) {
    this.captioned = now;
    const { space } = this.app;
    const [{ row, distance }] = space.nearest(z);
    const far = space.isFar(distance);
    const name = space.className(row);
    if (distance === 0) {
      this.caption.textContent = name ? `a training image: ${name}` : "a training image";
      this.caption.classList.remove("far");
      return;
    }
    const what = name ? `nearest training image: ${name}` : "nearest training image";
    this.caption.textContent = far ? `No training image near: the nearest${name ? `, ${name},` : ""} is ${figure(distance)} away` : `${what}, ${figure(distance)} away`;
    this.caption.classList.toggle("far", far);
  }
  /** Say a place aloud, for those who cannot see it. */
  speak(text) {
    this.live.textContent = text;
  }
  /** A quiet sentence about how the page works today. */
  notice(text) {
    this.note.textContent = text;
  }
  /** Lay out the card after the image has been painted, which must not wait for it. */
  updateSoon() {
    clearTimeout(this.later);
    this.later = setTimeout(() => requestAnimationFrame(() => setTimeout(() => this.update())));
  }
  /** Lay out the chosen pin's honest card and the row of pins. */
  update() {
    const { app } = this;
    if (app.stopped) return;
    const pin = app.pins.chosen();
    this.card.replaceChildren(...(pin ? this.cardOf(pin) : []).filter(Boolean));
    this.card.hidden = !pin;
    this.row.replaceChildren(...app.state.pins.map((each) => this.tileOf(each)));
    this.row.hidden = app.state.pins.length < 2;
  }
  cardOf(pin) {
    const { app } = this;
    const { space, thumbs } = app;
    const facts = factsOf(space, pin.z);
    const decoded = h("canvas");
    const origin = h("canvas");
    for (const canvas of [decoded, origin]) crisp(canvas, space.image, 90);
    const moved = h("dd", { text: "…", title: ROUND_TRIP });
    app.engine.decode(
      pin.z,
      (values) => {
        paintImage(decoded, values, space.image);
        const distance = roundTrip(app.engine, pin.z, values);
        moved.textContent = distance === null ? "…" : `lands ${figure(distance)} away`;
      },
      `card ${pin.letter}`
    );
    this.drawRow(origin, facts.row);
    const name = space.className(facts.row);
    const pair = h(
      "div",
      { class: "pair" },
      h("figure", {}, decoded, h("figcaption", { text: `Pin ${pin.letter}, decoded` })),
      h(
        "figure",
        {},
        h(
          "button",
          {
            title: "Move the pin to this image",
            onclick: () => app.pins.moveTo(pin.letter, space.latent(facts.row))
          },
          origin
        ),
        h("figcaption", {
          text: thumbs.original ? `Nearest: ${name || "image"} ${this.number(facts.row)}` : `Nearest: ${name || "image"}, redrawn`
        })
      )
    );
    return [
      facts.far ? h("p", {
        class: "warning",
        text: "No training image near. The network still answers, but it has never seen anything like this place."
      }) : null,
      pair,
      this.factList(facts, moved),
      this.latentEditor(pin)
    ];
  }
  number(row) {
    return `no. ${this.app.space.numbers[row].toLocaleString("en-US")}`;
  }
  factList(facts, moved) {
    const { space } = this.app;
    const known = facts.labels.filter(({ label }) => label >= 0);
    const labels = known.map(({ label, count: count2 }) => `${space.class_names[label]} × ${count2}`);
    const entry = (name, ...value) => h("div", {}, h("dt", { text: name }), ...value);
    return h(
      "dl",
      {},
      entry(
        "Distance",
        h("dd", {
          text: `${figure(facts.distance)}; larger than for ${Math.min(99, Math.round(facts.share))} % of validation images`
        })
      ),
      entry(
        "Around it",
        h("dd", {
          text: `${counted(facts.crowd, "training image")} within ${figure(space.radius)}; 10 is typical`
        })
      ),
      labels.length ? entry("Neighbors", h("dd", { text: labels.join(", ") })) : null,
      entry("Round trip", moved)
    );
  }
  drawRow(canvas, row) {
    const { thumbs, space, engine } = this.app;
    if (thumbs.original) {
      [canvas.width, canvas.height] = thumbs.tile;
      thumbs.draw(canvas.getContext("2d"), row, 0, 0, ...thumbs.tile);
    } else {
      engine.decode(
        space.latent(row),
        (values) => paintImage(canvas, values, space.image),
        `row ${row}`
      );
    }
  }
  latentEditor(pin) {
    const { space } = this.app;
    if (space.z > EDITABLE) {
      return h("p", {
        class: "caption",
        text: `The latent has ${space.z} numbers; explore them under Dimensions.`
      });
    }
    const inputs = [...pin.z].map(
      (value, d) => h("input", {
        value: String(Number(value.toFixed(3))),
        inputmode: "decimal",
        "aria-label": `latent ${d + 1} of pin ${pin.letter}`,
        onchange: (event) => this.edit(pin, d, event.target)
      })
    );
    return h("div", { class: "latent" }, h("span", { text: "z =" }), ...inputs);
  }
  edit(pin, dimension, input) {
    const value = Number(input.value.replace("−", "-").replace(",", "."));
    if (input.value.trim() === "" || !Number.isFinite(value)) {
      this.app.say(`“${input.value.slice(0, 20)}” is not a number; the pin stays where it is.`);
      input.value = String(Number(pin.z[dimension].toFixed(3)));
      return;
    }
    const z = Float32Array.from(pin.z);
    z[dimension] = Math.max(-1e4, Math.min(1e4, value));
    this.app.pins.moveTo(pin.letter, z);
  }
  tileOf(pin) {
    const { app } = this;
    const canvas = h("canvas");
    crisp(canvas, app.space.image, 56);
    app.engine.decode(
      pin.z,
      (values) => paintImage(canvas, values, app.space.image),
      `tile ${pin.letter}`
    );
    const chosen = app.state.selected === pin.letter;
    return h(
      "div",
      { class: "tile", role: "listitem" },
      h(
        "button",
        {
          "aria-pressed": String(chosen),
          title: `Pin ${pin.letter}`,
          onclick: () => app.pins.select(pin.letter)
        },
        canvas
      ),
      h("span", { text: pin.letter }),
      h("button", {
        class: "remove",
        "aria-label": `remove pin ${pin.letter}`,
        text: "×",
        onclick: () => app.pins.remove(pin.letter)
      })
    );
  }
};
var ROUND_TRIP = "Decoded, encoded again, and compared with where it began.";

// latent/slerp.ts
var PARALLEL = 1e-4;
function slerp(a, b, t) {
  const length = (v) => Math.hypot(...v);
  const [lengthA, lengthB] = [length(a), length(b)];
  const dot2 = a.reduce((sum, value, d) => sum + value * b[d], 0) / (lengthA * lengthB || 1);
  const angle = Math.acos(clamp(dot2, -1, 1));
  if (!lengthA || !lengthB || angle < PARALLEL || angle > Math.PI - PARALLEL) {
    return a.map((value, d) => value + t * (b[d] - value));
  }
  const [p, q] = [
    Math.sin((1 - t) * angle) / Math.sin(angle),
    Math.sin(t * angle) / Math.sin(angle)
  ];
  const size = lengthA ** (1 - t) * lengthB ** t;
  return a.map((value, d) => size * (p * value / lengthA + q * b[d] / lengthB));
}

// explore/path.ts
var FRAMES = 13;
var STEPS_PER_FRAME = 4;
var SECONDS = 4;
var CHANGE = "How much the image changes from each step to the next";
var HEADS = [
  ["decoded", "What the network draws at this place"],
  ["nearest", "The training image that landed nearest"],
  ["around", "How many training images landed close by"],
  ["mixed", "The two ends mixed pixel by pixel, for comparison"]
];
var Path = class {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.playing = 0;
    this.t = 0;
    this.frames = [];
  }
  get ends() {
    const find = (letter) => this.app.state.pins.find((pin) => pin.letter === letter);
    const [a, b] = [find("A"), find("B")];
    return a && b ? [a.z, b.z] : null;
  }
  get key() {
    const { state, thumbs } = this.app;
    return [this.ends?.join(), state.curve, state.over, thumbs.original].join(" ");
  }
  /** The latent at a share of the way; below 0 and above 1 lies the overshoot. */
  at(t) {
    const [a, b] = this.ends;
    const curved = this.app.state.curve && this.app.space.model === "vae";
    return curved ? slerp(a, b, t) : a.map((value, d) => value + t * (b[d] - value));
  }
  get range() {
    const over = this.app.state.over / 100;
    return [-over, 1 + over];
  }
  /** Fill the drawer. */
  build() {
    const { app } = this;
    if (!this.ends) {
      return {
        controls: [],
        content: [
          h("p", {
            class: "empty",
            text: "Click two places on the map: A and B become the ends of a path."
          })
        ]
      };
    }
    this.playButton = h("button", {
      class: "primary",
      text: this.playing ? "Pause" : "Play",
      onclick: () => this.togglePlay()
    });
    const over = h("input", {
      type: "range",
      min: 0,
      max: 50,
      step: 5,
      value: String(app.state.over),
      oninput: (event) => app.set({ over: Number(event.target.value) })
    });
    const curved = h("input", {
      type: "checkbox",
      onchange: (event) => app.set({ curve: event.target.checked })
    });
    curved.checked = app.state.curve;
    const controls = [
      this.playButton,
      h(
        "label",
        { class: "slider", title: "How far to walk past the two ends" },
        "Overshoot",
        over,
        h("output", { text: `${app.state.over} %` })
      ),
      app.space.model === "vae" ? h(
        "label",
        {
          class: "check",
          title: "Keep the distance from the center, where a VAE expects images"
        },
        curved,
        "Around the center"
      ) : null
    ];
    return { controls, content: this.buildStrip() };
  }
  buildStrip() {
    this.steps = (FRAMES - 1) * STEPS_PER_FRAME + 1;
    const [from, to] = this.range;
    this.ts = Array.from(
      { length: this.steps },
      (_, i) => from + (to - from) * i / (this.steps - 1)
    );
    this.frames = [];
    for (let i = 0; i < this.steps; i += STEPS_PER_FRAME) this.frames.push(this.frame(i));
    this.plot = h("div", { class: "change" });
    this.words = h("p", { class: "quiet" });
    const heads = HEADS.map(([text, title]) => h("span", { text, title }));
    this.decodeAll();
    const frames = this.frames.map(({ element }) => element);
    const label = h("span", { class: "label", text: "change", title: CHANGE });
    const strip = h(
      "div",
      { class: "strip" },
      h("div", { class: "heads" }, ...heads),
      ...frames,
      label,
      this.plot
    );
    return [strip, this.words];
  }
  frame(i) {
    const t = this.ts[i];
    const { app } = this;
    const z = this.at(t);
    const [{ row }] = app.space.nearest(z);
    const near = app.space.crowd(z);
    const [decoded, real, mixed] = [h("canvas"), h("canvas"), h("canvas")];
    app.panel.drawRow(real, row);
    const outside = t < 0 || t > 1;
    const element = h(
      "button",
      {
        class: outside ? "frame outside" : "frame",
        title: `${Math.round(100 * t)} % of the way`,
        onclick: () => this.goTo(t)
      },
      decoded,
      real,
      h("span", { class: near ? "near" : "near none", text: near ? String(near) : "none" }),
      mixed
    );
    return { i, t, decoded, mixed, element };
  }
  /** Decode every step in the worker; frames, mix and plot are painted when they are there. */
  decodeAll() {
    const { app } = this;
    const { z } = app.space;
    const latents = new Float32Array(this.steps * z);
    this.ts.forEach((t, i) => latents.set(this.at(t), i * z));
    const [a, b] = this.ends;
    const images = [];
    const size = app.space.image.reduce((product2, side) => product2 * side, 1);
    const all = new Float32Array(latents.length + 2 * z);
    all.set(latents);
    all.set(a, latents.length);
    all.set(b, latents.length + z);
    app.engine.decodeMany("path", all, ({ start, rows, values, last }) => {
      for (let i = 0; i < rows; i++) images[start + i] = values.subarray(i * size, (i + 1) * size);
      if (last) this.paintFrames(images);
    });
  }
  paintFrames(images) {
    const { image } = this.app.space;
    const [a, b] = images.slice(this.steps);
    for (const { i, t, decoded, mixed } of this.frames) {
      paintImage(decoded, images[i], image);
      const mix = a.map((value, p) => clamp(value + t * (b[p] - value), 0, 255));
      paintImage(mixed, mix, image);
    }
    const changes = [];
    for (let i = 1; i < this.steps; i++) {
      let sum = 0;
      for (let p = 0; p < images[i].length; p++) sum += Math.abs(images[i][p] - images[i - 1][p]);
      changes.push(sum / images[i].length / 255);
    }
    this.plot.replaceChildren(changePlot(changes, this.ts));
    this.words.textContent = evenness(changes);
  }
  goTo(t) {
    this.stop();
    this.t = t;
    this.showAt(t);
  }
  showAt(t) {
    const { app } = this;
    const z = this.at(t);
    app.cursor.move(...app.plane.project(z), {
      z,
      where: `${Math.round(100 * t)} % of the way from A to B`
    });
    const step = (this.range[1] - this.range[0]) / (FRAMES - 1);
    this.frames.forEach(
      (frame) => frame.element.classList.toggle("now", Math.abs(frame.t - t) <= step / 2)
    );
  }
  togglePlay() {
    if (this.playing) return this.stop();
    if (!this.ends) return this.app.say("A path needs two pins: click two places on the map.");
    if (this.app.state.tool !== "path") this.app.set({ tool: "path" }, "push");
    return this.play();
  }
  play() {
    if (this.playButton) this.playButton.textContent = "Pause";
    const [from, to] = this.range;
    const started = performance.now();
    const tick2 = (now) => {
      if (!this.ends) return this.stop();
      const share = (now - started) / 1e3 / SECONDS % 2;
      const swing = share < 1 ? share : 2 - share;
      const eased = prefersStill() ? Math.round(swing * (FRAMES - 1)) / (FRAMES - 1) : swing;
      this.showAt(from + eased * (to - from));
      this.playing = requestAnimationFrame(tick2);
      return void 0;
    };
    this.playing = requestAnimationFrame(tick2);
  }
  stop() {
    cancelAnimationFrame(this.playing);
    this.playing = 0;
    if (this.playButton) this.playButton.textContent = "Play";
  }
  /** Draw the way on the map. */
  paint(context) {
    if (!this.ends || this.app.state.tool !== "path") return;
    const { plane, theme } = this.app;
    const { view } = this.app.stage;
    const [from, to] = this.range;
    const points = Array.from({ length: 49 }, (_, i) => from + (to - from) * i / 48);
    for (const [color, width] of [
      [theme.background, 5],
      [theme.accent, 2.25]
    ]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      points.forEach((t) => context.lineTo(...view.toScreen(...plane.project(this.at(t)))));
      context.stroke();
    }
  }
};
function changePlot(changes, ts) {
  const most = Math.max(...changes) || 1;
  const [width, height] = [260, 26];
  const x = (share) => width / FRAMES * (0.5 + share * (FRAMES - 1));
  const points = changes.map((value, i) => {
    const share = (i + 0.5) / changes.length;
    return `${x(share).toFixed(1)},${(height - value / most * height).toFixed(1)}`;
  });
  const marks = [0, 1].map((end) => {
    const at = x((end - ts[0]) / (ts[ts.length - 1] - ts[0]));
    return h("line", { x1: at, x2: at, y1: 0, y2: height });
  });
  const props = { viewBox: `0 -2 ${width} ${height + 4}`, preserveAspectRatio: "none" };
  return h(
    "svg",
    { ...props, role: "img", "aria-label": "change of the image from step to step" },
    ...marks,
    h("polyline", { points: points.join(" ") })
  );
}
function evenness(changes) {
  const mean = changes.reduce((sum, value) => sum + value, 0) / changes.length || 1;
  return `Equal steps, unequal change: the fastest step changes the image ${figure(Math.max(...changes) / mean)} times as much as the mean one.`;
}

// explore/pins.ts
var LETTERS2 = ["A", "B", "C", "D", "E", "F"];
var DRAGGED = 60;
var ON_PLANE = 1e-3;
var Pins = class {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.dragged = debounce(() => {
      const { pins, selected } = app.state;
      app.set({ pins, selected });
    }, DRAGGED);
  }
  get all() {
    return this.app.state.pins;
  }
  /** The chosen pin, or null. */
  chosen() {
    return this.find(this.app.state.selected);
  }
  find(letter) {
    return this.all.find((pin) => pin.letter === letter) ?? null;
  }
  /** The letter of the pin under a pixel, or null. */
  at(px, py, radius) {
    const { stage, plane } = this.app;
    const near = this.all.filter(({ z }) => {
      const [x, y] = stage.view.toScreen(...plane.project(z));
      return Math.hypot(x - px, y - py) < radius;
    });
    return near.length ? near[near.length - 1].letter : null;
  }
  /** Pin the place under a pixel. */
  addAt(px, py) {
    const { cursor, stage } = this.app;
    cursor.move(...stage.view.toMap(px, py));
    this.add(cursor.shown.z);
  }
  /** Pin what the cursor shows, under a letter of one's choice. */
  addCursor(letter = null) {
    const { cursor } = this.app;
    if (!cursor.place) {
      const { x, y } = cursor.middle();
      cursor.move(x, y);
    }
    this.add(cursor.shown.z, letter);
  }
  /** Pin a latent under the next free letter; when all six are taken, the last one moves. */
  add(z, letter = null) {
    const { app } = this;
    const used = new Set(this.all.map((pin) => pin.letter));
    const free = LETTERS2.find((each) => !used.has(each));
    if (!letter && !free) app.say("Six pins are the most; pin F moved here.");
    const name = letter ?? free ?? "F";
    const makesPath = name === "B" && used.has("A") && !used.has("B");
    const tool = app.state.tool === null && makesPath ? { tool: "path" } : {};
    app.set({ pins: this.with(name, z), selected: name, ...tool }, "push");
    this.layPlaneThrough(z);
  }
  /** Move a pin by dragging it. */
  drag(letter, px, py) {
    const { app } = this;
    app.path.stop();
    app.cursor.move(...app.stage.view.toMap(px, py));
    app.state.pins = this.with(letter, app.cursor.shown.z);
    app.state.selected = letter;
    this.dragged();
  }
  /** Give a pin another latent; the plane follows it. */
  moveTo(letter, z) {
    this.app.set({ pins: this.with(letter, z), selected: letter }, "push");
    this.layPlaneThrough(z);
    this.showChosen();
  }
  select(letter) {
    this.app.set({ selected: letter });
    this.layPlaneThrough(this.chosen().z);
    this.showChosen();
  }
  remove(letter) {
    const { app } = this;
    if (!this.find(letter)) return;
    const pins = this.all.filter((pin) => pin.letter !== letter);
    const last = pins[pins.length - 1]?.letter ?? null;
    const selected = app.state.selected === letter ? last : app.state.selected;
    app.set({ pins, selected }, "push");
    app.cursor.rest();
  }
  clear() {
    this.app.set({ pins: [], selected: null }, "push");
    this.app.cursor.rest();
  }
  with(letter, z) {
    const others = this.all.filter((pin) => pin.letter !== letter);
    const pins = [...others, { letter, z: Float32Array.from(z) }];
    return pins.sort((a, b) => LETTERS2.indexOf(a.letter) - LETTERS2.indexOf(b.letter));
  }
  showChosen() {
    const { cursor, stage } = this.app;
    cursor.place = null;
    cursor.rest();
    stage.invalidate("overlay");
  }
  /** The plane goes through the chosen pin, wherever that is. */
  layPlaneThrough(z) {
    const { app } = this;
    if (app.plane.offPlane(z) < ON_PLANE) return;
    app.through = Float32Array.from(z);
    app.layPlane();
    app.lattice.rebuild();
    app.shading.compute();
    app.stage.invalidate("map");
  }
};

// explore/pointer.ts
var CLICK = 5;
var PICK_PIN = 14;
var GRACE = 260;
var WHEEL = 16e-4;
function listenToPointer(app, element) {
  const fingers = /* @__PURE__ */ new Map();
  let press2 = null;
  let leaving = 0;
  const place = (event) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  element.onpointermove = (event) => {
    clearTimeout(leaving);
    const now = place(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, now);
    if (fingers.size === 2) return pinch();
    if (!press2) return app.cursor.hover(now.x, now.y);
    const moved = Math.hypot(now.x - press2.start.x, now.y - press2.start.y);
    if (moved > CLICK) press2.moved = true;
    if (!press2.moved) return void 0;
    if (press2.pin) app.pins.drag(press2.pin, now.x, now.y);
    else if (event.pointerType === "touch") app.cursor.hover(now.x, now.y);
    else app.stage.pan(now.x - press2.last.x, now.y - press2.last.y);
    press2.last = now;
    return void 0;
  };
  element.onpointerdown = (event) => {
    if (event.button > 0) return;
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    const start = place(event);
    fingers.set(event.pointerId, start);
    if (fingers.size === 2) {
      press2 = null;
      spread = null;
      return;
    }
    press2 = { start, last: start, moved: false, pin: app.pins.at(start.x, start.y, PICK_PIN) };
    if (event.pointerType === "touch") app.cursor.hover(start.x, start.y);
  };
  element.onpointerup = (event) => {
    const wasPinch = fingers.size === 2;
    fingers.delete(event.pointerId);
    if (!press2 || wasPinch) {
      press2 = null;
      return;
    }
    const { start, moved, pin } = press2;
    press2 = null;
    if (moved) return;
    if (pin) app.pins.select(pin);
    else app.pins.addAt(start.x, start.y);
  };
  element.onpointercancel = (event) => {
    fingers.delete(event.pointerId);
    press2 = null;
  };
  element.onpointerleave = (event) => {
    if (event.pointerType === "touch" || press2) return;
    leaving = setTimeout(() => app.cursor.leave(), GRACE);
  };
  element.onwheel = (event) => {
    event.preventDefault();
    const { x, y } = place(event);
    const lines = event.deltaMode === 1 ? 16 : 1;
    app.stage.zoom(Math.exp(-event.deltaY * lines * WHEEL * (event.ctrlKey ? 4 : 1)), x, y);
  };
  let spread = null;
  function pinch() {
    const [a, b] = [...fingers.values()];
    const now = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, width: Math.hypot(a.x - b.x, a.y - b.y) };
    if (spread) {
      app.stage.pan(now.x - spread.x, now.y - spread.y);
      app.stage.zoom(now.width / Math.max(1, spread.width), now.x, now.y);
    }
    spread = now;
  }
  return () => clearTimeout(leaving);
}

// explore/samples.ts
var COUNT = 25;
var Samples = class {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    Object.assign(this, { app, seed: 1, around: false, latents: [] });
  }
  get isOpen() {
    return this.app.state.tool === "samples";
  }
  get key() {
    return `${this.seed} ${this.around && this.nearestRow()}`;
  }
  build() {
    const { app } = this;
    const isVae = app.space.model === "vae";
    const again = h("button", {
      class: "primary",
      text: "Draw 25 again",
      onclick: () => {
        this.seed++;
        app.drawer.refresh();
      }
    });
    const choice = (text, value, help) => h("button", {
      text,
      title: help,
      "aria-pressed": String(this.around === value),
      onclick: () => {
        this.around = value;
        app.drawer.refresh();
      }
    });
    const group = isVae ? h(
      "div",
      { class: "group" },
      choice(
        "From the prior",
        false,
        "Latents from a standard normal distribution, as a VAE is trained to expect"
      ),
      choice(
        "Around one image",
        true,
        "Latents the encoder considers possible for the image nearest to the chosen pin"
      )
    ) : null;
    const tiles = this.draw();
    return {
      controls: [again, group, h("span", { class: "quiet", text: this.explain(isVae) })],
      content: [h("div", { class: "draws" }, ...tiles)]
    };
  }
  explain(isVae) {
    if (!isVae) {
      return "An autoencoder has no prior. These latents are drawn from a bell curve laid over where its images landed.";
    }
    if (!this.around) return "Each is drawn from the standard normal distribution, then decoded.";
    const name = this.app.space.className(this.row);
    return `The ellipse is one standard deviation of what the encoder says of this image${name ? ` (${name})` : ""}.`;
  }
  draw() {
    const { app } = this;
    const { z, image } = app.space;
    const noise = normals(COUNT * z, this.seed);
    this.row = this.nearestRow();
    const { mean, std } = this.distribution();
    const latents = noise.map((value, i) => mean[i % z] + value * std[i % z]);
    this.latents = Array.from({ length: COUNT }, (_, i) => latents.subarray(i * z, (i + 1) * z));
    const canvases = this.latents.map(() => h("canvas"));
    const size = image.reduce((product2, side) => product2 * side, 1);
    app.engine.decodeMany("samples", Float32Array.from(latents), ({ start, rows, values }) => {
      for (let i = 0; i < rows; i++) {
        paintImage(canvases[start + i], values.subarray(i * size, (i + 1) * size), image);
      }
    });
    app.stage.invalidate("overlay");
    return canvases.map(
      (canvas, i) => h(
        "button",
        {
          class: "frame",
          title: "Pin this sample",
          onclick: () => app.pins.add(this.latents[i])
        },
        canvas
      )
    );
  }
  nearestRow() {
    const { space, pins } = this.app;
    return space.nearest(pins.chosen()?.z ?? space.latent(space.train[0]))[0].row;
  }
  distribution() {
    const { space } = this.app;
    const { z } = space;
    if (this.around && space.stds) {
      return {
        mean: space.latent(this.row),
        std: space.stds.subarray(this.row * z, (this.row + 1) * z)
      };
    }
    if (space.model === "vae") {
      return { mean: new Float32Array(z), std: new Float32Array(z).fill(1) };
    }
    return space.spread;
  }
  /** Draw the samples' places, and the ellipse, on the map. */
  paint(context) {
    if (!this.isOpen) return;
    const { app } = this;
    const { plane, theme } = app;
    const { view } = app.stage;
    context.fillStyle = theme.accent;
    context.strokeStyle = theme.background;
    context.lineWidth = 1.5;
    for (const z of this.latents) {
      context.beginPath();
      context.arc(...view.toScreen(...plane.project(z)), 4.5, 0, 7);
      context.fill();
      context.stroke();
    }
    if (this.around) this.paintEllipse(context);
  }
  paintEllipse(context) {
    const { plane, theme } = this.app;
    const { view } = this.app.stage;
    const { mean, std } = this.distribution();
    const along = (axis, angle) => std.map((value, d) => value * value * axis[d] * angle);
    const spread = [plane.u, plane.v].map(
      (axis) => Math.sqrt(axis.reduce((sum, a, d) => sum + (a * std[d]) ** 2, 0)) || 1
    );
    context.strokeStyle = theme.accent;
    context.lineWidth = 2.25;
    context.beginPath();
    for (let i = 0; i <= 64; i++) {
      const angle = i / 64 * 2 * Math.PI;
      const toU = along(plane.u, Math.cos(angle) / spread[0]);
      const toV = along(plane.v, Math.sin(angle) / spread[1]);
      const z = mean.map((value, d) => value + toU[d] + toV[d]);
      context.lineTo(...view.toScreen(...plane.project(z)));
    }
    context.stroke();
  }
};

// explore/overlay.ts
var CURSOR = 11;
var PIN = 11;
var Overlay = class {
  constructor(app, canvas) {
    Object.assign(this, { app, canvas, context: canvas.getContext("2d") });
  }
  resize(width, height, ratio) {
    this.ratio = ratio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
  }
  paint() {
    const { context } = this;
    const { view, cursor, path, samples } = this.app;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    samples?.paint(context);
    path?.paint(context);
    if (cursor.hovered >= 0) this.ring(cursor.hovered);
    if (cursor.place) this.cross(cursor.place);
    this.app.state.pins.forEach((pin) => this.pin(pin));
  }
  ring(row) {
    const { places, view, theme } = this.app;
    const [x, y] = view.toScreen(places[2 * row], places[2 * row + 1]);
    this.stroke(theme.background, 4, () => this.context.arc(x, y, 8, 0, 7));
    this.stroke(theme.ink, 2, () => this.context.arc(x, y, 8, 0, 7));
  }
  cross({ x, y }) {
    const { context } = this;
    const { view, theme } = this.app;
    const [px, py] = view.toScreen(x, y);
    const draw = () => {
      context.moveTo(px + CURSOR, py);
      context.arc(px, py, CURSOR, 0, 7);
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1]
      ]) {
        context.moveTo(px + dx * (CURSOR - 4), py + dy * (CURSOR - 4));
        context.lineTo(px + dx * (CURSOR + 5), py + dy * (CURSOR + 5));
      }
    };
    this.stroke(theme.background, 5, draw);
    this.stroke(theme.accent, 2.25, draw);
  }
  pin(pin) {
    const { context } = this;
    const { view, theme, plane, state } = this.app;
    const [x, y] = view.toScreen(...plane.project(pin.z));
    const chosen = state.selected === pin.letter;
    const off = plane.offPlane(pin.z) > 1e-3;
    context.beginPath();
    context.arc(x, y, PIN, 0, 7);
    context.fillStyle = chosen ? theme.accent : theme.surface;
    context.fill();
    context.lineWidth = 2.25;
    context.strokeStyle = chosen ? theme.background : theme.accent;
    context.setLineDash(off ? [3, 3] : []);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = chosen ? theme.background : theme.ink;
    context.font = "700 14px ui-sans-serif, system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(pin.letter, x, y + 0.5);
  }
  stroke(color, width, draw) {
    const { context } = this;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.lineCap = "round";
    context.beginPath();
    draw();
    context.stroke();
  }
};

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

// explore/stage.ts
var COLORS = ["background", "surface", "ink", "muted", "line", "accent", "warning"];
var CLOSEST2 = 400;
var WIDEST2 = 0.25;
var SETTLE2 = 200;
var SAY = 6e3;
var LABEL = "Map of the latent space. Arrow keys move the cursor, Enter pins, question mark lists the keys.";
var Stage = class {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.view = new View();
    this.room = { left: 0, right: 0, top: 56, bottom: 0 };
    this.lifted = 0;
    this.dirty = /* @__PURE__ */ new Set();
    this.settleLater = debounce(() => this.settled(), SETTLE2);
  }
  build() {
    const { app } = this;
    const [lower, upper] = [h("canvas", { class: "lower" }), h("canvas", { class: "upper" })];
    const role = { tabindex: 0, role: "application", "aria-label": LABEL };
    this.map = h("div", { class: "map", ...role }, lower, upper);
    this.painter = new MapPainter(app, lower);
    this.overlay = new Overlay(app, upper);
    this.controls = new Controls(app);
    this.hint = h("p", { class: "hint", text: "Move to decode. Click to pin." });
    this.peek = h("div", { class: "peek", hidden: true });
    this.toast = h("p", { class: "toast", role: "status", hidden: true });
    const leave = () => app.set({ present: false }, "push");
    const exit = h("button", { class: "exit", text: "Leave presentation", onclick: leave });
    this.foot = h("div", { class: "foot" }, this.hint, this.controls.scale, this.controls.legend);
    const parts = [this.map, this.controls.bar, this.foot, this.peek, this.toast, exit];
    const stage = h("div", { class: "stage" }, ...parts);
    this.lab = h("div", { class: "lab" }, stage, app.drawer.element, app.panel.element);
    app.root.replaceChildren(this.lab);
    this.dress();
  }
  /** Hand the theme's colors to the style sheet. */
  dress() {
    const { theme } = this.app;
    for (const name of COLORS) this.lab.style.setProperty(`--${name}`, theme[name]);
    this.lab.style.setProperty("--veil", `${theme.background}d9`);
    this.lab.style.colorScheme = theme.dark ? "dark" : "light";
    this.painter.restyle();
  }
  /** Say one sentence for a few seconds. */
  say(text) {
    this.toast.textContent = text;
    this.toast.hidden = false;
    clearTimeout(this.hushLater);
    this.hushLater = setTimeout(() => {
      this.toast.hidden = true;
    }, SAY);
  }
  // ---- size --------------------------------------------------------------------------------------
  watch() {
    const observer = new ResizeObserver(() => this.resize());
    observer.observe(this.map);
    const place = () => this.place();
    window.addEventListener("resize", place);
    const frame = new MutationObserver(place);
    frame.observe(document.body, { childList: true, subtree: true });
    this.place();
    return () => {
      observer.disconnect();
      frame.disconnect();
      window.removeEventListener("resize", place);
      clearTimeout(this.painter.settle);
      this.settleLater.cancel();
    };
  }
  /** Fill the window from where the page begins. */
  place() {
    const top = Math.max(0, Math.round(this.app.root.getBoundingClientRect().top + window.scrollY));
    if (top === this.top) return;
    this.top = top;
    this.lab.style.setProperty("--top", `${top}px`);
  }
  resize() {
    const { app, view } = this;
    const { width, height } = this.map.getBoundingClientRect();
    if (!width || !height) return;
    const ratio = window.devicePixelRatio || 1;
    this.room.bottom = this.foot.offsetHeight;
    this.room.top = app.state.present ? 12 : this.controls.bar.offsetHeight + 8;
    const [first, wider] = [!this.isLaidOut, view.width !== width];
    const corner = view.toMap(0, 0);
    view.resize(width, height);
    if (first || wider && !app.state.at) this.applyView();
    else view.keepCorner(corner);
    if (!first) this.keepPathInView();
    this.isLaidOut = true;
    this.painter.resize(width, height, ratio);
    this.overlay.resize(width, height, ratio);
    app.panel.resize();
    app.shading.refresh();
    this.painter.paint();
    this.overlay.paint();
  }
  /** While the path is open, move up as far as both its ends need; afterwards back down. */
  keepPathInView() {
    const { app, view } = this;
    view.pan(0, this.lifted);
    const ends = app.state.tool === "path" ? app.path.ends ?? [] : [];
    const lowest = Math.max(0, ...ends.map((z) => view.toScreen(...app.plane.project(z))[1]));
    this.lifted = Math.max(0, lowest - (view.height - this.room.bottom - 24));
    view.pan(0, -this.lifted);
  }
  // ---- view --------------------------------------------------------------------------------------
  /** Show what the address asks for, else everything. */
  applyView() {
    const { state, extent } = this.app;
    this.view.fit(extent, this.room);
    if (!state.at) return;
    const [x, y, closeness] = state.at;
    const scale = this.view.fitScale * clamp(closeness, WIDEST2, CLOSEST2);
    Object.assign(this.view, { x, y, scale });
  }
  /** Show everything. */
  fit() {
    const { app } = this;
    app.state.at = null;
    this.applyView();
    app.shading.refresh();
    app.address.write("replace");
    this.invalidate("map");
  }
  zoom(factor, px, py) {
    this.view.zoom(factor, px, py);
    this.invalidate("moving");
    this.settleLater();
  }
  pan(dx, dy) {
    this.view.pan(dx, dy);
    this.invalidate("moving");
    this.settleLater();
  }
  /** A movement is over: remember the view. */
  settled() {
    const { view, app } = this;
    app.state.at = [view.x, view.y, view.closeness];
    app.shading.refresh();
    app.address.write("replace");
  }
  // ---- painting ----------------------------------------------------------------------------------
  /** Ask for a new picture of something: 'map', 'moving', 'overlay' or 'pointer'. */
  invalidate(what) {
    this.dirty.add(what);
    this.frame ??= requestAnimationFrame(() => this.paintDirty());
  }
  paintDirty() {
    this.frame = null;
    if (this.app.stopped || !this.isLaidOut) return;
    const { dirty } = this;
    this.dirty = /* @__PURE__ */ new Set();
    if (dirty.has("pointer")) this.app.cursor.followPointer();
    if (dirty.has("moving")) this.painter.paint({ moving: true });
    else if (dirty.has("map")) this.painter.paint();
    this.overlay.paint();
    this.dirty.delete("overlay");
  }
};

// explore/thumbs.ts
var COLUMNS = 100;
var LARGEST_TILE = 32;
var SLICE = 800;
var WAIT = 120;
var Thumbs = class {
  /** @param {import('../latent/space.ts').Space} space */
  constructor(space) {
    this.space = space;
    this.factor = Math.ceil(Math.max(space.image[0], space.image[1]) / LARGEST_TILE);
    this.tile = [
      Math.floor(space.image[1] / this.factor),
      Math.floor(space.image[0] / this.factor)
    ];
    this.columns = COLUMNS;
    this.atlas = h("canvas");
    this.atlas.width = COLUMNS * this.tile[0];
    this.atlas.height = Math.ceil(space.n / COLUMNS) * this.tile[1];
    this.ready = 0;
    this.original = false;
    this.ink = null;
  }
  /** Take the originals from a picture that holds all of them, as latentlab/ui/explore packs it. */
  async takeOriginals(png) {
    const picture = await createImageBitmap(new Blob([png], { type: "image/png" }));
    this.context.drawImage(picture, 0, 0);
    picture.close();
    this.ready = this.space.n;
    this.original = true;
    this.ink = null;
  }
  /** Take decoded images (bytes) for the rows from `start` on. */
  takeDecoded(start, rows, values) {
    if (this.original) return;
    const [height, width, channels] = this.space.image;
    const full = this.context.createImageData(width, height);
    for (let i = 0; i < rows; i++) {
      fillPixels(full.data, values, i * height * width * channels, height * width, channels);
      const [x, y] = this.place(start + i);
      if (this.factor === 1) this.context.putImageData(full, x, y);
      else this.context.putImageData(this.reduced(full), x, y);
    }
    this.ready = Math.max(this.ready, start + rows);
  }
  /**
   * Draw what stands in for the originals where those will never come: a slice at a time, and none
   * while the pointer moves.
   */
  fill(app) {
    if (this.space.originals || this.filling) return;
    this.filling = true;
    const { n, z, latents } = this.space;
    const next = (start) => {
      if (start >= n || app.stopped) return;
      if (app.cursor.isBusy) {
        setTimeout(() => next(start), WAIT);
        return;
      }
      const end = Math.min(n, start + SLICE);
      const slice = latents.slice(start * z, end * z);
      app.engine.decodeMany("thumbs", slice, (part) => {
        this.takeDecoded(start + part.start, part.rows, part.values);
        if (!part.last) return;
        app.stage.invalidate("map");
        next(end);
      });
    };
    next(0);
  }
  /** Average blocks of pixels. */
  reduced(full) {
    const [width, height] = this.tile;
    const small = this.context.createImageData(width, height);
    const share = 1 / this.factor ** 2;
    const sums = new Float32Array(small.data.length);
    for (let y = 0; y < height * this.factor; y++) {
      for (let x = 0; x < width * this.factor; x++) {
        const to = 4 * (Math.floor(y / this.factor) * width + Math.floor(x / this.factor));
        const from = 4 * (y * full.width + x);
        for (let c = 0; c < 4; c++) sums[to + c] += full.data[from + c] * share;
      }
    }
    small.data.set(sums);
    return small;
  }
  get context() {
    return this.atlas.getContext("2d", { willReadFrequently: true });
  }
  /** Where a row's tile begins in the atlas. */
  place(row) {
    return [row % this.columns * this.tile[0], Math.floor(row / this.columns) * this.tile[1]];
  }
  /** Draw a row's image as it is. */
  draw(context, row, x, y, width, height) {
    const [left, top] = this.place(row);
    context.drawImage(this.atlas, left, top, ...this.tile, x, y, width, height);
  }
  /**
   * The picture to draw points from: grey images become ink in their class's color on nothing, so that
   * they can lie close together; color images stay as they are.
   */
  pointAtlas(theme) {
    if (this.space.image[2] === 3) return this.atlas;
    if (this.ink?.dark !== theme.dark) {
      const canvas = h("canvas");
      [canvas.width, canvas.height] = [this.atlas.width, this.atlas.height];
      this.ink = { dark: theme.dark, canvas, ready: 0 };
    }
    if (this.ink.ready < this.ready) this.dye(theme);
    return this.ink.canvas;
  }
  /** Color the rows of tiles that have been drawn since the last time. */
  dye(theme) {
    const { ink, columns } = this;
    const [width, height] = this.tile;
    const first = Math.floor(ink.ready / columns);
    const last = Math.ceil(this.ready / columns);
    for (let line = first; line < last; line++) {
      const picture = this.context.getImageData(0, line * height, this.atlas.width, height);
      for (let column = 0; column < columns; column++) {
        const label = this.space.labels[line * columns + column] ?? -1;
        inkTile(picture, column * width, width, parseColor(classColor(theme, label)));
      }
      ink.canvas.getContext("2d").putImageData(picture, 0, line * height);
    }
    ink.ready = this.ready;
  }
};
function inkTile({ data, width, height }, left, tileWidth, [r, g, b]) {
  for (let y = 0; y < height; y++) {
    for (let at = 4 * (y * width + left), end = at + 4 * tileWidth; at < end; at += 4) {
      data[at + 3] = data[at];
      data[at] = r;
      data[at + 1] = g;
      data[at + 2] = b;
    }
  }
}

// explore/traversals.ts
var FRAMES2 = 11;
var MOST_ROWS = 64;
var Traversals = class {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
  }
  get key() {
    const pin = this.app.pins.chosen();
    return pin ? `${pin.letter} ${pin.z.join()}` : "";
  }
  build() {
    const { app } = this;
    const { space } = app;
    const pin = app.pins.chosen();
    const start = pin?.z ?? app.cursor.shown.z;
    const rows = space.dimensions.slice(0, MOST_ROWS);
    const strips = rows.map((row) => this.strip(row, start, pin));
    this.decode(rows, start, strips);
    const dead = space.dimensions.filter(({ dead: unused }) => unused).length;
    const text = [
      pin ? `From pin ${pin.letter}.` : "From the image beside the map; pin a place to start there.",
      space.stds ? "The dimensions that carry most come first." : "The dimensions that vary most come first.",
      dead ? `${counted(dead, "dimension")} unused.` : "",
      space.z > MOST_ROWS ? `The first ${MOST_ROWS} of ${space.z} are shown.` : ""
    ];
    return {
      controls: [h("span", { class: "quiet", text: text.filter(Boolean).join(" ") })],
      content: [h("div", { class: "strips" }, ...strips.map(({ element }) => element))]
    };
  }
  strip({ dimension, use, dead, low, high }, start, pin) {
    const { app } = this;
    const frames = this.values(low, high).map((value) => {
      const canvas = h("canvas");
      const z = Float32Array.from(start);
      z[dimension] = value;
      const title = `z${dimension + 1} = ${figure(value)}`;
      const nearest = Math.abs(value - start[dimension]) < (high - low) / FRAMES2 / 2;
      const button = h(
        "button",
        {
          class: nearest ? "frame now" : "frame",
          title,
          onclick: () => app.pins.moveTo(pin?.letter ?? "A", z)
        },
        canvas
      );
      return { canvas, z, button };
    });
    const unit2 = app.space.stds ? `${figure(use)} nats` : `variance ${figure(use)}`;
    const label = h(
      "div",
      { class: "label" },
      h("b", { text: `z${dimension + 1}` }),
      h("span", { text: dead ? "unused" : unit2 })
    );
    const element = h(
      "div",
      { class: dead ? "dimension dead" : "dimension" },
      label,
      ...frames.map(({ button }) => button)
    );
    return { element, frames };
  }
  values(low, high) {
    return Array.from({ length: FRAMES2 }, (_, i) => low + (high - low) * i / (FRAMES2 - 1));
  }
  decode(rows, start, strips) {
    const { app } = this;
    const { z, image } = app.space;
    const frames = strips.flatMap((strip) => strip.frames);
    const latents = new Float32Array(frames.length * z);
    frames.forEach((frame, i) => latents.set(frame.z, i * z));
    const size = image.reduce((product2, side) => product2 * side, 1);
    app.engine.decodeMany("dimensions", latents, ({ start: first, rows: count2, values }) => {
      for (let i = 0; i < count2; i++) {
        paintImage(frames[first + i].canvas, values.subarray(i * size, (i + 1) * size), image);
      }
    });
  }
};

// explore/app.ts
var IDLE = 800;
var ON_MAP = ["points", "grid", "shade", "fog", "solo", "plane", "even"];
var EVERYTHING = ["points", "grid", "shade", "fog", "tool", "pins", "present", "others"];
var NOTES = {
  remote: "This network runs on the server, so the image follows a moment later.",
  slow: "This browser has no fast arithmetic (WebAssembly SIMD); decoding is slower here.",
  redrawn: "The original images are not on this machine; the network’s drawings stand in for them."
};
var App = class {
  /**
   * @param {HTMLElement} root - an empty element that the canvas fills
   * @param {Uint8Array} data - the checkpoint, as latentlab/ui/canvas/messages.py packs it
   */
  constructor(root, data) {
    this.root = root;
    this.listeners = [];
    const message = unpack(data);
    this.space = new Space(message);
    this.fingerprint = this.space.fingerprint;
    const { state, problems } = readAddress(location.search, this.space);
    this.state = state;
    this.theme = readTheme(root, this.space.looks);
    this.makeParts();
    this.stage.build();
    this.layPlane();
    this.begin(message.arrays, problems);
  }
  makeParts() {
    this.jobs = new Jobs();
    this.engine = new Engine(this);
    this.thumbs = new Thumbs(this.space);
    this.lattice = new Lattice(this);
    this.shading = new Shading(this);
    this.cursor = new Cursor(this);
    this.pins = new Pins(this);
    this.path = new Path(this);
    this.samples = new Samples(this);
    this.compare = new Compare(this);
    const { path, samples, compare } = this;
    this.tools = { path, samples, compare, dimensions: new Traversals(this) };
    this.drawer = new Drawer(this);
    this.panel = new Panel(this);
    this.stage = new Stage(this);
    this.address = new AddressBar(this);
  }
  async begin(arrays, problems) {
    const { space, stage } = this;
    this.stops = [
      listenToPointer(this, stage.map),
      stage.watch(),
      this.address.watch(),
      subscribe((id, bytes) => this.receive(id, bytes))
    ];
    listenToKeys(this, stage.map);
    if (problems.length) this.say(problems.join(" "));
    this.update();
    const decoder = space.decoder && { spec: space.decoder, weights: arrays.weights };
    this.jobs.load({ model: space.name, z: space.z, ...space.known(), decoder });
    await this.engine.start(space, arrays.weights);
    if (this.stopped) return;
    this.noteQuietly();
    this.cursor.rest();
    this.react(new Set(EVERYTHING));
    this.root.dataset.ready = "true";
    setTimeout(() => this.space.radius, IDLE);
  }
  noteQuietly() {
    if (this.engine.isRemote) this.panel.notice(NOTES.remote);
    else if (!this.engine.isFast) this.panel.notice(NOTES.slow);
    else if (!this.space.originals) this.panel.notice(NOTES.redrawn);
  }
  /** Take the canvas down; nothing of it keeps running. */
  stop() {
    this.stopped = true;
    this.path.stop();
    this.stops?.forEach((stop) => stop());
    this.jobs.stop();
  }
  /** The page's theme may have changed. */
  restyle() {
    const theme = readTheme(this.root, this.space.looks);
    if (theme.background === this.theme.background) return;
    this.theme = theme;
    this.stage.dress();
    this.stage.controls.fillLegend();
    this.shading.compute();
    this.update();
    this.drawer.refresh();
  }
  /** Which part of the map is on screen. */
  get view() {
    return this.stage.view;
  }
  // ---- messages ----------------------------------------------------------------------------------
  /** Take a message that is for this checkpoint; true: it has been used up. */
  receive(id, bytes) {
    const [kind, name] = id.split(" ");
    const isOther = this.space.others.some((other) => other.fingerprint === name);
    if (kind === "network" ? !isOther : name !== this.fingerprint) return false;
    const message = unpack(bytes);
    const takers = {
      network: () => this.compare.receive(message),
      answer: () => this.engine.answer(message),
      address: () => this.follow(`?${merged(location.search, message.header.values)}`),
      originals: () => this.takeOriginals(message.arrays.png),
      extras: () => this.takeExtras(message)
    };
    takers[kind]?.();
    return kind === "answer" || kind === "address";
  }
  async takeOriginals(png) {
    await this.thumbs.takeOriginals(png);
    if (this.stopped) return;
    this.update();
    if (this.state.tool === "path") this.drawer.refresh();
  }
  async takeExtras({ header, arrays }) {
    this.compare.receivePca(arrays);
    if (!header.encoder) return;
    const encoder = { spec: header.encoder, weights: arrays.encoder_weights };
    this.jobs.load({ model: this.space.name, z: this.space.z, encoder });
    await this.engine.startEncoder(encoder.spec, encoder.weights);
    if (this.stopped) return;
    if (this.state.shade === "round_trip") this.shading.compute();
    this.panel.update();
  }
  /** Whether a shading can be computed here and now. */
  canRun(task) {
    return !this.engine.isRemote && (task !== "round_trip" || this.engine.encoder !== null);
  }
  // ---- state -------------------------------------------------------------------------------------
  on(event, listener) {
    this.listeners.push({ event, listener });
  }
  emit(event) {
    for (const each of this.listeners) if (each.event === event) each.listener();
  }
  /**
   * Change what is chosen.
   * @param {object} patch
   * @param {'replace'|'push'} [history] - whether Back should lead here again
   */
  set(patch, history = "replace") {
    Object.assign(this.state, patch);
    this.react(new Set(Object.keys(patch)));
    this.address.write(history);
  }
  /** Bring everything in line with the parts of the state that changed. */
  react(changed) {
    const any = (...names) => names.some((name) => changed.has(name));
    if (any("plane", "even")) {
      this.layPlane();
      this.state.at = null;
      this.stage.applyView();
    }
    if (any("points") && this.state.points === "images") this.thumbs.fill(this);
    if (any("grid", "plane", "even")) this.lattice.rebuild();
    if (any("shade", "fog", "plane", "even")) this.shading.compute();
    if (any("present")) this.stage.lab.classList.toggle("presenting", this.state.present);
    if (any("tool", "pins", "selected", "curve", "over", "others", "match", "plane")) {
      this.drawer.refresh();
    }
    if (any("pins", "selected")) this.panel.updateSoon();
    this.stage.hint.hidden = this.state.pins.length > 0;
    this.emit("state");
    this.stage.invalidate(any(...ON_MAP) ? "map" : "overlay");
  }
  layPlane() {
    const { space, state } = this;
    const middle = space.model === "vae" ? new Float32Array(space.z) : space.spread.mean;
    const through = this.through ?? this.pins.chosen()?.z ?? middle;
    this.plane = makePlane(space, state.plane, through, state.even);
    this.places = this.plane.projectAll(space.latents);
    this.extent = extentOf(this.plane, this.places, space.model === "vae");
  }
  update() {
    this.panel.update();
    this.stage.controls.update();
    this.stage.invalidate("map");
  }
  solo(label) {
    if (label >= this.space.class_names.length) return;
    this.set({ solo: this.state.solo === label ? null : label });
  }
  /** Undo the last thing that was opened; with nothing open, the pins. */
  escape() {
    const { state, stage } = this;
    if (state.present) this.set({ present: false }, "push");
    else if (!stage.controls.menu.hidden) stage.controls.closeMore();
    else if (state.tool) this.set({ tool: null }, "push");
    else if (state.solo !== null) this.set({ solo: null });
    else this.pins.clear();
  }
  /** Show what an address says. */
  follow(search) {
    this.state = readAddress(search, this.space).state;
    this.through = null;
    this.layPlane();
    this.stage.applyView();
    this.react(new Set(EVERYTHING));
    this.cursor.rest();
  }
  // ---- words -------------------------------------------------------------------------------------
  say(text) {
    this.stage.say(text);
  }
  openHelp() {
    const card = helpCard(() => {
      card.remove();
      this.stage.map.focus();
    });
    this.stage.lab.append(card);
    card.showModal();
  }
};

// explore/explore.ts
var apps = /* @__PURE__ */ new WeakMap();
function mount({ data, parentElement }) {
  const root = parentElement.querySelector("#lab");
  const running = apps.get(root);
  if (running && running.fingerprint === readHeader(data).fingerprint) {
    running.restyle();
  } else {
    running?.stop();
    apps.set(root, new App(root, data));
  }
  return () => {
    apps.get(root)?.stop();
    apps.delete(root);
  };
}
export {
  mount as default
};
