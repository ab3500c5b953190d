// @ts-nocheck
// Scalar fields over a plane, one value per place; they run in the worker, a few places at a time.
// Each means the same as the layer of that name in tests/reference/layers.py; a test compares them.

import { Crowding, variances } from './crowding.ts';

const STEP = 0.01; // of the spread of the latents: far above rounding, far below any structure
const NO_DATA_BELOW = 0.01; // density below which there is nothing to average

/**
 * @typedef {object} Places
 * @property {Float32Array} latents - rows x z
 * @property {number} rows
 * @property {number} z
 */

/** Name -> function(bench, places, options) -> Float32Array of rows values. */
export const FIELDS = {
  /** How many images lie around; 1 is as crowded as around a typical image. */
  density(bench, { latents, rows, z }) {
    const crowding = crowdingOf(bench);
    return perRow(rows, (row) => crowding.sums(latents, row * z).sum / crowding.typical);
  },

  /** Distance to the nearest training image. */
  distance({ train }, { latents, rows, z }) {
    return perRow(rows, (row) => Math.sqrt(nearestSquared(train, latents, row * z, z)));
  },

  /** Reconstruction error of the images around, weighted by nearness; NaN where there are none. */
  reconstruction_error(bench, { latents, rows, z }) {
    const crowding = crowdingOf(bench);
    return perRow(rows, (row) => {
      const { sum, weighted } = crowding.sums(latents, row * z, bench.errors);
      return sum / crowding.typical < NO_DATA_BELOW ? NaN : weighted / sum;
    });
  },

  /** How far a place moves when it is decoded and encoded again. */
  round_trip({ decoder, encoder }, { latents, rows, z }) {
    const back = encoder.runAll(decoder.runAll(latents, rows), rows);
    const width = encoder.outputSize; // a VAE's encoder gives means, then log-variances
    return perRow(rows, (row) => {
      let sum = 0;
      for (let d = 0; d < z; d++) sum += (back[row * width + d] - latents[row * z + d]) ** 2;
      return Math.sqrt(sum);
    });
  },

  /** How fast the image changes, in the direction of the map in which it changes fastest. */
  stretch(bench, { latents, rows, z }, { u, v }) {
    const { decoder } = bench;
    const step = STEP * (Math.sqrt(Math.max(...variances(bench.latents, z))) || 1);
    const [alongU, alongV] = [u, v].map((axis) => {
      const ahead = decoder.runAll(shifted(latents, axis, step, z), rows);
      const behind = decoder.runAll(shifted(latents, axis, -step, z), rows);
      return ahead.map((value, at) => (value - behind[at]) / (2 * step));
    });
    const size = decoder.outputSize;
    return perRow(rows, (row) => {
      let [p, q, r] = [0, 0, 0];
      for (let at = row * size; at < (row + 1) * size; at++) {
        p += alongU[at] * alongU[at];
        q += alongV[at] * alongV[at];
        r += alongU[at] * alongV[at];
      }
      // The larger singular value of the two columns, from their Gram matrix.
      return Math.sqrt((p + q) / 2 + Math.hypot((p - q) / 2, r));
    });
  },
};

/** Fields that decode: they are computed on a coarser grid. */
export const HEAVY_FIELDS = new Set(['round_trip', 'stretch']);

function crowdingOf(bench) {
  bench.crowding ??= new Crowding(bench.latents, bench.z);
  return bench.crowding;
}

function perRow(rows, value) {
  return Float32Array.from({ length: rows }, (_, row) => value(row));
}

function nearestSquared(train, latents, start, z) {
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

function shifted(latents, axis, amount, z) {
  return latents.map((value, at) => value + amount * axis[at % z]);
}
