// The list of networks that can stand beside the one that is shown.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Offered, grouped } from './beside.ts';

const offered = (name: string, latent_dim: number, family: string | null = null): Offered => ({
  ...{ name, latent_dim, family, line: '' },
});

test('networks of the same size come first, and the members of a family stand together, by size', () => {
  const found = grouped(
    [offered('f-z16', 16, 'f'), offered('wide', 8), offered('alike', 2), offered('f-z2', 2, 'f'), offered('g-z1', 1, 'g')],
    2,
  );
  assert.deepEqual(
    found.map(([title, of]) => [title, of.map(({ name }) => name)]),
    [
      ['z = 2', ['alike']],
      ['Other sizes of the latent', ['wide']],
      ['f', ['f-z2', 'f-z16']],
      ['g', ['g-z1']],
    ],
  );
});
