import { describe, expect, it } from 'vitest';
import { fromBfloat16, fromFloat16, toBfloat16 } from './float16.ts';
import { decodeSafetensors, encodeSafetensors, safetensorsParts } from './safetensors.ts';

const tensors = new Map([
  ['weight', { shape: [2, 3], data: Float32Array.of(0, 1, -2.5, 3.25e-3, 65504, -1e-7) }],
  ['bias', { shape: [1], data: Float32Array.of(7) }],
]);

/** A file of a header and bytes that need not fit it. */
function withHeader(entries: object, bodyLength: number): Uint8Array {
  const header = JSON.stringify(entries);
  const file = Buffer.alloc(8 + header.length + bodyLength);
  file.writeBigUInt64LE(BigInt(header.length));
  file.write(header, 8);
  return file;
}

/** A file with one tensor of two bytes a number. */
function halves(dtype: string, values: readonly number[], shape = [values.length]): Uint8Array {
  const file = Buffer.from(withHeader({ x: { dtype, shape, data_offsets: [0, 2 * values.length] } }, 2 * values.length));
  values.forEach((value, index) => file.writeUInt16LE(value, file.length - 2 * (values.length - index)));
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
    ['a type that only every object has', halves('constructor', [1, 2])],
    ['a size that is no whole number', withHeader({ x: { dtype: 'F32', shape: [0.5, 2], data_offsets: [0, 4] } }, 4)],
    ['two sizes below 0', withHeader({ x: { dtype: 'F32', shape: [-1, -1], data_offsets: [0, 4] } }, 4)],
    ['a place that is no whole number', withHeader({ x: { dtype: 'F32', shape: [1], data_offsets: [0.5, 4.5] } }, 8)],
    ['a tensor beyond the end', withHeader({ x: { dtype: 'F32', shape: [1], data_offsets: [4, 8] } }, 4)],
    ['tensors that overlap', withHeader({ x: { dtype: 'F32', shape: [2], data_offsets: [4, 12] }, y: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }, 12)],
  ])('is refused when it is %s', (_, bytes) => {
    expect(() => decodeSafetensors(bytes, 'file.safetensors')).toThrow(/file\.safetensors is not a readable safetensors file/);
  });

  it('may hold tensors in any order, and empty ones', () => {
    const { tensors: read } = decodeSafetensors(withHeader({ x: { dtype: 'F32', shape: [1], data_offsets: [4, 8] }, none: { dtype: 'F32', shape: [0, 3], data_offsets: [4, 4] }, y: { dtype: 'F16', shape: [2], data_offsets: [0, 4] } }, 8), 'file');
    expect([...read].map(([name, { shape, data }]) => [name, shape, data.length])).toEqual([['x', [1], 1], ['none', [0, 3], 0], ['y', [2], 2]]);
  });

  it('is refused before any memory is spent when many tensors share their bytes', () => {
    const shared = { dtype: 'F32', shape: [1 << 20], data_offsets: [0, 4 << 20] };
    const file = withHeader(Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`x${index}`, shared])), 4 << 20);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => decodeSafetensors(file, 'file')).toThrow(/tensor "x1" lies over tensor "x0"/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 << 20);
  });
});
