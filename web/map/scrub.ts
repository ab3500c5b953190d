// Maps of the same latents, computed again with other seeds and settings. Choosing one lets every point
// glide to its new place: what moves is what the picture owes to chance.

import { type Board, keeping } from '../lib/component.ts';
import { clamp, cleared, h, prefersStill } from '../lib/dom.ts';
import { type Floats, type Ints, readHeader, unpack } from '../lib/message.ts';
import { ScatterPainter } from '../scatter/painter.ts';
import { View, boundsOf } from '../scatter/view.ts';

const GLIDE_MS = 400;
const MARGIN = 14; // pixels
const STEPS: Partial<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

interface Header {
  id: string;
  /** By label. */
  colors: string[];
  variants: { title: string; text: string }[];
}
interface Arrays {
  /** Maps, points, x and y. */
  maps: Floats;
  labels: Ints;
}

export default keeping(
  '#scrub',
  (root) => new Scrub(root),
  (scrub, { data }) => scrub.show(data),
);

class Scrub implements Board {
  private readonly root: HTMLElement;
  private readonly choices = h('div', {
    class: 'choices',
    role: 'radiogroup',
    'aria-label': 'Which map',
  });
  private readonly play = h('button', { text: 'Play', onclick: () => this.togglePlaying() });
  private readonly words = h('p', { class: 'words', 'aria-live': 'polite' });
  private readonly canvas = h('canvas', {
    role: 'img',
    'aria-label': 'A map whose points glide when another is chosen',
  });
  private readonly resize = new ResizeObserver(() => this.draw());
  private readonly view = new View();
  private header: Header | null = null;
  private maps = new Float32Array();
  private painter = new ScatterPainter(this.maps, [], []);
  private buttons: HTMLButtonElement[] = [];
  private chosen = 0;
  private frame = 0;
  private playing: ReturnType<typeof setInterval> | undefined;

  constructor(root: HTMLElement) {
    this.root = root;
    const row = h('div', { class: 'row' }, this.choices, this.play);
    root.replaceChildren(row, this.words, this.canvas);
    this.resize.observe(this.canvas);
  }

  show(data: Uint8Array): void {
    if (readHeader<Header>(data).id === this.header?.id) return;
    const { header, arrays } = unpack<Header, Arrays>(data);
    this.header = header;
    this.maps = arrays.maps;
    this.painter = new ScatterPainter(this.map(0, header), arrays.labels, []);
    this.buttons = header.variants.map(({ title }, i) => this.choice(title, i));
    this.choices.replaceChildren(...this.buttons);
    this.choose(0);
  }

  private map(i: number, { variants }: Header): Float32Array {
    const size = this.maps.length / variants.length;
    return this.maps.slice(i * size, (i + 1) * size);
  }

  private choice(title: string, i: number): HTMLButtonElement {
    const choose = (number: number): void => {
      this.stopPlaying();
      this.choose(number);
    };
    const onkeydown = (event: KeyboardEvent): void => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      choose((i + step + this.buttons.length) % this.buttons.length);
      this.buttons[this.chosen].focus();
    };
    return h('button', { text: title, role: 'radio', onclick: () => choose(i), onkeydown });
  }

  /** Let the points glide to another map. */
  private choose(number: number): void {
    if (!this.header) return;
    this.chosen = number;
    this.buttons.forEach((button, i) => {
      button.setAttribute('aria-checked', String(i === number));
      button.tabIndex = i === number ? 0 : -1;
    });
    this.words.textContent = this.header.variants[number].text;
    const from = this.painter.places;
    const to = this.map(number, this.header);
    const begun = performance.now();
    const glide = (now: number): void => {
      const t = prefersStill() ? 1 : clamp((now - begun) / GLIDE_MS, 0, 1);
      const eased = t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) ** 2;
      this.painter.places = from.map((value, k) => value + (to[k] - value) * eased);
      this.draw();
      if (t < 1) this.frame = requestAnimationFrame(glide);
    };
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(glide);
  }

  private togglePlaying(): void {
    if (this.playing !== undefined) {
      this.stopPlaying();
      return;
    }
    const next = () => this.choose((this.chosen + 1) % this.buttons.length);
    this.playing = setInterval(next, 3 * GLIDE_MS);
    this.play.textContent = 'Pause';
    next();
  }

  private stopPlaying(): void {
    clearInterval(this.playing);
    this.playing = undefined;
    this.play.textContent = 'Play';
  }

  private draw(): void {
    const sheet = this.header && cleared(this.canvas);
    if (!sheet) return;
    const { context, width, height } = sheet;
    this.view.resize(width, height);
    const room = { left: MARGIN, right: MARGIN, top: MARGIN, bottom: MARGIN };
    this.view.fit(boundsOf(this.maps), room);
    const style = getComputedStyle(this.root);
    const palette = {
      classes: this.header!.colors,
      background: style.getPropertyValue('--st-background-color'),
      ink: style.color,
    };
    this.painter.paint(context, this.view, palette, { kind: 'dot', radius: 2.6, alpha: 0.8 });
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.resize.disconnect();
    clearInterval(this.playing);
  }
}
