// The honest card's figures: how a place in latent space relates to the images that were learned from.

import type { Near, Space } from './space.ts';

const NEIGHBORS = 9;

/** What is said of a place. */
export interface Facts extends Near {
  /** Of a hundred validation images, how many lie nearer to a training image. */
  share: number;
  far: boolean;
  crowd: number;
  /** The classes of the nearest images, most frequent first. */
  labels: { label: number; count: number }[];
}

/** What can be said of a latent without a network. */
export function factsOf(space: Space, z: ArrayLike<number>): Facts {
  const near = space.nearest(z, NEIGHBORS);
  const { row, distance } = near[0];
  return {
    row,
    distance,
    share: space.share(distance),
    far: space.isFar(distance),
    crowd: space.crowd(z),
    labels: countLabels(space, near),
  };
}

function countLabels(space: Space, near: Near[]): Facts['labels'] {
  const counts = new Map<number, number>();
  for (const { row } of near) {
    const label = space.labels[row];
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count);
}

/** How far a latent moves when it is decoded and encoded again; null without an encoder. */
export function reencodingDistance(
  engine: { encode(values: Float32Array): Float32Array | null },
  z: ArrayLike<number>,
  values: ArrayLike<number>,
): number | null {
  const back = engine.encode(Float32Array.from(values));
  return back && Math.sqrt(back.reduce((sum, value, d) => sum + (value - z[d]) ** 2, 0));
}
