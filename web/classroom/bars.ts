// The choices of a question, as bars once the votes are shown.

import { counted, h } from '../lib/dom.ts';
import type { ProjectorState, State } from './messages.ts';

/** How many phones there are, and how many have answered. */
export function answered({ activity, ended, n_phones, n_answers }: ProjectorState): string {
  if (ended) return '';
  if (activity === 'wait') return counted(n_phones, 'phone');
  // A phone that sleeps is not connected; its answer still counts.
  return `${n_answers} of ${counted(Math.max(n_phones, n_answers), 'phone')} answered`;
}

/** What the class says of each choice, and how long its bar is, from 0 to 1; nothing where nobody spoke. */
export function verdicts(counts: number[], ranks: number[] | undefined): { text: string; share: number }[] {
  if (ranks) {
    return ranks.map((rank) => ({
      text: `mean rank ${rank.toFixed(1)}`,
      share: (ranks.length - rank) / Math.max(1, ranks.length - 1),
    }));
  }
  const total = Math.max(1, counts.reduce((sum, count) => sum + count, 0));
  return counts.map((count) => {
    const share = count / total;
    return { text: `${counted(count, 'vote')}, ${Math.round(100 * share)} %`, share };
  });
}

/** One row a choice; a bar's length is its share of the votes, or how far to the front it was ranked. */
export function bars({ choices, counts = [], ranks, answer }: State, own: number | null = null): HTMLElement {
  const said = verdicts(counts, ranks);
  const rows = choices.map((choice, i) => {
    const { text, share } = said[i] ?? { text: 'not ranked', share: 0 };
    const isRight = answer === i;
    const mark = isRight ? (own === i ? 'Right, your vote' : 'Right') : own === i ? 'Your vote' : '';
    return h(
      'li',
      { class: isRight ? 'bar right' : 'bar' },
      h('span', { class: 'choice', text: choice }),
      mark ? h('strong', { class: 'mark', text: mark }) : null,
      h('span', { class: 'count', text }),
      h('span', { class: 'track' }, h('span', { class: 'fill', style: `width: ${100 * share}%` })),
    );
  });
  return h('ul', { class: 'bars' }, ...rows);
}
