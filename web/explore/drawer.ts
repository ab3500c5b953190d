// The drawer under the map: one tool at a time.

import { debounce, h } from '../lib/dom.ts';
import { explained } from '../lib/term.ts';
import { TOOL_WORDS, helpOf } from './controls.ts';
import type { Model } from './model.ts';
import type { ToolName } from './state.ts';
import type { Tool } from './tool.ts';

/** Shows the tool that the state names. */
export class Drawer {
  readonly element = h('section', { class: 'drawer', hidden: true });
  readonly refresh = debounce(() => this.fill(), 0); // several changes at once fill it once
  private readonly model: Model;
  private readonly tools: Record<ToolName, Tool>;
  private key = '';
  private open: Tool | null = null;

  constructor(model: Model, tools: Record<ToolName, Tool>) {
    this.model = model;
    this.tools = tools;
  }

  /** The tool that is open. */
  get tool(): Tool | null {
    const { tool } = this.model.state;
    return tool && this.tools[tool];
  }

  private fill(): void {
    const { state, theme, canvas } = this.model;
    const { tool, element } = this;
    if (tool !== this.open) this.open?.leave?.();
    this.open = tool;
    element.hidden = !tool;
    const key = tool && state.tool ? `${state.tool} ${theme.dark} ${tool.key}` : '';
    if (key !== this.key) {
      this.key = key;
      if (tool && state.tool) this.show(state.tool, tool);
      else element.replaceChildren();
    } else tool?.update?.();
    canvas.repaint('overlay');
  }

  private show(name: ToolName, tool: Tool): void {
    const { element } = this;
    const { controls, content } = tool.build();
    const scrolled = element.querySelector('.content')?.scrollTop ?? 0;
    const close = () => this.model.set({ tool: null });
    const header = h(
      'header',
      {},
      h('h2', {}, explained(TOOL_WORDS[name].title, helpOf(name, this.model.space))),
      ...controls,
      h('button', { class: 'close', 'aria-label': 'close', text: '×', onclick: close }),
    );
    const body = h('div', { class: 'content' }, ...content);
    element.className = `drawer ${name}`;
    element.replaceChildren(header, body);
    body.scrollTop = scrolled;
  }

  stop(): void {
    this.refresh.cancel();
    this.open?.leave?.();
  }
}
