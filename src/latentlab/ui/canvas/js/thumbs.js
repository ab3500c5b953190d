// The images behind the points, side by side in one atlas: originals where they are on the server's
// machine, else what the network draws for each latent.

import { classColor, parseColor } from './colors.js';
import { fillPixels, h } from './dom.js';

const COLUMNS = 100;
const LARGEST_TILE = 32;
const REPAINT = 500; // milliseconds between two pictures of a map that fills up

/** All thumbnails of one checkpoint. */
export class Thumbs {
  /** @param {import('./space.js').Space} space */
  constructor(space) {
    this.space = space;
    this.factor = Math.ceil(Math.max(space.image[0], space.image[1]) / LARGEST_TILE);
    this.tile = [
      Math.floor(space.image[1] / this.factor),
      Math.floor(space.image[0] / this.factor),
    ];
    this.columns = COLUMNS;
    this.atlas = h('canvas');
    this.atlas.width = COLUMNS * this.tile[0];
    this.atlas.height = Math.ceil(space.n / COLUMNS) * this.tile[1];
    this.ready = 0; // rows drawn so far
    this.original = false;
    this.inks = new Map();
  }

  /** Take the originals from a picture that holds all of them, as latentlab/ui/explore packs it. */
  async takeOriginals(png) {
    const picture = await createImageBitmap(new Blob([png], { type: 'image/png' }));
    this.context.drawImage(picture, 0, 0);
    picture.close();
    this.ready = this.space.n;
    this.original = true;
    this.inks.clear();
  }

  /** Take decoded images (bytes) for the rows from `start` on. */
  takeDecoded(start, rows, values) {
    if (this.original) return;
    const [height, width, channels] = this.space.image;
    const full = this.context.createImageData(width, height);
    for (let i = 0; i < rows; i++) {
      fillPixels(full.data, values, i * height * width * channels, height * width, channels);
      const [x, y] = this.place(start + i);
      if (this.factor === 1) this.context.putImageData(full, x, y);
      else this.context.putImageData(this.reduced(full), x, y);
    }
    this.ready = Math.max(this.ready, start + rows);
    this.inks.clear();
  }

  /** Draw what stands in for the originals where those will never come; a little at a time. */
  fill(app) {
    if (this.space.originals || this.filling) return;
    this.filling = true;
    let painted = 0;
    const take = ({ start, rows, values, last }) => {
      this.takeDecoded(start, rows, values);
      if (!last && performance.now() - painted < REPAINT) return;
      painted = performance.now();
      app.stage.invalidate('map');
    };
    app.engine.decodeMany('thumbs', this.space.latents, take, 2);
  }

  /** Average blocks of pixels. */
  reduced(full) {
    const [width, height] = this.tile;
    const small = this.context.createImageData(width, height);
    const share = 1 / this.factor ** 2;
    const sums = new Float32Array(small.data.length);
    for (let y = 0; y < height * this.factor; y++) {
      for (let x = 0; x < width * this.factor; x++) {
        const to = 4 * (Math.floor(y / this.factor) * width + Math.floor(x / this.factor));
        const from = 4 * (y * full.width + x);
        for (let c = 0; c < 4; c++) sums[to + c] += full.data[from + c] * share;
      }
    }
    small.data.set(sums);
    return small;
  }

  get context() {
    return this.atlas.getContext('2d', { willReadFrequently: true });
  }

  /** Where a row's tile begins in the atlas. */
  place(row) {
    return [(row % this.columns) * this.tile[0], Math.floor(row / this.columns) * this.tile[1]];
  }

  /** Draw a row's image as it is. */
  draw(context, row, x, y, width, height) {
    const [left, top] = this.place(row);
    context.drawImage(this.atlas, left, top, ...this.tile, x, y, width, height);
  }

  /**
   * The picture to draw points from: grey images become ink in their class's color on nothing, so that
   * they can lie close together; color images stay as they are.
   */
  pointAtlas(theme) {
    if (this.space.image[2] === 3) return this.atlas;
    const key = `${theme.dark}`;
    if (!this.inks.has(key)) this.inks.set(key, this.ink(theme));
    return this.inks.get(key);
  }

  ink(theme) {
    const { width, height } = this.atlas;
    const canvas = h('canvas');
    [canvas.width, canvas.height] = [width, height];
    const picture = this.context.getImageData(0, 0, width, height);
    const { data } = picture;
    const colors = new Map();
    for (let row = 0; row < Math.min(this.ready, this.space.n); row++) {
      const label = this.space.labels[row];
      if (!colors.has(label)) colors.set(label, parseColor(classColor(theme, label)));
      const [r, g, b] = colors.get(label);
      const [left, top] = this.place(row);
      for (let y = top; y < top + this.tile[1]; y++) {
        for (let at = 4 * (y * width + left), end = at + 4 * this.tile[0]; at < end; at += 4) {
          data[at + 3] = data[at];
          data[at] = r;
          data[at + 1] = g;
          data[at + 2] = b;
        }
      }
    }
    canvas.getContext('2d').putImageData(picture, 0, 0);
    return canvas;
  }
}
