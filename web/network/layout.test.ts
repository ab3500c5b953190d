// Where the parts of the hourglass stand.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Box, type Parts, type Places, layOut } from './layout.ts';

const VAE: Parts = { width: 931, tall: 281, before: 3, after: 3, bars: 150, lying: false, target: false };
const right = ({ left, width }: Box): number => left + width;
const bottom = ({ top, height }: Box): number => top + height;

function row({ input, layers, bottleneck, output, error }: Places, before: number): Box[] {
  const middle = bottleneck ? [bottleneck] : [];
  return [input, ...layers.slice(0, before), ...middle, ...layers.slice(before), output, error];
}

for (const width of [640, 682, 931, 1460]) {
  test(`in a row of ${width} pixels everything stands side by side, and fits`, () => {
    const boxes = row(layOut({ ...VAE, width }), 3);
    boxes.slice(1).forEach((box, i) => assert.ok(box.left >= right(boxes[i]), `box ${i + 1}`));
    assert.ok(boxes[0].left >= 0);
    assert.ok(right(boxes[boxes.length - 1]) <= width + 0.5);
  });
}

test('layers become narrower towards the bottleneck, and wider after it', () => {
  const { layers } = layOut(VAE);
  const heights = layers.map(({ height }) => height);
  assert.deepEqual(heights.slice(0, 3), [...heights.slice(0, 3)].sort((a, b) => b - a));
  assert.deepEqual(heights.slice(3), [...heights.slice(3)].sort((a, b) => a - b));
});

test('a layer is inside the trapezoid that it belongs to', () => {
  const { layers, trapezoids } = layOut(VAE);
  const [[from, top], [to, neck]] = trapezoids[0];
  for (const layer of layers.slice(0, 3)) {
    const edge = top + ((layer.left - from) / (to - from)) * (neck - top);
    assert.ok(layer.left >= from && right(layer) <= to && layer.top >= edge);
  }
});

test('a U-Net has no bottleneck, and room for its skip connections above', () => {
  const places = layOut({ ...VAE, before: 3, after: 2, bars: null, target: true });
  assert.equal(places.bottleneck, null);
  assert.ok(places.layers.every(({ top }) => top > 40));
  assert.ok(places.target && places.target.top >= bottom(places.output));
});

test('on a phone layers lie one below the other', () => {
  const places = layOut({ ...VAE, width: 358, lying: true, target: true });
  const boxes = row(places, 3).slice(0, -1);
  boxes.slice(1).forEach((box, i) => assert.ok(box.top >= bottom(boxes[i]), `box ${i + 1}`));
  assert.ok([...boxes, places.target!, places.error].every((box) => right(box) <= 358.5));
});
