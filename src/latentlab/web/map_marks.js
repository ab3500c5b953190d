// map/chart.ts
var PICK_RADIUS = 14;
var CLICK_MOVEMENT = 4;
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
function toPixels(frame, x, y) {
  return [
    (x - frame.x[0]) / (frame.x[1] - frame.x[0]) * frame.width,
    (frame.y[1] - y) / (frame.y[1] - frame.y[0]) * frame.height
  ];
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
function asPointer(chart, [x, y]) {
  const frame = frameOf(chart);
  const box = chart.getBoundingClientRect();
  const [px, py] = toPixels(frame, x, y);
  const [clientX, clientY] = [box.left + frame.left + px, box.top + frame.top + py];
  return { target: chart, buttons: 0, clientX, clientY };
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

// map/keys.ts
var NEXT = 2;
var LEAP = 48;
var FREE = 14;
var ZOOM = 120;
var KEYS_LABEL = "Map of images. Arrow keys move a cursor to the next point, with Shift farther, with Alt beside the points; Home to the middle. Enter opens what is there, after the map. 0 to 9 show one line of the legend alone, plus and minus zoom, F fits the whole map, Escape ends.";
var ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
var ACTIONS = {
  Home: goHome,
  Enter: open,
  " ": open,
  Escape: leave,
  "+": (state) => zoom(state, -ZOOM),
  "=": (state) => zoom(state, -ZOOM),
  "-": (state) => zoom(state, ZOOM),
  f: (state) => state.chart.querySelector(".modebar-btn[data-val=reset]")?.click()
};
function listenToKeys(state) {
  const { canvas } = state;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", KEYS_LABEL);
  canvas.addEventListener("focus", () => state.follow());
  canvas.addEventListener("blur", () => state.follow());
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || !state.chart) return;
    if (!act(state, event)) return;
    event.preventDefault();
    event.stopPropagation();
    state.wake();
    state.follow();
  });
}
function act(state, event) {
  const arrow = ARROWS[event.key];
  if (arrow) {
    if (event.altKey) glide(state, arrow);
    else step(state, arrow, event.shiftKey ? LEAP : NEXT);
    return true;
  }
  if (/^\d$/.test(event.key)) {
    pressLegend(state.chart.querySelectorAll(".legendtoggle")[event.key]);
    return true;
  }
  const action = ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action || event.altKey) return false;
  return action(state, event) !== false;
}
function step(state, [ux, uy], least) {
  const from = cursorIn(state);
  if (!from) {
    goHome(state);
    return;
  }
  const found = cheapest(state.chart, from, (dx, dy) => {
    const along = dx * ux + dy * uy;
    const across = Math.abs(dx * uy - dy * ux);
    return along >= least && across <= along ? squared(dx, dy) : Infinity;
  });
  if (found) state.cursor = found.at;
}
function glide(state, [ux, uy]) {
  const { frame, px, py } = cursorIn(state) ?? middleOf(state.chart);
  const within = (value, size) => Math.min(Math.max(value, 1), size - 1);
  const [x, y] = [within(px + ux * FREE, frame.width), within(py + uy * FREE, frame.height)];
  state.cursor = toData(frame, x, y);
}
function goHome(state) {
  state.cursor = cheapest(state.chart, middleOf(state.chart), squared)?.at ?? null;
}
function open(state, event) {
  if (event.repeat) return;
  const pointer = cursorIn(state);
  if (!pointer) {
    goHome(state);
    return;
  }
  state.choose(state.chart, pointer);
  tell({ ...asPointer(state.chart, state.cursor), said: "Opened, after the map." });
}
function leave(state) {
  if (!state.cursor) return false;
  state.cursor = null;
  return true;
}
function zoom({ chart, cursor }, deltaY) {
  const { frame, px, py } = middleOf(chart);
  const at = asPointer(chart, cursor ?? toData(frame, px, py));
  const turn = { ...at, deltaY, bubbles: true, cancelable: true };
  chart.querySelector(".nsewdrag").dispatchEvent(new WheelEvent("wheel", turn));
}
function pressLegend(line) {
  for (const kind of ["mousedown", "mouseup"]) {
    line?.dispatchEvent(new MouseEvent(kind, { bubbles: true }));
  }
}
function cursorIn({ chart, cursor }) {
  return cursor && pointerIn(chart, asPointer(chart, cursor));
}
function middleOf(chart) {
  const frame = frameOf(chart);
  return { frame, px: frame.width / 2, py: frame.height / 2 };
}
function lookAtCursor(state, spot, seen) {
  if (seen === state.seen) return;
  state.seen = seen;
  tell(spot ?? { target: document.body, said: "" });
}
function tell(detail) {
  document.dispatchEvent(new CustomEvent("latentlab-map-look", { detail }));
}
function drawCursor(context, cursor, at, look) {
  const [px, py] = at(cursor);
  for (const [width, color] of [[5, look.background], [2.25, look.accent]]) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.beginPath();
    context.arc(px, py, 11, 0, 2 * Math.PI);
    for (const [ux, uy] of Object.values(ARROWS)) {
      context.moveTo(px + ux * 7, py + uy * 7);
      context.lineTo(px + ux * 16, py + uy * 16);
    }
    context.stroke();
  }
}

