// A component without a face: says to Python what the canvas has to say.

import { lendVoice } from './mailbox.js';

export function mount({ data, setStateValue }) {
  for (const name of data.names) lendVoice(name, (value) => setStateValue(name, value));
}
