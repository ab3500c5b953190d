// How crowded latent space is, relative to what a typical image has around it: a Gaussian kernel
// density with Scott's bandwidth, the same as tests/reference/density.py.

const TYPICAL_SAMPLE = 1000;
export const SAME = 0.01; // bandwidths: what is nearer than this is the latent itself
const ALIVE = 0.01; // of the largest variance: dimensions that hardly move are no dimensions

/** A kernel density of latents. */
export class Crowding {
  readonly bandwidth: number;
  /** What a typical image has around it. */
  readonly typical: number;
  private readonly latents: Float32Array;
  private readonly z: number;
  private readonly n: number;

  /** @param latents - n x z */
  constructor(latents: Float32Array, z: number) {
    this.latents = latents;
    this.z = z;
    this.n = latents.length / z;
    this.bandwidth = scottBandwidth(latents, z);
    this.typical = this.measureTypical();
  }

  /** Visit every latent with its squared distance to a place. */
  eachSquared(
    place: Float32Array,
    start: number,
    visit: (squared: number, index: number) => void,
  ): void {
    const { latents, z } = this;
    for (let index = 0, at = 0; at < latents.length; index++) {
      let squared = 0;
      for (let d = 0; d < z; d++, at++) {
        const difference = latents[at] - place[start + d];
        squared += difference * difference;
      }
      visit(squared, index);
    }
  }

  /**
   * The kernels at a place, summed, and summed with a weight for each latent; `others` leaves out
   * the latent that lies there itself.
   */
  sums(
    place: Float32Array,
    start: number,
    weights: Float32Array | null = null,
  ): { sum: number; weighted: number; others: number } {
    const scale = -0.5 / this.bandwidth ** 2;
    let sum = 0;
    let weighted = 0;
    let nearest = Infinity;
    this.eachSquared(place, start, (squared, index) => {
      nearest = Math.min(nearest, squared);
      const kernel = Math.exp(squared * scale);
      sum += kernel;
      if (weights) weighted += kernel * weights[index];
    });
    const own = nearest < (SAME * this.bandwidth) ** 2 ? 1 : 0;
    return { sum, weighted, others: Math.max(sum - own, 0) };
  }

  /** The median over images, each without itself. */
  private measureTypical(): number {
    const step = Math.max(1, Math.floor(this.n / TYPICAL_SAMPLE));
    const found: number[] = [];
    for (let row = 0; row < this.n; row += step) {
      found.push(this.sums(this.latents, row * this.z).others);
    }
    found.sort((a, b) => a - b);
    const middle = found.length >> 1;
    const median = found.length % 2 ? found[middle] : (found[middle - 1] + found[middle]) / 2;
    return Math.max(median, 0.5 / this.n);
  }
}

/** Variance of each latent dimension. */
export function variances(latents: Float32Array, z: number): Float64Array {
  const n = latents.length / z;
  const mean = new Float64Array(z);
  const square = new Float64Array(z);
  latents.forEach((value, at) => {
    mean[at % z] += value / n;
  });
  latents.forEach((value, at) => {
    square[at % z] += (value - mean[at % z]) ** 2 / n;
  });
  return square;
}

function scottBandwidth(latents: Float32Array, z: number): number {
  const all = variances(latents, z);
  const most = Math.max(...all);
  const alive = all.filter((variance) => variance >= ALIVE * most);
  const spread = Math.sqrt(alive.reduce((sum, variance) => sum + variance, 0) / alive.length);
  return (latents.length / z) ** (-1 / (alive.length + 4)) * (spread || 1);
}
