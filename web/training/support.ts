// Near to the training images of a stage, or far: the definition of latentlab/analysis/support.py, over
// the probe images, which are all that a stage knows of its latent space.

import { quantile } from '../latent/space.ts';

const TRAIN = 0;
const VALIDATION = 1;

/** The training latents of one stage, and how far is far. */
export class Support {
  readonly farDistance: number;
  private readonly latents: Float32Array;
  private readonly z: number;
  private readonly training: number[];

  /**
   * @param latents - n x z
   * @param splits - of each of the n images
   * @param far - the quantile of the validation images' distances from which on a latent is far
   */
  constructor(latents: Float32Array, splits: ArrayLike<number>, z: number, far: number) {
    this.latents = latents;
    this.z = z;
    const all = Array.from({ length: latents.length / z }, (_, row) => row);
    const training = all.filter((row) => splits[row] === TRAIN);
    this.training = training.length ? training : all;
    const others = [VALIDATION, null].map((split) =>
      all.filter((row) => (split === null ? splits[row] !== TRAIN : splits[row] === split)),
    );
    const measured = others.find((rows) => rows.length) ?? all;
    const distances = measured.map((row) => this.distance(latents.subarray(row * z, (row + 1) * z), row));
    this.farDistance = quantile(distances.sort((a, b) => a - b), far);
  }

  /** Whether no training image is near a latent. */
  isFar(latent: ArrayLike<number>): boolean {
    return this.distance(latent) > this.farDistance;
  }

  /** To the nearest training latent, `besides` left out. */
  private distance(latent: ArrayLike<number>, besides = -1): number {
    const { latents, z } = this;
    let least = Infinity;
    for (const row of this.training) {
      if (row === besides) continue;
      let squared = 0;
      for (let d = 0; d < z; d++) squared += (latents[row * z + d] - latent[d]) ** 2;
      if (squared < least) least = squared;
    }
    return Math.sqrt(least);
  }
}
