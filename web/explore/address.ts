// The address of the page carries everything that matters, so that a teacher can prepare a link.
// Values use only characters that no encoding touches: the address stays readable.

import { layerChoices } from '../latent/layers.ts';
import type { PlaneChoice } from '../latent/plane.ts';
import type { Space } from '../latent/space.ts';
import type { Values } from '../lib/address.ts';
import { clamp } from '../lib/dom.ts';
import { LETTERS, MATCHES, POINTS, ROUNDS, type State, SWITCHES, TOOLS, defaults, lastLetter } from './state.ts';

const LONGEST = 480; // the server keeps no longer value
const PLAIN = ['points', 'shade', 'tool', 'match', 'grid', 'over', 'solo', 'round', 'angle'] as const;
const LOOPS = ['loop1', 'loop2'];
const MOST_CORNERS = 40; // about as many as a value of this length holds

/** Names in the address that belong to the map. */
export const NAMES = [
  ...['points', 'grid', 'even', 'shade', 'fog', 'solo', 'plane', 'at', 'pin', ...LETTERS],
  ...['tool', 'with', 'match', 'curve', 'over', 'present'],
  ...['loop1', 'loop2', 'beside', 'round', 'angle'],
];

/** Reads one name of an address after the other, and remembers what is wrong with it. */
class Reader {
  readonly problems: string[] = [];
  private readonly given: URLSearchParams;

  constructor(search: string) {
    this.given = new URLSearchParams(search);
  }

  /** The value of a name, as `parse` understands it; the other one where it is absent or wrong. */
  read<Value>(
    name: string,
    otherwise: Value,
    parse: (text: string) => Value | undefined,
    valid: string,
  ): Value {
    const text = this.given.get(name);
    if (text === null) return otherwise;
    const value = parse(text);
    if (value === undefined) this.problems.push(`The link says ${name}=${clip(text)}; ${valid}.`);
    return value ?? otherwise;
  }

  /** A whole number that is brought into its range; 0 is "off". */
  clamped(name: string, least: number, most: number, unit: string): number {
    const parse = (text: string) => (Number.isFinite(Number(text || NaN)) ? Number(text) : undefined);
    const number = this.read(name, 0, parse, `it is ${least} to ${most} ${unit}`);
    if (number === 0) return 0;
    const value = Math.round(clamp(number, least, most));
    if (value !== number) {
      this.problems.push(`The link asks for ${number} ${unit}; shown are ${value}.`);
    }
    return value;
  }

  /** The corners of a loop, or null. */
  loop(name: string): number[] | null {
    const parse = (text: string) => {
      const numbers = text.split('_').map((part) => (part === '' ? NaN : Number(part)));
      const fine = numbers.every(Number.isFinite) && numbers.length % 2 === 0 && numbers.length >= 6;
      return fine ? numbers.slice(0, 2 * MOST_CORNERS) : undefined;
    };
    return this.read<number[] | null>(name, null, parse, 'a loop is x_y of three corners or more');
  }

  /** A latent under a letter, or null. */
  latent(letter: string, size: number): Float32Array | null {
    const text = this.given.get(letter);
    const z = text === null ? null : readLatent(text, size);
    if (typeof z !== 'string') return z;
    this.problems.push(`Pin ${letter} of the link ${z}.`);
    return null;
  }
}

/**
 * Read an address. Whatever is wrong is left out and named in a sentence.
 * @param search - such as '?grid=20&A=0.5_-1'
 */
