// The latent as bars that can be dragged: one slider for each dimension, with q(z|x) of a VAE as a curve.

import type { Theme } from '../lib/colors.ts';
import { clamp, cleared, contextOf, coordinate, figure, h } from '../lib/dom.ts';
import type { Flow } from './flow.ts';
import type { NetworkHeader } from './messages.ts';

const FEW = 16; // dimensions that are shown at first
const ROW = 34; // pixels, at most
const LEAST_ROW = 17;
const STEPS = 40; // of an arrow key, from zero to the end
const HEAD = 78; // pixels above and below the rows
const BUTTONS = 28; // pixels of a second row of buttons
const ROOMY = 820; // pixels of width from which all buttons stand in one row
const ON_PHONE = 6;

interface Row {
  dimension: number;
  element: HTMLElement;
  canvas: HTMLCanvasElement;
  value: HTMLElement;
  width: number;
  height: number;
}
/** What the bars tell of. */
export interface Moves {
  /** A dimension was moved. */
  moved: () => void;
  /** The mean is to be decoded. */
  reset: () => void;
  /** Another epsilon is to be drawn. */
  resample: () => void;
}

/** The bars of one network. */
export class Bars {
  readonly element: HTMLElement;
  private readonly list = h('div', { class: 'bars' });
  private readonly formula = h('p', { class: 'formula' });
  private readonly more: HTMLButtonElement;
  private readonly flow: Flow;
  private readonly order: number[];
  private readonly reach: number;
  private readonly kl: number[];
  private readonly code: string;
  private readonly moves: Moves;
  private rows: Row[] = [];
  private theme: Theme | null = null;
  private few = FEW;
  private all = false;

  constructor(flow: Flow, { order, reach, kl, steps }: NetworkHeader, moves: Moves) {
    this.flow = flow;
    this.order = order;
    this.reach = reach;
    this.kl = kl;
    this.code = steps[0].code;
    this.moves = moves;
    this.more = h('button', { class: 'more', onclick: () => this.showAll(!this.all) });
    const isVae = flow.std !== null;
    const reset = h('button', { class: 'reset', text: isVae ? 'Decode μ' : 'Reset z', onclick: moves.reset });
    const again = isVae && h('button', { class: 'again', onclick: moves.resample }, die(), 'Sample again');
    const buttons = h('div', { class: 'buttons' }, reset, again || null, this.more);
    this.element = h('div', { class: 'latent' }, this.formula, this.list, buttons);
    this.fill();
  }

  /** Height that the bars would like to have. */
  height(isNarrow: boolean, width: number): number {
    const few = isNarrow ? ON_PHONE : FEW;
    if (few !== this.few) {
      this.few = few;
      this.fill();
    }
    const n = this.rows.length;
    const head = HEAD + (isNarrow || width >= ROOMY ? 0 : BUTTONS);
    return head + Math.min(n, FEW) * (n > 8 && !isNarrow ? LEAST_ROW : ROW);
  }

  show(theme: Theme): void {
    this.theme = theme;
    this.resize();
  }

  /** Give the canvases the pixels that they have on screen; asking for these takes time. */
  resize(): void {
    for (const row of this.rows) {
      const place = cleared(row.canvas);
      [row.width, row.height] = place ? [place.width, place.height] : [0, 0];
    }
    this.paint();
  }

  /** Paint what the flow says now. */
  paint(): void {
    const { flow, theme } = this;
    if (!theme) return;
    const isSampled = flow.epsilon.some((value) => value !== 0);
    this.formula.textContent = formulaOf(flow, isSampled, this.code);
    for (const { dimension, element, canvas, value, width, height } of this.rows) {
      const z = flow.z[dimension];
      const text = z.toFixed(this.reach < 10 ? 2 : 1).replace(/^-(?=[0.]+$)/, '').replace('-', '−');
      if (value.textContent !== text) {
        value.textContent = text;
        element.setAttribute('aria-valuenow', String(Number(z.toFixed(3))));
        element.setAttribute('aria-valuetext', text);
      }
      const mean = flow.mean[dimension];
      const std = flow.std?.[dimension] ?? null;
      paintBar(contextOf(canvas), { z, mean, std, reach: this.reach, width, height }, theme);
    }
  }

  private showAll(all: boolean): void {
    this.all = all;
    this.fill();
    this.element.dispatchEvent(new Event('resized', { bubbles: true }));
  }

  private fill(): void {
    const hidden = this.order.length - this.few;
    const shown = this.all ? this.order : this.order.slice(0, this.few);
    this.more.hidden = hidden <= 0;
    this.more.textContent = this.all ? `First ${this.few}` : `All ${this.order.length}`;
    this.more.title = this.kl.length ? 'Sorted by KL divergence' : 'Sorted by variance';
    this.rows = shown.map((dimension) => this.row(dimension));
    this.list.replaceChildren(...this.rows.map(({ element }) => element));
    this.list.classList.toggle('many', this.all && hidden > 0);
  }

