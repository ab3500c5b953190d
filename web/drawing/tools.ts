// The tools beside the drawing canvas.

import { h } from '../lib/dom.ts';
import type { Strokes } from './brush.ts';

const ICONS = {
  pen: 'M3 17.2V21h3.8L17.8 10l-3.8-3.8zM20.7 7a1 1 0 0 0 0-1.4l-2.3-2.3a1 1 0 0 0-1.4 0L15 5.3 18.7 9z',
  eraser:
    'M15.1 3.6 3.6 15.1a2 2 0 0 0 0 2.8L6.7 21H20v-2h-6.3l7-7a2 2 0 0 0 0-2.8l-4.8-4.8' +
    'a2 2 0 0 0-.8-.8zM7.5 19 5 16.5l4.5-4.5 4.6 4.6L11.7 19z',
  undo: 'M12.5 8A10.4 10.4 0 0 0 5.6 10.6L2 7v9h9l-3.6-3.6A8 8 0 0 1 20 16l2.4-.8A10.5 10.5 0 0 0 12.5 8z',
  clear: 'M6 19a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V7H6zM19 4h-3.5l-1-1h-5l-1 1H5v2h14z',
  center:
    'M5 15H3v4a2 2 0 0 0 2 2h4v-2H5zM5 5h4V3H5a2 2 0 0 0-2 2v4h2zm14-2h-4v2h4v4h2V5a2 2 0 0 0-2-2z' +
    'm0 16h-4v2h4a2 2 0 0 0 2-2v-4h-2zM12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
};

/** What the tools set and do. */
interface Drawing {
  statistics: { inks: Record<string, string>; brushes: [number, number]; is_figure: boolean };
  strokes: Strokes;
  size: number;
  color: string;
  erases: boolean;
  centered: boolean;
  undo(): void;
  clear(): void;
  center(): void;
}
/** The tools' element, and what shows anew which of them are chosen and of use. */
export interface Toolbar {
  element: HTMLElement;
  refresh: () => void;
}

export function toolbar(drawing: Drawing): Toolbar {
  const { brushes, inks, is_figure: isFigure } = drawing.statistics;
  const choose = (erases: boolean): void => {
    drawing.erases = erases;
    refresh();
  };
  const pen = tool('pen', 'Brush', () => choose(false));
  const eraser = tool('eraser', 'Eraser', () => choose(true));
  const undo = tool('undo', 'Undo (Ctrl+Z)', () => drawing.undo());
  const clear = tool('clear', 'Clear', () => drawing.clear());
  const center = tool('center', 'Center the figure, as in the training images', () =>
    drawing.center(),
  );
  const size = h('input', {
    type: 'range',
    min: brushes[0],
    max: brushes[1],
    step: 0.005,
    value: drawing.size,
    'aria-label': 'Brush size',
    title: 'Brush size',
    oninput: () => (drawing.size = Number(size.value)),
  });
  const colors = Object.entries(inks).map(([name, color]) => {
    const onclick = () => {
      drawing.color = color;
      choose(false);
    };
    const style = `--ink: ${color}`;
    const button = h('button', { class: 'ink', style, title: name, 'aria-label': name, onclick });
    return { button, color };
  });

  function refresh(): void {
    press(pen, !drawing.erases);
    press(eraser, drawing.erases);
    press(center, drawing.centered);
    for (const { button, color } of colors) press(button, color === drawing.color);
    undo.disabled = clear.disabled = drawing.strokes.list.length === 0;
  }

  refresh();
  const first = [pen, eraser, size, undo, clear, isFigure ? center : null];
  const second = colors.length > 1 ? colors.map(({ button }) => button) : [];
  const rows = [h('div', { class: 'tools' }, ...first), h('div', { class: 'tools inks' }, ...second)];
  return { element: h('div', {}, ...rows), refresh };
}

function tool(icon: keyof typeof ICONS, name: string, onclick: () => void): HTMLButtonElement {
  const path = h('path', { d: ICONS[icon] });
  const picture = h('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, path);
  return h('button', { class: 'tool', title: name, 'aria-label': name, onclick }, picture);
}

function press(button: HTMLButtonElement, on: boolean): void {
  button.setAttribute('aria-pressed', String(on));
}
