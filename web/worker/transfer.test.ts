import { describe, expect, it } from 'vitest';
import { transferable } from './transfer.ts';

describe('transferable', () => {
  it('finds bytes at any depth and leaves the rest as it is', () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const blob = new Blob(['x']);
    const [value, buffers] = transferable({ type: 'show', output: { batches: [bytes], rows: 3, none: null }, blob });
    expect(value).toEqual({ type: 'show', output: { batches: [bytes], rows: 3, none: null }, blob });
    expect(value.blob).toBe(blob);
    expect(buffers).toEqual([bytes.buffer]);
  });

  it('copies a part of a larger buffer, so that the rest stays', () => {
    const whole = new Uint8Array([1, 2, 3, 4]);
    const [value, buffers] = transferable([whole.subarray(1, 3)]);
    expect(value).toEqual([new Uint8Array([2, 3])]);
    expect(buffers.map((buffer) => buffer.byteLength)).toEqual([2]);
  });

  it('gives each of two equal arrays a buffer', () => {
    const bytes = new Uint8Array([1]);
    const [value, buffers] = transferable([bytes, bytes]);
    expect(value).toEqual([new Uint8Array([1]), new Uint8Array([1])]);
    expect(new Set(buffers).size).toBe(2);
  });
});
