// What the network sees of a drawing: the steps of latentlab/analysis/preprocess.py, for a picture whose
// ground is known exactly.

import type { Shape } from '../lib/dom.ts';

const INK = 0.35;

/** How the images of a set look. */
export interface ImageStatistics {
  shape: Shape;
  /** Color of the ground, 0 to 1. */
  ground: number[];
  /** One figure on a plain ground. */
  is_figure: boolean;
  /** Share of the image that a figure fills. */
  extent: number;
  /** Whether figures are centered by their box, else by their mass. */
  by_box: boolean;
}
type Box = [top: number, left: number, bottom: number, right: number];

/**
 * Shrink a drawing to the network's input.
 * @param centered - give the figure the usual size and place
 * @returns (h, w, c), 0 to 1
 */
export function whatTheNetworkSees(
  context: CanvasRenderingContext2D,
  statistics: ImageStatistics,
  centered: boolean,
): Float32Array {
  const { width, height } = context.canvas;
  const { data } = context.getImageData(0, 0, width, height);
  const whole: Box = [0, 0, height, width];
  if (!statistics.is_figure) return resample(data, width, whole, statistics.shape);
  const away = inkOf(data, statistics.ground[0]);
  const box = centered ? figureBox(away, width, height, statistics) : whole;
  const small = resample(away, width, box ?? whole, statistics.shape);
  return centered ? strengthened(small, statistics) : small.map((value) => toTone(value, statistics));
}

/** How far each pixel is from the ground, 0 to 1 (red only: gray). */
function inkOf(data: Uint8ClampedArray, ground: number): Float32Array {
  const away = new Float32Array(data.length / 4);
  for (let i = 0; i < away.length; i++) away[i] = Math.abs(data[4 * i] / 255 - ground);
  return away;
}

const toTone = (ink: number, { ground }: ImageStatistics): number =>
  ground[0] + (ground[0] < 0.5 ? ink : -ink);

/** Thin strokes lose their strength when they shrink. */
function strengthened(small: Float32Array, statistics: ImageStatistics): Float32Array {
  const strongest = Math.max(0.5, ...small);
  return small.map((value) => toTone(Math.min(1, value / strongest), statistics));
}

/**
 * The box that gives the figure the usual size and puts its center of mass, or the middle of its box,
 * in the middle, or as near to it as leaves all of the figure inside; null if empty. As in
 * analysis/preprocess.py.
 */
function figureBox(
  away: Float32Array,
  width: number,
  height: number,
  { shape, extent, by_box: byBox }: ImageStatistics,
): Box | null {
  let [top, left, bottom, right] = [height, width, -1, -1];
  let [mass, sumY, sumX] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ink = away[y * width + x];
      if (ink > INK) {
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
        [left, right] = [Math.min(left, x), Math.max(right, x)];
      }
      mass += ink;
      sumY += ink * (y + 0.5);
      sumX += ink * (x + 0.5);
    }
  }
  if (bottom < 0) return null;
  const side = Math.max(bottom - top, right - left) + 1;
  const step = side / (extent * Math.max(shape[0], shape[1]));
  const [tall, wide] = [step * shape[0], step * shape[1]];
  const y = around(byBox ? (top + bottom + 1) / 2 : sumY / mass, top, bottom, tall);
  const x = around(byBox ? (left + right + 1) / 2 : sumX / mass, left, right, wide);
  return [y, x, y + tall, x + wide];
}

/** Where a stretch of this length begins, about a middle and around the first to the last pixel. */
function around(middle: number, first: number, last: number, length: number): number {
  return Math.min(Math.max(middle - length / 2, last + 1 - length), first);
}

/**
 * Average a box into fewer pixels; outside counts as 0.
 * @param source - RGBA bytes, or one number a pixel
 */
function resample(
  source: Uint8ClampedArray | Float32Array,
  width: number,
  [top, left, bottom, right]: Box,
  [rows, columns, channels]: Shape,
): Float32Array {
  const isBytes = source instanceof Uint8ClampedArray;
  const stride = isBytes ? 4 : 1;
  const height = source.length / stride / width;
  const vertical = shares(top, bottom, rows, height);
  const horizontal = shares(left, right, columns, width);
  const out = new Float32Array(rows * columns * channels);
  const line = new Float32Array(width * channels);
  const scale = isBytes ? 1 / 255 : 1;
  vertical.forEach((cell, row) => {
    line.fill(0);
    for (const [y, share] of cell) {
      for (let x = 0; x < width; x++) {
        const from = (y * width + x) * stride;
        for (let c = 0; c < channels; c++) line[x * channels + c] += source[from + c] * share * scale;
      }
    }
    horizontal.forEach((span, column) => {
      for (const [x, share] of span) {
        for (let c = 0; c < channels; c++) {
          out[(row * columns + column) * channels + c] += line[x * channels + c] * share;
        }
      }
    });
  });
  return out;
}

/** For each target cell: which source pixels it covers, and with what share. */
function shares(
  start: number,
  stop: number,
  count: number,
  size: number,
): [pixel: number, share: number][][] {
  const step = (stop - start) / count;
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [start + i * step, start + (i + 1) * step];
    const covered: [number, number][] = [];
    for (let p = Math.max(0, Math.floor(from)); p < Math.min(size, Math.ceil(to)); p++) {
      covered.push([p, (Math.min(to, p + 1) - Math.max(from, p)) / step]);
    }
    return covered;
  });
}
