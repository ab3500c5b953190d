// @ts-nocheck
// The map in small: where the image lies among the others, with lines to its neighbors.

import { classColor } from '../lib/colors.ts';
import { h, prefersStill } from '../lib/dom.ts';

const FLIGHT = 320; // milliseconds
const MARGIN = 14; // pixels
const THUMB = 34;

/** A canvas that draws the points once and the query, its flight and its lines on top. */
export class PlaceMap {
  constructor() {
    this.canvas = h('canvas', { role: 'img' });
    this.caption = h('figcaption');
    this.element = h('figure', { class: 'map' }, this.canvas, this.caption);
    this.points = null;
    this.given = null;
    this.from = null;
    this.frame = 0;
    this.observer = new ResizeObserver(() => this.redraw());
    this.observer.observe(this.canvas);
  }

  /** Take the points of a map; they arrive once. */
  takePoints(points) {
    this.points = points;
    this.redraw();
  }

  /** Show where an image lies: fly there from where the last one was, then fan out the lines. */
  show(given, theme, picture) {
    const same = this.given?.id === given.id;
    const unchanged = same && String(this.given.xy) === String(given.xy) && this.theme === theme;
    this.from = same ? this.now ?? this.given.xy : given.xy;
    Object.assign(this, { given, theme, picture });
    this.caption.textContent = given.title;
    this.canvas.title = given.about;
    this.canvas.setAttribute('aria-label', given.about);
    this.redraw();
    if (!unchanged) this.fly();
  }

  fly() {
    cancelAnimationFrame(this.frame);
    const began = performance.now();
    const length = prefersStill() ? 0 : FLIGHT;
    const step = (time) => {
      const part = length ? Math.min(1, Math.max(0, (time - began) / length)) : 1;
      this.overlay(1 - (1 - part) ** 3);
      if (part < 1) this.frame = requestAnimationFrame(step);
    };
    step(began);
  }

  /** Draw the points into a canvas of their own. */
  redraw() {
    const box = this.canvas.getBoundingClientRect();
    if (!box.width || !this.given || this.points?.id !== this.given.id) return;
    const scale = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(box.width * scale), Math.round(box.height * scale)];
    this.scale = scale;
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.fit(width, height);
    const key = [width, height, this.theme.dark, this.given.id, ...this.view];
    if (String(key) !== String(this.groundKey)) {
      this.groundKey = key;
      this.ground = h('canvas', { width, height });
      this.paintPoints(this.ground.getContext('2d'));
    }
    this.overlay(1);
  }

  /** Choose the scale so that everything, the query too, is inside. */
  fit(width, height) {
    const { xy } = this.points;
    if (this.boundsOf !== this.points) {
      this.bounds = boundsOf(xy);
      this.boundsOf = this.points;
    }
    const [x, y] = this.given.xy;
    const [left, right] = [Math.min(this.bounds[0], x), Math.max(this.bounds[1], x)];
    const [low, high] = [Math.min(this.bounds[2], y), Math.max(this.bounds[3], y)];
    const room = MARGIN * this.scale;
    let across = (width - 2 * room) / (right - left || 1);
    let down = (height - 2 * room) / (high - low || 1);
    // In latent space itself distances count; other maps may fill the room they have.
    if (this.given.is_native) across = down = Math.min(across, down);
    const [x0, y0] = [width / 2 - (across * (left + right)) / 2, height / 2 + (down * (low + high)) / 2];
    this.view = [across, down, x0, y0];
  }

  at([x, y]) {
    const [across, down, x0, y0] = this.view;
    return [x0 + across * x, y0 - down * y];
  }

  paintPoints(context) {
    const { xy, labels } = this.points;
    const radius = Math.max(1, Math.min(2.2, 160 / Math.sqrt(labels.length))) * this.scale;
    context.globalAlpha = 0.55;
    for (let i = 0; i < labels.length; i++) {
      const [x, y] = this.at([xy[2 * i], xy[2 * i + 1]]);
      context.fillStyle = classColor(this.theme, labels[i]);
      context.fillRect(x - radius / 2, y - radius / 2, radius, radius);
    }
  }

  /** Draw the query on its way (part 0 to 1) and its lines. */
  overlay(part) {
    if (!this.view || !this.ground) return;
    const { given, theme, scale } = this;
    const context = this.canvas.getContext('2d');
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.drawImage(this.ground, 0, 0);
    this.now = given.xy.map((value, i) => this.from[i] + part * (value - this.from[i]));
    const [x, y] = this.at(this.now);
    context.lineWidth = 1.5 * scale;
    context.strokeStyle = theme.accent;
    context.fillStyle = theme.accent;
    for (const end of given.lines) {
      const [toX, toY] = this.at(end);
      const [endX, endY] = [x + part * (toX - x), y + part * (toY - y)];
      context.globalAlpha = 0.75;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(endX, endY);
      context.stroke();
      context.globalAlpha = 1;
      context.beginPath();
      context.arc(endX, endY, 2.5 * scale, 0, 7);
      context.fill();
    }
    this.paintSpread(context, x, y);
    this.paintThumb(context, x, y);
  }

  /** How far apart those lie that chose the place. */
  paintSpread(context, x, y) {
    const [wide, high] = this.view.slice(0, 2).map((unit) => this.given.spread * unit);
    if (Math.max(wide, high) < 2 * this.scale) return;
    context.setLineDash([4 * this.scale, 4 * this.scale]);
    context.beginPath();
    context.ellipse(x, y, wide, high, 0, 0, 7);
    context.stroke();
    context.setLineDash([]);
  }

  paintThumb(context, x, y) {
    const { picture, scale, theme } = this;
    const side = THUMB * scale;
    const height = (side * picture.height) / picture.width;
    const left = Math.min(Math.max(x - side / 2, 2), this.canvas.width - side - 2);
    const above = y - height - 10 * scale;
    const top = above > 2 ? above : y + 10 * scale;
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, left, top, side, height);
    context.lineWidth = 2 * scale;
    context.strokeStyle = theme.accent;
    context.strokeRect(left, top, side, height);
    context.beginPath();
    context.arc(x, y, 5 * scale, 0, 7);
    context.fillStyle = theme.background;
    context.fill();
    context.stroke();
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
  }
}

function boundsOf(xy) {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < xy.length; i += 2) {
    left = Math.min(left, xy[i]);
    right = Math.max(right, xy[i]);
    low = Math.min(low, xy[i + 1]);
    high = Math.max(high, xy[i + 1]);
  }
  return [left, right, low, high];
}
