// What a layer is. Layers run in the worker, a few places at a time; each means the same as the layer of
// its name in tests/reference/layers.py, and a test compares them.

import type { Network } from '../../runtime/runtime.ts';
import { Crowding } from '../crowding.ts';

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
  /** All images, n x z, with their errors. */
  latents: Float32Array;
  errors: Float32Array;
  /** The training images alone. */
  train: Float32Array;
  decoder?: Network;
  encoder?: Network;
  crowding?: Crowding;
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

/** A network that whoever asked has waited for. */
export function loaded(bench: Bench, part: 'decoder' | 'encoder'): Network {
  const network = bench[part];
  if (!network) throw new Error(`The ${part} has not arrived.`);
  return network;
}
