// The reconstruction error map has the colors that ui/anomalies/error_map.py gives it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { errorMap } from './errormap.ts';

function hasColors(bytes: number[], image: number[], drawn: number[], channels: number): void {
  const map = errorMap(Float32Array.from(image), Float32Array.from(drawn), channels);
  assert.equal(map.length, bytes.length);
  map.forEach((value, i) => assert.ok(Math.abs(255 * value - bytes[i]) < 1, `${255 * value}, not ${bytes[i]}`));
}

test('the pixels of gray images have the colors of heat_map', () => {
  hasColors([93, 27, 42, 252, 255, 164, 38, 38, 38], [0, 1, 0.5], [0.25, 0, 0.5], 1);
});

test('the error of a pixel is the mean over its channels', () => {
  hasColors([115, 43, 47], [0, 0.2, 0.4], [0.1, 0.2, 0.9], 3);
});
