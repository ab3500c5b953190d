// @ts-nocheck
// The controls on the map: what is drawn, the tools, and the legend. Rare ones are behind "More".

import { h } from '../lib/dom.ts';
import { markElement } from '../scatter/marks.ts';
import { SHADES } from './shading.ts';

const POINTS = { dots: 'Dots', images: 'Images', marks: 'Signs', none: 'Off' };
const MOST_LEGEND = 24;

/** The bar over the map and the legend under it. */
export class Controls {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.points = this.pointsControl();
    this.grid = this.gridControl();
    this.tools = this.toolButtons();
    this.more = this.moreMenu();
    this.bar = h(
      'div',
      { class: 'bar', role: 'toolbar', 'aria-label': 'what the map shows' },
      this.points,
      this.grid,
      h('span', { class: 'space' }),
      this.tools,
      this.more,
    );
    this.legend = h('div', { class: 'legend', role: 'group', 'aria-label': 'classes' });
    this.scale = h('div', { class: 'scale', hidden: true });
    this.fillLegend();
    app.on('state', () => this.update());
    app.on('shade', () => this.updateScale());
    this.update();
  }

  pointsControl() {
    const buttons = Object.entries(POINTS).map(([value, title]) =>
      h('button', {
        'data-value': value,
        text: title,
        title: POINT_HELP[value],
        onclick: () => this.app.set({ points: value }),
      }),
    );
    return h(
      'div',
      { class: 'group', role: 'group', 'aria-label': 'draw the points as' },
      ...buttons,
    );
  }

  gridControl() {
    this.gridButton = h(
      'button',
      {
        'aria-label': 'Decoded grid',
        title: 'Cover the map with images that the network draws',
        onclick: () => this.app.set({ grid: this.app.state.grid ? 0 : 20 }),
      },
      h('span', { class: 'wide', text: 'Decoded ' }),
      'grid',
    );
    this.gridSize = h('input', {
      type: 'range',
      min: 10,
      max: 40,
      'aria-label': 'tiles per side',
      title: 'Tiles per side',
      oninput: (event) => this.app.set({ grid: Number(event.target.value) }),
    });
    this.gridNumber = h('output', {});
    this.gridSlider = h('label', { class: 'slider' }, this.gridSize, this.gridNumber);
    return h('div', { class: 'group' }, this.gridButton, this.gridSlider);
  }

  toolButtons() {
    const buttons = Object.entries(TOOLS).map(([tool, { title, help }]) =>
      h('button', {
        'data-tool': tool,
        text: title,
        title: help,
        onclick: () => this.app.set({ tool: this.app.state.tool === tool ? null : tool }, 'push'),
      }),
    );
    return h('div', { class: 'group tools', role: 'group', 'aria-label': 'tools' }, ...buttons);
  }

  moreMenu() {
    const { app } = this;
    this.shade = h(
      'select',
      { onchange: (event) => app.set({ shade: event.target.value }) },
      ...Object.entries(SHADES).map(([value, { title }]) => h('option', { value, text: title })),
    );
    this.shadeHelp = h('p', { class: 'help' });
    this.fog = h('input', {
      type: 'checkbox',
      onchange: (event) => app.set({ fog: event.target.checked }),
    });
    this.even = h('input', {
      type: 'checkbox',
      onchange: (event) => app.set({ even: event.target.checked }),
    });
    this.evenLabel = h(
      'label',
      { class: 'check', title: EVEN_HELP },
      this.even,
      'Space the map by probability',
    );
    const item = (text, help, onclick) =>
      h(
        'button',
        {
          class: 'item',
          onclick: () => {
            this.closeMore();
            onclick();
          },
        },
        h('b', { text }),
        h('span', { text: help }),
      );
    this.menu = h(
      'div',
      { class: 'menu', hidden: true },
      h('label', {}, 'Color the map by ', this.shade),
      this.shadeHelp,
      h('label', { class: 'check' }, this.fog, 'Fog where there is no training image'),
      this.evenLabel,
      ...this.planeControl(),
      h('hr'),
      item('Fit the map', 'show all points again', () => app.stage.fit()),
      item('Copy link', 'to exactly what you see', () => app.address.copy()),
      item('Present', 'only the map and the image', () => app.set({ present: true }, 'push')),
      item('Keys and gestures', 'what the mouse, keys and fingers do', () => app.openHelp()),
    );
    this.moreButton = h('button', {
      text: 'More',
      'aria-haspopup': 'true',
      'aria-expanded': 'false',
      onclick: () => this.toggleMore(),
    });
    return h('div', { class: 'group more' }, this.moreButton, this.menu);
  }

  planeControl() {
    const { app } = this;
    if (app.space.z <= 2) return [];
    const options = (name) =>
      app.space.dimensions.map(({ dimension, dead }) =>
        h('option', {
          value: String(dimension),
          text: `${name} z${dimension + 1}${dead ? ' (unused)' : ''}`,
        }),
      );
    this.axes = [0, 1].map((axis) =>
      h(
        'select',
        {
          'aria-label': axis ? 'upward axis' : 'axis to the right',
          onchange: () => this.choosePlane(),
        },
        ...options(axis ? 'up:' : 'right:'),
      ),
    );
    this.kind = h(
      'select',
      { onchange: () => this.choosePlane() },
      h('option', { value: 'principal', text: 'the two main directions' }),
      h('option', { value: 'dimensions', text: 'two latent dimensions' }),
    );
    return [
      h('label', {}, 'The map shows ', this.kind),
      h('div', { class: 'axes' }, ...this.axes),
      h('p', {
        class: 'help',
        text: 'A flat slice through the chosen pin; points are laid down on it.',
      }),
    ];
  }

  choosePlane() {
    const [i, j] = this.axes.map((select) => Number(select.value));
    const other = this.app.space.dimensions.find(({ dimension }) => dimension !== i).dimension;
    this.app.set({ plane: { kind: this.kind.value, i, j: i === j ? other : j } }, 'push');
  }

  toggleMore() {
    this.menu.hidden = !this.menu.hidden;
    this.moreButton.setAttribute('aria-expanded', String(!this.menu.hidden));
  }

  closeMore() {
    this.menu.hidden = true;
    this.moreButton.setAttribute('aria-expanded', 'false');
  }

  fillLegend() {
    const { space, theme } = this.app;
    const names = space.class_names.slice(0, MOST_LEGEND);
    const entries = names.map((name, label) =>
      h(
        'button',
        { 'data-label': label, title: `Show only ${name}`, onclick: () => this.app.solo(label) },
        markElement({ label, names: space.class_names, theme }),
        h('span', { text: name }),
      ),
    );
    const rest = space.class_names.length - names.length;
    if (rest > 0) entries.push(h('span', { class: 'rest', text: `and ${rest} more` }));
    this.legend.replaceChildren(...entries);
  }

  update() {
    const { state, space } = this.app;
    press(this.points, 'value', state.points);
    press(this.tools, 'tool', state.tool);
    press(this.legend, 'label', state.solo === null ? null : String(state.solo));
    this.gridButton.setAttribute('aria-pressed', String(state.grid > 0));
    this.gridSlider.hidden = !state.grid;
    this.gridSize.value = String(state.grid || 20);
    this.gridNumber.textContent = String(state.grid || '');
    this.shade.value = state.shade;
    this.shadeHelp.textContent = SHADES[state.shade].help;
    this.fog.checked = state.fog;
    this.even.checked = state.even;
    // Only a latent number of a VAE is meant to follow the normal distribution.
    this.evenLabel.hidden = space.model !== 'vae' || state.plane.kind === 'principal';
    if (this.axes) {
      this.kind.value = state.plane.kind;
      this.axes[0].value = String(state.plane.i);
      this.axes[1].value = String(state.plane.j);
      this.axes.forEach((select) => {
        select.hidden = state.plane.kind === 'principal';
      });
    }
    this.updateScale();
  }

  /** The color scale of the shading, with what its two ends mean. */
  updateScale() {
    const { state, shading } = this.app;
    const shade = SHADES[state.shade];
    this.scale.hidden = !shade.ends;
    if (!shade.ends) return;
    const [low, high] = shading.shade?.text ?? ['', ''];
    const numbers = [` ${low}`, `${high} `];
    this.scale.replaceChildren(
      h('span', { text: shade.ends[0] + numbers[0] }),
      h('i', { class: this.app.theme.dark ? 'ramp dark' : 'ramp' }),
      h('span', { text: numbers[1] + shade.ends[1] }),
    );
  }
}

export const TOOLS = {
  path: { title: 'Path', help: 'Walk from pin A to pin B' },
  dimensions: { title: 'Dimensions', help: 'Change one latent number at a time' },
  compare: { title: 'Compare', help: 'The same place in several networks at once' },
  samples: { title: 'Samples', help: 'Let the network draw at random' },
};

const EVEN_HELP = 'Places that are equally likely under the prior take equal room';

const POINT_HELP = {
  dots: 'One dot for each image, in the color of its class',
  images: 'Each image drawn at its own place',
  marks: 'One sign for each class',
  none: 'No points',
};

function press(group, name, value) {
  for (const button of group.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.dataset[name] === value));
  }
}
