// @ts-nocheck
// Heavy decoding, one small part at a time, so that something newer never waits for something older.
// The same code runs in a worker, or on the page where workers are forbidden.

import { FIELDS } from '../latent/fields.ts';
import { loadNetwork } from './runtime.ts';

const BATCH = 16;
const IMAGES_PER_PART = 32;
const PLACES_PER_PART = 64;

/**
 * Make a workbench.
 * @param {(message: object, transfer?: Transferable[]) => void} post - where answers go
 * @returns {(message: object) => void} takes `load`, `run` and `cancel` messages
 */
export function makeWorkbench(post) {
  const benches = new Map(); // model name -> what is known of it; networks are promises
  let jobs = [];
  let running = false;

  async function work() {
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
        post({ id: job.id, failed: String(error.message ?? error) });
      }
      await pause();
    }
    running = false;
  }

  function advance(job) {
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

  function finish(job) {
    jobs = jobs.filter((other) => other !== job);
  }

  const handlers = {
    load({ model, z, latents, train, errors, decoder, encoder }) {
      const bench = benches.get(model) ?? { z };
      if (train) Object.assign(bench, { latents, train, errors });
      if (decoder) bench.decoderReady = network(bench, 'decoder', decoder);
      if (encoder) bench.encoderReady = network(bench, 'encoder', encoder);
      benches.set(model, bench);
    },

    run({ id, model, task, latents, options, priority }) {
      const bench = benches.get(model);
      const decode = task === 'decode';
      jobs.push({
        ...{ id, bench, latents, priority, done: 0 },
        rows: latents.length / bench.z,
        perPart: decode ? IMAGES_PER_PART : PLACES_PER_PART,
        ready: Promise.all([bench.decoderReady, task === 'round_trip' ? bench.encoderReady : null]),
        step: decode
          ? (place) => asBytes(bench.decoder.runAll(place.latents, place.rows))
          : (place) => FIELDS[task](bench, place, options),
      });
      work();
    },

    cancel({ id }) {
      jobs = jobs.filter((job) => job.id !== id);
    },
  };
  return (message) => handlers[message.type](message);
}

async function network(bench, name, { spec, weights }) {
  bench[name] = await loadNetwork(spec, weights, { batch: BATCH });
}

function asBytes(values) {
  return Uint8Array.from(values, (value) => value * 255 + 0.5);
}

/** Let waiting messages in. A message is quicker than a timer, which browsers slow down. */
function pause() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
