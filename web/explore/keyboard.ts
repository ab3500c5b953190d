// The map by keyboard. Listens on the map's element, so that typing elsewhere is left alone.

import { ARROWS } from '../lib/arrows.ts';

const STEP = 14; // pixels per arrow key
const FINE = 2;

/** What the help card lists. */
export const KEYS = [
  ['Arrows', 'move the cursor (with Shift: in small steps)'],
  ['Enter', 'pin this latent'],
  ['A and B', 'set the two ends of a path'],
  ['Space', 'play the path'],
  ['L', 'latent arithmetic: begin a loop, close it; Enter sets its corners'],
  ['0 to 9', 'show one class alone'],
  ['+ and −', 'zoom; F fits the whole map'],
  ['Delete', 'remove the chosen pin'],
  ['Escape', 'close what is open, then remove the pins'],
  ['?', 'this card'],
];

/** What keys can do. */
export interface KeyActions {
  step(dx: number, dy: number): void;
  solo(label: number): void;
  pin(letter?: string): void;
  lasso(): void;
  removePin(): void;
  play(): void;
  zoom(factor: number): void;
  fit(): void;
  escape(): void;
  help(): void;
}

const ACTIONS: Partial<Record<string, (actions: KeyActions) => void>> = {
  Enter: (actions) => actions.pin(),
  ' ': (actions) => actions.play(),
  a: (actions) => actions.pin('A'),
  b: (actions) => actions.pin('B'),
  f: (actions) => actions.fit(),
  l: (actions) => actions.lasso(),
  '+': (actions) => actions.zoom(1.25),
  '=': (actions) => actions.zoom(1.25),
  '-': (actions) => actions.zoom(0.8),
  Delete: (actions) => actions.removePin(),
  Backspace: (actions) => actions.removePin(),
  Escape: (actions) => actions.escape(),
  '?': (actions) => actions.help(),
};

/** Listen to the map's element. */
export function listenToKeys(actions: KeyActions, element: HTMLElement): void {
  element.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(actions, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
}

function act(actions: KeyActions, { key, shiftKey }: KeyboardEvent): boolean {
  const arrow = ARROWS[key];
  if (arrow) {
    const step = shiftKey ? FINE : STEP;
    actions.step(arrow[0] * step, arrow[1] * step);
    return true;
  }
  if (/^\d$/.test(key)) {
    actions.solo(Number(key));
    return true;
  }
  const action = ACTIONS[key.length === 1 ? key.toLowerCase() : key];
  action?.(actions);
  return action !== undefined;
}
