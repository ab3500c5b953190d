// The parts of the Network page: what is computed, and everything that shows it, kept up to date.

import { normals } from '../latent/gaussian.ts';
import type { Theme } from '../lib/colors.ts';
import { figure, h, paintImage } from '../lib/dom.ts';
import { Address, readAddress } from './address.ts';
import { Bars } from './bars.ts';
import { type Flow, meanSquared } from './flow.ts';
import { Lecture } from './lecture.ts';
import { LittleMap } from './map.ts';
import type { NetworkArrays, NetworkHeader, PictureArrays, PictureHeader } from './messages.ts';
import { Hourglass, sizeText } from './hourglass.ts';
import { Strength } from './strength.ts';
import { type Unit, UnitPanel } from './unit.ts';

const OVERVIEW = 'Draw an image: every layer updates. Drag a bar of z: the decoder updates. Use the arrow keys to go through the four steps.';
const OVERVIEW_UNET = 'Draw an image: every block updates. Use the arrow keys to go through the four steps.';
const NO_LATENT = 'No single latent: skip connections pass features around the middle.';

/** What changed since the last frame. */
type Change = 'image' | 'z' | 'unit';

/** Everything on the page of one network. */
export class App {
  readonly header: NetworkHeader;
  readonly element: HTMLElement;
  private readonly flow: Flow;
  private readonly hourglass: Hourglass;
  private readonly bars: Bars | null;
  private readonly map: LittleMap | null;
  private readonly unit: UnitPanel;
  private readonly lecture: Lecture;
  private readonly strength = new Strength(() => this.send());
  private inputs: Uint8Array | null = null;
  private target: Float32Array | null = null;
  private picture: PictureHeader | null = null;
  private pointed: Unit | null = null;
  private chosen: Unit | null = null;
  private readonly seen: () => void;
  private frame = 0;
  private drawn = 0;
  private readonly changes = new Set<Change>();
  private readonly address = new Address(() => ({
    step: this.lecture.part,
    z: this.isMoved ? [...this.flow.z] : null,
    strength: this.strength.told,
    kind: this.strength.otherKind,
  }));

  constructor(flow: Flow, header: NetworkHeader, arrays: NetworkArrays, seen: () => void) {
    this.flow = flow;
    this.seen = seen;
    this.header = header;
    const hasLatent = header.latent_dim > 0;
    const moved = () => this.changed('z');
    this.bars = hasLatent
      ? new Bars(flow, header, {
          moved,
          reset: () => this.sample(0),
          resample: () => this.sample(1),
        })
      : null;
    this.map = hasLatent && arrays.points ? new LittleMap(flow, header, arrays, moved) : null;
    this.unit = new UnitPanel(flow, arrays, header.meanings, () => this.changed('unit'));
    this.hourglass = new Hourglass(flow, this.bars, NO_LATENT, header.meanings, {
      at: (unit) => this.point(unit),
      keep: (unit) => this.keep(unit),
      toggle: () => this.unit.toggle(),
    });
    this.hourglass.input.element.append(this.strength.element);
    const overview = hasLatent ? OVERVIEW : OVERVIEW_UNET;
    this.lecture = new Lecture(header.steps, sizesOf(flow), overview, (part) => {
      this.element.dataset.step = part ?? '';
      this.address.changed();
    });
    this.element = h(
      'div',
      { class: 'hourglass' },
      this.lecture.element,
      this.hourglass.element,
      h('div', { class: 'below' }, this.unit.element, this.map?.element),
    );
  }

  show(theme: Theme): void {
    this.hourglass.show(theme);
    this.bars?.show(theme);
    this.map?.show(theme);
    this.unit.explain(this.hourglass.gradient);
    this.showUnit();
    this.showError();
  }

  /** Whether an image, or its latent, is shown. */
  get hasPicture(): boolean {
    return this.picture !== null;
  }

  /** Whether something else than the mean is decoded. */
  private get isMoved(): boolean {
    const { mean, z } = this.flow;
    return z.some((value, i) => value !== mean[i]);
  }

  /** Send an image through the network. */
  take(picture: PictureHeader, arrays: PictureArrays): void {
    const isFirst = this.picture === null;
    this.picture = picture;
    const { inputs, target, mean, std } = arrays;
    this.target = target ? floats(target) : null;
    this.inputs = inputs ?? null;
    this.strength.take(picture.degradation ?? null);
    if (mean) this.flow.takeLatent(mean, std ?? null);
    this.element.classList.toggle('absent', !inputs);
    const { hourglass } = this;
    hourglass.expect(picture.task !== null && inputs !== undefined);
    if (picture.absent) hourglass.input.say(`Input: ${picture.source}`);
    else if (!picture.task) hourglass.input.say(`Input: ${picture.source}`);
    if (target && picture.task) {
      paintImage(hourglass.target.canvas, target, this.header.image);
      hourglass.target.say('Clean target');
    }
    this.send();
    this.changed('image');
    if (isFirst) this.followLink(location.search);
  }