  private row(dimension: number): Row {
    const name = coordinate(dimension);
    const nats = this.kl[dimension] as number | undefined;
    const canvas = h('canvas', { 'aria-hidden': 'true' });
    const value = h('output');
    const element = h(
      'div',
      {
        class: 'bar',
        role: 'slider',
        tabindex: 0,
        'aria-label': name,
        'aria-orientation': 'horizontal',
        'aria-valuemin': -this.reach,
        'aria-valuemax': this.reach,
        title: nats === undefined ? `${name}: drag, or use the arrow keys` : `${name}: KL ${figure(nats)} nats`,
      },
      h('span', { text: name }),
      h('span', { class: 'track' }, canvas),
      value,
    );
    const row = { dimension, element, canvas, value, width: 0, height: 0 };
    this.listen(row);
    return row;
  }

  private listen({ dimension, element, canvas }: Row): void {
    let active: number | null = null;
    const follow = (event: PointerEvent) => {
      const { left, width } = canvas.getBoundingClientRect();
      this.move(dimension, (2 * ((event.clientX - left) / width) - 1) * this.reach);
    };
    element.onpointerdown = (event) => {
      if (event.button > 0) return;
      active = event.pointerId;
      element.setPointerCapture(active);
      element.focus({ preventScroll: true });
      event.preventDefault();
      follow(event);
    };
    element.onpointermove = (event) => {
      if (event.pointerId === active) follow(event);
    };
    element.onpointerup = element.onpointercancel = () => {
      active = null;
    };
    element.onkeydown = (event) => {
      const step = (this.reach / STEPS) * (event.shiftKey ? 5 : 1);
      const by = { ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step }[event.key];
      if (by !== undefined) this.move(dimension, this.flow.z[dimension] + by);
      else if (event.key === 'Home') this.move(dimension, this.flow.mean[dimension]);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
  }

  private move(dimension: number, value: number): void {
    this.flow.z[dimension] = clamp(value, -this.reach, this.reach);
    this.moves.moved();
  }
}

function formulaOf(flow: Flow, isSampled: boolean, code: string): string {
  if (!flow.std) return code;
  if (!isSampled) return 'z = μ (the mean)';
  const first = flow.epsilon.length <= 2 ? `, ε = ${[...flow.epsilon].map((value) => value.toFixed(2).replace('-', '−')).join('; ')}` : '';
  return `z = μ + σ · ε${first}`;
}

interface Bar {
  z: number;
  mean: number;
  std: number | null;
  reach: number;
  width: number;
  height: number;
}

function paintBar(
  context: CanvasRenderingContext2D,
  { z, mean, std, reach, width, height }: Bar,
  theme: Theme,
): void {
  if (!width) return;
  const at = (value: number) => ((value / reach + 1) / 2) * width;
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, width, height);
  if (std !== null) {
    context.fillStyle = context.strokeStyle = theme.muted;
    context.beginPath();
    context.moveTo(0, height);
    // One pixel at least: a narrow curve is still seen.
    const wide = Math.max(std, (0.75 * 2 * reach) / width);
    for (let x = 0; x <= width; x++) {
      const away = ((x / width) * 2 - 1) * reach - mean;
      context.lineTo(x, height - (height - 2) * Math.exp(-0.5 * (away / wide) ** 2));
    }
    context.lineTo(width, height);
    context.globalAlpha = 0.35;
    context.fill();
    context.globalAlpha = 1;
  }
  context.fillStyle = theme.line;
  context.fillRect(width / 2 - 0.5, 0, 1, height);
  context.fillStyle = theme.accent;
  const thick = Math.max(4, height * 0.28);
  context.globalAlpha = 0.75;
  context.fillRect(Math.min(at(0), at(z)), (height - thick) / 2, Math.abs(at(z) - at(0)), thick);
  context.globalAlpha = 1;
  context.fillRect(clamp(at(z), 1.5, width - 1.5) - 1.5, 1, 3, height - 2);
  context.fillStyle = theme.ink;
  context.fillRect(at(mean) - 0.75, height - 5, 1.5, 5);
}

function die(): SVGElement {
  const dot = (x: number, y: number) => `M${x - 1},${y}a1,1 0 1,0 2,0a1,1 0 1,0 -2,0`;
  const d = `M2,1h12a1,1 0 0,1 1,1v12a1,1 0 0,1 -1,1h-12a1,1 0 0,1 -1,-1v-12a1,1 0 0,1 1,-1z`;
  return h(
    'svg',
    { viewBox: '0 0 16 16', class: 'die', 'aria-hidden': 'true' },
    h('path', { d, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.5 }),
    h('path', { d: [dot(4.5, 4.5), dot(8, 8), dot(11.5, 11.5)].join(''), fill: 'currentColor' }),
  );
}
