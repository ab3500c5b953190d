// The steps of a lecture: each dims the rest, says one sentence and shows its line of PyTorch.

import { h } from '../lib/dom.ts';
import type { Step } from './messages.ts';

// Where arrow keys already mean something.
const TAKEN = 'input, textarea, select, [role=slider], [role=tab], [role=radio], [role=listbox], [contenteditable]';

/** Buttons and keys that go from step to step; no step shows everything. */
export class Lecture {
  private readonly buttons: HTMLButtonElement[];
  private readonly sentence = h('p', { class: 'sentence', 'aria-live': 'polite' });
  private readonly code = h('code');
  readonly element: HTMLElement;
  private readonly steps: Step[];
  private readonly changed: (part: Step['part'] | null) => void;
  private at = -1;

  constructor(steps: Step[], title: string, overview: string, changed: (part: Step['part'] | null) => void) {
    this.steps = steps;
    this.changed = changed;
    this.buttons = steps.map(({ title }, number) =>
      h(
        'button',
        { 'aria-pressed': 'false', onclick: () => this.go(number === this.at ? -1 : number) },
        h('span', { class: 'number', text: String(number + 1) }),
        title,
      ),
    );
    const arrow = (text: string, label: string, by: number) =>
      h('button', { class: 'arrow', text, 'aria-label': label, title: label, onclick: () => this.step(by) });
    const steps_ = h(
      'nav',
      { class: 'steps', 'aria-label': 'Steps' },
      arrow('‹', 'Step back (left arrow key)', -1),
      ...this.buttons,
      arrow('›', 'Next step (right arrow key)', 1),
    );
    const said = h('div', { class: 'said' }, this.sentence, h('pre', {}, this.code));
    const top = h('div', { class: 'top' }, h('p', { class: 'sizes', text: title }), steps_);
    this.element = h('section', { class: 'lecture' }, top, said);
    this.sentence.dataset.overview = overview;
    this.show();
    window.addEventListener('keydown', this.press);
  }

  private readonly press = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.defaultPrevented) return;
    const target = event.composedPath()[0];
    if (target instanceof Element && target.closest(TAKEN)) return;
    event.preventDefault();
    this.step(by);
  };

  /** What is not dimmed. */
  get part(): Step['part'] | null {
    return this.at < 0 ? null : this.steps[this.at].part;
  }

  /** Go to the step of a part. */
  goTo(part: Step['part']): void {
    this.go(this.steps.findIndex((step) => step.part === part));
  }

  /** Go on or back; before the first step and after the last everything is shown. */
  private step(by: number): void {
    const n = this.steps.length + 1;
    this.go(((this.at + 1 + by + n) % n) - 1);
  }

  private go(number: number): void {
    this.at = number;
    this.show();
    this.changed(this.part);
  }

  private show(): void {
    const step = this.steps[this.at] as Step | undefined;
    this.buttons.forEach((button, number) => {
      button.setAttribute('aria-pressed', String(number === this.at));
    });
    this.sentence.textContent = step?.sentence ?? this.sentence.dataset.overview ?? '';
    this.code.textContent = step?.code ?? '';
  }

  stop(): void {
    window.removeEventListener('keydown', this.press);
  }
}
