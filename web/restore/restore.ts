// @ts-nocheck
// The component: a slider, a row of pictures, a wipe between two of them, a curve. Every number and
// word comes from Python; here they are laid out and painted, and what is asked for is reported.

import { h, paintImage } from '../lib/dom.ts';
import { unpack } from '../lib/message.ts';
import { MaskPainter } from './mask.ts';
import { drawPsnrCurve } from './psnr_curve.ts';
import { Wipe } from './wipe.ts';

const ANSWER_WITHIN = 1500; // milliseconds after which a lost answer is no longer waited for

const boards = new WeakMap();

/**
 * Streamlit calls this when the component appears and when its data or the theme changes.
 * @param {{data: Uint8Array, parentElement: ShadowRoot, setStateValue: Function}} component
 * @returns {() => void} takes the board down
 */
export default function mount({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector('#restore');
  if (!boards.has(root)) boards.set(root, new RestoreBoard(root));
  const board = boards.get(root);
  board.tell = setStateValue;
  board.show(unpack(data));
  return () => {
    board.resized.disconnect();
    boards.delete(root);
  };
}

/** One board on one page. */
class RestoreBoard {
  constructor(root) {
    this.root = root;
    this.ids = 0;
    this.inFlight = null;
    this.waits = false;
    this.slider = h('input', { type: 'range', min: 0, oninput: () => this.moved() });
    this.value = h('output');
    this.label = h('span');
    this.kinds = h('span', { class: 'controls', role: 'group', 'aria-label': 'Kind of damage' });
    this.again = h('button', { class: 'button', text: 'Other place', onclick: () => this.reseed() });
    this.paint = h('button', { class: 'button', text: 'Paint it', onclick: () => this.togglePaint() });
    this.warning = h('p', { class: 'warning', role: 'status' });
    this.row = h('div', { class: 'row' });
    this.wipe = new Wipe();
    this.chart = h('canvas', { role: 'img' });
    this.curve = h('figure', { class: 'curve' }, this.chart, h('figcaption', {
      text: 'PSNR of the mean squared error over 200 test images, measured when the network was trained. Higher is nearer to the clean picture.',
    }));
    const slider = h('label', { class: 'slider' }, this.label, this.slider, this.value);
    root.replaceChildren(
      h('div', { class: 'controls' }, slider, this.kinds, this.again, this.paint),
      this.warning,
      this.row,
      h('div', { class: 'below' }, this.wipe.element, this.curve),
    );
    this.resized = new ResizeObserver(() => this.drawCurve());
    this.resized.observe(this.chart);
  }

  /** Show an answer of the server. */
  show({ header, arrays }) {
    const isNew = !this.header || this.header.task !== header.task || this.header.picture !== header.picture;
    if (isNew && this.painter) {
      this.stopPainting();
      this.waits = true; // else the mark would be back as soon as its picture is
    }
    this.header = header;
    this.ids = Math.max(this.ids, header.id);
    if (!this.asked || this.asked.task !== header.task || header.id >= this.ids) this.adopt(header);
    const size = header.shape.reduce((product, side) => product * side, 1);
    this.pictures = header.panels.map((panel, i) => arrays.images.subarray(i * size, (i + 1) * size));
    this.showRow();
    this.wipe.show(header.panels, this.pictures, header.shape);
    this.warning.textContent = header.warning;
    this.curve.hidden = !header.curve;
    this.drawCurve();
    this.inFlight = null;
    if (this.waits) this.send();
  }

  /** Set the controls to what was answered. */
  adopt(header) {
    this.asked = { task: header.task, strength: header.strength, seed: header.seed, kind: header.kind };
    Object.assign(this.slider, { max: header.maximum, step: header.step });
    this.slider.value = header.strength;
    this.slider.title = header.help;
    this.label.textContent = header.control;
    this.value.textContent = this.written(header.strength);
    this.again.hidden = header.task === 'colorize' || header.task === 'enlarge';
    this.again.textContent = header.task === 'denoise' ? 'Other noise' : 'Other place';
    this.paint.hidden = !header.paints;
    this.kinds.hidden = header.kinds.length === 0;
    this.kinds.replaceChildren(
      ...header.kinds.map((kind) =>
        h('button', {
          class: 'button',
          text: kind[0].toUpperCase() + kind.slice(1),
          'aria-pressed': String(kind === header.kind),
          onclick: () => this.ask({ kind }),
        }),
      ),
    );
  }

  showRow() {
    const { header } = this;
    this.row.style.setProperty('--panels', header.panels.length);
    if (this.row.children.length !== header.panels.length) {
      this.row.replaceChildren(...header.panels.map(() => emptyPanel()));
    }
    header.panels.forEach((panel, i) => {
      const figure = this.row.children[i];
      const [canvas, name, about, psnr, ssim] = figure.querySelectorAll('canvas, .name, .about, .figure, .ssim');
      paintImage(canvas, this.pictures[i], header.shape);
      canvas.setAttribute('aria-label', `${panel.name}: ${panel.about}. ${panel.psnr} ${panel.ssim}`);
      name.textContent = panel.name;
      about.textContent = about.title = panel.about;
      psnr.textContent = panel.psnr || ' ';
      ssim.textContent = panel.ssim || ' ';
    });
  }

  written(strength) {
    const { maximum, step } = this.header;
    if (step >= 1) return ['none', 'half size', 'quarter size'][Math.round(strength)] ?? String(strength);
    return maximum <= 1 ? `${Math.round(strength * 100)} %` : strength.toFixed(2);
  }

  moved() {
    this.value.textContent = this.written(Number(this.slider.value));
    this.ask({ strength: Number(this.slider.value) });
    this.drawCurve();
  }

  reseed() {
    if (this.painter) this.stopPainting();
    this.ask({ seed: Math.floor(Math.random() * 2 ** 30) });
  }

  togglePaint() {
    if (this.painter) {
      this.stopPainting();
      this.send();
      return;
    }
    const figure = this.row.children[1];
    figure.classList.add('painting');
    this.painter = new MaskPainter(figure.querySelector('canvas'), this.header.shape, () => this.send());
    this.paint.textContent = 'Undo the painting';
    this.paint.setAttribute('aria-pressed', 'true');
    // Nothing is painted yet: show the picture without damage, ready for the brush.
    this.send();
  }

  stopPainting() {
    this.painter.stop();
    this.painter = null;
    this.row.children[1].classList.remove('painting');
    this.paint.textContent = 'Paint it';
    this.paint.setAttribute('aria-pressed', 'false');
  }

  /** Ask for another answer; one question at a time is on its way, the latest wins. */
  ask(change) {
    Object.assign(this.asked, change);
    this.send();
  }

  send() {
    const now = performance.now();
    this.waits = this.inFlight !== null && now - this.inFlight < ANSWER_WITHIN;
    if (this.waits) return;
    this.inFlight = now;
    this.ids += 1;
    const paint = this.painter?.encoded() ?? '';
    this.tell('asked', { ...this.asked, picture: this.header.picture, paint, id: this.ids });
  }

  drawCurve() {
    if (!this.header?.curve || !this.chart.clientWidth) return;
    drawPsnrCurve(this.chart, this.header.curve, Number(this.slider.value), this.header.control);
  }
}

function emptyPanel() {
  return h(
    'figure',
    {},
    h('canvas', { role: 'img' }),
    h(
      'figcaption',
      {},
      h('p', { class: 'name' }),
      h('p', { class: 'about quiet' }),
      h('p', { class: 'figure' }),
      h('p', { class: 'ssim quiet' }),
    ),
  );
}
