// How the page works today, where that is not as usual.

import type { Space } from '../latent/space.ts';
import type { Engine } from './engine.ts';

const NOTES = {
  remote: 'This network runs on the server, so decoding takes a moment.',
  slow: 'This browser does not support WebAssembly SIMD, so decoding is slower.',
  missing: 'The original images are not on this machine; their tiles stay empty.',
};

/** One quiet sentence, or none. */
export function noticeOf(engine: Engine, space: Space): string {
  if (engine.isRemote) return NOTES.remote;
  if (!engine.isFast) return NOTES.slow;
  return space.originals ? '' : NOTES.missing;
}
