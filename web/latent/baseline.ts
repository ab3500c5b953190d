// PCA as a network to compare with: the best linear autoencoder of the same size.

import { counted } from '../lib/dom.ts';
import type { Floats } from '../lib/message.ts';
import type { Runnable } from '../runtime/runtime.ts';
import { Space } from './space.ts';

export const PCA = 'pca';
export const pcaTitle = (z: number): string => `PCA, ${counted(z, 'component')}`;

/** The same images as principal components. Nothing that was measured of `space` is carried over. */
export function pcaSpace(space: Space, latents: Floats): Space {
  const shaped = <A extends object>(values: A) => Object.assign(values, { shape: [space.n] });
  const title = pcaTitle(space.z);
  return new Space({
    header: {
      ...{ name: PCA, fingerprint: `${space.fingerprint} ${PCA}`, line: title, short: title },
      ...{ model: PCA, beta: 0, latent_dim: space.z, image: space.image },
      ...{ class_names: space.class_names, looks: space.looks, others: [], reencoders: [] },
      ...{ task: space.task, seed: space.seed, recipe: PCA, family: null },
      ...{ originals: space.originals, sample_of: space.sample_of, meanings: space.meanings, decoder: null, far: NaN, usual: [] },
    },
    arrays: {
      latents,
      labels: shaped(Int32Array.from(space.labels)),
      splits: shaped(Int32Array.from(space.splits)),
      numbers: shaped(Int32Array.from(space.numbers)),
      errors: shaped(new Float32Array(space.n).fill(NaN)),
    },
  });
}

/** Decodes a latent as the mean plus a sum of components. */
export class LinearDecoder implements Runnable {
  private readonly mean: Float32Array;
  private readonly components: Float32Array;

  /** @param components - z x pixels */
  constructor(mean: Float32Array, components: Float32Array) {
    this.mean = mean;
    this.components = components;
  }

  run(z: ArrayLike<number>): Float32Array {
    return this.runAll(Float32Array.from(z), 1);
  }

  runAll(latents: Float32Array, rows: number): Float32Array<ArrayBuffer> {
    const pixels = this.mean.length;
    const z = this.components.length / pixels;
    const out = new Float32Array(rows * pixels);
    for (let row = 0; row < rows; row++) {
      out.set(this.mean, row * pixels);
      for (let d = 0; d < z; d++) {
        const weight = latents[row * z + d];
        for (let p = 0; p < pixels; p++) {
          out[row * pixels + p] += weight * this.components[d * pixels + p];
        }
      }
    }
    return out.map((value) => Math.min(1, Math.max(0, value)));
  }
}
