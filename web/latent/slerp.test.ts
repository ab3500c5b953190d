// The way around the center: where it begins and ends, how its angles and lengths change.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { slerp } from './slerp.ts';

const A = Float32Array.of(1, 0, 0);
const B = Float32Array.of(0, 3, 0);

function close(actual: Float32Array, expected: number[]): void {
  actual.forEach((value, d) => {
    assert.ok(Math.abs(value - expected[d]) < 1e-6, `${actual.join()} is not ${expected.join()}`);
  });
}

test('it begins and ends where it should', () => {
  close(slerp(A, B, 0), [1, 0, 0]);
  close(slerp(A, B, 1), [0, 3, 0]);
});

test('the angle changes by equal steps, the length by equal factors', () => {
  const [third, half] = [3 ** (1 / 3), Math.sqrt(3) * Math.SQRT1_2];
  close(slerp(A, B, 1 / 3), [third * Math.cos(Math.PI / 6), third * Math.sin(Math.PI / 6), 0]);
  close(slerp(A, B, 1 / 2), [half, half, 0]);
});

test('beyond the ends it goes on around the center, never through it', () => {
  const before = slerp(A, B, -1 / 2);
  close(before, [Math.SQRT1_2 / Math.sqrt(3), -Math.SQRT1_2 / Math.sqrt(3), 0]);
  assert.ok(before[0] > 0, 'the antipode of A');
});

test('where there is no way around, it is the straight one', () => {
  close(slerp(A, A.map((value) => 2 * value), 0.5), [1.5, 0, 0]);
  close(slerp(A, A.map((value) => -value), 0.25), [0.5, 0, 0]);
  close(slerp(A, new Float32Array(3), 0.5), [0.5, 0, 0]);
});
