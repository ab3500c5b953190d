// The page's side of the worker: one job per channel, where a newer one replaces an older one.

import { type Answer, type Known, type Order, type Part, type Task, makeWorkbench } from './workbench.ts';

/** The bundled text of worker.ts; build.ts puts it in. */
declare const WORKER_SOURCE: string;

type OnPart = (part: Part) => void;

/** Hands heavy work to a worker and its parts to whoever asked. */
export class Jobs {
  private nextId = 1;
  private readonly open = new Map<number, { channel: string; onPart: OnPart }>();
  private readonly channels = new Map<string, number>(); // channel -> id
  private readonly worker = startWorker((answer) => this.receive(answer));

  /** Tell the worker of a network. */
  load(known: Known): void {
    this.worker.post({ type: 'load', ...known });
  }

  /** Start a job; an unfinished one on the same channel is dropped. */
  run(channel: string, task: Task, onPart: OnPart): void {
    this.cancel(channel);
    const id = this.nextId++;
    this.channels.set(channel, id);
    this.open.set(id, { channel, onPart });
    this.worker.post({ type: 'run', id, ...task });
  }

  cancel(channel: string): void {
    const id = this.channels.get(channel);
    if (id === undefined) return;
    this.channels.delete(channel);
    this.open.delete(id);
    this.worker.post({ type: 'cancel', id });
  }

  private receive(answer: Answer): void {
    const job = this.open.get(answer.id);
    if (!job) return;
    if (answer.failed !== undefined || answer.last) {
      this.open.delete(answer.id);
      this.channels.delete(job.channel);
    }
    if (answer.failed !== undefined) console.warn(`latentlab: ${answer.failed}`);
    else job.onPart(answer);
  }

  stop(): void {
    this.open.clear();
    this.worker.stop();
  }
}

function startWorker(receive: (answer: Answer) => void): {
  post: (order: Order) => void;
  stop: () => void;
} {
  try {
    const address = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }));
    const worker = new Worker(address);
    worker.onmessage = ({ data }: MessageEvent<Answer>) => receive(data);
    return {
      post: (order) => worker.postMessage(order),
      stop: () => {
        worker.terminate();
        URL.revokeObjectURL(address);
      },
    };
  } catch {
    // Workers are forbidden here: the same work, in small parts between two frames.
    const handle = makeWorkbench((answer) => setTimeout(() => receive(answer)));
    return { post: handle, stop: () => {} };
  }
}
