// A map of more than two latent dimensions is a slice: what it shows of them, and how far off it a latent lies.

import { quantile, type Space } from './space.ts';
import type { Plane } from './plane.ts';

const CORNERS = 72;

/** What can be said of a plane that cannot hold all latents. */
export class Slice {
  /** The share of the latents' variance along the plane's two axes, 0 to 1. */
  readonly share: number;
  /** What the map shows. */
  readonly sentence: string;
  /** Distances of all latents from the slice, in increasing order. */
  private readonly distances: Float32Array;

  constructor(space: Space, plane: Plane) {
    this.share = varianceShare(space, plane);
    const axes = plane.names.join(' and ').replace('PC 1 and PC 2', 'PC 1 and 2');
    const percent = Math.round(100 * this.share);
    this.sentence = `A 2-D slice through ${space.z} dimensions (${axes} of the latents: ${percent} % of the variance). Points are projected onto it.`;
    this.distances = Float32Array.from({ length: space.n }, (_, row) =>
      plane.offPlane(space.latent(row)),
    ).sort();
  }

  /** Of a hundred images, how many lie nearer to the slice than this. */
  shareBelow(distance: number): number {
    const at = this.distances.findIndex((value) => value >= distance);
    return (100 * (at < 0 ? this.distances.length : at)) / this.distances.length;
  }

  /** The distance that half of the images stay below. */
  get median(): number {
    return quantile(this.distances, 0.5);
  }
}

/** The share of the latents' variance that lies along a plane's two axes. */
export function varianceShare(space: Space, plane: Plane): number {
  const { mean, std } = space.spread;
  const total = std.reduce((sum, value) => sum + value * value, 0);
  let within = 0;
  for (let row = 0; row < space.n; row++) {
    const z = space.latent(row);
    for (const axis of [plane.u, plane.v]) {
      const along = axis.reduce((sum, value, d) => sum + value * (z[d] - mean[d]), 0);
      within += (along * along) / space.n;
    }
  }
  return total ? within / total : 1;
}

/** Map places as far from a latent's projection as that latent is from the plane. */
export function circleAround(plane: Plane, z: ArrayLike<number>): [x: number, y: number][] {
  const radius = plane.offPlane(z);
  const middle = plane.lift(...plane.project(z));
  return Array.from({ length: CORNERS + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / CORNERS;
    const [a, b] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    return plane.project(middle.map((value, d) => value + a * plane.u[d] + b * plane.v[d]));
  });
}
