// Near and far, and how crowded it is around a latent.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Crowding } from './crowding.ts';
import { factsOf } from './facts.ts';
import { Space, nearestFirst, quantile } from './space.ts';
import { tinyMessage, tinySpace } from './tiny.ts';

test('the nearest images are training images, nearest first', () => {
  const near = tinySpace().nearest([5, 0.5], 2); // on the last test image
  assert.deepEqual(near.map(({ row }) => row), [3, 2]);
  assert.ok(Math.abs(near[0].distance - Math.hypot(2, 0.2)) < 1e-6);
});

test('all that is said of one latent takes one look at the training images', () => {
  const found = tinySpace();
  let looks = 0;
  const squared = found.squared.bind(found);
  found.squared = (z, row) => {
    looks++;
    return squared(z, row);
  };
  found.crowd([0.2, 0]); // measures the radius too
  looks = 0;
  found.nearest([0.4, 0]);
  assert.equal(found.crowd([0.4, 0]), 3);
  assert.equal(looks, 4);
  found.nearest([0.5, 0]);
  assert.equal(looks, 8);
});

test('a distance is compared with those of validation images, and the limit is the sent one', () => {
  const message = tinyMessage();
  Object.assign(message.header, { usual: [1, 2, 4], far: 3 });
  const found = new Space(message);
  assert.deepEqual([0.5, 1, 1.5, 3, 4, 9].map((d) => found.share(d)), [0, 0, 0.5, 1.5, 2, 2]);
  assert.deepEqual([3, 3.01].map((d) => found.isFar(d)), [false, true]);
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
  const at = (x: number) => crowding.sums(Float32Array.of(x, 0), 0);
  assert.ok(at(0).sum > at(1).sum && Math.abs(at(-1).sum - at(1).sum) < 1e-12);
  assert.ok(Math.abs(at(0).others - (at(0).sum - 1)) < 1e-12); // without the one that lies there
  assert.equal(at(0.5).others, at(0.5).sum);
  const { sum, weighted } = crowding.sums(Float32Array.of(0, 0), 0, Float32Array.of(3, 3, 3));
  assert.ok(Math.abs(weighted / sum - 3) < 1e-6);
});

test('networks are offered in the order of how little their recipes differ', () => {
  const named = (name: string, recipe: object) => ({ ...tinyMessage().header, name, recipe: JSON.stringify(recipe) });
  const own = JSON.stringify({ model: 'vae', hidden: [64, 32], beta: 1 });
  const others = [
    named('small', { model: 'ae', hidden: [8], beta: 1 }),
    named('ae', { model: 'ae', hidden: [64, 32], beta: 1 }),
  ];
  assert.deepEqual(nearestFirst(own, others).map(({ name }) => name), ['ae', 'small']);
});
