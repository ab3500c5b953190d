// The Training page: makes its parts, asks for the stages of what is shown, and moves everything with
// the playhead.

import { kept, listen, subscribe, tell } from '../lib/bus.ts';
import { type Theme, dress, readTheme } from '../lib/colors.ts';
import { debounce, h, prefersStill, say } from '../lib/dom.ts';
import { fillWindow } from '../lib/window.ts';
import { Jobs } from '../runtime/jobs.ts';
import { merged, ownInAddress, putIntoAddress } from '../lib/address.ts';
import { type Choice, NAMES, readChoice, writeChoice } from './address.ts';
import { Asking } from './asking.ts';
import { Bar } from './bar.ts';
import { Decoder } from './decoder.ts';
import { type Setting, type Status, type Training, isLive, unpackStages } from './messages.ts';
import { type Entry, Player } from './player.ts';
import { Question } from './question.ts';
import { RecipeForm } from './recipe.ts';
import { Run } from './run.ts';
import { Steering } from './steering.ts';

const WRITE_AFTER = 250; // milliseconds
const NOTHING: Status = { trainings: [], problems: {}, estimate: null, answer: {}, sent: {} };

export class App {
  private readonly root: HTMLElement;
  private readonly lab: HTMLElement;
  private readonly empty = h('p', { class: 'empty' });
  private readonly problem = h('p', { class: 'toast problem', role: 'alert', hidden: true });
  private readonly jobs = new Jobs();
  private readonly runs = new Map<string, { run: Run; decoder: Decoder }>();
  private readonly player: Player;
  private readonly bar: Bar;
  private readonly recipe: RecipeForm;
  private readonly steering: Steering;
  private readonly question = new Question(() => this.refresh());
  private readonly stops: (() => void)[];
  private readonly writeSoon = debounce(() => this.writeAddress(), WRITE_AFTER);
  private setting: Setting;
  private status: Status = NOTHING;
  private choice: Choice;
  private theme: Theme;
  private turn = 0;
  private readonly asking = new Asking(
    () => this.shown.map((run) => [run, this.runs.get(run)?.run.newestNumber ?? -1]),
    (runs) => tell('watch', { turn: this.nextTurn(), runs }),
  );

  constructor(root: HTMLElement, setting: Setting) {
    this.root = root;
    this.setting = setting;
    this.choice = readChoice(location.search);
    this.theme = readTheme(root, setting.looks);
    this.player = new Player({
      root,
      meanings: setting.meanings,
      theme: () => this.theme,
      choice: () => this.choice,
      moved: () => this.moved(),
      star: (star) => this.choose({ star }),
    });
    this.player.clock.speed = this.choice.speed;
    this.bar = new Bar((patch) => this.choose(patch), () => this.toggleRecipe());
    this.recipe = new RecipeForm(setting, {
      changed: (recipe) => this.order('recipe', { recipe }),
      train: (recipe) => this.order('start', { recipe }),
      left: () => this.bar.focus(),
    });
    this.steering = new Steering({
      order: (order, training, name) => this.order(order, { run: training.run, name }),
      watch: (training) => this.choose({ run: training.run, step: null }),
      open: (name) => this.order('open', { name }),
    });
    const { player, bar, recipe, steering, question } = this;
    const stage = h('div', { class: 'stage' }, player.maps, this.empty, this.problem);
    const { element: transport } = player.transport;
    const foot = h('div', { class: 'foot' }, steering.element, question.element, transport);
    this.lab = h('div', { class: 'lab' }, bar.element, recipe.element, stage, player.panel, foot);
    root.replaceChildren(this.lab);
    dress(this.lab, this.theme);
    this.stops = this.listen();
    this.asking.ask();
    this.refresh();
  }

