// One map: decoded grid, points and class names below, the path of an image above, and the cursor over both. Each is
// painted only when it has changed: while a network trains, the browser shares the machine with it. Two
// maps side by side have one pointer and one zoom.

import { ARROWS } from '../lib/arrows.ts';
import type { Theme } from '../lib/colors.ts';
import { clamp, contextOf, h } from '../lib/dom.ts';
import { listenToPointer } from '../scatter/pointer.ts';
import { ScatterPainter } from '../scatter/painter.ts';
import { View, boundsOf } from '../scatter/view.ts';
import type { Decoder } from './decoder.ts';
import { CURSOR_SIDE, paintCursor, paintPath } from './marks.ts';
import type { Run } from './run.ts';

const ROOM = { left: 14, right: 14, top: 40, bottom: 14 };
const NAMED = 120; // pixels across: a smaller cloud has no room for names
const CLICK = 14; // pixels around a point
const KEY_STEP = 0.02; // of the map
const KEY_ZOOM = 1.25;

/** A place as shares of the map's width and height, so that another map has it too. */
export interface Spot {
  x: number;
  y: number;
}
/** Which part of a map is seen: what lies in the middle, and how much closer than the whole map. */
export interface Zoom extends Spot {
  closeness: number;
}
/** What is painted. */
export interface Shown {
  step: number;
  theme: Theme;
  labels: boolean;
  lattice: boolean;
  star: number | null;
  spot: Spot | null;
  /** null: the whole map. */
  zoom: Zoom | null;
}
interface Actions {
  point: (spot: Spot | null) => void;
  star: (row: number | null) => void;
  zoom: (zoom: Zoom | null) => void;
}

export class Pane {
  readonly element: HTMLElement;
  readonly run: Run;
  readonly decoder: Decoder;
  private readonly lower = h('canvas');
  private readonly upper = h('canvas');
  private readonly cursor = h('canvas', { class: 'cursor', hidden: true });
  private readonly whole = h('button', {
    ...{ class: 'whole', text: 'Whole map', title: 'Show the whole map (F)', hidden: true },
    onclick: () => this.actions.zoom(null),
  });
  private readonly view = new View();
  private readonly colored: ScatterPainter;
  private readonly gray: ScatterPainter;
  private readonly names: ScatterPainter;
  private readonly actions: Actions;
  private ratio = 1;
  private shown: Shown | null = null;
  private next: Spot | null = null; // where keys have moved the cursor since the last frame
  private paintedBelow: unknown[] = [];
  private paintedAbove: unknown[] = [];
  private paintedCursor: unknown[] = [];

  constructor(run: Run, decoder: Decoder, title: string, actions: Actions) {
    this.run = run;
    this.decoder = decoder;
    this.actions = actions;
    const { labels } = run.opening.arrays;
    const { class_names } = run.opening.header;
    const nowhere = new Float32Array(2 * run.n);
    this.colored = new ScatterPainter(nowhere, labels, class_names);
    this.gray = new ScatterPainter(nowhere, new Int32Array(run.n).fill(-1), []);
    this.names = new ScatterPainter(nowhere, labels, class_names);
    const surface = h(
      'div',
      {
        class: 'surface',
        tabindex: 0,
        role: 'application',
        'aria-label':
          `Map of the latent space of ${title}. ` +
          'Shift and arrow keys move the cursor, plus and minus zoom, F shows the whole map.',
        onkeydown: (event) => this.key(event),
      },
      this.lower,
      this.upper,
      this.cursor,
    );
    this.element = h('div', { class: 'map' }, surface, h('p', { class: 'name', text: title }), this.whole);
    this.listen(surface);
  }

  /** Take the size that it has on the page. */
  resize(): void {
    const { width, height } = this.element.getBoundingClientRect();
    this.ratio = window.devicePixelRatio || 1;
    for (const canvas of [this.lower, this.upper]) {
      canvas.width = Math.round(width * this.ratio);
      canvas.height = Math.round(height * this.ratio);
    }
    this.view.resize(width, height);
    this.paintedBelow = this.paintedAbove = this.paintedCursor = [];
  }

