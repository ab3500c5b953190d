// The playhead: which step is shown, and how it moves while the run plays or new stages arrive.

import { nearest, positionOf, stepAt } from './timescale.ts';

const SECONDS = 10; // that a whole run takes at speed 1
const CATCH_UP = 0.25; // seconds until a new stage is reached
export const SPEEDS = [0.25, 0.5, 1, 2, 4];

/** Steps that have stages, and the last one of the axis. */
export interface Track {
  steps: readonly number[];
  last: number;
}

export class Clock {
  track: Track = { steps: [0], last: 0 };
  step = 0;
  playing = false;
  /** Whether the newest stage is shown as soon as it is there. */
  following = false;
  speed = 1;
  /** Whether nothing may glide. */
  still = false;
  private rate = 0;

  get newest(): number {
    return this.track.steps.at(-1) ?? 0;
  }

  get isAtEnd(): boolean {
    return this.step >= this.newest - 1e-6;
  }

  /** Take other stages; the step that is shown stays unless it follows the newest. */
  take(track: Track): void {
    const before = this.newest;
    this.track = track;
    const distance = positionOf(this.newest, track.last) - positionOf(this.step, track.last);
    if (this.following && this.newest !== before) this.rate = distance / CATCH_UP;
    if (this.step > this.newest) this.step = this.newest;
  }

  play(): void {
    if (this.isAtEnd) this.step = this.track.steps[0] ?? 0;
    this.playing = true;
    this.following = false;
  }

  pause(): void {
    this.playing = false;
    this.following = false;
  }

  /** Show the newest stage, now and as others come. */
  follow(): void {
    this.playing = false;
    this.following = true;
    this.step = this.newest;
  }

  /** Show the stage nearest to a step. */
  seek(step: number): void {
    this.pause();
    this.step = this.track.steps[nearest(this.track.steps, step)] ?? 0;
  }

  /** Go so many stages on, or back. */
  move(stages: number): void {
    const { steps } = this.track;
    const past = steps.filter((step) => step < this.step - 1e-6).length;
    const isOn = steps.some((step) => Math.abs(step - this.step) < 1e-6);
    const from = isOn || stages < 0 ? past : past - 1;
    this.pause();
    this.step = steps[Math.min(Math.max(from + stages, 0), steps.length - 1)] ?? 0;
  }

  /**
   * Let time pass.
   * @returns whether another step is shown than before
   */
  tick(seconds: number): boolean {
    const before = this.step;
    const { last } = this.track;
    const rate = this.playing ? this.speed / SECONDS : this.rate;
    if (!this.playing && !this.following) return false;
    const target = this.still && this.following ? 1 : positionOf(this.step, last) + rate * seconds;
    this.step = Math.min(stepAt(target, last), this.newest);
    if (this.isAtEnd) {
      this.step = this.newest;
      this.playing = false;
    }
    return this.step !== before;
  }
}
