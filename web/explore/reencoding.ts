// Re-encoding: decode, encode, decode ... as filmstrips of several networks, and as walks on the map.

import { type Described, nearestFirst } from '../latent/space.ts';
import { tell } from '../lib/bus.ts';
import { h, prefersStill } from '../lib/dom.ts';
import type { Floats } from '../lib/message.ts';
import { type NetworkSpec, loadNetwork } from '../runtime/runtime.ts';
import type { View } from '../scatter/view.ts';
import { type Offered, besideControls } from './beside.ts';
import type { Cursor } from './cursor.ts';
import type { Engine } from './engine.ts';
import type { Model } from './model.ts';
import { Playback } from './playback.ts';
import { ROUNDS } from './state.ts';
import type { Tool } from './tool.ts';
import { DASHES, SHOWN, Walker, type WalkerSpec } from './walker.ts';

const MOST_BESIDE = 3;
const WAITING = 'Loading the networks…';
const REMOTE = 'This network runs on the server; re-encoding needs a network that runs in the browser.';

/** The message `reencoder` of latentlab/ui/explore/messages.py: both halves of a network. */
export interface ReencoderMessage {
  header: Described & { encoder: NetworkSpec | null; decoder: NetworkSpec | null };
  arrays: { encoder_weights?: Floats; decoder_weights?: Floats };
}
interface Needs {
  model: Model;
  view: View;
  engine: Engine;
  cursor: Cursor;
  refresh: () => void;
}

/** The re-encoding tool. */
export class Reencoding implements Tool {
  private readonly needs: Needs;
  private readonly arrived = new Map<string, WalkerSpec | null>(); // null: the browser cannot run it
  private walkers: Walker[] = [];
  private readonly slider = h('input', {
    ...{ type: 'range', min: 0, max: ROUNDS, 'aria-label': 'round' },
    oninput: () => this.needs.model.set({ round: Number(this.slider.value) }, 'slide'),
  });
  private readonly number = h('output');
  private readonly playButton = h('button', { class: 'primary', onclick: () => this.togglePlay() });
  private readonly playback: Playback;

  constructor(needs: Needs) {
    this.needs = needs;
    const moved = (share: number) => {
      const round = Math.round(share * ROUNDS);
      if (round !== needs.model.state.round) needs.model.set({ round }, 'slide');
    };
    const said = (text: string) => {
      this.playButton.textContent = text;
    };
    this.playback = new Playback(SHOWN.length, moved, said);
  }

  private get offered(): Offered[] {
    const { space } = this.needs.model;
    return nearestFirst(space.recipe, space.reencoders).map(({ name, line, latent_dim, family }) => {
      const away = this.arrived.get(name) === null ? '. It does not run in the browser' : '';
      return { name, line: `${line}${away}`, latent_dim, family };
    });
  }

  private get chosen(): string[] {
    return (this.needs.model.state.beside ?? this.suggestion()).slice(0, MOST_BESIDE);
  }

  /** The other kind of autoencoder, and a denoiser, where they are here. */
  private suggestion(): string[] {
    const { space } = this.needs.model;
    const known = nearestFirst(space.recipe, space.reencoders);
    const same = known.filter(({ task }) => task === space.task);
    const ofSize = same.filter(({ latent_dim }) => latent_dim === space.z);
    const kind = (list: Described[]) => list.find(({ model }) => model !== space.model);
    const other = kind(ofSize) ?? kind(same);
    const denoiser = known.find(({ task }) => task === 'denoise');
    return [other, denoiser].flatMap((network) => (network ? [network.name] : []));
  }

  /** A network that was asked for has arrived. */
  async receive({ header, arrays }: ReencoderMessage): Promise<void> {
    const { encoder, decoder, name, line, image, latent_dim } = header;
    const { encoder_weights: into, decoder_weights: from } = arrays;
    if (!encoder || !decoder || !into || !from) this.arrived.set(name, null);
    else {
      const [inward, outward] = [await loadNetwork(encoder, into), await loadNetwork(decoder, from)];
      const coder = {
        encode: (values: Float32Array) => inward.run(values).subarray(0, latent_dim),
        decode: (z: Float32Array) => outward.run(z),
      };
      this.arrived.set(name, { name, line, image, coder });
    }
    if (this.needs.model.state.tool === 'reencoding') this.needs.refresh();
  }

  private get own(): WalkerSpec | null {
    const { engine, model } = this.needs;
    const { space } = model;
    const { network, encoder } = engine;
    if (!network || !encoder) return null;
    const coder = {
      encode: (values: Float32Array) => encoder.run(values).subarray(0, space.z),
      decode: (z: Float32Array) => network.run(z),
    };
    return { name: space.name, line: space.line, image: space.image, coder };
  }

  private get start(): Float32Array {
    const { space, chosenPin } = this.needs.model;
    return chosenPin?.z ?? space.latent(space.train[0]);
  }

  get key(): string {
    const pin = this.needs.model.chosenPin;
    return [pin?.z.join(), this.chosen, [...this.arrived.keys()], this.own !== null].join(' ');
  }

