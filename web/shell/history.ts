// Part of the document, and there before Streamlit is: makes what Streamlit writes into the address
// fit for Back. Streamlit makes a step of Back of everything that a run writes, and it writes what the
// server knew of the address some time ago.

import { OWNED, type Owner, STEPPED, merged } from '../lib/address.ts';

/** What of the browser's window is needed. */
export interface Page extends EventTarget {
  history: Pick<History, 'pushState' | 'replaceState'>;
  location: Pick<Location, 'href'>;
}
type Write = History['pushState'];

/** Hold what is written through `history` against what the visitor did and what components wrote. */
export function guardHistory(page: Page): void {
  const { history } = page;
  const push: Write = history.pushState.bind(history);
  const replace: Write = history.replaceState.bind(history);
  let acted = false;
  let owners: Owner[] = [];
  for (const kind of ['pointerdown', 'keydown']) page.addEventListener(kind, () => (acted = true), true);
  page.addEventListener(STEPPED, () => (acted = false));
  page.addEventListener(OWNED, (event) => owners.push((event as CustomEvent<Owner>).detail));

  const write = (isStep: boolean, state: unknown, url?: string | URL | null) => {
    owners = owners.filter(({ isThere }) => isThere);
    const owned = owners.flatMap(({ names }) => names);
    const address = url ? brought(url, page.location.href, owned) : url;
    if (url && address === page.location.href) return; // nothing but what is out of date
    try {
      (isStep ? push : replace)(state, '', address);
    } catch {
      // A browser that is told too often refuses; the next word comes soon.
    }
  };
  history.pushState = (state, _, url) => {
    // A step is what the visitor did: what follows without another press changes the same step.
    const isStep = acted;
    acted = false;
    write(isStep, state, url);
  };
  history.replaceState = (state, _, url) => {
    write(false, state, url);
  };
}

/** An address with what components wrote since, unless it leads elsewhere. */
export function brought(url: string | URL, present: string, owned: readonly string[]): string {
  const from = new URL(present);
  const to = new URL(url, present);
  const checkpoint = to.searchParams.get('checkpoint');
  const isElsewhere = to.pathname !== from.pathname || checkpoint !== from.searchParams.get('checkpoint');
  if (isElsewhere || !owned.length) return to.href;
  const query = merged(to.search, Object.fromEntries(owned.map((name) => [name, from.searchParams.get(name)])));
  // The order of names says nothing, and their spelling neither.
  if (sorted(query) === sorted(from.search)) to.search = from.search;
  else to.search = query;
  return to.href;
}

function sorted(query: string): string {
  const values = new URLSearchParams(query);
  values.sort();
  return values.toString();
}

if (typeof window !== 'undefined') guardHistory(window);
