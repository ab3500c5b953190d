// What is known of a checkpoint's latent space: where its images landed, and how near is near.

import type { Look } from '../lib/colors.ts';
import type { Bytes, Floats, Ints } from '../lib/message.ts';
import type { NetworkSpec } from '../runtime/runtime.ts';
import type { PrincipalAxes } from './plane.ts';

const NEIGHBORS_IN_CROWD = 10; // the radius is chosen so that a typical image has this many around it
const CROWD_SAMPLE = 128;
const DEAD_VARIANCE = 0.01; // Burda et al. 2016: a dimension whose mean hardly moves is unused

/** What is said of any checkpoint. */
export interface Described {
  name: string;
  fingerprint: string;
  line: string;
  short: string;
  model: string;
  beta: number;
  latent_dim: number;
  image: number[];
  task: string;
  seed: number;
  /** The same for networks that differ only in their seed. */
  recipe: string;
  /** Name of the family that it belongs to: networks that differ only in `latent_dim`. */
  family: string | null;
}
/** The message `network` of latentlab/ui/explore/messages.py. */
export interface NetworkMessage {
  header: Described & {
    class_names: string[];
    looks: { light: Look; dark: Look };
    others: Described[];
    /** Networks of these images that can decode and encode, whatever their task. */
    reencoders: Described[];
    originals: boolean;
    /** Of how many images those here are a random sample; null where they are all. */
    sample_of: number | null;
    /** The glossary: what each term means, as help of what shows it. */
    meanings: Record<string, string>;
    decoder: NetworkSpec | null;
    /** Beyond this distance no training image is near. */
    far: number;
    /** Percentiles of the distances of validation images; see latentlab/analysis/support.py. */
    usual: number[];
  };
  arrays: {
    latents: Floats;
    labels: Ints;
    splits: Ints | Bytes;
    numbers: Ints;
    errors: Floats;
    stds?: Floats;
    weights?: Floats;
  };
}
/** A row of the index, and how far away it is. */
export interface Near {
  row: number;
  distance: number;
}
export interface Dimension {
  dimension: number;
  /** Mean KL in nats for a VAE, variance for a plain autoencoder. */
  use: number;
  dead: boolean;
  low: number;
  high: number;
}

/** The latent index of one checkpoint, as sent by latentlab/ui/explore. */
export class Space {
  readonly name: string;
  readonly fingerprint: string;
  readonly line: string;
  readonly short: string;
  readonly model: string;
  readonly beta: number;
  /** Height, width and channels of an image. */
  readonly image: number[];
  readonly class_names: string[];
  readonly looks: { light: Look; dark: Look };
  readonly others: Described[];
  readonly reencoders: Described[];
  readonly task: string;
  readonly seed: number;
  readonly recipe: string;
  /** Whether the images themselves will follow. */
  readonly originals: boolean;
  readonly sample_of: number | null;
  readonly meanings: Record<string, string>;
  readonly decoder: NetworkSpec | null;
  readonly z: number;
  readonly n: number;
  /** Values of an image. */
  readonly pixels: number;
  readonly latents: Float32Array;
  readonly stds: Float32Array | null;
  readonly labels: Int32Array;
  readonly numbers: Int32Array;
  readonly splits: ArrayLike<number>;
  readonly errors: Float32Array;
  readonly train: Int32Array;
  readonly farDistance: number;
  readonly usual: number[];
  /** See plane.ts. */
  principal: PrincipalAxes | null = null;
  /** Of how many images the density is known, once they have arrived. */
  counted = 0;
  private crowdRadius?: number;
  private scanned?: { latents: Float32Array; z: Float64Array; squared: Float64Array };
  private measured?: Dimension[];
  private rows?: Map<string, number>;

  constructor({ header, arrays }: NetworkMessage) {
    this.name = header.name;
    this.fingerprint = header.fingerprint;
    this.line = header.line;
    this.short = header.short;
    this.model = header.model;
    this.beta = header.beta;
    this.image = header.image;
    this.class_names = header.class_names;
    this.looks = header.looks;
    this.others = header.others;
    this.reencoders = header.reencoders;
    this.task = header.task;
    this.seed = header.seed;
    this.recipe = header.recipe;
    this.originals = header.originals;
    this.sample_of = header.sample_of;
    this.meanings = header.meanings;
    this.decoder = header.decoder;
    this.z = header.latent_dim;
    this.n = arrays.labels.length;
    this.pixels = header.image.reduce((product, side) => product * side, 1);
    this.latents = arrays.latents;
    this.stds = arrays.stds ?? null;
    this.labels = arrays.labels;
    this.numbers = arrays.numbers;
    this.splits = arrays.splits;
    this.errors = arrays.errors;
    const rows = Int32Array.from({ length: this.n }, (_, row) => row);
    const train = rows.filter((row) => this.splits[row] === 0);
    this.train = train.length ? train : rows;
    this.farDistance = header.far;
    this.usual = header.usual;
  }

  /** The latent of one row; a view. */
  latent(row: number): Float32Array {
    return this.latents.subarray(row * this.z, (row + 1) * this.z);
  }

  /** What the glossary says of a term. */
  meaning(term: string): string | undefined {
    return this.meanings[term];
  }

