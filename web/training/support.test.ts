// Near or far, by the definition of latentlab/analysis/support.py.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Support } from './support.ts';

const FAR = 0.99;
const TRAINING = [0, 10]; // two images, one latent dimension

test('far is farther than 99 of 100 validation images', () => {
  const validation = Array.from({ length: 101 }, (_, i) => i / 100); // 0 to 1 from the first one
  const splits = [0, 0, ...validation.map(() => 1), 2];
  const support = new Support(Float32Array.from([...TRAINING, ...validation, 500]), splits, 1, FAR);
  assert.ok(Math.abs(support.farDistance - 0.99) < 1e-6); // what a test image does is no matter
  assert.equal(support.isFar([-0.98]), false);
  assert.equal(support.isFar([-1]), true);
  assert.equal(support.isFar([10.5]), false);
});

test('without validation images the others are measured, else all, each by its nearest other', () => {
  assert.equal(new Support(Float32Array.of(0, 3), [0, 2], 1, FAR).farDistance, 3);
  const alone = new Support(Float32Array.of(0, 1, 2), [0, 0, 0], 1, FAR);
  assert.equal(alone.farDistance, 1);
});
