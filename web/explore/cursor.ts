// The cursor: where the visitor looks, by pointer, finger or keys, and what is shown for it.

import { clamp, debounce, figure } from '../lib/dom.ts';
import type { View } from '../scatter/view.ts';
import type { Model } from './model.ts';

const PICK = 14; // pixels: the point under the pointer
const PICK_EVERY = 50; // milliseconds
const SPEAK_AFTER = 250;

/** A latent, and in words which one it is. */
export interface Shown {
  z: Float32Array;
  where: string;
}
/** Who follows the cursor. */
interface Followers {
  /** Show a latent beside the map. */
  show: (shown: Shown) => void;
  /** The point under a pixel, or -1. */
  pick: (px: number, py: number, radius: number) => number;
  /** The pointer is over a point; -1: over none. */
  point: (row: number) => void;
  /** Say a place aloud, for those who cannot see it. */
  speak: (text: string) => void;
}

/** The cursor of one canvas. */
export class Cursor {
  place: { x: number; y: number } | null = null;
  hovered = -1;
  shown: Shown;
  private readonly model: Model;
  private readonly view: View;
  private readonly followers: Followers;
  private pointer: { px: number; py: number } | null = null;
  private picked = 0;
  private readonly speak = debounce((text: string) => this.followers.speak(text), SPEAK_AFTER);

  constructor(model: Model, view: View, followers: Followers) {
    this.model = model;
    this.view = view;
    this.followers = followers;
    this.shown = this.atRest();
  }

  /** The pointer is over the map: decode there, at the next frame. */
  hover(px: number, py: number): void {
    this.pointer = { px, py };
    this.model.canvas.repaint('pointer');
  }

  /** The pointer has left the map for good. */
  leave(): void {
    this.pointer = null;
    this.place = null;
    this.point(-1);
    this.rest();
    this.model.canvas.repaint('overlay');
  }

  followPointer(): void {
    if (!this.pointer) return;
    const { px, py } = this.pointer;
    this.move(...this.view.toMap(px, py));
    const now = performance.now();
    if (now - this.picked < PICK_EVERY) return;
    this.picked = now;
    this.point(this.followers.pick(px, py, PICK));
  }

  /** Put the cursor on a map place and show what is there, or the latent that stands for it. */
  move(x: number, y: number, shown?: Shown): void {
    this.place = { x, y };
    this.show(shown ?? { z: this.model.plane.lift(x, y), where: this.whereWords() });
    this.model.canvas.repaint('overlay');
  }

  private whereWords(): string {
    return this.model.slice ? 'On the slice, at the cursor' : 'At the cursor';
  }

  private show(shown: Shown): void {
    this.shown = shown;
    this.followers.show(shown);
  }

  /** Show what is shown while nobody points. */
  rest(): void {
    this.show(this.atRest());
  }

  /** The chosen pin, else an image that was learned from. */
  private atRest(): Shown {
    const { space, chosenPin: pin } = this.model;
    if (pin) return { z: pin.z, where: `Pin ${pin.letter}` };
    return { z: space.latent(space.train[0]), where: 'Reconstruction of a training image' };
  }

  /** Move by keys, so many pixels, and say where that leads. */
  step(dx: number, dy: number): void {
    const { view } = this;
    const from = this.place ?? this.middle();
    const [px, py] = view.toScreen(from.x, from.y);
    const [x, y] = view.toMap(clamp(px + dx, 0, view.width), clamp(py + dy, 0, view.height));
    this.pointer = null;
    this.move(x, y);
    this.point(-1);
    this.speak(this.inWords(x, y));
  }

  private inWords(x: number, y: number): string {
    const { space } = this.model;
    const [{ row, distance }] = space.nearest(this.shown.z);
    const name = space.className(row);
    const nearest = `Nearest ${name ? `class ${name}` : 'image'}, distance ${figure(distance)}.`;
    const far = space.isFar(distance) ? ' No training image near.' : '';
    return `${figure(x)}, ${figure(y)}. ${nearest}${far}`;
  }

  private middle(): { x: number; y: number } {
    const [x, y] = this.view.toMap(this.view.width / 2, this.view.height / 2);
    return { x, y };
  }

  /** Make sure that the cursor is on the map. */
  settle(): void {
    if (this.place) return;
    const { x, y } = this.middle();
    this.move(x, y);
  }

  private point(row: number): void {
    if (row === this.hovered) return;
    this.hovered = row;
    this.followers.point(row);
    this.model.canvas.repaint('overlay');
  }
}
