// What the network decodes at random: from the prior, or around one image.

import { normals } from '../latent/gaussian.ts';
import { h, paintImage } from '../lib/dom.ts';
import { explain } from '../lib/term.ts';
import type { View } from '../scatter/view.ts';
import type { Engine } from './engine.ts';
import type { Model } from './model.ts';
import type { Pins } from './pins.ts';
import type { Tool } from './tool.ts';

const COUNT = 25;
const NO_PRIOR =
  'A plain autoencoder has no prior. These latents are sampled from a Gaussian fitted to its latents.';

interface Needs {
  model: Model;
  view: View;
  engine: Engine;
  pins: Pins;
  refresh: () => void;
}
interface Gaussian {
  mean: Float32Array;
  std: Float32Array;
}

/** The samples tool. */
export class Samples implements Tool {
  private readonly needs: Needs;
  private seed = 1;
  private around = false;
  private latents: Float32Array[] = [];

  constructor(needs: Needs) {
    this.needs = needs;
  }

  get key(): string {
    return `${this.seed} ${this.around ? this.nearestRow() : ''}`;
  }

  build() {
    const isVae = this.needs.model.space.model === 'vae';
    const again = h('button', {
      class: 'primary',
      text: 'Sample again',
      onclick: () => {
        this.seed++;
        this.needs.refresh();
      },
    });
    const choice = (text: string, value: boolean, title: string) =>
      h('button', {
        text,
        title,
        'aria-pressed': String(this.around === value),
        onclick: () => {
          this.around = value;
          this.needs.refresh();
        },
      });
    const prior = 'The standard normal distribution';
    const around = 'The posterior of the training image nearest to the chosen pin';
    const choices = [
      choice('From the prior', false, prior),
      choice('From a posterior', true, around),
    ];
    const group = isVae ? h('div', { class: 'group' }, ...choices) : null;
    const words = h('span', { class: 'quiet' });
    const { space } = this.needs.model;
    explain(words, this.sentence(isVae), { prior: space.meaning('Prior'), posterior: space.meaning('Posterior') });
    return {
      controls: [again, group, words],
      content: [h('div', { class: 'draws' }, ...this.draw())],
    };
  }

  private sentence(isVae: boolean): string {
    if (!isVae) return NO_PRIOR;
    if (!this.around) return 'Each latent is sampled from the prior, a standard normal distribution, and decoded.';
    const name = this.needs.model.space.className(this.nearestRow());
    return `The ellipse is one standard deviation of the posterior of this image${name ? ` (${name})` : ''}.`;
  }

  private draw(): HTMLElement[] {
    const { model, engine, pins } = this.needs;
    const { z, image, pixels } = model.space;
    const { mean, std } = this.distribution();
    const latents = normals(COUNT * z, this.seed).map((value, i) => mean[i % z] + value * std[i % z]);
    this.latents = Array.from({ length: COUNT }, (_, i) => latents.subarray(i * z, (i + 1) * z));
    const canvases = this.latents.map(() => h('canvas'));
    engine.decodeMany('samples', latents, ({ start, rows, values }) => {
      for (let i = 0; i < rows; i++) {
        paintImage(canvases[start + i], values.subarray(i * pixels, (i + 1) * pixels), image);
      }
    });
    model.canvas.repaint('overlay');
    return canvases.map((canvas, i) => {
      const pin = () => pins.add(this.latents[i]);
      return h('button', { class: 'frame', title: 'Pin this sample', onclick: pin }, canvas);
    });
  }

  private nearestRow(): number {
    const { space, chosenPin } = this.needs.model;
    return space.nearest(chosenPin?.z ?? space.latent(space.train[0]))[0].row;
  }

  private distribution(): Gaussian {
    const { space } = this.needs.model;
    const { z, stds } = space;
    if (this.around && stds) {
      const row = this.nearestRow();
      return { mean: space.latent(row), std: stds.subarray(row * z, (row + 1) * z) };
    }
    if (space.model === 'vae') {
      return { mean: new Float32Array(z), std: new Float32Array(z).fill(1) };
    }
    return space.spread;
  }

  /** Draw the samples' places, and the ellipse, on the map. */
  paint(context: CanvasRenderingContext2D): void {
    const { model, view } = this.needs;
    const { plane, theme } = model;
    context.fillStyle = theme.accent;
    context.strokeStyle = theme.background;
    context.lineWidth = 1.5;
    for (const z of this.latents) {
      context.beginPath();
      context.arc(...view.toScreen(...plane.project(z)), 4.5, 0, 7);
      context.fill();
      context.stroke();
    }
    if (this.around) this.paintEllipse(context);
  }

  private paintEllipse(context: CanvasRenderingContext2D): void {
    const { model, view } = this.needs;
    const { plane, theme } = model;
    const { mean, std } = this.distribution();
    const along = (axis: Float32Array, by: number) =>
      std.map((value, d) => value * value * axis[d] * by);
    // The ellipse of a diagonal Gaussian laid on the plane: mean + S u cos + S v sin, per unit of spread.
    const [spreadU, spreadV] = [plane.u, plane.v].map(
      (axis) => Math.sqrt(axis.reduce((sum, a, d) => sum + (a * std[d]) ** 2, 0)) || 1,
    );
    context.strokeStyle = theme.accent;
    context.lineWidth = 2.25;
    context.beginPath();
    for (let i = 0; i <= 64; i++) {
      const angle = (i / 64) * 2 * Math.PI;
      const toU = along(plane.u, Math.cos(angle) / spreadU);
      const toV = along(plane.v, Math.sin(angle) / spreadV);
      const z = mean.map((value, d) => value + toU[d] + toV[d]);
      context.lineTo(...view.toScreen(...plane.project(z)));
    }
    context.stroke();
  }
}
