// Thumbnails move apart, and no further.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Place } from './messages.ts';
import { spreadApart } from './spread.ts';

const overlaps = (places: Place[], side: number) =>
  places.flatMap((a, i) => places.slice(i + 1).map((b) =>
    side - Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]))));

test('what covers nothing stays where it is', () => {
  const places: Place[] = [[100, 100], [200, 100]];
  for (const [i, [x, y]] of spreadApart(places, 40, [400, 300]).entries()) {
    assert.ok(Math.hypot(x - places[i][0], y - places[i][1]) <= 1);
  }
});

test('sixty at one place become readable and stay on the screen', () => {
  const places = Array.from({ length: 60 }, (): Place => [300, 200]);
  const moved = spreadApart(places, 34, [800, 500]);
  const covered = overlaps(moved, 34).filter((overlap) => overlap > 8).length;
  assert.ok(covered < 12, `${covered} of 1770 pairs cover one another`);
  for (const [x, y] of moved) assert.ok(x >= 17 && x <= 783 && y >= 17 && y <= 483);
});
