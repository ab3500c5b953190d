// @ts-nocheck
// Maps of the same latents, drawn again with other seeds and settings. Choosing one lets every point
// glide to its new place: what moves is what the picture owes to chance.

import { readHeader, unpack } from '../lib/message.ts';

const GLIDE_MS = 400;
const MARGIN = 14; // pixels

const states = new WeakMap();

export default function mount({ data, parentElement }) {
  let state = states.get(parentElement);
  if (!state) {
    state = begin(parentElement);
    states.set(parentElement, state);
  }
  const header = readHeader(data);
  if (state.id !== header.id) {
    state.id = header.id;
    take(state, unpack(data));
  }
  return () => {
    state.ended = true;
    state.resize.disconnect();
    clearInterval(state.playing);
    states.delete(parentElement);
  };
}

function begin(root) {
  const state = {
    canvas: root.querySelector('canvas'),
    choices: root.querySelector('.choices'),
    words: root.querySelector('.words'),
    play: root.querySelector('.play'),
    playing: null,
  };
  state.resize = new ResizeObserver(() => draw(state));
  state.resize.observe(state.canvas);
  state.play.addEventListener('click', () => togglePlaying(state));
  return state;
}

function take(state, { header, arrays }) {
  state.header = header;
  state.maps = arrays.maps;
  state.n = arrays.maps.shape[1];
  state.labels = arrays.labels;
  state.chosen = 0;
  state.places = arrays.maps.slice(0, 2 * state.n);
  state.bounds = boundsOf(arrays.maps);
  state.choices.replaceChildren(...header.variants.map((variant, i) => choice(state, variant, i)));
  choose(state, 0);
}

function choice(state, variant, i) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = variant.title;
  button.setAttribute('role', 'radio');
  button.addEventListener('click', () => {
    stopPlaying(state);
    choose(state, i);
  });
  button.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    stopPlaying(state);
    const next = (i + step + state.header.variants.length) % state.header.variants.length;
    choose(state, next);
    state.choices.children[next].focus();
  });
  return button;
}

/** Let the points glide to another map. */
function choose(state, i) {
  state.chosen = i;
  [...state.choices.children].forEach((button, j) => {
    button.setAttribute('aria-checked', String(i === j));
    button.tabIndex = i === j ? 0 : -1;
  });
  state.words.textContent = state.header.variants[i].text;
  const from = state.places.slice();
  const to = state.maps.subarray(2 * state.n * i, 2 * state.n * (i + 1));
  const begun = performance.now();
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const glide = (now) => {
    if (state.ended || state.chosen !== i) return;
    const t = still ? 1 : Math.min(1, Math.max(0, (now - begun) / GLIDE_MS));
    const eased = t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) ** 2;
    for (let k = 0; k < to.length; k++) state.places[k] = from[k] + (to[k] - from[k]) * eased;
    draw(state);
    if (t < 1) requestAnimationFrame(glide);
  };
  requestAnimationFrame(glide);
}

function togglePlaying(state) {
  if (state.playing) {
    stopPlaying(state);
    return;
  }
  const next = () => choose(state, (state.chosen + 1) % state.header.variants.length);
  state.playing = setInterval(next, 3 * GLIDE_MS);
  state.play.textContent = 'Pause';
  next();
}

function stopPlaying(state) {
  clearInterval(state.playing);
  state.playing = null;
  state.play.textContent = 'Play';
}

function boundsOf(maps) {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (let i = 0; i < maps.length; i++) {
    low[i % 2] = Math.min(low[i % 2], maps[i]);
    high[i % 2] = Math.max(high[i % 2], maps[i]);
  }
  return { low, high };
}

function draw(state) {
  if (!state.places) return;
  const { canvas, places, labels, header } = state;
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (!width || !height) return;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  context.scale(ratio, ratio);
  const { low, high } = state.bounds;
  const scale = Math.min(
    (width - 2 * MARGIN) / Math.max(high[0] - low[0], 1e-9),
    (height - 2 * MARGIN) / Math.max(high[1] - low[1], 1e-9),
  );
  const middle = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
  context.globalAlpha = 0.8;
  for (let i = 0; i < state.n; i++) {
    context.fillStyle = header.colors[labels[i] % header.colors.length];
    context.beginPath();
    context.arc(
      width / 2 + (places[2 * i] - middle[0]) * scale,
      height / 2 - (places[2 * i + 1] - middle[1]) * scale,
      2.4,
      0,
      2 * Math.PI,
    );
    context.fill();
  }
}
