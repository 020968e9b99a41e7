// Which of DuckDB's complaints are about the content of a file that it reads. Only some of them name the file.
import type { DuckDBFailure } from './duckdb-message.ts';

/** The type of what is no exception of DuckDB's own: only its decoders of Thrift, of pages and of compressions throw such. */
const foreign = 'Invalid';

/** Texts in v1.5.6. */
const complaints: readonly RegExp[] = [
  /^CSV Error on Line/,
  /^The Parallel CSV Reader/,
  /CSV Parser state machine/,
  /^Malformed JSON in file/,
  // Parquet: the file as a whole, and its footer.
  /^No magic bytes found/,
  /too small to be a Parquet file/,
  /^(?:Failed to read Parquet|Malformed Parquet|Parquet) (?:file|schema in file) ["']/,
  /^File '.*': metadata is corrupt/,
  /^The parquet file '.*' seems to have incorrectly set page offsets/,
  /^Could not read (?:enough bytes )?from file ".*": (?:attempted to read|Invalid argument)/,
  /^Incorrect stats size for type/,
  // Its pages.
  /^Failed to read file ".*": /,
  /^T(?:Protocol|Transport)Exception\b/,
  /^(?:don't know what type|invalid TType|Out of buffer|Base TTransport)/,
  /^(?:Failed to decompress|Input is invalid).* GZIP/,
  /^Payload value bigger than allowed\. Corrupted file\?/,
  /^(?:Page size mismatch|Decode bit width too large|This page does not have a dictionary)/,
  /^(?:Parquet file (?:is|has) |Parquet data unexpectedly uncompressed|Mismatch in parquet read)/,
  /^Invalid (?:decimal encoding in|string encoding found in|JSON found in) Parquet file/,
  /^DELTA_(?:LENGTH_)?BYTE_ARRAY - /,
  /^(?:RLE encoding is only supported|unsupported byte width for RLE|Invalid bit width for bitpacking)/,
  /(?:corrupt file|Corrupted file)\?$/,
];

/** Whether DuckDB says this of the content of a file. */
export function isDamage({ type, message }: Pick<DuckDBFailure, 'type' | 'message'>): boolean {
  return type === foreign || isComplaint(message);
}

/** The same where only the words are known: some are missed. */
export function isComplaint(message: string): boolean {
  return complaints.some((complaint) => complaint.test(message));
}
