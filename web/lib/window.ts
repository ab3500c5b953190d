// A component that fills the window below the frame.

/**
 * Keep the style sheet's `--top` where the component begins.
 * @returns stops it
 */
export function fillWindow(root: HTMLElement, filling: HTMLElement): () => void {
  let top = -1;
  const place = () => {
    const now = Math.max(0, Math.round(root.getBoundingClientRect().top + window.scrollY));
    if (now === top) return;
    top = now;
    filling.style.setProperty('--top', `${top}px`);
  };
  window.addEventListener('resize', place);
  // The frame may have something to say above the component, now or later.
  const frame = new MutationObserver(place);
  frame.observe(document.body, { childList: true, subtree: true });
  place();
  return () => {
    frame.disconnect();
    window.removeEventListener('resize', place);
  };
}
