// A component without a face: hands its data to the canvas.

import { deliver } from './mailbox.js';
import { readHeader } from './message.js';

export function mount({ data }) {
  if (data instanceof Uint8Array) deliver(readHeader(data).id, data);
}
