// Latent arithmetic: A - B + C from pins or from two groups, beside a random direction of the same length
// and the same sum of pixels; and whether the pairs behind it agree on a direction at all.

import {
  type Latent,
  average,
  cosines,
  difference,
  lengthOf,
  meanOf,
  pairDifferences,
  plus,
  randomLike,
  rowsInside,
} from '../latent/arithmetic.ts';
import { clamp, counted, figure, h, paintImage } from '../lib/dom.ts';
import { explain } from '../lib/term.ts';
import type { View } from '../scatter/view.ts';
import { agreementChart } from './agreement.ts';
import type { Engine } from './engine.ts';
import type { Lasso } from './lasso.ts';
import type { Model } from './model.ts';
import type { Pins } from './pins.ts';
import type { Thumbs } from './thumbs.ts';
import type { Tool } from './tool.ts';

const PAIRS = 60;
const AROUND = 25; // images around a pin that stand for it
const MOST_DECODED = 60; // images of a group whose mean is worked out in pixels
const EMPTY = 'Pin three latents A, B and C (a click, or Enter), or draw a loop around each of two groups of points.';

interface Needs {
  model: Model;
  view: View;
  engine: Engine;
  pins: Pins;
  thumbs: Thumbs;
  lasso: Lasso;
  refresh: () => void;
}
/** What is added up: two ends of a step, each with the rows behind it, and where the step starts. */
interface Terms {
  names: [plus: string, minus: string, start: string];
  rows: [number[], number[]];
  /** In pixels a group is the mean of these decoded latents. */
  latents: [Latent[], Latent[]];
  step: Latent;
  start: Latent;
}

/** The arithmetic tool. */
export class Arithmetic implements Tool {
  private readonly needs: Needs;
  private seed = 1;
  private terms: Terms | null = null;

  constructor(needs: Needs) {
    this.needs = needs;
  }

  get key(): string {
    const { model, thumbs, lasso } = this.needs;
    const { pins, loops, selected, solo } = model.state;
    const latents = pins.map(({ letter, z }) => letter + z.join());
    return [latents, loops.join(), selected, solo, this.seed, thumbs.ready, lasso.active].join(' ');
  }

  private read(): Terms | null {
    return this.ofGroups() ?? this.ofPins();
  }

  private ofPins(): Terms | null {
    const { space, state } = this.needs.model;
    const [a, b, c] = ['A', 'B', 'C'].map((each) => state.pins.find(({ letter }) => letter === each)?.z);
    if (!a || !b || !c) return null;
    const around = (z: Latent) => space.nearest(z, AROUND).map(({ row }) => row);
    return {
      names: ['A', 'B', 'C'],
      rows: [around(a), around(b)],
      latents: [[a], [b]],
      step: difference(b, a),
      start: c,
    };
  }

  /** The images in a loop that the map shows. */
  private group(which: number): number[] {
    const { state, places, space } = this.needs.model;
    const loop = state.loops[which];
    const rows = loop ? rowsInside(loop, places) : [];
    return rows.filter((row) => state.solo === null || space.labels[row] === state.solo);
  }

  private ofGroups(): Terms | null {
    const { space, chosenPin: pin } = this.needs.model;
    const [first, second] = [this.group(0), this.group(1)];
    if (!first.length || !second.length) return null;
    const some = (rows: number[]) => {
      const every = Math.ceil(rows.length / MOST_DECODED);
      return rows.filter((_, i) => i % every === 0).map((row) => space.latent(row));
    };
    return {
      names: ['group 1', 'group 2', pin ? `pin ${pin.letter}` : 'an image of group 2'],
      rows: [first, second],
      latents: [some(first), some(second)],
      step: difference(meanOf(space, second), meanOf(space, first)),
      start: pin?.z ?? space.latent(second[0]),
    };
  }

