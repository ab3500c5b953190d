// The matrix product under the runtime: WebAssembly SIMD (assembly/gemm.ts), or plain JavaScript.

import { GEMM_WASM } from './gemm_wasm.ts';

const PAGE_BYTES = 65536;

/** C[m, n] = A[m, k] x B + bias, B and bias in panels of 8 columns. */
type Gemm = (
  a: number,
  b: number,
  bias: number,
  c: number,
  m: number,
  n: number,
  k: number,
) => void;

export interface Kernel {
  /** The whole memory; gemm's pointers are indices into it. */
  floats: Float32Array;
  gemm: Gemm;
  /** Whether WebAssembly SIMD is at work. */
  simd: boolean;
}

/**
 * Make memory for so many floats and a matrix product that works in it.
 * @param size - floats
 * @param options - `simd: false` forces plain JavaScript
 */
export async function makeKernel(size: number, { simd = true } = {}): Promise<Kernel> {
  if (simd) {
    try {
      return await simdKernel(size);
    } catch {
      // No SIMD, or WebAssembly is forbidden: the plain product gives the same numbers, slower.
    }
  }
  const floats = new Float32Array(size);
  return { floats, gemm: plainGemm(floats), simd: false };
}

async function simdKernel(size: number): Promise<Kernel> {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((size * 4) / PAGE_BYTES) + 1 });
  const binary = Uint8Array.from(atob(GEMM_WASM), (letter) => letter.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
  const gemm = instance.exports.gemm as Gemm; // its pointers are in bytes
  return {
    floats: new Float32Array(memory.buffer),
    gemm: (a, b, bias, c, m, n, k) => gemm(a * 4, b * 4, bias * 4, c * 4, m, n, k),
    simd: true,
  };
}

function plainGemm(floats: Float32Array): Gemm {
  const sums = new Float64Array(8);
  return (a, b, bias, c, m, n, k) => {
    for (let j = 0; j < n; j += 8) {
      const columns = Math.min(8, n - j);
      for (let i = 0; i < m; i++) {
        for (let q = 0; q < 8; q++) sums[q] = floats[bias + j + q];
        const row = a + i * k;
        for (let p = 0, at = b + j * k; p < k; p++, at += 8) {
          const x = floats[row + p];
          for (let q = 0; q < 8; q++) sums[q] += x * floats[at + q];
        }
        const target = c + i * n + j;
        for (let q = 0; q < columns; q++) floats[target + q] = sums[q];
      }
    }
  };
}
