// Which classes stay mixed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { mixedPairs } from './mixing.ts';

test('the two classes at one place are the most mixed', () => {
  // Classes 0 and 1 alternate on one line, class 2 is far away.
  const places = Array.from({ length: 40 }, (_, i) => i * 0.1);
  const far = Array.from({ length: 20 }, (_, i) => 100 + i * 0.1);
  const labels = [...places.map((_, i) => i % 2), ...far.map(() => 2)];
  const [first, ...rest] = mixedPairs(Float32Array.from([...places, ...far]), labels, 1);
  assert.deepEqual([first.a, first.b], [0, 1]);
  assert.ok(first.share > 0.4 && first.share < 0.6, `${first.share}`);
  assert.ok(rest.every(({ share }) => share === 0));
});

test('images without a label do not count', () => {
  const pairs = mixedPairs(Float32Array.of(0, 0, 0, 0), [0, -1, 1, -1], 1);
  assert.deepEqual(pairs, [{ a: 0, b: 1, share: 1 }]);
});
