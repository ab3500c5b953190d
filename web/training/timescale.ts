// Time on the Training page: steps on a logarithmic axis, since most changes in the first epoch.

import { clamp } from '../lib/dom.ts';

/** Where a step stands on the axis, 0 to 1. */
export function positionOf(step: number, last: number): number {
  return last > 0 ? clamp(Math.log1p(Math.max(0, step)) / Math.log1p(last), 0, 1) : 1;
}

/** The step at a position of the axis, with its fraction. */
export function stepAt(position: number, last: number): number {
  return Math.expm1(clamp(position, 0, 1) * Math.log1p(last));
}

/**
 * Where a step lies between stages.
 * @param steps - of the stages, rising
 * @returns the stage that was reached, and how far the next one is on the axis, 0 to 1
 */
export function between(steps: readonly number[], step: number): { stage: number; share: number } {
  let stage = 0;
  while (stage + 1 < steps.length && steps[stage + 1] <= step + 1e-6) stage++;
  if (stage + 1 >= steps.length || step <= steps[stage]) return { stage, share: 0 };
  const [from, at, to] = [steps[stage], step, steps[stage + 1]].map(Math.log1p);
  return { stage, share: clamp((at - from) / (to - from), 0, 1) };
}

/** The stage that stands nearest to a step on the axis. */
export function nearest(steps: readonly number[], step: number): number {
  const { stage, share } = between(steps, step);
  return share > 0.5 ? stage + 1 : stage;
}
