// An image on its way: what is drawn, what a switched off unit changes, what a latent decodes to.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type FlowHeader, loadFlow } from './flow.ts';

// x (2 values) -> 2 units -> mean and log-variance of z (1 each) -> 2 units -> 2 values.
const linear = (at: number, n_in: number, n_out: number) => {
  return { op: 'linear' as const, in: n_in, out: n_out, weights: at, bias: at + n_in * n_out };
};
const RELU = { op: 'leaky_relu' as const, slope: 0 };
const HEADER: FlowHeader = {
  image: [1, 2, 1],
  latent_dim: 1,
  is_vae: true,
  parts: {
    encoder: { layers: [linear(0, 2, 2), RELU, linear(6, 2, 2)], input: [1, 2, 1], output: [2], ends: [1, 2], skips: [] },
    decoder: { layers: [linear(0, 1, 2), RELU, linear(4, 2, 2)], input: [1], output: [1, 2, 1], ends: [1, 2], skips: [] },
  },
};
const WEIGHTS = {
  encoder: Object.assign(Float32Array.of(1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, Math.log(4)), { shape: [12] }),
  decoder: Object.assign(Float32Array.of(1, -1, 0, 0, 1, 0, 0, 1, 0, 0), { shape: [10] }),
};

test('layers show what they give; neither the latent nor the output is one of them', async () => {
  const flow = await loadFlow(HEADER, WEIGHTS);
  flow.take(Float32Array.of(0.25, 0.5));
  assert.deepEqual(flow.layers.map(({ values }) => [...values].map(Math.abs)), [[0.25, 0.5], [0.75, 0]]);
  assert.equal(flow.z[0], 0.75);
  assert.ok(Math.abs(flow.std![0] - 2) < 1e-6);
  assert.deepEqual([...flow.output], [0.75, 0]);
});

test('z = mean + std * epsilon', async () => {
  const flow = await loadFlow(HEADER, WEIGHTS);
  flow.take(Float32Array.of(0.25, 0.5));
  flow.sample([-1]);
  assert.ok(Math.abs(flow.z[0] + 1.25) < 1e-6);
  assert.ok(Math.abs(flow.output[1] - 1.25) < 1e-6);
});

test('a unit that is switched off gives 0 from then on; trying it out changes nothing', async () => {
  const flow = await loadFlow(HEADER, WEIGHTS);
  flow.take(Float32Array.of(0.25, 0.5));
  const { off } = flow.layers[0];
  const without = flow.outputWith(() => off.add(1), () => off.delete(1));
  assert.deepEqual([...without], [0.25, 0]);
  assert.deepEqual([...flow.output], [0.75, 0]);
  off.add(1);
  flow.again();
  assert.deepEqual([...flow.layers[0].values], [0.25, 0]);
  assert.deepEqual([...flow.output], [0.25, 0]);
});

test('without its image, a stored latent is decoded', async () => {
  const flow = await loadFlow(HEADER, WEIGHTS);
  flow.takeLatent([0.5], [0.1]);
  assert.deepEqual([...flow.output], [0.5, 0]);
  assert.deepEqual([...flow.layers[0].values], [0, 0]);
});
