// The PCA baseline is a space of its own: nothing that was measured of another one is carried over.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { LinearDecoder, pcaSpace } from './baseline.ts';
import { tinySpace } from './tiny.ts';

function opened() {
  const space = tinySpace({ model: 'vae', stds: true });
  // What other tools ask for is measured once and kept.
  assert.ok(space.dimensions.length && space.radius > 0 && space.rowOf(0, 0) === 0);
  const latents = Object.assign(space.latents.map((value) => 100 - 10 * value), { shape: [6, 2] });
  return { space, pca: pcaSpace(space, latents) };
}

test('its dimensions, radius and spread are its own, also when Dimensions was opened first', () => {
  const { space, pca } = opened();
  assert.equal(pca.stds, null);
  assert.notDeepEqual(pca.dimensions, space.dimensions);
  assert.ok(Math.abs(pca.dimensions[0].use - 100 * (35 / 12)) < 1e-2); // variance, not nats
  assert.ok(Math.abs(pca.radius - 10 * space.radius) < 1e-3);
  assert.ok(Math.abs(pca.spread.mean[0] - 75) < 1e-4);
});

test('it holds the same images', () => {
  const { space, pca } = opened();
  for (let row = 0; row < space.n; row++) {
    assert.equal(pca.rowOf(space.splits[row], space.numbers[row]), row);
    assert.equal(pca.className(row), space.className(row));
  }
});

test('what was not measured of it is not claimed', () => {
  const { pca } = opened();
  assert.equal(pca.isFar(1e9), false);
  assert.ok(pca.errors.every(Number.isNaN));
});

test('a latent decodes to the mean plus its components, within the range of a pixel', () => {
  const decoder = new LinearDecoder(Float32Array.of(0.5, 0.5), Float32Array.of(0.25, 0, 0, 1));
  assert.deepEqual([...decoder.run([1, -0.25])], [0.75, 0.25]);
  assert.deepEqual([...decoder.runAll(Float32Array.of(0, 0, 9, -9), 2)], [0.5, 0.5, 1, 0]);
});
