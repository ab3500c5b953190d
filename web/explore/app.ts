// The decode canvas: makes its parts, hands each what it needs, and brings them in line when something
// changes.

import type { Layer } from '../latent/layers/layer.ts';
import { type NetworkMessage, Space } from '../latent/space.ts';
import { readTheme } from '../lib/colors.ts';
import { subscribe } from '../lib/bus.ts';
import { merged } from '../lib/address.ts';
import { type Bytes, type Floats, unpack } from '../lib/message.ts';
import { Jobs } from '../runtime/jobs.ts';
import { View } from '../scatter/view.ts';
import { readAddress } from './address.ts';
import { AddressBar } from './addressbar.ts';
import { Controls } from './controls.ts';
import { Cursor } from './cursor.ts';
import { Drawer } from './drawer.ts';
import { Engine } from './engine.ts';
import { helpCard } from './help.ts';
import { type ExtrasMessage, makeInbox } from './inbox.ts';
import { listenToKeys } from './keyboard.ts';
import { Lattice } from './lattice.ts';
import { Legend } from './legend.ts';
import { MapView } from './mapview.ts';
import { Menu } from './menu.ts';
import { type Changed, type History, Model } from './model.ts';
import { noticeOf } from './notice.ts';
import { Overlay } from './overlay.ts';
import { Panel } from './panel.ts';
import { Peek } from './peek.ts';
import { Pins } from './pins.ts';
import { listenToPointer } from '../scatter/pointer.ts';
import { Shading } from './shading.ts';
import { Stage } from './stage.ts';
import type { State } from './state.ts';
import { Thumbs } from './thumbs.ts';
import { Tools } from './tools.ts';

const IDLE = 800; // milliseconds after which what was left undone is done
const ON_MAP = ['points', 'grid', 'shade', 'fog', 'solo', 'plane', 'even', 'through'] as const;
const IN_DRAWER = [
  ...(['tool', 'pins', 'selected', 'curve', 'over', 'others', 'match', 'plane'] as const),
  ...(['loops', 'beside', 'round', 'angle', 'solo'] as const),
];
const EVERYTHING: (keyof State)[] = ['points', 'grid', 'shade', 'fog', 'tool', 'pins', 'present', 'others'];

/** One canvas on one page. */
export class App {
  readonly fingerprint: string;
  private readonly root: HTMLElement;
  private readonly space: Space;
  private readonly model: Model;
  private readonly jobs = new Jobs();
  private readonly engine: Engine;
  private readonly thumbs: Thumbs;
  private readonly lattice: Lattice;
  private readonly shading: Shading;
  private readonly cursor: Cursor;
  private readonly pins: Pins;
  private readonly tools: Tools;
  private readonly drawer: Drawer;
  private readonly panel: Panel;
  private readonly menu: Menu;
  private readonly controls: Controls;
  private readonly legend: Legend;
  private readonly address: AddressBar;
  private readonly stage: Stage;
  private readonly stops: (() => void)[];
  private stopped = false;

