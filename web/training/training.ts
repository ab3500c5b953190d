// The component: one page of its kind, kept while Streamlit runs the script again.

import type { Component } from '../lib/component.ts';
import { App } from './app.ts';
import type { Setting } from './messages.ts';

const apps = new WeakMap<Element, App>();

/**
 * Streamlit calls this when the component appears, when its data changes and when the theme does.
 * @returns takes the page down
 */
export default function mount({ data, parentElement }: Component<Setting>): () => void {
  const root = parentElement.querySelector<HTMLElement>('#training')!;
  const running = apps.get(root);
  if (running) running.set(data);
  else apps.set(root, new App(root, data));
  return () => {
    apps.get(root)?.stop();
    apps.delete(root);
  };
}
