// The component: the original and one size of the bottleneck large, a dial, and the row of all sizes.
// Every number and word comes from Python; here they are laid out, and what is chosen is reported.

import { type Board, type Component, keeping } from '../lib/component.ts';
import { type Shape, clamp, crisp, debounce, h, paintImage, tileOf } from '../lib/dom.ts';
import { type Bytes, unpack } from '../lib/message.ts';
import { type Meanings, term } from '../lib/term.ts';

const SETTLED = 250; // milliseconds that the dial rests before Python hears where
const LARGE = 300; // pixels on screen that a large picture may have at most
const TILE = 56; // pixels that one of the row has at least, where there is room
const GAP = 20;
const LOW = 800; // pixels of a screen's height

interface Large {
  name: string;
  lines: string[];
}
/** What ui/bottleneck/board.py sends. */
interface Header {
  id: number;
  family: string;
  size: number;
  seed: number;
  sizes: number[];
  shape: Shape;
  bytes: string[];
  original: Large;
  /** What the network is given, where it is not the original. */
  input: Large | null;
  network: Large[];
  linear: Large[];
  /** Empty where there is no prior. */
  samples: (Large & { short: string })[];
  rows: { name: string; texts: string[] }[];
  said: string;
  meanings: Meanings;
}

export default keeping(
  '#bottleneck',
  (root) => new BottleneckBoard(root),
  (board, component) => board.show(component),
);

/** One board on one page. */
class BottleneckBoard implements Board {
  private readonly large = h('div', { class: 'large' });
  private readonly slider = h('input', {
    type: 'range',
    min: 0,
    step: 1,
    'aria-label': 'Latent dimensions, z',
    oninput: () => this.choose(Number(this.slider.value)),
  });
  private readonly sliderName = h('span');
  private readonly value = h('output');
  private readonly again = h('button', {
    class: 'button',
    text: 'Sample again',
    title: 'Draws new latents from the prior',
    onclick: () => this.reseed(),
  });
  private readonly said = h('p', { class: 'said', role: 'status' });
  private readonly grid = h('div', { class: 'grid' });
  private readonly tell = debounce(() => this.report(), SETTLED);
  private readonly resized = new ResizeObserver(() => this.fit());
  private setStateValue!: Component['setStateValue'];
  private header!: Header; // from the first `show` on, as are those below
  private pictures!: { images: Bytes; samples?: Bytes };
  private figures: { figure: Figure; shape: Shape }[] = [];
  private cells: HTMLElement[][] = [];
  private chosen = 0;
  private seed = 0;
  private ids = -1;

  private readonly root: HTMLElement;

  constructor(root: HTMLElement) {
    this.root = root;
    const dial = h('div', { class: 'slider' }, this.sliderName, this.slider, this.value);
    root.replaceChildren(
      this.large,
      h('div', { class: 'dial' }, dial, this.again),
      this.said,
      this.grid,
    );
    this.resized.observe(root);
  }

  /** Show what the server sends; where its choice is an older one than ours, ours stays. */
  show({ data, setStateValue }: Component): void {
    this.setStateValue = setStateValue;
    const { header, arrays } = unpack<Header, { images: Bytes; samples?: Bytes }>(data);
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
    this.sliderName.replaceChildren(term('Latent dimensions', header.meanings));
    this.said.textContent = header.said;
    this.drawGrid();
    this.drawLarge();
  }

  private choose(row: number): void {
    this.chosen = clamp(row, 0, this.header.sizes.length - 1);
    this.ids += 1;
    this.drawLarge();
    this.tell();
  }

  private reseed(): void {
    this.seed += 1;
    this.ids += 1;
    this.tell.cancel();
    this.report();
  }

  private report(): void {
    const { sizes, family } = this.header;
    this.setStateValue('chosen', { family, size: sizes[this.chosen], seed: this.seed, id: this.ids });
  }

