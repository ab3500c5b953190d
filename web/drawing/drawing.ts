// @ts-nocheck
// The component: a canvas to draw on. The network answers in the browser while the pointer moves;
// the server is told too, one message on its way at a time, the latest drawing wins.

import { Strokes } from './brush.ts';
import { clamp, h, paintImage } from '../lib/dom.ts';
import { kept, listen, publish } from '../lib/link.ts';
import { unpack } from '../lib/message.ts';
import { loadNetwork } from '../runtime/runtime.ts';
import { whatTheNetworkSees } from './seen.ts';
import { toolbar } from './tools.ts';

const CANVAS_SIDE = 256; // about; a whole multiple of the network's input
const ANSWER_WITHIN = 1500; // milliseconds after which a lost answer is no longer waited for

const boards = new WeakMap();

/**
 * Streamlit calls this when the component appears and when its data or the theme changes.
 * @param {{data: Uint8Array, parentElement: ShadowRoot, setStateValue: Function}} component
 * @returns {() => void} takes the canvas down
 */
export default function mount({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector('#drawing');
  const { header } = unpack(data);
  const running = boards.get(root);
  if (running?.fingerprint === header.fingerprint) {
    running.tell = setStateValue;
    running.giveWay(header.cleared);
  } else {
    running?.stop();
    boards.set(root, new Drawing(root, header, setStateValue));
  }
  return () => {
    boards.get(root)?.stop();
    boards.delete(root);
  };
}

/** One canvas, its strokes and its network. */
class Drawing {
  constructor(root, header, tell) {
    Object.assign(this, { root, tell, habits: header, fingerprint: header.fingerprint });
    this.centered = header.is_figure;
    this.size = header.brush;
    this.erases = false;
    this.color = header.inks[0];
    this.ground = css(header.ground);
    this.strokes = kept(`drawing ${header.set}`, () => new Strokes());
    this.shape = String(header.shape);
    this.told = kept(`drawing told ${header.set}`, () => new Set()); // in which shapes, as it is now
    this.ids = kept('drawing ids', () => ({ last: 0 }));
    this.inFlight = null;
    this.waiting = null;
    this.frame = 0;
    this.build();
    this.giveWay(header.cleared);
    this.unlisten = [
      listen('answered', (id) => this.answered(id)),
      listen('network', (network) => this.takeNetwork(network)),
    ];
  }

  /** Take the network, which arrives once in a message of its own. */
  async takeNetwork({ id, specs, encoder, decoder }) {
    if (id !== this.habits.network || this.has === id) return;
    this.has = id;
    if (!specs) return; // the browser cannot run it: the server's answer comes a little later
    [this.encoder, this.decoder] = await Promise.all([
      loadNetwork(specs.encoder, encoder),
      loadNetwork(specs.decoder, decoder),
    ]);
    this.look({ quietly: true }); // what was drawn before; the server knows it already
  }

  build() {
    const [height, width] = this.habits.shape;
    const times = Math.max(1, Math.round(CANVAS_SIDE / Math.max(height, width)));
    this.canvas = h('canvas', {
      class: 'paper',
      width: width * times,
      height: height * times,
      tabindex: 0,
      role: 'img',
      'aria-label': 'Drawing canvas. Draw with the mouse, a finger or a pen.',
    });
    this.context = this.canvas.getContext('2d', { willReadFrequently: true });
    this.hint = h('p', { class: 'hint', text: this.habits.hint });
    this.previews = this.habits.preview ? this.buildPreviews() : null;
    this.tools = toolbar(this);
    const sheet = h('div', { class: 'sheet' }, this.canvas, this.hint);
    this.root.replaceChildren(sheet, this.tools.element, this.previews?.element ?? '');
    this.canvas.style.aspectRatio = `${width} / ${height}`;
    this.paint();
    // What the server was told of may no longer be asked about: only a change asks about it again.
    if (this.told.has(this.shape)) this.look({ quietly: true });
    else this.lookSoon();
    this.listenToPointer();
    this.canvas.onkeydown = (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      if (event.shiftKey) this.redo();
      else this.undo();
    };
  }

  buildPreviews() {
    const [seen, drawn] = [h('canvas'), h('canvas')];
    const named = (canvas, text) => h('figure', {}, canvas, h('figcaption', { text }));
    const element = h(
      'div',
      { class: 'previews' },
      named(seen, 'What the network sees'),
      named(drawn, 'What it draws back'),
    );
    return { element, seen, drawn };
  }

  listenToPointer() {
    const { canvas } = this;
    let active = null;
    canvas.onpointerdown = (event) => {
      if (active !== null || event.button > 0) return;
      event.preventDefault();
      canvas.focus({ preventScroll: true });
      active = event.pointerId;
      canvas.setPointerCapture(active);
      this.strokes.begin({ color: this.color, size: this.size, erases: this.erases });
      this.extend(event);
    };
    canvas.onpointermove = (event) => {
      if (event.pointerId === active) this.extend(event);
    };
    canvas.onpointerup = canvas.onpointercancel = (event) => {
      if (event.pointerId !== active) return;
      active = null;
      if (this.frame) this.look();
    };
  }

  extend(event) {
    const box = this.canvas.getBoundingClientRect();
    const points = event.getCoalescedEvents?.() ?? [];
    const from = this.strokes.list[this.strokes.list.length - 1].points.length;
    for (const point of points.length ? points : [event]) {
      const pressure = point.pointerType === 'pen' ? clamp(point.pressure, 0.1, 1) : 0.75;
      const [x, y] = [point.clientX - box.left, point.clientY - box.top];
      this.strokes.extend(x / box.width, y / box.height, pressure);
    }
    this.strokes.paintEnd(this.context, this.ground, from);
    this.afterChange();
  }

  undo() {
    this.strokes.undo();
    this.paint();
    this.afterChange();
  }

  redo() {
    this.strokes.redo();
    this.paint();
    this.afterChange();
  }

  clear() {
    this.strokes.clear();
    this.paint();
    this.afterChange();
  }

  /** Another image has taken the place of the drawing with this number: the canvas is free again. */
  giveWay(number) {
    if (!number || number < this.ids.last || this.strokes.isEmpty) return;
    this.strokes.clear();
    this.paint();
  }

  /** Turn the centering of the figure on or off. */
  center() {
    this.centered = !this.centered;
    this.afterChange();
  }

  paint() {
    this.strokes.paint(this.context, this.ground);
    this.showState();
  }

  showState() {
    this.hint.hidden = this.strokes.list.length > 0;
    this.tools.refresh();
  }

  afterChange() {
    this.told.clear();
    this.showState();
    this.lookSoon();
  }

  lookSoon() {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.look());
  }

  /** Let the network look at the drawing as it is now, and tell the server unless quietly. */
  look({ quietly = false } = {}) {
    if (!quietly) {
      cancelAnimationFrame(this.frame);
      this.frame = 0;
    }
    if (this.strokes.isEmpty) return;
    const seen = whatTheNetworkSees(this.context, this.habits, this.centered);
    const bytes = Uint8Array.from(seen, (value) => clamp(value, 0, 1) * 255 + 0.5);
    const drawn = this.drawnBack(bytes);
    this.showPreviews(bytes, drawn);
    if (quietly) return;
    const id = ++this.ids.last;
    publish('seen', { id, shape: this.habits.shape, seen: bytes, drawn });
    this.send({ id, bytes });
  }

  drawnBack(bytes) {
    if (!this.decoder) return null;
    const latent = this.encoder.run(Float32Array.from(bytes, (value) => value / 255));
    return this.decoder.run(latent.slice(0, this.habits.latent_dim)).slice();
  }

  showPreviews(seen, drawn) {
    if (!this.previews) return;
    paintImage(this.previews.seen, seen, this.habits.shape);
    if (drawn) paintImage(this.previews.drawn, drawn, this.habits.shape);
  }

  /** One drawing at a time is on its way to the server; of those that wait, the latest goes next. */
  send(drawing) {
    this.waiting = drawing;
    if (this.inFlight !== null) return;
    this.inFlight = drawing.id;
    this.waiting = null;
    this.told.add(this.shape);
    this.deadline = setTimeout(() => this.answered(drawing.id), ANSWER_WITHIN);
    const has = this.has ?? null; // what need not be sent again
    const said = { id: drawing.id, pixels: base64(drawing.bytes), has, network: this.habits.network };
    if (this.habits.speaks) this.tell('drawing', said);
    else publish('drawing', said); // another component tells it
  }

  answered(id) {
    if (this.inFlight === null || id < this.inFlight) return;
    clearTimeout(this.deadline);
    this.inFlight = null;
    if (this.waiting) this.send(this.waiting);
  }

  stop() {
    if (this.frame || this.waiting) this.told.delete(this.shape); // the next canvas tells it
    cancelAnimationFrame(this.frame);
    clearTimeout(this.deadline);
    this.unlisten.forEach((stop) => stop());
  }
}

function base64(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(text);
}

function css(color) {
  const bytes = color.map((value) => Math.round(value * 255));
  return `rgb(${bytes[0]}, ${bytes[1] ?? bytes[0]}, ${bytes[2] ?? bytes[0]})`;
}
