// What the address says of the hourglass, so that a link shows the same: the step, z where it was
// moved, and the strength and kind of the degradation where they are not the usual ones.

import { ownInAddress, putIntoAddress } from '../lib/address.ts';
import { tell } from '../lib/bus.ts';
import { clamp, debounce } from '../lib/dom.ts';
import type { Step } from './messages.ts';

const WRITE_AFTER = 400; // milliseconds: a hand that drags has come to rest
const LONGEST = 480; // characters; ui/shell/state.py takes no more
const LONGEST_KIND = 40;
const STRONGEST = 100; // what is beyond was written by nobody

const NAMES = ['part', 'z', 'degradation', 'variant'] as const;

/** The part of the address that is ours. */
export interface Told {
  step: Step['part'] | null;
  z: number[] | null;
  strength: number | null;
  kind: string | null;
}

/** Read an address; what is not a latent of this size is none. */
export function readAddress(search: string, dimensions: number, reach: number): Told {
  const given = new URLSearchParams(search);
  const parts: readonly (string | null)[] = ['encode', 'sample', 'decode', 'compare'];
  const step = given.get('part');
  const z = (given.get('z') ?? '').split('_').map((text) => (text.trim() ? Number(text) : NaN));
  const strength = Number(given.get('degradation') ?? NaN);
  const isLatent = z.length === dimensions && z.every(Number.isFinite);
  return {
    step: parts.includes(step) ? (step as Step['part']) : null,
    z: isLatent ? z.map((value) => clamp(value, -reach, reach)) : null,
    strength: strength >= 0 && strength <= STRONGEST ? strength : null,
    kind: given.get('variant')?.slice(0, LONGEST_KIND) ?? null,
  };
}

/** Write it: what is null is left out, and so is a latent that is too long for an address. */
export function writeAddress(
  { step, z, strength, kind }: Told,
): Record<(typeof NAMES)[number], string | null> {
  const text = z?.map((value) => String(Number(value.toFixed(3)))).join('_') ?? null;
  return {
    part: step,
    z: text !== null && text.length <= LONGEST ? text : null,
    degradation: strength === null ? null : String(strength),
    variant: kind,
  };
}

/** Keeps the address and the hourglass the same. */
export class Address {
  private readonly current: () => Told;
  private readonly giveBack = ownInAddress(NAMES);
  readonly changed = debounce(() => this.write(), WRITE_AFTER);

  constructor(current: () => Told) {
    this.current = current;
  }

  private write(): void {
    const values = writeAddress(this.current());
    if (putIntoAddress(values)) tell('address', values);
  }

  stop(): void {
    this.changed.cancel();
    this.giveBack();
  }
}
