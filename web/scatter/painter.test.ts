// Where points are found and where the names of classes are written.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ScatterPainter, spreadOut } from './painter.ts';
import { View } from './view.ts';

const PLACES = Float32Array.of(0, 0, 1, 0, 2, 1, 0.5, 1);
const LABELS = [0, 0, 0, 1];
const NAMES = ['cat', 'dog'];

function view(): View {
  const made = new View();
  made.resize(400, 200);
  made.fit({ left: 0, right: 2, bottom: 0, top: 1 }, { left: 0, right: 0, top: 0, bottom: 0 });
  return made;
}

test('a point is found under its pixel, and only there', () => {
  const painter = new ScatterPainter(PLACES, LABELS, NAMES);
  const screen = view();
  const [x, y] = screen.toScreen(1, 0);
  assert.equal(painter.pick(screen, x + 3, y - 3, 14), 1);
  assert.equal(painter.pick(screen, x + 30, y - 30, 14), -1);
});

test('with one class chosen, only its points are found, and they are visited last', () => {
  const painter = new ScatterPainter(PLACES, LABELS, NAMES);
  const screen = view();
  const [x, y] = screen.toScreen(1, 0);
  assert.equal(painter.pick(screen, x, y, 14, 1), -1);
  const visited: number[] = [];
  painter.eachVisible(screen, 10, 0, (row) => visited.push(row));
  assert.deepEqual(visited, [3, 0, 1, 2]);
});

test('a name stands where its class is, and follows its points', () => {
  const painter = new ScatterPainter(PLACES, LABELS, NAMES);
  assert.deepEqual(painter.centers, [
    { label: 0, name: 'cat', x: 1, y: 0 },
    { label: 1, name: 'dog', x: 0.5, y: 1 },
  ]);
  painter.places = PLACES.map((value) => 2 * value);
  assert.equal(painter.centers[0].x, 2);
});

test('a name stands where its class outnumbers the others, and nowhere if it does nowhere', () => {
  // Ten cats around (0, 0) among twenty dogs, two cats alone at (9, 9): dogs lead at (0, 0).
  const places = [...Array<number>(60).fill(0), 9, 9, 9, 9.1];
  const labels = [...Array<number>(10).fill(0), ...Array<number>(20).fill(1), 0, 0];
  const { centers } = new ScatterPainter(Float32Array.from(places), labels, NAMES);
  assert.deepEqual(centers.map(({ name, x }) => [name, x]), [['cat', 9], ['dog', 0]]);
  const mixed = new ScatterPainter(new Float32Array(8), [0, 1, 0, 1], NAMES);
  assert.deepEqual(mixed.centers, []);
});

test('classes without a name, or too many, get none', () => {
  assert.deepEqual(new ScatterPainter(PLACES, [-1, -1, -1, -1], NAMES).centers, []);
  const many = Array.from({ length: 40 }, (_, i) => i);
  const painter = new ScatterPainter(new Float32Array(80), many, many.map(String));
  assert.deepEqual(painter.centers, []);
});

test('names at one place are kept apart', () => {
  const words = spreadOut([
    { name: '4', x: 50, y: 50, width: 11 },
    { name: '9', x: 52, y: 51, width: 11 },
    { name: '1', x: 150, y: 50, width: 11 },
  ]);
  assert.deepEqual(words.map(({ y }) => y), [50, 73, 50]);
});
