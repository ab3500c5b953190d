// Under the map: play, step, speed and a slider over the stages.

import { h } from '../lib/dom.ts';
import { type Clock, SPEEDS } from './clock.ts';
import { positionOf, stepAt } from './timescale.ts';

const FINE = 1000; // positions of the slider

/** What the keys do wherever no field or button has them. */
const KEYS: Partial<Record<string, (transport: Transport) => void>> = {
  ' ': (transport) => transport.toggle(),
  ArrowLeft: (transport) => transport.move(-1),
  ArrowRight: (transport) => transport.move(1),
  Home: (transport) => transport.move(-Infinity),
  End: (transport) => transport.move(Infinity),
};

export class Transport {
  readonly element: HTMLElement;
  private readonly clock: Clock;
  private readonly moved: () => void;
  private readonly playButton: HTMLButtonElement;
  private readonly slider: HTMLInputElement;
  private readonly marks = h('div', { class: 'marks', 'aria-hidden': 'true' });
  private readonly speed: HTMLSelectElement;
  private readonly words = h('output', { class: 'when' });
  private marked = '';
  private told = '';

  /** @param moved - the step, the speed or whether it plays was changed by hand */
  constructor(clock: Clock, moved: () => void) {
    this.clock = clock;
    this.moved = moved;
    const button = (text: string, title: string, act: () => void) =>
      h('button', { text, title, 'aria-label': title, onclick: act });
    this.playButton = button('▶', 'Play (space)', () => this.toggle());
    this.playButton.classList.add('play');
    this.slider = h('input', {
      ...{ type: 'range', min: 0, max: FINE, step: 1 },
      'aria-label': 'Training step',
      oninput: () => {
        clock.seek(stepAt(Number(this.slider.value) / FINE, clock.track.last));
        moved();
      },
    });
    this.speed = h(
      'select',
      {
        'aria-label': 'Speed',
        title: 'Speed',
        onchange: () => {
          clock.speed = Number(this.speed.value);
          moved();
        },
      },
      ...SPEEDS.map((speed) => h('option', { value: speed, text: `${speed}×` })),
    );
    this.element = h(
      'div',
      { class: 'transport', role: 'group', 'aria-label': 'Playback' },
      this.playButton,
      button('‹', 'Previous stage (left arrow)', () => this.move(-1)),
      button('›', 'Next stage (right arrow)', () => this.move(1)),
      this.speed,
      h('div', { class: 'track' }, this.marks, this.slider),
      this.words,
    );
  }

  toggle(): void {
    if (this.clock.playing) this.clock.pause();
    else this.clock.play();
    this.moved();
  }

  move(stages: number): void {
    this.clock.move(stages);
    this.moved();
  }

  /** Handle a key; true: it was one of ours. */
  key(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    const target = event.composedPath()[0];
    const onSlider = target === this.slider;
    if (!onSlider && target instanceof HTMLElement) {
      if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || target.isContentEditable) return false;
      if (event.key === ' ' && /^(BUTTON|A|SUMMARY)$/.test(target.tagName)) return false;
    }
    const act = KEYS[event.key];
    act?.(this);
    return act !== undefined;
  }

  /** Say where the playhead is. */
  update(epoch: number): void {
    const { clock } = this;
    const { steps, last } = clock.track;
    const step = Math.round(clock.step);
    this.mark(steps, last);
    const now = [clock.step, last, clock.speed, clock.playing, epoch].join(' ');
    if (now === this.told) return;
    this.told = now;
    this.slider.value = String(Math.round(FINE * positionOf(clock.step, last)));
    const words = `step ${step.toLocaleString('en-US')} of ${last.toLocaleString('en-US')}`;
    this.slider.setAttribute('aria-valuetext', words);
    this.words.textContent = `${words}, epoch ${epoch.toFixed(epoch < 10 ? 1 : 0)}`;
    this.speed.value = String(clock.speed);
    this.playButton.textContent = clock.playing ? '❚❚' : '▶';
    const title = clock.playing ? 'Pause (space)' : 'Play (space)';
    this.playButton.title = title;
    this.playButton.setAttribute('aria-label', title);
  }

  private mark(steps: readonly number[], last: number): void {
    const key = `${steps.length} ${steps.at(-1)} ${last}`;
    if (key === this.marked) return;
    this.marked = key;
    const places = steps.map((step) => 100 * positionOf(step, last));
    this.marks.replaceChildren(...places.map((at) => h('i', { style: `left:${at.toFixed(2)}%` })));
  }
}
