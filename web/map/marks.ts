// Listens to what a visitor does on the map and draws, above Plotly's chart, what follows from it.
// The chart itself never changes, so its zoom stays.

import { type Board, type Component, keeping } from '../lib/component.ts';
import type { Look } from '../lib/colors.ts';
import { cleared, h, prefersStill } from '../lib/dom.ts';
import {
  type Chart,
  type Frame,
  type Place,
  type Pointer,
  type Selected,
  findChart,
  frameOf,
  pointerIn,
  rowAt,
  spotOf,
  toData,
} from './chart.ts';
import { type Cursor, KEYS_LABEL, act } from './keys.ts';
import { type Marks, drawMarks } from './painting.ts';
import { Tip } from './tip.ts';

const MOST_CORNERS = 24; // as many as an address holds
const GROWING_MS = 300;
const CLICK_MOVEMENT = 4; // pixels between press and release that still count as a click
const DOUBLE_CLICK_MS = 350;
// While a visitor does something the chart is followed in every frame, else a few times a second.
const AWAKE_MS = 1000;
const ASLEEP_MS = 150;

/** What ui/map/companion.py sends. */
interface Shown {
  chart: string;
  /** Checkpoint and map. */
  of: string;
  map: string;
  marks: Marks;
  look: Look;
  /** The point whose card is shown. */
  row?: number;
}
/** What Python is told; `before` is the point of the last click. */
type Picked =
  | { kind: 'point'; row: number; before: number | null }
  | { kind: 'place'; at: Place }
  | { kind: 'loop'; corners: Place[] };

export default keeping<Overlay, Shown>(
  null,
  () => new Overlay(),
  (overlay, component) => overlay.show(component),
);

class Overlay implements Board, Cursor {
  cursor: Place | null = null;
  // Tab reaches the canvas, the pointer only the chart below it.
  private readonly canvas = h('canvas', {
    class: 'latentlab-map-marks',
    style: 'position: absolute; pointer-events: none; z-index: 5',
    tabindex: 0,
    role: 'application',
    'aria-label': KEYS_LABEL,
    onfocus: () => this.follow(),
    onblur: () => this.follow(),
    onkeydown: (event) => this.press(event),
  });
  private readonly tip = new Tip();
  private readonly listening = new AbortController();
  private say!: (picked: Picked) => void;
  private data: Shown | null = null;
  private chart: Chart | null = null;
  /** The row that was clicked last. */
  private last: number | null = null;
  private clicked: PointerEvent | null = null;
  private since = 0;
  private awakeUntil = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private drawn = '';
  private seen = 'null';

  constructor() {
    const { signal } = this.listening;
    for (const kind of ['pointermove', 'pointerdown', 'wheel', 'keydown']) {
      document.addEventListener(kind, () => this.wake(), { passive: true, signal });
    }
    document.addEventListener('pointermove', (event) => this.hover(event), { passive: true, signal });
    let pressed: PointerEvent | null = null;
    const down = (event: PointerEvent): void => {
      pressed = event.button === 0 && this.isOnPlot(event.target) ? event : null;
    };
    const up = (event: PointerEvent): void => {
      if (pressed && distance(pressed, event) < CLICK_MOVEMENT) this.click(event);
      pressed = null;
    };
    document.addEventListener('pointerdown', down, { capture: true, signal });
    document.addEventListener('pointerup', up, { capture: true, signal });
    this.wake();
    this.keepFollowing();
  }

  show({ data, setStateValue }: Component<Shown>): void {
    const last = this.data;
    this.data = data;
    // The time: a click on the point of the last one is told too, for Back may have been between.
    this.say = (picked) =>
      setStateValue('pick', { ...picked, map: data.map, of: data.of, time: Date.now() });
    if (last?.of !== data.of) this.last = null;
    if (last?.of !== data.of || last.map !== data.map) this.cursor = null;
    if (data.row !== undefined) this.last = data.row;
    this.tip.adopt(data.look, data.of);
    if (JSON.stringify(data) === JSON.stringify(last)) return;
    this.since = performance.now();
    this.drawn = '';
    this.wake();
  }

  // ---- what the visitor does -----------------------------------------------------------------------

  private isOnPlot(target: EventTarget | null): boolean {
    if (!(target instanceof Element) || !this.chart?.contains(target)) return false;
    return !!target.closest('.plot-container') && !target.closest('.legend, .modebar, .infolayer');
  }

  private hover(event: PointerEvent): void {
    const isHere = event.buttons === 0 && this.chart?.contains(event.target as Node);
    if (this.chart && isHere) this.tip.show(this.chart, event);
    else this.tip.hide();
  }

