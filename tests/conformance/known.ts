// Files that the two platforms are known to read otherwise, each with its reason. A test fails when one is mended.

interface Known {
  readonly difference: string;
  readonly reason: string;
}

function knownOf(reason: string, outcome: string, files: readonly string[]): Known[] {
  return files.map((file) => ({ difference: `${file}: ${outcome}`, reason }));
}

const geometries = [
  ...['crs-arbitrary-value', 'crs-default', 'crs-geography', 'crs-projjson', 'crs-srid'],
  ...['geography-lines', 'geospatial-with-nan'],
].map((name) => `data/geospatial/${name}.parquet`);

export const known: Readonly<Record<string, readonly Known[]>> = {
  'parquet-testing': [
    ...knownOf(
      'DuckDB takes a column whose levels do not fit its values for NULL.',
      'relay read, browser file.corrupt',
      ['bad_data/ARROW-RS-GH-6229-LEVELS.parquet'],
    ),
    ...knownOf(
      'DuckDB knows BYTE_STREAM_SPLIT for FLOAT and DOUBLE only.',
      'relay document.unsupported, browser read',
      ['data/byte_stream_split_extended.gzip.parquet'],
    ),
    ...knownOf(
      "The browser's DuckDB has GEOMETRY only in an extension.",
      'relay read, browser type.unsupported',
      geometries,
    ),
    ...knownOf("DuckDB does not know Hadoop's framing of LZ4.", 'relay document.unsupported, browser read', [
      'data/hadoop_lz4_compressed.parquet',
      'data/hadoop_lz4_compressed_larger.parquet',
    ]),
  ],
};
