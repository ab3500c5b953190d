// @ts-nocheck
// Decoding under the pointer, on the page itself; on the server where the browser cannot run a network.

import { loadNetwork } from '../runtime/runtime.ts';
import { tell } from '../lib/bus.ts';

const ROWS_PER_QUESTION = 128;

/** Decodes one latent at a time, at once. */
export class Engine {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.network = null;
    this.encoder = null;
    this.answers = new Map(); // id -> callback, of the server
    this.waiting = new Map(); // channel -> latest question not asked yet
    this.asked = null;
    this.session = Math.random().toString(36).slice(2); // old answers are not for this page
    this.nextId = 1;
  }

  async start(space, weights) {
    if (!space.decoder) return;
    this.network = await loadNetwork(space.decoder, weights);
  }

  /** The encoder arrives after the first picture. */
  async startEncoder(spec, weights) {
    this.encoder = await loadNetwork(spec, weights);
  }

  get isRemote() {
    return !this.app.space.decoder;
  }

  /** Whether the fast matrix product is at work. */
  get isFast() {
    return !this.network || this.network.simd;
  }

  /**
   * Decode one latent.
   * @param {ArrayLike<number>} z
   * @param {(values: Float32Array|Uint8Array) => void} show - called at once, or when the server
   *   has answered; not called if a newer question on the same channel replaced this one
   */
  decode(z, show, channel = 'cursor') {
    if (this.network) show(this.network.run(z));
    else if (this.isRemote) this.ask(channel, Float32Array.from(z), ({ values }) => show(values));
  }

  /** Decode many latents in the worker (or on the server), in parts. */
  decodeMany(channel, latents, onPart, priority = 1) {
    const { jobs, space } = this.app;
    if (this.isRemote) this.askParts(channel, latents, onPart);
    else jobs.run(channel, { model: space.name, task: 'decode', latents, priority }, onPart);
  }

  /** Encode one image; null until the encoder has arrived. */
  encode(values) {
    return this.encoder ? this.encoder.run(values).slice(0, this.app.space.z) : null;
  }

  /** Many latents go to the server in parts, one after the other. */
  askParts(channel, latents, onPart, start = 0) {
    const { z } = this.app.space;
    const total = latents.length / z;
    const part = latents.subarray(start * z, (start + ROWS_PER_QUESTION) * z);
    this.ask(channel, part, ({ rows, values }) => {
      const last = start + rows >= total;
      onPart({ start, rows, values, last });
      if (!last) this.askParts(channel, latents, onPart, start + rows);
    });
  }

  /** One question at a time is on its way to the server; of those that wait, the latest wins. */
  ask(channel, latents, onPart) {
    this.waiting.set(channel, { latents, onPart });
    this.askNext();
  }

  askNext() {
    if (this.asked !== null || !this.waiting.size) return;
    const [channel, { latents, onPart }] = this.waiting.entries().next().value;
    this.waiting.delete(channel);
    this.asked = `${this.session}-${this.nextId++}`;
    this.answers.set(this.asked, onPart);
    tell('ask', { id: this.asked, latents: [...latents] });
  }

  /** The server's answer: images as bytes. */
  answer({ header, arrays }) {
    const onPart = this.answers.get(header.answer);
    if (!onPart) return;
    this.answers.delete(header.answer);
    this.asked = null;
    onPart({ start: 0, rows: header.rows, values: arrays.images, last: true });
    this.askNext();
  }
}
