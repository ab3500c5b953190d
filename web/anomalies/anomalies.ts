// The board of the Anomalies page. Everything that follows the threshold is counted here.

import { tell } from '../lib/bus.ts';
import { type Look, type Theme, classColor, readTheme } from '../lib/colors.ts';
import { type Board, type Component, keeping } from '../lib/component.ts';
import { type Shape, counted, debounce, h, prefersStill } from '../lib/dom.ts';
import { type Bytes, type Floats, unpack } from '../lib/message.ts';
import { type Meanings, explain } from '../lib/term.ts';
import { type Addressed, addressed, note, readView, writeView } from './address.ts';
import { type MissedTile, Missed } from './missed.ts';
import { LITTLE_HELP, type Title, choice, countsTable } from './parts.ts';
import { type Ends, rankingRows } from './ranking.ts';
import { RatePlot } from './rateplot.ts';
import { type Curves, curvesOf, quantile, ratesAt } from './rates.ts';
import { Threshold } from './threshold.ts';

// Where the line starts: one false positive in twenty normal images.
const START = 0.95;
const KEEP_AFTER = 300; // milliseconds

interface Kind extends Title {
  n: number;
  /** What its AUC means, by score. */
  verdict: Record<string, string>;
}
/** What ui/anomalies/board.py sends. */
interface Header {
  id: string;
  shape: Shape;
  scores: Title[];
  /** The first is what is normal; none where nothing was measured. */
  kinds: Kind[];
  /** By score. */
  ranking: Record<string, Ends>;
  /** The images of the unseen class that are missed first, by score; empty where there is none. */
  missed: Record<string, MissedTile[]>;
  /** How many images are ranked, in words. */
  n: string;
  /** What the glossary says of some terms. */
  meanings: Meanings;
  note: string | null;
  looks: { light: Look; dark: Look };
}
/** Beside the tiles: the sorted scores of each kind under "score/kind". */
type Arrays = { tiles: Bytes } & Record<string, Floats>;

export default keeping('#anomalies', (root) => new AnomalyBoard(root), (board, component) => board.show(component));

class AnomalyBoard implements Board {
  private readonly root: HTMLElement;
  private readonly kinds = h('div', {
    class: 'chips',
    role: 'radiogroup',
    'aria-label': 'kind of anomaly',
  });
  private readonly about = h('p', { class: 'about' });
  private readonly verdict = h('p', { class: 'verdict', role: 'status' });
  private readonly threshold = new Threshold(
    (value) => this.follow(value),
    () => this.keep(),
  );
  private readonly axis = h('p', { class: 'axis' });
  private readonly counts = h('div', { class: 'counts', 'aria-live': 'off' });
  private readonly scores = h('div', {
    class: 'scores',
    role: 'radiogroup',
    'aria-label': 'anomaly score',
  });
  private readonly roc = new RatePlot(
    'ROC curve',
    ['false positive rate', 'true positive rate'],
    true,
  );
  private readonly precision = new RatePlot(
    'Precision-recall curve',
    ['recall', 'precision'],
    false,
  );
  private readonly missed = new Missed(
    (row) => this.pick(row),
    () => this.keep(),
  );
  private readonly heading = h('h2');
  private readonly note = h('p', { class: 'note' });
  private readonly rows = h('div', { class: 'ranking' });
  private readonly plots = h(
    'div',
    { class: 'plots' },
    this.roc.element,
    this.precision.element,
  );
  private readonly left = h(
    'section',
    {},
    this.about,
    this.threshold.element,
    this.axis,
    this.counts,
    this.missed.button,
    this.missed.row,
    this.verdict,
  );
  private readonly instrument = h(
    'div',
    { class: 'instrument' },
    this.left,
    h('section', {}, this.scores, this.plots),
  );
  private tell!: Component['setTriggerValue'];
  private shown = ''; // id of the header
  private header!: Header; // from the first `show` on, as is what follows from it
  private arrays!: Arrays;
  private theme!: Theme;
  private score!: Title;
  /** What is told from normal images; null where nothing was measured. */
  private kind: Kind | null = null;
  /** Where the line was dragged to. */
  private value: number | null = null;
  private curves = new Map<string, Curves>();
  private readonly keep = debounce(() => this.tellView(), KEEP_AFTER);
  private readonly back = () => this.goBack();

  constructor(root: HTMLElement) {
    this.root = root;
    window.addEventListener('popstate', this.back);
    root.replaceChildren(this.kinds, this.instrument, this.heading, this.note, this.rows);
  }

  show({ data, setTriggerValue }: Component): void {
    this.tell = setTriggerValue;
    const { header, arrays } = unpack<Header, Arrays>(data);
    const isNew = this.shown !== header.id;
    if (isNew) this.curves.clear();
    this.shown = header.id;
    this.header = header;
    this.arrays = arrays;
    if (isNew) this.choose(addressed(header.id));
    this.theme = readTheme(this.root, header.looks);
    this.kinds.hidden = this.left.hidden = this.plots.hidden = !this.kind;
    this.instrument.classList.toggle('plain', !this.kind);
    this.note.textContent = header.note;
    this.note.hidden = !header.note;
    this.explain(header.meanings);
    this.refresh();
  }

  /** Choose what an address says; what it leaves open is as at first. */
  private choose(values: Addressed): void {
    const { kinds, scores } = this.header;
    const view = readView(values);
    const others = kinds.slice(1);
    const chosen = others.find(({ name }) => name === view.kind);
    this.kind = chosen ?? (others.length ? others[0] : null);
    this.score = scores.find(({ name }) => name === view.score) ?? scores[0];
    this.value = view.threshold;
    this.missed.isOpen = view.missed;
  }

