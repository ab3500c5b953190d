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

// map/chart.ts
var PICK_RADIUS = 14;
function findChart(key) {
  const chart = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const layout = chart && chart._fullLayout;
  return layout && layout.xaxis && layout.xaxis._length && chart._fullData ? chart : null;
}
function frameOf(chart) {
  const { xaxis, yaxis } = chart._fullLayout;
  return {
    left: xaxis._offset,
    top: yaxis._offset,
    width: xaxis._length,
    height: yaxis._length,
    x: xaxis.range.map(Number),
    y: yaxis.range.map(Number)
  };
}
function toData(frame, px, py) {
  return [
    frame.x[0] + px / frame.width * (frame.x[1] - frame.x[0]),
    frame.y[1] - py / frame.height * (frame.y[1] - frame.y[0])
  ];
}
function pointerIn(chart, event) {
  const frame = frameOf(chart);
  const box = chart.getBoundingClientRect();
  const px = event.clientX - box.left - frame.left;
  const py = event.clientY - box.top - frame.top;
  return isInside(frame, px, py) ? { frame, px, py } : null;
}
function cheapest(chart, { frame, px, py }, cost, least = Infinity) {
  const scaleX = frame.width / (frame.x[1] - frame.x[0]);
  const scaleY = frame.height / (frame.y[1] - frame.y[0]);
  const [x, y] = toData(frame, px, py);
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

// map/hover.ts
var ENLARGED = 112;
var SPEAK_AFTER = 250;
var states = /* @__PURE__ */ new WeakMap();
function mount({ data, parentElement }) {
  let state = states.get(parentElement);
  if (!state) {
    state = begin();
    states.set(parentElement, state);
  }
  const id = readHeader(data).id;
  if (state.id !== id) {
    state.id = id;
    take(state, unpack(data));
  }
  return () => {
    document.removeEventListener("pointermove", state.move);
    document.removeEventListener("latentlab-map-look", state.look);
    clearTimeout(state.later);
    state.tip.remove();
    state.live.remove();
    states.delete(parentElement);
  };
}
function begin() {
  const tip = document.createElement("div");
  tip.className = "latentlab-map-tip";
  Object.assign(tip.style, {
    position: "fixed",
    zIndex: 999999,
    pointerEvents: "none",
    display: "none",
    padding: "6px",
    borderRadius: "8px",
    font: "14px sans-serif",
    boxShadow: "0 4px 16px #0006"
  });
  const picture = document.createElement("canvas");
  Object.assign(picture.style, { display: "block", imageRendering: "pixelated" });
  const words = document.createElement("div");
  words.style.marginTop = "4px";
  tip.append(picture, words);
  const live = document.createElement("div");
  live.className = "latentlab-map-live";
  live.setAttribute("aria-live", "polite");
  Object.assign(live.style, { position: "fixed", clipPath: "inset(50%)" });
  document.body.append(tip, live);
  const state = { tip, picture, words, live, wanted: null, waiting: false };
  state.move = (event) => {
    state.wanted = event;
    if (state.waiting) return;
    state.waiting = true;
    requestAnimationFrame(() => {
      state.waiting = false;
      show(state, state.wanted);
    });
  };
  state.look = ({ detail }) => {
    if (!state.atlas) return;
    show(state, detail);
    const seen = state.tip.style.display === "block";
    speak(state, detail.said ?? (seen ? state.words.textContent : "No image here."));
  };
  document.addEventListener("pointermove", state.move, { passive: true });
  document.addEventListener("latentlab-map-look", state.look);
  return state;
}
function speak(state, text) {
  clearTimeout(state.later);
  state.later = setTimeout(() => {
    state.live.textContent = text;
  }, SPEAK_AFTER);
}
function take(state, { header, arrays }) {
  state.header = header;
  state.labels = arrays.labels;
  state.errors = arrays.errors;
  state.atlas = null;
  const blob = new Blob([arrays.picture], { type: header.mime });
  createImageBitmap(blob).then((atlas) => {
    if (state.header === header) state.atlas = atlas;
  });
  Object.assign(state.tip.style, {
    background: header.look.surface,
    color: header.look.ink,
    border: `1px solid ${header.look.line}`
  });
  const [width, height] = header.tile;
  state.picture.width = width;
  state.picture.height = height;
  const enlarged = Math.max(1, Math.floor(ENLARGED / Math.max(width, height)));
  state.picture.style.width = `${width * enlarged}px`;
  state.picture.style.height = `${height * enlarged}px`;
}
function show(state, event) {
  const chart = event.target.closest && event.target.closest(".js-plotly-plot");
  const mine = chart && chart === findChart(state.header.chart);
  const pointer = mine && event.buttons === 0 ? pointerIn(chart, event) : null;
  const row = pointer && rowAt(chart, pointer);
  if (row === null || row === void 0 || !state.atlas) {
    state.tip.style.display = "none";
    return;
  }
  const [width, height] = state.header.tile;
  const left = row % state.header.columns * width;
  const top = Math.floor(row / state.header.columns) * height;
  const context = state.picture.getContext("2d");
  context.drawImage(state.atlas, left, top, width, height, 0, 0, width, height);
  const name = state.header.classes[state.labels[row]] ?? "";
  state.words.textContent = [name, `error ${state.errors[row].toPrecision(2)}`].filter(Boolean).join(" · ");
  state.tip.dataset.row = row;
  state.tip.style.display = "block";
  placeBeside(state.tip, event);
}
function placeBeside(tip, event) {
  const { width, height } = tip.getBoundingClientRect();
  const right = event.clientX + 18 + width < window.innerWidth;
  const above = event.clientY - 18 - height > 0;
  tip.style.left = `${right ? event.clientX + 18 : event.clientX - 18 - width}px`;
  tip.style.top = `${above ? event.clientY - 18 - height : event.clientY + 18}px`;
}
export {
  mount as default
};
