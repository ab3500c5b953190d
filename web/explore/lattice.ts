// @ts-nocheck
// The decoded grid: the plane covered with images that the network draws, as one picture.

import { fillPixels, h } from '../lib/dom.ts';

const MOST_TILE_PIXELS = 32; // larger images are decoded in full and laid down smaller

/** The decoded grid of the current plane. */
export class Lattice {
  constructor(app) {
    Object.assign(this, { app, canvas: null, extent: null, columns: 0, rows: 0 });
  }

  /** Decode the grid anew in the worker; it fills in row by row. */
  rebuild() {
    const { app } = this;
    const { state, extent, plane, space } = app;
    app.jobs.cancel('lattice');
    this.canvas = null;
    if (!state.grid || !space.decoder) return;
    this.layOut(extent, state.grid);
    const latents = gridLatents(plane, this.extent, this.columns, this.rows);
    app.jobs.run('lattice', { model: space.name, task: 'decode', latents }, (part) => {
      this.take(part);
      app.stage.invalidate('map');
    });
  }

  /** Square cells: so many along the longer side, as many as fit along the other. */
  layOut(extent, perSide) {
    const width = extent.right - extent.left;
    const height = extent.top - extent.bottom;
    const cell = Math.max(width, height) / perSide;
    this.columns = Math.max(1, Math.round(width / cell));
    this.rows = Math.max(1, Math.round(height / cell));
    const [marginX, marginY] = [(this.columns * cell - width) / 2, (this.rows * cell - height) / 2];
    this.extent = {
      left: extent.left - marginX,
      right: extent.right + marginX,
      bottom: extent.bottom - marginY,
      top: extent.top + marginY,
    };
    const [imageHeight, imageWidth] = this.app.space.image;
    this.tile = Math.min(MOST_TILE_PIXELS, Math.max(imageHeight, imageWidth));
    this.canvas = h('canvas');
    this.canvas.width = this.columns * this.tile;
    this.canvas.height = this.rows * this.tile;
    this.stamp = h('canvas');
    [this.stamp.width, this.stamp.height] = [imageWidth, imageHeight];
  }

  take({ start, rows, values }) {
    const [height, width, channels] = this.app.space.image;
    const context = this.canvas.getContext('2d');
    const stampContext = this.stamp.getContext('2d');
    const picture = stampContext.createImageData(width, height);
    const factor = this.tile / Math.max(width, height);
    const [w, tall] = [width * factor, height * factor];
    for (let i = 0; i < rows; i++) {
      fillPixels(picture.data, values, i * width * height * channels, width * height, channels);
      stampContext.putImageData(picture, 0, 0);
      const x = ((start + i) % this.columns) * this.tile + (this.tile - w) / 2;
      const y = Math.floor((start + i) / this.columns) * this.tile + (this.tile - tall) / 2;
      context.drawImage(this.stamp, x, y, w, tall);
    }
  }
}

/** Latents at the middles of cells, from the top left, row by row. */
export function gridLatents(plane, extent, columns, rows) {
  const size = plane.origin.length;
  const latents = new Float32Array(columns * rows * size);
  const stepX = (extent.right - extent.left) / columns;
  const stepY = (extent.top - extent.bottom) / rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const place = [extent.left + (column + 0.5) * stepX, extent.top - (row + 0.5) * stepY];
      latents.set(plane.lift(...place), (row * columns + column) * size);
    }
  }
  return latents;
}
