// The decoded grid: the plane covered with images that the network decodes, as one picture.

import type { Extent, Plane } from '../latent/plane.ts';
import { contextOf, fillPixels, h } from '../lib/dom.ts';
import type { Jobs } from '../runtime/jobs.ts';
import type { Model } from './model.ts';

const MOST_TILE_PIXELS = 32; // larger images are decoded in full and laid down smaller

/** A picture, and the part of the map that it covers. */
export interface Laid {
  canvas: HTMLCanvasElement;
  box: Extent;
}
/** Images in rows and columns, each in a square tile of so many pixels. */
export class Mosaic {
  readonly canvas = h('canvas');
  private readonly stamp = h('canvas');
  private readonly columns: number;
  private readonly tile: number;
  private readonly image: readonly number[];

  constructor(image: readonly number[], columns: number, rows: number, tile: number) {
    this.image = image;
    this.columns = columns;
    this.tile = tile;
    [this.canvas.width, this.canvas.height] = [columns * tile, rows * tile];
    [this.stamp.height, this.stamp.width] = image;
  }

  /** Lay down images from the place `start` on. */
  take({ start, rows, values }: { start: number; rows: number; values: ArrayLike<number> }): void {
    const [height, width, channels] = this.image;
    const context = contextOf(this.canvas);
    const stamp = contextOf(this.stamp);
    const picture = stamp.createImageData(width, height);
    const factor = this.tile / Math.max(width, height);
    const [w, tall] = [width * factor, height * factor];
    for (let i = 0; i < rows; i++) {
      fillPixels(picture.data, values, i * width * height * channels, width * height, channels);
      stamp.putImageData(picture, 0, 0);
      const x = ((start + i) % this.columns) * this.tile + (this.tile - w) / 2;
      const y = Math.floor((start + i) / this.columns) * this.tile + (this.tile - tall) / 2;
      context.drawImage(this.stamp, x, y, w, tall);
    }
  }
}

/** The decoded grid of the current plane. */
export class Lattice {
  laid: Laid | null = null;
  private readonly model: Model;
  private readonly jobs: Jobs;

  constructor(model: Model, jobs: Jobs) {
    this.model = model;
    this.jobs = jobs;
  }

  /** Decode the grid anew in the worker; it fills in row by row. */
  rebuild(): void {
    const { state, extent, plane, space, canvas } = this.model;
    this.jobs.cancel('lattice');
    this.laid = null;
    if (!state.grid || !space.decoder) return;
    const { box, columns, rows } = squareCells(extent, state.grid);
    const tile = Math.min(MOST_TILE_PIXELS, Math.max(space.image[0], space.image[1]));
    const mosaic = new Mosaic(space.image, columns, rows, tile);
    this.laid = { canvas: mosaic.canvas, box };
    const latents = gridLatents(plane, box, columns, rows);
    this.jobs.run('lattice', { model: space.name, task: 'decode', latents }, (part) => {
      mosaic.take(part);
      canvas.repaint('map');
    });
  }
}

/** So many square cells along the longer side, as many as fit along the other. */
export function squareCells(
  { left, right, bottom, top }: Extent,
  perSide: number,
): { box: Extent; columns: number; rows: number } {
  const [width, height] = [right - left, top - bottom];
  const cell = Math.max(width, height) / perSide;
  const columns = Math.max(1, Math.round(width / cell));
  const rows = Math.max(1, Math.round(height / cell));
  const [x, y] = [(columns * cell - width) / 2, (rows * cell - height) / 2];
  return { box: { left: left - x, right: right + x, bottom: bottom - y, top: top + y }, columns, rows };
}

/** Latents at the middles of cells, from the top left, row by row. */
export function gridLatents(plane: Plane, box: Extent, columns: number, rows: number): Float32Array {
  const size = plane.origin.length;
  const latents = new Float32Array(columns * rows * size);
  const stepX = (box.right - box.left) / columns;
  const stepY = (box.top - box.bottom) / rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const z = plane.lift(box.left + (column + 0.5) * stepX, box.top - (row + 0.5) * stepY);
      latents.set(z, (row * columns + column) * size);
    }
  }
  return latents;
}
