// @ts-nocheck
// The honest card's figures: how a place in latent space relates to the images that were learned from.

const NEIGHBORS = 9;

/**
 * What can be said of a latent without a network.
 * @param {import('./space.ts').Space} space
 * @param {ArrayLike<number>} z
 */
export function factsOf(space, z) {
  const near = space.nearest(z, NEIGHBORS);
  const { row, distance } = near[0];
  return {
    row,
    distance,
    percentile: space.percentile(distance),
    far: space.isFar(distance),
    crowd: space.crowd(z),
    labels: countLabels(space, near),
  };
}

/** The classes of the nearest images, most frequent first: [{label, count}]. */
function countLabels(space, near) {
  const counts = new Map();
  for (const { row } of near) {
    const label = space.labels[row];
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count);
}

/** How far a latent moves when it is decoded and encoded again; null without an encoder. */
export function roundTrip(engine, z, values) {
  const back = engine.encode(Float32Array.from(values));
  return back && Math.sqrt(back.reduce((sum, value, d) => sum + (value - z[d]) ** 2, 0));
}
