// A path: its ends, its extrapolation, and how evenly images change along it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { along, changesOf, evenly, unevenness } from './path.ts';

test('the straight way leads through both ends and beyond them', () => {
  const [a, b] = [Float32Array.of(0, 1), Float32Array.of(2, 1)];
  assert.deepEqual(evenly(-0.5, 1.5, 5).map((t) => along(a, b, t, false)[0]), [-1, 0, 1, 2, 3]);
});

test('the curved way keeps its distance from the center', () => {
  const [a, b] = [Float32Array.of(0, 2), Float32Array.of(2, 0)];
  for (const t of evenly(-0.5, 1.5, 9)) {
    assert.ok(Math.abs(Math.hypot(...along(a, b, t, true)) - 2) < 1e-6);
  }
});

test('changes are shares of the range of a pixel', () => {
  const images = [[0, 0], [255, 0], [255, 0], [0, 255]];
  assert.deepEqual(changesOf(images), [0.5, 0, 1]);
  assert.equal(unevenness([0.5, 0, 1]), 2);
  assert.equal(unevenness([0, 0]), 1);
});
