// What is known of the unit that somebody points at: activation, weights, and what happens without it.

import { type Child, type Shape, figure, h, paintImage } from '../lib/dom.ts';
import { type Flow, type Layer, meanSquared } from './flow.ts';
import { type WeightImage, adds, looksFor } from './weights.ts';
import type { NetworkArrays } from './messages.ts';
import { type Meanings, term } from '../lib/term.ts';

const HINT = 'Point at a unit to see its activation. Click it to keep it selected.';

const LEAST = 0.00001;

/** A unit of a drawn layer. */
export interface Unit {
  layer: number;
  unit: number;
}
export type Signed = (values: Float32Array) => Float32Array;

/** The panel beside the map. */
export class UnitPanel {
  private readonly title = h('p', { class: 'title', text: HINT });
  private readonly activation = h('p', { class: 'activation' });
  private readonly weights = pictured();
  private readonly without = pictured();
  private readonly legend = h('div', { class: 'legend' });
  private readonly off: HTMLButtonElement;
  private readonly allOn: HTMLButtonElement;
  readonly element: HTMLElement;
  private readonly flow: Flow;
  private readonly arrays: NetworkArrays;
  private readonly meanings: Meanings;
  private readonly switched: () => void;
  private shown: Unit | null = null;

  constructor(flow: Flow, arrays: NetworkArrays, meanings: Meanings, switched: () => void) {
    this.flow = flow;
    this.arrays = arrays;
    this.meanings = meanings;
    this.switched = switched;
    this.off = h('button', { class: 'off', hidden: true, onclick: () => this.toggle() });
    this.allOn = h('button', { class: 'all-on', hidden: true, onclick: () => this.switchOn() });
    const pictures = h('div', { class: 'pictures' }, this.weights.element, this.without.element);
    const words = h('div', { class: 'words' }, this.title, this.activation, h('div', { class: 'buttons' }, this.off, this.allOn), this.legend);
    this.element = h('section', { class: 'unit', 'aria-live': 'polite', 'aria-label': 'Unit' }, words, pictures);
    this.weights.element.hidden = this.without.element.hidden = true;
  }

  /** Show a unit, or none. */
  show(unit: Unit | null, colored: (values: Float32Array) => Float32Array): void {
    this.shown = unit;
    if (unit) {
      this.showWeights(unit, colored);
      this.without.element.hidden = false;
    } else this.weights.element.hidden = this.without.element.hidden = true;
    this.refresh();
  }

  /** Say what the colors and the bars mean. */
  explain(scale: string): void {
    const line = (key: Child, name: string, text: string) => [
      h('span', { class: 'key' }, key),
      h('span', {}, term(name, this.meanings), text),
    ];
    const { latent_dim: hasLatent, is_vae: isVae } = this.flow.header;
    this.legend.replaceChildren(
      ...line(h('span', { class: 'scale', style: `background: ${scale}` }), 'Activation', ': negative, 0, positive'),
      ...(hasLatent ? line('bar', 'Latent', ' z; the tick below marks the encoder\u2019s output') : []),
      ...(isVae ? line('curve', 'Posterior', ' q(z|x): a Gaussian with mean μ and standard deviation σ') : []),
    );
  }

  /** Show what changes with the image and with z. */
  refresh(): void {
    const { flow, shown } = this;
    const count = flow.layers.reduce((sum, { off }) => sum + off.size, 0);
    this.allOn.hidden = count === 0;
    this.allOn.textContent = count === 1 ? 'Switch it on again' : `Switch all ${count} on again`;
    this.off.hidden = !shown;
    this.legend.hidden = shown !== null;
    this.title.textContent = shown ? this.nameOf(shown) : HINT;
    this.activation.textContent = '';
    if (!shown) return;
    const layer = flow.layers[shown.layer];
    const isOff = layer.off.has(shown.unit);
    this.allOn.hidden = count - (isOff ? 1 : 0) <= 0;
    this.off.textContent = isOff ? 'Switch it on' : 'Switch it off';
    this.activation.textContent = isOff ? 'Switched off: its activation is 0.' : activationOf(layer, shown.unit);
    this.showWithout(layer, shown.unit, isOff);
  }

  private nameOf({ layer, unit }: Unit): string {
    const { part, shape } = this.flow.layers[layer];
    const own = this.flow.layers.filter((other) => other.part === part);
    const place = own.indexOf(this.flow.layers[layer]) + 1;
    const kind = shape.length === 3 ? 'feature map' : 'unit';
    const where = part === 'unet' ? 'Block' : `${part === 'encoder' ? 'Encoder' : 'Decoder'} layer`;
    return `${where} ${place}, ${kind} ${unit + 1}`;
  }

  private showWeights({ layer, unit }: Unit, colored: Signed): void {
    const { flow, arrays } = this;
    const { encoder, decoder } = flow.header.parts;
    const { part } = flow.layers[layer];
    let image: WeightImage | null = null;
    let said = '';
    if (part === 'encoder' && layer === 0 && encoder) {
      image = looksFor(encoder, arrays.encoder!, unit);
      said = 'Input weights: the pattern that activates it';
    } else if (part === 'decoder' && layer === flow.layers.length - 1 && decoder) {
      image = adds(decoder, arrays.decoder!, unit);
      said = 'Output weights: what it adds to the image';
    }
    this.weights.element.hidden = !image;
    if (image) this.weights.show(said, ...pictureOf(image, colored));
  }

  private showWithout(layer: Layer, unit: number, isOff: boolean): void {
    const { flow } = this;
    const { off } = layer;
    const [change, undo] = [() => off.add(unit), () => off.delete(unit)];
    const other = isOff ? flow.outputWith(undo, change) : flow.outputWith(change, undo);
    const error = meanSquared(other, flow.output);
    const by = error < LEAST ? `less than ${figure(LEAST)}` : figure(error);
    const said = `${isOff ? 'With' : 'Without'} this unit, the output changes by MSE ${by}`;
    this.without.show(said, other, flow.header.image);
  }

  /** Switch the unit that is shown off, or on again. */
  toggle(): void {
    if (!this.shown) return;
    const { off } = this.flow.layers[this.shown.layer];
    if (!off.delete(this.shown.unit)) off.add(this.shown.unit);
    this.switched();
  }

  private switchOn(): void {
    for (const { off } of this.flow.layers) off.clear();
    this.switched();
  }
}

function activationOf({ values, shape }: Layer, unit: number): string {
  const units = shape[shape.length - 1];
  if (shape.length < 3) return `Activation ${figure(values[unit])}`;
  const own = values.filter((_, i) => i % units === unit);
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  return `Activation: mean ${figure(mean)}, maximum ${figure(Math.max(...own))}`;
}

/** Signed weights as a picture: gray ones in the colors of activations, others around middle gray. */
function pictureOf({ shape, values }: WeightImage, colored: Signed): [Float32Array, Shape] {
  const [height, width, channels] = shape;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  if (channels === 3) return [values.map((value) => 0.5 + (0.5 * value) / largest), shape];
  const first = values.filter((_, i) => i % channels === 0);
  return [colored(first.map((value) => value / largest)), [height, width, 3]];
}

function pictured() {
  const canvas = h('canvas', { role: 'img' });
  const caption = h('figcaption');
  const element = h('figure', {}, canvas, caption);
  const show = (said: string, values: Float32Array, shape: Shape): void => {
    paintImage(canvas, values, shape);
    caption.textContent = said;
    canvas.setAttribute('aria-label', said);
  };
  return { element, show };
}
