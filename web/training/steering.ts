// One line about a training under way or just ended, with what can be done about it.

import { h, say } from '../lib/dom.ts';
import type { Training } from './messages.ts';
import { duration } from './recipe.ts';

const CONFIRM_MS = 4000;

export interface Actions {
  order: (order: string, training: Training, name?: string) => void;
  watch: (training: Training) => void;
  open: (name: string) => void;
}

export class Steering {
  readonly element = h('div', { class: 'steering', hidden: true });
  private readonly words = h('p', { role: 'status' });
  private readonly buttons = h('div', { class: 'buttons' });
  private readonly name = h('input', { 'aria-label': 'Name of the checkpoint', class: 'checkpoint' });
  private readonly actions: Actions;
  private drawn = '';

  constructor(actions: Actions) {
    this.actions = actions;
    this.element.append(this.words, this.buttons);
  }

  /**
   * Show how a training is.
   * @param training - null: there is none
   * @param isShown - false: it is not on the map, but could be watched
   */
  update(training: Training | null, isShown: boolean): void {
    this.element.hidden = !training;
    if (!training) return;
    say(this.words, isShown ? sentence(training) : `Somebody is training: ${training.title}.`);
    this.words.classList.toggle('problem', isShown && training.state === 'failed');
    const kinds = isShown ? choices(training) : ['watch'];
    const key = `${training.run} ${kinds.join()} ${training.kept}`;
    if (key === this.drawn) return; // a button that is about to be clicked stays
    this.drawn = key;
    this.name.value = training.name;
    this.buttons.replaceChildren(...kinds.map((kind) => this.choice(kind, training)));
  }

  private choice(kind: string, training: Training): HTMLElement {
    const { order, watch, open } = this.actions;
    const button = (text: string, onclick: () => void, isFirst = false) =>
      h('button', { text, onclick, class: isFirst ? 'primary' : 'plain' });
    switch (kind) {
      case 'watch':
        return button('Watch', () => watch(training), true);
      case 'discard':
        return confirmed('Discard', 'Discard for good?', () => order('discard', training));
      case 'keep':
        return h(
          'form',
          {
            class: 'keep',
            onsubmit: (event) => {
              event.preventDefault();
              order('keep', training, this.name.value);
            },
          },
          this.name,
          h('button', { text: 'Keep as a checkpoint', type: 'submit', class: 'primary' }),
        );
      case 'open':
        return button('Open in Explore', () => open(training.kept ?? ''), true);
      default:
        return button(ORDERS[kind], () => order(kind, training), kind === 'again');
    }
  }
}

const ORDERS: Record<string, string> = {
  pause: 'Pause',
  resume: 'Continue',
  step: 'Step one epoch',
  stop: 'Stop and keep',
  again: 'Resume',
};

/** What can be done. */
function choices({ mine, state, kept, what }: Training): string[] {
  if (state === 'done' && kept) return mine ? ['open', 'discard'] : ['open'];
  if (!mine) return [];
  const trains = what.startsWith('epoch');
  if (state === 'running') return [...(trains ? ['pause', 'step', 'stop'] : []), 'discard'];
  if (state === 'paused') return ['resume', 'step', 'stop', 'discard'];
  if (state === 'done') return ['keep', 'discard'];
  return state === 'starting' ? ['discard'] : ['again', 'discard'];
}

function sentence(training: Training): string {
  const { title, state, what, problem, note, seconds_left: left, kept, step } = training;
  const more = note ? ` ${note}` : '';
  switch (state) {
    case 'starting':
      return `Starting: ${what}…`;
    case 'running':
      return `Training ${title}: ${what}${left === null ? '…' : `, ${duration(left)} left`}.${more}`;
    case 'paused':
      return `Paused in ${what}.`;
    case 'done':
      return kept ? `Kept as ${kept}.` : `Finished: ${title}.${more}`;
    case 'failed':
      return problem ?? 'The training failed.';
    default:
      return `The training of ${title} was interrupted at step ${step}. Resume continues from the last saved step.`;
  }
}

/** A button that asks again before it does what cannot be undone. */
function confirmed(text: string, question: string, act: () => void): HTMLButtonElement {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const button: HTMLButtonElement = h('button', {
    text,
    class: 'plain',
    onclick: () => {
      if (button.textContent === question) {
        clearTimeout(timer);
        act();
        return;
      }
      button.textContent = question;
      timer = setTimeout(() => {
        button.textContent = text;
      }, CONFIRM_MS);
    },
  });
  return button;
}
