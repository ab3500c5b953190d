// How the canvas and Python talk beside the canvas's own data. A component whose data changes is sent
// anew as a whole, and one that speaks makes its part of the script run again. So what comes later
// (encoder, thumbnails, other networks, answers) is left here by components without a face, and what
// the canvas has to say is said by such components too: a few bytes each way.

const KEY = Symbol.for('latentlab.mailbox');
const MOST = 16;
const BREATH = 60; // milliseconds between two things said

/** Leave a message; a newer one with the same id replaces it. */
export function deliver(id, bytes) {
  const { messages, target } = mailbox();
  messages.delete(id);
  messages.set(id, bytes);
  if (messages.size > MOST) messages.delete(messages.keys().next().value);
  target.dispatchEvent(new CustomEvent('message', { detail: { id, bytes } }));
}

/**
 * Receive what is there already and what will come.
 * @param {(id: string, bytes: Uint8Array) => boolean|void} receive - true: nobody needs it again
 * @returns {() => void} stops it
 */
export function subscribe(receive) {
  const { messages, target } = mailbox();
  const take = (id, bytes) => {
    if (receive(id, bytes)) messages.delete(id);
  };
  for (const [id, bytes] of [...messages]) take(id, bytes);
  const listener = ({ detail }) => take(detail.id, detail.bytes);
  target.addEventListener('message', listener);
  return () => target.removeEventListener('message', listener);
}

/** Let Python be told things of one kind. */
export function lendVoice(name, say) {
  mailbox().voices.set(name, say);
  speak();
}

/** Tell Python something; of what waits under one name, the latest wins. */
export function tell(name, value) {
  const { unsaid } = mailbox();
  unsaid.delete(name);
  unsaid.set(name, value);
  speak();
}

/** Say one thing at a time: Streamlit runs only one part of the script for things said together. */
function speak() {
  const box = mailbox();
  if (box.speaking) return;
  const name = [...box.unsaid.keys()].find((each) => box.voices.has(each));
  if (name === undefined) return;
  box.speaking = setTimeout(() => {
    box.speaking = 0;
    speak();
  }, BREATH);
  const value = box.unsaid.get(name);
  box.unsaid.delete(name);
  box.voices.get(name)(value);
}

function mailbox() {
  globalThis[KEY] ??= {
    messages: new Map(),
    target: new EventTarget(),
    voices: new Map(),
    unsaid: new Map(),
    speaking: 0,
  };
  return globalThis[KEY];
}
