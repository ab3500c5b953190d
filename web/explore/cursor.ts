// @ts-nocheck
// The cursor: where the visitor looks, by pointer, finger or keys, and what is shown for it.

import { clamp, crisp, debounce, figure, h } from '../lib/dom.ts';

const PICK = 14; // pixels: the point under the pointer
const PICK_EVERY = 50; // milliseconds
const PEEK_AFTER = 125;
const SPEAK_AFTER = 250;
const BUSY = 250;
const SPLITS = ['training', 'validation', 'test'];

/** The cursor of one canvas. */
export class Cursor {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    Object.assign(this, { app, place: null, pointer: null, hovered: -1, shown: null });
    Object.assign(this, { picked: 0, moved: 0 });
    this.speak = debounce((text) => app.panel.speak(text), SPEAK_AFTER);
  }

  /** Whether the pointer has just moved. */
  get isBusy() {
    return performance.now() - this.moved < BUSY;
  }

  /** The pointer is over the map: decode there, at the next frame. */
  hover(px, py) {
    this.pointer = { px, py };
    this.moved = performance.now();
    this.app.stage.invalidate('pointer');
  }

  /** The pointer has left the map for good. */
  leave() {
    this.pointer = null;
    this.place = null;
    this.point(-1);
    this.rest();
    this.app.stage.invalidate('overlay');
  }

  followPointer() {
    if (!this.pointer) return;
    const { stage } = this.app;
    const { px, py } = this.pointer;
    this.move(...stage.view.toMap(px, py));
    const now = performance.now();
    if (now - this.picked < PICK_EVERY) return;
    this.picked = now;
    this.point(stage.painter.pick(px, py, PICK));
  }

  /** Put the cursor on a map place and show what is there, or the latent that stands for it. */
  move(x, y, { z = null, where = 'At the cursor' } = {}) {
    this.place = { x, y };
    this.show(z ?? this.app.plane.lift(x, y), where);
    this.app.stage.invalidate('overlay');
  }

  /** Show a latent beside the map. */
  show(z, where) {
    this.shown = { z, where };
    this.app.panel.show(z, where);
    this.app.compare.follow();
  }

  /** What to show while nobody points: the chosen pin, else an image that was learned from. */
  rest() {
    const { space, pins } = this.app;
    const pin = pins.chosen();
    if (pin) this.show(pin.z, `Pin ${pin.letter}`);
    else this.show(space.latent(space.train[0]), 'One of its training images, drawn again');
  }

  /** Move by keys, so many pixels, and say where that leads. */
  step(dx, dy) {
    const { view } = this.app.stage;
    const from = this.place ?? this.middle();
    const [px, py] = view.toScreen(from.x, from.y);
    this.pointer = null;
    this.move(...view.toMap(clamp(px + dx, 0, view.width), clamp(py + dy, 0, view.height)));
    this.point(-1);
    this.speak(this.inWords());
  }

  inWords() {
    const { space } = this.app;
    const [{ row, distance }] = space.nearest(this.shown.z);
    const name = space.className(row);
    const nearest = `Nearest ${name ? `class ${name}` : 'image'}, distance ${figure(distance)}.`;
    const far = space.isFar(distance) ? ' No training image near.' : '';
    return `${figure(this.place.x)}, ${figure(this.place.y)}. ${nearest}${far}`;
  }

  middle() {
    const { view } = this.app.stage;
    const [x, y] = view.toMap(view.width / 2, view.height / 2);
    return { x, y };
  }

  /** Ring the point under the pointer; after a moment show its image. */
  point(row) {
    if (row === this.hovered) return;
    this.hovered = row;
    clearTimeout(this.peekLater);
    if (row < 0) this.app.stage.peek.hidden = true;
    else this.peekLater = setTimeout(() => this.openPeek(row), PEEK_AFTER);
    this.app.stage.invalidate('overlay');
  }

  openPeek(row) {
    const { thumbs, space, stage, panel } = this.app;
    if (row !== this.hovered) return;
    const canvas = h('canvas', { 'data-row': row });
    crisp(canvas, space.image, 84);
    panel.drawRow(canvas, row);
    const name = space.className(row);
    const number = space.numbers[row].toLocaleString('en-US');
    const text = `${SPLITS[space.splits[row]]} image ${number}${thumbs.original ? '' : ', redrawn'}`;
    const words = h('div', {}, name ? h('b', { text: name }) : '', h('span', { text }));
    stage.peek.replaceChildren(canvas, words);
    stage.peek.hidden = false;
    this.placePeek(row);
  }

  /** Beside the point, on the side where there is room. */
  placePeek(row) {
    const { stage, places } = this.app;
    const { view, peek } = stage;
    const [x, y] = view.toScreen(places[2 * row], places[2 * row + 1]);
    const { offsetWidth: width, offsetHeight: height } = peek;
    const left = x + 18 + width > view.width ? x - 18 - width : x + 18;
    peek.style.left = `${clamp(left, 4, view.width - width - 4)}px`;
    peek.style.top = `${clamp(y - height - 14, 4, view.height - height - 4)}px`;
  }
}
