// Small help for making elements and writing numbers. Text only ever enters as text, never as markup:
// class names and checkpoint names may come from strangers.

const SVG = 'http://www.w3.org/2000/svg';
const SVG_TAGS = new Set(['svg', 'path', 'circle', 'line', 'polyline', 'rect', 'g', 'polygon']);

/**
 * Make an element.
 * @param {string} tag
 * @param {object} [props] - `onclick` and other handlers, `class`, `text`, anything else an attribute
 * @param {...(Node|string|null)} children
 * @returns {HTMLElement|SVGElement}
 */
export function h(tag, props = {}, ...children) {
  const element = SVG_TAGS.has(tag)
    ? document.createElementNS(SVG, tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element[name] = value;
    else if (name === 'text') element.textContent = value;
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Keep a number between two others. */
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** Write a number with three significant digits, a real minus sign and no exponent. */
export function figure(value) {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const digits = size >= 1000 ? 0 : clamp(2 - Math.floor(Math.log10(size)), 0, 5);
  return value.toFixed(digits).replace('-', '−');
}

/** Count things in words: "1 image", "1,200 images". */
export function counted(number, thing) {
  return `${number.toLocaleString('en-US')} ${thing}${number === 1 ? '' : 's'}`;
}

/** Call a function only after it has not been asked for during so many milliseconds. */
export function debounce(call, milliseconds) {
  let timer = 0;
  const later = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...args), milliseconds);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/** Paint one image (values in [0, 1], or 0-255 where they are bytes) into a canvas of its size. */
export function paintImage(canvas, values, [height, width, channels]) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  const picture = context.createImageData(width, height);
  fillPixels(picture.data, values, 0, width * height, channels);
  context.putImageData(picture, 0, 0);
}

/** Enlarge a canvas on screen by whole steps only, up to so many pixels. */
export function crisp(canvas, [height, width], most) {
  const ratio = window.devicePixelRatio || 1;
  const steps = Math.max(1, Math.floor((most * ratio) / Math.max(width, height)));
  canvas.style.width = `${(width * steps) / ratio}px`;
  canvas.style.height = `${(height * steps) / ratio}px`;
}

/** Write an image's values as RGBA bytes. */
export function fillPixels(bytes, values, start, pixels, channels) {
  const scale = values instanceof Uint8Array ? 1 : 255;
  for (let i = 0, at = start; i < pixels; i++, at += channels) {
    bytes[4 * i] = values[at] * scale;
    bytes[4 * i + 1] = values[at + (channels === 3 ? 1 : 0)] * scale;
    bytes[4 * i + 2] = values[at + (channels === 3 ? 2 : 0)] * scale;
    bytes[4 * i + 3] = 255;
  }
}

/** Whether the visitor's system asks for less motion. */
export function prefersStill() {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
