import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Space, type NetworkMessage } from './space.ts';

function space(usual: number[], far: number): Space {
  const header = { latent_dim: 1, usual, far } as NetworkMessage['header'];
  const arrays = {
    latents: Float32Array.of(0, 1, 5),
    labels: Int32Array.of(0, 0, 0),
    splits: Uint8Array.of(0, 0, 2),
    numbers: Int32Array.of(0, 1, 0),
    errors: new Float32Array(3),
  } as unknown as NetworkMessage['arrays'];
  return new Space({ header, arrays });
}

test('only training images are near', () => {
  const [{ row, distance }] = space([0, 1], 1).nearest([4.9]);
  assert.equal(row, 1);
  assert.ok(Math.abs(distance - 3.9) < 1e-6);
});

test('all that is said of one latent takes one look at the training images', () => {
  const found = space([0, 1], 1);
  let looks = 0;
  const squared = found.squared.bind(found);
  found.squared = (z, row) => {
    looks++;
    return squared(z, row);
  };
  found.crowd([0.2]); // measures the radius too
  looks = 0;
  found.nearest([0.4]);
  assert.equal(found.crowd([0.4]), 2);
  assert.equal(looks, 2);
  found.nearest([0.5]);
  assert.equal(looks, 4);
});

test('a distance is compared with those of validation images, and the limit is the sent one', () => {
  const found = space([1, 2, 4], 3);
  assert.deepEqual([0.5, 1, 1.5, 3, 4, 9].map((d) => found.share(d)), [0, 0, 0.5, 1.5, 2, 2]);
  assert.deepEqual([3, 3.01].map((d) => found.isFar(d)), [false, true]);
});
