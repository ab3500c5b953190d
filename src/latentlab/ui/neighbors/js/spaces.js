// One row of the board: the neighbors in one space.

import { classColor } from './colors.js';
import { h, paintImage, prefersStill } from './dom.js';

const LONG_NAME = 3; // letters that still fit beside the distance
const STAGGER = 18; // milliseconds between neighbors that fan out
const MOST_STAGGERED = 18;

/**
 * Build a row.
 * @param {object} space - title, size, agreement, chance, typical, tiles
 * @param {Uint8Array} pictures - all tiles one after the other
 * @param {number[]} shape - of one tile
 * @param {{theme: object, go: (where: string, number: number) => void}} board
 * @param {boolean} moved - whether the neighbors are new and should fan out
 */
export function spaceRow(space, pictures, shape, board, moved) {
  const size = shape.reduce((product, side) => product * side, 1);
  const lines = [space.agreement, space.chance, space.typical].filter(Boolean);
  const head = h(
    'header',
    {},
    h('h3', { text: space.title }),
    h('p', { class: 'size', text: space.size }),
    ...lines.map((text, i) => h('p', { class: i ? 'quiet' : 'agreement', text })),
  );
  const fan = moved && !prefersStill();
  const isLong = space.tiles.some((tile) => (tile.name ?? '').length > LONG_NAME);
  const tiles = space.tiles.map((tile, i) => {
    const canvas = h('canvas', { 'aria-hidden': 'true' });
    paintImage(canvas, pictures.subarray(tile.tile * size, (tile.tile + 1) * size), shape);
    return h(
      'button',
      {
        class: fan ? 'tile fan' : 'tile',
        style: `--wait: ${Math.min(i, MOST_STAGGERED) * STAGGER}ms; --class: ${classColor(board.theme, tile.label)}`,
        title: tile.about,
        'aria-label': tile.about,
        onclick: () => board.go('walk', tile.row),
      },
      canvas,
      h(
        'span',
        { class: isLong ? 'number stacked' : 'number' },
        h('b', { text: tile.name ?? '' }),
        h('span', { text: tile.distance }),
      ),
      h('span', { class: 'number quiet', text: tile.closer }),
    );
  });
  return h('section', { class: 'space' }, head, h('div', { class: 'tiles' }, ...tiles));
}
