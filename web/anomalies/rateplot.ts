// @ts-nocheck
// A small square plot of curves between 0 and 1, with the place of the threshold on the chosen one.

import { h } from '../lib/dom.ts';

const LEFT = 8;
const FOOT = 24;

/** One plot: the ROC, or precision against recall. */
export class RatePlot {
  /**
   * @param {string} title
   * @param {[string, string]} axes - what grows to the right, what grows upwards
   * @param {boolean} diagonal - whether guessing is a line from corner to corner
   */
  constructor(title, axes, diagonal) {
    this.axes = axes;
    this.diagonal = diagonal;
    this.canvas = h('canvas', { role: 'img' });
    this.heading = title;
    this.element = h('figure', { class: 'rateplot' }, h('figcaption', { text: title }), this.canvas);
    this.resize = new ResizeObserver(() => this.draw());
    this.resize.observe(this.element);
  }

  /** Take the curves: `{points, chosen, baseline}` each; the chosen one is drawn last. */
  show(curves, theme, color) {
    this.curves = [...curves].sort((a, b) => a.chosen - b.chosen);
    this.theme = theme;
    this.color = color;
    this.draw();
  }

  /** Mark where the threshold is. */
  mark(x, y) {
    this.dot = [x, y];
    const words = `${this.axes[0]} ${Math.round(100 * x)} %, ${this.axes[1]} ${Math.round(100 * y)} %`;
    this.canvas.setAttribute('aria-label', `${this.heading}: at the threshold ${words}`);
    this.draw();
  }

  draw() {
    const ratio = window.devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!this.curves || !width || !height) return;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    const context = this.canvas.getContext('2d');
    context.scale(ratio, ratio);
    const spot = ([x, y]) => [
      LEFT + x * (width - 2 * LEFT),
      LEFT + (1 - y) * (height - LEFT - FOOT),
    ];
    this.drawFrame(context, spot, width, height);
    for (const curve of this.curves) this.drawCurve(context, spot, curve);
    if (this.dot) this.drawDot(context, spot(this.dot));
  }

  drawFrame(context, spot, width, height) {
    context.strokeStyle = this.theme.line;
    context.lineWidth = 1;
    const [left, top] = spot([0, 1]);
    const [right, bottom] = spot([1, 0]);
    context.strokeRect(left, top, right - left, bottom - top);
    if (this.diagonal) path(context, [spot([0, 0]), spot([1, 1])]);
    context.fillStyle = this.theme.muted;
    context.font = `14px ${getComputedStyle(this.element).fontFamily}`;
    context.textBaseline = 'bottom';
    context.textAlign = 'center';
    context.fillText(`${this.axes[0]} →`, width / 2, height - 2);
  }

  drawCurve(context, spot, { points, chosen, baseline }) {
    context.strokeStyle = chosen ? this.color : this.theme.muted;
    context.lineWidth = chosen ? 3 : 1.2;
    context.globalAlpha = chosen ? 1 : 0.75;
    context.setLineDash(baseline ? [5, 4] : []);
    path(context, thinned(points).map(spot));
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  drawDot(context, [x, y]) {
    context.fillStyle = this.theme.accent;
    context.strokeStyle = this.theme.background;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, 6.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }

  stop() {
    this.resize.disconnect();
  }
}

function path(context, places) {
  context.beginPath();
  places.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.stroke();
}

/** No screen shows more than a few hundred points of a curve. */
function thinned(points) {
  if (points.length <= 600) return points;
  const step = Math.ceil(points.length / 600);
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}
