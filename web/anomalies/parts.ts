// The parts of the board: a choice with its AUC, and the table of counts.

import { figure, h } from '../lib/dom.ts';
import { type Meanings, explained } from '../lib/term.ts';
import type { Rates } from './rates.ts';

export const LITTLE_HELP = 0.6;

/** What a score or a kind of image is called. */
export interface Title {
  name: string;
  title: string;
  meaning: string;
  /** Whether a score works without the network. */
  baseline: boolean;
}
/** A choice with its AUC; what does not help is marked and says so. */
export function choice(
  { title, meaning }: Title,
  isChosen: boolean,
  area: number | null,
  line: 'solid' | 'dashed' | null,
  onclick: () => void,
): HTMLButtonElement {
  const isWeak = area !== null && area < LITTLE_HELP;
  const words = area?.toFixed(2);
  const text = line ? words : `AUC ${words}`;
  return h(
    'button',
    {
      type: 'button',
      role: 'radio',
      class: isWeak ? 'choice weak' : 'choice',
      'aria-checked': String(isChosen),
      title: isWeak ? `${meaning} AUC ${words}: close to chance (0.5) or below it.` : meaning,
      onclick,
    },
    line && h('span', { class: `line ${line}` }),
    h('span', { class: 'title', text: title }),
    area === null ? null : h('span', { class: 'area', text }),
  );
}

/** What the threshold costs: counts by what is true and what is said. */
export function countsTable(title: string, rates: Rates, value: number, meanings: Meanings): HTMLElement[] {
  const percent = (share: number) => Math.round(100 * share);
  const say = (name: string, text: string) => h('span', { class: name, text });
  const help = meanings['True and false positives'];
  const cell = (name: string, count: number, outcome: string, share = '') =>
    h('div', { class: `cell ${name}` }, h('b', { text: count.toLocaleString('en-US') }), ' ', explained(outcome, help), ' ', say('share', share));
  return [
    h('span', { class: 'corner' }, explained('Threshold', meanings.Threshold), ` ${figure(value)}`),
    say('head', 'predicted anomalous'),
    say('head', 'predicted normal'),
    say('side kind', title),
    cell('caught', rates.caught, 'true positives', `(recall ${percent(rates.recall)} %)`),
    cell('missed', rates.missed, 'false negatives'),
    say('side', 'Normal'),
    cell('alarms', rates.falseAlarms, 'false positives', `(${percent(rates.falseAlarmRate)} %)`),
    cell('passed', rates.passed, 'true negatives'),
    h('span', { class: 'sum' }, explained('Precision', meanings['Precision-recall curve']), ` in this mixture: ${percent(rates.precision)} %.`),
  ];
}
