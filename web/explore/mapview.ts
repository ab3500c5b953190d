// @ts-nocheck
// Paints the map: decoded grid, shading, fog, axes and points, from back to front.

import { scaleOf, parseColor } from '../lib/colors.ts';
import { clamp, h } from '../lib/dom.ts';
import { makeSprite } from '../scatter/marks.ts';

const QUICK = 12; // milliseconds: a picture painted faster than this is painted anew in every frame
const SETTLE = 140; // milliseconds after the last gesture before the map is painted in full
const DIMMED = 0.07;
const TICK_PIXELS = 130;

/** The map's lower canvas. What follows the pointer is on another one (explore/overlay.ts). */
export class MapPainter {
  constructor(app, canvas) {
    Object.assign(this, { app, canvas, sprites: new Map(), cost: 0, painted: null, settle: 0 });
    this.context = canvas.getContext('2d', { alpha: false });
    this.snapshot = h('canvas');
  }

  resize(width, height, ratio) {
    this.ratio = ratio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.painted = null;
  }

  /** Forget what depends on the theme. */
  restyle() {
    this.sprites.clear();
    this.painted = null;
  }

  /** Paint for the current view: in full where that is quick, else moved now and in full soon. */
  paint({ moving = false } = {}) {
    clearTimeout(this.settle);
    if (moving && this.painted && this.cost > QUICK) {
      this.paintMoved();
      this.settle = setTimeout(() => this.paint(), SETTLE);
      return;
    }
    const start = performance.now();
    this.paintFull();
    this.cost = performance.now() - start;
    this.painted = this.app.stage.view.copy();
    this.snapshotIsOld = true;
  }

  paintMoved() {
    if (this.snapshotIsOld) {
      [this.snapshot.width, this.snapshot.height] = [this.canvas.width, this.canvas.height];
      this.snapshot.getContext('2d').drawImage(this.canvas, 0, 0);
      this.snapshotIsOld = false;
    }
    const { view, theme } = this.app;
    const old = this.painted;
    const [left, top] = view.toScreen(...old.toMap(0, 0));
    const factor = view.scale / old.scale;
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.fillStyle = theme.background;
    this.context.fillRect(0, 0, view.width, view.height);
    this.context.drawImage(this.snapshot, left, top, old.width * factor, old.height * factor);
  }

  paintFull() {
    const { context } = this;
    const { view, theme, state } = this.app;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = theme.background;
    context.fillRect(0, 0, view.width, view.height);
    if (state.grid) this.paintGrid();
    if (state.shade !== 'none') this.paintField(this.app.shading.shade, state.grid ? 0.6 : 0.85);
    if (state.fog) this.paintField(this.app.shading.fog, 1);
    this.paintAxes();
    if (state.points !== 'none') this.paintPoints();
  }

  paintGrid() {
    const { lattice, view } = this.app;
    if (!lattice.canvas) return;
    const { left, top, right, bottom } = lattice.extent;
    const [x0, y0] = view.toScreen(left, top);
    const [x1, y1] = view.toScreen(right, bottom);
    const enlarging = x1 - x0 > lattice.canvas.width / this.ratio;
    this.context.imageSmoothingEnabled = !enlarging;
    this.context.imageSmoothingQuality = 'high';
    this.context.drawImage(lattice.canvas, x0, y0, x1 - x0, y1 - y0);
    this.context.globalAlpha = 1;
  }

  paintField(field, alpha) {
    if (!field?.canvas) return;
    const { left, top, right, bottom } = field.box;
    const [x0, y0] = this.app.stage.view.toScreen(left, top);
    const [x1, y1] = this.app.stage.view.toScreen(right, bottom);
    this.context.imageSmoothingEnabled = true;
    this.context.globalAlpha = alpha;
    this.context.drawImage(field.canvas, x0, y0, x1 - x0, y1 - y0);
    this.context.globalAlpha = 1;
  }

  paintAxes() {
    const { context } = this;
    const { view, plane } = this.app;
    context.font = '14px ui-sans-serif, system-ui, sans-serif';
    context.lineWidth = 1;
    const step = niceStep(TICK_PIXELS / view.scale);
    const [west, south] = view.toMap(0, view.height);
    const [east, north] = view.toMap(view.width, 0);
    const busy = this.app.state.grid || this.app.state.shade !== 'none';
    context.textBaseline = 'alphabetic';
    for (let x = Math.ceil(west / step) * step; x <= east; x += step) {
      this.axisLine(view.toScreen(x, 0)[0], true, Math.abs(x) < step / 2, busy);
    }
    if (plane.isLine) return;
    for (let y = Math.ceil(south / step) * step; y <= north; y += step) {
      this.axisLine(view.toScreen(0, y)[1], false, Math.abs(y) < step / 2, busy);
    }
    if (!busy && !plane.byQuantile) this.axisWords(step, { west, east, south, north });
  }

  /** Numbers along the axes, and what the axes are. */
  axisWords(step, { west, east, south, north }) {
    const { context } = this;
    const { view, theme, plane } = this.app;
    const { room } = this.app.stage;
    context.fillStyle = theme.muted;
    context.textAlign = 'center';
    const labelY = view.height - room.bottom - 8;
    for (let x = Math.ceil(west / step) * step; x <= east; x += step) {
      const at = view.toScreen(x, 0)[0];
      if (at > 60 && at < view.width - 170) context.fillText(tick(round(x, step)), at, labelY);
    }
    context.textAlign = 'right';
    context.fillText(`${plane.names[0]} →`, view.width - 12, labelY);
    context.textAlign = 'left';
    context.fillText(`↑ ${plane.names[1]}`, 10, room.top + 14);
    for (let y = Math.ceil(south / step) * step; y <= north; y += step) {
      const at = view.toScreen(0, y)[1];
      if (at > room.top + 40 && at < labelY - 30) {
        context.fillText(tick(round(y, step)), 10, at - 4);
      }
    }
  }

