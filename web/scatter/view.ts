// Which part of the map is on screen: one scale for both directions, so that distances are honest.

import type { Extent } from '../latent/plane.ts';
import { clamp } from '../lib/dom.ts';

type Pair = [x: number, y: number];
/** Pixels on each side. */
export type Room = Extent;

export const CLOSEST = 400; // times the scale at which everything fits
export const WIDEST = 0.25;

/** Turns map places into pixels of the map's element and back. */
export class View {
  width = 1;
  height = 1;
  /** The map place in the middle. */
  x = 0;
  y = 0;
  /** Pixels per map unit, now and where everything fits. */
  scale = 1;
  fitScale = 1;

  resize(width: number, height: number): void {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
  }

  /** Show an extent whole, leaving room for what lies over the map (pixels on each side). */
  fit(extent: Extent, room: Room): void {
    const width = Math.max(50, this.width - room.left - room.right);
    const height = Math.max(50, this.height - room.top - room.bottom);
    this.scale = Math.min(
      width / (extent.right - extent.left),
      height / (extent.top - extent.bottom),
    );
    this.fitScale = this.scale;
    this.x = (extent.left + extent.right) / 2 + (room.right - room.left) / 2 / this.scale;
    this.y = (extent.bottom + extent.top) / 2 + (room.top - room.bottom) / 2 / this.scale;
  }

  /** Map place -> pixels from the element's top left corner. */
  toScreen(x: number, y: number): Pair {
    return [
      this.width / 2 + (x - this.x) * this.scale,
      this.height / 2 - (y - this.y) * this.scale,
    ];
  }

  /** Pixels -> map place. */
  toMap(px: number, py: number): Pair {
    return [
      this.x + (px - this.width / 2) / this.scale,
      this.y - (py - this.height / 2) / this.scale,
    ];
  }

  /** Zoom around a pixel that keeps its place. */
  zoom(factor: number, px = this.width / 2, py = this.height / 2): void {
    const [x, y] = this.toMap(px, py);
    this.scale = clamp(this.scale * factor, this.fitScale * WIDEST, this.fitScale * CLOSEST);
    const [nowX, nowY] = this.toMap(px, py);
    this.x += x - nowX;
    this.y += y - nowY;
  }

  /** Move the picture by so many pixels. */
  pan(dx: number, dy: number): void {
    this.x -= dx / this.scale;
    this.y += dy / this.scale;
  }

  /** Move, and zoom out where that is not enough, until some places are inside the room that is left. */
  reveal(places: Pair[], room: Room): void {
    if (!places.length) return;
    const sides = (axis: 0 | 1): Pair => {
      const values = places.map((place) => place[axis]);
      return [Math.min(...values), Math.max(...values)];
    };
    const [[left, right], [bottom, top]] = [sides(0), sides(1)];
    const width = this.width - room.left - room.right;
    const height = this.height - room.top - room.bottom;
    const most = Math.min(width / (right - left || 1e-9), height / (top - bottom || 1e-9));
    if (most < this.scale) this.scale = Math.max(most, this.fitScale * WIDEST);
    const [west, north] = this.toScreen(left, top);
    const [east, south] = this.toScreen(right, bottom);
    const move = (low: number, high: number, from: number, to: number): number =>
      low < from ? from - low : Math.min(0, to - high);
    this.pan(
      move(west, east, room.left, this.width - room.right),
      move(north, south, room.top, this.height - room.bottom),
    );
  }

  /** How much closer than at first. */
  get closeness(): number {
    return this.scale / this.fitScale;
  }

  copy(): View {
    return Object.assign(new View(), this);
  }
}

/** How far some places reach. */
export function boundsOf(places: Float32Array): Extent {
  const bounds = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
  for (let i = 0; i < places.length; i += 2) {
    bounds.left = Math.min(bounds.left, places[i]);
    bounds.right = Math.max(bounds.right, places[i]);
    bounds.bottom = Math.min(bounds.bottom, places[i + 1]);
    bounds.top = Math.max(bounds.top, places[i + 1]);
  }
  return bounds;
}
