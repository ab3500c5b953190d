// How the page works today, where that is not as usual.

import type { Space } from '../latent/space.ts';
import type { Engine } from './engine.ts';

const NOTES = {
  remote: 'This network runs on the server, so the image follows a moment later.',
  slow: 'This browser has no fast arithmetic (WebAssembly SIMD); decoding is slower here.',
  missing: 'The original images are not on this machine; their tiles stay empty.',
};

/** One quiet sentence, or none. */
export function noticeOf(engine: Engine, space: Space): string {
  if (engine.isRemote) return NOTES.remote;
  if (!engine.isFast) return NOTES.slow;
  return space.originals ? '' : NOTES.missing;
}
