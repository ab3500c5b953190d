// Go to an address of the app as Back would: without loading the page anew. Streamlit and the pages
// follow the browser's history.

import { stepTo } from '../lib/address.ts';

/** Show an address, relative to the present one. */
export function go(address: string): void {
  stepTo(new URL(address, location.href).href);
  window.dispatchEvent(new PopStateEvent('popstate', { state: history.state as unknown }));
}

/** Let a link lead there without loading the page anew; with a key held it stays a link. */
export function follow(event: MouseEvent): void {
  const { ctrlKey, metaKey, shiftKey, altKey, button, currentTarget } = event;
  if (ctrlKey || metaKey || shiftKey || altKey || button) return;
  event.preventDefault();
  go((currentTarget as HTMLAnchorElement).href);
}
