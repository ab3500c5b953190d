// The one hot loop of the browser runtime: C = A x B + bias, in float32 with WebAssembly SIMD.
//
//   A     m rows of k values
//   B     in panels of 8 columns: panel j holds k rows of 8 values, one after the other, so that the
//         inner loop reads memory in order; the last panel is filled up with zeros
//   bias  one value per column, filled up with zeros to a multiple of 8
//   C     m rows of n values
//
// Compiled to gemm.wasm with the options in bundle.py; a test compiles it again and compares bytes.

// The first 32 bytes of memory take a row's last panel when n is not a multiple of 8.
const SPILL: usize = 0;

// @ts-ignore: decorator
@inline
function put(c: usize, low: v128, high: v128, columns: i32): void {
  if (columns >= 8) {
    v128.store(c, low);
    v128.store(c, high, 16);
    return;
  }
  v128.store(SPILL, low);
  v128.store(SPILL, high, 16);
  memory.copy(c, SPILL, columns << 2);
}

/** Four rows at a time: every value of B is loaded once and used four times. */
// @ts-ignore: decorator
@inline
function fourRows(a: usize, b: usize, bias: usize, c: usize, n: i32, k: i32, columns: i32): void {
  const low = v128.load(bias), high = v128.load(bias, 16);
  let l0 = low, h0 = high, l1 = low, h1 = high, l2 = low, h2 = high, l3 = low, h3 = high;
  const a1 = a + (k << 2), a2 = a1 + (k << 2), a3 = a2 + (k << 2);
  for (let p = 0; p < k; p++) {
    const at = p << 2;
    const bl = v128.load(b), bh = v128.load(b, 16);
    b += 32;
    let s = v128.load32_splat(a + at);
    l0 = f32x4.add(l0, f32x4.mul(s, bl));
    h0 = f32x4.add(h0, f32x4.mul(s, bh));
    s = v128.load32_splat(a1 + at);
    l1 = f32x4.add(l1, f32x4.mul(s, bl));
    h1 = f32x4.add(h1, f32x4.mul(s, bh));
    s = v128.load32_splat(a2 + at);
    l2 = f32x4.add(l2, f32x4.mul(s, bl));
    h2 = f32x4.add(h2, f32x4.mul(s, bh));
    s = v128.load32_splat(a3 + at);
    l3 = f32x4.add(l3, f32x4.mul(s, bl));
    h3 = f32x4.add(h3, f32x4.mul(s, bh));
  }
  put(c, l0, h0, columns);
  put(c + (n << 2), l1, h1, columns);
  put(c + (n << 3), l2, h2, columns);
  put(c + (n << 3) + (n << 2), l3, h3, columns);
}

/** One row: two running sums, because a single one would wait for each addition. */
// @ts-ignore: decorator
@inline
function oneRow(a: usize, b: usize, bias: usize, c: usize, k: i32, columns: i32): void {
  let l0 = v128.load(bias), h0 = v128.load(bias, 16);
  let l1 = f32x4.splat(0), h1 = f32x4.splat(0);
  let p = 0;
  for (; p + 1 < k; p += 2) {
    let s = v128.load32_splat(a + (p << 2));
    l0 = f32x4.add(l0, f32x4.mul(s, v128.load(b)));
    h0 = f32x4.add(h0, f32x4.mul(s, v128.load(b, 16)));
    s = v128.load32_splat(a + (p << 2), 4);
    l1 = f32x4.add(l1, f32x4.mul(s, v128.load(b, 32)));
    h1 = f32x4.add(h1, f32x4.mul(s, v128.load(b, 48)));
    b += 64;
  }
  if (p < k) {
    const s = v128.load32_splat(a + (p << 2));
    l0 = f32x4.add(l0, f32x4.mul(s, v128.load(b)));
    h0 = f32x4.add(h0, f32x4.mul(s, v128.load(b, 16)));
  }
  put(c, f32x4.add(l0, l1), f32x4.add(h0, h1), columns);
}

export function gemm(a: usize, b: usize, bias: usize, c: usize, m: i32, n: i32, k: i32): void {
  // Panels outside, rows inside: a panel of B stays in the nearest cache while every row meets it.
  for (let j = 0; j < n; j += 8) {
    const panel = b + ((j * k) << 2);
    const columns = n - j;
    let i = 0;
    for (; i + 3 < m; i += 4) {
      fourRows(a + ((i * k) << 2), panel, bias + (j << 2), c + ((i * n + j) << 2), n, k, columns);
    }
    for (; i < m; i++) {
      oneRow(a + ((i * k) << 2), panel, bias + (j << 2), c + ((i * n + j) << 2), k, columns);
    }
  }
}
