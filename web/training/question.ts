// A prediction before the reveal: which two classes stay mixed the longest? The nearest neighbors of the
// last stage answer.

import { h, say } from '../lib/dom.ts';
import type { Run } from './run.ts';
import { CONFIDENCE, type Pair, differs, mixedPairs } from './mixing.ts';

const FEWEST = 3; // classes
const MOST = 30;

export class Question {
  readonly element = h('div', { class: 'question', hidden: true });
  private readonly first = h('select', { 'aria-label': 'One class' });
  private readonly second = h('select', { 'aria-label': 'The other class' });
  private readonly words = h('p', { role: 'status' });
  private readonly told: () => void;
  private readonly guess: HTMLButtonElement;
  private run: Run | null = null;
  private guessed: [number, number] | null = null;
  private pairs: { of: number; found: Pair[] } | null = null;

  /** @param guessed - the visitor has said what is expected */
  constructor(guessed: () => void) {
    this.told = guessed;
    this.guess = h('button', { text: 'Guess', class: 'plain', onclick: () => this.take() });
    this.element.append(this.words, this.first, this.second, this.guess);
  }

  /**
   * Ask about a run, and answer at its end.
   * @param run - null while one is under way: it has the line for itself
   * @param isSeen - whether its last stage is shown
   */
  update(run: Run | null, isSeen: boolean): void {
    this.element.hidden = !run || !isFit(run);
    if (!run || !isFit(run)) return;
    if (run !== this.run) this.begin(run);
    const asking = this.guessed === null;
    for (const field of [this.first, this.second, this.guess]) field.hidden = !asking;
    if (asking) say(this.words, `Which two ${this.kind} will stay mixed the longest?`);
    else if (isSeen) say(this.words, this.answer(run));
    else {
      say(
        this.words,
        `Your guess: ${this.named(this.guessed!)}. The answer comes at the end of the training.`,
      );
    }
  }

  private begin(run: Run): void {
    const names = run.opening.header.class_names;
    const isSame = this.run?.opening.header.class_names.join() === names.join();
    this.run = run;
    this.pairs = null;
    if (isSame) return; // the guess stays for another run of the same classes
    this.guessed = null;
    for (const [i, field] of [this.first, this.second].entries()) {
      field.replaceChildren(...names.map((text, value) => h('option', { value, text })));
      field.selectedIndex = i;
    }
  }

  private take(): void {
    const pair = [this.first, this.second].map(({ selectedIndex }) => selectedIndex);
    if (pair[0] === pair[1] || !this.run) return;
    this.guessed = [Math.min(...pair), Math.max(...pair)];
    this.told();
  }

  private get kind(): string {
    const names = this.run?.opening.header.class_names ?? [];
    return names.every((name) => /^\d$/.test(name)) ? 'digits' : 'classes';
  }

  private named([a, b]: readonly number[]): string {
    const names = this.run!.opening.header.class_names;
    return `${names[a]} and ${names[b]}`;
  }

  private answer(run: Run): string {
    const { header, arrays } = run.newest;
    if (this.pairs?.of !== header.number) {
      const { labels } = run.opening.arrays;
      const found = mixedPairs(arrays.latents, labels, run.opening.header.latent_dim);
      this.pairs = { of: header.number, found };
    }
    const [most, second] = this.pairs.found as (Pair | undefined)[];
    if (!most || !second) return 'The images that are followed are of too few classes to say.';
    const own = this.pairs.found.find(({ a, b }) => a === this.guessed![0] && b === this.guessed![1]);
    const are = 'of their nearest neighbors in latent space have the other class';
    const yours = own ? ` Your guess, ${this.shared(own)}.` : '';
    if (!differs(most, second)) {
      const error = percent(CONFIDENCE * Math.hypot(most.error, second.error));
      return (
        `These images cannot tell two pairs apart: ${this.shared(most)}, and ${this.shared(second)}, ${are}; ` +
        `the difference is within its sampling error (±${error}).` +
        (own === most || own === second ? ' Your guess is one of them.' : yours)
      );
    }
    return (
      `${this.named([most.a, most.b])} stay mixed the longest: at the end, ${percent(most.share)} ` +
      `(±${percent(CONFIDENCE * most.error)}) ${are}.${own === most ? ' Your guess is right.' : yours}`
    );
  }

  private shared(pair: Pair): string {
    return `${this.named([pair.a, pair.b])}: ${percent(pair.share)}`;
  }
}

const isFit = ({ opening }: Run): boolean => {
  const { length } = opening.header.class_names;
  return length >= FEWEST && length <= MOST;
};
const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
