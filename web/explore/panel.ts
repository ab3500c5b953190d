// The panel beside the map: the decoded image, large; what is known of the place; the pins.

import { crisp, figure, h, paintImage } from '../lib/dom.ts';
import { PinCard } from './card.ts';
import type { Shown } from './cursor.ts';
import type { Engine } from './engine.ts';
import type { Model } from './model.ts';
import type { Pins } from './pins.ts';
import type { Pin } from './state.ts';
import type { Thumbs } from './thumbs.ts';

const CAPTION_EVERY = 50; // milliseconds
// Pixels of width below which the panel lies above the map: on a screen that stands, on any screen.
const NARROW = { standing: 720, any: 560 };

interface Needs {
  model: Model;
  engine: Engine;
  pins: Pins;
  thumbs: Thumbs;
  root: HTMLElement;
}

/** Everything right of the map (above it on a phone). */
export class Panel {
  readonly element: HTMLElement;
  private readonly needs: Needs;
  private readonly pinCard: PinCard;
  private readonly large = h('canvas', { class: 'large', role: 'img', 'aria-label': 'decoded image' });
  private readonly frame = h('div', { class: 'frame' }, this.large);
  private readonly where = h('p', { class: 'where' });
  private readonly caption = h('p', { class: 'caption' });
  private readonly card = h('div', { class: 'card' });
  private readonly row = h('div', { class: 'pins', role: 'list', 'aria-label': 'pins' });
  private readonly live = h('p', { class: 'live', 'aria-live': 'polite' });
  private readonly note = h('p', { class: 'note', role: 'status' });
  private captioned = 0;
  private captionLater: ReturnType<typeof setTimeout> | undefined;
  private later: ReturnType<typeof setTimeout> | undefined;
  private decodes = 0; // for whoever measures

  constructor(needs: Needs) {
    this.needs = needs;
    this.pinCard = new PinCard(needs);
    const words = h('div', { class: 'words' }, this.where, this.caption);
    this.element = h(
      'aside',
      { class: 'panel', 'aria-label': 'decoded image' },
      h('div', { class: 'head' }, this.frame, words),
      ...[this.note, this.card, this.row, this.live],
    );
  }

  /** Enlarge by whole steps, as far as the panel allows. */
  resize({ width, height }: { width: number; height: number }): void {
    const { state, space } = this.needs.model;
    const room = state.present
      ? Math.min(width * 0.36, height * 0.7)
      : width < (height > width ? NARROW.standing : NARROW.any)
        ? Math.min(170, width * 0.42)
        : Math.max(160, height * 0.37);
    crisp(this.large, space.image, Math.min(this.frame.clientWidth || Infinity, room));
  }

  /** Show what a latent decodes to, and in words which latent that is. */
  show({ z, where }: Shown): void {
    const { engine, model } = this.needs;
    engine.decode(z, (values) => {
      paintImage(this.large, values, model.space.image);
      this.needs.root.dataset.decodes = String((this.decodes += 1));
    });
    if (this.where.textContent !== where) this.where.textContent = where;
    clearTimeout(this.captionLater);
    if (performance.now() - this.captioned > CAPTION_EVERY) this.writeCaption(z);
    else this.captionLater = setTimeout(() => this.writeCaption(z), CAPTION_EVERY);
  }

  private writeCaption(z: Float32Array): void {
    this.captioned = performance.now();
    const { space } = this.needs.model;
    const [{ row, distance }] = space.nearest(z);
    const far = space.isFar(distance);
    const name = space.className(row);
    const away = `${figure(distance)} away`;
    if (distance === 0) {
      this.caption.textContent = `Latent of a training image${name ? ` of class ${name}` : ''}`;
    } else if (far) {
      this.caption.textContent = `No training image near: the nearest${name ? `, ${name},` : ''} is ${away}`;
    } else {
      this.caption.textContent = `Nearest training image${name ? `: ${name}` : ''}, ${away}`;
    }
    this.caption.classList.toggle('far', far);
  }

  /** Say a place aloud, for those who cannot see it. */
  speak(text: string): void {
    this.live.textContent = text;
  }

  /** A quiet sentence about how the page works today. */
  notice(text: string): void {
    this.note.textContent = text;
  }

  /** Lay out the card after the image has been painted, which must not wait for it. */
  updateSoon(): void {
    clearTimeout(this.later);
    this.later = setTimeout(() => requestAnimationFrame(() => setTimeout(() => this.update())));
  }

  /** Lay out the chosen pin's card and the row of pins. */
  update(): void {
    const { chosenPin: pin, state } = this.needs.model;
    this.card.replaceChildren(...(pin ? this.pinCard.build(pin) : []));
    this.card.hidden = !pin;
    this.row.replaceChildren(...state.pins.map((each) => this.tileOf(each)));
    this.row.hidden = state.pins.length < 2;
  }

  private tileOf({ letter, z }: Pin): HTMLElement {
    const { engine, model, pins } = this.needs;
    const canvas = h('canvas');
    crisp(canvas, model.space.image, 56);
    engine.decodePin(z, (values) => paintImage(canvas, values, model.space.image), `tile ${letter}`);
    return h(
      'div',
      { class: 'tile', role: 'listitem' },
      h(
        'button',
        {
          'aria-pressed': String(model.state.selected === letter),
          title: `Pin ${letter}`,
          onclick: () => pins.select(letter),
        },
        canvas,
      ),
      h('span', { text: letter }),
      h('button', {
        ...{ class: 'remove', 'aria-label': `remove pin ${letter}`, text: '×' },
        onclick: () => pins.remove(letter),
      }),
    );
  }
}

