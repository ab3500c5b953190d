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
export function term(label: string, meanings: Meanings): HTMLElement {
  const meaning = meanings[label];
  if (!meaning) return h('span', { text: label });
  const tip = h('span', { class: 'meaning', role: 'tooltip', style: TIP, text: meaning });
  tip.popover = 'auto';
  const name = h('button', {
    ...{ class: 'term', type: 'button', style: NAME, text: label, 'aria-description': meaning },
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
