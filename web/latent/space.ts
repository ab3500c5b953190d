// @ts-nocheck
// What is known of a checkpoint's latent space: where its images landed, and how near is near.

const NEIGHBORS_IN_CROWD = 10; // the radius is chosen so that a typical image has this many around it
const CROWD_SAMPLE = 128;
const FAR_PERCENTILE = 99;
const DEAD_VARIANCE = 0.01; // Burda et al. 2016: a dimension whose mean hardly moves is unused

/** The latent index of one checkpoint, as sent by latentlab/ui/explore. */
export class Space {
  /** @param {{header: object, arrays: object}} message */
  constructor({ header, arrays }) {
    Object.assign(this, header);
    this.z = header.latent_dim;
    this.n = arrays.labels.length;
    this.latents = arrays.latents;
    this.stds = arrays.stds ?? null;
    this.labels = arrays.labels;
    this.numbers = arrays.numbers;
    this.splits = arrays.splits;
    this.errors = arrays.errors;
    this.distances = arrays.distances;
    const rows = Int32Array.from({ length: this.n }, (_, row) => row);
    const train = rows.filter((row) => this.splits[row] === 0);
    this.train = train.length ? train : rows;
    this.sorted = Float32Array.from(this.train, (row) => this.distances[row]).sort();
    this.farDistance = quantile(this.sorted, FAR_PERCENTILE / 100);
  }

  /** The latent of one row; a view. */
  latent(row) {
    return this.latents.subarray(row * this.z, (row + 1) * this.z);
  }

  /** What fields are computed from: all latents with their errors, and those of training images. */
  known() {
    const train = new Float32Array(this.train.length * this.z);
    this.train.forEach((row, i) => train.set(this.latent(row), i * this.z));
    return { latents: this.latents, errors: this.errors, train };
  }

  /** Squared distance between a latent and a row. */
  squared(z, row) {
    let sum = 0;
    for (let d = 0, at = row * this.z; d < this.z; d++, at++) {
      const difference = this.latents[at] - z[d];
      sum += difference * difference;
    }
    return sum;
  }

  /**
   * The nearest training images of a latent.
   * @param {ArrayLike<number>} z
   * @param {number} [k]
   * @returns {{row: number, distance: number}[]} nearest first
   */
  nearest(z, k = 1) {
    const rows = new Int32Array(k).fill(-1);
    const least = new Float64Array(k).fill(Infinity);
    const { train } = this;
    for (let i = 0; i < train.length; i++) {
      const squared = this.squared(z, train[i]);
      if (squared >= least[k - 1]) continue;
      let place = k - 1;
      for (; place > 0 && least[place - 1] > squared; place--) {
        least[place] = least[place - 1];
        rows[place] = rows[place - 1];
      }
      least[place] = squared;
      rows[place] = train[i];
    }
    const found = Array.from(rows, (row, i) => ({ row, distance: Math.sqrt(least[i]) }));
    return found.filter(({ row }) => row >= 0);
  }

  /** How many per cent of training images have a nearer neighbor than this; ties count half. */
  percentile(distance) {
    const below = lowerBound(this.sorted, distance, (value, limit) => value < limit);
    const upTo = lowerBound(this.sorted, distance, (value, limit) => value <= limit);
    return (50 * (below + upTo)) / this.sorted.length;
  }

  /** Whether a place this far from the nearest training image counts as empty. */
  isFar(distance) {
    return distance > this.farDistance;
  }

  /** The radius in which a typical training image has ten others. */
  get radius() {
    this.crowdRadius ??= this.measureRadius();
    return this.crowdRadius;
  }

  measureRadius() {
    const step = Math.max(1, Math.floor(this.train.length / CROWD_SAMPLE));
    const found = [];
    for (let i = 0; i < this.train.length; i += step) {
      const near = this.nearest(this.latent(this.train[i]), NEIGHBORS_IN_CROWD + 1);
      found.push(near[near.length - 1].distance);
    }
    return quantile(Float32Array.from(found).sort(), 0.5) || 1;
  }

  /** How many training images lie within the radius of a latent. */
  crowd(z) {
    const limit = this.radius ** 2;
    let n = 0;
    for (let i = 0; i < this.train.length; i++) if (this.squared(z, this.train[i]) <= limit) n++;
    return n;
  }

  /** The name of a row's class, or '' where there are no labels. */
  className(row) {
    return this.class_names[this.labels[row]] ?? '';
  }

  /**
   * Latent dimensions, the most used first.
   * @returns {{dimension: number, use: number, dead: boolean, low: number, high: number}[]}
   *   use: mean KL in nats for a VAE, variance for a plain autoencoder
   */
  get dimensions() {
    this.measured ??= this.measureDimensions();
    return this.measured;
  }

  measureDimensions() {
    const all = Array.from({ length: this.z }, (_, dimension) => {
      const values = Float32Array.from(
        { length: this.n },
        (_, row) => this.latents[row * this.z + dimension],
      );
      const mean = values.reduce((sum, value) => sum + value, 0) / this.n;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / this.n;
      const use = this.stds ? this.meanKl(dimension) : variance;
      values.sort();
      return {
        dimension,
        use,
        dead: this.stds !== null && variance < DEAD_VARIANCE,
        low: this.stds ? -3 : quantile(values, 0.01),
        high: this.stds ? 3 : quantile(values, 0.99),
      };
    });
    return all.sort((a, b) => a.dead - b.dead || b.use - a.use);
  }

  meanKl(dimension) {
    let sum = 0;
    for (let at = dimension; at < this.latents.length; at += this.z) {
      const [mean, std] = [this.latents[at], Math.max(this.stds[at], 1e-6)];
      sum += 0.5 * (mean * mean + std * std - 1 - 2 * Math.log(std));
    }
    return sum / this.n;
  }

  /** Mean and standard deviation of each latent dimension over the images. */
  get spread() {
    const mean = new Float32Array(this.z);
    const std = new Float32Array(this.z);
    this.latents.forEach((value, at) => {
      mean[at % this.z] += value / this.n;
    });
    this.latents.forEach((value, at) => {
      std[at % this.z] += (value - mean[at % this.z]) ** 2 / this.n;
    });
    return { mean, std: std.map(Math.sqrt) };
  }

  /** The row with the same image in this space, or -1. */
  rowOf(split, number) {
    if (!this.rows) {
      this.rows = new Map();
      for (let row = 0; row < this.n; row++) {
        this.rows.set(`${this.splits[row]}:${this.numbers[row]}`, row);
      }
    }
    return this.rows.get(`${split}:${number}`) ?? -1;
  }
}

/** A quantile of sorted values. */
export function quantile(sorted, share) {
  if (!sorted.length) return 0;
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
}

/** How many of sorted values come before a limit. */
function lowerBound(sorted, limit, isBefore) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(sorted[middle], limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}