  /** Show what a link says: of the first image, and after the visitor was on another page. */
  followLink(search: string): void {
    const { step, z, strength, kind } = readAddress(search, this.header.latent_dim, this.header.reach);
    if (step) this.lecture.goTo(step);
    if (strength !== null) this.strength.choose(strength);
    if (kind !== null) this.strength.chooseKind(kind);
    if (strength !== null || kind !== null) this.send();
    if (!z || !this.bars) return;
    this.flow.z.set(z);
    this.changed('z');
  }

  /** Send what the network sees at the chosen strength. */
  private send(): void {
    if (!this.inputs) return;
    const input = this.strength.inputOf(this.inputs, this.header.image);
    paintImage(this.hourglass.input.canvas, input, this.header.image);
    const { picture, strength, hourglass } = this;
    if (picture?.task) {
      const unseen = strength.otherKind && `${strength.otherKind} was not in training`;
      hourglass.input.say('Network input: degraded', `${unseen ?? picture.task}, ${picture.source}`);
    }
    this.flow.take(floats(input));
    this.changed('image');
  }

  private sample(size: 0 | 1): void {
    const noise = normals(this.flow.z.length, Math.random() * 2 ** 32);
    this.flow.sample(noise.map((value) => size * value));
    this.changed('z');
  }

  private point(unit: Unit | null): void {
    if (this.pointed?.layer === unit?.layer && this.pointed?.unit === unit?.unit) return;
    this.pointed = unit;
    this.showUnit();
  }

  private keep(unit: Unit): void {
    const isSame = this.chosen?.layer === unit.layer && this.chosen.unit === unit.unit;
    this.chosen = isSame ? null : unit;
    this.showUnit();
  }

  private showUnit(): void {
    const unit = this.pointed ?? this.chosen;
    this.unit.show(unit, (values) => this.hourglass.colored(values));
    this.hourglass.mark(unit);
  }

  /** Compute and paint with the next frame: of what happens until then, the last counts. */
  private changed(what: Change): void {
    this.changes.add(what);
    this.address.changed();
    this.frame ||= requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    this.frame = 0;
    const { changes, flow, hourglass } = this;
    const isDragged = changes.has('z') && changes.size === 1;
    if (changes.has('unit')) flow.again();
    else if (changes.has('z')) flow.decode();
    changes.clear();
    hourglass.paint(isDragged ? 'decoder' : undefined);
    this.bars?.paint();
    this.map?.paint();
    this.showError();
    if (isDragged) this.unit.refresh();
    else this.showUnit();
    this.element.dataset.drawn = String(++this.drawn);
    if (this.drawn === 1) this.seen();
  }

  private showError(): void {
    const { flow, header, picture, hourglass, target } = this;
    if (!picture) return;
    const name = picture.task ? 'Restored' : 'Reconstruction';
    hourglass.output.say(this.isMoved ? 'Decoded from z' : name);
    hourglass.error.element.classList.toggle('empty', !target);
    if (!target) {
      const stored = picture.stored_error;
      hourglass.error.say('Reconstruction error', stored === null ? 'not measured' : said('MSE', stored, header.errors));
      return;
    }
    hourglass.paintError(target);
    const error = meanSquared(flow.output, target);
    if (picture.task && flow.input) {
      const before = meanSquared(flow.input, target);
      hourglass.error.say('Error map', `MSE ${figure(error)}; degraded input: ${figure(before)}`);
    } else hourglass.error.say('Reconstruction error map', said('MSE', error, header.errors));
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.hourglass.stop();
    this.map?.stop();
    this.lecture.stop();
    this.address.stop();
  }
}

/** "784 → 512 → 2 → 512 → 784". */
function sizesOf({ header, layers }: Flow): string {
  const [height, width, channels] = header.image;
  const isDense = layers.every(({ shape }) => shape.length === 1);
  const image = isDense ? String(height * width * channels) : sizeText(header.image);
  const middle = header.latent_dim ? [`z = ${header.latent_dim}`] : [];
  const sizes = (after: boolean) =>
    layers.filter(({ part }) => (part === 'decoder') === after).map(({ shape }) => sizeText(shape));
  return [image, ...sizes(false), ...middle, ...sizes(true), image].join(' → ');
}

function said(name: string, error: number, percentiles: number[]): string {
  if (!percentiles.length) return `${name} ${figure(error)}`;
  const share = percentiles.filter((value) => value < error).length - 1;
  if (share >= 100) return `${name} ${figure(error)}: larger than for all test images`;
  return `${name} ${figure(error)}: larger than for ${Math.max(0, share)} % of test images`;
}

const floats = (bytes: Uint8Array): Float32Array => Float32Array.from(bytes, (value) => value / 255);
