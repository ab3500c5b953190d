// Re-encoding: rounds, how far they lead, and where they settle.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Round, movements, next, settledAt, squaredError } from './reencoding.ts';

// Decodes z to (z, z); encodes to half of the first value: everything goes to 0.
const view = new Float32Array(2);
const CODER = {
  decode: (z: Float32Array) => view.fill(z[0]),
  encode: (values: Float32Array) => Float32Array.of(values[0] / 2),
};

test('each round encodes the last image, and keeps its own copy', () => {
  const rounds: Round[] = [{ z: Float32Array.of(1), values: Float32Array.of(1, 1) }];
  for (let k = 0; k < 3; k++) rounds.push(next(CODER, rounds[k].values));
  assert.deepEqual(rounds.map(({ z }) => z[0]), [1, 0.5, 0.25, 0.125]);
  assert.deepEqual(rounds.map(({ values }) => values[1]), [1, 0.5, 0.25, 0.125]);
  const { steps, total } = movements(rounds);
  assert.deepEqual(steps, [0.25, 0.0625, 0.015625]);
  assert.equal(total, 0.765625);
});

test('a walk has settled when nothing changes any more', () => {
  assert.equal(settledAt([0.1, 0.01, 0, 0]), 2);
  assert.equal(settledAt([0, 0]), 0);
  assert.equal(settledAt([0.1, 0, 0.1]), null);
});

test('the squared error is a mean over pixels', () => {
  assert.equal(squaredError([0, 1], [1, 1]), 0.5);
});
