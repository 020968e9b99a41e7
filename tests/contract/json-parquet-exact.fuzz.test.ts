// Whatever JSON and Parquet files hold, what is read equals what was written, or is refused: with and without a declared
// schema, in one file and in several, among the first records and after those that inference looks at.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fuzzPatience, fuzzRuns } from '../../shared/pipeline/fuzz-runs.ts';
import { parseType, type DuckDBType } from '../../shared/sql/types.ts';
import type { Value } from '../../shared/values/codec.ts';
import type { ContractContext } from './case.ts';
import { runDocument, showFile, type Observed } from './run-document.ts';
import { withRelayContext } from './relay.ts';

/** A number as an integer without zeros at its end, and its power of ten. */
function decimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  return digits === '' ? '0' : `${sign}${digits}e${Number(power) - fraction.length + all.length - digits.length}`;
}

function isSameNumber(written: string, read: number | string): boolean {
  const value = decimal(String(read));
  if (decimal(written) === value) return true;
  // An integer that a double or a float holds, although its shortest text has other digits.
  if (typeof read !== 'number' || !/^-?\d+$/.test(written)) return false;
  return [read, Math.fround(read)].some((each) => BigInt(each) === BigInt(written));
}

/** Milliseconds are what the generated instants have. */
function isSameInstant(written: string, read: string): boolean {
  const zoned = /(Z|[-+]\d\d(:\d\d)?)$/.test(written.slice(10));
  const utc = (text: string): number => Date.parse(`${text.replace(' ', 'T').replace(/\+00$/, '')}Z`);
  return (zoned ? Date.parse(written) : utc(written)) === utc(read);
}

/** A JSON text with how it is told from what was read. */
interface Written {
  readonly text: string;
  readonly parts?: readonly Written[];
  readonly fields?: Readonly<Record<string, Written>>;
}

function isSame(written: Written | undefined, read: Value, type: DuckDBType): boolean {
  if (written === undefined || written.text === 'null') return read === null;
  if (read === null) return false;
  if (type.kind === 'list') {
    const items = read as readonly Value[];
    const { parts } = written;
    return parts?.length === items.length && items.every((item, index) => isSame(parts[index], item, type.element));
  }
  if (type.kind === 'struct') {
    const values = read as Readonly<Record<string, Value>>;
    return type.fields.every(({ name, type: inner }) => isSame(written.fields?.[name], values[name] ?? null, inner));
  }
  const isText = written.text.startsWith('"');
  const plain = isText ? (JSON.parse(written.text) as string) : written.text;
  if (type.kind === 'decimal') return isSameNumber(plain, read as string);
  switch (type.kind === 'scalar' ? type.name : '') {
    case 'VARCHAR':
      return read === plain;
    case 'BOOLEAN':
      return textOf(read) === plain;
    case 'DATE':
      return read === plain;
    case 'TIMESTAMP':
      return isSameInstant(plain, read as string);
    default:
      return isSameNumber(plain, read as string | number);
  }
}

const digits = (most: number): fc.Arbitrary<string> =>
  fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: most }).map((list) => list.join(''));
const whole = digits(21).map((text) => text.replace(/^0+(?=\d)/, ''));
const number = fc
  .tuple(
    fc.constantFrom('', '', '-'),
    whole,
    fc.option(digits(20)),
    fc.option(fc.integer({ min: -330, max: 330 }), { freq: 5 }),
  )
  .map(([sign, before, after, power]) => {
    return `${sign}${before}${after === null ? '' : `.${after}`}${power === null ? '' : `e${power}`}`;
  });
const common = fc.constantFrom(
  ...['0', '7', '-7', '7.0', '1e2', '0.1', '2.5', '0.30000000000000004', '9007199254740993', '1e19', '-0'],
  ...['9223372036854775807', '-9223372036854775808', '9223372036854775808', '1e400', '1e-400', '18446744073709551616'],
);
const text = fc.constantFrom(
  ...['', 'x', '007', 'yes', 'true', '1.5', 'null', 'é"\\', '2024-01-31', '2024-01-01 23:00:00'],
  ...['2024-01-01T02:00:00+02:00', '2024-01-01T00:00:00.5Z', '12345678.905', '1.005', 'Infinity', '0x1F', '1_000'],
);
const plain: fc.Arbitrary<Written> = fc
  .oneof(
    { arbitrary: common, weight: 4 },
    { arbitrary: number, weight: 3 },
    { arbitrary: text.map((value) => JSON.stringify(value)), weight: 3 },
    { arbitrary: fc.constantFrom('true', 'false', 'null'), weight: 1 },
  )
  .map((value) => ({ text: value }));
