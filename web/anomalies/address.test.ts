// What Anomalies keeps in the address.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readView, writeView } from './address.ts';

void test('what is written is read again', () => {
  const view = { score: 'mse', kind: 'noise', threshold: 0.0123456, missed: true };
  const written = writeView(view);
  assert.equal(written.threshold, '0.012346');
  const read = readView(written);
  assert.deepEqual(read, { score: 'mse', kind: 'noise', threshold: 0.012346, missed: true });
});

void test('what a link does not say, or says wrongly, is not chosen', () => {
  assert.deepEqual(readView({}), { score: null, kind: null, threshold: null, missed: false });
  assert.equal(readView({ threshold: 'high' }).threshold, null);
  assert.equal(readView({ threshold: '-Infinity' }).threshold, null);
});
