// Spherical interpolation: where it begins and ends, how angle and length change.

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

test('the angle changes evenly, the length by equal factors', () => {
  const [third, half] = [3 ** (1 / 3), 3 ** (1 / 2)];
  close(slerp(A, B, 1 / 3), [third * Math.cos(Math.PI / 6), third * Math.sin(Math.PI / 6), 0]);
  close(slerp(A, B, 1 / 2), [half * Math.SQRT1_2, half * Math.SQRT1_2, 0]);
});

test('an extrapolation never passes through zero', () => {
  // With lengths that change evenly, this one would be at zero for t = -0.5.
  assert.ok(Math.abs(Math.hypot(...slerp(A, B, -0.5)) - 3 ** -0.5) < 1e-6);
  for (let t = -2; t <= 3; t += 0.25) assert.ok(Math.hypot(...slerp(A, B, t)) > 0.1);
});

test('where there is no way around, it is the straight one', () => {
  close(slerp(A, A.map((value) => 2 * value), 0.5), [1.5, 0, 0]);
  close(slerp(A, A.map((value) => -value), 0.25), [0.5, 0, 0]);
  close(slerp(A, new Float32Array(3), 0.5), [0.5, 0, 0]);
});
