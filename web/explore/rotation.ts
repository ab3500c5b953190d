// Rotate the axes: two latent dimensions turned by an angle. What an axis shows changes, the loss does
// not; and a second seed of the same recipe has axes of its own anyway.

import { turned, turnedKl } from '../latent/rotation.ts';
import { squaredError } from '../latent/reencoding.ts';
import { type NetworkMessage, Space, quantile } from '../latent/space.ts';
import { tell } from '../lib/bus.ts';
import { coordinate, figure, h, paintImage } from '../lib/dom.ts';
import { type Meanings, explain } from '../lib/term.ts';
import { type Network, loadNetwork } from '../runtime/runtime.ts';
import type { View } from '../scatter/view.ts';
import type { Engine } from './engine.ts';
import type { Model } from './model.ts';
import type { Thumbs } from './thumbs.ts';
import type { Tool } from './tool.ts';

const FRAMES = 11;
const SAMPLE = 200; // images on which the loss is worked out again
const RADIUS = 3; // standard deviations of a VAE's prior
const FLAT = 'A latent with one dimension has no axes to rotate.';
const REMOTE = 'This network runs on the server; rotating its axes needs a network that runs in the browser.';

type Axes = [i: number, j: number];
interface Needs {
  model: Model;
  view: View;
  engine: Engine;
  thumbs: Thumbs;
  refresh: () => void;
}
interface Strip {
  element: HTMLElement;
  canvases: HTMLCanvasElement[];
}

/** The rotation tool. */
export class Rotation implements Tool {
  private readonly needs: Needs;
  private readonly slider = h('input', {
    ...{ type: 'range', min: 0, max: 90, 'aria-label': 'angle in degrees' },
    oninput: () => this.needs.model.set({ angle: Number(this.slider.value) }, 'slide'),
  });
  private readonly number = h('output');
  private readonly loss = h('div', { class: 'loss' });
  private strips: Strip[] = [];
  private second: { space: Space; network: Network } | null = null;
  private lossLater: ReturnType<typeof setTimeout> | undefined;

  constructor(needs: Needs) {
    this.needs = needs;
  }

  /** The network of the same recipe from another seed, if there is one. */
  private get sibling() {
    const { space } = this.needs.model;
    return space.others.find(({ recipe, seed }) => recipe === space.recipe && seed !== space.seed) ?? null;
  }

  /** A network that was asked for has arrived, for this tool or another one. */
  async receive(message: NetworkMessage): Promise<void> {
    const { sibling } = this;
    const { weights } = message.arrays;
    if (message.header.name !== sibling?.name || this.second || !weights) return;
    const space = new Space(message);
    if (!space.decoder) return;
    this.second = { space, network: await loadNetwork(space.decoder, weights) };
    this.needs.refresh();
  }

  private get start(): Float32Array {
    const { space, chosenPin } = this.needs.model;
    return chosenPin?.z ?? space.latent(space.train[0]);
  }

  /** The two dimensions that are turned: those that are used most. */
  private get axes(): Axes {
    return axesOf(this.needs.model.space);
  }

  get key(): string {
    const { engine, thumbs } = this.needs;
    return [this.start.join(), this.second !== null, engine.network !== null, thumbs.ready].join(' ');
  }

  build() {
    const { model, engine } = this.needs;
    const { space } = model;
    if (space.z < 2) return { controls: [], content: [h('p', { class: 'empty', text: FLAT })] };
    if (!engine.network) return { controls: [], content: [h('p', { class: 'empty', text: REMOTE })] };
    const [i, j] = this.axes;
    this.strips = [i, j].map((d) => strip(`${coordinate(d)}′`));
    const own = h('section', {}, h('h3', { text: space.name }), ...this.strips.map(({ element }) => element));
    this.update();
    const slider = h('label', { class: 'slider' }, 'Angle', this.slider, this.number);
    return {
      controls: [slider, h('span', { class: 'quiet', text: this.from() })],
      content: [h('div', { class: 'turns' }, own, this.other()), this.loss],
    };
  }

