// What of the board stands in the page's address. Python writes it there (ui/anomalies/page.py); links
// and Back are read here, and what was shown before the visitor left the page.

import { kept } from '../lib/bus.ts';

/** The score, the kind and the threshold that are shown; null: not chosen. */
export interface View {
  score: string | null;
  kind: string | null;
  threshold: number | null;
}

/** What an address, or Python after another page, says of it. */
export type Addressed = Partial<Record<keyof View, string | null>>;

/** What the address says; where it says nothing, what was shown of this checkpoint last. */
export function addressed(id: string): Addressed {
  const values: Addressed = Object.fromEntries(new URLSearchParams(location.search));
  const says = NAMES.some((name) => values[name] !== undefined);
  return says ? values : (last().get(id) ?? values);
}

/** Note what is shown of a checkpoint. */
export function note(id: string, values: Addressed): void {
  last().set(id, values);
}

const NAMES = ['score', 'kind', 'threshold'] as const;
const last = () => kept('anomaly views', () => new Map<string, Addressed>());

/** Read the view from an address; what is missing or no number is not chosen. */
export function readView({ score = null, kind = null, threshold = null }: Addressed): View {
  const value = threshold ? Number(threshold) : NaN;
  return { score, kind, threshold: Number.isFinite(value) ? value : null };
}

/** Write it as the address holds it: a threshold to five digits, which no eye can tell apart. */
export function writeView(view: View): Record<keyof View, string | null> {
  const { threshold } = view;
  return { ...view, threshold: threshold === null ? null : String(Number(threshold.toPrecision(5))) };
}
