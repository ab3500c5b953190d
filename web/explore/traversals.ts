// One filmstrip per latent dimension, the most used first: never a wall of sliders.

import type { Dimension } from '../latent/space.ts';
import { coordinate, counted, figure, h, paintImage } from '../lib/dom.ts';
import { explain } from '../lib/term.ts';
import type { Cursor } from './cursor.ts';
import type { Engine } from './engine.ts';
import type { Model } from './model.ts';
import type { Pins } from './pins.ts';
import type { Tool } from './tool.ts';

const FRAMES = 11;
const MOST_ROWS = 64;

interface Frame {
  canvas: HTMLCanvasElement;
  z: Float32Array;
  button: HTMLElement;
}
interface Needs {
  model: Model;
  engine: Engine;
  cursor: Cursor;
  pins: Pins;
}

/** The dimensions tool. */
export class Traversals implements Tool {
  private readonly needs: Needs;

  constructor(needs: Needs) {
    this.needs = needs;
  }

  get key(): string {
    const pin = this.needs.model.chosenPin;
    return pin ? `${pin.letter} ${pin.z.join()}` : '';
  }

  build() {
    const { model, cursor } = this.needs;
    const { space, chosenPin: pin } = model;
    const start = pin?.z ?? cursor.shown.z;
    const rows = space.dimensions.slice(0, MOST_ROWS);
    const strips = rows.map((row) => ({ row, frames: this.frames(row, start, pin?.letter ?? 'A') }));
    this.decode(strips.flatMap(({ frames }) => frames));
    const dead = space.dimensions.filter((dimension) => dimension.dead).length;
    const text = [
      pin
        ? `From pin ${pin.letter}.`
        : 'From the latent decoded beside the map; pin a latent to start there.',
      space.stds ? 'Largest KL divergence first.' : 'Largest variance first.',
      dead ? `${counted(dead, 'inactive dimension')}.` : '',
      space.z > MOST_ROWS ? `The first ${MOST_ROWS} of ${space.z} are shown.` : '',
    ];
    const elements = strips.map(({ row, frames }) => this.strip(row, frames));
    const words = h('span', { class: 'quiet' });
    explain(words, text.filter(Boolean).join(' '), {
      'KL divergence': space.meaning('KL divergence'),
      [dead === 1 ? 'inactive dimension' : 'inactive dimensions']: space.meaning('Active dimension'),
    });
    return {
      controls: [words],
      content: [h('div', { class: 'strips' }, ...elements)],
    };
  }

  private strip({ dimension, dead, use }: Dimension, frames: Frame[]): HTMLElement {
    const unit = this.needs.model.space.stds ? `${figure(use)} nats` : `variance ${figure(use)}`;
    const label = h(
      'div',
      { class: 'label' },
      h('b', { text: coordinate(dimension) }),
      h('span', { text: dead ? 'inactive' : unit }),
    );
    const buttons = frames.map(({ button }) => button);
    return h('div', { class: dead ? 'dimension dead' : 'dimension' }, label, ...buttons);
  }

  private frames({ dimension, low, high }: Dimension, start: Float32Array, letter: string): Frame[] {
    return Array.from({ length: FRAMES }, (_, i) => {
      const value = low + ((high - low) * i) / (FRAMES - 1);
      const canvas = h('canvas');
      const z = Float32Array.from(start);
      z[dimension] = value;
      const nearest = Math.abs(value - start[dimension]) < (high - low) / FRAMES / 2;
      const button = h(
        'button',
        {
          class: nearest ? 'frame now' : 'frame',
          title: `${coordinate(dimension)} = ${figure(value)}`,
          onclick: () => this.needs.pins.moveTo(letter, z),
        },
        canvas,
      );
      return { canvas, z, button };
    });
  }

  private decode(frames: Frame[]): void {
    const { engine, model } = this.needs;
    const { z, image, pixels } = model.space;
    const latents = new Float32Array(frames.length * z);
    frames.forEach((frame, i) => latents.set(frame.z, i * z));
    engine.decodeMany('dimensions', latents, ({ start, rows, values }) => {
      for (let i = 0; i < rows; i++) {
        paintImage(frames[start + i].canvas, values.subarray(i * pixels, (i + 1) * pixels), image);
      }
    });
  }
}
