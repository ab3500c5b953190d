// What a visitor has chosen; all of it travels in the address.

import type { PlaneChoice } from '../latent/plane.ts';
import type { Space } from '../latent/space.ts';

export const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'];
export const POINTS = ['dots', 'images', 'marks', 'none'] as const;
export const TOOLS = [
  ...(['path', 'dimensions', 'compare', 'samples'] as const),
  ...(['arithmetic', 'reencoding', 'rotation'] as const),
];
/** The tools on the bar; the others are in the menu. */
export const ON_BAR: readonly ToolName[] = ['path', 'dimensions', 'compare', 'samples'];
export const ROUNDS = 50; // of re-encoding
export const MATCHES = ['quantile', 'anchor'] as const;
export const SWITCHES = ['even', 'fog', 'curve', 'present'] as const;

export type ToolName = (typeof TOOLS)[number];
/** A latent with a letter. */
export interface Pin {
  letter: string;
  z: Float32Array;
}
export interface State {
  points: (typeof POINTS)[number];
  /** Tiles along the longer side of the decoded grid; 0: none. */
  grid: number;
  /** Whether the map has equal-probability spacing under N(0, 1). */
  even: boolean;
  /** A layer of latent/layers.ts, or 'none'. */
  shade: string;
  fog: boolean;
  /** The one class that is shown. */
  solo: number | null;
  plane: PlaneChoice;
  /** The middle of the map, and how much closer it is than at first; null: everything. */
  at: [x: number, y: number, closeness: number] | null;
  pins: Pin[];
  selected: string | null;
  tool: ToolName | null;
  /** Names of networks to compare with; null: nobody chose. */
  others: string[] | null;
  match: (typeof MATCHES)[number];
  curve: boolean;
  /** Extrapolation beyond both ends of a path, per cent of its length. */
  over: number;
  /** Two loops around points, in map units: the groups of latent arithmetic. */
  loops: [number[] | null, number[] | null];
  /** Names of networks that re-encode beside this one; null: nobody chose. */
  beside: string[] | null;
  /** The step of re-encoding that is shown. */
  round: number;
  /** By how many degrees two axes are turned. */
  angle: number;
  present: boolean;
}

/** What the map shows when the address says nothing: the images themselves, where they are here. */
export function defaults(space: Space): State {
  return {
    ...{ points: space.originals ? 'images' : 'dots', grid: 0, even: false, shade: 'none' },
    ...{ fog: false, solo: null, at: null, pins: [], selected: null, tool: null, others: null },
    ...{ match: 'anchor', curve: false, over: 0, present: false },
    ...{ loops: [null, null], beside: null, round: 0, angle: 0 },
    plane: { kind: space.z > 2 ? 'principal' : 'native', i: 0, j: 1 },
  };
}

export const lastLetter = (pins: Pin[]): string | null => 
  pins.length ? pins[pins.length - 1].letter : null;
