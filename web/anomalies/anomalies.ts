// @ts-nocheck
// The board of the Anomalies page. Everything that follows the threshold is counted here.

import { readTheme } from '../lib/colors.ts';
import { counted, figure, h, prefersStill } from '../lib/dom.ts';
import { unpack } from '../lib/message.ts';
import { rankingRows } from './ranking.ts';
import { RatePlot } from './rateplot.ts';
import { curvesOf, quantile, ratesAt } from './rates.ts';
import { Threshold } from './threshold.ts';

// Where the line starts: one false alarm in twenty normal images.
const START = 0.95;
const LITTLE_HELP = 0.6;

const boards = new WeakMap();

/**
 * Streamlit calls this when the component appears and when its data or the theme changes.
 * @param {{data: Uint8Array, parentElement: ShadowRoot, setTriggerValue: Function}} component
 * @returns {() => void} takes the board down
 */
export default function mount({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('#anomalies');
  if (!boards.has(root)) boards.set(root, new Board(root));
  const board = boards.get(root);
  board.tell = setTriggerValue;
  board.show(unpack(data));
  return () => {
    board.stop();
    boards.delete(root);
  };
}

class Board {
  constructor(root) {
    this.root = root;
    this.kinds = h('div', { class: 'chips', role: 'radiogroup', 'aria-label': 'What to tell from normal images' });
    this.about = h('p', { class: 'about' });
    this.verdict = h('p', { class: 'verdict', role: 'status' });
    this.threshold = new Threshold((value) => this.follow(value));
    this.axis = h('p', { class: 'axis' });
    this.counts = h('div', { class: 'counts', 'aria-live': 'off' });
    this.scores = h('div', { class: 'scores', role: 'radiogroup', 'aria-label': 'How to score an image' });
    this.roc = new RatePlot('Caught against false alarms (ROC)', ['false alarms', 'caught'], true);
    this.precision = new RatePlot('Right alarms against caught (precision and recall)', ['caught', 'right alarms'], false);
    this.rows = h('div', { class: 'ranking' });
    this.heading = h('h2');
    this.note = h('p', { class: 'note' });
    const left = h('section', { class: 'left' }, this.about, this.threshold.element, this.axis, this.counts, this.verdict);
    const plots = h('div', { class: 'plots' }, this.roc.element, this.precision.element);
    this.right = h('section', { class: 'right' }, this.scores, plots);
    this.plots = plots;
    this.instrument = h('div', { class: 'instrument' }, left, this.right);
    root.replaceChildren(
      this.kinds,
      this.instrument,
      this.heading,
      this.note,
      this.rows,
    );
    this.left = left;
  }

  show({ header, arrays }) {
    this.theme = readTheme(this.root, header.looks);
    if (this.header?.id !== header.id) {
      this.kind = header.kinds[1]?.name;
      this.score = header.scores[0].name;
      this.value = null;
      this.curves = {};
    }
    this.header = header;
    this.arrays = arrays;
    const plain = header.kinds.length === 0;
    this.kinds.hidden = this.left.hidden = this.plots.hidden = plain;
    this.instrument.classList.toggle('plain', plain);
    this.refresh();
  }

  /** Draw everything that depends on the kind and the score. */
  refresh() {
    const { header } = this;
    const plain = header.kinds.length === 0;
    this.showScores(plain);
    this.heading.textContent = `${header.n}, from one end to the other: ${this.titleOf(this.score).title.toLowerCase()}`;
    this.note.textContent = header.note ?? '';
    this.note.hidden = !header.note;
    this.rows.replaceChildren(
      ...rankingRows(header.ranking[this.score], this.arrays.tiles, header.shape, (row) => this.pick(row)),
    );
    if (!plain) this.showInstrument();
  }

  /** Ask about an image, and go to where the answer appears. */
  pick(row) {
    this.tell('pick', row);
    const behavior = prefersStill() ? 'auto' : 'smooth';
    document.querySelector('.st-key-surprise')?.scrollIntoView({ behavior, block: 'start' });
  }

  showInstrument() {
    const { header, theme } = this;
    const at = header.kinds.findIndex((kind) => kind.name === this.kind);
    const color = theme.classes[at % theme.classes.length];
    this.root.style.setProperty('--kind', color);
    this.showKinds();
    const kind = header.kinds[at];
    this.about.replaceChildren(
      h('b', { class: 'kind', text: `${kind.title}: ` }),
      `${kind.meaning} ${counted(kind.n, 'image')} beside ${counted(header.kinds[0].n, 'normal one')}.`,
    );
    const normal = this.scoresOf(this.score, 'normal');
    const anomalous = this.scoresOf(this.score, this.kind);
    const curves = header.scores.map((score) => ({
      ...this.curvesFor(score.name, this.kind),
      chosen: score.name === this.score,
      baseline: score.baseline,
    }));
    this.roc.show(curves.map((c) => ({ ...c, points: c.roc })), theme, color);
    this.precision.show(curves.map((c) => ({ ...c, points: c.precision })), theme, color);
    const verdict = kind.verdict[this.score];
    const area = this.curvesFor(this.score, this.kind).area;
    this.verdict.textContent = verdict;
    this.verdict.classList.toggle('weak', area < LITTLE_HELP);
    const title = this.titleOf(this.score);
    this.axis.textContent = `${title.title} →  ${title.meaning}`;
    this.threshold.show({
      normal,
      anomalous,
      name: this.score,
      title: title.title,
      value: this.value ?? quantile(normal, START),
      theme,
      color,
    });
  }

  follow(value) {
    this.value = value;
    const rates = ratesAt(this.scoresOf(this.score, 'normal'), this.scoresOf(this.score, this.kind), value);
    this.roc.mark(rates.falseAlarmRate, rates.recall);
    this.precision.mark(rates.recall, rates.precision);
    const kind = this.header.kinds.find((one) => one.name === this.kind);
    this.counts.replaceChildren(...countsTable(kind.title, rates, value));
  }

  showKinds() {
    const chips = this.header.kinds.slice(1).map((kind) => {
      const { area } = this.curvesFor(this.score, kind.name);
      return choice({
        chosen: kind.name === this.kind,
        title: kind.title,
        help: kind.meaning,
        area,
        onclick: () => {
          this.kind = kind.name;
          this.refresh();
        },
      });
    });
    this.kinds.replaceChildren(...chips);
  }

  showScores(plain) {
    const one = (score) =>
      choice({
        chosen: score.name === this.score,
        title: score.title,
        help: score.meaning,
        area: plain ? null : this.curvesFor(score.name, this.kind).area,
        line: score.baseline ? 'dashed' : 'solid',
        onclick: () => {
          this.score = score.name;
          this.value = null;
          this.refresh();
        },
      });
    const group = (title, scores) => (scores.length ? [h('h3', { text: title }), ...scores.map(one)] : []);
    const all = this.header.scores;
    this.scores.replaceChildren(
      h('div', { class: 'group' }, ...group(plain ? 'Order by' : 'With the network, AUC', all.filter((s) => !s.baseline))),
      h('div', { class: 'group' }, ...group('Without it, AUC', all.filter((s) => s.baseline))),
    );
  }

  titleOf(name) {
    return this.header.scores.find((score) => score.name === name);
  }

  scoresOf(score, kind) {
    return this.arrays[`${score}/${kind}`];
  }

  curvesFor(score, kind) {
    const key = `${score}/${kind}`;
    this.curves[key] ??= curvesOf(this.scoresOf(score, 'normal'), this.scoresOf(score, kind));
    return this.curves[key];
  }

  stop() {
    this.threshold.stop();
    this.roc.stop();
    this.precision.stop();
  }
}

/** A choice with its AUC; what does not help is marked and says so. */
function choice({ chosen, title, help, area, line, onclick }) {
  const weak = area !== null && area < LITTLE_HELP;
  const words = area === null ? '' : area.toFixed(2);
  return h(
    'button',
    {
      type: 'button',
      role: 'radio',
      class: weak ? 'choice weak' : 'choice',
      'aria-checked': String(chosen),
      title: weak ? `${help} AUC ${words}: it does not help here.` : help,
      onclick,
    },
    line ? h('span', { class: `line ${line}` }) : null,
    h('span', { class: 'title', text: title }),
    area === null ? null : h('span', { class: 'area', text: line ? words : `AUC ${words}`, title: 'Area under the ROC curve: 1 is perfect, 0.5 a coin.' }),
  );
}

function countsTable(title, rates, value) {
  const share = (part) => `${Math.round(100 * part)} %`;
  const cell = (name, count, text) =>
    h('div', { class: `cell ${name}` }, h('b', { text: count.toLocaleString('en-US') }), ` ${text}`);
  return [
    h('span', { class: 'corner', text: `Above ${figure(value)} is called unusual` }),
    h('span', { class: 'head', text: 'called unusual' }),
    h('span', { class: 'head', text: 'called usual' }),
    h('span', { class: 'side kind', text: title }),
    cell('caught', rates.caught, `caught, ${share(rates.recall)}`),
    cell('missed', rates.missed, 'missed'),
    h('span', { class: 'side', text: 'Normal' }),
    cell('alarms', rates.falseAlarms, `false alarms, ${share(rates.falseAlarmRate)}`),
    cell('passed', rates.passed, 'let pass'),
    h('span', { class: 'sum', text: `Of 100 alarms in this mixture, ${Math.round(100 * rates.precision)} are right.` }),
  ];
}
