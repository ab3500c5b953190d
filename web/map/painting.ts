// What is drawn above Plotly's chart, in pixels of its plot area.

import { ARROWS } from '../lib/arrows.ts';
import type { Look } from '../lib/colors.ts';
import { type Frame, type Place, toPixels } from './chart.ts';

/** What is drawn, in data units; what is empty is left out. */
export interface Marks {
  /** A quiet one is of the point before; a letter tells several apart. */
  rings?: { at: Place; letter?: string; quiet?: boolean }[];
  lines?: [from: Place, to: Place][];
  loop?: Place[];
  /** Points that were searched for. */
  found?: Place[];
  /** How far apart the neighbors lie that chose a place. */
  spread?: { at: Place; radius: number; far: boolean };
}
export type Colors = Pick<Look, 'background' | 'muted' | 'accent' | 'warning'>;

/**
 * Draw the marks.
 * @param grown - share of the lines that is there already
 * @param cursor - of the keys
 */
export function drawMarks(
  context: CanvasRenderingContext2D,
  { found, spread, lines = [], loop, rings = [] }: Marks,
  look: Colors,
  frame: Frame,
  grown: number,
  cursor: Place | null,
): void {
  const at = (place: Place) => toPixels(frame, place);
  if (found) {
    fill(context, look.background, 0.6, (path) => path.rect(0, 0, frame.width, frame.height));
    for (const place of found) dot(context, look.accent, at(place), 3);
  }
  if (spread) {
    const radius = (spread.radius / Math.abs(frame.x[1] - frame.x[0])) * frame.width;
    const color = spread.far ? look.warning : look.accent;
    const path = fill(context, color, 0.15, (to) => to.arc(...at(spread.at), radius, 0, 7));
    stroke(context, path, color, 1, [5, 4]);
  }
  for (const [from, to] of lines) {
    const [[x0, y0], [x1, y1]] = [at(from), at(to)];
    const end: Place = [x0 + (x1 - x0) * grown, y0 + (y1 - y0) * grown];
    const line = new Path2D();
    line.moveTo(x0, y0);
    line.lineTo(...end);
    stroke(context, line, look.accent, 1.5);
    dot(context, look.accent, end, 3.5);
  }
  if (loop) {
    const path = fill(context, look.accent, 0.12, (to) => {
      for (const corner of loop) to.lineTo(...at(corner));
      to.closePath();
    });
    stroke(context, path, look.accent, 2);
  }
  for (const ring of rings) drawRing(context, at(ring.at), ring, look);
  if (cursor) drawCursor(context, at(cursor), look);
}

function drawRing(
  context: CanvasRenderingContext2D,
  [x, y]: Place,
  { letter, quiet }: { letter?: string; quiet?: boolean },
  look: Colors,
): void {
  const color = quiet ? look.muted : look.accent;
  const circle = new Path2D();
  circle.arc(x, y, 9, 0, 7);
  stroke(context, circle, look.background, 5);
  stroke(context, circle, color, 2.5, quiet ? [3, 3] : []);
  if (!letter) return;
  context.font = '600 15px sans-serif';
  context.lineWidth = 4;
  context.strokeStyle = look.background;
  context.strokeText(letter, x + 13, y - 8);
  context.fillStyle = color;
  context.fillText(letter, x + 13, y - 8);
}

/** The same cross as on the Explore page. */
function drawCursor(context: CanvasRenderingContext2D, [x, y]: Place, look: Colors): void {
  const cross = new Path2D();
  cross.arc(x, y, 11, 0, 7);
  for (const [ux, uy] of Object.values(ARROWS) as Place[]) {
    cross.moveTo(x + ux * 7, y + uy * 7);
    cross.lineTo(x + ux * 16, y + uy * 16);
  }
  stroke(context, cross, look.background, 5);
  stroke(context, cross, look.accent, 2.25);
}

function dot(context: CanvasRenderingContext2D, color: string, at: Place, radius: number): void {
  fill(context, color, 1, (path) => path.arc(...at, radius, 0, 7));
}

function fill(
  context: CanvasRenderingContext2D,
  color: string,
  alpha: number,
  draw: (path: Path2D) => void,
): Path2D {
  const path = new Path2D();
  draw(path);
  context.globalAlpha = alpha;
  context.fillStyle = color;
  context.fill(path);
  context.globalAlpha = 1;
  return path;
}

function stroke(
  context: CanvasRenderingContext2D,
  path: Path2D,
  color: string,
  width: number,
  dash: number[] = [],
): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.stroke(path);
  context.setLineDash([]);
}
