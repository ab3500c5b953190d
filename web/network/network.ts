// The component: an image on its way through a network. All that moves is computed here; the server
// only says which image it is.

import type { Seen, Told } from '../drawing/messages.ts';
import { kept, listen, publish, tell } from '../lib/bus.ts';
import { readTheme } from '../lib/colors.ts';
import { type Board, type Component, keeping } from '../lib/component.ts';
import { h } from '../lib/dom.ts';
import { type Values, merged } from '../lib/address.ts';
import { readHeader, unpack } from '../lib/message.ts';
import { App } from './app.ts';
import { loadFlow } from './flow.ts';
import type { NetworkArrays, NetworkHeader, PictureArrays, PictureHeader } from './messages.ts';

const CANNOT = 'The browser cannot run this network, so its layers cannot be shown here.';

export default keeping('#network', (root) => new NetworkBoard(root), (board, component) => board.show(component));

/** The place of a network on the page; another network gets another one. */
class NetworkBoard implements Board {
  private readonly root: HTMLElement;
  private readonly unlisten: (() => void)[];
  private app: App | null = null;
  private loading = '';
  private header: PictureHeader | null = null;
  private data: Uint8Array | null = null;
  private shown = 0; // number of the drawing that was shown before the server answered
  private untold: Told | null = null;
  private kept: Values | null = null;
  private tell: Component['setStateValue'] = () => {};

  constructor(root: HTMLElement) {
    this.root = root;
    this.unlisten = [
      listen<Uint8Array>('hourglass network', (bytes) => void this.takeNetwork(bytes)),
      listen<Seen>('seen', (drawing) => this.preview(drawing)),
      listen<Values>('network address', (values) => this.returned(values)),
      listen<Told>('drawing', (drawing) => this.pass(drawing)),
    ];
  }

  /** Take the network, which arrives once in a message of its own. */
  private async takeNetwork(bytes: Uint8Array): Promise<void> {
    const { network } = readHeader<NetworkHeader>(bytes);
    if (this.loading === network) return;
    this.loading = network;
    const { header, arrays } = unpack<NetworkHeader, NetworkArrays>(bytes);
    const isKnown = Object.keys(header.parts).length > 0;
    const flow = isKnown ? await loadFlow(header, arrays).catch(() => null) : null;
    if (this.loading !== network) return; // another one was chosen meanwhile
    this.shown = 0;
    this.app?.stop();
    // The rest of the page waits for this: what it loads would keep the browser from drawing.
    const seen = () => setTimeout(() => tell('drawn', network));
    this.app = flow && new App(flow, header, arrays, seen);
    if (!flow) seen();
    this.root.replaceChildren(this.app?.element ?? h('p', { text: CANNOT }));
    this.restyle();
    this.showPicture();
  }

  /** Show what the server says, an image or another theme. */
  show({ data, setStateValue }: Component): void {
    this.tell = setStateValue;
    const header = readHeader<PictureHeader>(data);
    const isNew = !this.data || !isSame(data, this.data);
    this.data = data;
    this.header = header;
    this.restyle();
    publish('answered', header.drawing);
    if (isNew) this.showPicture();
    if (this.untold) this.pass(this.untold); // drawn before there was a board
  }

  /** Show what the address said before the visitor was on another page. */
  private returned(values: Values): void {
    this.kept = values;
    if (this.app?.hasPicture) this.followKept();
  }

  private followKept(): void {
    if (this.kept) this.app?.followLink(`?${merged(location.search, this.kept)}`);
    this.kept = null;
  }

  private restyle(): void {
    const { app } = this;
    if (app) app.show(readTheme(this.root, app.header.looks));
  }

  private showPicture(): void {
    const { data, header, app } = this;
    if (!data || !header || header.network !== app?.header.network) return;
    // A stroke is shown before the server answers, and one that is newer than the answer stays.
    if (header.drawn && header.drawing <= this.shown) return;
    const { arrays } = unpack<PictureHeader, PictureArrays>(data);
    app.take(header, arrays);
    this.followKept();
  }

  /** Show a drawing before the server has answered; what is degraded first comes from the server. */
  private preview(drawing: Seen): void {
    const { header, app } = this;
    if (!header || !app || header.task || drawing.id <= header.drawing) return;
    if (String(drawing.shape) !== String(app.header.image)) return;
    const { seen } = drawing;
    this.shown = drawing.id;
    const source = 'your drawing';
    app.take({ ...header, source, absent: false, stored_error: null }, { inputs: seen, target: seen });
  }

  /** Tell Python of a drawing: what changes then is this component. */
  private pass(drawing: Told): void {
    this.untold = drawing;
    if (drawing.network !== this.header?.network) return;
    this.untold = null;
    const told = kept('told drawings', () => ({ last: 0 })); // who listens later hears it once more
    if (drawing.id <= told.last) return;
    told.last = drawing.id;
    this.tell('drawing', drawing);
  }

  stop(): void {
    this.unlisten.forEach((stop) => stop());
    this.app?.stop();
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
