// A component without a face: publishes what Python has to say to the others on the page, under its id.
// Apart from what changes with every stroke, a large message is not looked at again with every stroke.

import { publish } from './bus.ts';
import type { Component } from './component.ts';
import { readHeader } from './message.ts';

export default function mount({ data }: Component<Uint8Array | { id: string; value: unknown }>): void {
  if (data instanceof Uint8Array) publish(readHeader<{ id: string }>(data).id, data);
  else publish(data.id, data.value);
}
