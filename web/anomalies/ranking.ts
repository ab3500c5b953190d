// The test images with the lowest and the highest scores, in two rows.

import { type Shape, h, paintImage, tileOf } from '../lib/dom.ts';

/** A ranked image; `tile` is the number of its picture. */
export interface Tile {
  row: number;
  tile: number;
  name: string;
  value: string;
  /** Whether its class was held out at training. */
  unseen: boolean;
  about: string;
}
/** Both ends of a ranking. */
export interface Ends {
  usual: Tile[];
  unusual: Tile[];
}

/**
 * Two rows of pictures; a click tells which.
 * @param tiles - all pictures, one after the other
 */
export function rankingRows(
  ends: Ends,
  tiles: Uint8Array,
  shape: Shape,
  pick: (row: number) => void,
): HTMLElement[] {
  const end = (title: string, found: Tile[]) => rankingRow(title, found, tiles, shape, pick);
  return [end('Highest scores', ends.unusual), end('Lowest scores', ends.usual)];
}

/** One row of pictures under a heading. */
export function rankingRow(
  title: string,
  found: Tile[],
  tiles: Uint8Array,
  shape: Shape,
  pick: (row: number) => void,
): HTMLElement {
  const picture = ({ row, tile, name, value, unseen, about }: Tile): HTMLElement => {
    const canvas = h('canvas', { 'aria-hidden': 'true' });
    paintImage(canvas, tileOf(tiles, tile, shape), shape);
    return h(
      'button',
      {
        class: unseen ? 'tile unseen' : 'tile',
        title: about,
        'aria-label': about,
        onclick: () => pick(row),
      },
      canvas,
      h('span', { class: 'name', text: name }),
      h('span', { class: 'number', text: value }),
    );
  };
  const pictures = h('div', { class: 'tiles' }, ...found.map(picture));
  return h('section', { class: 'end' }, h('h3', { text: title }), pictures);
}
