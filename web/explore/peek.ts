// The image of the point under the pointer, beside that point. On a slice also what its own latent
// decodes to, which is not what the map decodes there, and how far apart the two latents are.

import { clamp, crisp, figure, h, paintImage } from '../lib/dom.ts';
import type { View } from '../scatter/view.ts';
import type { Engine } from './engine.ts';
import type { Model } from './model.ts';
import type { Thumbs } from './thumbs.ts';

const AFTER = 125; // milliseconds
const BAR = 56; // pixels: the controls over the map
const SIDE = 84; // pixels of the image; one of four is smaller
const SPLITS = ['training', 'validation', 'test'];

interface Needs {
  model: Model;
  view: View;
  engine: Engine;
  thumbs: Thumbs;
}

export class Peek {
  readonly element = h('div', { class: 'peek', hidden: true });
  private readonly needs: Needs;
  private later: ReturnType<typeof setTimeout> | undefined;

  constructor(needs: Needs) {
    this.needs = needs;
  }

  /** After a moment show a row's image; -1: none. */
  point(row: number): void {
    clearTimeout(this.later);
    if (row < 0) this.element.hidden = true;
    else this.later = setTimeout(() => this.open(row), AFTER);
  }

  private open(row: number): void {
    const { model, thumbs } = this.needs;
    const { space } = model;
    const name = space.className(row);
    const text = `${SPLITS[space.splits[row]]} image ${space.numbers[row].toLocaleString('en-US')}`;
    const words = h('div', {}, name ? h('b', { text: name }) : '', h('span', { text }));
    this.element.classList.toggle('four', model.slice !== null);
    if (model.slice) this.element.replaceChildren(words, ...this.onSlice(row));
    else this.element.replaceChildren(...(thumbs.ready ? [this.original(row, SIDE)] : []), words);
    this.element.hidden = false;
    this.placeBeside(row);
  }

  private original(row: number, side: number): HTMLCanvasElement {
    const canvas = h('canvas', { 'data-row': row });
    crisp(canvas, this.needs.model.space.image, side);
    this.needs.thumbs.show(canvas, row);
    return canvas;
  }

  /** Four pictures that a slice can set beside each other, and what keeps them apart. */
  private onSlice(row: number): HTMLElement[] {
    const { model } = this.needs;
    const { space, plane } = model;
    const z = space.latent(row);
    const here = plane.lift(...plane.project(z));
    const [nearest] = space.nearest(here);
    const side = SIDE * 0.75;
    const labeled = (canvas: HTMLCanvasElement, text: string) =>
      h('figure', {}, canvas, h('figcaption', { text }));
    const pictures = h(
      'div',
      { class: 'pictures' },
      labeled(this.original(row, side), 'this image'),
      labeled(this.decoded(z, side, 'own'), 'its own latent, decoded'),
      labeled(this.decoded(here, side, 'here'), 'the slice here, decoded'),
      labeled(this.original(nearest.row, side), 'nearest to this place on the slice'),
    );
    return [pictures, h('p', { text: distanceWords(model, row) })];
  }

  private decoded(z: Float32Array, side: number, which: string): HTMLCanvasElement {
    const { engine, model } = this.needs;
    const canvas = h('canvas', { class: which });
    crisp(canvas, model.space.image, side);
    engine.decode(z, (values) => paintImage(canvas, values, model.space.image), `peek ${which}`);
    return canvas;
  }

  /** On the side where there is room. */
  private placeBeside(row: number): void {
    const { element } = this;
    const { model, view } = this.needs;
    const { places } = model;
    const [x, y] = view.toScreen(places[2 * row], places[2 * row + 1]);
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = x + 18 + width > view.width ? x - 18 - width : x + 18;
    element.style.left = `${clamp(left, 4, Math.max(4, view.width - width - 4))}px`;
    const above = y - height - 14;
    const top = above < BAR ? y + 18 : above;
    element.style.top = `${clamp(top, BAR, Math.max(BAR, view.height - height - 4))}px`;
  }
}

/** How far a row's latent lies off the slice, in words. */
export function distanceWords({ space, plane, slice }: Model, row: number): string {
  const distance = plane.offPlane(space.latent(row));
  const share = Math.min(99, Math.round(slice?.shareBelow(distance) ?? 0));
  return `Distance from the slice ${figure(distance)} (the dashed circle), larger than for ${share} % of images.`;
}
