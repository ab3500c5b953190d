// Where the parts of the hourglass stand: in a row on a wide screen, one below the other on a phone.

import { clamp } from '../lib/dom.ts';

const NECK = 0.42; // of the full size: where encoder and decoder meet
const MOST_LAYER = 130; // pixels
const LABEL = 74; // pixels beside a layer, where layers lie one below the other
const ARC = 46; // pixels above the layers for skip connections
const CAPTION = 26; // pixels below a picture
const UNDER_ERROR = 130; // pixels of its caption in six lines
const NOTE = 46; // pixels of a sentence in two lines
const LAYER_LYING = 40; // height of a layer that lies

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}
/** What is to be placed. */
export interface Parts {
  width: number;
  /** Height of the row. */
  tall: number;
  /** Drawn layers before and after the middle. */
  before: number;
  after: number;
  /** Height that the bars of the latent need; null where there is no latent. */
  bars: number | null;
  /** Whether layers lie one below the other. */
  lying: boolean;
  /** Whether there is a clean image to compare with, beside the input. */
  target: boolean;
}
export interface Places {
  input: Box;
  layers: Box[];
  bottleneck: Box | null;
  /** Left and top of the sentence where there is no latent. */
  note: { left: number; top: number };
  output: Box;
  target: Box | null;
  error: Box;
  /** Corners of encoder and decoder. */
  trapezoids: [number, number][][];
  width: number;
  height: number;
}

/** Place everything. */
export function layOut(parts: Parts): Places {
  return parts.lying ? below(parts) : beside(parts);
}

function beside({ width, tall, before, after, bars, target }: Parts): Places {
  // At least as wide as the word that stands below it.
  const image = clamp(width * (bars === null ? 0.15 : 0.112), 106, 170);
  const gap = clamp(width * 0.011, 5, 14);
  const n = before + after;
  let middle = bars === null ? 0 : clamp(width * 0.25, 165, 300);
  const gaps = n + (bars === null ? 2 : 3);
  const room = width - 3 * image - middle - gaps * gap;
  const size = clamp(room / Math.max(1, n), 12, MOST_LAYER * (bars === null ? 1.6 : 1));
  // What is left over goes to the latent, and else to both sides.
  const rest = Math.max(0, room - n * size);
  if (bars !== null) middle += Math.min(rest, 80);
  const offset = bars === null ? rest / 2 : Math.max(0, rest - 80) / 2;
  const top = bars === null ? ARC : 0;
  const full = Math.max(tall, Math.min(bars ?? 0, tall * 1.6));
  const axis = top + full / 2;
  const box = (left: number, wide: number, high: number): Box => ({
    left,
    top: axis - high / 2,
    width: wide,
    height: high,
  });
  let at = offset + image + gap;
  const begin = at - gap / 2;
  const lefts: number[] = [];
  for (let i = 0; i < before; i++, at += size + gap) lefts.push(at);
  const meet: [number, number] = [at - gap / 2, at - gap / 2];
  const bottleneck = bars === null ? null : box(at, middle, Math.min(full, Math.max(bars, 150)));
  if (bottleneck) {
    at += middle + gap;
    meet[1] = at - gap / 2;
  }
  for (let i = 0; i < after; i++, at += size + gap) lefts.push(at);
  const end = at - gap / 2;
  // The layer in the middle of a U-Net is the neck itself.
  const high = (x: number): number => {
    const part = x < meet[0] ? (x - begin) / (meet[0] - begin) : (end - x) / (end - meet[1]);
    return tall * (1 - clamp(part, 0, 1) * (1 - NECK));
  };
  const trapezoid = (from: number, to: number, a: number, b: number): [number, number][] => [
    [from, axis - a / 2],
    [to, axis - b / 2],
    [to, axis + b / 2],
    [from, axis + a / 2],
  ];
  const outputs = (): Pick<Places, 'output' | 'target'> => {
    if (!target) return { output: box(at, image, image), target: null };
    const side = Math.min(image, full / 2 - CAPTION);
    const left = at + (image - side) / 2;
    const upper = { left, top: axis - side - CAPTION, width: side, height: side };
    return { output: upper, target: { ...upper, top: axis } };
  };
  return {
    input: box(offset, image, image),
    layers: lefts.map((left) => box(left, size, high(left + size / 2) - 26)),
    bottleneck,
    note: { left: meet[0], top: 0 },
    ...outputs(),
    error: box(at + image + gap, image, image),
    trapezoids: [
      trapezoid(begin, meet[0], tall, tall * NECK),
      trapezoid(meet[1], end, tall * NECK, tall),
    ],
    width,
    height: Math.max(top + full, axis + image / 2 + UNDER_ERROR),
  };
}

function below({ width, before, after, bars, target }: Parts): Places {
  const across = width - LABEL;
  const image = Math.min(150, width / 2 - 24);
  const gap = 8;
  const axis = across / 2;
  let at = image + 2 * gap + (bars === null ? NOTE : 0);
  const begin = at - gap / 2;
  const tops: number[] = [];
  for (let i = 0; i < before; i++, at += LAYER_LYING + gap) tops.push(at);
  const meet: [number, number] = [at - gap / 2, at - gap / 2];
  const bottleneck = bars === null ? null : { left: 0, top: at, width, height: bars };
  if (bars !== null) {
    at += bars + gap;
    meet[1] = at - gap / 2;
  }
  for (let i = 0; i < after; i++, at += LAYER_LYING + gap) tops.push(at);
  const end = at - gap / 2;
  const wide = (y: number): number => {
    const part = y < meet[0] ? (y - begin) / (meet[0] - begin) : (end - y) / (end - meet[1]);
    return across * (1 - clamp(part, 0, 1) * (1 - NECK));
  };
  const trapezoid = (from: number, to: number, a: number, b: number): [number, number][] => [
    [axis - a / 2, from],
    [axis + a / 2, from],
    [axis + b / 2, to],
    [axis - b / 2, to],
  ];
  const n = target ? 3 : 2;
  const side = Math.min(image, (width - (n - 1) * 16) / n);
  const outputs = Array.from({ length: n }, (_, i) => {
    return { left: i * (side + 16), top: at, width: side, height: side };
  });
  return {
    input: { left: 0, top: 0, width: image, height: image },
    note: { left: 0, top: image + gap },
    layers: tops.map((top) => {
      const long = wide(top + LAYER_LYING / 2) - 12;
      return { left: axis - long / 2, top, width: long, height: LAYER_LYING };
    }),
    bottleneck,
    output: outputs[0],
    target: target ? outputs[1] : null,
    error: outputs[outputs.length - 1],
    trapezoids: [
      trapezoid(begin, meet[0], across, across * NECK),
      trapezoid(meet[1], end, across * NECK, across),
    ],
    width,
    height: at + side + 3 * CAPTION, // three lines of a caption
  };
}