  private from(): string {
    const { chosenPin } = this.needs.model;
    return chosenPin ? `Traversals from pin ${chosenPin.letter}.` : 'Traversals from a training image.';
  }

  /** Traversals of the second seed, along its own axes. */
  private other(): HTMLElement {
    const { sibling, second } = this;
    const { space } = this.needs.model;
    if (!sibling) {
      const command = `--seed ${space.seed + 1} --name ${space.name}-seed${space.seed + 1}`;
      const text = `No network with the same settings and another seed is on this machine. The Network page shows the command that trains this network; add ${command}.`;
      return h('section', {}, h('h3', { text: 'Another seed' }), h('p', { class: 'empty', text }));
    }
    const title = h('h3', { text: `${sibling.name}: the same settings, another seed` });
    if (!second) {
      tell('load', [sibling.name]);
      return h('section', {}, title, h('p', { class: 'empty', text: 'loading…' }));
    }
    const { network, space: there } = second;
    const row = space.nearest(this.start)[0].row;
    const same = there.rowOf(space.splits[row], space.numbers[row]);
    const start = there.latent(Math.max(same, 0));
    const axes = axesOf(there);
    const strips = axes.map((d, which) => {
      const one = strip(coordinate(d));
      traversal(there, start, axes, which, 0).forEach((z, k) => {
        paintImage(one.canvases[k], network.run(z), there.image);
      });
      return one.element;
    });
    const error = there.errors.reduce((sum, value) => sum + value, 0) / there.n;
    const words = h('p', { class: 'quiet' });
    explain(words, `Reconstruction error (MSE) of all stored images: ${figure(error)}.`, {
      'Reconstruction error': space.meaning('Reconstruction error'),
    });
    return h('section', {}, title, ...strips, words);
  }

  /** The angle has changed: traversals at once, the loss a moment later. */
  update(): void {
    const { model, engine } = this.needs;
    const { network } = engine;
    if (!network || !this.strips.length) return;
    this.slider.value = String(model.state.angle);
    this.number.textContent = `${model.state.angle}°`;
    this.strips.forEach(({ canvases }, which) => {
      traversal(model.space, this.start, this.axes, which, this.angle).forEach((z, k) => {
        paintImage(canvases[k], network.run(z), model.space.image);
      });
    });
    clearTimeout(this.lossLater);
    this.lossLater = setTimeout(() => this.showLoss(network), 60);
    model.canvas.repaint('overlay');
  }

  private get angle(): number {
    return (this.needs.model.state.angle * Math.PI) / 180;
  }

  private showLoss(network: Network): void {
    const { model } = this.needs;
    const { space, state } = model;
    const rows = someRows(space);
    const [before, after] = [0, this.angle].map((angle) => this.errorAt(network, rows, angle));
    const at = `${state.angle}°`;
    const cells = [
      ['', '0°', at],
      ['Reconstruction error (MSE)', before, after].map(written),
    ];
    if (space.stds) {
      const divergences = [0, this.angle].map((angle) => this.klAt(rows, angle));
      cells.push(['KL divergence of both dimensions (nats), with the rotated posterior', ...divergences].map(written));
    }
    const meanings = {
      'Reconstruction error': space.meaning('Reconstruction error'),
      'KL divergence': space.meaning('KL divergence'),
    };
    const table = h('table', {}, ...cells.map((texts) => tableRow(texts, meanings)));
    const text = `On ${rows.length} images; latents are rotated, and rotated back before they are decoded.`;
    this.loss.replaceChildren(table, h('p', { class: 'quiet', text }));
  }

