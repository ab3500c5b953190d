// A component without a face: a key of the keyboard that presses a button of the page. (Streamlit
// keeps R for itself; nobody in a class looks for "rerun".)

const stops = new WeakMap();

/**
 * @param {{data: {key: string, button: string}, parentElement: ShadowRoot}} component - `button` is
 *   the key of a Streamlit button
 */
export function mount({ data, parentElement }) {
  stops.get(parentElement)?.();
  const press = (event) => {
    if (event.key.toLowerCase() !== data.key || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.composedPath()[0])) return;
    const button = document.querySelector(`.st-key-${data.button} button`);
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) button.click();
  };
  window.addEventListener('keydown', press, true);
  const stop = () => window.removeEventListener('keydown', press, true);
  stops.set(parentElement, stop);
  return () => stops.get(parentElement)?.();
}

function isTyping(element) {
  return element?.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element?.tagName ?? '');
}
