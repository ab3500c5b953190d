// What a layer is. Layers run in the worker, a few places at a time; each means the same as the layer of
// its name in tests/reference/layers.py, and a test compares them.

import type { Network } from '../../runtime/runtime.ts';
import { Crowding } from '../crowding.ts';
import { type AllLatents, PlaneDensity } from '../plane_density.ts';

/** Where a layer is asked for. */
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
  /** The images of the index, n x z, with their errors. */
  latents: Float32Array;
  errors: Float32Array;
  /** The training images alone. */
  train: Float32Array;
  decoder?: Network;
  encoder?: Network;
  crowding?: Crowding;
  /** Where the index is but a sample of them. */
  all?: AllLatents;
  plane?: PlaneDensity;
}
/** A scalar field over the map. */
export interface Layer {
  /** In the menu. */
  title: string;
  help: string;
  /** What the two ends of the color scale mean. */
  ends: [low: string, high: string];
  /** A layer that runs a network is computed on a coarser grid, and waits for that network. */
  runs?: 'decoder' | 'encoder';
  /** One value for each row; NaN where there is nothing to say. */
  compute(bench: Bench, places: Places, axes: Axes): Float32Array<ArrayBuffer>;
}

export function perRow(rows: number, value: (row: number) => number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: rows }, (_, row) => value(row));
}

export function crowdingOf(bench: Bench): Crowding {
  bench.crowding ??= new Crowding(bench.latents, bench.z);
  return bench.crowding;
}

/** The density of all images on the plane through a place, counted once for each question. */
export function planeDensityOf(
  bench: Bench,
  all: AllLatents,
  axes: Axes,
  place: Float32Array,
): PlaneDensity {
  if (bench.plane?.axes !== axes) bench.plane = new PlaneDensity(all, bench.latents, axes, place);
  return bench.plane;
}

/** A network that whoever asked has waited for. */
export function loaded(bench: Bench, part: 'decoder' | 'encoder'): Network {
  const network = bench[part];
  if (!network) throw new Error(`The ${part} has not arrived.`);
  return network;
}
