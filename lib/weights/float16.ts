/** Half-precision numbers, as other programs store weights: IEEE 754 binary16 and bfloat16, widened to float32. */

/** The upper half of a float32. */
export function fromBfloat16(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length);
  for (let index = 0; index < halves.length; index++) bits[index] = halves[index] << 16;
  return new Float32Array(bits.buffer);
}

/** Rounds to the nearest bfloat16, ties to even; a NaN stays one. */
export function toBfloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let index = 0; index < bits.length; index++) {
    const value = bits[index];
    halves[index] = Number.isNaN(values[index]) ? 0x7fc0 : (value + 0x7fff + ((value >>> 16) & 1)) >>> 16;
  }
  return halves;
}

/** 1 sign bit, 5 exponent bits, 10 fraction bits. */
export function fromFloat16(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length);
  for (let index = 0; index < halves.length; index++) {
    const half = halves[index];
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0x1f) values[index] = fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    else values[index] = sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
  }
  return values;
}
