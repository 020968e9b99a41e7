import { describe, expect, it } from 'vitest';
import { load, type Loaded } from '../load.ts';

const told = ({ issues }: Loaded): string[] =>
  issues.map(({ severity, code, place, message }) => `${severity} ${code} ${place?.line}:${place?.column} ${message}`);
const withSource = (source: string): Loaded => load(`sources: [${source}]\nstages: []`, {});
const withDestination = (destination: string): Loaded =>
  load(`sources: []\nstages: []\ndestination: ${destination}`, {});
const withStage = (stage: string): Loaded => load(`sources: []\nstages: [[{name: a, query: q, ${stage}}]]`, {});
const sourceOf = (loaded: Loaded): unknown => loaded.pipeline?.sources[0];
const csv = 'format: {type: csv, options: {}}';
const alias = (message: string): unknown =>
  expect.stringMatching(new RegExp(`^warning document\\.alias \\d+:\\d+ ${message}`));

describe('names of types', () => {
  it.each([
    [
      '{type: File, name: a, format: {type: Csv, options: {}}, location: x}',
      'file',
      ['`File` is read as `file`', '`Csv` is read as `csv`'],
    ],
    ['{type: memory, name: a}', 'in_memory', ['`memory` is read as `in_memory`']],
    ['{type: InMemory, name: a}', 'in_memory', ['`InMemory` is read as `in_memory`']],
    ['{type: in-memory, name: a}', 'in_memory', ['`in-memory` is read as `in_memory`']],
    [`{type: dir, name: a, ${csv}, location: x}`, 'directory', ['`dir` is read as `directory`']],
    [`{type: Directory, name: a, ${csv}, location: x}`, 'directory', ['`Directory` is read as `directory`']],
    ['{type: database, name: a, load_query: q, connection_string: c}', 'odbc', ['`database` is read as `odbc`']],
    ['{type: Odbc, name: a, load_query: q, connection_string: c}', 'odbc', ['`Odbc` is read as `odbc`']],
    ['{type: Delta, name: a, location: x}', 'delta', ['`Delta` is read as `delta`']],
  ])('%s', (source, type, messages) => {
    const loaded = withSource(source);
    expect(sourceOf(loaded)).toMatchObject({ type });
    expect(told(loaded)).toEqual(messages.map(alias));
  });

  it('are read in destinations and their write modes', () => {
    const odbc = withDestination(
      '{type: database, name: t, connection_string: c, write_mode: {operation: Custom, transaction: {insert: i}}}',
    );
    expect(odbc.pipeline?.destination).toMatchObject({
      ...{ type: 'odbc', batch_size: 1000 },
      write_mode: { operation: 'custom', transaction: { pre_insert: null, insert: 'i' } },
    });
    expect(told(odbc)).toEqual([alias('`database`'), alias('`Custom`')]);
    const delta = withDestination('{type: Delta, name: d, location: x, write_mode: {operation: Upsert, params: [a]}}');
    expect(delta.pipeline?.destination).toMatchObject({ write_mode: { operation: 'upsert', params: ['a'] } });
  });
});

describe('names of fields', () => {
  it.each([
    [
      '{type: file, name: a, file_type: {type: csv, options: {}}, storage_options: {a: b}, location: x}',
      ['`file_type`', '`storage_options`'],
    ],
    [`{type: directory, name: a, ${csv}, partition_cols: [[a, int32]], location: x}`, ['`partition_cols`']],
    ['{type: odbc, name: a, query: q, connection_string: c}', ['`query`']],
    ['{type: delta, name: a, location: x, version_ts: "2024-01-01T00:00:00Z"}', ['`version_ts`']],
  ])('%s', (source, aliases) => {
    const loaded = withSource(source);
    expect(loaded.pipeline).toBeDefined();
    expect(told(loaded).filter((line) => line.includes('document.alias'))).toEqual(aliases.map((name) => alias(name)));
  });

  it('of a Delta destination', () => {
    const loaded = withDestination(
      '{type: delta, name: d, location: x, mode: {operation: append}, custom_metadata: {a: b}, partition_cols: [a], storage_options: {}, schema: [{name: a, type: string, metadata: {}}]}',
    );
    expect(loaded.pipeline?.destination).toMatchObject({
      ...{ write_mode: { operation: 'append' }, metadata: { a: 'b' }, partition_columns: ['a'] },
      schema: [{ name: 'a', data_type: 'string', nullable: true }],
    });
    expect(told(loaded)).toHaveLength(5);
  });

  it('belong to their types: `mode` of a file is not the write mode of Delta', () => {
    const loaded = withDestination(`{type: file, name: d, location: x/, ${csv}, mode: replace}`);
    expect(told(loaded)).toEqual([]);
    expect(loaded.pipeline?.destination).toMatchObject({ mode: 'replace' });
  });

  it('keep the place where they were typed', () => {
    const loaded = withSource('{type: file, name: a, file_type: {type: Csv, options: {}}, location: x}');
    expect(loaded.locate(['sources', 0, 'format', 'type'])).toMatchObject({ line: 1, column: 51 });
  });

  it('are refused where both are given', () => {
    expect(told(withSource(`{type: file, name: a, ${csv}, file_type: {type: csv}, location: x}`))).toEqual([
      expect.stringMatching(/^error document\.invalid 1:\d+ `file_type` is another name of `format`/),
    ]);
  });
});

