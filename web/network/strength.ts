// A task's degradation: its strength, a slider at the input, and its kind where there are several. Python sends the
// image at every strength and of every kind, so that the network follows without asking.

import { type Shape, h, tileOf } from '../lib/dom.ts';
import { explain } from '../lib/term.ts';
import type { Degradation } from './messages.ts';

/** The slider of one network. */
export class Strength {
  private readonly name = h('span');
  private readonly value = h('output');
  private readonly slider = h('input', { type: 'range', min: 0, step: 1, oninput: () => this.moved() });
  private readonly kinds: HTMLSelectElement = h('select', {
    ...{ 'aria-label': 'Kind of degradation', hidden: true },
    onchange: () => {
      this.chooseKind(this.kinds.value);
      this.changed();
    },
  });
  readonly element = h('div', { class: 'strength', hidden: true }, this.kinds, this.name, this.value, this.slider);
  private readonly changed: () => void;
  private degradation: Degradation | null = null;
  /** What was chosen; null while nothing was. It stays when another image comes. */
  private chosen: number | null = null;
  private chosenKind: string | null = null;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  /** Take what an image says can be chosen; none where nothing is done to it. */
  take(degradation: Degradation | null): void {
    this.degradation = degradation;
    this.element.hidden = !degradation;
    if (!degradation) return;
    const { control, help, kinds, strengths } = degradation;
    this.kinds.hidden = kinds.length === 0;
    const options = kinds.map((kind) => h('option', { value: kind, text: capitalized(kind) }));
    if (options.length !== this.kinds.options.length) this.kinds.replaceChildren(...options);
    explain(this.name, control, { [control]: help });
    this.slider.setAttribute('aria-label', control);
    this.slider.max = String(strengths.length - 1);
    this.show();
  }

  /** Choose a strength, or the nearest one there is. */
  choose(strength: number | null): void {
    this.chosen = strength;
    this.show();
  }

  /** Choose a kind of degradation; what is none of them is the usual one. */
  chooseKind(kind: string | null): void {
    this.chosenKind = kind;
    this.show();
  }

  /** The kind, where it is not the one that the network was trained on. */
  get otherKind(): string | null {
    return this.kindNumber > 0 ? this.degradation!.kinds[this.kindNumber] : null;
  }

  /** What stands in the address: nothing while it is the usual strength. */
  get told(): number | null {
    const { degradation } = this;
    if (!degradation) return this.chosen;
    const strength = degradation.strengths[this.number];
    return strength === degradation.usual ? null : strength;
  }

  /** What the network sees of the images that were sent. */
  inputOf(inputs: Uint8Array, shape: Shape): Uint8Array {
    const each = this.degradation?.strengths.length ?? 0;
    return tileOf(inputs, this.kindNumber * each + this.number, shape);
  }

  private get kindNumber(): number {
    return Math.max(0, this.degradation?.kinds.indexOf(this.chosenKind ?? '') ?? 0);
  }

  private get number(): number {
    if (!this.degradation) return 0;
    const { strengths, usual } = this.degradation;
    const away = strengths.map((strength) => Math.abs(strength - (this.chosen ?? usual)));
    return away.indexOf(Math.min(...away));
  }

  private moved(): void {
    this.choose(this.degradation?.strengths[Number(this.slider.value)] ?? null);
    this.changed();
  }

  private show(): void {
    if (!this.degradation) return;
    const { number } = this;
    const text = this.degradation.written[number];
    this.kinds.selectedIndex = this.kindNumber;
    this.slider.value = String(number);
    this.slider.setAttribute('aria-valuetext', text);
    this.value.textContent = text;
  }
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
