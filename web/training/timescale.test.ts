// Steps on a logarithmic axis.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { between, nearest, positionOf, stepAt } from './timescale.ts';

const STEPS = [0, 1, 3, 10, 100];

test('a position leads back to its step', () => {
  for (const step of STEPS) assert.ok(Math.abs(stepAt(positionOf(step, 100), 100) - step) < 1e-9);
  assert.equal(positionOf(0, 100), 0);
  assert.equal(positionOf(100, 100), 1);
  assert.equal(positionOf(0, 0), 1); // a run of one stage
});

test('between two stages the share is that of the axis', () => {
  assert.deepEqual(between(STEPS, 3), { stage: 2, share: 0 });
  const { stage, share } = between(STEPS, Math.sqrt(11 * 101) - 1);
  assert.equal(stage, 3);
  assert.ok(Math.abs(share - 0.5) < 1e-9);
  assert.deepEqual(between(STEPS, 1e6), { stage: 4, share: 0 });
});

test('the nearest stage is nearest on the axis', () => {
  assert.equal(nearest(STEPS, 20), 3);
  assert.equal(nearest(STEPS, 60), 4);
  assert.equal(nearest([5], 0), 0);
});
