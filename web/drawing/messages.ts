// What Python says to the drawing canvas, and what the canvas says.

import type { NetworkSpec } from '../runtime/runtime.ts';
import type { Habits } from './seen.ts';

/** What ui/input/drawing.py sends. */
export interface Header extends Habits {
  /** Of the whole message, apart from what is cleared. */
  fingerprint: string;
  network: string;
  set: string;
  /** Colors by their name. */
  inks: Record<string, string>;
  /** Width of the brush at first, and the least and the most; shares of the canvas. */
  brush: number;
  brushes: [number, number];
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
  shape: Habits['shape'];
  seen: Uint8Array;
  /** Its reconstruction, where the browser can compute it. */
  drawn: Float32Array | null;
}
