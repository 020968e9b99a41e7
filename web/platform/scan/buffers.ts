// Buffers of Arrow arrays as bytes, and bitmaps (Apache Arrow columnar format 1.0, "Validity bitmaps": least significant
// bit first).

/** The bytes behind any kind of array. */
export function bytesOf(values: unknown): Uint8Array {
  if (values instanceof Uint8Array) return values;
  if (ArrayBuffer.isView(values)) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return new Uint8Array(0);
}

/** Copies `length` bits that begin at bit `offset`, to where the target begins. */
export function copyBits(source: Uint8Array, offset: number, length: number, target: Uint8Array): void {
  const size = (length + 7) >> 3;
  const start = offset >> 3;
  const shift = offset & 7;
  if (shift === 0) {
    target.set(source.subarray(start, start + size));
    return;
  }
  for (let index = 0; index < size; index++) {
    const [low, high] = [source[start + index] ?? 0, source[start + index + 1] ?? 0];
    target[index] = (low >> shift) | (high << (8 - shift));
  }
}
