// @ts-nocheck
// One filmstrip per latent dimension, the most used first: never a wall of sliders.

import { counted, figure, h, paintImage } from '../lib/dom.ts';

const FRAMES = 11;
const MOST_ROWS = 64;

/** The dimensions tool. */
export class Traversals {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
  }

  get key() {
    const pin = this.app.pins.chosen();
    return pin ? `${pin.letter} ${pin.z.join()}` : '';
  }

  build() {
    const { app } = this;
    const { space } = app;
    const pin = app.pins.chosen();
    const start = pin?.z ?? app.cursor.shown.z;
    const rows = space.dimensions.slice(0, MOST_ROWS);
    const strips = rows.map((row) => this.strip(row, start, pin));
    this.decode(rows, start, strips);
    const dead = space.dimensions.filter(({ dead: unused }) => unused).length;
    const text = [
      pin
        ? `From pin ${pin.letter}.`
        : 'From the image beside the map; pin a place to start there.',
      space.stds
        ? 'The dimensions that carry most come first.'
        : 'The dimensions that vary most come first.',
      dead ? `${counted(dead, 'dimension')} unused.` : '',
      space.z > MOST_ROWS ? `The first ${MOST_ROWS} of ${space.z} are shown.` : '',
    ];
    return {
      controls: [h('span', { class: 'quiet', text: text.filter(Boolean).join(' ') })],
      content: [h('div', { class: 'strips' }, ...strips.map(({ element }) => element))],
    };
  }

  strip({ dimension, use, dead, low, high }, start, pin) {
    const { app } = this;
    const frames = this.values(low, high).map((value) => {
      const canvas = h('canvas');
      const z = Float32Array.from(start);
      z[dimension] = value;
      const title = `z${dimension + 1} = ${figure(value)}`;
      const nearest = Math.abs(value - start[dimension]) < (high - low) / FRAMES / 2;
      const button = h(
        'button',
        {
          class: nearest ? 'frame now' : 'frame',
          title,
          onclick: () => app.pins.moveTo(pin?.letter ?? 'A', z),
        },
        canvas,
      );
      return { canvas, z, button };
    });
    const unit = app.space.stds ? `${figure(use)} nats` : `variance ${figure(use)}`;
    const label = h(
      'div',
      { class: 'label' },
      h('b', { text: `z${dimension + 1}` }),
      h('span', { text: dead ? 'unused' : unit }),
    );
    const element = h(
      'div',
      { class: dead ? 'dimension dead' : 'dimension' },
      label,
      ...frames.map(({ button }) => button),
    );
    return { element, frames };
  }

  values(low, high) {
    return Array.from({ length: FRAMES }, (_, i) => low + ((high - low) * i) / (FRAMES - 1));
  }

  decode(rows, start, strips) {
    const { app } = this;
    const { z, image } = app.space;
    const frames = strips.flatMap((strip) => strip.frames);
    const latents = new Float32Array(frames.length * z);
    frames.forEach((frame, i) => latents.set(frame.z, i * z));
    const size = image.reduce((product, side) => product * side, 1);
    app.engine.decodeMany('dimensions', latents, ({ start: first, rows: count, values }) => {
      for (let i = 0; i < count; i++) {
        paintImage(frames[first + i].canvas, values.subarray(i * size, (i + 1) * size), image);
      }
    });
  }
}
