// The Training page: makes its parts, asks for the stages of what is shown, and moves everything with
// the playhead.

import { kept, listen, subscribe, tell } from '../lib/bus.ts';
import { type Theme, readTheme } from '../lib/colors.ts';
import { debounce, h, prefersStill } from '../lib/dom.ts';
import { fillWindow } from '../lib/window.ts';
import { Jobs } from '../runtime/jobs.ts';
import { merged } from '../explore/address.ts';
import { type Choice, readChoice, writeChoice } from './address.ts';
import { Bar } from './bar.ts';
import { Clock } from './clock.ts';
import { Curves } from './curves.ts';
import { Decoder } from './decoder.ts';
import { Gallery } from './gallery.ts';
import { type Recipe, type Setting, type Status, type Training, isLive, unpackStages } from './messages.ts';
import { Pane, type Shown, type Spot } from './pane.ts';
import { Question } from './question.ts';
import { RecipeForm } from './recipe.ts';
import { Run } from './run.ts';
import { Steering } from './steering.ts';
import { Transport } from './transport.ts';

const COLORS = ['background', 'surface', 'ink', 'muted', 'line', 'accent', 'warning', 'error'] as const;
const WRITE_AFTER = 250; // milliseconds
const NOTHING: Status = { trainings: [], problems: {}, estimate: null, answer: {} };

export class App {
  private readonly root: HTMLElement;
  private readonly lab: HTMLElement;
  private readonly maps = h('div', { class: 'maps' });
  private readonly empty = h('p', { class: 'empty' });
  private readonly problem = h('p', { class: 'toast problem', role: 'alert', hidden: true });
  private readonly jobs = new Jobs();
  private readonly clock = new Clock();
  private readonly runs = new Map<string, Run>();
  private readonly decoders = new Map<string, Decoder>();
  private readonly bar: Bar;
  private readonly recipe: RecipeForm;
  private readonly gallery = new Gallery();
  private readonly curves: Curves;
  private readonly transport: Transport;
  private readonly steering: Steering;
  private readonly question = new Question();
  private readonly stops: (() => void)[];
  private readonly writeSoon = debounce(() => this.writeAddress(), WRITE_AFTER);
  private setting: Setting;
  private status: Status = NOTHING;
  private choice: Choice;
  private theme: Theme;
  private panes: Pane[] = [];
  private spot: Spot | null = null;
  private frame: number | null = null;
  private before = 0;
  private turn = 0;
  private asked = '';
  private dirty = true;

  constructor(root: HTMLElement, setting: Setting) {
    this.root = root;
    this.setting = setting;
    this.choice = readChoice(location.search);
    this.theme = readTheme(root, setting.looks);
    this.clock.speed = this.choice.speed;
    this.clock.still = prefersStill();
    this.bar = new Bar((patch) => this.choose(patch), () => this.toggleRecipe());
    this.recipe = new RecipeForm(setting, {
      changed: (recipe) => this.order('recipe', { recipe }),
      train: (recipe) => this.train(recipe),
    });
    this.curves = new Curves((step) => {
      this.clock.seek(step);
      this.moved();
    });
    this.transport = new Transport(this.clock, () => this.moved());
    this.steering = new Steering({
      order: (order, training, name) => this.order(order, { run: training.run, name }),
      watch: (training) => this.choose({ run: training.run, step: null }),
      open: (name) => this.order('open', { name }),
    });
    const stage = h('div', { class: 'stage' }, this.maps, this.empty, this.problem);
    const foot = h(
      'div',
      { class: 'foot' },
      this.steering.element,
      this.question.element,
      this.transport.element,
    );
    const panel = h('div', { class: 'panel' }, this.gallery.element, this.curves.element);
    this.lab = h('div', { class: 'lab' }, this.bar.element, this.recipe.element, stage, panel, foot);
    root.replaceChildren(this.lab);
    this.question.element.addEventListener('guessed', () => this.refresh());
    this.dress();
    this.stops = this.listen();
    this.ask();
    this.refresh();
  }

