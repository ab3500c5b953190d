// One map: decoded grid, points and class names below, cursor and trail above. Two of them side by side
// have one pointer.

import type { Theme } from '../lib/colors.ts';
import { clamp, contextOf, h } from '../lib/dom.ts';
import { ScatterPainter } from '../scatter/painter.ts';
import { View, boundsOf } from '../scatter/view.ts';
import type { Decoder } from './decoder.ts';
import type { Run } from './run.ts';

const ROOM = { left: 14, right: 14, top: 40, bottom: 14 };
const CURSOR = 11;
const NAMED = 120; // pixels across: a smaller cloud has no room for names
const CLICK = 14; // pixels around a point
const KEY_STEP = 0.02; // of the map
const ARROWS: Partial<Record<string, [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** A place as shares of the map's width and height, so that another map has it too. */
export interface Spot {
  x: number;
  y: number;
}
/** What is painted. */
export interface Shown {
  step: number;
  theme: Theme;
  labels: boolean;
  lattice: boolean;
  star: number | null;
  spot: Spot | null;
}
interface Actions {
  point: (spot: Spot | null) => void;
  star: (row: number | null) => void;
}

export class Pane {
  readonly element: HTMLElement;
  readonly run: Run;
  readonly decoder: Decoder;
  private readonly lower = h('canvas');
  private readonly upper = h('canvas');
  private readonly view = new View();
  private readonly colored: ScatterPainter;
  private readonly gray: ScatterPainter;
  private readonly names: ScatterPainter;
  private readonly actions: Actions;
  private ratio = 1;
  private shown: Shown | null = null;

  constructor(run: Run, decoder: Decoder, title: string, actions: Actions) {
    this.run = run;
    this.decoder = decoder;
    this.actions = actions;
    const { labels } = run.opening.arrays;
    const { class_names } = run.opening.header;
    const nowhere = new Float32Array(2 * run.n);
    this.colored = new ScatterPainter(nowhere, labels, class_names);
    this.gray = new ScatterPainter(nowhere, new Int32Array(run.n).fill(-1), []);
    this.names = new ScatterPainter(nowhere, labels, class_names);
    this.element = h(
      'div',
      {
        class: 'map',
        tabindex: 0,
        role: 'application',
        'aria-label': `Map of the latent space of ${title}. Shift and arrow keys move the cursor.`,
        onpointermove: (event) => this.hover(event),
        onpointerdown: (event) => this.hover(event),
        onpointerleave: (event) => {
          if (event.pointerType !== 'touch') actions.point(null);
        },
        onclick: (event) => this.click(event),
        onkeydown: (event) => this.key(event),
      },
      this.lower,
      this.upper,
      h('p', { class: 'name', text: title }),
    );
  }

  /** Take the size that it has on the page. */
  resize(): void {
    const { width, height } = this.element.getBoundingClientRect();
    this.ratio = window.devicePixelRatio || 1;
    for (const canvas of [this.lower, this.upper]) {
      canvas.width = Math.round(width * this.ratio);
      canvas.height = Math.round(height * this.ratio);
    }
    this.view.resize(width, height);
  }

  // ---- pointer and keys --------------------------------------------------------------------------

  private hover(event: PointerEvent): void {
    this.actions.point(this.spotOf(event));
  }

  private spotOf(event: MouseEvent): Spot {
    const box = this.element.getBoundingClientRect();
    const [x, y] = this.view.toMap(event.clientX - box.left, event.clientY - box.top);
    const { left, right, bottom, top } = this.run.extent;
    return { x: (x - left) / (right - left), y: (y - bottom) / (top - bottom) };
  }

  private click(event: MouseEvent): void {
    const box = this.element.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    const row = this.colored.pick(this.view, px, py, CLICK);
    this.actions.star(row < 0 ? null : row);
  }

  private key(event: KeyboardEvent): void {
    const arrow = ARROWS[event.key];
    if (event.key === 'Escape') this.actions.star(null);
    if (!arrow || !event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { x, y } = this.shown?.spot ?? { x: 0.5, y: 0.5 };
    const [dx, dy] = arrow;
    this.actions.point({
      x: clamp(x + dx * KEY_STEP, 0, 1),
      y: clamp(y + dy * KEY_STEP, 0, 1),
    });
  }

  private mapPlace({ x, y }: Spot): [x: number, y: number] {
    const { left, right, bottom, top } = this.run.extent;
    return [left + x * (right - left), bottom + y * (top - bottom)];
  }

  /** The latent at a place. */
  latentAt(spot: Spot): Float32Array {
    return this.run.plane.lift(...this.mapPlace(spot));
  }

  // ---- painting ----------------------------------------------------------------------------------

  paint(shown: Shown): void {
    this.shown = shown;
    const { run, view } = this;
    view.fit(run.extent, ROOM);
    const context = this.cleared(this.lower);
    context.fillStyle = shown.theme.background;
    context.fillRect(0, 0, view.width, view.height);
    if (shown.lattice) this.layGrid(context);
    else this.paintAxes(context, shown.theme);
    const places = run.placesAt(shown.step);
    this.colored.places = this.gray.places = places;
    const radius = run.n > 1500 ? 3 : 4;
    const marks = { kind: 'dot', radius, alpha: shown.lattice ? 0.7 : 0.9 } as const;
    (shown.labels ? this.colored : this.gray).paint(context, view, shown.theme, marks);
    if (shown.labels && !shown.lattice) this.writeNames(context, shown);
    this.paintAbove(shown);
  }

  private writeNames(context: CanvasRenderingContext2D, { step, theme }: Shown): void {
    this.names.places = this.run.placesOf(this.run.stageAt(step));
    const { left, right, top, bottom } = boundsOf(this.names.places);
    const size = this.view.scale * Math.max(right - left, top - bottom);
    if (size < NAMED) return; // the images are still at one place
    this.names.paintNames(context, this.view, theme);
  }

  private layGrid(context: CanvasRenderingContext2D): void {
    const { laid } = this.decoder;
    if (!laid) return;
    const [x0, y0] = this.view.toScreen(laid.box.left, laid.box.top);
    const [x1, y1] = this.view.toScreen(laid.box.right, laid.box.bottom);
    context.imageSmoothingEnabled = false;
    context.drawImage(laid.canvas, x0, y0, x1 - x0, y1 - y0);
  }

  private paintAxes(context: CanvasRenderingContext2D, theme: Theme): void {
    const { view, run } = this;
    const [x, y] = view.toScreen(0, 0).map((value) => Math.round(value) + 0.5);
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, view.height);
    if (!run.plane.isLine) {
      context.moveTo(0, y);
      context.lineTo(view.width, y);
    }
    context.stroke();
    context.fillStyle = theme.muted;
    context.font = '14px ui-sans-serif, system-ui, sans-serif';
    context.textAlign = 'right';
    context.fillText(`${run.plane.names[0]} →`, view.width - 12, view.height - 10);
    context.textAlign = 'left';
    if (run.plane.names[1]) context.fillText(`↑ ${run.plane.names[1]}`, 12, ROOM.top + 14);
  }

  /** What follows the pointer, and the path of the chosen image. */
  paintAbove(shown: Shown): void {
    this.shown = shown;
    const context = this.cleared(this.upper);
    if (shown.star !== null && shown.star < this.run.n) this.trail(context, shown, shown.star);
    if (shown.spot) this.cross(context, shown.theme, this.mapPlace(shown.spot));
  }

  private trail(context: CanvasRenderingContext2D, { step, theme }: Shown, row: number): void {
    const past = this.run.stages.filter(({ header }) => header.step <= step);
    const now = this.run.placesAt(step);
    const places = [...past.map((stage) => this.run.placesOf(stage)), now].map((all) =>
      this.view.toScreen(all[2 * row], all[2 * row + 1]),
    );
    for (const [color, width] of [[theme.background, 5], [theme.accent, 2]] as const) {
      context.strokeStyle = context.fillStyle = color;
      context.lineWidth = width;
      context.lineJoin = 'round';
      places.forEach(([x, y], i) => {
        context.globalAlpha = 0.25 + (0.75 * (i + 1)) / places.length;
        context.beginPath();
        if (i > 0) context.moveTo(...places[i - 1]);
        context.lineTo(x, y);
        context.stroke();
        context.beginPath();
        context.arc(x, y, width === 5 ? 4 : 2.5, 0, 7);
        context.fill();
      });
    }
    context.globalAlpha = 1;
    star(context, places[places.length - 1], theme);
  }

  private cross(context: CanvasRenderingContext2D, theme: Theme, place: [number, number]): void {
    const [px, py] = this.view.toScreen(...place);
    for (const [color, width] of [[theme.background, 5], [theme.accent, 2.25]] as const) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.arc(px, py, CURSOR, 0, 7);
      for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
        context.moveTo(px + dx * (CURSOR - 4), py + dy * (CURSOR - 4));
        context.lineTo(px + dx * (CURSOR + 5), py + dy * (CURSOR + 5));
      }
      context.stroke();
    }
  }

  private cleared(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const context = contextOf(canvas);
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.view.width, this.view.height);
    return context;
  }
}

function star(context: CanvasRenderingContext2D, [x, y]: [number, number], theme: Theme): void {
  context.beginPath();
  for (let i = 0; i < 10; i++) {
    const radius = i % 2 ? 4.5 : 10;
    const angle = (Math.PI * i) / 5 - Math.PI / 2;
    context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  context.closePath();
  context.lineWidth = 4;
  context.strokeStyle = theme.background;
  context.fillStyle = theme.accent;
  context.stroke();
  context.fill();
}
