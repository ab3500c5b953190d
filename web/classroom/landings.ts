// What the projector's map shows: thumbnails of drawings, and the darts of guesses.

import { figure, h, paintImage } from '../lib/dom.ts';
import type { Theme } from '../lib/colors.ts';
import type { ClassMap } from './classmap.ts';
import type { Landed, Pixels, Place, ProjectorState } from './messages.ts';
import { spreadApart } from './spread.ts';

const SIDES = [[12, 56], [30, 44], [Infinity, 34]] as const; // up to so many drawings: pixels
const SHARE = 0.09; // of the map's shorter side, at most
const MOST_LABELED = 12; // darts beside which the distance stands
const NEAR = 0.6; // sides of a thumbnail: from here on a line leads to its place

interface Thumb {
  element: HTMLButtonElement;
  canvas: HTMLCanvasElement;
  place: Place;
}

export class Landings {
  private readonly thumbs = new Map<number, Thumb>();
  private readonly darts = h('div');
  private readonly hide: (phone: number) => void;
  private lines: [from: Place, to: Place][] = [];
  private frame = 0;
  private map!: ClassMap;
  private hidden: readonly number[] = [];

  constructor(hide: (phone: number) => void) {
    this.hide = hide;
  }

  /** Put what has landed on a map. */
  attach(map: ClassMap): void {
    this.map = map;
    map.element.append(this.darts);
    for (const { element } of this.thumbs.values()) map.element.append(element);
  }

  clear(): void {
    for (const { element } of this.thumbs.values()) element.remove();
    this.thumbs.clear();
    this.darts.replaceChildren();
    this.lines = [];
  }

  /** Take drawings that are new or have changed. */
  take({ items }: Landed, { pixels }: Pixels): void {
    const [, height, width, channels] = pixels.shape;
    const size = height * width * channels;
    items.forEach(({ phone, place, is_far: isFar, error }, i) => {
      const thumb = this.thumbs.get(phone) ?? this.make(phone);
      thumb.place = place;
      paintImage(thumb.canvas, pixels.subarray(i * size, (i + 1) * size), [height, width, channels]);
      thumb.element.classList.toggle('far', isFar);
      const note = isFar ? ' No training image near.' : '';
      const title = `A drawing. Reconstruction error (MSE) ${figure(error)}.${note} Click to hide it.`;
      thumb.element.title = title;
      thumb.element.setAttribute('aria-label', title);
    });
    this.placeSoon();
  }

  private make(phone: number): Thumb {
    const canvas = h('canvas');
    const element = h('button', { class: 'thumb', onclick: () => this.hide(phone) }, canvas);
    const thumb: Thumb = { element, canvas, place: [0, 0] };
    this.thumbs.set(phone, thumb);
    this.map.element.append(element);
    return thumb;
  }

  /** Many that land at once move once. */
  private placeSoon(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.map.include(this.shown.map(({ place }) => place)); // paints, which places them
    });
  }

  private get shown(): Thumb[] {
    return [...this.thumbs].filter(([phone]) => !this.hidden.includes(phone)).map(([, thumb]) => thumb);
  }

  /** Show or leave out what the teacher has hidden. */
  setHidden(hidden: readonly number[]): void {
    if (String(hidden) === String(this.hidden)) return;
    this.hidden = hidden;
    for (const [phone, { element }] of this.thumbs) element.hidden = hidden.includes(phone);
    this.placeSoon();
  }

  /** Put every thumbnail where its drawing is, or beside the others that are there. */
  place(context: CanvasRenderingContext2D, theme: Theme): void {
    const { view } = this.map;
    const thumbs = this.shown;
    const most = SHARE * Math.min(view.width, view.height);
    const side = Math.min(most, SIDES.find(([number]) => thumbs.length <= number)![1]);
    const places = thumbs.map(({ place }) => view.toScreen(...place));
    const free = spreadApart(places, side + 4, [view.width, view.height]);
    this.lines = [];
    thumbs.forEach(({ element }, i) => {
      const [x, y] = free[i];
      Object.assign(element.style, { width: `${side}px`, height: `${side}px` });
      element.style.transform = `translate(${x - side / 2}px, ${y - side / 2}px)`;
      if (Math.hypot(x - places[i][0], y - places[i][1]) > NEAR * side) this.lines.push([places[i], free[i]]);
    });
    context.strokeStyle = theme.accent;
    context.globalAlpha = 0.6;
    for (const [from, to] of this.lines) {
      context.beginPath();
      context.moveTo(...from);
      context.lineTo(...to);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /** Show where the class has guessed, and where the image landed. */
  aim(context: CanvasRenderingContext2D, { truth, guesses = [] }: ProjectorState, theme: Theme): void {
    const { view } = this.map;
    if (!truth) {
      this.darts.replaceChildren();
      return;
    }
    const [x, y] = view.toScreen(...truth);
    context.strokeStyle = theme.accent;
    context.lineWidth = 4;
    context.beginPath();
    context.arc(x, y, 14, 0, 7);
    context.stroke();
    const labeled = guesses.length <= MOST_LABELED;
    const darts = guesses.map(({ phone, place, distance }) => {
      const [left, top] = view.toScreen(...place);
      const title = `A guess, ${figure(distance)} away. Click to hide it.`;
      return h('button', {
        class: 'dart',
        title,
        'aria-label': title,
        text: labeled ? figure(distance) : '',
        style: `transform: translate(calc(${left}px - 50%), ${top - 8}px)`,
        onclick: () => this.hide(phone),
      });
    });
    this.darts.replaceChildren(...darts);
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
  }
}