  private click(event: PointerEvent): void {
    const pointer = this.chart?.isConnected && pointerIn(this.chart, event);
    if (!pointer || isSecondOfDouble(this.clicked, event)) return;
    this.clicked = event;
    this.cursor = toData(pointer); // where the keys go on from
    this.choose(pointer);
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || !this.chart || !act(this, this.chart, event)) return;
    event.preventDefault();
    event.stopPropagation();
    this.wake();
    this.follow();
  }

  open(pointer: Pointer): void {
    this.choose(pointer);
    if (this.chart && this.cursor) {
      this.tip.look(this.chart, spotOf(this.chart, this.cursor), 'Details are after the map.');
    }
  }

  /** Say which point, or which empty place, a pointer or the cursor of the keys has chosen. */
  private choose(pointer: Pointer): void {
    const row = this.chart && rowAt(this.chart, pointer);
    if (row === null) {
      this.say({ kind: 'place', at: toData(pointer) });
    } else {
      const before = this.last === row ? null : this.last;
      this.last = row;
      this.say({ kind: 'point', row, before });
    }
  }

  private readonly hearSelected = (event?: Selected): void => {
    const corners = event ? cornersOf(event) : [];
    if (corners.length > 2) this.say({ kind: 'loop', corners });
  };

  // ---- what is drawn -------------------------------------------------------------------------------

  private wake(): void {
    this.awakeUntil = performance.now() + AWAKE_MS;
  }

  private keepFollowing(): void {
    const step = (): void => {
      if (this.listening.signal.aborted) return;
      this.follow();
      if (performance.now() < this.awakeUntil) requestAnimationFrame(step);
      else this.timer = setTimeout(step, ASLEEP_MS);
    };
    requestAnimationFrame(step);
  }

  /** Paint again if the chart has moved or the marks have changed. */
  private follow(): void {
    const { canvas, data } = this;
    const chart = data && findChart(data.chart);
    this.meet(chart);
    if (!chart) {
      canvas.remove();
      this.lookAt(null, null, 'null');
      return;
    }
    const host = chart.querySelector('.svg-container');
    if (!host) return;
    if (canvas.parentElement !== host) host.append(canvas);
    const frame = frameOf(chart);
    const age = (performance.now() - this.since) / GROWING_MS;
    const grown = prefersStill() ? 1 : Math.min(1, age);
    const cursor = canvas.matches(':focus') ? this.cursor : null;
    const spot = cursor && spotOf(chart, cursor);
    const seen = spot && [spot, chart._fullData.map(({ visible }) => visible)];
    const signature = JSON.stringify([frame, grown, window.devicePixelRatio, seen]);
    if (signature === this.drawn) return;
    this.drawn = signature;
    this.draw(data, frame, 1 - (1 - grown) ** 3, cursor);
    this.lookAt(chart, cursor, JSON.stringify(seen));
  }

  /** Hear of lassos and boxes on this chart alone, once, even if it has been met before. */
  private meet(chart: Chart | null): void {
    if (chart === this.chart) return;
    this.chart?.removeListener?.('plotly_selected', this.hearSelected);
    chart?.on('plotly_selected', this.hearSelected);
    this.chart = chart;
    this.drawn = '';
  }

  private draw({ look, marks }: Shown, frame: Frame, grown: number, cursor: Place | null): void {
    const { style } = this.canvas;
    for (const side of ['left', 'top', 'width', 'height'] as const) style[side] = `${frame[side]}px`;
    style.color = look.accent; // of the focus ring
    const sheet = cleared(this.canvas);
    if (sheet) drawMarks(sheet.context, marks, look, frame, grown, cursor);
  }

  /** Let the image follow the cursor whenever what it stands on may differ. */
  private lookAt(chart: Chart | null, cursor: Place | null, seen: string): void {
    if (seen === this.seen) return;
    this.seen = seen;
    if (chart && cursor) this.tip.look(chart, spotOf(chart, cursor));
    else this.tip.lookAway();
  }

  stop(): void {
    this.listening.abort();
    clearTimeout(this.timer);
    this.chart?.removeListener?.('plotly_selected', this.hearSelected);
    this.canvas.remove();
    this.tip.stop();
  }
}

function distance(a: PointerEvent, b: PointerEvent): number {
  return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
}

/** A second click counts as a double click only where the first one was. */
function isSecondOfDouble(first: PointerEvent | null, event: PointerEvent): boolean {
  if (!first || event.timeStamp - first.timeStamp >= DOUBLE_CLICK_MS) return false;
  return distance(first, event) < CLICK_MOVEMENT;
}

function cornersOf({ lassoPoints, range }: Selected): Place[] {
  if (lassoPoints) {
    const { x, y } = lassoPoints;
    const n = Math.min(x.length, MOST_CORNERS);
    const spread = Array.from({ length: n }, (_, i) => Math.floor((i * x.length) / n));
    return spread.map((i): Place => [x[i], y[i]]);
  }
  if (!range) return [];
  const [[x0, x1], [y0, y1]] = [range.x, range.y];
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
}
