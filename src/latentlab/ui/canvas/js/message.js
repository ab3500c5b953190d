// Reads the blob that latentlab/export/message.py packs: a JSON header and typed arrays.

const ALIGNMENT = 16;
const VIEWS = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array, float16: Uint16Array };

/**
 * Unpack one blob.
 * @param {Uint8Array} bytes - as Streamlit hands it over; its offset may be unaligned
 * @returns {{header: object, arrays: Object<string, Float32Array|Int32Array|Uint8Array>}}
 *   float16 arrays are widened to float32; each array has an extra property `shape`
 */
export function unpack(bytes) {
  const aligned = bytes.slice(); // typed arrays need an offset that is a multiple of their item
  const buffer = aligned.buffer;
  if (String.fromCharCode(...aligned.subarray(0, 4)) !== 'LLM1') {
    throw new Error('This is not a message of latentlab.');
  }
  const length = new DataView(buffer).getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(aligned.subarray(8, 8 + length)));
  const start = Math.ceil((8 + length) / ALIGNMENT) * ALIGNMENT;
  const arrays = {};
  for (const [name, { dtype, shape, offset }] of Object.entries(header.arrays)) {
    const size = shape.reduce((product, side) => product * side, 1);
    const view = new VIEWS[dtype](buffer, start + offset, size);
    arrays[name] = dtype === 'float16' ? widen(view) : view;
    arrays[name].shape = shape;
  }
  return { header, arrays };
}

/** Read only the header of a blob: enough to know whether it is a new one. */
export function readHeader(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
}

/** Widen float16 bits to float32. */
function widen(bits) {
  const out = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    const sign = bits[i] & 0x8000 ? -1 : 1;
    const exponent = (bits[i] >> 10) & 31;
    const fraction = bits[i] & 1023;
    // Weights are finite: the exponent 31 does not occur. Exponent 0 means a subnormal number.
    out[i] =
      exponent === 0
        ? sign * fraction * 2 ** -24
        : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return out;
}
