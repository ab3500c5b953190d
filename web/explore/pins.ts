// Pins: up to six latents with letters. A and B are the ends of a path.

import { debounce } from '../lib/dom.ts';
import type { View } from '../scatter/view.ts';
import type { Cursor } from './cursor.ts';
import type { Model } from './model.ts';
import { LETTERS, type Pin, type State, lastLetter } from './state.ts';

const DRAGGED = 60; // milliseconds after which a dragged pin's card follows
const ON_PLANE = 1e-3;

/** What can be done with pins; they live in the state. */
export class Pins {
  private readonly model: Model;
  private readonly view: View;
  private readonly cursor: Cursor;
  private readonly dragged = debounce(() => {
    const { pins, selected } = this.model.state;
    this.model.set({ pins, selected }, 'slide');
  }, DRAGGED);

  constructor(model: Model, view: View, cursor: Cursor) {
    this.model = model;
    this.view = view;
    this.cursor = cursor;
  }

  /** The letter of the pin under a pixel, or null. */
  at(px: number, py: number, radius: number): string | null {
    const { plane, state } = this.model;
    const near = state.pins.filter(({ z }) => {
      const [x, y] = this.view.toScreen(...plane.project(z));
      return Math.hypot(x - px, y - py) < radius;
    });
    return lastLetter(near);
  }

  /** Pin the place under a pixel. */
  addAt(px: number, py: number): void {
    this.cursor.move(...this.view.toMap(px, py));
    this.add(this.cursor.shown.z);
  }

  /** Pin what the cursor shows, under a letter of one's choice. */
  addCursor(letter: string | null = null): void {
    this.cursor.settle();
    this.add(this.cursor.shown.z, letter);
  }

  /** Pin a latent under the next free letter; when all six are taken, the last one moves. */
  add(z: Float32Array, letter: string | null = null): void {
    const { state, canvas } = this.model;
    const used = new Set(state.pins.map((pin) => pin.letter));
    const free = LETTERS.find((each) => !used.has(each));
    if (!letter && !free) canvas.say('At most six pins; pin F moved here.');
    const name = letter ?? free ?? 'F';
    const makesPath = name === 'B' && used.has('A') && !used.has('B');
    const tool: Partial<State> = state.tool === null && makesPath ? { tool: 'path' } : {};
    this.model.set({ pins: this.with(name, z), selected: name, ...tool });
    this.layPlaneThrough(z);
  }

  /** Move a pin by dragging it. */
  drag(letter: string, px: number, py: number): void {
    const { state, canvas } = this.model;
    this.cursor.move(...this.view.toMap(px, py));
    state.pins = this.with(letter, this.cursor.shown.z);
    state.selected = letter;
    canvas.repaint('overlay');
    this.dragged();
  }

  /** Give a pin another latent; the plane follows it. */
  moveTo(letter: string, z: Float32Array): void {
    this.model.set({ pins: this.with(letter, z), selected: letter });
    this.layPlaneThrough(z);
    this.showChosen();
  }

  select(letter: string): void {
    this.model.set({ selected: letter });
    const { chosenPin } = this.model;
    if (chosenPin) this.layPlaneThrough(chosenPin.z);
    this.showChosen();
  }

  remove(letter: string | null): void {
    const { state } = this.model;
    const pins = state.pins.filter((pin) => pin.letter !== letter);
    if (pins.length === state.pins.length) return;
    const selected = state.selected === letter ? lastLetter(pins) : state.selected;
    this.model.set({ pins, selected });
    this.cursor.rest();
  }

  clear(): void {
    if (!this.model.state.pins.length) return;
    this.model.set({ pins: [], selected: null });
    this.cursor.rest();
  }

  private with(letter: string, z: Float32Array): Pin[] {
    const others = this.model.state.pins.filter((pin) => pin.letter !== letter);
    const pins = [...others, { letter, z: Float32Array.from(z) }];
    return pins.sort((a, b) => LETTERS.indexOf(a.letter) - LETTERS.indexOf(b.letter));
  }

  private showChosen(): void {
    this.cursor.place = null;
    this.cursor.rest();
    this.model.canvas.repaint('overlay');
  }

  /** The plane goes through the chosen pin, wherever that is. */
  private layPlaneThrough(z: Float32Array): void {
    if (this.model.plane.offPlane(z) >= ON_PLANE) this.model.layThrough(z);
  }
}
