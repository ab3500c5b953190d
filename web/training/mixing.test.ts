// Which classes stay mixed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { differs, mixedPairs } from './mixing.ts';

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
  assert.deepEqual(pairs, [{ a: 0, b: 1, share: 1, n: 2, error: 0 }]);
});

test('two pairs differ where more than the choice of images tells them apart', () => {
  // Two clouds: in each, two classes alternate on a line; in the second they meet at one end only.
  const line = (n: number, from: number) => Array.from({ length: n }, (_, i) => from + i * 0.1);
  const many = [...line(200, 0), ...line(200, 1000)];
  const labels = [...line(200, 0).map((_, i) => i % 2), ...line(200, 0).map((_, i) => (i < 100 ? 2 : 3))];
  const [first, second] = mixedPairs(Float32Array.from(many), labels, 1);
  assert.deepEqual([first.a, first.b, second.a, second.b], [0, 1, 2, 3]);
  assert.ok(differs(first, second));
  // Both clouds alike but for one image: no class is drawn often enough to say so.
  const alike = labels.map((label, i) => (i < 200 ? label : 2 + (i % 2)));
  alike[399] = 2;
  const [one, other] = mixedPairs(Float32Array.from(many), alike, 1);
  assert.ok(one.share !== other.share && !differs(one, other));
});

test('the error is that of a mean over images', () => {
  // One image has only neighbors of the other class, eleven of it have none: 1 of 12 shares is 1.
  const places = [...Array.from({ length: 11 }, (_, i) => i * 0.01), 0.5];
  const labels = [...Array.from({ length: 11 }, () => 0), 1];
  const [pair] = mixedPairs(Float32Array.from(places), labels, 1);
  assert.equal(pair.n, 12);
  const shares = [...Array.from({ length: 11 }, () => 0), 1];
  const mean = 1 / 12;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / 11;
  assert.ok(Math.abs(pair.error - Math.sqrt(variance / 12)) < 1e-9);
});
