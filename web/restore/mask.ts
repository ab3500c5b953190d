// @ts-nocheck
// Painting where the damage shall be: a mask of the picture's own size, one byte a pixel.

import { clamp } from '../lib/dom.ts';

/** Paint on a canvas that shows the picture. */
export class MaskPainter {
  /**
   * @param {HTMLCanvasElement} canvas - shows the picture, enlarged on screen
   * @param {number[]} shape - height, width, channels of the picture
   * @param {() => void} changed - called while painting
   */
  constructor(canvas, [height, width], changed) {
    Object.assign(this, { canvas, height, width, changed });
    this.mask = new Uint8Array(height * width);
    this.radius = Math.max(0.75, Math.min(height, width) / 18);
    this.last = null;
    canvas.onpointerdown = (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.last = this.place(event);
      this.line(this.last, this.last);
    };
    canvas.onpointermove = (event) => {
      if (!this.last) return;
      const here = this.place(event);
      this.line(this.last, here);
      this.last = here;
    };
    canvas.onpointerup = canvas.onpointercancel = () => (this.last = null);
  }

  stop() {
    Object.assign(this.canvas, { onpointerdown: null, onpointermove: null, onpointerup: null, onpointercancel: null });
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * this.width,
      ((event.clientY - box.top) / box.height) * this.height,
    ];
  }

  /** Paint from one place to another, round at the ends and soft at the border. */
  line([x0, y0], [x1, y1]) {
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

  /** The mask as base64. */
  encoded() {
    let text = '';
    for (let i = 0; i < this.mask.length; i += 8192) {
      text += String.fromCharCode(...this.mask.subarray(i, i + 8192));
    }
    return btoa(text);
  }
}
