// The address of the page, as a component may change it. Streamlit keeps an address of its own, which
// lags behind by a message there and back; `shell/history.ts` holds what it writes against ours.

/** What the address should hold; null: the name is not needed. */
export type Values = Record<string, string | null>;

/** Said on `window`: one step was made for what the visitor did. */
export const STEPPED = 'latentlab-step';
/** Said on `window`, with an `Owner`. */
export const OWNED = 'latentlab-own';

/** A component that alone writes some names of the address, as long as it is there. */
export interface Owner {
  readonly names: readonly string[];
  isThere: boolean;
}

/** Put values into a query string, keeping what else it holds and its order. */
export function merged(search: string, values: Values): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return query.toString();
}

/**
 * Put values into the browser's address.
 * @param isStep - Back leads to the address as it was before
 * @returns false: they are there already
 */
export function putIntoAddress(values: Values, isStep = false): boolean {
  const query = merged(location.search, values);
  if (query === location.search.slice(1)) return false;
  const address = `${location.pathname}${query ? `?${query}` : ''}${location.hash}`;
  // The entry keeps what Streamlit wrote into it.
  if (isStep) stepTo(address);
  else History.prototype.replaceState.call(history, history.state, '', address);
  return true;
}

/** Go to an address, by one step of Back, whatever Streamlit thinks of it. */
export function stepTo(address: string): void {
  window.dispatchEvent(new Event(STEPPED));
  History.prototype.pushState.call(history, history.state, '', address);
}

/**
 * Keep names of the address to oneself: what Streamlit says of them is out of date.
 * @returns gives them back
 */
export function ownInAddress(names: readonly string[]): () => void {
  const owner: Owner = { names, isThere: true };
  window.dispatchEvent(new CustomEvent<Owner>(OWNED, { detail: owner }));
  return () => {
    owner.isThere = false;
  };
}
