// All lessons, in the order of a class: each begins with a click; the printed page is their questions.

import { type Component, keeping } from '../lib/component.ts';
import { h } from '../lib/dom.ts';
import { follow } from './go.ts';

interface Step {
  question: string;
  choices: string[];
}
interface Lesson {
  title: string;
  claim: string;
  minutes: number;
  address: string;
  steps: Step[];
}
interface Message {
  lessons: Lesson[];
  /** What every page of the printed sheet says at its head. */
  sheet: string;
  own: string;
}

const LETTERS = 'ABCDEF';

class List {
  private readonly root: HTMLElement;

  constructor(root: HTMLElement) {
    this.root = root;
  }

  show({ lessons, sheet, own }: Message): void {
    const minutes = lessons.reduce((sum, lesson) => sum + lesson.minutes, 0);
    this.root.replaceChildren(
      h(
        'header',
        { class: 'screen' },
        h('p', { text: `${lessons.length} claims about autoencoders. Vote, then let the experiment decide.` }),
        lessons.length ? start(lessons[0], `Begin the lessons (${minutes} minutes)`, 'begin') : null,
        h('button', { text: 'Print the questions', onclick: () => window.print() }),
      ),
      h('ol', { class: 'screen' }, ...lessons.map(row)),
      h('p', { class: 'own screen', text: own }),
      h('section', { class: 'sheet' }, h('h1', { text: sheet }), ...lessons.map(printed)),
    );
  }

  stop(): void {
    this.root.replaceChildren();
  }
}

function row(lesson: Lesson): HTMLElement {
  return h(
    'li',
    {},
    start(lesson, '', 'lesson',
      h('b', { text: lesson.title }),
      h('span', { class: 'claim', text: `“${lesson.claim}”` }),
      h('span', { class: 'minutes', text: `${lesson.minutes} min` })),
  );
}

function start(lesson: Lesson, text: string, name: string, ...inside: HTMLElement[]): HTMLElement {
  const anchor = h('a', { class: name, text: text || null, onclick: follow }, ...inside);
  anchor.href = lesson.address;
  return anchor;
}

function printed({ title, claim, steps }: Lesson, number: number): HTMLElement {
  return h(
    'article',
    {},
    h('h2', { text: `${number + 1}. ${title}` }),
    h('p', {}, `“${claim}”  `, h('span', { text: '☐ true  ☐ false' })),
    ...steps
      .filter(({ question }) => question)
      .map(({ question, choices }) =>
        h('div', {}, h('p', { text: question }), h('ul', {}, ...choices.map((text, i) => h('li', { text: `☐ ${LETTERS[i]}  ${text}` })))),
      ),
  );
}

export default keeping<List, Message>(
  '#lessons',
  (root) => new List(root),
  (list, { data }: Component<Message>) => list.show(data),
);
