// The choices of a question, as bars once the votes are shown.

import { counted, h } from '../lib/dom.ts';
import type { ProjectorState, State } from './messages.ts';

/** How many phones there are, and how many have answered. */
export function answered({ activity, ended, n_phones, n_answers }: ProjectorState): string {
  if (ended) return '';
  const phones = counted(n_phones, 'phone');
  return activity === 'wait' ? phones : `${n_answers} of ${phones} answered`;
}

/** One row a choice; a bar's length is its share of the votes. */
export function bars({ choices, counts, answer }: State, own: number | null = null): HTMLElement {
  const total = (counts ?? []).reduce((sum, count) => sum + count, 0);
  const rows = choices.map((choice, i) => {
    const count = counts?.[i] ?? 0;
    const isRight = answer === i;
    const share = total ? Math.round((100 * count) / total) : 0;
    const marks = [isRight ? 'Right' : '', own === i ? 'Your vote' : ''].filter(Boolean);
    return h(
      'li',
      { class: isRight ? 'bar right' : 'bar' },
      h('span', { class: 'choice', text: choice }),
      marks.length ? h('strong', { class: 'mark', text: marks.join(', ') }) : null,
      h('span', { class: 'count', text: `${counted(count, 'vote')}, ${share} %` }),
      h('span', { class: 'track' }, h('span', { class: 'fill', style: `width: ${share}%` })),
    );
  });
  return h('ul', { class: 'bars' }, ...rows);
}
