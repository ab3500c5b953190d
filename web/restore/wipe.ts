// @ts-nocheck
// The wipe: two pictures in one frame, and a bar between them that follows the pointer or the keys.

import { clamp, h, paintImage } from '../lib/dom.ts';

/** One frame with two pictures. */
export class Wipe {
  constructor() {
    this.place = 0.5;
    this.chosen = [1, 2];
    this.canvas = h('canvas', {
      tabindex: 0,
      role: 'slider',
      'aria-label': 'Wipe between two pictures',
      'aria-valuemin': 0,
      'aria-valuemax': 100,
    });
    this.bar = h('div', { class: 'bar' });
    this.left = h('select', { 'aria-label': 'Left of the bar', onchange: () => this.choose() });
    this.right = h('select', { 'aria-label': 'Right of the bar', onchange: () => this.choose() });
    const stage = h('div', { class: 'stage' }, this.canvas, this.bar);
    this.element = h('div', { class: 'wipe' }, h('div', { class: 'choices' }, this.left, this.right), stage);
    stage.onpointerdown = (event) => {
      stage.setPointerCapture(event.pointerId);
      this.follow(event);
    };
    stage.onpointermove = (event) => (event.pointerType === 'mouse' || event.buttons) && this.follow(event);
    this.canvas.onkeydown = (event) => {
      const step = { ArrowLeft: -0.05, ArrowRight: 0.05 }[event.key];
      if (step) this.move(this.place + step);
    };
  }

  /** Show new pictures; the choice of two stays. */
  show(panels, pictures, shape) {
    Object.assign(this, { pictures, shape });
    const names = panels.map((panel) => (panel.name === 'Restored' ? `Restored: ${panel.about}` : panel.name));
    if (String(names) !== String(this.names)) {
      this.names = names;
      if (Math.max(...this.chosen) >= names.length) this.chosen = [1, 2];
      [this.left, this.right].forEach((select, side) => {
        select.replaceChildren(...names.map((text, i) => h('option', { text, value: String(i) })));
        select.value = String(this.chosen[side]);
      });
    }
    this.draw();
  }

  choose() {
    this.chosen = [Number(this.left.value), Number(this.right.value)];
    this.draw();
  }

  follow(event) {
    const box = this.canvas.getBoundingClientRect();
    this.move((event.clientX - box.left) / box.width);
  }

  move(place) {
    this.place = clamp(place, 0, 1);
    this.draw();
  }

  draw() {
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
    this.canvas.setAttribute('aria-valuenow', Math.round(this.place * 100));
  }
}
