// PSNR against the strength of the degradation: network, baseline and network input.

import { cleared, strokeLine } from '../lib/dom.ts';

const PAD = { left: 52, right: 118, top: 12, bottom: 40 };
const LINES = [
  { name: 'network', title: 'Restored', dash: [], thick: 3 },
  { name: 'baseline', title: 'Classical', dash: [7, 4], thick: 2 },
  { name: 'input', title: 'Degraded', dash: [2, 4], thick: 2 },
] as const;

/** PSNR in decibels for each strength. */
export type Curve = Record<'strength' | (typeof LINES)[number]['name'], number[]>;

/**
 * Draw the curve into a canvas of any size.
 * @param strength - where the slider stands
 * @param control - what the slider is called
 * @param written - a strength as it stands beside the slider
 */
export function drawPsnrCurve(
  canvas: HTMLCanvasElement,
  curve: Curve,
  strength: number,
  control: string,
  written: (strength: number) => string,
): void {
  const sheet = cleared(canvas);
  if (!sheet) return;
  const { context, width, height } = sheet;
  const style = getComputedStyle(canvas);
  const color = (name: string, usual: string) => style.getPropertyValue(name).trim() || usual;
  const values = LINES.flatMap(({ name }) => curve[name]);
  const low = Math.floor(Math.min(...values) / 5) * 5;
  const high = Math.ceil(Math.max(...values) / 5) * 5;
  const most = Math.max(...curve.strength);
  const [right, foot] = [width - PAD.right, height - PAD.bottom];
  const x = (value: number) => PAD.left + (value / most) * (right - PAD.left);
  const y = (value: number) => PAD.top + ((high - value) / (high - low || 1)) * (foot - PAD.top);

  context.font = `14px ${style.fontFamily || 'sans-serif'}`;
  context.fillStyle = color('--st-text-color', '#222222');
  context.strokeStyle = color('--st-border-color', '#cccccc');
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const step = high - low > 20 ? 10 : 5;
  for (let level = low; level <= high; level += step) {
    strokeLine(context, [[PAD.left, y(level)], [right, y(level)]]);
    context.fillText(`${level} dB`, PAD.left - 6, y(level));
  }
  context.textAlign = 'center';
  for (const share of [0, 0.5, 1]) {
    context.fillText(written(share * most), x(share * most), foot + 13);
  }
  context.fillText(control.toLowerCase(), x(most / 2), height - 8);

  context.strokeStyle = color('--st-primary-color', '#00708a');
  context.lineWidth = 2;
  const here = x(Math.min(strength, most));
  strokeLine(context, [[here, PAD.top], [here, foot]]);
  context.textAlign = 'left';
  context.strokeStyle = context.fillStyle;
  const last = curve.strength.length - 1;
  let lowest = -Infinity;
  for (const { name, title, dash, thick } of LINES.toSorted(
    (a, b) => curve[b.name][last] - curve[a.name][last],
  )) {
    context.setLineDash(dash);
    context.lineWidth = thick;
    strokeLine(context, curve.strength.map((value, i) => [x(value), y(curve[name][i])]));
    context.setLineDash([]);
    lowest = Math.max(y(curve[name][last]), lowest + 17); // names at the ends never cover each other
    context.fillText(title, right + 8, lowest);
  }
  const spoken = LINES.map(({ name, title }) => {
    const [from, to] = [curve[name][0], curve[name][last]];
    return `${title} from ${from.toFixed(1)} to ${to.toFixed(1)} dB`;
  });
  canvas.setAttribute('aria-label', `PSNR against ${control.toLowerCase()}: ${spoken.join('; ')}.`);
}
