import { describe, expect, it } from 'vitest';
import type { Path } from '../errors.ts';
import { load, type Loaded } from './load.ts';

const source = '{type: file, name: src, format: {type: csv, options: {}}, location: a.csv}';
const whole = (changes: { sources?: string; stages?: string; rest?: string } = {}): string =>
  `version: v2\nsources: ${changes.sources ?? `[${source}]`}\nstages: ${changes.stages ?? '[[{name: a, query: SELECT 1}]]'}\n${changes.rest ?? ''}`;
const told = ({ issues }: Loaded): string[] =>
  issues.map(({ severity, code, place, message }) => `${severity} ${code} ${place?.line}:${place?.column} ${message}`);
const only = (text: string): string => {
  const lines = told(load(text, {}));
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
};

describe('load', () => {
  it('fills in every default', () => {
    const { pipeline, issues } = load(
      whole({ rest: `destination: ${source.replace('csv', 'parquet').replace('options: {}', '')}` }),
      {},
    );
    expect(issues.map(({ message }) => message)).toEqual(['Aqueducts wants `options` here.']);
    expect(pipeline).toEqual({
      ...{ version: 'v2', dialect: 'datafusion', dialectStated: true, flat: false, params: {} },
      sources: [
        {
          ...{ type: 'file', name: 'src', location: 'a.csv', storage_config: {}, checks: [] },
          format: {
            type: 'csv',
            options: {
              ...{ has_header: true, delimiter: ',', schema: [] },
              ...{ quote: '"', null_value: '', max_line_size: 2_097_152, compression: 'auto' },
            },
          },
        },
      ],
      stages: [
        [
          {
            ...{ name: 'a', query: 'SELECT 1', show: null, checks: [] },
            ...{ explain: false, explain_analyze: false, print_schema: false },
          },
        ],
      ],
      destination: {
        ...{ type: 'file', name: 'src', location: 'a.csv', single_file: true },
        ...{ partition_columns: [], storage_config: {}, mode: 'refuse' },
        format: { type: 'parquet', options: { compression: 'zstd', level: 3, rowGroupSize: 122_880, others: {} } },
      },
    });
  });

  it.each(['', ', options: null', ', options: {}'])('takes a format with%j for one without options', (options) => {
    for (const type of ['csv', 'json', 'parquet']) {
      const { pipeline } = load(
        whole({ sources: `[{type: file, name: s, location: x, format: {type: ${type}${options}}}]` }),
        {},
      );
      expect(pipeline?.sources[0]).toMatchObject({ format: { options: { schema: [] } } });
    }
  });

  it('reads every option', () => {
    const text = whole({
      sources:
        '[{type: file, name: s, location: x, format: {type: csv, options: {has_header: false, delimiter: "\\t", quote: "", escape: "|", null_value: NA, compression: gzip, schema: [{name: a, data_type: int32, nullable: false, description: d}]}}}]',
      stages: '[[{name: a, query: q, show: 0, explain: true, explain_analyze: true, print_schema: true}]]',
      rest: 'destination: {type: file, name: d, location: y, format: {type: csv, options: {has_header: false, delimiter: ;, compression: null}}}',
    });
    const { pipeline, issues } = load(text, {});
    expect(issues).toEqual([]);
    expect(pipeline?.sources[0]).toMatchObject({
      format: {
        options: {
          ...{ has_header: false, delimiter: '\t', quote: '', escape: '|', null_value: 'NA', compression: 'gzip' },
          schema: [{ name: 'a', data_type: 'int32', nullable: false, description: 'd' }],
        },
      },
    });
    expect(pipeline?.stages[0]?.[0]).toMatchObject({
      show: 0,
      explain: true,
      explain_analyze: true,
      print_schema: true,
    });
    expect(pipeline?.destination).toMatchObject({
      format: { options: { has_header: false, delimiter: ';', compression: 'auto' } },
    });
  });

  it.each([
    ['{}', 'zstd', 3, 122_880],
    ['{compression: zstd(19), max_row_group_size: "1000"}', 'zstd', 19, 1000],
    ['{compression: SNAPPY, max_row_group_size: 5}', 'snappy', undefined, 5],
    ['{compression: gzip(6)}', 'gzip', 6, 122_880],
    ['{compression: brotli}', 'brotli', undefined, 122_880],
    ['{compression: lz4_raw}', 'lz4', undefined, 122_880],
    ['{compression: uncompressed}', 'uncompressed', undefined, 122_880],
  ])('reads the Parquet options %s', (options, compression, level, rowGroupSize) => {
    const text = whole({
      rest: `destination: {type: file, name: d, location: y, format: {type: parquet, options: ${options}}}`,
    });
    const expected = { compression, rowGroupSize, others: {}, ...(level === undefined ? {} : { level }) };
    expect(load(text, {}).pipeline?.destination).toMatchObject({ format: { options: expected } });
  });

  it.each([
    ['quote: ","', '`quote` must not be the delimiter.'],
    ['escape: ","', '`escape` must not be the delimiter.'],
    ['null_value: "a,b"', '`null_value` must not contain the delimiter.'],
    ["null_value: 'a\"b'", '`null_value` must not contain the quote.'],
  ])('CSV options that contradict one another are told at the option: %s', (options, message) => {
    const source = `[{type: file, name: s, location: x, format: {type: csv, options: {${options}}}}]`;
    expect(only(whole({ sources: source }))).toContain(message);
    expect(only(whole({ sources: source }))).toMatch(/^error document\.invalid /);
  });

  it('says what is wrong, where', () => {
    expect(only('sources: []')).toBe('error document.invalid 1:1 `stages` is missing.');
    expect(only(whole({ stages: '\n  - - name: a' }))).toBe('error document.invalid 4:7 `query` is missing.');
    expect(only(whole({ stages: '[[{name: a, query: q, show: -1}]]' }))).toBe(
      'error document.invalid 3:37 `show` must be a whole number of 0 or more.',
    );
    expect(only(whole({ stages: '[[{name: a, query: q, show: x}]]' }))).toBe(
      'error document.invalid 3:37 `show` must be a whole number of 0 or more, not text.',
    );
    expect(only(whole({ stages: '[[{name: 1, query: q}]]' }))).toBe(
      'error document.invalid 3:18 `name` must be text, not the number 1.',
    );
    expect(only(whole({ stages: '[[{name: a, query: " "}]]' }))).toBe(
      'error document.invalid 3:28 `query` must not be empty.',
    );
    expect(only(whole({ stages: '[[{name: a, query: q, explain: yes}]]' }))).toBe(
      'error document.invalid 3:40 `explain` must be `true` or `false`, not text.',
    );
    expect(only(whole({ stages: '[[x]]' }))).toBe(
      'error document.invalid 3:11 Item 1 must be a map of fields, not text.',
    );
    expect(only(whole({ sources: 'x' }))).toBe('error document.invalid 2:10 `sources` must be a list, not text.');
    expect(only(whole({ sources: '[{name: z}]' }))).toBe('error document.invalid 2:11 `type` is missing.');
    expect(only(whole({ sources: `[${source.replace('csv', 'xml')}]` }))).toBe(
      'error document.invalid 2:50 `type` must be `csv`, `json` or `parquet`, not `xml`.',
    );
    expect(only(whole({ sources: `[${source.replace('{}', '{delimiter: "||"}')}]` }))).toBe(
      'error document.invalid 2:76 `delimiter` must be exactly one character.',
    );
  });

  it('refuses a data type that there is not, with a hint', () => {
    const declare = (type: string): string => source.replace('{}', `{schema: [{name: a, data_type: ${type}}]}`);
    const { issues } = load(whole({ sources: `[${declare('strnig')}]` }), {});
    expect(issues).toMatchObject([
      {
        code: 'document.invalid',
        path: ['sources', 0, 'format', 'options', 'schema', 0, 'data_type'],
        place: { line: 2 },
      },
    ]);
    expect(issues[0]?.message).toBe('`data_type` cannot be used: "strnig" is not a data type.');
    expect(issues[0]?.hint).toContain('string');
    expect(only(whole({ sources: `[${declare('list<'.repeat(50_000))}]` }))).toContain('must not be longer');
    expect(only(whole({ sources: `[${declare('"decimal<60,2>"')}]` }))).toMatch(/^error type\.unsupported 2:\d+ /);
  });

  it('says that a stage does not stand beside groups', () => {
    const { issues } = load('sources: []\nstages:\n  - name: a\n    query: q\n  - - {name: b, query: q}\n', {});
    expect(issues).toMatchObject([
      {
        code: 'document.invalid',
        place: { line: 3, column: 5 },
        hint: expect.stringMatching(/list of its own/) as string,
      },
    ]);
  });

  it('tells all errors at once, in the order of the text', () => {
    const loaded = load('sources: 1\nstages: [[{query: q}, {name: b}]]\nversion: 2', {});
    expect(loaded.issues.map(({ place }) => place?.line)).toEqual([1, 2, 2, 3]);
    expect(loaded.pipeline).toBeUndefined();
  });

  it('refuses a name that is there already, in any case', () => {
    expect(only(whole({ stages: '[[{name: b, query: q}], [{name: B, query: q}]]' }))).toMatch(
      /^error document\.duplicate_name 3:41 .*`B`.*`b`/,
    );
    expect(only(whole({ stages: '[[{name: src, query: q}]]' }))).toMatch(/^error document\.duplicate_name 3:18 /);
  });

  it('warns of unknown fields and goes on without them', () => {
    const loaded = load(whole({ rest: 'destinations: {type: file}\nmystery: 1' }), {});
    expect(told(loaded)).toEqual([
      'warning document.unknown_field 4:1 There is no field `destinations` here; it has no effect.',
      'warning document.unknown_field 5:1 There is no field `mystery` here; it has no effect.',
    ]);
    expect(loaded.issues.map(({ hint }) => hint)).toEqual(['Did you mean `destination`?', undefined]);
    expect(loaded.pipeline?.destination).toBeNull();
  });

  it('warns of unknown fields at every level', () => {
    const text = whole({
      sources: `[${source.replace('{}', '{has_haeder: false, schema: [{name: a, data_type: string, comment: x}]}')}]`,
      stages: '[[{name: a, query: q, sohw: 1}]]',
      rest: 'destination: {type: file, name: d, location: y, format: {type: parquet, options: {statistics_enabled: page}}}',
    });
    const { issues, pipeline } = load(text, {});
    expect(pipeline).toBeDefined();
    expect(issues.map(({ hint }) => hint)).toEqual([
      'Did you mean `has_header`?',
      undefined,
      'Did you mean `show`?',
      undefined,
    ]);
  });

  it('suggests a word for a mistyped one', () => {
    const hint = (text: string): string | undefined => load(text, {}).issues[0]?.hint;
    expect(hint(whole({ sources: '[{type: directroy, name: a}]' }))).toBe('Did you mean `directory`?');
    expect(hint(whole({ sources: `[${source.replace('csv', 'parqet')}]` }))).toBe('Did you mean `parquet`?');
    expect(hint(whole({ rest: 'dialect: datafussion' }))).toBe('Did you mean `datafusion`?');
  });

  it('warns of what has no effect', () => {
    const text = whole({
      sources: `[${source.replace('a.csv', 'a.csv, storage_config: {aws_region: x}')}]`,
      rest: `destination: ${source.replace('csv, options: {}', 'parquet, options: {writer_version: "2.0", "compression::a": snappy}')}`,
    });
    const loaded = load(text, {});
    expect(told(loaded)).toEqual([
      expect.stringMatching(/^warning document\.unsupported 2:\d+ `storage_config` has no effect/),
      expect.stringMatching(/^warning document\.unsupported 4:\d+ `writer_version` has no effect/),
      expect.stringMatching(/^warning document\.unsupported 4:\d+ `compression::a` has no effect/),
    ]);
    expect(loaded.pipeline).toBeDefined();
  });

  it('refuses an option of Parquet that there is not', () => {
    const options = 'parquet, options: {compresion: snappy}';
    const { issues } = load(whole({ rest: `destination: ${source.replace('csv, options: {}', options)}` }), {});
    expect(issues).toMatchObject([
      {
        ...{ code: 'document.invalid', severity: 'error', place: { line: 4, column: 72, endColumn: 82 } },
        ...{ message: '`compresion` is no option of Parquet.', hint: 'Did you mean `compression`?' },
      },
    ]);
  });

  it.each([
    ['', 'duckdb', false],
    ['version: v1\n', 'datafusion', true],
    ['version: v2\n', 'datafusion', true],
    ['version: v3\n', 'duckdb', false],
    ['version: v2\ndialect: duckdb\n', 'duckdb', true],
    ['dialect: datafusion\n', 'datafusion', true],
  ])('takes a document with %j for one in %s', (head, dialect, dialectStated) => {
    expect(load(`${head}sources: []\nstages: []`, {}).pipeline).toMatchObject({ dialect, dialectStated });
  });

  it('says that a version is unknown', () => {
    expect(told(load('version: v3\nsources: []\nstages: []', {}))).toEqual([
      'warning document.unsupported 1:1 `v3` is no version.',
    ]);
  });
});