export function readAddress(search: string, space: Space): { state: State; problems: string[] } {
  const from = new Reader(search);
  const plain = defaults(space);
  const layers = layerChoices().map(({ name }) => name);
  const flag = (name: string) =>
    from.read(name, false, (text) => ({ 0: false, 1: true })[text], 'it is 0 or 1');
  const pins = LETTERS.flatMap((letter) => {
    const z = from.latent(letter, space.z);
    return z ? [{ letter, z }] : [];
  });
  const solo = (text: string) => whole(text, 0, space.class_names.length - 1);
  const state: State = {
    points: from.read('points', plain.points, oneOf(POINTS), `points are one of ${POINTS.join(', ')}`),
    shade: from.read('shade', 'none', oneOf(layers), 'there is no such layer'),
    tool: from.read('tool', null, oneOf(TOOLS), `tools are ${TOOLS.join(', ')}`),
    match: from.read('match', plain.match, oneOf(MATCHES), 'a match is quantile or anchor'),
    grid: from.clamped('grid', 10, 40, 'tiles a side'),
    over: from.clamped('over', 0, 50, 'per cent'),
    ...{ even: flag('even'), fog: flag('fog'), curve: flag('curve'), present: flag('present') },
    solo: from.read('solo', null, solo, 'there is no such class'),
    plane: from.read('plane', plain.plane, (text) => readPlane(text, space), 'there is no such plane here'),
    at: from.read('at', null, readView, 'a view is x_y_closeness'),
    round: from.clamped('round', 0, ROUNDS, 'rounds'),
    angle: from.clamped('angle', 0, 90, 'degrees'),
    loops: [from.loop(LOOPS[0]), from.loop(LOOPS[1])],
    beside: from.read('beside', null, (text) => text.split('.').map(decodeName), ''),
    others: from.read('with', null, (text) => text.split('.').map(decodeName), ''),
    pins,
    selected: lastLetter(pins),
  };
  const chosen = new URLSearchParams(search).get('pin');
  if (pins.some(({ letter }) => letter === chosen)) state.selected = chosen;
  return { state, problems: from.problems };
}

/** Say what the address should hold. */
export function writeAddress(state: State, space: Space): Values {
  const plain = defaults(space);
  const values: Values = Object.fromEntries(NAMES.map((name) => [name, null]));
  for (const name of PLAIN) if (state[name] !== plain[name]) values[name] = String(state[name]);
  for (const name of SWITCHES) if (state[name]) values[name] = '1';
  if (state.plane.kind === 'dimensions') values.plane = `${state.plane.i + 1}_${state.plane.j + 1}`;
  if (state.at) values.at = state.at.map(short).join('_');
  state.loops.forEach((loop, i) => {
    if (loop) values[LOOPS[i]] = loop.map(short).join('_');
  });
  if (state.beside?.length) values.beside = state.beside.map(encodeName).join('.');
  if (state.others?.length) values.with = state.others.map(encodeName).join('.');
  for (const { letter, z } of state.pins) {
    const text = Array.from(z, short).join('_');
    values[letter] = text.length <= LONGEST ? text : null;
  }
  if (state.selected && state.selected !== lastLetter(state.pins)) values.pin = state.selected;
  return values;
}

/** Read the numbers of a latent; a string says what is wrong with it. */
function readLatent(text: string, size: number): Float32Array | string {
  const numbers = text.split('_').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (!numbers.every(Number.isFinite)) return 'holds something that is not a number';
  if (numbers.length !== size) return `has ${numbers.length} dimensions, but this network has ${size}`;
  return Float32Array.from(numbers, (value) => clamp(value, -1e4, 1e4));
}

function readPlane(text: string, space: Space): PlaneChoice | undefined {
  const [i, j] = text.split('_').map((part) => whole(part, 1, space.z));
  if (space.z <= 2 || i === undefined || j === undefined || i === j) return undefined;
  return { kind: 'dimensions', i: i - 1, j: j - 1 };
}

function readView(text: string): NonNullable<State['at']> | undefined {
  const [x, y, closeness, ...rest] = text.split('_').map(Number);
  const fine = [x, y, closeness].every(Number.isFinite) && closeness > 0 && !rest.length;
  return fine ? [x, y, closeness] : undefined;
}

function whole(text: string, least: number, most: number): number | undefined {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
}

const oneOf =
  <Name extends string>(list: readonly Name[]) =>
  (text: string): Name | undefined =>
    list.find((name) => name === text);
const clip = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
const short = (value: number) => String(Number(value.toPrecision(4)));
// Checkpoint names hold letters, digits, '-', '_' and '.'; the dot separates them here.
const encodeName = (name: string) => name.replaceAll('.', '*');
const decodeName = (text: string) => text.replaceAll('*', '.');
