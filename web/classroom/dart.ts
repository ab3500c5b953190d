// The dart of a guess: a tap throws it; so do the keys, which move it first.

import { ARROWS } from '../lib/arrows.ts';
import { clamp, h } from '../lib/dom.ts';
import type { ClassMap } from './classmap.ts';
import type { Place } from './messages.ts';

const STEP = 16; // pixels
const LARGE_STEP = 64;
const ARM = 14; // pixels, of the cross

export class Dart {
  /** Where the keys have moved it, as screen readers hear it. */
  readonly where = h('p', { class: 'where', 'aria-live': 'polite' });
  private readonly map: ClassMap;
  private readonly begin: () => Place | null;
  private readonly throwAt: (place: Place) => void;
  private place: Place | null = null;
  isLocked = false;

  /**
   * @param begin - where it was thrown before
   * @param throwAt - called with each throw
   */
  constructor(map: ClassMap, begin: () => Place | null, throwAt: (place: Place) => void) {
    this.map = map;
    this.begin = begin;
    this.throwAt = throwAt;
    const { element } = map;
    element.tabIndex = 0;
    element.setAttribute('role', 'application');
    element.setAttribute('aria-label', 'Map. The arrow keys move a dart, with Shift faster; Enter throws it.');
    element.onclick = (event) => this.release(map.placeOf(event));
    element.onkeydown = (event) => this.key(event);
    element.onblur = () => this.lay();
  }

  private key(event: KeyboardEvent): void {
    if (this.isLocked || event.ctrlKey || event.altKey || event.metaKey) return;
    const way = ARROWS[event.key];
    const throws = event.key === 'Enter' || event.key === ' ';
    if (!way && !throws) return;
    event.preventDefault();
    if (way) this.move(way, event.shiftKey ? LARGE_STEP : STEP);
    else this.release(this.place ?? this.start());
  }

  private start(): Place {
    const { view } = this.map;
    return this.begin() ?? view.toMap(view.width / 2, view.height / 2);
  }

  private move([x, y]: Place, step: number): void {
    const { view } = this.map;
    const [left, top] = view.toScreen(...(this.place ?? this.start()));
    const [right, below] = [clamp(left + x * step, 0, view.width), clamp(top + y * step, 0, view.height)];
    this.place = view.toMap(right, below);
    const percent = (value: number, of: number) => Math.round((100 * value) / of);
    const name = this.map.nameNear(this.place);
    this.where.textContent =
      `The dart is ${percent(right, view.width)} % from the left and ${percent(below, view.height)} % from ` +
      `the top${name ? `, nearest to ${name}` : ''}. Enter throws it.`;
    this.map.paint();
  }

  private release(place: Place): void {
    if (this.isLocked) return;
    this.lay();
    this.throwAt(place);
  }

  /** Nobody aims any more. */
  private lay(): void {
    this.place = null;
    this.where.textContent = '';
    this.map.paint();
  }

  /** Paint the cross with which the keys aim. */
  paint(context: CanvasRenderingContext2D, accent: string, background: string): void {
    if (!this.place) return;
    const [x, y] = this.map.view.toScreen(...this.place);
    for (const [color, width] of [[background, 6], [accent, 3]] as const) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(x - ARM, y);
      context.lineTo(x + ARM, y);
      context.moveTo(x, y - ARM);
      context.lineTo(x, y + ARM);
      context.stroke();
    }
  }
}
