// What Python packs is what the browser reads; the layout is that of latentlab/export/message.py.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Bytes, type Floats, type Ints, readHeader, unpack } from './message.ts';

interface Header {
  id: string;
}

/** Pack as Python does: magic, length, header, then arrays at multiples of 16 bytes. */
function packed(arrays: Record<string, [dtype: string, values: ArrayBufferView]>): Uint8Array {
  const directory: Record<string, object> = {};
  const parts: [offset: number, bytes: Uint8Array][] = [];
  let end = 0;
  for (const [name, [dtype, { buffer, byteLength }]] of Object.entries(arrays)) {
    const itemSize = { float32: 4, int32: 4, float16: 2, uint8: 1 }[dtype] ?? 0;
    directory[name] = { dtype, shape: [1, byteLength / itemSize], offset: end };
    parts.push([end, new Uint8Array(buffer)]);
    end = Math.ceil((end + byteLength) / 16) * 16;
  }
  const header = new TextEncoder().encode(JSON.stringify({ id: 'ä', arrays: directory }));
  const start = Math.ceil((8 + header.length) / 16) * 16;
  const blob = new Uint8Array(start + end);
  blob.set(new TextEncoder().encode('LLM1'));
  new DataView(blob.buffer).setUint32(4, header.length, true);
  blob.set(header, 8);
  for (const [offset, bytes] of parts) blob.set(bytes, start + offset);
  return blob;
}

const BLOB = packed({
  floats: ['float32', Float32Array.of(1.5, -2)],
  ints: ['int32', Int32Array.of(-7, 8, 9)],
  bytes: ['uint8', Uint8Array.of(255)],
});

test('arrays arrive with their values and shapes, the header with its text', () => {
  const { header, arrays } = unpack<Header, { floats: Floats; ints: Ints; bytes: Bytes }>(BLOB);
  assert.equal(header.id, 'ä');
  assert.deepEqual([...arrays.floats], [1.5, -2]);
  assert.deepEqual([...arrays.ints], [-7, 8, 9]);
  assert.deepEqual([...arrays.bytes], [255]);
  assert.deepEqual(arrays.ints.shape, [1, 3]);
});

test('the bytes may begin anywhere in memory', () => {
  const memory = new Uint8Array(BLOB.length + 3);
  memory.set(BLOB, 3);
  const { arrays } = unpack<Header>(memory.subarray(3));
  assert.deepEqual([...arrays.floats], [1.5, -2]);
  assert.equal(readHeader<Header>(memory.subarray(3)).id, 'ä');
});

test('half precision is widened exactly, small and negative numbers too', () => {
  // IEEE 754 binary16: 1, -2, 0.5, the largest, the smallest normal, the smallest of all, -0.
  const bits = Uint16Array.of(0x3c00, 0xc000, 0x3800, 0x7bff, 0x0400, 0x0001, 0x8000);
  const { arrays } = unpack<Header>(packed({ halves: ['float16', bits] }));
  assert.deepEqual([...arrays.halves], [1, -2, 0.5, 65504, 2 ** -14, 2 ** -24, -0]);
});

test('anything else is refused', () => {
  assert.throws(() => unpack<Header>(new Uint8Array(64)), /not a message/);
});