  axisLine(at, upright, isZero, busy) {
    const { context } = this;
    const { theme, view } = this.app;
    context.strokeStyle = theme.line;
    context.globalAlpha = busy ? (isZero ? 0.35 : 0) : isZero ? 1 : 0.45;
    context.beginPath();
    const place = Math.round(at) + 0.5;
    if (upright) context.rect(place, 0, 0, view.height);
    else context.rect(0, place, view.width, 0);
    context.stroke();
    context.globalAlpha = 1;
  }

  paintPoints() {
    const { places, space, state } = this.app;
    if (state.points === 'images') return this.paintImages();
    const radius = this.pointRadius();
    const sprites = this.spritesFor(state.points === 'marks' ? 'sign' : 'dot', radius);
    const { context } = this;
    const side = 2 * radius + 3;
    this.eachVisible(side, (row, x, y) => {
      const label = space.labels[row];
      const alone = state.solo === null || state.solo === label;
      context.globalAlpha = alone ? (state.grid ? 0.6 : 0.9) : DIMMED;
      context.drawImage(sprites.get(label), x - side / 2, y - side / 2, side, side);
    });
    context.globalAlpha = 1;
    return places;
  }

  pointRadius() {
    const { state, view, space } = this.app;
    const crowd = space.n > 4000 ? 0.8 : 1;
    const base = state.points === 'marks' ? 5 : 3.2 * crowd;
    return Math.round(2 * base * clamp(view.closeness ** 0.3, 0.8, 2)) / 2;
  }

  spritesFor(kind, radius) {
    const key = `${kind}:${radius}`;
    if (!this.sprites.has(key)) {
      const { space, theme } = this.app;
      const labels = new Set(space.labels);
      const options = { kind, names: space.class_names, theme, radius, ratio: this.ratio };
      this.sprites.set(
        key,
        new Map([...labels].map((label) => [label, makeSprite({ ...options, label })])),
      );
    }
    return this.sprites.get(key);
  }

  paintImages() {
    const { thumbs, space, state, theme, view } = this.app;
    const { context } = this;
    const atlas = thumbs.pointAtlas(theme);
    const [width, height] = thumbs.tile;
    const factor = clamp(view.closeness ** 0.5 * (space.n > 3000 ? 0.55 : 0.8), 0.5, 2.5);
    const [w, tall] = [width * factor, height * factor];
    context.imageSmoothingEnabled = factor < 2;
    this.eachVisible(Math.max(w, tall), (row, x, y) => {
      if (row >= thumbs.ready) return;
      const alone = state.solo === null || state.solo === space.labels[row];
      context.globalAlpha = alone ? 1 : DIMMED;
      const [left, top] = thumbs.place(row);
      context.drawImage(atlas, left, top, width, height, x - w / 2, y - tall / 2, w, tall);
    });
    context.globalAlpha = 1;
  }

  /** Visit the rows whose point is on screen; with a soloed class, the others first. */
  eachVisible(margin, visit) {
    const { places, view, state, space } = this.app;
    const { width, height, scale } = view;
    const [x0, y0] = view.toScreen(0, 0);
    const passes = state.solo === null ? [null] : [false, true];
    for (const pass of passes) {
      for (let row = 0; row < space.n; row++) {
        if (pass !== null && (space.labels[row] === state.solo) !== pass) continue;
        const x = x0 + places[2 * row] * scale;
        const y = y0 - places[2 * row + 1] * scale;
        if (x > -margin && x < width + margin && y > -margin && y < height + margin) {
          visit(row, x, y);
        }
      }
    }
  }

  /** The row whose point is nearest to a pixel, within a radius; -1 where there is none. */
  pick(px, py, radius) {
    if (this.app.state.points === 'none') return -1;
    let best = -1;
    let least = radius * radius;
    const { state, space } = this.app;
    this.eachVisible(0, (row, x, y) => {
      if (state.solo !== null && space.labels[row] !== state.solo) return;
      const squared = (x - px) ** 2 + (y - py) ** 2;
      if (squared < least) [best, least] = [row, squared];
    });
    return best;
  }
}

/** Paint values between 0 and 1 as a small picture that the map stretches. */
export function fieldPicture(values, columns, rows, theme, asFog) {
  const canvas = h('canvas');
  [canvas.width, canvas.height] = [columns, rows];
  const picture = new ImageData(columns, rows);
  const scale = asFog ? null : scaleOf(theme);
  const veil = parseColor(theme.background);
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue; // not computed yet
    const value = clamp(values[i], 0, 1);
    picture.data.set(asFog ? veil : scale[Math.round(value * 255)], 4 * i);
    picture.data[4 * i + 3] = asFog ? 240 * value : 255;
  }
  canvas.getContext('2d').putImageData(picture, 0, 0);
  return canvas;
}

function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least);
}

const tick = (value) => String(Number(value.toPrecision(6))).replace('-', '−');
const round = (value, step) => Math.round(value / step) * step;
