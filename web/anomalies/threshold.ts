// @ts-nocheck
// Two histograms over one axis, and a line to drag: pointer, or arrow keys.

import { clamp, figure, h } from '../lib/dom.ts';

const BINS = 64;
const FOOT = 26; // pixels below the axis
const HEAD = 22; // room for the handle
const KEY_STEP = 0.01; // of the axis
const WIDE = 30; // a range that spans more than this is shown on a logarithmic axis
const LAST = 0.998; // the few most extreme scores would squeeze all others to the left

/** The histogram with its threshold. */
export class Threshold {
  /** @param {(threshold: number) => void} tell - called whenever the line moves */
  constructor(tell) {
    this.tell = tell;
    this.canvas = h('canvas', { 'aria-hidden': 'true' });
    this.element = h(
      'div',
      {
        class: 'threshold',
        role: 'slider',
        tabindex: '0',
        'aria-label': 'Threshold: what scores above it is called unusual',
        'aria-valuemin': '0',
        'aria-valuemax': '100',
        onpointerdown: (event) => this.grab(event),
        onpointermove: (event) => this.held && this.moveTo(event),
        onpointerup: () => (this.held = false),
        onpointercancel: () => (this.held = false),
        onkeydown: (event) => this.key(event),
      },
      this.canvas,
    );
    this.resize = new ResizeObserver(() => this.draw());
    this.resize.observe(this.element);
  }

  /** Show two groups of sorted scores; the line goes to a value. */
  show({ normal, anomalous, name, title, value, theme, color }) {
    Object.assign(this, { normal, anomalous, name, title, theme, color });
    const edge = (share) =>
      [normal, anomalous].map((s) => s[Math.min(s.length - 1, Math.floor(share * s.length))]);
    const low = Math.min(normal[0], anomalous[0]);
    const high = Math.max(...edge(LAST), low + 1e-9);
    this.log = low > 0 && high / low > WIDE;
    // A few scores far below the others would do the same on a logarithmic axis.
    const first = this.log ? Math.min(...edge(1 - LAST)) : low;
    this.range = [this.scale(first), this.scale(high)];
    if (this.range[1] - this.range[0] < 1e-9) this.range[1] = this.range[0] + 1e-9;
    this.bars = [normal, anomalous].map((scores) => this.count(scores));
    this.set(value);
  }

  scale(value) {
    return this.log ? Math.log10(Math.max(value, 1e-30)) : value;
  }

  place(value) {
    return (this.scale(value) - this.range[0]) / (this.range[1] - this.range[0]);
  }

  valueAt(place) {
    const scaled = this.range[0] + place * (this.range[1] - this.range[0]);
    return this.log ? 10 ** scaled : scaled;
  }

  count(scores) {
    const bars = new Float64Array(BINS);
    for (const score of scores) {
      bars[clamp(Math.floor(this.place(score) * BINS), 0, BINS - 1)] += 1 / scores.length;
    }
    return bars;
  }

  set(value) {
    this.value = value;
    const percent = Math.round(100 * clamp(this.place(value), 0, 1));
    this.element.setAttribute('aria-valuenow', percent);
    this.element.setAttribute('aria-valuetext', `${this.title} ${figure(value)}`);
    this.draw();
    this.tell(value);
  }

  grab(event) {
    this.held = true;
    this.element.setPointerCapture(event.pointerId);
    this.element.focus({ preventScroll: true });
    this.moveTo(event);
    event.preventDefault();
  }

  moveTo(event) {
    const { left, width } = this.element.getBoundingClientRect();
    this.set(this.valueAt(clamp((event.clientX - left) / width, 0, 1)));
  }

  key(event) {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };
    let place = clamp(this.place(this.value), 0, 1);
    if (event.key in steps) place += steps[event.key] * KEY_STEP;
    else if (event.key === 'Home') place = 0;
    else if (event.key === 'End') place = 1;
    else return;
    event.preventDefault();
    this.set(this.valueAt(clamp(place, 0, 1)));
  }

  draw() {
    const ratio = window.devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = this.element;
    if (!this.bars || !width || !height) return;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    const context = this.canvas.getContext('2d');
    context.scale(ratio, ratio);
    const floor = height - FOOT;
    const at = clamp(this.place(this.value), 0, 1) * width;
    this.drawBars(context, width, floor);
    this.drawAxis(context, width, floor);
    this.drawLine(context, at, width, floor);
  }

  drawBars(context, width, floor) {
    const tallest = Math.max(...this.bars.map((bars) => Math.max(...bars)));
    const step = width / BINS;
    const colors = [this.theme.muted, this.color];
    this.bars.forEach((bars, which) => {
      context.fillStyle = colors[which];
      context.globalAlpha = which ? 0.62 : 0.55;
      bars.forEach((share, bin) => {
        // A square root keeps a narrow peak from flattening the rest.
        const tall = Math.sqrt(share / tallest) * (floor - HEAD);
        context.fillRect(bin * step, floor - tall, step - 0.5, tall);
      });
    });
    context.globalAlpha = 1;
  }

  drawAxis(context, width, floor) {
    context.strokeStyle = this.theme.line;
    context.beginPath();
    context.moveTo(0, floor + 0.5);
    context.lineTo(width, floor + 0.5);
    context.stroke();
    context.fillStyle = this.theme.muted;
    context.font = `14px ${getComputedStyle(this.element).fontFamily}`;
    context.textBaseline = 'top';
    const marks = width < 420 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
    for (const mark of marks) {
      context.textAlign = mark === 0 ? 'left' : mark === 1 ? 'right' : 'center';
      context.fillText(figure(this.valueAt(mark)), mark * width, floor + 7);
    }
  }

  drawLine(context, at, width, floor) {
    const { accent, background } = this.theme;
    context.strokeStyle = accent;
    context.lineWidth = 2.5;
    context.beginPath();
    context.moveTo(at, HEAD - 8);
    context.lineTo(at, floor);
    context.stroke();
    context.fillStyle = accent;
    context.beginPath();
    context.arc(clamp(at, 9, width - 9), HEAD - 11, 9, 0, 2 * Math.PI);
    context.fill();
    context.strokeStyle = background;
    context.lineWidth = 2;
    context.beginPath();
    for (const side of [-3, 3]) {
      context.moveTo(clamp(at, 9, width - 9) + side, HEAD - 15);
      context.lineTo(clamp(at, 9, width - 9) + side, HEAD - 7);
    }
    context.stroke();
  }

  stop() {
    this.resize.disconnect();
  }
}
