// What a file looks like by its first bytes, to say so when it is not what it was declared to be. The marks are those of
// the formats' own specifications.

const marks: readonly (readonly [mark: readonly number[], what: string])[] = [
  [[0x50, 0x41, 0x52, 0x31], 'Parquet'], // PAR1
  [[0x50, 0x41, 0x52, 0x45], 'encrypted Parquet'], // PARE
  [[0x1f, 0x8b], 'gzip'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive or an office document'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'Zstandard'],
  [[0x42, 0x5a, 0x68], 'bzip2'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz'],
  [[0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], 'Arrow'], // ARROW1
  [[0x4f, 0x62, 0x6a, 0x01], 'Avro'], // Obj
  [[0x4f, 0x52, 0x43], 'ORC'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66], 'a SQLite database'], // SQLite f(ormat 3)
  [[0x25, 0x50, 0x44, 0x46, 0x2d], 'PDF'],
  [[0xff, 0xfe], 'text in UTF-16'],
  [[0xfe, 0xff], 'text in UTF-16'],
];

/** Bytes from a file's start that are enough for `looksLike`. */
export const markLength = 512;

/** What bytes that begin like this are; undefined where nothing is known. */
export function looksLike(bytes: Uint8Array): string | undefined {
  const marked = marks.find(([mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return marked[1];
  const text = asText(bytes)?.trimStart().toLowerCase();
  if (text === undefined) return undefined;
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return 'an HTML page';
  if (text.startsWith('<?xml')) return 'XML';
  return /^(\{\s*"|\[\s*[[{])/.test(text) ? 'JSON' : undefined;
}

/** The bytes as UTF-8 text, whose last character may be cut; undefined for what is none. */
export function asText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch (thrown) {
    if (thrown instanceof TypeError) return undefined;
    throw thrown;
  }
}
