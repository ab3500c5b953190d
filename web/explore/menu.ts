// "More": what is rarely changed, and what is rarely done.

import { LAYERS, layerChoices } from '../latent/layers.ts';
import { coordinate, h } from '../lib/dom.ts';
import { explain, explained } from '../lib/term.ts';
import { TOOL_WORDS } from './controls.ts';
import type { Model } from './model.ts';
import { ON_BAR, TOOLS } from './state.ts';

const NO_LAYER = 'Only the points and the decoded images.';

/** What can be done from the menu. */
export interface MenuActions {
  fit(): void;
  copyLink(): void;
  help(): void;
}

export class Menu {
  readonly element: HTMLElement;
  private readonly model: Model;
  private readonly button: HTMLButtonElement;
  private readonly list: HTMLElement;
  private readonly shade: HTMLSelectElement;
  private readonly shadeHelp = h('p', { class: 'help' });
  private readonly fog: HTMLInputElement;
  private readonly even: HTMLInputElement;
  private readonly evenLabel: HTMLElement;
  private readonly kind: HTMLSelectElement;
  private readonly axes: HTMLSelectElement[];

  constructor(model: Model, actions: MenuActions) {
    this.model = model;
    const layers = layerChoices().map(({ name, title }) => h('option', { value: name, text: title }));
    this.shade = h('select', { onchange: () => model.set({ shade: this.shade.value }) }, ...layers);
    this.fog = checkbox((fog) => model.set({ fog }));
    this.even = checkbox((even) => model.set({ even }));
    this.even.setAttribute('aria-label', 'Equal-probability spacing');
    this.evenLabel = h(
      'div',
      { class: 'check' },
      this.even,
      explained('Equal-probability spacing', model.space.meaning('Equal-probability spacing')),
    );
    this.kind = h(
      'select',
      { onchange: () => this.choosePlane() },
      h('option', { value: 'principal', text: 'the first two principal components' }),
      h('option', { value: 'dimensions', text: 'two latent dimensions' }),
    );
    this.axes = ['right', 'up'].map((direction) => this.axisControl(direction));
    const item = (text: string, help: string, act: () => void) =>
      h(
        'button',
        {
          class: 'item',
          onclick: () => {
            this.close();
            act();
          },
        },
        h('b', { text }),
        h('span', { text: help }),
      );
    this.list = h(
      'div',
      { class: 'menu', hidden: true },
      h('label', {}, 'Color the map by ', this.shade),
      this.shadeHelp,
      h('label', { class: 'check' }, this.fog, 'Dim where no training image is near'),
      this.evenLabel,
      ...(model.space.z > 2 ? this.planeControl() : []),
      h('hr'),
      ...TOOLS.filter((tool) => !ON_BAR.includes(tool)).map((tool) =>
        item(TOOL_WORDS[tool].title, TOOL_WORDS[tool].help, () => model.set({ tool })),
      ),
      h('hr'),
      item('Fit the map', 'show all points', () => actions.fit()),
      item('Copy link', 'to this view', () => actions.copyLink()),
      item('Present', 'only the map and the image', () => model.set({ present: true })),
      item('Keys and gestures', 'what the mouse, keys and fingers do', () => actions.help()),
    );
    this.button = h('button', {
      ...{ text: 'More', 'aria-haspopup': 'true', 'aria-expanded': 'false' },
      onclick: () => (this.isOpen ? this.close() : this.open()),
    });
    this.element = h('div', { class: 'group more', onkeydown: (event) => this.closeByKey(event) });
    this.element.append(this.button, this.list);
    this.update();
  }

  private planeControl(): HTMLElement[] {
    const text = this.model.space.meaning('Slice');
    return [
      h('label', {}, 'The map shows ', this.kind),
      h('div', { class: 'axes' }, ...this.axes),
      h('p', { class: 'help', text }),
    ];
  }

  private axisControl(direction: string): HTMLSelectElement {
    const options = this.model.space.dimensions.map(({ dimension, dead }) =>
      h('option', {
        value: String(dimension),
        text: `${direction}: ${coordinate(dimension)}${dead ? ' (inactive)' : ''}`,
      }),
    );
    const props = { 'aria-label': `axis: ${direction}`, onchange: () => this.choosePlane() } as const;
    return h('select', props, ...options);
  }

  private choosePlane(): void {
    const [i, j] = this.axes.map((select) => Number(select.value));
    const other = this.model.space.dimensions.find(({ dimension }) => dimension !== i)?.dimension;
    const kind = this.kind.value === 'principal' ? 'principal' : 'dimensions';
    this.model.set({ plane: { kind, i, j: i === j ? (other ?? j) : j } });
  }

  get isOpen(): boolean {
    return !this.list.hidden;
  }

  private open(): void {
    this.list.hidden = false;
    this.button.setAttribute('aria-expanded', 'true');
    document.addEventListener('pointerdown', this.closeBeside, { capture: true });
  }

  close(): void {
    this.list.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', this.closeBeside, { capture: true });
  }

  /** As every menu: a click beside it, or Escape. */
  private readonly closeBeside = (event: Event): void => {
    if (!event.composedPath().includes(this.element)) this.close();
  };

  private closeByKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.isOpen) return;
    event.stopPropagation();
    this.close();
    this.button.focus();
  }

  update(): void {
    const { state, space } = this.model;
    this.shade.value = state.shade;
    const layer = LAYERS[state.shade];
    const name = layer?.title.replace(' (MSE)', '') ?? '';
    const help = layer?.help ?? NO_LAYER;
    const meaning = space.meaning(name);
    explain(this.shadeHelp, meaning ? `${name}: ${help}` : help, { [name]: meaning });
    this.fog.checked = state.fog;
    this.even.checked = state.even;
    // Only a latent dimension of a VAE is meant to follow the normal distribution.
    this.evenLabel.hidden = space.model !== 'vae' || state.plane.kind === 'principal';
    this.kind.value = state.plane.kind;
    [state.plane.i, state.plane.j].forEach((dimension, axis) => {
      this.axes[axis].value = String(dimension);
      this.axes[axis].hidden = state.plane.kind === 'principal';
    });
  }
}

function checkbox(changed: (checked: boolean) => void): HTMLInputElement {
  const box = h('input', { type: 'checkbox', onchange: () => changed(box.checked) });
  return box;
}
