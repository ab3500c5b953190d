// The code of a class: six digits that a phone's visitor types.

import { h } from '../lib/dom.ts';

/** Ask for the code of the class; with a sentence, if another code was wrong. */
export function askForCode(root: HTMLElement, begin: (code: string) => void, problem = ''): void {
  const input = h('input', {
    type: 'text',
    inputmode: 'numeric',
    'aria-label': 'Code of the class',
  });
  input.maxLength = 6;
  input.autocomplete = 'off';
  const form = h('form', {}, input, h('button', { text: 'Join' }));
  form.onsubmit = (event) => {
    event.preventDefault();
    const code = input.value.replace(/\D/g, '');
    if (code.length !== 6) return;
    history.replaceState(null, '', `#${code}`);
    begin(code);
  };
  root.replaceChildren(
    h('h1', { text: 'Join the class' }),
    problem ? h('p', { class: 'problem', role: 'alert', text: problem }) : '',
    h('p', { text: 'Type the six digits that are shown on the screen in front.' }),
    form,
  );
  input.focus();
}
