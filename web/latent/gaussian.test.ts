// Against tables of the standard normal distribution.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cumulative, inverseCumulative, normals } from './gaussian.ts';

const TABLE = [
  [-2.5758293, 0.005],
  [-1.959964, 0.025],
  [-1, 0.15865525],
  [0, 0.5],
  [0.6744898, 0.75],
  [1.6448536, 0.95],
  [3.0902323, 0.999],
];

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) < tolerance, `${actual} is not ${expected}`);
}

test('the cumulative function is that of the tables', () => {
  for (const [x, p] of TABLE) near(cumulative(x), p, 2e-7);
});

test('its inverse leads back, also far out', () => {
  for (const [x, p] of TABLE) near(inverseCumulative(p), x, 1e-4);
  for (const p of [1e-4, 0.3, 1 - 1e-4]) near(cumulative(inverseCumulative(p)), p, 1e-7);
});

test('draws are standard normal, and the same for the same seed', () => {
  const draws = normals(20_001, 7);
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
  near(mean, 0, 0.03);
  near(variance, 1, 0.03);
  assert.ok(draws.every(Number.isFinite));
  assert.deepEqual(normals(5, 7), draws.slice(0, 5));
  assert.notDeepEqual(normals(5, 8), normals(5, 7));
});
