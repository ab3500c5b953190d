// What a phone's browser remembers of the class until it ends: who it is among the others, and its strokes.

import type { Strokes } from '../drawing/brush.ts';

const PHONE = 'latentlab:phone';
const STROKES = 'latentlab:strokes';
const MOST_KEPT = 500_000; // characters of strokes that a reloaded page gets back
const NEW_NAME = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
  byte.toString(16).padStart(2, '0'),
).join('');

/** A random text by which the class knows this phone again; it says nothing of whose it is. */
export function phoneName(): string {
  const known = kept(() => localStorage.getItem(PHONE));
  if (known) return known;
  kept(() => localStorage.setItem(PHONE, NEW_NAME));
  return NEW_NAME;
}

/** Use the browser's store, which some browsers lock. */
function kept<Value>(use: () => Value): Value | null {
  try {
    return use();
  } catch {
    return null;
  }
}

export function rememberedStrokes(number: number): Strokes['list'] {
  const text = kept(() => sessionStorage.getItem(STROKES)) ?? '{}';
  return (JSON.parse(text) as Partial<Record<string, Strokes['list']>>)[number] ?? [];
}

export function rememberStrokes(number: number, strokes: Strokes): void {
  const text = JSON.stringify({ [number]: strokes.list });
  if (text.length < MOST_KEPT) kept(() => sessionStorage.setItem(STROKES, text));
}

/** Forget everything. */
export function forgetAll(): void {
  kept(() => localStorage.removeItem(PHONE));
  kept(() => sessionStorage.removeItem(STROKES));
}
