// @ts-nocheck
// The panel beside the map: the decoded image, large; what is known of the place; the pins.

import { factsOf, roundTrip } from '../latent/facts.ts';
import { counted, crisp, figure, h, paintImage } from '../lib/dom.ts';

const EDITABLE = 32; // more numbers than this are not shown one by one
const CAPTION_EVERY = 50; // milliseconds

/** Everything right of the map (above it on a phone). */
export class Panel {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.large = h('canvas', { class: 'large', role: 'img', 'aria-label': 'decoded image' });
    this.caption = h('p', { class: 'caption' });
    this.where = h('p', { class: 'where' });
    this.card = h('div', { class: 'card' });
    this.row = h('div', { class: 'pins', role: 'list', 'aria-label': 'pins' });
    this.live = h('p', { class: 'live', 'aria-live': 'polite' });
    this.note = h('p', { class: 'note', role: 'status' });
    const words = h('div', { class: 'words' }, this.where, this.caption);
    this.element = h(
      'aside',
      { class: 'panel', 'aria-label': 'decoded image' },
      h('div', { class: 'head' }, h('div', { class: 'frame' }, this.large), words),
      this.note,
      this.card,
      this.row,
      this.live,
    );
    this.captioned = 0;
    this.decodes = 0; // for whoever measures
  }

  /** Enlarge by whole steps, as far as the panel allows. */
  resize() {
    const box = this.element.querySelector('.frame').getBoundingClientRect();
    crisp(this.large, this.app.space.image, Math.min(box.width || Infinity, this.roomForImage()));
  }

  roomForImage() {
    const { width, height } = this.app.stage.lab.getBoundingClientRect();
    if (this.app.state.present) return Math.min(width * 0.36, height * 0.7);
    return width < 720 ? Math.min(170, width * 0.42) : Math.max(160, height * 0.37);
  }

  /** Show what a latent decodes to; `where` says in words which latent that is. */
  show(z, where) {
    this.app.engine.decode(z, (values) => {
      paintImage(this.large, values, this.app.space.image);
      this.app.root.dataset.decodes = String((this.decodes += 1));
    });
    if (this.where.textContent !== where) this.where.textContent = where;
    const now = performance.now();
    clearTimeout(this.captionLater);
    if (now - this.captioned > CAPTION_EVERY) this.writeCaption(z, now);
    else {
      this.captionLater = setTimeout(() => this.writeCaption(z, performance.now()), CAPTION_EVERY);
    }
  }

  writeCaption(z, now) {
    this.captioned = now;
    const { space } = this.app;
    const [{ row, distance }] = space.nearest(z);
    const far = space.isFar(distance);
    const name = space.className(row);
    if (distance === 0) {
      this.caption.textContent = name ? `a training image: ${name}` : 'a training image';
      this.caption.classList.remove('far');
      return;
    }
    const what = name ? `nearest training image: ${name}` : 'nearest training image';
    this.caption.textContent = far
      ? `No training image near: the nearest${name ? `, ${name},` : ''} is ${figure(distance)} away`
      : `${what}, ${figure(distance)} away`;
    this.caption.classList.toggle('far', far);
  }

  /** Say a place aloud, for those who cannot see it. */
  speak(text) {
    this.live.textContent = text;
  }

  /** A quiet sentence about how the page works today. */
  notice(text) {
    this.note.textContent = text;
  }

  /** Lay out the card after the image has been painted, which must not wait for it. */
  updateSoon() {
    clearTimeout(this.later);
    this.later = setTimeout(() => requestAnimationFrame(() => setTimeout(() => this.update())));
  }

  /** Lay out the chosen pin's honest card and the row of pins. */
  update() {
    const { app } = this;
    if (app.stopped) return;
    const pin = app.pins.chosen();
    this.card.replaceChildren(...(pin ? this.cardOf(pin) : []).filter(Boolean));
    this.card.hidden = !pin;
    this.row.replaceChildren(...app.state.pins.map((each) => this.tileOf(each)));
    this.row.hidden = app.state.pins.length < 2;
  }

  cardOf(pin) {
    const { app } = this;
    const { space, thumbs } = app;
    const facts = factsOf(space, pin.z);
    const decoded = h('canvas');
    const origin = h('canvas');
    for (const canvas of [decoded, origin]) crisp(canvas, space.image, 90);
    const moved = h('dd', { text: '…', title: ROUND_TRIP });
    app.engine.decode(
      pin.z,
      (values) => {
        paintImage(decoded, values, space.image);
        const distance = roundTrip(app.engine, pin.z, values);
        moved.textContent = distance === null ? '…' : `lands ${figure(distance)} away`;
      },
      `card ${pin.letter}`,
    );
    this.drawRow(origin, facts.row);
    const name = space.className(facts.row);
    const pair = h(
      'div',
      { class: 'pair' },
      h('figure', {}, decoded, h('figcaption', { text: `Pin ${pin.letter}, decoded` })),
      h(
        'figure',
        {},
        h(
          'button',
          {
            title: 'Move the pin to this image',
            onclick: () => app.pins.moveTo(pin.letter, space.latent(facts.row)),
          },
          origin,
        ),
        h('figcaption', {
          text: thumbs.original
            ? `Nearest: ${name || 'image'} ${this.number(facts.row)}`
            : `Nearest: ${name || 'image'}, redrawn`,
        }),
      ),
    );
    return [
      facts.far
        ? h('p', {
            class: 'warning',
            text: 'No training image near. The network still answers, but it has never seen anything like this place.',
          })
        : null,
      pair,
      this.factList(facts, moved),
      this.latentEditor(pin),
    ];
  }

  number(row) {
    return `no. ${this.app.space.numbers[row].toLocaleString('en-US')}`;
  }

  factList(facts, moved) {
    const { space } = this.app;
    const known = facts.labels.filter(({ label }) => label >= 0);
    const labels = known.map(({ label, count }) => `${space.class_names[label]} × ${count}`);
    const entry = (name, ...value) => h('div', {}, h('dt', { text: name }), ...value);
    return h(
      'dl',
      {},
      entry(
        'Distance',
        h('dd', {
          text: `${figure(facts.distance)}; ${Math.round(facts.percentile)} % of training images have a nearer neighbor`,
        }),
      ),
      entry(
        'Around it',
        h('dd', {
          text: `${counted(facts.crowd, 'training image')} within ${figure(space.radius)}; 10 is typical`,
        }),
      ),
      labels.length ? entry('Neighbors', h('dd', { text: labels.join(', ') })) : null,
      entry('Round trip', moved),
    );
  }

  drawRow(canvas, row) {
    const { thumbs, space, engine } = this.app;
    if (thumbs.original) {
      [canvas.width, canvas.height] = thumbs.tile;
      thumbs.draw(canvas.getContext('2d'), row, 0, 0, ...thumbs.tile);
    } else {
      engine.decode(
        space.latent(row),
        (values) => paintImage(canvas, values, space.image),
        `row ${row}`,
      );
    }
  }

  latentEditor(pin) {
    const { space } = this.app;
    if (space.z > EDITABLE) {
      return h('p', {
        class: 'caption',
        text: `The latent has ${space.z} numbers; explore them under Dimensions.`,
      });
    }
    const inputs = [...pin.z].map((value, d) =>
      h('input', {
        value: String(Number(value.toFixed(3))),
        inputmode: 'decimal',
        'aria-label': `latent ${d + 1} of pin ${pin.letter}`,
        onchange: (event) => this.edit(pin, d, event.target),
      }),
    );
    return h('div', { class: 'latent' }, h('span', { text: 'z =' }), ...inputs);
  }

  edit(pin, dimension, input) {
    const value = Number(input.value.replace('−', '-').replace(',', '.'));
    if (input.value.trim() === '' || !Number.isFinite(value)) {
      this.app.say(`“${input.value.slice(0, 20)}” is not a number; the pin stays where it is.`);
      input.value = String(Number(pin.z[dimension].toFixed(3)));
      return;
    }
    const z = Float32Array.from(pin.z);
    z[dimension] = Math.max(-1e4, Math.min(1e4, value));
    this.app.pins.moveTo(pin.letter, z);
  }

  tileOf(pin) {
    const { app } = this;
    const canvas = h('canvas');
    crisp(canvas, app.space.image, 56);
    app.engine.decode(
      pin.z,
      (values) => paintImage(canvas, values, app.space.image),
      `tile ${pin.letter}`,
    );
    const chosen = app.state.selected === pin.letter;
    return h(
      'div',
      { class: 'tile', role: 'listitem' },
      h(
        'button',
        {
          'aria-pressed': String(chosen),
          title: `Pin ${pin.letter}`,
          onclick: () => app.pins.select(pin.letter),
        },
        canvas,
      ),
      h('span', { text: pin.letter }),
      h('button', {
        class: 'remove',
        'aria-label': `remove pin ${pin.letter}`,
        text: '×',
        onclick: () => app.pins.remove(pin.letter),
      }),
    );
  }
}

const ROUND_TRIP = 'Decoded, encoded again, and compared with where it began.';
