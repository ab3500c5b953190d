// Two histograms over one axis, and a line to drag: pointer, or arrow keys.

import type { Theme } from '../lib/colors.ts';
import { clamp, cleared, figure, h, strokeLine } from '../lib/dom.ts';
import type { Sorted } from './rates.ts';

const BINS = 64;
const FOOT = 26; // pixels below the axis
const HEAD = 22; // room for the handle
const KEY_STEP = 0.01; // of the axis
const WIDE = 30; // a range that spans more than this is shown on a logarithmic axis
const LAST = 0.998; // the few most extreme scores would squeeze all others to the left
const STEPS: Partial<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -1 / KEY_STEP,
  End: 1 / KEY_STEP,
};

/** Two groups of scores, and where the line stands at first. */
export interface Groups {
  normal: Sorted;
  anomalous: Sorted;
  /** What the score is called. */
  title: string;
  value: number;
  theme: Theme;
  /** Of the anomalous ones. */
  color: string;
}

/** The histogram with its threshold. */
export class Threshold {
  private readonly canvas = h('canvas', { 'aria-hidden': 'true' });
  readonly element: HTMLElement;
  private readonly resize = new ResizeObserver(() => this.draw());
  private readonly tell: (threshold: number) => void;
  private readonly moved: () => void;
  private groups: Groups | null = null;
  private bars: Float64Array[] = [];
  private isLog = false;
  private range: [low: number, high: number] = [0, 1];
  private value = 0;
  private held = false;

  /**
   * @param tell - called whenever the line moves
   * @param moved - called after that, where a hand has moved it
   */
  constructor(tell: (threshold: number) => void, moved: () => void) {
    this.tell = tell;
    this.moved = moved;
    const release = (): void => {
      this.held = false;
    };
    this.element = h(
      'div',
      {
        class: 'threshold',
        role: 'slider',
        tabindex: '0',
        'aria-label': 'Threshold: images that score above it are predicted anomalous',
        'aria-valuemin': '0',
        'aria-valuemax': '100',
        onpointerdown: (event) => this.grab(event),
        onpointermove: (event) => this.held && this.moveTo(event),
        onpointerup: release,
        onpointercancel: release,
        onkeydown: (event) => this.key(event),
      },
      this.canvas,
    );
    this.resize.observe(this.element);
  }

  /** Show two groups; the line goes to their value. */
  show(groups: Groups): void {
    this.groups = groups;
    const both = [groups.normal, groups.anomalous];
    const edges = (share: number) =>
      both.map((s) => s[Math.min(s.length - 1, Math.floor(share * s.length))]);
    const low = Math.min(...edges(0));
    const high = Math.max(...edges(LAST), low + 1e-9);
    this.isLog = low > 0 && high / low > WIDE;
    // A few scores far below the others would do the same on a logarithmic axis.
    const first = this.scale(this.isLog ? Math.min(...edges(1 - LAST)) : low);
    this.range = [first, Math.max(this.scale(high), first + 1e-9)];
    this.bars = both.map((scores) => this.count(scores));
    this.set(groups.value);
  }

  private scale(value: number): number {
    return this.isLog ? Math.log10(Math.max(value, 1e-30)) : value;
  }

  private place(value: number): number {
    return (this.scale(value) - this.range[0]) / (this.range[1] - this.range[0]);
  }

  private valueAt(place: number): number {
    const scaled = this.range[0] + place * (this.range[1] - this.range[0]);
    return this.isLog ? 10 ** scaled : scaled;
  }

  private count(scores: Sorted): Float64Array {
    const bars = new Float64Array(BINS);
    for (const score of scores) {
      bars[clamp(Math.floor(this.place(score) * BINS), 0, BINS - 1)] += 1 / scores.length;
    }
    return bars;
  }

  private set(value: number): void {
    this.value = value;
    const percent = Math.round(100 * clamp(this.place(value), 0, 1));
    this.element.setAttribute('aria-valuenow', String(percent));
    this.element.setAttribute('aria-valuetext', `${this.groups?.title} ${figure(value)}`);
    this.draw();
    this.tell(value);
  }

  private grab(event: PointerEvent): void {
    this.held = true;
    this.element.setPointerCapture(event.pointerId);
    this.element.focus({ preventScroll: true });
    this.moveTo(event);
    event.preventDefault();
  }

  private moveTo(event: PointerEvent): void {
    const { left, width } = this.element.getBoundingClientRect();
    this.set(this.valueAt(clamp((event.clientX - left) / width, 0, 1)));
    this.moved();
  }

  private key(event: KeyboardEvent): void {
    const steps = STEPS[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    const place = clamp(this.place(this.value), 0, 1) + steps * KEY_STEP;
    this.set(this.valueAt(clamp(place, 0, 1)));
    this.moved();
  }

  private draw(): void {
    const sheet = this.groups && cleared(this.canvas);
    if (!sheet) return;
    const { context, width, height } = sheet;
    const { theme, color } = this.groups!;
    const floor = height - FOOT;
    this.drawBars(context, [theme.muted, color], width, floor);
    this.drawAxis(context, theme, width, floor);
    drawLine(context, theme, clamp(this.place(this.value), 0, 1) * width, width, floor);
  }

  private drawBars(
    context: CanvasRenderingContext2D,
    colors: string[],
    width: number,
    floor: number,
  ): void {
    const tallest = Math.max(...this.bars.map((bars) => Math.max(...bars)));
    const step = width / BINS;
    context.globalAlpha = 0.6;
    this.bars.forEach((bars, which) => {
      context.fillStyle = colors[which];
      bars.forEach((share, bin) => {
        // A square root keeps a narrow peak from flattening the rest.
        const tall = Math.sqrt(share / tallest) * (floor - HEAD);
        context.fillRect(bin * step, floor - tall, step - 0.5, tall);
      });
    });
    context.globalAlpha = 1;
  }

  private drawAxis(
    context: CanvasRenderingContext2D,
    theme: Theme,
    width: number,
    floor: number,
  ): void {
    context.strokeStyle = theme.line;
    strokeLine(context, [[0, floor + 0.5], [width, floor + 0.5]]);
    context.fillStyle = theme.muted;
    context.font = `14px ${getComputedStyle(this.element).fontFamily}`;
    context.textBaseline = 'top';
    const marks = width < 420 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
    for (const mark of marks) {
      context.textAlign = mark === 0 ? 'left' : mark === 1 ? 'right' : 'center';
      context.fillText(figure(this.valueAt(mark)), mark * width, floor + 7);
    }
  }

  stop(): void {
    this.resize.disconnect();
  }
}

/** The line with its handle. */
function drawLine(
  context: CanvasRenderingContext2D,
  { accent, background }: Theme,
  at: number,
  width: number,
  floor: number,
): void {
  const handle = clamp(at, 9, width - 9);
  context.strokeStyle = context.fillStyle = accent;
  context.lineWidth = 2.5;
  strokeLine(context, [[at, HEAD - 8], [at, floor]]);
  context.beginPath();
  context.arc(handle, HEAD - 11, 9, 0, 2 * Math.PI);
  context.fill();
  context.strokeStyle = background;
  context.lineWidth = 2;
  for (const side of [-3, 3]) {
    strokeLine(context, [[handle + side, HEAD - 15], [handle + side, HEAD - 7]]);
  }
}
