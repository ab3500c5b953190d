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
var term = (label, meanings) => explained(label, meanings[label]);
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

// bottleneck/bottleneck.ts
var SETTLED = 250;
var LARGE = 300;
var TILE = 56;
var GAP = 20;
var LOW = 800;
var bottleneck_default = keeping(
  "#bottleneck",
  (root) => new BottleneckBoard(root),
  (board, component) => board.show(component)
);
var BottleneckBoard = class {
  large = h("div", { class: "large" });
  slider = h("input", {
    type: "range",
    min: 0,
    step: 1,
    "aria-label": "Latent dimensions, z",
    oninput: () => this.choose(Number(this.slider.value))
  });
  sliderName = h("span");
  value = h("output");
  again = h("button", {
    class: "button",
    text: "Sample again",
    title: "Draws new latents from the prior",
    onclick: () => this.reseed()
  });
  said = h("p", { class: "said", role: "status" });
  grid = h("div", { class: "grid" });
  tell = debounce(() => this.report(), SETTLED);
  resized = new ResizeObserver(() => this.fit());
  setStateValue;
  header;
  // from the first `show` on, as are those below
  pictures;
  figures = [];
  cells = [];
  chosen = 0;
  seed = 0;
  ids = -1;
  root;
  constructor(root) {
    this.root = root;
    const dial = h("div", { class: "slider" }, this.sliderName, this.slider, this.value);
    root.replaceChildren(
      this.large,
      h("div", { class: "dial" }, dial, this.again),
      this.said,
      this.grid
    );
    this.resized.observe(root);
  }
  /** Show what the server sends; where its choice is an older one than ours, ours stays. */
  show({ data, setStateValue }) {
    this.setStateValue = setStateValue;
    const { header, arrays } = unpack(data);
    const isNew = this.ids < 0 || header.family !== this.header.family;
    this.header = header;
    this.pictures = arrays;
    if (isNew || header.id >= this.ids) {
      this.chosen = Math.max(0, header.sizes.indexOf(header.size));
      this.seed = header.seed;
      this.ids = header.id;
    }
    this.slider.max = String(header.sizes.length - 1);
    this.again.hidden = !header.samples.length;
    this.sliderName.replaceChildren(term("Latent dimensions", header.meanings));
    this.said.textContent = header.said;
    this.drawGrid();
    this.drawLarge();
  }
  choose(row) {
    this.chosen = clamp(row, 0, this.header.sizes.length - 1);
    this.ids += 1;
    this.drawLarge();
    this.tell();
  }
  reseed() {
    this.seed += 1;
    this.ids += 1;
    this.tell.cancel();
    this.report();
  }
  report() {
    const { sizes, family } = this.header;
    this.setStateValue("chosen", { family, size: sizes[this.chosen], seed: this.seed, id: this.ids });
  }
  /** The original, and what the chosen size makes of it. */
  drawLarge() {
    const { header, chosen } = this;
    const { sizes, shape } = header;
    const k = sizes.length;
    const twice = [2 * shape[0], 2 * shape[1], shape[2]];
    const shown = [
      [header.original, this.image(0), shape],
      ...header.input ? [[header.input, this.image(1), shape]] : [],
      [header.network[chosen], this.image(2 + chosen), shape],
      [header.linear[chosen], this.image(2 + k + chosen), shape]
    ];
    if (this.pictures.samples) {
      shown.push([header.samples[chosen], tileOf(this.pictures.samples, chosen, twice), twice]);
    }
    if (this.figures.length !== shown.length) {
      this.figures = shown.map(() => ({ figure: new Figure(), shape }));
      this.large.replaceChildren(...this.figures.map(({ figure }) => figure.element));
    }
    shown.forEach(([text, picture, sides], i) => {
      this.figures[i].shape = sides;
      this.figures[i].figure.show(text, picture, sides);
    });
    this.slider.value = String(chosen);
    this.slider.setAttribute("aria-valuetext", `z = ${sizes[chosen]}`);
    this.value.textContent = `z = ${sizes[chosen]}`;
    this.cells.forEach((column, i) => {
      column.forEach((cell) => cell.classList.toggle("chosen", i === chosen));
      column[0].firstElementChild?.setAttribute("aria-pressed", String(i === chosen));
    });
    this.fit();
  }
  /** One column for each size: a button, a picture for each row, bytes. */
  drawGrid() {
    const { sizes, rows, samples, bytes, shape } = this.header;
    const k = sizes.length;
    const twice = [2 * shape[0], 2 * shape[1], shape[2]];
    const held = this.root.getRootNode();
    const focused = this.cells.findIndex((column) => column[0].contains(held.activeElement));
    this.grid.style.setProperty("--sizes", String(k));
    this.cells = sizes.map((size, i) => [
      this.cell(i, h("button", { class: "size", text: `z = ${size}` })),
      ...rows.map(
        ({ name, texts }, row) => this.cell(i, painted(this.image(2 + row * k + i), shape, `${name}, z = ${size}`), texts[i])
      ),
      ...this.pictures.samples ? [
        this.cell(
          i,
          painted(tileOf(this.pictures.samples, i, twice), twice, `Samples, z = ${size}`),
          samples[i].short
        )
      ] : [],
      this.cell(i, bytes[i])
    ]);
    const names = ["", ...rows.map(({ name }) => name), ...samples.length ? ["Samples"] : [], "Latent"];
    this.grid.replaceChildren(
      ...names.flatMap((name, row) => [
        h("div", { class: "name" }, term(name, this.header.meanings)),
        ...this.cells.map((column) => column[row])
      ])
    );
    if (focused >= 0) this.cells[focused]?.[0].firstElementChild?.focus();
  }
  cell(column, ...children) {
    return h("div", { class: "cell", onclick: () => this.choose(column) }, ...children);
  }
  image(number) {
    return tileOf(this.pictures.images, number, this.header.shape);
  }
  /** Give the large pictures the width there is, in whole steps. */
  fit() {
    if (this.ids < 0) return;
    const n = this.figures.length;
    const columns = this.root.clientWidth < 480 ? 2 : n;
    const width = Math.min(LARGE, this.root.clientWidth / columns - GAP);
    const share = window.innerHeight < LOW && columns > 2 ? 0.17 : 0.21;
    const side = this.header.shape[1];
    const limit = Math.min(width, Math.max(112, window.innerHeight * share));
    const sheet = 2 * side;
    const most = limit < sheet ? limit : limit - limit % sheet;
    const room = Math.min(
      this.root.clientWidth / (this.header.sizes.length + 1.5) - 8,
      Math.max(TILE, window.innerHeight * 0.08)
    );
    const steps = Math.max(1, Math.floor(room / side));
    this.grid.style.setProperty("--tile", `${Math.max(steps * side, Math.min(room, TILE))}px`);
    for (const { figure, shape } of this.figures) {
      crisp(figure.canvas, shape, most);
      figure.element.style.width = `${columns === 2 ? width : Math.max(most, width - 8)}px`;
    }
  }
  stop() {
    this.tell.cancel();
    this.resized.disconnect();
  }
};
var Figure = class {
  canvas = h("canvas", { role: "img" });
  name = h("p", { class: "name" });
  lines = h("div", { class: "quiet" });
  element = h("figure", {}, this.canvas, h("figcaption", {}, this.name, this.lines));
  show({ name, lines }, picture, shape) {
    paintImage(this.canvas, picture, shape);
    this.canvas.setAttribute("aria-label", `${name}. ${lines.join(". ")}`);
    this.name.textContent = name;
    this.lines.replaceChildren(...lines.map((text) => h("p", { text })));
  }
};
function painted(picture, shape, label) {
  const canvas = h("canvas", { role: "img", "aria-label": label });
  paintImage(canvas, picture, shape);
  return canvas;
}
export {
  bottleneck_default as default
};
