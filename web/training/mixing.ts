// Which classes stay mixed: how often an image's nearest neighbors are of another class.

const NEIGHBORS = 10;
const MOST = 1000; // images that are compared with each other
/** Standard errors on either side of a share that hold it with 95 % confidence. */
export const CONFIDENCE = 1.96;

/** Two classes, and the share of their images' neighbors that are of the other one. */
export interface Pair {
  a: number;
  b: number;
  share: number;
  /** The standard error of the share: other images of these classes would give another one. */
  error: number;
  /** Images of both classes. */
  n: number;
}
interface Sums {
  shares: number;
  squares: number;
}

/**
 * The confusion of neighbors in the latent space.
 * @param latents - n x z values
 * @returns every two classes, the most mixed first
 */
export function mixedPairs(latents: Float32Array, labels: ArrayLike<number>, z: number): Pair[] {
  const step = Math.max(1, Math.ceil(labels.length / MOST));
  const rows = Array.from({ length: labels.length }, (_, row) => row).filter(
    (row) => row % step === 0 && labels[row] >= 0,
  );
  const sums = new Map<string, Sums>();
  const sizes = new Map<number, number>();
  for (const row of rows) {
    const own = labels[row];
    sizes.set(own, (sizes.get(own) ?? 0) + 1);
    const near = nearestOf(row, rows, latents, z).map((other) => labels[other]);
    for (const label of new Set(near)) {
      if (label === own) continue;
      // An image is what is drawn at random; its neighbors are not independent of each other.
      const share = near.filter((other) => other === label).length / near.length;
      const key = keyOf(own, label);
      const { shares, squares } = sums.get(key) ?? { shares: 0, squares: 0 };
      sums.set(key, { shares: shares + share, squares: squares + share * share });
    }
  }
  const classes = [...sizes.keys()].sort((a, b) => a - b);
  const pairs = classes.flatMap((a, i) => classes.slice(i + 1).map((b) => ({ a, b })));
  return pairs
    .map(({ a, b }): Pair => {
      const n = (sizes.get(a) ?? 0) + (sizes.get(b) ?? 0);
      const { shares, squares } = sums.get(keyOf(a, b)) ?? { shares: 0, squares: 0 };
      const share = shares / n;
      return { a, b, share, n, error: Math.sqrt(Math.max(0, squares / n - share * share) / (n - 1)) };
    })
    .sort((one, other) => other.share - one.share);
}

/** Whether two shares differ by more than their sampling error (95 %). */
export function differs(one: Pair, other: Pair): boolean {
  return Math.abs(one.share - other.share) > CONFIDENCE * Math.hypot(one.error, other.error);
}

const keyOf = (a: number, b: number) => `${Math.min(a, b)} ${Math.max(a, b)}`;

function nearestOf(row: number, rows: number[], latents: Float32Array, z: number): number[] {
  const best: { other: number; distance: number }[] = [];
  for (const other of rows) {
    if (other === row) continue;
    let distance = 0;
    for (let d = 0; d < z; d++) distance += (latents[row * z + d] - latents[other * z + d]) ** 2;
    if (best.length === NEIGHBORS && distance >= best[NEIGHBORS - 1].distance) continue;
    let at = best.length;
    while (at > 0 && best[at - 1].distance > distance) at--;
    best.splice(at, 0, { other, distance });
    if (best.length > NEIGHBORS) best.pop();
  }
  return best.map(({ other }) => other);
}
