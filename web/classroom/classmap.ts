// The map of the class: every image of the network's set as a point, and room for drawings and guesses.

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
  /** What lands, above the points: those are painted again only where they move. */
  private readonly marks = h('canvas', { class: 'map-points' });
  private readonly painter: ScatterPainter;
  private readonly radius: number;
  private readonly paintMore: (context: CanvasRenderingContext2D) => void;
  private readonly observer: ResizeObserver;
  private readonly known: SceneArrays & { names: string[] };
  private theme: Theme;
  private others: Place[] = [];
  private painted = '';

  /** @param paintMore - paints what has landed, whenever that or the map's size has changed */
  constructor(
    scene: Scene,
    arrays: SceneArrays,
    theme: Theme,
    radius: number,
    paintMore: (context: CanvasRenderingContext2D) => void,
  ) {
    this.known = { ...arrays, names: scene.class_names };
    this.theme = theme;
    this.radius = radius;
    this.paintMore = paintMore;
    this.painter = new ScatterPainter(arrays.places, arrays.labels, scene.class_names);
    this.canvas.setAttribute('aria-label', 'Map of the latent space');
    this.element = h('div', { class: 'map' }, this.canvas, this.marks);
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
    this.painted = '';
    this.paint();
  }

  paint(): void {
    const marks = cleared(this.marks);
    if (!marks) return;
    const { width, height } = marks;
    this.view.resize(width, height);
    const shown = Float32Array.from([...this.painter.places, ...this.others.flat()]);
    const room = { left: ROOM, right: ROOM, top: ROOM, bottom: ROOM };
    this.view.fit(boundsOf(shown), room);
    const { x, y, scale } = this.view;
    const now = [width, height, x, y, scale, window.devicePixelRatio].join(' ');
    if (now !== this.painted) this.paintPoints();
    this.painted = now;
    this.paintMore(marks.context);
  }

  private paintPoints(): void {
    const sheet = cleared(this.canvas);
    if (!sheet) return;
    const { context } = sheet;
    this.painter.paint(context, this.view, this.theme, {
      kind: 'dot',
      radius: this.radius,
      alpha: ALPHA,
    });
    this.painter.paintNames(context, this.view, this.theme);
  }

  /** The place on the map under a pointer. */
  placeOf(event: PointerEvent | MouseEvent): Place {
    const box = this.canvas.getBoundingClientRect();
    return this.view.toMap(event.clientX - box.left, event.clientY - box.top);
  }

  /** Name what is near a place: the class of the nearest point, as far as it has one. */
  nameNear(place: Place): string {
    const { places, labels, names } = this.known;
    let [nearest, least] = [-1, Infinity];
    for (let i = 0; i < labels.length; i++) {
      const distance = (places[2 * i] - place[0]) ** 2 + (places[2 * i + 1] - place[1]) ** 2;
      if (distance < least) [nearest, least] = [i, distance];
    }
    return names[labels[nearest]] ?? '';
  }

  stop(): void {
    this.observer.disconnect();
  }
}