  /** The original, and what the chosen size makes of it. */
  private drawLarge(): void {
    const { header, chosen } = this;
    const { sizes, shape } = header;
    const k = sizes.length;
    const twice = [2 * shape[0], 2 * shape[1], shape[2]];
    const shown: [Large, Uint8Array, Shape][] = [
      [header.original, this.image(0), shape],
      ...(header.input ? [[header.input, this.image(1), shape] as [Large, Uint8Array, Shape]] : []),
      [header.network[chosen], this.image(2 + chosen), shape],
      [header.linear[chosen], this.image(2 + k + chosen), shape],
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
    this.slider.setAttribute('aria-valuetext', `z = ${sizes[chosen]}`);
    this.value.textContent = `z = ${sizes[chosen]}`;
    this.cells.forEach((column, i) => {
      column.forEach((cell) => cell.classList.toggle('chosen', i === chosen));
      column[0].firstElementChild?.setAttribute('aria-pressed', String(i === chosen));
    });
    this.fit();
  }

  /** One column for each size: a button, a picture for each row, bytes. */
  private drawGrid(): void {
    const { sizes, rows, samples, bytes, shape } = this.header;
    const k = sizes.length;
    const twice = [2 * shape[0], 2 * shape[1], shape[2]];
    const held = this.root.getRootNode() as ShadowRoot;
    const focused = this.cells.findIndex((column) => column[0].contains(held.activeElement));
    this.grid.style.setProperty('--sizes', String(k));
    this.cells = sizes.map((size, i) => [
      this.cell(i, h('button', { class: 'size', text: `z = ${size}` })),
      ...rows.map(({ name, texts }, row) =>
        this.cell(i, painted(this.image(2 + row * k + i), shape, `${name}, z = ${size}`), texts[i]),
      ),
      ...(this.pictures.samples
        ? [
            this.cell(
              i,
              painted(tileOf(this.pictures.samples, i, twice), twice, `Samples, z = ${size}`),
              samples[i].short,
            ),
          ]
        : []),
      this.cell(i, bytes[i]),
    ]);
    const names = ['', ...rows.map(({ name }) => name), ...(samples.length ? ['Samples'] : []), 'Latent'];
    this.grid.replaceChildren(
      ...names.flatMap((name, row) => [
        h('div', { class: 'name' }, term(name, this.header.meanings)),
        ...this.cells.map((column) => column[row]),
      ]),
    );
    if (focused >= 0) (this.cells[focused]?.[0].firstElementChild as HTMLElement | null)?.focus();
  }

  private cell(column: number, ...children: (Node | string)[]): HTMLElement {
    return h('div', { class: 'cell', onclick: () => this.choose(column) }, ...children);
  }

  private image(number: number): Uint8Array {
    return tileOf(this.pictures.images, number, this.header.shape);
  }

  /** Give the large pictures the width there is, in whole steps. */
  private fit(): void {
    if (this.ids < 0) return; // nothing is shown yet
    const n = this.figures.length;
    const columns = this.root.clientWidth < 480 ? 2 : n;
    const width = Math.min(LARGE, this.root.clientWidth / columns - GAP);
    // On a low screen they leave room for the row of samples, the last of the grid.
    const share = window.innerHeight < LOW && columns > 2 ? 0.17 : 0.21;
    const side = this.header.shape[1];
    const limit = Math.min(width, Math.max(112, window.innerHeight * share));
    const sheet = 2 * side; // samples stand in two rows: all are as large as those can be
    const most = limit < sheet ? limit : limit - (limit % sheet);
    const room = Math.min(
      this.root.clientWidth / (this.header.sizes.length + 1.5) - 8,
      Math.max(TILE, window.innerHeight * 0.08),
    );
    const steps = Math.max(1, Math.floor(room / side));
    this.grid.style.setProperty('--tile', `${Math.max(steps * side, Math.min(room, TILE))}px`);
    for (const { figure, shape } of this.figures) {
      crisp(figure.canvas, shape, most);
      figure.element.style.width = `${columns === 2 ? width : Math.max(most, width - 8)}px`;
    }
  }

  stop(): void {
    this.tell.cancel();
    this.resized.disconnect();
  }
}

/** One large picture, and what is said of it. */
class Figure {
  readonly canvas = h('canvas', { role: 'img' });
  private readonly name = h('p', { class: 'name' });
  private readonly lines = h('div', { class: 'quiet' });
  readonly element = h('figure', {}, this.canvas, h('figcaption', {}, this.name, this.lines));

  show({ name, lines }: Large, picture: Uint8Array, shape: Shape): void {
    paintImage(this.canvas, picture, shape);
    this.canvas.setAttribute('aria-label', `${name}. ${lines.join('. ')}`);
    this.name.textContent = name;
    this.lines.replaceChildren(...lines.map((text) => h('p', { text })));
  }
}

function painted(picture: Uint8Array, shape: Shape, label: string): HTMLCanvasElement {
  const canvas = h('canvas', { role: 'img', 'aria-label': label });
  paintImage(canvas, picture, shape);
  return canvas;
}
