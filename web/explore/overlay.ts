// @ts-nocheck
// What follows the pointer or belongs to the visitor: cursor, ring, pins, path, samples, ellipse.

const CURSOR = 11;
const PIN = 11;

/** The map's upper canvas; painted whenever the pointer moves. */
export class Overlay {
  constructor(app, canvas) {
    Object.assign(this, { app, canvas, context: canvas.getContext('2d') });
  }

  resize(width, height, ratio) {
    this.ratio = ratio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
  }

  paint() {
    const { context } = this;
    const { view, cursor, path, samples } = this.app;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    samples?.paint(context);
    path?.paint(context);
    if (cursor.hovered >= 0) this.ring(cursor.hovered);
    if (cursor.place) this.cross(cursor.place);
    this.app.state.pins.forEach((pin) => this.pin(pin));
  }

  ring(row) {
    const { places, view, theme } = this.app;
    const [x, y] = view.toScreen(places[2 * row], places[2 * row + 1]);
    this.stroke(theme.background, 4, () => this.context.arc(x, y, 8, 0, 7));
    this.stroke(theme.ink, 2, () => this.context.arc(x, y, 8, 0, 7));
  }

  cross({ x, y }) {
    const { context } = this;
    const { view, theme } = this.app;
    const [px, py] = view.toScreen(x, y);
    const draw = () => {
      context.moveTo(px + CURSOR, py);
      context.arc(px, py, CURSOR, 0, 7);
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ]) {
        context.moveTo(px + dx * (CURSOR - 4), py + dy * (CURSOR - 4));
        context.lineTo(px + dx * (CURSOR + 5), py + dy * (CURSOR + 5));
      }
    };
    this.stroke(theme.background, 5, draw);
    this.stroke(theme.accent, 2.25, draw);
  }

  pin(pin) {
    const { context } = this;
    const { view, theme, plane, state } = this.app;
    const [x, y] = view.toScreen(...plane.project(pin.z));
    const chosen = state.selected === pin.letter;
    const off = plane.offPlane(pin.z) > 1e-3;
    context.beginPath();
    context.arc(x, y, PIN, 0, 7);
    context.fillStyle = chosen ? theme.accent : theme.surface;
    context.fill();
    context.lineWidth = 2.25;
    context.strokeStyle = chosen ? theme.background : theme.accent;
    context.setLineDash(off ? [3, 3] : []); // the pin lies above or below this plane
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = chosen ? theme.background : theme.ink;
    context.font = '700 14px ui-sans-serif, system-ui, sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(pin.letter, x, y + 0.5);
  }

  stroke(color, width, draw) {
    const { context } = this;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.lineCap = 'round';
    context.beginPath();
    draw();
    context.stroke();
  }
}
