// Reconstruction error of the images around.

import { type Layer, crowdingOf, perRow } from './layer.ts';

const NO_DATA_BELOW = 0.01; // density below which there is nothing to average

/** Reconstruction error of the images around, weighted by nearness; NaN where there are none. */
export const reconstruction_error: Layer = {
  title: 'Reconstruction error (MSE)',
  help: 'Mean over the images near each place; blank where there are none.',
  ends: ['small', 'large'],
  compute(bench, { latents, rows, z }) {
    const crowding = crowdingOf(bench);
    return perRow(rows, (row) => {
      const { sum, weighted, others } = crowding.sums(latents, row * z, bench.errors);
      return others / crowding.typical < NO_DATA_BELOW ? NaN : weighted / sum;
    });
  },
};
