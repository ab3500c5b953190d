// What the parts of the canvas work out without a page.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { makePlane } from '../latent/plane.ts';
import { Space } from '../latent/space.ts';
import { tinyMessage, tinySpace } from '../latent/tiny.ts';
import { shareBelow, valueAt } from './cell.ts';
import { Engine } from './engine.ts';
import { gridLatents, squareCells } from './lattice.ts';
import type { Jobs } from '../runtime/jobs.ts';
import type { Network } from '../runtime/runtime.ts';
import { noticeOf } from './notice.ts';
import { placeAt } from './playback.ts';

test('a path plays there and back; with less motion frame by frame, and then it stops', () => {
  assert.deepEqual([0, 2, 4, 6, 8].map((seconds) => placeAt(seconds, null)[0]), [0, 0.5, 1, 0.5, 0]);
  assert.deepEqual(placeAt(1000, null)[1], false);
  assert.deepEqual(placeAt(2.1, 13), [0.5, false]);
  assert.deepEqual(placeAt(2.3, 13), [0.5, false]);
  assert.deepEqual(placeAt(4, 13), [1, true]);
});

test('a pin is decoded once, however often it is shown', () => {
  const engine = new Engine(tinySpace(), { run: () => {} } as unknown as Jobs);
  const runs: number[] = [];
  const values = Float32Array.of(0); // one array for every run, as the runtime has it
  engine.network = {
    run: (z: Float32Array) => {
      runs.push(z[0]);
      values[0] = z[0];
      return values;
    },
  } as unknown as Network;
  const shown: number[] = [];
  const show = (seen: ArrayLike<number>) => shown.push(seen[0]);
  const [a, b] = [Float32Array.of(1, 0), Float32Array.of(2, 0)];
  for (const z of [a, b, a, b]) engine.decodePin(z, show, 'tile');
  assert.deepEqual(shown, [1, 2, 1, 2]);
  assert.deepEqual(runs, [1, 2]);
});

test('a sample of many images is called one', () => {
  const engine = { isRemote: false, isFast: true };
  assert.equal(noticeOf(engine, tinySpace()), '');
  const message = tinyMessage();
  message.header.sample_of = 1_000_000;
  const space = new Space(message);
  assert.match(noticeOf(engine, space), /^Points, density .* random sample: 6 of 1,000,000 images\.$/);
  space.counted = 1_000_000;
  assert.match(noticeOf(engine, space), /^Points and .* 6 of 1,000,000 images; .* counts all 1,000,000\.$/);
  space.counted = 250_000;
  assert.match(noticeOf(engine, space), /counts 250,000\.$/);
});

test('a quantile leads to the same share of images', () => {
  const values = [0, 1, 2, 4, 8];
  for (const value of [0.5, 1, 3, 6]) {
    assert.ok(Math.abs(valueAt(values, shareBelow(values, value)) - value) < 1e-12);
  }
  assert.equal(valueAt(values, shareBelow(values, 99)), 8);
});

test('the grid has square cells that hold the extent', () => {
  const { box, columns, rows } = squareCells({ left: 0, right: 4, bottom: 0, top: 1.9 }, 8);
  assert.deepEqual([columns, rows], [8, 4]);
  assert.ok(Math.abs((box.right - box.left) / columns - (box.top - box.bottom) / rows) < 1e-9);
});

test('the grid is decoded at the middles of its cells, from the top left', () => {
  const plane = makePlane(tinySpace(), { kind: 'native', i: 0, j: 1 }, new Float32Array(2), false);
  const latents = gridLatents(plane, { left: 0, right: 2, bottom: 0, top: 2 }, 2, 2);
  assert.deepEqual([...latents], [0.5, 1.5, 1.5, 1.5, 0.5, 0.5, 1.5, 0.5]);
});
