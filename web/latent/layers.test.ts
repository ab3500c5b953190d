// The contract of a layer: one file and one line in the table, and menu, address and worker know it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readAddress, writeAddress } from '../explore/address.ts';
import { type Part, makeWorkbench } from '../runtime/workbench.ts';
import { LAYERS, layerChoices } from './layers.ts';
import { perRow } from './layers/layer.ts';
import { tinySpace } from './tiny.ts';

test('a layer that is added to the table is in the menu, in links, and computed', async () => {
  LAYERS.first_number = {
    title: 'First number',
    help: 'The first number of each latent.',
    ends: ['small', 'large'],
    compute: (_, { latents, rows, z }) => perRow(rows, (row) => latents[row * z]),
  };
  assert.ok(layerChoices().some(({ name, title }) => [name, title].join() === 'first_number,First number'));

  const space = tinySpace();
  const { state, problems } = readAddress('?shade=first_number', space);
  assert.deepEqual([state.shade, problems], ['first_number', []]);
  assert.equal(writeAddress(state, space).shade, 'first_number');

  const part = await new Promise<Part>((resolve) => {
    const order = makeWorkbench((answer) => {
      if (answer.failed === undefined) resolve(answer);
    });
    order({ type: 'load', model: 'tiny', z: 2 });
    const latents = Float32Array.of(3, 0, 5, 0);
    order({ type: 'run', id: 1, model: 'tiny', task: 'first_number', latents });
  });
  assert.deepEqual([[...part.values], part.last], [[3, 5], true]);
  delete LAYERS.first_number;
});

test('every layer says what it is and what the ends of its scale mean', () => {
  for (const layer of Object.values(LAYERS)) {
    assert.ok(layer?.title && layer.help.endsWith('.') && layer.ends.every(Boolean));
  }
});
