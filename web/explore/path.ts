// From pin A to pin B: the frames in between, what really lies near each, and how evenly it changes.

import { along, changesOf, evenly, unevenness } from '../latent/path.ts';
import { clamp, figure, h, paintImage, prefersStill } from '../lib/dom.ts';
import { explained } from '../lib/term.ts';
import type { View } from '../scatter/view.ts';
import type { Cursor } from './cursor.ts';
import type { Engine } from './engine.ts';
import type { Model } from './model.ts';
import { Playback } from './playback.ts';
import type { Thumbs } from './thumbs.ts';
import type { Tool } from './tool.ts';

const FRAMES = 13;
const STEPS_PER_FRAME = 4; // the change is measured more finely than the frames are shown
const STEPS = (FRAMES - 1) * STEPS_PER_FRAME + 1;
const HEADS = [
  ['decoded', 'The decoded image at this point of the path'],
  ['nearest', 'The training image whose latent is nearest'],
  ['density', 'Number of training images whose latents are near'],
  ['cross-fade', ''],
];

interface Frame {
  t: number;
  decoded: HTMLCanvasElement;
  mixed: HTMLCanvasElement;
  element: HTMLElement;
}
interface Needs {
  model: Model;
  view: View;
  engine: Engine;
  cursor: Cursor;
  thumbs: Thumbs;
}

/** The path tool. */
export class Path implements Tool {
  private readonly needs: Needs;
  private frames: Frame[] = [];
  private readonly playButton = h('button', { class: 'primary', onclick: () => this.togglePlay() });
  private readonly plot = h('div', { class: 'change step-sizes' });
  private readonly words = h('p', { class: 'quiet step-sizes' });
  private readonly playback: Playback;

  constructor(needs: Needs) {
    this.needs = needs;
    const moved = (share: number) => this.showAt(this.range[0] + share * (this.range[1] - this.range[0]));
    const said = (text: string) => {
      this.playButton.textContent = text;
    };
    this.playback = new Playback(FRAMES, moved, said);
  }

  private get ends(): [Float32Array, Float32Array] | null {
    const { pins } = this.needs.model.state;
    const [a, b] = ['A', 'B'].map((letter) => pins.find((pin) => pin.letter === letter));
    return a && b ? [a.z, b.z] : null;
  }

  get key(): string {
    const { model, thumbs } = this.needs;
    return [this.ends?.join(), model.state.curve, model.state.over, thumbs.ready].join(' ');
  }

  /** Map places of both ends: they stay in view. */
  places(): [number, number][] {
    return (this.ends ?? []).map((z) => this.needs.model.plane.project(z));
  }

  private at([a, b]: [Float32Array, Float32Array], t: number): Float32Array {
    const { state, space } = this.needs.model;
    return along(a, b, t, state.curve && space.model === 'vae');
  }

  private get range(): [number, number] {
    const over = this.needs.model.state.over / 100;
    return [-over, 1 + over];
  }

  build() {
    const { ends } = this;
    if (!ends) {
      const text = 'Click two places on the map: a path leads from pin A to pin B.';
      return { controls: [], content: [h('p', { class: 'empty', text })] };
    }
    return { controls: this.controls(), content: this.strip(ends) };
  }

  private controls(): (HTMLElement | null)[] {
    const { model } = this.needs;
    const over = h('input', {
      ...{ type: 'range', min: 0, max: 50, step: 5, value: model.state.over, 'aria-label': 'Extrapolation' },
      oninput: () => model.set({ over: Number(over.value) }, 'slide'),
    });
    const curved = h('input', {
      type: 'checkbox',
      onchange: () => model.set({ curve: curved.checked }),
    });
    curved.checked = model.state.curve;
    return [
      this.playButton,
      h(
        'div',
        { class: 'slider' },
        explained('Extrapolation', model.space.meaning('Extrapolation')),
        over,
        h('output', { text: `${model.state.over} %` }),
      ),
      model.space.model === 'vae'
        ? h(
            'div',
            { class: 'check' },
            h('label', { class: 'check' }, curved, 'Spherical interpolation'),
            explained('(slerp)', model.space.meaning('Slerp')),
          )
        : null,
    ];
  }

  private strip(ends: [Float32Array, Float32Array]): HTMLElement[] {
    const ts = evenly(...this.range, STEPS);
    this.frames = ts.filter((_, i) => i % STEPS_PER_FRAME === 0).map((t) => this.frame(ends, t));
    this.decode(ends, ts);
    const { space } = this.needs.model;
    const heads = HEADS.map(([text, title]) =>
      h('span', {}, explained(text, title || space.meaning('Cross-fade'))),
    );
    const title = 'Change of the image from one step to the next: the mean absolute difference of the pixels.';
    const strip = h(
      'div',
      { class: 'strip' },
      h('div', { class: 'heads' }, ...heads),
      ...this.frames.map(({ element }) => element),
      h('span', { class: 'label' }, explained('change', title)),
      this.plot,
    );
    return [strip, this.words];
  }

