// Map places and pixels: there and back, zooming around a pixel, what is seen at first.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { View } from './view.ts';

const NO_ROOM = { left: 0, right: 0, top: 0, bottom: 0 };

function fitted(room = NO_ROOM): View {
  const view = new View();
  view.resize(800, 400);
  view.fit({ left: -2, right: 2, bottom: -1, top: 1 }, room);
  return view;
}

test('what is fitted fills the element at one scale for both directions', () => {
  const view = fitted();
  assert.equal(view.scale, 200);
  assert.deepEqual(view.toScreen(-2, 1), [0, 0]);
  assert.deepEqual(view.toScreen(2, -1), [800, 400]);
});

test('room is left for what lies over the map', () => {
  const view = fitted({ left: 0, right: 0, top: 100, bottom: 0 });
  assert.deepEqual(view.toScreen(0, 1).map(Math.round), [400, 100]);
  assert.deepEqual(view.toScreen(0, -1).map(Math.round), [400, 400]);
});

test('pixels lead back to places', () => {
  const view = fitted();
  assert.deepEqual(view.toMap(...view.toScreen(0.5, -0.25)), [0.5, -0.25]);
});

test('zooming keeps the place under the pointer, and has ends', () => {
  const view = fitted();
  const before = view.toMap(100, 300);
  view.zoom(4, 100, 300);
  const after = view.toMap(100, 300);
  before.forEach((value, axis) => assert.ok(Math.abs(value - after[axis]) < 1e-9));
  assert.equal(view.closeness, 4);
  view.zoom(1e9);
  assert.equal(view.closeness, 400);
  view.zoom(1e-9);
  assert.equal(view.closeness, 0.25);
});

test('places are brought into the room that is left', () => {
  const view = fitted();
  view.reveal([[-2, -1], [2, 4]], { left: 10, right: 10, top: 50, bottom: 10 });
  for (const [across, up] of [[-2, -1], [2, 4]]) {
    const [x, y] = view.toScreen(across, up);
    assert.ok(x >= 9.9 && x <= 790.1 && y >= 49.9 && y <= 390.1, `${x}, ${y}`);
  }
  const still = fitted();
  const scale = still.scale;
  still.reveal([[0, 0]], NO_ROOM);
  assert.deepEqual([still.scale, still.x, still.y], [scale, 0, 0]);
});
