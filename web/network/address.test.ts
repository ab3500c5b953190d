// What a link says of the hourglass.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readAddress, writeAddress } from './address.ts';

test('what is written is read again, three digits after the point', () => {
  const written = writeAddress({ step: 'decode', z: [0.12349, -2], strength: 0.35, kind: 'speckle' });
  assert.deepEqual(written, { part: 'decode', z: '0.123_-2', degradation: '0.35', variant: 'speckle' });
  const search = `?part=decode&z=${written.z}&degradation=0.35&variant=speckle`;
  assert.deepEqual(readAddress(search, 2, 3), { step: 'decode', z: [0.123, -2], strength: 0.35, kind: 'speckle' });
});

test('an address that anybody may have written is believed only where it makes sense', () => {
  const nothing = { step: null, z: null, strength: null, kind: null };
  for (const search of ['', '?part=nothing', '?z=1', '?z=1_2_3', '?z=1_', '?z=1_x', '?z=1_Infinity', '?degradation=x', '?degradation=-1', '?degradation=1e9']) {
    assert.deepEqual(readAddress(search, 2, 3), nothing, search);
  }
  assert.deepEqual(readAddress('?z=9_-9', 2, 3).z, [3, -3]);
});

test('a latent that is too long is left out', () => {
  assert.equal(writeAddress({ step: null, z: Array<number>(200).fill(0.123), strength: null, kind: null }).z, null);
});
