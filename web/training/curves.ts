// The loss over time, on the slider's axis: reconstruction term and KL divergence, of training and
// validation images, with a playhead that can be dragged.

import { clamp, figure, h } from '../lib/dom.ts';
import { type Meanings, term } from '../lib/term.ts';
import type { Curve, Run } from './run.ts';
import { positionOf, stepAt } from './timescale.ts';

const [WIDTH, HEIGHT] = [300, 92]; // of the drawing; it is stretched
const NOTHING = 1000; // times less than the highest value
const TERMS = [
  { name: 'reconstruction', title: 'Reconstruction term' },
  { name: 'kl', title: 'KL divergence' },
];

interface Drawing {
  element: SVGSVGElement;
  head: SVGLineElement;
}

export class Curves {
  readonly element = h('div', { class: 'curves' });
  private readonly meanings: Meanings;
  private readonly seek: (step: number) => void;
  private drawings: Drawing[] = [];
  private last = 0;
  private drawn = '';

  constructor(meanings: Meanings, seek: (step: number) => void) {
    this.meanings = meanings;
    this.seek = seek;
  }

  /** Draw what is known of some runs; the playhead stays. */
  lay(runs: Run[], titles: string[], last: number): void {
    const key = runs.map((run) => `${run.id} ${run.newest.header.number} ${last}`).join();
    if (key === this.drawn) return;
    [this.drawn, this.last] = [key, last];
    const parts = TERMS.flatMap((term) => this.part(term, runs));
    this.drawings = parts.map(({ drawing }) => drawing);
    const lines = runs.length > 1 ? titles : [];
    const legend = h(
      'p',
      { class: 'key' },
      h('span', { class: 'solid', text: 'training images' }),
      h('span', { class: 'dashed' }, term('validation images', this.meanings)),
      ...lines.map((text, i) => h('span', { class: `run${i}`, text })),
      h('span', { class: 'axis', text: '→ steps, logarithmic' }),
    );
    this.element.replaceChildren(...parts.map(({ figure: whole }) => whole), ...(parts.length ? [legend] : []));
  }

  private part(
    { name, title }: (typeof TERMS)[number],
    runs: Run[],
  ): { drawing: Drawing; figure: HTMLElement }[] {
    const curves = runs.flatMap((run, number) =>
      [name, `validation_${name}`].map((key, i) => ({ number, dashed: i === 1, ...run.curve(key) })),
    );
    const values = curves.flatMap((curve) => curve.values).filter(Number.isFinite);
    if (!values.length) return [];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const y = (value: number) => 4 + (HEIGHT - 8) * (1 - (value - low) / (high - low || 1));
    const lines = curves.map((curve) =>
      h('polyline', {
        class: `run${curve.number}${curve.dashed ? ' dashed' : ''}`,
        points: this.points(curve, y),
      }),
    );
    const head = h('line', { class: 'head', y1: 0, y2: HEIGHT });
    const element = h(
      'svg',
      {
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        preserveAspectRatio: 'none',
        role: 'img',
        'aria-label': `${title}, from ${figure(values[0])} to ${figure(values[values.length - 1])} nats`,
        onpointerdown: (event) => this.grab(event, element),
        onpointermove: (event) => {
          if (event.buttons) this.drag(event, element);
        },
      },
      ...lines,
      head,
    );
    const caption = h(
      'figcaption',
      {},
      term(title, this.meanings),
      h('span', { text: `${figure(low < high / NOTHING ? 0 : low)} to ${figure(high)} nats` }),
    );
    return [{ drawing: { element, head }, figure: h('figure', {}, caption, element) }];
  }

  private points({ steps, values }: Curve, y: (value: number) => number): string {
    return steps
      .map((step, i) => [positionOf(step, this.last) * WIDTH, y(values[i])])
      .filter(([, height]) => Number.isFinite(height))
      .map(([x, height]) => `${x.toFixed(1)},${height.toFixed(1)}`)
      .join(' ');
  }

  private grab(event: PointerEvent, element: SVGSVGElement): void {
    element.setPointerCapture(event.pointerId);
    this.drag(event, element);
  }

  private drag(event: PointerEvent, element: SVGSVGElement): void {
    const { left, width } = element.getBoundingClientRect();
    this.seek(stepAt(clamp((event.clientX - left) / width, 0, 1), this.last));
  }

  /** Put the playhead at a step. */
  point(step: number): void {
    const x = String(positionOf(step, this.last) * WIDTH);
    for (const { head } of this.drawings) {
      if (head.getAttribute('x1') === x) continue;
      head.setAttribute('x1', x);
      head.setAttribute('x2', x);
    }
  }
}