  private listen(): (() => void)[] {
    const keys = (event: KeyboardEvent) => {
      if (!this.player.transport.key(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', keys);
    const back = () => this.follow(location.search);
    window.addEventListener('popstate', back);
    return [
      () => window.removeEventListener('keydown', keys),
      () => window.removeEventListener('popstate', back),
      fillWindow(this.root, this.lab),
      ownInAddress(NAMES),
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
    this.asking.stop();
    this.player.stop();
    this.writeSoon.cancel();
    this.jobs.stop();
  }

  /** What there is to show, or the theme, has changed. */
  set(setting: Setting): void {
    this.setting = setting;
    this.theme = readTheme(this.root, setting.looks);
    dress(this.lab, this.theme);
    this.asking.ask();
    this.refresh();
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
      this.asking.ask();
      this.lay();
    }
    this.refresh();
    this.writeSoon();
  }

  /** Show what an address says. */
  private follow(search: string): void {
    this.choice = readChoice(search);
    this.player.clock.speed = this.choice.speed;
    this.asking.ask();
    this.lay();
    this.arrive();
    this.refresh();
  }

  // ---- messages ----------------------------------------------------------------------------------

  private nextTurn(): string {
    this.turn += 1;
    return `${SESSION}-${this.turn}`;
  }

  private order(order: string, more: object): void {
    tell('order', { turn: this.nextTurn(), order, ...more });
  }

  private complain(sentence: string): void {
    this.problem.hidden = !sentence;
    this.problem.textContent = sentence;
  }

  private hear(status: Status): void {
    const isNew = status.answer.turn !== this.status.answer.turn;
    const wasLive = this.status.trainings.some(isLive);
    const wasThere = this.training(this.choice.run) !== null;
    this.status = status;
    if (wasThere && !this.training(this.choice.run)) this.choose({ run: null, step: null });
    const { problem, order, run, turn } = status.answer;
    if (isNew && turn?.startsWith(SESSION)) {
      this.complain(problem ?? '');
      if (order === 'start' && run) this.recipe.open(false);
      if ((order === 'start' || order === 'again') && run) this.choose({ run, step: null });
    }
    this.asking.ask();
    this.asking.hear(status.sent);
    if (wasLive && !status.trainings.some(isLive)) this.settle();
    this.lay();
    this.refresh();
  }

  /** A training is over: its axes are now those of its last stage. */
  private settle(): void {
    for (const { run } of this.runs.values()) run.add([], true);
  }

  private receive(id: string, bytes: Uint8Array): void {
    const { opening, stages } = unpackStages(bytes);
    const isOver = !this.isLive(id);
    const known = this.runs.get(id);
    if (known) known.run.add(stages, isOver);
    else if (opening && stages.length) {
      const run = new Run(opening, stages, isOver);
      const decoder = new Decoder(run, this.jobs, () => this.player.repaint());
      this.runs.set(id, { run, decoder });
      void decoder.start().then(() => this.player.repaint());
      this.lay();
    }
    this.refresh();
  }

  private isLive(run: string): boolean {
    const training = this.training(run);
    return training !== null && isLive(training);
  }

  // ---- parts -------------------------------------------------------------------------------------

  /** Put the maps of what is shown on the page, as far as their stages have come. */
  private lay(): void {
    const entries = this.shown.flatMap((id): Entry[] => {
      const found = this.runs.get(id);
      return found ? [{ ...found, title: this.titleOf(id) }] : [];
    });
    const before = this.first;
    if (this.player.lay(entries) && this.first && this.first !== before) this.arrive();
  }

  private get first(): Run | null {
    const { entries } = this.player;
    return entries.length ? entries[0].run : null;
  }

  private track(): void {
    this.player.track(this.player.entries.some(({ run }) => this.isLive(run.id)));
  }

  /** A run has come onto the map: follow it, show the step of the address, or play it once. */
  private arrive(): void {
    const { clock } = this.player;
    const { first } = this;
    if (!first) return;
    this.track();
    if (this.isLive(first.id)) clock.follow();
    else if (this.choice.step !== null) clock.seek(this.choice.step);
    else {
      clock.seek(clock.newest);
      if (!prefersStill() && !PLAYED.has(first.id)) clock.play();
    }
    PLAYED.add(first.id);
  }

  private moved(): void {
    const { clock } = this.player;
    this.choice.step = clock.isAtEnd ? null : clock.step;
    this.choice.speed = clock.speed;
    this.refresh();
    if (!clock.playing) this.writeSoon();
  }

  private toggleRecipe(): void {
    if (this.setting.may) this.recipe.open(!this.recipe.isOpen);
    else this.complain(this.setting.not_here);
    this.refresh();
  }

  /** Bring everything in line with what is known and chosen. */
  private refresh(): void {
    this.track();
    const { setting, status, choice, shown, first } = this;
    const live = status.trainings.find(isLive) ?? null;
    const own = shown.length ? this.training(shown[0]) : null;
    this.bar.update({ setting, status, choice, shown, isTraining: this.recipe.isOpen });
    this.recipe.update(status, live !== null);
    const [newest] = status.trainings;
    const isLost = status.trainings.length > 0 && newest.state === 'interrupted' && newest.mine;
    const lost = isLost ? newest : null;
    this.steering.update(own ?? live ?? lost, own !== null || live === null);
    const { clock } = this.player;
    const isOver = first !== null && !this.isLive(first.id);
    this.question.update(isOver ? first : null, clock.isAtEnd && !clock.playing);
    this.empty.hidden = this.player.entries.length > 0;
    say(this.empty, this.emptyWords(own));
  }

  private emptyWords(pending: Training | null): string {
    if (pending) return `Waiting for the first stage: ${pending.what || 'starting'}…`;
    if (this.shown.length) return 'Loading the stages…';
    return 'The training of this network was not recorded. Choose another one above, or train one.';
  }

  private writeAddress(): void {
    const values = writeChoice(this.choice);
    if (putIntoAddress(values)) tell('address', { ...values, turn: this.nextTurn() });
  }
}

const SESSION = Math.random().toString(36).slice(2);
// A stored run plays by itself once, however often its component is put on the page.
const PLAYED = kept('training played', () => new Set<string>());