  /** What fields are computed from: all latents with their errors, and those of training images. */
  known(): { latents: Float32Array; errors: Float32Array; train: Float32Array } {
    const train = new Float32Array(this.train.length * this.z);
    this.train.forEach((row, i) => train.set(this.latent(row), i * this.z));
    return { latents: this.latents, errors: this.errors, train };
  }

  /** Squared distance between a latent and a row. */
  squared(z: ArrayLike<number>, row: number): number {
    let sum = 0;
    for (let d = 0, at = row * this.z; d < this.z; d++, at++) {
      const difference = this.latents[at] - z[d];
      sum += difference * difference;
    }
    return sum;
  }

  /** Squared distances to all training images: measured once, however much is said of a latent. */
  private toTraining(z: ArrayLike<number>): Float64Array {
    const last = this.scanned;
    if (last?.latents === this.latents && last.z.every((value, d) => value === z[d])) {
      return last.squared;
    }
    const squared = new Float64Array(this.train.length);
    for (let i = 0; i < squared.length; i++) squared[i] = this.squared(z, this.train[i]);
    this.scanned = { latents: this.latents, z: Float64Array.from(z), squared };
    return squared;
  }

  /** The nearest training images of a latent, nearest first. */
  nearest(z: ArrayLike<number>, k = 1): Near[] {
    const rows = new Int32Array(k).fill(-1);
    const least = new Float64Array(k).fill(Infinity);
    const { train } = this;
    const all = this.toTraining(z);
    for (let i = 0; i < train.length; i++) {
      const squared = all[i];
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

  /** Of a hundred validation images, how many lie nearer to a training image than this. */
  share(distance: number): number {
    const { usual } = this;
    const next = usual.findIndex((value) => value > distance);
    if (next <= 0) return next < 0 ? usual.length - 1 : 0;
    return next - 1 + (distance - usual[next - 1]) / (usual[next] - usual[next - 1]);
  }

  /** Whether a place this far from the nearest training image counts as empty. */
  isFar(distance: number): boolean {
    return distance > this.farDistance;
  }

  /** The radius in which a typical training image has ten others. */
  get radius(): number {
    this.crowdRadius ??= this.measureRadius();
    return this.crowdRadius;
  }

  private measureRadius(): number {
    const step = Math.max(1, Math.floor(this.train.length / CROWD_SAMPLE));
    const found: number[] = [];
    for (let i = 0; i < this.train.length; i += step) {
      const near = this.nearest(this.latent(this.train[i]), NEIGHBORS_IN_CROWD + 1);
      found.push(near[near.length - 1].distance);
    }
    return quantile(Float32Array.from(found).sort(), 0.5) || 1;
  }

  /** How many training images lie within the radius of a latent. */
  crowd(z: ArrayLike<number>): number {
    const limit = this.radius ** 2;
    return this.toTraining(z).reduce((n, squared) => (squared <= limit ? n + 1 : n), 0);
  }

  /** The name of a row's class, or '' where there are no labels. */
  className(row: number): string {
    return this.class_names[this.labels[row]] ?? '';
  }

  /** Latent dimensions, the most used first. */
  get dimensions(): Dimension[] {
    this.measured ??= this.measureDimensions();
    return this.measured;
  }

  private measureDimensions(): Dimension[] {
    const all = Array.from({ length: this.z }, (_, dimension) => {
      const values = Float32Array.from(
        { length: this.n },
        (_, row) => this.latents[row * this.z + dimension],
      );
      const mean = values.reduce((sum, value) => sum + value, 0) / this.n;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / this.n;
      const use = this.stds ? this.meanKl(this.stds, dimension) : variance;
      values.sort();
      return {
        dimension,
        use,
        dead: this.stds !== null && variance < DEAD_VARIANCE,
        low: this.stds ? -3 : quantile(values, 0.01),
        high: this.stds ? 3 : quantile(values, 0.99),
      };
    });
    return all.sort((a, b) => Number(a.dead) - Number(b.dead) || b.use - a.use);
  }

  private meanKl(stds: Float32Array, dimension: number): number {
    let sum = 0;
    for (let at = dimension; at < this.latents.length; at += this.z) {
      const [mean, std] = [this.latents[at], Math.max(stds[at], 1e-6)];
      sum += 0.5 * (mean * mean + std * std - 1 - 2 * Math.log(std));
    }
    return sum / this.n;
  }

  /** Mean and standard deviation of each latent dimension over the images. */
  get spread(): { mean: Float32Array; std: Float32Array } {
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
  rowOf(split: number, number: number): number {
    if (!this.rows) {
      this.rows = new Map();
      for (let row = 0; row < this.n; row++) {
        this.rows.set(`${this.splits[row]}:${this.numbers[row]}`, row);
      }
    }
    return this.rows.get(`${split}:${number}`) ?? -1;
  }
}

/** Networks in the order of how little their recipes differ from that of one. */
export function nearestFirst(recipe: string, networks: readonly Described[]): Described[] {
  const fields = (text: string) => JSON.parse(text) as Record<string, unknown>;
  const own = fields(recipe);
  const differing = (other: Described) =>
    Object.entries(fields(other.recipe)).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(own[name]),
    ).length;
  const counts = new Map(networks.map((network) => [network, differing(network)]));
  return networks.toSorted((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0));
}

/** A quantile of sorted values. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (!sorted.length) return 0;
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
}
