// The component: a slider, a row of pictures, a wipe between two of them, a curve. Every number and
// word comes from Python; here they are laid out and painted, and what is asked for is reported.

import { type Board, type Component, keeping } from '../lib/component.ts';
import { type Shape, h, paintImage, tileOf } from '../lib/dom.ts';
import { type Bytes, base64, unpack } from '../lib/message.ts';
import { type Meanings, explain } from '../lib/term.ts';
import { MaskPainter } from './mask.ts';
import { type Curve, drawPsnrCurve } from './psnr_curve.ts';
import { Wipe } from './wipe.ts';

const ANSWER_WITHIN = 1500; // milliseconds after which a lost answer is no longer waited for

/** What a visitor chose, and what is sent back with the answer. */
interface Asked {
  task: string;
  strength: number;
  seed: number;
  kind: string;
}
/** What ui/restore/board.py sends. */
interface Header extends Asked {
  id: number;
  picture: string;
  shape: Shape;
  maximum: number;
  step: number;
  control: string;
  /** The strength at each step of the slider, as it stands beside it. */
  written: string[];
  help: string;
  kinds: string[];
  /** Whether the mask can be painted. */
  paints: boolean;
  warning: string;
  panels: { name: string; about: string; psnr: string; ssim: string; meanings: Meanings }[];
  curve: Curve | null;
}

export default keeping('#restore', (root) => new RestoreBoard(root), (board, component) => board.show(component));

/** One board on one page. */
class RestoreBoard implements Board {
  private readonly slider = h('input', { type: 'range', min: 0, oninput: () => this.moved() });
  private readonly value = h('output');
  private readonly label = h('span');
  private readonly kinds = h('span', {
    class: 'controls',
    role: 'group',
    'aria-label': 'Kind of degradation',
  });
  private readonly again = h('button', { class: 'button', onclick: () => this.reseed() });
  private readonly paint = h('button', {
    class: 'button',
    text: 'Paint the mask',
    onclick: () => this.togglePaint(),
  });
  private readonly warning = h('p', { class: 'warning', role: 'status' });
  private readonly row = h('div', { class: 'row' });
  private readonly wipe = new Wipe();
  private readonly chart = h('canvas', { role: 'img' });
  private readonly curve = h(
    'figure',
    { class: 'curve' },
    this.chart,
    h('figcaption', {
      text: 'PSNR of the MSE over 200 test images, measured after training. Higher is better.',
    }),
  );
  private readonly resized = new ResizeObserver(() => this.drawCurve());
  private panels: Panel[] = [];
  private painter: MaskPainter | null = null;
  private tell!: Component['setStateValue'];
  private header!: Header; // from the first `show` on, as are the two below
  private asked!: Asked;
  private ids = 0;
  private inFlight: number | null = null;
  private waits = false;

  constructor(root: HTMLElement) {
    // Not a label: its name is a button that explains itself.
    const slider = h('div', { class: 'slider' }, this.label, this.slider, this.value);
    root.replaceChildren(
      h('div', { class: 'controls' }, slider, this.kinds, this.again, this.paint),
      this.warning,
      this.row,
      h('div', { class: 'below' }, this.wipe.element, this.curve),
    );
  }

  /** Show an answer of the server. */
  show({ data, setStateValue }: Component): void {
    this.tell = setStateValue;
    const { header, arrays } = unpack<Header, { images: Bytes }>(data);
    const isFirst = this.ids === 0 && this.panels.length === 0;
    const isNewTask = isFirst || this.header.task !== header.task;
    if (this.painter && (isNewTask || this.header.picture !== header.picture)) {
      this.stopPainting();
      this.waits = true; // else the mark would be back as soon as its picture is
    }
    this.header = header;
    this.ids = Math.max(this.ids, header.id);
    if (isNewTask || header.id >= this.ids) this.adopt(header);
    const pictures = header.panels.map((_, i) => tileOf(arrays.images, i, header.shape));
    this.showRow(header, pictures);
    this.wipe.show(header.panels.map(({ name }) => name), pictures, header.shape);
    this.warning.textContent = header.warning;
    this.curve.hidden = !header.curve;
    this.resized.observe(this.chart); // which draws it, too
    this.drawCurve();
    this.inFlight = null;
    if (this.waits) this.send();
  }

