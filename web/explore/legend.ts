// Under the map: the classes, and the color scale of a layer. Neither covers a point.

import { LAYERS } from '../latent/layers.ts';
import { h } from '../lib/dom.ts';
import { markElement } from '../scatter/marks.ts';
import { press } from './controls.ts';
import type { Model } from './model.ts';

const MOST_CLASSES = 24;

export class Legend {
  readonly classes = h('div', { class: 'legend', role: 'group', 'aria-label': 'classes' });
  readonly scale = h('div', { class: 'scale', hidden: true });
  private readonly model: Model;
  private readonly solo: (label: number) => void;

  constructor(model: Model, solo: (label: number) => void) {
    this.model = model;
    this.solo = solo;
    this.restyle();
  }

  /** Take the colors of the theme. */
  restyle(): void {
    const { space, theme } = this.model;
    const names = space.class_names;
    const entries: HTMLElement[] = names.slice(0, MOST_CLASSES).map((name, label) =>
      h(
        'button',
        { 'data-value': label, title: `Show only ${name}`, onclick: () => this.solo(label) },
        markElement({ label, names, theme }),
        h('span', { text: name }),
      ),
    );
    const rest = names.length - entries.length;
    if (rest > 0) entries.push(h('span', { class: 'rest', text: `and ${rest} more` }));
    this.classes.replaceChildren(...entries);
    this.update();
  }

  update(): void {
    const { solo } = this.model.state;
    press(this.classes, solo === null ? null : String(solo));
  }

  /** Show the layer's color scale, with what its two ends mean. */
  rescale([low, high]: [low: string, high: string]): void {
    const { state, theme } = this.model;
    const layer = LAYERS[state.shade];
    this.scale.hidden = !layer;
    if (!layer) return;
    this.scale.replaceChildren(
      h('span', { text: `${layer.ends[0]} ${low}` }),
      h('i', { class: theme.dark ? 'ramp dark' : 'ramp' }),
      h('span', { text: `${high} ${layer.ends[1]}` }),
    );
  }
}
