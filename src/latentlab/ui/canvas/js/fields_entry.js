// What is computed of a latent space, alone, for the tests that compare it with Python.

import { factsOf as facts } from './facts.js';
import { FIELDS as fields } from './fields.js';
import { unpack as readMessage } from './message.js';
import { makePlane as plane } from './plane.js';
import { loadNetwork as load } from './runtime.js';
import { Space as space } from './space.js';

export const FIELDS = fields;
export const Space = space;
export const factsOf = facts;
export const loadNetwork = load;
export const makePlane = plane;
export const unpack = readMessage;
