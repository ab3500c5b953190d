// The image of the point under the pointer, beside that point.

import { clamp, crisp, h } from '../lib/dom.ts';
import type { View } from '../scatter/view.ts';
import type { Model } from './model.ts';
import type { Thumbs } from './thumbs.ts';

const AFTER = 125; // milliseconds
const BAR = 56; // pixels: the controls over the map
const SPLITS = ['training', 'validation', 'test'];

export class Peek {
  readonly element = h('div', { class: 'peek', hidden: true });
  private readonly model: Model;
  private readonly view: View;
  private readonly thumbs: Thumbs;
  private later: ReturnType<typeof setTimeout> | undefined;

  constructor(model: Model, view: View, thumbs: Thumbs) {
    this.model = model;
    this.view = view;
    this.thumbs = thumbs;
  }

  /** After a moment show a row's image; -1: none. */
  point(row: number): void {
    clearTimeout(this.later);
    if (row < 0) this.element.hidden = true;
    else this.later = setTimeout(() => this.open(row), AFTER);
  }

  private open(row: number): void {
    const { space } = this.model;
    const canvas = h('canvas', { 'data-row': row });
    crisp(canvas, space.image, 84);
    this.thumbs.show(canvas, row);
    const name = space.className(row);
    const text = `${SPLITS[space.splits[row]]} image ${space.numbers[row].toLocaleString('en-US')}`;
    const words = h('div', {}, name ? h('b', { text: name }) : '', h('span', { text }));
    this.element.replaceChildren(...(this.thumbs.ready ? [canvas] : []), words);
    this.element.hidden = false;
    this.placeBeside(row);
  }

  /** On the side where there is room. */
  private placeBeside(row: number): void {
    const { element, view } = this;
    const { places } = this.model;
    const [x, y] = view.toScreen(places[2 * row], places[2 * row + 1]);
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = x + 18 + width > view.width ? x - 18 - width : x + 18;
    element.style.left = `${clamp(left, 4, view.width - width - 4)}px`;
    const above = y - height - 14;
    const top = above < BAR ? y + 18 : above;
    element.style.top = `${clamp(top, BAR, Math.max(BAR, view.height - height - 4))}px`;
  }
}
