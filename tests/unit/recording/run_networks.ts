// Runs networks that a test has packed into files, and writes what they answer beside each.

import { readFileSync, writeFileSync } from 'node:fs';

import { unpack } from '../../../web/lib/message.ts';
import { type NetworkSpec, loadNetwork } from '../../../web/runtime/runtime.ts';

for (const file of process.argv.slice(2)) {
  const { header, arrays } = unpack<{ network: NetworkSpec }, { weights: Float32Array; rows: Float32Array }>(
    new Uint8Array(readFileSync(file)),
  );
  const network = await loadNetwork(header.network, arrays.weights, { batch: 2 });
  const answer = network.runAll(arrays.rows, arrays.rows.length / network.inputSize);
  writeFileSync(file.replace(/\.bin$/, '.out'), new Uint8Array(answer.buffer));
}
