// @ts-nocheck
// The map by keyboard: a cursor that arrow keys move from point to point. To everything else it is
// one more pointer: its image is shown, and its card opened, by what serves the mouse.

import { asPointer, cheapest, frameOf, pointerIn, squared, toData } from './chart.ts';

const NEXT = 2; // pixels to the next point at least; nearer ones stand apart after zooming in
const LEAP = 48;
const FREE = 14;
const ZOOM = 120; // what one notch of a wheel turns
const KEYS_LABEL =
  'Map of images. Arrow keys move a cursor to the next point, with Shift farther, with Alt beside ' +
  'the points; Home to the middle. Enter opens what is there, after the map. 0 to 9 show one line ' +
  'of the legend alone, plus and minus zoom, F fits the whole map, Escape ends.';
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ACTIONS = {
  Home: goHome,
  Enter: open,
  ' ': open,
  Escape: leave,
  '+': (state) => zoom(state, -ZOOM),
  '=': (state) => zoom(state, -ZOOM),
  '-': (state) => zoom(state, ZOOM),
  f: (state) => state.chart.querySelector('.modebar-btn[data-val=reset]')?.click(),
};

/** Let Tab reach the canvas above the chart, and listen to its keys. Its pointer stays the chart's. */
export function listenToKeys(state) {
  const { canvas } = state;
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-label', KEYS_LABEL);
  canvas.addEventListener('focus', () => state.follow());
  canvas.addEventListener('blur', () => state.follow());
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || !state.chart) return;
    if (!act(state, event)) return;
    event.preventDefault();
    event.stopPropagation();
    state.wake();
    state.follow();
  });
}

/** Do what a key asks for; false if it asks for nothing here. */
function act(state, event) {
  const arrow = ARROWS[event.key];
  if (arrow) {
    if (event.altKey) glide(state, arrow);
    else step(state, arrow, event.shiftKey ? LEAP : NEXT);
    return true;
  }
  if (/^\d$/.test(event.key)) {
    pressLegend(state.chart.querySelectorAll('.legendtoggle')[event.key]);
    return true;
  }
  const action = ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action || event.altKey) return false;
  return action(state, event) !== false;
}

/** Go to the nearest point in the quarter that the arrow points into, so many pixels on at least. */
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

/** Go so many pixels, whatever is there. */
function glide(state, [ux, uy]) {
  const { frame, px, py } = cursorIn(state) ?? middleOf(state.chart);
  const within = (value, size) => Math.min(Math.max(value, 1), size - 1);
  const [x, y] = [within(px + ux * FREE, frame.width), within(py + uy * FREE, frame.height)];
  state.cursor = toData(frame, x, y);
}

/** Go to the point that is nearest to the middle of what is seen. */
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
  tell({ ...asPointer(state.chart, state.cursor), said: 'Opened, after the map.' });
}

function leave(state) {
  if (!state.cursor) return false;
  state.cursor = null;
  return true;
}

/** Turn a wheel above the cursor: Plotly does the rest. */
function zoom({ chart, cursor }, deltaY) {
  const { frame, px, py } = middleOf(chart);
  const at = asPointer(chart, cursor ?? toData(frame, px, py));
  const turn = { ...at, deltaY, bubbles: true, cancelable: true };
  chart.querySelector('.nsewdrag').dispatchEvent(new WheelEvent('wheel', turn));
}

/** Click a line of the legend, as Plotly hears it; a second time brings all back. */
function pressLegend(line) {
  for (const kind of ['mousedown', 'mouseup']) {
    line?.dispatchEvent(new MouseEvent(kind, { bubbles: true }));
  }
}

/** Return where the cursor is within the plot area; null if it is nowhere, or outside. */
function cursorIn({ chart, cursor }) {
  return cursor && pointerIn(chart, asPointer(chart, cursor));
}

function middleOf(chart) {
  const frame = frameOf(chart);
  return { frame, px: frame.width / 2, py: frame.height / 2 };
}

/** Let the image follow the cursor (null: there is none) whenever what it stands on may differ. */
export function lookAtCursor(state, spot, seen) {
  if (seen === state.seen) return;
  state.seen = seen;
  tell(spot ?? { target: document.body, said: '' });
}

/** Speak to the component that shows the images. */
function tell(detail) {
  document.dispatchEvent(new CustomEvent('latentlab-map-look', { detail }));
}

/** The same cross as on the Explore page. */
export function drawCursor(context, cursor, at, look) {
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
