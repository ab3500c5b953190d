// What would give an answer away is covered until the class has voted: nobody sees it, no screen reader
// reads it, no key reaches it. A plate lies where it would be, and shows it when pressed.

import { h } from '../lib/dom.ts';
import { allRoots, deepAll, isShown, parentOf } from './deep.ts';
import { type Box, around, shared } from './span.ts';

const WORDS = 'Hidden until the class has voted. Click to show.';
const AGAIN = 100; // milliseconds; inside components nothing tells of changes

/** A part of the page, and what lies over it. */
interface Region {
  selector: string;
  plate: HTMLButtonElement;
  elements: Element[];
}

/** Covers parts of a page, wherever they move, until it is stopped. */
export class Cover {
  private readonly sheet = new CSSStyleSheet();
  private readonly inside: ShadowRoot;
  private regions: Region[] = [];
  private step = '';
  private seen = '';
  private frame = 0;
  private looked = 0;
  // A new component is covered before it is painted.
  private readonly observer = new MutationObserver(() => this.look());

  /** @param inside - where plates are put */
  constructor(inside: ShadowRoot) {
    this.inside = inside;
  }

  /** @param step - one in which the plates were pressed stays uncovered */
  show(selectors: string[], step: string): void {
    this.step = step;
    const wanted = this.seen === step ? [] : selectors;
    if (String(wanted) === String(this.regions.map(({ selector }) => selector))) return;
    this.stop();
    if (!wanted.length) return;
    this.regions = wanted.map((selector) => ({ selector, plate: this.plate(), elements: [] }));
    // Each alone: one that is no selector would take the others with it.
    const hidden = '{ visibility: hidden !important; }';
    this.sheet.replaceSync(wanted.map((each) => `:is(${each}), :is(${each}) * ${hidden}`).join('\n'));
    this.observer.observe(document.body, { childList: true, subtree: true });
    this.follow();
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    this.sheet.replaceSync('');
    for (const { plate } of this.regions) plate.remove();
    this.regions = [];
  }

  private plate(): HTMLButtonElement {
    const onclick = () => {
      this.seen = this.step;
      this.stop();
    };
    const plate = h('button', { class: 'plate', text: WORDS, hidden: true, onclick });
    this.inside.append(plate);
    return plate;
  }

  private look(): void {
    this.looked = performance.now();
    const roots = allRoots();
    for (const root of roots) {
      if (!root.adoptedStyleSheets.includes(this.sheet)) root.adoptedStyleSheets.push(this.sheet);
    }
    for (const region of this.regions) region.elements = deepAll(region.selector, roots).filter(isShown);
  }

  private follow(): void {
    if (performance.now() > this.looked + AGAIN) this.look();
    for (const { plate, elements } of this.regions) lay(plate, around(elements.map(visiblePart)));
    this.frame = requestAnimationFrame(() => this.follow());
  }
}

function lay(plate: HTMLElement, box: Box | null): void {
  plate.hidden = !box;
  if (!box) return;
  const { left, top, right, bottom } = box;
  const inset = `${top}px auto auto ${left}px`;
  const size = [`${right - left}px`, `${bottom - top}px`];
  // What does not change is not written: it would be laid out again.
  const { style } = plate;
  if (style.inset !== inset) style.inset = inset;
  if (style.width !== size[0]) style.width = size[0];
  if (style.height !== size[1]) style.height = size[1];
}

/** Where an element is in the window; null where it is scrolled out of what holds it. */
function visiblePart(element: Element): Box | null {
  let box: Box | null = element.getBoundingClientRect();
  for (let at = parentOf(element); at && box; at = parentOf(at)) {
    if (at instanceof Element && getComputedStyle(at).overflowY !== 'visible') {
      box = shared(box, at.getBoundingClientRect());
    }
  }
  return box;
}
