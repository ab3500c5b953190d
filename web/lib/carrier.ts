// A component without a face: publishes what Python has to say to the others on the page, under its id.
// Apart from what changes with every stroke, a large message is not looked at again with every stroke.
// One that is the same for every visitor comes by an address of its own; see ui/shell/outbox.py.

import { publish } from './bus.ts';
import type { Component } from './component.ts';
import { readHeader } from './message.ts';

type Word = { id: string; value: unknown } | { fetch: string };

const PATIENCE_MS = [500, 2000, 8000]; // between tries: a classroom's network has its moments

export default function mount({ data }: Component<Uint8Array | Word>): () => void {
  const leaving = new AbortController();
  if (data instanceof Uint8Array) publishBytes(data);
  else if ('id' in data) publish(data.id, data.value);
  else void fetchMessage(data.fetch, leaving.signal).then((bytes) => bytes && publishBytes(bytes));
  return () => leaving.abort();
}

function publishBytes(bytes: Uint8Array): void {
  publish(readHeader<{ id: string }>(bytes).id, bytes);
}

/** Fetch a message, again after a while where that fails; null if the page no longer asks for it. */
async function fetchMessage(name: string, signal: AbortSignal): Promise<Uint8Array | null> {
  const address = `${appAddress()}/messages/${name}`;
  for (const pause of [...PATIENCE_MS, null]) {
    try {
      const answer = await fetch(address, { signal });
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    } catch {
      // Said below, after the last try.
    }
    if (signal.aborted) return null;
    if (pause !== null) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  console.error(`latentlab: ${address} could not be fetched. Reload the page.`);
  return null;
}

/** Where the app lives, without a slash at the end: the document that the server sends says so. */
function appAddress(): string {
  const { __streamlit } = window as { __streamlit?: { BACKEND_BASE_URL: string } };
  return __streamlit?.BACKEND_BASE_URL ?? window.location.origin;
}
