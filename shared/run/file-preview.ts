// What a file holds at its beginning, to look at before a pipeline reads it: rows where its name tells a format that we
// read, else text, else bytes. It reads no more than it takes.
import { csvRead } from '../formats/csv.schema.ts';
import type { OpenedRelation, ReadContext } from '../formats/format.ts';
import { readers } from '../formats/index.ts';
import { jsonRead } from '../formats/json.schema.ts';
import { parquetRead } from '../formats/parquet.schema.ts';
import type { Engine, OpenFile, Platform, Scan, Work } from '../platform.ts';
import type { Issue } from '../errors.ts';
import type { FilePreview } from '../protocol/worker.ts';
import { scoped } from '../scope.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { readRows } from '../values/read.ts';
import { showRows } from './show.ts';

const previewRows = 200;
/** Bytes of a file that is no table. */
const previewBytes = 64 * 1024;
/** Begins the name of every relation that a preview makes. */
const prefix = 'preview ';

type Format = keyof typeof readers;

const endings: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'csv',
  json: 'json',
  jsonl: 'json',
  ndjson: 'json',
  parquet: 'parquet',
};

/** Opens nothing and closes nothing: the file stays the caller's. */
export async function previewFile(platform: Platform, file: OpenFile, work: Work): Promise<FilePreview> {
  const format = formatOf(file.location);
  if (!format) return asText(file);
  const notices: Issue[] = [];
  const shown = { ...platform, engine: firstRowsOnly(platform.engine, previewRows) };
  const name = `${prefix}${file.location}`;
  // The relations go before the files that they stand on.
  return scoped((files) =>
    scoped(async (relations) => {
      const context: ReadContext = {
        platform: shown,
        work,
        notify: (issue) => notices.push(issue),
        onRead: () => undefined,
        keep: (free) => files.defer(free),
      };
      relations.defer(() => clear(platform.engine));
      const opened = await open(format, name, file, context);
      await opened.relate(name, context);
      return { kind: 'rows', ...(await showRows(platform.engine, name, previewRows, work)), notices };
    }),
  );
}

/** The format that a name tells, with or without `.gz`. */
export function formatOf(location: string): Format | undefined {
  const ending = /\.([a-z]+)(?:\.gz)?$/i.exec(location)?.[1]?.toLowerCase();
  return ending === undefined ? undefined : endings[ending];
}

function open(format: Format, name: string, file: OpenFile, context: ReadContext): Promise<OpenedRelation> {
  const input = { name, files: [file], partitions: [] };
  switch (format) {
    case 'csv': {
      const delimiter = /\.tsv(\.gz)?$/i.test(file.location) ? { delimiter: '\t' } : {};
      return readers.csv(input, csvRead.parse({ type: 'csv', options: delimiter }).options, context);
    }
    case 'json':
      return readers.json(input, jsonRead.parse({ type: 'json' }).options, context);
    case 'parquet':
      return readers.parquet(input, parquetRead.parse({ type: 'parquet' }).options, context);
  }
}

/** The same engine, but what is fed to it ends after so many rows: enough to look at. */
function firstRowsOnly(engine: Engine, limit: number): Engine {
  const feed: Engine['feed'] = (name, columns, scan, work) => engine.feed(name, columns, cut(scan, limit + 1), work);
  return new Proxy(engine, {
    get(target, key) {
      if (key === 'feed') return feed;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function cut(scan: Scan, limit: number): Scan {
  return async function* some(columns, signal) {
    let rows = 0;
    for await (const batch of scan(columns, signal)) {
      yield batch.slice(0, limit - rows);
      rows += batch.numRows;
      if (rows >= limit) return;
    }
  };
}

/** Drops whatever readers made: the relation itself, and what it stands on. */
async function clear(engine: Engine): Promise<void> {
  const like = quoteLiteral(`${prefix}%`);
  for (const [kind, list, column] of [
    ['VIEW', 'duckdb_views', 'view_name'],
    ['TABLE', 'duckdb_tables', 'table_name'],
  ] as const) {
    const found = (await readRows(engine, `SELECT ${column} FROM ${list}() WHERE ${column} LIKE ${like}`)) as [
      string,
    ][];
    for (const [name] of found) await engine.execute(`DROP ${kind} IF EXISTS ${quoteIdentifier(name)}`);
  }
}

async function asText(file: OpenFile): Promise<FilePreview> {
  const bytes = await file.read(0, Math.min(previewBytes, file.size));
  const truncated = file.size > bytes.byteLength;
  const text = textOf(bytes, truncated);
  return text === undefined
    ? { kind: 'bytes', bytes: bytes.slice(0, 512), truncated: file.size > 512 }
    : { kind: 'text', text, truncated };
}

/** UTF-8 text, whose last character may be cut; undefined for what is none. */
function textOf(bytes: Uint8Array, truncated: boolean): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: truncated });
  } catch (thrown) {
    if (thrown instanceof TypeError) return undefined;
    throw thrown;
  }
}
