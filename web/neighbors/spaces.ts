// @ts-nocheck
// One row of the board: the neighbors in one space. Elements stay and change what they show: making
// 27 canvases anew under a moving hand costs more than everything else, and takes the focus away.

import { classColor } from '../lib/colors.ts';
import { h, paintImage, prefersStill } from '../lib/dom.ts';

const LONG_NAME = 3; // letters that still fit beside the distance
const STAGGER = 18; // milliseconds between neighbors that fan out
const MOST_STAGGERED = 18;

/** The neighbors in one space, on one board. */
export class SpaceRow {
  /** @param {{theme: object, go: (where: string, number: number) => void}} board */
  constructor(board) {
    this.board = board;
    this.title = h('h3');
    this.lines = ['size', 'agreement', 'quiet', 'quiet'].map((name) => h('p', { class: name }));
    this.tiles = [];
    this.shelf = h('div', { class: 'tiles' });
    const head = h('header', {}, this.title, ...this.lines);
    this.element = h('section', { class: 'space' }, head, this.shelf);
  }

  /**
   * Show what was found.
   * @param {object} space - title, size, agreement, chance, typical, tiles
   * @param {Uint8Array} pictures - all tiles one after the other
   * @param {number[]} shape - of one tile
   * @param {boolean} moved - whether the neighbors are new and should fan out
   */
  show(space, pictures, shape, moved) {
    write(this.title, space.title);
    const texts = [space.size, space.agreement, space.chance, space.typical];
    this.lines.forEach((line, i) => {
      write(line, texts[i]);
      line.hidden = !texts[i];
    });
    while (this.tiles.length < space.tiles.length) this.tiles.push(new Tile(this.board));
    this.tiles.length = space.tiles.length;
    const isLong = space.tiles.some((tile) => (tile.name ?? '').length > LONG_NAME);
    const size = shape.reduce((product, side) => product * side, 1);
    space.tiles.forEach((tile, i) => {
      const picture = pictures.subarray(tile.tile * size, (tile.tile + 1) * size);
      this.tiles[i].show(tile, picture, shape, isLong);
    });
    if (this.shelf.childElementCount !== this.tiles.length) {
      this.shelf.replaceChildren(...this.tiles.map((tile) => tile.element));
    }
    if (moved && !prefersStill()) this.fan();
  }

  fan() {
    this.tiles.forEach(({ element }, i) => {
      element.classList.remove('fan');
      element.style.setProperty('--wait', `${Math.min(i, MOST_STAGGERED) * STAGGER}ms`);
    });
    void this.shelf.offsetWidth; // without looking in between, nothing would begin anew
    this.tiles.forEach(({ element }) => element.classList.add('fan'));
  }
}

/** One neighbor. */
class Tile {
  constructor(board) {
    this.board = board;
    this.canvas = h('canvas', { 'aria-hidden': 'true' });
    this.name = h('b');
    this.distance = h('span');
    this.number = h('span', { class: 'number' }, this.name, this.distance);
    this.closer = h('span', { class: 'number quiet' });
    const parts = [this.canvas, this.number, this.closer];
    this.element = h('button', { class: 'tile', onclick: () => board.go('walk', this.row) }, ...parts);
  }

  show(tile, picture, shape, isLong) {
    this.row = tile.row;
    if (!same(this.picture, picture) || String(shape) !== this.shape) {
      paintImage(this.canvas, picture, shape);
      this.picture = picture.slice(); // not the whole message it came in
      this.shape = String(shape);
    }
    write(this.name, tile.name ?? '');
    write(this.distance, tile.distance);
    write(this.closer, tile.closer);
    this.number.classList.toggle('stacked', isLong);
    this.element.style.setProperty('--class', classColor(this.board.theme, tile.label));
    if (this.element.title === tile.about) return;
    this.element.title = tile.about;
    this.element.setAttribute('aria-label', tile.about);
  }
}

/** Write a text where it is another one: an unchanged one need not be laid out again. */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function same(a, b) {
  return a?.length === b.length && a.every((value, i) => value === b[i]);
}