describe('data types', () => {
  it.each([
    ['varchar', 'string'],
    ['BIGINT', 'int64'],
    ['"decimal(10,2)"', 'decimal<10,2>'],
    ['Utf8', 'utf8'],
    ['timestamp', 'timestamp<us>'],
  ])('%s of a file is %s', (typed, expected) => {
    const loaded = withSource(
      `{type: file, name: a, format: {type: csv, options: {schema: [{name: a, data_type: ${typed}}]}}, location: x}`,
    );
    expect(sourceOf(loaded)).toMatchObject({ format: { options: { schema: [{ data_type: expected }] } } });
    expect(told(loaded)).toHaveLength(1);
  });

  it('of Delta are read as Delta means them, nested ones too', () => {
    const nested = '{type: array, elementType: short, containsNull: true}';
    const loaded = withDestination(
      `{type: delta, name: d, location: x, write_mode: {operation: append}, schema: [{name: a, data_type: timestamp}, {name: b, data_type: ${nested}}]}`,
    );
    expect(loaded.pipeline?.destination).toMatchObject({
      schema: [{ data_type: 'timestamp<us,UTC>' }, { data_type: 'list<int16>' }],
    });
    expect(told(loaded)).toHaveLength(2);
  });

  it('of partition columns are read in both forms', () => {
    const loaded = withSource(
      `{type: directory, name: a, ${csv}, location: x, partition_columns: [[y, int32], {name: m, data_type: Int32}, {name: d, type: date}]}`,
    );
    expect(sourceOf(loaded)).toMatchObject({
      partition_columns: [
        ['y', 'int32'],
        ['m', 'int32'],
        ['d', 'date'],
      ],
    });
    expect(told(loaded)).toEqual([alias('`Int32`'), alias('`type` is read as `data_type`')]);
  });

  it('of partition columns in a list are read as of those in a map (were refused)', () => {
    const columns = '[[y, Int32], [n, BIGINT], [t, " int32"]]';
    const loaded = withSource(`{type: directory, name: a, ${csv}, location: x, partition_cols: ${columns}}`);
    expect(sourceOf(loaded)).toMatchObject({
      partition_columns: [
        ['y', 'int32'],
        ['n', 'int64'],
        ['t', ' int32'],
      ],
    });
    expect(told(loaded)).toEqual([alias('`partition_cols`'), alias('`Int32`'), alias('`BIGINT`')]);
  });

  it('are wanted for partition columns', () => {
    expect(told(withSource(`{type: directory, name: a, ${csv}, location: x, partition_columns: [date]}`))).toEqual([
      expect.stringMatching(/^error document\.invalid 1:\d+ Item 1 of `partition_columns` must be a name and a type/),
    ]);
  });
});

