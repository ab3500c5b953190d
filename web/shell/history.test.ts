// What Streamlit writes into the address, held against what a visitor and components did.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { OWNED, type Owner, STEPPED } from '../lib/address.ts';
import { type Page, brought, guardHistory } from './history.ts';

const HOME = 'http://localhost/explore?checkpoint=a&at=1_2_3&A=0_1';

/** A window whose history writes down what it is told. */
function page(): Page & { steps: string[] } {
  const window = new EventTarget() as Page & { steps: string[] };
  window.steps = [HOME];
  const last = () => window.steps[window.steps.length - 1];
  window.location = {
    get href() {
      return last();
    },
  };
  const at = (url?: string | URL | null) => new URL(url ?? '', last()).href;
  window.history = {
    pushState: (_state, _title, url) => window.steps.push(at(url)),
    replaceState: (_state, _title, url) => (window.steps[window.steps.length - 1] = at(url)),
  };
  guardHistory(window);
  return window;
}

const own = (window: EventTarget, names: string[]): Owner => {
  const detail: Owner = { names, isThere: true };
  window.dispatchEvent(new CustomEvent(OWNED, { detail }));
  return detail;
};

void test('a late word of the server does not undo what a component wrote', () => {
  const window = page();
  own(window, ['at', 'A', 'grid']);
  window.history.pushState({}, '', '/explore?checkpoint=a&at=1_2_3');
  window.history.replaceState({}, '', '/explore?at=1_2_3&checkpoint=a&grid=20');
  assert.deepEqual(window.steps, [HOME]);
});

void test('what the server adds comes beside what a component wrote', () => {
  const window = page();
  own(window, ['at', 'A', 'grid']);
  window.history.pushState({}, '', '/explore?checkpoint=a&image=7');
  const [address] = window.steps;
  assert.equal(window.steps.length, 1);
  assert.deepEqual(Object.fromEntries(new URL(address).searchParams), {
    ...{ checkpoint: 'a', image: '7', at: '1_2_3', A: '0_1' },
  });
});

void test('another network or page takes nothing along, nor does a component that left', () => {
  for (const [names, url] of [
    [['A'], '/explore?checkpoint=b'],
    [['A'], '/map?checkpoint=a'],
    [[], '/explore?checkpoint=a'],
  ] as const) {
    assert.equal(brought(url, HOME, names), `http://localhost${url}`);
  }
});

void test('a component that left owns nothing, and the one after it does', () => {
  const window = page();
  const first = own(window, ['A']);
  own(window, ['at']);
  first.isThere = false;
  window.history.pushState({}, '', '/explore?checkpoint=a');
  assert.deepEqual(window.steps, ['http://localhost/explore?checkpoint=a&at=1_2_3']);
});

void test('one press is one step of Back, and a component makes its own', () => {
  const window = page();
  window.dispatchEvent(new Event('pointerdown'));
  window.history.pushState({}, '', '?image=1');
  window.history.pushState({}, '', '?image=2');
  assert.deepEqual(window.steps, [HOME, 'http://localhost/explore?image=2']);
  window.dispatchEvent(new Event('keydown'));
  window.dispatchEvent(new Event(STEPPED));
  window.history.pushState({}, '', '?image=3');
  assert.equal(window.steps.length, 2);
});

void test('a browser that refuses is asked again later', () => {
  const window = page();
  window.history.replaceState = () => {
    throw new Error('too often');
  };
  guardHistory(window);
  window.history.pushState({}, '', '?image=1');
  assert.deepEqual(window.steps, [HOME]);
});
