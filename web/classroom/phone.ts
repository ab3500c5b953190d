// The page of a phone: it joins a class with a code, and votes, draws or guesses.

import type { Theme } from '../lib/colors.ts';
import { figure, h, paintImage } from '../lib/dom.ts';
import { base64, readHeader, unpack } from '../lib/message.ts';
import { Strokes } from '../drawing/brush.ts';
import { Pad } from '../drawing/pad.ts';
import { Answers } from './answers.ts';
import { bars } from './bars.ts';
import { ClassMap } from './classmap.ts';
import { askForCode } from './codeform.ts';
import { Dart } from './dart.ts';
import { Live } from './live.ts';
import type { Blob, Looks, PhoneState, Picture, Pixels, Reply, Scene, SceneArrays } from './messages.ts';
import { forgetAll, phoneName, rememberStrokes, rememberedStrokes } from './remembered.ts';

const root = document.getElementById('class')!;
const looks = JSON.parse(document.getElementById('looks')!.textContent) as Looks;
const dark = window.matchMedia('(prefers-color-scheme: dark)');

function theme(): Theme {
  const look = dark.matches ? looks.dark : looks.light;
  return { ...look, dark: dark.matches, classes: look.categorical };
}

class Phone {
  private readonly status = h('p', { class: 'state', role: 'status' });
  private readonly problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  private readonly stage = h('section');
  private readonly live: Live;
  private readonly answers: Answers;
  private readonly code: string;
  private state: PhoneState | null = null;
  private scene: { header: Scene; arrays: SceneArrays } | null = null;
  private picture: Pixels | null = null;
  private pad: Pad | null = null;
  private map: ClassMap | null = null;
  private dart: Dart | null = null;
  private shown = '';
  /** Of a ranking that is not complete yet: the choices so far, the first one first. */
  private order: number[] = [];

  constructor(code: string) {
    this.code = code;
    root.replaceChildren(this.status, this.problem, this.stage);
    this.status.textContent = 'Joining …';
    this.answers = new Answers((message) => this.live.say(message));
    const address = new URL(location.href);
    address.hash = address.search = '';
    address.protocol = address.protocol.replace('http', 'ws');
    address.pathname = `${address.pathname.replace(/\/$/, '')}/phone`;
    let stood = true;
    this.live = new Live(address.href, {
      hello: () => ({ kind: 'hello', code: this.code, phone: phoneName() }),
      text: (message) => this.hear(message as PhoneState | Reply),
      bytes: (content) => this.take(content),
      connected: (stands) => {
        this.status.classList.toggle('lost', !stands);
        if (!stands) this.status.textContent = 'The connection is lost. Trying again …';
        else if (!stood) this.answers.reconnected();
        stood = stands;
      },
    });
    dark.addEventListener('change', () => this.map?.restyle(theme()));
  }

  private hear(message: PhoneState | Reply): void {
    if (message.kind === 'refused') {
      this.live.stop();
      askForCode(root, begin, message.text);
    } else if (message.kind === 'taken') {
      this.answers.taken(message.turn);
      this.say('');
    } else if (message.kind === 'not_taken') {
      this.answers.refused();
      this.say(message.text);
    } else {
      this.state = message;
      this.show();
    }
    this.showStatus();
  }

  private take(content: Uint8Array): void {
    const { id } = readHeader<Blob>(content);
    if (id === 'scene') {
      const { header, arrays } = unpack<Scene, SceneArrays>(content);
      this.scene = { header, arrays };
    } else if (id === 'picture') {
      this.picture = unpack<Picture, Pixels>(content).arrays;
    }
    this.shown = '';
    if (this.state) this.show();
  }

  private say(problem: string): void {
    this.problem.textContent = problem;
    this.problem.hidden = !problem;
  }

  private showStatus(): void {
    if (!this.state || this.status.classList.contains('lost')) return;
    this.status.textContent = this.answers.isDone ? this.stateInWords() : 'Sending …';
  }

  private stateInWords(): string {
    const { activity, phase, mine } = this.state!;
    const has = mine.has_drawn || mine.choice !== null || mine.ranking !== null || mine.place !== null;
    if (activity === 'wait') return 'You are in the class.';
    if (phase === 'revealed') return 'Look at the screen in front.';
    if (phase === 'frozen') return 'Your teacher has closed this question.';
    if (activity === 'draw') {
      return has || this.pad?.strokes.isEmpty === false ? 'Your drawing is on the map.' : 'Draw below.';
    }
    if (activity === 'rank' && this.order.length < this.state!.choices.length) {
      return 'Tap all of them, one after the other; tap one again to take it back.';
    }
    return has ? 'Your answer has arrived. You can still change it.' : 'Answer below.';
  }

  private show(): void {
    const state = this.state!;
    if (state.ended) {
      this.end();
      return;
    }
    const key = [state.number, state.activity, state.phase === 'revealed'].join(' ');
    const isNew = key !== this.shown;
    if (isNew) {
      this.shown = key;
      this.say('');
      this.map?.stop();
      this.map = this.pad = this.dart = null;
      const title = state.activity === 'wait' ? 'Wait for your teacher’s question.' : state.prompt;
      this.stage.replaceChildren(h('h1', { text: title }), ...this.body(state));
    }
    for (const button of this.stage.querySelectorAll<HTMLButtonElement>('.choices button')) {
      button.disabled = state.phase !== 'open';
      button.setAttribute('aria-pressed', String(this.isChosen(Number(button.value))));
    }
    if (this.pad) {
      this.pad.isLocked = state.phase !== 'open';
      for (const button of this.stage.querySelectorAll('button')) button.disabled = this.pad.isLocked;
      if (!this.pad.isLocked) this.pad.tools.refresh();
    }
    if (this.dart) this.dart.isLocked = state.phase !== 'open';
    this.map?.paint();
  }

