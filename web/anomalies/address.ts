// What of the board stands in the page's address. Python writes it there (ui/anomalies/page.py); links
// and Back are read here, and what was shown before the visitor left the page.

import { kept } from '../lib/bus.ts';

/** The score, the kind and the threshold that are shown, null: not chosen; whether the missed are. */
export interface View {
  score: string | null;
  kind: string | null;
  threshold: number | null;
  missed: boolean;
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

const NAMES = ['score', 'kind', 'threshold', 'missed'] as const;
const last = () => kept('anomaly views', () => new Map<string, Addressed>());

/** Read the view from an address; what is missing or no number is not chosen. */
export function readView({ score = null, kind = null, threshold = null, missed }: Addressed): View {
  const value = threshold ? Number(threshold) : NaN;
  const line = Number.isFinite(value) ? value : null;
  return { score, kind, threshold: line, missed: missed === '1' };
}

/** Write it as the address holds it: a threshold to five digits, which no eye can tell apart. */
export function writeView(view: View): Record<keyof View, string | null> {
  const { threshold, missed } = view;
  const line = threshold === null ? null : String(Number(threshold.toPrecision(5)));
  return { ...view, threshold: line, missed: missed ? '1' : null };
}