const nested: fc.Arbitrary<Written> = fc.oneof(
  { arbitrary: plain, weight: 5 },
  {
    arbitrary: fc
      .array(plain, { maxLength: 3 })
      .map((parts) => ({ text: `[${parts.map((part) => part.text).join(',')}]`, parts })),
    weight: 1,
  },
  {
    arbitrary: fc.dictionary(fc.constantFrom('k', '10', '9'), plain, { maxKeys: 3 }).map((fields) => {
      const list = Object.entries(fields).map(([key, part]) => `"${key}":${part.text}`);
      return { text: `{${list.join(',')}}`, fields };
    }),
    weight: 1,
  },
);

/** Values of one kind are more often alike than not. */
const numbers = fc.oneof(common, number).map((value): Written => ({ text: value }));
const columnValues = fc.oneof(
  fc.array(numbers, { minLength: 1, maxLength: 4 }),
  fc.array(nested, { minLength: 1, maxLength: 4 }),
);
const declarable = [
  ...['int8', 'int32', 'int64', 'uint64', 'float32', 'float64', 'decimal<10,2>', 'decimal<38,10>'],
  ...['string', 'date32', 'timestamp<us>', 'bool', 'list<float64>', 'list<int32>'],
];

const jsonCase = fc.record({
  values: columnValues,
  late: columnValues,
  layout: fc.constantFrom('lines', 'array'),
  // Whether more records than are looked at come before the late ones.
  isLate: fc.constantFrom(...Array<boolean>(9).fill(false), true),
  declared: fc.option(fc.constantFrom(...declarable)),
});

const refusals = ['file.corrupt', 'type.unsupported'];

/** Fails unless the rows are those that were written, or something was refused that may be. */
function expectExact(
  { error, issue, shown, columns }: Observed,
  written: readonly Written[],
  mayRefuse: boolean,
): void {
  if (error !== undefined) {
    expect(refusals, issue?.message).toContain(issue?.code);
    expect(mayRefuse, issue?.message).toBe(true);
    return;
  }
  const type = parseType(/^x (.*)$/s.exec(columns['data'] ?? '')?.[1] ?? '');
  const rows = shown['result'] ?? [];
  expect(rows.length).toBe(written.length);
  rows.forEach(([read = null], index) => {
    const what = `${written[index]?.text} is read as ${JSON.stringify(read)}, ${columns['data']}`;
    expect(isSame(written[index], read, type), what).toBe(true);
  });
}

const padding = 20_480;

async function checkJson(
  { platform, addFile }: ContractContext,
  folder: string,
  { values, late, layout, isLate, declared }: typeof jsonCase extends fc.Arbitrary<infer Case> ? Case : never,
): Promise<void> {
  const fileOf = (list: readonly Written[], repeated = 0): string => {
    const records = list.map((value) => `{"x":${value.text}}`);
    const all = [...Array<string>(repeated).fill(records.at(-1) ?? '{}'), ...records];
    return layout === 'lines' ? all.join('\n') : `[${all.join(',\n')}]`;
  };
  await addFile(`${folder}/1.json`, fileOf(values, isLate ? padding : 0));
  await addFile(`${folder}/2.json`, fileOf(late));
  const schema = declared === null ? '' : `, options: { schema: [{ name: x, data_type: "${declared}" }] }`;
  const query = `SELECT * FROM data OFFSET ${isLate ? padding : 0}`;
  const observed = await runDocument(platform, showFile(`${folder}/*.json`, `{ type: json${schema} }`, query));
  expectExact(observed, [...values, ...late], isLate || declared !== null);
}

