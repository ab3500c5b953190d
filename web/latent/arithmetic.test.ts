// Latent arithmetic: groups, differences, and what they are compared with.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  average,
  cosines,
  difference,
  histogram,
  isInside,
  lengthOf,
  meanOf,
  pairDifferences,
  randomLike,
  rowsInside,
  thinned,
} from './arithmetic.ts';
import { tinySpace } from './tiny.ts';

const SPACE = tinySpace({ z: 3 }); // row r is r * (1, 0.1, 0.2)
const SQUARE = [0, 0, 4, 0, 4, 4, 0, 4];

test('a loop holds the points inside it', () => {
  assert.ok(isInside(SQUARE, 1, 3));
  assert.ok(!isInside(SQUARE, 5, 3));
  assert.ok(!isInside(SQUARE, 1, -1));
  const notch = [0, 0, 4, 0, 4, 4, 2, 1, 0, 4]; // the middle of its top is cut out
  assert.ok(!isInside(notch, 2, 3));
  assert.deepEqual(rowsInside(SQUARE, Float32Array.of(1, 1, 9, 1, 3, 3)), [0, 2]);
});

test('a long loop keeps corners all around', () => {
  const loop = Array.from({ length: 200 }, (_, i) => i);
  const thin = thinned(loop, 20);
  assert.equal(thin.length, 40);
  assert.deepEqual(thin.slice(0, 4), [0, 1, 10, 11]);
  assert.deepEqual(thinned(SQUARE, 20), SQUARE);
});

test('the mean of a group, and a difference', () => {
  const mean = meanOf(SPACE, [1, 3]);
  assert.ok(Math.abs(mean[0] - 2) < 1e-6 && Math.abs(mean[2] - 0.4) < 1e-6);
  assert.deepEqual([...difference(Float32Array.of(1, 2), Float32Array.of(4, 1))], [3, -1]);
});

test('a random direction is as long, and the same again for the same seed', () => {
  const step = Float32Array.of(3, 0, 4);
  const random = randomLike(step, 7);
  assert.ok(Math.abs(lengthOf(random) - 5) < 1e-5);
  assert.deepEqual(random, randomLike(step, 7));
  assert.notDeepEqual(random, randomLike(step, 8));
});

test('pairs use each row once; on a line all differences are parallel', () => {
  const found = pairDifferences(SPACE, [4, 5], [0, 1, 2], { most: 60, seed: 1 });
  assert.equal(found.length, 2);
  for (const cosine of cosines(found)) assert.ok(Math.abs(cosine - 1) < 1e-5);
  assert.equal(cosines([Float32Array.of(1, 0), Float32Array.of(0, 2), Float32Array.of(-3, 0)]).join(), '0,-1,0');
});

test('a histogram holds every value once', () => {
  const shares = histogram([-1, -0.9, 0.05, 1], 4);
  assert.deepEqual(shares, [0.5, 0, 0.25, 0.25]);
  assert.equal(average([1, 2, 6]), 3);
});
