import { describe, expect, it } from 'vitest';
import { fromBfloat16, fromFloat16, toBfloat16 } from './float16.ts';
import { decodeSafetensors, encodeSafetensors, safetensorsParts } from './safetensors.ts';

const tensors = new Map([
  ['weight', { shape: [2, 3], data: Float32Array.of(0, 1, -2.5, 3.25e-3, 65504, -1e-7) }],
  ['bias', { shape: [1], data: Float32Array.of(7) }],
]);

/** A file with one tensor of two bytes a number. */
function halves(dtype: string, values: readonly number[], shape = [values.length]): Uint8Array {
  const header = JSON.stringify({ x: { dtype, shape, data_offsets: [0, 2 * values.length] } });
  const file = Buffer.alloc(8 + header.length + 2 * values.length);
  file.writeBigUInt64LE(BigInt(header.length));
  file.write(header, 8);
  values.forEach((value, index) => file.writeUInt16LE(value, 8 + header.length + 2 * index));
  return file;
}

describe('a safetensors file', () => {
  it('is read as it was written', () => {
    const { tensors: read, metadata } = decodeSafetensors(encodeSafetensors(tensors, { format: 'pt' }), 'file');
    expect(read).toEqual(tensors);
    expect(metadata).toEqual({ format: 'pt' });
  });

  it('holds float16 as the standard defines it: normal, subnormal, infinite and no numbers', () => {
    const { data } = decodeSafetensors(halves('F16', [0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0xfe00, 0x8000]), 'file').tensors.get('x')!;
    expect([...data]).toEqual([1, -2, 2 ** -24, 65504, Number.POSITIVE_INFINITY, Number.NaN, -0]);
  });

  it('keeps bfloat16 within half a step of the number', () => {
    const values = Float32Array.of(1, -3.14159, 1e-30, 12345.678, 0);
    const file = Buffer.concat([...safetensorsParts([{ name: 'x', shape: [5], read: () => values }], 'BF16')]);
    const { data } = decodeSafetensors(file, 'file').tensors.get('x')!;
    data.forEach((value, index) => expect(Math.abs(value - values[index])).toBeLessThanOrEqual(Math.abs(values[index]) / 256));
    expect(data[0]).toBe(1);
    expect([...toBfloat16(Float32Array.of(Number.NaN))].every((half) => Number.isNaN(fromBfloat16(Uint16Array.of(half))[0]))).toBe(true);
    expect(fromFloat16(Uint16Array.of(0x3555))[0]).toBeCloseTo(1 / 3, 3);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a header longer than the file', Buffer.from('ffffffffffffff00', 'hex')],
    ['a tensor cut short', encodeSafetensors(tensors).subarray(0, -1)],
    ['a shape that does not fit', halves('F16', [0, 0], [3])],
    ['a type that is not understood', halves('I16', [1, 2])],
  ])('is refused when it is %s', (_, bytes) => {
    expect(() => decodeSafetensors(bytes, 'file.safetensors')).toThrow(/file\.safetensors is not a readable safetensors file/);
  });
});
