// A small latent space for tests.

import type { Look } from '../lib/colors.ts';
import { type NetworkMessage, Space } from './space.ts';

const LOOK: Look = {
  ...{ background: '#000000', surface: '#111111', ink: '#ffffff', muted: '#999999', quiet: '#777777' },
  ...{ line: '#333333', accent: '#00ffff', warning: '#ffaa00', error: '#ff0000' },
  categorical: ['#ff0000', '#00ff00'],
};

const shaped = <A extends object>(values: A): A & { shape: number[] } =>
  Object.assign(values, { shape: [] });

/** Six images of two classes on a line; the last two are test images. */
export function tinyMessage({ z = 2, model = 'ae', stds = false } = {}): NetworkMessage {
  const rows = [0, 1, 2, 3, 4, 5];
  const latents = Float32Array.from(
    rows.flatMap((row) => Array.from({ length: z }, (_, d) => (d ? row * 0.1 * d : row))),
  );
  return {
    header: {
      ...{ name: 'tiny', fingerprint: 'f', line: 'tiny', short: 'tiny', model, beta: 1 },
      ...{ task: 'reconstruct', seed: 0, recipe: '{}', family: null },
      ...{ latent_dim: z, image: [2, 2, 1], class_names: ['even', 'odd'] },
      ...{ looks: { light: LOOK, dark: LOOK }, others: [], reencoders: [], originals: true, sample_of: null, meanings: {}, decoder: null },
      ...{ far: 1, usual: [0, 1] },
    },
    arrays: {
      latents: shaped(latents),
      labels: shaped(Int32Array.from(rows, (row) => row % 2)),
      splits: shaped(Int32Array.of(0, 0, 0, 0, 2, 2)),
      numbers: shaped(Int32Array.of(0, 1, 2, 3, 0, 1)),
      errors: shaped(new Float32Array(6)),
      ...(stds && { stds: shaped(new Float32Array(6 * z).fill(0.1)) }),
    },
  };
}

export const tinySpace = (options: Parameters<typeof tinyMessage>[0] = {}): Space =>
  new Space(tinyMessage(options));
