// @ts-nocheck
// What the network draws at random: from the prior, or around one image.

import { h, paintImage } from '../lib/dom.ts';
import { normals } from '../latent/gaussian.ts';

const COUNT = 25;

/** The samples tool. */
export class Samples {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    Object.assign(this, { app, seed: 1, around: false, latents: [] });
  }

  get isOpen() {
    return this.app.state.tool === 'samples';
  }

  get key() {
    return `${this.seed} ${this.around && this.nearestRow()}`;
  }

  build() {
    const { app } = this;
    const isVae = app.space.model === 'vae';
    const again = h('button', {
      class: 'primary',
      text: 'Draw 25 again',
      onclick: () => {
        this.seed++;
        app.drawer.refresh();
      },
    });
    const choice = (text, value, help) =>
      h('button', {
        text,
        title: help,
        'aria-pressed': String(this.around === value),
        onclick: () => {
          this.around = value;
          app.drawer.refresh();
        },
      });
    const group = isVae
      ? h(
          'div',
          { class: 'group' },
          choice(
            'From the prior',
            false,
            'Latents from a standard normal distribution, as a VAE is trained to expect',
          ),
          choice(
            'Around one image',
            true,
            'Latents the encoder considers possible for the image nearest to the chosen pin',
          ),
        )
      : null;
    const tiles = this.draw();
    return {
      controls: [again, group, h('span', { class: 'quiet', text: this.explain(isVae) })],
      content: [h('div', { class: 'draws' }, ...tiles)],
    };
  }

  explain(isVae) {
    if (!isVae) {
      return 'An autoencoder has no prior. These latents are drawn from a bell curve laid over where its images landed.';
    }
    if (!this.around) return 'Each is drawn from the standard normal distribution, then decoded.';
    const name = this.app.space.className(this.row);
    return `The ellipse is one standard deviation of what the encoder says of this image${name ? ` (${name})` : ''}.`;
  }

  draw() {
    const { app } = this;
    const { z, image } = app.space;
    const noise = normals(COUNT * z, this.seed);
    this.row = this.nearestRow();
    const { mean, std } = this.distribution();
    const latents = noise.map((value, i) => mean[i % z] + value * std[i % z]);
    this.latents = Array.from({ length: COUNT }, (_, i) => latents.subarray(i * z, (i + 1) * z));
    const canvases = this.latents.map(() => h('canvas'));
    const size = image.reduce((product, side) => product * side, 1);
    app.engine.decodeMany('samples', Float32Array.from(latents), ({ start, rows, values }) => {
      for (let i = 0; i < rows; i++) {
        paintImage(canvases[start + i], values.subarray(i * size, (i + 1) * size), image);
      }
    });
    app.stage.invalidate('overlay');
    return canvases.map((canvas, i) =>
      h(
        'button',
        {
          class: 'frame',
          title: 'Pin this sample',
          onclick: () => app.pins.add(this.latents[i]),
        },
        canvas,
      ),
    );
  }

  nearestRow() {
    const { space, pins } = this.app;
    return space.nearest(pins.chosen()?.z ?? space.latent(space.train[0]))[0].row;
  }

  distribution() {
    const { space } = this.app;
    const { z } = space;
    if (this.around && space.stds) {
      return {
        mean: space.latent(this.row),
        std: space.stds.subarray(this.row * z, (this.row + 1) * z),
      };
    }
    if (space.model === 'vae') {
      return { mean: new Float32Array(z), std: new Float32Array(z).fill(1) };
    }
    return space.spread;
  }

  /** Draw the samples' places, and the ellipse, on the map. */
  paint(context) {
    if (!this.isOpen) return;
    const { app } = this;
    const { plane, theme } = app;
    const { view } = app.stage;
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

  paintEllipse(context) {
    const { plane, theme } = this.app;
    const { view } = this.app.stage;
    const { mean, std } = this.distribution();
    const along = (axis, angle) => std.map((value, d) => value * value * axis[d] * angle);
    // The ellipse of a diagonal Gaussian laid on the plane: mean + S u cos + S v sin, per unit of spread.
    const spread = [plane.u, plane.v].map(
      (axis) => Math.sqrt(axis.reduce((sum, a, d) => sum + (a * std[d]) ** 2, 0)) || 1,
    );
    context.strokeStyle = theme.accent;
    context.lineWidth = 2.25;
    context.beginPath();
    for (let i = 0; i <= 64; i++) {
      const angle = (i / 64) * 2 * Math.PI;
      const toU = along(plane.u, Math.cos(angle) / spread[0]);
      const toV = along(plane.v, Math.sin(angle) / spread[1]);
      const z = mean.map((value, d) => value + toU[d] + toV[d]);
      context.lineTo(...view.toScreen(...plane.project(z)));
    }
    context.stroke();
  }
}
