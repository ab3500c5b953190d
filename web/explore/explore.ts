// The component: one canvas per place on the page, kept while Streamlit runs the script again.

import type { Component } from '../lib/component.ts';
import { readHeader } from '../lib/message.ts';
import { App } from './app.ts';

const apps = new WeakMap<Element, App>();

/**
 * Streamlit calls this when the component appears, when its data changes and when the theme does.
 * @returns takes the canvas down
 */
export default function mount({ data, parentElement }: Component): () => void {
  const root = parentElement.querySelector<HTMLElement>('#lab');
  if (!root) throw new Error('The page has no place for the map.');
  const running = apps.get(root);
  if (running?.fingerprint === readHeader<{ fingerprint: string }>(data).fingerprint) {
    running.restyle();
  } else {
    running?.stop();
    apps.set(root, new App(root, data));
  }
  return () => {
    apps.get(root)?.stop();
    apps.delete(root);
  };
}
