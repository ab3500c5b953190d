// The map of the class: every image of the network's set as a point, and room for what lands on it.

import { cleared, h } from '../lib/dom.ts';
import type { Theme } from '../lib/colors.ts';
import { ScatterPainter } from '../scatter/painter.ts';
import { View, boundsOf } from '../scatter/view.ts';
import type { Place, Scene, SceneArrays } from './messages.ts';

const ROOM = 18; // pixels around the points
const ALPHA = 0.55;

export class ClassMap {
  readonly element: HTMLElement;
  readonly view = new View();
  private readonly canvas = h('canvas', { class: 'map-points', role: 'img' });
  private readonly painter: ScatterPainter;
  private readonly radius: number;
  private readonly paintMore: (context: CanvasRenderingContext2D) => void;
  private readonly observer: ResizeObserver;
  private theme: Theme;
  private others: Place[] = [];

  /** @param paintMore - called after the points are painted, and whenever the map has another size */
  constructor(
    scene: Scene,
    arrays: SceneArrays,
    theme: Theme,
    radius: number,
    paintMore: (context: CanvasRenderingContext2D) => void,
  ) {
    this.theme = theme;
    this.radius = radius;
    this.paintMore = paintMore;
    this.painter = new ScatterPainter(arrays.places, arrays.labels, scene.class_names);
    this.canvas.setAttribute('aria-label', 'Map of the latent space');
    this.element = h('div', { class: 'map' }, this.canvas);
    this.observer = new ResizeObserver(() => this.paint());
    this.observer.observe(this.element);
  }

  /** Keep these places on screen, too. */
  include(places: Place[]): void {
    this.others = places;
    this.paint();
  }

  restyle(theme: Theme): void {
    this.theme = theme;
    this.paint();
  }

  paint(): void {
    const sheet = cleared(this.canvas);
    if (!sheet) return;
    const { context, width, height } = sheet;
    this.view.resize(width, height);
    const shown = Float32Array.from([...this.painter.places, ...this.others.flat()]);
    const room = { left: ROOM, right: ROOM, top: ROOM, bottom: ROOM };
    this.view.fit(boundsOf(shown), room);
    this.painter.paint(context, this.view, this.theme, {
      kind: 'dot',
      radius: this.radius,
      alpha: ALPHA,
    });
    this.painter.paintNames(context, this.view, this.theme);
    this.paintMore(context);
  }

  /** The place on the map under a pointer. */
  placeOf(event: PointerEvent | MouseEvent): Place {
    const box = this.canvas.getBoundingClientRect();
    return this.view.toMap(event.clientX - box.left, event.clientY - box.top);
  }

  stop(): void {
    this.observer.disconnect();
  }
}
