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

/** A part of the window, as getBoundingClientRect says it. */
export interface Box extends Span {
  left: number;
  right: number;
}

/** The smallest box around all of some; null where there is none. */
export function around(boxes: (Box | null)[]): Box | null {
  return boxes.reduce(
    (all, box) =>
      all && box
        ? {
            left: Math.min(all.left, box.left),
            top: Math.min(all.top, box.top),
            right: Math.max(all.right, box.right),
            bottom: Math.max(all.bottom, box.bottom),
          }
        : (all ?? box),
    null,
  );
}

/** What two boxes share; null where they share nothing. */
export function shared(one: Box, other: Box): Box | null {
  const box = {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
  return box.left < box.right && box.top < box.bottom ? box : null;
}
