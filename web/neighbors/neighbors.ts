// @ts-nocheck
// The component: an image, what the network draws back, what is near in three spaces, and where it
// lies on the map. Every number and word comes from Python; here they are laid out and painted.

import { readTheme } from '../lib/colors.ts';
import { h, paintImage } from '../lib/dom.ts';
import { kept, listen, publish } from '../lib/link.ts';
import { unpack } from '../lib/message.ts';
import { PlaceMap } from './place.ts';
import { SpaceRow } from './spaces.ts';

const boards = new WeakMap();

/**
 * Streamlit calls this when the component appears and when its data or the theme changes.
 * @param {{data: Uint8Array, parentElement: ShadowRoot, setStateValue: Function}} component
 * @returns {() => void} takes the board down
 */
export default function mount({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector('#board');
  if (!boards.has(root)) boards.set(root, new Board(root));
  const board = boards.get(root);
  board.tell = setStateValue;
  board.show(unpack(data));
  return () => {
    board.stop();
    boards.delete(root);
  };
}

/** One board on one page. */
class Board {
  constructor(root) {
    this.root = root;
    this.query = captioned('query');
    this.drawn = captioned('drawn');
    this.label = h('p', { class: 'label' });
    this.sentence = h('p', { class: 'sentence' });
    this.warning = h('p', { class: 'warning', role: 'status' });
    this.steps = h('nav', { class: 'steps', 'aria-label': 'The images you came by' });
    this.map = new PlaceMap();
    this.note = h('p', { class: 'note' });
    this.legend = h('p', { class: 'legend quiet' });
    this.spaces = [];
    this.rows = h('div', { class: 'rows' });
    const pair = h('div', { class: 'pair' }, this.query.element, arrow(), this.drawn.element);
    const words = h('div', { class: 'words' }, this.sentence, this.warning);
    const asked = h('section', { class: 'asked' }, pair, words);
    const way = h('section', { class: 'way' }, this.map.element, this.steps);
    root.replaceChildren(
      h('div', { class: 'top' }, asked, way),
      this.note,
      this.rows,
      this.legend,
    );
    this.unlisten = [
      listen('seen', (drawing) => this.preview(drawing)),
      listen('points', (points) => this.map.takePoints(points)),
      listen('drawing', (drawing) => this.pass(drawing)),
    ];
  }

  /** Show an answer of the server. */
  show({ header, arrays }) {
    this.theme = readTheme(this.root, header.looks);
    this.header = header;
    paintImage(this.query.canvas, arrays.query, header.shape);
    paintImage(this.drawn.canvas, arrays.drawn, header.shape);
    this.query.say(header.label ? `${header.source}: ${header.label}` : header.source);
    this.drawn.say(header.drawn);
    this.sentence.textContent = header.sentence;
    this.warning.textContent = header.warning ?? '';
    this.note.textContent = header.note ?? '';
    this.legend.textContent = header.legend;
    this.showSteps(header, arrays.steps);
    const isNew = this.key !== keyOf(header);
    const isStroke = this.drawing !== undefined && header.drawing !== this.drawing;
    const moved = isNew && !isStroke; // under a moving hand nothing else should move
    this.key = keyOf(header);
    this.drawing = header.drawing;
    this.map.element.hidden = !header.map;
    // Before the rows change: the map asks how large it is.
    if (header.map) this.map.show(header.map, this.theme, this.query.canvas);
    this.showSpaces(header, arrays.tiles, moved);
    publish('answered', header.drawing);
    if (this.unsaid) this.pass(this.unsaid); // drawn before there was a board
  }

  /** Show what the browser itself knows of a drawing, before the server has answered. */
  preview({ id, shape, seen, drawn }) {
    if (!this.header || id <= this.header.drawing || String(shape) !== String(this.header.shape)) return;
    paintImage(this.query.canvas, seen, shape);
    if (drawn) paintImage(this.drawn.canvas, drawn, shape);
  }

  /** Tell Python of a drawing: what changes then is the board. */
  pass(drawing) {
    this.unsaid = drawing;
    if (!this.header || drawing.network !== this.header.network) return; // or of another network
    this.unsaid = null;
    const told = kept('told drawings', () => ({ last: 0 })); // who listens later hears it once more
    if (drawing.id <= told.last) return;
    told.last = drawing.id;
    this.tell('drawing', drawing);
  }

  /** Tell Python of a click; they are numbered, so that each is acted on once. */
  go(where, number) {
    const clicks = kept('clicks', () => ({ last: 0 }));
    this.tell('go', { where, number, click: ++clicks.last });
  }

  showSpaces(header, pictures, moved) {
    while (this.spaces.length < header.spaces.length) this.spaces.push(new SpaceRow(this));
    this.spaces.length = header.spaces.length;
    header.spaces.forEach((space, i) => this.spaces[i].show(space, pictures, header.shape, moved));
    if (this.rows.childElementCount !== this.spaces.length) {
      this.rows.replaceChildren(...this.spaces.map((space) => space.element));
    }
  }

  showSteps(header, pictures) {
    const size = header.shape.reduce((product, side) => product * side, 1);
    const last = header.steps.length - 1;
    this.steps.hidden = last === 0;
    if (last === 0) return;
    const crumbs = header.steps.map((text, step) => {
      const canvas = h('canvas', { 'aria-hidden': 'true' });
      paintImage(canvas, pictures.subarray(step * size, (step + 1) * size), header.shape);
      return h(
        'button',
        {
          class: 'step',
          title: step === last ? text : `Back to ${text}`,
          'aria-label': step === last ? text : `Back to ${text}`,
          'aria-current': step === last ? 'step' : null,
          onclick: () => step !== last && this.go('back', step),
        },
        canvas,
      );
    });
    const back = h('button', {
      class: 'back',
      text: '← Back',
      onclick: () => this.go('back', last - 1),
    });
    this.steps.replaceChildren(back, ...crumbs);
    this.steps.scrollLeft = this.steps.scrollWidth;
  }

  stop() {
    this.unlisten.forEach((stop) => stop());
    this.map.stop();
  }
}

/** What must change for the neighbors to fan out anew. */
function keyOf(header) {
  return JSON.stringify([header.source, header.spaces[0]?.tiles.map((tile) => tile.row)]);
}

function captioned(name) {
  const canvas = h('canvas', { role: 'img' });
  const caption = h('figcaption');
  const element = h('figure', { class: name }, canvas, caption);
  const say = (text) => {
    caption.textContent = text;
    caption.title = text;
    canvas.setAttribute('aria-label', text);
  };
  return { element, canvas, say };
}

function arrow() {
  const line = h('path', { d: 'M2 12h18M14 5l7 7-7 7', fill: 'none', stroke: 'currentColor', 'stroke-width': 2 });
  return h('svg', { class: 'arrow', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, line);
}
