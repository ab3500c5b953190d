// The playhead.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Clock } from './clock.ts';

function clock(): Clock {
  const made = new Clock();
  made.take({ steps: [0, 1, 3, 10, 100], last: 100 });
  return made;
}

test('it plays from the start to the last stage and stops there', () => {
  const made = clock();
  made.follow();
  made.play();
  assert.equal(made.step, 0);
  let ticks = 0;
  while (made.playing && ticks < 1000) {
    made.tick(0.1);
    ticks += 1;
  }
  assert.equal(made.step, 100);
  assert.ok(ticks >= 99 && ticks <= 102, `${ticks} tenths of a second`);
});

test('twice the speed takes half the time', () => {
  const [slow, fast] = [clock(), clock()];
  fast.speed = 2;
  for (const made of [slow, fast]) made.play();
  slow.tick(1);
  fast.tick(0.5);
  assert.ok(Math.abs(slow.step - fast.step) < 1e-9);
});

test('steps go from stage to stage, from between two of them as well', () => {
  const made = clock();
  made.step = 5;
  made.move(1);
  assert.equal(made.step, 10);
  made.step = 5;
  made.move(-1);
  assert.equal(made.step, 3);
  made.move(-Infinity);
  assert.equal(made.step, 0);
  made.move(Infinity);
  assert.equal(made.step, 100);
});

test('who follows glides to a new stage, and arrives at once where nothing may glide', () => {
  for (const still of [false, true]) {
    const made = clock();
    made.still = still;
    made.take({ steps: [0, 10], last: 1000 });
    made.follow();
    made.take({ steps: [0, 10, 50], last: 1000 });
    made.tick(0.05);
    assert.equal(Math.round(made.step) === 50, still);
    made.tick(1);
    assert.equal(made.step, 50);
  }
});

test('who looks back stays there when new stages come', () => {
  const made = clock();
  made.follow();
  made.seek(2);
  made.take({ steps: [0, 1, 3, 10, 100, 200], last: 1000 });
  made.tick(1);
  assert.equal(made.step, 3);
});