  private isChosen(choice: number): boolean {
    const { activity, mine } = this.state!;
    return activity === 'rank' ? this.order.includes(choice) : choice === mine.choice;
  }

  private body(state: PhoneState): Node[] {
    const { activity, phase } = state;
    if (activity === 'rank') return [phase === 'revealed' ? bars(state) : this.ranking(state)];
    if (activity === 'vote' || activity === 'consent') {
      return [phase === 'revealed' ? bars(state, state.mine.choice) : this.ballot(state)];
    }
    if (activity === 'draw') return phase === 'revealed' ? [h('p', { text: 'The drawing is closed.' })] : this.easel();
    return activity === 'guess' ? this.target(state) : [];
  }

  private ballot({ choices, number }: PhoneState): HTMLElement {
    const buttons = choices.map((text, choice) =>
      h('button', {
        class: 'big',
        text,
        value: choice,
        onclick: () => {
          this.state!.mine.choice = choice;
          this.answers.give({ kind: 'vote', number, choice });
          this.show();
          this.showStatus();
        },
      }),
    );
    return h('div', { class: 'choices' }, ...buttons);
  }

  private ranking({ choices, number, mine }: PhoneState): HTMLElement {
    this.order = mine.ranking ?? [];
    const ranks = choices.map(() => h('span', { class: 'rank' }));
    const place = () => ranks.forEach((rank, choice) => {
      const at = this.order.indexOf(choice);
      rank.textContent = at < 0 ? '' : `${at + 1}. `;
    });
    const buttons = choices.map((text, choice) =>
      h(
        'button',
        {
          class: 'big',
          value: choice,
          onclick: () => {
            const without = this.order.filter((other) => other !== choice);
            this.order = without.length < this.order.length ? without : [...without, choice];
            const isComplete = this.order.length === choices.length;
            if (isComplete) {
              this.state!.mine.ranking = this.order;
              this.answers.give({ kind: 'rank', number, order: this.order });
            }
            place();
            this.show();
            this.showStatus();
          },
        },
        ranks[choice],
        text,
      ),
    );
    place();
    return h('div', { class: 'choices' }, ...buttons);
  }

  private easel(): Node[] {
    if (!this.scene) return [];
    const { number } = this.state!;
    const strokes = new Strokes();
    strokes.list = rememberedStrokes(number);
    const tell = () => {
      rememberStrokes(number, strokes);
      if (strokes.isEmpty) return;
      this.answers.give({ kind: 'draw', number, pixels: base64(this.pad!.seen()) });
      this.showStatus();
    };
    let isDown = false;
    const pad = new Pad(this.scene.header, 'Draw here', strokes, {
      changed: () => {
        if (!isDown) tell(); // undo and its like
      },
      lifted: () => {
        isDown = false;
        tell();
      },
    });
    pad.sheet.addEventListener('pointerdown', () => (isDown = !pad.isLocked), true);
    this.pad = pad;
    return [h('div', { class: 'easel' }, pad.sheet, pad.tools.element)];
  }

  private target({ number }: PhoneState): Node[] {
    if (!this.scene || !this.picture) return [];
    const { header, arrays } = this.scene;
    const picture = h('canvas');
    paintImage(picture, this.picture.pixels, header.shape);
    const text = h('p', { text: this.targetText() });
    const map = new ClassMap(header, arrays, theme(), 2, (context) => this.paintDarts(context));
    const dart = new Dart(map, () => this.state!.mine.place, ([x, y]) => {
      this.state!.mine.place = [x, y];
      this.answers.give({ kind: 'guess', number, x, y });
      map.paint();
      this.showStatus();
    });
    this.map = map;
    this.dart = dart;
    return [h('div', { class: 'question-picture' }, picture, text), map.element, dart.where];
  }

  private targetText(): string {
    const { distance, phase } = this.state!;
    if (phase !== 'revealed') return 'Tap where this image is encoded.';
    if (distance === null || distance === undefined) return 'The ring marks its latent.';
    return `The ring marks its latent, ${figure(distance)} ${this.scene!.header.units} from your tap.`;
  }

  private paintDarts(context: CanvasRenderingContext2D): void {
    const { truth, mine } = this.state!;
    const { accent, background } = theme();
    const mark = (place: [number, number], isRing: boolean) => {
      const [x, y] = this.map!.view.toScreen(...place);
      context.beginPath();
      context.arc(x, y, isRing ? 12 : 7, 0, 7);
      context.lineWidth = isRing ? 4 : 3;
      context.strokeStyle = isRing ? accent : background;
      context.fillStyle = accent;
      if (!isRing) context.fill();
      context.stroke();
    };
    if (truth) mark(truth, true);
    if (mine.place) mark(mine.place, false);
    this.dart?.paint(context, accent, background);
  }

  private end(): void {
    this.live.stop();
    forgetAll();
    history.replaceState(null, '', location.pathname);
    const text = 'Votes, drawings and guesses are deleted, here and on the teacher’s machine.';
    root.replaceChildren(h('h1', { text: 'The class has ended.' }), h('p', { text }));
  }
}

const given = /^#(\d{6})$/.exec(location.hash)?.[1];
const begin = (code: string) => new Phone(code);
if (given) begin(given);
else askForCode(root, begin);
