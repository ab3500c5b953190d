// Distance to the training images; fog is painted from it too.

import { type Layer, perRow } from './layer.ts';

/** Distance to the nearest training image. */
export const distance: Layer = {
  title: 'Distance to training images',
  help: 'Distance to the nearest training latent.',
  ends: ['near', 'far'],
  compute: ({ train }, { latents, rows, z }) =>
    perRow(rows, (row) => Math.sqrt(nearestSquared(train, latents, row * z, z))),
};

function nearestSquared(
  train: Float32Array,
  latents: Float32Array,
  start: number,
  z: number,
): number {
  let nearest = Infinity;
  for (let at = 0; at < train.length;) {
    let squared = 0;
    for (let d = 0; d < z; d++, at++) {
      const difference = train[at] - latents[start + d];
      squared += difference * difference;
    }
    if (squared < nearest) nearest = squared;
  }
  return nearest;
}
