// What is painted over the points: the cursor, and the path of the chosen image with its star.

import type { Theme } from '../lib/colors.ts';
import { contextOf } from '../lib/dom.ts';

const CURSOR = 11;
/** Pixels of the cursor's canvas. */
export const CURSOR_SIDE = 2 * CURSOR + 16;

type Place = [x: number, y: number];

/** Paint the cursor; amber and broken where no training image is near. */
export function paintCursor(canvas: HTMLCanvasElement, theme: Theme, isFar: boolean, ratio: number): void {
  canvas.width = canvas.height = Math.round(CURSOR_SIDE * ratio);
  const context = contextOf(canvas);
  context.setTransform(ratio, 0, 0, ratio, (CURSOR_SIDE / 2) * ratio, (CURSOR_SIDE / 2) * ratio);
  for (const [color, width] of [
    [theme.background, 5],
    [isFar ? theme.warning : theme.accent, 2.25],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.setLineDash(isFar && width < 5 ? [5, 4] : []);
    context.beginPath();
    context.arc(0, 0, CURSOR, 0, 7);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(dx * (CURSOR - 4), dy * (CURSOR - 4));
      context.lineTo(dx * (CURSOR + 5), dy * (CURSOR + 5));
    }
    context.stroke();
  }
}

/** Paint where an image was from stage to stage, and a star where it is. */
export function paintPath(
  context: CanvasRenderingContext2D,
  places: Place[],
  theme: Theme,
): void {
  for (const [color, width] of [[theme.background, 5], [theme.accent, 2]] as const) {
    context.strokeStyle = context.fillStyle = color;
    context.lineWidth = width;
    context.lineJoin = 'round';
    places.forEach(([x, y], i) => {
      context.globalAlpha = 0.25 + (0.75 * (i + 1)) / places.length;
      context.beginPath();
      if (i > 0) context.moveTo(...places[i - 1]);
      context.lineTo(x, y);
      context.stroke();
      context.beginPath();
      context.arc(x, y, width === 5 ? 4 : 2.5, 0, 7);
      context.fill();
    });
  }
  context.globalAlpha = 1;
  star(context, places[places.length - 1], theme);
}

function star(context: CanvasRenderingContext2D, [x, y]: Place, theme: Theme): void {
  context.beginPath();
  for (let i = 0; i < 10; i++) {
    const radius = i % 2 ? 4.5 : 10;
    const angle = (Math.PI * i) / 5 - Math.PI / 2;
    context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  context.closePath();
  context.lineWidth = 4;
  context.strokeStyle = theme.background;
  context.fillStyle = theme.accent;
  context.stroke();
  context.fill();
}
