// The bar of a lesson, at the foot of every page: the claim, the question, the answer, and the way on.
// Python says what stands in it; a step is an address, and going on is going there.

import { type Component, keeping } from '../lib/component.ts';
import { h } from '../lib/dom.ts';
import { verdicts } from '../classroom/bars.ts';
import { type Access, Tally } from '../classroom/tally.ts';
import { Cover } from './cover.ts';
import { Dimmer } from './dim.ts';
import { follow, go } from './go.ts';

interface Choice {
  letter: string;
  text: string;
  right: boolean;
}
interface Message {
  title: string;
  claim: string;
  place: string;
  action: string;
  question: string;
  choices: Choice[];
  /** What the class has answered, of each choice: votes, or mean ranks where it ranks them. */
  votes: number[];
  ranks: number[];
  ranked: boolean;
  /** Whether going on means to reveal. */
  reveals: boolean;
  revealed: boolean;
  reveal: string;
  when_true: string;
  picture: string;
  lit: string[];
  covered: string[];
  away: boolean;
  full: boolean;
  /** How the teacher's bar follows the class that takes part by phone. */
  classroom: Access | null;
  addresses: Record<'here' | 'full' | 'back' | 'next' | 'link', string>;
}

const FORWARD = new Set(['ArrowRight', 'PageDown']);
const BACKWARD = new Set(['ArrowLeft', 'PageUp']);

// Where nothing is typed: the page keys, which a clicker sends, still lead the lesson on.
const MOVED = new Set(['range', 'checkbox', 'radio', 'button', 'submit', 'color']);

/** One bar, for as long as a lesson runs. */
class Bar {
  private readonly dimmer: Dimmer;
  private readonly cover: Cover;
  private readonly sizes = new ResizeObserver(() => this.makeRoom());
  private said: Message | null = null;
  private tally: Tally | null = null;
  private readonly press = (event: KeyboardEvent) => this.key(event);

  private readonly root: HTMLElement;

  constructor(root: HTMLElement) {
    this.root = root;
    const inside = root.getRootNode() as ShadowRoot;
    this.dimmer = new Dimmer(inside.host);
    this.cover = new Cover(inside);
    this.sizes.observe(root);
    window.addEventListener('keydown', this.press, true);
  }

  show(said: Message): void {
    this.said = said;
    this.root.replaceChildren(
      this.buttons(said),
      h('div', { class: 'words' }, ...heading(said), ...answer(said)),
    );
    document.documentElement.toggleAttribute('data-lesson-full', said.full);
    this.cover.show(said.covered, said.addresses.link);
    this.dimmer.show(said.lit, said.addresses.link);
    this.makeRoom();
  }

  stop(): void {
    window.removeEventListener('keydown', this.press, true);
    this.sizes.disconnect();
    this.dimmer.stop();
    this.cover.stop();
    this.tally?.stop();
    document.documentElement.removeAttribute('data-lesson-full');
    document.documentElement.style.removeProperty('--lesson-bar');
  }

  private follow(classroom: Access | null): HTMLElement | null {
    if (!classroom) {
      this.tally?.stop();
      this.tally = null;
    } else {
      this.tally ??= new Tally(classroom);
    }
    return this.tally?.element ?? null;
  }

  private makeRoom(): void {
    document.documentElement.style.setProperty('--lesson-bar', `${this.root.offsetHeight}px`);
  }

  private key(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (!this.said || ctrlKey || metaKey || altKey || shiftKey) return;
    const { addresses, full } = this.said;
    const way = FORWARD.has(key) ? addresses.next : BACKWARD.has(key) ? addresses.back : '';
    const leaves = key === 'Escape' && full ? addresses.full : '';
    // A clicker sends the page keys; the arrows also move what has the focus.
    const moves = key.startsWith('Arrow') || key === 'Escape';
    if (!(way || leaves) || isTaken(event, moves, this.root)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) go(way || leaves);
  }

  private buttons({ addresses, reveals, full, away, picture, classroom }: Message): HTMLElement {
    return h(
      'nav',
      { 'aria-label': 'Lesson' },
      link('←', addresses.back, 'Back (left arrow, Page up)', 'back'),
      link(reveals ? 'Reveal' : 'Next →', addresses.next, 'Next (right arrow, Page down)', 'next'),
      away ? link('To this step', addresses.here, 'Show the page of this step again', 'here') : null,
      picture
        ? h('button', { text: 'Screenshot', title: 'A screenshot of this step', onclick: () => this.still(picture) })
        : null,
      link(full ? 'Leave' : 'Present', addresses.full, 'Show only the experiment (Escape leaves)', 'full'),
      link('End', './lessons?lesson=', 'End the lesson', 'end'),
      this.follow(classroom),
    );
  }

  private still(picture: string): void {
    const image = h('img', { 'aria-label': 'A screenshot of this step' });
    image.src = picture;
    const dialog = h('dialog', { onclick: () => dialog.close(), onclose: () => dialog.remove() }, image);
    this.root.append(dialog);
    dialog.showModal();
  }
}

function heading({ title, claim, place, action, question, revealed }: Message): HTMLElement[] {
  return [
    h('p', { class: 'claim' }, h('b', { text: `${title}, ${place}. ` }), `“${claim}”`),
    ...(question ? [h('p', { class: 'question', role: 'heading', 'aria-level': 2, text: question })] : []),
    ...(action && !revealed ? [h('p', { class: 'action', text: action })] : []),
  ];
}

function answer({ choices, votes, ranks, ranked, revealed, reveal, when_true }: Message): HTMLElement[] {
  const said = revealed ? verdicts(votes, ranked ? ranks : undefined) : [];
  const items = choices.map(({ letter, text, right }, number) => {
    const isSaid = number < said.length;
    const votedText = isSaid && ranked ? said[number].text : String(votes[number]);
    const voted = isSaid ? h('span', { class: 'votes', text: votedText }) : null;
    const first = ranked ? null : h('b', { text: letter });
    const item = h('li', { class: revealed && right ? 'right' : '' }, first, ` ${text} `, voted);
    if (isSaid) item.style.setProperty('--share', `${100 * said[number].share}%`);
    return item;
  });
  return [
    ...(items.length ? [h('ol', { class: said.length ? 'choices voted' : 'choices' }, ...items)] : []),
    ...(revealed && reveal ? [h('p', { class: 'reveal', 'aria-live': 'polite', text: reveal })] : []),
    ...(when_true
      ? [h('p', { class: 'true' }, h('b', { text: 'When is it true? ' }), when_true)]
      : []),
  ];
}

function link(text: string, address: string, title: string, name: string): HTMLElement {
  if (!address) return h('span', { class: 'none', text });
  const anchor = h('a', { class: name, text, title, 'aria-label': title, onclick: follow });
  anchor.href = address;
  return anchor;
}

/** Whether a key belongs to what has the focus. */
function isTaken(event: KeyboardEvent, moves: boolean, own: HTMLElement): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement) || own.contains(target)) return false;
  if (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  // A list that was chosen from keeps the focus, and the page keys mean nothing to it once it is closed.
  const isClosed = target.getAttribute('aria-expanded') === 'false' && !moves;
  if (target instanceof HTMLInputElement && !MOVED.has(target.type) && !isClosed) return true;
  const movable = 'input, [tabindex]:not([tabindex="-1"]), [role="slider"], [role="radio"], dialog';
  return moves && target.closest(movable) !== null;
}

export default keeping<Bar, Message>(
  '#bar',
  (root) => new Bar(root),
  (bar, { data }: Component<Message>) => bar.show(data),
);
