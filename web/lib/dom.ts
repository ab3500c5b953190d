// Small help for making elements and writing numbers. Text only ever enters as text, never as markup:
// class names and checkpoint names may come from anybody.

const SVG = 'http://www.w3.org/2000/svg';
const SVG_TAGS = ['svg', 'path', 'circle', 'line', 'polyline', 'rect', 'g', 'polygon', 'text'] as const;
const IS_SVG: ReadonlySet<string> = new Set(SVG_TAGS);

type SvgTag = (typeof SVG_TAGS)[number];
type Tag = SvgTag | keyof HTMLElementTagNameMap;
/** The element that `h` makes for a tag. */
export type ElementOf<T extends Tag> = T extends SvgTag
  ? SVGElementTagNameMap[T]
  : T extends keyof HTMLElementTagNameMap
    ? HTMLElementTagNameMap[T]
    : never;

type HtmlAttribute =
  | 'class' | 'height' | 'hidden' | 'inputmode' | 'label' | 'max' | 'method' | 'min' | 'role' | 'step' | 'style'
  | 'tabindex' | 'title' | 'type' | 'width';
type SvgAttribute =
  | 'd' | 'fill' | 'points' | 'preserveAspectRatio' | 'stroke' | 'stroke-dasharray' | 'stroke-width' | 'text-anchor'
  | 'viewBox' | 'x' | 'y' | 'x1' | 'x2' | 'y1' | 'y2';
type Attribute = HtmlAttribute | SvgAttribute | `aria-${string}` | `data-${string}`;
type Handlers = {
  [Name in keyof GlobalEventHandlers as Name extends `on${string}` ? Name : never]?:
    | GlobalEventHandlers[Name]
    | undefined;
};
/** What an element begins with; what is null, undefined or false is left out. */
export type Props = Handlers &
  Partial<Record<Attribute | 'text' | 'value', string | number | boolean | null | undefined>>;
export type Child = Node | string | null | undefined;

/** The sides of an image: height, width, channels. */
export type Shape = readonly number[];

/** Make an element. */
export function h<T extends Tag>(tag: T, props: Props = {}, ...children: Child[]): ElementOf<T> {
  const element = IS_SVG.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on') || name === 'value') Object.assign(element, { [name]: value });
    else if (name === 'text') element.textContent = String(value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element as ElementOf<T>;
}

/** Write text into an element; what stands there already is neither laid out nor read aloud again. */
export function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Keep a number between two others. */
export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** Write a number with three significant digits, a real minus sign and no exponent. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) < 5e-6) return '0'; // five digits would write "0.00000"
  const size = Math.abs(value);
  const digits = size >= 1000 ? 0 : clamp(2 - Math.floor(Math.log10(size)), 0, 5);
  return value.toFixed(digits).replace('-', '−');
}

/** Name a latent dimension, counted from 0: "z₁". */
export function coordinate(dimension: number): string {
  return `z${String(dimension + 1).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)])}`;
}

/** Count things in words: "1 image", "1,200 images". */
export function counted(number: number, thing: string): string {
  return `${number.toLocaleString('en-US')} ${thing}${number === 1 ? '' : 's'}`;
}

/** A function that waits; see `debounce`. */
export interface Later<Arguments extends unknown[]> {
  (...args: Arguments): void;
  cancel: () => void;
}

/** Call a function only after it has not been asked for during so many milliseconds. */
export function debounce<Arguments extends unknown[]>(
  call: (...args: Arguments) => void,
  milliseconds: number,
): Later<Arguments> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (...args: Arguments): void => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...args), milliseconds);
  };
  return Object.assign(later, { cancel: () => clearTimeout(timer) });
}

/** The canvas's drawing context. */
export function contextOf(
  canvas: HTMLCanvasElement,
  settings?: CanvasRenderingContext2DSettings,
): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', settings);
  if (!context) throw new Error('This browser cannot draw on a canvas.');
  return context;
}

/** Paint one image (values in [0, 1], or 0-255 where they are bytes) into a canvas of its size. */
export function paintImage(
  canvas: HTMLCanvasElement,
  values: ArrayLike<number>,
  [height, width, channels]: Shape,
): void {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = contextOf(canvas);
  const picture = context.createImageData(width, height);
  fillPixels(picture.data, values, 0, width * height, channels);
  context.putImageData(picture, 0, 0);
}

/** One of many images that lie one after the other. */
export function tileOf(tiles: Uint8Array, number: number, shape: Shape): Uint8Array {
  const size = shape.reduce((product, side) => product * side, 1);
  return tiles.subarray(number * size, (number + 1) * size);
}

/** Empty a canvas and give it the pixels that it has on screen; null while it has none. */
export function cleared(
  canvas: HTMLCanvasElement,
): { context: CanvasRenderingContext2D; width: number; height: number } | null {
  const ratio = window.devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!width || !height) return null;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = contextOf(canvas);
  context.scale(ratio, ratio);
  return { context, width, height };
}

/** A line from place to place. */
export function strokeLine(
  context: CanvasRenderingContext2D,
  places: (readonly [x: number, y: number])[],
): void {
  context.beginPath();
  for (const [x, y] of places) context.lineTo(x, y);
  context.stroke();
}

/** Enlarge a canvas on screen by whole steps only, up to so many pixels. */
export function crisp(canvas: HTMLCanvasElement, [height, width]: Shape, most: number): void {
  const ratio = window.devicePixelRatio || 1;
  const steps = Math.max(1, Math.floor((most * ratio) / Math.max(width, height)));
  canvas.style.width = `${(width * steps) / ratio}px`;
  canvas.style.height = `${(height * steps) / ratio}px`;
}

/** Write an image's values as RGBA bytes. */
export function fillPixels(
  bytes: Uint8ClampedArray,
  values: ArrayLike<number>,
  start: number,
  pixels: number,
  channels: number,
): void {
  const scale = values instanceof Uint8Array ? 1 : 255;
  for (let i = 0, at = start; i < pixels; i++, at += channels) {
    bytes[4 * i] = values[at] * scale;
    bytes[4 * i + 1] = values[at + (channels === 3 ? 1 : 0)] * scale;
    bytes[4 * i + 2] = values[at + (channels === 3 ? 2 : 0)] * scale;
    bytes[4 * i + 3] = 255;
  }
}

/** Whether the visitor's system asks for less motion. */
export function prefersStill(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
