// A network that takes part in re-encoding: its rounds from one image on, and the row that shows them.

import { type Coder, type Round, movements, next, settledAt } from '../latent/reencoding.ts';
import { figure, h, paintImage } from '../lib/dom.ts';
import { ROUNDS } from './state.ts';

/** The rounds whose images are shown. */
export const SHOWN = [0, 1, 2, 3, 5, 8, 12, 20, 30, 40, 50];
const PER_TURN = 10; // rounds between two frames of the page
/** How the walks differ on the map, color apart. */
export const DASHES = [[], [9, 5], [2, 5], [14, 4, 2, 4]];

/** One row of the filmstrip. */
export class Walker {
  readonly name: string;
  readonly element: HTMLElement;
  rounds: Round[] = [];
  private readonly coder: Coder;
  private readonly image: readonly number[];
  private readonly canvases = SHOWN.map(() => h('canvas'));
  private readonly frames: HTMLElement[];
  private readonly words = h('p', { class: 'quiet' });
  private later: ReturnType<typeof setTimeout> | undefined;

  /** @param show - called with the round of a frame that is chosen */
  constructor({ name, line, image, coder }: WalkerSpec, show: (round: number) => void) {
    [this.name, this.image, this.coder] = [name, image, coder];
    this.frames = SHOWN.map((round, i) =>
      h(
        'button',
        { class: 'frame', title: `after ${round} rounds`, onclick: () => show(round) },
        this.canvases[i],
      ),
    );
    const label = h('div', { class: 'label' }, h('b', { text: name, title: line }), this.words);
    this.element = h('div', { class: 'walk' }, label, ...this.frames);
  }

  /** Walk on from an image, some rounds at a time; `done` is called when all rounds are there. */
  start(first: Float32Array, done: () => void): void {
    this.stop();
    this.rounds = [{ z: this.coder.encode(first).slice(), values: first }];
    this.words.textContent = '…';
    const turn = () => {
      for (let i = 0; i < PER_TURN && this.rounds.length <= ROUNDS; i++) {
        this.rounds.push(next(this.coder, this.rounds[this.rounds.length - 1].values));
      }
      if (this.rounds.length <= ROUNDS) this.later = setTimeout(turn);
      else {
        this.show();
        done();
      }
    };
    this.later = setTimeout(turn);
  }

  stop(): void {
    clearTimeout(this.later);
  }

  /** Mark the frame of a round. */
  mark(round: number): void {
    const at = SHOWN.findLastIndex((shown) => shown <= round);
    this.frames.forEach((frame, i) => frame.classList.toggle('now', i === at));
  }

  private show(): void {
    SHOWN.forEach((round, i) => paintImage(this.canvases[i], this.rounds[round].values, this.image));
    const { steps, total } = movements(this.rounds);
    const settled = settledAt(steps);
    const rest =
      settled === null
        ? `the last round changes it by ${small(steps[steps.length - 1])}`
        : `converged in round ${settled}`;
    this.words.textContent = `MSE to the first image ${figure(total)}, ${rest}`;
  }
}

const small = (value: number) => (value < 1e-5 ? 'less than 0.00001' : figure(value));

export interface WalkerSpec {
  name: string;
  line: string;
  image: readonly number[];
  coder: Coder;
}
