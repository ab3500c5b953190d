// Turned axes: what changes, and what does not.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { turned, turnedKl } from './rotation.ts';

const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

test('turning back leads back, and the rest stays', () => {
  const z = Float32Array.of(1, 2, 3);
  const there = turned(z, [0, 2], 0.7);
  assert.equal(there[1], 2);
  near(Math.hypot(...there), Math.hypot(...z));
  turned(there, [0, 2], -0.7).forEach((value, d) => near(value, z[d]));
});

test('a quarter turn exchanges the axes', () => {
  const [x, y] = turned(Float32Array.of(1, 0), [0, 1], Math.PI / 2);
  near(x, 0);
  near(y, -1);
});

test('the KL divergence stays when the posterior turns', () => {
  const posterior = { mean: [0.5, -1], std: [0.1, 0.6] } as const;
  const first = 0.5 * (0.25 + 1 + 0.01 + 0.36 - 2 - Math.log(0.01 * 0.36));
  for (const angle of [0, 0.3, 0.8, 1.5]) near(turnedKl(posterior, angle), first);
});
