// The strength of a task's degradation: a slider at the input. Python sends the image at every strength, so that
// the network follows without asking.

import { type Shape, h, tileOf } from '../lib/dom.ts';
import { explain } from '../lib/term.ts';
import type { Degradation } from './messages.ts';

/** The slider of one network. */
export class Strength {
  private readonly name = h('span');
  private readonly value = h('output');
  private readonly slider = h('input', { type: 'range', min: 0, step: 1, oninput: () => this.moved() });
  readonly element = h('div', { class: 'strength', hidden: true }, this.name, this.value, this.slider);
  private readonly changed: () => void;
  private degradation: Degradation | null = null;
  /** What was chosen; null while nothing was. It stays when another image comes. */
  private chosen: number | null = null;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  /** Take what an image says can be chosen; none where nothing is done to it. */
  take(degradation: Degradation | null): void {
    this.degradation = degradation;
    this.element.hidden = !degradation;
    if (!degradation) return;
    const { control, help, strengths } = degradation;
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

  /** What stands in the address: nothing while it is the usual strength. */
  get told(): number | null {
    const { degradation } = this;
    if (!degradation) return this.chosen;
    const strength = degradation.strengths[this.number];
    return strength === degradation.usual ? null : strength;
  }

  /** What the network sees of the images that were sent. */
  inputOf(inputs: Uint8Array, shape: Shape): Uint8Array {
    return tileOf(inputs, this.number, shape);
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
    const text = String(this.degradation.strengths[number]);
    this.slider.value = String(number);
    this.slider.setAttribute('aria-valuetext', text);
    this.value.textContent = text;
  }
}
