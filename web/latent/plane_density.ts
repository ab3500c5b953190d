// Kernel density of very many latents on one plane, as latentlab/analysis/kernel_density.py sends them.
//
// A Gaussian kernel is a product of one along the plane and one across it. So each latent counts in the
// four cells of the plane nearest to it (linear binning), for as much as its distance from the plane
// leaves of it, and what is summed at a place are the kernels of the cells around: no more, however
// many latents there are.

import { SAME } from './crowding.ts';

const CELLS = 3; // a bandwidth
// To share a latent among the cells around it widens its kernel, by a sixth of a cell squared on
// average; a kernel that is narrower by as much makes up for it.
const NARROWER = 1 - 1 / (6 * CELLS ** 2);
const REACH = 5 * CELLS; // cells beyond which nothing is left of a kernel
const ROW = 2 ** 12;

/** All latents, in a byte a dimension. */
export interface AllLatents {
  bandwidth: number;
  /** What a typical image has around it. */
  typical: number;
  /** n x z; a latent is low + step * steps. */
  steps: Uint8Array;
  low: Float32Array;
  step: Float32Array;
}

/** The density on a plane with two orthonormal axes. */
export class PlaneDensity {
  readonly axes: { u: Float32Array; v: Float32Array };
  private readonly origin: Float32Array;
  private readonly bandwidth: number;
  private readonly cells = new Map<number, number>();
  /** Where images of the sample lie on the plane itself, two values each, in cells. */
  private readonly shown: Float64Array;

  /**
   * @param sample - of them, exactly: whatever lies on the plane is left out at its own place
   * @param origin - a place on the plane
   */
  constructor(all: AllLatents, sample: Float32Array, axes: PlaneDensity['axes'], origin: Float32Array) {
    [this.axes, this.origin, this.bandwidth] = [axes, origin.slice(), all.bandwidth];
    const { steps, low, step } = all;
    const latent = new Float32Array(low.length);
    for (let at = 0; at < steps.length; at += latent.length) {
      for (let d = 0; d < latent.length; d++) latent[d] = low[d] + step[d] * steps[at + d];
      const [x, y, off] = this.project(latent, 0);
      this.count(x, y, gaussianAt(off));
    }
    const shown: number[] = [];
    for (let at = 0; at < sample.length; at += latent.length) {
      const [x, y, off] = this.project(sample, at);
      if (off < SAME ** 2) shown.push(x, y);
    }
    this.shown = Float64Array.from(shown);
  }

  /** The kernels at a place of the plane, summed, without that of an image that lies there itself. */
  at(place: Float32Array, start: number): number {
    const [x, y] = this.project(place, start);
    const [i, j] = [Math.round(x), Math.round(y)];
    let sum = 0;
    for (let p = i - REACH; p <= i + REACH; p++) {
      let across = 0;
      for (let q = j - REACH; q <= j + REACH; q++) {
        const here = this.cells.get(p * ROW + q);
        if (here) across += here * along(q - y);
      }
      if (across) sum += across * along(p - x);
    }
    return this.isShown(x, y) ? Math.max(sum - 1, 0) : sum;
  }

  private isShown(x: number, y: number): boolean {
    const { shown } = this;
    for (let i = 0; i < shown.length; i += 2) {
      if ((shown[i] - x) ** 2 + (shown[i + 1] - y) ** 2 < (SAME * CELLS) ** 2) return true;
    }
    return false;
  }

  private count(x: number, y: number, weight: number): void {
    const [p, q] = [Math.floor(x), Math.floor(y)];
    const [right, up] = [x - p, y - q];
    this.add(p * ROW + q, weight * (1 - right) * (1 - up));
    this.add(p * ROW + q + 1, weight * (1 - right) * up);
    this.add((p + 1) * ROW + q, weight * right * (1 - up));
    this.add((p + 1) * ROW + q + 1, weight * right * up);
  }

  private add(cell: number, weight: number): void {
    this.cells.set(cell, (this.cells.get(cell) ?? 0) + weight);
  }

  /** Coordinates on the plane, in cells, and the squared distance from it, in bandwidths. */
  private project(values: Float32Array, start: number): [x: number, y: number, off: number] {
    const { axes: { u, v }, bandwidth } = this;
    let [x, y, squared] = [0, 0, 0];
    for (let d = 0; d < u.length; d++) {
      const from = (values[start + d] - this.origin[d]) / bandwidth;
      x += from * u[d];
      y += from * v[d];
      squared += from * from;
    }
    return [x * CELLS, y * CELLS, Math.max(squared - x * x - y * y, 0)];
  }
}

/** Along one axis, between a place and the middle of a cell. */
function along(cells: number): number {
  return gaussianAt((cells / CELLS) ** 2 / NARROWER) / Math.sqrt(NARROWER);
}

/** @param squared - distance, in bandwidths */
function gaussianAt(squared: number): number {
  return Math.exp(-0.5 * squared);
}
