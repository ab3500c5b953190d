// Turning two axes of latent space by an angle, and what that does to the terms of the loss.

/** A latent in axes turned by an angle (radians); `-angle` turns back. */
export function turned(z: Float32Array, [i, j]: readonly [number, number], angle: number): Float32Array {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const out = Float32Array.from(z);
  out[i] = cos * z[i] + sin * z[j];
  out[j] = cos * z[j] - sin * z[i];
  return out;
}

/** A Gaussian posterior of two dimensions. */
interface Posterior {
  mean: readonly [number, number];
  std: readonly [number, number];
}

/** KL divergence, in nats, of a posterior whose two axes are turned, from the standard normal prior. */
export function turnedKl({ mean, std }: Posterior, angle: number): number {
  const [p, q] = std.map((value) => Math.max(value ** 2, 1e-12));
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  // The covariance in the new axes has corners: it is no longer diagonal.
  const [a, b, corner] = [cos ** 2 * p + sin ** 2 * q, sin ** 2 * p + cos ** 2 * q, cos * sin * (q - p)];
  const [x, y] = turned(Float32Array.from(mean), [0, 1], angle);
  return 0.5 * (x * x + y * y + a + b - 2 - Math.log(a * b - corner * corner));
}
