// How far what is lit reaches on the page, as far as it can be shown at once.

interface Span {
  top: number;
  bottom: number;
}

/** From the top to the bottom of the first one, and of each further one that still has room. */
export function together([first, ...others]: Span[], room: number): Span {
  return others.reduce((seen, other) => {
    const both = { top: Math.min(seen.top, other.top), bottom: Math.max(seen.bottom, other.bottom) };
    return both.bottom - both.top > room ? seen : both;
  }, first);
}
