// What a class says of each choice, in words and as the length of a bar.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { verdicts } from './bars.ts';

test('votes are shares of all votes', () => {
  assert.deepEqual(verdicts([3, 1], undefined), [
    { text: '3 votes, 75 %', share: 0.75 },
    { text: '1 vote, 25 %', share: 0.25 },
  ]);
  assert.deepEqual(verdicts([0], undefined), [{ text: '0 votes, 0 %', share: 0 }]);
});

test('what is ranked first has the longest bar', () => {
  assert.deepEqual(verdicts([0, 0, 0], [1, 3, 2]), [
    { text: 'mean rank 1.0', share: 1 },
    { text: 'mean rank 3.0', share: 0 },
    { text: 'mean rank 2.0', share: 0.5 },
  ]);
  assert.deepEqual(verdicts([0, 0], []), []); // nobody has ranked them
});
