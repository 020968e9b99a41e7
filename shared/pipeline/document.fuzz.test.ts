// Documents as nobody would write them: whatever is in them, loading ends with a pipeline or with errors that have a
// code and a place, and what it makes of them can be written and read again.
import fc from 'fast-check';
import { stringify as toToml } from 'smol-toml';
import { describe, it } from 'vitest';
import { stringify as toYaml } from 'yaml';
import { issueCodes } from '../errors.ts';
import { fuzzPatience, fuzzRuns } from './fuzz-runs.ts';
import { load, loadSubstituted } from './load.ts';
import { toWire } from './serialize.ts';

const words = [
  ...[
    'file',
    'File',
    'directory',
    'inline',
    'in_memory',
    'odbc',
    'delta',
    'csv',
    'JSON',
    'parquet',
    'append',
    'upsert',
  ],
  ...[
    'replace',
    'custom',
    'a',
    'b',
    'x.csv',
    'data/',
    '',
    ' ',
    'int64',
    'VARCHAR',
    'decimal(10,2)',
    'list<',
    'SELECT 1',
  ],
  ...[
    "SELECT '${p}'",
    '${p}',
    '${q:-1}',
    '${{p}}',
    '${secret:p}',
    "'${secret:q}'",
    '${{secret:p}}',
    '${',
    '$',
    'v1',
    'v2',
    'duckdb',
    'true',
    '10',
    '-1',
    '1e999',
    'null',
  ],
  ...[
    '\u0000',
    '\uFEFF',
    '\u2028',
    'a\r\nb',
    '😀',
    '\uD800',
    '__proto__',
    '~',
    '<<',
    '*a',
    '&a',
    '!!binary',
    '---',
    '"',
    "'",
  ],
  ...['not_null', 'unique', 'range', 'expression', 'error', 'warn', 'secret', 'integer', 'zstd(3)', 'gzip', 'none'],
];
const fields = [
  ...['type', 'name', 'format', 'options', 'location', 'query', 'show', 'schema', 'data_type', 'nullable', 'checks'],
  ...['columns', 'column', 'values', 'min', 'max', 'pattern', 'expression', 'severity', 'samples', 'partition_columns'],
  ...[
    'rows',
    'csv',
    'storage_config',
    'write_mode',
    'operation',
    'params',
    'transaction',
    'insert',
    'mode',
    'single_file',
  ],
  ...[
    'has_header',
    'delimiter',
    'compression',
    'max_row_group_size',
    'version',
    'timestamp',
    'load_query',
    'file_type',
  ],
  ...['connection_string', 'default', 'enum', 'secret', 'required', 'description', 'metadata', 'sources', 'stages'],
  ...['__proto__', 'constructor', 'toString', '${p}', '', 'a b', '\u0000', 'explain', 'parquet_options', 'version_ts'],
];
const scalar = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...words) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(0, 1, -1, 1.5, 2 ** 53, 1e300, true, false, null) },
);
const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    {
      weight: 2,
      arbitrary: fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 5, noNullPrototype: false }),
    },
  ),
})).value;

/** A valid part, some of whose fields are something else. */
function spoiled(part: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  const others = fc.dictionary(fc.constantFrom(...fields, ...Object.keys(part)), anything, { maxKeys: 2 });
  return fc.oneof(
    fc.constant(part),
    others.map((other) => ({ ...part, ...other })),
    anything,
  );
}