  // ---- pointer and keys --------------------------------------------------------------------------

  private listen(surface: HTMLElement): void {
    const { actions } = this;
    const nothing = () => undefined;
    listenToPointer(
      {
        hover: (px, py) => actions.point(this.spotAt(px, py)),
        leave: () => actions.point(null),
        pan: (dx, dy) => this.move(() => this.view.pan(dx, dy)),
        zoom: (factor, px, py) => this.move(() => this.view.zoom(factor, px, py)),
        addPin: (px, py) => {
          const row = this.colored.pick(this.view, px, py, CLICK);
          actions.star(row < 0 ? null : row);
        },
        ...{ pinAt: () => null, dragPin: nothing, selectPin: nothing },
        ...{ grab: () => false, drawTo: nothing, drawn: nothing },
      },
      surface,
    );
  }

  /** Show another part of the map. */
  private move(act: () => void): void {
    act();
    const { view } = this;
    const isWhole = view.closeness < 1.01;
    this.actions.zoom(
      isWhole ? null : { ...this.spotAt(view.width / 2, view.height / 2), closeness: view.closeness },
    );
  }

  private spotAt(px: number, py: number): Spot {
    const [x, y] = this.view.toMap(px, py);
    const { left, right, bottom, top } = this.run.extent;
    return { x: (x - left) / (right - left), y: (y - bottom) / (top - bottom) };
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = event.shiftKey ? ARROWS[event.key] : undefined;
    if (arrow) this.step(arrow);
    else if (event.key === '+' || event.key === '=') this.move(() => this.view.zoom(KEY_ZOOM));
    else if (event.key === '-') this.move(() => this.view.zoom(1 / KEY_ZOOM));
    else if (event.key.toLowerCase() === 'f') this.actions.zoom(null);
    else if (event.key === 'Escape') this.actions.star(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Move the cursor by keys, over the part of the map that is seen. */
  private step([dx, dy]: [number, number]): void {
    const { view } = this;
    const at = this.next ?? this.shown?.spot;
    const [px, py] = at ? view.toScreen(...this.mapPlace(at)) : [view.width / 2, view.height / 2];
    const far = KEY_STEP * Math.min(view.width, view.height);
    this.next = this.spotAt(clamp(px + dx * far, 0, view.width), clamp(py + dy * far, 0, view.height));
    this.actions.point(this.next);
  }

  private mapPlace({ x, y }: Spot): [x: number, y: number] {
    const { left, right, bottom, top } = this.run.extent;
    return [left + x * (right - left), bottom + y * (top - bottom)];
  }

  /** The latent at a place. */
  latentAt(spot: Spot): Float32Array {
    return this.run.plane.lift(...this.mapPlace(spot));
  }

  /** Whether no training image is near a place, at the stage that is shown. */
  isFar(spot: Spot): boolean {
    return this.run.supportAt(this.shown?.step ?? 0).isFar(this.latentAt(spot));
  }

  // ---- painting ----------------------------------------------------------------------------------

  paint(shown: Shown): void {
    this.shown = shown;
    this.next = null;
    this.see(shown.zoom);
    const { view, run } = this;
    const { step, theme, labels, lattice, star, spot } = shown;
    const seen = [run.places, step, theme, view.x, view.y, view.scale];
    const below = [...seen, labels, lattice, lattice && this.decoder.laid];
    if (differ(below, this.paintedBelow)) {
      this.paintedBelow = below;
      this.paintBelow(shown);
    }
    const above = star === null ? [null] : [...seen, star];
    if (differ(above, this.paintedAbove)) {
      this.paintedAbove = above;
      const context = this.cleared(this.upper);
      if (star !== null && star < run.n) this.trail(context, shown, star);
    }
    this.layCursor(spot, theme);
  }

  /** Show the whole map, or the part of it that somebody looks at. */
  private see(zoom: Zoom | null): void {
    const { view } = this;
    view.fit(this.run.extent, ROOM);
    this.whole.hidden = zoom === null;
    if (!zoom) return;
    view.scale *= zoom.closeness;
    [view.x, view.y] = this.mapPlace(zoom);
  }

  private paintBelow(shown: Shown): void {
    const { run, view } = this;
    const context = this.cleared(this.lower);
    context.fillStyle = shown.theme.background;
    context.fillRect(0, 0, view.width, view.height);
    if (shown.lattice) this.layGrid(context);
    else this.paintAxes(context, shown.theme);
    const places = run.placesAt(shown.step);
    this.colored.places = this.gray.places = places;
    const radius = run.n > 1500 ? 3 : 4;
    const marks = { kind: 'dot', radius, alpha: shown.lattice ? 0.7 : 0.9 } as const;
    (shown.labels ? this.colored : this.gray).paint(context, view, shown.theme, marks);
    if (shown.labels && !shown.lattice) this.writeNames(context, shown);
  }

  private writeNames(context: CanvasRenderingContext2D, { step, theme }: Shown): void {
    const places = this.run.placesOf(this.run.stageAt(step));
    if (this.names.places !== places) this.names.places = places; // else it knows where the names go
    const { left, right, top, bottom } = boundsOf(this.names.places);
    const size = this.view.scale * Math.max(right - left, top - bottom);
    if (size < NAMED) return; // the images are still at one place
    this.names.paintNames(context, this.view, theme);
  }

  private layGrid(context: CanvasRenderingContext2D): void {
    const { laid } = this.decoder;
    if (!laid) return;
    const [x0, y0] = this.view.toScreen(laid.box.left, laid.box.top);
    const [x1, y1] = this.view.toScreen(laid.box.right, laid.box.bottom);
    context.imageSmoothingEnabled = false;
    context.drawImage(laid.canvas, x0, y0, x1 - x0, y1 - y0);
  }

  private paintAxes(context: CanvasRenderingContext2D, theme: Theme): void {
    const { view, run } = this;
    const [x, y] = view.toScreen(0, 0).map((value) => Math.round(value) + 0.5);
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, view.height);
    if (!run.plane.isLine) {
      context.moveTo(0, y);
      context.lineTo(view.width, y);
    }
    context.stroke();
    context.fillStyle = theme.muted;
    context.font = '14px ui-sans-serif, system-ui, sans-serif';
    context.textAlign = 'right';
    context.fillText(`${run.plane.names[0]} →`, view.width - 12, view.height - 10);
    context.textAlign = 'left';
    if (run.plane.names[1]) context.fillText(`↑ ${run.plane.names[1]}`, 12, ROOM.top + 14);
  }

  private trail(context: CanvasRenderingContext2D, { step, theme }: Shown, row: number): void {
    const past = this.run.stages.filter(({ header }) => header.step <= step);
    const now = this.run.placesAt(step);
    const places = [...past.map((stage) => this.run.placesOf(stage)), now].map((all) =>
      this.view.toScreen(all[2 * row], all[2 * row + 1]),
    );
    paintPath(context, places, theme);
  }

  /** Put the cursor on a place; amber and broken where no training image is near. */
  private layCursor(spot: Spot | null, theme: Theme): void {
    this.cursor.hidden = !spot;
    if (!spot) return;
    const [px, py] = this.view.toScreen(...this.mapPlace(spot));
    const middle = CURSOR_SIDE / 2;
    this.cursor.style.transform = `translate(${px - middle}px, ${py - middle}px)`;
    const look = [theme, this.isFar(spot), this.ratio];
    if (!differ(look, this.paintedCursor)) return;
    this.paintedCursor = look;
    paintCursor(this.cursor, theme, this.isFar(spot), this.ratio);
  }

  private cleared(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const context = contextOf(canvas);
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.view.width, this.view.height);
    return context;
  }
}

const differ = (now: unknown[], before: unknown[]) =>
  now.length !== before.length || now.some((value, i) => value !== before[i]);
