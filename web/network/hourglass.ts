// The hourglass on screen: pictures of layers between the input and the output, and what is pointed at.

import type { Theme } from '../lib/colors.ts';
import { clamp, h, paintImage } from '../lib/dom.ts';
import { type Meanings, term } from '../lib/term.ts';
import type { Bars } from './bars.ts';
import { errorMap } from '../lib/errormap.ts';
import { CellPainter, type Grid, boxOf, gridOf, signedScale, sizeOf, unitAt } from './activations.ts';
import { type Flow, type Layer, unitsOf } from './flow.ts';
import { type Box, type Places, layOut } from './layout.ts';
import { drawBackdrop } from './backdrop.ts';
import type { Unit } from './unit.ts';

const LYING = 620; // pixels of width below which layers lie one below the other
const AROUND = 440; // pixels of height that the rest of the page takes
const NARROW = 820; // pixels of width below which captions need more lines

interface Drawn {
  layer: Layer;
  element: HTMLElement;
  canvas: HTMLCanvasElement;
  painter: CellPainter;
  ring: HTMLElement;
  label: HTMLElement;
  grid: Grid | null;
}
/** What the visitor does with units. */
export interface Pointing {
  /** Points at a unit, or at none. */
  at: (unit: Unit | null) => void;
  /** Clicks one. */
  keep: (unit: Unit) => void;
  /** Switches the one off that was pointed at. */
  toggle: () => void;
}

/** The drawing of one network. */
export class Hourglass {
  readonly element = h('div', { class: 'flow' });
  readonly input: Captioned;
  readonly output: Captioned;
  readonly target: Captioned;
  readonly error: Captioned;
  private readonly svg = h('svg', { 'aria-hidden': 'true' });
  private readonly note = h('p', { class: 'note', 'data-parts': 'sample' });
  private readonly layers: Drawn[];
  private readonly flow: Flow;
  private readonly bars: Bars | null;
  private readonly observer = new ResizeObserver(() => this.resize());
  private hasTarget = false;
  private theme: Theme | null = null;
  private scale: Uint32Array = new Uint32Array();
  private width = 0;
  private isPainted = false;

  constructor(flow: Flow, bars: Bars | null, note: string, meanings: Meanings, pointing: Pointing) {
    const make = (name: string, parts: string) => captioned(name, parts, meanings);
    this.input = make('input', 'encode compare');
    this.output = make('output', 'decode compare');
    this.target = make('target', 'compare');
    this.error = make('error', 'compare');
    this.flow = flow;
    this.bars = bars;
    this.layers = flow.layers.map((layer, number) => drawn(layer, number, pointing));
    this.element.append(this.svg, this.input.element, ...this.layers.map(({ element }) => element));
    if (bars) {
      bars.element.dataset.parts = 'sample';
      this.element.append(bars.element);
    } else {
      this.note.textContent = note;
      this.element.append(this.note);
    }
    this.element.append(this.output.element, this.target.element, this.error.element);
    this.element.addEventListener('resized', () => this.resize(true));
    this.observer.observe(this.element);
  }

  /** Whether there is a clean image beside the input. */
  expect(target: boolean): void {
    this.target.element.hidden = !target;
    if (target === this.hasTarget) return;
    this.hasTarget = target;
    this.resize(true);
  }

  show(theme: Theme): void {
    this.theme = theme;
    this.scale = signedScale(theme);
    this.resize(true);
  }

  /** Signed values in the colors of activations. */
  colored(values: Float32Array): Float32Array {
    const half = (this.scale.length - 1) / 2;
    const out = new Float32Array(3 * values.length);
    values.forEach((value, i) => {
      const bytes = this.scale[half + Math.round(clamp(value, -1, 1) * half)];
      for (let c = 0; c < 3; c++) out[3 * i + c] = ((bytes >> (8 * c)) & 255) / 255;
    });
    return out;
  }

