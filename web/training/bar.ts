// Over the map: which run is shown, which beside it, how, and the way to a run of one's own.

import { h, say } from '../lib/dom.ts';
import type { Choice } from './address.ts';
import type { Setting, Status } from './messages.ts';

interface Shown {
  setting: Setting;
  status: Status;
  choice: Choice;
  shown: string[];
  isTraining: boolean;
}

export class Bar {
  readonly element: HTMLElement;
  private readonly run: HTMLSelectElement;
  private readonly beside: HTMLSelectElement;
  private readonly lattice: HTMLButtonElement;
  private readonly labels: HTMLButtonElement;
  private readonly train: HTMLButtonElement;
  private readonly remark = h('p', { class: 'remark' });
  private choice: Choice | null = null;
  private offered = '';

  constructor(choose: (patch: Partial<Choice>) => void, train: () => void) {
    const select = (label: string, chosen: (run: string | null) => void) => {
      const element: HTMLSelectElement = h('select', {
        ...{ 'aria-label': label, title: label },
        onchange: () => chosen(element.value || null),
      });
      return element;
    };
    this.run = select('Training run on the map', (run) => choose({ run, step: null }));
    this.beside = select('A second training run, for comparison', (beside) => choose({ beside }));
    this.lattice = h('button', {
      text: 'Decoded grid',
      title: 'Cover the map with decoded images of this stage',
      onclick: () => choose({ lattice: !this.choice?.lattice }),
    });
    this.labels = h('button', {
      text: 'Class labels',
      title: 'Color each point by its class. The network never sees a label.',
      onclick: () => choose({ labels: !this.choice?.labels }),
    });
    this.train = h('button', { class: 'primary', text: 'Train a network', onclick: train });
    this.element = h(
      'div',
      { class: 'bar', role: 'toolbar', 'aria-label': 'what is shown' },
      this.run,
      this.beside,
      h('div', { class: 'group' }, this.lattice, this.labels),
      this.remark,
      this.train,
    );
  }

  /** Put the keyboard on the button that opens the recipe. */
  focus(): void {
    this.train.focus();
  }

  update({ setting, status, choice, shown, isTraining }: Shown): void {
    this.choice = choice;
    this.offer(setting, status, shown[0] ?? '');
    this.run.value = shown[0] ?? '';
    this.beside.value = shown[1] ?? '';
    this.lattice.setAttribute('aria-pressed', String(choice.lattice));
    this.labels.setAttribute('aria-pressed', String(choice.labels));
    this.train.setAttribute('aria-expanded', String(isTraining));
    say(
      this.remark,
      choice.labels
        ? 'Colors show the class labels, which the network is not given.'
        : 'No labels: the network is given only the images.',
    );
  }

  private offer({ stored }: Setting, { trainings }: Status, first: string): void {
    const runs = [
      ...trainings.map(({ run, title }) => ({ run, text: title, title, group: 'Trained here' })),
      ...stored.map(({ run, title, group }) => ({ run, text: run, title, group })),
    ];
    const key = `${first} ${JSON.stringify(runs)}`;
    if (key === this.offered) return;
    this.offered = key;
    this.run.replaceChildren(...grouped(runs));
    const none = h('option', { value: '', text: 'Compare with…' });
    this.beside.replaceChildren(none, ...grouped(runs.filter(({ run }) => run !== first)));
  }
}

interface Offered {
  run: string;
  text: string;
  title: string;
  group: string;
}

/** Options below the names of their groups, as in the checkpoint picker. */
function grouped(runs: Offered[]): HTMLElement[] {
  const groups = new Map<string, HTMLElement>();
  for (const { run, text, title, group } of runs) {
    const element = groups.get(group) ?? h('optgroup', { label: group });
    groups.set(group, element);
    element.append(h('option', { value: run, text, title }));
  }
  return [...groups.values()];
}
