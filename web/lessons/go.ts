// Go to an address of the app as Back would: without loading the page anew. Streamlit and the pages
// follow the browser's history.

/** Show an address, relative to the present one. */
export function go(address: string): void {
  const { href } = new URL(address, location.href);
  window.dispatchEvent(new Event('latentlab-step')); // a step of its own: server/front_page.py
  history.pushState(history.state, '', href);
  window.dispatchEvent(new PopStateEvent('popstate', { state: history.state as unknown }));
}

/** Let a link lead there without loading the page anew; with a key held it stays a link. */
export function follow(event: MouseEvent): void {
  const { ctrlKey, metaKey, shiftKey, altKey, button, currentTarget } = event;
  if (ctrlKey || metaKey || shiftKey || altKey || button) return;
  event.preventDefault();
  go((currentTarget as HTMLAnchorElement).href);
}