  /** Mean squared error when latents are kept in turned axes; null where the originals are not here. */
  private errorAt(network: Network, rows: number[], angle: number): number | null {
    const { model, thumbs } = this.needs;
    const { space } = model;
    let sum = 0;
    for (const row of rows) {
      const image = thumbs.valuesOf(row);
      if (!image) return null;
      const stored = turned(space.latent(row), this.axes, angle);
      sum += squaredError(network.run(turned(stored, this.axes, -angle)), image);
    }
    return sum / rows.length;
  }

  private klAt(rows: number[], angle: number): number {
    const { space } = this.needs.model;
    const [i, j] = this.axes;
    const { z, stds } = space;
    const value = (row: number) => {
      const [mean, at] = [space.latent(row), row * z];
      const std = [stds?.[at + i] ?? 1, stds?.[at + j] ?? 1] as const;
      return turnedKl({ mean: [mean[i], mean[j]], std }, angle);
    };
    return rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
  }

  leave(): void {
    clearTimeout(this.lossLater);
  }

  /** Draw the turned axes through where the traversals start. */
  paint(context: CanvasRenderingContext2D): void {
    const { model, view } = this.needs;
    const { plane, theme, space } = model;
    if (space.z < 2) return;
    this.axes.forEach((d, which) => {
      const ends = traversal(space, this.start, this.axes, which, this.angle);
      const places = [ends[0], ends[FRAMES - 1]].map((z) => view.toScreen(...plane.project(z)));
      for (const [color, width] of [[theme.background, 5], [theme.accent, 2.25]] as const) {
        [context.strokeStyle, context.lineWidth] = [color, width];
        context.beginPath();
        for (const place of places) context.lineTo(...place);
        context.stroke();
      }
      context.fillStyle = theme.ink;
      context.font = '700 16px ui-sans-serif, system-ui, sans-serif';
      context.textAlign = 'center';
      context.fillText(`${coordinate(d)}′`, places[1][0], places[1][1] - 8);
    });
  }
}

/** The two dimensions of a space that are used most, in their own order. */
function axesOf(space: Space): Axes {
  const [a, b] = space.dimensions.map(({ dimension }) => dimension);
  return [Math.min(a, b), Math.max(a, b)];
}

/** Latents along one of two turned axes; the other coordinates stay. */
function traversal(space: Space, start: Float32Array, axes: Axes, which: number, angle: number): Float32Array[] {
  const from = turned(start, axes, angle);
  const axis = axes[which];
  const [low, high] = space.stds ? [-RADIUS, RADIUS] : rangeOf(space, axes, which, angle);
  return Array.from({ length: FRAMES }, (_, k) => {
    const z = Float32Array.from(from);
    z[axis] = low + ((high - low) * k) / (FRAMES - 1);
    return turned(z, axes, -angle);
  });
}

/** Where the images lie along a turned axis, without the outermost hundredths. */
function rangeOf(space: Space, axes: Axes, which: number, angle: number): [low: number, high: number] {
  const values = Float32Array.from({ length: space.n }, (_, row) =>
    turned(space.latent(row), axes, angle)[axes[which]],
  ).sort();
  return [quantile(values, 0.01), quantile(values, 0.99)];
}

function someRows({ n }: Space): number[] {
  const every = Math.ceil(n / SAMPLE);
  return Array.from({ length: n }, (_, row) => row).filter((row) => row % every === 0);
}

function strip(name: string): Strip {
  const canvases = Array.from({ length: FRAMES }, () => h('canvas'));
  const frames = canvases.map((canvas) => h('span', { class: 'frame' }, canvas));
  return { canvases, element: h('div', { class: 'turn' }, h('b', { text: name }), ...frames) };
}

const written = (value: string | number | null): string =>
  typeof value === 'string' ? value : value === null ? 'the original images are not on this machine' : value.toPrecision(5);

function tableRow([name, before, after]: string[], meanings: Meanings): HTMLElement {
  const head = h('th');
  explain(head, name, meanings);
  return h('tr', {}, head, h('td', { text: before }), h('td', { text: after }));
}
