// What a class says of each choice, in words and as the length of a bar.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { answered, verdicts } from './bars.ts';
import type { ProjectorState } from './messages.ts';

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

test('a phone that sleeps has still answered', () => {
  const state = { ended: false, n_phones: 1, n_answers: 2, activity: 'vote' } as ProjectorState;
  assert.equal(answered(state), '2 of 2 phones answered');
  assert.equal(answered({ ...state, n_phones: 3 }), '2 of 3 phones answered');
});
