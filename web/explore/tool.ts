// What a tool in the drawer is.

import type { Child } from '../lib/dom.ts';

export interface Tool {
  /** What the content depends on, as text: it is built anew only when that changes. */
  readonly key: string;
  build(): { controls: Child[]; content: Child[] };
  /** Something has changed that the content does not depend on. */
  update?(): void;
  /** The drawer shows something else now. */
  leave?(): void;
  /** Draw on the map, while the tool is open. */
  paint?(context: CanvasRenderingContext2D): void;
  /** Map places that the tool speaks about: they stay in view. */
  places?(): [x: number, y: number][];
}
