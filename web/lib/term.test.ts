// Where the terms of a sentence are.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { partsOf } from './term.ts';

const marked = (text: string, ...labels: string[]) =>
  partsOf(text, labels)
    .map((part) => (part.label ? `[${part.text}]` : part.text))
    .join('');

test('a term is found as a whole word, in either case, where it first occurs', () => {
  assert.equal(marked('A 2-D slice; the Slice', 'Slice'), 'A 2-D [slice]; the Slice');
  assert.equal(marked('sliced, ice', 'slice', 'ice'), 'sliced, [ice]');
  assert.equal(marked('t-SNE of it; not a SNE', 'SNE'), 't-SNE of it; not a [SNE]');
});

test('a longer term goes before a shorter one within it', () => {
  assert.equal(marked('Reconstruction error (MSE) 0.02', 'MSE', 'Reconstruction', 'Reconstruction error'),
    '[Reconstruction error] ([MSE]) 0.02');
  assert.equal(marked('UMAP of the latent space', 'Latent space', 'UMAP'), '[UMAP] of the [latent space]');
});

test('a label may hold what a pattern would take for its own', () => {
  assert.equal(marked('1 - SSIM →  larger', '1 - SSIM'), '[1 - SSIM] →  larger');
  assert.equal(marked('nothing to say'), 'nothing to say');
});
