// A canvas to draw on with its tools: strokes come in, and what the network sees of them comes out.

import { clamp, contextOf, h } from '../lib/dom.ts';
import { Strokes } from './brush.ts';
import { type ImageStatistics, whatTheNetworkSees } from './preprocess.ts';
import { type Toolbar, toolbar } from './tools.ts';

const CANVAS_SIDE = 256; // about; a whole multiple of the network's input

/** How a set is drawn. */
export interface PadStatistics extends ImageStatistics {
  /** Colors by their name. */
  inks: Record<string, string>;
  /** Width of the brush at first, and the least and the most; shares of the canvas. */
  brush: number;
  brushes: [number, number];
}
/** What its owner does. */
interface Owner {
  /** After every change, however small. */
  changed: () => void;
  /** When the pointer leaves the canvas. */
  lifted: () => void;
}

export class Pad {
  readonly statistics: PadStatistics;
  readonly strokes: Strokes;
  readonly sheet: HTMLElement;
  readonly tools: Toolbar;
  readonly context: CanvasRenderingContext2D;
  centered: boolean;
  size: number;
  erases = false;
  color: string;
  /** Nothing can be drawn while it is. */
  isLocked = false;
  private readonly owner: Owner;
  private readonly ground: string;
  private readonly canvas: HTMLCanvasElement;
  private readonly hint: HTMLElement;

  constructor(statistics: PadStatistics, hint: string, strokes: Strokes, owner: Owner) {
    this.statistics = statistics;
    this.strokes = strokes;
    this.owner = owner;
    this.centered = statistics.is_figure;
    this.size = statistics.brush;
    [this.color] = Object.values(statistics.inks);
    this.ground = css(statistics.ground);
    this.canvas = canvasOf(statistics);
    this.context = contextOf(this.canvas, { willReadFrequently: true });
    this.hint = h('p', { class: 'hint', text: hint });
    this.sheet = h('div', { class: 'sheet' }, this.canvas, this.hint);
    this.tools = toolbar(this);
    this.listenToPointer();
    this.canvas.onkeydown = (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      if (event.shiftKey) this.redo();
      else this.undo();
    };
    this.paint();
  }

  private listenToPointer(): void {
    const { canvas } = this;
    let active: number | null = null;
    canvas.onpointerdown = (event) => {
      if (active !== null || event.button > 0 || this.isLocked) return;
      event.preventDefault();
      canvas.focus({ preventScroll: true });
      active = event.pointerId;
      canvas.setPointerCapture(active);
      this.strokes.begin({ color: this.color, size: this.size, erases: this.erases });
      this.extend(event);
    };
    canvas.onpointermove = (event) => {
      if (event.pointerId === active) this.extend(event);
    };
    canvas.onpointerup = canvas.onpointercancel = (event) => {
      if (event.pointerId !== active) return;
      active = null;
      this.owner.lifted();
    };
  }

  private extend(event: PointerEvent): void {
    const box = this.canvas.getBoundingClientRect();
    // Browsers have it in secure contexts only, and most classrooms speak plain HTTP.
    const points = (event as Partial<PointerEvent>).getCoalescedEvents?.() ?? [];
    const from = this.strokes.length;
    for (const point of points.length ? points : [event]) {
      const pressure = point.pointerType === 'pen' ? clamp(point.pressure, 0.1, 1) : 0.75;
      const [x, y] = [point.clientX - box.left, point.clientY - box.top];
      this.strokes.extend(x / box.width, y / box.height, pressure);
    }
    this.strokes.paintEnd(this.context, this.ground, from);
    this.afterChange();
  }

  undo(): void {
    this.strokes.undo();
    this.repaint();
  }

  private redo(): void {
    this.strokes.redo();
    this.repaint();
  }

  clear(): void {
    this.strokes.clear();
    this.repaint();
  }

  /** Turn the centering of the figure on or off. */
  center(): void {
    this.centered = !this.centered;
    this.afterChange();
  }

  private repaint(): void {
    this.paint();
    this.afterChange();
  }

  /** Draw everything anew, without a word to the owner. */
  paint(): void {
    this.strokes.paint(this.context, this.ground);
    this.showState();
  }

  private showState(): void {
    this.hint.hidden = this.strokes.list.length > 0;
    this.tools.refresh();
  }

  private afterChange(): void {
    this.showState();
    this.owner.changed();
  }

  /** What the network sees of the drawing as it is now: its bytes, (h, w, c). */
  seen(): Uint8Array {
    const input = whatTheNetworkSees(this.context, this.statistics, this.centered);
    return Uint8Array.from(input, (value) => clamp(value, 0, 1) * 255 + 0.5);
  }
}

function canvasOf({ shape: [height, width] }: ImageStatistics): HTMLCanvasElement {
  const times = Math.max(1, Math.round(CANVAS_SIDE / Math.max(height, width)));
  return h('canvas', {
    class: 'paper',
    width: width * times,
    height: height * times,
    tabindex: 0,
    role: 'img',
    style: `aspect-ratio: ${width} / ${height}`,
    'aria-label': 'Drawing canvas. Draw with the mouse, a finger or a pen.',
  });
}

function css(color: number[]): string {
  const [red, green = red, blue = red] = color.map((value) => Math.round(value * 255));
  return `rgb(${red}, ${green}, ${blue})`;
}
