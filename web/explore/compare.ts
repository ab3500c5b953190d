// @ts-nocheck
// One cursor, many networks: the same place decoded by up to four at once, with what each has learned
// of the whole plane beside it.

import { Cell, LinearDecoder } from './cell.ts';
import { counted, h } from '../lib/dom.ts';
import { loadNetwork } from '../runtime/runtime.ts';
import { Space } from '../latent/space.ts';
import { tell } from '../lib/bus.ts';

const MOST_OTHERS = 3;
export const PCA = 'pca';

/** The comparison tool. */
export class Compare {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.cells = new Map(); // name -> Cell, of networks that have arrived
    this.shown = []; // the cells on screen
  }

  /** What one can choose from: other networks of the same images, and the linear baseline. */
  get candidates() {
    const { space } = this.app;
    const shorts = space.others.map(({ short }) => short);
    const isAlone = (short) => shorts.indexOf(short) === shorts.lastIndexOf(short);
    const others = space.others.map((other) => ({
      ...other,
      short: isAlone(other.short) ? other.short : other.name,
    }));
    const line = 'the best linear autoencoder of the same size';
    return [...others, { name: PCA, line, short: `PCA, ${counted(space.z, 'number')}` }];
  }

  get chosen() {
    return (this.app.state.others ?? this.suggestion()).slice(0, MOST_OTHERS);
  }

  /** Another kind of network of the same size first, then a VAE with another beta, then PCA. */
  suggestion() {
    const { space } = this.app;
    const same = space.others.filter((other) => other.latent_dim === space.z);
    const other = same.find(({ model }) => model !== space.model);
    const beta = same.find(({ model, beta: weight }) => model === 'vae' && weight !== space.beta);
    const rest = space.others.filter((each) => each !== other && each !== beta);
    const names = [...new Set([other, beta].filter(Boolean))].map(({ name }) => name);
    return [...names, PCA, ...rest.map(({ name }) => name)].slice(0, Math.max(names.length + 1, 2));
  }

  /** A network that was asked for has arrived. */
  async receive(message) {
    const space = new Space(message);
    const { weights } = message.arrays;
    const network = space.decoder ? await loadNetwork(space.decoder, weights) : null;
    if (!network) return;
    this.app.jobs.load({
      model: space.name,
      z: space.z,
      decoder: { spec: space.decoder, weights },
    });
    this.cells.set(space.name, new Cell(this.app, space, network));
    if (this.app.state.tool === 'compare') this.app.drawer.refresh();
  }

  /** The linear baseline arrives with the encoder. */
  receivePca({ mean, components, latents }) {
    const { space } = this.app;
    const baseline = Object.assign(Object.create(Space.prototype), space, {
      name: PCA,
      model: 'pca',
      line: `PCA, ${counted(space.z, 'number')}`,
      short: `PCA, ${counted(space.z, 'number')}`,
      latents,
      stds: null,
      principal: null,
    });
    this.cells.set(PCA, new Cell(this.app, baseline, new LinearDecoder(mean, components)));
    if (this.app.state.tool === 'compare') this.app.drawer.refresh();
  }

  get key() {
    const { state, plane } = this.app;
    return [this.chosen, state.match, [...this.cells.keys()], plane.number].join(' ');
  }

  build() {
    const { app } = this;
    this.ownCell();
    const missing = this.chosen.filter((name) => !this.cells.has(name) && name !== PCA);
    if (missing.length) tell('load', missing);
    const chips = this.candidates.map(({ name, line, short }) =>
      h('button', {
        text: short,
        title: `${name}: ${line}`,
        'aria-pressed': String(this.chosen.includes(name)),
        onclick: () => this.toggle(name),
      }),
    );
    const match = ['quantile', 'anchor'].map((value) =>
      h('button', {
        text: value === 'quantile' ? 'Same place' : 'Same image',
        title: MATCH_HELP[value],
        'aria-pressed': String(app.state.match === value),
        onclick: () => app.set({ match: value }),
      }),
    );
    const shown = [app.space.name, ...this.chosen];
    const content = shown.map(
      (name) => this.cells.get(name)?.element ?? waiting(this.candidates, name),
    );
    this.shown = shown.map((name) => this.cells.get(name)).filter(Boolean);
    for (const cell of this.shown) {
      cell.refresh();
      cell.paint();
    }
    queueMicrotask(() => this.follow());
    return {
      controls: [h('div', { class: 'group' }, ...match), h('div', { class: 'chips' }, ...chips)],
      content: [h('div', { class: 'cells' }, ...content)],
    };
  }

  ownCell() {
    const { app } = this;
    if (this.cells.has(app.space.name) || !app.engine.network) return;
    this.cells.set(app.space.name, new Cell(app, app.space, app.engine.network));
  }

  toggle(name) {
    const chosen = this.chosen.includes(name)
      ? this.chosen.filter((other) => other !== name)
      : [...this.chosen, name];
    if (chosen.length > MOST_OTHERS) {
      this.app.say('Four at once are the most; take one away first.');
      return;
    }
    this.app.set({ others: chosen });
  }

  /** The cursor has moved: decode the matching place everywhere. */
  follow() {
    const { space, plane, cursor, state } = this.app;
    const { shown } = cursor;
    if (state.tool !== 'compare' || !shown || !this.cells.has(space.name)) return;
    const place = plane.project(shown.z);
    const [{ row }] = space.nearest(shown.z);
    for (const cell of this.shown) {
      if (cell.space === space) cell.show(shown.z, row);
      else cell.show(this.match(cell, place, row), row);
    }
  }

  /** The latent of another network that stands at the same place. */
  match(cell, place, row) {
    const { space, state } = this.app;
    if (state.match === 'anchor') {
      const same = cell.space.rowOf(space.splits[row], space.numbers[row]);
      if (same >= 0) return cell.space.latent(same);
    }
    const own = this.cells.get(space.name);
    const there = [0, 1].map((axis) =>
      valueAt(cell.sorted[axis], shareBelow(own.sorted[axis], place[axis])),
    );
    return cell.plane.lift(...there);
  }
}

const MATCH_HELP = {
  quantile: 'Each network shows the place with the same share of images to its left and below it',
  anchor: 'Each network shows its own version of the training image nearest to the cursor',
};

function waiting(candidates, name) {
  const line = candidates.find((other) => other.name === name)?.short;
  const text = line ? 'loading…' : 'is not here, or learned from other images';
  return h(
    'figure',
    { class: 'cell' },
    h('figcaption', { text: line ?? name }),
    h('p', { class: 'empty', text }),
  );
}

function shareBelow(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  if (low === 0 || low === sorted.length) return low / sorted.length;
  const gap = sorted[low] - sorted[low - 1] || 1;
  return (low - 1 + (value - sorted[low - 1]) / gap) / (sorted.length - 1);
}

function valueAt(sorted, share) {
  const place = share * (sorted.length - 1);
  const low = Math.min(sorted.length - 2, Math.max(0, Math.floor(place)));
  return sorted[low] + (place - low) * (sorted[low + 1] - sorted[low]);
}
