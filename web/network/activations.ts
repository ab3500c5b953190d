// The picture of a layer: a cell for each unit of a vector, a small map for each channel of an image.

import { type Rgb, parseColor } from '../lib/colors.ts';
import { type Shape, contextOf } from '../lib/dom.ts';
import { unitsOf } from './flow.ts';

const GAMMA = 0.7; // small values are seen too
const STEPS = 128; // of the scale in each direction
const NEGATIVE = '#2f7fe0';
const POSITIVE = { dark: '#ffb454', light: '#c25a00' };

/** Where units are in the picture of their layer. */
export interface Grid {
  columns: number;
  rows: number;
  /** Height and width of a unit's picture, and of what is between two, in its own pixels. */
  tile: [number, number];
  gap: number;
  units: number;
  /** Pixels on screen for one of the picture's own. */
  scale: number;
}

/** The grid with the largest pictures that fit. */
export function gridOf(shape: Shape, width: number, height: number): Grid {
  const units = unitsOf({ shape });
  const tile: [number, number] = shape.length === 3 ? [shape[0], shape[1]] : [1, 1];
  const gap = shape.length === 3 ? 1 : 0;
  let best = { columns: 1, rows: units, scale: 0 };
  for (let columns = 1; columns <= units; columns++) {
    const rows = Math.ceil(units / columns);
    const scale = Math.min(
      width / (columns * (tile[1] + gap) - gap),
      height / (rows * (tile[0] + gap) - gap),
    );
    if (scale > best.scale) best = { columns, rows, scale };
  }
  return { ...best, tile, gap, units };
}

/** The picture's own size: width and height. */
export function sizeOf({ columns, rows, tile: [high, wide], gap }: Grid): [number, number] {
  return [columns * (wide + gap) - gap, rows * (high + gap) - gap];
}

/** The unit at a place of the picture, in shares of its width and height; -1 where none is. */
export function unitAt(grid: Grid, x: number, y: number): number {
  const [width, height] = sizeOf(grid);
  const column = Math.floor((x * width) / (grid.tile[1] + grid.gap));
  const row = Math.floor((y * height) / (grid.tile[0] + grid.gap));
  const unit = row * grid.columns + column;
  const isInside = x >= 0 && y >= 0 && column < grid.columns && row < grid.rows;
  return isInside && unit < grid.units ? unit : -1;
}

/** Where a unit is, in shares of the picture: left, top, width, height. */
export function boxOf(grid: Grid, unit: number): [number, number, number, number] {
  const [width, height] = sizeOf(grid);
  const [high, wide] = grid.tile;
  const left = (unit % grid.columns) * (wide + grid.gap);
  const top = Math.floor(unit / grid.columns) * (high + grid.gap);
  return [left / width, top / height, wide / width, high / height];
}

/** Colors from -1 over 0 to 1, as the bytes of a picture. */
export function signedScale(theme: { dark: boolean; surface: string }): Uint32Array {
  const zero = theme.dark ? parseColor('#10172a') : parseColor('#f4efe6');
  const plus = parseColor(theme.dark ? POSITIVE.dark : POSITIVE.light);
  const minus = parseColor(NEGATIVE);
  return Uint32Array.from({ length: 2 * STEPS + 1 }, (_, i) => {
    const value = (i - STEPS) / STEPS;
    return bytesOf(blend(zero, value < 0 ? minus : plus, Math.abs(value) ** GAMMA));
  });
}

function blend(from: Rgb, to: Rgb, part: number): Rgb {
  const at = (c: number): number => from[c] + part * (to[c] - from[c]);
  return [at(0), at(1), at(2)];
}

const bytesOf = ([red, green, blue]: Rgb): number =>
  ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;

/** Write the picture of a layer: `pixels` has the size of the grid. */
export function fillCells(
  pixels: Uint32Array,
  values: Float32Array,
  grid: Grid,
  largest: number,
  scale: Uint32Array,
): void {
  const [width] = sizeOf(grid);
  const { columns, gap, tile: [high, wide], units } = grid;
  const gain = largest > 0 ? STEPS / largest : 0;
  for (let unit = 0; unit < units; unit++) {
    const left = (unit % columns) * (wide + gap);
    const top = Math.floor(unit / columns) * (high + gap);
    for (let y = 0; y < high; y++) {
      const row = (top + y) * width + left;
      for (let x = 0; x < wide; x++) {
        const value = values[(y * wide + x) * units + unit] * gain;
        pixels[row + x] = scale[STEPS + Math.max(-STEPS, Math.min(STEPS, Math.round(value)))];
      }
    }
  }
}

/** Paint a layer; the picture of the last time is used again. */
export class CellPainter {
  private readonly canvas: HTMLCanvasElement;
  private picture: { image: ImageData; pixels: Uint32Array } | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
  }

  paint(values: Float32Array, grid: Grid, largest: number, scale: Uint32Array): void {
    const [width, height] = sizeOf(grid);
    const { canvas } = this;
    if (!this.picture || canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      const image = contextOf(canvas).createImageData(width, height);
      this.picture = { image, pixels: new Uint32Array(image.data.buffer) };
    }
    fillCells(this.picture.pixels, values, grid, largest, scale);
    contextOf(canvas).putImageData(this.picture.image, 0, 0);
  }
}
