// Shows the image of the point under the pointer, or under the cursor of the keys, at once. Everything
// is in the browser: an atlas of all images came with the page, and no movement reaches the server.

import { listen } from '../lib/bus.ts';
import type { Look } from '../lib/colors.ts';
import { contextOf, debounce, h } from '../lib/dom.ts';
import { type Bytes, type Floats, type Ints, unpack } from '../lib/message.ts';
import { type Chart, type Spot, pointerIn, rowAt } from './chart.ts';

const ENLARGED = 112; // pixels; the image is enlarged in whole steps up to this
const SPEAK_AFTER = 250; // milliseconds
const TIP =
  'position: fixed; z-index: 999999; pointer-events: none; display: none; padding: 6px; ' +
  'border-radius: 8px; font: 14px sans-serif; box-shadow: 0 4px 16px #0006';

interface Header {
  /** The checkpoint. */
  of: string;
  mime: string;
  columns: number;
  tile: [width: number, height: number];
  classes: string[];
}
interface Atlas {
  header: Header;
  arrays: { picture: Bytes; labels: Ints; errors: Floats };
  bitmap: ImageBitmap;
}

/** A small card beside a point, and what screen readers hear of it. */
export class Tip {
  private readonly picture = h('canvas', { style: 'display: block; image-rendering: pixelated' });
  private readonly words = h('div', { style: 'margin-top: 4px' });
  private readonly card = h(
    'div',
    { class: 'latentlab-map-tip', style: TIP },
    this.picture,
    this.words,
  );
  private readonly live = h('div', {
    class: 'latentlab-map-live',
    style: 'position: fixed; clip-path: inset(50%)',
    'aria-live': 'polite',
  });
  /** Let screen readers hear where the keys have led, once they rest. */
  private readonly speak = debounce((text: string) => {
    this.live.textContent = text;
  }, SPEAK_AFTER);
  private readonly unlisten: () => void;
  private atlas: Atlas | null = null;
  private of = '';

  constructor() {
    document.body.append(this.card, this.live);
    this.unlisten = listen<Uint8Array>('map atlas', (bytes) => void this.take(bytes));
  }

  private async take(bytes: Uint8Array): Promise<void> {
    const { header, arrays } = unpack<Header, Atlas['arrays']>(bytes);
    const bitmap = await createImageBitmap(new Blob([arrays.picture], { type: header.mime }));
    this.atlas = { header, arrays, bitmap };
    const [width, height] = header.tile;
    const times = Math.max(1, Math.floor(ENLARGED / Math.max(width, height)));
    this.picture.width = width;
    this.picture.height = height;
    this.picture.style.width = `${width * times}px`;
    this.picture.style.height = `${height * times}px`;
  }

  /** Take the theme's colors, and which checkpoint's images may be shown. */
  adopt(look: Pick<Look, 'surface' | 'ink' | 'line'>, of: string): void {
    this.of = of;
    this.card.style.background = look.surface;
    this.card.style.color = look.ink;
    this.card.style.border = `1px solid ${look.line}`;
  }

  /** Show the image of the point at a place in the window; whether there is one. */
  show(chart: Chart, spot: Spot): boolean {
    const pointer = pointerIn(chart, spot);
    const row = pointer && rowAt(chart, pointer);
    if (row === null || this.atlas?.header.of !== this.of) {
      this.hide();
      return false;
    }
    const { header, arrays, bitmap } = this.atlas;
    const [width, height] = header.tile;
    const left = (row % header.columns) * width;
    const top = Math.floor(row / header.columns) * height;
    const context = contextOf(this.picture);
    context.drawImage(bitmap, left, top, width, height, 0, 0, width, height);
    const name = header.classes.at(arrays.labels[row]);
    const error = row < arrays.errors.length ? `error ${arrays.errors[row].toPrecision(2)}` : '';
    const known = [arrays.labels[row] >= 0 ? name : '', error];
    this.words.textContent = known.filter(Boolean).join(' · ') || 'An image';
    this.card.dataset.row = String(row);
    this.card.style.display = 'block';
    placeBeside(this.card, spot);
    return true;
  }

  hide(): void {
    this.card.style.display = 'none';
  }

  /** Show and say what is under the cursor of the keys. */
  look(chart: Chart, spot: Spot, said?: string): void {
    if (!this.atlas) return;
    const seen = this.show(chart, spot) ? this.words.textContent : 'No image here.';
    this.speak(said ?? seen);
  }

  /** The cursor is gone. */
  lookAway(): void {
    this.hide();
    this.speak('');
  }

  stop(): void {
    this.unlisten();
    this.speak.cancel();
    this.card.remove();
    this.live.remove();
  }
}

/** Put the tip beside the pointer, and inside the window. */
function placeBeside(tip: HTMLElement, { clientX, clientY }: Spot): void {
  const { width, height } = tip.getBoundingClientRect();
  const isRight = clientX + 18 + width < window.innerWidth;
  const isAbove = clientY - 18 - height > 0;
  tip.style.left = `${isRight ? clientX + 18 : clientX - 18 - width}px`;
  tip.style.top = `${isAbove ? clientY - 18 - height : clientY + 18}px`;
}
