// Bits of Arrow bitmaps: least significant first (Arrow columnar format, "Validity bitmaps"). DuckDB's masks are the same.

/** Whether bit `index` is set. */
export function bit(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
}

/** A bitmap of bytes that are zero or not. */
export function packBits(flags: Uint8Array): Uint8Array {
  const bits = new Uint8Array((flags.length + 7) >> 3);
  for (let index = 0; index < flags.length; index++) {
    if (flags[index] !== 0) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
  }
  return bits;
}

/** A byte of 0 or 1 for each of `count` bits from `start` on. */
export function unpackBits(bits: Uint8Array, start: number, count: number): Uint8Array {
  const flags = new Uint8Array(count);
  for (let index = 0; index < count; index++) flags[index] = bit(bits, start + index) ? 1 : 0;
  return flags;
}

/** The bits at these positions, in this order. */
export function gatherBits(bits: Uint8Array, positions: Uint32Array): Uint8Array {
  return packBits(Uint8Array.from(positions, (position) => (bit(bits, position) ? 1 : 0)));
}
