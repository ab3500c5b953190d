// The component: what the class sees in front, and the teacher's few buttons under it.

import { type Theme, readTheme } from '../lib/colors.ts';
import { type Board, keeping } from '../lib/component.ts';
import { figure, h, paintImage } from '../lib/dom.ts';
import { readHeader, unpack } from '../lib/message.ts';
import { answered, bars } from './bars.ts';
import { ClassMap } from './classmap.ts';
import { Landings } from './landings.ts';
import { Live } from './live.ts';
import type { Access } from './tally.ts';
import type {
  Blob, Comparison, Landed, Looks, Picture, Pixels, ProjectorState, Scene, SceneArrays,
} from './messages.ts';

/** What ui/classroom/panel.py sends. */
interface Told extends Access {
  /** Rows of the QR code: '1' is dark. */
  qr: string[];
  looks: Looks;
}

export default keeping<Projector, Told>(
  '#projector',
  (root, component) => new Projector(root, component.data),
  (projector, component) => projector.restyle(component.data),
);

class Projector implements Board {
  private readonly root: HTMLElement;
  private readonly prompt = h('h2', { class: 'prompt' });
  private readonly tally = h('p', { class: 'tally', role: 'status' });
  private readonly stage = h('div', { class: 'stage' });
  private readonly beside = h('div', { class: 'beside' });
  private readonly controls = h('div', { class: 'controls' });
  private readonly landings = new Landings((phone) => this.say('hide', phone));
  private readonly live: Live;
  private told: Told;
  private theme: Theme;
  private state: ProjectorState | null = null;
  private scene: { header: Scene; arrays: SceneArrays } | null = null;
  private picture: Pixels | null = null;
  private map: ClassMap | null = null;
  private shown = '';

  constructor(root: HTMLElement, told: Told) {
    this.root = root;
    this.told = told;
    this.theme = readTheme(root, told.looks);
    const top = h('div', { class: 'top' }, this.prompt, this.tally);
    root.replaceChildren(top, this.controls, this.stage);
    this.live = new Live(`${location.origin.replace('http', 'ws')}${told.path}`, {
      hello: () => ({ key: told.key }),
      text: (message) => this.hear(message as ProjectorState),
      bytes: (content) => this.take(content),
      connected: (stands) => {
        this.tally.classList.toggle('lost', !stands);
        if (!stands) this.tally.textContent = 'The connection to the app is lost. Trying again …';
      },
    });
    this.restyle(told);
  }

  restyle(told: Told): void {
    this.told = told;
    this.theme = readTheme(this.root, told.looks);
    this.root.style.setProperty('--muted', this.theme.muted);
    this.root.style.setProperty('--quiet', this.theme.quiet);
    this.map?.restyle(this.theme);
  }

  private say(what: string, phone = 0): void {
    this.live.say({ do: what, phone });
  }

  private hear(state: ProjectorState): void {
    if (state.number !== this.state?.number) this.landings.clear();
    this.state = state;
    if (state.ended) this.live.stop();
    this.show();
  }

  private take(content: Uint8Array): void {
    const { id } = readHeader<Blob>(content);
    if (id === 'scene') {
      const { header, arrays } = unpack<Scene, SceneArrays>(content);
      this.scene = { header, arrays };
      this.shown = '';
    } else if (id === 'picture') {
      this.picture = unpack<Picture, Pixels>(content).arrays;
      this.shown = '';
    } else if (id === 'drawings' && this.map) {
      const { header, arrays } = unpack<Landed, Pixels>(content);
      this.landings.take(header, arrays);
    } else if (id === 'comparison') {
      const { header, arrays } = unpack<Comparison, Partial<Pixels>>(content);
      this.compare(header, arrays);
    }
  }

  private show(): void {
    const state = this.state!;
    this.prompt.textContent = state.ended
      ? 'The class has ended.'
      : state.prompt || 'Join the class with your phone';
    this.tally.textContent = answered(state);
    this.fillWindow();
    const key = [state.number, state.activity, state.phase === 'revealed', state.ended].join(' ');
    if (key !== this.shown || state.counts) {
      if (key !== this.shown) this.beside.replaceChildren();
      this.shown = key;
      this.stageAnew(state);
    }
    this.landings.setHidden(state.hidden);
    if (state.activity === 'guess') this.map?.paint();
    this.showControls(state);
  }

  /** Reach from where it stands to the end of the window. */
  private fillWindow(): void {
    const { top } = this.root.getBoundingClientRect();
    if (top > 0) this.root.style.setProperty('--above', `${Math.round(top) + 10}px`);
  }

