// How the components of one page speak to each other without a way through the server: the drawing
// tells the board what the network sees, the board tells the drawing that an answer has arrived.

const KEY = Symbol.for('latentlab.link');

/** Say something; who listens later hears the last word. */
export function publish(topic, value) {
  const { last, target } = link();
  last.set(topic, value);
  target.dispatchEvent(new CustomEvent(topic, { detail: value }));
}

/**
 * Hear what was said last and what will be said.
 * @returns {() => void} stops it
 */
export function listen(topic, hear) {
  const { last, target } = link();
  if (last.has(topic)) hear(last.get(topic));
  const listener = ({ detail }) => hear(detail);
  target.addEventListener(topic, listener);
  return () => target.removeEventListener(topic, listener);
}

/** Something that outlives a component that Streamlit takes down and puts up again. */
export function kept(name, make) {
  const { things } = link();
  if (!things.has(name)) things.set(name, make());
  return things.get(name);
}

function link() {
  globalThis[KEY] ??= { last: new Map(), things: new Map(), target: new EventTarget() };
  return globalThis[KEY];
}
