// The mark of a point: a dot, or a marker of its class, so that ten classes are never told by color alone.

import { type Theme, classColor } from '../lib/colors.ts';
import { contextOf, h } from '../lib/dom.ts';

/** Outlines in a box from -1 to 1, for classes whose name is not a single character. */
const MARKERS = [
  'M-1,0A1,1 0 1,0 1,0A1,1 0 1,0 -1,0Z',
  'M-0.9,-0.9H0.9V0.9H-0.9Z',
  'M0,-1.25L1.25,0L0,1.25L-1.25,0Z',
  'M0,-1.1L1.1,0.9L-1.1,0.9Z',
  'M-0.4,-1.1H0.4V-0.4H1.1V0.4H0.4V1.1H-0.4V0.4H-1.1V-0.4H-0.4Z',
  'M0,-1.3L0.35,-0.4L1.25,-0.4L0.53,0.16L0.8,1.1L0,0.53L-0.8,1.1L-0.53,0.16L-1.25,-0.4L-0.35,-0.4Z',
  'M0,1.1L1.1,-0.9L-1.1,-0.9Z',
  'M-1.1,-0.7L-0.7,-1.1L0,-0.4L0.7,-1.1L1.1,-0.7L0.4,0L1.1,0.7L0.7,1.1L0,0.4L-0.7,1.1L-1.1,0.7L-0.4,0Z',
  'M0,-1.2L1.15,-0.37L0.7,1L-0.7,1L-1.15,-0.37Z',
  'M-0.9,-1.1H0.9L0.25,0L0.9,1.1H-0.9L-0.25,0Z',
];

/** The marker of a class; after ten classes colors repeat and markers shift, as in ui/theme.py. */
const markerOf = (label: number) => MARKERS[(label + Math.floor(label / MARKERS.length)) % MARKERS.length];

/** What every mark is drawn from. */
interface Mark {
  label: number;
  names: readonly string[];
  theme: Pick<Theme, 'classes' | 'background'>;
}

/** Whether every class is named by one character, as digits are. */
export const namedByLetters = (names: readonly string[]): boolean =>
  names.length > 0 && names.every((name) => Array.from(name).length === 1);

/** Draw one class's mark into a small canvas, once; the radius is in CSS pixels. */
export function makeSprite({
  kind,
  label,
  names,
  theme,
  radius,
  ratio,
}: Mark & { kind: 'dot' | 'marker'; radius: number; ratio: number }): HTMLCanvasElement {
  const side = Math.ceil((2 * radius + 3) * ratio);
  const canvas = h('canvas');
  canvas.width = canvas.height = side;
  const context = contextOf(canvas);
  context.translate(side / 2, side / 2);
  context.scale(ratio, ratio);
  context.fillStyle = classColor(theme, label);
  context.strokeStyle = theme.background;
  context.lineJoin = 'round';
  if (kind === 'marker' && namedByLetters(names) && label >= 0) {
    drawLetter(context, names[label], radius);
  } else {
    const marker = kind === 'marker' ? markerOf(Math.max(0, label)) : MARKERS[0];
    const outline = new Path2D();
    outline.addPath(new Path2D(marker), new DOMMatrix([radius * 0.85, 0, 0, radius * 0.85, 0, 0]));
    context.lineWidth = 1;
    context.stroke(outline);
    context.fill(outline);
  }
  return canvas;
}

function drawLetter(context: CanvasRenderingContext2D, letter: string, radius: number): void {
  context.font = `700 ${Math.round(2.4 * radius)}px ui-sans-serif, system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 2;
  context.strokeText(letter, 0, 0.5);
  context.fillText(letter, 0, 0.5);
}

/** The same mark as an element, for legends. */
export function markElement({ label, names, theme }: Mark): HTMLElement | SVGElement {
  const color = classColor(theme, label);
  if (namedByLetters(names)) {
    return h('span', { class: 'mark', style: `background:${color}`, 'aria-hidden': 'true' });
  }
  const marker = h('path', { d: markerOf(label), fill: color });
  return h('svg', { viewBox: '-1.4 -1.4 2.8 2.8', class: 'marker', 'aria-hidden': 'true' }, marker);
}
