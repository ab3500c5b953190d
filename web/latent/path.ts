// From one latent to another: where the way leads, and how evenly the image changes along it.

import { slerp } from './slerp.ts';

/** The latent at a share t of the way; below 0 and above 1 lies the extrapolation. */
export function along(a: Float32Array, b: Float32Array, t: number, curved: boolean): Float32Array {
  return curved ? slerp(a, b, t) : a.map((value, d) => value + t * (b[d] - value));
}

/** So many values from one end to the other, both included. */
export function evenly(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

/** Mean absolute difference between each image (bytes) and the next one, as a share of the range. */
export function changesOf(images: ArrayLike<number>[]): number[] {
  return images.slice(1).map((image, i) => {
    let sum = 0;
    for (let p = 0; p < image.length; p++) sum += Math.abs(image[p] - images[i][p]);
    return sum / image.length / 255;
  });
}

/** How many times as large as the mean the largest value is. */
export function unevenness(changes: number[]): number {
  const mean = changes.reduce((sum, value) => sum + value, 0) / changes.length;
  return mean ? Math.max(...changes) / mean : 1;
}
