// @ts-nocheck
// Listens to what a visitor does on the map and draws, above Plotly's chart, what follows from it.
// The chart itself never changes, so its zoom stays.
//
// Says `pick`, one of
//   {kind: 'point', row, before}      a click (or Enter) on a point; `before` is the point of the last click
//   {kind: 'place', at: [x, y]}       a click on empty space
//   {kind: 'loop', corners: [[x, y]]} a lasso or a box

import {
  CLICK_MOVEMENT,
  asPointer,
  findChart,
  frameOf,
  pointerIn,
  rowAt,
  toData,
  toPixels,
} from './chart.ts';
import { drawCursor, listenToKeys, lookAtCursor } from './keys.ts';

const MOST_CORNERS = 400;
const GROWING_MS = 300;
const DOUBLE_CLICK_MS = 350;
// While a visitor does something the chart is followed in every frame, else a few times a second.
const AWAKE_MS = 1000;
const ASLEEP_MS = 150;

const WAKING = ['pointermove', 'pointerdown', 'wheel', 'keydown'];

const states = new WeakMap();

export default function mount({ data, parentElement, setStateValue }) {
  let state = states.get(parentElement);
  if (!state) {
    state = begin();
    states.set(parentElement, state);
  }
  state.say = (pick) => setStateValue('pick', { ...pick, map: state.data.map, of: state.data.of });
  const changed = JSON.stringify(data) !== JSON.stringify(state.data);
  if (state.data && state.data.of !== data.of) state.last = null;
  if (state.data && (state.data.of !== data.of || state.data.map !== data.map)) state.cursor = null;
  state.data = data;
  if (data.row !== undefined) state.last = data.row;
  if (changed) {
    state.since = performance.now();
    state.drawn = '';
    state.wake();
  }
  return () => {
    state.ended = true;
    document.removeEventListener('pointerdown', state.down, true);
    document.removeEventListener('pointerup', state.up, true);
    for (const kind of WAKING) document.removeEventListener(kind, state.wake);
    clearTimeout(state.timer);
    state.canvas.remove();
    states.delete(parentElement);
  };
}

function begin() {
  const canvas = document.createElement('canvas');
  canvas.className = 'latentlab-map-marks';
  Object.assign(canvas.style, { position: 'absolute', pointerEvents: 'none', zIndex: 5 });
  const state = { canvas, since: 0, drawn: '', last: null, pressed: null, clicked: null, chart: null };
  Object.assign(state, { cursor: null, seen: 'null' }); // the cursor of the keys, in data
  state.follow = () => follow(state);
  state.choose = (chart, pointer) => choose(state, chart, pointer);
  listenToKeys(state);
  state.down = (event) => press(state, event);
  state.up = (event) => release(state, event);
  document.addEventListener('pointerdown', state.down, true);
  document.addEventListener('pointerup', state.up, true);
  const step = () => {
    if (state.ended) return;
    follow(state);
    if (performance.now() < state.awakeUntil) requestAnimationFrame(step);
    else state.timer = setTimeout(step, ASLEEP_MS);
  };
  state.wake = () => {
    state.awakeUntil = performance.now() + AWAKE_MS;
  };
  for (const kind of WAKING) document.addEventListener(kind, state.wake, { passive: true });
  state.wake();
  requestAnimationFrame(step);
  return state;
}

// ------------------------------------------------------------------ what the visitor does

function press(state, event) {
  const chart = state.data && findChart(state.data.chart);
  const onPlot = chart && chart.contains(event.target) && event.target.closest('.plot-container');
  const onControl = event.target.closest && event.target.closest('.legend, .modebar, .infolayer');
  state.pressed = onPlot && !onControl && event.button === 0 ? { chart, event } : null;
}

function release(state, event) {
  const pressed = state.pressed;
  state.pressed = null;
  if (!pressed || !pressed.chart.isConnected) return;
  const way = Math.hypot(
    event.clientX - pressed.event.clientX,
    event.clientY - pressed.event.clientY,
  );
  if (way >= CLICK_MOVEMENT || isSecondOfDouble(state.clicked, event)) return;
  const pointer = pointerIn(pressed.chart, event);
  if (!pointer) return;
  state.clicked = event;
  state.cursor = toData(pointer.frame, pointer.px, pointer.py); // where the keys go on from
  choose(state, pressed.chart, pointer);
}

