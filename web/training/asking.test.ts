// What is asked for again, and what is not.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Asking, type Known } from './asking.ts';

function asking(known: Known[]): { asking: Asking; told: Known[][] } {
  const told: Known[][] = [];
  return { asking: new Asking(() => known, (now) => told.push(structuredClone(now))), told };
}

test('asks once for what is shown', () => {
  const known: Known[] = [['one', 3]];
  const { asking: one, told } = asking(known);
  one.ask();
  one.ask();
  known.push(['two', -1]);
  one.ask();
  assert.deepEqual(told, [[['one', 3]], [['one', 3], ['two', -1]]]);
});

test('asks again for what was sent and did not come, and only for that', ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const known: Known[] = [['one', -1]];
  const { asking: one, told } = asking(known);
  one.ask();
  one.hear({ one: 4 });
  mock.timers.tick(999);
  assert.equal(told.length, 1);
  mock.timers.tick(1);
  assert.deepEqual(told[1], [['one', -1]]);
  known[0][1] = 4;
  one.hear({ one: 4, other: 7 });
  mock.timers.tick(5000);
  assert.equal(told.length, 2);
});

test('asks no more when it was stopped', ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { asking: one, told } = asking([['one', -1]]);
  one.hear({ one: 0 });
  one.stop();
  mock.timers.tick(5000);
  assert.equal(told.length, 0);
});