  /**
   * @param root - an empty element that the canvas fills
   * @param data - the checkpoint, as latentlab/ui/explore/messages.py packs it
   */
  constructor(root: HTMLElement, data: Uint8Array) {
    this.root = root;
    const message = unpack<NetworkMessage['header'], NetworkMessage['arrays']>(data);
    const space = new Space(message);
    const { state, problems } = readAddress(location.search, space);
    const model = new Model(space, state, readTheme(root, space.looks), {
      changed: (what, history) => this.changed(what, history),
      repaint: (what) => this.stage.invalidate(what),
      say: (text) => this.stage.say(text),
    });
    [this.space, this.model, this.fingerprint] = [space, model, space.fingerprint];
    const view = new View();
    const room = { left: 0, right: 0, top: 56, bottom: 0 };
    const { jobs } = this;
    const engine = (this.engine = new Engine(space, jobs));
    const thumbs = (this.thumbs = new Thumbs(space));
    const lattice = (this.lattice = new Lattice(model, jobs));
    const canRun = (layer: Layer) => this.canRun(layer);
    const rescaled = () => this.legend.rescale(shading.ends);
    const shading = (this.shading = new Shading({ model, view, jobs, canRun, rescaled }));
    const painter = new MapView({ model, view, room, lattice, shading, thumbs });
    const peek = new Peek({ model, view, engine, thumbs });
    const cursor = (this.cursor = new Cursor(model, view, {
      show: (shown) => {
        this.panel.show(shown);
        this.tools.compare.follow();
      },
      pick: (px, py, radius) => painter.pick(px, py, radius),
      point: (row) => peek.point(row),
      speak: (text) => this.panel.speak(text),
    }));
    const pins = (this.pins = new Pins(model, view, cursor));
    const refresh = () => this.drawer.refresh();
    const tools = (this.tools = new Tools({ model, view, engine, jobs, cursor, pins, thumbs, refresh }));
    const drawer = (this.drawer = new Drawer(model, tools.byName));
    const panel = (this.panel = new Panel({ model, engine, pins, thumbs, root }));
    const address = (this.address = new AddressBar(model));
    const menu = (this.menu = new Menu(model, {
      fit: () => this.stage.fit(),
      copyLink: () => void address.copy(),
      help: () => this.openHelp(),
    }));
    const controls = (this.controls = new Controls(model, menu));
    const legend = (this.legend = new Legend(model, (label) => this.solo(label)));
    const overlay = new Overlay({ model, view, cursor, drawer });
    this.stage = new Stage({
      ...{ root, model, view, room, painter, overlay, controls, legend, peek, drawer, panel },
      ...{ cursor, shading, address },
    });
    this.stops = this.listen();
    if (problems.length) this.stage.say(problems.join(' '));
    void this.begin(message.arrays.weights);
  }

