// The page of `latentlab export html`: points, and a decoder that runs under the pointer.

import { ARROWS } from '../lib/arrows.ts';
import type { Theme } from '../lib/colors.ts';
import { clamp, contextOf, figure, h, paintImage } from '../lib/dom.ts';
import { type Bytes, type Floats, type Ints, unpack } from '../lib/message.ts';
import { type NetworkSpec, loadNetwork } from '../runtime/runtime.ts';
import { ScatterPainter } from '../scatter/painter.ts';
import { View } from '../scatter/view.ts';

/** As latentlab/export/html.py packs it. */
interface Header {
  title: string;
  about: string;
  decoder: NetworkSpec;
  classes: string[];
  /** Left, right, low, high. */
  extent: [number, number, number, number];
  /** Distance from which on no training image is near. */
  far: number;
  colors: Record<'light' | 'dark', string[]>;
  columns: number;
}
interface Arrays {
  weights: Floats;
  latents: Floats;
  places: Floats;
  labels: Ints;
  origin: Floats;
  axes: Floats;
  originals?: Bytes;
}
type Place = [x: number, y: number];

const FAR = 'No training image is near this latent.';

function find<E extends Element>(selector: string, kind: new () => E): E {
  const element = document.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return element;
}

const text = find('#data', HTMLScriptElement).textContent;
const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const { header, arrays } = unpack<Header, Arrays>(bytes);
const { latents, places, labels, origin, axes } = arrays;
const network = await loadNetwork(header.decoder, arrays.weights);
const image = header.decoder.output;
const [height, width] = image;
const z = origin.length;
const n = labels.length;
const dark = matchMedia('(prefers-color-scheme: dark)');
// The sprite of originals, where they may be passed on.
const originals = arrays.originals
  ? await createImageBitmap(new Blob([arrays.originals], { type: 'image/png' }))
  : null;

const map = find('#map', HTMLElement);
const layers = ['#points', '#cursor'].map((selector) => find(selector, HTMLCanvasElement));
const [points, cursor] = layers.map((canvas) => contextOf(canvas));
const decoded = find('#drawn', HTMLCanvasElement);
const near = find('#near', HTMLCanvasElement);
const legend = find('#legend', HTMLUListElement);
const painter = new ScatterPainter(places, labels, header.classes);
const view = new View();
let at: Place = [0, 0]; // on the plane
let alone: number | null = null; // the one class that is shown

const color = (name: string) => getComputedStyle(document.body).getPropertyValue(`--${name}`);
const palette = (): Pick<Theme, 'classes' | 'background' | 'ink'> => ({
  classes: header.colors[dark.matches ? 'dark' : 'light'],
  background: color('surface'),
  ink: color('ink'),
});

/** Fit all points into the map, with the same scale along both axes. */
function fit(): void {
  const box = map.getBoundingClientRect();
  const ratio = Math.min(devicePixelRatio, 2);
  for (const canvas of layers) {
    canvas.width = Math.max(1, Math.round(box.width * ratio));
    canvas.height = Math.max(1, Math.round(box.height * ratio));
    contextOf(canvas).setTransform(ratio, 0, 0, ratio, 0, 0);
  }
  const [left, right, bottom, top] = header.extent;
  const [x, y] = [0.03 * box.width, 0.03 * box.height];
  view.resize(box.width, box.height);
  view.fit({ left, right, bottom, top }, { left: x, right: x, top: y, bottom: y });
  paintPoints();
  look(at);
}

function paintPoints(): void {
  points.clearRect(0, 0, view.width, view.height);
  const marks = { kind: 'dot', radius: n > 2500 ? 2.2 : 3, solo: alone } as const;
  painter.paint(points, view, palette(), marks);
  painter.paintNames(points, view, palette(), alone);
}

/** Decode a place of the plane and say what is near it. */
function look(place: Place): void {
  at = place;
  const [x, y] = place;
  const latent = origin.map((value, d) => value + x * axes[d] + y * axes[z + d]);
  paintImage(decoded, network.run(latent), image);
  const { row, distance } = nearest(latent);
  showNear(row, distance);
  paintCursor(row);
  find('#trust', HTMLElement).textContent = distance > header.far ? FAR : '';
}

/** The stored image whose latent is nearest, in all dimensions. */
function nearest(latent: Float32Array): { row: number; distance: number } {
  let [best, row] = [Infinity, 0];
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let d = 0; d < z; d++) sum += (latents[i * z + d] - latent[d]) ** 2;
    if (sum < best) [best, row] = [sum, i];
  }
  return { row, distance: Math.sqrt(best) };
}

/** Show the original, where it may be passed on: a reconstruction never stands for it. */
function showNear(row: number, distance: number): void {
  near.hidden = !originals;
  if (originals) {
    [near.width, near.height] = [width, height];
    const [column, line] = [row % header.columns, Math.floor(row / header.columns)];
    const source = [column * width, line * height, width, height] as const;
    contextOf(near).drawImage(originals, ...source, 0, 0, width, height);
  }
  find('#near-words', HTMLElement).textContent =
    `nearest training image: ${header.classes[labels[row]]}, distance ${figure(distance)}`;
}

function paintCursor(row: number): void {
  cursor.clearRect(0, 0, view.width, view.height);
  const here = view.toScreen(...at);
  const there = view.toScreen(places[2 * row], places[2 * row + 1]);
  cursor.strokeStyle = color('accent');
  cursor.lineWidth = 1.5;
  cursor.beginPath();
  cursor.moveTo(...here);
  cursor.lineTo(...there);
  cursor.stroke();
  for (const [[x, y], radius] of [[there, 6], [here, 11]] as const) {
    cursor.beginPath();
    cursor.arc(x, y, radius, 0, 7);
    cursor.stroke();
  }
}

function fillLegend(): void {
  const present = [...new Set(labels)].sort((a, b) => a - b);
  const { classes } = palette();
  const entries = present.map((label) => {
    const choose = () => {
      alone = alone === label ? null : label;
      fillLegend();
      paintPoints();
    };
    const dot = h('i', { style: `background:${classes[label % classes.length]}` });
    const props = { 'aria-pressed': String(alone === label), onclick: choose };
    return h('li', {}, h('button', props, dot, header.classes[label]));
  });
  legend.replaceChildren(...entries);
}

function follow(event: PointerEvent): void {
  const box = map.getBoundingClientRect();
  find('#hint', HTMLElement).hidden = true;
  look(view.toMap(event.clientX - box.left, event.clientY - box.top));
}

map.addEventListener('pointermove', follow);
map.addEventListener('pointerdown', follow);
map.addEventListener('keydown', (event) => {
  const step = ARROWS[event.key];
  if (!step) return;
  event.preventDefault();
  const size = (event.shiftKey ? 40 : 8) / view.scale;
  const { left, right, low, high } = bounds();
  look([clamp(at[0] + step[0] * size, left, right), clamp(at[1] - step[1] * size, low, high)]);
});
dark.addEventListener('change', () => {
  fillLegend();
  fit();
});

/** What is on screen. */
function bounds(): { left: number; right: number; low: number; high: number } {
  const [left, high] = view.toMap(0, 0);
  const [right, low] = view.toMap(view.width, view.height);
  return { left, right, low, high };
}

find('h1', HTMLElement).textContent = header.title;
find('#about', HTMLElement).textContent = header.about;
document.body.style.setProperty('--aspect', `${width} / ${height}`);
fillLegend();
new ResizeObserver(fit).observe(map);
document.body.dataset.ready = 'true';
