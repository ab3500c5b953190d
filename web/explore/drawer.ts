// @ts-nocheck
// The drawer under the map: one tool at a time.

import { TOOLS } from './controls.ts';
import { debounce, h } from '../lib/dom.ts';

/**
 * Shows the tool that the state names. A tool has `build()`, which returns controls and content, and a
 * `key`: what its content depends on, as text, so that it is built anew only when that changes.
 */
export class Drawer {
  /** @param {import('./app.ts').App} app */
  constructor(app) {
    this.app = app;
    this.element = h('section', { class: 'drawer', hidden: true });
    this.refresh = debounce(() => this.fill(), 0); // several changes at once fill it once
  }

  fill() {
    const { app, element } = this;
    if (app.stopped) return;
    const tool = app.tools[app.state.tool];
    if (tool !== app.path) app.path.stop();
    element.hidden = !tool;
    const key = tool && `${app.state.tool} ${app.theme.dark} ${tool.key}`;
    if (key !== this.key) {
      this.key = key;
      if (tool) this.show(tool.build());
      else element.replaceChildren();
    }
    app.stage.invalidate('overlay');
  }

  show({ controls, content }) {
    const { app, element } = this;
    const name = app.state.tool;
    const scrolled = element.querySelector('.content')?.scrollTop ?? 0;
    const close = () => app.set({ tool: null }, 'push');
    const header = h(
      'header',
      {},
      h('h2', { text: TOOLS[name].title }),
      ...controls,
      h('button', { class: 'close', 'aria-label': 'close', text: '×', onclick: close }),
    );
    const body = h('div', { class: 'content' }, ...content);
    element.className = `drawer ${name}`;
    element.replaceChildren(header, body);
    body.scrollTop = scrolled;
  }
}