  /** The colors of activations as a CSS gradient. */
  get gradient(): string {
    const at = [-1, -0.5, 0, 0.5, 1];
    const colors = this.colored(Float32Array.from(at));
    const stops = at.map((_, i) => `rgb(${[...colors.slice(3 * i, 3 * i + 3)].map((c) => Math.round(c * 255)).join()})`);
    return `linear-gradient(to right, ${stops.join()})`;
  }

  /** Paint layers (those of the decoder alone while z is dragged) and the output. */
  paint(only?: Layer['part']): void {
    if (!this.theme) return;
    this.isPainted = true;
    for (const { layer, painter, grid } of this.layers) {
      if (grid && (!only || layer.part === only)) painter.paint(layer.values, grid, layer.largest, this.scale);
    }
    paintImage(this.output.canvas, this.flow.output, this.flow.header.image);
  }

  /** Paint how far the output is from an image. */
  paintError(target: Float32Array): void {
    const { output, header } = this.flow;
    const [height, width, channels] = header.image;
    const colors = errorMap(target, output, channels);
    paintImage(this.error.canvas, colors, [height, width, 3]);
  }

  /** Mark the unit that is pointed at, and those that are switched off. */
  mark(shown: Unit | null): void {
    this.layers.forEach(({ layer, grid, ring, canvas, element }, number) => {
      const isHere = shown?.layer === number;
      ring.hidden = !isHere || !grid;
      if (isHere && grid) place(ring, inside(canvas, boxOf(grid, shown.unit)));
      for (const old of element.querySelectorAll('.cross')) old.remove();
      if (!grid) return;
      for (const unit of layer.off) {
        const cross = h('span', { class: 'cross', 'aria-hidden': 'true' });
        place(cross, inside(canvas, boxOf(grid, unit)));
        element.append(cross);
      }
    });
  }

  private resize(isForced = false): void {
    const width = this.element.clientWidth;
    if (!width || (!isForced && width === this.width)) return;
    this.width = width;
    const lying = width < LYING;
    this.element.classList.toggle('lying', lying);
    const decoder = this.layers.filter(({ layer }) => layer.part === 'decoder').length;
    const unet = this.layers.filter(({ layer }) => layer.part === 'unet').length;
    const after = unet ? (unet - 1) / 2 : decoder;
    const places = layOut({
      width,
      tall: clamp(window.innerHeight - AROUND, 230, 560),
      before: this.layers.length - after,
      after,
      bars: this.bars?.height(lying, width) ?? null,
      lying,
      target: this.hasTarget,
    });
    this.arrange(places, lying);
    if (this.isPainted) this.paint(); // before there is an image, layers have nothing to show
    this.bars?.resize();
  }

  private arrange(places: Places, lying: boolean): void {
    const extra = lying ? 0 : places.width < NARROW ? 46 : 16; // captions and sizes
    this.element.style.height = `${places.height + extra}px`;
    const images = [
      [this.input, places.input],
      [this.output, places.output],
      [this.target, places.target],
      [this.error, places.error],
    ] as const;
    for (const [{ element, canvas }, box] of images) {
      if (!box) continue;
      const isBeside = lying && element === this.input.element; // its caption, on a phone
      place(element, { ...box, width: isBeside ? places.width : box.width, height: null });
      canvas.style.width = `${box.width}px`;
      canvas.style.height = `${box.height}px`;
    }
    place(this.note, { ...places.note, width: null, height: null });
    if (places.bottleneck && this.bars) place(this.bars.element, places.bottleneck);
    this.layers.forEach((drawn, number) => {
      const box = places.layers[number];
      drawn.grid = gridOf(drawn.layer.shape, box.width, box.height);
      const [wide, high] = sizeOf(drawn.grid).map((side) => side * drawn.grid!.scale);
      // Where layers lie, their sizes stand beside the widest one.
      place(drawn.element, lying ? { ...box, left: 0, width: 2 * box.left + box.width } : box);
      drawn.canvas.style.width = `${wide}px`;
      drawn.canvas.style.height = `${high}px`;
    });
    drawBackdrop(this.svg, places, this.flow.header.parts.unet?.skips ?? [], lying);
  }

