// @ts-nocheck
// The address of the page carries everything that matters, so that a teacher can prepare a link.
// Values use only characters that no encoding touches: the address stays readable.

import { SHADES } from './shading.ts';

const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'];
const LONGEST = 480; // the server keeps no longer value
const GRID = { least: 10, most: 40 };
const TOOLS = ['path', 'dimensions', 'compare', 'samples'];
const POINTS = ['dots', 'images', 'marks', 'none'];

/** Names in the address that belong to the map. */
export const NAMES = [
  ...['points', 'grid', 'even', 'shade', 'fog', 'solo', 'plane', 'at', 'pin', ...LETTERS],
  ...['tool', 'with', 'match', 'curve', 'over', 'present'],
];

/** What the map shows when the address says nothing. */
export function defaults(space) {
  return {
    points: 'dots',
    grid: 0,
    even: false,
    shade: 'none',
    fog: false,
    solo: null,
    plane: space.z > 2 ? { kind: 'principal', i: 0, j: 1 } : { kind: 'native', i: 0, j: 1 },
    at: null,
    pins: [],
    selected: null,
    tool: null,
    others: null,
    match: 'quantile',
    curve: false,
    over: 0,
    present: false,
  };
}

/**
 * Read an address. Whatever is wrong is left out and named in a sentence.
 * @param {string} search - such as '?grid=20&A=0.5_-1'
 * @param {import('../latent/space.ts').Space} space
 * @returns {{state: object, problems: string[]}}
 */
export function readAddress(search, space) {
  const given = new URLSearchParams(search);
  const state = defaults(space);
  const problems = [];
  const read = (name, parse, valid) => {
    if (!given.has(name)) return;
    const value = parse(given.get(name));
    if (value === undefined) {
      problems.push(`The link says ${name}=${clip(given.get(name))}; ${valid}.`);
    } else state[name] = value;
  };
  const readClamped = (name, least, most, unit) => {
    if (!given.has(name)) return;
    const number = Number(given.get(name) || NaN);
    if (number === 0) return;
    if (!Number.isFinite(number)) read(name, () => undefined, `it is ${least} to ${most} ${unit}`);
    else state[name] = Math.round(Math.min(most, Math.max(least, number)));
    if (state[name] !== number && Number.isFinite(number)) {
      problems.push(`The link asks for ${number} ${unit}; shown are ${state[name]}.`);
    }
  };
  const oneOf = (list) => (text) => (list.includes(text) ? text : undefined);
  read('points', oneOf(POINTS), `points are one of ${POINTS.join(', ')}`);
  read('shade', oneOf(Object.keys(SHADES)), 'there is no such shading');
  read('tool', oneOf(TOOLS), `tools are ${TOOLS.join(', ')}`);
  read('match', oneOf(['quantile', 'anchor']), 'a match is quantile or anchor');
  readClamped('grid', GRID.least, GRID.most, 'tiles a side');
  readClamped('over', 0, 50, 'per cent');
  for (const name of ['even', 'fog', 'curve', 'present']) {
    read(name, (text) => (['0', '1'].includes(text) ? text === '1' : undefined), 'it is 0 or 1');
  }
  read('solo', (text) => whole(text, 0, space.class_names.length - 1), 'there is no such class');
  read('plane', (text) => readPlane(text, space), 'there is no such plane here');
  read('at', readView, 'a view is x_y_closeness');
  if (given.has('with')) state.others = given.get('with').split('.').map(decodeName);
  for (const letter of LETTERS) {
    if (!given.has(letter)) continue;
    const z = readLatent(given.get(letter), space.z);
    if (typeof z === 'string') problems.push(`Pin ${letter} of the link ${z}.`);
    else state.pins.push({ letter, z });
  }
  const chosen = given.get('pin');
  const last = state.pins[state.pins.length - 1]?.letter ?? null;
  state.selected = state.pins.some((pin) => pin.letter === chosen) ? chosen : last;
  return { state, problems };
}

/**
 * Say what the address should hold.
 * @returns {Object<string, string|null>} null: the name is not needed
 */
export function writeAddress(state, space) {
  const plain = defaults(space);
  const values = Object.fromEntries(NAMES.map((name) => [name, null]));
  for (const name of ['points', 'shade', 'tool', 'match', 'grid', 'over', 'solo']) {
    if (state[name] !== plain[name]) values[name] = String(state[name]);
  }
  for (const name of ['even', 'fog', 'curve', 'present']) if (state[name]) values[name] = '1';
  if (state.plane.kind === 'dimensions') values.plane = `${state.plane.i + 1}_${state.plane.j + 1}`;
  if (state.at) values.at = state.at.map(short).join('_');
  if (state.others?.length) values.with = state.others.map(encodeName).join('.');
  for (const { letter, z } of state.pins) {
    const text = [...z].map(short).join('_');
    values[letter] = text.length <= LONGEST ? text : null;
  }
  const last = state.pins[state.pins.length - 1]?.letter ?? null;
  if (state.selected && state.selected !== last) values.pin = state.selected;
  return values;
}

/** Put values into a query string, keeping what else it holds and its order. */
export function merged(search, values) {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return query.toString();
}

/** Read the numbers of a latent; a string says what is wrong with it. */
export function readLatent(text, size) {
  const numbers = text.split('_').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (!numbers.every(Number.isFinite)) return 'holds something that is not a number';
  if (numbers.length !== size) return `has ${numbers.length} numbers, but this network has ${size}`;
  return Float32Array.from(numbers, (value) => Math.min(1e4, Math.max(-1e4, value)));
}

function readPlane(text, space) {
  const [i, j] = text.split('_').map((part) => whole(part, 1, space.z));
  if (space.z <= 2 || i === undefined || j === undefined || i === j) return undefined;
  return { kind: 'dimensions', i: i - 1, j: j - 1 };
}

function readView(text) {
  const numbers = text.split('_').map(Number);
  const fine = numbers.length === 3 && numbers.every(Number.isFinite) && numbers[2] > 0;
  return fine ? numbers : undefined;
}

function whole(text, least, most) {
  const number = /^\d{1,9}$/.test(text ?? '') ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
}

const clip = (text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
const short = (value) => String(Number(value.toPrecision(4)));
// Checkpoint names hold letters, digits, '-', '_' and '.'; the dot separates them here.
const encodeName = (name) => name.replaceAll('.', '*');
const decodeName = (text) => text.replaceAll('*', '.');
