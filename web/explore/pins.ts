// @ts-nocheck
// Pins: up to six latents with letters. A and B are the ends of a path.

import { debounce } from '../lib/dom.ts';

export const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'];
const DRAGGED = 60; // milliseconds after which a dragged pin's card follows
const ON_PLANE = 1e-3;

/** The pins of one canvas; they live in its state. */
export class Pins {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.dragged = debounce(() => {
      const { pins, selected } = app.state;
      app.set({ pins, selected });
    }, DRAGGED);
  }

  get all() {
    return this.app.state.pins;
  }

  /** The chosen pin, or null. */
  chosen() {
    return this.find(this.app.state.selected);
  }

  find(letter) {
    return this.all.find((pin) => pin.letter === letter) ?? null;
  }

  /** The letter of the pin under a pixel, or null. */
  at(px, py, radius) {
    const { stage, plane } = this.app;
    const near = this.all.filter(({ z }) => {
      const [x, y] = stage.view.toScreen(...plane.project(z));
      return Math.hypot(x - px, y - py) < radius;
    });
    return near.length ? near[near.length - 1].letter : null;
  }

  /** Pin the place under a pixel. */
  addAt(px, py) {
    const { cursor, stage } = this.app;
    cursor.move(...stage.view.toMap(px, py));
    this.add(cursor.shown.z);
  }

  /** Pin what the cursor shows, under a letter of one's choice. */
  addCursor(letter = null) {
    const { cursor } = this.app;
    if (!cursor.place) {
      const { x, y } = cursor.middle();
      cursor.move(x, y);
    }
    this.add(cursor.shown.z, letter);
  }

  /** Pin a latent under the next free letter; when all six are taken, the last one moves. */
  add(z, letter = null) {
    const { app } = this;
    const used = new Set(this.all.map((pin) => pin.letter));
    const free = LETTERS.find((each) => !used.has(each));
    if (!letter && !free) app.say('Six pins are the most; pin F moved here.');
    const name = letter ?? free ?? 'F';
    const makesPath = name === 'B' && used.has('A') && !used.has('B');
    const tool = app.state.tool === null && makesPath ? { tool: 'path' } : {};
    app.set({ pins: this.with(name, z), selected: name, ...tool }, 'push');
    this.layPlaneThrough(z);
  }

  /** Move a pin by dragging it. */
  drag(letter, px, py) {
    const { app } = this;
    app.path.stop();
    app.cursor.move(...app.stage.view.toMap(px, py));
    app.state.pins = this.with(letter, app.cursor.shown.z);
    app.state.selected = letter;
    this.dragged();
  }

  /** Give a pin another latent; the plane follows it. */
  moveTo(letter, z) {
    this.app.set({ pins: this.with(letter, z), selected: letter }, 'push');
    this.layPlaneThrough(z);
    this.showChosen();
  }

  select(letter) {
    this.app.set({ selected: letter });
    this.layPlaneThrough(this.chosen().z);
    this.showChosen();
  }

  remove(letter) {
    const { app } = this;
    if (!this.find(letter)) return;
    const pins = this.all.filter((pin) => pin.letter !== letter);
    const last = pins[pins.length - 1]?.letter ?? null;
    const selected = app.state.selected === letter ? last : app.state.selected;
    app.set({ pins, selected }, 'push');
    app.cursor.rest();
  }

  clear() {
    this.app.set({ pins: [], selected: null }, 'push');
    this.app.cursor.rest();
  }

  with(letter, z) {
    const others = this.all.filter((pin) => pin.letter !== letter);
    const pins = [...others, { letter, z: Float32Array.from(z) }];
    return pins.sort((a, b) => LETTERS.indexOf(a.letter) - LETTERS.indexOf(b.letter));
  }

  showChosen() {
    const { cursor, stage } = this.app;
    cursor.place = null;
    cursor.rest();
    stage.invalidate('overlay');
  }

  /** The plane goes through the chosen pin, wherever that is. */
  layPlaneThrough(z) {
    const { app } = this;
    if (app.plane.offPlane(z) < ON_PLANE) return;
    app.through = Float32Array.from(z);
    app.layPlane();
    app.lattice.rebuild();
    app.shading.compute();
    app.stage.invalidate('map');
  }
}
