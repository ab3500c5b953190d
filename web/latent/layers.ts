// Scalar fields over a plane, one value per place; they run in the worker, a few places at a time.
// Each means the same as the layer of that name in tests/reference/layers.py; a test compares them.

import type { Network } from '../runtime/runtime.ts';
import { Crowding, variances } from './crowding.ts';

const STEP = 0.01; // of the spread of the latents: far above rounding, far below any structure
const NO_DATA_BELOW = 0.01; // density below which there is nothing to average

export type FieldName = 'density' | 'distance' | 'reconstruction_error' | 'round_trip' | 'stretch';

/** Where a field is asked for. */
export interface Places {
  /** rows x z */
  latents: Float32Array;
  rows: number;
  z: number;
}
/** The axes of the map. */
export interface Axes {
  u: Float32Array;
  v: Float32Array;
}
/** What is known of a network: parts arrive one after the other. */
export interface Bench {
  z: number;
  /** All images, n x z, with their errors. */
  latents: Float32Array;
  errors: Float32Array;
  /** The training images alone. */
  train: Float32Array;
  decoder?: Network;
  encoder?: Network;
  crowding?: Crowding;
}

/** Each gives one value per row. */
export const FIELDS: Record<
  FieldName,
  (bench: Bench, places: Places, axes: Axes) => Float32Array<ArrayBuffer>
> = {
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
  round_trip(bench, { latents, rows, z }) {
    const [decoder, encoder] = [bench.decoder!, bench.encoder!]; // whoever asks waits for both
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
    const decoder = bench.decoder!;
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
export const HEAVY_FIELDS: ReadonlySet<string> = new Set(['round_trip', 'stretch']);

function crowdingOf(bench: Bench): Crowding {
  bench.crowding ??= new Crowding(bench.latents, bench.z);
  return bench.crowding;
}

function perRow(rows: number, value: (row: number) => number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: rows }, (_, row) => value(row));
}

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

function shifted(
  latents: Float32Array,
  axis: Float32Array,
  amount: number,
  z: number,
): Float32Array {
  return latents.map((value, at) => value + amount * axis[at % z]);
}
