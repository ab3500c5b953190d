// One cursor, many networks: the same place decoded by up to four at once, with what each has learned
// of the whole plane beside it.

import { LinearDecoder, PCA, pcaSpace, pcaTitle } from '../latent/baseline.ts';
import { type NetworkMessage, Space, nearestFirst } from '../latent/space.ts';
import { h } from '../lib/dom.ts';
import { tell } from '../lib/bus.ts';
import type { Floats } from '../lib/message.ts';
import type { Jobs } from '../runtime/jobs.ts';
import { loadNetwork } from '../runtime/runtime.ts';
import { type Offered, besideControls } from './beside.ts';
import { Cell } from './cell.ts';
import type { Cursor } from './cursor.ts';
import type { Engine } from './engine.ts';
import type { Model } from './model.ts';
import { MATCHES, type State } from './state.ts';
import type { Tool } from './tool.ts';

const MOST_OTHERS = 3;
const MATCH_WORDS: Record<State['match'], { text: string; title: string }> = {
  quantile: {
    text: 'Same quantile',
    title: 'Each network decodes at the same quantiles of its own map, as at the cursor',
  },
  anchor: {
    text: 'Same image',
    title: 'Each network decodes its own latent of the training image nearest to the cursor',
  },
};

interface Needs {
  model: Model;
  engine: Engine;
  jobs: Jobs;
  cursor: Cursor;
  refresh: () => void;
}

/** The comparison tool. */
export class Compare implements Tool {
  private readonly needs: Needs;
  private readonly cells = new Map<string, Cell>(); // of networks that have arrived
  private shown: Cell[] = [];

  constructor(needs: Needs) {
    this.needs = needs;
  }

  /** Other networks of the same images, and the linear baseline. */
  private get candidates(): Offered[] {
    const { space } = this.needs.model;
    const others = nearestFirst(space.recipe, space.others).map((other) => {
      const { name, line, latent_dim, family } = other;
      return { name, line, latent_dim, family, short: this.titleOf(other) };
    });
    const [short, line] = [pcaTitle(space.z), space.meaning('PCA') ?? ''];
    return [{ name: PCA, line, latent_dim: space.z, family: null, short, text: short }, ...others];
  }

  /** What a network is; its name where another one beside it is the same. */
  private titleOf({ name, short }: { name: string; short: string }): string {
    const { space } = this.needs.model;
    const shown = [space, ...space.others.filter((other) => this.chosen.includes(other.name))];
    return shown.some((other) => other.name !== name && other.short === short) ? name : short;
  }

  private get chosen(): string[] {
    return (this.needs.model.state.others ?? [this.suggestion()]).slice(0, MOST_OTHERS);
  }

  /** Two halves at first: another kind of network of the same size, or another beta, else PCA. */
  private suggestion(): string {
    const { space } = this.needs.model;
    const others = nearestFirst(space.recipe, space.others);
    const same = others.filter((other) => other.latent_dim === space.z);
    const other = same.find(({ model }) => model !== space.model);
    return (other ?? same.find(({ beta }) => beta !== space.beta))?.name ?? PCA;
  }

  /** A network that was asked for has arrived. */
  async receive(message: NetworkMessage): Promise<void> {
    const space = new Space(message);
    const { weights } = message.arrays;
    if (!space.decoder || !weights) return;
    const network = await loadNetwork(space.decoder, weights);
    const decoder = { spec: space.decoder, weights };
    this.needs.jobs.load({ model: space.name, z: space.z, decoder });
    this.add(new Cell(space, network, this.needs.jobs));
  }

  /** The linear baseline arrives with the encoder. */
  receivePca({ mean, components, latents }: Record<'mean' | 'components' | 'latents', Floats>): void {
    const space = pcaSpace(this.needs.model.space, latents);
    this.add(new Cell(space, new LinearDecoder(mean, components), this.needs.jobs));
  }

  private add(cell: Cell): void {
    this.cells.set(cell.space.name, cell);
    if (this.needs.model.state.tool === 'compare') this.needs.refresh();
  }

  get key(): string {
    const { state, plane } = this.needs.model;
    return [this.chosen, state.match, [...this.cells.keys()], plane.number].join(' ');
  }

  build() {
    const { model } = this.needs;
    const { space, state } = model;
    this.addOwn();
    const missing = this.chosen.filter((name) => !this.cells.has(name) && name !== PCA);
    if (missing.length) tell('load', missing);
    const match = MATCHES.toReversed().map((value) =>
      h('button', {
        ...MATCH_WORDS[value],
        'aria-pressed': String(state.match === value),
        onclick: () => model.set({ match: value }),
      }),
    );
    const names = [space.name, ...this.chosen];
    const found = names.map((name) => this.cells.get(name));
    this.shown = found.filter((cell) => cell !== undefined);
    for (const cell of this.shown) {
      cell.refresh(model.theme, cell.space === space ? model.plane : null, this.titleOf(cell.space));
    }
    this.follow();
    const figures = found.map((cell, i) => cell?.element ?? waiting(this.candidates, names[i]));
    const cells = h('div', { class: 'cells', style: `--cells:${figures.length}` }, ...figures);
    return {
      controls: [
        h('div', { class: 'group' }, ...match),
        besideControls(this.candidates, this.chosen, space.z, (name) => this.toggle(name)),
      ],
      content: [cells],
    };
  }

  private addOwn(): void {
    const { model, engine, jobs } = this.needs;
    const { space } = model;
    if (this.cells.has(space.name) || !engine.network) return;
    this.cells.set(space.name, new Cell(space, engine.network, jobs));
  }

  private toggle(name: string): void {
    const { model } = this.needs;
    const chosen = this.chosen.includes(name)
      ? this.chosen.filter((other) => other !== name)
      : [...this.chosen, name];
    if (chosen.length > MOST_OTHERS) {
      model.canvas.say('At most four networks; remove one first.');
      return;
    }
    model.set({ others: chosen });
  }

  /** The cursor has moved: decode the matching place everywhere. */
  follow(): void {
    const { model, cursor } = this.needs;
    const { space, plane, state } = model;
    const own = this.cells.get(space.name);
    if (state.tool !== 'compare' || !own) return;
    const { z } = cursor.shown;
    const [{ row }] = space.nearest(z);
    const shares = own.sharesAt(plane.project(z));
    for (const cell of this.shown) {
      const same = state.match === 'anchor' ? rowOf(cell.space, space, row) : -1;
      const there = same >= 0 ? cell.space.latent(same) : cell.latentAt(shares);
      cell.show(cell === own ? z : there);
    }
  }
}

const rowOf = (there: Space, here: Space, row: number) =>
  there.rowOf(here.splits[row], here.numbers[row]);

function waiting(candidates: Offered[], name: string): HTMLElement {
  const line = candidates.find((other) => other.name === name)?.short;
  const text = line ? 'loading…' : 'is not on this machine, or was trained on another image set';
  return h(
    'figure',
    { class: 'cell' },
    h('figcaption', { text: line ?? name }),
    h('p', { class: 'empty', text }),
  );
}