  private frame(ends: [Float32Array, Float32Array], t: number): Frame {
    const { model, thumbs } = this.needs;
    const z = this.at(ends, t);
    const near = model.space.crowd(z);
    const [decoded, real, mixed] = [h('canvas'), h('canvas'), h('canvas')];
    thumbs.show(real, model.space.nearest(z)[0].row);
    const element = h(
      'button',
      {
        class: t < 0 || t > 1 ? 'frame outside' : 'frame',
        title: `${Math.round(100 * t)} % of the way`,
        onclick: () => this.goTo(t),
      },
      decoded,
      real,
      h('span', { class: near ? 'near' : 'near none', text: near ? String(near) : 'none' }),
      mixed,
    );
    return { t, decoded, mixed, element };
  }

  /** Decode every step in the worker; frames, cross-fade and plot are painted when they are there. */
  private decode(ends: [Float32Array, Float32Array], ts: number[]): void {
    const { engine, model } = this.needs;
    const { z, pixels } = model.space;
    const all = [...ts.map((t) => this.at(ends, t)), ...ends];
    const latents = new Float32Array(all.length * z);
    all.forEach((latent, i) => latents.set(latent, i * z));
    const images: ArrayLike<number>[] = [];
    engine.decodeMany('path', latents, ({ start, rows, values, last }) => {
      for (let i = 0; i < rows; i++) {
        images[start + i] = values.subarray(i * pixels, (i + 1) * pixels);
      }
      if (last) this.paintFrames(images.slice(0, STEPS), images[STEPS], images[STEPS + 1], ts);
    });
  }

  private paintFrames(
    images: ArrayLike<number>[],
    a: ArrayLike<number>,
    b: ArrayLike<number>,
    ts: number[],
  ): void {
    const { image } = this.needs.model.space;
    this.frames.forEach(({ t, decoded, mixed }, i) => {
      paintImage(decoded, images[i * STEPS_PER_FRAME], image);
      const mix = Uint8Array.from(a, (value, p) => clamp(value + t * (b[p] - value), 0, 255));
      paintImage(mixed, mix, image);
    });
    const changes = changesOf(images);
    this.plot.replaceChildren(changePlot(changes, ts));
    this.words.textContent = `Equal steps in latent space; the largest change of the image is ${figure(unevenness(changes))} times the mean change.`;
  }

  private goTo(t: number): void {
    this.stop();
    this.showAt(t);
  }

  private showAt(t: number): void {
    const { ends } = this;
    if (!ends) {
      this.stop();
      return;
    }
    const { cursor, model } = this.needs;
    const z = this.at(ends, t);
    const where = `${Math.round(100 * t)} % of the way from A to B`;
    cursor.move(...model.plane.project(z), { z, where });
    const step = (this.range[1] - this.range[0]) / (FRAMES - 1);
    for (const frame of this.frames) {
      frame.element.classList.toggle('now', Math.abs(frame.t - t) <= step / 2);
    }
  }

  togglePlay(): void {
    const { model } = this.needs;
    if (this.playback.isPlaying) this.stop();
    else if (!this.ends) model.canvas.say('A path needs two pins: click two places on the map.');
    else {
      if (model.state.tool !== 'path') model.set({ tool: 'path' });
      this.playback.play(prefersStill());
    }
  }

  stop(): void {
    this.playback.stop();
  }

  leave(): void {
    this.stop();
  }

  /** Draw the way on the map. */
  paint(context: CanvasRenderingContext2D): void {
    const { ends } = this;
    if (!ends) return;
    const { model, view } = this.needs;
    const { plane, theme } = model;
    const points = evenly(...this.range, 49).map((t) => plane.project(this.at(ends, t)));
    for (const [color, width] of [[theme.background, 5], [theme.accent, 2.25]] as const) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      for (const place of points) context.lineTo(...view.toScreen(...place));
      context.stroke();
    }
  }
}

/** How much the image changes from step to step, under the frames it belongs to. */
function changePlot(changes: number[], ts: number[]): SVGSVGElement {
  const most = Math.max(...changes) || 1;
  const [width, height] = [260, 26];
  // Each frame stands in the middle of its column.
  const x = (share: number) => (width / FRAMES) * (0.5 + share * (FRAMES - 1));
  const points = changes.map((value, i) => {
    const share = (i + 0.5) / changes.length;
    return `${x(share).toFixed(1)},${(height - (value / most) * height).toFixed(1)}`;
  });
  const marks = [0, 1].map((end) => {
    const at = x((end - ts[0]) / (ts[ts.length - 1] - ts[0]));
    return h('line', { x1: at, x2: at, y1: 0, y2: height });
  });
  return h(
    'svg',
    {
      ...{ viewBox: `0 -2 ${width} ${height + 4}`, preserveAspectRatio: 'none' },
      ...{ role: 'img', 'aria-label': 'change of the image from step to step' },
    },
    ...marks,
    h('polyline', { points: points.join(' ') }),
  );
}