const csv = { type: 'csv', options: { has_header: true, schema: [{ name: 'a', type: 'Int32' }] } };
const checks = [
  { type: 'not_null', column: 'a' },
  { type: 'range', column: 'a', min: 1 },
];
const source = fc.oneof(
  spoiled({ type: 'file', name: 'f', format: csv, location: 'data/${p}.csv', checks }),
  spoiled({
    type: 'directory',
    name: 'd',
    format: { type: 'json' },
    location: 'x/',
    partition_columns: [['y', 'int32']],
  }),
  spoiled({ type: 'inline', name: 'i', rows: [{ a: 1, __x: null }] }),
  spoiled({ type: 'odbc', name: 'o', query: 'SELECT 1', connection_string: 'Driver=x;PWD=${p}' }),
  spoiled({ type: 'delta', name: 'e', location: 'x', version: 3 }),
);
const stage = spoiled({ name: 's', query: "SELECT '${p}' FROM f", show: '${n}', checks });
const destination = fc.oneof(
  spoiled({
    type: 'file',
    name: 'o',
    format: { type: 'parquet', options: { compression: 'zstd' } },
    location: 'o.parquet',
  }),
  spoiled({
    type: 'delta',
    name: 'o',
    location: 'x',
    mode: { operation: 'replace', params: [{ column: 'a', value: 1 }] },
  }),
  spoiled({ type: 'odbc', name: 'o', connection_string: 'c', write_mode: 'append' }),
);
const declared = spoiled({
  p: { type: 'string', default: 'x' },
  n: { type: 'integer', enum: [1, 2] },
  s: { secret: true },
});
const document = fc.record(
  {
    version: fc.oneof(fc.constant('v2'), scalar),
    params: declared,
    sources: fc.oneof(fc.array(source, { maxLength: 3 }), anything),
    stages: fc.oneof(fc.array(fc.oneof(fc.array(stage, { maxLength: 2 }), stage), { maxLength: 3 }), anything),
    destination,
  },
  { requiredKeys: ['sources', 'stages'] },
);

const printed = fc.tuple(document, fc.constantFrom('yaml', 'flow', 'json', 'toml')).map(([data, syntax]) => {
  try {
    if (syntax === 'toml') return toToml(data);
    if (syntax === 'json') return JSON.stringify(data, null, 1);
    return toYaml(data, syntax === 'flow' ? { collectionStyle: 'flow' } : {});
  } catch {
    return JSON.stringify(data); // TOML has no null, YAML no keys of some kinds
  }
});

/** What is done to the text after it was written. */
const accident = fc.oneof(
  fc.constant((text: string) => text),
  fc.constant((text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`),
  fc.constant((text: string) => text.replace('sources', 'x: &a [1]\nsources').replace('stages', 'y: *a\nstages')),
  fc.nat().map((at) => (text: string) => text.slice(0, at % (text.length + 1))),
  fc.nat().map((at) => (text: string) => {
    const lines = text.split('\n');
    const line = at % lines.length;
    return [...lines.slice(0, line), lines[line], ...lines.slice(line)].join('\n');
  }),
  fc
    .tuple(fc.nat(), fc.constantFrom('\0', '\t', '[', '{', '&a ', '*a', '!!x ', '? ', '#', '"', "'", '${p}', '\uD800'))
    .map(
      ([at, piece]) =>
        (text: string) =>
          text.slice(0, at % (text.length + 1)) + piece + text.slice(at % (text.length + 1)),
    ),
  fc.constantFrom<[string, number]>(['[', 80], ['{"a":', 80], ['- ', 80], ['x', 5000]).map(
    ([piece, count]) =>
      (text: string) =>
        text.replace(/location/, piece.repeat(count)),
  ),
);

describe('a document', () => {
  it(
    'is answered, whatever is in it',
    () => {
      const given = fc.dictionary(
        fc.constantFrom('p', 'n', 's', 'q', 'z'),
        fc.constantFrom('1', "o'x", '', '${p}', '${secret:p}', 'hunter2;'),
      );
      const secrets = fc.option(given, { nil: undefined });
      fc.assert(
        fc.property(printed, accident, given, secrets, (plain, spoil, parameters, known) => {
          const text = spoil(plain);
          const { pipeline, issues, parameters: listed } = load(text, parameters, undefined, known);
          const wrong = issues.filter(({ code, message, place }) => {
            const isTyped = Object.hasOwn(issueCodes, code) && code !== 'internal' && /[.!?]$/.test(message);
            return !isTyped || !place || place.line < 1 || place.column < 1 || place.endOffset > text.length;
          });
          const faults = [...wrong, ...listed.filter(({ name }) => name === '')];
          if (faults.length > 0) throw new Error(JSON.stringify(faults));
          const failed = issues.some(({ severity }) => severity === 'error');
          if (failed === (pipeline !== undefined)) throw new Error('There is either a pipeline or an error.');
          if (!pipeline) return;
          const wire = toWire(pipeline);
          const again = loadSubstituted(wire);
          if (!again.pipeline) throw new Error(JSON.stringify(again.issues));
          if (toWire(again.pipeline) !== wire) throw new Error(`${toWire(again.pipeline)} is not ${wire}`);
        }),
        fuzzRuns(5000, 100_000, process.env),
      );
    },
    fuzzPatience(process.env),
  );
});