  private listen(): (() => void)[] {
    const keys = (event: KeyboardEvent) => {
      if (!this.transport.key(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', keys);
    const back = () => this.follow(location.search);
    window.addEventListener('popstate', back);
    const resize = new ResizeObserver(() => this.resize());
    resize.observe(this.maps);
    return [
      () => window.removeEventListener('keydown', keys),
      () => window.removeEventListener('popstate', back),
      () => resize.disconnect(),
      fillWindow(this.root, this.lab),
      listen<Status>('training', (status) => this.hear(status)),
      listen<Record<string, string>>('training address', (values) => {
        this.follow(`?${merged(location.search, values)}`);
      }),
      subscribe((topic, bytes) => {
        if (!topic.startsWith('stages ')) return false;
        this.receive(topic.slice('stages '.length), bytes);
        return true;
      }),
    ];
  }

  /** Take the page down; nothing of it keeps running. */
  stop(): void {
    for (const stop of this.stops) stop();
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.frame = -1;
    this.writeSoon.cancel();
    this.jobs.stop();
  }

  /** What there is to show, or the theme, has changed. */
  set(setting: Setting): void {
    this.setting = setting;
    this.theme = readTheme(this.root, setting.looks);
    this.dress();
    this.ask();
    this.refresh();
  }

  private dress(): void {
    for (const name of COLORS) this.lab.style.setProperty(`--${name}`, this.theme[name]);
    this.lab.style.setProperty('--veil', `${this.theme.background}d9`);
    this.lab.style.colorScheme = this.theme.dark ? 'dark' : 'light';
  }

  // ---- what is shown -----------------------------------------------------------------------------

  private training(run: string | null): Training | null {
    return this.status.trainings.find((training) => training.run === run) ?? null;
  }

  /** The runs on the map: what was chosen, else the one of the header. */
  private get shown(): string[] {
    const { stored, checkpoint } = this.setting;
    const exists = (run: string | null): run is string =>
      run !== null && (stored.some((other) => other.run === run) || this.training(run) !== null);
    const first = [this.choice.run, checkpoint].find(exists);
    const { beside } = this.choice;
    return [...(first ? [first] : []), ...(first && exists(beside) && beside !== first ? [beside] : [])];
  }

  private titleOf(run: string): string {
    return this.training(run)?.title ?? this.setting.stored.find((other) => other.run === run)?.run ?? run;
  }

  private choose(patch: Partial<Choice>): void {
    this.choice = { ...this.choice, ...patch };
    if ('run' in patch || 'beside' in patch) {
      this.ask();
      this.lay();
      this.arrive();
    }
    this.refresh();
    this.writeSoon();
  }

  /** Show what an address says. */
  private follow(search: string): void {
    this.choice = readChoice(search);
    this.clock.speed = this.choice.speed;
    this.ask();
    this.lay();
    this.arrive();
    this.refresh();
  }

  // ---- messages ----------------------------------------------------------------------------------

  /** Ask for the stages of what is shown, from where they are known. */
  private ask(): void {
    const runs = this.shown.map((run) => [run, this.runs.get(run)?.newestNumber ?? -1]);
    const asked = this.shown.join(' ');
    if (asked === this.asked) return;
    this.asked = asked;
    tell('watch', { turn: this.nextTurn(), runs });
  }

  private nextTurn(): string {
    this.turn += 1;
    return `${SESSION}-${this.turn}`;
  }

  private order(order: string, more: object): void {
    tell('order', { turn: this.nextTurn(), order, ...more });
  }

  private train(recipe: Recipe): void {
    this.problem.hidden = true;
    this.order('start', { recipe });
  }

  private hear(status: Status): void {
    const isNew = status.answer.turn !== this.status.answer.turn;
    const wasLive = this.status.trainings.some(isLive);
    this.status = status;
    const { problem, order, run, turn } = status.answer;
    if (isNew && turn?.startsWith(SESSION)) {
      this.problem.hidden = !problem;
      this.problem.textContent = problem ?? '';
      if (order === 'start' && run) {
        this.recipe.open(false);
        this.choose({ run, step: null });
      }
    }
    this.ask();
    if (wasLive && !status.trainings.some(isLive)) this.settle();
    this.lay();
    this.refresh();
  }

  /** A training is over: its axes are now those of its last stage. */
  private settle(): void {
    for (const run of this.runs.values()) run.add([], true);
  }

  private receive(id: string, bytes: Uint8Array): void {
    const { opening, stages } = unpackStages(bytes);
    let run = this.runs.get(id);
    const isFirst = !run && opening !== null;
    if (isFirst) this.runs.set(id, (run = new Run(opening)));
    if (!run) return;
    const training = this.training(id);
    run.add(stages, !training || !isLive(training));
    if (isFirst) {
      const decoder = new Decoder(run, this.jobs, () => this.repaint());
      this.decoders.set(id, decoder);
      void decoder.start().then(() => this.refresh());
      this.lay();
      this.arrive();
    }
    this.refresh();
  }

  // ---- parts -------------------------------------------------------------------------------------

  /** Put the maps of what is shown on the page, as far as their stages have come. */
  private lay(): void {
    const wanted = this.shown.filter((run) => this.runs.has(run));
    if (wanted.join(' ') === this.panes.map(({ run }) => run.id).join(' ')) return;
    for (const { decoder } of this.panes) decoder.uncover();
    this.panes = wanted.map((id) => {
      const actions = {
        point: (spot: Spot | null) => this.point(spot),
        star: (star: number | null) => this.choose({ star }),
      };
      return new Pane(this.runs.get(id)!, this.decoders.get(id)!, this.titleOf(id), actions);
    });
    this.maps.replaceChildren(...this.panes.map(({ element }) => element));
    this.gallery.lay(this.panes, wanted.map((id) => this.titleOf(id)));
    this.resize();
  }

  /** A run has come onto the map: show the step of the address, follow it, or play it once. */
  private arrive(): void {
    const [first] = this.panes;
    if (!first) return;
    this.track();
    const training = this.training(first.run.id);
    if (training && isLive(training)) this.clock.follow();
    else if (this.choice.step !== null) this.clock.seek(this.choice.step);
    else if (prefersStill() || PLAYED.has(first.run.id)) this.clock.seek(this.clock.newest);
    else {
      this.clock.seek(0);
      this.clock.play();
    }
    PLAYED.add(first.run.id);
  }

  private track(): void {
    const runs = this.panes.map(({ run }) => run);
    const steps = [...new Set(runs.flatMap((run) => run.steps))].sort((a, b) => a - b);
    const live = this.panes.some(({ run }) => {
      const training = this.training(run.id);
      return training !== null && isLive(training);
    });
    const planned = live ? runs.map(({ opening }) => opening.header.n_steps) : [];
    this.clock.take({ steps: steps.length ? steps : [0], last: Math.max(0, ...planned, ...steps) });
  }

  private resize(): void {
    for (const pane of this.panes) pane.resize();
    this.repaint();
  }

  private point(spot: Spot | null): void {
    this.spot = spot;
    this.repaint();
  }

  private moved(): void {
    this.choice.step = this.clock.isAtEnd ? null : this.clock.step;
    this.choice.speed = this.clock.speed;
    this.refresh();
    if (!this.clock.playing) this.writeSoon();
  }

  private toggleRecipe(): void {
    if (this.setting.may) this.recipe.open(!this.recipe.isOpen);
    else {
      this.problem.hidden = false;
      this.problem.textContent = this.setting.not_here;
    }
    this.refresh();
  }

  /** Bring everything in line with what is known and chosen. */
  private refresh(): void {
    this.track();
    const { setting, status, choice, panes } = this;
    const live = status.trainings.find(isLive) ?? null;
    const [first] = panes;
    const own = first ? this.training(first.run.id) : null;
    const pending = this.training(this.shown[0] ?? null);
    this.bar.update({ setting, status, choice, shown: this.shown, isTraining: this.recipe.isOpen });
    this.recipe.update(status, live !== null);
    const offered = live ?? status.trainings.find(({ state, mine }) => state === 'interrupted' && mine);
    this.steering.update(own ?? pending ?? offered ?? null, (own ?? pending) !== null);
    const isOver = !own || !isLive(own);
    if (first) this.question.update(first.run, isOver && this.clock.isAtEnd && !this.clock.playing);
    else this.question.element.hidden = true;
    this.empty.hidden = panes.length > 0;
    this.empty.textContent = this.emptyWords(pending);
    this.curves.lay(panes.map(({ run }) => run), this.clock.track.last);
    this.repaint();
  }

  private emptyWords(pending: Training | null): string {
    if (pending) return `Waiting for the first stage: ${pending.what || 'starting'}…`;
    if (this.shown.length) return 'Loading the stages…';
    return 'The training of this network was not recorded. Choose another one above, or train one.';
  }

  // ---- painting ----------------------------------------------------------------------------------

  private repaint(): void {
    this.dirty = true;
    this.frame ??= requestAnimationFrame((now) => this.paint(now));
  }

  private paint(now: number): void {
    this.frame = null;
    const seconds = Math.min(0.1, (now - this.before) / 1000);
    this.before = now;
    const { clock } = this;
    const wasPlaying = clock.playing;
    const moving = clock.tick(seconds);
    if (!moving && !this.dirty) return;
    this.dirty = false;
    const { step } = clock;
    const { theme, spot, choice } = this;
    const { labels, lattice, star } = choice;
    const shown: Shown = { step, theme, labels, lattice, star, spot, moving };
    for (const pane of this.panes) {
      const stage = pane.run.stageAt(step);
      if (!stage) continue;
      pane.decoder.use(stage);
      if (lattice) pane.decoder.cover();
      pane.paint(shown);
    }
    if (this.panes.length) {
      this.gallery.update(step);
      this.gallery.point(spot, step);
    }
    this.curves.point(step);
    this.transport.update(this.panes[0]?.run.stageAt(step)?.header.epoch ?? 0);
    this.root.dataset.step = String(Math.round(step));
    this.root.dataset.stages = String(this.panes[0]?.run.stages.length ?? 0);
    if (wasPlaying && !clock.playing) this.moved();
    if (moving || clock.playing) this.repaint();
    else if (this.wasMoving) this.repaint(); // once more, with names
    this.wasMoving = moving;
  }

  private wasMoving = false;

  private writeAddress(): void {
    const values = writeChoice(this.choice);
    const query = merged(location.search, values);
    if (query === location.search.slice(1)) return;
    const address = `${location.pathname}${query ? `?${query}` : ''}${location.hash}`;
    window.history.replaceState(window.history.state, '', address);
    tell('address', { ...values, turn: this.nextTurn() });
  }
}

const SESSION = Math.random().toString(36).slice(2);
// A stored run plays by itself once, however often its component is put on the page.
const PLAYED = kept('training played', () => new Set<string>());