  build() {
    this.terms = this.read();
    const { model, refresh } = this.needs;
    const { loops } = model.state;
    const clear = h('button', { text: 'Clear', onclick: () => model.set({ loops: [null, null] }) });
    const again = h('button', {
      text: 'Another direction',
      title: 'Sample another random direction of the same length',
      onclick: () => {
        this.seed += 1;
        refresh();
      },
    });
    const some = loops.some((loop) => loop);
    const groups = [this.loopButton(0), this.loopButton(1), some ? clear : null];
    const controls = [
      h('div', { class: 'group' }, ...groups),
      this.terms && h('div', { class: 'group' }, again),
    ];
    const { terms } = this;
    if (!terms) return { controls, content: [h('p', { class: 'empty', text: this.missing() })] };
    return { controls, content: [h('div', { class: 'sum' }, this.pictures(terms), this.agreement(terms))] };
  }

  private loopButton(which: 0 | 1): HTMLElement {
    const { model, lasso, refresh } = this.needs;
    const loop = model.state.loops[which];
    const n = this.group(which).length;
    return h('button', {
      text: `${lasso.active === which ? 'Drawing group' : 'Group'} ${which + 1}${loop ? `: ${n}` : ''}`,
      title: 'Draw a loop around points: drag, or set corners with Enter and close with L',
      'aria-pressed': String(lasso.active === which),
      onclick: () => {
        lasso.begin(lasso.active === which ? null : which);
        refresh();
      },
    });
  }

  private missing(): string {
    const { model, lasso } = this.needs;
    if (lasso.active !== null) return `Drag a loop around the images of group ${lasso.active + 1}.`;
    const empty = model.state.loops.findIndex((loop, i) => loop && !this.group(i).length);
    if (empty >= 0) return `Loop ${empty + 1} contains no image; draw another loop.`;
    const one = model.state.loops.findIndex((loop) => loop);
    return one < 0 ? EMPTY : `Now draw group ${2 - one}: the difference is mean 1 − mean 2.`;
  }

  // ---- pictures ----------------------------------------------------------------------------------

  private pictures(terms: Terms): HTMLElement {
    const { model, thumbs } = this.needs;
    const { space } = model;
    const [a, b, c] = terms.names;
    const sum = plus(terms.start, terms.step);
    const random = plus(terms.start, randomLike(terms.step, this.seed));
    const canvases = Array.from({ length: 6 }, () => h('canvas'));
    this.decode(terms, [terms.start, sum, random], canvases);
    const real = h('canvas');
    const [nearest] = space.nearest(sum);
    thumbs.show(real, nearest.row);
    const name = space.className(nearest.row);
    const [first, second, start, result, drawn, pixels] = canvases;
    const pin = { title: 'Pin this latent', onclick: () => this.needs.pins.add(sum) };
    const sign = (text: string) => h('span', { class: 'sign-of-sum', text });
    const asked = [
      captioned(first, a),
      sign('−'),
      captioned(second, b),
      sign('+'),
      captioned(start, c),
      sign('='),
    ];
    const found = [
      captioned(h('button', { class: 'frame', ...pin }, result), 'result', this.distance(sum)),
      captioned(real, `nearest image${name ? `: ${name}` : ''}`),
      captioned(drawn, 'random direction, same length', this.distance(random)),
      captioned(pixels, 'the same sum in pixel space'),
    ];
    return h('div', { class: 'terms' }, h('div', {}, ...asked), h('div', { class: 'found' }, ...found));
  }

  private distance(z: Latent): HTMLElement {
    const { space } = this.needs.model;
    const [{ distance }] = space.nearest(z);
    const far = space.isFar(distance);
    const text = `distance ${figure(distance)}${far ? ', no training image near' : ''}`;
    const words = h('span', { class: far ? 'near none' : 'near' });
    explain(words, text, { distance: space.meaning('Support (near, far)') });
    return words;
  }

