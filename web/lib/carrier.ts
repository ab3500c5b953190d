// A component without a face: hands a large message to the others on the page, once. Apart from what
// changes with every stroke, it need not be looked at again with every stroke.

import type { Component } from './component.ts';
import { publish } from './link.ts';
import { unpack } from './message.ts';

export default function mount({ data }: Component<unknown>): void {
  if (!(data instanceof Uint8Array)) return;
  const { header, arrays } = unpack<{ topic: string }>(data);
  publish(header.topic, { ...header, ...arrays });
}
