// Bytes on their way to the page change owner instead of being copied.

/** The value with every Uint8Array alone in a buffer of its own, and those buffers. The value is given away. */
export function transferable<Value>(value: Value): [value: Value, buffers: ArrayBuffer[]] {
  const buffers = new Set<ArrayBuffer>();
  return [separate(value, buffers) as Value, [...buffers]];
}

function separate(value: unknown, buffers: Set<ArrayBuffer>): unknown {
  if (value instanceof Uint8Array) {
    // A view into a larger or shared buffer would take the rest along.
    const alone = value.byteLength === value.buffer.byteLength && !buffers.has(value.buffer as ArrayBuffer);
    const bytes = alone ? value : value.slice();
    buffers.add(bytes.buffer as ArrayBuffer);
    return bytes;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => separate(item, buffers));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, separate(item, buffers)]));
}
