// What is wrong with a Parquet file, in the same words for DuckDB's reader and for the platform's codec.
import { failure, type SluiceError } from '../../errors.ts';

/** An error about a file that is no whole Parquet file; `why` is a sentence that begins with a small letter. */
export function damagedParquet(location: string, why: string, cause?: unknown): SluiceError {
  return failure('file.corrupt', `${location} is not a whole Parquet file: ${why}`, {
    hint: 'It may have been cut off or damaged while it was copied; get it again from where it came from.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** An error about a file that is whole and cannot be read; `what` is such as `is encrypted`. */
export function unreadableParquet(location: string, what: string, cause?: unknown): SluiceError {
  return failure('document.unsupported', `${location} ${what}, which Sluice cannot read.`, {
    hint: 'Write it anew without that, or read it with the program that wrote it.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Whether DuckDB says that a value is out of the range of its type, which it also says of a cast in a query. */
export function isBeyondRange(text: string): boolean {
  return /^Could not convert Timestamp\((?:MS|NS|SEC)\)|^Invalid decimal encoding in Parquet file/.test(text);
}

/** What DuckDB complains of in a Parquet file; undefined for what is not about one. */
export function parquetComplaint(text: string, location: string): SluiceError | undefined {
  if (text.includes(`is encrypted, but 'encryption_config' was not set`)) {
    return unreadableParquet(location, 'is encrypted', text);
  }
  if (/Unsupported compression codec|Unsupported page encoding|BYTE_STREAM_SPLIT/.test(text)) {
    return unreadableParquet(location, 'is encoded in a way', text);
  }
  if (text.includes('Invalid string encoding found in Parquet file')) {
    return damagedParquet(location, 'it has text that is not UTF-8.', text);
  }
  if (/No magic bytes found/.test(text)) return damagedParquet(location, 'its end is missing.', text);
  if (/too small to be a Parquet file/.test(text)) return damagedParquet(location, 'it is too short.', text);
  if (/^(?:Failed to read file|Could not read (?:enough bytes )?from file)/m.test(text)) {
    return damagedParquet(location, 'its data is damaged.', text);
  }
  if (
    /[Mm]etadata is corrupt|Failed to read Parquet file|Malformed Parquet|to have incorrectly set page offsets/.test(
      text,
    )
  ) {
    return damagedParquet(location, 'its footer is damaged.', text);
  }
  return undefined;
}
