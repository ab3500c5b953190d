// What the address says of the Training page: a link shows the same stage of the same runs.

import type { Values } from '../lib/address.ts';
import { SPEEDS } from './clock.ts';

/** What is chosen. */
export interface Choice {
  /** The run on the map; null: the one of the header, or the training under way. */
  run: string | null;
  /** A second run beside it. */
  beside: string | null;
  /** The step that is shown; null: the last. */
  step: number | null;
  speed: number;
  lattice: boolean;
  /** Whether points have the colors of their classes. */
  labels: boolean;
  /** The image with a trail. */
  star: number | null;
}

/** Names in the address that belong to the page. */
export const NAMES = ['run', 'second', 'stage', 'speed', 'lattice', 'labels', 'star'];

/** Read an address; what is not understood is left out. */
export function readChoice(search: string): Choice {
  const given = new URLSearchParams(search);
  const whole = (name: string) => {
    const text = given.get(name) ?? '';
    return /^\d{1,9}$/.test(text) ? Number(text) : null;
  };
  const speed = Number(given.get('speed'));
  return {
    run: given.get('run'),
    beside: given.get('second'),
    step: whole('stage'), // the lessons have a step of their own
    speed: SPEEDS.includes(speed) ? speed : 1,
    lattice: given.get('lattice') === '1',
    labels: given.get('labels') !== '0',
    star: whole('star'),
  };
}

/** Say what the address should hold; null: the name is not needed. */
export function writeChoice({ run, beside, step, speed, lattice, labels, star }: Choice): Values {
  return {
    run,
    second: beside,
    stage: step === null ? null : String(Math.round(step)),
    speed: speed === 1 ? null : String(speed),
    lattice: lattice ? '1' : null,
    labels: labels ? null : '0',
    star: star === null ? null : String(star),
  };
}
