// A run: its stages and its axes.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Shaped } from '../lib/message.ts';
import type { Opening, Stage } from './messages.ts';
import { Run, weightsOf } from './run.ts';

const shaped = <A extends object>(array: A): Shaped<A> => Object.assign(array, { shape: [] });
const bytes = (...values: number[]) => shaped(Uint8Array.from(values));
const floats = (...values: number[]) => shaped(Float32Array.from(values));

function opening(z: number, n: number): Opening {
  const header = {
    ...{ run: 'a', model: 'ae', beta: 1, latent_dim: z, image: [1, 1, 1], class_names: [] },
    ...{ n_steps: 100, n_epochs: 10, seconds: 1, decoder: null, far: 0.99 },
  };
  const labels = shaped(new Int32Array(n));
  return { header, arrays: { labels, splits: bytes(), numbers: labels, shown: bytes() } };
}

function stage(number: number, step: number, latents: number[], history: number[] = []): Stage {
  const names = history.length ? ['step', 'kl'] : [];
  const terms: Record<string, number> = { kl: -step };
  return {
    header: { number, step, epoch: 0, seconds: 0, terms, history: names },
    arrays: {
      latents: floats(...latents),
      history: floats(...history),
      reconstructions: bytes(),
      weights: bytes(128, 255, 1),
      scale: floats(0.5),
    },
  };
}

test('points glide from one stage to the next', () => {
  const run = new Run(opening(2, 1), [stage(0, 0, [0, 0]), stage(1, 8, [4, 2])], true);
  assert.deepEqual([...run.placesAt(0)], [0, 0]);
  const [x, y] = run.placesAt(2); // 3 is halfway from 1 to 9 on the axis
  assert.ok(Math.abs(x - 2) < 1e-5 && Math.abs(y - 1) < 1e-5);
  assert.equal(run.stageAt(7).header.step, 0);
});

test('after an interruption, later stages of before are gone', () => {
  const run = new Run(opening(2, 1), [0, 1, 2].map((i) => stage(i, 10 * i, [i, i])), false);
  run.add([stage(3, 10, [9, 9])], false);
  assert.deepEqual(run.steps, [0, 10]);
  assert.equal(run.newest.header.number, 3);
});

test('while others follow, the map only grows; in the end it is that of the last stage', () => {
  const [wide, narrow] = [[-5, -5, 5, 5], [-1, -1, 1, 1]];
  const run = new Run(opening(2, 2), [stage(0, 0, wide)], false);
  const { extent } = run;
  run.add([stage(1, 1, narrow)], false);
  assert.deepEqual(run.extent, extent);
  run.add([], true);
  assert.ok(run.extent.right < 2);
});

test('with more dimensions the axes are the last stage\'s principal components, never mirrored', () => {
  const along = [0, 0, -3, 0, 0, 3, 0, 1, 0, 0, -1, 0];
  const run = new Run(opening(3, 4), [stage(0, 0, along)], true);
  assert.deepEqual([...run.plane.u], [0, 0, 1]);
  run.add([stage(1, 1, along.map((value) => -2 * value))], true);
  assert.deepEqual([...run.plane.u], [0, 0, 1]);
  const [x] = run.placesAt(1);
  assert.ok(Math.abs(x - 6) < 1e-5);
});

test('one latent dimension is a line', () => {
  const run = new Run(opening(1, 2), [stage(0, 0, [0, 5])], true);
  assert.ok(run.plane.isLine);
  assert.equal(run.placesAt(0)[2], 5);
});

test('a curve is the history, and the batches of the first epoch before it', () => {
  const run = new Run(
    opening(1, 1),
    [stage(0, 0, [0]), stage(1, 5, [0]), stage(2, 20, [0], [10, 3, 20, 4])],
    true,
  );
  assert.deepEqual(run.curve('kl'), { steps: [0, 5, 10, 20], values: [-0, -5, 3, 4] });
  assert.deepEqual(run.curve('validation_kl'), { steps: [], values: [] });
});

test('a weight is a byte times the scale of its block', () => {
  assert.deepEqual([...weightsOf(stage(0, 0, [0]))!], [0, 63.5, -63.5]);
});
