// @ts-nocheck
// The page of `latentlab export html`: points, and a decoder that runs under the pointer.

import { unpack } from '../lib/message.ts';
import { loadNetwork } from '../runtime/runtime.ts';

const $ = (id) => document.getElementById(id);
const bytes = Uint8Array.from(atob($('data').textContent), (letter) => letter.charCodeAt(0));
const { header, arrays } = unpack(bytes);
const network = await loadNetwork(header.decoder, arrays.weights);
const [height, width, channels] = header.decoder.output;
const { latents, places, labels, origin, axes } = arrays;
const z = header.decoder.input[0];
const n = labels.length;
const dark = matchMedia('(prefers-color-scheme: dark)');
const FAR = header.far;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

let view = { scale: 1, x: 0, y: 0, width: 1, height: 1 };
let at = [0, 0]; // on the plane
let alone = null; // the one class that is shown

const color = (label) => header.colors[dark.matches ? 'dark' : 'light'][label % 10];
const theme = (name) => getComputedStyle(document.body).getPropertyValue(`--${name}`);

document.querySelector('h1').textContent = header.title;
$('about').textContent = header.about;
document.body.style.setProperty('--aspect', `${width} / ${height}`);
const originals = await loadOriginals();

/** The sprite of originals, where they may be passed on; null otherwise. */
async function loadOriginals() {
  if (!arrays.originals) return null;
  return createImageBitmap(new Blob([arrays.originals], { type: 'image/png' }));
}

/** Fit all points into the map, with the same scale along both axes. */
function fit() {
  const box = $('map').getBoundingClientRect();
  const ratio = Math.min(devicePixelRatio, 2);
  for (const id of ['points', 'cursor']) {
    $(id).width = Math.max(1, Math.round(box.width * ratio));
    $(id).height = Math.max(1, Math.round(box.height * ratio));
    $(id).getContext('2d').setTransform(ratio, 0, 0, ratio, 0, 0);
  }
  const [left, right, low, high] = header.extent;
  const scale = 0.94 * Math.min(box.width / (right - left), box.height / (high - low));
  view = { scale, x: (left + right) / 2, y: (low + high) / 2, width: box.width, height: box.height };
  drawPoints();
  look(at);
}

const toScreen = (x, y) => [
  view.width / 2 + (x - view.x) * view.scale,
  view.height / 2 - (y - view.y) * view.scale,
];
const toPlane = (x, y) => [
  view.x + (x - view.width / 2) / view.scale,
  view.y - (y - view.height / 2) / view.scale,
];

function drawPoints() {
  const context = $('points').getContext('2d');
  context.clearRect(0, 0, view.width, view.height);
  const radius = n > 2500 ? 1.8 : 2.6;
  for (let row = 0; row < n; row++) {
    if (alone !== null && labels[row] !== alone) continue;
    const [x, y] = toScreen(places[2 * row], places[2 * row + 1]);
    context.fillStyle = color(labels[row]);
    context.beginPath();
    context.arc(x, y, radius, 0, 7);
    context.fill();
  }
  context.font = '600 19px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 5;
  context.lineJoin = 'round';
  context.strokeStyle = theme('surface');
  context.fillStyle = theme('ink');
  for (const { label, name, x, y } of header.names) {
    if (alone !== null && label !== alone) continue;
    context.strokeText(name, ...toScreen(x, y));
    context.fillText(name, ...toScreen(x, y));
  }
}

/** Decode a place of the plane and say what is near it. */
function look(place) {
  at = place;
  const latent = lift(place);
  paint($('drawn'), network.run(latent));
  const near = nearest(latent);
  showNear(near);
  drawCursor(near.row);
  const far = near.distance > FAR;
  $('trust').textContent = far
    ? 'No training image is near: here the network can only make something up.'
    : '';
}

function lift([x, y]) {
  const latent = new Float32Array(z);
  for (let i = 0; i < z; i++) latent[i] = origin[i] + x * axes[i] + y * axes[z + i];
  return latent;
}

/** The stored image whose latent is nearest, in all dimensions. */
function nearest(latent) {
  let [best, row] = [Infinity, 0];
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < z; j++) sum += (latents[i * z + j] - latent[j]) ** 2;
    if (sum < best) [best, row] = [sum, i];
  }
  return { row, distance: Math.sqrt(best) };
}

function showNear({ row, distance }) {
  const canvas = $('near');
  if (originals) {
    [canvas.width, canvas.height] = [width, height];
    const [column, line] = [row % header.columns, Math.floor(row / header.columns)];
    const source = [column * width, line * height, width, height];
    canvas.getContext('2d').drawImage(originals, ...source, 0, 0, width, height);
  } else {
    paint(canvas, network.run(latents.subarray(row * z, (row + 1) * z)));
  }
  const kind = originals ? 'nearest image' : 'nearest image, as the network draws it';
  $('near-words').textContent =
    `${kind}: ${header.classes[labels[row]]}, at distance ${distance.toPrecision(2)}`;
}

function drawCursor(row) {
  const context = $('cursor').getContext('2d');
  context.clearRect(0, 0, view.width, view.height);
  const [x, y] = toScreen(...at);
  const [px, py] = toScreen(places[2 * row], places[2 * row + 1]);
  context.strokeStyle = context.fillStyle = theme('accent');
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(px, py);
  context.stroke();
  ring(context, px, py, 6);
  ring(context, x, y, 11);
}

function ring(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.stroke();
}

/** Put values in [0, 1] into a canvas, pixel for pixel. */
function paint(canvas, values) {
  [canvas.width, canvas.height] = [width, height];
  const picture = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      picture.data[4 * i + c] = 255 * values[i * channels + (channels === 3 ? c : 0)];
    }
    picture.data[4 * i + 3] = 255;
  }
  canvas.getContext('2d').putImageData(picture, 0, 0);
}

function drawLegend() {
  const present = [...new Set(labels)].sort((a, b) => a - b);
  $('legend').replaceChildren(
    ...present.map((label) => {
      const [entry, button, dot] = ['li', 'button', 'i'].map((tag) => document.createElement(tag));
      dot.style.background = color(label);
      button.append(dot, header.classes[label]);
      button.setAttribute('aria-pressed', String(alone === label));
      button.addEventListener('click', () => {
        alone = alone === label ? null : label;
        drawLegend();
        drawPoints();
      });
      entry.append(button);
      return entry;
    }),
  );
}

function follow(event) {
  const box = $('map').getBoundingClientRect();
  $('hint').hidden = true;
  look(toPlane(event.clientX - box.left, event.clientY - box.top));
}

$('map').addEventListener('pointermove', follow);
$('map').addEventListener('pointerdown', follow);
$('map').addEventListener('keydown', (event) => {
  const step = KEYS[event.key];
  if (!step) return;
  event.preventDefault();
  const size = (event.shiftKey ? 40 : 8) / view.scale;
  look([at[0] + step[0] * size, at[1] + step[1] * size]);
});
dark.addEventListener('change', () => {
  drawLegend();
  fit();
});
drawLegend();
new ResizeObserver(fit).observe($('map'));
document.body.dataset.ready = 'true';
