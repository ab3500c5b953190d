// The one painter of points: Explore's map, the little maps of Compare and Neighbors, and the page that
// is taken home. It knows where points are and which class they have; where that is on screen is said
// by whoever paints.

import type { Theme } from '../lib/colors.ts';
import { makeSprite } from './marks.ts';

const DIMMED = 0.07;
const MOST_NAMES = 30;
const LONGEST_NAME = 24;
const MOST_POINTS = 1500; // looked at for a name's place
const CANDIDATES = 40; // points of a class
const NEAR = 0.12; // of the spread of all points
const CLEARLY = 0.2; // of the points near: by so many a class leads there
const WORTH = 0.03; // of a class: fewer are no place for its name
const NAME_HEIGHT = 22;
const FONT = 'ui-sans-serif, system-ui, sans-serif';

/** Where places of the map are on screen: a View, or scales of one's own. */
export interface Screen {
  width: number;
  height: number;
  /** Map place -> pixels from the top left corner; linear in both directions. */
  toScreen(x: number, y: number): [x: number, y: number];
}
/** The colors that points are painted with. */
export type Palette = Pick<Theme, 'classes' | 'background' | 'ink'>;
/** How points are painted. */
export interface Marks {
  kind: 'dot' | 'marker';
  /** Pixels. */
  radius: number;
  alpha?: number;
  /** The one class that is not dimmed. */
  solo?: number | null;
}
/** Where the name of a class is written. */
export interface Center {
  label: number;
  name: string;
  x: number;
  y: number;
}

/** Points with classes. */
export class ScatterPainter {
  readonly classNames: readonly string[];
  private points: Float32Array;
  private readonly labels: ArrayLike<number>;
  private readonly sprites = new Map<string, HTMLCanvasElement>();
  private known: Center[] | null = null;

  /** @param places - x and y of each point in turn */
  constructor(places: Float32Array, labels: ArrayLike<number>, classNames: readonly string[]) {
    this.points = places;
    this.labels = labels;
    this.classNames = classNames;
  }

  get places(): Float32Array {
    return this.points;
  }

  /** Lay the same points out anew. */
  set places(places: Float32Array) {
    this.points = places;
    this.known = null;
  }

  /** Paint every point that is on screen. */
  paint(
    context: CanvasRenderingContext2D,
    screen: Screen,
    theme: Palette,
    { kind, radius, alpha = 1, solo = null }: Marks,
  ): void {
    const side = 2 * radius + 3;
    const ratio = context.getTransform().a;
    const found = new Map<number, HTMLCanvasElement>(); // to name a sprite takes longer than to paint it
    this.eachVisible(screen, side, solo, (row, x, y) => {
      const label = this.labels[row];
      context.globalAlpha = this.isLit(row, solo) ? alpha : DIMMED;
      let sprite = found.get(label);
      if (!sprite) found.set(label, (sprite = this.sprite(kind, label, radius, ratio, theme)));
      context.drawImage(sprite, x - side / 2, y - side / 2, side, side);
    });
    context.globalAlpha = 1;
  }

  private sprite(
    kind: Marks['kind'],
    label: number,
    radius: number,
    ratio: number,
    theme: Palette,
  ): HTMLCanvasElement {
    const key = [kind, label, radius, ratio, theme.background].join(' ');
    let sprite = this.sprites.get(key);
    if (!sprite) {
      sprite = makeSprite({ kind, label, names: this.classNames, theme, radius, ratio });
      this.sprites.set(key, sprite);
    }
    return sprite;
  }

