// @ts-nocheck
// The decode canvas: holds what is chosen, and tells its parts when something changes.

import { merged, readAddress } from './address.ts';
import { AddressBar } from './addressbar.ts';
import { readTheme } from '../lib/colors.ts';
import { Compare } from './compare.ts';
import { Cursor } from './cursor.ts';
import { Drawer } from './drawer.ts';
import { Engine } from './engine.ts';
import { helpCard } from './help.ts';
import { Jobs } from '../runtime/jobs.ts';
import { listenToKeys } from './keyboard.ts';
import { Lattice } from './lattice.ts';
import { subscribe } from '../lib/bus.ts';
import { unpack } from '../lib/message.ts';
import { Panel } from './panel.ts';
import { Path } from './path.ts';
import { Pins } from './pins.ts';
import { extentOf, makePlane } from '../latent/plane.ts';
import { listenToPointer } from './pointer.ts';
import { Samples } from './samples.ts';
import { Shading } from './shading.ts';
import { Space } from '../latent/space.ts';
import { Stage } from './stage.ts';
import { Thumbs } from './thumbs.ts';
import { Traversals } from './traversals.ts';

const IDLE = 800; // milliseconds after which what was left undone is done
const ON_MAP = ['points', 'grid', 'shade', 'fog', 'solo', 'plane', 'even']; // what the map is painted from
const EVERYTHING = ['points', 'grid', 'shade', 'fog', 'tool', 'pins', 'present', 'others'];

const NOTES = {
  remote: 'This network runs on the server, so the image follows a moment later.',
  slow: 'This browser has no fast arithmetic (WebAssembly SIMD); decoding is slower here.',
  redrawn: 'The original images are not on this machine; the network’s drawings stand in for them.',
};

/** One canvas on one page. */
export class App {
  /**
   * @param {HTMLElement} root - an empty element that the canvas fills
   * @param {Uint8Array} data - the checkpoint, as latentlab/ui/canvas/messages.py packs it
   */
  constructor(root, data) {
    this.root = root;
    this.listeners = [];
    const message = unpack(data);
    this.space = new Space(message);
    this.fingerprint = this.space.fingerprint;
    const { state, problems } = readAddress(location.search, this.space);
    this.state = state;
    this.theme = readTheme(root, this.space.looks);
    this.makeParts();
    this.stage.build();
    this.layPlane();
    this.begin(message.arrays, problems);
  }

  makeParts() {
    this.jobs = new Jobs();
    this.engine = new Engine(this);
    this.thumbs = new Thumbs(this.space);
    this.lattice = new Lattice(this);
    this.shading = new Shading(this);
    this.cursor = new Cursor(this);
    this.pins = new Pins(this);
    this.path = new Path(this);
    this.samples = new Samples(this);
    this.compare = new Compare(this);
    const { path, samples, compare } = this;
    this.tools = { path, samples, compare, dimensions: new Traversals(this) };
    this.drawer = new Drawer(this);
    this.panel = new Panel(this);
    this.stage = new Stage(this);
    this.address = new AddressBar(this);
  }

  async begin(arrays, problems) {
    const { space, stage } = this;
    this.stops = [
      listenToPointer(this, stage.map),
      stage.watch(),
      this.address.watch(),
      subscribe((id, bytes) => this.receive(id, bytes)),
    ];
    listenToKeys(this, stage.map);
    if (problems.length) this.say(problems.join(' '));
    this.update();
    const decoder = space.decoder && { spec: space.decoder, weights: arrays.weights };
    this.jobs.load({ model: space.name, z: space.z, ...space.known(), decoder });
    await this.engine.start(space, arrays.weights);
    if (this.stopped) return;
    this.noteQuietly();
    this.cursor.rest();
    this.react(new Set(EVERYTHING));
    this.root.dataset.ready = 'true';
    setTimeout(() => this.space.radius, IDLE); // measured before it is first asked for
  }

  noteQuietly() {
    if (this.engine.isRemote) this.panel.notice(NOTES.remote);
    else if (!this.engine.isFast) this.panel.notice(NOTES.slow);
    else if (!this.space.originals) this.panel.notice(NOTES.redrawn);
  }

  /** Take the canvas down; nothing of it keeps running. */
  stop() {
    this.stopped = true;
    this.path.stop();
    this.stops?.forEach((stop) => stop());
    this.jobs.stop();
  }

  /** The page's theme may have changed. */
  restyle() {
    const theme = readTheme(this.root, this.space.looks);
    if (theme.background === this.theme.background) return;
    this.theme = theme;
    this.stage.dress();
    this.stage.controls.fillLegend();
    this.shading.compute();
    this.update();
    this.drawer.refresh();
  }

