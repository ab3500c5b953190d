// What moves with the playhead: the maps, the images beside them, the loss curves and the transport.

import type { Theme } from '../lib/colors.ts';
import { h, prefersStill } from '../lib/dom.ts';
import type { Choice } from './address.ts';
import { Clock } from './clock.ts';
import { Curves } from './curves.ts';
import type { Decoder } from './decoder.ts';
import { Gallery } from './gallery.ts';
import { Pane, type Shown, type Spot, type Zoom } from './pane.ts';
import type { Run } from './run.ts';
import { Transport } from './transport.ts';
import type { Meanings } from '../lib/term.ts';

const PADDING = 17; // pixels at both sides of the panel
const LONGEST_FRAME = 0.1; // seconds
// Between two frames of a glide while a network trains: it needs the processor more than the eye does.
const LIVE_FRAME = 0.048;

/** A run that can be shown. */
export interface Entry {
  run: Run;
  decoder: Decoder;
  title: string;
}
interface Needs {
  root: HTMLElement;
  meanings: Meanings;
  theme: () => Theme;
  choice: () => Choice;
  /** The playhead was moved by hand, or has come to the end. */
  moved: () => void;
  star: (row: number | null) => void;
}

export class Player {
  readonly clock = new Clock();
  readonly maps = h('div', { class: 'maps' });
  readonly panel = h('div', { class: 'panel' });
  readonly transport: Transport;
  entries: Entry[] = [];
  private readonly needs: Needs;
  private readonly gallery: Gallery;
  private readonly curves: Curves;
  private readonly observer = new ResizeObserver(() => this.resize());
  private panes: Pane[] = [];
  private spot: Spot | null = null;
  private zoom: Zoom | null = null;
  private frame: number | null = null;
  private before = 0;
  private isDirty = true;
  private stopped = false;

  constructor(needs: Needs) {
    this.needs = needs;
    this.clock.still = prefersStill();
    this.transport = new Transport(this.clock, needs.moved);
    this.gallery = new Gallery(needs.meanings);
    this.curves = new Curves(needs.meanings, (step) => {
      this.clock.seek(step);
      needs.moved();
    });
    this.transport.element.hidden = true;
    this.panel.append(this.gallery.element, this.curves.element);
    this.observer.observe(this.maps);
  }

  stop(): void {
    this.stopped = true;
    this.observer.disconnect();
    if (this.frame !== null) cancelAnimationFrame(this.frame);
  }

  /** Put maps on the page; false: they are there already. */
  lay(entries: Entry[]): boolean {
    const names = (list: Entry[]) => list.map(({ run, title }) => `${run.id} ${title}`).join();
    if (names(entries) === names(this.entries)) return false;
    for (const { decoder } of this.entries) decoder.uncover();
    this.entries = entries;
    this.transport.element.hidden = !entries.length;
    this.zoom = null;
    const actions = {
      point: (spot: Spot | null) => this.point(spot),
      star: this.needs.star,
      zoom: (zoom: Zoom | null) => this.look(zoom),
    };
    this.panes = entries.map(({ run, decoder, title }) => new Pane(run, decoder, title, actions));
    this.maps.replaceChildren(...this.panes.map(({ element }) => element));
    this.gallery.lay(this.panes, entries.map(({ title }) => title));
    this.resize();
    return true;
  }

  /** Take new stages; while others follow, the slider is as long as the training. */
  track(isLive: boolean): void {
    const runs = this.entries.map(({ run }) => run);
    const steps = [...new Set(runs.flatMap((run) => run.steps))].sort((a, b) => a - b);
    const planned = isLive ? runs.map(({ opening }) => opening.header.n_steps) : [];
    this.clock.take({ steps: steps.length ? steps : [0], last: Math.max(0, ...planned, ...steps) });
    this.curves.lay(runs, this.entries.map(({ title }) => title), this.clock.track.last);
    this.repaint();
  }

  private resize(): void {
    for (const pane of this.panes) pane.resize();
    // On a phone the panel's parts stand by themselves, and the page is scrolled.
    const { clientWidth: width, clientHeight: height } = this.panel;
    if (width) this.gallery.resize(width - 2 * PADDING, height);
    else this.gallery.resize(this.maps.clientWidth - 2 * PADDING, Infinity);
    this.repaint();
  }

  private point(spot: Spot | null): void {
    this.spot = spot;
    this.repaint();
  }

  private look(zoom: Zoom | null): void {
    this.zoom = zoom;
    this.repaint();
  }

  repaint(): void {
    this.isDirty = true;
    this.await();
  }

  private await(): void {
    if (!this.stopped) this.frame ??= requestAnimationFrame((now) => this.paint(now));
  }

  private paint(now: number): void {
    const { clock } = this;
    this.frame = null;
    const since = (now - this.before) / 1000;
    const wasPlaying = clock.playing;
    const mayMove = !clock.following || since >= LIVE_FRAME;
    if (mayMove) this.before = now;
    const hasMoved = mayMove && clock.tick(Math.min(LONGEST_FRAME, since));
    if (hasMoved || this.isDirty) this.paintAt(clock.step);
    if (wasPlaying && clock.isAtEnd) this.needs.moved();
    if (hasMoved || !mayMove || (wasPlaying && !clock.isAtEnd)) this.await();
  }

  private paintAt(step: number): void {
    this.isDirty = false;
    const { labels, lattice, star } = this.needs.choice();
    const { spot, zoom } = this;
    const shown: Shown = { step, theme: this.needs.theme(), labels, lattice, star, spot, zoom };
    for (const pane of this.panes) {
      pane.decoder.use(pane.run.stageAt(step));
      if (lattice) pane.decoder.cover();
      pane.paint(shown);
    }
    this.gallery.update(step);
    this.gallery.point(spot, step);
    this.curves.point(step);
    const [run] = this.entries.map((entry) => entry.run);
    const isEmpty = !this.entries.length;
    this.transport.update(isEmpty ? 0 : run.epochAt(Math.round(step)));
    const { dataset } = this.needs.root;
    dataset.step = String(Math.round(step));
    dataset.stages = String(isEmpty ? 0 : run.stages.length);
  }
}