  /** Write each class's name where it is, so that no class is known by color alone. */
  paintNames(
    context: CanvasRenderingContext2D,
    screen: Screen,
    theme: Palette,
    solo: number | null = null,
  ): void {
    context.font = `700 19px ${FONT}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineWidth = 5;
    context.lineJoin = 'round';
    context.strokeStyle = theme.background;
    context.fillStyle = theme.ink;
    const wanted = this.centers.filter(({ label }) => solo === null || solo === label);
    const boxes = wanted.map(({ name, x, y }) => {
      const [px, py] = screen.toScreen(x, y);
      return { name, x: px, y: py, width: context.measureText(name).width };
    });
    for (const { name, x, y } of spreadOut(boxes)) {
      context.strokeText(name, x, y);
      context.fillText(name, x, y);
    }
  }

  /** Where the names are written. */
  get centers(): Center[] {
    this.known ??= centersOf(this.points, this.labels, this.classNames);
    return this.known;
  }

  /** Visit the rows whose point is on screen; where one class is chosen, the others first. */
  eachVisible(
    screen: Screen,
    margin: number,
    solo: number | null,
    visit: (row: number, x: number, y: number) => void,
  ): void {
    const { points, labels } = this;
    const [x0, y0] = screen.toScreen(0, 0);
    const [x1, y1] = screen.toScreen(1, 1);
    for (const pass of solo === null ? [null] : [false, true]) {
      for (let row = 0; row < labels.length; row++) {
        if (pass !== null && (labels[row] === solo) !== pass) continue;
        const x = x0 + points[2 * row] * (x1 - x0);
        const y = y0 + points[2 * row + 1] * (y1 - y0);
        const isInside = x > -margin && x < screen.width + margin;
        if (isInside && y > -margin && y < screen.height + margin) visit(row, x, y);
      }
    }
  }

  /** Whether a row is of the chosen class, where one is chosen. */
  isLit(row: number, solo: number | null): boolean {
    return solo === null || this.labels[row] === solo;
  }

  /** The row whose point is nearest to a pixel, within a radius; -1 where there is none. */
  pick(screen: Screen, px: number, py: number, radius: number, solo: number | null = null): number {
    let best = -1;
    let least = radius * radius;
    this.eachVisible(screen, radius, solo, (row, x, y) => {
      const squared = (x - px) ** 2 + (y - py) ** 2;
      if (squared < least && this.isLit(row, solo)) [best, least] = [row, squared];
    });
    return best;
  }
}

/**
 * Where each class that has a name is among itself: of some of its points, the nearest to its median
 * around which it clearly outnumbers all others. None where it does so nowhere, or where there are too
 * many names to be read.
 */
function centersOf(
  places: Float32Array,
  labels: ArrayLike<number>,
  classNames: readonly string[],
): Center[] {
  const step = Math.max(1, Math.floor(labels.length / MOST_POINTS));
  const rows = Array.from({ length: Math.ceil(labels.length / step) }, (_, i) => i * step);
  const present = [...new Set(rows.map((row) => labels[row]))].filter((label) => classNames[label]);
  if (present.length > MOST_NAMES) return [];
  const radius = NEAR * Math.hypot(spread(places, 0), spread(places, 1));
  const distance = (row: number, x: number, y: number) =>
    Math.hypot(places[2 * row] - x, places[2 * row + 1] - y);
  const leads = (label: number, at: number, least: number) => {
    const near = rows.filter((row) => distance(row, places[2 * at], places[2 * at + 1]) <= radius);
    const lead = near.reduce((sum, row) => sum + (labels[row] === label ? 1 : -1), 0);
    return lead >= Math.max(1, least) && lead >= CLEARLY * near.length;
  };
  return present
    .sort((a, b) => a - b)
    .flatMap((label) => {
      const own = rows.filter((row) => labels[row] === label);
      const [x, y] = [0, 1].map((axis) => median(own.map((row) => places[2 * row + axis])));
      const some = own.filter((_, i) => i % Math.ceil(own.length / CANDIDATES) === 0);
      some.sort((a, b) => distance(a, x, y) - distance(b, x, y));
      const at = some.find((row) => leads(label, row, WORTH * own.length));
      const name = classNames[label].slice(0, LONGEST_NAME);
      return at === undefined ? [] : [{ label, name, x: places[2 * at], y: places[2 * at + 1] }];
    });
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];

/** The standard deviation along one axis. */
function spread(places: Float32Array, axis: 0 | 1): number {
  const values = places.filter((_, i) => i % 2 === axis);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Move words up or down, as little as possible, until none covers another. */
export function spreadOut<Word extends { x: number; y: number; width: number }>(
  words: Word[],
): Word[] {
  const placed: Word[] = [];
  for (const word of words) {
    const covers = (y: number) =>
      placed.some(
        (other) =>
          Math.abs(other.x - word.x) < (other.width + word.width) / 2 + 4 &&
          Math.abs(other.y - y) < NAME_HEIGHT,
      );
    let y = word.y;
    for (let step = 1; covers(y); step++) {
      y = word.y + (step % 2 ? 1 : -1) * Math.ceil(step / 2) * (NAME_HEIGHT / 4);
    }
    placed.push({ ...word, y });
  }
  return placed;
}
