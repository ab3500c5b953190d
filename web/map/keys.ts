// The map by keyboard: a cursor that arrow keys move from point to point. To everything else it is
// one more pointer: its image is shown, and its card opened, by what serves the mouse.

import { ARROWS } from '../lib/arrows.ts';
import { clamp } from '../lib/dom.ts';
import {
  type Chart,
  type Place,
  type Pointer,
  cheapest,
  frameOf,
  pointerIn,
  spotOf,
  squared,
  toData,
} from './chart.ts';

const NEXT = 2; // pixels to the next point at least; nearer ones stand apart after zooming in
const LEAP = 48;
const FREE = 14;
const ZOOM = 120; // what one notch of a wheel turns
/** What a screen reader says of the canvas. */
export const KEYS_LABEL =
  'Map of images. Arrow keys move a cursor to the next point, with Shift farther, with Alt between ' +
  'the points; Home to the middle. Enter shows its details, after the map. 0 to 9 show one class ' +
  'of the legend alone, plus and minus zoom, F fits the whole map, Escape leaves.';

/** What the keys move about on a chart. */
export interface Cursor {
  /** In data; null while it is nowhere. */
  cursor: Place | null;
  /** Open what is at the cursor. */
  open(pointer: Pointer): void;
}

/** Do what a key asks for; false if it asks for nothing here. */
export function act(on: Cursor, chart: Chart, event: KeyboardEvent): boolean {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const arrow = ARROWS[key];
  if (arrow && event.altKey) on.cursor = glide(on, chart, arrow);
  else if (arrow) on.cursor = step(on, chart, arrow, event.shiftKey ? LEAP : NEXT);
  else if (/^\d$/.test(key)) pressLegend(chart, Number(key));
  else if (event.altKey) return false;
  else if (key === 'Home') on.cursor = home(chart);
  else if (key === 'Enter' || key === ' ') open(on, chart, event.repeat);
  else if (key === '+' || key === '=') zoom(on, chart, -ZOOM);
  else if (key === '-') zoom(on, chart, ZOOM);
  else if (key === 'f') chart.querySelector<HTMLElement>('.modebar-btn[data-val=reset]')?.click();
  else if (key === 'Escape' && on.cursor) on.cursor = null;
  else return false;
  return true;
}

/** The nearest point in the quarter that the arrow points into, so many pixels on at least. */
function step(on: Cursor, chart: Chart, [ux, uy]: Place, least: number): Place | null {
  const from = cursorIn(on, chart);
  if (!from) return home(chart);
  const found = cheapest(chart, from, (dx, dy) => {
    const along = dx * ux + dy * uy;
    const across = Math.abs(dx * uy - dy * ux);
    return along >= least && across <= along ? squared(dx, dy) : Infinity;
  });
  return found?.at ?? on.cursor;
}

/** A place so many pixels on, whatever is there. */
function glide(on: Cursor, chart: Chart, [ux, uy]: Place): Place {
  const { frame, px, py } = cursorIn(on, chart) ?? middleOf(chart);
  return toData({
    frame,
    px: clamp(px + ux * FREE, 1, frame.width - 1),
    py: clamp(py + uy * FREE, 1, frame.height - 1),
  });
}

/** The point that is nearest to the middle of what is seen. */
function home(chart: Chart): Place | null {
  return cheapest(chart, middleOf(chart), squared)?.at ?? null;
}

function open(on: Cursor, chart: Chart, isRepeated: boolean): void {
  if (isRepeated) return;
  const pointer = cursorIn(on, chart);
  if (pointer) on.open(pointer);
  else on.cursor = home(chart);
}

/** Turn a wheel above the cursor: Plotly does the rest. */
function zoom({ cursor }: Cursor, chart: Chart, deltaY: number): void {
  const at = spotOf(chart, cursor ?? toData(middleOf(chart)));
  const turn = { ...at, deltaY, bubbles: true, cancelable: true };
  chart.querySelector('.nsewdrag')?.dispatchEvent(new WheelEvent('wheel', turn));
}

/** Click a line of the legend, as Plotly hears it; a second time brings all back. */
function pressLegend(chart: Chart, number: number): void {
  const line = chart.querySelectorAll('.legendtoggle').item(number) as Element | null;
  for (const kind of ['mousedown', 'mouseup']) {
    line?.dispatchEvent(new MouseEvent(kind, { bubbles: true }));
  }
}

/** Where the cursor is within the plot area; null if it is nowhere, or outside. */
function cursorIn({ cursor }: Cursor, chart: Chart): Pointer | null {
  return cursor && pointerIn(chart, spotOf(chart, cursor));
}

function middleOf(chart: Chart): Pointer {
  const frame = frameOf(chart);
  return { frame, px: frame.width / 2, py: frame.height / 2 };
}
