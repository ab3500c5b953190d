// A component without a face: a key of the keyboard that presses a button of the page. (Streamlit
// keeps R for itself; nobody in a class looks for "rerun".)

import type { Component } from './component.ts';

interface Shortcut {
  key: string;
  /** The key of a Streamlit button. */
  button: string;
}

const stops = new WeakMap<ShadowRoot, () => void>();

export default function mount({ data, parentElement }: Component<Shortcut>): () => void {
  stops.get(parentElement)?.();
  const press = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== data.key || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.composedPath()[0])) return;
    const button = document.querySelector<HTMLElement>(`.st-key-${data.button} button`);
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) button.click();
  };
  window.addEventListener('keydown', press, true);
  const stop = () => window.removeEventListener('keydown', press, true);
  stops.set(parentElement, stop);
  return () => stops.get(parentElement)?.();
}

function isTyping(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
