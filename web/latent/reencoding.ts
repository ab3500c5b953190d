// The telephone game: decode, encode, decode ... and see where it leads.

/** What decodes and encodes; both may return views that the next call overwrites. */
export interface Coder {
  decode: (z: Float32Array) => Float32Array;
  encode: (values: Float32Array) => Float32Array;
}
/** Step k: a latent, and the image that it decodes to. */
export interface Round {
  z: Float32Array;
  values: Float32Array;
}

const SETTLED = 1e-6; // MSE of two images that differ by a thousandth per pixel, which nobody sees

/** The next round: encode the last image, decode that latent. */
export function next({ decode, encode }: Coder, last: Float32Array): Round {
  const z = encode(last).slice();
  return { z, values: decode(z).slice() };
}

/** Mean squared error of two images. */
export function squaredError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum / a.length;
}

/** How far an image has moved by each step, and from the first to the last. */
export function movements(rounds: readonly Round[]): { steps: number[]; total: number } {
  const steps = rounds.slice(1).map(({ values }, k) => squaredError(values, rounds[k].values));
  return { steps, total: squaredError(rounds[0].values, rounds[rounds.length - 1].values) };
}

/** The first step from which on no image changes any more, or null. */
export function settledAt(steps: readonly number[]): number | null {
  const last = steps.findLastIndex((change) => change > SETTLED);
  return last === steps.length - 1 ? null : last + 1;
}
