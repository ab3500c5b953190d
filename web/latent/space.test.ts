// Near and far, and how crowded it is around a latent.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Crowding } from './crowding.ts';
import { factsOf } from './facts.ts';
import { Space, quantile } from './space.ts';
import { tinyMessage, tinySpace } from './tiny.ts';

test('the nearest images are training images, nearest first', () => {
  const near = tinySpace().nearest([5, 0.5], 2); // on the last test image
  assert.deepEqual(near.map(({ row }) => row), [3, 2]);
  assert.ok(Math.abs(near[0].distance - Math.hypot(2, 0.2)) < 1e-6);
});

test('far begins where hardly a training image is that far from the others', () => {
  const message = tinyMessage();
  message.arrays.distances.set([1, 2, 3, 4, 50, 60]); // the last two are test images
  const space = new Space(message);
  assert.ok(!space.isFar(3.9) && space.isFar(4.1));
  assert.deepEqual([0.5, 2, 3.5, 9].map((distance) => space.percentile(distance)), [0, 37.5, 75, 100]);
});

test('what is said of a place counts the classes around it', () => {
  const facts = factsOf(tinySpace(), [0, 0]);
  assert.equal(facts.row, 0);
  assert.equal(facts.distance, 0);
  assert.deepEqual(facts.labels, [{ label: 0, count: 2 }, { label: 1, count: 2 }]);
});

test('quantiles lie between the values', () => {
  assert.equal(quantile([0, 10], 0.25), 2.5);
  assert.equal(quantile([], 0.5), 0);
});

test('density is that of a sum of kernels: largest in the middle, even on both sides', () => {
  const crowding = new Crowding(Float32Array.of(-1, 0, 0, 0, 1, 0), 2);
  const [left, middle, right] = [-1, 0, 1].map((x) => crowding.sums(Float32Array.of(x, 0), 0).sum);
  assert.ok(middle > left && Math.abs(left - right) < 1e-12);
  const weights = Float32Array.of(3, 3, 3);
  const { sum, weighted } = crowding.sums(Float32Array.of(0, 0), 0, weights);
  assert.ok(Math.abs(weighted / sum - 3) < 1e-6);
});
