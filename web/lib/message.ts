// Reads the blob that latentlab/export/message.py packs: a JSON header and typed arrays.

const ALIGNMENT = 16;

type Dtype = 'float32' | 'float16' | 'int32' | 'uint8';
/** An array of a message; it knows its shape. */
export type Shaped<A> = A & { shape: number[] };
export type Floats = Shaped<Float32Array<ArrayBuffer>>;
export type Ints = Shaped<Int32Array<ArrayBuffer>>;
export type Bytes = Shaped<Uint8Array<ArrayBuffer>>;

interface Directory {
  arrays: Record<string, { dtype: Dtype; shape: number[]; offset: number }>;
}

/**
 * Unpack one blob.
 * @param bytes - as Streamlit hands it over; its offset may be unaligned
 * @returns What Python packed, of the types that the reader expects; float16 is widened to float32.
 */
export function unpack<Header, Arrays = Record<string, Floats | Ints | Bytes>>(
  bytes: Uint8Array,
): { header: Header; arrays: Arrays } {
  const aligned = bytes.slice(); // typed arrays need an offset that is a multiple of their item
  if (String.fromCharCode(...aligned.subarray(0, 4)) !== 'LLM1') {
    throw new Error('This is not a message of latentlab.');
  }
  const header = readHeader<Directory>(aligned);
  const start = Math.ceil((8 + headerLength(aligned)) / ALIGNMENT) * ALIGNMENT;
  const arrays = Object.fromEntries(
    Object.entries(header.arrays).map(([name, { dtype, shape, offset }]) => {
      const size = shape.reduce((product, side) => product * side, 1);
      const view = viewOf(dtype, aligned.buffer, start + offset, size);
      return [name, Object.assign(view, { shape })];
    }),
  );
  return { header: header as Header, arrays: arrays as Arrays };
}

/** Read only the header of a blob: enough to know whether it is a new one. */
export function readHeader<Header>(bytes: Uint8Array): Header {
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + headerLength(bytes)));
  return JSON.parse(text) as Header;
}

function headerLength(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
}

function viewOf(dtype: Dtype, buffer: ArrayBuffer, offset: number, size: number) {
  switch (dtype) {
    case 'float32':
      return new Float32Array(buffer, offset, size);
    case 'float16':
      return widen(new Uint16Array(buffer, offset, size));
    case 'int32':
      return new Int32Array(buffer, offset, size);
    case 'uint8':
      return new Uint8Array(buffer, offset, size);
  }
}

/** Widen float16 bits to float32: to shift exponent and fraction into place is exact. */
function widen(bits: Uint16Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(bits.length);
  const words = new Uint32Array(out.buffer);
  for (let i = 0; i < bits.length; i++) words[i] = ((bits[i] & 0x8000) << 16) | ((bits[i] & 0x7fff) << 13);
  // The exponents' biases, 15 and 127, differ. Weights are finite: the exponent 31 does not occur.
  for (let i = 0; i < out.length; i++) out[i] *= 2 ** 112;
  return out;
}

/** Bytes as text, for what is said to Python. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(text);
}
