// The original images behind the points, side by side in one atlas. Where they are not on the server's
// machine their places stay empty: a reconstruction never stands for an original.

import type { Space } from '../latent/space.ts';
import { type Theme, classColor, parseColor } from '../lib/colors.ts';
import { contextOf, h } from '../lib/dom.ts';
import type { Bytes } from '../lib/message.ts';

const COLUMNS = 100;
const LARGEST_TILE = 32;
const MISSING = 'The original image is not on this machine.';

/** All originals of one checkpoint, made smaller where they are large. */
export class Thumbs {
  /** Width and height of one image. */
  readonly tile: [width: number, height: number];
  /** Whether the originals have arrived. */
  ready = false;
  private readonly space: Space;
  private readonly atlas = h('canvas');
  private ink: { dark: boolean; canvas: HTMLCanvasElement } | null = null;

  constructor(space: Space) {
    this.space = space;
    const [height, width] = space.image;
    const factor = Math.ceil(Math.max(height, width) / LARGEST_TILE);
    this.tile = [Math.floor(width / factor), Math.floor(height / factor)];
  }

  /** Take the originals from a picture that holds all of them, as latentlab/ui/explore packs it. */
  async take(png: Bytes): Promise<void> {
    const picture = await createImageBitmap(new Blob([png], { type: 'image/png' }));
    [this.atlas.width, this.atlas.height] = [picture.width, picture.height];
    contextOf(this.atlas, { willReadFrequently: true }).drawImage(picture, 0, 0);
    picture.close();
    this.ready = true;
    this.ink = null;
  }

  /** Where a row's tile begins in the atlas. */
  place(row: number): [x: number, y: number] {
    return [(row % COLUMNS) * this.tile[0], Math.floor(row / COLUMNS) * this.tile[1]];
  }

  /** Show a row's original in a canvas; an empty tile where it is not here. */
  show(canvas: HTMLCanvasElement, row: number): void {
    const [width, height] = this.tile;
    [canvas.width, canvas.height] = [width, height];
    canvas.classList.toggle('missing', !this.ready);
    canvas.title = this.ready ? '' : MISSING;
    if (!this.ready) return;
    contextOf(canvas).drawImage(this.atlas, ...this.place(row), width, height, 0, 0, width, height);
  }

  /** A row's original as values from 0 to 1; null where it is not here, or only reduced. */
  valuesOf(row: number): Float32Array | null {
    const [height, width, channels] = this.space.image;
    if (!this.ready || this.tile[0] !== width || this.tile[1] !== height) return null;
    const context = contextOf(this.atlas, { willReadFrequently: true });
    const { data } = context.getImageData(...this.place(row), width, height);
    return Float32Array.from({ length: width * height * channels }, (_, i) => {
      const [pixel, channel] = [Math.floor(i / channels), i % channels];
      return data[4 * pixel + channel] / 255;
    });
  }

  /**
   * The picture to draw points from: gray images become ink in their class's color on nothing, so that
   * they can lie close together; color images stay as they are.
   */
  pointAtlas(theme: Theme): HTMLCanvasElement {
    if (this.space.image[2] === 3) return this.atlas;
    if (this.ink?.dark !== theme.dark) this.ink = { dark: theme.dark, canvas: this.dyed(theme) };
    return this.ink.canvas;
  }

  private dyed(theme: Theme): HTMLCanvasElement {
    const canvas = h('canvas');
    [canvas.width, canvas.height] = [this.atlas.width, this.atlas.height];
    const source = contextOf(this.atlas, { willReadFrequently: true });
    const target = contextOf(canvas);
    const [width, height] = this.tile;
    for (let row = 0; row < this.space.n; row += COLUMNS) {
      const y = this.place(row)[1];
      const picture = source.getImageData(0, y, canvas.width, height);
      for (let column = 0; column < COLUMNS && row + column < this.space.n; column++) {
        const color = parseColor(classColor(theme, this.space.labels[row + column]));
        inkTile(picture, column * width, width, color);
      }
      target.putImageData(picture, 0, y);
    }
    return canvas;
  }
}

/** Turn brightness into opacity of one color, over a tile's columns. */
function inkTile(
  { data, width, height }: ImageData,
  left: number,
  tileWidth: number,
  [r, g, b]: [number, number, number],
): void {
  for (let y = 0; y < height; y++) {
    for (let at = 4 * (y * width + left), end = at + 4 * tileWidth; at < end; at += 4) {
      data[at + 3] = data[at];
      data[at] = r;
      data[at + 1] = g;
      data[at + 2] = b;
    }
  }
}
