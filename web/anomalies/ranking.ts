// @ts-nocheck
// The least and the most unusual test images under one score, in two rows.

import { h, paintImage } from '../lib/dom.ts';

/**
 * Two rows of pictures; a click tells which.
 * @param {{usual: object[], unusual: object[]}} ends
 * @param {Uint8Array} tiles - all pictures, one after the other
 * @param {number[]} shape
 * @param {(row: number) => void} pick
 */
export function rankingRows(ends, tiles, shape, pick) {
  const row = (title, found) =>
    h(
      'section',
      { class: 'end' },
      h('h3', { text: title }),
      h('div', { class: 'tiles' }, ...found.map((tile) => picture(tile, tiles, shape, pick))),
    );
  return [row('Most unusual', ends.unusual), row('Most usual', ends.usual)];
}

function picture(tile, tiles, shape, pick) {
  const size = shape.reduce((product, side) => product * side, 1);
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  paintImage(canvas, tiles.subarray(tile.tile * size, (tile.tile + 1) * size), shape);
  return h(
    'button',
    {
      class: tile.unseen ? 'tile unseen' : 'tile',
      title: tile.about,
      'aria-label': tile.about,
      onclick: () => pick(tile.row),
    },
    canvas,
    h('span', { class: 'name', text: tile.name }),
    h('span', { class: 'number', text: tile.value }),
  );
}