describe('locate', () => {
  const found = (text: string, path: Path, parameters: Record<string, string>, word: string): string => {
    const loaded = load(text, parameters);
    const query = loaded.pipeline?.stages[0]?.[0]?.query ?? '';
    const place = loaded.locate(path, query.indexOf(word));
    return `${place?.line}:${place?.column} ${text.slice(place?.offset, place?.endOffset)}`;
  };
  const path = ['stages', 0, 0, 'query'];

  it('finds a word of a query behind parameters that are longer or shorter than their names', () => {
    const text = `\uFEFFsources: []\r\nstages:\r\n  - - name: a\r\n      query: >\r\n        SELECT 'ä\${long}', \${s}\r\n          FROM missing\r\n`;
    expect(found(text, path, { long: "x'".repeat(50), s: '1' }, 'missing')).toBe('6:16 missing');
    expect(found(text, path, { long: "x'".repeat(50), s: '1' }, "x''")).toBe('5:18 ${long}');
    expect(found(text, path, { long: '', s: '1' }, 'FROM')).toBe('6:11 FROM');
  });

  it('finds it in JSON and TOML', () => {
    const json = '{"sources":[],"stages":[[{"name":"a","query":"SELECT \\"ä\\",\\n ${p} FROM missing"}]]}';
    expect(found(json, path, { p: '12345' }, 'missing')).toBe('1:73 missing');
    const toml = 'sources = []\nstages = [[{ name = "a", query = """\nSELECT 1,\\\n  ${p}\n FROM missing""" }]]';
    expect(found(toml, path, { p: '1' }, 'missing')).toBe('5:7 missing');
  });

  it('finds the end of a query', () => {
    const text = 'sources: []\nstages: [[{name: a, query: "SELECT ${p}"}]]';
    expect(load(text, { p: '123' }).locate(path, 10)).toMatchObject({ line: 2, column: 40, endColumn: 40 });
  });

  it('gives the value of a path, or what is closest above it', () => {
    const loaded = load('sources: []\nstages: [[{name: a, query: q}]]', {});
    expect(loaded.locate(['stages', 0, 0, 'name'])).toMatchObject({ line: 2, column: 18, endColumn: 19 });
    expect(loaded.locate(['stages', 0, 0, 'show'])).toMatchObject({ line: 2, column: 11 });
    expect(loaded.locate(['stages', 9])).toMatchObject({ line: 2, column: 9 });
    expect(load('{', {}).locate(path)).toBeUndefined();
  });
});
