// What a step needs stays lit; everything else on the page is dimmed, but can still be used.

import { allRoots, deepAll, isShown, parentOf } from './deep.ts';
import { together } from './span.ts';

const DIM = 'data-lesson-dimmed';
const HEADER = 56; // pixels of the frame's bar, under which the page scrolls
const SETTLING = 15_000; // milliseconds, of a busy machine
const AGAIN = 300;
const ACTS = ['wheel', 'pointerdown', 'keydown', 'touchmove'];
const STYLE = new CSSStyleSheet();
// The frame's bar stays opaque: the page scrolls under it.
const BAR = '[data-testid="stHeader"]';
STYLE.replaceSync(
  `[${DIM}]:not(${BAR}), ${BAR}[${DIM}] > * { opacity: 0.3; transition: opacity 0.2s; }
  [${DIM}]:not(${BAR}):is(:hover, :focus-within), ${BAR}[${DIM}]:is(:hover, :focus-within) > * { opacity: 1; }`,
);

/** Everything on the way from an element up to the page, and whatever stands beside that way. */
export function besides(lit: readonly Element[]): Set<Element> {
  const way = new Set<Node>();
  for (const element of lit) {
    for (let at: Node | null = element; at; at = parentOf(at)) way.add(at);
  }
  const dimmed = new Set<Element>();
  const own = new Set<Node>(lit);
  for (const node of way) {
    // Beside the app itself stand only what floats over it: tips, menus, dialogs.
    if (own.has(node) || node === document.body) continue;
    for (const child of node.childNodes) {
      if (child instanceof Element && !way.has(child)) dimmed.add(child);
    }
  }
  return dimmed;
}

/** Dim a page as its selectors say, again whenever it changes, until it is stopped. */
export class Dimmer {
  private lit: string[] = [];
  private dimmed = new Set<Element>();
  private waiting = 0;
  private step = '';
  private settled = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly act = () => {
    this.settled = 0;
  };
  private readonly observer = new MutationObserver(() => this.soon());

  private readonly keep: Element;

  constructor(keep: Element) {
    this.keep = keep;
    for (const kind of ACTS) window.addEventListener(kind, this.act, true);
    this.observer.observe(document.body, { childList: true, subtree: true });
  }

  /** @param step - a new one is brought into view as soon as it is on the page */
  show(lit: string[], step: string): void {
    this.lit = lit;
    if (step !== this.step) this.settled = performance.now() + SETTLING;
    this.step = step;
    this.soon();
  }

  stop(): void {
    cancelAnimationFrame(this.waiting);
    clearTimeout(this.timer);
    for (const kind of ACTS) window.removeEventListener(kind, this.act, true);
    this.observer.disconnect();
    this.apply(new Set());
  }

  private soon(): void {
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.update());
  }

  private update(): void {
    const roots = allRoots();
    const found = this.lit.flatMap((selector) => deepAll(selector, roots)).filter(isShown);
    this.apply(found.length ? besides([...found, this.keep]) : new Set());
    // While a page is drawn, what is looked for moves; afterwards the visitor scrolls.
    if (performance.now() > this.settled) return;
    if (found.length) bringIntoView(found);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.soon(), AGAIN);
  }

  private apply(dimmed: Set<Element>): void {
    for (const element of this.dimmed) if (!dimmed.has(element)) element.removeAttribute(DIM);
    for (const element of dimmed) {
      element.setAttribute(DIM, '');
      const root = element.getRootNode();
      if (root instanceof Document || root instanceof ShadowRoot) {
        if (!root.adoptedStyleSheets.includes(STYLE)) root.adoptedStyleSheets.push(STYLE);
      }
    }
    this.dimmed = dimmed;
  }
}

/** Scroll the page as little as needed, to the first and as many of the others as have room with it. */
function bringIntoView(elements: Element[]): void {
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main) return; // scrollIntoView would move the frame as well
  const room = main.getBoundingClientRect();
  const [top, bottom] = [room.top + HEADER, room.bottom];
  const inside = together(elements.map((each) => each.getBoundingClientRect()), bottom - top);
  if (inside.top < top || inside.bottom - inside.top > bottom - top) main.scrollTop += inside.top - top;
  else if (inside.bottom > bottom) main.scrollTop += inside.bottom - bottom + 8;
}
