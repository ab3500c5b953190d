// Thumbnails that would cover one another move apart, as little as it takes, and stay on the screen.

import { clamp } from '../lib/dom.ts';
import type { Place } from './messages.ts';

const ROUNDS = 60;

/**
 * Move squares apart.
 * @param places - of their middles, in pixels
 * @param side - of a square, with the gap to the next
 * @param room - width and height that they may fill
 */
export function spreadApart(places: Place[], side: number, [width, height]: Place): Place[] {
  const half = side / 2;
  const kept = places.map(([x, y], i): Place => [
    // Two at one place would not know which way to go.
    clamp(x + Math.cos(i * 2.4) * 0.5, half, Math.max(half, width - half)),
    clamp(y + Math.sin(i * 2.4) * 0.5, half, Math.max(half, height - half)),
  ]);
  for (let round = 0; round < ROUNDS; round++) {
    let isCrowded = false;
    for (let i = 0; i < kept.length; i++) {
      for (let j = i + 1; j < kept.length; j++) {
        const [dx, dy] = [kept[j][0] - kept[i][0], kept[j][1] - kept[i][1]];
        const overlap = Math.min(side - Math.abs(dx), side - Math.abs(dy));
        if (overlap <= 0.5) continue;
        isCrowded = true;
        const axis = Math.abs(dx) > Math.abs(dy) ? 0 : 1;
        const step = ((axis ? dy : dx) < 0 ? -overlap : overlap) / 2;
        kept[i][axis] = clamp(kept[i][axis] - step, half, (axis ? height : width) - half);
        kept[j][axis] = clamp(kept[j][axis] + step, half, (axis ? height : width) - half);
      }
    }
    if (!isCrowded) break;
  }
  return kept;
}
