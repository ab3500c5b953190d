// How the page works today, where that is not as usual.

import type { Space } from '../latent/space.ts';
import type { Engine } from './engine.ts';

const NOTES = {
  remote: 'This network runs on the server, so decoding takes a moment.',
  slow: 'This browser does not support WebAssembly SIMD, so decoding is slower.',
  missing: 'The original images are not on this machine; their tiles stay empty.',
};

/** Quiet sentences, or nothing. */
export function noticeOf(engine: Pick<Engine, 'isRemote' | 'isFast'>, space: Space): string {
  const sentences = [];
  if (engine.isRemote) sentences.push(NOTES.remote);
  else if (!engine.isFast) sentences.push(NOTES.slow);
  else if (!space.originals) sentences.push(NOTES.missing);
  if (space.sample_of !== null) {
    const said = (n: number) => n.toLocaleString('en-US');
    const sample = `of a random sample: ${said(space.n)} of ${said(space.sample_of)} images`;
    const counted = `${space.counted === space.sample_of ? 'all ' : ''}${said(space.counted)}`;
    sentences.push(
      space.counted
        ? `Points and nearest images are ${sample}; the layer Density counts ${counted}.`
        : `Points, density and nearest images are ${sample}.`,
    );
  }
  return sentences.join(' ');
}
