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

/**
 * Read which theme Streamlit shows and return our colors for it.
 * @param {Element} element
 * @param {{light: object, dark: object}} looks - the two looks of latentlab/ui/theme.py
 * @returns {{dark: boolean, background: string, surface: string, ink: string, muted: string,
 *   line: string, accent: string, warning: string, error: string, classes: string[]}}
 */
export function readTheme(element, looks) {
  const given = getComputedStyle(element).getPropertyValue('--st-background-color').trim();
  const dark = luminance(given || '#ffffff') < 0.4;
  const look = dark ? looks.dark : looks.light;
  return { ...look, dark, classes: look.categorical };
}

/** The color of a class; more than ten classes take turns. */
export function classColor(theme, label) {
  return label < 0 ? UNLABELED : theme.classes[label % theme.classes.length];
}

/** RGB of '#rrggbb' or 'rgb(r, g, b)', 0 to 255. */
export function parseColor(text) {
  const hex = text.match(/^#([0-9a-f]{6})/i);
  if (hex) return [0, 2, 4].map((at) => parseInt(hex[1].slice(at, at + 2), 16));
  const short = text.match(/^#([0-9a-f]{3})$/i);
  if (short) return [...short[1]].map((digit) => parseInt(digit + digit, 16));
  return (text.match(/[\d.]+/g) ?? [128, 128, 128]).slice(0, 3).map(Number);
}

/** Relative luminance, 0 to 1. */
export function luminance(text) {
  const [r, g, b] = parseColor(text).map((value) => (value / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** 256 RGB triples from dark to bright: cividis on dark maps, viridis on light ones. */
export function scaleOf(theme) {
  const stops = (theme.dark ? CIVIDIS : VIRIDIS).map((stop) => parseColor(`#${stop}`));
  return Array.from({ length: 256 }, (_, i) => {
    const place = (i / 255) * (stops.length - 1);
    const low = Math.min(Math.floor(place), stops.length - 2);
    return stops[low].map((value, c) => value + (place - low) * (stops[low + 1][c] - value));
  });
}
