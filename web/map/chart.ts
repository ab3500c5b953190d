// Where the map's Plotly chart is on the page, and how its pixels and its data correspond.
//
// Plotly does not document `_fullLayout` and `_fullData`. If a later version lacks them, `findChart`
// returns null and the map is a plain picture; a browser test would notice.

const PICK_RADIUS = 14; // pixels

export type Place = [x: number, y: number];
/** Where something is in the window. */
export type Spot = Pick<PointerEvent, 'clientX' | 'clientY'>;
/** Where something is within the plot area, in pixels. */
export interface Pointer {
  frame: Frame;
  px: number;
  py: number;
}
/** The plot area: its place within the chart, in pixels, and the data at its edges. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
  x: Place;
  y: Place;
}
interface Axis {
  _offset: number;
  _length: number;
  /** Plotly writes what it reads from a figure as text, at times. */
  range: [low: number | string, high: number | string];
}
interface Trace {
  visible: boolean | 'legendonly';
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Rows of the latent index. */
  customdata?: ArrayLike<number | string>;
}
/** What Plotly says of a lasso or a box. */
export interface Selected {
  lassoPoints?: { x: number[]; y: number[] };
  range?: { x: Place; y: Place };
}
type HearSelected = (event?: Selected) => void;
/** The chart's element, as far as it is used here. */
export interface Chart extends HTMLElement {
  _fullLayout: { xaxis: Axis; yaxis: Axis };
  _fullData: Trace[];
  on(event: 'plotly_selected', hear: HearSelected): void;
  removeListener?(event: 'plotly_selected', hear: HearSelected): void; // gone once Plotly has let go
}

/** Find the chart's element, or null while there is none. */
export function findChart(key: string): Chart | null {
  const chart = document.querySelector<Chart>(`.st-key-${key} .js-plotly-plot`);
  const drawn: { _fullLayout?: { xaxis?: Axis }; _fullData?: Trace[] } | null = chart;
  return drawn?._fullLayout?.xaxis?._length && drawn._fullData ? chart : null;
}

export function frameOf(chart: Chart): Frame {
  const { xaxis, yaxis } = chart._fullLayout;
  return {
    left: xaxis._offset,
    top: yaxis._offset,
    width: xaxis._length,
    height: yaxis._length,
    x: numbers(xaxis.range),
    y: numbers(yaxis.range),
  };
}

function numbers([low, high]: Axis['range']): Place {
  return [Number(low), Number(high)];
}

/** Turn data into pixels within the plot area. */
export function toPixels(frame: Frame, [x, y]: Place): Place {
  return [
    ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * frame.width,
    ((frame.y[1] - y) / (frame.y[1] - frame.y[0])) * frame.height,
  ];
}

/** Turn pixels within the plot area into data. */
export function toData({ frame, px, py }: Pointer): Place {
  return [
    frame.x[0] + (px / frame.width) * (frame.x[1] - frame.x[0]),
    frame.y[1] - (py / frame.height) * (frame.y[1] - frame.y[0]),
  ];
}

/** Return where a place of the window is within the plot area, or null if it is outside. */
export function pointerIn(chart: Chart, { clientX, clientY }: Spot): Pointer | null {
  const frame = frameOf(chart);
  const box = chart.getBoundingClientRect();
  const px = clientX - box.left - frame.left;
  const py = clientY - box.top - frame.top;
  return isInside(frame, px, py) ? { frame, px, py } : null;
}

/** Return where a place on the map is in the window. */
export function spotOf(chart: Chart, place: Place): Spot {
  const frame = frameOf(chart);
  const box = chart.getBoundingClientRect();
  const [px, py] = toPixels(frame, place);
  return { clientX: box.left + frame.left + px, clientY: box.top + frame.top + py };
}

/**
 * Find the point that costs least to go to from a place in the plot area; its row and where it is,
 * or null. Points outside the plot area and those the legend has hidden do not count. A browser
 * looks at 60,000 points in a millisecond or two, so that no index is needed.
 *
 * @param cost - of a way in pixels
 * @param least - what a point must cost less than
 */
export function cheapest(
  chart: Chart,
  pointer: Pointer,
  cost: (dx: number, dy: number) => number,
  least = Infinity,
): { row: number; at: Place } | null {
  const { frame, px, py } = pointer;
  const scaleX = frame.width / (frame.x[1] - frame.x[0]);
  const scaleY = frame.height / (frame.y[1] - frame.y[0]);
  const [x, y] = toData(pointer);
  let found: { row: number; at: Place } | null = null;
  for (const trace of chart._fullData) {
    if (trace.visible !== true || !trace.customdata) continue;
    for (let i = 0; i < trace.x.length; i++) {
      const dx = (trace.x[i] - x) * scaleX;
      const dy = (y - trace.y[i]) * scaleY;
      const price = cost(dx, dy);
      if (price >= least || !isInside(frame, px + dx, py + dy)) continue;
      least = price;
      found = { row: Number(trace.customdata[i]), at: [trace.x[i], trace.y[i]] };
    }
  }
  return found;
}

/** Find the nearest visible point within reach of the pointer; its row, or null. */
export function rowAt(chart: Chart, pointer: Pointer): number | null {
  return cheapest(chart, pointer, squared, PICK_RADIUS ** 2)?.row ?? null;
}

export function squared(dx: number, dy: number): number {
  return dx * dx + dy * dy;
}

function isInside(frame: Frame, px: number, py: number): boolean {
  return px >= 0 && py >= 0 && px <= frame.width && py <= frame.height;
}