  /** Decode everything at once; canvases are painted when all is there. */
  private decode({ latents }: Terms, own: Latent[], canvases: HTMLCanvasElement[]): void {
    const { engine, model } = this.needs;
    const { z, pixels, image } = model.space;
    const all = [...own, ...latents[0], ...latents[1]];
    const flat = new Float32Array(all.length * z);
    all.forEach((latent, i) => flat.set(latent, i * z));
    const images: Float32Array[] = [];
    engine.decodeMany('arithmetic', flat, ({ start, rows, values, last }) => {
      for (let i = 0; i < rows; i++) {
        images[start + i] = Float32Array.from(values.subarray(i * pixels, (i + 1) * pixels), (v) => v / 255);
      }
      if (!last) return;
      const from = own.length;
      const first = meanImage(images.slice(from, from + latents[0].length));
      const second = meanImage(images.slice(from + latents[0].length));
      const sum = images[0].map((value, p) => clamp(value + first[p] - second[p], 0, 1));
      [first, second, images[0], images[1], images[2], sum].forEach((values, i) => {
        paintImage(canvases[i], values, image);
      });
    });
  }

  // ---- agreement ---------------------------------------------------------------------------------

  private agreement(terms: Terms): HTMLElement {
    const { space } = this.needs.model;
    const options = { most: PAIRS, seed: 1 };
    const found = pairDifferences(space, ...terms.rows, options);
    const everything = [...space.train];
    const half = everything.length >> 1;
    const random = pairDifferences(space, everything.slice(0, half), everything.slice(half), {
      ...options,
      most: found.length,
    });
    const [pairs, chance] = [cosines(found), cosines(random)];
    const of = terms.latents[0].length === 1 ? `the ${AROUND} images nearest to each pin` : 'both groups';
    const words = pairs.length
      ? `Differences of ${counted(found.length, 'pair')} from ${of}: mean cosine similarity ${figure(average(pairs))}. Chance level (random pairs of training images): ${figure(average(chance))}. 1: the same direction.`
      : 'At least two pairs are needed: draw larger groups.';
    const about = h('p');
    explain(about, words, {
      'cosine similarity': space.meaning('Cosine similarity'),
      'Chance level': space.meaning('Chance level'),
    });
    const length = h('p', { text: `Length of the difference vector: ${figure(lengthOf(terms.step))}.`, class: 'quiet' });
    return h('div', { class: 'agreement' }, agreementChart(pairs, chance), about, length);
  }

  // ---- the map -----------------------------------------------------------------------------------

  places(): [number, number][] {
    const { plane } = this.needs.model;
    const { terms } = this;
    return terms ? [plane.project(terms.start), plane.project(plus(terms.start, terms.step))] : [];
  }

  leave(): void {
    this.needs.lasso.begin(null);
  }

  /** Draw the loops, and the step from where it starts, with the random one dotted. */
  paint(context: CanvasRenderingContext2D): void {
    const { lasso, model, view } = this.needs;
    const { plane, theme } = model;
    lasso.paint(context);
    const { terms } = this;
    if (!terms) return;
    const steps: [Latent, number[]][] = [
      [randomLike(terms.step, this.seed), [2, 4]],
      [terms.step, []],
    ];
    const from = view.toScreen(...plane.project(terms.start));
    for (const [step, dashes] of steps) {
      const to = view.toScreen(...plane.project(plus(terms.start, step)));
      for (const [color, width] of [[theme.background, 5], [theme.accent, 2.25]] as const) {
        [context.strokeStyle, context.lineWidth] = [color, width];
        context.setLineDash(dashes);
        context.beginPath();
        context.moveTo(...from);
        context.lineTo(...to);
        context.stroke();
        context.setLineDash([]);
        context.beginPath();
        context.arc(...to, 5, 0, 7);
        context.stroke();
      }
    }
  }
}

function meanImage(images: Float32Array[]): Float32Array {
  return images[0].map((_, p) => average(images.map((image) => image[p])));
}

function captioned(picture: HTMLElement, text: string, below: HTMLElement | null = null): HTMLElement {
  return h('figure', {}, picture, h('figcaption', { text, title: text }), below);
}
