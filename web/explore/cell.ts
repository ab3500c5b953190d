// One network of a comparison: a little map of its own, and what it decodes.

import { type Extent, type Plane, extentOf, makePlane } from '../latent/plane.ts';
import { LinearDecoder } from '../latent/baseline.ts';
import type { Space } from '../latent/space.ts';
import type { Theme } from '../lib/colors.ts';
import { contextOf, h, paintImage } from '../lib/dom.ts';
import { explained } from '../lib/term.ts';
import type { Jobs } from '../runtime/jobs.ts';
import type { Runnable } from '../runtime/runtime.ts';
import { ScatterPainter } from '../scatter/painter.ts';
import { Mosaic, gridLatents } from './lattice.ts';

const TILES = 12; // per side of the little map
const SIDE = 168; // pixels of the little map
const MOST_POINTS = 1500;

/** How a network's own map is laid out. */
interface Layout {
  plane: Plane;
  extent: Extent;
  /** Both coordinates of all images, sorted. */
  sorted: [Float32Array, Float32Array];
  base: Mosaic;
  scatter: ScatterPainter;
}

/** One network of the comparison: its little map and what it decodes. */
export class Cell {
  readonly space: Space;
  readonly element: HTMLElement;
  private readonly network: Runnable;
  private readonly jobs: Jobs;
  private readonly map = h('canvas', { class: 'little', role: 'img' });
  private readonly caption: HTMLElement;
  private readonly image = h('canvas', { class: 'decoded', role: 'img' });
  private layout: Layout | null = null;
  private at: [number, number] | null = null;
  private theme: Theme | null = null;

  constructor(space: Space, network: Runnable, jobs: Jobs) {
    this.space = space;
    this.network = network;
    this.jobs = jobs;
    // What PCA is, the glossary says; what a network is, its name.
    this.caption =
      network instanceof LinearDecoder
        ? h('figcaption', {}, explained(space.short, space.line))
        : h('figcaption', { title: `${space.name}: ${space.line}` });
    this.map.setAttribute('aria-label', `map of ${space.line}`);
    this.image.setAttribute('aria-label', `decoded by ${space.line}`);
    this.element = h(
      'figure',
      { class: 'cell' },
      this.caption,
      h('div', { class: 'both' }, this.map, this.image),
    );
  }

  /** Lay out the network's plane, its own where none is given, and paint. */
  refresh(theme: Theme, plane: Plane | null, title: string): void {
    this.theme = theme;
    if (!(this.network instanceof LinearDecoder)) this.caption.textContent = title;
    if (!this.layout || (plane && plane !== this.layout.plane)) {
      this.layout = this.lay(plane ?? this.principal());
    }
    this.paint();
  }

  private principal(): Plane {
    const { space } = this;
    const through = space.z > 2 ? space.spread.mean : new Float32Array(space.z);
    return makePlane(space, { kind: 'principal', i: 0, j: 1 }, through, false);
  }

  private lay(plane: Plane): Layout {
    const { space } = this;
    const places = plane.projectAll(space.latents);
    const axis = (at: 0 | 1) => places.filter((_, i) => i % 2 === at).sort();
    const extent = extentOf(plane, places, false);
    const base = new Mosaic(space.image, TILES, TILES, Math.max(space.image[0], space.image[1]));
    const latents = gridLatents(plane, extent, TILES, TILES);
    if (this.network instanceof LinearDecoder) {
      base.take({ start: 0, rows: TILES ** 2, values: this.network.runAll(latents, TILES ** 2) });
    } else {
      const job = { model: space.name, task: 'decode', latents };
      this.jobs.run(`cell ${space.name}`, job, (part) => {
        base.take(part);
        this.paint();
      });
    }
    const step = Math.max(1, Math.floor(space.n / MOST_POINTS));
    const some = places.filter((_, i) => (i >> 1) % step === 0);
    const labels = space.labels.filter((_, row) => row % step === 0);
    const scatter = new ScatterPainter(some, labels, space.class_names);
    return { plane, extent, sorted: [axis(0), axis(1)], base, scatter };
  }

  /** The shares of images to the left of a place and below it. */
  sharesAt(place: [number, number]): [number, number] {
    const [x, y] = this.layout?.sorted ?? [[0, 1], [0, 1]];
    return [shareBelow(x, place[0]), shareBelow(y, place[1])];
  }

  /** The latent at the place with these shares. */
  latentAt([across, up]: [number, number]): Float32Array {
    if (!this.layout) return new Float32Array(this.space.z);
    const [x, y] = this.layout.sorted;
    return this.layout.plane.lift(valueAt(x, across), valueAt(y, up));
  }

  show(z: Float32Array): void {
    this.at = this.layout?.plane.project(z) ?? null;
    paintImage(this.image, this.network.run(z), this.space.image);
    this.paint();
  }

  private paint(): void {
    const { map, layout, theme } = this;
    if (!layout || !theme) return;
    const { left, right, bottom, top } = layout.extent;
    const toScreen = (x: number, y: number): [number, number] => [
      ((x - left) / (right - left)) * SIDE,
      ((top - y) / (top - bottom)) * SIDE,
    ];
    const screen = { width: SIDE, height: SIDE, toScreen };
    const ratio = window.devicePixelRatio || 1;
    if (map.width !== SIDE * ratio) map.width = map.height = SIDE * ratio;
    const context = contextOf(map);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.imageSmoothingQuality = 'high';
    context.drawImage(layout.base.canvas, 0, 0, SIDE, SIDE);
    layout.scatter.paint(context, screen, theme, { kind: 'dot', radius: 1.25, alpha: 0.8 });
    if (!this.at) return;
    for (const [color, width] of [[theme.background, 5], [theme.accent, 2.25]] as const) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.arc(...toScreen(...this.at), 7, 0, 7);
      context.stroke();
    }
  }
}

/** The share of sorted values below a value, with what lies between two of them. */
export function shareBelow(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  if (low === 0 || low === sorted.length) return low / sorted.length;
  const gap = sorted[low] - sorted[low - 1] || 1;
  return (low - 1 + (value - sorted[low - 1]) / gap) / (sorted.length - 1);
}

/** The value below which a share of sorted values lies. */
export function valueAt(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const low = Math.min(sorted.length - 2, Math.max(0, Math.floor(place)));
  return sorted[low] + (place - low) * (sorted[low + 1] - sorted[low]);
}
