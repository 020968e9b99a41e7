// Options of Parquet. Those for writing are a map of texts with DataFusion's names (TableParquetOptions).
import { z } from '../zod.ts';
import type { ParquetWriteOptions } from '../platform.ts';
import { declaredColumns } from './column.schema.ts';

export const parquetRead = z.object({
  type: z.literal('parquet'),
  options: z.object({ schema: declaredColumns }).prefault({}),
});

/** The codecs and the levels that each has. */
const levels = {
  uncompressed: undefined,
  snappy: undefined,
  lz4: undefined,
  gzip: [0, 9],
  brotli: [0, 11],
  zstd: [1, 22],
} as const satisfies Record<ParquetWriteOptions['compression'], readonly [number, number] | undefined>;

type Compression = keyof typeof levels;

const defaults = { compression: 'zstd(3)', max_row_group_size: '122880' } as const;

const compressionText = z
  .string()
  .refine((text) => compressionOf(text) !== undefined, {
    error:
      'must be one of `zstd`, `gzip`, `brotli`, with or without a level as in `zstd(3)`, `snappy`, `lz4` and `uncompressed`',
  })
  .default(defaults.compression);

const rowCount = z
  .union([z.string(), z.number()])
  .refine((rows) => /^[1-9]\d{0,8}$/.test(String(rows)), 'must be a whole number of 1 or more')
  .default(defaults.max_row_group_size);

const parquetOptions = z.codec(
  z.object({ compression: compressionText, max_row_group_size: rowCount }).prefault({}),
  z.custom<ParquetWriteOptions>(),
  {
    decode: ({ compression, max_row_group_size }): ParquetWriteOptions => ({
      ...(compressionOf(compression) ?? { compression: 'zstd', level: 3 }),
      rowGroupSize: Number(max_row_group_size),
    }),
    encode: ({ compression, level, rowGroupSize }) => {
      const text = level === undefined ? compression : `${compression}(${level})`;
      return {
        compression: text === 'lz4' ? 'lz4_raw' : text,
        max_row_group_size: String(rowGroupSize),
      };
    },
  },
);

export const parquetWrite = z.object({ type: z.literal('parquet'), options: parquetOptions });

/** `zstd(3)` → codec and level; undefined when there is no such codec or level. */
function compressionOf(text: string): { compression: Compression; level?: number } | undefined {
  const [, name = '', digits] = /^\s*([a-z0-9_]+)\s*(?:\(\s*(\d{1,2})\s*\))?\s*$/.exec(text.toLowerCase()) ?? [];
  const codec = name === 'lz4_raw' ? 'lz4' : name;
  if (!isCompression(codec)) return undefined;
  if (digits === undefined) return { compression: codec };
  const [range, level] = [levels[codec], Number(digits)];
  return range && level >= range[0] && level <= range[1] ? { compression: codec, level } : undefined;
}

function isCompression(name: string): name is Compression {
  return Object.hasOwn(levels, name);
}

export type ParquetReadOptions = z.infer<typeof parquetRead>['options'];
export type { ParquetWriteOptions };
