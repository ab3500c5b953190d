// Paints Explore's map: decoded grid, layer, fog, axes and points, from back to front.

import { clamp, contextOf, h } from '../lib/dom.ts';
import { ScatterPainter } from '../scatter/painter.ts';
import type { Room, View } from '../scatter/view.ts';
import type { Laid, Lattice } from './lattice.ts';
import type { Model } from './model.ts';
import type { Shading } from './shading.ts';
import type { Thumbs } from './thumbs.ts';

const QUICK = 12; // milliseconds: a picture painted faster than this is painted anew in every frame
const SETTLE = 140; // milliseconds after the last gesture before the map is painted in full
const TICK_PIXELS = 130;
const CROWDED = 3000; // images: above this many they are drawn smaller

interface Needs {
  model: Model;
  view: View;
  room: Room;
  lattice: Lattice;
  shading: Shading;
  thumbs: Thumbs;
}

/** The map's lower canvas. What follows the pointer is on another one (overlay.ts). */
export class MapView {
  readonly canvas = h('canvas', { class: 'lower' });
  private readonly needs: Needs;
  private readonly context = contextOf(this.canvas, { alpha: false });
  private readonly scatter: ScatterPainter;
  private readonly snapshot = h('canvas');
  private snapshotIsOld = true;
  private painted: View | null = null;
  private cost = 0;
  private ratio = 1;
  private settle: ReturnType<typeof setTimeout> | undefined;

  constructor(needs: Needs) {
    this.needs = needs;
    const { places, space } = needs.model;
    this.scatter = new ScatterPainter(places, space.labels, space.class_names);
  }

  resize(width: number, height: number, ratio: number): void {
    this.ratio = ratio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.painted = null;
  }

  stop(): void {
    clearTimeout(this.settle);
  }

  /** Paint for the current view: in full where that is quick, else moved now and in full soon. */
  paint({ moving = false } = {}): void {
    clearTimeout(this.settle);
    if (moving && this.painted && this.cost > QUICK) {
      this.paintMoved(this.painted);
      this.settle = setTimeout(() => this.paint(), SETTLE);
      return;
    }
    const start = performance.now();
    this.paintFull();
    this.cost = performance.now() - start;
    this.painted = this.needs.view.copy();
    this.snapshotIsOld = true;
  }

  private paintMoved(old: View): void {
    if (this.snapshotIsOld) {
      [this.snapshot.width, this.snapshot.height] = [this.canvas.width, this.canvas.height];
      contextOf(this.snapshot).drawImage(this.canvas, 0, 0);
      this.snapshotIsOld = false;
    }
    const { view } = this.needs;
    const [left, top] = view.toScreen(...old.toMap(0, 0));
    const factor = view.scale / old.scale;
    this.clear();
    this.context.drawImage(this.snapshot, left, top, old.width * factor, old.height * factor);
  }

  private clear(): void {
    const { view, model } = this.needs;
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.globalAlpha = 1;
    this.context.fillStyle = model.theme.background;
    this.context.fillRect(0, 0, view.width, view.height);
  }

  private paintFull(): void {
    const { model, lattice, shading } = this.needs;
    const { grid, shade, fog } = model.state;
    this.clear();
    if (grid) this.lay(lattice.laid, 1);
    if (shade !== 'none') this.lay(shading.shade, grid ? 0.6 : 0.85);
    if (fog) this.lay(shading.fog, 1);
    this.paintAxes();
    this.paintPoints();
  }

  /** Lay a picture over the part of the map that it covers. */
  private lay(laid: Laid | null, alpha: number): void {
    if (!laid) return;
    const { view } = this.needs;
    const { left, top, right, bottom } = laid.box;
    const [x0, y0] = view.toScreen(left, top);
    const [x1, y1] = view.toScreen(right, bottom);
    const isGrid = laid === this.needs.lattice.laid;
    const enlarging = x1 - x0 > laid.canvas.width / this.ratio;
    this.context.imageSmoothingEnabled = !isGrid || !enlarging;
    this.context.imageSmoothingQuality = 'high';
    this.context.globalAlpha = alpha;
    this.context.drawImage(laid.canvas, x0, y0, x1 - x0, y1 - y0);
    this.context.globalAlpha = 1;
  }

  // ---- axes --------------------------------------------------------------------------------------

  private paintAxes(): void {
    const { view, model } = this.needs;
    const { plane, state } = model;
    const step = niceStep(TICK_PIXELS / view.scale);
    const [west, south] = view.toMap(0, view.height);
    const [east, north] = view.toMap(view.width, 0);
    const [xs, ys] = [ticks(west, east, step), plane.isLine ? [] : ticks(south, north, step)];
    const busy = state.grid > 0 || state.shade !== 'none';
    for (const x of xs) this.axisLine(view.toScreen(x, 0)[0], true, x === 0, busy);
    for (const y of ys) this.axisLine(view.toScreen(0, y)[1], false, y === 0, busy);
    if (!busy && !plane.byQuantile) this.axisWords(xs, ys);
  }