/** Say which point, or which empty place, a pointer or the cursor of the keys has chosen. */
function choose(state, chart, pointer) {
  const row = rowAt(chart, pointer);
  if (row === null) {
    state.say({ kind: 'place', at: toData(pointer.frame, pointer.px, pointer.py) });
  } else {
    const before = state.last === row ? null : state.last;
    state.last = row;
    state.say({ kind: 'point', row, before });
  }
}

/** A second click counts as a double click only where the first one was. */
function isSecondOfDouble(first, event) {
  if (!first || event.timeStamp - first.timeStamp >= DOUBLE_CLICK_MS) return false;
  return Math.hypot(event.clientX - first.clientX, event.clientY - first.clientY) < CLICK_MOVEMENT;
}

/** Hear of lassos and boxes on this chart, once, even if it has been met before. */
function subscribe(state, chart) {
  state.hear ??= (event) => {
    const corners = event && cornersOf(event);
    if (corners && corners.length > 2) state.say({ kind: 'loop', corners });
  };
  chart.removeListener('plotly_selected', state.hear);
  chart.on('plotly_selected', state.hear);
}

function cornersOf(event) {
  if (event.lassoPoints) {
    const { x, y } = event.lassoPoints;
    const step = Math.ceil(x.length / MOST_CORNERS);
    return Array.from({ length: Math.ceil(x.length / step) }, (_, i) => [x[i * step], y[i * step]]);
  }
  if (event.range) {
    const [[x0, x1], [y0, y1]] = [event.range.x, event.range.y];
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
  }
  return null;
}

// ------------------------------------------------------------------ what is drawn

/** Once per frame: draw again if the chart has moved or the marks have changed. */
function follow(state) {
  const chart = state.data && findChart(state.data.chart);
  if (!chart) {
    state.canvas.remove();
    state.chart = null;
    lookAtCursor(state, null, 'null');
    return;
  }
  if (chart !== state.chart) {
    state.chart = chart;
    state.drawn = '';
    subscribe(state, chart);
  }
  const host = chart.querySelector('.svg-container');
  if (!host) return;
  if (state.canvas.parentElement !== host) host.append(state.canvas);
  const frame = frameOf(chart);
  const grown = still() ? 1 : Math.min(1, (performance.now() - state.since) / GROWING_MS);
  const cursor = state.canvas.matches(':focus') ? state.cursor : null;
  const spot = cursor && asPointer(chart, cursor);
  const seen = spot && [spot.clientX, spot.clientY, chart._fullData.map((trace) => trace.visible)];
  const signature = JSON.stringify([frame, grown, window.devicePixelRatio, seen]);
  if (signature === state.drawn) return;
  state.drawn = signature;
  draw(state, frame, 1 - (1 - grown) ** 3, cursor);
  lookAtCursor(state, spot, JSON.stringify(seen));
}

function still() {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function draw({ canvas, data }, frame, grown, cursor) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(frame.width * ratio);
  canvas.height = Math.round(frame.height * ratio);
  Object.assign(canvas.style, {
    left: `${frame.left}px`,
    top: `${frame.top}px`,
    width: `${frame.width}px`,
    height: `${frame.height}px`,
  });
  canvas.style.color = data.look.accent; // of the focus ring
  const context = canvas.getContext('2d');
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

/** Points that were searched for, bright above the others, which are dimmed. */
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

/** A circle as large as the neighbors lie apart that chose the place. */
function drawSpread(context, spread, at, look, frame) {
  if (!spread) return;
  const [px, py] = at(spread.at);
  const radius = (spread.radius / Math.abs(frame.x[1] - frame.x[0])) * frame.width;
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

/** Lines that grow from their first end to the second. */
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

/** A ring around a point; a dashed one for the point before; with a letter where there are several. */
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
  context.font = '600 15px sans-serif';
  context.lineWidth = 4;
  context.strokeStyle = look.background;
  context.strokeText(mark.letter, px + 13, py - 8);
  context.fillStyle = color;
  context.fillText(mark.letter, px + 13, py - 8);
}
