// The connection comes back: when it is lost, and when a phone wakes whose system has cut it.

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { Live } from './live.ts';

class Socket {
  static made: Socket[] = [];
  static readonly OPEN = 1;
  readyState = 0;
  said: unknown[] = [];
  binaryType = '';
  onopen = () => {};
  onmessage: (event: { data: string }) => void = () => {};
  onclose = () => {};
  constructor() {
    Socket.made.push(this);
  }
  send(text: string): void {
    this.said.push(JSON.parse(text));
  }
  open(): void {
    this.readyState = Socket.OPEN;
    this.onopen();
    this.onmessage({ data: '{"kind":"state"}' });
  }
  close(): void {
    this.readyState = 3;
    this.onclose();
  }
}
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
const heard: string[] = [];
const owner = {
  hello: () => ({ kind: 'hello' }),
  text: ({ kind }: { kind?: string }) => void heard.push(kind ?? ''),
  bytes: () => {},
  connected: (stands: boolean) => void heard.push(stands ? 'stands' : 'lost'),
};
Object.assign(globalThis, { WebSocket: Socket, document: page, window: new EventTarget() });

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  Socket.made = [];
  heard.length = 0;
});

test('a lost connection is made again, and begins with the first message', () => {
  const live = new Live('ws://here', owner);
  Socket.made[0].open();
  assert.deepEqual(heard, ['stands', 'state']);
  Socket.made[0].close();
  assert.equal(live.say({ kind: 'vote' }), false);
  mock.timers.tick(10_000);
  Socket.made[1].open();
  assert.deepEqual(Socket.made[1].said, [{ kind: 'hello' }]);
  assert.deepEqual(heard.slice(2), ['lost', 'stands', 'state']);
  live.stop();
  mock.timers.tick(60_000);
  assert.equal(Socket.made.length, 2);
});

test('a phone that wakes with a dead connection makes another one', () => {
  const live = new Live('ws://here', owner);
  Socket.made[0].open();
  page.dispatchEvent(new Event('visibilitychange'));
  assert.deepEqual(Socket.made[0].said.at(-1), { kind: 'ping', turn: 0 });
  mock.timers.tick(2500); // nobody answers
  mock.timers.tick(1000);
  assert.equal(Socket.made.length, 2);
  Socket.made[1].open();
  page.dispatchEvent(new Event('visibilitychange'));
  Socket.made[1].onmessage({ data: '{"kind":"taken"}' });
  mock.timers.tick(60_000);
  assert.equal(Socket.made.length, 2); // this one lives
  live.stop();
});

test('a phone whose connection was closed while it slept connects at once', () => {
  const live = new Live('ws://here', owner);
  Socket.made[0].open();
  Socket.made[0].readyState = 3; // without a word
  page.dispatchEvent(new Event('visibilitychange'));
  assert.equal(Socket.made.length, 2);
  live.stop();
});