describe('shapes', () => {
  it('a format or write mode may be a word', () => {
    const loaded = load(
      'sources: [{type: file, name: a, format: CSV, location: x}]\nstages: []\ndestination: {type: odbc, name: t, connection_string: c, write_mode: append}',
      {},
    );
    expect(told(loaded)).toEqual([
      alias('`CSV` is read as `{type: csv}`'),
      alias('`append` is read as `{operation: append}`'),
    ]);
    expect(loaded.pipeline?.destination).toMatchObject({ write_mode: { operation: 'append' } });
  });

  it('options may be left out, which Aqueducts does not allow', () => {
    const formats = ['{type: csv}', '{type: csv, options: null}', '{type: json}', '{type: parquet}'];
    for (const format of formats) {
      const text = `sources: [{type: file, name: a, location: x, format: ${format}}]\nstages: []\n`;
      expect(told(load(text, {}))).toEqual([]);
      expect(told(load(`${text}version: v2`, {}))).toEqual([alias('Aqueducts wants `options` here')]);
    }
    const json = 'sources: []\nstages: []\nversion: v2\ndestination: {type: file, name: d, location: x, format: ';
    expect(told(load(`${json}{type: json, options: {}}}`, {}))).toEqual([alias('Aqueducts refuses `options`')]);
    expect(told(load(`${json}{type: json, options: null}}`, {}))).toEqual([]);
    expect(told(load(`${json}{type: json}}`, {}))).toEqual([]);
  });

  it('Parquet options may stand a level deeper, as they did once', () => {
    const loaded = withDestination(
      '{type: file, name: d, location: x, format: {type: parquet, options: {parquet_options: {compression: snappy}}}}',
    );
    expect(loaded.pipeline?.destination).toMatchObject({ format: { options: { compression: 'snappy' } } });
    expect(told(loaded)).toEqual([alias('The fields of `parquet_options`')]);
  });

  it('Parquet options at both levels are an error (the inner one won without a word)', () => {
    const options = '{compression: zstd, parquet_options: {compression: snappy}}';
    const loaded = withDestination(`{type: file, name: d, location: x, format: {type: parquet, options: ${options}}}`);
    expect(told(loaded)[1]).toMatch(/^error document\.invalid 3:\d+ `compression` is given in `options` as well/);
  });

  it('a tab may be spelled out', () => {
    const loaded = withSource(`{type: file, name: a, format: {type: csv, options: {delimiter: '\\t'}}, location: x}`);
    expect(sourceOf(loaded)).toMatchObject({ format: { options: { delimiter: '\t' } } });
    expect(told(loaded)).toEqual([alias('`\\\\t` is read as a tab')]);
  });

  it.each([
    ['null', 'auto', []],
    ['gzip', 'gzip', []],
    ['GZIP', 'gzip', [alias('`GZIP` is read as `gzip`')]],
    ['uncompressed', 'none', [alias('`uncompressed` is read as `none`')]],
    ['zstd', 'none', [expect.stringMatching(/^warning document\.unsupported 3:\d+ `zstd` has no effect/) as string]],
  ])('CSV is written with the compression %s', (typed, compression, messages) => {
    const loaded = withDestination(
      `{type: file, name: d, location: x, format: {type: csv, options: {compression: ${typed}}}}`,
    );
    expect(loaded.pipeline?.destination).toMatchObject({ format: { options: { compression } } });
    expect(told(loaded)).toEqual(messages);
  });

  it('checks may name one column', () => {
    const loaded = withStage(
      'checks: [{type: not_null, column: id}, {type: unique, columns: [a, b], severity: warning}]',
    );
    expect(loaded.pipeline?.stages[0]?.[0]?.checks).toMatchObject([
      { type: 'not_null', columns: ['id'], severity: 'error', samples: 5 },
      { type: 'unique', columns: ['a', 'b'], severity: 'warn' },
    ]);
    expect(told(loaded)).toEqual([alias('`column` is read as `columns`'), alias('`warning` is read as `warn`')]);
  });

  it('a flat list of stages becomes groups of one, and says so', () => {
    const loaded = load('sources: []\nstages:\n  - {name: a, query: FROM b}\n  - {name: b, query: SELECT 1}\n', {});
    expect(loaded.pipeline).toMatchObject({ flat: true, stages: [[{ name: 'a' }], [{ name: 'b' }]] });
    expect(told(loaded)).toEqual([expect.stringMatching(/^info document\.alias 2:1 `stages` is a flat list/)]);
    expect(loaded.locate(['stages', 1, 0, 'query'])).toMatchObject({ line: 4, column: 22 });
    expect(load('sources: []\nstages: []', {}).pipeline?.flat).toBe(false);
  });
});
