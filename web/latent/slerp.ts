// The way around the center: equal angles in equal steps.

import { clamp } from '../lib/dom.ts';

const PARALLEL = 1e-4; // radians

/** Spherical interpolation (Shoemake 1985), with the length changing by equal factors. */
export function slerp(a: Float32Array, b: Float32Array, t: number): Float32Array {
  const length = (v: Float32Array) => Math.hypot(...v);
  const [lengthA, lengthB] = [length(a), length(b)];
  const dot = a.reduce((sum, value, d) => sum + value * b[d], 0) / (lengthA * lengthB || 1);
  const angle = Math.acos(clamp(dot, -1, 1));
  // The center itself lies in no direction.
  if (!lengthA || !lengthB || angle < PARALLEL || angle > Math.PI - PARALLEL) {
    return a.map((value, d) => value + t * (b[d] - value));
  }
  const [p, q] = [
    Math.sin((1 - t) * angle) / Math.sin(angle),
    Math.sin(t * angle) / Math.sin(angle),
  ];
  // By equal factors it stays positive beyond the ends, as in latentlab/analysis/paths.py.
  const size = lengthA ** (1 - t) * lengthB ** t;
  return a.map((value, d) => size * ((p * value) / lengthA + (q * b[d]) / lengthB));
}
