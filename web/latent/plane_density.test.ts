// The density counted in cells is that of the latents themselves, whatever the plane.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type AllLatents, PlaneDensity } from './plane_density.ts';

const SIZE = 3;
const AXES = { u: Float32Array.of(0.6, 0.8, 0), v: Float32Array.of(0, 0, 1) };
// Latents with coordinates from -2 to 3.1, at places that no cell knows.
const steps = Uint8Array.from({ length: 600 * SIZE }, (_, i) => (i * i * 31 + i * 17) % 256);
const all: AllLatents = {
  ...{ bandwidth: 0.7, typical: 1, steps },
  ...{ low: new Float32Array(SIZE).fill(-2), step: new Float32Array(SIZE).fill(0.02) },
};
const latents = Float32Array.from(steps, (value) => -2 + 0.02 * value);
const lift = (x: number, y: number) => AXES.u.map((u, d) => 0.5 + x * u + y * AXES.v[d]);

function exact(place: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < latents.length; at += SIZE) {
    const squared = place.reduce((total, value, d) => total + (value - latents[at + d]) ** 2, 0);
    sum += Math.exp((-0.5 * squared) / all.bandwidth ** 2);
  }
  return sum;
}

test('the kernels of cells are those of their latents, wherever on the plane it is asked from', () => {
  const density = new PlaneDensity(all, new Float32Array(), AXES, lift(-1.3, 0.4));
  for (const [x, y] of [[0, 0], [1.17, -0.6], [-1.4, 1.9], [2.2, 2.3]]) {
    const found = density.at(lift(x, y), 0) / exact(lift(x, y));
    assert.ok(Math.abs(found - 1) < 0.01, `${found} at ${x}, ${y}`);
  }
  assert.equal(density.at(lift(100, 0), 0), 0);
});

test('an image is left out at its own place, where it lies on the plane', () => {
  const here = lift(0.3, -0.2);
  const above = here.slice();
  above[0] += 0.1;
  const alone = new PlaneDensity(all, new Float32Array(), AXES, here);
  const shown = new PlaneDensity(all, Float32Array.of(...here, ...above), AXES, here);
  assert.ok(Math.abs(alone.at(here, 0) - shown.at(here, 0) - 1) < 1e-9);
  assert.equal(alone.at(lift(0.4, -0.2), 0), shown.at(lift(0.4, -0.2), 0));
});
