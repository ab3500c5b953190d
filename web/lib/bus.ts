// How the components of one page speak to each other and to Python, beside their own data. A component
// whose data changes is sent anew as a whole, and one that speaks makes its part of the script run
// again. So what comes later or is large is published here by components without a face, and what a
// visible one has to say may be said by such a component too: a few bytes each way.

type Say = (value: unknown) => void;
interface Bus {
  last: Map<string, unknown>;
  things: Map<string, unknown>;
  target: EventTarget;
  voices: Map<string, Say>;
  unsaid: Map<string, unknown>;
  speaking: boolean;
}

// Each component is a script of its own; what they share hangs on the page.
const KEY = Symbol.for('latentlab.bus');
const PAGE = globalThis as { [KEY]?: Bus };
const MOST = 24;
const BREATH = 60; // milliseconds between two things said

/** Say something; who listens later hears the last word. */
export function publish(topic: string, value: unknown): void {
  const { last, target } = bus();
  last.delete(topic);
  last.set(topic, value);
  if (last.size > MOST) last.delete([...last.keys()][0]);
  target.dispatchEvent(new CustomEvent<string>('said', { detail: topic }));
}

/**
 * Hear what was said last and what will be said; what belongs to a topic is agreed between its users.
 * @returns stops it
 */
export function listen<Value>(topic: string, hear: (value: Value) => void): () => void {
  return hearAll((said, value) => {
    if (said === topic) hear(value as Value);
  });
}

/**
 * Hear all messages of Python, those that are there already and those that will come.
 * @param receive - returns true if nobody needs the message again
 * @returns stops it
 */
export function subscribe(receive: (topic: string, bytes: Uint8Array) => boolean): () => void {
  return hearAll((topic, value) => {
    if (value instanceof Uint8Array && receive(topic, value)) bus().last.delete(topic);
  });
}

function hearAll(hear: (topic: string, value: unknown) => void): () => void {
  const { last, target } = bus();
  for (const [topic, value] of [...last]) hear(topic, value);
  const listener = (event: Event) => {
    const topic = (event as CustomEvent<string>).detail;
    if (last.has(topic)) hear(topic, last.get(topic));
  };
  target.addEventListener('said', listener);
  return () => target.removeEventListener('said', listener);
}

/** Something that outlives a component that Streamlit takes down and puts up again. */
export function kept<Thing>(name: string, make: () => Thing): Thing {
  const { things } = bus();
  if (!things.has(name)) things.set(name, make());
  return things.get(name) as Thing;
}

/** Let Python be told things of one kind. */
export function lendVoice(name: string, say: Say): void {
  bus().voices.set(name, say);
  speak();
}

/** Tell Python something; of what waits under one name, the latest wins. */
export function tell(name: string, value: unknown): void {
  const { unsaid } = bus();
  unsaid.delete(name);
  unsaid.set(name, value);
  speak();
}

/** Say one thing at a time: Streamlit runs only one part of the script for things said together. */
function speak(): void {
  const { speaking, unsaid, voices } = bus();
  const next = [...unsaid].find(([name]) => voices.has(name));
  if (speaking || !next) return;
  bus().speaking = true;
  setTimeout(() => {
    bus().speaking = false;
    speak();
  }, BREATH);
  const [name, value] = next;
  unsaid.delete(name);
  voices.get(name)?.(value);
}

function bus(): Bus {
  PAGE[KEY] ??= {
    last: new Map(),
    things: new Map(),
    target: new EventTarget(),
    voices: new Map(),
    unsaid: new Map(),
    speaking: false,
  };
  return PAGE[KEY];
}
