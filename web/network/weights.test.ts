// What units look for and what they add, in the order of pixels.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { PartSpec } from './flow.ts';
import { adds, looksFor } from './weights.ts';

const image = [1, 2, 3];
const part = (spec: Partial<PartSpec>): PartSpec => ({ layers: [], input: [], output: [], ends: [], skips: [], ...spec });

test('a fully connected unit has a weight for each value of the image', () => {
  const spec = part({
    input: image,
    layers: [
      { op: 'to_channels_first', shape: image },
      { op: 'linear', in: 6, out: 2, weights: 0, bias: 12 },
    ],
  });
  // Torch's order: red of both pixels, green of both, blue of both; unit 1 has 10 more than unit 0.
  const weights = Float32Array.from({ length: 14 }, (_, i) => (i >> 1) + 10 * (i & 1));
  const found = looksFor(spec, weights, 1);
  assert.deepEqual(found?.shape, image);
  assert.deepEqual([...found.values], [10, 12, 14, 11, 13, 15]);
});

test('a unit before the output adds its row', () => {
  const spec = part({
    output: image,
    layers: [
      { op: 'linear', in: 2, out: 6, weights: 0, bias: 12 },
      { op: 'to_channels_last', shape: image },
    ],
  });
  const weights = Float32Array.from({ length: 18 }, (_, i) => i);
  assert.deepEqual([...adds(spec, weights, 1)!.values], [6, 8, 10, 7, 9, 11]);
});

test('a convolution has a kernel for each channel', () => {
  const shapes = { from: [2, 2, 3], to: [2, 2, 2], kernel: [1, 1], stride: [1, 1], padding: [0, 0] };
  const spec = part({ input: [2, 2, 3], layers: [{ op: 'conv', ...shapes, weights: 0, bias: 6 }] });
  const found = looksFor(spec, Float32Array.from({ length: 8 }, (_, i) => i), 1);
  assert.deepEqual(found?.shape, [1, 1, 3]);
  assert.deepEqual([...found.values], [1, 3, 5]);
});
