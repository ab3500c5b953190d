// The card of the chosen pin: what it decodes to, and how that relates to the training images.

import { type Facts, factsOf, reencodingDistance } from '../latent/facts.ts';
import { counted, crisp, figure, h, paintImage } from '../lib/dom.ts';
import { explain, explained } from '../lib/term.ts';
import type { Engine } from './engine.ts';
import type { Model } from './model.ts';
import { distanceWords } from './peek.ts';
import type { Pins } from './pins.ts';
import type { Pin } from './state.ts';
import type { Thumbs } from './thumbs.ts';

const ON_SLICE = 1e-3;
const EDITABLE = 32; // more numbers than this are not shown one by one
const SIDE = 90; // pixels
const FAR =
  'No training image near. The decoder was not trained on latents like this one.';

interface Needs {
  model: Model;
  engine: Engine;
  pins: Pins;
  thumbs: Thumbs;
}

export class PinCard {
  private readonly needs: Needs;

  constructor(needs: Needs) {
    this.needs = needs;
  }

  build(pin: Pin): HTMLElement[] {
    const { engine, model } = this.needs;
    const { space } = model;
    const facts = factsOf(space, pin.z);
    const decoded = h('canvas');
    crisp(decoded, space.image, SIDE);
    const moved = h('dd', { text: '…' });
    const show = (values: Float32Array | Uint8Array) => {
      paintImage(decoded, values, space.image);
      const distance = reencodingDistance(engine, pin.z, values);
      if (distance !== null) moved.textContent = figure(distance);
    };
    engine.decodePin(pin.z, show, `card ${pin.letter}`);
    const pair = this.pair(pin, decoded, facts.row);
    const card = [pair, ...this.pointBelow(pin), this.factList(facts, moved), this.editor(pin)];
    return facts.far ? [h('p', { class: 'warning', text: FAR }), ...card] : card;
  }

  private pair(pin: Pin, decoded: HTMLCanvasElement, row: number): HTMLElement {
    const { model, pins, thumbs } = this.needs;
    const { space } = model;
    const nearest = h('canvas');
    crisp(nearest, space.image, SIDE);
    thumbs.show(nearest, row);
    const move = h(
      'button',
      {
        title: 'Move the pin to this image',
        onclick: () => pins.moveTo(pin.letter, space.latent(row)),
      },
      nearest,
    );
    const name = space.className(row) || 'image';
    const text = `Nearest: ${name}, image ${space.numbers[row].toLocaleString('en-US')}`;
    return h(
      'div',
      { class: 'pair' },
      h('figure', {}, decoded, h('figcaption', { text: `Pin ${pin.letter}, decoded` })),
      h('figure', {}, move, h('figcaption', { text, title: text })),
    );
  }

  /** On a slice: the image whose point is here, whose own latent lies elsewhere. */
  private pointBelow(pin: Pin): HTMLElement[] {
    const { engine, model, pins, thumbs } = this.needs;
    const { space, slice, plane } = model;
    const row = slice ? model.pointAt(pin.z) : -1;
    if (row < 0 || plane.offPlane(space.latent(row)) < ON_SLICE) return [];
    const [own, image] = [h('canvas'), h('canvas')];
    for (const canvas of [own, image]) crisp(canvas, space.image, SIDE);
    thumbs.show(image, row);
    const z = space.latent(row);
    engine.decode(z, (values) => paintImage(own, values, space.image), `own ${pin.letter}`);
    const name = space.className(row) || 'image';
    const text = `Point: ${name}, image ${space.numbers[row].toLocaleString('en-US')}`;
    const props = {
      class: 'own',
      title: 'Move the pin to this latent; the slice follows',
      onclick: () => pins.moveTo(pin.letter, z),
    };
    const words = h('p', { class: 'caption' });
    explain(words, distanceWords(model, row), { 'Distance from the slice': space.meaning('Distance from the slice') });
    return [
      h(
        'div',
        { class: 'pair' },
        h('figure', {}, image, h('figcaption', { text, title: text })),
        h('figure', {}, h('button', props, own), h('figcaption', { text: 'Its own latent, decoded' })),
      ),
      words,
    ];
  }

  private factList(facts: Facts, moved: HTMLElement): HTMLElement {
    const { space } = this.needs.model;
    const known = facts.labels.filter(({ label }) => label >= 0);
    const labels = known.map(({ label, count }) => `${space.class_names[label]} × ${count}`);
    const share = `larger than for ${Math.min(99, Math.round(facts.share))} % of validation images`;
    const entry = (name: string, value: string | HTMLElement, term = '') =>
      h(
        'div',
        {},
        h('dt', {}, explained(name, space.meaning(term))),
        typeof value === 'string' ? h('dd', { text: value }) : value,
      );
    const crowd = counted(facts.crowd, 'training image');
    return h(
      'dl',
      {},
      entry('Distance', `${figure(facts.distance)}; ${share}`, 'Support (near, far)'),
      entry('Density', `${crowd} within ${figure(space.radius)}; typical: 10`, 'Density'),
      labels.length ? entry('Neighbors', labels.join(', ')) : null,
      entry('Re-encoding distance', moved, 'Re-encoding distance'),
    );
  }

  private editor(pin: Pin): HTMLElement {
    const { space } = this.needs.model;
    if (space.z > EDITABLE) {
      const text = `The latent has ${space.z} dimensions; the tool Dimensions traverses them.`;
      return h('p', { class: 'caption', text });
    }
    const inputs = Array.from(pin.z, (value, d) => {
      const input = h('input', {
        value: written(value),
        inputmode: 'decimal',
        'aria-label': `latent ${d + 1} of pin ${pin.letter}`,
        onchange: () => this.edit(pin, d, input),
      });
      return input;
    });
    return h('div', { class: 'latent' }, h('span', {}, explained('z', space.meaning('Latent')), ' ='), ...inputs);
  }

  private edit(pin: Pin, dimension: number, input: HTMLInputElement): void {
    const value = Number(input.value.replace('−', '-').replace(',', '.'));
    if (input.value.trim() === '' || !Number.isFinite(value)) {
      const text = `“${input.value.slice(0, 20)}” is not a number; the pin stays where it is.`;
      this.needs.model.canvas.say(text);
      input.value = written(pin.z[dimension]);
      return;
    }
    const z = Float32Array.from(pin.z);
    z[dimension] = Math.max(-1e4, Math.min(1e4, value));
    this.needs.pins.moveTo(pin.letter, z);
  }
}

const written = (value: number) => String(Number(value.toFixed(3)));
