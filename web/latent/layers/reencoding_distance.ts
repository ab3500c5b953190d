// Re-encoding distance: how far decoding and encoding leads.

import { type Layer, loaded, perRow } from './layer.ts';

/** How far a latent moves when it is decoded and encoded again. */
export const reencoding_distance: Layer = {
  title: 'Re-encoding distance',
  help: 'Distance between a latent and the latent of its decoded image.',
  ends: ['small', 'large'],
  runs: 'encoder',
  compute(bench, { latents, rows, z }) {
    const encoder = loaded(bench, 'encoder');
    const back = encoder.runAll(loaded(bench, 'decoder').runAll(latents, rows), rows);
    const width = encoder.outputSize; // a VAE's encoder gives means, then log-variances
    return perRow(rows, (row) => {
      let sum = 0;
      for (let d = 0; d < z; d++) sum += (back[row * width + d] - latents[row * z + d]) ** 2;
      return Math.sqrt(sum);
    });
  },
};
