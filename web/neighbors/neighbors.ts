// The component: an image, its reconstruction, what is near in three spaces, and where it lies on the
// map. Every number and word comes from Python; here they are laid out and painted.

import type { Seen, Told } from '../drawing/messages.ts';
import { kept, listen, publish } from '../lib/bus.ts';
import { type Look, type Theme, readTheme } from '../lib/colors.ts';
import { type Board, type Component, keeping } from '../lib/component.ts';
import { type Shape, h, paintImage, tileOf } from '../lib/dom.ts';
import { type Bytes, unpack } from '../lib/message.ts';
import { type Meanings, explain } from '../lib/term.ts';
import { PlaceMap, type Placed } from './place.ts';
import { type Space, SpaceRow } from './spaces.ts';

/** What ui/neighbors/board.py sends. */
interface Header {
  /** Number of the drawing that this answers. */
  drawing: number;
  network: string;
  shape: Shape;
  source: string;
  label: string | null;
  drawn: string;
  sentence: string;
  /** What the glossary says of terms in the texts. */
  meanings: Meanings;
  warning: string | null;
  note: string | null;
  legend: string;
  spaces: Space[];
  /** The images walked through; the last is the one asked about. */
  steps: string[];
  map: Placed | null;
  looks: { light: Look; dark: Look };
}
type Arrays = Record<'query' | 'drawn' | 'tiles' | 'steps', Bytes>;

export default keeping('#board', (root) => new NeighborBoard(root), (board, component) => board.show(component));

/** One board on one page. */
class NeighborBoard implements Board {
  private readonly root: HTMLElement;
  private readonly query = captioned('query');
  private readonly drawn = captioned('drawn');
  private readonly sentence = h('p', { class: 'sentence' });
  private readonly warning = h('p', { class: 'warning', role: 'status' });
  private readonly steps = h('nav', { class: 'steps', 'aria-label': 'History of searches' });
  private readonly map = new PlaceMap();
  private readonly note = h('p', { class: 'note' });
  private readonly legend = h('p', { class: 'legend quiet' });
  private readonly rows = h('div', { class: 'rows' });
  private readonly spaces: SpaceRow[] = [];
  private readonly unlisten: (() => void)[];
  private tell!: Component['setStateValue'];
  private header: Header | null = null;
  private untold: Told | null = null;

  constructor(root: HTMLElement) {
    this.root = root;
    const pair = h('div', { class: 'pair' }, this.query.element, arrow(), this.drawn.element);
    const words = h('div', { class: 'words' }, this.sentence, this.warning);
    const asked = h('section', { class: 'asked' }, pair, words);
    const way = h('section', { class: 'way' }, this.map.element, this.steps);
    root.replaceChildren(h('div', { class: 'top' }, asked, way), this.note, this.rows, this.legend);
    this.unlisten = [
      listen<Seen>('seen', (drawing) => this.preview(drawing)),
      listen<Uint8Array>('neighbors points', (bytes) => this.map.takePoints(bytes)),
      listen<Told>('drawing', (drawing) => this.pass(drawing)),
    ];
  }

  /** Show an answer of the server. */
  show({ data, setStateValue }: Component): void {
    this.tell = setStateValue;
    const { header, arrays } = unpack<Header, Arrays>(data);
    const theme = readTheme(this.root, header.looks);
    const last = this.header;
    this.header = header;
    paintImage(this.query.canvas, arrays.query, header.shape);
    paintImage(this.drawn.canvas, arrays.drawn, header.shape);
    this.query.say(header.label ? `${header.source}: ${header.label}` : header.source);
    this.drawn.say(header.drawn);
    explain(this.sentence, header.sentence, header.meanings);
    this.warning.textContent = header.warning;
    this.note.textContent = header.note;
    this.legend.textContent = header.legend;
    this.showSteps(header, arrays.steps);
    const isNew = last === null || keyOf(last) !== keyOf(header);
    const isStroke = last !== null && header.drawing !== last.drawing;
    this.map.element.hidden = !header.map;
    // Before the rows change: the map asks how large it is.
    if (header.map) this.map.show(header.map, header.meanings, theme, this.query.canvas);
    // Under a moving hand nothing else should move.
    this.showSpaces(header, arrays.tiles, theme, isNew && !isStroke);
    publish('answered', header.drawing);
    if (this.untold) this.pass(this.untold); // drawn before there was a board
  }

