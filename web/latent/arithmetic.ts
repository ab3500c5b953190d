// Latent arithmetic: a difference of latents added to another one, and what to compare it with.

import { generator, normals } from './gaussian.ts';
import type { Space } from './space.ts';

export type Latent = Float32Array;
/** Corners of a loop: x and y in turn, in map units. */
export type Loop = readonly number[];

/** b - a, where a and b are latents. */
export const difference = (a: Latent, b: Latent): Latent => b.map((value, d) => value - a[d]);
export const plus = (a: Latent, b: Latent): Latent => a.map((value, d) => value + b[d]);
export const lengthOf = (a: Latent): number => Math.hypot(...a);

/** The mean latent of some rows. */
export function meanOf(space: Space, rows: readonly number[]): Latent {
  const mean = new Float32Array(space.z);
  for (const row of rows) {
    for (let d = 0; d < space.z; d++) mean[d] += space.latents[row * space.z + d] / rows.length;
  }
  return mean;
}

/** A random direction of the same length: what any step as large would do. */
export function randomLike(step: Latent, seed: number): Latent {
  const drawn = normals(step.length, seed);
  const factor = lengthOf(step) / (lengthOf(drawn) || 1);
  return drawn.map((value) => value * factor);
}

/** Whether a place lies inside a loop (even-odd rule). */
export function isInside(loop: Loop, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = loop.length - 2; i < loop.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [loop[i], loop[i + 1], loop[j], loop[j + 1]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** The rows whose places lie inside a loop. */
export function rowsInside(loop: Loop, places: Float32Array): number[] {
  const rows: number[] = [];
  for (let row = 0; row < places.length / 2; row++) {
    if (isInside(loop, places[2 * row], places[2 * row + 1])) rows.push(row);
  }
  return rows;
}

/** Some corners of a loop, evenly chosen: few enough for an address. */
export function thinned(loop: Loop, most: number): number[] {
  const corners = loop.length / 2;
  const n = Math.min(most, corners);
  return Array.from({ length: n }, (_, i) => Math.floor((i * corners) / n)).flatMap((corner) => [
    loop[2 * corner],
    loop[2 * corner + 1],
  ]);
}

/** Differences of latents of random pairs, from the second group to the first; no row is in two. */
export function pairDifferences(
  space: Space,
  first: readonly number[],
  second: readonly number[],
  { most, seed }: { most: number; seed: number },
): Latent[] {
  const [a, b] = [shuffled(first, seed), shuffled(second, seed + 1)];
  const n = Math.min(most, a.length, b.length);
  return Array.from({ length: n }, (_, i) => difference(space.latent(b[i]), space.latent(a[i])));
}

/** The cosine similarity of every two vectors. */
export function cosines(vectors: readonly Latent[]): number[] {
  const lengths = vectors.map(lengthOf);
  return vectors.flatMap((a, i) =>
    vectors.slice(i + 1).map((b, j) => {
      const dot = a.reduce((sum, value, d) => sum + value * b[d], 0);
      return dot / (lengths[i] * lengths[i + 1 + j] || 1);
    }),
  );
}

export const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The share of values from -1 to 1 in each of some equal bins. */
export function histogram(values: readonly number[], bins: number): number[] {
  const shares = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(((value + 1) / 2) * bins)));
    shares[bin] += 1 / values.length;
  }
  return shares;
}

function shuffled(rows: readonly number[], seed: number): number[] {
  const uniform = generator(seed);
  const order = [...rows];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
