// A term of the glossary where it stands: point at it, tap it, or press Enter on it to read what it means.

import { clamp, h } from './dom.ts';

/** What the glossary says of the labels that a component shows, by label; sent with its data. */
export type Meanings = Partial<Record<string, string>>;

const MARGIN = 8; // pixels between the explanation and what is around it
const WIDEST = 340;
const NAME =
  'font: inherit; color: inherit; letter-spacing: inherit; text-align: inherit; white-space: inherit; background: none; ' +
  'border: 0; padding: 0; margin: 0; min-height: 0; height: auto; cursor: help; ' +
  'text-decoration: underline dotted; text-decoration-thickness: 1px; text-underline-offset: 0.2em;';
const TIP =
  'position: fixed; inset: auto; margin: 0; padding: 0.6rem 0.8rem; border: 1px solid var(--st-border-color, #8888); ' +
  'border-radius: 0.5rem; background: var(--st-background-color, Canvas); color: var(--st-text-color, CanvasText); ' +
  'font: 400 0.95rem/1.4 var(--st-font, system-ui, sans-serif); text-align: left; white-space: normal; ' +
  'box-shadow: 0 4px 16px #0004;';

/** A label that explains itself; plain text where the glossary has no such term. */
export const term = (label: string, meanings: Meanings): HTMLElement => explained(label, meanings[label]);

/**
 * Write a sentence whose terms explain themselves. What stands there already stays, and with it the focus.
 * @param meanings - by the words of the sentence that are terms
 */
export function explain(element: HTMLElement, text: string, meanings: Meanings): void {
  const key = JSON.stringify([text, meanings]);
  if (written.get(element) === key) return;
  written.set(element, key);
  const parts = partsOf(text, Object.keys(meanings).filter((label) => meanings[label]));
  element.replaceChildren(...parts.map(({ text, label }) => (label ? explained(text, meanings[label]) : text)));
}
const written = new WeakMap<HTMLElement, string>();

/** Cut a sentence at the first occurrence of each term, whole words in either case; longer terms come first. */
export function partsOf(text: string, labels: string[]): { text: string; label: string | null }[] {
  for (const label of labels.toSorted((a, b) => b.length - a.length)) {
    const found = new RegExp(`(?<![\\w-])${label.replace(/[^\w\s]/g, '\\$&')}(?!\\w)`, 'i').exec(text);
    if (!found) continue;
    const rest = labels.filter((other) => other !== label);
    const end = found.index + label.length;
    const cut = [...partsOf(text.slice(0, found.index), rest), { text: found[0], label }, ...partsOf(text.slice(end), rest)];
    return cut.filter((part) => part.text);
  }
  return [{ text, label: null }];
}

/** Text that explains itself; plain text where nothing is to be said of it. */
export function explained(text: string, meaning: string | null | undefined): HTMLElement {
  if (!meaning) return h('span', { text });
  const tip = h('span', { class: 'meaning', role: 'tooltip', style: TIP });
  tip.popover = 'auto';
  const name = h('button', {
    ...{ class: 'term', type: 'button', style: NAME, text, 'aria-description': meaning },
    onpointerenter: ({ pointerType }) => {
      if (pointerType === 'mouse') tip.showPopover();
    },
    onpointerleave: ({ pointerType }) => {
      if (pointerType === 'mouse') tip.hidePopover();
    },
  });
  name.popoverTargetElement = tip;
  name.popoverTargetAction = 'show'; // a click on what the pointer has opened leaves it open
  tip.onbeforetoggle = ({ newState }) => {
    // Empty while it is closed, so that the text around it can be read, searched and copied without it.
    tip.textContent = newState === 'open' ? meaning : '';
    if (newState === 'open') place(tip, name.getBoundingClientRect());
  };
  return h('span', { class: 'explained' }, name, tip);
}

/** Below the label, or above it in the lower half of the window. */
function place({ style }: HTMLElement, { left, top, bottom }: DOMRect): void {
  const width = Math.min(WIDEST, window.innerWidth - 2 * MARGIN);
  style.maxWidth = `${width}px`;
  style.left = `${clamp(left, MARGIN, window.innerWidth - width - MARGIN)}px`;
  const isLow = bottom > window.innerHeight / 2;
  style.top = isLow ? 'auto' : `${bottom + MARGIN / 2}px`;
  style.bottom = isLow ? `${window.innerHeight - top + MARGIN / 2}px` : 'auto';
}
