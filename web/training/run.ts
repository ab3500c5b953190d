// One training: its stages, where the probe images lie at each, and axes that stay the same.

import { type Extent, type Plane, extentOf, makePlane } from '../latent/plane.ts';
import type { Opening, Stage } from './messages.ts';
import { Support } from './support.ts';
import { between } from './timescale.ts';

const SHIFT = 6; // 64 weights share a scale; see latentlab/export/stage_decoders.py
const ZERO = 128;
const LANES = 0.8; // of the map's height, where it means nothing

/** The history of a run: one value for each epoch. */
export interface Curve {
  steps: number[];
  values: number[];
}

export class Run {
  readonly id: string;
  readonly opening: Opening;
  stages: Stage[] = [];
  plane: Plane;
  extent: Extent = { left: -3, right: 3, bottom: -3, top: 3 };
  /** Where the images lie, by the stage's number; another map when the axes were laid anew. */
  places = new Map<number, Float32Array>();
  private isFirst = true;
  private support: { of: Stage; found: Support } | null = null;

  /** @param stages - at least one; see `add` for the rest */
  constructor(opening: Opening, stages: Stage[], isOver: boolean) {
    this.id = opening.header.run;
    this.opening = opening;
    this.plane = this.makePlane(new Float32Array(opening.header.latent_dim), 1);
    this.add(stages, isOver);
  }

  /**
   * Take new stages; those of a later step are from before an interruption, and go.
   * @param isOver - whether no others will follow: the axes are then those of the last stage
   */
  add(stages: Stage[], isOver: boolean): void {
    for (const stage of stages.toSorted((a, b) => a.header.number - b.header.number)) {
      const { step, number } = stage.header;
      this.stages = this.stages.filter(({ header }) => header.step < step || header.number > number);
      this.stages.push(stage);
    }
    this.stages.sort((a, b) => a.header.step - b.header.step);
    this.layAxes(isOver);
  }

  get newest(): Stage {
    return this.stages[this.stages.length - 1];
  }

  get newestNumber(): number {
    return Math.max(...this.stages.map(({ header }) => header.number));
  }

  get steps(): number[] {
    return this.stages.map(({ header }) => header.step);
  }

  /** Images whose latents are followed. */
  get n(): number {
    return this.opening.arrays.labels.length;
  }

  /** The stage that a step has reached. */
  stageAt(step: number): Stage {
    return this.stages[between(this.steps, step).stage];
  }

  /** How many epochs a step has reached, with a fraction. */
  epochAt(step: number): number {
    const { header } = this.newest;
    return header.step ? (step * header.epoch) / header.step : 0;
  }

  /** The part of the latent space that training images cover at a step. */
  supportAt(step: number): Support {
    const stage = this.stageAt(step);
    if (this.support?.of !== stage) {
      const { latent_dim: z, far } = this.opening.header;
      const found = new Support(stage.arrays.latents, this.opening.arrays.splits, z, far);
      this.support = { of: stage, found };
    }
    return this.support.found;
  }

  /** Where the images are at a step: x and y in turn, between two stages on the way. */
  placesAt(step: number): Float32Array {
    const { stage, share } = between(this.steps, step);
    const from = this.placesOf(this.stages[stage]);
    if (share === 0) return from;
    const to = this.placesOf(this.stages[stage + 1]);
    return from.map((value, i) => value + share * (to[i] - value));
  }

  placesOf({ header, arrays }: Stage): Float32Array {
    let places = this.places.get(header.number);
    if (!places) this.places.set(header.number, (places = this.project(arrays.latents)));
    return places;
  }

  /** Where latents lie; those of one dimension are spread over the map's height. */
  private project(latents: Float32Array): Float32Array {
    const places = this.plane.projectAll(latents);
    const height = LANES * this.extent.top;
    return this.plane.isLine ? places.map((value, i) => (i % 2 ? value * height : value)) : places;
  }

  /**
   * Lay the axes by the last stage: with more than two latent dimensions its first two principal
   * components, so that what moves on the map moves in the latent space.
   */
  private layAxes(isOver: boolean): void {
    const { newest } = this;
    const { latent_dim: z, model } = this.opening.header;
    const { isFirst } = this;
    this.isFirst = false;
    if (z > 2) {
      this.plane = facing(this.makePlane(newest.arrays.latents, this.n), this.plane);
      this.places = new Map();
    }
    const extent = extentOf(this.plane, this.placesOf(newest), model === 'vae');
    this.extent = isOver || isFirst ? extent : union(extent, this.extent);
    if (this.plane.isLine) this.places = new Map(); // their height follows the map's
  }

  private makePlane(latents: Float32Array, n: number): Plane {
    const z = this.opening.header.latent_dim;
    const space = { z, n, latents, principal: null };
    const middle = new Float32Array(z);
    for (let i = 0; i < latents.length; i++) middle[i % z] += latents[i] / n;
    return makePlane(space, { kind: 'principal', i: 0, j: 1 }, middle, false);
  }

  /** One column of the history, and what the first epoch's batches said before there was one. */
  curve(name: string): Curve {
    const { header, arrays } = this.newest;
    const names = header.history;
    const [column, at] = [names.indexOf(name), names.indexOf('step')];
    const curve: Curve = { steps: [], values: [] };
    if (column >= 0 && at >= 0) {
      const { history } = arrays;
      for (let row = 0; row < history.length; row += names.length) {
        curve.steps.push(history[row + at]);
        curve.values.push(history[row + column]);
      }
    }
    const first = curve.steps[0] ?? Infinity;
    const early = this.stages.filter((stage) => stage.header.step < first && name in stage.header.terms);
    return {
      steps: [...early.map((stage) => stage.header.step), ...curve.steps],
      values: [...early.map((stage) => stage.header.terms[name]), ...curve.values],
    };
  }
}

/** While others follow, the map only grows. */
const union = (a: Extent, b: Extent): Extent => ({
  left: Math.min(a.left, b.left),
  right: Math.max(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
  top: Math.max(a.top, b.top),
});

/** The decoder's weights of a stage; null where they are not stored. */
export function weightsOf({ arrays }: Stage): Float32Array | null {
  const { weights, scale } = arrays;
  if (!weights.length) return null;
  const values = new Float32Array(weights.length);
  // A plain loop: with a callback for each weight it takes a third of a frame.
  for (let i = 0; i < values.length; i++) values[i] = (weights[i] - ZERO) * scale[i >> SHIFT];
  return values;
}

/** The same plane with its axes pointing as they did before, so that a new stage mirrors nothing. */
function facing(plane: Plane, before: Plane): Plane {
  const turned = (axis: Float32Array, old: Float32Array) => {
    const along = axis.reduce((sum, value, d) => sum + value * old[d], 0);
    return along < 0 ? axis.map((value) => -value) : axis;
  };
  const [u, v] = [turned(plane.u, before.u), turned(plane.v, before.v)];
  return plane.with(u, v);
}
