// Local sensitivity: how fast the decoded image changes.

import { variances } from '../crowding.ts';
import { type Layer, loaded, perRow } from './layer.ts';

const STEP = 0.01; // of the spread of the latents: far above rounding, far below any structure

/** The norm of the decoder's Jacobian over the plane of the map, by central differences. */
export const local_sensitivity: Layer = {
  title: 'Local sensitivity',
  help: 'Norm of the decoder’s Jacobian: bright where a small step changes the image a lot.',
  ends: ['low', 'high'],
  runs: 'decoder',
  compute(bench, { latents, rows, z }, { u, v }) {
    const decoder = loaded(bench, 'decoder');
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

function shifted(
  latents: Float32Array,
  axis: Float32Array,
  amount: number,
  z: number,
): Float32Array {
  return latents.map((value, at) => value + amount * axis[at % z]);
}
