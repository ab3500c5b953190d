// Spherical interpolation: equal angles in equal steps.

import { clamp } from '../lib/dom.ts';

const PARALLEL = 1e-4; // radians

/**
 * Spherical interpolation (Shoemake 1985). The length changes by equal factors in equal steps, so that
 * an extrapolation never passes through zero.
 */
export function slerp(a: Float32Array, b: Float32Array, t: number): Float32Array {
  const length = (v: Float32Array) => Math.hypot(...v);
  const [lengthA, lengthB] = [length(a), length(b)];
  const dot = a.reduce((sum, value, d) => sum + value * b[d], 0) / (lengthA * lengthB || 1);
  const angle = Math.acos(clamp(dot, -1, 1));
  // The center itself lies in no direction.
  if (!lengthA || !lengthB || angle < PARALLEL || angle > Math.PI - PARALLEL) {
    return a.map((value, d) => value + t * (b[d] - value));
  }
  const [p, q] = [Math.sin((1 - t) * angle), Math.sin(t * angle)];
  const size = (lengthA * (lengthB / lengthA) ** t) / Math.sin(angle);
  return a.map((value, d) => size * ((p * value) / lengthA + (q * b[d]) / lengthB));
}