  build() {
    const { model, engine } = this.needs;
    for (const walker of this.walkers) walker.stop();
    this.walkers = [];
    const { own } = this;
    if (!own) {
      return { controls: [], content: [h('p', { class: 'empty', text: engine.isRemote ? REMOTE : WAITING })] };
    }
    const missing = this.chosen.filter((name) => !this.arrived.has(name));
    if (missing.length) tell('reencode', missing);
    const specs = this.chosen.map((name) => this.arrived.get(name)).filter((spec) => !!spec);
    const show = (round: number) => this.showRound(round);
    this.walkers = [own, ...specs].map((spec) => new Walker(spec, show));
    const first = own.coder.decode(this.start).slice();
    for (const walker of this.walkers) walker.start(first, () => this.update());
    this.update();
    const heads = ['round', ...SHOWN].map((round) => h('span', { text: String(round) }));
    const rows = this.walkers.map(({ element }, i) => {
      element.querySelector('.label')?.prepend(dashSample(DASHES[i]));
      return element;
    });
    return {
      controls: [
        this.playButton,
        h('label', { class: 'slider' }, 'Round', this.slider, this.number),
        besideControls(this.offered, this.chosen, model.space.z, (name) => this.toggle(name)),
      ],
      content: [
        h('div', { class: 'walks' }, h('div', { class: 'walk heads' }, ...heads), ...rows),
        h('p', { class: 'quiet', text: this.explain(model.chosenPin?.letter) }),
      ],
    };
  }

  private explain(letter: string | undefined): string {
    const from = letter ? `pin ${letter}` : 'a training image';
    const { name } = this.needs.model.space;
    return `Every network starts from the image that ${name} decodes at ${from}. The paths on the map join its latents, round by round.`;
  }

  private toggle(name: string): void {
    const { model } = this.needs;
    const { chosen } = this;
    const beside = chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name];
    if (beside.length > MOST_BESIDE) model.canvas.say('At most four networks; remove one first.');
    else model.set({ beside });
  }

  /** The round has changed, or a walk has arrived. */
  update(): void {
    const { model, cursor } = this.needs;
    const { round } = model.state;
    this.slider.value = String(round);
    this.number.textContent = `${round} of ${ROUNDS}`;
    for (const walker of this.walkers) walker.mark(round);
    const rounds = this.walkers.length ? this.walkers[0].rounds : [];
    if (round && round < rounds.length) {
      const { z } = rounds[round];
      cursor.move(...model.plane.project(z), { z, where: `After ${round} rounds of re-encoding` });
    }
    model.canvas.repaint('overlay');
  }

  private showRound(round: number): void {
    this.playback.stop();
    this.needs.model.set({ round });
  }

  private togglePlay(): void {
    if (this.playback.isPlaying) this.playback.stop();
    else this.playback.play(prefersStill());
  }

  leave(): void {
    this.playback.stop();
    for (const walker of this.walkers) walker.stop();
    this.walkers = [];
  }

  places(): [number, number][] {
    const { plane } = this.needs.model;
    const own = this.walkers[0]?.rounds ?? [];
    return own.map(({ z }) => plane.project(z));
  }

  /** Draw the walks: each image is encoded by this network, so that one map holds all. */
  paint(context: CanvasRenderingContext2D): void {
    const { model, view } = this.needs;
    const { theme, plane } = model;
    this.walkers.forEach((walker, i) => {
      const places = this.latentsOf(walker, i === 0).map((z) => view.toScreen(...plane.project(z)));
      if (places.length < 2) return;
      for (const [color, width] of [[theme.background, 5], [theme.accent, 2.25]] as const) {
        [context.strokeStyle, context.lineWidth] = [color, width];
        context.setLineDash(width > 4 ? [] : DASHES[i]);
        context.beginPath();
        for (const place of places) context.lineTo(...place);
        context.stroke();
      }
      context.setLineDash([]);
      const end = places[Math.min(model.state.round || ROUNDS, places.length - 1)];
      context.fillStyle = theme.accent;
      context.beginPath();
      context.arc(...end, 5, 0, 7);
      context.fill();
    });
  }

  private readonly encoded = new WeakMap<Walker, Float32Array[]>();

  private latentsOf(walker: Walker, isOwn: boolean): Float32Array[] {
    if (isOwn) return walker.rounds.map(({ z }) => z);
    const known = this.encoded.get(walker) ?? [];
    const { engine } = this.needs;
    for (const { values } of walker.rounds.slice(known.length)) {
      const z = engine.encode(values);
      if (z) known.push(z);
    }
    this.encoded.set(walker, known);
    return known;
  }
}

/** The line that a network's walk has on the map. */
function dashSample(dashes: number[]): SVGSVGElement {
  return h(
    'svg',
    { viewBox: '0 0 30 6', class: 'dashes', 'aria-hidden': 'true' },
    h('line', { x1: 0, x2: 30, y1: 3, y2: 3, 'stroke-dasharray': dashes.join(' ') || null }),
  );
}
