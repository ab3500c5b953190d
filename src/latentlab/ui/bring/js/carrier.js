// A component without a face: hands a large message to the others on the page, once. Apart from what
// changes with every stroke, it need not be looked at again with every stroke.

import { publish } from './link.js';
import { unpack } from './message.js';

export function mount({ data }) {
  if (!(data instanceof Uint8Array)) return;
  const { header, arrays } = unpack(data);
  publish(header.topic, { ...header, ...arrays });
}
