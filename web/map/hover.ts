// @ts-nocheck
// Shows the image of the point under the pointer, or under the cursor of the keys, at once. Everything is in the browser: an atlas of
// all images came with the page, and no pointer movement reaches the server.

import { readHeader, unpack } from '../lib/message.ts';
import { findChart, pointerIn, rowAt } from './chart.ts';

const ENLARGED = 112; // pixels; the image is enlarged in whole steps up to this
const SPEAK_AFTER = 250; // milliseconds

const states = new WeakMap();

export default function mount({ data, parentElement }) {
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
    document.removeEventListener('pointermove', state.move);
    document.removeEventListener('latentlab-map-look', state.look);
    clearTimeout(state.later);
    state.tip.remove();
    state.live.remove();
    states.delete(parentElement);
  };
}

function begin() {
  const tip = document.createElement('div');
  tip.className = 'latentlab-map-tip';
  Object.assign(tip.style, {
    position: 'fixed',
    zIndex: 999999,
    pointerEvents: 'none',
    display: 'none',
    padding: '6px',
    borderRadius: '8px',
    font: '14px sans-serif',
    boxShadow: '0 4px 16px #0006',
  });
  const picture = document.createElement('canvas');
  Object.assign(picture.style, { display: 'block', imageRendering: 'pixelated' });
  const words = document.createElement('div');
  words.style.marginTop = '4px';
  tip.append(picture, words);
  const live = document.createElement('div');
  live.className = 'latentlab-map-live';
  live.setAttribute('aria-live', 'polite');
  Object.assign(live.style, { position: 'fixed', clipPath: 'inset(50%)' });
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
    const seen = state.tip.style.display === 'block';
    speak(state, detail.said ?? (seen ? state.words.textContent : 'No image here.'));
  };
  document.addEventListener('pointermove', state.move, { passive: true });
  document.addEventListener('latentlab-map-look', state.look);
  return state;
}

/** Let screen readers hear where the keys have led, once they rest. */
function speak(state, text) {
  clearTimeout(state.later);
  state.later = setTimeout(() => {
    state.live.textContent = text;
  }, SPEAK_AFTER);
}

/** Take a new map: its atlas, its classes, its colors. */
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
    border: `1px solid ${header.look.line}`,
  });
  const [width, height] = header.tile;
  state.picture.width = width;
  state.picture.height = height;
  const enlarged = Math.max(1, Math.floor(ENLARGED / Math.max(width, height)));
  state.picture.style.width = `${width * enlarged}px`;
  state.picture.style.height = `${height * enlarged}px`;
}

function show(state, event) {
  const chart = event.target.closest && event.target.closest('.js-plotly-plot');
  const mine = chart && chart === findChart(state.header.chart);
  const pointer = mine && event.buttons === 0 ? pointerIn(chart, event) : null;
  const row = pointer && rowAt(chart, pointer);
  if (row === null || row === undefined || !state.atlas) {
    state.tip.style.display = 'none';
    return;
  }
  const [width, height] = state.header.tile;
  const left = (row % state.header.columns) * width;
  const top = Math.floor(row / state.header.columns) * height;
  const context = state.picture.getContext('2d');
  context.drawImage(state.atlas, left, top, width, height, 0, 0, width, height);
  const name = state.header.classes[state.labels[row]] ?? '';
  state.words.textContent = [name, `error ${state.errors[row].toPrecision(2)}`]
    .filter(Boolean)
    .join(' · ');
  state.tip.dataset.row = row;
  state.tip.style.display = 'block';
  placeBeside(state.tip, event);
}

/** Put the tip beside the pointer, and inside the window. */
function placeBeside(tip, event) {
  const { width, height } = tip.getBoundingClientRect();
  const right = event.clientX + 18 + width < window.innerWidth;
  const above = event.clientY - 18 - height > 0;
  tip.style.left = `${right ? event.clientX + 18 : event.clientX - 18 - width}px`;
  tip.style.top = `${above ? event.clientY - 18 - height : event.clientY + 18}px`;
}