  private listen(): (() => void)[] {
    const { stage, pins, cursor, model, tools } = this;
    listenToKeys(
      {
        step: (dx, dy) => cursor.step(dx, dy),
        solo: (label) => this.solo(label),
        pin: (letter) => tools.pin(letter),
        lasso: () => tools.draw(),
        removePin: () => pins.remove(model.state.selected),
        play: () => tools.path.togglePlay(),
        zoom: (factor) => stage.zoom(factor),
        fit: () => stage.fit(),
        escape: () => this.escape(),
        help: () => this.openHelp(),
      },
      stage.map,
    );
    const stopPointer = listenToPointer(
      {
        hover: (x, y) => cursor.hover(x, y),
        leave: () => cursor.leave(),
        pan: (dx, dy) => stage.pan(dx, dy),
        zoom: (factor, x, y) => stage.zoom(factor, x, y),
        pinAt: (x, y, radius) => pins.at(x, y, radius),
        addPin: (x, y) => pins.addAt(x, y),
        dragPin: (letter, x, y) => {
          tools.path.stop();
          pins.drag(letter, x, y);
        },
        selectPin: (letter) => pins.select(letter),
        grab: (x, y) => tools.lasso.grab(x, y),
        drawTo: (x, y) => tools.lasso.drag(x, y),
        drawn: () => tools.lasso.end(),
      },
      stage.map,
    );
    const inbox = makeInbox(this.space, {
      network: (message) => this.tools.receive(message),
      reencoder: (message) => void this.tools.reencoding.receive(message),
      answer: (message) => this.engine.answer(message),
      originals: ({ arrays }) => void this.takeOriginals(arrays.png),
      extras: (message) => void this.takeExtras(message),
      all: (message) => {
        this.shading.take(message);
        this.panel.notice(noticeOf(this.engine, this.space));
      },
      address: ({ header }) => this.follow(`?${merged(location.search, header.values)}`),
    });
    // Whoever presents need not click first.
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && model.state.present) this.escape();
    };
    window.addEventListener('keydown', leave);
    return [
      stopPointer,
      () => window.removeEventListener('keydown', leave),
      stage.watch(),
      this.address.watch((search) => this.follow(search)),
      subscribe(inbox),
    ];
  }

  private async begin(weights: Floats | undefined): Promise<void> {
    const { space, engine } = this;
    this.panel.update();
    const decoder = space.decoder && weights ? { spec: space.decoder, weights } : null;
    this.jobs.load({ model: space.name, z: space.z, ...space.known(), decoder });
    await engine.start(weights);
    if (this.stopped) return;
    this.panel.notice(noticeOf(engine, space));
    this.cursor.rest();
    this.react(new Set(EVERYTHING));
    this.root.dataset.ready = 'true';
    setTimeout(() => space.radius, IDLE); // measured before it is first asked for
  }

  /** Take the canvas down; nothing of it keeps running. */
  stop(): void {
    this.stopped = true;
    this.drawer.stop();
    this.menu.close();
    for (const stop of this.stops) stop();
    this.jobs.stop();
  }

  /** The page's theme may have changed. */
  restyle(): void {
    const theme = readTheme(this.root, this.space.looks);
    if (theme.background === this.model.theme.background) return;
    this.model.theme = theme;
    this.stage.dress();
    this.legend.restyle();
    this.shading.compute();
    this.panel.update();
    this.drawer.refresh();
    this.stage.invalidate('map');
  }

  // ---- messages ----------------------------------------------------------------------------------

  private async takeOriginals(png: Bytes): Promise<void> {
    await this.thumbs.take(png);
    if (this.stopped) return;
    this.panel.update();
    this.stage.invalidate('map');
    this.drawer.refresh();
  }

  private async takeExtras({ header, arrays }: ExtrasMessage): Promise<void> {
    this.tools.compare.receivePca(arrays);
    const weights = arrays.encoder_weights;
    if (!header.encoder || !weights) return;
    const { name, z } = this.space;
    this.jobs.load({ model: name, z, encoder: { spec: header.encoder, weights } });
    await this.engine.startEncoder(header.encoder, weights);
    if (this.stopped) return;
    this.shading.compute();
    this.panel.update();
    this.drawer.refresh();
  }

  /** Whether a layer can be computed here and now. */
  private canRun({ runs }: Layer): boolean {
    if (!runs) return true;
    return !this.engine.isRemote && (runs === 'decoder' || this.engine.encoder !== null);
  }

  // ---- state -------------------------------------------------------------------------------------

  private changed(what: Changed, history: History): void {
    this.react(what);
    this.address.write(history, what);
  }

  /** Bring everything in line with what changed. */
  private react(changed: Changed): void {
    const any = (...names: readonly (keyof State | 'through')[]) => names.some((name) => changed.has(name));
    const { state } = this.model;
    if (any('plane', 'even')) {
      state.at = null;
      this.model.layPlane();
      this.stage.applyView();
    }
    if (any('grid', 'plane', 'even', 'through')) this.lattice.rebuild();
    if (any('shade', 'fog', 'grid', 'plane', 'even', 'through')) this.shading.compute();
    if (any(...IN_DRAWER)) this.drawer.refresh();
    if (any('pins', 'selected')) this.panel.updateSoon();
    this.controls.update();
    this.menu.update();
    this.legend.update();
    this.legend.rescale(this.shading.ends);
    this.stage.update();
    this.stage.invalidate(any(...ON_MAP) ? 'map' : 'overlay');
  }

  private solo(label: number): void {
    if (label >= this.space.class_names.length) return;
    this.model.set({ solo: this.model.state.solo === label ? null : label });
  }

  /** Undo the last thing that was opened; with nothing open, the pins. */
  private escape(): void {
    const { model } = this;
    const { present, tool, solo } = model.state;
    if (present) model.set({ present: false });
    else if (this.menu.isOpen) this.menu.close();
    else if (this.tools.letGo()) return;
    else if (tool) model.set({ tool: null });
    else if (solo !== null) model.set({ solo: null });
    else this.pins.clear();
  }

  /** Show what an address says. */
  private follow(search: string): void {
    this.model.replace(readAddress(search, this.space).state);
    this.stage.applyView();
    this.react(new Set(EVERYTHING));
    this.cursor.rest();
  }

  private openHelp(): void {
    const card = helpCard(() => {
      card.remove();
      this.stage.map.focus();
    });
    this.stage.lab.append(card);
    card.showModal();
  }
}