const parquetValues: readonly (readonly [type: string, values: readonly string[]])[] = [
  ...(['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT'] as const).map((type) => [type, ['0', '-7', '100']] as const),
  ['BIGINT', ['9007199254740993', '-9223372036854775808']],
  ['UBIGINT', ['18446744073709551615', '3']],
  ['UTINYINT', ['255']],
  ['DOUBLE', ['0.5', '0.1', '1e300', '7']],
  ['FLOAT', ['0.5', '-1024']],
  ['DECIMAL(5,2)', ['1.25', '-999.99']],
  ['DECIMAL(18,9)', ['0.123456789', '5']],
  ['DECIMAL(38,0)', ['12345678901234567890123456789012345678']],
  ['VARCHAR', ['007', '1.5', 'x', '2024-01-31']],
  ['DATE', ['2024-01-31', '1969-12-31']],
  ['TIMESTAMP', ['2024-01-31 23:30:00', '2024-01-31 00:00:00.001']],
  ['TIMESTAMP_NS', ['2024-01-31 00:00:00.002']],
  ['BOOLEAN', ['true', 'false']],
];
const parquetFile = fc.constantFrom(...parquetValues).chain(([type, values]) => {
  return fc.record({
    type: fc.constant(type),
    values: fc.array(fc.constantFrom(...values, 'null'), { minLength: 1, maxLength: 3 }),
  });
});
const parquetCase = fc.record({
  files: fc.array(parquetFile, { minLength: 1, maxLength: 3 }),
  declared: fc.option(fc.constantFrom(...declarable.filter((type) => !type.startsWith('list')))),
});

/** A value that is no list or struct, as text. */
function textOf(value: Value): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A day is the instant at which it begins. */
function isSameParquet(written: string, read: Value, type: string): boolean {
  if (written === 'null' || read === null) return written === textOf(read);
  if (/^(DATE|TIMESTAMP)/.test(type)) return isSameInstant(withClock(written), withClock(textOf(read)));
  return type === 'VARCHAR' || type === 'BOOLEAN' ? textOf(read) === written : isSameNumber(written, read as string);
}

function withClock(text: string): string {
  return text.length === 10 ? `${text} 00:00:00` : text;
}

async function checkParquet(
  { platform, readFile, addFile }: ContractContext,
  folder: string,
  { files, declared }: typeof parquetCase extends fc.Arbitrary<infer Case> ? Case : never,
): Promise<void> {
  for (const [index, { type, values }] of files.entries()) {
    const rows = values.map((value) => `(${value === 'null' ? 'NULL' : `'${value}'`}::${type})`).join(', ');
    const query = JSON.stringify(`SELECT * FROM (VALUES ${rows}) t(x)`);
    const location = `${folder}-${index}.parquet`;
    const destination = `{ type: file, name: out, location: "${location}", format: { type: parquet } }`;
    await runDocument(
      platform,
      `dialect: duckdb\nsources: []\nstages: [[{ name: result, query: ${query} }]]\ndestination: ${destination}\n`,
    );
    await addFile(`${folder}/${index}.parquet`, (await readFile(location)) ?? '');
  }
  const schema = declared === null ? '' : `, options: { schema: [{ name: x, data_type: "${declared}" }] }`;
  const observed = await runDocument(platform, showFile(`${folder}/*.parquet`, `{ type: parquet${schema} }`));
  if (observed.error !== undefined) {
    expect(refusals, observed.issue?.message).toContain(observed.issue?.code);
    expect(declared !== null || files.length > 1, observed.issue?.message).toBe(true);
    return;
  }
  const written = files.flatMap(({ values }) => values);
  const type = /^x (.*)$/s.exec(observed.columns['data'] ?? '')?.[1] ?? '';
  const rows = observed.shown['result'] ?? [];
  expect(rows.length).toBe(written.length);
  rows.forEach(([read = null], index) => {
    // Text of what was no text is DuckDB's, which is not judged here.
    const fromText = type !== 'VARCHAR' || files.every((file) => file.type === 'VARCHAR');
    const what = `${written[index]} is read as ${JSON.stringify(read)}, ${type}`;
    expect(!fromText || isSameParquet(written[index] ?? '', read, type), what).toBe(true);
  });
}

const { numRuns: jsonRuns, ...jsonOptions } = fuzzRuns(180, 7_000, process.env);
const { numRuns: parquetRuns, ...parquetOptions } = fuzzRuns(70, 3_000, process.env);

it('JSON is read as it was written, or refused', { timeout: fuzzPatience(process.env) }, async () => {
  await withRelayContext(async (context) => {
    let count = 0;
    const property = fc.asyncProperty(jsonCase, (given) => checkJson(context, `json${++count}`, given));
    await fc.assert(property, { ...jsonOptions, numRuns: jsonRuns, endOnFailure: false });
  });
});

it('Parquet is read as it was written, or refused', { timeout: fuzzPatience(process.env) }, async () => {
  await withRelayContext(async (context) => {
    let count = 0;
    const property = fc.asyncProperty(parquetCase, (given) => checkParquet(context, `parquet${++count}`, given));
    await fc.assert(property, { ...parquetOptions, numRuns: parquetRuns, endOnFailure: false });
  });
});
