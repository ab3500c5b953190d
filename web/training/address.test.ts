// The address of the Training page.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readChoice, writeChoice } from './address.ts';

test('what is written is read again, and what is plain is not written', () => {
  const choice = {
    ...{ run: 'a', beside: 'b', step: 120, speed: 2, lattice: true, labels: false, star: 7 },
  };
  const written = Object.entries(writeChoice(choice)).map(([name, value]) => [name, value ?? '']);
  assert.deepEqual(readChoice(`?${new URLSearchParams(written)}`), choice);
  const plain = Object.values(writeChoice(readChoice('')));
  assert.ok(plain.every((value) => value === null));
});

test('nonsense is left out', () => {
  const { step, speed, star } = readChoice('?stage=-1&speed=1e9&star=NaN');
  assert.deepEqual([step, speed, star], [null, 1, null]);
});
