// One row of the board: the neighbors in one space. Elements stay and change what they show: making
// 27 canvases anew under a moving hand costs more than everything else, and takes the focus away.

import { type Theme, classColor } from '../lib/colors.ts';
import { type Shape, h, paintImage, prefersStill, tileOf } from '../lib/dom.ts';
import { type Meanings, explain } from '../lib/term.ts';

const LONG_NAME = 3; // letters that still fit beside the distance
const STAGGER = 18; // milliseconds between neighbors that fan out
const MOST_STAGGERED = 18;

/** A neighbor; `tile` is the number of its picture. */
interface Neighbor {
  row: number;
  tile: number;
  name: string | null;
  label: number;
  distance: string;
  closer: string;
  about: string;
}
/** The neighbors in one space, and what is said of them. */
export interface Space {
  title: string;
  size: string;
  agreement: string;
  chance: string;
  typical: string;
  tiles: Neighbor[];
}
type Walk = (row: number) => void;

/** The row of one space. */
export class SpaceRow {
  private readonly title = h('h3');
  private readonly lines = ['size', 'agreement', 'quiet', 'quiet'].map((name) =>
    h('p', { class: name }),
  );
  private readonly shelf = h('div', { class: 'tiles' });
  readonly element = h(
    'section',
    { class: 'space' },
    h('header', {}, this.title, ...this.lines),
    this.shelf,
  );
  private readonly tiles: Tile[] = [];
  private readonly walk: Walk;

  /** @param walk - called with the row of a neighbor that was clicked */
  constructor(walk: Walk) {
    this.walk = walk;
  }

  /**
   * Show what was found.
   * @param meanings - what the glossary says of terms in the texts
   * @param pictures - all tiles one after the other
   * @param shape - of one tile
   * @param moved - whether the neighbors are new and should fan out
   */
  show(
    space: Space,
    meanings: Meanings,
    pictures: Uint8Array,
    shape: Shape,
    theme: Theme,
    moved: boolean,
  ): void {
    explain(this.title, space.title, meanings);
    const texts = [space.size, space.agreement, space.chance, space.typical];
    this.lines.forEach((line, i) => {
      explain(line, texts[i], meanings);
      line.hidden = !texts[i];
    });
    while (this.tiles.length < space.tiles.length) this.tiles.push(new Tile(this.walk));
    this.tiles.length = space.tiles.length;
    const isLong = space.tiles.some(({ name }) => (name ?? '').length > LONG_NAME);
    space.tiles.forEach((neighbor, i) => {
      this.tiles[i].show(neighbor, tileOf(pictures, neighbor.tile, shape), shape, theme, isLong);
    });
    if (this.shelf.childElementCount !== this.tiles.length) {
      this.shelf.replaceChildren(...this.tiles.map(({ element }) => element));
    }
    if (moved && !prefersStill()) this.fan();
  }

  private fan(): void {
    this.tiles.forEach(({ element }, i) => {
      element.classList.remove('fan');
      element.style.setProperty('--wait', `${Math.min(i, MOST_STAGGERED) * STAGGER}ms`);
    });
    this.shelf.getBoundingClientRect(); // without looking in between, nothing would begin anew
    for (const { element } of this.tiles) element.classList.add('fan');
  }
}

/** One neighbor. */
class Tile {
  private readonly canvas = h('canvas', { 'aria-hidden': 'true' });
  private readonly name = h('b');
  private readonly distance = h('span');
  private readonly number = h('span', { class: 'number' }, this.name, this.distance);
  private readonly closer = h('span', { class: 'number quiet' });
  readonly element: HTMLButtonElement;
  private row = -1;
  private picture = new Uint8Array();
  private shape = '';

  constructor(walk: Walk) {
    const onclick = () => walk(this.row);
    this.element = h('button', { class: 'tile', onclick }, this.canvas, this.number, this.closer);
  }

  show(neighbor: Neighbor, picture: Uint8Array, shape: Shape, theme: Theme, isLong: boolean): void {
    this.row = neighbor.row;
    if (String(shape) !== this.shape || !isSame(this.picture, picture)) {
      paintImage(this.canvas, picture, shape);
      this.picture = picture.slice(); // not the whole message it came in
      this.shape = String(shape);
    }
    write(this.name, neighbor.name ?? '');
    write(this.distance, neighbor.distance);
    write(this.closer, neighbor.closer);
    this.number.classList.toggle('stacked', isLong);
    this.element.style.setProperty('--class', classColor(theme, neighbor.label));
    if (this.element.title === neighbor.about) return;
    this.element.title = neighbor.about;
    this.element.setAttribute('aria-label', neighbor.about);
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** Write a text where it is another one: an unchanged one need not be laid out again. */
function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
