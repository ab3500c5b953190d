// The runtime alone, for pages that decode without a canvas and for its own tests.

import { unpack as readMessage } from './message.js';
import { loadNetwork as load } from './runtime.js';

export const unpack = readMessage;
export const loadNetwork = load;
