// The controls on the map: what is drawn, and the tools. Rare ones are in menu.ts.

import type { Space } from '../latent/space.ts';
import { h } from '../lib/dom.ts';
import type { Menu } from './menu.ts';
import type { Model } from './model.ts';
import { ON_BAR, POINTS, type State, type ToolName } from './state.ts';

const POINT_WORDS: Record<State['points'], { text: string; title: string }> = {
  images: { text: 'Images', title: 'Each image at its latent, where there is room; otherwise a dot' },
  dots: { text: 'Dots', title: 'One dot for each image, in the color of its class' },
  marks: { text: 'Labels', title: 'The class label of each image, or a marker for each class' },
  none: { text: 'Off', title: 'No points' },
};
export const TOOL_WORDS: Record<ToolName, { title: string; help: string }> = {
  path: { title: 'Path', help: 'Interpolate between pin A and pin B' },
  dimensions: { title: 'Dimensions', help: 'Change one latent dimension at a time' },
  compare: { title: 'Compare', help: 'The same image in several networks' },
  samples: { title: 'Samples', help: 'Decode random latents' },
  arithmetic: { title: 'Latent arithmetic', help: 'A − B + C, beside a random direction and the same sum in pixel space' },
  reencoding: { title: 'Re-encoding', help: 'Decode, encode, decode … 50 times' },
  rotation: { title: 'Rotate the axes', help: 'What a single axis encodes depends on the seed' },
};
const TERMS: Partial<Record<ToolName, string>> = {
  dimensions: 'Traversal',
  arithmetic: 'Latent arithmetic',
  reencoding: 'Re-encoding',
  rotation: 'Rotation of the axes',
};
/** What a tool does, and what its term means. */
export const helpOf = (tool: ToolName, space: Space): string =>
  [TOOL_WORDS[tool].help, space.meaning(TERMS[tool] ?? '')].filter(Boolean).join('. ');
const FIRST_GRID = 20;

/** The bar over the map. */
export class Controls {
  readonly element: HTMLElement;
  private readonly model: Model;
  private readonly points: HTMLElement;
  private readonly tools: HTMLElement;
  private readonly gridButton: HTMLButtonElement;
  private readonly gridSize: HTMLInputElement;
  private readonly gridNumber = h('output');
  private readonly gridSlider: HTMLElement;

  constructor(model: Model, menu: Menu) {
    this.model = model;
    this.points = this.pointsControl();
    this.tools = this.toolButtons();
    this.gridButton = h(
      'button',
      {
        'aria-label': 'Decoded grid',
        title: 'Cover the map with images that the network decodes',
        onclick: () => model.set({ grid: model.state.grid ? 0 : FIRST_GRID }),
      },
      h('span', { class: 'wide', text: 'Decoded ' }),
      'grid',
    );
    this.gridSize = h('input', {
      ...{ type: 'range', min: 10, max: 40, title: 'Tiles per side' },
      'aria-label': 'tiles per side',
      oninput: () => model.set({ grid: Number(this.gridSize.value) }, 'slide'),
    });
    this.gridSlider = h('label', { class: 'slider' }, this.gridSize, this.gridNumber);
    this.element = h(
      'div',
      { class: 'bar', role: 'toolbar', 'aria-label': 'what the map shows' },
      this.points,
      h('div', { class: 'group' }, this.gridButton, this.gridSlider),
      h('span', { class: 'space' }),
      this.tools,
      menu.element,
    );
    this.update();
  }

  private pointsControl(): HTMLElement {
    // A reconstruction never stands for an original: without originals there are no images to lay out.
    const offered = POINTS.filter((value) => value !== 'images' || this.model.space.originals);
    const buttons = offered.map((value) =>
      h('button', {
        ...POINT_WORDS[value],
        'data-value': value,
        onclick: () => this.model.set({ points: value }),
      }),
    );
    return h('div', { class: 'group', role: 'group', 'aria-label': 'draw the points as' }, ...buttons);
  }

  private toolButtons(): HTMLElement {
    const buttons = ON_BAR.map((tool) =>
      h('button', {
        'data-value': tool,
        text: TOOL_WORDS[tool].title,
        title: helpOf(tool, this.model.space),
        onclick: () => this.model.set({ tool: this.model.state.tool === tool ? null : tool }),
      }),
    );
    return h('div', { class: 'group tools', role: 'group', 'aria-label': 'tools' }, ...buttons);
  }

  update(): void {
    const { state } = this.model;
    press(this.points, state.points);
    press(this.tools, state.tool);
    this.gridButton.setAttribute('aria-pressed', String(state.grid > 0));
    this.gridSlider.hidden = !state.grid;
    this.gridSize.value = String(state.grid || FIRST_GRID);
    this.gridNumber.textContent = String(state.grid || '');
  }
}

/** Press the one button of a group that stands for a value. */
export function press(group: HTMLElement, value: string | null): void {
  for (const button of group.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.dataset.value === value));
  }
}
