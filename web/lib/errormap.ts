// The reconstruction error map: the error of each pixel in color, over the darkened image.

import { clamp } from './dom.ts';
import { type Rgb, between, parseColor } from './colors.ts';

// As in ui/anomalies/error_map.py: inferno of Matplotlib at nine even steps, and how much of the
// image shines through.
const INFERNO = ['000004', '1f0c48', '550f6d', '88226a', 'ba3655', 'e35933', 'f98c0a', 'f9c932', 'fcffa4'];
const BACKGROUND = 0.3;
const STOPS = INFERNO.map((stop) => parseColor(`#${stop}`));

/**
 * Lay the error of each pixel over the image; both (h, w, c) with values in [0, 1].
 * @returns (h, w, 3): an error of 0 lets the darkened image through, one of the full range is the
 * brightest color. The same scale for every image.
 */
export function errorMap(image: Float32Array, drawn: Float32Array, channels: number): Float32Array {
  const colors = new Float32Array((3 * image.length) / channels);
  for (let i = 0; i < image.length / channels; i++) {
    let [error, ground] = [0, 0];
    for (let c = i * channels; c < (i + 1) * channels; c++) {
      error += (drawn[c] - image[c]) ** 2 / channels;
      ground += (BACKGROUND * image[c]) / channels;
    }
    // The square root of how far a pixel is off: small errors are to be seen too.
    const off = clamp(error ** 0.25, 0, 1);
    const color: Rgb = between(STOPS, off);
    for (let c = 0; c < 3; c++) colors[3 * i + c] = ground * (1 - off) + (color[c] / 255) * off;
  }
  return colors;
}
