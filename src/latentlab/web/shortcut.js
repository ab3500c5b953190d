// lib/shortcut.ts
var stops = /* @__PURE__ */ new WeakMap();
function mount({ data, parentElement }) {
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
  window.addEventListener("keydown", press, true);
  const stop = () => window.removeEventListener("keydown", press, true);
  stops.set(parentElement, stop);
  return () => stops.get(parentElement)?.();
}
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
export {
  mount as default
};
