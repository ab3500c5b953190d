// @ts-nocheck
// The browser's address bar: written when the view changes, followed when the visitor goes back.

import { merged, writeAddress } from './address.ts';
import { debounce } from '../lib/dom.ts';
import { tell } from '../lib/bus.ts';

const WRITE_AFTER = 80; // milliseconds: the browser takes its time over its history, painting goes first
const TELL_AFTER = 300;

/** Keeps the address and the state of one canvas the same. */
export class AddressBar {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    Object.assign(this, { app, history: null, turn: 0 });
    this.writeSoon = debounce(() => this.writeNow(), WRITE_AFTER);
    this.tellSoon = debounce(() => this.tellPython(), TELL_AFTER);
  }

  /** Write what is chosen, soon; 'push': so that Back leads to what was there before. */
  write(history) {
    if (this.history !== 'push') this.history = history;
    this.writeSoon();
  }

  writeNow() {
    this.writeSoon.cancel();
    const { state, space } = this.app;
    const push = this.history === 'push';
    this.history = null;
    const query = merged(location.search, writeAddress(state, space));
    if (query === location.search.slice(1)) return;
    const address = `${location.pathname}${query ? `?${query}` : ''}${location.hash}`;
    // The entry keeps what Streamlit wrote into it.
    if (push) window.history.pushState(window.history.state, '', address);
    else window.history.replaceState(window.history.state, '', address);
    this.tellSoon();
  }

  /** Streamlit keeps an address of its own and would write that again. */
  tellPython() {
    const { state, space } = this.app;
    // The turn makes what is said new even when Back has led to the same words.
    this.turn += 1;
    tell('address', { ...writeAddress(state, space), turn: this.turn });
  }

  watch() {
    const back = () => {
      this.writeSoon.cancel();
      this.app.follow(location.search);
    };
    window.addEventListener('popstate', back);
    return () => {
      this.writeSoon.cancel();
      this.tellSoon.cancel();
      window.removeEventListener('popstate', back);
    };
  }

  async copy() {
    this.writeNow();
    try {
      await navigator.clipboard.writeText(location.href);
      this.app.say('The link is copied. It shows exactly this view.');
    } catch {
      this.app.say(`Copy this link: ${location.href}`);
    }
  }
}
