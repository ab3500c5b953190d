// Strokes and how they look. The picture is always drawn anew from its strokes, so undo is exact.

const SOFTNESS = 0.3; // of the brush, as blur

/** How a stroke is drawn; its size is a share of the canvas. */
interface Brush {
  color: string;
  size: number;
  erases: boolean;
}
/** Places and pressures are 0 to 1. */
interface Stroke extends Brush {
  points: [x: number, y: number, pressure: number][];
}

/** A list of strokes: each one color, one width, many points. */
export class Strokes {
  list: Stroke[] = [];
  private redoable: Stroke[] = [];

  get isEmpty(): boolean {
    return !this.list.some((stroke) => !stroke.erases);
  }

  /** How many points the last stroke has. */
  get length(): number {
    return this.list[this.list.length - 1].points.length;
  }

  begin(brush: Brush): void {
    this.list.push({ ...brush, points: [] });
    this.redoable = [];
  }

  /** Add a point, 0 to 1 in both directions; pressure 0 to 1. */
  extend(x: number, y: number, pressure: number): void {
    this.list[this.list.length - 1].points.push([x, y, pressure]);
  }

  undo(): void {
    this.redoable.push(...this.list.splice(-1));
  }

  redo(): void {
    this.list.push(...this.redoable.splice(-1));
  }

  clear(): void {
    this.list = [];
    this.redoable = [];
  }

  /** Draw everything on a ground. */
  paint(context: CanvasRenderingContext2D, ground: string): void {
    const { width, height } = context.canvas;
    context.shadowBlur = 0;
    context.fillStyle = ground;
    context.fillRect(0, 0, width, height);
    for (const stroke of this.list) paintStroke(context, stroke, ground);
  }

  /** Draw only the end of the last stroke, for speed while the pointer moves. */
  paintEnd(context: CanvasRenderingContext2D, ground: string, from: number): void {
    const stroke = this.list[this.list.length - 1];
    paintStroke(context, { ...stroke, points: stroke.points.slice(Math.max(0, from - 1)) }, ground);
  }
}

function paintStroke(
  context: CanvasRenderingContext2D,
  { color, size, erases, points }: Stroke,
  ground: string,
): void {
  const { width, height } = context.canvas;
  const side = Math.max(width, height);
  const ink = erases ? ground : color;
  context.strokeStyle = context.fillStyle = context.shadowColor = ink;
  context.lineCap = context.lineJoin = 'round';
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
