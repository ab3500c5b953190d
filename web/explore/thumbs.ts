// @ts-nocheck
// The images behind the points, side by side in one atlas: originals where they are on the server's
// machine, else what the network draws for each latent.

import { classColor, parseColor } from '../lib/colors.ts';
import { fillPixels, h } from '../lib/dom.ts';

const COLUMNS = 100;
const LARGEST_TILE = 32;
const SLICE = 800; // images drawn between two looks at the pointer
const WAIT = 120; // milliseconds

/** All thumbnails of one checkpoint. */
export class Thumbs {
  /** @param {import('../latent/space.ts').Space} space */
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
    this.ink = null; // the same tiles as ink in the colors of their classes
  }

  /** Take the originals from a picture that holds all of them, as latentlab/ui/explore packs it. */
  async takeOriginals(png) {
    const picture = await createImageBitmap(new Blob([png], { type: 'image/png' }));
    this.context.drawImage(picture, 0, 0);
    picture.close();
    this.ready = this.space.n;
    this.original = true;
    this.ink = null;
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
  }

  /**
   * Draw what stands in for the originals where those will never come: a slice at a time, and none
   * while the pointer moves.
   */
  fill(app) {
    if (this.space.originals || this.filling) return;
    this.filling = true;
    const { n, z, latents } = this.space;
    const next = (start) => {
      if (start >= n || app.stopped) return;
      if (app.cursor.isBusy) {
        setTimeout(() => next(start), WAIT);
        return;
      }
      const end = Math.min(n, start + SLICE);
      const slice = latents.slice(start * z, end * z);
      app.engine.decodeMany('thumbs', slice, (part) => {
        this.takeDecoded(start + part.start, part.rows, part.values);
        if (!part.last) return;
        app.stage.invalidate('map');
        next(end);
      });
    };
    next(0);
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
    if (this.ink?.dark !== theme.dark) {
      const canvas = h('canvas');
      [canvas.width, canvas.height] = [this.atlas.width, this.atlas.height];
      this.ink = { dark: theme.dark, canvas, ready: 0 };
    }
    if (this.ink.ready < this.ready) this.dye(theme);
    return this.ink.canvas;
  }

  /** Color the rows of tiles that have been drawn since the last time. */
  dye(theme) {
    const { ink, columns } = this;
    const [width, height] = this.tile;
    const first = Math.floor(ink.ready / columns);
    const last = Math.ceil(this.ready / columns);
    for (let line = first; line < last; line++) {
      const picture = this.context.getImageData(0, line * height, this.atlas.width, height);
      for (let column = 0; column < columns; column++) {
        const label = this.space.labels[line * columns + column] ?? -1;
        inkTile(picture, column * width, width, parseColor(classColor(theme, label)));
      }
      ink.canvas.getContext('2d').putImageData(picture, 0, line * height);
    }
    ink.ready = this.ready;
  }
}

/** Turn brightness into opacity of one color, over a tile's columns. */
function inkTile({ data, width, height }, left, tileWidth, [r, g, b]) {
  for (let y = 0; y < height; y++) {
    for (let at = 4 * (y * width + left), end = at + 4 * tileWidth; at < end; at += 4) {
      data[at + 3] = data[at];
      data[at] = r;
      data[at + 1] = g;
      data[at + 2] = b;
    }
  }
}
