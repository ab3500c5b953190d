// How the canvas and Python talk beside the canvas's own data. A component whose data changes is sent
// anew as a whole, and one that speaks makes its part of the script run again. So what comes later
// (encoder, thumbnails, other networks, answers) is left here by components without a face, and what
// the canvas has to say is said by such components too: a few bytes each way.

type Say = (value: unknown) => void;
interface Message {
  id: string;
  bytes: Uint8Array;
}
interface Mailbox {
  messages: Map<string, Uint8Array>;
  target: EventTarget;
  voices: Map<string, Say>;
  unsaid: Map<string, unknown>;
  speaking: boolean;
}

// Each component is a script of its own; what they share hangs on the page.
const KEY = Symbol.for('latentlab.mailbox');
const PAGE = globalThis as { [KEY]?: Mailbox };
const MOST = 16;
const BREATH = 60; // milliseconds between two things said

/** Leave a message; a newer one with the same id replaces it. */
export function deliver(id: string, bytes: Uint8Array): void {
  const { messages, target } = mailbox();
  messages.delete(id);
  messages.set(id, bytes);
  if (messages.size > MOST) messages.delete([...messages.keys()][0]);
  target.dispatchEvent(new CustomEvent<Message>('message', { detail: { id, bytes } }));
}

/**
 * Receive what is there already and what will come.
 * @param receive - returns true if nobody needs the message again
 * @returns stops it
 */
export function subscribe(receive: (id: string, bytes: Uint8Array) => boolean): () => void {
  const { messages, target } = mailbox();
  const take = (id: string, bytes: Uint8Array) => {
    if (receive(id, bytes)) messages.delete(id);
  };
  for (const [id, bytes] of [...messages]) take(id, bytes);
  const listener = (event: Event) => {
    const { detail } = event as CustomEvent<Message>;
    take(detail.id, detail.bytes);
  };
  target.addEventListener('message', listener);
  return () => target.removeEventListener('message', listener);
}

/** Let Python be told things of one kind. */
export function lendVoice(name: string, say: Say): void {
  mailbox().voices.set(name, say);
  speak();
}

/** Tell Python something; of what waits under one name, the latest wins. */
export function tell(name: string, value: unknown): void {
  const { unsaid } = mailbox();
  unsaid.delete(name);
  unsaid.set(name, value);
  speak();
}

/** Say one thing at a time: Streamlit runs only one part of the script for things said together. */
function speak(): void {
  const box = mailbox();
  if (box.speaking) return;
  const next = [...box.unsaid].find(([name]) => box.voices.has(name));
  if (!next) return;
  box.speaking = true;
  setTimeout(() => {
    box.speaking = false;
    speak();
  }, BREATH);
  const [name, value] = next;
  box.unsaid.delete(name);
  box.voices.get(name)?.(value);
}

function mailbox(): Mailbox {
  PAGE[KEY] ??= {
    messages: new Map(),
    target: new EventTarget(),
    voices: new Map(),
    unsaid: new Map(),
    speaking: false,
  };
  return PAGE[KEY];
}
