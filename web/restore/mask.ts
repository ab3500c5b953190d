// Painting where the image is degraded: a mask of the picture's own size, one byte a pixel.

import { type Shape, clamp } from '../lib/dom.ts';

type Place = [x: number, y: number];

/** Paint on a canvas that shows the picture. */
export class MaskPainter {
  readonly mask: Uint8Array;
  private readonly canvas: HTMLCanvasElement;
  private readonly height: number;
  private readonly width: number;
  private readonly radius: number;
  private readonly changed: () => void;
  private readonly listening = new AbortController();

  /**
   * @param canvas - shows the picture, enlarged on screen
   * @param shape - of the picture
   * @param changed - called while painting
   */
  constructor(canvas: HTMLCanvasElement, [height, width]: Shape, changed: () => void) {
    this.canvas = canvas;
    this.height = height;
    this.width = width;
    this.changed = changed;
    this.mask = new Uint8Array(height * width);
    this.radius = Math.max(0.75, Math.min(height, width) / 18);
    let last: Place | null = null;
    const { signal } = this.listening;
    const follow = (event: PointerEvent): void => {
      const here = this.place(event);
      this.line(last ?? here, here);
      last = here;
    };
    const lift = (): void => {
      last = null;
    };
    canvas.addEventListener(
      'pointerdown',
      (event) => {
        canvas.setPointerCapture(event.pointerId);
        follow(event);
      },
      { signal },
    );
    canvas.addEventListener('pointermove', (event) => last && follow(event), { signal });
    canvas.addEventListener('pointerup', lift, { signal });
    canvas.addEventListener('pointercancel', lift, { signal });
  }

  stop(): void {
    this.listening.abort();
  }

  private place(event: PointerEvent): Place {
    const box = this.canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * this.width,
      ((event.clientY - box.top) / box.height) * this.height,
    ];
  }

  /** Paint from one place to another, round at the ends and soft at the border. */
  private line([x0, y0]: Place, [x1, y1]: Place): void {
    const length = Math.hypot(x1 - x0, y1 - y0);
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        const [px, py] = [x + 0.5 - x0, y + 0.5 - y0];
        const along = length ? clamp((px * (x1 - x0) + py * (y1 - y0)) / length ** 2, 0, 1) : 0;
        const distance = Math.hypot(px - along * (x1 - x0), py - along * (y1 - y0));
        const value = clamp(this.radius + 0.5 - distance, 0, 1) * 255;
        const at = y * this.width + x;
        if (value > this.mask[at]) this.mask[at] = value;
      }
    }
    this.changed();
  }
}
