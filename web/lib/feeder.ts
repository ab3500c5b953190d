// A component without a face: hands its data to the canvas.

import type { Component } from './component.ts';
import { deliver } from './mailbox.ts';
import { readHeader } from './message.ts';

export default function mount({ data }: Component<unknown>): void {
  if (data instanceof Uint8Array) deliver(readHeader<{ id: string }>(data).id, data);
}
