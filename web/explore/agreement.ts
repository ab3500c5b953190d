// Cosine similarities as a histogram: of pairs that should agree, and of random ones behind it.

import { histogram } from '../latent/arithmetic.ts';
import { h } from '../lib/dom.ts';

const BINS = 24;
const [WIDTH, HEIGHT] = [240, 70];

/** Draw both histograms, from -1 to 1. */
export function agreementChart(pairs: readonly number[], chance: readonly number[]): SVGSVGElement {
  const [found, random] = [histogram(pairs, BINS), histogram(chance, BINS)];
  const most = Math.max(...found, ...random) || 1;
  const wide = WIDTH / BINS;
  const bar = (share: number, bin: number, name: string) => {
    const tall = (share / most) * HEIGHT;
    return h('rect', { class: name, x: bin * wide + 0.5, y: HEIGHT - tall, width: wide - 1, height: tall });
  };
  const tick = (x: number, text: string, anchor: string) =>
    h('text', { x, y: HEIGHT + 15, 'text-anchor': anchor, text });
  const about = 'histogram of cosine similarities: of the pairs, and of random pairs';
  return h(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT + 18}`, role: 'img', 'aria-label': about },
    ...random.map((share, bin) => bar(share, bin, 'chance')),
    ...found.map((share, bin) => bar(share, bin, 'found')),
    h('line', { x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT }),
    tick(0, '−1', 'start'),
    tick(WIDTH / 2, '0', 'middle'),
    tick(WIDTH, '1', 'end'),
  );
}