  /** Follow the address after Back. */
  private goBack(): void {
    this.keep.cancel();
    this.choose(Object.fromEntries(new URLSearchParams(location.search)));
    this.refresh();
  }

  private tellView(): void {
    const { score, kind, value, shown, missed } = this;
    const chosen = { score: score.name, kind: kind?.name ?? null, threshold: value };
    const view = writeView({ ...chosen, missed: missed.isOpen });
    note(shown, view);
    tell('anomalies-view', view);
  }

  /** Let each plot say what it is. */
  private explain(meanings: Meanings): void {
    this.roc.explain(meanings);
    this.precision.explain(meanings);
  }

  /** Draw everything that depends on the kind and the score. */
  private refresh(): void {
    const { header, kind, score } = this;
    this.showScores(kind);
    // “PCA error” keeps its capitals within a sentence.
    const name = /^[A-Z][a-z]/.test(score.title) ? score.title[0].toLowerCase() + score.title.slice(1) : score.title;
    this.heading.textContent = `${header.n}, by ${name}`;
    const ends = header.ranking[score.name];
    const pick = (row: number) => this.pick(row);
    this.rows.replaceChildren(...rankingRows(ends, this.arrays.tiles, header.shape, pick));
    if (kind) this.showInstrument(kind, score);
  }

  /** Ask about an image, and go to where the answer appears. */
  private pick(row: number): void {
    this.tell('pick', row);
    const behavior = prefersStill() ? 'auto' : 'smooth';
    document.querySelector('.st-key-anomaly-answer')?.scrollIntoView({ behavior, block: 'start' });
  }

  private showInstrument(kind: Kind, score: Title): void {
    const { header, theme } = this;
    const color = classColor(theme, header.kinds.indexOf(kind));
    this.root.style.setProperty('--kind', color);
    this.showKinds(kind);
    this.about.replaceChildren(
      h('b', { class: 'kind', text: `${kind.title}: ` }),
      `${kind.meaning} ${counted(kind.n, 'image')} and ${counted(header.kinds[0].n, 'normal image')}.`,
    );
    const curves = header.scores.map((each) => ({
      ...this.curvesFor(each, kind),
      chosen: each === score,
      baseline: each.baseline,
    }));
    this.roc.show(curves.map((each) => ({ ...each, points: each.roc })), theme, color);
    this.precision.show(curves.map((each) => ({ ...each, points: each.precision })), theme, color);
    this.verdict.textContent = kind.verdict[score.name];
    this.verdict.classList.toggle('weak', this.curvesFor(score, kind).area < LITTLE_HELP);
    explain(this.axis, `${score.title} →  ${score.meaning}`, { [score.title]: header.meanings[score.title] });
    const normal = this.scoresOf(score, 'normal');
    this.threshold.show({
      normal,
      anomalous: this.scoresOf(score, kind.name),
      title: score.title,
      value: this.value ?? quantile(normal, START),
      theme,
      color,
    });
  }

  private follow(value: number): void {
    const { kind, score } = this;
    if (!kind) return;
    this.value = value;
    const [normal, anomalous] = ['normal', kind.name].map((name) => this.scoresOf(score, name));
    const rates = ratesAt(normal, anomalous, value);
    this.roc.mark(rates.falseAlarmRate, rates.recall);
    this.precision.mark(rates.recall, rates.precision);
    this.counts.replaceChildren(...countsTable(kind.title, rates, value, this.header.meanings));
    const all = kind.name === 'unseen' ? this.header.missed[score.name] : [];
    this.missed.show(all, value, this.arrays.tiles, this.header.shape);
  }

  private showKinds(chosen: Kind): void {
    const chips = this.header.kinds.slice(1).map((kind) =>
      choice(kind, kind === chosen, this.curvesFor(this.score, kind).area, null, () => {
        this.kind = kind;
        this.refresh();
        this.keep();
      }),
    );
    this.kinds.replaceChildren(...chips);
  }

  private showScores(kind: Kind | null): void {
    const one = (score: Title) => {
      const area = kind && this.curvesFor(score, kind).area;
      const line = score.baseline ? 'dashed' : 'solid';
      return choice(score, score === this.score, area, line, () => {
        this.score = score;
        this.value = null;
        this.refresh();
        this.keep();
      });
    };
    const group = (title: string, isBaseline: boolean) => {
      const scores = this.header.scores.filter(({ baseline }) => baseline === isBaseline);
      const name = h('h3');
      explain(name, title, this.header.meanings);
      return h('div', { class: 'group' }, ...(scores.length ? [name, ...scores.map(one)] : []));
    };
    this.scores.replaceChildren(
      group(kind ? 'Network scores (AUC)' : 'Network scores', false),
      group('Baselines (AUC)', true),
    );
  }

  private scoresOf(score: Title, kind: string): Floats {
    return this.arrays[`${score.name}/${kind}`];
  }

  private curvesFor(score: Title, kind: Kind): Curves {
    const key = `${score.name}/${kind.name}`;
    let curves = this.curves.get(key);
    if (!curves) {
      curves = curvesOf(this.scoresOf(score, 'normal'), this.scoresOf(score, kind.name));
      this.curves.set(key, curves);
    }
    return curves;
  }

  stop(): void {
    this.keep.cancel();
    window.removeEventListener('popstate', this.back);
    this.threshold.stop();
    this.roc.stop();
    this.precision.stop();
  }
}