  /** Show what the browser itself knows of a drawing, before the server has answered. */
  private preview({ id, shape, seen, drawn }: Seen): void {
    const { header } = this;
    if (!header || id <= header.drawing || String(shape) !== String(header.shape)) return;
    paintImage(this.query.canvas, seen, shape);
    if (drawn) paintImage(this.drawn.canvas, drawn, shape);
  }

  /** Tell Python of a drawing: what changes then is the board. */
  private pass(drawing: Told): void {
    this.untold = drawing;
    if (drawing.network !== this.header?.network) return; // there is no board yet, or of another one
    this.untold = null;
    const told = kept('told drawings', () => ({ last: 0 })); // who listens later hears it once more
    if (drawing.id <= told.last) return;
    told.last = drawing.id;
    this.tell('drawing', drawing);
  }

  /** Tell Python of a click; they are numbered, so that each is acted on once. */
  private go(where: 'walk' | 'back', number: number): void {
    const clicks = kept('clicks', () => ({ last: 0 }));
    this.tell('go', { where, number, click: ++clicks.last });
  }

  private showSpaces(header: Header, pictures: Bytes, theme: Theme, moved: boolean): void {
    const walk = (row: number) => this.go('walk', row);
    while (this.spaces.length < header.spaces.length) this.spaces.push(new SpaceRow(walk));
    this.spaces.length = header.spaces.length;
    header.spaces.forEach((space, i) => {
      this.spaces[i].show(space, header.meanings, pictures, header.shape, theme, moved);
    });
    if (this.rows.childElementCount !== this.spaces.length) {
      this.rows.replaceChildren(...this.spaces.map(({ element }) => element));
    }
  }

  private showSteps(header: Header, pictures: Bytes): void {
    const last = header.steps.length - 1;
    this.steps.hidden = last === 0;
    if (last === 0) return;
    const crumbs = header.steps.map((text, step) => {
      const canvas = h('canvas', { 'aria-hidden': 'true' });
      paintImage(canvas, tileOf(pictures, step, header.shape), header.shape);
      const isLast = step === last;
      const title = isLast ? text : `Back to ${text}`;
      const onclick = isLast ? undefined : () => this.go('back', step);
      const props = { title, 'aria-label': title, 'aria-current': isLast && 'step', onclick };
      return h('button', { class: 'step', ...props }, canvas);
    });
    const onclick = () => this.go('back', last - 1);
    const back = h('button', { class: 'back', text: '← Back', onclick });
    this.steps.replaceChildren(back, ...crumbs);
    this.steps.scrollLeft = this.steps.scrollWidth;
  }

  stop(): void {
    this.unlisten.forEach((stop) => stop());
    this.map.stop();
  }
}

/** What must change for the neighbors to fan out anew. */
function keyOf({ source, spaces }: Header): string {
  return JSON.stringify([source, spaces[0].tiles.map(({ row }) => row)]);
}

/** A picture, and what is said of it. */
function captioned(name: string) {
  const canvas = h('canvas', { role: 'img' });
  const caption = h('figcaption');
  const element = h('figure', { class: name }, canvas, caption);
  const say = (text: string): void => {
    caption.textContent = caption.title = text;
    canvas.setAttribute('aria-label', text);
  };
  return { element, canvas, say };
}

function arrow(): SVGElement {
  const d = 'M2 12h18M14 5l7 7-7 7';
  const line = h('path', { d, fill: 'none', stroke: 'currentColor', 'stroke-width': 2 });
  return h('svg', { class: 'arrow', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, line);
}
