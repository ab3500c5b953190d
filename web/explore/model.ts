// What the parts of the canvas share: the latent space, what is chosen, the colors, and the plane that
// the map shows. A part that changes something says so here, and the canvas brings the others in line.

import type { Theme } from '../lib/colors.ts';
import { type Extent, type Plane, extentOf, makePlane } from '../latent/plane.ts';
import { Slice } from '../latent/slice.ts';
import type { Space } from '../latent/space.ts';
import type { State } from './state.ts';

/** What may change: a part of the state, or the latent that the plane goes through. */
export type Changed = ReadonlySet<keyof State | 'through'>;
/** 'push': a step that Back undoes; 'slide': one step as long as the same thing is moved. */
export type History = 'replace' | 'push' | 'slide';
/** What is to be painted anew. */
export type Dirty = 'map' | 'moving' | 'overlay' | 'pointer';
/** What the canvas does for its parts. */
export interface Canvas {
  changed(what: Changed, history: History): void;
  repaint(what: Dirty): void;
  say(sentence: string): void;
}

const BESIDE = 1 / 40; // of the map's width: this near to a point means that point

export class Model {
  readonly space: Space;
  readonly canvas: Canvas;
  state: State;
  theme: Theme;
  plane: Plane;
  /** Where each image is on the map: x and y in turn. */
  places: Float32Array;
  extent: Extent;
  private through: Float32Array | null = null;
  private sliced: { plane: Plane; slice: Slice } | null = null;

  constructor(space: Space, state: State, theme: Theme, canvas: Canvas) {
    this.space = space;
    this.state = state;
    this.theme = theme;
    this.canvas = canvas;
    this.plane = this.makePlane();
    this.places = this.plane.projectAll(space.latents);
    this.extent = this.measure();
  }

  /** Change what is chosen. */
  set(given: Partial<State>, history: History = 'push'): void {
    // A loop is drawn on one map: on another it would hold other points.
    const isOther = 'plane' in given || 'even' in given;
    const patch: Partial<State> = isOther ? { ...given, loops: [null, null] } : given;
    this.state = { ...this.state, ...patch };
    this.canvas.changed(new Set(Object.keys(patch) as (keyof State)[]), history);
  }

  /** Take another state as a whole. */
  replace(state: State): void {
    this.state = state;
    this.through = null;
    this.layPlane();
  }

  get chosenPin() {
    return this.state.pins.find(({ letter }) => letter === this.state.selected) ?? null;
  }

  layPlane(): void {
    this.plane = this.makePlane();
    this.places = this.plane.projectAll(this.space.latents);
    this.extent = this.measure();
  }

  /** Lay the plane through a latent. */
  layThrough(z: Float32Array): void {
    this.through = Float32Array.from(z);
    this.layPlane();
    this.canvas.changed(new Set(['through'] as const), 'replace');
  }

  /** What is to be said where the map cannot show all latent dimensions; null where it does. */
  get slice(): Slice | null {
    const { plane, space } = this;
    if (space.z <= 2) return null;
    if (this.sliced?.plane !== plane) this.sliced = { plane, slice: new Slice(space, plane) };
    return this.sliced.slice;
  }

  /** The row whose point is drawn where a latent is projected, or -1. */
  pointAt(z: ArrayLike<number>): number {
    const { places, extent, state, space } = this;
    const [x, y] = this.plane.project(z);
    let [found, least] = [-1, BESIDE * (extent.right - extent.left)];
    if (state.points === 'none') return found;
    for (let row = 0; row < space.n; row++) {
      if (state.solo !== null && space.labels[row] !== state.solo) continue;
      const distance = Math.hypot(places[2 * row] - x, places[2 * row + 1] - y);
      if (distance < least) [found, least] = [row, distance];
    }
    return found;
  }

  private makePlane(): Plane {
    const { space, state } = this;
    const middle = space.model === 'vae' ? new Float32Array(space.z) : space.spread.mean;
    const through = this.through ?? this.chosenPin?.z ?? middle;
    return makePlane(space, state.plane, through, state.even);
  }

  private measure(): Extent {
    return extentOf(this.plane, this.places, this.space.model === 'vae');
  }
}
