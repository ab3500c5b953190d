// Answers on their way: none is lost, none overtakes another.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Answers } from './answers.ts';

const vote = (choice: number) => ({ kind: 'vote', number: 1, choice }) as const;

test('one answer is on its way; of those that wait the latest goes next', () => {
  const said: object[] = [];
  const answers = new Answers((message) => said.push(message) > 0);
  for (const choice of [0, 1, 2]) answers.give(vote(choice));
  assert.deepEqual(said, [{ ...vote(0), turn: 1 }]);
  answers.taken(7); // of an earlier connection
  assert.equal(said.length, 1);
  answers.taken(1);
  assert.deepEqual(said[1], { ...vote(2), turn: 2 });
  answers.taken(2);
  assert.ok(answers.isDone);
});

test('what was lost with the connection is said again', () => {
  const said: object[] = [];
  let stands = true;
  const answers = new Answers((message) => stands && said.push(message) > 0);
  answers.give(vote(0));
  stands = false;
  answers.reconnected();
  assert.equal(said.length, 1);
  stands = true;
  answers.reconnected();
  assert.deepEqual(said[1], { ...vote(0), turn: 3 });
  assert.ok(!answers.isDone);
});

test('a refused answer is not said again', () => {
  const said: object[] = [];
  const answers = new Answers((message) => said.push(message) > 0);
  answers.give(vote(0));
  answers.refused();
  answers.reconnected();
  assert.equal(said.length, 1);
});