  /** Which part of the map is on screen. */
  get view() {
    return this.stage.view;
  }

  // ---- messages ----------------------------------------------------------------------------------

  /** Take a message that is for this checkpoint; true: it has been used up. */
  receive(id, bytes) {
    const [kind, name] = id.split(' ');
    const isOther = this.space.others.some((other) => other.fingerprint === name);
    if (kind === 'network' ? !isOther : name !== this.fingerprint) return false;
    const message = unpack(bytes);
    const takers = {
      network: () => this.compare.receive(message),
      answer: () => this.engine.answer(message),
      address: () => this.follow(`?${merged(location.search, message.header.values)}`),
      originals: () => this.takeOriginals(message.arrays.png),
      extras: () => this.takeExtras(message),
    };
    takers[kind]?.();
    return kind === 'answer' || kind === 'address';
  }

  async takeOriginals(png) {
    await this.thumbs.takeOriginals(png);
    if (this.stopped) return;
    this.update();
    if (this.state.tool === 'path') this.drawer.refresh();
  }

  async takeExtras({ header, arrays }) {
    this.compare.receivePca(arrays);
    if (!header.encoder) return;
    const encoder = { spec: header.encoder, weights: arrays.encoder_weights };
    this.jobs.load({ model: this.space.name, z: this.space.z, encoder });
    await this.engine.startEncoder(encoder.spec, encoder.weights);
    if (this.stopped) return;
    if (this.state.shade === 'round_trip') this.shading.compute();
    this.panel.update();
  }

  /** Whether a shading can be computed here and now. */
  canRun(task) {
    return !this.engine.isRemote && (task !== 'round_trip' || this.engine.encoder !== null);
  }

  // ---- state -------------------------------------------------------------------------------------

  on(event, listener) {
    this.listeners.push({ event, listener });
  }

  emit(event) {
    for (const each of this.listeners) if (each.event === event) each.listener();
  }

  /**
   * Change what is chosen.
   * @param {object} patch
   * @param {'replace'|'push'} [history] - whether Back should lead here again
   */
  set(patch, history = 'replace') {
    Object.assign(this.state, patch);
    this.react(new Set(Object.keys(patch)));
    this.address.write(history);
  }

  /** Bring everything in line with the parts of the state that changed. */
  react(changed) {
    const any = (...names) => names.some((name) => changed.has(name));
    if (any('plane', 'even')) {
      this.layPlane();
      this.state.at = null;
      this.stage.applyView();
    }
    if (any('points') && this.state.points === 'images') this.thumbs.fill(this);
    if (any('grid', 'plane', 'even')) this.lattice.rebuild();
    if (any('shade', 'fog', 'plane', 'even')) this.shading.compute();
    if (any('present')) this.stage.lab.classList.toggle('presenting', this.state.present);
    if (any('tool', 'pins', 'selected', 'curve', 'over', 'others', 'match', 'plane')) {
      this.drawer.refresh();
    }
    if (any('pins', 'selected')) this.panel.updateSoon();
    this.stage.hint.hidden = this.state.pins.length > 0;
    this.emit('state');
    this.stage.invalidate(any(...ON_MAP) ? 'map' : 'overlay');
  }

  layPlane() {
    const { space, state } = this;
    const middle = space.model === 'vae' ? new Float32Array(space.z) : space.spread.mean;
    const through = this.through ?? this.pins.chosen()?.z ?? middle;
    this.plane = makePlane(space, state.plane, through, state.even);
    this.places = this.plane.projectAll(space.latents);
    this.extent = extentOf(this.plane, this.places, space.model === 'vae');
  }

  update() {
    this.panel.update();
    this.stage.controls.update();
    this.stage.invalidate('map');
  }

  solo(label) {
    if (label >= this.space.class_names.length) return;
    this.set({ solo: this.state.solo === label ? null : label });
  }

  /** Undo the last thing that was opened; with nothing open, the pins. */
  escape() {
    const { state, stage } = this;
    if (state.present) this.set({ present: false }, 'push');
    else if (!stage.controls.menu.hidden) stage.controls.closeMore();
    else if (state.tool) this.set({ tool: null }, 'push');
    else if (state.solo !== null) this.set({ solo: null });
    else this.pins.clear();
  }

  /** Show what an address says. */
  follow(search) {
    this.state = readAddress(search, this.space).state;
    this.through = null;
    this.layPlane();
    this.stage.applyView();
    this.react(new Set(EVERYTHING));
    this.cursor.rest();
  }

  // ---- words -------------------------------------------------------------------------------------

  say(text) {
    this.stage.say(text);
  }

  openHelp() {
    const card = helpCard(() => {
      card.remove();
      this.stage.map.focus();
    });
    this.stage.lab.append(card);
    card.showModal();
  }
}
