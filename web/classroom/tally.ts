// One line for a lesson's bar: how many phones of the class have answered, and how to join it.

import { h } from '../lib/dom.ts';
import { Live } from './live.ts';
import { answered } from './bars.ts';
import type { ProjectorState } from './messages.ts';

/** What ui/classroom/access.py says. */
export interface Access {
  /** Address of the connection, below the app's host. */
  path: string;
  key: string;
  code: string;
  address: string;
}

export class Tally {
  readonly element = h('p', { class: 'tally', role: 'status' });
  private readonly live: Live;

  constructor({ path, key, code, address }: Access) {
    this.live = new Live(`${location.origin.replace('http', 'ws')}${path}`, {
      hello: () => ({ key }),
      text: (message) => {
        const state = message as ProjectorState;
        this.element.textContent = `${answered(state)} · ${address} · ${code}`;
        if (state.ended) this.stop();
      },
      bytes: () => {},
      connected: () => {},
    });
  }

  stop(): void {
    this.live.stop();
    this.element.remove();
  }
}
