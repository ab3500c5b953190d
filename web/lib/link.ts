// How the components of one page speak to each other without a way through the server: the drawing
// tells the board what the network sees, the board tells the drawing that an answer has arrived.
// What belongs to a topic, or to a kept name, is agreed between those who use it.

interface Link {
  last: Map<string, unknown>;
  things: Map<string, unknown>;
  target: EventTarget;
}

const KEY = Symbol.for('latentlab.link');
const PAGE = globalThis as { [KEY]?: Link };

/** Say something; who listens later hears the last word. */
export function publish(topic: string, value: unknown): void {
  const { last, target } = link();
  last.set(topic, value);
  target.dispatchEvent(new CustomEvent(topic, { detail: value }));
}

/**
 * Hear what was said last and what will be said.
 * @returns stops it
 */
export function listen<Value>(topic: string, hear: (value: Value) => void): () => void {
  const { last, target } = link();
  if (last.has(topic)) hear(last.get(topic) as Value);
  const listener = (event: Event) => hear((event as CustomEvent<Value>).detail);
  target.addEventListener(topic, listener);
  return () => target.removeEventListener(topic, listener);
}

/** Something that outlives a component that Streamlit takes down and puts up again. */
export function kept<Thing>(name: string, make: () => Thing): Thing {
  const { things } = link();
  if (!things.has(name)) things.set(name, make());
  return things.get(name) as Thing;
}

function link(): Link {
  PAGE[KEY] ??= { last: new Map(), things: new Map(), target: new EventTarget() };
  return PAGE[KEY];
}
