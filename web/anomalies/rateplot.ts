// A small square plot of curves between 0 and 1, with the place of the threshold on the chosen one.

import type { Theme } from '../lib/colors.ts';
import { cleared, h, strokeLine } from '../lib/dom.ts';
import { type Meanings, explain } from '../lib/term.ts';
import type { Place } from './rates.ts';

const LEFT = 8;
const FOOT = 24;
const MOST_POINTS = 600; // no screen shows more of a curve

/** A curve of one score; baselines are dashed. */
export interface Curve {
  points: Place[];
  chosen: boolean;
  baseline: boolean;
}
type Axes = [right: string, up: string];

/** One plot: the ROC, or precision against recall. */
export class RatePlot {
  private readonly canvas = h('canvas', { role: 'img' });
  private readonly caption = h('figcaption');
  readonly element: HTMLElement;
  private readonly resize = new ResizeObserver(() => this.draw());
  private readonly title: string;
  private readonly axes: Axes;
  private readonly diagonal: boolean;
  private curves: Curve[] = [];
  private theme: Theme | null = null;
  private color = '';
  private dot: Place | null = null;

  /** @param diagonal - whether guessing is a line from corner to corner */
  constructor(title: string, axes: Axes, diagonal: boolean) {
    this.title = title;
    this.axes = axes;
    this.diagonal = diagonal;
    this.element = h('figure', { class: 'rateplot' }, this.caption, this.canvas);
    this.resize.observe(this.element);
  }

  /** Take the curves; the chosen one is drawn last. */
  show(curves: Curve[], theme: Theme, color: string): void {
    this.curves = curves.toSorted((a, b) => Number(a.chosen) - Number(b.chosen));
    this.theme = theme;
    this.color = color;
    this.draw();
  }

  /** Let the plot's name say what the curve is. */
  explain(meanings: Meanings): void {
    explain(this.caption, this.title, meanings);
  }

  /** Mark where the threshold is. */
  mark(x: number, y: number): void {
    this.dot = [x, y];
    const [right, up] = this.axes;
    const words = `${right} ${Math.round(100 * x)} %, ${up} ${Math.round(100 * y)} %`;
    this.canvas.setAttribute('aria-label', `${this.title}: at the threshold ${words}`);
    this.draw();
  }

  private draw(): void {
    const { theme } = this;
    const sheet = theme && cleared(this.canvas);
    if (!sheet) return;
    const { context, width, height } = sheet;
    const spot = ([x, y]: Place): Place => [
      LEFT + x * (width - 2 * LEFT),
      LEFT + (1 - y) * (height - LEFT - FOOT),
    ];
    context.strokeStyle = theme.line;
    context.strokeRect(LEFT, LEFT, width - 2 * LEFT, height - LEFT - FOOT);
    if (this.diagonal) strokeLine(context, [spot([0, 0]), spot([1, 1])]);
    context.fillStyle = theme.muted;
    context.font = `14px ${getComputedStyle(this.element).fontFamily}`;
    context.textBaseline = 'bottom';
    context.textAlign = 'center';
    context.fillText(`${this.axes[0]} →`, width / 2, height - 2);
    for (const { points, chosen, baseline } of this.curves) {
      context.strokeStyle = chosen ? this.color : theme.muted;
      context.lineWidth = chosen ? 3 : 1.2;
      context.globalAlpha = chosen ? 1 : 0.75;
      context.setLineDash(baseline ? [5, 4] : []);
      strokeLine(context, thinned(points).map(spot));
    }
    if (!this.dot) return;
    context.setLineDash([]);
    context.globalAlpha = 1;
    context.fillStyle = theme.accent;
    context.strokeStyle = theme.background;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(...spot(this.dot), 6.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }

  stop(): void {
    this.resize.disconnect();
  }
}

function thinned(points: Place[]): Place[] {
  const step = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}
