// What is brought into view together.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { around, shared, together } from './span.ts';

const span = (top: number, bottom: number) => ({ top, bottom });

test('the first is shown whole, and with it what still has room', () => {
  assert.deepEqual(together([span(100, 300), span(310, 450)], 400), span(100, 450));
  assert.deepEqual(together([span(100, 300), span(310, 450), span(460, 900)], 400), span(100, 450));
  assert.deepEqual(together([span(100, 300), span(0, 2000)], 400), span(100, 300));
  assert.deepEqual(together([span(0, 900), span(10, 20)], 400), span(0, 900));
});

const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });

test('one cover lies around all that is on the page', () => {
  assert.deepEqual(around([box(0, 5, 10, 20), null, box(8, 0, 30, 9)]), box(0, 0, 30, 20));
  assert.equal(around([null]), null);
  assert.equal(around([]), null);
});

test('of what is scrolled away, only the rest is covered', () => {
  assert.deepEqual(shared(box(0, 0, 100, 50), box(20, 10, 60, 90)), box(20, 10, 60, 50));
  assert.equal(shared(box(0, 0, 10, 10), box(0, 10, 10, 30)), null);
});
