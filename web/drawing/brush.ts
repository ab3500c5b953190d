// @ts-nocheck
// Strokes and how they look. The picture is always drawn anew from its strokes, so undo is exact.

const SOFTNESS = 0.3; // of the brush, as blur

/** A list of strokes: each one color, one width, many points. */
export class Strokes {
  constructor() {
    this.list = [];
    this.redoable = [];
  }

  get isEmpty() {
    return !this.list.some((stroke) => !stroke.erases);
  }

  begin(stroke) {
    this.list.push({ ...stroke, points: [] });
    this.redoable = [];
  }

  /** Add a point, 0 to 1 in both directions; pressure 0 to 1. */
  extend(x, y, pressure) {
    this.list[this.list.length - 1].points.push([x, y, pressure]);
  }

  undo() {
    if (this.list.length) this.redoable.push(this.list.pop());
  }

  redo() {
    if (this.redoable.length) this.list.push(this.redoable.pop());
  }

  clear() {
    this.list = [];
    this.redoable = [];
  }

  /** Draw everything on a ground. */
  paint(context, ground) {
    const { width, height } = context.canvas;
    context.shadowBlur = 0;
    context.fillStyle = ground;
    context.fillRect(0, 0, width, height);
    for (const stroke of this.list) paintStroke(context, stroke, ground);
  }

  /** Draw only the end of the last stroke, for speed while the pointer moves. */
  paintEnd(context, ground, from) {
    const stroke = this.list[this.list.length - 1];
    paintStroke(context, { ...stroke, points: stroke.points.slice(Math.max(0, from - 1)) }, ground);
  }
}

function paintStroke(context, { color, size, erases, points }, ground) {
  const { width, height } = context.canvas;
  const side = Math.max(width, height);
  const ink = erases ? ground : color;
  Object.assign(context, { strokeStyle: ink, fillStyle: ink, lineCap: 'round', lineJoin: 'round' });
  context.shadowColor = ink;
  context.shadowBlur = erases ? 0 : size * side * SOFTNESS;
  points.forEach(([x, y, pressure], i) => {
    context.lineWidth = size * side * (0.4 + 0.6 * pressure);
    context.beginPath();
    const [fromX, fromY] = i ? points[i - 1] : [x, y];
    context.moveTo(fromX * width, fromY * height);
    context.lineTo(x * width, y * height);
    context.stroke();
  });
}
