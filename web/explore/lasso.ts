// Drawing a loop around points of the map: by dragging, or corner by corner with the keys.

import { thinned } from '../latent/arithmetic.ts';
import type { View } from '../scatter/view.ts';
import type { Model } from './model.ts';

const MOST_CORNERS = 24;
const LEAST_STEP = 4; // pixels

/** Draws the loops of the state. */
export class Lasso {
  /** Which loop is being drawn. */
  active: 0 | 1 | null = null;
  private corners: number[] = [];
  private readonly model: Model;
  private readonly view: View;
  private last: [number, number] = [0, 0];

  constructor(model: Model, view: View) {
    this.model = model;
    this.view = view;
  }

  /** Draw a loop next; null: no longer. */
  begin(which: 0 | 1 | null): void {
    this.active = which;
    this.corners = [];
    this.model.canvas.repaint('overlay');
  }

  /** A pointer is down; true: the loop has it. */
  grab(px: number, py: number): boolean {
    if (this.active === null) return false;
    this.corners = [];
    this.add(px, py);
    return true;
  }

  drag(px: number, py: number): void {
    if (Math.hypot(px - this.last[0], py - this.last[1]) >= LEAST_STEP) this.add(px, py);
  }

  private add(px: number, py: number): void {
    this.last = [px, py];
    this.corner(...this.view.toMap(px, py));
  }

  /** Set a corner at a map place. */
  corner(x: number, y: number): void {
    this.corners.push(x, y);
    this.model.canvas.repaint('overlay');
  }

  /** The loop is closed. */
  end(): void {
    const { active, model } = this;
    if (active === null) return;
    const loop = thinned(this.corners, MOST_CORNERS);
    const loops: [number[] | null, number[] | null] = [...model.state.loops];
    loops[active] = loop.length < 6 ? null : loop;
    if (!loops[active]) model.canvas.say('A loop needs three corners or more; draw around some points.');
    this.begin(null);
    model.set({ loops });
  }

  /** Paint the loops of the state, and the one that is being drawn. */
  paint(context: CanvasRenderingContext2D): void {
    const { theme, state } = this.model;
    context.strokeStyle = theme.accent;
    state.loops.forEach((loop, i) => {
      if (!loop || i === this.active) return;
      this.trace(context, loop);
      context.closePath();
      context.lineWidth = 2;
      context.stroke();
      const [x, y] = this.view.toScreen(loop[0], loop[1]);
      context.fillStyle = theme.ink;
      context.font = '700 16px ui-sans-serif, system-ui, sans-serif';
      context.textAlign = 'center';
      context.fillText(String(i + 1), x, y - 6);
    });
    if (this.active === null) return;
    context.setLineDash([5, 4]);
    this.trace(context, this.corners);
    context.stroke();
    context.setLineDash([]);
  }

  private trace(context: CanvasRenderingContext2D, loop: readonly number[]): void {
    context.beginPath();
    for (let i = 0; i < loop.length; i += 2) {
      context.lineTo(...this.view.toScreen(loop[i], loop[i + 1]));
    }
  }
}
