// The picture of a layer: which cell is which unit.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { boxOf, fillCells, gridOf, signedScale, sizeOf, unitAt } from './activations.ts';

const SCALE = signedScale({ dark: true, surface: '#000000' });

test('every unit of a grid is found in the middle of its box, and nothing beyond the last', () => {
  for (const shape of [[7], [512], [4, 6, 13]]) {
    const grid = gridOf(shape, 60, 220);
    assert.ok(grid.columns * grid.rows >= grid.units);
    for (let unit = 0; unit < grid.units; unit++) {
      const [left, top, width, height] = boxOf(grid, unit);
      assert.equal(unitAt(grid, left + width / 2, top + height / 2), unit);
    }
    assert.equal(unitAt(grid, 1.5, 0.5), -1);
    if (grid.columns * grid.rows > grid.units) assert.equal(unitAt(grid, 0.999, 0.999), -1);
  }
});

test('the grid fits into the room that it is given', () => {
  for (const shape of [[3], [512], [16, 16, 32], [4, 4, 128]]) {
    const grid = gridOf(shape, 52, 219);
    const [width, height] = sizeOf(grid);
    assert.ok(width * grid.scale <= 52.001 && height * grid.scale <= 219.001);
  }
});

test('a channel is drawn at its place, and a value beyond the scale has its last color', () => {
  const grid = { ...gridOf([1, 2, 2], 100, 20), columns: 2, rows: 1 };
  const [width, height] = sizeOf(grid);
  assert.deepEqual([width, height], [5, 1]);
  const pixels = new Uint32Array(width * height);
  // (x, channel): channel 0 is 0 then -9, channel 1 is 1 then 0.
  fillCells(pixels, Float32Array.of(0, 1, -9, 0), grid, 1, SCALE);
  const [least, zero, most] = [SCALE[0], SCALE[128], SCALE[256]];
  assert.deepEqual([...pixels], [zero, least, 0, most, zero]);
});
