// @ts-nocheck
// The component: one canvas per place on the page, kept while Streamlit runs the script again.

import { App } from './app.ts';
import { readHeader } from '../lib/message.ts';

const apps = new WeakMap();

/**
 * Streamlit calls this when the component appears, when its data changes and when the theme does.
 * @param {{data: Uint8Array, parentElement: ShadowRoot}} component
 * @returns {() => void} takes the canvas down
 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('#lab');
  const running = apps.get(root);
  if (running && running.fingerprint === readHeader(data).fingerprint) {
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
