// Options of Parquet. Those for writing are a map of texts with DataFusion's names (`TableParquetOptions` of
// DataFusion 49); it fails on a name that it does not know, and on zstd, gzip and brotli without a level.
import { z } from '../zod.ts';
import type { ParquetWriteOptions as WriterOptions } from '../platform.ts';
import { declaredColumns } from './column.schema.ts';
import type { Advice } from './text.schema.ts';

const tag = z.literal('parquet').describe('Apache Parquet.');

export const parquetRead = z
  .object({
    type: tag,
    options: z.object({ schema: declaredColumns }).prefault({}).describe('How the file is read.'),
  })
  .meta({ title: 'Parquet (read)' });

interface Codec {
  readonly levels?: readonly [lowest: number, highest: number];
  /** The level to name where none was given; DataFusion wants one. */
  readonly usual?: number;
}

const codecs = {
  uncompressed: {},
  snappy: {},
  lz4: {},
  gzip: { levels: [0, 9], usual: 6 },
  brotli: { levels: [0, 11], usual: 1 },
  zstd: { levels: [1, 22], usual: 3 },
} as const satisfies Record<WriterOptions['compression'], Codec>;

type Compression = keyof typeof codecs;

const defaults = { compression: 'zstd(3)', max_row_group_size: '122880' } as const;

const compressionText = z
  .string()
  .refine((text) => compressionOf(text) !== undefined, {
    error:
      'must be one of `zstd`, `gzip`, `brotli`, with or without a level as in `zstd(3)`, `snappy`, `lz4` and `uncompressed`',
  })
  .default(defaults.compression)
  .meta({
    description: 'The codec and, in brackets, its level.',
    examples: ['zstd(3)', 'snappy', 'gzip(6)', 'brotli(1)', 'lz4_raw', 'uncompressed'],
  });

const rowCount = z
  .string()
  .refine((rows) => /^[1-9]\d{0,8}$/.test(rows), 'must be a whole number of 1 or more')
  .default(defaults.max_row_group_size)
  .describe('How many rows a row group holds at most.');

/** Options of DataFusion that have no effect here. */
export const otherParquetOptions: ReadonlySet<string> = new Set([
  ...['allow_single_file_parallelism', 'binary_as_string', 'bloom_filter_enabled', 'bloom_filter_fpp'],
  ...[
    'bloom_filter_ndv',
    'bloom_filter_on_read',
    'bloom_filter_on_write',
    'coerce_int96',
    'column_index_truncate_length',
  ],
  ...['created_by', 'data_page_row_count_limit', 'data_pagesize_limit', 'dictionary_enabled'],
  ...['dictionary_page_size_limit', 'enable_page_index', 'encoding', 'max_statistics_size'],
  ...['maximum_buffered_record_batches_per_stream', 'maximum_parallel_row_group_writers', 'metadata_size_hint'],
  ...['pruning', 'pushdown_filters', 'reorder_filters', 'schema_force_view_types', 'skip_arrow_metadata'],
  ...['skip_metadata', 'statistics_enabled', 'statistics_truncate_length', 'write_batch_size', 'writer_version'],
]);

/** Whether DataFusion knows an option: by its name, for one column as `name::column`, or as a note in the file. */
function isKnown(option: string): boolean {
  const [name = '', column] = option.split('::');
  return otherParquetOptions.has(name) || (column !== undefined && (name === 'metadata' || name === 'compression'));
}

export type ParquetWriteOptions = WriterOptions & {
  /** Options of DataFusion that have no effect here. */
  readonly others: Readonly<Record<string, string>>;
};

const typedOptions = z
  .object({ compression: compressionText, max_row_group_size: rowCount })
  .catchall(z.string())
  .superRefine((options, context) => {
    for (const option of Object.keys(options)) {
      if (option in defaults || isKnown(option)) continue;
      const candidates = [...Object.keys(defaults), ...otherParquetOptions];
      const message = 'is no option of Parquet';
      context.addIssue({ code: 'custom', path: [option], message, params: { candidates, at: 'key' } });
    }
  });

const parquetOptions = z
  .codec(typedOptions.prefault({}), z.custom<ParquetWriteOptions>(), {
    decode: ({ compression, max_row_group_size, ...others }): ParquetWriteOptions => ({
      ...(compressionOf(compression) ?? { compression: 'zstd', level: 3 }),
      rowGroupSize: Number(max_row_group_size),
      others,
    }),
    encode: ({ compression, level, rowGroupSize, others }) => ({
      compression: textOf(compression, level),
      max_row_group_size: String(rowGroupSize),
      ...others,
    }),
  })
  .describe('How the file is written: texts, under the names that DataFusion has for them.');

export const parquetWrite = z.object({ type: tag, options: parquetOptions }).meta({ title: 'Parquet (write)' });

/** `zstd(3)` → codec and level; undefined when there is no such codec or level. */
function compressionOf(text: string): { compression: Compression; level?: number } | undefined {
  const [, name = '', digits] = /^\s*([a-z0-9_]+)\s*(?:\(\s*(\d{1,2})\s*\))?\s*$/.exec(text.toLowerCase()) ?? [];
  const codec = name === 'lz4_raw' ? 'lz4' : name;
  if (!isCompression(codec)) return undefined;
  if (digits === undefined) return { compression: codec };
  const { levels }: Codec = codecs[codec];
  const level = Number(digits);
  return levels && level >= levels[0] && level <= levels[1] ? { compression: codec, level } : undefined;
}

function textOf(compression: Compression, level: number | undefined): string {
  if (compression === 'lz4') return 'lz4_raw';
  const { usual }: Codec = codecs[compression];
  const named = level ?? usual;
  return named === undefined ? compression : `${compression}(${named})`;
}

function isCompression(name: string): name is Compression {
  return Object.hasOwn(codecs, name);
}

export type ParquetReadOptions = z.infer<typeof parquetRead>['options'];

/** Tells every option that has no effect. */
export function adviseParquetWrite({ others }: ParquetWriteOptions): Advice[] {
  return Object.keys(others).map((option) => ({
    path: [option],
    message: `\`${option}\` has no effect: Sluice writes Parquet without it.`,
  }));
}
