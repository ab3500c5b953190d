// The images of the unseen class that lie below the threshold: the network is wrong about them.

import { type Shape, h } from '../lib/dom.ts';
import { type Tile, rankingRow } from './ranking.ts';

export type MissedTile = Tile & { score: number };

/** A button, and the row of pictures that it shows. */
export class Missed {
  readonly row = h('div', { class: 'missed-ones' });
  readonly button = h('button', {
    type: 'button',
    class: 'choice',
    text: 'Show false negatives',
    onclick: () => {
      this.isOpen = !this.isOpen;
      this.update();
      this.onToggle();
    },
  });
  /** Set before `show`. */
  isOpen = false;
  private readonly pick: (row: number) => void;
  private readonly onToggle: () => void;
  private update = () => {};

  constructor(pick: (row: number) => void, onToggle: () => void) {
    this.pick = pick;
    this.onToggle = onToggle;
  }

  /**
   * Follow the threshold.
   * @param all - those with the lowest scores, in order; none where there is no unseen class
   */
  show(all: MissedTile[], threshold: number, tiles: Uint8Array, shape: Shape): void {
    this.update = () => {
      this.button.hidden = !all.length;
      this.button.setAttribute('aria-pressed', String(this.isOpen));
      this.row.hidden = !all.length || !this.isOpen;
      this.row.replaceChildren();
      if (this.row.hidden) return;
      const found = all.filter(({ score }) => score <= threshold);
      const title = found.length ? 'False negatives, the lowest score first' : 'No false negatives';
      this.row.append(rankingRow(title, found, tiles, shape, this.pick));
    };
    this.update();
  }
}
