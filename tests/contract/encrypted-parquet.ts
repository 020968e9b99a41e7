// A Parquet file as a writer leaves it that encrypts the first column and not the footer (Parquet format 2.11,
// "Encryption"; Thrift's compact protocol).

/** The file with its first column made such; `bytes` is what DuckDB or the codec has written. */
export function withEncryptedColumn(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(bytes.length - 8, true);
  const start = bytes.length - 8 - length;
  const ends = new Footer(bytes, start).structs;
  const [chunk, file] = [ends.find(({ path }) => path === '4/1'), ends.find(({ path }) => path === '')];
  if (!chunk || !file) throw new Error('The footer has no column chunk.');
  // The union's first member, an empty struct: EncryptionWithFooterKey for the one, AesGcmV1 for the other.
  const field = (last: number): number[] => [((8 - last) << 4) | 12, 0x1c, 0, 0];
  const footer = [
    ...bytes.subarray(start, chunk.stop),
    ...field(chunk.last),
    ...bytes.subarray(chunk.stop, file.stop),
    ...field(file.last),
    ...bytes.subarray(file.stop, start + length),
  ];
  const data = bytes.slice(0, start).fill(0xa5, 4, Math.min(200, start));
  const size = new DataView(new ArrayBuffer(4));
  size.setUint32(0, footer.length, true);
  return new Uint8Array([...data, ...footer, ...new Uint8Array(size.buffer), ...bytes.subarray(bytes.length - 4)]);
}

/** Where the structs of a footer end, the inner ones first. */
class Footer {
  /** `path`: the ids of the fields that lead there; `stop`: the offset of the last byte; `last`: the id of the last field. */
  readonly structs: { readonly path: string; readonly stop: number; readonly last: number }[] = [];
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#struct([]);
  }

  #struct(path: readonly number[]): void {
    let last = 0;
    for (;;) {
      const header = this.#byte();
      if (header === 0) break;
      last = header >> 4 === 0 ? Number(this.#varint() >> 1n) : last + (header >> 4);
      this.#value(header & 15, [...path, last]);
    }
    this.structs.push({ path: path.join('/'), stop: this.#at - 1, last });
  }

  #value(type: number, path: readonly number[]): void {
    if (type === 3) this.#at += 1;
    else if (type >= 4 && type <= 6) this.#varint();
    else if (type === 7) this.#at += 8;
    else if (type === 8) this.#skip(Number(this.#varint()));
    else if (type === 9 || type === 10) {
      const header = this.#byte();
      const count = header >> 4 === 15 ? Number(this.#varint()) : header >> 4;
      for (let index = 0; index < count; index++) {
        if ((header & 15) <= 2) this.#at += 1;
        else this.#value(header & 15, path);
      }
    } else if (type === 12) this.#struct(path);
    else if (type > 2) throw new Error(`A footer has no values of type ${type}.`);
  }

  #skip(bytes: number): void {
    this.#at += bytes;
  }

  #varint(): bigint {
    let [value, shift] = [0n, 0n];
    for (;;) {
      const byte = this.#byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
      shift += 7n;
    }
  }

  #byte(): number {
    return this.#bytes[this.#at++] ?? 0;
  }
}
