// Colors: the page's theme, the classes', and two perceptually uniform scales.

const VIRIDIS = [
  '440154',
  '472d7b',
  '3b528b',
  '2c728e',
  '21918c',
  '28ae80',
  '5ec962',
  'addc30',
  'fde725',
];
const CIVIDIS = [
  '00224e',
  '123570',
  '3b496c',
  '575d6d',
  '707173',
  '8a8678',
  'a59c74',
  'c3b369',
  'fee838',
];
const UNLABELED = '#8a8f98';

/** The colors of a theme, as Python's `Look`; each '#rrggbb'. */
export interface Look {
  background: string;
  surface: string;
  ink: string;
  muted: string;
  quiet: string;
  line: string;
  accent: string;
  warning: string;
  error: string;
  categorical: string[];
}
/** The look that is on screen. */
export interface Theme extends Look {
  dark: boolean;
  /** Colors of the classes, in order. */
  classes: string[];
}
/** Red, green, blue; 0 to 255. */
export type Rgb = [number, number, number];

/** Read which theme Streamlit shows and return our colors for it. */
export function readTheme(element: Element, looks: { light: Look; dark: Look }): Theme {
  const given = getComputedStyle(element).getPropertyValue('--st-background-color').trim();
  const dark = luminance(given || '#ffffff') < 0.4;
  const look = dark ? looks.dark : looks.light;
  return { ...look, dark, classes: look.categorical };
}

const NAMED = ['background', 'surface', 'ink', 'muted', 'line', 'accent', 'warning', 'error'] as const;

/** Hand the theme's colors to a style sheet: --ink, --line, and so on. */
export function dress(element: HTMLElement, theme: Theme): void {
  for (const name of NAMED) element.style.setProperty(`--${name}`, theme[name]);
  element.style.setProperty('--veil', `${theme.background}d9`);
  element.style.colorScheme = theme.dark ? 'dark' : 'light';
}

/** The color of a class; more than ten classes take turns. */
export function classColor(theme: Pick<Theme, 'classes'>, label: number): string {
  return label < 0 ? UNLABELED : theme.classes[label % theme.classes.length];
}

/** Read '#rrggbb', '#rgb' or 'rgb(r, g, b)'. */
export function parseColor(text: string): Rgb {
  const hex = /^#([0-9a-f]{6})/i.exec(text)?.[1];
  if (hex) return triple((c) => parseInt(hex.slice(2 * c, 2 * c + 2), 16));
  const short = /^#([0-9a-f]{3})$/i.exec(text)?.[1];
  if (short) return triple((c) => parseInt(short[c] + short[c], 16));
  const numbers = text.match(/[\d.]+/g);
  return triple((c) => (numbers && numbers.length > 2 ? Number(numbers[c]) : 128));
}

/** Relative luminance, 0 to 1. */
function luminance(text: string): number {
  const [r, g, b] = parseColor(text).map((value) => (value / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** 256 colors from dark to bright: cividis on dark maps, viridis on light ones. */
export function scaleOf(theme: Pick<Theme, 'dark'>): Rgb[] {
  const stops = (theme.dark ? CIVIDIS : VIRIDIS).map((stop) => parseColor(`#${stop}`));
  return Array.from({ length: 256 }, (_, i) => between(stops, i / 255));
}

/** The color at a share, 0 to 1, of the way through evenly spaced ones. */
export function between(stops: Rgb[], share: number): Rgb {
  const place = share * (stops.length - 1);
  const low = Math.min(Math.floor(place), stops.length - 2);
  const [from, to] = [stops[low], stops[low + 1]];
  return triple((c) => from[c] + (place - low) * (to[c] - from[c]));
}

function triple(value: (channel: number) => number): Rgb {
  return [value(0), value(1), value(2)];
}
