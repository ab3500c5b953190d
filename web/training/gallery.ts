// Beside the map: what the place under the pointer decodes to, and ten test images that sharpen.

import { crisp, h, paintImage, say, tileOf } from '../lib/dom.ts';
import { type Meanings, term } from '../lib/term.ts';
import type { Pane, Spot } from './pane.ts';

const GAP = 3; // pixels between two test images
const LEAST_TILE = 24; // pixels that a test image has at least
const LEAST = 84; // pixels of the decoded image
const TALL = 620; // pixels: a panel with room for one loss curve below the other; see training.css
const [CURVES, LOW_CURVES] = [240, 105]; // pixels that they need at least, and what is around them
const CAPTION = 27; // pixels: the words above a row of test images, and the room around it

/** One row for each run, below the row of the originals. */
export class Gallery {
  readonly element = h('div', { class: 'gallery' });
  private readonly decoded = h('div', { class: 'decoded' });
  private readonly words = h('p', { class: 'words' });
  private readonly far = h('p', { class: 'far', text: 'No training image near.', hidden: true });
  private readonly tiles = h('div', { class: 'tiles' });
  private panes: Pane[] = [];
  private originals: HTMLCanvasElement[] = [];
  private large: HTMLCanvasElement[] = [];
  private rows: HTMLCanvasElement[][] = [];
  private readonly meanings: Meanings;
  /** For each run, which weights the test images and the decoded image were painted with. */
  private painted: number[] = [];
  private pointed: unknown[] = [];

  constructor(meanings: Meanings) {
    this.meanings = meanings;
    const top = h('div', { class: 'top' }, this.decoded, h('div', { class: 'said' }, this.far, this.words));
    this.element.append(top, this.tiles);
  }

  /** Show other runs. */
  lay(panes: Pane[], titles: string[]): void {
    this.panes = panes;
    const many = panes.length > 1;
    this.large = panes.map(({ run }) => {
      const canvas = h('canvas', { role: 'img', 'aria-label': 'Decoded image at the cursor' });
      const { image } = run.opening.header;
      [canvas.height, canvas.width] = image;
      return canvas;
    });
    this.decoded.replaceChildren(
      ...this.large.map((canvas, i) =>
        h('figure', {}, canvas, many ? h('figcaption', { text: titles[i] }) : null),
      ),
    );
    this.rows = panes.map((pane) => row(pane, () => h('canvas')));
    this.painted = [];
    this.pointed = [];
    this.element.hidden = !panes.length;
    if (!panes.length) return;
    const [first] = panes;
    this.originals = row(first, (number) => original(first, number));
    const line = (name: string, canvases: HTMLElement[]) =>
      h('div', { class: 'row' }, term(name, this.meanings), h('div', {}, ...canvases));
    this.words.hidden = many; // there is no room, and the step stands below
    this.tiles.replaceChildren(
      line('Test images', this.originals),
      ...this.rows.map((row, i) => line(many ? titles[i] : 'Reconstructions', row)),
    );
  }

  /**
   * Make the images as large as the panel allows.
   * @param height - Infinity where the panel may be scrolled
   */
  resize(width: number, height: number): void {
    if (!this.panes.length) return;
    const { image } = this.panes[0].run.opening.header;
    const isLow = height <= TALL;
    const share = isLow ? 0.2 : 0.27; // of the height
    const largest = Math.max(LEAST, Math.min(share * height, (0.85 * width) / (this.panes.length + 1)));
    for (const canvas of this.large) crisp(canvas, image, largest);
    const sets = 1 + this.panes.length; // of test images: the originals and those of each run
    const rest = height - largest - (isLow ? LOW_CURVES : CURVES) - sets * CAPTION;
    const left = Math.max(rest, sets * (LEAST_TILE + GAP)); // the panel is scrolled for the rest
    const side = Math.max(...image);
    const laid = [1, 2].map((lines) => {
      const perLine = Math.ceil(this.originals.length / lines);
      const tile = Math.min(width / perLine, left / (sets * lines)) - GAP;
      return { perLine, tile, steps: tile < side ? tile / side : Math.floor(tile / side) };
    });
    const { perLine, tile } = laid[1].steps > laid[0].steps ? laid[1] : laid[0];
    this.tiles.style.setProperty('--per-line', String(perLine));
    for (const canvas of [this.originals, ...this.rows].flat()) {
      if (tile >= side) crisp(canvas, image, tile);
      else Object.assign(canvas.style, { width: `${tile}px`, height: 'auto' });
    }
  }

  /** Show the test images at the weights in use. */
  update(step: number): void {
    this.panes.forEach(({ run, decoder }, i) => {
      if (this.painted[i] === decoder.uses) return;
      this.painted[i] = decoder.uses;
      const { image, rows, latent_dim: z } = run.opening.header;
      const { reconstructions, latents } = run.stageAt(step).arrays;
      this.rows[i].forEach((canvas, number) => {
        if (reconstructions.length) paintImage(canvas, tileOf(reconstructions, number, image), image);
        else if (rows) {
          const values = decoder.decode(latents.subarray(rows[number] * z, (rows[number] + 1) * z));
          if (values) paintImage(canvas, values, image);
          else clear(canvas);
        }
      });
    });
  }

  /** Decode the place under the pointer. */
  point(spot: Spot | null, step: number): void {
    const now = [spot, Math.round(step), ...this.panes.map(({ decoder }) => decoder.uses)];
    if (now.every((value, i) => value === this.pointed[i])) return;
    this.pointed = now;
    const at = spot ?? { x: 0.5, y: 0.5 };
    const decoded = this.panes.map(({ decoder }, i) => decoder.decode(this.panes[i].latentAt(at)));
    decoded.forEach((values, i) => {
      if (values) paintImage(this.large[i], values, this.panes[i].run.opening.header.image);
      else clear(this.large[i]);
    });
    const isKnown = decoded.every((values) => values !== null);
    const where = spot ? 'Decoded at the cursor' : 'Decoded at the center of the map';
    const z = this.panes.length ? this.panes[0].run.opening.header.latent_dim : 0;
    const isFar = isKnown && spot !== null && this.panes.some((pane) => pane.isFar(spot));
    const words = isKnown
      ? `${where}, with the weights of step ${Math.round(step).toLocaleString('en-US')}.${aside(z)}`
      : 'The decoder of this stage is not stored, so only the points can be shown.';
    say(this.words, words);
    this.far.hidden = !isFar;
  }
}

function clear(canvas: HTMLCanvasElement): void {
  canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
}

function row({ run }: Pane, make: (number: number) => HTMLCanvasElement): HTMLCanvasElement[] {
  const n = run.opening.header.rows?.length ?? run.opening.arrays.shown.shape[0];
  return Array.from({ length: n }, (_, number) => make(number));
}

function original({ run }: Pane, number: number): HTMLCanvasElement {
  const { shown } = run.opening.arrays;
  const { image } = run.opening.header;
  if (!shown.length) {
    const title = 'The test images are not on this machine.';
    const empty = h('canvas', { class: 'missing', title });
    [empty.height, empty.width] = image;
    return empty;
  }
  const canvas = h('canvas');
  paintImage(canvas, tileOf(shown, number, image), image);
  return canvas;
}

/** With more dimensions than the map has, what the two of them are. */
const aside = (z: number) =>
  z > 2 ? ` Points are projected from ${z} dimensions; decoded images lie on the slice through their mean.` : '';
