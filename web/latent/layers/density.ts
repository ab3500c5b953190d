// Density: how many images lie around.

import { type Layer, crowdingOf, perRow, planeDensityOf } from './layer.ts';

/** How many images lie around; 1 is as crowded as around a typical image. */
export const density: Layer = {
  title: 'Density',
  help: 'Kernel density estimate of the latents; 1 is the density at a typical image.',
  ends: ['low', 'high'],
  compute(bench, { latents, rows, z }, axes) {
    if (bench.all) {
      const { typical } = bench.all;
      const around = planeDensityOf(bench, bench.all, axes, latents.subarray(0, z));
      return perRow(rows, (row) => around.at(latents, row * z) / typical);
    }
    const crowding = crowdingOf(bench);
    return perRow(rows, (row) => crowding.sums(latents, row * z).others / crowding.typical);
  },
};