  /** Numbers along the axes, and what the axes are. */
  private axisWords(xs: number[], ys: number[]): void {
    const { context } = this;
    const { view, room, model } = this.needs;
    const { theme, plane } = model;
    context.font = '14px ui-sans-serif, system-ui, sans-serif';
    context.textBaseline = 'alphabetic';
    context.fillStyle = theme.muted;
    context.textAlign = 'center';
    const labelY = view.height - room.bottom - 8;
    for (const x of xs) {
      const [at] = view.toScreen(x, 0);
      if (at > 60 && at < view.width - 170) context.fillText(written(x), at, labelY);
    }
    context.textAlign = 'right';
    context.fillText(`${plane.names[0]} →`, view.width - 12, labelY);
    context.textAlign = 'left';
    if (plane.isLine) return;
    context.fillText(`↑ ${plane.names[1]}`, 10, room.top + 14);
    for (const y of ys) {
      const [, at] = view.toScreen(0, y);
      if (at > room.top + 40 && at < labelY - 30) context.fillText(written(y), 10, at - 4);
    }
  }

  private axisLine(at: number, upright: boolean, isZero: boolean, busy: boolean): void {
    const { context } = this;
    const { view, model } = this.needs;
    context.lineWidth = 1;
    context.strokeStyle = model.theme.line;
    context.globalAlpha = busy ? (isZero ? 0.35 : 0) : isZero ? 1 : 0.45;
    context.beginPath();
    const place = Math.round(at) + 0.5;
    if (upright) context.rect(place, 0, 0, view.height);
    else context.rect(0, place, view.width, 0);
    context.stroke();
    context.globalAlpha = 1;
  }

  // ---- points ------------------------------------------------------------------------------------

  private paintPoints(): void {
    const { view, model, thumbs } = this.needs;
    const { state, theme, space } = model;
    if (this.scatter.places !== model.places) this.scatter.places = model.places;
    if (state.points === 'none') return;
    if (state.points === 'images' && thumbs.ready) this.paintImages();
    else {
      const kind = state.points === 'marks' ? 'marker' : 'dot';
      const base = kind === 'marker' ? 5 : 3.2 * (space.n > 4000 ? 0.8 : 1);
      const radius = Math.round(2 * base * clamp(view.closeness ** 0.3, 0.8, 2)) / 2;
      const marks = { kind, radius, alpha: state.grid ? 0.6 : 0.9, solo: state.solo } as const;
      this.scatter.paint(this.context, view, theme, marks);
    }
    if (!state.grid) this.scatter.paintNames(this.context, view, theme, state.solo);
  }

  /** Half of an image's side where everything is in view, in pixels. */
  get reach(): number {
    return Math.max(...this.needs.thumbs.tile) * this.scaleOf(1) * 0.5;
  }

  private scaleOf(closeness: number): number {
    return clamp(closeness ** 0.5 * (this.needs.model.space.n > CROWDED ? 0.65 : 0.8), 0.5, 2.5);
  }

  /** Draw the images that fit beside each other, and dots for the others: closer, more of them fit. */
  private paintImages(): void {
    const { context } = this;
    const { model, view, thumbs } = this.needs;
    const { theme, places, state } = model;
    const { solo } = state;
    const atlas = thumbs.pointAtlas(theme);
    const [width, height] = thumbs.tile;
    const factor = this.scaleOf(view.closeness);
    const [w, tall] = [width * factor, height * factor];
    const side = Math.max(w, tall);
    const taken = new Set<number>();
    const chosen: [row: number, x: number, y: number][] = [];
    this.scatter.eachVisible(view, side, solo, (row, x, y) => {
      if (!this.scatter.isLit(row, solo)) return;
      // Cells are tied to the map, so that the choice stays when the map is moved.
      const column = Math.floor((places[2 * row] * view.scale) / (0.8 * side));
      const line = Math.floor((places[2 * row + 1] * view.scale) / (0.8 * side));
      const cell = column * 65536 + line;
      if (taken.has(cell)) return;
      taken.add(cell);
      chosen.push([row, x, y]);
    });
    this.scatter.paint(context, view, theme, { kind: 'dot', radius: 1.5, alpha: 0.45, solo });
    context.imageSmoothingEnabled = factor < 2;
    for (const [row, x, y] of chosen) {
      const [left, top] = thumbs.place(row);
      context.drawImage(atlas, left, top, width, height, x - w / 2, y - tall / 2, w, tall);
    }
  }

  /** The row whose point is nearest to a pixel, within a radius; -1 where there is none. */
  pick(px: number, py: number, radius: number): number {
    const { state } = this.needs.model;
    if (state.points === 'none') return -1;
    return this.scatter.pick(this.needs.view, px, py, radius, state.solo);
  }
}

function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? least;
}

/** Multiples of a step between two values. */
function ticks(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}

const written = (value: number) => String(Number(value.toPrecision(6))).replace('-', '−');
