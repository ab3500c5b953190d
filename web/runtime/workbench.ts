// Heavy decoding, one small part at a time, so that something newer never waits for something older.
// The same code runs in a worker, or on the page where workers are forbidden.

import { LAYERS } from '../latent/layers.ts';
import type { AllLatents } from '../latent/plane_density.ts';
import { type Axes, type Bench, type Places, loaded } from '../latent/layers/layer.ts';
import { Network, type NetworkSpec, loadNetwork } from './runtime.ts';

const BATCH = 16;
const IMAGES_PER_PART = 32;
const PLACES_PER_PART = 64;

interface Packed {
  spec: NetworkSpec;
  weights: Float32Array;
}
/** What is known of a network, any part of it. */
export interface Known {
  model: string;
  z: number;
  latents?: Float32Array;
  train?: Float32Array;
  errors?: Float32Array;
  all?: AllLatents;
  decoder?: Packed | null;
  encoder?: Packed | null;
}
/** What is to be computed of latents. */
export interface Task {
  model: string;
  /** 'decode', or the name of a layer. */
  task: string;
  latents: Float32Array;
  /** Of the map, for a layer. */
  options?: Axes;
  /** Lower ones come first. */
  priority?: number;
}
/** What a workbench is told. */
export type Order =
  | ({ type: 'load' } & Known)
  | ({ type: 'run'; id: number } & Task)
  | { type: 'cancel'; id: number };
/** A part of what was asked for: values of so many rows from the row `start`. */
export interface Part {
  start: number;
  rows: number;
  values: Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;
  last: boolean;
}
/** What a workbench answers. */
export type Answer = ({ id: number; failed?: undefined } & Part) | { id: number; failed: string };

type LoadedBench = Bench & { decoderReady?: Promise<void>; encoderReady?: Promise<void> };
interface Job {
  id: number;
  bench: LoadedBench;
  latents: Float32Array;
  priority: number;
  done: number;
  rows: number;
  perPart: number;
  ready: Promise<unknown>;
  step: (places: Places) => Part['values'];
}

/**
 * Make a workbench.
 * @param post - where answers go
 */
export function makeWorkbench(
  post: (answer: Answer, transfer: Transferable[]) => void,
): (order: Order) => void {
  const benches = new Map<string, LoadedBench>();
  let jobs: Job[] = [];
  let running = false;

  async function work(): Promise<void> {
    if (running) return;
    running = true;
    while (jobs.length) {
      jobs.sort((a, b) => a.priority - b.priority || a.id - b.id);
      const job = jobs[0];
      try {
        await job.ready;
        if (jobs.includes(job)) advance(job);
      } catch (error) {
        finish(job);
        post({ id: job.id, failed: error instanceof Error ? error.message : String(error) }, []);
      }
      await pause();
    }
    running = false;
  }

  function advance(job: Job): void {
    const start = job.done;
    const rows = Math.min(job.perPart, job.rows - start);
    const size = job.bench.z;
    const latents = job.latents.subarray(start * size, (start + rows) * size);
    const values = job.step({ latents, rows, z: size });
    job.done += rows;
    const last = job.done >= job.rows;
    if (last) finish(job);
    post({ id: job.id, start, rows, values, last }, [values.buffer]);
  }

  function finish(job: Job): void {
    jobs = jobs.filter((other) => other !== job);
  }

  function load({ model, z, latents, train, errors, all, decoder, encoder }: Known): void {
    const nothing = new Float32Array();
    const bench = benches.get(model) ?? { z, latents: nothing, errors: nothing, train: nothing };
    if (train) Object.assign(bench, { latents, train, errors });
    if (all) bench.all = all;
    if (decoder) bench.decoderReady = network(bench, 'decoder', decoder);
    if (encoder) bench.encoderReady = network(bench, 'encoder', encoder);
    benches.set(model, bench);
  }

  function run({ id, model, task, latents, options, priority = 1 }: Task & { id: number }): void {
    const bench = benches.get(model);
    if (!bench) throw new Error(`Nothing is known of ${model}.`);
    const { z } = bench;
    const axes = options ?? { u: new Float32Array(z), v: new Float32Array(z) };
    const layer = LAYERS[task];
    if (!layer && task !== 'decode') throw new Error(`There is no layer ${task}.`);
    jobs.push({
      ...{ id, bench, latents, priority, done: 0 },
      rows: latents.length / z,
      perPart: layer ? PLACES_PER_PART : IMAGES_PER_PART,
      ready: Promise.all([bench.decoderReady, layer?.runs === 'encoder' ? bench.encoderReady : null]),
      step: layer
        ? (places) => layer.compute(bench, places, axes)
        : (places) => asBytes(loaded(bench, 'decoder').runAll(places.latents, places.rows)),
    });
    void work();
  }

  return (order) => {
    if (order.type === 'load') load(order);
    else if (order.type === 'run') run(order);
    else jobs = jobs.filter((job) => job.id !== order.id);
  };
}

async function network(
  bench: Bench,
  name: 'decoder' | 'encoder',
  { spec, weights }: Packed,
): Promise<void> {
  const there = bench[name];
  // The same network at another stage of its training: its memory is there already.
  if (there instanceof Network && there.isOf(spec)) there.reload(weights);
  else bench[name] = await loadNetwork(spec, weights, { batch: BATCH });
}

function asBytes(values: Float32Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(values, (value) => value * 255 + 0.5);
}

/** Let waiting messages in. A message is quicker than a timer, which browsers slow down. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
