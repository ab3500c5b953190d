// Which networks stand beside the one that is shown: each chosen one to be taken away, and a list of the others.

import { h } from '../lib/dom.ts';

/** A network that can be chosen. */
export interface Offered {
  name: string;
  line: string;
  /** What its button says; the name where there is nothing shorter. */
  short?: string;
  /** What the list says; by default the name and what the network is. */
  text?: string;
  latent_dim: number;
  /** Networks that differ only in the size of the latent share it. */
  family: string | null;
}

/**
 * Make the controls.
 * @param z - size of the latent of the network that is shown
 */
export function besideControls(
  offered: Offered[],
  chosen: string[],
  z: number,
  toggle: (name: string) => void,
): HTMLElement {
  const chips = chosen
    .flatMap((name) => offered.filter((each) => each.name === name))
    .map(({ name, line, short }) => {
      const title = `${name}: ${line}. Click to remove it`;
      return h(
        'button',
        { title, 'aria-pressed': 'true', onclick: () => toggle(name) },
        short ?? name,
        h('span', { class: 'away', text: '×', 'aria-hidden': 'true' }),
      );
    });
  const rest = offered.filter(({ name }) => !chosen.includes(name));
  const list = h(
    'select',
    { 'aria-label': 'add a network', onchange: () => toggle(list.value) },
    h('option', { value: '', text: 'Add a network' }),
    ...grouped(rest, z).map(([title, of]) =>
      h(
        'optgroup',
        { label: title },
        ...of.map(({ name, line, text }) => h('option', { value: name, text: text ?? `${name}: ${line}` })),
      ),
    ),
  );
  return h('div', { class: 'chips' }, ...chips, rest.length ? list : null);
}

/** Those of the same size first, then the others, then every family by itself. */
export function grouped(offered: Offered[], z: number): [title: string, Offered[]][] {
  const groups = new Map<string, Offered[]>();
  const [same, other] = [`z = ${z}`, 'Other sizes of the latent'];
  for (const title of [same, other]) groups.set(title, []);
  for (const each of offered) {
    const title = each.family ?? (each.latent_dim === z ? same : other);
    groups.set(title, [...(groups.get(title) ?? []), each]);
  }
  for (const [title, of] of groups) {
    if (title !== same && title !== other) of.sort((a, b) => a.latent_dim - b.latent_dim);
  }
  return [...groups].filter(([, of]) => of.length);
}
