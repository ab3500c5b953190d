// What stands behind the layers: the trapezoids of encoder and decoder, and skip connections.

import { h } from '../lib/dom.ts';
import type { Box, Places } from './layout.ts';

const BULGE = 34; // pixels that a skip connection goes beyond layers that lie

/** Draw the trapezoids, and an arch for each skip connection from a layer to another. */
export function drawBackdrop(
  svg: SVGElement,
  { trapezoids, layers, width, height }: Places,
  skips: readonly (readonly [number, number])[],
  lying: boolean,
): void {
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  const halves = trapezoids.map((corners, half) =>
    h('polygon', {
      points: corners.map((corner) => corner.join()).join(' '),
      'data-parts': half ? 'decode' : 'encode',
    }),
  );
  const edge = Math.max(...trapezoids.flat().map(([x]) => x)) + BULGE;
  const arcs = skips.map(([from, to]) =>
    h('path', {
      d: lying ? archBeside(layers[from], layers[to], edge) : archAbove(layers[from], layers[to]),
      class: 'skip',
      'data-parts': 'sample',
    }),
  );
  svg.replaceChildren(...halves, ...arcs);
}

function archAbove(from: Box, to: Box): string {
  const [x0, x1] = [from.left + from.width / 2, to.left + to.width / 2];
  const [y0, y1] = [from.top - 2, to.top - 2];
  const high = Math.max(26, Math.min(y0, y1) - 30);
  return `M${x0},${y0}C${x0},${high} ${x0},${high} ${(x0 + x1) / 2},${high}S${x1},${high} ${x1},${y1}`;
}

function archBeside(from: Box, to: Box, edge: number): string {
  const [y0, y1] = [from.top + from.height / 2, to.top + to.height / 2];
  const x = from.left + from.width;
  return `M${x},${y0}C${edge},${y0} ${edge},${y1} ${to.left + to.width},${y1}`;
}
