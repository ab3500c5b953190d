// What follows the pointer or belongs to the visitor: cursor, ring, pins, and what the open tool draws.

import { circleAround } from '../latent/slice.ts';
import { contextOf, h } from '../lib/dom.ts';
import type { View } from '../scatter/view.ts';
import type { Cursor } from './cursor.ts';
import type { Drawer } from './drawer.ts';
import type { Model } from './model.ts';
import type { Pin } from './state.ts';

const CURSOR = 11;
const PIN = 11;

interface Needs {
  model: Model;
  view: View;
  cursor: Cursor;
  drawer: Drawer;
}

/** The map's upper canvas; painted whenever the pointer moves. */
export class Overlay {
  readonly canvas = h('canvas', { class: 'upper' });
  private readonly context = contextOf(this.canvas);
  private readonly needs: Needs;
  private ratio = 1;

  constructor(needs: Needs) {
    this.needs = needs;
  }

  resize(width: number, height: number, ratio: number): void {
    this.ratio = ratio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
  }

  paint(): void {
    const { context } = this;
    const { view, cursor, drawer, model } = this.needs;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    drawer.tool?.paint?.(context);
    const { hovered } = cursor;
    if (hovered >= 0) this.ring(hovered);
    this.offSlice(hovered >= 0 ? hovered : this.chosenPoint());
    if (cursor.place) this.cross(cursor.place);
    for (const pin of model.state.pins) this.pin(pin);
  }

  private ring(row: number): void {
    const { view, model } = this.needs;
    const { places, theme } = model;
    const [x, y] = view.toScreen(places[2 * row], places[2 * row + 1]);
    this.stroke(theme.background, 4, () => this.context.arc(x, y, 8, 0, 7));
    this.stroke(theme.ink, 2, () => this.context.arc(x, y, 8, 0, 7));
  }

  /** The point that the chosen pin stands on. */
  private chosenPoint(): number {
    const { chosenPin, slice } = this.needs.model;
    return chosenPin && slice ? this.needs.model.pointAt(chosenPin.z) : -1;
  }

  /** How far a point's latent lies off the slice, at the scale of the map. */
  private offSlice(row: number): void {
    const { view, model } = this.needs;
    if (row < 0 || !model.slice) return;
    const places = circleAround(model.plane, model.space.latent(row));
    const draw = () => {
      for (const place of places) this.context.lineTo(...view.toScreen(...place));
    };
    this.context.setLineDash([6, 6]);
    this.stroke(model.theme.background, 4, draw);
    this.stroke(model.theme.ink, 1.5, draw);
    this.context.setLineDash([]);
  }

  private cross({ x, y }: { x: number; y: number }): void {
    const { context } = this;
    const { view, model } = this.needs;
    const [px, py] = view.toScreen(x, y);
    const draw = () => {
      context.moveTo(px + CURSOR, py);
      context.arc(px, py, CURSOR, 0, 7);
      for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
        context.moveTo(px + dx * (CURSOR - 4), py + dy * (CURSOR - 4));
        context.lineTo(px + dx * (CURSOR + 5), py + dy * (CURSOR + 5));
      }
    };
    this.stroke(model.theme.background, 5, draw);
    this.stroke(model.theme.accent, 2.25, draw);
  }

  private pin(pin: Pin): void {
    const { context } = this;
    const { view, model } = this.needs;
    const { theme, plane, state } = model;
    const [x, y] = view.toScreen(...plane.project(pin.z));
    const chosen = state.selected === pin.letter;
    const off = plane.offPlane(pin.z) > 1e-3;
    context.beginPath();
    context.arc(x, y, PIN, 0, 7);
    context.fillStyle = chosen ? theme.accent : theme.surface;
    context.fill();
    context.lineWidth = 2.25;
    context.strokeStyle = chosen ? theme.background : theme.accent;
    context.setLineDash(off ? [3, 3] : []); // the pin lies above or below this plane
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = chosen ? theme.background : theme.ink;
    context.font = '700 14px ui-sans-serif, system-ui, sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(pin.letter, x, y + 0.5);
  }

  private stroke(color: string, width: number, draw: () => void): void {
    const { context } = this;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.lineCap = 'round';
    context.beginPath();
    draw();
    context.stroke();
  }
}