  /** Set the controls to what was answered. */
  private adopt({ task, strength, seed, kind, ...header }: Header): void {
    this.asked = { task, strength, seed, kind };
    this.slider.max = String(header.maximum);
    this.slider.step = String(header.step);
    this.slider.value = String(strength);
    this.slider.setAttribute('aria-label', header.control);
    explain(this.label, header.control, { [header.control]: header.help });
    this.value.textContent = this.written(strength);
    this.again.hidden = task === 'colorize' || task === 'enlarge';
    this.again.textContent = task === 'denoise' ? 'Other noise' : 'Other position';
    this.paint.hidden = !header.paints;
    this.kinds.hidden = header.kinds.length === 0;
    this.kinds.replaceChildren(
      ...header.kinds.map((each) =>
        h('button', {
          class: 'button',
          text: each[0].toUpperCase() + each.slice(1),
          'aria-pressed': String(each === kind),
          onclick: () => this.ask({ kind: each }),
        }),
      ),
    );
  }

  private showRow({ panels, shape }: Header, pictures: Uint8Array[]): void {
    this.row.style.setProperty('--panels', String(panels.length));
    if (this.panels.length !== panels.length) {
      this.panels = panels.map(() => new Panel());
      this.row.replaceChildren(...this.panels.map(({ element }) => element));
    }
    panels.forEach((panel, i) => this.panels[i].show(panel, pictures[i], shape));
  }

  private written(strength: number): string {
    const { written, step } = this.header;
    return written[Math.round(strength / step)] ?? '';
  }

  private moved(): void {
    const strength = Number(this.slider.value);
    this.value.textContent = this.written(strength);
    this.ask({ strength });
    this.drawCurve();
  }

  private reseed(): void {
    this.stopPainting();
    this.ask({ seed: Math.floor(Math.random() * 2 ** 30) });
  }

  private togglePaint(): void {
    if (this.painter) this.stopPainting();
    else {
      const { canvas, element } = this.panels[1];
      element.classList.add('painting');
      this.painter = new MaskPainter(canvas, this.header.shape, () => this.send());
      this.paint.textContent = 'Clear the mask';
      this.paint.setAttribute('aria-pressed', 'true');
    }
    // Before anything is painted the image is shown without degradation, ready for the brush.
    this.send();
  }

  private stopPainting(): void {
    this.painter?.stop();
    this.painter = null;
    this.panels[1].element.classList.remove('painting');
    this.paint.textContent = 'Paint the mask';
    this.paint.setAttribute('aria-pressed', 'false');
  }

  /** Ask for another answer; one question at a time is on its way, the latest wins. */
  private ask(change: Partial<Asked>): void {
    this.asked = { ...this.asked, ...change };
    this.send();
  }

  private send(): void {
    const now = performance.now();
    this.waits = this.inFlight !== null && now - this.inFlight < ANSWER_WITHIN;
    if (this.waits) return;
    this.inFlight = now;
    this.ids += 1;
    const paint = this.painter ? base64(this.painter.mask) : '';
    this.tell('asked', { ...this.asked, picture: this.header.picture, paint, id: this.ids });
  }

  private drawCurve(): void {
    const { curve, control } = this.header;
    const written = (strength: number) => this.written(strength);
    if (curve) drawPsnrCurve(this.chart, curve, Number(this.slider.value), control, written);
  }

  stop(): void {
    this.resized.disconnect();
  }
}

/** One picture of the row, and what is said of it. */
class Panel {
  readonly canvas = h('canvas', { role: 'img' });
  private readonly lines = ['name', 'about quiet', 'figure', 'ssim quiet'].map((name) =>
    h('p', { class: name }),
  );
  readonly element = h('figure', {}, this.canvas, h('figcaption', {}, ...this.lines));

  show({ name, about, psnr, ssim, meanings }: Header['panels'][number], picture: Uint8Array, shape: Shape): void {
    paintImage(this.canvas, picture, shape);
    this.canvas.setAttribute('aria-label', `${name}: ${about}. ${psnr} ${ssim}`);
    [name, about, psnr, ssim].forEach((text, i) => explain(this.lines[i], text || ' ', meanings));
    this.lines[1].title = about;
  }
}
