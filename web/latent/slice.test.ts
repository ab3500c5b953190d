// What a slice through many dimensions says of itself.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { makePlane } from './plane.ts';
import { Slice, circleAround, varianceShare } from './slice.ts';
import { tinySpace } from './tiny.ts';

// The tiny space's latents: row * (1, 0.1, 0.2), which have variances 1 : 0.01 : 0.04.
const SPACE = tinySpace({ z: 3 });
const dimensions = (i: number, j: number) =>
  makePlane(SPACE, { kind: 'dimensions', i, j }, new Float32Array(3), false);

test('the share of the variance is that of the two axes', () => {
  assert.ok(Math.abs(varianceShare(SPACE, dimensions(0, 1)) - 1.01 / 1.05) < 1e-6);
  assert.ok(Math.abs(varianceShare(SPACE, dimensions(1, 2)) - 0.05 / 1.05) < 1e-6);
  const principal = makePlane(SPACE, { kind: 'principal', i: 0, j: 1 }, SPACE.spread.mean, false);
  assert.ok(Math.abs(varianceShare(SPACE, principal) - 1) < 1e-5);
  assert.equal(
    new Slice(SPACE, principal).sentence,
    'A 2-D slice through 3 dimensions (PC 1 and 2 of the latents: 100 % of the variance). Points are projected onto it.',
  );
  assert.ok(new Slice(SPACE, dimensions(1, 2)).sentence.includes('(z₂ and z₃ of the latents: 5 % of'));
});

test('a distance is compared with that of all images', () => {
  const slice = new Slice(SPACE, dimensions(0, 1)); // row r lies 0.2 r off it
  assert.ok(Math.abs(slice.median - 0.5) < 1e-6);
  assert.equal(slice.shareBelow(0), 0);
  assert.equal(slice.shareBelow(0.5), 50);
  assert.equal(slice.shareBelow(9), 100);
});

test('the circle is as wide as the latent is far away', () => {
  const circle = circleAround(dimensions(0, 1), [2, 1, 0.5]);
  for (const [x, y] of circle) assert.ok(Math.abs(Math.hypot(x - 2, y - 1) - 0.5) < 1e-5);
});
