// Which classes stay mixed: how often an image's nearest neighbors are of another class.

const NEIGHBORS = 10;
const MOST = 1000; // images that are compared with each other

/** Two classes, and the share of their images' neighbors that are of the other one. */
export interface Pair {
  a: number;
  b: number;
  share: number;
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
  const counts = new Map<string, number>();
  const totals = new Map<number, number>();
  for (const row of rows) {
    for (const other of nearestOf(row, rows, latents, z)) {
      const [a, b] = [labels[row], labels[other]].sort((x, y) => x - y);
      totals.set(labels[row], (totals.get(labels[row]) ?? 0) + 1);
      if (a !== b) counts.set(`${a} ${b}`, (counts.get(`${a} ${b}`) ?? 0) + 1);
    }
  }
  const classes = [...totals.keys()].sort((a, b) => a - b);
  const pairs = classes.flatMap((a, i) => classes.slice(i + 1).map((b) => ({ a, b })));
  return pairs
    .map(({ a, b }) => {
      const all = (totals.get(a) ?? 0) + (totals.get(b) ?? 0);
      return { a, b, share: (counts.get(`${a} ${b}`) ?? 0) / all };
    })
    .sort((one, other) => other.share - one.share);
}

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