  stop(): void {
    this.observer.disconnect();
  }
}

/** A layer's element: its picture, its size in words, a ring around the unit that is pointed at. */
function drawn(layer: Layer, number: number, pointing: Pointing): Drawn {
  const canvas = h('canvas', { role: 'img', tabindex: 0 });
  const ring = h('span', { class: 'ring', hidden: true, 'aria-hidden': 'true' });
  const text = sizeText(layer.shape);
  const [units, ...sides] = [...layer.shape].reverse();
  const lines = sides.length ? `${sides.reverse().join(' × ')}\n× ${units}` : text;
  const label = h('figcaption', { text: lines });
  const part = layer.part === 'decoder' ? 'decode' : layer.part === 'encoder' ? 'encode' : 'encode decode';
  const element = h('figure', { class: 'layer', 'data-parts': part, 'data-layer': number }, canvas, ring, label);
  const made: Drawn = { layer, element, canvas, painter: new CellPainter(canvas), ring, label, grid: null };
  canvas.setAttribute('aria-label', `Layer of ${text}. Arrow keys go from unit to unit, Enter switches one off.`);
  listen(made, number, pointing);
  return made;
}

function listen(made: Drawn, layer: number, pointing: Pointing): void {
  const { canvas } = made;
  const find = (event: MouseEvent): Unit | null => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const unit = made.grid ? unitAt(made.grid, (event.clientX - left) / width, (event.clientY - top) / height) : -1;
    return unit < 0 ? null : { layer, unit };
  };
  let focused = 0;
  canvas.onpointermove = (event) => pointing.at(find(event));
  canvas.onpointerleave = () => pointing.at(null);
  canvas.onclick = (event) => {
    const unit = find(event);
    if (!unit) return;
    focused = unit.unit;
    pointing.keep(unit);
  };
  canvas.onkeydown = (event) => {
    const columns = made.grid?.columns ?? 1;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (by !== undefined) {
      focused = clamp(focused + by, 0, unitsOf(made.layer) - 1);
      pointing.keep({ layer, unit: focused });
    } else if (event.key === 'Enter' || event.key === ' ') pointing.toggle();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** "512", "16 x 16 x 32". */
export const sizeText = (shape: readonly number[]): string => shape.join(' × ');

type Loose = Record<keyof Box, number | null>;

function place(element: HTMLElement, box: Loose): void {
  for (const side of ['left', 'top', 'width', 'height'] as const) {
    element.style[side] = box[side] === null ? '' : `${box[side]}px`;
  }
}

function inside(canvas: HTMLCanvasElement, [x, y, wide, high]: [number, number, number, number]): Box {
  const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = canvas;
  return {
    left: offsetLeft + x * offsetWidth,
    top: offsetTop + y * offsetHeight,
    width: wide * offsetWidth,
    height: high * offsetHeight,
  };
}

type Captioned = ReturnType<typeof captioned>;

/** A canvas with a caption, whose first line may be a term of the glossary. */
function captioned(name: string, parts: string, meanings: Meanings) {
  const canvas = h('canvas', { role: 'img' });
  const caption = h('figcaption');
  const element = h('figure', { class: `image ${name}`, 'data-parts': parts }, canvas, caption);
  const rest = new Text();
  let first: string | null = null;
  const say = (title: string, ...lines: string[]): void => {
    // The figures change while a bar is dragged; the term stays, with what it has opened.
    if (title !== first) caption.replaceChildren(term(title, meanings), rest);
    first = title;
    const text = lines.map((line) => `\n${line}`).join('');
    if (rest.data !== text) rest.data = text;
    canvas.setAttribute('aria-label', [title, ...lines].join('. '));
  };
  return { element, canvas, say };
}