// map/marks.ts
var MOST_CORNERS = 400;
var GROWING_MS = 300;
var DOUBLE_CLICK_MS = 350;
var AWAKE_MS = 1e3;
var ASLEEP_MS = 150;
var WAKING = ["pointermove", "pointerdown", "wheel", "keydown"];
var states = /* @__PURE__ */ new WeakMap();
function mount({ data, parentElement, setStateValue }) {
  let state = states.get(parentElement);
  if (!state) {
    state = begin();
    states.set(parentElement, state);
  }
  state.say = (pick) => setStateValue("pick", { ...pick, map: state.data.map, of: state.data.of });
  const changed = JSON.stringify(data) !== JSON.stringify(state.data);
  if (state.data && state.data.of !== data.of) state.last = null;
  if (state.data && (state.data.of !== data.of || state.data.map !== data.map)) state.cursor = null;
  state.data = data;
  if (data.row !== void 0) state.last = data.row;
  if (changed) {
    state.since = performance.now();
    state.drawn = "";
    state.wake();
  }
  return () => {
    state.ended = true;
    document.removeEventListener("pointerdown", state.down, true);
    document.removeEventListener("pointerup", state.up, true);
    for (const kind of WAKING) document.removeEventListener(kind, state.wake);
    clearTimeout(state.timer);
    state.canvas.remove();
    states.delete(parentElement);
  };
}
function begin() {
  const canvas = document.createElement("canvas");
  canvas.className = "latentlab-map-marks";
  Object.assign(canvas.style, { position: "absolute", pointerEvents: "none", zIndex: 5 });
  const state = { canvas, since: 0, drawn: "", last: null, pressed: null, clicked: null, chart: null };
  Object.assign(state, { cursor: null, seen: "null" });
  state.follow = () => follow(state);
  state.choose = (chart, pointer) => choose(state, chart, pointer);
  listenToKeys(state);
  state.down = (event) => press(state, event);
  state.up = (event) => release(state, event);
  document.addEventListener("pointerdown", state.down, true);
  document.addEventListener("pointerup", state.up, true);
  const step2 = () => {
    if (state.ended) return;
    follow(state);
    if (performance.now() < state.awakeUntil) requestAnimationFrame(step2);
    else state.timer = setTimeout(step2, ASLEEP_MS);
  };
  state.wake = () => {
    state.awakeUntil = performance.now() + AWAKE_MS;
  };
  for (const kind of WAKING) document.addEventListener(kind, state.wake, { passive: true });
  state.wake();
  requestAnimationFrame(step2);
  return state;
}
function press(state, event) {
  const chart = state.data && findChart(state.data.chart);
  const onPlot = chart && chart.contains(event.target) && event.target.closest(".plot-container");
  const onControl = event.target.closest && event.target.closest(".legend, .modebar, .infolayer");
  state.pressed = onPlot && !onControl && event.button === 0 ? { chart, event } : null;
}
function release(state, event) {
  const pressed = state.pressed;
  state.pressed = null;
  if (!pressed || !pressed.chart.isConnected) return;
  const way = Math.hypot(
    event.clientX - pressed.event.clientX,
    event.clientY - pressed.event.clientY
  );
  if (way >= CLICK_MOVEMENT || isSecondOfDouble(state.clicked, event)) return;
  const pointer = pointerIn(pressed.chart, event);
  if (!pointer) return;
  state.clicked = event;
  state.cursor = toData(pointer.frame, pointer.px, pointer.py);
  choose(state, pressed.chart, pointer);
}
function choose(state, chart, pointer) {
  const row = rowAt(chart, pointer);
  if (row === null) {
    state.say({ kind: "place", at: toData(pointer.frame, pointer.px, pointer.py) });
  } else {
    const before = state.last === row ? null : state.last;
    state.last = row;
    state.say({ kind: "point", row, before });
  }
}
function isSecondOfDouble(first, event) {
  if (!first || event.timeStamp - first.timeStamp >= DOUBLE_CLICK_MS) return false;
  return Math.hypot(event.clientX - first.clientX, event.clientY - first.clientY) < CLICK_MOVEMENT;
}
function subscribe(state, chart) {
  state.hear ??= (event) => {
    const corners = event && cornersOf(event);
    if (corners && corners.length > 2) state.say({ kind: "loop", corners });
  };
  chart.removeListener("plotly_selected", state.hear);
  chart.on("plotly_selected", state.hear);
}
function cornersOf(event) {
  if (event.lassoPoints) {
    const { x, y } = event.lassoPoints;
    const step2 = Math.ceil(x.length / MOST_CORNERS);
    return Array.from({ length: Math.ceil(x.length / step2) }, (_, i) => [x[i * step2], y[i * step2]]);
  }
  if (event.range) {
    const [[x0, x1], [y0, y1]] = [event.range.x, event.range.y];
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
  }
  return null;
}
function follow(state) {
  const chart = state.data && findChart(state.data.chart);
  if (!chart) {
    state.canvas.remove();
    state.chart = null;
    lookAtCursor(state, null, "null");
    return;
  }
  if (chart !== state.chart) {
    state.chart = chart;
    state.drawn = "";
    subscribe(state, chart);
  }
  const host = chart.querySelector(".svg-container");
  if (!host) return;
  if (state.canvas.parentElement !== host) host.append(state.canvas);
  const frame = frameOf(chart);
  const grown = still() ? 1 : Math.min(1, (performance.now() - state.since) / GROWING_MS);
  const cursor = state.canvas.matches(":focus") ? state.cursor : null;
  const spot = cursor && asPointer(chart, cursor);
  const seen = spot && [spot.clientX, spot.clientY, chart._fullData.map((trace) => trace.visible)];
  const signature = JSON.stringify([frame, grown, window.devicePixelRatio, seen]);
  if (signature === state.drawn) return;
  state.drawn = signature;
  draw(state, frame, 1 - (1 - grown) ** 3, cursor);
  lookAtCursor(state, spot, JSON.stringify(seen));
}
function still() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
function draw({ canvas, data }, frame, grown, cursor) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(frame.width * ratio);
  canvas.height = Math.round(frame.height * ratio);
  Object.assign(canvas.style, {
    left: `${frame.left}px`,
    top: `${frame.top}px`,
    width: `${frame.width}px`,
    height: `${frame.height}px`
  });
  canvas.style.color = data.look.accent;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const at = ([x, y]) => toPixels(frame, x, y);
  const { marks, look } = data;
  drawFound(context, marks.found, at, look, frame);
  drawSpread(context, marks.spread, at, look, frame);
  drawLines(context, marks.lines, at, look, grown);
  drawLoop(context, marks.loop, at, look);
  for (const mark of marks.rings || []) drawRing(context, mark, at, look);
  if (cursor) drawCursor(context, cursor, at, look);
}
function drawFound(context, found, at, look, frame) {
  if (!found) return;
  context.globalAlpha = 0.6;
  context.fillStyle = look.background;
  context.fillRect(0, 0, frame.width, frame.height);
  context.globalAlpha = 1;
  context.fillStyle = look.accent;
  for (const place of found) {
    const [px, py] = at(place);
    context.beginPath();
    context.arc(px, py, 3, 0, 2 * Math.PI);
    context.fill();
  }
}
function drawSpread(context, spread, at, look, frame) {
  if (!spread) return;
  const [px, py] = at(spread.at);
  const radius = spread.radius / Math.abs(frame.x[1] - frame.x[0]) * frame.width;
  context.beginPath();
  context.arc(px, py, radius, 0, 2 * Math.PI);
  context.globalAlpha = 0.15;
  context.fillStyle = spread.far ? look.warning : look.accent;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = context.fillStyle;
  context.setLineDash([5, 4]);
  context.stroke();
  context.setLineDash([]);
}
function drawLines(context, lines, at, look, grown) {
  if (!lines) return;
  context.strokeStyle = look.accent;
  context.fillStyle = look.accent;
  context.lineWidth = 1.5;
  for (const [from, to] of lines) {
    const [x0, y0] = at(from);
    const [x1, y1] = at(to);
    const [px, py] = [x0 + (x1 - x0) * grown, y0 + (y1 - y0) * grown];
    context.globalAlpha = 0.7;
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(px, py);
    context.stroke();
    context.globalAlpha = 1;
    context.beginPath();
    context.arc(px, py, 3.5, 0, 2 * Math.PI);
    context.fill();
  }
}
function drawLoop(context, loop, at, look) {
  if (!loop) return;
  context.beginPath();
  for (const corner of loop) context.lineTo(...at(corner));
  context.closePath();
  context.globalAlpha = 0.12;
  context.fillStyle = look.accent;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 2;
  context.strokeStyle = look.accent;
  context.stroke();
}
function drawRing(context, mark, at, look) {
  const [px, py] = at(mark.at);
  const color = mark.quiet ? look.muted : look.accent;
  for (const [width, stroke] of [[5, look.background], [2.5, color]]) {
    context.lineWidth = width;
    context.strokeStyle = stroke;
    context.setLineDash(mark.quiet && stroke === color ? [3, 3] : []);
    context.beginPath();
    context.arc(px, py, 9, 0, 2 * Math.PI);
    context.stroke();
  }
  context.setLineDash([]);
  if (!mark.letter) return;
  context.font = "600 15px sans-serif";
  context.lineWidth = 4;
  context.strokeStyle = look.background;
  context.strokeText(mark.letter, px + 13, py - 8);
  context.fillStyle = color;
  context.fillText(mark.letter, px + 13, py - 8);
}
export {
  mount as default
};
