// Planes: from the map to a latent and back, whatever the latent size. (The images of the tiny space lie
// on a line, so that its second principal component is any direction beside the first.)

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { extentOf, makePlane } from './plane.ts';
import { tinySpace } from './tiny.ts';

function close(actual: ArrayLike<number>, expected: number[]): void {
  const differences = Array.from(actual, (value, d) => Math.abs(value - expected[d]));
  assert.ok(Math.max(...differences) < 1e-4, `off by ${differences.join()}`);
}

for (const z of [1, 2, 3, 8]) {
  for (const kind of ['principal', 'dimensions'] as const) {
    test(`a place of a ${kind} plane through ${z} dimensions comes back`, () => {
      const space = tinySpace({ z });
      const through = Float32Array.from({ length: z }, (_, d) => d + 0.5);
      const plane = makePlane(space, { kind, i: 0, j: Math.min(1, z - 1) }, through, false);
      const y = z === 1 ? 0 : -0.5;
      close(plane.project(plane.lift(1.25, y)), [1.25, y]);
      if (z > 2) assert.ok(plane.offPlane(through) < 1e-4);
    });
  }
}

test('a plane through two dimensions keeps the others', () => {
  const plane = makePlane(tinySpace({ z: 3 }), { kind: 'dimensions', i: 2, j: 0 }, Float32Array.of(7, 8, 9), false);
  close(plane.lift(1, 2), [2, 8, 1]);
  assert.deepEqual(plane.names, ['z₃', 'z₁']);
});

test('with equal-probability spacing the middle stays, and one deviation is 34 % of the width away', () => {
  const plane = makePlane(tinySpace(), { kind: 'native', i: 0, j: 1 }, new Float32Array(2), true);
  close(plane.project([0, 0]), [0, 0]);
  close(plane.project([1, -1]), [6 * 0.3413447, -6 * 0.3413447]);
  close(plane.lift(...plane.project([0.7, -1.3])), [0.7, -1.3]);
});

test('the first view of a VAE shows three deviations at least', () => {
  const space = tinySpace({ model: 'vae' });
  const plane = makePlane(space, { kind: 'native', i: 0, j: 1 }, new Float32Array(2), false);
  const { left, top } = extentOf(plane, plane.projectAll(space.latents), true);
  assert.ok(left < -3 && top > 3);
});
