// @ts-nocheck
// The stage: the elements on the page, their size, and which part of the map they show.

import { Controls } from './controls.ts';
import { clamp, debounce, h } from '../lib/dom.ts';
import { MapPainter } from './mapview.ts';
import { Overlay } from './overlay.ts';
import { View } from '../scatter/view.ts';

const COLORS = ['background', 'surface', 'ink', 'muted', 'line', 'accent', 'warning'];
const CLOSEST = 400; // times the scale at which everything fits
const WIDEST = 0.25;
const SETTLE = 200; // milliseconds after the last movement
const SAY = 6000; // milliseconds that a sentence stays
const LABEL =
  'Map of the latent space. Arrow keys move the cursor, Enter pins, question mark lists the keys.';

/** Elements, size and view of one canvas. */
export class Stage {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.view = new View();
    this.room = { left: 0, right: 0, top: 56, bottom: 0 };
    this.lifted = 0; // pixels that the map was moved up for the path
    this.dirty = new Set();
    this.settleLater = debounce(() => this.settled(), SETTLE);
  }

  build() {
    const { app } = this;
    const [lower, upper] = [h('canvas', { class: 'lower' }), h('canvas', { class: 'upper' })];
    const role = { tabindex: 0, role: 'application', 'aria-label': LABEL };
    this.map = h('div', { class: 'map', ...role }, lower, upper);
    this.painter = new MapPainter(app, lower);
    this.overlay = new Overlay(app, upper);
    this.controls = new Controls(app);
    this.hint = h('p', { class: 'hint', text: 'Move to decode. Click to pin.' });
    this.peek = h('div', { class: 'peek', hidden: true });
    this.toast = h('p', { class: 'toast', role: 'status', hidden: true });
    const leave = () => app.set({ present: false }, 'push');
    const exit = h('button', { class: 'exit', text: 'Leave presentation', onclick: leave });
    this.foot = h('div', { class: 'foot' }, this.hint, this.controls.scale, this.controls.legend);
    const parts = [this.map, this.controls.bar, this.foot, this.peek, this.toast, exit];
    const stage = h('div', { class: 'stage' }, ...parts);
    this.lab = h('div', { class: 'lab' }, stage, app.drawer.element, app.panel.element);
    app.root.replaceChildren(this.lab);
    this.dress();
  }

  /** Hand the theme's colors to the style sheet. */
  dress() {
    const { theme } = this.app;
    for (const name of COLORS) this.lab.style.setProperty(`--${name}`, theme[name]);
    this.lab.style.setProperty('--veil', `${theme.background}d9`);
    this.lab.style.colorScheme = theme.dark ? 'dark' : 'light';
    this.painter.restyle();
  }

  /** Say one sentence for a few seconds. */
  say(text) {
    this.toast.textContent = text;
    this.toast.hidden = false;
    clearTimeout(this.hushLater);
    this.hushLater = setTimeout(() => {
      this.toast.hidden = true;
    }, SAY);
  }

  // ---- size --------------------------------------------------------------------------------------

  watch() {
    const observer = new ResizeObserver(() => this.resize());
    observer.observe(this.map);
    const place = () => this.place();
    window.addEventListener('resize', place);
    // The frame may have something to say above the canvas, now or later.
    const frame = new MutationObserver(place);
    frame.observe(document.body, { childList: true, subtree: true });
    this.place();
    return () => {
      observer.disconnect();
      frame.disconnect();
      window.removeEventListener('resize', place);
      clearTimeout(this.painter.settle);
      this.settleLater.cancel();
    };
  }

  /** Fill the window from where the page begins. */
  place() {
    const top = Math.max(0, Math.round(this.app.root.getBoundingClientRect().top + window.scrollY));
    if (top === this.top) return;
    this.top = top;
    this.lab.style.setProperty('--top', `${top}px`);
  }

  resize() {
    const { app, view } = this;
    const { width, height } = this.map.getBoundingClientRect();
    if (!width || !height) return;
    const ratio = window.devicePixelRatio || 1;
    this.room.bottom = this.foot.offsetHeight;
    this.room.top = app.state.present ? 12 : this.controls.bar.offsetHeight + 8;
    const [first, wider] = [!this.isLaidOut, view.width !== width];
    // A drawer that opens takes room from below: what is above it stays where it is.
    const corner = view.toMap(0, 0);
    view.resize(width, height);
    if (first || (wider && !app.state.at)) this.applyView();
    else view.keepCorner(corner);
    if (!first) this.keepPathInView();
    this.isLaidOut = true;
    this.painter.resize(width, height, ratio);
    this.overlay.resize(width, height, ratio);
    app.panel.resize();
    app.shading.refresh();
    this.painter.paint();
    this.overlay.paint();
  }

  /** While the path is open, move up as far as both its ends need; afterwards back down. */
  keepPathInView() {
    const { app, view } = this;
    view.pan(0, this.lifted);
    const ends = app.state.tool === 'path' ? (app.path.ends ?? []) : [];
    const lowest = Math.max(0, ...ends.map((z) => view.toScreen(...app.plane.project(z))[1]));
    this.lifted = Math.max(0, lowest - (view.height - this.room.bottom - 24));
    view.pan(0, -this.lifted);
  }

  // ---- view --------------------------------------------------------------------------------------

  /** Show what the address asks for, else everything. */
  applyView() {
    const { state, extent } = this.app;
    this.view.fit(extent, this.room);
    if (!state.at) return;
    const [x, y, closeness] = state.at;
    const scale = this.view.fitScale * clamp(closeness, WIDEST, CLOSEST);
    Object.assign(this.view, { x, y, scale });
  }

  /** Show everything. */
  fit() {
    const { app } = this;
    app.state.at = null;
    this.applyView();
    app.shading.refresh();
    app.address.write('replace');
    this.invalidate('map');
  }

  zoom(factor, px, py) {
    this.view.zoom(factor, px, py);
    this.invalidate('moving');
    this.settleLater();
  }

  pan(dx, dy) {
    this.view.pan(dx, dy);
    this.invalidate('moving');
    this.settleLater();
  }

  /** A movement is over: remember the view. */
  settled() {
    const { view, app } = this;
    app.state.at = [view.x, view.y, view.closeness];
    app.shading.refresh();
    app.address.write('replace');
  }

  // ---- painting ----------------------------------------------------------------------------------

  /** Ask for a new picture of something: 'map', 'moving', 'overlay' or 'pointer'. */
  invalidate(what) {
    this.dirty.add(what);
    this.frame ??= requestAnimationFrame(() => this.paintDirty());
  }

  paintDirty() {
    this.frame = null;
    if (this.app.stopped || !this.isLaidOut) return;
    const { dirty } = this;
    this.dirty = new Set();
    if (dirty.has('pointer')) this.app.cursor.followPointer();
    if (dirty.has('moving')) this.painter.paint({ moving: true });
    else if (dirty.has('map')) this.painter.paint();
    this.overlay.paint();
    this.dirty.delete('overlay');
  }
}
