// @ts-nocheck
// From pin A to pin B: the frames in between, what really lies near each, and how evenly it changes.

import { clamp, figure, h, paintImage, prefersStill } from '../lib/dom.ts';
import { slerp } from '../latent/slerp.ts';

const FRAMES = 13;
const STEPS_PER_FRAME = 4; // the change is measured more finely than the frames are shown
const SECONDS = 4; // from one end to the other
const CHANGE = 'How much the image changes from each step to the next';
const HEADS = [
  ['decoded', 'What the network draws at this place'],
  ['nearest', 'The training image that landed nearest'],
  ['around', 'How many training images landed close by'],
  ['mixed', 'The two ends mixed pixel by pixel, for comparison'],
];

/** The path tool. */
export class Path {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.playing = 0;
    this.t = 0;
    this.frames = [];
  }

  get ends() {
    const find = (letter) => this.app.state.pins.find((pin) => pin.letter === letter);
    const [a, b] = [find('A'), find('B')];
    return a && b ? [a.z, b.z] : null;
  }

  get key() {
    const { state, thumbs } = this.app;
    return [this.ends?.join(), state.curve, state.over, thumbs.original].join(' ');
  }

  /** The latent at a share of the way; below 0 and above 1 lies the overshoot. */
  at(t) {
    const [a, b] = this.ends;
    const curved = this.app.state.curve && this.app.space.model === 'vae';
    return curved ? slerp(a, b, t) : a.map((value, d) => value + t * (b[d] - value));
  }

  get range() {
    const over = this.app.state.over / 100;
    return [-over, 1 + over];
  }

  /** Fill the drawer. */
  build() {
    const { app } = this;
    if (!this.ends) {
      return {
        controls: [],
        content: [
          h('p', {
            class: 'empty',
            text: 'Click two places on the map: A and B become the ends of a path.',
          }),
        ],
      };
    }
    this.playButton = h('button', {
      class: 'primary',
      text: this.playing ? 'Pause' : 'Play',
      onclick: () => this.togglePlay(),
    });
    const over = h('input', {
      type: 'range',
      min: 0,
      max: 50,
      step: 5,
      value: String(app.state.over),
      oninput: (event) => app.set({ over: Number(event.target.value) }),
    });
    const curved = h('input', {
      type: 'checkbox',
      onchange: (event) => app.set({ curve: event.target.checked }),
    });
    curved.checked = app.state.curve;
    const controls = [
      this.playButton,
      h(
        'label',
        { class: 'slider', title: 'How far to walk past the two ends' },
        'Overshoot',
        over,
        h('output', { text: `${app.state.over} %` }),
      ),
      app.space.model === 'vae'
        ? h(
            'label',
            {
              class: 'check',
              title: 'Keep the distance from the center, where a VAE expects images',
            },
            curved,
            'Around the center',
          )
        : null,
    ];
    return { controls, content: this.buildStrip() };
  }

  buildStrip() {
    this.steps = (FRAMES - 1) * STEPS_PER_FRAME + 1;
    const [from, to] = this.range;
    this.ts = Array.from(
      { length: this.steps },
      (_, i) => from + ((to - from) * i) / (this.steps - 1),
    );
    this.frames = [];
    for (let i = 0; i < this.steps; i += STEPS_PER_FRAME) this.frames.push(this.frame(i));
    this.plot = h('div', { class: 'change' });
    this.words = h('p', { class: 'quiet' });
    const heads = HEADS.map(([text, title]) => h('span', { text, title }));
    this.decodeAll();
    const frames = this.frames.map(({ element }) => element);
    const label = h('span', { class: 'label', text: 'change', title: CHANGE });
    const strip = h(
      'div',
      { class: 'strip' },
      h('div', { class: 'heads' }, ...heads),
      ...frames,
      label,
      this.plot,
    );
    return [strip, this.words];
  }

  frame(i) {
    const t = this.ts[i];
    const { app } = this;
    const z = this.at(t);
    const [{ row }] = app.space.nearest(z);
    const near = app.space.crowd(z);
    const [decoded, real, mixed] = [h('canvas'), h('canvas'), h('canvas')];
    app.panel.drawRow(real, row);
    const outside = t < 0 || t > 1;
    const element = h(
      'button',
      {
        class: outside ? 'frame outside' : 'frame',
        title: `${Math.round(100 * t)} % of the way`,
        onclick: () => this.goTo(t),
      },
      decoded,
      real,
      h('span', { class: near ? 'near' : 'near none', text: near ? String(near) : 'none' }),
      mixed,
    );
    return { i, t, decoded, mixed, element };
  }

  /** Decode every step in the worker; frames, mix and plot are painted when they are there. */
  decodeAll() {
    const { app } = this;
    const { z } = app.space;
    const latents = new Float32Array(this.steps * z);
    this.ts.forEach((t, i) => latents.set(this.at(t), i * z));
    const [a, b] = this.ends;
    const images = [];
    const size = app.space.image.reduce((product, side) => product * side, 1);
    const all = new Float32Array(latents.length + 2 * z);
    all.set(latents);
    all.set(a, latents.length);
    all.set(b, latents.length + z);
    app.engine.decodeMany('path', all, ({ start, rows, values, last }) => {
      for (let i = 0; i < rows; i++) images[start + i] = values.subarray(i * size, (i + 1) * size);
      if (last) this.paintFrames(images);
    });
  }

  paintFrames(images) {
    const { image } = this.app.space;
    const [a, b] = images.slice(this.steps);
    for (const { i, t, decoded, mixed } of this.frames) {
      paintImage(decoded, images[i], image);
      const mix = a.map((value, p) => clamp(value + t * (b[p] - value), 0, 255));
      paintImage(mixed, mix, image);
    }
    const changes = [];
    for (let i = 1; i < this.steps; i++) {
      let sum = 0;
      for (let p = 0; p < images[i].length; p++) sum += Math.abs(images[i][p] - images[i - 1][p]);
      changes.push(sum / images[i].length / 255);
    }
    this.plot.replaceChildren(changePlot(changes, this.ts));
    this.words.textContent = evenness(changes);
  }

  goTo(t) {
    this.stop();
    this.t = t;
    this.showAt(t);
  }

  showAt(t) {
    const { app } = this;
    const z = this.at(t);
    app.cursor.move(...app.plane.project(z), {
      z,
      where: `${Math.round(100 * t)} % of the way from A to B`,
    });
    const step = (this.range[1] - this.range[0]) / (FRAMES - 1);
    this.frames.forEach((frame) =>
      frame.element.classList.toggle('now', Math.abs(frame.t - t) <= step / 2),
    );
  }

  togglePlay() {
    if (this.playing) return this.stop();
    if (!this.ends) return this.app.say('A path needs two pins: click two places on the map.');
    if (this.app.state.tool !== 'path') this.app.set({ tool: 'path' }, 'push');
    return this.play();
  }

  play() {
    if (this.playButton) this.playButton.textContent = 'Pause';
    const [from, to] = this.range;
    const started = performance.now();
    const tick = (now) => {
      if (!this.ends) return this.stop();
      const share = ((now - started) / 1000 / SECONDS) % 2;
      const swing = share < 1 ? share : 2 - share;
      // Where motion is unwelcome, show frame after frame instead of gliding.
      const eased = prefersStill() ? Math.round(swing * (FRAMES - 1)) / (FRAMES - 1) : swing;
      this.showAt(from + eased * (to - from));
      this.playing = requestAnimationFrame(tick);
      return undefined;
    };
    this.playing = requestAnimationFrame(tick);
  }

  stop() {
    cancelAnimationFrame(this.playing);
    this.playing = 0;
    if (this.playButton) this.playButton.textContent = 'Play';
  }

  /** Draw the way on the map. */
  paint(context) {
    if (!this.ends || this.app.state.tool !== 'path') return;
    const { plane, theme } = this.app;
    const { view } = this.app.stage;
    const [from, to] = this.range;
    const points = Array.from({ length: 49 }, (_, i) => from + ((to - from) * i) / 48);
    for (const [color, width] of [
      [theme.background, 5],
      [theme.accent, 2.25],
    ]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      points.forEach((t) => context.lineTo(...view.toScreen(...plane.project(this.at(t)))));
      context.stroke();
    }
  }
}

/** How much the image changes from step to step, under the frames it belongs to. */
function changePlot(changes, ts) {
  const most = Math.max(...changes) || 1;
  const [width, height] = [260, 26];
  // Each frame stands in the middle of its column.
  const x = (share) => (width / FRAMES) * (0.5 + share * (FRAMES - 1));
  const points = changes.map((value, i) => {
    const share = (i + 0.5) / changes.length;
    return `${x(share).toFixed(1)},${(height - (value / most) * height).toFixed(1)}`;
  });
  const marks = [0, 1].map((end) => {
    const at = x((end - ts[0]) / (ts[ts.length - 1] - ts[0]));
    return h('line', { x1: at, x2: at, y1: 0, y2: height });
  });
  const props = { viewBox: `0 -2 ${width} ${height + 4}`, preserveAspectRatio: 'none' };
  return h(
    'svg',
    { ...props, role: 'img', 'aria-label': 'change of the image from step to step' },
    ...marks,
    h('polyline', { points: points.join(' ') }),
  );
}

function evenness(changes) {
  const mean = changes.reduce((sum, value) => sum + value, 0) / changes.length || 1;
  return `Equal steps, unequal change: the fastest step changes the image ${figure(Math.max(...changes) / mean)} times as much as the mean one.`;
}
