// The wipe: two pictures in one frame, and a bar between them that follows the pointer or the keys.

import { type Shape, clamp, h, paintImage } from '../lib/dom.ts';

type Pair = [left: number, right: number];

/** One frame with two pictures. */
export class Wipe {
  private readonly canvas = h('canvas', {
    tabindex: 0,
    role: 'slider',
    'aria-label': 'Wipe between two images',
    'aria-valuemin': 0,
    'aria-valuemax': 100,
  });
  private readonly bar = h('div', { class: 'bar' });
  private readonly selects = ['Left of the bar', 'Right of the bar'].map((label) =>
    h('select', { 'aria-label': label, onchange: () => this.choose() }),
  );
  readonly element: HTMLElement;
  private chosen: Pair = [1, 2];
  private place = 0.5;
  private names: string[] = [];
  private pictures: Uint8Array[] = [];
  private shape: Shape = [1, 1, 1];

  constructor() {
    const stage = h('div', { class: 'stage' }, this.canvas, this.bar);
    const choices = h('div', { class: 'choices' }, ...this.selects);
    this.element = h('div', { class: 'wipe' }, choices, stage);
    stage.onpointerdown = (event) => {
      stage.setPointerCapture(event.pointerId);
      this.follow(event);
    };
    stage.onpointermove = (event) => {
      if (event.pointerType === 'mouse' || event.buttons) this.follow(event);
    };
    this.canvas.onkeydown = ({ key }) => {
      if (key === 'ArrowLeft') this.move(this.place - 0.05);
      if (key === 'ArrowRight') this.move(this.place + 0.05);
    };
  }

  /** Show new pictures; the choice of two stays. */
  show(names: string[], pictures: Uint8Array[], shape: Shape): void {
    this.pictures = pictures;
    this.shape = shape;
    if (String(names) !== String(this.names)) {
      this.names = names;
      if (Math.max(...this.chosen) >= names.length) this.chosen = [1, 2];
      this.selects.forEach((select, side) => {
        select.replaceChildren(...names.map((text, i) => h('option', { text, value: i })));
        select.value = String(this.chosen[side]);
      });
    }
    this.draw();
  }

  private choose(): void {
    const [left, right] = this.selects;
    this.chosen = [Number(left.value), Number(right.value)];
    this.draw();
  }

  private follow(event: PointerEvent): void {
    const box = this.canvas.getBoundingClientRect();
    this.move((event.clientX - box.left) / box.width);
  }

  private move(place: number): void {
    this.place = clamp(place, 0, 1);
    this.draw();
  }

  private draw(): void {
    const [height, width, channels] = this.shape;
    const edge = Math.round(this.place * width);
    const [left, right] = this.chosen.map((i) => this.pictures[i]);
    const mixed = Uint8Array.from(right);
    for (let y = 0; y < height; y++) {
      const at = y * width * channels;
      mixed.set(left.subarray(at, at + edge * channels), at);
    }
    paintImage(this.canvas, mixed, this.shape);
    this.bar.style.left = `${(edge / width) * 100}%`;
    this.canvas.setAttribute('aria-valuenow', String(Math.round(this.place * 100)));
  }
}
