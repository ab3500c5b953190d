// Beside the map: what the place under the pointer decodes to, and ten test images that sharpen.

import { crisp, h, paintImage, tileOf } from '../lib/dom.ts';
import type { Pane, Spot } from './pane.ts';

const LARGEST = 190; // pixels on screen of the decoded image
const MOST_PIXELS = 34; // of a test image

/** One row for each run, below the row of the originals. */
export class Gallery {
  readonly element = h('div', { class: 'gallery' });
  private readonly decoded = h('div', { class: 'decoded' });
  private readonly words = h('p', { class: 'words' });
  private readonly tiles = h('div', { class: 'tiles' });
  private panes: Pane[] = [];
  private large: HTMLCanvasElement[] = [];
  private rows: HTMLCanvasElement[][] = [];

  constructor() {
    this.element.append(this.decoded, this.words, this.tiles);
  }

  /** Show other runs. */
  lay(panes: Pane[], titles: string[]): void {
    this.panes = panes;
    const many = panes.length > 1;
    this.large = panes.map(({ run }) => {
      const canvas = h('canvas', { role: 'img', 'aria-label': 'Decoded image at the cursor' });
      const { image } = run.opening.header;
      [canvas.height, canvas.width] = image;
      crisp(canvas, image, many ? LARGEST * 0.7 : LARGEST);
      return canvas;
    });
    this.decoded.replaceChildren(
      ...this.large.map((canvas, i) =>
        h('figure', {}, canvas, many ? h('figcaption', { text: titles[i] }) : null),
      ),
    );
    this.rows = panes.map((pane) => this.row(pane, () => h('canvas')));
    const first = panes[0];
    const originals = this.row(first, (number) => original(first, number));
    const line = (name: string, canvases: HTMLElement[]) =>
      h('div', { class: 'row' }, h('span', { text: name }), h('div', {}, ...canvases));
    this.tiles.replaceChildren(
      line('Test images', originals),
      ...this.rows.map((row, i) => line(many ? titles[i] : 'Reconstructions', row)),
    );
  }

  private row<E extends HTMLElement>({ run }: Pane, make: (number: number) => E): E[] {
    const n = run.opening.header.rows?.length ?? run.opening.arrays.shown.shape[0];
    return Array.from({ length: n }, (_, number) => {
      const tile = make(number);
      if (tile instanceof HTMLCanvasElement) crisp(tile, run.opening.header.image, MOST_PIXELS);
      return tile;
    });
  }

  /** Show the test images at the weights in use. */
  update(step: number): void {
    this.panes.forEach(({ run, decoder }, i) => {
      const stage = run.stageAt(step);
      if (!stage) return;
      const { image, rows, latent_dim: z } = run.opening.header;
      const { reconstructions, latents } = stage.arrays;
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
    const at = spot ?? { x: 0.5, y: 0.5 };
    let isKnown = true;
    this.panes.forEach((pane, i) => {
      const values = pane.decoder.decode(pane.latentAt(at));
      if (values) paintImage(this.large[i], values, pane.run.opening.header.image);
      else {
        isKnown = false;
        clear(this.large[i]);
      }
    });
    const where = spot ? 'Decoded at the cursor' : 'Decoded at the middle of the map';
    this.words.textContent = isKnown
      ? `${where}, with the weights of step ${Math.round(step).toLocaleString('en-US')}.`
      : 'The decoder of this stage is not stored, so only the points can be shown.';
  }
}

function clear(canvas: HTMLCanvasElement): void {
  canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
}

function original({ run }: Pane, number: number): HTMLElement {
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
