// @ts-nocheck
// PSNR against the strength of the damage: network, baseline and the damaged picture itself.

const PAD = { left: 52, right: 118, top: 12, bottom: 40 };
const LINES = [
  ['network', 'Restored', [], 3],
  ['baseline', 'Classical', [7, 4], 2],
  ['input', 'Damaged', [2, 4], 2],
];

/**
 * Draw the curve into a canvas of any size.
 * @param {HTMLCanvasElement} canvas
 * @param {{strength: number[], network: number[], baseline: number[], input: number[]}} curve
 * @param {number} strength - where the slider stands
 * @param {string} control - what the slider is called
 */
export function drawPsnrCurve(canvas, curve, strength, control) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  Object.assign(canvas, { width: width * ratio, height: height * ratio });
  const context = canvas.getContext('2d');
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const color = (name, usual) => style.getPropertyValue(name).trim() || usual;
  const ink = color('--st-text-color', '#222222');
  const accent = color('--st-primary-color', '#00708a');
  const values = LINES.flatMap(([name]) => curve[name]);
  const [low, high] = [Math.floor(Math.min(...values) / 5) * 5, Math.ceil(Math.max(...values) / 5) * 5];
  const most = Math.max(...curve.strength);
  const x = (value) => PAD.left + (value / most) * (width - PAD.left - PAD.right);
  const y = (value) => PAD.top + ((high - value) / (high - low || 1)) * (height - PAD.top - PAD.bottom);

  context.font = `14px ${style.fontFamily || 'sans-serif'}`;
  context.fillStyle = ink;
  context.strokeStyle = color('--st-border-color', '#cccccc');
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const step = high - low > 20 ? 10 : 5;
  for (let level = low; level <= high; level += step) {
    line(context, [[PAD.left, y(level)], [width - PAD.right, y(level)]]);
    context.fillText(`${level} dB`, PAD.left - 6, y(level));
  }
  context.textAlign = 'center';
  for (const share of [0, 0.5, 1]) {
    context.fillText(String(Number((share * most).toFixed(2))), x(share * most), height - PAD.bottom + 13);
  }
  context.fillText(control.toLowerCase(), x(most / 2), height - 8);

  context.strokeStyle = accent;
  context.lineWidth = 2;
  line(context, [[x(Math.min(strength, most)), PAD.top], [x(Math.min(strength, most)), height - PAD.bottom]]);
  context.textAlign = 'left';
  context.strokeStyle = ink;
  let lowest = -Infinity;
  const ends = LINES.map(([name, title, dash, thick]) => ({
    points: curve.strength.map((value, i) => [x(value), y(curve[name][i])]),
    title,
    dash,
    thick,
    end: y(curve[name][curve[name].length - 1]),
  })).sort((a, b) => a.end - b.end);
  for (const { points, title, dash, thick, end } of ends) {
    context.setLineDash(dash);
    context.lineWidth = thick;
    line(context, points);
    context.setLineDash([]);
    lowest = Math.max(end, lowest + 17); // names at the line's end never lie on each other
    context.fillText(title, width - PAD.right + 8, lowest);
  }
  const last = curve.strength.length - 1;
  const spoken = LINES.map(([name, title]) => `${title} from ${curve[name][0].toFixed(1)} to ${curve[name][last].toFixed(1)} dB`);
  canvas.setAttribute('aria-label', `PSNR against ${control.toLowerCase()}: ${spoken.join('; ')}.`);
}

function line(context, points) {
  context.beginPath();
  points.forEach(([px, py], i) => (i ? context.lineTo(px, py) : context.moveTo(px, py)));
  context.stroke();
}
