// A link says what is on screen, and a broken one says what is wrong with it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { tinySpace } from '../latent/tiny.ts';
import { merged } from '../lib/address.ts';
import { readAddress, writeAddress } from './address.ts';
import { defaults } from './state.ts';

const SPACE = tinySpace({ z: 3 });
const query = (search: string) => merged('', writeAddress(readAddress(search, SPACE).state, SPACE));

test('what was written is read again', () => {
  const search =
    'points=marks&grid=12&even=1&shade=density&fog=1&solo=1&plane=3_1&at=0.5_-1_2&pin=A' +
    '&A=0.5_0_-1&B=1_2_3&tool=path&with=a*1.pca&match=quantile&curve=1&over=25&present=1' +
    '&loop1=0_0_1_0_1_1.5&beside=b*2.c&round=12&angle=30';
  const { state, problems } = readAddress(`?${search}`, SPACE);
  assert.deepEqual(problems, []);
  assert.deepEqual(state.plane, { kind: 'dimensions', i: 2, j: 0 });
  assert.deepEqual(state.others, ['a.1', 'pca']);
  assert.equal(state.selected, 'A');
  const sorted = (text: string) => text.split('&').sort();
  assert.deepEqual(sorted(query(`?${search}`)), sorted(search));
});

test('nothing is written of what is as at first', () => {
  assert.equal(query('?grid=0&shade=none&fog=0'), '');
  assert.equal(merged('?checkpoint=a&grid=20', writeAddress(defaults(SPACE), SPACE)), 'checkpoint=a');
});

test('the map opens with the images, where they are here', () => {
  assert.equal(defaults(SPACE).points, 'images');
  assert.equal(defaults(Object.assign(tinySpace(), { originals: false })).points, 'dots');
});

for (const [search, said] of [
  ['grid=1000', 'shown are 40'],
  ['grid=many', '10 to 40 tiles a side'],
  ['A=1_2', 'has 2 dimensions, but this network has 3'],
  ['A=1_2_nan', 'not a number'],
  ['points=pies', 'points are one of'],
  ['shade=toString', 'no such layer'],
  ['solo=9', 'no such class'],
  ['plane=7_7', 'no such plane'],
  ['at=1_1_0', 'a view is'],
  ['fog=yes', '0 or 1'],
  ['round=99', 'shown are 50'],
  ['angle=-4', 'shown are 0'],
  ['loop1=1_2_3_4', 'three corners or more'],
  ['tool=__proto__', 'tools are'],
]) {
  test(`${search} is one sentence, and the rest is read`, () => {
    const { state, problems } = readAddress(`?${search}&over=10`, SPACE);
    assert.equal(problems.length, 1);
    assert.ok(problems[0].includes(said), problems[0]);
    assert.equal(state.over, 10);
  });
}
