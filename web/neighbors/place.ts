// The map in small: where the image lies among the others, with lines to its neighbors.

import type { Extent } from '../latent/plane.ts';
import type { Theme } from '../lib/colors.ts';
import { clamp, cleared, contextOf, h, prefersStill } from '../lib/dom.ts';
import { type Floats, type Ints, unpack } from '../lib/message.ts';
import { type Meanings, explain } from '../lib/term.ts';
import { ScatterPainter, type Screen } from '../scatter/painter.ts';
import { boundsOf } from '../scatter/view.ts';

const FLIGHT = 320; // milliseconds
const MARGIN = 14; // pixels
const THUMB = 34;

type Place = [x: number, y: number];
/** Where an image lies; places are the map's. */
export interface Placed {
  /** Of the checkpoint's map. */
  id: string;
  title: string;
  about: string;
  /** Whether the map is the latent space itself. */
  is_native: boolean;
  xy: Place;
  /** How far apart those lie that chose the place. */
  spread: number;
  /** Where the neighbors are. */
  lines: Place[];
}
interface Points {
  map: string;
  painter: ScatterPainter;
  bounds: Extent;
}
/** Pixels for a map unit in both directions, beside what a painter needs. */
interface Scaled extends Screen {
  across: number;
  down: number;
}

/** A canvas that draws the points once and the query, its flight and its lines on top. */
export class PlaceMap {
  private readonly canvas = h('canvas', { role: 'img' });
  private readonly caption = h('figcaption');
  readonly element = h('figure', { class: 'map' }, this.canvas, this.caption);
  private readonly observer = new ResizeObserver(() => this.redraw());
  private points: Points | null = null;
  private shown: { given: Placed; theme: Theme; picture: HTMLCanvasElement } | null = null;
  private from: Place = [0, 0];
  private now: Place = [0, 0];
  private ground: { key: string; canvas: HTMLCanvasElement } | null = null;
  private screen: Scaled | null = null;
  private frame = 0;

  constructor() {
    this.observer.observe(this.canvas);
  }

  /** Take the points of a map; they arrive once. */
  takePoints(bytes: Uint8Array): void {
    const { header, arrays } = unpack<{ map: string }, { xy: Floats; labels: Ints }>(bytes);
    const painter = new ScatterPainter(arrays.xy, arrays.labels, []);
    this.points = { map: header.map, painter, bounds: boundsOf(arrays.xy) };
    this.ground = null;
    this.redraw();
  }

  /** Show where an image lies: fly there from where the last one was, then fan out the lines. */
  show(given: Placed, meanings: Meanings, theme: Theme, picture: HTMLCanvasElement): void {
    const last = this.shown?.given;
    const isSame = last?.id === given.id;
    const hasMoved = !isSame || String(last.xy) !== String(given.xy);
    const isRestyled = this.shown?.theme.dark !== theme.dark;
    this.from = isSame ? this.now : given.xy;
    this.shown = { given, theme, picture };
    explain(this.caption, given.title, meanings);
    this.canvas.title = given.about;
    this.canvas.setAttribute('aria-label', given.about);
    this.redraw();
    if (hasMoved || isRestyled) this.fly();
  }

  private fly(): void {
    cancelAnimationFrame(this.frame);
    const began = performance.now();
    const step = (time: number) => {
      const part = prefersStill() ? 1 : clamp((time - began) / FLIGHT, 0, 1);
      this.overlay(1 - (1 - part) ** 3);
      if (part < 1) this.frame = requestAnimationFrame(step);
    };
    step(began);
  }

  /** Draw the points into a canvas of their own. */
  private redraw(): void {
    if (!this.shown || this.points?.map !== this.shown.given.id) return;
    const { given, theme } = this.shown;
    const place = cleared(this.canvas);
    if (!place) return;
    const { width, height } = place;
    const screen = scaled(this.points.bounds, given, width, height);
    this.screen = screen;
    const corners = [...screen.toScreen(0, 0), ...screen.toScreen(1, 1)];
    const key = [this.canvas.width, this.canvas.height, theme.dark, ...corners].join(' ');
    if (this.ground?.key !== key) {
      const canvas = h('canvas', { width: this.canvas.width, height: this.canvas.height });
      const context = contextOf(canvas);
      context.setTransform(place.context.getTransform());
      const radius = clamp(80 / Math.sqrt(this.points.painter.places.length / 2), 0.8, 1.6);
      this.points.painter.paint(context, screen, theme, { kind: 'dot', radius, alpha: 0.6 });
      this.ground = { key, canvas };
    }
    this.overlay(1);
  }

  /** Draw the query on its way (part 0 to 1) and its lines. */
  private overlay(part: number): void {
    const { ground, screen, shown } = this;
    if (!ground || !screen || !shown) return;
    const { given, theme } = shown;
    const context = contextOf(this.canvas);
    context.clearRect(0, 0, screen.width, screen.height);
    context.drawImage(ground.canvas, 0, 0, screen.width, screen.height);
    const way = (axis: 0 | 1) => this.from[axis] + part * (given.xy[axis] - this.from[axis]);
    this.now = [way(0), way(1)];
    const [x, y] = screen.toScreen(...this.now);
    context.lineWidth = 1.5;
    context.strokeStyle = context.fillStyle = theme.accent;
    for (const end of given.lines) {
      const [toX, toY] = screen.toScreen(...end);
      const [endX, endY] = [x + part * (toX - x), y + part * (toY - y)];
      context.globalAlpha = 0.75;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(endX, endY);
      context.stroke();
      context.globalAlpha = 1;
      context.beginPath();
      context.arc(endX, endY, 2.5, 0, 7);
      context.fill();
    }
    const [wide, high] = [given.spread * screen.across, given.spread * screen.down];
    if (Math.max(wide, high) >= 2) {
      context.setLineDash([4, 4]);
      context.beginPath();
      context.ellipse(x, y, wide, high, 0, 0, 7);
      context.stroke();
      context.setLineDash([]);
    }
    paintThumb(context, shown.picture, theme, screen, x, y);
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
  }
}

/** Choose the scales so that everything, the query too, is inside. */
function scaled(bounds: Extent, given: Placed, width: number, height: number): Scaled {
  const [x, y] = given.xy;
  const [left, right] = [Math.min(bounds.left, x), Math.max(bounds.right, x)];
  const [low, high] = [Math.min(bounds.bottom, y), Math.max(bounds.top, y)];
  let across = (width - 2 * MARGIN) / (right - left || 1);
  let down = (height - 2 * MARGIN) / (high - low || 1);
  // In latent space itself distances count; other maps may fill the room they have.
  if (given.is_native) across = down = Math.min(across, down);
  const toScreen = (mapX: number, mapY: number): Place => [
    width / 2 + across * (mapX - (left + right) / 2),
    height / 2 - down * (mapY - (low + high) / 2),
  ];
  return { width, height, across, down, toScreen };
}

function paintThumb(
  context: CanvasRenderingContext2D,
  picture: HTMLCanvasElement,
  theme: Theme,
  screen: Screen,
  x: number,
  y: number,
): void {
  const height = (THUMB * picture.height) / picture.width;
  const left = clamp(x - THUMB / 2, 2, screen.width - THUMB - 2);
  const above = y - height - 10;
  const top = above > 2 ? above : y + 10;
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, left, top, THUMB, height);
  context.lineWidth = 2;
  context.strokeRect(left, top, THUMB, height);
  context.beginPath();
  context.arc(x, y, 5, 0, 7);
  context.fillStyle = theme.background;
  context.fill();
  context.stroke();
}
