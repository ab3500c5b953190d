// The component: a canvas to draw on. The network answers in the browser while the pointer moves;
// the server is told too, one message on its way at a time, the latest drawing wins.

import { kept, listen, publish } from '../lib/bus.ts';
import { type Board, type Component, keeping } from '../lib/component.ts';
import { h, paintImage } from '../lib/dom.ts';
import { type Floats, base64, readHeader, unpack } from '../lib/message.ts';
import { type Network, loadNetwork } from '../runtime/runtime.ts';
import { Strokes } from './brush.ts';
import type { Header, NetworkHeader, Seen, Told } from './messages.ts';
import { Pad } from './pad.ts';

const ANSWER_WITHIN = 1500; // milliseconds after which a lost answer is no longer waited for

interface Waiting {
  id: number;
  bytes: Uint8Array;
}

export default keeping('#drawing', (root) => new Place(root), (place, component) => place.show(component));

/** The place of a canvas on the page; another network or set gets another canvas. */
class Place implements Board {
  private readonly root: HTMLElement;
  private drawing: Drawing | null = null;

  constructor(root: HTMLElement) {
    this.root = root;
  }

  show({ data, setStateValue }: Component): void {
    const header = readHeader<Header>(data);
    if (this.drawing?.statistics.fingerprint !== header.fingerprint) {
      this.drawing?.stop();
      this.drawing = new Drawing(this.root, header);
    }
    this.drawing.tell = setStateValue;
    this.drawing.giveWay(header.cleared);
  }

  stop(): void {
    this.drawing?.stop();
  }
}

/** One canvas and its network. */
class Drawing {
  readonly statistics: Header;
  tell!: Component['setStateValue'];
  private readonly pad: Pad;
  private readonly previews: { seen: HTMLCanvasElement; drawn: HTMLCanvasElement } | null;
  private readonly shape: string;
  private readonly told: Set<string>;
  private readonly ids: { last: number };
  private readonly unlisten: (() => void)[];
  private networks: { encoder: Network; decoder: Network } | null = null;
  private has: string | null = null;
  private inFlight: number | null = null;
  private waiting: Waiting | null = null;
  private deadline: ReturnType<typeof setTimeout> | undefined;
  private frame = 0;

  constructor(root: HTMLElement, header: Header) {
    this.statistics = header;
    this.shape = String(header.shape);
    this.told = kept(`drawing told ${header.set}`, () => new Set()); // in which shapes, as it is now
    this.ids = kept('drawing ids', () => ({ last: 0 }));
    const strokes = kept(`drawing ${header.set}`, () => new Strokes());
    this.pad = new Pad(header, header.hint, strokes, {
      changed: () => this.afterChange(),
      lifted: () => {
        if (this.frame) this.look();
      },
    });
    this.previews = header.preview ? { seen: h('canvas'), drawn: h('canvas') } : null;
    const { sheet, tools } = this.pad;
    root.replaceChildren(sheet, tools.element, this.previews ? captioned(this.previews) : '');
    // What the server was told of may no longer be asked about: only a change asks about it again.
    if (this.told.has(this.shape)) this.look({ quietly: true });
    else this.lookSoon();
    this.unlisten = [
      listen<number>('answered', (id) => this.answered(id)),
      listen<Uint8Array>('drawing network', (bytes) => void this.takeNetwork(bytes)),
    ];
  }

  /** Take the network, which arrives once in a message of its own. */
  private async takeNetwork(bytes: Uint8Array): Promise<void> {
    const { network, specs } = readHeader<NetworkHeader>(bytes);
    if (network !== this.statistics.network || this.has === network) return;
    this.has = network;
    if (!specs) return; // the browser cannot run it: the server's answer comes a little later
    const { arrays } = unpack<NetworkHeader, { encoder: Floats; decoder: Floats }>(bytes);
    const [encoder, decoder] = await Promise.all([
      loadNetwork(specs.encoder, arrays.encoder),
      loadNetwork(specs.decoder, arrays.decoder),
    ]);
    this.networks = { encoder, decoder };
    this.look({ quietly: true }); // what was drawn before; the server knows it already
  }

  /** Another image has taken the place of the drawing with this number: the canvas is free again. */
  giveWay(number: number): void {
    if (!number || number < this.ids.last || this.pad.strokes.isEmpty) return;
    this.pad.strokes.clear();
    this.pad.paint();
  }

  private afterChange(): void {
    this.told.clear();
    this.lookSoon();
  }

  private lookSoon(): void {
    this.frame ||= requestAnimationFrame(() => this.look());
  }

  /** Let the network look at the drawing as it is now, and tell the server unless quietly. */
  private look({ quietly = false } = {}): void {
    if (!quietly) {
      cancelAnimationFrame(this.frame);
      this.frame = 0;
    }
    if (this.pad.strokes.isEmpty) return;
    const seen = this.pad.seen();
    const { shape } = this.statistics;
    const drawn = this.reconstructed(seen);
    if (this.previews) paintImage(this.previews.seen, seen, shape);
    if (this.previews && drawn) paintImage(this.previews.drawn, drawn, shape);
    if (quietly) return;
    const id = ++this.ids.last;
    publish('seen', { id, shape, seen, drawn } satisfies Seen);
    this.send({ id, bytes: seen });
  }

  private reconstructed(bytes: Uint8Array): Float32Array | null {
    if (!this.networks) return null;
    const { encoder, decoder } = this.networks;
    const latent = encoder.run(Float32Array.from(bytes, (value) => value / 255));
    return decoder.run(latent.slice(0, this.statistics.latent_dim)).slice();
  }

  /** One drawing at a time is on its way to the server; of those that wait, the latest goes next. */
  private send(drawing: Waiting): void {
    this.waiting = drawing;
    if (this.inFlight !== null) return;
    const { id, bytes } = drawing;
    this.inFlight = id;
    this.waiting = null;
    this.told.add(this.shape);
    this.deadline = setTimeout(() => this.answered(id), ANSWER_WITHIN);
    const { network, speaks } = this.statistics;
    const told: Told = { id, pixels: base64(bytes), has: this.has, network };
    if (speaks) this.tell('drawing', told);
    else publish('drawing', told); // another component tells it
  }

  private answered(id: number): void {
    if (this.inFlight === null || id < this.inFlight) return;
    clearTimeout(this.deadline);
    this.inFlight = null;
    if (this.waiting) this.send(this.waiting);
  }

  stop(): void {
    if (this.frame || this.waiting) this.told.delete(this.shape); // the next canvas tells it
    cancelAnimationFrame(this.frame);
    clearTimeout(this.deadline);
    this.unlisten.forEach((stop) => stop());
  }
}

function captioned({ seen, drawn }: { seen: HTMLElement; drawn: HTMLElement }): HTMLElement {
  const named = (canvas: HTMLElement, text: string) =>
    h('figure', {}, canvas, h('figcaption', { text }));
  const figures = [named(seen, 'What the network sees'), named(drawn, 'Reconstruction')];
  return h('div', { class: 'previews' }, ...figures);
}
