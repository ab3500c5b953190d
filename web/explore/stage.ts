// The stage: the elements on the page, their size, and which part of the map they show.

import { dress } from '../lib/colors.ts';
import { clamp, debounce, h } from '../lib/dom.ts';
import { explain } from '../lib/term.ts';
import { fillWindow } from '../lib/window.ts';
import { CLOSEST, type Room, type View, WIDEST } from '../scatter/view.ts';
import type { AddressBar } from './addressbar.ts';
import type { Controls } from './controls.ts';
import type { Cursor } from './cursor.ts';
import type { Drawer } from './drawer.ts';
import type { Legend } from './legend.ts';
import type { MapView } from './mapview.ts';
import type { Dirty, Model } from './model.ts';
import type { Overlay } from './overlay.ts';
import type { Panel } from './panel.ts';
import type { Peek } from './peek.ts';
import type { Shading } from './shading.ts';

const SETTLE = 200; // milliseconds after the last movement
const SAY = 6000; // milliseconds that a sentence stays
const MARGIN = 28; // pixels between the edge and what must be seen
const LABEL =
  'Map of the latent space. Arrow keys move the cursor, Enter pins, question mark lists the keys.';
const BY_MOUSE = 'Move to decode. Click to pin.';
const BY_FINGER = 'Drag to decode. Tap to pin.';

interface Needs {
  root: HTMLElement;
  model: Model;
  view: View;
  /** What lies over the map; the stage keeps it up to date. */
  room: Room;
  painter: MapView;
  overlay: Overlay;
  controls: Controls;
  legend: Legend;
  peek: Peek;
  drawer: Drawer;
  panel: Panel;
  cursor: Cursor;
  shading: Shading;
  address: AddressBar;
}

/** Elements, size and view of one canvas. */
export class Stage {
  readonly map: HTMLElement;
  readonly lab: HTMLElement;
  private readonly needs: Needs;
  private readonly hint = h('p', { class: 'hint' });
  private readonly slice = h('p', { class: 'slice' });
  private readonly toast = h('p', { class: 'toast', role: 'status', hidden: true });
  private readonly settleLater = debounce(() => this.settled(), SETTLE);
  private dirty = new Set<Dirty>();
  private frame: number | null = null;
  private isLaidOut = false;
  private stopped = false;
  private hushLater: ReturnType<typeof setTimeout> | undefined;

  constructor(needs: Needs) {
    this.needs = needs;
    const { root, model, painter, overlay, controls, legend, peek, drawer, panel } = needs;
    const role = { tabindex: 0, role: 'application', 'aria-label': LABEL };
    this.map = h('div', { class: 'map', ...role }, painter.canvas, overlay.canvas);
    this.hint.textContent = matchMedia('(hover: none)').matches ? BY_FINGER : BY_MOUSE;
    const leave = () => model.set({ present: false });
    const exit = h('button', { class: 'exit', text: 'Leave presentation', onclick: leave });
    const parts = [this.map, controls.element, peek.element, this.toast, exit];
    const stage = h('div', { class: 'stage' }, ...parts);
    const foot = h('div', { class: 'foot' }, this.slice, this.hint, legend.scale, legend.classes);
    this.lab = h('div', { class: 'lab' }, stage, foot, drawer.element, panel.element);
    root.replaceChildren(this.lab);
    this.dress();
  }

  /** Hand the theme's colors to the style sheet. */
  dress(): void {
    dress(this.lab, this.needs.model.theme);
  }

  /** What follows from the state: the hint leaves after the first pin, presenting hides the rest. */
  update(): void {
    const { state, slice, space } = this.needs.model;
    this.slice.hidden = !slice;
    explain(this.slice, slice?.sentence ?? '', { slice: space.meaning('Slice') });
    this.hint.hidden = state.pins.length > 0;
    this.lab.classList.toggle('presenting', state.present);
  }

