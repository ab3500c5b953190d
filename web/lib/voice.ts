// A component without a face: says to Python what the canvas has to say.

import type { Component } from './component.ts';
import { lendVoice } from './bus.ts';

export default function mount({ data, setStateValue }: Component<{ names: string[] }>): void {
  for (const name of data.names) lendVoice(name, (value) => setStateValue(name, value));
}
