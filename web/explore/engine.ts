// Decoding under the pointer, on the page itself; on the server where the browser cannot run a network.

import type { Space } from '../latent/space.ts';
import { tell } from '../lib/bus.ts';
import type { Bytes } from '../lib/message.ts';
import type { Jobs } from '../runtime/jobs.ts';
import { type Network, type NetworkSpec, loadNetwork } from '../runtime/runtime.ts';
import type { Part } from '../runtime/workbench.ts';

const ROWS_PER_QUESTION = 128;

type OnPart = (part: Part) => void;
type Values = Part['values'] | Float32Array;
/** The server's answer: images as bytes. */
export interface AnswerMessage {
  header: { answer: string; rows: number };
  arrays: { images: Bytes };
}

/** Decodes one latent at a time, at once. */
export class Engine {
  network: Network | null = null;
  encoder: Network | null = null;
  private readonly space: Space;
  private readonly jobs: Jobs;
  private readonly answers = new Map<string, OnPart>(); // id -> callback, of the server
  private readonly waiting = new Map<string, { latents: Float32Array; onPart: OnPart }>(); // by channel
  private readonly pinned = new WeakMap<Float32Array, Values>(); // what pins decoded to
  private asked: string | null = null;
  private readonly session = Math.random().toString(36).slice(2); // old answers are not for this page
  private nextId = 1;

  constructor(space: Space, jobs: Jobs) {
    this.space = space;
    this.jobs = jobs;
  }

  async start(weights: Float32Array | undefined): Promise<void> {
    const { decoder } = this.space;
    if (decoder && weights) this.network = await loadNetwork(decoder, weights);
  }

  /** The encoder arrives after the first picture. */
  async startEncoder(spec: NetworkSpec, weights: Float32Array): Promise<void> {
    this.encoder = await loadNetwork(spec, weights);
  }

  get isRemote(): boolean {
    return !this.space.decoder;
  }

  /** Whether the fast matrix product is at work. */
  get isFast(): boolean {
    return !this.network || this.network.simd;
  }

  /**
   * Decode one latent.
   * @param show - called at once, or when the server has answered; not called if a newer question on
   *   the same channel replaced this one
   */
  decode(z: ArrayLike<number>, show: (values: Values) => void, channel = 'cursor'): void {
    if (this.network) show(this.network.run(z));
    else if (this.isRemote) this.ask(channel, Float32Array.from(z), ({ values }) => show(values));
  }

  /** Decode a pin's latent, which never changes: once, however often and wherever it is shown. */
  decodePin(z: Float32Array, show: (values: Values) => void, channel: string): void {
    const known = this.pinned.get(z);
    if (known) {
      show(known);
      return;
    }
    const keep = (values: Values) => {
      const own = values.slice();
      this.pinned.set(z, own);
      show(own);
    };
    this.decode(z, keep, channel);
  }

  /** Decode many latents in the worker (or on the server), in parts. */
  decodeMany(channel: string, latents: Float32Array, onPart: OnPart): void {
    if (this.isRemote) this.askParts(channel, latents, onPart);
    else this.jobs.run(channel, { model: this.space.name, task: 'decode', latents }, onPart);
  }

  /** Encode one image; null until the encoder has arrived. */
  encode(values: Float32Array): Float32Array | null {
    return this.encoder ? this.encoder.run(values).slice(0, this.space.z) : null;
  }

  /** Many latents go to the server in parts, one after the other. */
  private askParts(channel: string, latents: Float32Array, onPart: OnPart, start = 0): void {
    const { z } = this.space;
    const total = latents.length / z;
    const part = latents.subarray(start * z, (start + ROWS_PER_QUESTION) * z);
    this.ask(channel, part, ({ rows, values }) => {
      const last = start + rows >= total;
      onPart({ start, rows, values, last });
      if (!last) this.askParts(channel, latents, onPart, start + rows);
    });
  }

  /** One question at a time is on its way to the server; of those that wait, the latest wins. */
  private ask(channel: string, latents: Float32Array, onPart: OnPart): void {
    this.waiting.set(channel, { latents, onPart });
    this.askNext();
  }

  private askNext(): void {
    const next = this.waiting.entries().next().value;
    if (this.asked !== null || !next) return;
    const [channel, { latents, onPart }] = next;
    this.waiting.delete(channel);
    this.asked = `${this.session}-${this.nextId++}`;
    this.answers.set(this.asked, onPart);
    tell('ask', { id: this.asked, latents: [...latents] });
  }

  answer({ header, arrays }: AnswerMessage): void {
    const onPart = this.answers.get(header.answer);
    if (!onPart) return;
    this.answers.delete(header.answer);
    this.asked = null;
    onPart({ start: 0, rows: header.rows, values: arrays.images, last: true });
    this.askNext();
  }
}
