// What a U-Net answers with: a correction of what comes in, or its color. As in models/unet.py and
// models/chroma.py, in the browser.

import { type Shape, clamp } from '../lib/dom.ts';
import { product } from '../runtime/operations.ts';
import type { NetworkSpec } from '../runtime/runtime.ts';

// As in models/chroma.py.
const UNDONE = 0.9;
const TEMPERATURE = 1.15;
// As in color.py: sRGB with the D65 white.
const TO_XYZ = [
  [0.412453 / 0.950456, 0.35758 / 0.950456, 0.180423 / 0.950456],
  [0.212671, 0.715160, 0.072169],
  [0.019334 / 1.088754, 0.119193 / 1.088754, 0.950227 / 1.088754],
];
const TO_RGB = inverse(TO_XYZ);
const [KNEE, SLOPE, OFFSET] = [0.008856, 7.787, 16 / 116];

/** The bins of a network that answers with colors: a and b of each (2 n), and how rare each is. */
export interface Colors {
  centers: Float32Array;
  weights: Float32Array;
}
type Run = (padded: Float32Array, isFirst: boolean) => Float32Array;

/** The mean of the corrected image and of its corrected mirror image. */
export function correct(input: Float32Array, image: Shape, { input: sides }: NetworkSpec, run: Run): Float32Array {
  const padded = pad(input, image, sides);
  const correction = run(padded, true).slice();
  const mirrored = mirror(run(mirror(padded, sides), false), sides);
  const both = padded.map((value, i) => value + 0.5 * (correction[i] + mirrored[i]));
  return crop(both, sides, image).map((value) => clamp(value, 0, 1));
}

/** The lightness of the image with the color that the logits speak of. */
export function paint(
  input: Float32Array,
  image: Shape,
  { input: sides, output }: NetworkSpec,
  run: Run,
  colors: Colors,
): Float32Array {
  const padded = pad(input, image, sides);
  const color = meanColor(run(padded, true), output, colors);
  const [height, width] = sides;
  const out = new Float32Array(product(sides));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const [a, b] = between(color, output, (y + 0.5) / 2 - 0.5, (x + 0.5) / 2 - 0.5);
      out.set(toRgb(lightness(padded.subarray(at, at + 3)), a, b), at);
    }
  }
  return crop(out, sides, image);
}

function meanColor(logits: Float32Array, [height, width, n]: Shape, { centers, weights }: Colors): Float32Array {
  const color = new Float32Array(height * width * 2);
  const shares = new Float64Array(n);
  for (let at = 0; at < height * width; at++) {
    let most = -Infinity;
    for (let q = 0; q < n; q++) {
      shares[q] = (logits[at * n + q] - UNDONE * Math.log(weights[q])) / TEMPERATURE;
      most = Math.max(most, shares[q]);
    }
    let [total, a, b] = [0, 0, 0];
    for (let q = 0; q < n; q++) {
      const share = Math.exp(shares[q] - most);
      total += share;
      a += share * centers[2 * q];
      b += share * centers[2 * q + 1];
    }
    color.set([a / total, b / total], 2 * at);
  }
  return color;
}

/** The color at a place between those of four blocks. */
function between(color: Float32Array, [height, width]: Shape, y: number, x: number): [number, number] {
  const [top, left] = [clamp(y, 0, height - 1), clamp(x, 0, width - 1)];
  const [y0, x0] = [Math.floor(top), Math.floor(left)];
  const [y1, x1] = [Math.min(y0 + 1, height - 1), Math.min(x0 + 1, width - 1)];
  const [v, u] = [top - y0, left - x0];
  const mixed = (c: number) => {
    const at = (row: number, column: number) => color[2 * (row * width + column) + c];
    const upper = (1 - u) * at(y0, x0) + u * at(y0, x1);
    return (1 - v) * upper + v * ((1 - u) * at(y1, x0) + u * at(y1, x1));
  };
  return [mixed(0), mixed(1)];
}

function lightness(rgb: Float32Array): number {
  const linear = [...rgb].map((v) => (v > 0.04045 ? ((v + 0.055) / 1.055) ** 2.4 : v / 12.92));
  const y = TO_XYZ[1].reduce((sum, share, c) => sum + share * linear[c], 0);
  return 116 * (y > KNEE ? Math.cbrt(y) : SLOPE * y + OFFSET) - 16;
}

function toRgb(light: number, a: number, b: number): number[] {
  const y = (light + 16) / 116;
  const xyz = [y + a / 500, y, y - b / 200].map((root) =>
    root ** 3 > KNEE ? root ** 3 : (root - OFFSET) / SLOPE,
  );
  return TO_RGB.map((row) => {
    const linear = clamp(row.reduce((sum, share, c) => sum + share * xyz[c], 0), 0, 1);
    return linear > 0.0031308 ? 1.055 * linear ** (1 / 2.4) - 0.055 : 12.92 * linear;
  });
}

/** Repeat the border at the right and below. */
function pad(image: Float32Array, from: Shape, to: Shape): Float32Array {
  return rearranged(to, (y, x) => [Math.min(y, from[0] - 1), Math.min(x, from[1] - 1)], image, from);
}

function crop(image: Float32Array, from: Shape, to: Shape): Float32Array {
  return rearranged(to, (y, x) => [y, x], image, from);
}

function mirror(image: Float32Array, shape: Shape): Float32Array {
  return rearranged(shape, (y, x) => [y, shape[1] - 1 - x], image, shape);
}

function rearranged(
  [height, width, channels]: Shape,
  source: (y: number, x: number) => [number, number],
  image: Float32Array,
  from: Shape,
): Float32Array {
  const out = new Float32Array(height * width * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [row, column] = source(y, x);
      const at = (row * from[1] + column) * channels;
      out.set(image.subarray(at, at + channels), (y * width + x) * channels);
    }
  }
  return out;
}

/** The inverse of a matrix with three rows. */
function inverse(m: number[][]): number[][] {
  const minor = (i: number, j: number) => {
    const [a, b] = [0, 1, 2].filter((row) => row !== j);
    const [c, d] = [0, 1, 2].filter((column) => column !== i);
    return ((i + j) % 2 ? -1 : 1) * (m[a][c] * m[b][d] - m[a][d] * m[b][c]);
  };
  const determinant = [0, 1, 2].reduce((sum, j) => sum + m[0][j] * minor(j, 0), 0);
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => minor(i, j) / determinant));
}
