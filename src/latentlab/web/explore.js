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
  const words = new Uint32Array(out.buffer);
  for (let i = 0; i < bits.length; i++) words[i] = (bits[i] & 32768) << 16 | (bits[i] & 32767) << 13;
  for (let i = 0; i < out.length; i++) out[i] *= 2 ** 112;
  return out;
}

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
  reencoders;
  task;
  seed;
  recipe;
  /** Whether the images themselves will follow. */
  originals;
  sample_of;
  meanings;
  decoder;
  z;
  n;
  /** Values of an image. */
  pixels;
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
  /** Of how many images the density is known, once they have arrived. */
  counted = 0;
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
    this.reencoders = header.reencoders;
    this.task = header.task;
    this.seed = header.seed;
    this.recipe = header.recipe;
    this.originals = header.originals;
    this.sample_of = header.sample_of;
    this.meanings = header.meanings;
    this.decoder = header.decoder;
    this.z = header.latent_dim;
    this.n = arrays.labels.length;
    this.pixels = header.image.reduce((product2, side) => product2 * side, 1);
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
  /** What the glossary says of a term. */
  meaning(term) {
    return this.meanings[term];
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
      const difference2 = this.latents[at] - z[d];
      sum += difference2 * difference2;
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
      let place2 = k - 1;
      for (; place2 > 0 && least[place2 - 1] > squared; place2--) {
        least[place2] = least[place2 - 1];
        rows[place2] = rows[place2 - 1];
      }
      least[place2] = squared;
      rows[place2] = train[i];
    }
    const found = Array.from(rows, (row, i) => ({ row, distance: Math.sqrt(least[i]) }));
    return found.filter(({ row }) => row >= 0);
  }
  /** Of a hundred validation images, how many lie nearer to a training image than this. */
  share(distance2) {
    const { usual } = this;
    const next2 = usual.findIndex((value) => value > distance2);
    if (next2 <= 0) return next2 < 0 ? usual.length - 1 : 0;
    return next2 - 1 + (distance2 - usual[next2 - 1]) / (usual[next2] - usual[next2 - 1]);
  }
  /** Whether a place this far from the nearest training image counts as empty. */
  isFar(distance2) {
    return distance2 > this.farDistance;
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
function nearestFirst(recipe, networks) {
  const fields = (text) => JSON.parse(text);
  const own = fields(recipe);
  const differing = (other) => Object.entries(fields(other.recipe)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(own[name])
  ).length;
  const counts = new Map(networks.map((network2) => [network2, differing(network2)]));
  return networks.toSorted((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0));
}
function quantile(sorted, share) {
  if (!sorted.length) return 0;
  const place2 = share * (sorted.length - 1);
  const low = Math.floor(place2);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (place2 - low) * (sorted[high] - sorted[low]);
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
var NAMED = ["background", "surface", "ink", "muted", "line", "accent", "warning", "error"];
function dress(element, theme) {
  for (const name of NAMED) element.style.setProperty(`--${name}`, theme[name]);
  element.style.setProperty("--veil", `${theme.background}d9`);
  element.style.colorScheme = theme.dark ? "dark" : "light";
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
  return Array.from({ length: 256 }, (_, i) => between(stops, i / 255));
}
function between(stops, share) {
  const place2 = share * (stops.length - 1);
  const low = Math.min(Math.floor(place2), stops.length - 2);
  const [from, to] = [stops[low], stops[low + 1]];
  return triple((c) => from[c] + (place2 - low) * (to[c] - from[c]));
}
function triple(value) {
  return [value(0), value(1), value(2)];
}

// lib/bus.ts
var KEY = /* @__PURE__ */ Symbol.for("latentlab.bus");
var PAGE = globalThis;
var BREATH = 60;
function subscribe(receive) {
  return hearAll((topic, value) => {
    if (value instanceof Uint8Array && receive(topic, value)) bus().last.delete(topic);
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
function tell(name, value) {
  const { unsaid } = bus();
  unsaid.delete(name);
  unsaid.set(name, value);
  speak();
}
function speak() {
  const { speaking, unsaid, voices } = bus();
  const next2 = [...unsaid].find(([name2]) => voices.has(name2));
  if (speaking || !next2) return;
  bus().speaking = true;
  setTimeout(() => {
    bus().speaking = false;
    speak();
  }, BREATH);
  const [name, value] = next2;
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

// lib/address.ts
var STEPPED = "latentlab-step";
var OWNED = "latentlab-own";
function merged(search, values) {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return query.toString();
}
function putIntoAddress(values, isStep = false) {
  const query = merged(location.search, values);
  if (query === location.search.slice(1)) return false;
  const address = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
  if (isStep) stepTo(address);
  else History.prototype.replaceState.call(history, history.state, "", address);
  return true;
}
function stepTo(address) {
  window.dispatchEvent(new Event(STEPPED));
  History.prototype.pushState.call(history, history.state, "", address);
}
function ownInAddress(names) {
  const owner = { names, isThere: true };
  window.dispatchEvent(new CustomEvent(OWNED, { detail: owner }));
  return () => {
    owner.isThere = false;
  };
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
  eachSquared(place2, start, visit) {
    const { latents, z } = this;
    for (let index = 0, at = 0; at < latents.length; index++) {
      let squared = 0;
      for (let d = 0; d < z; d++, at++) {
        const difference2 = latents[at] - place2[start + d];
        squared += difference2 * difference2;
      }
      visit(squared, index);
    }
  }
  /**
   * The kernels at a place, summed, and summed with a weight for each latent; `others` leaves out
   * the latent that lies there itself.
   */
  sums(place2, start, weights = null) {
    const scale = -0.5 / this.bandwidth ** 2;
    let sum = 0;
    let weighted = 0;
    let nearest = Infinity;
    this.eachSquared(place2, start, (squared, index) => {
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
    const median2 = found.length % 2 ? found[middle] : (found[middle - 1] + found[middle]) / 2;
    return Math.max(median2, 0.5 / this.n);
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
  const spread2 = Math.sqrt(alive.reduce((sum, variance) => sum + variance, 0) / alive.length);
  return (latents.length / z) ** (-1 / (alive.length + 4)) * (spread2 || 1);
}

// latent/plane_density.ts
var CELLS = 3;
var NARROWER = 1 - 1 / (6 * CELLS ** 2);
var REACH = 5 * CELLS;
var ROW = 2 ** 12;
var PlaneDensity = class {
  axes;
  origin;
  bandwidth;
  cells = /* @__PURE__ */ new Map();
  /** Where images of the sample lie on the plane itself, two values each, in cells. */
  shown;
  /**
   * @param sample - of them, exactly: whatever lies on the plane is left out at its own place
   * @param origin - a place on the plane
   */
  constructor(all, sample, axes, origin) {
    [this.axes, this.origin, this.bandwidth] = [axes, origin.slice(), all.bandwidth];
    const { steps, low, step } = all;
    const latent = new Float32Array(low.length);
    for (let at = 0; at < steps.length; at += latent.length) {
      for (let d = 0; d < latent.length; d++) latent[d] = low[d] + step[d] * steps[at + d];
      const [x, y, off] = this.project(latent, 0);
      this.count(x, y, gaussianAt(off));
    }
    const shown = [];
    for (let at = 0; at < sample.length; at += latent.length) {
      const [x, y, off] = this.project(sample, at);
      if (off < SAME ** 2) shown.push(x, y);
    }
    this.shown = Float64Array.from(shown);
  }
  /** The kernels at a place of the plane, summed, without that of an image that lies there itself. */
  at(place2, start) {
    const [x, y] = this.project(place2, start);
    const [i, j] = [Math.round(x), Math.round(y)];
    let sum = 0;
    for (let p = i - REACH; p <= i + REACH; p++) {
      let across = 0;
      for (let q = j - REACH; q <= j + REACH; q++) {
        const here = this.cells.get(p * ROW + q);
        if (here) across += here * along(q - y);
      }
      if (across) sum += across * along(p - x);
    }
    return this.isShown(x, y) ? Math.max(sum - 1, 0) : sum;
  }
  isShown(x, y) {
    const { shown } = this;
    for (let i = 0; i < shown.length; i += 2) {
      if ((shown[i] - x) ** 2 + (shown[i + 1] - y) ** 2 < (SAME * CELLS) ** 2) return true;
    }
    return false;
  }
  count(x, y, weight) {
    const [p, q] = [Math.floor(x), Math.floor(y)];
    const [right, up] = [x - p, y - q];
    this.add(p * ROW + q, weight * (1 - right) * (1 - up));
    this.add(p * ROW + q + 1, weight * (1 - right) * up);
    this.add((p + 1) * ROW + q, weight * right * (1 - up));
    this.add((p + 1) * ROW + q + 1, weight * right * up);
  }
  add(cell, weight) {
    this.cells.set(cell, (this.cells.get(cell) ?? 0) + weight);
  }
  /** Coordinates on the plane, in cells, and the squared distance from it, in bandwidths. */
  project(values, start) {
    const { axes: { u, v }, bandwidth } = this;
    let [x, y, squared] = [0, 0, 0];
    for (let d = 0; d < u.length; d++) {
      const from = (values[start + d] - this.origin[d]) / bandwidth;
      x += from * u[d];
      y += from * v[d];
      squared += from * from;
    }
    return [x * CELLS, y * CELLS, Math.max(squared - x * x - y * y, 0)];
  }
};
function along(cells) {
  return gaussianAt((cells / CELLS) ** 2 / NARROWER) / Math.sqrt(NARROWER);
}
function gaussianAt(squared) {
  return Math.exp(-0.5 * squared);
}

// latent/layers/layer.ts
function perRow(rows, value) {
  return Float32Array.from({ length: rows }, (_, row) => value(row));
}
function crowdingOf(bench) {
  bench.crowding ??= new Crowding(bench.latents, bench.z);
  return bench.crowding;
}
function planeDensityOf(bench, all, axes, place2) {
  if (bench.plane?.axes !== axes) bench.plane = new PlaneDensity(all, bench.latents, axes, place2);
  return bench.plane;
}
function loaded(bench, part) {
  const network2 = bench[part];
  if (!network2) throw new Error(`The ${part} has not arrived.`);
  return network2;
}

// latent/layers/density.ts
var density = {
  title: "Density",
  help: "Kernel density estimate of the latents; 1 is the density at a typical image.",
  ends: ["low", "high"],
  compute(bench, { latents, rows, z }, axes) {
    if (bench.all) {
      const { typical } = bench.all;
      const around = planeDensityOf(bench, bench.all, axes, latents.subarray(0, z));
      return perRow(rows, (row) => around.at(latents, row * z) / typical);
    }
    const crowding = crowdingOf(bench);
    return perRow(rows, (row) => crowding.sums(latents, row * z).others / crowding.typical);
  }
};

// latent/layers/distance.ts
var distance = {
  title: "Distance to training images",
  help: "Distance to the nearest training latent.",
  ends: ["near", "far"],
  compute: ({ train }, { latents, rows, z }) => perRow(rows, (row) => Math.sqrt(nearestSquared(train, latents, row * z, z)))
};
function nearestSquared(train, latents, start, z) {
  let nearest = Infinity;
  for (let at = 0; at < train.length; ) {
    let squared = 0;
    for (let d = 0; d < z; d++, at++) {
      const difference2 = train[at] - latents[start + d];
      squared += difference2 * difference2;
    }
    if (squared < nearest) nearest = squared;
  }
  return nearest;
}

// latent/layers/local_sensitivity.ts
var STEP = 0.01;
var local_sensitivity = {
  title: "Local sensitivity",
  help: "Norm of the decoder’s Jacobian: bright where a small step changes the image a lot.",
  ends: ["low", "high"],
  runs: "decoder",
  compute(bench, { latents, rows, z }, { u, v }) {
    const decoder = loaded(bench, "decoder");
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
function shifted(latents, axis, amount, z) {
  return latents.map((value, at) => value + amount * axis[at % z]);
}

// latent/layers/reconstruction_error.ts
var NO_DATA_BELOW = 0.01;
var reconstruction_error = {
  title: "Reconstruction error (MSE)",
  help: "Mean over the images near each place; blank where there are none.",
  ends: ["small", "large"],
  compute(bench, { latents, rows, z }) {
    const crowding = crowdingOf(bench);
    return perRow(rows, (row) => {
      const { sum, weighted, others } = crowding.sums(latents, row * z, bench.errors);
      return others / crowding.typical < NO_DATA_BELOW ? NaN : weighted / sum;
    });
  }
};

// latent/layers/reencoding_distance.ts
var reencoding_distance = {
  title: "Re-encoding distance",
  help: "Distance between a latent and the latent of its decoded image.",
  ends: ["small", "large"],
  runs: "encoder",
  compute(bench, { latents, rows, z }) {
    const encoder = loaded(bench, "encoder");
    const back = encoder.runAll(loaded(bench, "decoder").runAll(latents, rows), rows);
    const width = encoder.outputSize;
    return perRow(rows, (row) => {
      let sum = 0;
      for (let d = 0; d < z; d++) sum += (back[row * width + d] - latents[row * z + d]) ** 2;
      return Math.sqrt(sum);
    });
  }
};

// latent/layers.ts
var LAYERS = {
  density,
  distance,
  reconstruction_error,
  reencoding_distance,
  local_sensitivity
};
function layerChoices() {
  const layers = Object.entries(LAYERS).map(([name, layer]) => ({ name, title: layer?.title ?? "" }));
  return [{ name: "none", title: "Nothing" }, ...layers];
}

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

// runtime/elementwise.ts
function each(floats, start, end, change) {
  for (let i = start; i < end; i++) floats[i] = change(floats[i]);
}
var elu = (value, alpha) => value > 0 ? value : alpha * Math.expm1(value);
var softplus = (value) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
var gelu = (value) => value * (1 + erf(value * Math.SQRT1_2)) / 2;
function erf(x) {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}
function groupNorm(floats, { from, rows, size }, { groups, channels, eps }, { gain, shift }) {
  const width = channels / groups;
  const positions = size / channels;
  const n = positions * width;
  for (let row = 0; row < rows; row++) {
    for (let group = 0; group < groups; group++) {
      const start = from + row * size + group * width;
      const visit = (use) => {
        for (let p = 0; p < positions; p++) {
          for (let c = 0; c < width; c++) use(start + p * channels + c, group * width + c);
        }
      };
      let mean = 0;
      visit((at) => mean += floats[at] / n);
      let variance = 0;
      visit((at) => variance += (floats[at] - mean) ** 2 / n);
      const scale = 1 / Math.sqrt(variance + eps);
      visit((at, channel) => {
        floats[at] = (floats[at] - mean) * scale * floats[gain + channel] + floats[shift + channel];
      });
    }
  }
}
function pool(floats, { from, to, rows }, step) {
  const [height, width, channels] = step.from;
  const [outHeight, outWidth] = step.to;
  const [kernelHeight, kernelWidth] = step.kernel;
  const isMax = step.op === "max_pool";
  let target = to;
  for (let row = 0; row < rows; row++) {
    for (let y = 0; y < outHeight; y++) {
      for (let x = 0; x < outWidth; x++) {
        for (let c = 0; c < channels; c++) {
          let found = isMax ? -Infinity : 0;
          for (let dy = 0; dy < kernelHeight; dy++) {
            const line = (row * height + y * step.stride[0] + dy) * width;
            for (let dx = 0; dx < kernelWidth; dx++) {
              const value = floats[from + (line + x * step.stride[1] + dx) * channels + c];
              found = isMax ? Math.max(found, value) : found + value;
            }
          }
          floats[target++] = isMax ? found : found / (kernelHeight * kernelWidth);
        }
      }
    }
  }
}
function pad(floats, { from, to, rows }, { from: [height, width, channels], to: [outHeight, outWidth], padding }) {
  const size = outHeight * outWidth * channels;
  floats.fill(0, to, to + rows * size);
  for (let row = 0; row < rows; row++) {
    for (let y = 0; y < height; y++) {
      const source = from + (row * height + y) * width * channels;
      const target = to + row * size + ((y + padding[0]) * outWidth + padding[1]) * channels;
      floats.copyWithin(target, source, source + width * channels);
    }
  }
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
function shuffle(small2, large, rows, visit) {
  const [height, width, channels] = large;
  const factor = height / small2[0];
  for (let y = 0; y < rows * height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor(y / factor) * small2[1] + Math.floor(x / factor);
      for (let c = 0; c < channels; c++) {
        const channel = (c * factor + y % factor) * factor + x % factor;
        visit(cell * small2[2] + channel, (y * width + x) * channels + c);
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

// runtime/operations.ts
var SCRATCH = 1 << 18;
var product = (shape) => shape.reduce((total, side) => total * side, 1);
var IN_PLACE = /* @__PURE__ */ new Set([
  ...["scale", "leaky_relu", "silu", "sigmoid", "keep", "add"],
  ...["group_norm", "elu", "clamp", "tanh", "gelu", "softplus"]
]);
function valueByValue(change) {
  return ({ floats }, step, { from, rows }) => each(floats, from, from + rows * step.size, change(step));
}
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
    shuffle(step.from, step.to, rows, (small2, large) => {
      floats[to + large] = floats[from + small2];
    });
  },
  pixel_unshuffle({ floats }, step, { from, to, rows }) {
    shuffle(step.to, step.from, rows, (small2, large) => {
      floats[to + small2] = floats[from + large];
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
  group_norm({ floats }, step, { from, rows }) {
    const weights = { gain: step.panels, shift: step.biasAt };
    groupNorm(floats, { from, rows, size: step.size }, step, weights);
  },
  max_pool: ({ floats }, step, place2) => pool(floats, place2, step),
  avg_pool: ({ floats }, step, place2) => pool(floats, place2, step),
  pad: ({ floats }, step, place2) => pad(floats, place2, step),
  elu: valueByValue(({ alpha }) => (value) => elu(value, alpha)),
  clamp: valueByValue(({ low, high }) => (value) => Math.min(Math.max(value, low), high)),
  tanh: valueByValue(() => Math.tanh),
  gelu: valueByValue(() => gelu),
  softplus: valueByValue(() => softplus),
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
  },
  keep({ floats }, step, { from, rows, slots }) {
    floats.copyWithin(slots.get(step.slot), from, from + rows * step.size);
  },
  add({ floats }, step, { from, rows, slots }) {
    const kept = slots.get(step.slot);
    for (let i = 0; i < rows * step.size; i++) floats[from + i] += floats[kept + i];
  },
  concatenate({ floats }, step, { from, to, rows, slots }) {
    const [own, both] = [step.from[2], step.to[2]];
    const pixels = rows * step.size / both;
    const kept = slots.get(step.slot);
    for (let i = 0; i < pixels; i++) {
      floats.copyWithin(to + i * both, from + i * own, from + (i + 1) * own);
      floats.copyWithin(to + i * both + own, kept + i * (both - own), kept + (i + 1) * (both - own));
    }
  }
};

// runtime/runtime.ts
var RESERVED = 16;
var padded = (columns) => Math.ceil(columns / 8) * 8;
async function loadNetwork(spec, weights, { batch = 1, simd = true } = {}) {
  const plan = planMemory(spec, batch);
  const kernel = await makeKernel(plan.size, { simd });
  const network2 = new Network(spec, plan, kernel, batch);
  network2.reload(weights);
  return network2;
}
var Network = class {
  inputSize;
  outputSize;
  simd;
  spec;
  plan;
  kernel;
  batch;
  constructor(spec, plan, kernel, batch) {
    this.spec = spec;
    this.plan = plan;
    this.kernel = kernel;
    this.batch = batch;
    this.inputSize = product(spec.input);
    this.outputSize = product(spec.output);
    this.simd = kernel.simd;
  }
  /** Whether these are its layers. */
  isOf(spec) {
    return JSON.stringify(spec) === JSON.stringify(this.spec);
  }
  /** Take other weights for the same layers. */
  reload(weights) {
    const { floats } = this.kernel;
    for (const step of this.plan.steps) if ("weights" in step) placeWeights(floats, step, weights);
  }
  /**
   * Run up to `batch` rows.
   * @param input - rows x inputSize values
   * @param visit - shown the intermediate values
   * @returns rows x outputSize; a view that the next call overwrites
   */
  run(input, rows = 1, visit) {
    const { floats } = this.kernel;
    const { scratch, slots, steps } = this.plan;
    let [from, to] = this.plan.buffers;
    floats.set(input, from);
    steps.forEach((step, number) => {
      const operation = OPERATIONS[step.op];
      operation(this.kernel, step, { from, to, rows, scratch, slots });
      if (!IN_PLACE.has(step.op)) [from, to] = [to, from];
      visit?.(number, floats.subarray(from, from + rows * step.size));
    });
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
  const kept = /* @__PURE__ */ new Map();
  const steps = spec.layers.map((layer) => {
    const [k, n] = matrixShape(layer);
    const panels = take(k * padded(n));
    const biasAt = take(padded("to" in layer ? Math.max(n, layer.to[2]) : n));
    if ("to" in layer) current = product(layer.to);
    if (layer.op === "linear") current = layer.out;
    largest = Math.max(largest, current);
    if (layer.op === "keep") kept.set(layer.slot, Math.max(current, kept.get(layer.slot) ?? 0));
    return { ...layer, k, n, panels, biasAt, biasValues: new Float32Array(), size: current };
  });
  const slots = new Map([...kept].map(([slot, most]) => [slot, take(most * batch)]));
  const buffers = [take(largest * batch), take(largest * batch)];
  const widest = Math.max(0, ...steps.map((step) => step.op === "conv" ? step.k : step.n));
  return { steps, slots, buffers, scratch: take(Math.max(SCRATCH, 4 * widest)), size };
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
    case "group_norm":
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
  function load({ model, z, latents, train, errors, all, decoder, encoder }) {
    const nothing = new Float32Array();
    const bench = benches.get(model) ?? { z, latents: nothing, errors: nothing, train: nothing };
    if (train) Object.assign(bench, { latents, train, errors });
    if (all) bench.all = all;
    if (decoder) bench.decoderReady = network(bench, "decoder", decoder);
    if (encoder) bench.encoderReady = network(bench, "encoder", encoder);
    benches.set(model, bench);
  }
  function run({ id, model, task, latents, options, priority = 1 }) {
    const bench = benches.get(model);
    if (!bench) throw new Error(`Nothing is known of ${model}.`);
    const { z } = bench;
    const axes = options ?? { u: new Float32Array(z), v: new Float32Array(z) };
    const layer = LAYERS[task];
    if (!layer && task !== "decode") throw new Error(`There is no layer ${task}.`);
    jobs.push({
      ...{ id, bench, latents, priority, done: 0 },
      rows: latents.length / z,
      perPart: layer ? PLACES_PER_PART : IMAGES_PER_PART,
      ready: Promise.all([bench.decoderReady, layer?.runs === "encoder" ? bench.encoderReady : null]),
      step: layer ? (places) => layer.compute(bench, places, axes) : (places) => asBytes(loaded(bench, "decoder").runAll(places.latents, places.rows))
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
  const there = bench[name];
  if (there instanceof Network && there.isOf(spec)) there.reload(weights);
  else bench[name] = await loadNetwork(spec, weights, { batch: BATCH });
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
    const address = URL.createObjectURL(new Blob(['"use strict";\n(() => {\n  // latent/crowding.ts\n  var TYPICAL_SAMPLE = 1e3;\n  var SAME = 0.01;\n  var ALIVE = 0.01;\n  var Crowding = class {\n    bandwidth;\n    /** What a typical image has around it. */\n    typical;\n    latents;\n    z;\n    n;\n    /** @param latents - n x z */\n    constructor(latents, z) {\n      this.latents = latents;\n      this.z = z;\n      this.n = latents.length / z;\n      this.bandwidth = scottBandwidth(latents, z);\n      this.typical = this.measureTypical();\n    }\n    /** Visit every latent with its squared distance to a place. */\n    eachSquared(place, start, visit) {\n      const { latents, z } = this;\n      for (let index = 0, at = 0; at < latents.length; index++) {\n        let squared = 0;\n        for (let d = 0; d < z; d++, at++) {\n          const difference = latents[at] - place[start + d];\n          squared += difference * difference;\n        }\n        visit(squared, index);\n      }\n    }\n    /**\n     * The kernels at a place, summed, and summed with a weight for each latent; `others` leaves out\n     * the latent that lies there itself.\n     */\n    sums(place, start, weights = null) {\n      const scale = -0.5 / this.bandwidth ** 2;\n      let sum = 0;\n      let weighted = 0;\n      let nearest = Infinity;\n      this.eachSquared(place, start, (squared, index) => {\n        nearest = Math.min(nearest, squared);\n        const kernel = Math.exp(squared * scale);\n        sum += kernel;\n        if (weights) weighted += kernel * weights[index];\n      });\n      const own = nearest < (SAME * this.bandwidth) ** 2 ? 1 : 0;\n      return { sum, weighted, others: Math.max(sum - own, 0) };\n    }\n    /** The median over images, each without itself. */\n    measureTypical() {\n      const step = Math.max(1, Math.floor(this.n / TYPICAL_SAMPLE));\n      const found = [];\n      for (let row = 0; row < this.n; row += step) {\n        found.push(this.sums(this.latents, row * this.z).others);\n      }\n      found.sort((a, b) => a - b);\n      const middle = found.length >> 1;\n      const median = found.length % 2 ? found[middle] : (found[middle - 1] + found[middle]) / 2;\n      return Math.max(median, 0.5 / this.n);\n    }\n  };\n  function variances(latents, z) {\n    const n = latents.length / z;\n    const mean = new Float64Array(z);\n    const square = new Float64Array(z);\n    latents.forEach((value, at) => {\n      mean[at % z] += value / n;\n    });\n    latents.forEach((value, at) => {\n      square[at % z] += (value - mean[at % z]) ** 2 / n;\n    });\n    return square;\n  }\n  function scottBandwidth(latents, z) {\n    const all = variances(latents, z);\n    const most = Math.max(...all);\n    const alive = all.filter((variance) => variance >= ALIVE * most);\n    const spread = Math.sqrt(alive.reduce((sum, variance) => sum + variance, 0) / alive.length);\n    return (latents.length / z) ** (-1 / (alive.length + 4)) * (spread || 1);\n  }\n\n  // latent/plane_density.ts\n  var CELLS = 3;\n  var NARROWER = 1 - 1 / (6 * CELLS ** 2);\n  var REACH = 5 * CELLS;\n  var ROW = 2 ** 12;\n  var PlaneDensity = class {\n    axes;\n    origin;\n    bandwidth;\n    cells = /* @__PURE__ */ new Map();\n    /** Where images of the sample lie on the plane itself, two values each, in cells. */\n    shown;\n    /**\n     * @param sample - of them, exactly: whatever lies on the plane is left out at its own place\n     * @param origin - a place on the plane\n     */\n    constructor(all, sample, axes, origin) {\n      [this.axes, this.origin, this.bandwidth] = [axes, origin.slice(), all.bandwidth];\n      const { steps, low, step } = all;\n      const latent = new Float32Array(low.length);\n      for (let at = 0; at < steps.length; at += latent.length) {\n        for (let d = 0; d < latent.length; d++) latent[d] = low[d] + step[d] * steps[at + d];\n        const [x, y, off] = this.project(latent, 0);\n        this.count(x, y, gaussianAt(off));\n      }\n      const shown = [];\n      for (let at = 0; at < sample.length; at += latent.length) {\n        const [x, y, off] = this.project(sample, at);\n        if (off < SAME ** 2) shown.push(x, y);\n      }\n      this.shown = Float64Array.from(shown);\n    }\n    /** The kernels at a place of the plane, summed, without that of an image that lies there itself. */\n    at(place, start) {\n      const [x, y] = this.project(place, start);\n      const [i, j] = [Math.round(x), Math.round(y)];\n      let sum = 0;\n      for (let p = i - REACH; p <= i + REACH; p++) {\n        let across = 0;\n        for (let q = j - REACH; q <= j + REACH; q++) {\n          const here = this.cells.get(p * ROW + q);\n          if (here) across += here * along(q - y);\n        }\n        if (across) sum += across * along(p - x);\n      }\n      return this.isShown(x, y) ? Math.max(sum - 1, 0) : sum;\n    }\n    isShown(x, y) {\n      const { shown } = this;\n      for (let i = 0; i < shown.length; i += 2) {\n        if ((shown[i] - x) ** 2 + (shown[i + 1] - y) ** 2 < (SAME * CELLS) ** 2) return true;\n      }\n      return false;\n    }\n    count(x, y, weight) {\n      const [p, q] = [Math.floor(x), Math.floor(y)];\n      const [right, up] = [x - p, y - q];\n      this.add(p * ROW + q, weight * (1 - right) * (1 - up));\n      this.add(p * ROW + q + 1, weight * (1 - right) * up);\n      this.add((p + 1) * ROW + q, weight * right * (1 - up));\n      this.add((p + 1) * ROW + q + 1, weight * right * up);\n    }\n    add(cell, weight) {\n      this.cells.set(cell, (this.cells.get(cell) ?? 0) + weight);\n    }\n    /** Coordinates on the plane, in cells, and the squared distance from it, in bandwidths. */\n    project(values, start) {\n      const { axes: { u, v }, bandwidth } = this;\n      let [x, y, squared] = [0, 0, 0];\n      for (let d = 0; d < u.length; d++) {\n        const from = (values[start + d] - this.origin[d]) / bandwidth;\n        x += from * u[d];\n        y += from * v[d];\n        squared += from * from;\n      }\n      return [x * CELLS, y * CELLS, Math.max(squared - x * x - y * y, 0)];\n    }\n  };\n  function along(cells) {\n    return gaussianAt((cells / CELLS) ** 2 / NARROWER) / Math.sqrt(NARROWER);\n  }\n  function gaussianAt(squared) {\n    return Math.exp(-0.5 * squared);\n  }\n\n  // latent/layers/layer.ts\n  function perRow(rows, value) {\n    return Float32Array.from({ length: rows }, (_, row) => value(row));\n  }\n  function crowdingOf(bench) {\n    bench.crowding ??= new Crowding(bench.latents, bench.z);\n    return bench.crowding;\n  }\n  function planeDensityOf(bench, all, axes, place) {\n    if (bench.plane?.axes !== axes) bench.plane = new PlaneDensity(all, bench.latents, axes, place);\n    return bench.plane;\n  }\n  function loaded(bench, part) {\n    const network2 = bench[part];\n    if (!network2) throw new Error(`The ${part} has not arrived.`);\n    return network2;\n  }\n\n  // latent/layers/density.ts\n  var density = {\n    title: "Density",\n    help: "Kernel density estimate of the latents; 1 is the density at a typical image.",\n    ends: ["low", "high"],\n    compute(bench, { latents, rows, z }, axes) {\n      if (bench.all) {\n        const { typical } = bench.all;\n        const around = planeDensityOf(bench, bench.all, axes, latents.subarray(0, z));\n        return perRow(rows, (row) => around.at(latents, row * z) / typical);\n      }\n      const crowding = crowdingOf(bench);\n      return perRow(rows, (row) => crowding.sums(latents, row * z).others / crowding.typical);\n    }\n  };\n\n  // latent/layers/distance.ts\n  var distance = {\n    title: "Distance to training images",\n    help: "Distance to the nearest training latent.",\n    ends: ["near", "far"],\n    compute: ({ train }, { latents, rows, z }) => perRow(rows, (row) => Math.sqrt(nearestSquared(train, latents, row * z, z)))\n  };\n  function nearestSquared(train, latents, start, z) {\n    let nearest = Infinity;\n    for (let at = 0; at < train.length; ) {\n      let squared = 0;\n      for (let d = 0; d < z; d++, at++) {\n        const difference = train[at] - latents[start + d];\n        squared += difference * difference;\n      }\n      if (squared < nearest) nearest = squared;\n    }\n    return nearest;\n  }\n\n  // latent/layers/local_sensitivity.ts\n  var STEP = 0.01;\n  var local_sensitivity = {\n    title: "Local sensitivity",\n    help: "Norm of the decoder’s Jacobian: bright where a small step changes the image a lot.",\n    ends: ["low", "high"],\n    runs: "decoder",\n    compute(bench, { latents, rows, z }, { u, v }) {\n      const decoder = loaded(bench, "decoder");\n      const step = STEP * (Math.sqrt(Math.max(...variances(bench.latents, z))) || 1);\n      const [alongU, alongV] = [u, v].map((axis) => {\n        const ahead = decoder.runAll(shifted(latents, axis, step, z), rows);\n        const behind = decoder.runAll(shifted(latents, axis, -step, z), rows);\n        return ahead.map((value, at) => (value - behind[at]) / (2 * step));\n      });\n      const size = decoder.outputSize;\n      return perRow(rows, (row) => {\n        let [p, q, r] = [0, 0, 0];\n        for (let at = row * size; at < (row + 1) * size; at++) {\n          p += alongU[at] * alongU[at];\n          q += alongV[at] * alongV[at];\n          r += alongU[at] * alongV[at];\n        }\n        return Math.sqrt((p + q) / 2 + Math.hypot((p - q) / 2, r));\n      });\n    }\n  };\n  function shifted(latents, axis, amount, z) {\n    return latents.map((value, at) => value + amount * axis[at % z]);\n  }\n\n  // latent/layers/reconstruction_error.ts\n  var NO_DATA_BELOW = 0.01;\n  var reconstruction_error = {\n    title: "Reconstruction error (MSE)",\n    help: "Mean over the images near each place; blank where there are none.",\n    ends: ["small", "large"],\n    compute(bench, { latents, rows, z }) {\n      const crowding = crowdingOf(bench);\n      return perRow(rows, (row) => {\n        const { sum, weighted, others } = crowding.sums(latents, row * z, bench.errors);\n        return others / crowding.typical < NO_DATA_BELOW ? NaN : weighted / sum;\n      });\n    }\n  };\n\n  // latent/layers/reencoding_distance.ts\n  var reencoding_distance = {\n    title: "Re-encoding distance",\n    help: "Distance between a latent and the latent of its decoded image.",\n    ends: ["small", "large"],\n    runs: "encoder",\n    compute(bench, { latents, rows, z }) {\n      const encoder = loaded(bench, "encoder");\n      const back = encoder.runAll(loaded(bench, "decoder").runAll(latents, rows), rows);\n      const width = encoder.outputSize;\n      return perRow(rows, (row) => {\n        let sum = 0;\n        for (let d = 0; d < z; d++) sum += (back[row * width + d] - latents[row * z + d]) ** 2;\n        return Math.sqrt(sum);\n      });\n    }\n  };\n\n  // latent/layers.ts\n  var LAYERS = {\n    density,\n    distance,\n    reconstruction_error,\n    reencoding_distance,\n    local_sensitivity\n  };\n\n  // runtime/gemm_wasm.ts\n  var GEMM_WASM = "AGFzbQEAAAABCwFgB39/f39/f38AAg8BA2VudgZtZW1vcnkCAAADAgEABxECBGdlbW0AAAZtZW1vcnkCAAr2BwHzBwILewx/A0AgBSAaSgRAIAEgBiAabEECdGohEyAFIBprIRxBACEbA0AgG0EDaiAESARAIBMhEiADIAUgG2wgGmpBAnRqIRUgAiAaQQJ0aiIU/QAEACIIIQ8gFP0ABBAiByEOIAgiCSERIAciCiEQIAZBAnQiFCAAIAYgG2xBAnRqIhlqIRggFCAYaiIXIBRqIRZBACEdA0AgBiAdSgRAIBL9AAQAIQ0gEv0ABBAhDCASQSBqIRIgDyAZIB1BAnQiFGr9CQIAIgsgDf3mAf3kASEPIA4gCyAM/eYB/eQBIQ4gCCAUIBhq/QkCACILIA395gH95AEhCCAHIAsgDP3mAf3kASEHIAkgFCAXav0JAgAiCyAN/eYB/eQBIQkgCiALIAz95gH95AEhCiARIBQgFmr9CQIAIgsgDf3mAf3kASERIBAgCyAM/eYB/eQBIRAgHUEBaiEdDAELCwJAIBxBCE4EQCAVIA/9CwQAIBUgDv0LBBAMAQtBACAP/QsEAEEQIA79CwQAIBVBACAcQQJ0/AoAAAsgFSAFQQJ0aiESAkAgHEEITgRAIBIgCP0LBAAgEiAH/QsEEAwBC0EAIAj9CwQAQRAgB/0LBAAgEkEAIBxBAnT8CgAACyAVIAVBA3RqIRICQCAcQQhOBEAgEiAJ/QsEACASIAr9CwQQDAELQQAgCf0LBABBECAK/QsEACASQQAgHEECdPwKAAALIBUgBUEDdGogBUECdGohEgJAIBxBCE4EQCASIBH9CwQAIBIgEP0LBBAMAQtBACAR/QsEAEEQIBD9CwQAIBJBACAcQQJ0/AoAAAsgG0EEaiEbDAELCwNAIAQgG0oEQCAAIAYgG2xBAnRqIRUgEyESIAIgGkECdGoiFP0ABAAhCCAU/QAEECEH/QwAAAAAAAAAAAAAAAAAAAAAIRH9DAAAAAAAAAAAAAAAAAAAAAAhEEEAIR0DQCAdQQFqIAZIBEAgCCAVIB1BAnRqIhT9CQIAIgkgEv0ABAD95gH95AEhCCAHIAkgEv0ABBD95gH95AEhByARIBT9CQIEIgkgEv0ABCD95gH95AEhESAQIAkgEv0ABDD95gH95AEhECASQUBrIRIgHUECaiEdDAELCyAGIB1KBEAgCCAVIB1BAnRq/QkCACIJIBL9AAQA/eYB/eQBIQggByAJIBL9AAQQ/eYB/eQBIQcLIAMgBSAbbCAaakECdGohEiAIIBH95AEhCCAHIBD95AEhBwJAIBxBCE4EQCASIAj9CwQAIBIgB/0LBBAMAQtBACAI/QsEAEEQIAf9CwQAIBJBACAcQQJ0/AoAAAsgG0EBaiEbDAELCyAaQQhqIRoMAQsLCw==";\n\n  // runtime/kernel.ts\n  var PAGE_BYTES = 65536;\n  async function makeKernel(size, { simd = true } = {}) {\n    if (simd) {\n      try {\n        return await simdKernel(size);\n      } catch {\n      }\n    }\n    const floats = new Float32Array(size);\n    return { floats, gemm: plainGemm(floats), simd: false };\n  }\n  async function simdKernel(size) {\n    const memory = new WebAssembly.Memory({ initial: Math.ceil(size * 4 / PAGE_BYTES) + 1 });\n    const binary = Uint8Array.from(atob(GEMM_WASM), (letter) => letter.charCodeAt(0));\n    const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });\n    const gemm = instance.exports.gemm;\n    return {\n      floats: new Float32Array(memory.buffer),\n      gemm: (a, b, bias, c, m, n, k) => gemm(a * 4, b * 4, bias * 4, c * 4, m, n, k),\n      simd: true\n    };\n  }\n  function plainGemm(floats) {\n    const sums = new Float64Array(8);\n    return (a, b, bias, c, m, n, k) => {\n      for (let j = 0; j < n; j += 8) {\n        const columns = Math.min(8, n - j);\n        for (let i = 0; i < m; i++) {\n          for (let q = 0; q < 8; q++) sums[q] = floats[bias + j + q];\n          const row = a + i * k;\n          for (let p = 0, at = b + j * k; p < k; p++, at += 8) {\n            const x = floats[row + p];\n            for (let q = 0; q < 8; q++) sums[q] += x * floats[at + q];\n          }\n          const target = c + i * n + j;\n          for (let q = 0; q < columns; q++) floats[target + q] = sums[q];\n        }\n      }\n    };\n  }\n\n  // runtime/elementwise.ts\n  function each(floats, start, end, change) {\n    for (let i = start; i < end; i++) floats[i] = change(floats[i]);\n  }\n  var elu = (value, alpha) => value > 0 ? value : alpha * Math.expm1(value);\n  var softplus = (value) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));\n  var gelu = (value) => value * (1 + erf(value * Math.SQRT1_2)) / 2;\n  function erf(x) {\n    const t = 1 / (1 + 0.3275911 * Math.abs(x));\n    const sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;\n    return Math.sign(x) * (1 - sum * Math.exp(-x * x));\n  }\n  function groupNorm(floats, { from, rows, size }, { groups, channels, eps }, { gain, shift }) {\n    const width = channels / groups;\n    const positions = size / channels;\n    const n = positions * width;\n    for (let row = 0; row < rows; row++) {\n      for (let group = 0; group < groups; group++) {\n        const start = from + row * size + group * width;\n        const visit = (use) => {\n          for (let p = 0; p < positions; p++) {\n            for (let c = 0; c < width; c++) use(start + p * channels + c, group * width + c);\n          }\n        };\n        let mean = 0;\n        visit((at) => mean += floats[at] / n);\n        let variance = 0;\n        visit((at) => variance += (floats[at] - mean) ** 2 / n);\n        const scale = 1 / Math.sqrt(variance + eps);\n        visit((at, channel) => {\n          floats[at] = (floats[at] - mean) * scale * floats[gain + channel] + floats[shift + channel];\n        });\n      }\n    }\n  }\n  function pool(floats, { from, to, rows }, step) {\n    const [height, width, channels] = step.from;\n    const [outHeight, outWidth] = step.to;\n    const [kernelHeight, kernelWidth] = step.kernel;\n    const isMax = step.op === "max_pool";\n    let target = to;\n    for (let row = 0; row < rows; row++) {\n      for (let y = 0; y < outHeight; y++) {\n        for (let x = 0; x < outWidth; x++) {\n          for (let c = 0; c < channels; c++) {\n            let found = isMax ? -Infinity : 0;\n            for (let dy = 0; dy < kernelHeight; dy++) {\n              const line = (row * height + y * step.stride[0] + dy) * width;\n              for (let dx = 0; dx < kernelWidth; dx++) {\n                const value = floats[from + (line + x * step.stride[1] + dx) * channels + c];\n                found = isMax ? Math.max(found, value) : found + value;\n              }\n            }\n            floats[target++] = isMax ? found : found / (kernelHeight * kernelWidth);\n          }\n        }\n      }\n    }\n  }\n  function pad(floats, { from, to, rows }, { from: [height, width, channels], to: [outHeight, outWidth], padding }) {\n    const size = outHeight * outWidth * channels;\n    floats.fill(0, to, to + rows * size);\n    for (let row = 0; row < rows; row++) {\n      for (let y = 0; y < height; y++) {\n        const source = from + (row * height + y) * width * channels;\n        const target = to + row * size + ((y + padding[0]) * outWidth + padding[1]) * channels;\n        floats.copyWithin(target, source, source + width * channels);\n      }\n    }\n  }\n\n  // runtime/rearrange.ts\n  function gather(floats, step, { from, scratch, start, n }) {\n    const [height, width, channels] = step.from;\n    const [outHeight, outWidth] = step.to;\n    const [kernelHeight, kernelWidth] = step.kernel;\n    let at = scratch;\n    for (let position = start; position < start + n; position++) {\n      const row = Math.floor(position / (outHeight * outWidth));\n      const inside = position % (outHeight * outWidth);\n      const top = Math.floor(inside / outWidth) * step.stride[0] - step.padding[0];\n      const left = inside % outWidth * step.stride[1] - step.padding[1];\n      for (let y = top; y < top + kernelHeight; y++) {\n        for (let x = left; x < left + kernelWidth; x++) {\n          const outside = y < 0 || x < 0 || y >= height || x >= width;\n          const source = from + ((row * height + y) * width + x) * channels;\n          for (let c = 0; c < channels; c++) floats[at++] = outside ? 0 : floats[source + c];\n        }\n      }\n    }\n  }\n  function scatter(floats, step, { to, scratch, start, n }) {\n    const [height, width] = step.from;\n    const [outHeight, outWidth, channels] = step.to;\n    const [kernelHeight, kernelWidth] = step.kernel;\n    let at = scratch;\n    for (let position = start; position < start + n; position++) {\n      const row = Math.floor(position / (height * width));\n      const inside = position % (height * width);\n      const top = Math.floor(inside / width) * step.stride[0] - step.padding[0];\n      const left = inside % width * step.stride[1] - step.padding[1];\n      for (let y = top; y < top + kernelHeight; y++) {\n        for (let x = left; x < left + kernelWidth; x++, at += channels) {\n          if (y < 0 || x < 0 || y >= outHeight || x >= outWidth) continue;\n          const target = to + ((row * outHeight + y) * outWidth + x) * channels;\n          for (let c = 0; c < channels; c++) floats[target + c] += floats[at + c];\n        }\n      }\n    }\n  }\n  function shuffle(small, large, rows, visit) {\n    const [height, width, channels] = large;\n    const factor = height / small[0];\n    for (let y = 0; y < rows * height; y++) {\n      for (let x = 0; x < width; x++) {\n        const cell = Math.floor(y / factor) * small[1] + Math.floor(x / factor);\n        for (let c = 0; c < channels; c++) {\n          const channel = (c * factor + y % factor) * factor + x % factor;\n          visit(cell * small[2] + channel, (y * width + x) * channels + c);\n        }\n      }\n    }\n  }\n  function transpose(floats, { from, to, rows, outer, inner }) {\n    for (let row = 0; row < rows; row++) {\n      const base = row * outer * inner;\n      for (let o = 0; o < outer; o++) {\n        for (let i = 0; i < inner; i++) {\n          floats[to + base + i * outer + o] = floats[from + base + o * inner + i];\n        }\n      }\n    }\n  }\n\n  // runtime/operations.ts\n  var SCRATCH = 1 << 18;\n  var product = (shape) => shape.reduce((total, side) => total * side, 1);\n  var IN_PLACE = /* @__PURE__ */ new Set([\n    ...["scale", "leaky_relu", "silu", "sigmoid", "keep", "add"],\n    ...["group_norm", "elu", "clamp", "tanh", "gelu", "softplus"]\n  ]);\n  function valueByValue(change) {\n    return ({ floats }, step, { from, rows }) => each(floats, from, from + rows * step.size, change(step));\n  }\n  var OPERATIONS = {\n    linear({ gemm }, step, { from, to, rows }) {\n      gemm(from, step.panels, step.biasAt, to, rows, step.n, step.k);\n    },\n    conv(kernel, step, { from, to, rows, scratch }) {\n      const [height, width, channels] = step.to;\n      const positions = rows * height * width;\n      const chunk = Math.max(4, Math.floor(SCRATCH / step.k));\n      for (let start = 0; start < positions; start += chunk) {\n        const n = Math.min(chunk, positions - start);\n        gather(kernel.floats, step, { from, scratch, start, n });\n        const target = to + start * channels;\n        kernel.gemm(scratch, step.panels, step.biasAt, target, n, step.n, step.k);\n      }\n    },\n    conv_transpose(kernel, step, { from, to, rows, scratch }) {\n      const { floats } = kernel;\n      const [height, width, channels] = step.from;\n      const outSize = product(step.to);\n      const bias = step.biasValues;\n      for (let i = 0; i < rows * outSize; i++) floats[to + i] = bias[i % bias.length];\n      const positions = rows * height * width;\n      const chunk = Math.max(4, Math.floor(SCRATCH / step.n));\n      for (let start = 0; start < positions; start += chunk) {\n        const n = Math.min(chunk, positions - start);\n        const source = from + start * channels;\n        kernel.gemm(source, step.panels, step.biasAt, scratch, n, step.n, step.k);\n        scatter(floats, step, { to, scratch, start, n });\n      }\n    },\n    upsample({ floats }, step, { from, to, rows }) {\n      const [height, width, channels] = step.from;\n      const [outHeight, outWidth] = step.to;\n      const [sy, sx] = [outHeight / height, outWidth / width];\n      let target = to;\n      for (let y = 0; y < rows * outHeight; y++) {\n        const row = from + Math.floor(y / sy) * width * channels;\n        for (let x = 0; x < outWidth; x++) {\n          const source = row + Math.floor(x / sx) * channels;\n          for (let c = 0; c < channels; c++) floats[target++] = floats[source + c];\n        }\n      }\n    },\n    pixel_shuffle({ floats }, step, { from, to, rows }) {\n      shuffle(step.from, step.to, rows, (small, large) => {\n        floats[to + large] = floats[from + small];\n      });\n    },\n    pixel_unshuffle({ floats }, step, { from, to, rows }) {\n      shuffle(step.to, step.from, rows, (small, large) => {\n        floats[to + small] = floats[from + large];\n      });\n    },\n    to_channels_first({ floats }, step, { from, to, rows }) {\n      transpose(floats, {\n        from,\n        to,\n        rows,\n        outer: step.shape[0] * step.shape[1],\n        inner: step.shape[2]\n      });\n    },\n    to_channels_last({ floats }, step, { from, to, rows }) {\n      transpose(floats, {\n        from,\n        to,\n        rows,\n        outer: step.shape[2],\n        inner: step.shape[0] * step.shape[1]\n      });\n    },\n    scale({ floats }, step, { from, rows }) {\n      const gain = step.panels;\n      for (let i = 0; i < rows * step.size; i++) {\n        const channel = i % step.channels;\n        floats[from + i] = floats[from + i] * floats[gain + channel] + floats[step.biasAt + channel];\n      }\n    },\n    group_norm({ floats }, step, { from, rows }) {\n      const weights = { gain: step.panels, shift: step.biasAt };\n      groupNorm(floats, { from, rows, size: step.size }, step, weights);\n    },\n    max_pool: ({ floats }, step, place) => pool(floats, place, step),\n    avg_pool: ({ floats }, step, place) => pool(floats, place, step),\n    pad: ({ floats }, step, place) => pad(floats, place, step),\n    elu: valueByValue(({ alpha }) => (value) => elu(value, alpha)),\n    clamp: valueByValue(({ low, high }) => (value) => Math.min(Math.max(value, low), high)),\n    tanh: valueByValue(() => Math.tanh),\n    gelu: valueByValue(() => gelu),\n    softplus: valueByValue(() => softplus),\n    leaky_relu({ floats }, step, { from, rows }) {\n      for (let i = from, end = from + rows * step.size; i < end; i++) {\n        if (floats[i] < 0) floats[i] *= step.slope;\n      }\n    },\n    silu({ floats }, step, { from, rows }) {\n      for (let i = from, end = from + rows * step.size; i < end; i++) {\n        floats[i] /= 1 + Math.exp(-floats[i]);\n      }\n    },\n    sigmoid({ floats }, step, { from, rows }) {\n      for (let i = from, end = from + rows * step.size; i < end; i++) {\n        floats[i] = 1 / (1 + Math.exp(-floats[i]));\n      }\n    },\n    keep({ floats }, step, { from, rows, slots }) {\n      floats.copyWithin(slots.get(step.slot), from, from + rows * step.size);\n    },\n    add({ floats }, step, { from, rows, slots }) {\n      const kept = slots.get(step.slot);\n      for (let i = 0; i < rows * step.size; i++) floats[from + i] += floats[kept + i];\n    },\n    concatenate({ floats }, step, { from, to, rows, slots }) {\n      const [own, both] = [step.from[2], step.to[2]];\n      const pixels = rows * step.size / both;\n      const kept = slots.get(step.slot);\n      for (let i = 0; i < pixels; i++) {\n        floats.copyWithin(to + i * both, from + i * own, from + (i + 1) * own);\n        floats.copyWithin(to + i * both + own, kept + i * (both - own), kept + (i + 1) * (both - own));\n      }\n    }\n  };\n\n  // runtime/runtime.ts\n  var RESERVED = 16;\n  var padded = (columns) => Math.ceil(columns / 8) * 8;\n  async function loadNetwork(spec, weights, { batch = 1, simd = true } = {}) {\n    const plan = planMemory(spec, batch);\n    const kernel = await makeKernel(plan.size, { simd });\n    const network2 = new Network(spec, plan, kernel, batch);\n    network2.reload(weights);\n    return network2;\n  }\n  var Network = class {\n    inputSize;\n    outputSize;\n    simd;\n    spec;\n    plan;\n    kernel;\n    batch;\n    constructor(spec, plan, kernel, batch) {\n      this.spec = spec;\n      this.plan = plan;\n      this.kernel = kernel;\n      this.batch = batch;\n      this.inputSize = product(spec.input);\n      this.outputSize = product(spec.output);\n      this.simd = kernel.simd;\n    }\n    /** Whether these are its layers. */\n    isOf(spec) {\n      return JSON.stringify(spec) === JSON.stringify(this.spec);\n    }\n    /** Take other weights for the same layers. */\n    reload(weights) {\n      const { floats } = this.kernel;\n      for (const step of this.plan.steps) if ("weights" in step) placeWeights(floats, step, weights);\n    }\n    /**\n     * Run up to `batch` rows.\n     * @param input - rows x inputSize values\n     * @param visit - shown the intermediate values\n     * @returns rows x outputSize; a view that the next call overwrites\n     */\n    run(input, rows = 1, visit) {\n      const { floats } = this.kernel;\n      const { scratch, slots, steps } = this.plan;\n      let [from, to] = this.plan.buffers;\n      floats.set(input, from);\n      steps.forEach((step, number) => {\n        const operation = OPERATIONS[step.op];\n        operation(this.kernel, step, { from, to, rows, scratch, slots });\n        if (!IN_PLACE.has(step.op)) [from, to] = [to, from];\n        visit?.(number, floats.subarray(from, from + rows * step.size));\n      });\n      return floats.subarray(from, from + rows * this.outputSize);\n    }\n    /** Run any number of rows into a new array. */\n    runAll(input, rows) {\n      const out = new Float32Array(rows * this.outputSize);\n      for (let row = 0; row < rows; row += this.batch) {\n        const n = Math.min(this.batch, rows - row);\n        const part = input.subarray(row * this.inputSize, (row + n) * this.inputSize);\n        out.set(this.run(part, n), row * this.outputSize);\n      }\n      return out;\n    }\n  };\n  function planMemory(spec, batch) {\n    let size = RESERVED;\n    const take = (count) => {\n      const at = size;\n      size += Math.ceil(count / 4) * 4;\n      return at;\n    };\n    let largest = product(spec.input);\n    let current = largest;\n    const kept = /* @__PURE__ */ new Map();\n    const steps = spec.layers.map((layer) => {\n      const [k, n] = matrixShape(layer);\n      const panels = take(k * padded(n));\n      const biasAt = take(padded("to" in layer ? Math.max(n, layer.to[2]) : n));\n      if ("to" in layer) current = product(layer.to);\n      if (layer.op === "linear") current = layer.out;\n      largest = Math.max(largest, current);\n      if (layer.op === "keep") kept.set(layer.slot, Math.max(current, kept.get(layer.slot) ?? 0));\n      return { ...layer, k, n, panels, biasAt, biasValues: new Float32Array(), size: current };\n    });\n    const slots = new Map([...kept].map(([slot, most]) => [slot, take(most * batch)]));\n    const buffers = [take(largest * batch), take(largest * batch)];\n    const widest = Math.max(0, ...steps.map((step) => step.op === "conv" ? step.k : step.n));\n    return { steps, slots, buffers, scratch: take(Math.max(SCRATCH, 4 * widest)), size };\n  }\n  function matrixShape(layer) {\n    switch (layer.op) {\n      case "linear":\n        return [layer.in, layer.out];\n      case "conv":\n        return [product(layer.kernel) * layer.from[2], layer.to[2]];\n      case "conv_transpose":\n        return [layer.from[2], product(layer.kernel) * layer.to[2]];\n      case "scale":\n      case "group_norm":\n        return [1, layer.channels];\n      default:\n        return [0, 0];\n    }\n  }\n  function placeWeights(floats, step, weights) {\n    const { k, n } = step;\n    for (let p = 0; p < k; p++) {\n      for (let j = 0; j < n; j++) {\n        const panel = (j >> 3) * 8 * k;\n        floats[step.panels + panel + p * 8 + (j & 7)] = weights[step.weights + p * n + j];\n      }\n    }\n    const biasSize = step.op === "conv_transpose" ? step.to[2] : n;\n    step.biasValues = weights.slice(step.bias, step.bias + biasSize);\n    if (step.op !== "conv_transpose") floats.set(step.biasValues, step.biasAt);\n  }\n\n  // runtime/workbench.ts\n  var BATCH = 16;\n  var IMAGES_PER_PART = 32;\n  var PLACES_PER_PART = 64;\n  function makeWorkbench(post) {\n    const benches = /* @__PURE__ */ new Map();\n    let jobs = [];\n    let running = false;\n    async function work() {\n      if (running) return;\n      running = true;\n      while (jobs.length) {\n        jobs.sort((a, b) => a.priority - b.priority || a.id - b.id);\n        const job = jobs[0];\n        try {\n          await job.ready;\n          if (jobs.includes(job)) advance(job);\n        } catch (error) {\n          finish(job);\n          post({ id: job.id, failed: error instanceof Error ? error.message : String(error) }, []);\n        }\n        await pause();\n      }\n      running = false;\n    }\n    function advance(job) {\n      const start = job.done;\n      const rows = Math.min(job.perPart, job.rows - start);\n      const size = job.bench.z;\n      const latents = job.latents.subarray(start * size, (start + rows) * size);\n      const values = job.step({ latents, rows, z: size });\n      job.done += rows;\n      const last = job.done >= job.rows;\n      if (last) finish(job);\n      post({ id: job.id, start, rows, values, last }, [values.buffer]);\n    }\n    function finish(job) {\n      jobs = jobs.filter((other) => other !== job);\n    }\n    function load({ model, z, latents, train, errors, all, decoder, encoder }) {\n      const nothing = new Float32Array();\n      const bench = benches.get(model) ?? { z, latents: nothing, errors: nothing, train: nothing };\n      if (train) Object.assign(bench, { latents, train, errors });\n      if (all) bench.all = all;\n      if (decoder) bench.decoderReady = network(bench, "decoder", decoder);\n      if (encoder) bench.encoderReady = network(bench, "encoder", encoder);\n      benches.set(model, bench);\n    }\n    function run({ id, model, task, latents, options, priority = 1 }) {\n      const bench = benches.get(model);\n      if (!bench) throw new Error(`Nothing is known of ${model}.`);\n      const { z } = bench;\n      const axes = options ?? { u: new Float32Array(z), v: new Float32Array(z) };\n      const layer = LAYERS[task];\n      if (!layer && task !== "decode") throw new Error(`There is no layer ${task}.`);\n      jobs.push({\n        ...{ id, bench, latents, priority, done: 0 },\n        rows: latents.length / z,\n        perPart: layer ? PLACES_PER_PART : IMAGES_PER_PART,\n        ready: Promise.all([bench.decoderReady, layer?.runs === "encoder" ? bench.encoderReady : null]),\n        step: layer ? (places) => layer.compute(bench, places, axes) : (places) => asBytes(loaded(bench, "decoder").runAll(places.latents, places.rows))\n      });\n      void work();\n    }\n    return (order) => {\n      if (order.type === "load") load(order);\n      else if (order.type === "run") run(order);\n      else jobs = jobs.filter((job) => job.id !== order.id);\n    };\n  }\n  async function network(bench, name, { spec, weights }) {\n    const there = bench[name];\n    if (there instanceof Network && there.isOf(spec)) there.reload(weights);\n    else bench[name] = await loadNetwork(spec, weights, { batch: BATCH });\n  }\n  function asBytes(values) {\n    return Uint8Array.from(values, (value) => value * 255 + 0.5);\n  }\n  function pause() {\n    return new Promise((resolve) => {\n      const { port1, port2 } = new MessageChannel();\n      port1.onmessage = () => {\n        port1.close();\n        resolve();\n      };\n      port2.postMessage(null);\n    });\n  }\n\n  // runtime/worker.ts\n  var handle = makeWorkbench((answer, transfer) => self.postMessage(answer, { transfer }));\n  self.onmessage = ({ data }) => handle(data);\n})();\n'], { type: "text/javascript" }));
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
function coordinate(dimension) {
  return `z${String(dimension + 1).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)])}`;
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
  const picture2 = context.createImageData(width, height);
  fillPixels(picture2.data, values, 0, width * height, channels);
  context.putImageData(picture2, 0, 0);
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
      const values = places.map((place2) => place2[axis]);
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

// explore/state.ts
var LETTERS = ["A", "B", "C", "D", "E", "F"];
var POINTS = ["dots", "images", "marks", "none"];
var TOOLS = [
  ...["path", "dimensions", "compare", "samples"],
  ...["arithmetic", "reencoding", "rotation"]
];
var ON_BAR = ["path", "dimensions", "compare", "samples"];
var ROUNDS = 50;
var MATCHES = ["quantile", "anchor"];
var SWITCHES = ["even", "fog", "curve", "present"];
function defaults(space) {
  return {
    ...{ points: space.originals ? "images" : "dots", grid: 0, even: false, shade: "none" },
    ...{ fog: false, solo: null, at: null, pins: [], selected: null, tool: null, others: null },
    ...{ match: "anchor", curve: false, over: 0, present: false },
    ...{ loops: [null, null], beside: null, round: 0, angle: 0 },
    plane: { kind: space.z > 2 ? "principal" : "native", i: 0, j: 1 }
  };
}
var lastLetter = (pins) => pins.length ? pins[pins.length - 1].letter : null;

// explore/address.ts
var LONGEST = 480;
var PLAIN = ["points", "shade", "tool", "match", "grid", "over", "solo", "round", "angle"];
var LOOPS = ["loop1", "loop2"];
var MOST_CORNERS = 40;
var NAMES = [
  ...["points", "grid", "even", "shade", "fog", "solo", "plane", "at", "pin", ...LETTERS],
  ...["tool", "with", "match", "curve", "over", "present"],
  ...["loop1", "loop2", "beside", "round", "angle"]
];
var Reader = class {
  problems = [];
  given;
  constructor(search) {
    this.given = new URLSearchParams(search);
  }
  /** The value of a name, as `parse` understands it; the other one where it is absent or wrong. */
  read(name, otherwise, parse, valid) {
    const text = this.given.get(name);
    if (text === null) return otherwise;
    const value = parse(text);
    if (value === void 0) this.problems.push(`The link says ${name}=${clip(text)}; ${valid}.`);
    return value ?? otherwise;
  }
  /** A whole number that is brought into its range; 0 is "off". */
  clamped(name, least, most, unit2) {
    const parse = (text) => Number.isFinite(Number(text || NaN)) ? Number(text) : void 0;
    const number = this.read(name, 0, parse, `it is ${least} to ${most} ${unit2}`);
    if (number === 0) return 0;
    const value = Math.round(clamp(number, least, most));
    if (value !== number) {
      this.problems.push(`The link asks for ${number} ${unit2}; shown are ${value}.`);
    }
    return value;
  }
  /** The corners of a loop, or null. */
  loop(name) {
    const parse = (text) => {
      const numbers = text.split("_").map((part) => part === "" ? NaN : Number(part));
      const fine = numbers.every(Number.isFinite) && numbers.length % 2 === 0 && numbers.length >= 6;
      return fine ? numbers.slice(0, 2 * MOST_CORNERS) : void 0;
    };
    return this.read(name, null, parse, "a loop is x_y of three corners or more");
  }
  /** A latent under a letter, or null. */
  latent(letter, size) {
    const text = this.given.get(letter);
    const z = text === null ? null : readLatent(text, size);
    if (typeof z !== "string") return z;
    this.problems.push(`Pin ${letter} of the link ${z}.`);
    return null;
  }
};
function readAddress(search, space) {
  const from = new Reader(search);
  const plain = defaults(space);
  const layers = layerChoices().map(({ name }) => name);
  const flag = (name) => from.read(name, false, (text) => ({ 0: false, 1: true })[text], "it is 0 or 1");
  const pins = LETTERS.flatMap((letter) => {
    const z = from.latent(letter, space.z);
    return z ? [{ letter, z }] : [];
  });
  const solo = (text) => whole(text, 0, space.class_names.length - 1);
  const state = {
    points: from.read("points", plain.points, oneOf(POINTS), `points are one of ${POINTS.join(", ")}`),
    shade: from.read("shade", "none", oneOf(layers), "there is no such layer"),
    tool: from.read("tool", null, oneOf(TOOLS), `tools are ${TOOLS.join(", ")}`),
    match: from.read("match", plain.match, oneOf(MATCHES), "a match is quantile or anchor"),
    grid: from.clamped("grid", 10, 40, "tiles a side"),
    over: from.clamped("over", 0, 50, "per cent"),
    ...{ even: flag("even"), fog: flag("fog"), curve: flag("curve"), present: flag("present") },
    solo: from.read("solo", null, solo, "there is no such class"),
    plane: from.read("plane", plain.plane, (text) => readPlane(text, space), "there is no such plane here"),
    at: from.read("at", null, readView, "a view is x_y_closeness"),
    round: from.clamped("round", 0, ROUNDS, "rounds"),
    angle: from.clamped("angle", 0, 90, "degrees"),
    loops: [from.loop(LOOPS[0]), from.loop(LOOPS[1])],
    beside: from.read("beside", null, (text) => text.split(".").map(decodeName), ""),
    others: from.read("with", null, (text) => text.split(".").map(decodeName), ""),
    pins,
    selected: lastLetter(pins)
  };
  const chosen = new URLSearchParams(search).get("pin");
  if (pins.some(({ letter }) => letter === chosen)) state.selected = chosen;
  return { state, problems: from.problems };
}
function writeAddress(state, space) {
  const plain = defaults(space);
  const values = Object.fromEntries(NAMES.map((name) => [name, null]));
  for (const name of PLAIN) if (state[name] !== plain[name]) values[name] = String(state[name]);
  for (const name of SWITCHES) if (state[name]) values[name] = "1";
  if (state.plane.kind === "dimensions") values.plane = `${state.plane.i + 1}_${state.plane.j + 1}`;
  if (state.at) values.at = state.at.map(short).join("_");
  state.loops.forEach((loop, i) => {
    if (loop) values[LOOPS[i]] = loop.map(short).join("_");
  });
  if (state.beside?.length) values.beside = state.beside.map(encodeName).join(".");
  if (state.others?.length) values.with = state.others.map(encodeName).join(".");
  for (const { letter, z } of state.pins) {
    const text = Array.from(z, short).join("_");
    values[letter] = text.length <= LONGEST ? text : null;
  }
  if (state.selected && state.selected !== lastLetter(state.pins)) values.pin = state.selected;
  return values;
}
function readLatent(text, size) {
  const numbers = text.split("_").map((part) => part.trim() === "" ? NaN : Number(part));
  if (!numbers.every(Number.isFinite)) return "holds something that is not a number";
  if (numbers.length !== size) return `has ${numbers.length} dimensions, but this network has ${size}`;
  return Float32Array.from(numbers, (value) => clamp(value, -1e4, 1e4));
}
function readPlane(text, space) {
  const [i, j] = text.split("_").map((part) => whole(part, 1, space.z));
  if (space.z <= 2 || i === void 0 || j === void 0 || i === j) return void 0;
  return { kind: "dimensions", i: i - 1, j: j - 1 };
}
function readView(text) {
  const [x, y, closeness, ...rest] = text.split("_").map(Number);
  const fine = [x, y, closeness].every(Number.isFinite) && closeness > 0 && !rest.length;
  return fine ? [x, y, closeness] : void 0;
}
function whole(text, least, most) {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : void 0;
}
var oneOf = (list) => (text) => list.find((name) => name === text);
var clip = (text) => text.length > 40 ? `${text.slice(0, 40)}…` : text;
var short = (value) => String(Number(value.toPrecision(4)));
var encodeName = (name) => name.replaceAll(".", "*");
var decodeName = (text) => text.replaceAll("*", ".");

// explore/addressbar.ts
var WRITE_AFTER = 80;
var TELL_AFTER = 300;
var AddressBar = class {
  model;
  push = false;
  values = null;
  // what is about to be written
  slid = "";
  // what was moved last, if nothing else happened since
  turn = 0;
  writeSoon = debounce(() => this.writeNow(), WRITE_AFTER);
  tellSoon = debounce(() => this.tellPython(), TELL_AFTER);
  constructor(model) {
    this.model = model;
  }
  /** Write what is chosen, soon; one step back for each action. */
  write(history2, what = /* @__PURE__ */ new Set()) {
    const slid = history2 === "slide" ? [...what].join() : "";
    const isStep = history2 !== "replace" && (!slid || slid !== this.slid);
    if (isStep && this.push) this.writeNow();
    if (isStep) this.push = true;
    if (history2 !== "replace") this.slid = slid;
    this.values = this.current();
    this.writeSoon();
  }
  current() {
    return writeAddress(this.model.state, this.model.space);
  }
  writeNow() {
    this.writeSoon.cancel();
    const { push, values } = this;
    this.push = false;
    this.values = null;
    if (putIntoAddress(values ?? this.current(), push)) this.tellSoon();
  }
  /** Streamlit keeps an address of its own and would write that again. */
  tellPython() {
    this.turn += 1;
    tell("address", { ...this.current(), turn: this.turn });
  }
  /** Call back with an address when the visitor goes back or forward. */
  watch(follow) {
    const back = () => {
      this.writeSoon.cancel();
      this.push = false;
      this.values = null;
      this.slid = "";
      follow(location.search);
    };
    window.addEventListener("popstate", back);
    const giveBack = ownInAddress(NAMES);
    return () => {
      giveBack();
      this.writeSoon.cancel();
      this.tellSoon.cancel();
      window.removeEventListener("popstate", back);
    };
  }
  async copy() {
    this.writeNow();
    try {
      await navigator.clipboard.writeText(location.href);
      this.model.canvas.say("The link is copied. It shows exactly this view.");
    } catch {
      this.model.canvas.say(`Copy this link: ${location.href}`);
    }
  }
};

// explore/controls.ts
var POINT_WORDS = {
  images: { text: "Images", title: "Each image at its latent, where there is room; otherwise a dot" },
  dots: { text: "Dots", title: "One dot for each image, in the color of its class" },
  marks: { text: "Labels", title: "The class label of each image, or a marker for each class" },
  none: { text: "Off", title: "No points" }
};
var TOOL_WORDS = {
  path: { title: "Path", help: "Interpolate between pin A and pin B" },
  dimensions: { title: "Dimensions", help: "Change one latent dimension at a time" },
  compare: { title: "Compare", help: "The same image in several networks" },
  samples: { title: "Samples", help: "Decode random latents" },
  arithmetic: { title: "Latent arithmetic", help: "A − B + C, beside a random direction and the same sum in pixel space" },
  reencoding: { title: "Re-encoding", help: "Decode, encode, decode … 50 times" },
  rotation: { title: "Rotate the axes", help: "What a single axis encodes depends on the seed" }
};
var TERMS = {
  dimensions: "Traversal",
  arithmetic: "Latent arithmetic",
  reencoding: "Re-encoding",
  rotation: "Rotation of the axes"
};
var helpOf = (tool, space) => [TOOL_WORDS[tool].help, space.meaning(TERMS[tool] ?? "")].filter(Boolean).join(". ");
var FIRST_GRID = 20;
var Controls = class {
  element;
  model;
  points;
  tools;
  gridButton;
  gridSize;
  gridNumber = h("output");
  gridSlider;
  constructor(model, menu) {
    this.model = model;
    this.points = this.pointsControl();
    this.tools = this.toolButtons();
    this.gridButton = h(
      "button",
      {
        "aria-label": "Decoded grid",
        title: "Cover the map with images that the network decodes",
        onclick: () => model.set({ grid: model.state.grid ? 0 : FIRST_GRID })
      },
      h("span", { class: "wide", text: "Decoded " }),
      "grid"
    );
    this.gridSize = h("input", {
      ...{ type: "range", min: 10, max: 40, title: "Tiles per side" },
      "aria-label": "tiles per side",
      oninput: () => model.set({ grid: Number(this.gridSize.value) }, "slide")
    });
    this.gridSlider = h("label", { class: "slider" }, this.gridSize, this.gridNumber);
    this.element = h(
      "div",
      { class: "bar", role: "toolbar", "aria-label": "what the map shows" },
      this.points,
      h("div", { class: "group" }, this.gridButton, this.gridSlider),
      h("span", { class: "space" }),
      this.tools,
      menu.element
    );
    this.update();
  }
  pointsControl() {
    const offered = POINTS.filter((value) => value !== "images" || this.model.space.originals);
    const buttons = offered.map(
      (value) => h("button", {
        ...POINT_WORDS[value],
        "data-value": value,
        onclick: () => this.model.set({ points: value })
      })
    );
    return h("div", { class: "group", role: "group", "aria-label": "draw the points as" }, ...buttons);
  }
  toolButtons() {
    const buttons = ON_BAR.map(
      (tool) => h("button", {
        "data-value": tool,
        text: TOOL_WORDS[tool].title,
        title: helpOf(tool, this.model.space),
        onclick: () => this.model.set({ tool: this.model.state.tool === tool ? null : tool })
      })
    );
    return h("div", { class: "group tools", role: "group", "aria-label": "tools" }, ...buttons);
  }
  update() {
    const { state } = this.model;
    press(this.points, state.points);
    press(this.tools, state.tool);
    this.gridButton.setAttribute("aria-pressed", String(state.grid > 0));
    this.gridSlider.hidden = !state.grid;
    this.gridSize.value = String(state.grid || FIRST_GRID);
    this.gridNumber.textContent = String(state.grid || "");
  }
};
function press(group, value) {
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.value === value));
  }
}

// explore/cursor.ts
var PICK = 14;
var PICK_EVERY = 50;
var SPEAK_AFTER = 250;
var Cursor = class {
  place = null;
  hovered = -1;
  shown;
  model;
  view;
  followers;
  pointer = null;
  picked = 0;
  speak = debounce((text) => this.followers.speak(text), SPEAK_AFTER);
  constructor(model, view, followers) {
    this.model = model;
    this.view = view;
    this.followers = followers;
    this.shown = this.atRest();
  }
  /** The pointer is over the map: decode there, at the next frame. */
  hover(px, py) {
    this.pointer = { px, py };
    this.model.canvas.repaint("pointer");
  }
  /** The pointer has left the map for good. */
  leave() {
    this.pointer = null;
    this.place = null;
    this.point(-1);
    this.rest();
    this.model.canvas.repaint("overlay");
  }
  followPointer() {
    if (!this.pointer) return;
    const { px, py } = this.pointer;
    this.move(...this.view.toMap(px, py));
    const now = performance.now();
    if (now - this.picked < PICK_EVERY) return;
    this.picked = now;
    this.point(this.followers.pick(px, py, PICK));
  }
  /** Put the cursor on a map place and show what is there, or the latent that stands for it. */
  move(x, y, shown) {
    this.place = { x, y };
    this.show(shown ?? { z: this.model.plane.lift(x, y), where: this.whereWords() });
    this.model.canvas.repaint("overlay");
  }
  whereWords() {
    return this.model.slice ? "On the slice, at the cursor" : "At the cursor";
  }
  show(shown) {
    this.shown = shown;
    this.followers.show(shown);
  }
  /** Show what is shown while nobody points. */
  rest() {
    this.show(this.atRest());
  }
  /** The chosen pin, else an image that was learned from. */
  atRest() {
    const { space, chosenPin: pin } = this.model;
    if (pin) return { z: pin.z, where: `Pin ${pin.letter}` };
    return { z: space.latent(space.train[0]), where: "Reconstruction of a training image" };
  }
  /** Move by keys, so many pixels, and say where that leads. */
  step(dx, dy) {
    const { view } = this;
    const from = this.place ?? this.middle();
    const [px, py] = view.toScreen(from.x, from.y);
    const [x, y] = view.toMap(clamp(px + dx, 0, view.width), clamp(py + dy, 0, view.height));
    this.pointer = null;
    this.move(x, y);
    this.point(-1);
    this.speak(this.inWords(x, y));
  }
  inWords(x, y) {
    const { space } = this.model;
    const [{ row, distance: distance2 }] = space.nearest(this.shown.z);
    const name = space.className(row);
    const nearest = `Nearest ${name ? `class ${name}` : "image"}, distance ${figure(distance2)}.`;
    const far = space.isFar(distance2) ? " No training image near." : "";
    return `${figure(x)}, ${figure(y)}. ${nearest}${far}`;
  }
  middle() {
    const [x, y] = this.view.toMap(this.view.width / 2, this.view.height / 2);
    return { x, y };
  }
  /** Make sure that the cursor is on the map. */
  settle() {
    if (this.place) return;
    const { x, y } = this.middle();
    this.move(x, y);
  }
  point(row) {
    if (row === this.hovered) return;
    this.hovered = row;
    this.followers.point(row);
    this.model.canvas.repaint("overlay");
  }
};

// lib/term.ts
var MARGIN = 8;
var WIDEST2 = 340;
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
  const width = Math.min(WIDEST2, window.innerWidth - 2 * MARGIN);
  style.maxWidth = `${width}px`;
  style.left = `${clamp(left, MARGIN, window.innerWidth - width - MARGIN)}px`;
  const isLow = bottom > window.innerHeight / 2;
  style.top = isLow ? "auto" : `${bottom + MARGIN / 2}px`;
  style.bottom = isLow ? `${window.innerHeight - top + MARGIN / 2}px` : "auto";
}

// explore/drawer.ts
var Drawer = class {
  element = h("section", { class: "drawer", hidden: true });
  refresh = debounce(() => this.fill(), 0);
  // several changes at once fill it once
  model;
  tools;
  key = "";
  open = null;
  constructor(model, tools) {
    this.model = model;
    this.tools = tools;
  }
  /** The tool that is open. */
  get tool() {
    const { tool } = this.model.state;
    return tool && this.tools[tool];
  }
  fill() {
    const { state, theme, canvas } = this.model;
    const { tool, element } = this;
    if (tool !== this.open) this.open?.leave?.();
    this.open = tool;
    element.hidden = !tool;
    const key = tool && state.tool ? `${state.tool} ${theme.dark} ${tool.key}` : "";
    if (key !== this.key) {
      this.key = key;
      if (tool && state.tool) this.show(state.tool, tool);
      else element.replaceChildren();
    } else tool?.update?.();
    canvas.repaint("overlay");
  }
  show(name, tool) {
    const { element } = this;
    const { controls, content } = tool.build();
    const scrolled = element.querySelector(".content")?.scrollTop ?? 0;
    const close = () => this.model.set({ tool: null });
    const header = h(
      "header",
      {},
      h("h2", {}, explained(TOOL_WORDS[name].title, helpOf(name, this.model.space))),
      ...controls,
      h("button", { class: "close", "aria-label": "close", text: "×", onclick: close })
    );
    const body = h("div", { class: "content" }, ...content);
    element.className = `drawer ${name}`;
    element.replaceChildren(header, body);
    body.scrollTop = scrolled;
  }
  stop() {
    this.refresh.cancel();
    this.open?.leave?.();
  }
};

// explore/engine.ts
var ROWS_PER_QUESTION = 128;
var Engine = class {
  network = null;
  encoder = null;
  space;
  jobs;
  answers = /* @__PURE__ */ new Map();
  // id -> callback, of the server
  waiting = /* @__PURE__ */ new Map();
  // by channel
  pinned = /* @__PURE__ */ new WeakMap();
  // what pins decoded to
  asked = null;
  session = Math.random().toString(36).slice(2);
  // old answers are not for this page
  nextId = 1;
  constructor(space, jobs) {
    this.space = space;
    this.jobs = jobs;
  }
  async start(weights) {
    const { decoder } = this.space;
    if (decoder && weights) this.network = await loadNetwork(decoder, weights);
  }
  /** The encoder arrives after the first picture. */
  async startEncoder(spec, weights) {
    this.encoder = await loadNetwork(spec, weights);
  }
  get isRemote() {
    return !this.space.decoder;
  }
  /** Whether the fast matrix product is at work. */
  get isFast() {
    return !this.network || this.network.simd;
  }
  /**
   * Decode one latent.
   * @param show - called at once, or when the server has answered; not called if a newer question on
   *   the same channel replaced this one
   */
  decode(z, show, channel = "cursor") {
    if (this.network) show(this.network.run(z));
    else if (this.isRemote) this.ask(channel, Float32Array.from(z), ({ values }) => show(values));
  }
  /** Decode a pin's latent, which never changes: once, however often and wherever it is shown. */
  decodePin(z, show, channel) {
    const known = this.pinned.get(z);
    if (known) {
      show(known);
      return;
    }
    const keep = (values) => {
      const own = values.slice();
      this.pinned.set(z, own);
      show(own);
    };
    this.decode(z, keep, channel);
  }
  /** Decode many latents in the worker (or on the server), in parts. */
  decodeMany(channel, latents, onPart) {
    if (this.isRemote) this.askParts(channel, latents, onPart);
    else this.jobs.run(channel, { model: this.space.name, task: "decode", latents }, onPart);
  }
  /** Encode one image; null until the encoder has arrived. */
  encode(values) {
    return this.encoder ? this.encoder.run(values).slice(0, this.space.z) : null;
  }
  /** Many latents go to the server in parts, one after the other. */
  askParts(channel, latents, onPart, start = 0) {
    const { z } = this.space;
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
    const next2 = this.waiting.entries().next().value;
    if (this.asked !== null || !next2) return;
    const [channel, { latents, onPart }] = next2;
    this.waiting.delete(channel);
    this.asked = `${this.session}-${this.nextId++}`;
    this.answers.set(this.asked, onPart);
    tell("ask", { id: this.asked, latents: [...latents] });
  }
  answer({ header, arrays }) {
    const onPart = this.answers.get(header.answer);
    if (!onPart) return;
    this.answers.delete(header.answer);
    this.asked = null;
    onPart({ start: 0, rows: header.rows, values: arrays.images, last: true });
    this.askNext();
  }
};

// lib/arrows.ts
var ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
};

// explore/keyboard.ts
var STEP2 = 14;
var FINE = 2;
var KEYS = [
  ["Arrows", "move the cursor (with Shift: in small steps)"],
  ["Enter", "pin this latent"],
  ["A and B", "set the two ends of a path"],
  ["Space", "play the path"],
  ["L", "latent arithmetic: begin a loop, close it; Enter sets its corners"],
  ["0 to 9", "show one class alone"],
  ["+ and −", "zoom; F fits the whole map"],
  ["Delete", "remove the chosen pin"],
  ["Escape", "close what is open, then remove the pins"],
  ["?", "this card"]
];
var ACTIONS = {
  Enter: (actions) => actions.pin(),
  " ": (actions) => actions.play(),
  a: (actions) => actions.pin("A"),
  b: (actions) => actions.pin("B"),
  f: (actions) => actions.fit(),
  l: (actions) => actions.lasso(),
  "+": (actions) => actions.zoom(1.25),
  "=": (actions) => actions.zoom(1.25),
  "-": (actions) => actions.zoom(0.8),
  Delete: (actions) => actions.removePin(),
  Backspace: (actions) => actions.removePin(),
  Escape: (actions) => actions.escape(),
  "?": (actions) => actions.help()
};
function listenToKeys(actions, element) {
  element.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(actions, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
}
function act(actions, { key, shiftKey }) {
  const arrow = ARROWS[key];
  if (arrow) {
    const step = shiftKey ? FINE : STEP2;
    actions.step(arrow[0] * step, arrow[1] * step);
    return true;
  }
  if (/^\d$/.test(key)) {
    actions.solo(Number(key));
    return true;
  }
  const action = ACTIONS[key.length === 1 ? key.toLowerCase() : key];
  action?.(actions);
  return action !== void 0;
}

// explore/help.ts
var GESTURES = [
  ["Move", "decode the latent under the pointer"],
  ["Click", "pin; a second pin makes a path"],
  ["Drag", "move the map, or a pin"],
  ["Wheel, pinch", "zoom"],
  ["One finger", "decode; tap to pin; two fingers move and zoom"]
];
var CODE = `z = plane.origin + x * plane.axes[0] + y * plane.axes[1]
image = torch.sigmoid(model.decoder(z[None]))[0]
distances = (index.latents - z).square().sum(1).sqrt()
nearest = distances.argmin()
re_encoding_distance = (model.encoder(image[None])[0, :len(z)] - z).norm()`;
function helpCard(close) {
  const rows = (pairs) => pairs.map(([key, text]) => h("div", {}, h("dt", { text: key }), h("dd", { text })));
  return h(
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
}

// explore/inbox.ts
function makeInbox(space, takers) {
  const takes = (kind) => Object.hasOwn(takers, kind);
  return (id, bytes) => {
    const [kind, name] = id.split(" ");
    if (!takes(kind)) return false;
    const others = { network: space.others, reencoder: space.reencoders }[kind];
    const isMine = others ? others.some((each2) => each2.fingerprint === name) : name === space.fingerprint;
    if (!isMine) return false;
    const take = takers[kind];
    take(unpack(bytes));
    return kind === "answer" || kind === "address";
  };
}

// explore/lattice.ts
var MOST_TILE_PIXELS = 32;
var Mosaic = class {
  canvas = h("canvas");
  stamp = h("canvas");
  columns;
  tile;
  image;
  constructor(image, columns, rows, tile) {
    this.image = image;
    this.columns = columns;
    this.tile = tile;
    [this.canvas.width, this.canvas.height] = [columns * tile, rows * tile];
    [this.stamp.height, this.stamp.width] = image;
  }
  /** Lay down images from the place `start` on. */
  take({ start, rows, values }) {
    const [height, width, channels] = this.image;
    const context = contextOf(this.canvas);
    const stamp = contextOf(this.stamp);
    const picture2 = stamp.createImageData(width, height);
    const factor = this.tile / Math.max(width, height);
    const [w, tall] = [width * factor, height * factor];
    for (let i = 0; i < rows; i++) {
      fillPixels(picture2.data, values, i * width * height * channels, width * height, channels);
      stamp.putImageData(picture2, 0, 0);
      const x = (start + i) % this.columns * this.tile + (this.tile - w) / 2;
      const y = Math.floor((start + i) / this.columns) * this.tile + (this.tile - tall) / 2;
      context.drawImage(this.stamp, x, y, w, tall);
    }
  }
};
var Lattice = class {
  laid = null;
  model;
  jobs;
  constructor(model, jobs) {
    this.model = model;
    this.jobs = jobs;
  }
  /** Decode the grid anew in the worker; it fills in row by row. */
  rebuild() {
    const { state, extent, plane, space, canvas } = this.model;
    this.jobs.cancel("lattice");
    this.laid = null;
    if (!state.grid || !space.decoder) return;
    const { box, columns, rows } = squareCells(extent, state.grid);
    const tile = Math.min(MOST_TILE_PIXELS, Math.max(space.image[0], space.image[1]));
    const mosaic = new Mosaic(space.image, columns, rows, tile);
    this.laid = { canvas: mosaic.canvas, box };
    const latents = gridLatents(plane, box, columns, rows);
    this.jobs.run("lattice", { model: space.name, task: "decode", latents }, (part) => {
      mosaic.take(part);
      canvas.repaint("map");
    });
  }
};
function squareCells({ left, right, bottom, top }, perSide) {
  const [width, height] = [right - left, top - bottom];
  const cell = Math.max(width, height) / perSide;
  const columns = Math.max(1, Math.round(width / cell));
  const rows = Math.max(1, Math.round(height / cell));
  const [x, y] = [(columns * cell - width) / 2, (rows * cell - height) / 2];
  return { box: { left: left - x, right: right + x, bottom: bottom - y, top: top + y }, columns, rows };
}
function gridLatents(plane, box, columns, rows) {
  const size = plane.origin.length;
  const latents = new Float32Array(columns * rows * size);
  const stepX = (box.right - box.left) / columns;
  const stepY = (box.top - box.bottom) / rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const z = plane.lift(box.left + (column + 0.5) * stepX, box.top - (row + 0.5) * stepY);
      latents.set(z, (row * columns + column) * size);
    }
  }
  return latents;
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
function markElement({ label, names, theme }) {
  const color = classColor(theme, label);
  if (namedByLetters(names)) {
    return h("span", { class: "mark", style: `background:${color}`, "aria-hidden": "true" });
  }
  const marker = h("path", { d: markerOf(label), fill: color });
  return h("svg", { viewBox: "-1.4 -1.4 2.8 2.8", class: "marker", "aria-hidden": "true" }, marker);
}

// explore/legend.ts
var MOST_CLASSES = 24;
var Legend = class {
  classes = h("div", { class: "legend", role: "group", "aria-label": "classes" });
  scale = h("div", { class: "scale", hidden: true });
  model;
  solo;
  constructor(model, solo) {
    this.model = model;
    this.solo = solo;
    this.restyle();
  }
  /** Take the colors of the theme. */
  restyle() {
    const { space, theme } = this.model;
    const names = space.class_names;
    const entries = names.slice(0, MOST_CLASSES).map(
      (name, label) => h(
        "button",
        { "data-value": label, title: `Show only ${name}`, onclick: () => this.solo(label) },
        markElement({ label, names, theme }),
        h("span", { text: name })
      )
    );
    const rest = names.length - entries.length;
    if (rest > 0) entries.push(h("span", { class: "rest", text: `and ${rest} more` }));
    this.classes.replaceChildren(...entries);
    this.update();
  }
  update() {
    const { solo } = this.model.state;
    press(this.classes, solo === null ? null : String(solo));
  }
  /** Show the layer's color scale, with what its two ends mean. */
  rescale([low, high]) {
    const { state, theme } = this.model;
    const layer = LAYERS[state.shade];
    this.scale.hidden = !layer;
    if (!layer) return;
    this.scale.replaceChildren(
      h("span", { text: `${layer.ends[0]} ${low}` }),
      h("i", { class: theme.dark ? "ramp dark" : "ramp" }),
      h("span", { text: `${high} ${layer.ends[1]}` })
    );
  }
};

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
        const isInside2 = x > -margin && x < screen.width + margin;
        if (isInside2 && y > -margin && y < screen.height + margin) visit(row, x, y);
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
  const distance2 = (row, x, y) => Math.hypot(places[2 * row] - x, places[2 * row + 1] - y);
  const leads = (label, at, least) => {
    const near = rows.filter((row) => distance2(row, places[2 * at], places[2 * at + 1]) <= radius);
    const lead = near.reduce((sum, row) => sum + (labels[row] === label ? 1 : -1), 0);
    return lead >= Math.max(1, least) && lead >= CLEARLY * near.length;
  };
  return present.sort((a, b) => a - b).flatMap((label) => {
    const own = rows.filter((row) => labels[row] === label);
    const [x, y] = [0, 1].map((axis) => median(own.map((row) => places[2 * row + axis])));
    const some = own.filter((_, i) => i % Math.ceil(own.length / CANDIDATES) === 0);
    some.sort((a, b) => distance2(a, x, y) - distance2(b, x, y));
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

// explore/mapview.ts
var QUICK = 12;
var SETTLE = 140;
var TICK_PIXELS = 130;
var CROWDED = 3e3;
var MapView = class {
  canvas = h("canvas", { class: "lower" });
  needs;
  context = contextOf(this.canvas, { alpha: false });
  scatter;
  snapshot = h("canvas");
  snapshotIsOld = true;
  painted = null;
  cost = 0;
  ratio = 1;
  settle;
  constructor(needs) {
    this.needs = needs;
    const { places, space } = needs.model;
    this.scatter = new ScatterPainter(places, space.labels, space.class_names);
  }
  resize(width, height, ratio) {
    this.ratio = ratio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.painted = null;
  }
  stop() {
    clearTimeout(this.settle);
  }
  /** Paint for the current view: in full where that is quick, else moved now and in full soon. */
  paint({ moving = false } = {}) {
    clearTimeout(this.settle);
    if (moving && this.painted && this.cost > QUICK) {
      this.paintMoved(this.painted);
      this.settle = setTimeout(() => this.paint(), SETTLE);
      return;
    }
    const start = performance.now();
    this.paintFull();
    this.cost = performance.now() - start;
    this.painted = this.needs.view.copy();
    this.snapshotIsOld = true;
  }
  paintMoved(old) {
    if (this.snapshotIsOld) {
      [this.snapshot.width, this.snapshot.height] = [this.canvas.width, this.canvas.height];
      contextOf(this.snapshot).drawImage(this.canvas, 0, 0);
      this.snapshotIsOld = false;
    }
    const { view } = this.needs;
    const [left, top] = view.toScreen(...old.toMap(0, 0));
    const factor = view.scale / old.scale;
    this.clear();
    this.context.drawImage(this.snapshot, left, top, old.width * factor, old.height * factor);
  }
  clear() {
    const { view, model } = this.needs;
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.globalAlpha = 1;
    this.context.fillStyle = model.theme.background;
    this.context.fillRect(0, 0, view.width, view.height);
  }
  paintFull() {
    const { model, lattice, shading } = this.needs;
    const { grid, shade, fog } = model.state;
    this.clear();
    if (grid) this.lay(lattice.laid, 1);
    if (shade !== "none") this.lay(shading.shade, grid ? 0.6 : 0.85);
    if (fog) this.lay(shading.fog, 1);
    this.paintAxes();
    this.paintPoints();
  }
  /** Lay a picture over the part of the map that it covers. */
  lay(laid, alpha) {
    if (!laid) return;
    const { view } = this.needs;
    const { left, top, right, bottom } = laid.box;
    const [x0, y0] = view.toScreen(left, top);
    const [x1, y1] = view.toScreen(right, bottom);
    const isGrid = laid === this.needs.lattice.laid;
    const enlarging = x1 - x0 > laid.canvas.width / this.ratio;
    this.context.imageSmoothingEnabled = !isGrid || !enlarging;
    this.context.imageSmoothingQuality = "high";
    this.context.globalAlpha = alpha;
    this.context.drawImage(laid.canvas, x0, y0, x1 - x0, y1 - y0);
    this.context.globalAlpha = 1;
  }
  // ---- axes --------------------------------------------------------------------------------------
  paintAxes() {
    const { view, model } = this.needs;
    const { plane, state } = model;
    const step = niceStep(TICK_PIXELS / view.scale);
    const [west, south] = view.toMap(0, view.height);
    const [east, north] = view.toMap(view.width, 0);
    const [xs, ys] = [ticks(west, east, step), plane.isLine ? [] : ticks(south, north, step)];
    const busy = state.grid > 0 || state.shade !== "none";
    for (const x of xs) this.axisLine(view.toScreen(x, 0)[0], true, x === 0, busy);
    for (const y of ys) this.axisLine(view.toScreen(0, y)[1], false, y === 0, busy);
    if (!busy && !plane.byQuantile) this.axisWords(xs, ys);
  }
  /** Numbers along the axes, and what the axes are. */
  axisWords(xs, ys) {
    const { context } = this;
    const { view, room, model } = this.needs;
    const { theme, plane } = model;
    context.font = "14px ui-sans-serif, system-ui, sans-serif";
    context.textBaseline = "alphabetic";
    context.fillStyle = theme.muted;
    context.textAlign = "center";
    const labelY = view.height - room.bottom - 8;
    for (const x of xs) {
      const [at] = view.toScreen(x, 0);
      if (at > 60 && at < view.width - 170) context.fillText(written2(x), at, labelY);
    }
    context.textAlign = "right";
    context.fillText(`${plane.names[0]} →`, view.width - 12, labelY);
    context.textAlign = "left";
    if (plane.isLine) return;
    context.fillText(`↑ ${plane.names[1]}`, 10, room.top + 14);
    for (const y of ys) {
      const [, at] = view.toScreen(0, y);
      if (at > room.top + 40 && at < labelY - 30) context.fillText(written2(y), 10, at - 4);
    }
  }
  axisLine(at, upright, isZero, busy) {
    const { context } = this;
    const { view, model } = this.needs;
    context.lineWidth = 1;
    context.strokeStyle = model.theme.line;
    context.globalAlpha = busy ? isZero ? 0.35 : 0 : isZero ? 1 : 0.45;
    context.beginPath();
    const place2 = Math.round(at) + 0.5;
    if (upright) context.rect(place2, 0, 0, view.height);
    else context.rect(0, place2, view.width, 0);
    context.stroke();
    context.globalAlpha = 1;
  }
  // ---- points ------------------------------------------------------------------------------------
  paintPoints() {
    const { view, model, thumbs } = this.needs;
    const { state, theme, space } = model;
    if (this.scatter.places !== model.places) this.scatter.places = model.places;
    if (state.points === "none") return;
    if (state.points === "images" && thumbs.ready) this.paintImages();
    else {
      const kind = state.points === "marks" ? "marker" : "dot";
      const base = kind === "marker" ? 5 : 3.2 * (space.n > 4e3 ? 0.8 : 1);
      const radius = Math.round(2 * base * clamp(view.closeness ** 0.3, 0.8, 2)) / 2;
      const marks = { kind, radius, alpha: state.grid ? 0.6 : 0.9, solo: state.solo };
      this.scatter.paint(this.context, view, theme, marks);
    }
    if (!state.grid) this.scatter.paintNames(this.context, view, theme, state.solo);
  }
  /** Half of an image's side where everything is in view, in pixels. */
  get reach() {
    return Math.max(...this.needs.thumbs.tile) * this.scaleOf(1) * 0.5;
  }
  scaleOf(closeness) {
    return clamp(closeness ** 0.5 * (this.needs.model.space.n > CROWDED ? 0.65 : 0.8), 0.5, 2.5);
  }
  /** Draw the images that fit beside each other, and dots for the others: closer, more of them fit. */
  paintImages() {
    const { context } = this;
    const { model, view, thumbs } = this.needs;
    const { theme, places, state } = model;
    const { solo } = state;
    const atlas = thumbs.pointAtlas(theme);
    const [width, height] = thumbs.tile;
    const factor = this.scaleOf(view.closeness);
    const [w, tall] = [width * factor, height * factor];
    const side = Math.max(w, tall);
    const taken = /* @__PURE__ */ new Set();
    const chosen = [];
    this.scatter.eachVisible(view, side, solo, (row, x, y) => {
      if (!this.scatter.isLit(row, solo)) return;
      const column = Math.floor(places[2 * row] * view.scale / (0.8 * side));
      const line = Math.floor(places[2 * row + 1] * view.scale / (0.8 * side));
      const cell = column * 65536 + line;
      if (taken.has(cell)) return;
      taken.add(cell);
      chosen.push([row, x, y]);
    });
    this.scatter.paint(context, view, theme, { kind: "dot", radius: 1.5, alpha: 0.45, solo });
    context.imageSmoothingEnabled = factor < 2;
    for (const [row, x, y] of chosen) {
      const [left, top] = thumbs.place(row);
      context.drawImage(atlas, left, top, width, height, x - w / 2, y - tall / 2, w, tall);
    }
  }
  /** The row whose point is nearest to a pixel, within a radius; -1 where there is none. */
  pick(px, py, radius) {
    const { state } = this.needs.model;
    if (state.points === "none") return -1;
    return this.scatter.pick(this.needs.view, px, py, radius, state.solo);
  }
};
function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? least;
}
function ticks(from, to, step) {
  const first = Math.ceil(from / step);
  const count2 = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count2 }, (_, i) => (first + i) * step);
}
var written2 = (value) => String(Number(value.toPrecision(6))).replace("-", "−");

// explore/menu.ts
var NO_LAYER = "Only the points and the decoded images.";
var Menu = class {
  element;
  model;
  button;
  list;
  shade;
  shadeHelp = h("p", { class: "help" });
  fog;
  even;
  evenLabel;
  kind;
  axes;
  constructor(model, actions) {
    this.model = model;
    const layers = layerChoices().map(({ name, title }) => h("option", { value: name, text: title }));
    this.shade = h("select", { onchange: () => model.set({ shade: this.shade.value }) }, ...layers);
    this.fog = checkbox((fog) => model.set({ fog }));
    this.even = checkbox((even) => model.set({ even }));
    this.even.setAttribute("aria-label", "Equal-probability spacing");
    this.evenLabel = h(
      "div",
      { class: "check" },
      this.even,
      explained("Equal-probability spacing", model.space.meaning("Equal-probability spacing"))
    );
    this.kind = h(
      "select",
      { onchange: () => this.choosePlane() },
      h("option", { value: "principal", text: "the first two principal components" }),
      h("option", { value: "dimensions", text: "two latent dimensions" })
    );
    this.axes = ["right", "up"].map((direction) => this.axisControl(direction));
    const item = (text, help, act2) => h(
      "button",
      {
        class: "item",
        onclick: () => {
          this.close();
          act2();
        }
      },
      h("b", { text }),
      h("span", { text: help })
    );
    this.list = h(
      "div",
      { class: "menu", hidden: true },
      h("label", {}, "Color the map by ", this.shade),
      this.shadeHelp,
      h("label", { class: "check" }, this.fog, "Dim where no training image is near"),
      this.evenLabel,
      ...model.space.z > 2 ? this.planeControl() : [],
      h("hr"),
      ...TOOLS.filter((tool) => !ON_BAR.includes(tool)).map(
        (tool) => item(TOOL_WORDS[tool].title, TOOL_WORDS[tool].help, () => model.set({ tool }))
      ),
      h("hr"),
      item("Fit the map", "show all points", () => actions.fit()),
      item("Copy link", "to this view", () => actions.copyLink()),
      item("Present", "only the map and the image", () => model.set({ present: true })),
      item("Keys and gestures", "what the mouse, keys and fingers do", () => actions.help())
    );
    this.button = h("button", {
      ...{ text: "More", "aria-haspopup": "true", "aria-expanded": "false" },
      onclick: () => this.isOpen ? this.close() : this.open()
    });
    this.element = h("div", { class: "group more", onkeydown: (event) => this.closeByKey(event) });
    this.element.append(this.button, this.list);
    this.update();
  }
  planeControl() {
    const text = this.model.space.meaning("Slice");
    return [
      h("label", {}, "The map shows ", this.kind),
      h("div", { class: "axes" }, ...this.axes),
      h("p", { class: "help", text })
    ];
  }
  axisControl(direction) {
    const options = this.model.space.dimensions.map(
      ({ dimension, dead }) => h("option", {
        value: String(dimension),
        text: `${direction}: ${coordinate(dimension)}${dead ? " (inactive)" : ""}`
      })
    );
    const props = { "aria-label": `axis: ${direction}`, onchange: () => this.choosePlane() };
    return h("select", props, ...options);
  }
  choosePlane() {
    const [i, j] = this.axes.map((select) => Number(select.value));
    const other = this.model.space.dimensions.find(({ dimension }) => dimension !== i)?.dimension;
    const kind = this.kind.value === "principal" ? "principal" : "dimensions";
    this.model.set({ plane: { kind, i, j: i === j ? other ?? j : j } });
  }
  get isOpen() {
    return !this.list.hidden;
  }
  open() {
    this.list.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", this.closeBeside, { capture: true });
  }
  close() {
    this.list.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", this.closeBeside, { capture: true });
  }
  /** As every menu: a click beside it, or Escape. */
  closeBeside = (event) => {
    if (!event.composedPath().includes(this.element)) this.close();
  };
  closeByKey(event) {
    if (event.key !== "Escape" || !this.isOpen) return;
    event.stopPropagation();
    this.close();
    this.button.focus();
  }
  update() {
    const { state, space } = this.model;
    this.shade.value = state.shade;
    const layer = LAYERS[state.shade];
    const name = layer?.title.replace(" (MSE)", "") ?? "";
    const help = layer?.help ?? NO_LAYER;
    const meaning = space.meaning(name);
    explain(this.shadeHelp, meaning ? `${name}: ${help}` : help, { [name]: meaning });
    this.fog.checked = state.fog;
    this.even.checked = state.even;
    this.evenLabel.hidden = space.model !== "vae" || state.plane.kind === "principal";
    this.kind.value = state.plane.kind;
    [state.plane.i, state.plane.j].forEach((dimension, axis) => {
      this.axes[axis].value = String(dimension);
      this.axes[axis].hidden = state.plane.kind === "principal";
    });
  }
};
function checkbox(changed) {
  const box = h("input", { type: "checkbox", onchange: () => changed(box.checked) });
  return box;
}

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
var Plane = class _Plane {
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
  /** The same origin with other axes. */
  with(u, v) {
    return new _Plane({ origin: this.origin, u, v, names: this.names }, this.byQuantile);
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
  const names = [coordinate(choice.i), coordinate(choice.j)];
  return new Plane({ origin, u: unit(z, choice.i), v: unit(z, choice.j), names }, byQuantile);
}
function principalPlane(space, through) {
  const { mean, u, v } = principalAxes(space);
  const from = through.map((value, d) => value - mean[d]);
  const [a, b] = [dot(from, u), dot(from, v)];
  const origin = from.map((value, d) => mean[d] + value - a * u[d] - b * v[d]);
  const names = ["PC 1", "PC 2"];
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
  axis = orthonormal(orthonormal(axis, besides), besides);
  for (let round = 0; round < 200; round++) {
    const next2 = new Float32Array(size);
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += matrix[i * size + j] * axis[j];
      next2[i] = sum;
    }
    if (next2.every((value) => value === 0)) break;
    axis = orthonormal(orthonormal(next2, besides), besides);
  }
  const largest = axis.reduce(
    (best, value) => Math.abs(value) > Math.abs(best) ? value : best,
    0
  );
  return largest < 0 ? axis.map((value) => -value) : axis;
}
function orthonormal(axis, besides) {
  const along3 = besides ? dot(axis, besides) : 0;
  const free = Float32Array.from(axis, (value, d) => value - along3 * (besides?.[d] ?? 0));
  const length = Math.hypot(...free) || 1;
  return free.map((value) => value / length);
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
var toQuantile = (coordinate2) => SPREAD * (cumulative(coordinate2) - 0.5);
function toCoordinate(place2) {
  const share = place2 / SPREAD + 0.5;
  return inverseCumulative(Math.min(1 - EDGE, Math.max(EDGE, share)));
}
function lane(row) {
  return ((Math.imul(row, 2654435761) >>> 8) / 16777216 - 0.5) * 2;
}

// latent/slice.ts
var CORNERS = 72;
var Slice = class {
  /** The share of the latents' variance along the plane's two axes, 0 to 1. */
  share;
  /** What the map shows. */
  sentence;
  /** Distances of all latents from the slice, in increasing order. */
  distances;
  constructor(space, plane) {
    this.share = varianceShare(space, plane);
    const axes = plane.names.join(" and ").replace("PC 1 and PC 2", "PC 1 and 2");
    const percent = Math.round(100 * this.share);
    this.sentence = `A 2-D slice through ${space.z} dimensions (${axes} of the latents: ${percent} % of the variance). Points are projected onto it.`;
    this.distances = Float32Array.from(
      { length: space.n },
      (_, row) => plane.offPlane(space.latent(row))
    ).sort();
  }
  /** Of a hundred images, how many lie nearer to the slice than this. */
  shareBelow(distance2) {
    const at = this.distances.findIndex((value) => value >= distance2);
    return 100 * (at < 0 ? this.distances.length : at) / this.distances.length;
  }
  /** The distance that half of the images stay below. */
  get median() {
    return quantile(this.distances, 0.5);
  }
};
function varianceShare(space, plane) {
  const { mean, std } = space.spread;
  const total = std.reduce((sum, value) => sum + value * value, 0);
  let within = 0;
  for (let row = 0; row < space.n; row++) {
    const z = space.latent(row);
    for (const axis of [plane.u, plane.v]) {
      const along3 = axis.reduce((sum, value, d) => sum + value * (z[d] - mean[d]), 0);
      within += along3 * along3 / space.n;
    }
  }
  return total ? within / total : 1;
}
function circleAround(plane, z) {
  const radius = plane.offPlane(z);
  const middle = plane.lift(...plane.project(z));
  return Array.from({ length: CORNERS + 1 }, (_, i) => {
    const angle = 2 * Math.PI * i / CORNERS;
    const [a, b] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    return plane.project(middle.map((value, d) => value + a * plane.u[d] + b * plane.v[d]));
  });
}

// explore/model.ts
var BESIDE = 1 / 40;
var Model = class {
  space;
  canvas;
  state;
  theme;
  plane;
  /** Where each image is on the map: x and y in turn. */
  places;
  extent;
  through = null;
  sliced = null;
  constructor(space, state, theme, canvas) {
    this.space = space;
    this.state = state;
    this.theme = theme;
    this.canvas = canvas;
    this.plane = this.makePlane();
    this.places = this.plane.projectAll(space.latents);
    this.extent = this.measure();
  }
  /** Change what is chosen. */
  set(given, history2 = "push") {
    const isOther = "plane" in given || "even" in given;
    const patch = isOther ? { ...given, loops: [null, null] } : given;
    this.state = { ...this.state, ...patch };
    this.canvas.changed(new Set(Object.keys(patch)), history2);
  }
  /** Take another state as a whole. */
  replace(state) {
    this.state = state;
    this.through = null;
    this.layPlane();
  }
  get chosenPin() {
    return this.state.pins.find(({ letter }) => letter === this.state.selected) ?? null;
  }
  layPlane() {
    this.plane = this.makePlane();
    this.places = this.plane.projectAll(this.space.latents);
    this.extent = this.measure();
  }
  /** Lay the plane through a latent. */
  layThrough(z) {
    this.through = Float32Array.from(z);
    this.layPlane();
    this.canvas.changed(/* @__PURE__ */ new Set(["through"]), "replace");
  }
  /** What is to be said where the map cannot show all latent dimensions; null where it does. */
  get slice() {
    const { plane, space } = this;
    if (space.z <= 2) return null;
    if (this.sliced?.plane !== plane) this.sliced = { plane, slice: new Slice(space, plane) };
    return this.sliced.slice;
  }
  /** The row whose point is drawn where a latent is projected, or -1. */
  pointAt(z) {
    const { places, extent, state, space } = this;
    const [x, y] = this.plane.project(z);
    let [found, least] = [-1, BESIDE * (extent.right - extent.left)];
    if (state.points === "none") return found;
    for (let row = 0; row < space.n; row++) {
      if (state.solo !== null && space.labels[row] !== state.solo) continue;
      const distance2 = Math.hypot(places[2 * row] - x, places[2 * row + 1] - y);
      if (distance2 < least) [found, least] = [row, distance2];
    }
    return found;
  }
  makePlane() {
    const { space, state } = this;
    const middle = space.model === "vae" ? new Float32Array(space.z) : space.spread.mean;
    const through = this.through ?? this.chosenPin?.z ?? middle;
    return makePlane(space, state.plane, through, state.even);
  }
  measure() {
    return extentOf(this.plane, this.places, this.space.model === "vae");
  }
};

// explore/notice.ts
var NOTES = {
  remote: "This network runs on the server, so decoding takes a moment.",
  slow: "This browser does not support WebAssembly SIMD, so decoding is slower.",
  missing: "The original images are not on this machine; their tiles stay empty."
};
function noticeOf(engine, space) {
  const sentences = [];
  if (engine.isRemote) sentences.push(NOTES.remote);
  else if (!engine.isFast) sentences.push(NOTES.slow);
  else if (!space.originals) sentences.push(NOTES.missing);
  if (space.sample_of !== null) {
    const said = (n) => n.toLocaleString("en-US");
    const sample = `of a random sample: ${said(space.n)} of ${said(space.sample_of)} images`;
    const counted2 = `${space.counted === space.sample_of ? "all " : ""}${said(space.counted)}`;
    sentences.push(
      space.counted ? `Points and nearest images are ${sample}; the layer Density counts ${counted2}.` : `Points, density and nearest images are ${sample}.`
    );
  }
  return sentences.join(" ");
}

// explore/overlay.ts
var CURSOR = 11;
var PIN = 11;
var Overlay = class {
  canvas = h("canvas", { class: "upper" });
  context = contextOf(this.canvas);
  needs;
  ratio = 1;
  constructor(needs) {
    this.needs = needs;
  }
  resize(width, height, ratio) {
    this.ratio = ratio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
  }
  paint() {
    const { context } = this;
    const { view, cursor, drawer, model } = this.needs;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    drawer.tool?.paint?.(context);
    const { hovered } = cursor;
    if (hovered >= 0) this.ring(hovered);
    this.offSlice(hovered >= 0 ? hovered : this.chosenPoint());
    if (cursor.place) this.cross(cursor.place);
    for (const pin of model.state.pins) this.pin(pin);
  }
  ring(row) {
    const { view, model } = this.needs;
    const { places, theme } = model;
    const [x, y] = view.toScreen(places[2 * row], places[2 * row + 1]);
    this.stroke(theme.background, 4, () => this.context.arc(x, y, 8, 0, 7));
    this.stroke(theme.ink, 2, () => this.context.arc(x, y, 8, 0, 7));
  }
  /** The point that the chosen pin stands on. */
  chosenPoint() {
    const { chosenPin, slice } = this.needs.model;
    return chosenPin && slice ? this.needs.model.pointAt(chosenPin.z) : -1;
  }
  /** How far a point's latent lies off the slice, at the scale of the map. */
  offSlice(row) {
    const { view, model } = this.needs;
    if (row < 0 || !model.slice) return;
    const places = circleAround(model.plane, model.space.latent(row));
    const draw = () => {
      for (const place2 of places) this.context.lineTo(...view.toScreen(...place2));
    };
    this.context.setLineDash([6, 6]);
    this.stroke(model.theme.background, 4, draw);
    this.stroke(model.theme.ink, 1.5, draw);
    this.context.setLineDash([]);
  }
  cross({ x, y }) {
    const { context } = this;
    const { view, model } = this.needs;
    const [px, py] = view.toScreen(x, y);
    const draw = () => {
      context.moveTo(px + CURSOR, py);
      context.arc(px, py, CURSOR, 0, 7);
      for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
        context.moveTo(px + dx * (CURSOR - 4), py + dy * (CURSOR - 4));
        context.lineTo(px + dx * (CURSOR + 5), py + dy * (CURSOR + 5));
      }
    };
    this.stroke(model.theme.background, 5, draw);
    this.stroke(model.theme.accent, 2.25, draw);
  }
  pin(pin) {
    const { context } = this;
    const { view, model } = this.needs;
    const { theme, plane, state } = model;
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

// latent/facts.ts
var NEIGHBORS = 9;
function factsOf(space, z) {
  const near = space.nearest(z, NEIGHBORS);
  const { row, distance: distance2 } = near[0];
  return {
    row,
    distance: distance2,
    share: space.share(distance2),
    far: space.isFar(distance2),
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
function reencodingDistance(engine, z, values) {
  const back = engine.encode(Float32Array.from(values));
  return back && Math.sqrt(back.reduce((sum, value, d) => sum + (value - z[d]) ** 2, 0));
}

// explore/peek.ts
var AFTER = 125;
var BAR = 56;
var SIDE = 84;
var SPLITS = ["training", "validation", "test"];
var Peek = class {
  element = h("div", { class: "peek", hidden: true });
  needs;
  later;
  constructor(needs) {
    this.needs = needs;
  }
  /** After a moment show a row's image; -1: none. */
  point(row) {
    clearTimeout(this.later);
    if (row < 0) this.element.hidden = true;
    else this.later = setTimeout(() => this.open(row), AFTER);
  }
  open(row) {
    const { model, thumbs } = this.needs;
    const { space } = model;
    const name = space.className(row);
    const text = `${SPLITS[space.splits[row]]} image ${space.numbers[row].toLocaleString("en-US")}`;
    const words = h("div", {}, name ? h("b", { text: name }) : "", h("span", { text }));
    this.element.classList.toggle("four", model.slice !== null);
    if (model.slice) this.element.replaceChildren(words, ...this.onSlice(row));
    else this.element.replaceChildren(...thumbs.ready ? [this.original(row, SIDE)] : [], words);
    this.element.hidden = false;
    this.placeBeside(row);
  }
  original(row, side) {
    const canvas = h("canvas", { "data-row": row });
    crisp(canvas, this.needs.model.space.image, side);
    this.needs.thumbs.show(canvas, row);
    return canvas;
  }
  /** Four pictures that a slice can set beside each other, and what keeps them apart. */
  onSlice(row) {
    const { model } = this.needs;
    const { space, plane } = model;
    const z = space.latent(row);
    const here = plane.lift(...plane.project(z));
    const [nearest] = space.nearest(here);
    const side = SIDE * 0.75;
    const labeled = (canvas, text) => h("figure", {}, canvas, h("figcaption", { text }));
    const pictures = h(
      "div",
      { class: "pictures" },
      labeled(this.original(row, side), "this image"),
      labeled(this.decoded(z, side, "own"), "its own latent, decoded"),
      labeled(this.decoded(here, side, "here"), "the slice here, decoded"),
      labeled(this.original(nearest.row, side), "nearest to this place on the slice")
    );
    return [pictures, h("p", { text: distanceWords(model, row) })];
  }
  decoded(z, side, which) {
    const { engine, model } = this.needs;
    const canvas = h("canvas", { class: which });
    crisp(canvas, model.space.image, side);
    engine.decode(z, (values) => paintImage(canvas, values, model.space.image), `peek ${which}`);
    return canvas;
  }
  /** On the side where there is room. */
  placeBeside(row) {
    const { element } = this;
    const { model, view } = this.needs;
    const { places } = model;
    const [x, y] = view.toScreen(places[2 * row], places[2 * row + 1]);
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = x + 18 + width > view.width ? x - 18 - width : x + 18;
    element.style.left = `${clamp(left, 4, Math.max(4, view.width - width - 4))}px`;
    const above = y - height - 14;
    const top = above < BAR ? y + 18 : above;
    element.style.top = `${clamp(top, BAR, Math.max(BAR, view.height - height - 4))}px`;
  }
};
function distanceWords({ space, plane, slice }, row) {
  const distance2 = plane.offPlane(space.latent(row));
  const share = Math.min(99, Math.round(slice?.shareBelow(distance2) ?? 0));
  return `Distance from the slice ${figure(distance2)} (the dashed circle), larger than for ${share} % of images.`;
}

// explore/card.ts
var ON_SLICE = 1e-3;
var EDITABLE = 32;
var SIDE2 = 90;
var FAR = "No training image near. The decoder was not trained on latents like this one.";
var PinCard = class {
  needs;
  constructor(needs) {
    this.needs = needs;
  }
  build(pin) {
    const { engine, model } = this.needs;
    const { space } = model;
    const facts = factsOf(space, pin.z);
    const decoded = h("canvas");
    crisp(decoded, space.image, SIDE2);
    const moved = h("dd", { text: "…" });
    const show = (values) => {
      paintImage(decoded, values, space.image);
      const distance2 = reencodingDistance(engine, pin.z, values);
      if (distance2 !== null) moved.textContent = figure(distance2);
    };
    engine.decodePin(pin.z, show, `card ${pin.letter}`);
    const pair = this.pair(pin, decoded, facts.row);
    const card = [pair, ...this.pointBelow(pin), this.factList(facts, moved), this.editor(pin)];
    return facts.far ? [h("p", { class: "warning", text: FAR }), ...card] : card;
  }
  pair(pin, decoded, row) {
    const { model, pins, thumbs } = this.needs;
    const { space } = model;
    const nearest = h("canvas");
    crisp(nearest, space.image, SIDE2);
    thumbs.show(nearest, row);
    const move = h(
      "button",
      {
        title: "Move the pin to this image",
        onclick: () => pins.moveTo(pin.letter, space.latent(row))
      },
      nearest
    );
    const name = space.className(row) || "image";
    const text = `Nearest: ${name}, image ${space.numbers[row].toLocaleString("en-US")}`;
    return h(
      "div",
      { class: "pair" },
      h("figure", {}, decoded, h("figcaption", { text: `Pin ${pin.letter}, decoded` })),
      h("figure", {}, move, h("figcaption", { text, title: text }))
    );
  }
  /** On a slice: the image whose point is here, whose own latent lies elsewhere. */
  pointBelow(pin) {
    const { engine, model, pins, thumbs } = this.needs;
    const { space, slice, plane } = model;
    const row = slice ? model.pointAt(pin.z) : -1;
    if (row < 0 || plane.offPlane(space.latent(row)) < ON_SLICE) return [];
    const [own, image] = [h("canvas"), h("canvas")];
    for (const canvas of [own, image]) crisp(canvas, space.image, SIDE2);
    thumbs.show(image, row);
    const z = space.latent(row);
    engine.decode(z, (values) => paintImage(own, values, space.image), `own ${pin.letter}`);
    const name = space.className(row) || "image";
    const text = `Point: ${name}, image ${space.numbers[row].toLocaleString("en-US")}`;
    const props = {
      class: "own",
      title: "Move the pin to this latent; the slice follows",
      onclick: () => pins.moveTo(pin.letter, z)
    };
    const words = h("p", { class: "caption" });
    explain(words, distanceWords(model, row), { "Distance from the slice": space.meaning("Distance from the slice") });
    return [
      h(
        "div",
        { class: "pair" },
        h("figure", {}, image, h("figcaption", { text, title: text })),
        h("figure", {}, h("button", props, own), h("figcaption", { text: "Its own latent, decoded" }))
      ),
      words
    ];
  }
  factList(facts, moved) {
    const { space } = this.needs.model;
    const known = facts.labels.filter(({ label }) => label >= 0);
    const labels = known.map(({ label, count: count2 }) => `${space.class_names[label]} × ${count2}`);
    const share = `larger than for ${Math.min(99, Math.round(facts.share))} % of validation images`;
    const entry = (name, value, term = "") => h(
      "div",
      {},
      h("dt", {}, explained(name, space.meaning(term))),
      typeof value === "string" ? h("dd", { text: value }) : value
    );
    const crowd = counted(facts.crowd, "training image");
    return h(
      "dl",
      {},
      entry("Distance", `${figure(facts.distance)}; ${share}`, "Support (near, far)"),
      entry("Density", `${crowd} within ${figure(space.radius)}; typical: 10`, "Density"),
      labels.length ? entry("Neighbors", labels.join(", ")) : null,
      entry("Re-encoding distance", moved, "Re-encoding distance")
    );
  }
  editor(pin) {
    const { space } = this.needs.model;
    if (space.z > EDITABLE) {
      const text = `The latent has ${space.z} dimensions; the tool Dimensions traverses them.`;
      return h("p", { class: "caption", text });
    }
    const inputs = Array.from(pin.z, (value, d) => {
      const input = h("input", {
        value: written3(value),
        inputmode: "decimal",
        "aria-label": `latent ${d + 1} of pin ${pin.letter}`,
        onchange: () => this.edit(pin, d, input)
      });
      return input;
    });
    return h("div", { class: "latent" }, h("span", {}, explained("z", space.meaning("Latent")), " ="), ...inputs);
  }
  edit(pin, dimension, input) {
    const value = Number(input.value.replace("−", "-").replace(",", "."));
    if (input.value.trim() === "" || !Number.isFinite(value)) {
      const text = `“${input.value.slice(0, 20)}” is not a number; the pin stays where it is.`;
      this.needs.model.canvas.say(text);
      input.value = written3(pin.z[dimension]);
      return;
    }
    const z = Float32Array.from(pin.z);
    z[dimension] = Math.max(-1e4, Math.min(1e4, value));
    this.needs.pins.moveTo(pin.letter, z);
  }
};
var written3 = (value) => String(Number(value.toFixed(3)));

// explore/panel.ts
var CAPTION_EVERY = 50;
var NARROW = { standing: 720, any: 560 };
var Panel = class {
  element;
  needs;
  pinCard;
  large = h("canvas", { class: "large", role: "img", "aria-label": "decoded image" });
  frame = h("div", { class: "frame" }, this.large);
  where = h("p", { class: "where" });
  caption = h("p", { class: "caption" });
  card = h("div", { class: "card" });
  row = h("div", { class: "pins", role: "list", "aria-label": "pins" });
  live = h("p", { class: "live", "aria-live": "polite" });
  note = h("p", { class: "note", role: "status" });
  captioned = 0;
  captionLater;
  later;
  decodes = 0;
  // for whoever measures
  constructor(needs) {
    this.needs = needs;
    this.pinCard = new PinCard(needs);
    const words = h("div", { class: "words" }, this.where, this.caption);
    this.element = h(
      "aside",
      { class: "panel", "aria-label": "decoded image" },
      h("div", { class: "head" }, this.frame, words),
      ...[this.note, this.card, this.row, this.live]
    );
  }
  /** Enlarge by whole steps, as far as the panel allows. */
  resize({ width, height }) {
    const { state, space } = this.needs.model;
    const room = state.present ? Math.min(width * 0.36, height * 0.7) : width < (height > width ? NARROW.standing : NARROW.any) ? Math.min(170, width * 0.42) : Math.max(160, height * 0.37);
    crisp(this.large, space.image, Math.min(this.frame.clientWidth || Infinity, room));
  }
  /** Show what a latent decodes to, and in words which latent that is. */
  show({ z, where }) {
    const { engine, model } = this.needs;
    engine.decode(z, (values) => {
      paintImage(this.large, values, model.space.image);
      this.needs.root.dataset.decodes = String(this.decodes += 1);
    });
    if (this.where.textContent !== where) this.where.textContent = where;
    clearTimeout(this.captionLater);
    if (performance.now() - this.captioned > CAPTION_EVERY) this.writeCaption(z);
    else this.captionLater = setTimeout(() => this.writeCaption(z), CAPTION_EVERY);
  }
  writeCaption(z) {
    this.captioned = performance.now();
    const { space } = this.needs.model;
    const [{ row, distance: distance2 }] = space.nearest(z);
    const far = space.isFar(distance2);
    const name = space.className(row);
    const away = `${figure(distance2)} away`;
    if (distance2 === 0) {
      this.caption.textContent = `Latent of a training image${name ? ` of class ${name}` : ""}`;
    } else if (far) {
      this.caption.textContent = `No training image near: the nearest${name ? `, ${name},` : ""} is ${away}`;
    } else {
      this.caption.textContent = `Nearest training image${name ? `: ${name}` : ""}, ${away}`;
    }
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
  /** Lay out the chosen pin's card and the row of pins. */
  update() {
    const { chosenPin: pin, state } = this.needs.model;
    this.card.replaceChildren(...pin ? this.pinCard.build(pin) : []);
    this.card.hidden = !pin;
    this.row.replaceChildren(...state.pins.map((each2) => this.tileOf(each2)));
    this.row.hidden = state.pins.length < 2;
  }
  tileOf({ letter, z }) {
    const { engine, model, pins } = this.needs;
    const canvas = h("canvas");
    crisp(canvas, model.space.image, 56);
    engine.decodePin(z, (values) => paintImage(canvas, values, model.space.image), `tile ${letter}`);
    return h(
      "div",
      { class: "tile", role: "listitem" },
      h(
        "button",
        {
          "aria-pressed": String(model.state.selected === letter),
          title: `Pin ${letter}`,
          onclick: () => pins.select(letter)
        },
        canvas
      ),
      h("span", { text: letter }),
      h("button", {
        ...{ class: "remove", "aria-label": `remove pin ${letter}`, text: "×" },
        onclick: () => pins.remove(letter)
      })
    );
  }
};

// explore/pins.ts
var DRAGGED = 60;
var ON_PLANE = 1e-3;
var Pins = class {
  model;
  view;
  cursor;
  dragged = debounce(() => {
    const { pins, selected } = this.model.state;
    this.model.set({ pins, selected }, "slide");
  }, DRAGGED);
  constructor(model, view, cursor) {
    this.model = model;
    this.view = view;
    this.cursor = cursor;
  }
  /** The letter of the pin under a pixel, or null. */
  at(px, py, radius) {
    const { plane, state } = this.model;
    const near = state.pins.filter(({ z }) => {
      const [x, y] = this.view.toScreen(...plane.project(z));
      return Math.hypot(x - px, y - py) < radius;
    });
    return lastLetter(near);
  }
  /** Pin the place under a pixel. */
  addAt(px, py) {
    this.cursor.move(...this.view.toMap(px, py));
    this.add(this.cursor.shown.z);
  }
  /** Pin what the cursor shows, under a letter of one's choice. */
  addCursor(letter = null) {
    this.cursor.settle();
    this.add(this.cursor.shown.z, letter);
  }
  /** Pin a latent under the next free letter; when all six are taken, the last one moves. */
  add(z, letter = null) {
    const { state, canvas } = this.model;
    const used = new Set(state.pins.map((pin) => pin.letter));
    const free = LETTERS.find((each2) => !used.has(each2));
    if (!letter && !free) canvas.say("At most six pins; pin F moved here.");
    const name = letter ?? free ?? "F";
    const makesPath = name === "B" && used.has("A") && !used.has("B");
    const tool = state.tool === null && makesPath ? { tool: "path" } : {};
    this.model.set({ pins: this.with(name, z), selected: name, ...tool });
    this.layPlaneThrough(z);
  }
  /** Move a pin by dragging it. */
  drag(letter, px, py) {
    const { state, canvas } = this.model;
    this.cursor.move(...this.view.toMap(px, py));
    state.pins = this.with(letter, this.cursor.shown.z);
    state.selected = letter;
    canvas.repaint("overlay");
    this.dragged();
  }
  /** Give a pin another latent; the plane follows it. */
  moveTo(letter, z) {
    this.model.set({ pins: this.with(letter, z), selected: letter });
    this.layPlaneThrough(z);
    this.showChosen();
  }
  select(letter) {
    this.model.set({ selected: letter });
    const { chosenPin } = this.model;
    if (chosenPin) this.layPlaneThrough(chosenPin.z);
    this.showChosen();
  }
  remove(letter) {
    const { state } = this.model;
    const pins = state.pins.filter((pin) => pin.letter !== letter);
    if (pins.length === state.pins.length) return;
    const selected = state.selected === letter ? lastLetter(pins) : state.selected;
    this.model.set({ pins, selected });
    this.cursor.rest();
  }
  clear() {
    if (!this.model.state.pins.length) return;
    this.model.set({ pins: [], selected: null });
    this.cursor.rest();
  }
  with(letter, z) {
    const others = this.model.state.pins.filter((pin) => pin.letter !== letter);
    const pins = [...others, { letter, z: Float32Array.from(z) }];
    return pins.sort((a, b) => LETTERS.indexOf(a.letter) - LETTERS.indexOf(b.letter));
  }
  showChosen() {
    this.cursor.place = null;
    this.cursor.rest();
    this.model.canvas.repaint("overlay");
  }
  /** The plane goes through the chosen pin, wherever that is. */
  layPlaneThrough(z) {
    if (this.model.plane.offPlane(z) >= ON_PLANE) this.model.layThrough(z);
  }
};

// scatter/pointer.ts
var CLICK = 5;
var PICK_PIN = 14;
var GRACE = 260;
var WHEEL = 16e-4;
function listenToPointer(actions, element) {
  const fingers = /* @__PURE__ */ new Map();
  let press2 = null;
  let spread2 = null;
  let leaving;
  const placeOf = (event) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  function pinch() {
    const [a, b] = [...fingers.values()];
    const now = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, width: Math.hypot(a.x - b.x, a.y - b.y) };
    if (spread2) {
      actions.pan(now.x - spread2.x, now.y - spread2.y);
      actions.zoom(now.width / Math.max(1, spread2.width), now.x, now.y);
    }
    spread2 = now;
  }
  function drag(held, now, isTouch) {
    if (Math.hypot(now.x - held.start.x, now.y - held.start.y) > CLICK) held.moved = true;
    if (!held.moved) return;
    if (held.draws) actions.drawTo(now.x, now.y);
    else if (held.pin) actions.dragPin(held.pin, now.x, now.y);
    else if (isTouch) actions.hover(now.x, now.y);
    else actions.pan(now.x - held.last.x, now.y - held.last.y);
    held.last = now;
  }
  element.onpointermove = (event) => {
    clearTimeout(leaving);
    const now = placeOf(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, now);
    if (fingers.size === 2) pinch();
    else if (press2) drag(press2, now, event.pointerType === "touch");
    else actions.hover(now.x, now.y);
  };
  element.onpointerdown = (event) => {
    if (event.button > 0) return;
    element.setPointerCapture(event.pointerId);
    const start = placeOf(event);
    fingers.set(event.pointerId, start);
    if (fingers.size === 2) {
      press2 = null;
      spread2 = null;
      return;
    }
    const draws = actions.grab(start.x, start.y);
    const pin = draws ? null : actions.pinAt(start.x, start.y, PICK_PIN);
    press2 = { start, last: start, moved: false, pin, draws };
    if (!draws && event.pointerType === "touch") actions.hover(start.x, start.y);
  };
  element.onpointerup = (event) => {
    const held = fingers.size === 2 ? null : press2;
    fingers.delete(event.pointerId);
    press2 = null;
    if (held?.draws) actions.drawn();
    if (!held || held.moved || held.draws) return;
    if (held.pin) actions.selectPin(held.pin);
    else actions.addPin(held.start.x, held.start.y);
  };
  element.onpointercancel = (event) => {
    fingers.delete(event.pointerId);
    press2 = null;
  };
  element.onpointerleave = (event) => {
    if (event.pointerType === "touch" || press2) return;
    leaving = setTimeout(() => actions.leave(), GRACE);
  };
  element.onwheel = (event) => {
    event.preventDefault();
    const { x, y } = placeOf(event);
    const lines = event.deltaMode === 1 ? 16 : 1;
    actions.zoom(Math.exp(-event.deltaY * lines * WHEEL * (event.ctrlKey ? 4 : 1)), x, y);
  };
  return () => clearTimeout(leaving);
}

// explore/shading.ts
var LIGHT_CELL = 8;
var HEAVY_CELL = 22;
var AFTER_MOVING = 250;
var PICTURE_EVERY = 120;
var FOG = "distance";
var Shading = class {
  shade = null;
  fog = null;
  /** What stands at the ends of the color scale. */
  ends = ["", ""];
  hasAsked = false;
  refresh = debounce(() => this.compute(), AFTER_MOVING);
  needs;
  constructor(needs) {
    this.needs = needs;
  }
  /** Take the latents of all images: their density is known from now on. */
  take({ header, arrays }) {
    const { jobs, model } = this.needs;
    const { name, z } = model.space;
    jobs.load({ model: name, z, all: { ...header, ...arrays } });
    model.space.counted = header.n;
    if (model.state.shade === "density") this.refresh();
  }
  /** Compute at once what the state asks for. */
  compute() {
    const { state, space } = this.needs.model;
    if (state.shade === "density" && space.sample_of !== null && !this.hasAsked) {
      this.hasAsked = true;
      tell("count", space.fingerprint);
    }
    if (state.fog) {
      this.request("fog", FOG, (field) => {
        this.fog = this.asFog(field);
      });
    } else this.fog = null;
    this.ends = ["", ""];
    if (state.shade === "none") this.shade = null;
    else {
      this.request("shade", state.shade, (field) => {
        this.shade = this.asColors(field);
      });
    }
  }
  request(channel, name, take) {
    const { model, view, jobs, canRun, rescaled } = this.needs;
    const { plane, space, canvas } = model;
    const layer = LAYERS[name];
    if (!layer || !canRun(layer)) return;
    const cell = layer.runs ? HEAVY_CELL : LIGHT_CELL * (space.z > 4 ? 2 : 1);
    const columns = Math.ceil(view.width / cell);
    const rows = Math.ceil(view.height / cell);
    const [left, top] = view.toMap(0, 0);
    const [right, bottom] = view.toMap(columns * cell, rows * cell);
    const box = { left, top, right, bottom };
    const values = new Float32Array(columns * rows).fill(NaN);
    const latents = gridLatents(plane, box, columns, rows);
    const options = { u: plane.u, v: plane.v };
    let shown = 0;
    jobs.run(channel, { model: space.name, task: name, latents, options }, (part) => {
      values.set(part.values, part.start);
      if (!part.last && performance.now() - shown < PICTURE_EVERY) return;
      shown = performance.now();
      take({ values, columns, rows, box });
      canvas.repaint("map");
      rescaled();
    });
  }
  /** Clear as far as training images are from each other, thick at four times that. */
  asFog({ values, columns, rows, box }) {
    const { theme, space, state } = this.needs.model;
    const near = space.farDistance;
    const bare = !state.grid && state.shade === "none";
    const veil = parseColor(bare ? theme.muted : theme.background);
    const most = bare ? 90 : 240;
    const thick = (value) => most * clamp((value - near) / (3 * near), 0, 1);
    return { box, canvas: picture(values, columns, rows, (value) => [veil, thick(value)]) };
  }
  asColors({ values, columns, rows, box }) {
    const known = values.filter((value) => !Number.isNaN(value)).sort();
    const [low, high] = [quantile(known, 0.02), quantile(known, 0.98)];
    this.ends = [figure(low), figure(high)];
    const scale = scaleOf(this.needs.model.theme);
    const share = (value) => clamp((value - low) / (high - low || 1), 0, 1);
    const color = (value) => [scale[Math.round(255 * share(value))], 255];
    return { box, canvas: picture(values, columns, rows, color) };
  }
};
function picture(values, columns, rows, color) {
  const canvas = h("canvas");
  [canvas.width, canvas.height] = [columns, rows];
  const image = new ImageData(columns, rows);
  values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const [rgb, opacity] = color(value);
    image.data.set([...rgb, opacity], 4 * i);
  });
  contextOf(canvas).putImageData(image, 0, 0);
  return canvas;
}

// lib/window.ts
function fillWindow(root, filling) {
  let top = -1;
  const place2 = () => {
    const now = Math.max(0, Math.round(root.getBoundingClientRect().top + window.scrollY));
    if (now === top) return;
    top = now;
    filling.style.setProperty("--top", `${top}px`);
  };
  window.addEventListener("resize", place2);
  const frame = new MutationObserver(place2);
  frame.observe(document.body, { childList: true, subtree: true });
  place2();
  return () => {
    frame.disconnect();
    window.removeEventListener("resize", place2);
  };
}

// explore/stage.ts
var SETTLE2 = 200;
var SAY = 6e3;
var MARGIN2 = 28;
var LABEL = "Map of the latent space. Arrow keys move the cursor, Enter pins, question mark lists the keys.";
var BY_MOUSE = "Move to decode. Click to pin.";
var BY_FINGER = "Drag to decode. Tap to pin.";
var Stage = class {
  map;
  lab;
  needs;
  hint = h("p", { class: "hint" });
  slice = h("p", { class: "slice" });
  toast = h("p", { class: "toast", role: "status", hidden: true });
  settleLater = debounce(() => this.settled(), SETTLE2);
  dirty = /* @__PURE__ */ new Set();
  frame = null;
  isLaidOut = false;
  stopped = false;
  hushLater;
  constructor(needs) {
    this.needs = needs;
    const { root, model, painter, overlay, controls, legend, peek, drawer, panel } = needs;
    const role = { tabindex: 0, role: "application", "aria-label": LABEL };
    this.map = h("div", { class: "map", ...role }, painter.canvas, overlay.canvas);
    this.hint.textContent = matchMedia("(hover: none)").matches ? BY_FINGER : BY_MOUSE;
    const leave = () => model.set({ present: false });
    const exit = h("button", { class: "exit", text: "Leave presentation", onclick: leave });
    const parts = [this.map, controls.element, peek.element, this.toast, exit];
    const stage = h("div", { class: "stage" }, ...parts);
    const foot = h("div", { class: "foot" }, this.slice, this.hint, legend.scale, legend.classes);
    this.lab = h("div", { class: "lab" }, stage, foot, drawer.element, panel.element);
    root.replaceChildren(this.lab);
    this.dress();
  }
  /** Hand the theme's colors to the style sheet. */
  dress() {
    dress(this.lab, this.needs.model.theme);
  }
  /** What follows from the state: the hint leaves after the first pin, presenting hides the rest. */
  update() {
    const { state, slice, space } = this.needs.model;
    this.slice.hidden = !slice;
    explain(this.slice, slice?.sentence ?? "", { slice: space.meaning("Slice") });
    this.hint.hidden = state.pins.length > 0;
    this.lab.classList.toggle("presenting", state.present);
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
    const unplace = fillWindow(this.needs.root, this.lab);
    return () => {
      this.stopped = true;
      observer.disconnect();
      unplace();
      clearTimeout(this.hushLater);
      if (this.frame !== null) cancelAnimationFrame(this.frame);
      this.needs.painter.stop();
      this.settleLater.cancel();
    };
  }
  resize() {
    const { model, view, room, painter, overlay, controls, panel, shading } = this.needs;
    const { width, height } = this.map.getBoundingClientRect();
    if (!width || !height) return;
    const ratio = window.devicePixelRatio || 1;
    room.top = model.state.present ? 12 : controls.element.offsetHeight + 8;
    view.resize(width, height);
    this.isLaidOut = true;
    painter.resize(width, height, ratio);
    overlay.resize(width, height, ratio);
    panel.resize(this.lab.getBoundingClientRect());
    this.applyView();
    shading.refresh();
    painter.paint();
    overlay.paint();
  }
  // ---- view --------------------------------------------------------------------------------------
  /** Show what the address asks for, else everything; and always what the open drawer speaks about. */
  applyView() {
    const { model, view, room, painter, drawer } = this.needs;
    const { reach } = painter;
    view.fit(model.extent, {
      left: room.left + reach,
      right: room.right + reach,
      top: room.top + reach,
      bottom: room.bottom + reach
    });
    if (model.state.at) {
      const [x, y, closeness] = model.state.at;
      view.x = x;
      view.y = y;
      view.scale = view.fitScale * clamp(closeness, WIDEST, CLOSEST);
    }
    const { tool } = drawer;
    const pin = model.chosenPin;
    const places = tool?.places?.() ?? [];
    if (tool && pin && !places.length) places.push(model.plane.project(pin.z));
    const { left, right, top, bottom } = room;
    const inside = { left, right, top, bottom };
    for (const side of ["left", "right", "top", "bottom"]) inside[side] += MARGIN2;
    view.reveal(places, inside);
  }
  /** Show everything. */
  fit() {
    const { model, shading, address } = this.needs;
    model.state.at = null;
    this.applyView();
    shading.refresh();
    address.write("replace");
    this.invalidate("map");
  }
  zoom(factor, px, py) {
    this.needs.view.zoom(factor, px, py);
    this.invalidate("moving");
    this.settleLater();
  }
  pan(dx, dy) {
    this.needs.view.pan(dx, dy);
    this.invalidate("moving");
    this.settleLater();
  }
  /** A movement is over: remember the view. */
  settled() {
    const { view, model, shading, address } = this.needs;
    model.state.at = [view.x, view.y, view.closeness];
    shading.refresh();
    address.write("replace");
  }
  // ---- painting ----------------------------------------------------------------------------------
  /** Ask for a new picture of something. */
  invalidate(what) {
    this.dirty.add(what);
    if (!this.stopped) this.frame ??= requestAnimationFrame(() => this.paintDirty());
  }
  paintDirty() {
    const { cursor, painter, overlay } = this.needs;
    if (this.isLaidOut && this.dirty.has("pointer")) cursor.followPointer();
    this.frame = null;
    if (!this.isLaidOut) return;
    const { dirty } = this;
    this.dirty = /* @__PURE__ */ new Set();
    if (dirty.has("moving")) painter.paint({ moving: true });
    else if (dirty.has("map")) painter.paint();
    overlay.paint();
  }
};

// explore/thumbs.ts
var COLUMNS = 100;
var LARGEST_TILE = 32;
var MISSING = "The original image is not on this machine.";
var Thumbs = class {
  /** Width and height of one image. */
  tile;
  /** Whether the originals have arrived. */
  ready = false;
  space;
  atlas = h("canvas");
  ink = null;
  constructor(space) {
    this.space = space;
    const [height, width] = space.image;
    const factor = Math.ceil(Math.max(height, width) / LARGEST_TILE);
    this.tile = [Math.floor(width / factor), Math.floor(height / factor)];
  }
  /** Take the originals from a picture that holds all of them, as latentlab/ui/explore packs it. */
  async take(png) {
    const picture2 = await createImageBitmap(new Blob([png], { type: "image/png" }));
    [this.atlas.width, this.atlas.height] = [picture2.width, picture2.height];
    contextOf(this.atlas, { willReadFrequently: true }).drawImage(picture2, 0, 0);
    picture2.close();
    this.ready = true;
    this.ink = null;
  }
  /** Where a row's tile begins in the atlas. */
  place(row) {
    return [row % COLUMNS * this.tile[0], Math.floor(row / COLUMNS) * this.tile[1]];
  }
  /** Show a row's original in a canvas; an empty tile where it is not here. */
  show(canvas, row) {
    const [width, height] = this.tile;
    [canvas.width, canvas.height] = [width, height];
    canvas.classList.toggle("missing", !this.ready);
    canvas.title = this.ready ? "" : MISSING;
    if (!this.ready) return;
    contextOf(canvas).drawImage(this.atlas, ...this.place(row), width, height, 0, 0, width, height);
  }
  /** A row's original as values from 0 to 1; null where it is not here, or only reduced. */
  valuesOf(row) {
    const [height, width, channels] = this.space.image;
    if (!this.ready || this.tile[0] !== width || this.tile[1] !== height) return null;
    const context = contextOf(this.atlas, { willReadFrequently: true });
    const { data } = context.getImageData(...this.place(row), width, height);
    return Float32Array.from({ length: width * height * channels }, (_, i) => {
      const [pixel, channel] = [Math.floor(i / channels), i % channels];
      return data[4 * pixel + channel] / 255;
    });
  }
  /**
   * The picture to draw points from: gray images become ink in their class's color on nothing, so that
   * they can lie close together; color images stay as they are.
   */
  pointAtlas(theme) {
    if (this.space.image[2] === 3) return this.atlas;
    if (this.ink?.dark !== theme.dark) this.ink = { dark: theme.dark, canvas: this.dyed(theme) };
    return this.ink.canvas;
  }
  dyed(theme) {
    const canvas = h("canvas");
    [canvas.width, canvas.height] = [this.atlas.width, this.atlas.height];
    const source = contextOf(this.atlas, { willReadFrequently: true });
    const target = contextOf(canvas);
    const [width, height] = this.tile;
    for (let row = 0; row < this.space.n; row += COLUMNS) {
      const y = this.place(row)[1];
      const picture2 = source.getImageData(0, y, canvas.width, height);
      for (let column = 0; column < COLUMNS && row + column < this.space.n; column++) {
        const color = parseColor(classColor(theme, this.space.labels[row + column]));
        inkTile(picture2, column * width, width, color);
      }
      target.putImageData(picture2, 0, y);
    }
    return canvas;
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

// latent/arithmetic.ts
var difference = (a, b) => b.map((value, d) => value - a[d]);
var plus = (a, b) => a.map((value, d) => value + b[d]);
var lengthOf = (a) => Math.hypot(...a);
function meanOf(space, rows) {
  const mean = new Float32Array(space.z);
  for (const row of rows) {
    for (let d = 0; d < space.z; d++) mean[d] += space.latents[row * space.z + d] / rows.length;
  }
  return mean;
}
function randomLike(step, seed) {
  const drawn = normals(step.length, seed);
  const factor = lengthOf(step) / (lengthOf(drawn) || 1);
  return drawn.map((value) => value * factor);
}
function isInside(loop, x, y) {
  let inside = false;
  for (let i = 0, j = loop.length - 2; i < loop.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [loop[i], loop[i + 1], loop[j], loop[j + 1]];
    if (ay > y !== by > y && x < (bx - ax) * (y - ay) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
function rowsInside(loop, places) {
  const rows = [];
  for (let row = 0; row < places.length / 2; row++) {
    if (isInside(loop, places[2 * row], places[2 * row + 1])) rows.push(row);
  }
  return rows;
}
function thinned(loop, most) {
  const corners = loop.length / 2;
  const n = Math.min(most, corners);
  return Array.from({ length: n }, (_, i) => Math.floor(i * corners / n)).flatMap((corner) => [
    loop[2 * corner],
    loop[2 * corner + 1]
  ]);
}
function pairDifferences(space, first, second, { most, seed }) {
  const [a, b] = [shuffled(first, seed), shuffled(second, seed + 1)];
  const n = Math.min(most, a.length, b.length);
  return Array.from({ length: n }, (_, i) => difference(space.latent(b[i]), space.latent(a[i])));
}
function cosines(vectors) {
  const lengths = vectors.map(lengthOf);
  return vectors.flatMap(
    (a, i) => vectors.slice(i + 1).map((b, j) => {
      const dot2 = a.reduce((sum, value, d) => sum + value * b[d], 0);
      return dot2 / (lengths[i] * lengths[i + 1 + j] || 1);
    })
  );
}
var average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
function histogram(values, bins) {
  const shares = new Array(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((value + 1) / 2 * bins)));
    shares[bin] += 1 / values.length;
  }
  return shares;
}
function shuffled(rows, seed) {
  const uniform = generator(seed);
  const order = [...rows];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

// explore/agreement.ts
var BINS = 24;
var [WIDTH, HEIGHT] = [240, 70];
function agreementChart(pairs, chance) {
  const [found, random] = [histogram(pairs, BINS), histogram(chance, BINS)];
  const most = Math.max(...found, ...random) || 1;
  const wide = WIDTH / BINS;
  const bar = (share, bin, name) => {
    const tall = share / most * HEIGHT;
    return h("rect", { class: name, x: bin * wide + 0.5, y: HEIGHT - tall, width: wide - 1, height: tall });
  };
  const tick = (x, text, anchor) => h("text", { x, y: HEIGHT + 15, "text-anchor": anchor, text });
  const about = "histogram of cosine similarities: of the pairs, and of random pairs";
  return h(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT + 18}`, role: "img", "aria-label": about },
    ...random.map((share, bin) => bar(share, bin, "chance")),
    ...found.map((share, bin) => bar(share, bin, "found")),
    h("line", { x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT }),
    tick(0, "−1", "start"),
    tick(WIDTH / 2, "0", "middle"),
    tick(WIDTH, "1", "end")
  );
}

// explore/arithmetic.ts
var PAIRS = 60;
var AROUND = 25;
var MOST_DECODED = 60;
var EMPTY = "Pin three latents A, B and C (a click, or Enter), or draw a loop around each of two groups of points.";
var Arithmetic = class {
  needs;
  seed = 1;
  terms = null;
  constructor(needs) {
    this.needs = needs;
  }
  get key() {
    const { model, thumbs, lasso } = this.needs;
    const { pins, loops, selected, solo } = model.state;
    const latents = pins.map(({ letter, z }) => letter + z.join());
    return [latents, loops.join(), selected, solo, this.seed, thumbs.ready, lasso.active].join(" ");
  }
  read() {
    return this.ofGroups() ?? this.ofPins();
  }
  ofPins() {
    const { space, state } = this.needs.model;
    const [a, b, c] = ["A", "B", "C"].map((each2) => state.pins.find(({ letter }) => letter === each2)?.z);
    if (!a || !b || !c) return null;
    const around = (z) => space.nearest(z, AROUND).map(({ row }) => row);
    return {
      names: ["A", "B", "C"],
      rows: [around(a), around(b)],
      latents: [[a], [b]],
      step: difference(b, a),
      start: c
    };
  }
  /** The images in a loop that the map shows. */
  group(which) {
    const { state, places, space } = this.needs.model;
    const loop = state.loops[which];
    const rows = loop ? rowsInside(loop, places) : [];
    return rows.filter((row) => state.solo === null || space.labels[row] === state.solo);
  }
  ofGroups() {
    const { space, chosenPin: pin } = this.needs.model;
    const [first, second] = [this.group(0), this.group(1)];
    if (!first.length || !second.length) return null;
    const some = (rows) => {
      const every = Math.ceil(rows.length / MOST_DECODED);
      return rows.filter((_, i) => i % every === 0).map((row) => space.latent(row));
    };
    return {
      names: ["group 1", "group 2", pin ? `pin ${pin.letter}` : "an image of group 2"],
      rows: [first, second],
      latents: [some(first), some(second)],
      step: difference(meanOf(space, second), meanOf(space, first)),
      start: pin?.z ?? space.latent(second[0])
    };
  }
  build() {
    this.terms = this.read();
    const { model, refresh } = this.needs;
    const { loops } = model.state;
    const clear = h("button", { text: "Clear", onclick: () => model.set({ loops: [null, null] }) });
    const again = h("button", {
      text: "Another direction",
      title: "Sample another random direction of the same length",
      onclick: () => {
        this.seed += 1;
        refresh();
      }
    });
    const some = loops.some((loop) => loop);
    const groups = [this.loopButton(0), this.loopButton(1), some ? clear : null];
    const controls = [
      h("div", { class: "group" }, ...groups),
      this.terms && h("div", { class: "group" }, again)
    ];
    const { terms } = this;
    if (!terms) return { controls, content: [h("p", { class: "empty", text: this.missing() })] };
    return { controls, content: [h("div", { class: "sum" }, this.pictures(terms), this.agreement(terms))] };
  }
  loopButton(which) {
    const { model, lasso, refresh } = this.needs;
    const loop = model.state.loops[which];
    const n = this.group(which).length;
    return h("button", {
      text: `${lasso.active === which ? "Drawing group" : "Group"} ${which + 1}${loop ? `: ${n}` : ""}`,
      title: "Draw a loop around points: drag, or set corners with Enter and close with L",
      "aria-pressed": String(lasso.active === which),
      onclick: () => {
        lasso.begin(lasso.active === which ? null : which);
        refresh();
      }
    });
  }
  missing() {
    const { model, lasso } = this.needs;
    if (lasso.active !== null) return `Drag a loop around the images of group ${lasso.active + 1}.`;
    const empty = model.state.loops.findIndex((loop, i) => loop && !this.group(i).length);
    if (empty >= 0) return `Loop ${empty + 1} contains no image; draw another loop.`;
    const one = model.state.loops.findIndex((loop) => loop);
    return one < 0 ? EMPTY : `Now draw group ${2 - one}: the difference is mean 1 − mean 2.`;
  }
  // ---- pictures ----------------------------------------------------------------------------------
  pictures(terms) {
    const { model, thumbs } = this.needs;
    const { space } = model;
    const [a, b, c] = terms.names;
    const sum = plus(terms.start, terms.step);
    const random = plus(terms.start, randomLike(terms.step, this.seed));
    const canvases = Array.from({ length: 6 }, () => h("canvas"));
    this.decode(terms, [terms.start, sum, random], canvases);
    const real = h("canvas");
    const [nearest] = space.nearest(sum);
    thumbs.show(real, nearest.row);
    const name = space.className(nearest.row);
    const [first, second, start, result, drawn, pixels] = canvases;
    const pin = { title: "Pin this latent", onclick: () => this.needs.pins.add(sum) };
    const sign = (text) => h("span", { class: "sign-of-sum", text });
    const asked = [
      captioned(first, a),
      sign("−"),
      captioned(second, b),
      sign("+"),
      captioned(start, c),
      sign("=")
    ];
    const found = [
      captioned(h("button", { class: "frame", ...pin }, result), "result", this.distance(sum)),
      captioned(real, `nearest image${name ? `: ${name}` : ""}`),
      captioned(drawn, "random direction, same length", this.distance(random)),
      captioned(pixels, "the same sum in pixel space")
    ];
    return h("div", { class: "terms" }, h("div", {}, ...asked), h("div", { class: "found" }, ...found));
  }
  distance(z) {
    const { space } = this.needs.model;
    const [{ distance: distance2 }] = space.nearest(z);
    const far = space.isFar(distance2);
    const text = `distance ${figure(distance2)}${far ? ", no training image near" : ""}`;
    const words = h("span", { class: far ? "near none" : "near" });
    explain(words, text, { distance: space.meaning("Support (near, far)") });
    return words;
  }
  /** Decode everything at once; canvases are painted when all is there. */
  decode({ latents }, own, canvases) {
    const { engine, model } = this.needs;
    const { z, pixels, image } = model.space;
    const all = [...own, ...latents[0], ...latents[1]];
    const flat = new Float32Array(all.length * z);
    all.forEach((latent, i) => flat.set(latent, i * z));
    const images = [];
    engine.decodeMany("arithmetic", flat, ({ start, rows, values, last }) => {
      for (let i = 0; i < rows; i++) {
        images[start + i] = Float32Array.from(values.subarray(i * pixels, (i + 1) * pixels), (v) => v / 255);
      }
      if (!last) return;
      const from = own.length;
      const first = meanImage(images.slice(from, from + latents[0].length));
      const second = meanImage(images.slice(from + latents[0].length));
      const sum = images[0].map((value, p) => clamp(value + first[p] - second[p], 0, 1));
      [first, second, images[0], images[1], images[2], sum].forEach((values2, i) => {
        paintImage(canvases[i], values2, image);
      });
    });
  }
  // ---- agreement ---------------------------------------------------------------------------------
  agreement(terms) {
    const { space } = this.needs.model;
    const options = { most: PAIRS, seed: 1 };
    const found = pairDifferences(space, ...terms.rows, options);
    const everything = [...space.train];
    const half = everything.length >> 1;
    const random = pairDifferences(space, everything.slice(0, half), everything.slice(half), {
      ...options,
      most: found.length
    });
    const [pairs, chance] = [cosines(found), cosines(random)];
    const of = terms.latents[0].length === 1 ? `the ${AROUND} images nearest to each pin` : "both groups";
    const words = pairs.length ? `Differences of ${counted(found.length, "pair")} from ${of}: mean cosine similarity ${figure(average(pairs))}. Chance level (random pairs of training images): ${figure(average(chance))}. 1: the same direction.` : "At least two pairs are needed: draw larger groups.";
    const about = h("p");
    explain(about, words, {
      "cosine similarity": space.meaning("Cosine similarity"),
      "Chance level": space.meaning("Chance level")
    });
    const length = h("p", { text: `Length of the difference vector: ${figure(lengthOf(terms.step))}.`, class: "quiet" });
    return h("div", { class: "agreement" }, agreementChart(pairs, chance), about, length);
  }
  // ---- the map -----------------------------------------------------------------------------------
  places() {
    const { plane } = this.needs.model;
    const { terms } = this;
    return terms ? [plane.project(terms.start), plane.project(plus(terms.start, terms.step))] : [];
  }
  leave() {
    this.needs.lasso.begin(null);
  }
  /** Draw the loops, and the step from where it starts, with the random one dotted. */
  paint(context) {
    const { lasso, model, view } = this.needs;
    const { plane, theme } = model;
    lasso.paint(context);
    const { terms } = this;
    if (!terms) return;
    const steps = [
      [randomLike(terms.step, this.seed), [2, 4]],
      [terms.step, []]
    ];
    const from = view.toScreen(...plane.project(terms.start));
    for (const [step, dashes] of steps) {
      const to = view.toScreen(...plane.project(plus(terms.start, step)));
      for (const [color, width] of [[theme.background, 5], [theme.accent, 2.25]]) {
        [context.strokeStyle, context.lineWidth] = [color, width];
        context.setLineDash(dashes);
        context.beginPath();
        context.moveTo(...from);
        context.lineTo(...to);
        context.stroke();
        context.setLineDash([]);
        context.beginPath();
        context.arc(...to, 5, 0, 7);
        context.stroke();
      }
    }
  }
};
function meanImage(images) {
  return images[0].map((_, p) => average(images.map((image) => image[p])));
}
function captioned(picture2, text, below = null) {
  return h("figure", {}, picture2, h("figcaption", { text, title: text }), below);
}

// latent/baseline.ts
var PCA = "pca";
var pcaTitle = (z) => `PCA, ${counted(z, "component")}`;
function pcaSpace(space, latents) {
  const shaped = (values) => Object.assign(values, { shape: [space.n] });
  const title = pcaTitle(space.z);
  return new Space({
    header: {
      ...{ name: PCA, fingerprint: `${space.fingerprint} ${PCA}`, line: title, short: title },
      ...{ model: PCA, beta: 0, latent_dim: space.z, image: space.image },
      ...{ class_names: space.class_names, looks: space.looks, others: [], reencoders: [] },
      ...{ task: space.task, seed: space.seed, recipe: PCA, family: null },
      ...{ originals: space.originals, sample_of: space.sample_of, meanings: space.meanings, decoder: null, far: NaN, usual: [] }
    },
    arrays: {
      latents,
      labels: shaped(Int32Array.from(space.labels)),
      splits: shaped(Int32Array.from(space.splits)),
      numbers: shaped(Int32Array.from(space.numbers)),
      errors: shaped(new Float32Array(space.n).fill(NaN))
    }
  });
}
var LinearDecoder = class {
  mean;
  components;
  /** @param components - z x pixels */
  constructor(mean, components) {
    this.mean = mean;
    this.components = components;
  }
  run(z) {
    return this.runAll(Float32Array.from(z), 1);
  }
  runAll(latents, rows) {
    const pixels = this.mean.length;
    const z = this.components.length / pixels;
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

// explore/beside.ts
function besideControls(offered, chosen, z, toggle) {
  const chips = chosen.flatMap((name) => offered.filter((each2) => each2.name === name)).map(({ name, line, short: short2 }) => {
    const title = `${name}: ${line}. Click to remove it`;
    return h(
      "button",
      { title, "aria-pressed": "true", onclick: () => toggle(name) },
      short2 ?? name,
      h("span", { class: "away", text: "×", "aria-hidden": "true" })
    );
  });
  const rest = offered.filter(({ name }) => !chosen.includes(name));
  const list = h(
    "select",
    { "aria-label": "add a network", onchange: () => toggle(list.value) },
    h("option", { value: "", text: "Add a network" }),
    ...grouped(rest, z).map(
      ([title, of]) => h(
        "optgroup",
        { label: title },
        ...of.map(({ name, line, text }) => h("option", { value: name, text: text ?? `${name}: ${line}` }))
      )
    )
  );
  return h("div", { class: "chips" }, ...chips, rest.length ? list : null);
}
function grouped(offered, z) {
  const groups = /* @__PURE__ */ new Map();
  const [same, other] = [`z = ${z}`, "Other sizes of the latent"];
  for (const title of [same, other]) groups.set(title, []);
  for (const each2 of offered) {
    const title = each2.family ?? (each2.latent_dim === z ? same : other);
    groups.set(title, [...groups.get(title) ?? [], each2]);
  }
  for (const [title, of] of groups) {
    if (title !== same && title !== other) of.sort((a, b) => a.latent_dim - b.latent_dim);
  }
  return [...groups].filter(([, of]) => of.length);
}

// explore/cell.ts
var TILES = 12;
var SIDE3 = 168;
var MOST_POINTS2 = 1500;
var Cell = class {
  space;
  element;
  network;
  jobs;
  map = h("canvas", { class: "little", role: "img" });
  caption;
  image = h("canvas", { class: "decoded", role: "img" });
  layout = null;
  at = null;
  theme = null;
  constructor(space, network2, jobs) {
    this.space = space;
    this.network = network2;
    this.jobs = jobs;
    this.caption = network2 instanceof LinearDecoder ? h("figcaption", {}, explained(space.short, space.line)) : h("figcaption", { title: `${space.name}: ${space.line}` });
    this.map.setAttribute("aria-label", `map of ${space.line}`);
    this.image.setAttribute("aria-label", `decoded by ${space.line}`);
    this.element = h(
      "figure",
      { class: "cell" },
      this.caption,
      h("div", { class: "both" }, this.map, this.image)
    );
  }
  /** Lay out the network's plane, its own where none is given, and paint. */
  refresh(theme, plane, title) {
    this.theme = theme;
    if (!(this.network instanceof LinearDecoder)) this.caption.textContent = title;
    if (!this.layout || plane && plane !== this.layout.plane) {
      this.layout = this.lay(plane ?? this.principal());
    }
    this.paint();
  }
  principal() {
    const { space } = this;
    const through = space.z > 2 ? space.spread.mean : new Float32Array(space.z);
    return makePlane(space, { kind: "principal", i: 0, j: 1 }, through, false);
  }
  lay(plane) {
    const { space } = this;
    const places = plane.projectAll(space.latents);
    const axis = (at) => places.filter((_, i) => i % 2 === at).sort();
    const extent = extentOf(plane, places, false);
    const base = new Mosaic(space.image, TILES, TILES, Math.max(space.image[0], space.image[1]));
    const latents = gridLatents(plane, extent, TILES, TILES);
    if (this.network instanceof LinearDecoder) {
      base.take({ start: 0, rows: TILES ** 2, values: this.network.runAll(latents, TILES ** 2) });
    } else {
      const job = { model: space.name, task: "decode", latents };
      this.jobs.run(`cell ${space.name}`, job, (part) => {
        base.take(part);
        this.paint();
      });
    }
    const step = Math.max(1, Math.floor(space.n / MOST_POINTS2));
    const some = places.filter((_, i) => (i >> 1) % step === 0);
    const labels = space.labels.filter((_, row) => row % step === 0);
    const scatter2 = new ScatterPainter(some, labels, space.class_names);
    return { plane, extent, sorted: [axis(0), axis(1)], base, scatter: scatter2 };
  }
  /** The shares of images to the left of a place and below it. */
  sharesAt(place2) {
    const [x, y] = this.layout?.sorted ?? [[0, 1], [0, 1]];
    return [shareBelow(x, place2[0]), shareBelow(y, place2[1])];
  }
  /** The latent at the place with these shares. */
  latentAt([across, up]) {
    if (!this.layout) return new Float32Array(this.space.z);
    const [x, y] = this.layout.sorted;
    return this.layout.plane.lift(valueAt(x, across), valueAt(y, up));
  }
  show(z) {
    this.at = this.layout?.plane.project(z) ?? null;
    paintImage(this.image, this.network.run(z), this.space.image);
    this.paint();
  }
  paint() {
    const { map, layout, theme } = this;
    if (!layout || !theme) return;
    const { left, right, bottom, top } = layout.extent;
    const toScreen = (x, y) => [
      (x - left) / (right - left) * SIDE3,
      (top - y) / (top - bottom) * SIDE3
    ];
    const screen = { width: SIDE3, height: SIDE3, toScreen };
    const ratio = window.devicePixelRatio || 1;
    if (map.width !== SIDE3 * ratio) map.width = map.height = SIDE3 * ratio;
    const context = contextOf(map);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.imageSmoothingQuality = "high";
    context.drawImage(layout.base.canvas, 0, 0, SIDE3, SIDE3);
    layout.scatter.paint(context, screen, theme, { kind: "dot", radius: 1.25, alpha: 0.8 });
    if (!this.at) return;
    for (const [color, width] of [[theme.background, 5], [theme.accent, 2.25]]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.arc(...toScreen(...this.at), 7, 0, 7);
      context.stroke();
    }
  }
};
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
  const place2 = share * (sorted.length - 1);
  const low = Math.min(sorted.length - 2, Math.max(0, Math.floor(place2)));
  return sorted[low] + (place2 - low) * (sorted[low + 1] - sorted[low]);
}

// explore/compare.ts
var MOST_OTHERS = 3;
var MATCH_WORDS = {
  quantile: {
    text: "Same quantile",
    title: "Each network decodes at the same quantiles of its own map, as at the cursor"
  },
  anchor: {
    text: "Same image",
    title: "Each network decodes its own latent of the training image nearest to the cursor"
  }
};
var Compare = class {
  needs;
  cells = /* @__PURE__ */ new Map();
  // of networks that have arrived
  shown = [];
  constructor(needs) {
    this.needs = needs;
  }
  /** Other networks of the same images, and the linear baseline. */
  get candidates() {
    const { space } = this.needs.model;
    const others = nearestFirst(space.recipe, space.others).map((other) => {
      const { name, line: line2, latent_dim, family } = other;
      return { name, line: line2, latent_dim, family, short: this.titleOf(other) };
    });
    const [short2, line] = [pcaTitle(space.z), space.meaning("PCA") ?? ""];
    return [{ name: PCA, line, latent_dim: space.z, family: null, short: short2, text: short2 }, ...others];
  }
  /** What a network is; its name where another one beside it is the same. */
  titleOf({ name, short: short2 }) {
    const { space } = this.needs.model;
    const shown = [space, ...space.others.filter((other) => this.chosen.includes(other.name))];
    return shown.some((other) => other.name !== name && other.short === short2) ? name : short2;
  }
  get chosen() {
    return (this.needs.model.state.others ?? [this.suggestion()]).slice(0, MOST_OTHERS);
  }
  /** Two halves at first: another kind of network of the same size, or another beta, else PCA. */
  suggestion() {
    const { space } = this.needs.model;
    const others = nearestFirst(space.recipe, space.others);
    const same = others.filter((other2) => other2.latent_dim === space.z);
    const other = same.find(({ model }) => model !== space.model);
    return (other ?? same.find(({ beta }) => beta !== space.beta))?.name ?? PCA;
  }
  /** A network that was asked for has arrived. */
  async receive(message) {
    const space = new Space(message);
    const { weights } = message.arrays;
    if (!space.decoder || !weights) return;
    const network2 = await loadNetwork(space.decoder, weights);
    const decoder = { spec: space.decoder, weights };
    this.needs.jobs.load({ model: space.name, z: space.z, decoder });
    this.add(new Cell(space, network2, this.needs.jobs));
  }
  /** The linear baseline arrives with the encoder. */
  receivePca({ mean, components, latents }) {
    const space = pcaSpace(this.needs.model.space, latents);
    this.add(new Cell(space, new LinearDecoder(mean, components), this.needs.jobs));
  }
  add(cell) {
    this.cells.set(cell.space.name, cell);
    if (this.needs.model.state.tool === "compare") this.needs.refresh();
  }
  get key() {
    const { state, plane } = this.needs.model;
    return [this.chosen, state.match, [...this.cells.keys()], plane.number].join(" ");
  }
  build() {
    const { model } = this.needs;
    const { space, state } = model;
    this.addOwn();
    const missing = this.chosen.filter((name) => !this.cells.has(name) && name !== PCA);
    if (missing.length) tell("load", missing);
    const match = MATCHES.toReversed().map(
      (value) => h("button", {
        ...MATCH_WORDS[value],
        "aria-pressed": String(state.match === value),
        onclick: () => model.set({ match: value })
      })
    );
    const names = [space.name, ...this.chosen];
    const found = names.map((name) => this.cells.get(name));
    this.shown = found.filter((cell) => cell !== void 0);
    for (const cell of this.shown) {
      cell.refresh(model.theme, cell.space === space ? model.plane : null, this.titleOf(cell.space));
    }
    this.follow();
    const figures = found.map((cell, i) => cell?.element ?? waiting(this.candidates, names[i]));
    const cells = h("div", { class: "cells", style: `--cells:${figures.length}` }, ...figures);
    return {
      controls: [
        h("div", { class: "group" }, ...match),
        besideControls(this.candidates, this.chosen, space.z, (name) => this.toggle(name))
      ],
      content: [cells]
    };
  }
  addOwn() {
    const { model, engine, jobs } = this.needs;
    const { space } = model;
    if (this.cells.has(space.name) || !engine.network) return;
    this.cells.set(space.name, new Cell(space, engine.network, jobs));
  }
  toggle(name) {
    const { model } = this.needs;
    const chosen = this.chosen.includes(name) ? this.chosen.filter((other) => other !== name) : [...this.chosen, name];
    if (chosen.length > MOST_OTHERS) {
      model.canvas.say("At most four networks; remove one first.");
      return;
    }
    model.set({ others: chosen });
  }
  /** The cursor has moved: decode the matching place everywhere. */
  follow() {
    const { model, cursor } = this.needs;
    const { space, plane, state } = model;
    const own = this.cells.get(space.name);
    if (state.tool !== "compare" || !own) return;
    const { z } = cursor.shown;
    const [{ row }] = space.nearest(z);
    const shares = own.sharesAt(plane.project(z));
    for (const cell of this.shown) {
      const same = state.match === "anchor" ? rowOf(cell.space, space, row) : -1;
      const there = same >= 0 ? cell.space.latent(same) : cell.latentAt(shares);
      cell.show(cell === own ? z : there);
    }
  }
};
var rowOf = (there, here, row) => there.rowOf(here.splits[row], here.numbers[row]);
function waiting(candidates, name) {
  const line = candidates.find((other) => other.name === name)?.short;
  const text = line ? "loading…" : "is not on this machine, or was trained on another image set";
  return h(
    "figure",
    { class: "cell" },
    h("figcaption", { text: line ?? name }),
    h("p", { class: "empty", text })
  );
}

// explore/lasso.ts
var MOST_CORNERS2 = 24;
var LEAST_STEP = 4;
var Lasso = class {
  /** Which loop is being drawn. */
  active = null;
  corners = [];
  model;
  view;
  last = [0, 0];
  constructor(model, view) {
    this.model = model;
    this.view = view;
  }
  /** Draw a loop next; null: no longer. */
  begin(which) {
    this.active = which;
    this.corners = [];
    this.model.canvas.repaint("overlay");
  }
  /** A pointer is down; true: the loop has it. */
  grab(px, py) {
    if (this.active === null) return false;
    this.corners = [];
    this.add(px, py);
    return true;
  }
  drag(px, py) {
    if (Math.hypot(px - this.last[0], py - this.last[1]) >= LEAST_STEP) this.add(px, py);
  }
  add(px, py) {
    this.last = [px, py];
    this.corner(...this.view.toMap(px, py));
  }
  /** Set a corner at a map place. */
  corner(x, y) {
    this.corners.push(x, y);
    this.model.canvas.repaint("overlay");
  }
  /** The loop is closed. */
  end() {
    const { active, model } = this;
    if (active === null) return;
    const loop = thinned(this.corners, MOST_CORNERS2);
    const loops = [...model.state.loops];
    loops[active] = loop.length < 6 ? null : loop;
    if (!loops[active]) model.canvas.say("A loop needs three corners or more; draw around some points.");
    this.begin(null);
    model.set({ loops });
  }
  /** Paint the loops of the state, and the one that is being drawn. */
  paint(context) {
    const { theme, state } = this.model;
    context.strokeStyle = theme.accent;
    state.loops.forEach((loop, i) => {
      if (!loop || i === this.active) return;
      this.trace(context, loop);
      context.closePath();
      context.lineWidth = 2;
      context.stroke();
      const [x, y] = this.view.toScreen(loop[0], loop[1]);
      context.fillStyle = theme.ink;
      context.font = "700 16px ui-sans-serif, system-ui, sans-serif";
      context.textAlign = "center";
      context.fillText(String(i + 1), x, y - 6);
    });
    if (this.active === null) return;
    context.setLineDash([5, 4]);
    this.trace(context, this.corners);
    context.stroke();
    context.setLineDash([]);
  }
  trace(context, loop) {
    context.beginPath();
    for (let i = 0; i < loop.length; i += 2) {
      context.lineTo(...this.view.toScreen(loop[i], loop[i + 1]));
    }
  }
};

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
  const [p, q] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
  const size = lengthA * (lengthB / lengthA) ** t / Math.sin(angle);
  return a.map((value, d) => size * (p * value / lengthA + q * b[d] / lengthB));
}

// latent/path.ts
function along2(a, b, t, curved) {
  return curved ? slerp(a, b, t) : a.map((value, d) => value + t * (b[d] - value));
}
function evenly(from, to, count2) {
  return Array.from({ length: count2 }, (_, i) => from + (to - from) * i / (count2 - 1));
}
function changesOf(images) {
  return images.slice(1).map((image, i) => {
    let sum = 0;
    for (let p = 0; p < image.length; p++) sum += Math.abs(image[p] - images[i][p]);
    return sum / image.length / 255;
  });
}
function unevenness(changes) {
  const mean = changes.reduce((sum, value) => sum + value, 0) / changes.length;
  return mean ? Math.max(...changes) / mean : 1;
}

// explore/playback.ts
var SECONDS = 4;
var Playback = class {
  frame = 0;
  frames;
  moved;
  said;
  /**
   * @param frames - of a strip, for those who want less motion
   * @param moved - called with a share of the way, 0 to 1
   * @param said - called with what the button should say
   */
  constructor(frames, moved, said) {
    this.frames = frames;
    this.moved = moved;
    this.said = said;
    said("Play");
  }
  get isPlaying() {
    return this.frame !== 0;
  }
  /** Play; where motion is unwelcome, frame after frame, once, and no further. */
  play(still) {
    this.said("Pause");
    const started = performance.now();
    const tick = (now) => {
      const [share, ended] = placeAt((now - started) / 1e3, still ? this.frames : null);
      this.frame = ended ? 0 : requestAnimationFrame(tick);
      this.moved(share);
      if (ended) this.said("Play");
    };
    this.frame = requestAnimationFrame(tick);
  }
  stop() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.said("Play");
  }
};
function placeAt(seconds, frames) {
  const way = Math.max(0, seconds) / SECONDS;
  if (frames === null) return [way % 2 < 1 ? way % 2 : 2 - way % 2, false];
  return way < 1 ? [Math.floor(way * (frames - 1)) / (frames - 1), false] : [1, true];
}

// explore/path.ts
var FRAMES = 13;
var STEPS_PER_FRAME = 4;
var STEPS = (FRAMES - 1) * STEPS_PER_FRAME + 1;
var HEADS = [
  ["decoded", "The decoded image at this point of the path"],
  ["nearest", "The training image whose latent is nearest"],
  ["density", "Number of training images whose latents are near"],
  ["cross-fade", ""]
];
var Path = class {
  needs;
  frames = [];
  playButton = h("button", { class: "primary", onclick: () => this.togglePlay() });
  plot = h("div", { class: "change step-sizes" });
  words = h("p", { class: "quiet step-sizes" });
  playback;
  constructor(needs) {
    this.needs = needs;
    const moved = (share) => this.showAt(this.range[0] + share * (this.range[1] - this.range[0]));
    const said = (text) => {
      this.playButton.textContent = text;
    };
    this.playback = new Playback(FRAMES, moved, said);
  }
  get ends() {
    const { pins } = this.needs.model.state;
    const [a, b] = ["A", "B"].map((letter) => pins.find((pin) => pin.letter === letter));
    return a && b ? [a.z, b.z] : null;
  }
  get key() {
    const { model, thumbs } = this.needs;
    return [this.ends?.join(), model.state.curve, model.state.over, thumbs.ready].join(" ");
  }
  /** Map places of both ends: they stay in view. */
  places() {
    return (this.ends ?? []).map((z) => this.needs.model.plane.project(z));
  }
  at([a, b], t) {
    const { state, space } = this.needs.model;
    return along2(a, b, t, state.curve && space.model === "vae");
  }
  get range() {
    const over = this.needs.model.state.over / 100;
    return [-over, 1 + over];
  }
  build() {
    const { ends } = this;
    if (!ends) {
      const text = "Click two places on the map: a path leads from pin A to pin B.";
      return { controls: [], content: [h("p", { class: "empty", text })] };
    }
    return { controls: this.controls(), content: this.strip(ends) };
  }
  controls() {
    const { model } = this.needs;
    const over = h("input", {
      ...{ type: "range", min: 0, max: 50, step: 5, value: model.state.over, "aria-label": "Extrapolation" },
      oninput: () => model.set({ over: Number(over.value) }, "slide")
    });
    const curved = h("input", {
      type: "checkbox",
      onchange: () => model.set({ curve: curved.checked })
    });
    curved.checked = model.state.curve;
    return [
      this.playButton,
      h(
        "div",
        { class: "slider" },
        explained("Extrapolation", model.space.meaning("Extrapolation")),
        over,
        h("output", { text: `${model.state.over} %` })
      ),
      model.space.model === "vae" ? h(
        "div",
        { class: "check" },
        h("label", { class: "check" }, curved, "Spherical interpolation"),
        explained("(slerp)", model.space.meaning("Slerp"))
      ) : null
    ];
  }
  strip(ends) {
    const ts = evenly(...this.range, STEPS);
    this.frames = ts.filter((_, i) => i % STEPS_PER_FRAME === 0).map((t) => this.frame(ends, t));
    this.decode(ends, ts);
    const { space } = this.needs.model;
    const heads = HEADS.map(
      ([text, title2]) => h("span", {}, explained(text, title2 || space.meaning("Cross-fade")))
    );
    const title = "Change of the image from one step to the next: the mean absolute difference of the pixels.";
    const strip2 = h(
      "div",
      { class: "strip" },
      h("div", { class: "heads" }, ...heads),
      ...this.frames.map(({ element }) => element),
      h("span", { class: "label" }, explained("change", title)),
      this.plot
    );
    return [strip2, this.words];
  }
  frame(ends, t) {
    const { model, thumbs } = this.needs;
    const z = this.at(ends, t);
    const near = model.space.crowd(z);
    const [decoded, real, mixed] = [h("canvas"), h("canvas"), h("canvas")];
    thumbs.show(real, model.space.nearest(z)[0].row);
    const element = h(
      "button",
      {
        class: t < 0 || t > 1 ? "frame outside" : "frame",
        title: `${Math.round(100 * t)} % of the way`,
        onclick: () => this.goTo(t)
      },
      decoded,
      real,
      h("span", { class: near ? "near" : "near none", text: near ? String(near) : "none" }),
      mixed
    );
    return { t, decoded, mixed, element };
  }
  /** Decode every step in the worker; frames, cross-fade and plot are painted when they are there. */
  decode(ends, ts) {
    const { engine, model } = this.needs;
    const { z, pixels } = model.space;
    const all = [...ts.map((t) => this.at(ends, t)), ...ends];
    const latents = new Float32Array(all.length * z);
    all.forEach((latent, i) => latents.set(latent, i * z));
    const images = [];
    engine.decodeMany("path", latents, ({ start, rows, values, last }) => {
      for (let i = 0; i < rows; i++) {
        images[start + i] = values.subarray(i * pixels, (i + 1) * pixels);
      }
      if (last) this.paintFrames(images.slice(0, STEPS), images[STEPS], images[STEPS + 1], ts);
    });
  }
  paintFrames(images, a, b, ts) {
    const { image } = this.needs.model.space;
    this.frames.forEach(({ t, decoded, mixed }, i) => {
      paintImage(decoded, images[i * STEPS_PER_FRAME], image);
      const mix = Uint8Array.from(a, (value, p) => clamp(value + t * (b[p] - value), 0, 255));
      paintImage(mixed, mix, image);
    });
    const changes = changesOf(images);
    this.plot.replaceChildren(changePlot(changes, ts));
    this.words.textContent = `Equal steps in latent space; the largest change of the image is ${figure(unevenness(changes))} times the mean change.`;
  }
  goTo(t) {
    this.stop();
    this.showAt(t);
  }
  showAt(t) {
    const { ends } = this;
    if (!ends) {
      this.stop();
      return;
    }
    const { cursor, model } = this.needs;
    const z = this.at(ends, t);
    const where = `${Math.round(100 * t)} % of the way from A to B`;
    cursor.move(...model.plane.project(z), { z, where });
    const step = (this.range[1] - this.range[0]) / (FRAMES - 1);
    for (const frame of this.frames) {
      frame.element.classList.toggle("now", Math.abs(frame.t - t) <= step / 2);
    }
  }
  togglePlay() {
    const { model } = this.needs;
    if (this.playback.isPlaying) this.stop();
    else if (!this.ends) model.canvas.say("A path needs two pins: click two places on the map.");
    else {
      if (model.state.tool !== "path") model.set({ tool: "path" });
      this.playback.play(prefersStill());
    }
  }
  stop() {
    this.playback.stop();
  }
  leave() {
    this.stop();
  }
  /** Draw the way on the map. */
  paint(context) {
    const { ends } = this;
    if (!ends) return;
    const { model, view } = this.needs;
    const { plane, theme } = model;
    const points = evenly(...this.range, 49).map((t) => plane.project(this.at(ends, t)));
    for (const [color, width] of [[theme.background, 5], [theme.accent, 2.25]]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      for (const place2 of points) context.lineTo(...view.toScreen(...place2));
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
  return h(
    "svg",
    {
      ...{ viewBox: `0 -2 ${width} ${height + 4}`, preserveAspectRatio: "none" },
      ...{ role: "img", "aria-label": "change of the image from step to step" }
    },
    ...marks,
    h("polyline", { points: points.join(" ") })
  );
}

// latent/reencoding.ts
var SETTLED = 1e-6;
function next({ decode, encode }, last) {
  const z = encode(last).slice();
  return { z, values: decode(z).slice() };
}
function squaredError(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum / a.length;
}
function movements(rounds) {
  const steps = rounds.slice(1).map(({ values }, k) => squaredError(values, rounds[k].values));
  return { steps, total: squaredError(rounds[0].values, rounds[rounds.length - 1].values) };
}
function settledAt(steps) {
  const last = steps.findLastIndex((change) => change > SETTLED);
  return last === steps.length - 1 ? null : last + 1;
}

// explore/walker.ts
var SHOWN = [0, 1, 2, 3, 5, 8, 12, 20, 30, 40, 50];
var PER_TURN = 10;
var DASHES = [[], [9, 5], [2, 5], [14, 4, 2, 4]];
var Walker = class {
  name;
  element;
  rounds = [];
  coder;
  image;
  canvases = SHOWN.map(() => h("canvas"));
  frames;
  words = h("p", { class: "quiet" });
  later;
  /** @param show - called with the round of a frame that is chosen */
  constructor({ name, line, image, coder }, show) {
    [this.name, this.image, this.coder] = [name, image, coder];
    this.frames = SHOWN.map(
      (round, i) => h(
        "button",
        { class: "frame", title: `after ${round} rounds`, onclick: () => show(round) },
        this.canvases[i]
      )
    );
    const label = h("div", { class: "label" }, h("b", { text: name, title: line }), this.words);
    this.element = h("div", { class: "walk" }, label, ...this.frames);
  }
  /** Walk on from an image, some rounds at a time; `done` is called when all rounds are there. */
  start(first, done) {
    this.stop();
    this.rounds = [{ z: this.coder.encode(first).slice(), values: first }];
    this.words.textContent = "…";
    const turn = () => {
      for (let i = 0; i < PER_TURN && this.rounds.length <= ROUNDS; i++) {
        this.rounds.push(next(this.coder, this.rounds[this.rounds.length - 1].values));
      }
      if (this.rounds.length <= ROUNDS) this.later = setTimeout(turn);
      else {
        this.show();
        done();
      }
    };
    this.later = setTimeout(turn);
  }
  stop() {
    clearTimeout(this.later);
  }
  /** Mark the frame of a round. */
  mark(round) {
    const at = SHOWN.findLastIndex((shown) => shown <= round);
    this.frames.forEach((frame, i) => frame.classList.toggle("now", i === at));
  }
  show() {
    SHOWN.forEach((round, i) => paintImage(this.canvases[i], this.rounds[round].values, this.image));
    const { steps, total } = movements(this.rounds);
    const settled = settledAt(steps);
    const rest = settled === null ? `the last round changes it by ${small(steps[steps.length - 1])}` : `converged in round ${settled}`;
    this.words.textContent = `MSE to the first image ${figure(total)}, ${rest}`;
  }
};
var small = (value) => value < 1e-5 ? "less than 0.00001" : figure(value);

// explore/reencoding.ts
var MOST_BESIDE = 3;
var WAITING = "Loading the networks…";
var REMOTE = "This network runs on the server; re-encoding needs a network that runs in the browser.";
var Reencoding = class {
  needs;
  arrived = /* @__PURE__ */ new Map();
  // null: the browser cannot run it
  walkers = [];
  slider = h("input", {
    ...{ type: "range", min: 0, max: ROUNDS, "aria-label": "round" },
    oninput: () => this.needs.model.set({ round: Number(this.slider.value) }, "slide")
  });
  number = h("output");
  playButton = h("button", { class: "primary", onclick: () => this.togglePlay() });
  playback;
  constructor(needs) {
    this.needs = needs;
    const moved = (share) => {
      const round = Math.round(share * ROUNDS);
      if (round !== needs.model.state.round) needs.model.set({ round }, "slide");
    };
    const said = (text) => {
      this.playButton.textContent = text;
    };
    this.playback = new Playback(SHOWN.length, moved, said);
  }
  get offered() {
    const { space } = this.needs.model;
    return nearestFirst(space.recipe, space.reencoders).map(({ name, line, latent_dim, family }) => {
      const away = this.arrived.get(name) === null ? ". It does not run in the browser" : "";
      return { name, line: `${line}${away}`, latent_dim, family };
    });
  }
  get chosen() {
    return (this.needs.model.state.beside ?? this.suggestion()).slice(0, MOST_BESIDE);
  }
  /** The other kind of autoencoder, and a denoiser, where they are here. */
  suggestion() {
    const { space } = this.needs.model;
    const known = nearestFirst(space.recipe, space.reencoders);
    const same = known.filter(({ task }) => task === space.task);
    const ofSize = same.filter(({ latent_dim }) => latent_dim === space.z);
    const kind = (list) => list.find(({ model }) => model !== space.model);
    const other = kind(ofSize) ?? kind(same);
    const denoiser = known.find(({ task }) => task === "denoise");
    return [other, denoiser].flatMap((network2) => network2 ? [network2.name] : []);
  }
  /** A network that was asked for has arrived. */
  async receive({ header, arrays }) {
    const { encoder, decoder, name, line, image, latent_dim } = header;
    const { encoder_weights: into, decoder_weights: from } = arrays;
    if (!encoder || !decoder || !into || !from) this.arrived.set(name, null);
    else {
      const [inward, outward] = [await loadNetwork(encoder, into), await loadNetwork(decoder, from)];
      const coder = {
        encode: (values) => inward.run(values).subarray(0, latent_dim),
        decode: (z) => outward.run(z)
      };
      this.arrived.set(name, { name, line, image, coder });
    }
    if (this.needs.model.state.tool === "reencoding") this.needs.refresh();
  }
  get own() {
    const { engine, model } = this.needs;
    const { space } = model;
    const { network: network2, encoder } = engine;
    if (!network2 || !encoder) return null;
    const coder = {
      encode: (values) => encoder.run(values).subarray(0, space.z),
      decode: (z) => network2.run(z)
    };
    return { name: space.name, line: space.line, image: space.image, coder };
  }
  get start() {
    const { space, chosenPin } = this.needs.model;
    return chosenPin?.z ?? space.latent(space.train[0]);
  }
  get key() {
    const pin = this.needs.model.chosenPin;
    return [pin?.z.join(), this.chosen, [...this.arrived.keys()], this.own !== null].join(" ");
  }
  build() {
    const { model, engine } = this.needs;
    for (const walker of this.walkers) walker.stop();
    this.walkers = [];
    const { own } = this;
    if (!own) {
      return { controls: [], content: [h("p", { class: "empty", text: engine.isRemote ? REMOTE : WAITING })] };
    }
    const missing = this.chosen.filter((name) => !this.arrived.has(name));
    if (missing.length) tell("reencode", missing);
    const specs = this.chosen.map((name) => this.arrived.get(name)).filter((spec) => !!spec);
    const show = (round) => this.showRound(round);
    this.walkers = [own, ...specs].map((spec) => new Walker(spec, show));
    const first = own.coder.decode(this.start).slice();
    for (const walker of this.walkers) walker.start(first, () => this.update());
    this.update();
    const heads = ["round", ...SHOWN].map((round) => h("span", { text: String(round) }));
    const rows = this.walkers.map(({ element }, i) => {
      element.querySelector(".label")?.prepend(dashSample(DASHES[i]));
      return element;
    });
    return {
      controls: [
        this.playButton,
        h("label", { class: "slider" }, "Round", this.slider, this.number),
        besideControls(this.offered, this.chosen, model.space.z, (name) => this.toggle(name))
      ],
      content: [
        h("div", { class: "walks" }, h("div", { class: "walk heads" }, ...heads), ...rows),
        h("p", { class: "quiet", text: this.explain(model.chosenPin?.letter) })
      ]
    };
  }
  explain(letter) {
    const from = letter ? `pin ${letter}` : "a training image";
    const { name } = this.needs.model.space;
    return `Every network starts from the image that ${name} decodes at ${from}. The paths on the map join its latents, round by round.`;
  }
  toggle(name) {
    const { model } = this.needs;
    const { chosen } = this;
    const beside = chosen.includes(name) ? chosen.filter((each2) => each2 !== name) : [...chosen, name];
    if (beside.length > MOST_BESIDE) model.canvas.say("At most four networks; remove one first.");
    else model.set({ beside });
  }
  /** The round has changed, or a walk has arrived. */
  update() {
    const { model, cursor } = this.needs;
    const { round } = model.state;
    this.slider.value = String(round);
    this.number.textContent = `${round} of ${ROUNDS}`;
    for (const walker of this.walkers) walker.mark(round);
    const rounds = this.walkers.length ? this.walkers[0].rounds : [];
    if (round && round < rounds.length) {
      const { z } = rounds[round];
      cursor.move(...model.plane.project(z), { z, where: `After ${round} rounds of re-encoding` });
    }
    model.canvas.repaint("overlay");
  }
  showRound(round) {
    this.playback.stop();
    this.needs.model.set({ round });
  }
  togglePlay() {
    if (this.playback.isPlaying) this.playback.stop();
    else this.playback.play(prefersStill());
  }
  leave() {
    this.playback.stop();
    for (const walker of this.walkers) walker.stop();
    this.walkers = [];
  }
  places() {
    const { plane } = this.needs.model;
    const own = this.walkers[0]?.rounds ?? [];
    return own.map(({ z }) => plane.project(z));
  }
  /** Draw the walks: each image is encoded by this network, so that one map holds all. */
  paint(context) {
    const { model, view } = this.needs;
    const { theme, plane } = model;
    this.walkers.forEach((walker, i) => {
      const places = this.latentsOf(walker, i === 0).map((z) => view.toScreen(...plane.project(z)));
      if (places.length < 2) return;
      for (const [color, width] of [[theme.background, 5], [theme.accent, 2.25]]) {
        [context.strokeStyle, context.lineWidth] = [color, width];
        context.setLineDash(width > 4 ? [] : DASHES[i]);
        context.beginPath();
        for (const place2 of places) context.lineTo(...place2);
        context.stroke();
      }
      context.setLineDash([]);
      const end = places[Math.min(model.state.round || ROUNDS, places.length - 1)];
      context.fillStyle = theme.accent;
      context.beginPath();
      context.arc(...end, 5, 0, 7);
      context.fill();
    });
  }
  encoded = /* @__PURE__ */ new WeakMap();
  latentsOf(walker, isOwn) {
    if (isOwn) return walker.rounds.map(({ z }) => z);
    const known = this.encoded.get(walker) ?? [];
    const { engine } = this.needs;
    for (const { values } of walker.rounds.slice(known.length)) {
      const z = engine.encode(values);
      if (z) known.push(z);
    }
    this.encoded.set(walker, known);
    return known;
  }
};
function dashSample(dashes) {
  return h(
    "svg",
    { viewBox: "0 0 30 6", class: "dashes", "aria-hidden": "true" },
    h("line", { x1: 0, x2: 30, y1: 3, y2: 3, "stroke-dasharray": dashes.join(" ") || null })
  );
}

// latent/rotation.ts
function turned(z, [i, j], angle) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const out = Float32Array.from(z);
  out[i] = cos * z[i] + sin * z[j];
  out[j] = cos * z[j] - sin * z[i];
  return out;
}
function turnedKl({ mean, std }, angle) {
  const [p, q] = std.map((value) => Math.max(value ** 2, 1e-12));
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [a, b, corner] = [cos ** 2 * p + sin ** 2 * q, sin ** 2 * p + cos ** 2 * q, cos * sin * (q - p)];
  const [x, y] = turned(Float32Array.from(mean), [0, 1], angle);
  return 0.5 * (x * x + y * y + a + b - 2 - Math.log(a * b - corner * corner));
}

// explore/rotation.ts
var FRAMES2 = 11;
var SAMPLE = 200;
var RADIUS = 3;
var FLAT = "A latent with one dimension has no axes to rotate.";
var REMOTE2 = "This network runs on the server; rotating its axes needs a network that runs in the browser.";
var Rotation = class {
  needs;
  slider = h("input", {
    ...{ type: "range", min: 0, max: 90, "aria-label": "angle in degrees" },
    oninput: () => this.needs.model.set({ angle: Number(this.slider.value) }, "slide")
  });
  number = h("output");
  loss = h("div", { class: "loss" });
  strips = [];
  second = null;
  lossLater;
  constructor(needs) {
    this.needs = needs;
  }
  /** The network of the same recipe from another seed, if there is one. */
  get sibling() {
    const { space } = this.needs.model;
    return space.others.find(({ recipe, seed }) => recipe === space.recipe && seed !== space.seed) ?? null;
  }
  /** A network that was asked for has arrived, for this tool or another one. */
  async receive(message) {
    const { sibling } = this;
    const { weights } = message.arrays;
    if (message.header.name !== sibling?.name || this.second || !weights) return;
    const space = new Space(message);
    if (!space.decoder) return;
    this.second = { space, network: await loadNetwork(space.decoder, weights) };
    this.needs.refresh();
  }
  get start() {
    const { space, chosenPin } = this.needs.model;
    return chosenPin?.z ?? space.latent(space.train[0]);
  }
  /** The two dimensions that are turned: those that are used most. */
  get axes() {
    return axesOf(this.needs.model.space);
  }
  get key() {
    const { engine, thumbs } = this.needs;
    return [this.start.join(), this.second !== null, engine.network !== null, thumbs.ready].join(" ");
  }
  build() {
    const { model, engine } = this.needs;
    const { space } = model;
    if (space.z < 2) return { controls: [], content: [h("p", { class: "empty", text: FLAT })] };
    if (!engine.network) return { controls: [], content: [h("p", { class: "empty", text: REMOTE2 })] };
    const [i, j] = this.axes;
    this.strips = [i, j].map((d) => strip(`${coordinate(d)}′`));
    const own = h("section", {}, h("h3", { text: space.name }), ...this.strips.map(({ element }) => element));
    this.update();
    const slider = h("label", { class: "slider" }, "Angle", this.slider, this.number);
    return {
      controls: [slider, h("span", { class: "quiet", text: this.from() })],
      content: [h("div", { class: "turns" }, own, this.other()), this.loss]
    };
  }
  from() {
    const { chosenPin } = this.needs.model;
    return chosenPin ? `Traversals from pin ${chosenPin.letter}.` : "Traversals from a training image.";
  }
  /** Traversals of the second seed, along its own axes. */
  other() {
    const { sibling, second } = this;
    const { space } = this.needs.model;
    if (!sibling) {
      const command = `--seed ${space.seed + 1} --name ${space.name}-seed${space.seed + 1}`;
      const text = `No network with the same settings and another seed is on this machine. The Network page shows the command that trains this network; add ${command}.`;
      return h("section", {}, h("h3", { text: "Another seed" }), h("p", { class: "empty", text }));
    }
    const title = h("h3", { text: `${sibling.name}: the same settings, another seed` });
    if (!second) {
      tell("load", [sibling.name]);
      return h("section", {}, title, h("p", { class: "empty", text: "loading…" }));
    }
    const { network: network2, space: there } = second;
    const row = space.nearest(this.start)[0].row;
    const same = there.rowOf(space.splits[row], space.numbers[row]);
    const start = there.latent(Math.max(same, 0));
    const axes = axesOf(there);
    const strips = axes.map((d, which) => {
      const one = strip(coordinate(d));
      traversal(there, start, axes, which, 0).forEach((z, k) => {
        paintImage(one.canvases[k], network2.run(z), there.image);
      });
      return one.element;
    });
    const error = there.errors.reduce((sum, value) => sum + value, 0) / there.n;
    const words = h("p", { class: "quiet" });
    explain(words, `Reconstruction error (MSE) of all stored images: ${figure(error)}.`, {
      "Reconstruction error": space.meaning("Reconstruction error")
    });
    return h("section", {}, title, ...strips, words);
  }
  /** The angle has changed: traversals at once, the loss a moment later. */
  update() {
    const { model, engine } = this.needs;
    const { network: network2 } = engine;
    if (!network2 || !this.strips.length) return;
    this.slider.value = String(model.state.angle);
    this.number.textContent = `${model.state.angle}°`;
    this.strips.forEach(({ canvases }, which) => {
      traversal(model.space, this.start, this.axes, which, this.angle).forEach((z, k) => {
        paintImage(canvases[k], network2.run(z), model.space.image);
      });
    });
    clearTimeout(this.lossLater);
    this.lossLater = setTimeout(() => this.showLoss(network2), 60);
    model.canvas.repaint("overlay");
  }
  get angle() {
    return this.needs.model.state.angle * Math.PI / 180;
  }
  showLoss(network2) {
    const { model } = this.needs;
    const { space, state } = model;
    const rows = someRows(space);
    const [before, after] = [0, this.angle].map((angle) => this.errorAt(network2, rows, angle));
    const at = `${state.angle}°`;
    const cells = [
      ["", "0°", at],
      ["Reconstruction error (MSE)", before, after].map(written4)
    ];
    if (space.stds) {
      const divergences = [0, this.angle].map((angle) => this.klAt(rows, angle));
      cells.push(["KL divergence of both dimensions (nats), with the rotated posterior", ...divergences].map(written4));
    }
    const meanings = {
      "Reconstruction error": space.meaning("Reconstruction error"),
      "KL divergence": space.meaning("KL divergence")
    };
    const table = h("table", {}, ...cells.map((texts) => tableRow(texts, meanings)));
    const text = `On ${rows.length} images; latents are rotated, and rotated back before they are decoded.`;
    this.loss.replaceChildren(table, h("p", { class: "quiet", text }));
  }
  /** Mean squared error when latents are kept in turned axes; null where the originals are not here. */
  errorAt(network2, rows, angle) {
    const { model, thumbs } = this.needs;
    const { space } = model;
    let sum = 0;
    for (const row of rows) {
      const image = thumbs.valuesOf(row);
      if (!image) return null;
      const stored = turned(space.latent(row), this.axes, angle);
      sum += squaredError(network2.run(turned(stored, this.axes, -angle)), image);
    }
    return sum / rows.length;
  }
  klAt(rows, angle) {
    const { space } = this.needs.model;
    const [i, j] = this.axes;
    const { z, stds } = space;
    const value = (row) => {
      const [mean, at] = [space.latent(row), row * z];
      const std = [stds?.[at + i] ?? 1, stds?.[at + j] ?? 1];
      return turnedKl({ mean: [mean[i], mean[j]], std }, angle);
    };
    return rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
  }
  leave() {
    clearTimeout(this.lossLater);
  }
  /** Draw the turned axes through where the traversals start. */
  paint(context) {
    const { model, view } = this.needs;
    const { plane, theme, space } = model;
    if (space.z < 2) return;
    this.axes.forEach((d, which) => {
      const ends = traversal(space, this.start, this.axes, which, this.angle);
      const places = [ends[0], ends[FRAMES2 - 1]].map((z) => view.toScreen(...plane.project(z)));
      for (const [color, width] of [[theme.background, 5], [theme.accent, 2.25]]) {
        [context.strokeStyle, context.lineWidth] = [color, width];
        context.beginPath();
        for (const place2 of places) context.lineTo(...place2);
        context.stroke();
      }
      context.fillStyle = theme.ink;
      context.font = "700 16px ui-sans-serif, system-ui, sans-serif";
      context.textAlign = "center";
      context.fillText(`${coordinate(d)}′`, places[1][0], places[1][1] - 8);
    });
  }
};
function axesOf(space) {
  const [a, b] = space.dimensions.map(({ dimension }) => dimension);
  return [Math.min(a, b), Math.max(a, b)];
}
function traversal(space, start, axes, which, angle) {
  const from = turned(start, axes, angle);
  const axis = axes[which];
  const [low, high] = space.stds ? [-RADIUS, RADIUS] : rangeOf(space, axes, which, angle);
  return Array.from({ length: FRAMES2 }, (_, k) => {
    const z = Float32Array.from(from);
    z[axis] = low + (high - low) * k / (FRAMES2 - 1);
    return turned(z, axes, -angle);
  });
}
function rangeOf(space, axes, which, angle) {
  const values = Float32Array.from(
    { length: space.n },
    (_, row) => turned(space.latent(row), axes, angle)[axes[which]]
  ).sort();
  return [quantile(values, 0.01), quantile(values, 0.99)];
}
function someRows({ n }) {
  const every = Math.ceil(n / SAMPLE);
  return Array.from({ length: n }, (_, row) => row).filter((row) => row % every === 0);
}
function strip(name) {
  const canvases = Array.from({ length: FRAMES2 }, () => h("canvas"));
  const frames = canvases.map((canvas) => h("span", { class: "frame" }, canvas));
  return { canvases, element: h("div", { class: "turn" }, h("b", { text: name }), ...frames) };
}
var written4 = (value) => typeof value === "string" ? value : value === null ? "the original images are not on this machine" : value.toPrecision(5);
function tableRow([name, before, after], meanings) {
  const head = h("th");
  explain(head, name, meanings);
  return h("tr", {}, head, h("td", { text: before }), h("td", { text: after }));
}

// explore/samples.ts
var COUNT = 25;
var NO_PRIOR = "A plain autoencoder has no prior. These latents are sampled from a Gaussian fitted to its latents.";
var Samples = class {
  needs;
  seed = 1;
  around = false;
  latents = [];
  constructor(needs) {
    this.needs = needs;
  }
  get key() {
    return `${this.seed} ${this.around ? this.nearestRow() : ""}`;
  }
  build() {
    const isVae = this.needs.model.space.model === "vae";
    const again = h("button", {
      class: "primary",
      text: "Sample again",
      onclick: () => {
        this.seed++;
        this.needs.refresh();
      }
    });
    const choice = (text, value, title) => h("button", {
      text,
      title,
      "aria-pressed": String(this.around === value),
      onclick: () => {
        this.around = value;
        this.needs.refresh();
      }
    });
    const prior = "The standard normal distribution";
    const around = "The posterior of the training image nearest to the chosen pin";
    const choices = [
      choice("From the prior", false, prior),
      choice("From a posterior", true, around)
    ];
    const group = isVae ? h("div", { class: "group" }, ...choices) : null;
    const words = h("span", { class: "quiet" });
    const { space } = this.needs.model;
    explain(words, this.sentence(isVae), { prior: space.meaning("Prior"), posterior: space.meaning("Posterior") });
    return {
      controls: [again, group, words],
      content: [h("div", { class: "draws" }, ...this.draw())]
    };
  }
  sentence(isVae) {
    if (!isVae) return NO_PRIOR;
    if (!this.around) return "Each latent is sampled from the prior, a standard normal distribution, and decoded.";
    const name = this.needs.model.space.className(this.nearestRow());
    return `The ellipse is one standard deviation of the posterior of this image${name ? ` (${name})` : ""}.`;
  }
  draw() {
    const { model, engine, pins } = this.needs;
    const { z, image, pixels } = model.space;
    const { mean, std } = this.distribution();
    const latents = normals(COUNT * z, this.seed).map((value, i) => mean[i % z] + value * std[i % z]);
    this.latents = Array.from({ length: COUNT }, (_, i) => latents.subarray(i * z, (i + 1) * z));
    const canvases = this.latents.map(() => h("canvas"));
    engine.decodeMany("samples", latents, ({ start, rows, values }) => {
      for (let i = 0; i < rows; i++) {
        paintImage(canvases[start + i], values.subarray(i * pixels, (i + 1) * pixels), image);
      }
    });
    model.canvas.repaint("overlay");
    return canvases.map((canvas, i) => {
      const pin = () => pins.add(this.latents[i]);
      return h("button", { class: "frame", title: "Pin this sample", onclick: pin }, canvas);
    });
  }
  nearestRow() {
    const { space, chosenPin } = this.needs.model;
    return space.nearest(chosenPin?.z ?? space.latent(space.train[0]))[0].row;
  }
  distribution() {
    const { space } = this.needs.model;
    const { z, stds } = space;
    if (this.around && stds) {
      const row = this.nearestRow();
      return { mean: space.latent(row), std: stds.subarray(row * z, (row + 1) * z) };
    }
    if (space.model === "vae") {
      return { mean: new Float32Array(z), std: new Float32Array(z).fill(1) };
    }
    return space.spread;
  }
  /** Draw the samples' places, and the ellipse, on the map. */
  paint(context) {
    const { model, view } = this.needs;
    const { plane, theme } = model;
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
    const { model, view } = this.needs;
    const { plane, theme } = model;
    const { mean, std } = this.distribution();
    const along3 = (axis, by) => std.map((value, d) => value * value * axis[d] * by);
    const [spreadU, spreadV] = [plane.u, plane.v].map(
      (axis) => Math.sqrt(axis.reduce((sum, a, d) => sum + (a * std[d]) ** 2, 0)) || 1
    );
    context.strokeStyle = theme.accent;
    context.lineWidth = 2.25;
    context.beginPath();
    for (let i = 0; i <= 64; i++) {
      const angle = i / 64 * 2 * Math.PI;
      const toU = along3(plane.u, Math.cos(angle) / spreadU);
      const toV = along3(plane.v, Math.sin(angle) / spreadV);
      const z = mean.map((value, d) => value + toU[d] + toV[d]);
      context.lineTo(...view.toScreen(...plane.project(z)));
    }
    context.stroke();
  }
};

// explore/traversals.ts
var FRAMES3 = 11;
var MOST_ROWS = 64;
var Traversals = class {
  needs;
  constructor(needs) {
    this.needs = needs;
  }
  get key() {
    const pin = this.needs.model.chosenPin;
    return pin ? `${pin.letter} ${pin.z.join()}` : "";
  }
  build() {
    const { model, cursor } = this.needs;
    const { space, chosenPin: pin } = model;
    const start = pin?.z ?? cursor.shown.z;
    const rows = space.dimensions.slice(0, MOST_ROWS);
    const strips = rows.map((row) => ({ row, frames: this.frames(row, start, pin?.letter ?? "A") }));
    this.decode(strips.flatMap(({ frames }) => frames));
    const dead = space.dimensions.filter((dimension) => dimension.dead).length;
    const text = [
      pin ? `From pin ${pin.letter}.` : "From the latent decoded beside the map; pin a latent to start there.",
      space.stds ? "Largest KL divergence first." : "Largest variance first.",
      dead ? `${counted(dead, "inactive dimension")}.` : "",
      space.z > MOST_ROWS ? `The first ${MOST_ROWS} of ${space.z} are shown.` : ""
    ];
    const elements = strips.map(({ row, frames }) => this.strip(row, frames));
    const words = h("span", { class: "quiet" });
    explain(words, text.filter(Boolean).join(" "), {
      "KL divergence": space.meaning("KL divergence"),
      [dead === 1 ? "inactive dimension" : "inactive dimensions"]: space.meaning("Active dimension")
    });
    return {
      controls: [words],
      content: [h("div", { class: "strips" }, ...elements)]
    };
  }
  strip({ dimension, dead, use }, frames) {
    const unit2 = this.needs.model.space.stds ? `${figure(use)} nats` : `variance ${figure(use)}`;
    const label = h(
      "div",
      { class: "label" },
      h("b", { text: coordinate(dimension) }),
      h("span", { text: dead ? "inactive" : unit2 })
    );
    const buttons = frames.map(({ button }) => button);
    return h("div", { class: dead ? "dimension dead" : "dimension" }, label, ...buttons);
  }
  frames({ dimension, low, high }, start, letter) {
    return Array.from({ length: FRAMES3 }, (_, i) => {
      const value = low + (high - low) * i / (FRAMES3 - 1);
      const canvas = h("canvas");
      const z = Float32Array.from(start);
      z[dimension] = value;
      const nearest = Math.abs(value - start[dimension]) < (high - low) / FRAMES3 / 2;
      const button = h(
        "button",
        {
          class: nearest ? "frame now" : "frame",
          title: `${coordinate(dimension)} = ${figure(value)}`,
          onclick: () => this.needs.pins.moveTo(letter, z)
        },
        canvas
      );
      return { canvas, z, button };
    });
  }
  decode(frames) {
    const { engine, model } = this.needs;
    const { z, image, pixels } = model.space;
    const latents = new Float32Array(frames.length * z);
    frames.forEach((frame, i) => latents.set(frame.z, i * z));
    engine.decodeMany("dimensions", latents, ({ start, rows, values }) => {
      for (let i = 0; i < rows; i++) {
        paintImage(frames[start + i].canvas, values.subarray(i * pixels, (i + 1) * pixels), image);
      }
    });
  }
};

// explore/tools.ts
var Tools = class {
  byName;
  path;
  compare;
  lasso;
  reencoding;
  needs;
  rotation;
  constructor(needs) {
    this.needs = needs;
    const lasso = this.lasso = new Lasso(needs.model, needs.view);
    const path = this.path = new Path(needs);
    const compare = this.compare = new Compare(needs);
    const reencoding = this.reencoding = new Reencoding(needs);
    const rotation = this.rotation = new Rotation(needs);
    this.byName = {
      ...{ path, compare, reencoding, rotation },
      dimensions: new Traversals(needs),
      samples: new Samples(needs),
      arithmetic: new Arithmetic({ ...needs, lasso })
    };
  }
  /** A network has arrived that one of them asked for. */
  receive(message) {
    void this.compare.receive(message);
    void this.rotation.receive(message);
  }
  /** Pin what the cursor shows; while a loop is drawn, set a corner there. */
  pin(letter = null) {
    const { lasso } = this;
    const { cursor, pins } = this.needs;
    if (lasso.active === null || letter) {
      pins.addCursor(letter);
      return;
    }
    cursor.settle();
    if (cursor.place) lasso.corner(cursor.place.x, cursor.place.y);
  }
  /** Begin a loop of latent arithmetic by key, or close it. */
  draw() {
    const { lasso } = this;
    const { model, refresh } = this.needs;
    if (model.state.tool !== "arithmetic") return;
    if (lasso.active === null) lasso.begin(model.state.loops[0] ? 1 : 0);
    else lasso.end();
    refresh();
  }
  /** Let go of a loop that is being drawn; false: there was none. */
  letGo() {
    if (this.lasso.active === null) return false;
    this.lasso.begin(null);
    this.needs.refresh();
    return true;
  }
};

// explore/app.ts
var IDLE = 800;
var ON_MAP = ["points", "grid", "shade", "fog", "solo", "plane", "even", "through"];
var IN_DRAWER = [
  ...["tool", "pins", "selected", "curve", "over", "others", "match", "plane"],
  ...["loops", "beside", "round", "angle", "solo"]
];
var EVERYTHING = ["points", "grid", "shade", "fog", "tool", "pins", "present", "others"];
var App = class {
  fingerprint;
  root;
  space;
  model;
  jobs = new Jobs();
  engine;
  thumbs;
  lattice;
  shading;
  cursor;
  pins;
  tools;
  drawer;
  panel;
  menu;
  controls;
  legend;
  address;
  stage;
  stops;
  stopped = false;
  /**
   * @param root - an empty element that the canvas fills
   * @param data - the checkpoint, as latentlab/ui/explore/messages.py packs it
   */
  constructor(root, data) {
    this.root = root;
    const message = unpack(data);
    const space = new Space(message);
    const { state, problems } = readAddress(location.search, space);
    const model = new Model(space, state, readTheme(root, space.looks), {
      changed: (what, history2) => this.changed(what, history2),
      repaint: (what) => this.stage.invalidate(what),
      say: (text) => this.stage.say(text)
    });
    [this.space, this.model, this.fingerprint] = [space, model, space.fingerprint];
    const view = new View();
    const room = { left: 0, right: 0, top: 56, bottom: 0 };
    const { jobs } = this;
    const engine = this.engine = new Engine(space, jobs);
    const thumbs = this.thumbs = new Thumbs(space);
    const lattice = this.lattice = new Lattice(model, jobs);
    const canRun = (layer) => this.canRun(layer);
    const rescaled = () => this.legend.rescale(shading.ends);
    const shading = this.shading = new Shading({ model, view, jobs, canRun, rescaled });
    const painter = new MapView({ model, view, room, lattice, shading, thumbs });
    const peek = new Peek({ model, view, engine, thumbs });
    const cursor = this.cursor = new Cursor(model, view, {
      show: (shown) => {
        this.panel.show(shown);
        this.tools.compare.follow();
      },
      pick: (px, py, radius) => painter.pick(px, py, radius),
      point: (row) => peek.point(row),
      speak: (text) => this.panel.speak(text)
    });
    const pins = this.pins = new Pins(model, view, cursor);
    const refresh = () => this.drawer.refresh();
    const tools = this.tools = new Tools({ model, view, engine, jobs, cursor, pins, thumbs, refresh });
    const drawer = this.drawer = new Drawer(model, tools.byName);
    const panel = this.panel = new Panel({ model, engine, pins, thumbs, root });
    const address = this.address = new AddressBar(model);
    const menu = this.menu = new Menu(model, {
      fit: () => this.stage.fit(),
      copyLink: () => void address.copy(),
      help: () => this.openHelp()
    });
    const controls = this.controls = new Controls(model, menu);
    const legend = this.legend = new Legend(model, (label) => this.solo(label));
    const overlay = new Overlay({ model, view, cursor, drawer });
    this.stage = new Stage({
      ...{ root, model, view, room, painter, overlay, controls, legend, peek, drawer, panel },
      ...{ cursor, shading, address }
    });
    this.stops = this.listen();
    if (problems.length) this.stage.say(problems.join(" "));
    void this.begin(message.arrays.weights);
  }
  listen() {
    const { stage, pins, cursor, model, tools } = this;
    listenToKeys(
      {
        step: (dx, dy) => cursor.step(dx, dy),
        solo: (label) => this.solo(label),
        pin: (letter) => tools.pin(letter),
        lasso: () => tools.draw(),
        removePin: () => pins.remove(model.state.selected),
        play: () => tools.path.togglePlay(),
        zoom: (factor) => stage.zoom(factor),
        fit: () => stage.fit(),
        escape: () => this.escape(),
        help: () => this.openHelp()
      },
      stage.map
    );
    const stopPointer = listenToPointer(
      {
        hover: (x, y) => cursor.hover(x, y),
        leave: () => cursor.leave(),
        pan: (dx, dy) => stage.pan(dx, dy),
        zoom: (factor, x, y) => stage.zoom(factor, x, y),
        pinAt: (x, y, radius) => pins.at(x, y, radius),
        addPin: (x, y) => pins.addAt(x, y),
        dragPin: (letter, x, y) => {
          tools.path.stop();
          pins.drag(letter, x, y);
        },
        selectPin: (letter) => pins.select(letter),
        grab: (x, y) => tools.lasso.grab(x, y),
        drawTo: (x, y) => tools.lasso.drag(x, y),
        drawn: () => tools.lasso.end()
      },
      stage.map
    );
    const inbox = makeInbox(this.space, {
      network: (message) => this.tools.receive(message),
      reencoder: (message) => void this.tools.reencoding.receive(message),
      answer: (message) => this.engine.answer(message),
      originals: ({ arrays }) => void this.takeOriginals(arrays.png),
      extras: (message) => void this.takeExtras(message),
      all: (message) => {
        this.shading.take(message);
        this.panel.notice(noticeOf(this.engine, this.space));
      },
      address: ({ header }) => this.follow(`?${merged(location.search, header.values)}`)
    });
    const leave = (event) => {
      if (event.key === "Escape" && model.state.present) this.escape();
    };
    window.addEventListener("keydown", leave);
    return [
      stopPointer,
      () => window.removeEventListener("keydown", leave),
      stage.watch(),
      this.address.watch((search) => this.follow(search)),
      subscribe(inbox)
    ];
  }
  async begin(weights) {
    const { space, engine } = this;
    this.panel.update();
    const decoder = space.decoder && weights ? { spec: space.decoder, weights } : null;
    this.jobs.load({ model: space.name, z: space.z, ...space.known(), decoder });
    await engine.start(weights);
    if (this.stopped) return;
    this.panel.notice(noticeOf(engine, space));
    this.cursor.rest();
    this.react(new Set(EVERYTHING));
    this.root.dataset.ready = "true";
    setTimeout(() => space.radius, IDLE);
  }
  /** Take the canvas down; nothing of it keeps running. */
  stop() {
    this.stopped = true;
    this.drawer.stop();
    this.menu.close();
    for (const stop of this.stops) stop();
    this.jobs.stop();
  }
  /** The page's theme may have changed. */
  restyle() {
    const theme = readTheme(this.root, this.space.looks);
    if (theme.background === this.model.theme.background) return;
    this.model.theme = theme;
    this.stage.dress();
    this.legend.restyle();
    this.shading.compute();
    this.panel.update();
    this.drawer.refresh();
    this.stage.invalidate("map");
  }
  // ---- messages ----------------------------------------------------------------------------------
  async takeOriginals(png) {
    await this.thumbs.take(png);
    if (this.stopped) return;
    this.panel.update();
    this.stage.invalidate("map");
    this.drawer.refresh();
  }
  async takeExtras({ header, arrays }) {
    this.tools.compare.receivePca(arrays);
    const weights = arrays.encoder_weights;
    if (!header.encoder || !weights) return;
    const { name, z } = this.space;
    this.jobs.load({ model: name, z, encoder: { spec: header.encoder, weights } });
    await this.engine.startEncoder(header.encoder, weights);
    if (this.stopped) return;
    this.shading.compute();
    this.panel.update();
    this.drawer.refresh();
  }
  /** Whether a layer can be computed here and now. */
  canRun({ runs }) {
    if (!runs) return true;
    return !this.engine.isRemote && (runs === "decoder" || this.engine.encoder !== null);
  }
  // ---- state -------------------------------------------------------------------------------------
  changed(what, history2) {
    this.react(what);
    this.address.write(history2, what);
  }
  /** Bring everything in line with what changed. */
  react(changed) {
    const any = (...names) => names.some((name) => changed.has(name));
    const { state } = this.model;
    if (any("plane", "even")) {
      state.at = null;
      this.model.layPlane();
      this.stage.applyView();
    }
    if (any("grid", "plane", "even", "through")) this.lattice.rebuild();
    if (any("shade", "fog", "grid", "plane", "even", "through")) this.shading.compute();
    if (any(...IN_DRAWER)) this.drawer.refresh();
    if (any("pins", "selected")) this.panel.updateSoon();
    this.controls.update();
    this.menu.update();
    this.legend.update();
    this.legend.rescale(this.shading.ends);
    this.stage.update();
    this.stage.invalidate(any(...ON_MAP) ? "map" : "overlay");
  }
  solo(label) {
    if (label >= this.space.class_names.length) return;
    this.model.set({ solo: this.model.state.solo === label ? null : label });
  }
  /** Undo the last thing that was opened; with nothing open, the pins. */
  escape() {
    const { model } = this;
    const { present, tool, solo } = model.state;
    if (present) model.set({ present: false });
    else if (this.menu.isOpen) this.menu.close();
    else if (this.tools.letGo()) return;
    else if (tool) model.set({ tool: null });
    else if (solo !== null) model.set({ solo: null });
    else this.pins.clear();
  }
  /** Show what an address says. */
  follow(search) {
    this.model.replace(readAddress(search, this.space).state);
    this.stage.applyView();
    this.react(new Set(EVERYTHING));
    this.cursor.rest();
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
  if (!root) throw new Error("The page has no place for the map.");
  const running = apps.get(root);
  if (running?.fingerprint === readHeader(data).fingerprint) {
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