  /** Say one sentence for a few seconds. */
  say(text: string): void {
    this.toast.textContent = text;
    this.toast.hidden = false;
    clearTimeout(this.hushLater);
    this.hushLater = setTimeout(() => {
      this.toast.hidden = true;
    }, SAY);
  }

  // ---- size --------------------------------------------------------------------------------------

  watch(): () => void {
    const observer = new ResizeObserver(() => this.resize());
    observer.observe(this.map);
    const unplace = fillWindow(this.needs.root, this.lab);
    return () => {
      this.stopped = true;
      observer.disconnect();
      unplace();
      clearTimeout(this.hushLater);
      if (this.frame !== null) cancelAnimationFrame(this.frame);
      this.needs.painter.stop();
      this.settleLater.cancel();
    };
  }

  private resize(): void {
    const { model, view, room, painter, overlay, controls, panel, shading } = this.needs;
    const { width, height } = this.map.getBoundingClientRect();
    if (!width || !height) return;
    const ratio = window.devicePixelRatio || 1;
    room.top = model.state.present ? 12 : controls.element.offsetHeight + 8;
    view.resize(width, height);
    this.isLaidOut = true;
    painter.resize(width, height, ratio);
    overlay.resize(width, height, ratio);
    panel.resize(this.lab.getBoundingClientRect());
    this.applyView();
    shading.refresh();
    painter.paint();
    overlay.paint();
  }

  // ---- view --------------------------------------------------------------------------------------

  /** Show what the address asks for, else everything; and always what the open drawer speaks about. */
  applyView(): void {
    const { model, view, room, painter, drawer } = this.needs;
    // Half an image beyond the outermost points, that none is cut at the edge.
    const { reach } = painter;
    view.fit(model.extent, {
      left: room.left + reach,
      right: room.right + reach,
      top: room.top + reach,
      bottom: room.bottom + reach,
    });
    if (model.state.at) {
      const [x, y, closeness] = model.state.at;
      view.x = x;
      view.y = y;
      view.scale = view.fitScale * clamp(closeness, WIDEST, CLOSEST);
    }
    const { tool } = drawer;
    const pin = model.chosenPin;
    const places = tool?.places?.() ?? [];
    if (tool && pin && !places.length) places.push(model.plane.project(pin.z));
    const { left, right, top, bottom } = room;
    const inside = { left, right, top, bottom };
    for (const side of ['left', 'right', 'top', 'bottom'] as const) inside[side] += MARGIN;
    view.reveal(places, inside);
  }

  /** Show everything. */
  fit(): void {
    const { model, shading, address } = this.needs;
    model.state.at = null;
    this.applyView();
    shading.refresh();
    address.write('replace');
    this.invalidate('map');
  }

  zoom(factor: number, px?: number, py?: number): void {
    this.needs.view.zoom(factor, px, py);
    this.invalidate('moving');
    this.settleLater();
  }

  pan(dx: number, dy: number): void {
    this.needs.view.pan(dx, dy);
    this.invalidate('moving');
    this.settleLater();
  }

  /** A movement is over: remember the view. */
  private settled(): void {
    const { view, model, shading, address } = this.needs;
    model.state.at = [view.x, view.y, view.closeness];
    shading.refresh();
    address.write('replace');
  }

  // ---- painting ----------------------------------------------------------------------------------

  /** Ask for a new picture of something. */
  invalidate(what: Dirty): void {
    this.dirty.add(what);
    if (!this.stopped) this.frame ??= requestAnimationFrame(() => this.paintDirty());
  }

  private paintDirty(): void {
    const { cursor, painter, overlay } = this.needs;
    // What the cursor asks for while it follows is painted right below.
    if (this.isLaidOut && this.dirty.has('pointer')) cursor.followPointer();
    this.frame = null;
    if (!this.isLaidOut) return;
    const { dirty } = this;
    this.dirty = new Set();
    if (dirty.has('moving')) painter.paint({ moving: true });
    else if (dirty.has('map')) painter.paint();
    overlay.paint();
  }
}
