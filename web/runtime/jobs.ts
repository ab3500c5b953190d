// @ts-nocheck
// The page's side of the worker: one job per channel, where a newer one replaces an older one.

import { makeWorkbench } from './workbench.ts';

/** The bundled text of worker.ts; build.ts puts it in. */
declare const WORKER_SOURCE: string;

/** Hands heavy work to a worker and its parts to whoever asked. */
export class Jobs {
  constructor() {
    this.nextId = 1;
    this.open = new Map(); // id -> job
    this.channels = new Map(); // channel -> id
    this.worker = startWorker((message) => this.receive(message));
  }

  /** Tell the worker of a network: `{model, z, latents, train, errors, decoder, encoder}`, any part of it. */
  load(message) {
    this.worker.post({ type: 'load', ...message });
  }

  /**
   * Start a job; an unfinished one on the same channel is dropped.
   * @param {string} channel
   * @param {{model: string, task: string, latents: Float32Array, options?: object,
   *   priority?: number}} job - task: 'decode' or the name of a field
   * @param {(part: {start: number, rows: number, values: TypedArray, last: boolean}) => void} onPart
   */
  run(channel, job, onPart) {
    this.cancel(channel);
    const id = this.nextId++;
    this.channels.set(channel, id);
    this.open.set(id, { channel, onPart });
    this.worker.post({ type: 'run', id, options: {}, priority: 1, ...job });
  }

  cancel(channel) {
    const id = this.channels.get(channel);
    if (id === undefined) return;
    this.channels.delete(channel);
    this.open.delete(id);
    this.worker.post({ type: 'cancel', id });
  }

  receive(message) {
    const job = this.open.get(message.id);
    if (!job) return;
    if (message.last || message.failed) {
      this.open.delete(message.id);
      this.channels.delete(job.channel);
    }
    if (message.failed) console.warn(`latentlab: ${message.failed}`);
    else job.onPart(message);
  }

  stop() {
    this.open.clear();
    this.worker.stop();
  }
}

function startWorker(receive) {
  try {
    const address = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }));
    const worker = new Worker(address);
    worker.onmessage = ({ data }) => receive(data);
    return {
      post: (message) => worker.postMessage(message),
      stop: () => {
        worker.terminate();
        URL.revokeObjectURL(address);
      },
    };
  } catch {
    // Workers are forbidden here: the same work, in small parts between two frames.
    const handle = makeWorkbench((message) => setTimeout(() => receive(message)));
    return { post: handle, stop: () => {} };
  }
}