  private stageAnew(state: ProjectorState): void {
    const { activity, counts, ended } = state;
    if (ended) this.stage.replaceChildren(h('p', { text: 'All answers are deleted.' }));
    else if (activity === 'wait') this.stage.replaceChildren(this.lobby());
    else if (activity === 'draw' || activity === 'guess') this.showMap(state);
    else if (counts) this.stage.replaceChildren(bars(state));
    else this.stage.replaceChildren(this.questions(state));
    if (activity !== 'draw' && activity !== 'guess') this.leaveMap();
  }

  private leaveMap(): void {
    this.map?.stop();
    this.map = null;
  }

  private questions({ choices }: ProjectorState): HTMLElement {
    return h('ul', { class: 'choices' }, ...choices.map((text) => h('li', { text })));
  }

  private lobby(): HTMLElement {
    const { qr, address, code } = this.told;
    const d = qr
      .flatMap((row, y) => Array.from(row, (cell, x) => (cell === '1' ? `M${x} ${y}h1v1h-1z` : '')))
      .join('');
    const side = qr.length;
    const picture = h(
      'svg',
      { viewBox: `-4 -4 ${side + 8} ${side + 8}`, role: 'img', 'aria-label': `QR code of ${address}` },
      h('path', { d, fill: '#000' }),
    );
    const text = h(
      'div',
      {},
      h('p', { text: 'Scan the code, or open' }),
      h('p', { class: 'address', text: address }),
      h('p', { text: 'and type' }),
      h('p', { class: 'code', text: code }),
    );
    return h('div', { class: 'lobby' }, picture, text);
  }

  private showMap(state: ProjectorState): void {
    if (!this.scene) return;
    this.leaveMap();
    const { header, arrays } = this.scene;
    this.map = new ClassMap(header, arrays, this.theme, 3, (context) => {
      if (this.state?.activity === 'guess') this.landings.aim(context, this.state, this.theme);
      else this.landings.place(context, this.theme);
    });
    this.stage.replaceChildren(this.map.element, this.beside);
    this.landings.attach(this.map);
    if (state.activity === 'guess') this.showGuess(state, header);
  }

  private showGuess({ truth, guesses = [] }: ProjectorState, { shape, units }: Scene): void {
    if (!this.picture) return;
    const picture = h('canvas');
    paintImage(picture, this.picture.pixels, shape);
    const distances = guesses.map(({ distance }) => distance).sort((a, b) => a - b);
    const middle = distances[distances.length >> 1];
    const text = !truth
      ? 'Where is this image encoded?'
      : !distances.length
        ? 'The ring marks its latent.'
        : `The ring marks its latent. The nearest guess is ${figure(distances[0])} away, ` +
          `the median ${figure(middle)}, ${units}.`;
    this.beside.replaceChildren(h('p', { text }), picture);
  }

  private compare({ titles, sentences }: Comparison, { pixels }: Partial<Pixels>): void {
    if (!pixels) {
      this.beside.replaceChildren(h('p', { text: 'There are no drawings.' }));
      return;
    }
    const [, height, width, channels] = pixels.shape;
    const size = height * width * channels;
    const figures = titles.map((title, i) => {
      const picture = h('canvas');
      paintImage(picture, pixels.subarray(i * size, (i + 1) * size), [height, width, channels]);
      return h('figure', {}, picture, h('figcaption', { text: title }));
    });
    const texts = sentences.map((text) => h('p', { text }));
    this.beside.replaceChildren(...texts, h('div', { class: 'pictures' }, ...figures));
  }

  private showControls({ activity, phase, hidden, ended }: ProjectorState): void {
    const button = (text: string, onclick: () => void, isMain = false) =>
      h('button', { text, onclick, class: isMain ? 'main' : null });
    const full = button('Full screen', () => void this.root.requestFullscreen());
    if (ended || activity === 'wait') {
      this.controls.replaceChildren(ended ? '' : full);
      return;
    }
    const parts = [
      phase === 'revealed'
        ? button('Open again', () => this.say('open'))
        : button('Reveal', () => this.say('revealed'), true),
      phase === 'open' ? button('Freeze', () => this.say('frozen')) : null,
      phase === 'frozen' ? button('Unfreeze', () => this.say('open')) : null,
      button('Clear', () => this.say('clear')),
      hidden.length
        ? button(`Show ${hidden.length} hidden`, () => hidden.forEach((phone) => this.say('show', phone)))
        : null,
      full,
      h('span', { class: 'join', text: `${this.told.address} · ${this.told.code}` }),
    ];
    this.controls.replaceChildren(...parts.filter((part) => part !== null));
  }

  stop(): void {
    this.live.stop();
    this.leaveMap();
    this.landings.stop();
  }
}
