// @ts-nocheck
// One network of a comparison: a little map of its own, and what it decodes.

import { classColor } from '../lib/colors.ts';
import { fillPixels, h, paintImage } from '../lib/dom.ts';
import { gridLatents } from './lattice.ts';
import { extentOf, makePlane } from '../latent/plane.ts';

const TILES = 12; // per side of the little map
const SIDE = 168; // pixels of the little map
const MOST_POINTS = 1500;

/** One network of the comparison: its little map and what it decodes. */
export class Cell {
  constructor(app, space, network) {
    Object.assign(this, { app, space, network });
    this.map = h('canvas', { class: 'little', 'aria-label': `map of ${space.line}`, role: 'img' });
    this.image = h('canvas', {
      class: 'decoded',
      'aria-label': `decoded by ${space.line}`,
      role: 'img',
    });
    this.element = h(
      'figure',
      { class: 'cell' },
      h('figcaption', { text: space.short, title: `${space.name}: ${space.line}` }),
      h('div', { class: 'both' }, this.map, this.image),
    );
  }

  /** Lay out the network's own plane; that of the map's own network is the map's. */
  refresh() {
    const { app, space } = this;
    const own = space === app.space;
    if (this.plane && (!own || this.plane === app.plane)) return;
    const through = space.z > 2 ? space.spread.mean : new Float32Array(space.z);
    this.plane = own
      ? app.plane
      : makePlane(space, { kind: 'principal', i: 0, j: 1 }, through, false);
    this.places = this.plane.projectAll(space.latents);
    this.sorted = [0, 1].map((axis) =>
      Float32Array.from({ length: space.n }, (_, row) => this.places[2 * row + axis]).sort(),
    );
    this.extent = extentOf(this.plane, this.places, false);
    const [height, width] = space.image;
    const base = h('canvas');
    [base.width, base.height] = [TILES * width, TILES * height];
    this.base = base;
    const latents = gridLatents(this.plane, this.extent, TILES, TILES);
    if (this.network instanceof LinearDecoder) {
      this.takeTiles(0, TILES ** 2, this.network.runAll(latents));
    } else {
      const job = { model: space.name, task: 'decode', latents };
      app.jobs.run(`cell ${space.name}`, job, ({ start, rows, values }) =>
        this.takeTiles(start, rows, values),
      );
    }
  }

  takeTiles(start, rows, values) {
    const [height, width, channels] = this.space.image;
    const context = this.base.getContext('2d');
    const picture = context.createImageData(width, height);
    for (let i = 0; i < rows; i++) {
      fillPixels(picture.data, values, i * width * height * channels, width * height, channels);
      context.putImageData(
        picture,
        ((start + i) % TILES) * width,
        Math.floor((start + i) / TILES) * height,
      );
    }
    this.paint();
  }

  show(z, row) {
    this.at = this.plane.project(z);
    this.row = row;
    paintImage(this.image, this.network.run(z), this.space.image);
    this.paint();
  }

  paint() {
    if (!this.base) return;
    const ratio = window.devicePixelRatio || 1;
    const { map, extent, places, space, app } = this;
    if (map.width !== SIDE * ratio) map.width = map.height = SIDE * ratio;
    const context = map.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.imageSmoothingQuality = 'high';
    context.drawImage(this.base, 0, 0, SIDE, SIDE);
    const x = (value) => ((value - extent.left) / (extent.right - extent.left)) * SIDE;
    const y = (value) => ((extent.top - value) / (extent.top - extent.bottom)) * SIDE;
    const step = Math.max(1, Math.floor(space.n / MOST_POINTS));
    context.globalAlpha = 0.8;
    for (let row = 0; row < space.n; row += step) {
      context.fillStyle = classColor(app.theme, space.labels[row]);
      context.fillRect(x(places[2 * row]) - 0.75, y(places[2 * row + 1]) - 0.75, 1.5, 1.5);
    }
    context.globalAlpha = 1;
    if (!this.at) return;
    for (const [color, width] of [
      [app.theme.background, 5],
      [app.theme.accent, 2.25],
    ]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.arc(x(this.at[0]), y(this.at[1]), 7, 0, 7);
      context.stroke();
    }
  }
}

/** The best linear autoencoder of the same size: mean plus a sum of components. */
export class LinearDecoder {
  constructor(mean, components) {
    Object.assign(this, { mean, components });
  }

  run(z) {
    return this.runAll(z);
  }

  runAll(latents) {
    const pixels = this.mean.length;
    const z = this.components.length / pixels;
    const rows = latents.length / z;
    const out = new Float32Array(rows * pixels);
    for (let row = 0; row < rows; row++) {
      out.set(this.mean, row * pixels);
      for (let d = 0; d < z; d++) {
        const weight = latents[row * z + d];
        for (let p = 0; p < pixels; p++) {
          out[row * pixels + p] += weight * this.components[d * pixels + p];
        }
      }
    }
    return out.map((value) => Math.min(1, Math.max(0, value)));
  }
}
