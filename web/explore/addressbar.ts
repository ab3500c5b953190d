// The browser's address bar: written when the view changes, followed when the visitor goes back.

import { type Values, ownInAddress, putIntoAddress } from '../lib/address.ts';
import { tell } from '../lib/bus.ts';
import { debounce } from '../lib/dom.ts';
import { NAMES, writeAddress } from './address.ts';
import type { Changed, History, Model } from './model.ts';

const WRITE_AFTER = 80; // milliseconds: the browser takes its time over its history, painting goes first
const TELL_AFTER = 300;

/** Keeps the address and the state of one canvas the same. */
export class AddressBar {
  private readonly model: Model;
  private push = false;
  private values: Values | null = null; // what is about to be written
  private slid = ''; // what was moved last, if nothing else happened since
  private turn = 0;
  private readonly writeSoon = debounce(() => this.writeNow(), WRITE_AFTER);
  private readonly tellSoon = debounce(() => this.tellPython(), TELL_AFTER);

  constructor(model: Model) {
    this.model = model;
  }

  /** Write what is chosen, soon; one step back for each action. */
  write(history: History, what: Changed = new Set()): void {
    const slid = history === 'slide' ? [...what].join() : '';
    const isStep = history !== 'replace' && (!slid || slid !== this.slid);
    if (isStep && this.push) this.writeNow(); // two actions in quick succession are two steps
    if (isStep) this.push = true;
    if (history !== 'replace') this.slid = slid;
    this.values = this.current();
    this.writeSoon();
  }

  private current(): Values {
    return writeAddress(this.model.state, this.model.space);
  }

  writeNow(): void {
    this.writeSoon.cancel();
    const { push, values } = this;
    this.push = false;
    this.values = null;
    if (putIntoAddress(values ?? this.current(), push)) this.tellSoon();
  }

  /** Streamlit keeps an address of its own and would write that again. */
  private tellPython(): void {
    // The turn makes what is said new even when Back has led to the same words.
    this.turn += 1;
    tell('address', { ...this.current(), turn: this.turn });
  }

  /** Call back with an address when the visitor goes back or forward. */
  watch(follow: (search: string) => void): () => void {
    const back = () => {
      this.writeSoon.cancel();
      this.push = false;
      this.values = null;
      this.slid = '';
      follow(location.search);
    };
    window.addEventListener('popstate', back);
    const giveBack = ownInAddress(NAMES);
    return () => {
      giveBack();
      this.writeSoon.cancel();
      this.tellSoon.cancel();
      window.removeEventListener('popstate', back);
    };
  }

  async copy(): Promise<void> {
    this.writeNow();
    try {
      await navigator.clipboard.writeText(location.href);
      this.model.canvas.say('The link is copied. It shows exactly this view.');
    } catch {
      this.model.canvas.say(`Copy this link: ${location.href}`);
    }
  }
}
