// A plane through latent space: turns a place on the map into a latent, for any latent size, and back.
// The same meaning as latentlab/analysis/planes.py.

import { coordinate } from '../lib/dom.ts';
import { cumulative, inverseCumulative } from './gaussian.ts';
import { type Space, quantile } from './space.ts';

type Place = [x: number, y: number];
/** A part of the map, in map units. */
export interface Extent {
  left: number;
  right: number;
  bottom: number;
  top: number;
}
/** How a plane is laid through latent space. */
export interface PlaneChoice {
  kind: 'native' | 'dimensions' | 'principal';
  i: number;
  j: number;
}
/** What a plane needs to know of latents. */
type Latents = Pick<Space, 'z' | 'n' | 'latents' | 'principal'>;
interface PlaneAxes {
  origin: Float32Array;
  u: Float32Array;
  v: Float32Array;
  names: string[];
}

const PRINCIPAL_SAMPLE = 2000;
const OUTER = 0.005; // the share of images at either end that the first view may leave out
const EDGE = 1e-4; // quantiles this near to 0 or 1 are as far out as one can go
const SPREAD = 6; // a map in quantiles is drawn as wide as six standard deviations

let count = 0; // each plane has a number of its own

/** An origin, two axes, and how coordinates are laid out on the map. */
export class Plane {
  readonly origin: Float32Array;
  readonly u: Float32Array;
  readonly v: Float32Array;
  /** What the map's two directions are called. */
  readonly names: string[];
  readonly byQuantile: boolean;
  readonly number = ++count;
  readonly isLine: boolean;

  /** @param byQuantile - lay coordinates out evenly in probability under N(0, 1) */
  constructor({ origin, u, v, names }: PlaneAxes, byQuantile: boolean) {
    this.origin = origin;
    this.u = u;
    this.v = v;
    this.names = names;
    this.byQuantile = byQuantile;
    this.isLine = v.every((value) => value === 0); // one latent: the map's height means nothing
  }

  /** The same origin with other axes. */
  with(u: Float32Array, v: Float32Array): Plane {
    return new Plane({ origin: this.origin, u, v, names: this.names }, this.byQuantile);
  }

  /** Map place -> latent. */
  lift(x: number, y: number): Float32Array {
    const a = this.byQuantile ? toCoordinate(x) : x;
    const b = this.byQuantile ? toCoordinate(y) : y;
    return this.origin.map((value, d) => value + a * this.u[d] + b * this.v[d]);
  }

  /** Latent -> map place. */
  project(z: ArrayLike<number>): Place {
    let a = 0;
    let b = 0;
    for (let d = 0; d < this.origin.length; d++) {
      const from = z[d] - this.origin[d];
      a += from * this.u[d];
      b += from * this.v[d];
    }
    return this.byQuantile ? [toQuantile(a), toQuantile(b)] : [a, b];
  }

  /** How far a latent lies off the plane. */
  offPlane(z: ArrayLike<number>): number {
    const [x, y] = this.project(z);
    const back = this.lift(x, y);
    return Math.sqrt(back.reduce((sum, value, d) => sum + (value - z[d]) ** 2, 0));
  }

  /** Map places of many latents, two values each. */
  projectAll(latents: Float32Array): Float32Array {
    const size = this.origin.length;
    const places = new Float32Array((2 * latents.length) / size);
    for (let row = 0; row < places.length / 2; row++) {
      const [x, y] = this.project(latents.subarray(row * size, (row + 1) * size));
      places[2 * row] = x;
      places[2 * row + 1] = this.isLine ? lane(row) : y;
    }
    return places;
  }
}

/** Lay a plane through a latent. */
export function makePlane(
  space: Latents,
  choice: PlaneChoice,
  through: Float32Array,
  byQuantile: boolean,
): Plane {
  const { z } = space;
  if (z <= 2) {
    const names = z === 1 ? ['z₁', ''] : ['z₁', 'z₂'];
    const v = z === 1 ? new Float32Array(1) : unit(z, 1);
    return new Plane({ origin: new Float32Array(z), u: unit(z, 0), v, names }, byQuantile);
  }
  if (choice.kind === 'principal') return principalPlane(space, through);
  const origin = Float32Array.from(through);
  origin[choice.i] = 0;
  origin[choice.j] = 0;
  const names = [coordinate(choice.i), coordinate(choice.j)];
  return new Plane({ origin, u: unit(z, choice.i), v: unit(z, choice.j), names }, byQuantile);
}

