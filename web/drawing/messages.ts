// What Python says to the drawing canvas, and what the canvas says.

import type { NetworkSpec } from '../runtime/runtime.ts';
import type { PadStatistics } from './pad.ts';

/** What ui/input/drawing.py sends. */
export interface Header extends PadStatistics {
  /** Of the whole message, apart from what is cleared. */
  fingerprint: string;
  network: string;
  set: string;
  hint: string;
  preview: boolean;
  /** Whether the canvas tells the server of drawings itself. */
  speaks: boolean;
  /** Number of the drawing whose place another image has taken, else 0. */
  cleared: number;
  latent_dim: number;
}
export interface NetworkHeader {
  network: string;
  specs?: { encoder: NetworkSpec; decoder: NetworkSpec };
}
/** A drawing as the server is told of it. */
export interface Told {
  id: number;
  /** Bytes of the network's input, in base64. */
  pixels: string;
  /** The network that the browser has and need not be sent again. */
  has: string | null;
  network: string;
}
/** A drawing as the components of the page are told of it. */
export interface Seen {
  id: number;
  shape: PadStatistics['shape'];
  seen: Uint8Array;
  /** Its reconstruction, where the browser can compute it. */
  drawn: Float32Array | null;
}
