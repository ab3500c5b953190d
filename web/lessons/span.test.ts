// What is brought into view together.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { together } from './span.ts';

const span = (top: number, bottom: number) => ({ top, bottom });

test('the first is shown whole, and with it what still has room', () => {
  assert.deepEqual(together([span(100, 300), span(310, 450)], 400), span(100, 450));
  assert.deepEqual(together([span(100, 300), span(310, 450), span(460, 900)], 400), span(100, 450));
  assert.deepEqual(together([span(100, 300), span(0, 2000)], 400), span(100, 300));
  assert.deepEqual(together([span(0, 900), span(10, 20)], 400), span(0, 900));
});