function principalPlane(space: Latents, through: Float32Array): Plane {
  const { mean, u, v } = principalAxes(space);
  const from = through.map((value, d) => value - mean[d]);
  const [a, b] = [dot(from, u), dot(from, v)];
  const origin = from.map((value, d) => mean[d] + value - a * u[d] - b * v[d]);
  const names = ['PC 1', 'PC 2'];
  return new Plane({ origin, u, v, names }, false);
}

export interface PrincipalAxes {
  mean: Float32Array;
  u: Float32Array;
  v: Float32Array;
}

/** The mean and the two directions in which the latents vary most. */
function principalAxes(space: Latents): PrincipalAxes {
  if (space.principal) return space.principal;
  const { z, n } = space;
  const step = Math.max(1, Math.floor(n / PRINCIPAL_SAMPLE));
  const mean = new Float32Array(z);
  for (let row = 0; row < n; row++) {
    for (let d = 0; d < z; d++) mean[d] += space.latents[row * z + d] / n;
  }
  const covariance = new Float64Array(z * z);
  for (let row = 0; row < n; row += step) {
    const at = row * z;
    for (let i = 0; i < z; i++) {
      const value = space.latents[at + i] - mean[i];
      for (let j = 0; j < z; j++) {
        covariance[i * z + j] += value * (space.latents[at + j] - mean[j]);
      }
    }
  }
  const u = leading(covariance, z, null);
  const v = leading(covariance, z, u);
  space.principal = { mean, u, v };
  return space.principal;
}

/** Power iteration; orthogonal to `besides` where given. */
function leading(matrix: Float64Array, size: number, besides: Float32Array | null): Float32Array {
  let axis = Float32Array.from({ length: size }, (_, d) => 1 + 0.1 * ((d * 7) % 5));
  // Twice, since what is left beside `besides` may be no more than its rounding.
  axis = orthonormal(orthonormal(axis, besides), besides);
  for (let round = 0; round < 200; round++) {
    const next = new Float32Array(size);
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += matrix[i * size + j] * axis[j];
      next[i] = sum;
    }
    if (next.every((value) => value === 0)) break;
    axis = orthonormal(orthonormal(next, besides), besides);
  }
  // The sign is arbitrary; the largest part is made positive so that a map never flips.
  const largest = axis.reduce(
    (best, value) => (Math.abs(value) > Math.abs(best) ? value : best),
    0,
  );
  return largest < 0 ? axis.map((value) => -value) : axis;
}

function orthonormal(axis: Float32Array, besides: Float32Array | null): Float32Array<ArrayBuffer> {
  const along = besides ? dot(axis, besides) : 0;
  const free = Float32Array.from(axis, (value, d) => value - along * (besides?.[d] ?? 0));
  const length = Math.hypot(...free) || 1;
  return free.map((value) => value / length);
}

/** The part of the map that holds the images. */
export function extentOf(plane: Plane, places: Float32Array, isVae: boolean): Extent {
  const axis = (offset: 0 | 1): [low: number, high: number] => {
    const values = Float32Array.from(
      { length: places.length / 2 },
      (_, row) => places[2 * row + offset],
    ).sort();
    let [low, high] = [quantile(values, OUTER), quantile(values, 1 - OUTER)];
    if (plane.byQuantile) return [-SPREAD / 2, SPREAD / 2];
    if (isVae) [low, high] = [Math.min(low, -3), Math.max(high, 3)];
    const margin = 0.04 * (high - low) || 1;
    return [low - margin, high + margin];
  };
  const [left, right] = axis(0);
  const [bottom, top] = plane.isLine ? [-(right - left) / 4, (right - left) / 4] : axis(1);
  return { left, right, bottom, top };
}

const unit = (size: number, at: number) =>
  Float32Array.from({ length: size }, (_, d) => (d === at ? 1 : 0));
const dot = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, d) => sum + value * b[d], 0);
const toQuantile = (coordinate: number) => SPREAD * (cumulative(coordinate) - 0.5);

function toCoordinate(place: number): number {
  const share = place / SPREAD + 0.5;
  return inverseCumulative(Math.min(1 - EDGE, Math.max(EDGE, share)));
}

/** Where a point of a one-dimensional latent stands, only so that points do not cover each other. */
function lane(row: number): number {
  return ((Math.imul(row, 2654435761) >>> 8) / 16777216 - 0.5) * 2;
}
