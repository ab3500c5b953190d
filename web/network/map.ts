// The little map: where z is among the latents of stored images. It can be dragged too.

import type { Theme } from '../lib/colors.ts';
import { cleared, contextOf, h } from '../lib/dom.ts';
import { namedByLetters } from '../scatter/marks.ts';
import { ScatterPainter } from '../scatter/painter.ts';
import { View, boundsOf } from '../scatter/view.ts';
import type { Flow } from './flow.ts';
import type { NetworkArrays, NetworkHeader } from './messages.ts';

const MARGIN = 10; // pixels

/** The map of one network. */
export class LittleMap {
  private readonly canvas = h('canvas', { role: 'img' });
  readonly element = h('figure', { class: 'map' }, this.canvas);
  private readonly flow: Flow;
  private readonly origin: Float32Array;
  private readonly axes: Float32Array;
  private readonly painter: ScatterPainter;
  private readonly view = new View();
  private readonly ground = h('canvas');
  private readonly observer = new ResizeObserver(() => this.redrawLater());
  private theme: Theme | null = null;
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(flow: Flow, header: NetworkHeader, arrays: NetworkArrays, moved: () => void) {
    this.flow = flow;
    this.origin = arrays.origin!;
    this.axes = arrays.axes!;
    this.painter = new ScatterPainter(arrays.points!, arrays.labels!, header.class_names);
    const about = header.native
      ? 'z among the latents of stored images'
      : 'z projected onto PC 1 and PC 2 of the latents of stored images';
    this.canvas.setAttribute('aria-label', about);
    this.element.append(h('figcaption', { text: about }));
    this.listen(moved);
    this.observer.observe(this.canvas);
  }

  show(theme: Theme): void {
    this.theme = theme;
    this.redrawLater();
  }

  /** Draw the points after the next frame: thousands of them must not keep the layers waiting. */
  private redrawLater(): void {
    this.cancel();
    this.frame = requestAnimationFrame(() => {
      this.timer = setTimeout(() => this.redraw());
    });
  }

  private cancel(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
  }

  private listen(moved: () => void): void {
    const { canvas } = this;
    let active: number | null = null;
    const follow = (event: PointerEvent) => {
      const { left, top } = canvas.getBoundingClientRect();
      this.moveTo(this.view.toMap(event.clientX - left, event.clientY - top));
      moved();
    };
    canvas.onpointerdown = (event) => {
      if (event.button > 0) return;
      active = event.pointerId;
      canvas.setPointerCapture(active);
      event.preventDefault();
      follow(event);
    };
    canvas.onpointermove = (event) => {
      if (event.pointerId === active) follow(event);
    };
    canvas.onpointerup = canvas.onpointercancel = () => {
      active = null;
    };
  }

  /** Where a latent is on the map. */
  private placeOf(latent: Float32Array): [number, number] {
    const n = latent.length;
    const along = (axis: number) =>
      latent.reduce((sum, value, i) => sum + (value - this.origin[i]) * this.axes[axis * n + i], 0);
    return [along(0), along(1)];
  }

  /** Move z within the plane of the map. */
  private moveTo([x, y]: [number, number]): void {
    const { z } = this.flow;
    const [nowX, nowY] = this.placeOf(z);
    for (let i = 0; i < z.length; i++) {
      z[i] += (x - nowX) * this.axes[i] + (y - nowY) * this.axes[z.length + i];
    }
  }

  private redraw(): void {
    const { theme, view, painter, ground } = this;
    const place = theme && cleared(this.canvas);
    if (!theme || !place) return;
    view.resize(place.width, place.height);
    const bounds = boundsOf(painter.places);
    if (bounds.top === bounds.bottom) Object.assign(bounds, { bottom: -1, top: 1 });
    view.fit(bounds, { left: MARGIN, right: MARGIN, top: MARGIN, bottom: MARGIN });
    ground.width = this.canvas.width;
    ground.height = this.canvas.height;
    const context = contextOf(ground);
    context.setTransform(place.context.getTransform());
    painter.paint(context, view, theme, { kind: 'dot', radius: 1.4, alpha: 0.6 });
    // Longer names would cover so small a map.
    if (namedByLetters(painter.classNames)) painter.paintNames(context, view, theme);
    this.paint();
  }

  /** Paint the dot where z is, and a ring where the mean is. */
  paint(): void {
    const { theme, view, flow } = this;
    if (!theme || !this.ground.width) return;
    const context = contextOf(this.canvas);
    context.clearRect(0, 0, view.width, view.height);
    context.drawImage(this.ground, 0, 0, view.width, view.height);
    const [meanX, meanY] = view.toScreen(...this.placeOf(flow.mean));
    const [x, y] = view.toScreen(...this.placeOf(flow.z));
    context.strokeStyle = theme.ink;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(meanX, meanY, 8, 0, 7);
    context.stroke();
    context.fillStyle = theme.accent;
    context.strokeStyle = theme.background;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, 6, 0, 7);
    context.fill();
    context.stroke();
    this.element.dataset.place = `${x.toFixed(1)} ${y.toFixed(1)}`;
  }

  stop(): void {
    this.cancel();
    this.observer.disconnect();
  }
}
