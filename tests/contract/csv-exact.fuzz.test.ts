// Random values as text in CSV files, one or several, some of them behind the rows that types are inferred from, with
// and without a declared schema: what is read is what is written there, or the run is refused at that value.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fuzzPatience, fuzzRuns } from '../../shared/pipeline/fuzz-runs.ts';
import { withRelayContext } from './relay.ts';
import { runDocument } from './run-document.ts';

const digits = (length: number): fc.Arbitrary<string> =>
  fc.bigInt({ min: 0n, max: 10n ** BigInt(length) - 1n }).map(String);
const pad = (value: number, length = 2): string => String(value).padStart(length, '0');
const day = fc
  .tuple(fc.integer({ min: 1000, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, date]) => `${year}-${pad(month)}-${pad(date)}`);
const recentDay = fc.integer({ min: 0, max: 20_000 }).map((days) => new Date(days * 864e5).toISOString().slice(0, 10));
const clock = fc
  .tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }), fc.nat({ max: 59 }))
  .map((parts) => parts.map((part) => pad(part)).join(':'));
const fraction = (places: number): fc.Arbitrary<string> =>
  fc
    .option(fc.integer({ min: 1, max: 10 ** places - 1 }), { nil: 0 })
    .map((value) => (value ? `.${pad(value, places)}` : ''));
const offset = fc.constantFrom('', 'Z', '+02:00', '-05:30', '+0100');
const signed = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(fc.boolean(), value).map(([minus, text]) => (minus && text !== '0' ? `-${text}` : text));

/** By the type that a document declares: texts of its values. */
const regular: Readonly<Record<string, fc.Arbitrary<string>>> = {
  int8: signed(fc.nat({ max: 127 }).map(String)),
  int64: signed(digits(18)),
  uint32: fc.nat({ max: 2 ** 31 - 1 }).map(String),
  float64: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value).replace('e+', 'e')),
  float32: fc.nat({ max: 99_999 }).map((value) => String(value / 8)),
  bool: fc.constantFrom('true', 'false', 'True', 'FALSE'),
  'decimal<20,4>': signed(fc.tuple(digits(10), digits(4)).map(([whole, part]) => `${whole}.${part}`)),
  date32: day,
  'timestamp<us>': fc
    .tuple(recentDay, clock, fraction(6), offset)
    .map(([date, time, part, zone]) => `${date}T${time}${part}${zone}`),
  'timestamp<ns>': fc
    .tuple(recentDay, clock, fraction(9), offset)
    .map(([date, time, part, zone]) => `${date} ${time}${part}${zone}`),
  string: fc.string({ unit: fc.constantFrom('a', 'b', ' ', '0', '1', '.', 'é', '"'), minLength: 1, maxLength: 8 }),
};
const odd = fc.constantFrom(
  ...[
    '007',
    '1.5',
    '-0.5',
    '1e3',
    ' 7',
    '7 ',
    '1_000',
    '0x1F',
    '+1',
    'yes',
    't',
    '1',
    '0',
    'x',
    'NaN',
    'inf',
    'epoch',
    'infinity',
  ],
  ...[
    '2024-01-31',
    '2024-01-31 23:59:59',
    '2024-02-30',
    '2024-01-31T10:00:00.123456789+02:00',
    '31.01.2024',
    '10:00:00',
  ],
  ...[
    '12345678901234567',
    '9007199254740993',
    '99999999999999999999',
    '1e400',
    '0.1234567890123456789',
    '1.005',
    '300',
    '-1',
  ],
);

const types = Object.keys(regular);
const column = fc.constantFrom(...types).chain((type) => {
  const value = regular[type] ?? fc.constant('');
  const values = (weight: number): fc.Arbitrary<string> =>
    fc.oneof({ arbitrary: value, weight: 20 }, { arbitrary: fc.constant(''), weight: 1 }, { arbitrary: odd, weight });
  return fc.record({
    type: fc.constant(type),
    declared: fc.boolean(),
    late: fc.integer({ min: 0, max: 19 }).map((chance) => chance === 0),
    files: fc
      .constantFrom(0, 0, 1, 2)
      .chain((weight) =>
        fc.array(fc.array(values(weight), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }),
      ),
  });
});

/** Nanoseconds since 1970, in UTC; a day is its midnight. */
function instant(text: string): bigint | undefined {
  const found = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[-+]\d\d(?::?\d\d)?)?)?$/.exec(text);
  if (!found) return undefined;
  const [, date = '', time = '00:00:00', part = '', zone = 'Z'] = found;
  const [, sign = '+', hours = '0', minutes = '0'] = /^([-+])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const shift = BigInt(Number(hours) * 60 + Number(minutes)) * 60_000_000_000n * (sign === '-' ? -1n : 1n);
  return BigInt(Date.parse(`${date}T${time}Z`)) * 1_000_000n + BigInt(part.padEnd(9, '0') || '0') - shift;
}

/** A decimal number without the point, and how many digits stood behind it. */
function scaled(text: string, places: number): bigint | undefined {
  const found = /^(-?)(\d*)\.?(\d*)$/.exec(text);
  if (!found || (found[3] ?? '').length > places) return undefined;
  return BigInt(`${found[1]}${found[2]}${(found[3] ?? '').padEnd(places, '0')}`);
}

/** Whether a value of a DuckDB type, as a run shows it, is what a text says. */
function says(text: string, value: unknown, type: string): boolean {
  if (text === '') return value === null;
  if (type === 'VARCHAR') return value === text;
  if (type === 'BOOLEAN') return text.toLowerCase() === String(value);
  if (type === 'DATE') return value === text;
  if (type.startsWith('TIMESTAMP')) return instant(text) !== undefined && instant(text) === instant(String(value));
  if (type.startsWith('DECIMAL')) return scaled(text, 4) !== undefined && scaled(text, 4) === scaled(String(value), 4);
  if (type === 'DOUBLE' || type === 'FLOAT') {
    if (/^(nan|inf|infinity)$/i.test(text))
      return String(value).toLowerCase().startsWith(text.toLowerCase().slice(0, 3));
    const significant = text.replace(/e.*$/i, '').replace(/[-.]/g, '').replace(/^0+/, '');
    const number = Number(text);
    const held = (each: number): number => (type === 'FLOAT' ? Math.fround(each) : each);
    if (!Number.isFinite(held(number)) || held(Number(value)) !== held(number)) return false;
    if (significant === '') return true;
    const written = held(number).toExponential(significant.length - 1);
    return written.replace(/e.*$/, '').replace(/[-.]/g, '') === significant && !/^-?0\d/.test(text);
  }
  return String(value) === text;
}

const quoted = (text: string): string => (/[",\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

it(
  'values come back as they stand in the files, or the run is refused at one of them',
  async () => {
    let turn = 0;
    await withRelayContext(async ({ platform, addFile }) => {
      const property = fc.asyncProperty(column, async ({ type, declared, late, files }) => {
        const folder = `d${turn++}`;
        const before = late
          ? `0,${type === 'string' ? 'a' : (files[0]?.find((text) => text !== '') ?? '')}\n`.repeat(20_500)
          : '';
        for (const [index, texts] of files.entries()) {
          const rows = texts.map((text, row) => `${index * 100 + row + 1},${quoted(text)}\n`);
          await addFile(`${folder}/${index}.csv`, `k,x\n${index === 0 ? before : ''}${rows.join('')}`);
        }
        const schema = declared
          ? `, options: { schema: [{ name: k, data_type: int64 }, { name: x, data_type: "${type}" }] }`
          : '';
        const { outcome, issue, shown, columns } = await runDocument(
          platform,
          `sources: [{ type: directory, name: data, location: ${folder}, format: { type: csv${schema} } }]
stages: [[{ name: result, query: "SELECT k, x FROM data WHERE k > 0 ORDER BY k", show: 100 }]]
`,
        );
        const texts = files.flat();
        if (outcome !== 'succeeded') {
          expect(issue?.code).toBe('file.corrupt');
          const found = /^Line \d+ of .* has "(.*)" in column x/s.exec(issue?.message ?? '')?.[1];
          expect(texts, issue?.message).toContain(found);
          return;
        }
        const read = /x (.+)$/.exec(columns['data'] ?? '')?.[1] ?? '';
        const values = (shown['result'] ?? []).map(([, value]) => value);
        expect(values).toHaveLength(texts.length);
        for (const [row, text] of texts.entries())
          expect([text, values[row], read, says(text, values[row], read)]).toContain(true);
      });
      await fc.assert(property, fuzzRuns(250, 10_000, process.env));
    });
  },
  fuzzPatience(process.env),
);

const inPath = fc.constantFrom(...types).chain((type) => {
  const value = fc.oneof({ arbitrary: regular[type] ?? fc.constant(''), weight: 6 }, { arbitrary: odd, weight: 1 });
  return fc.record({ type: fc.constant(type), values: fc.uniqueArray(value, { minLength: 1, maxLength: 4 }) });
});

/** In paths numbers may have zeros before them, so that folders sort. */
const unpadded = (text: string): string => text.replace(/^(-?)0+(?=\d)/, '$1');

it(
  'values in paths come back as they stand there, or the run is refused at one of them',
  async () => {
    let turn = 0;
    await withRelayContext(async ({ platform, addFile }) => {
      const property = fc.asyncProperty(inPath, async ({ type, values }) => {
        const folder = `p${turn++}`;
        for (const [index, value] of values.entries()) {
          const encoded = [...new TextEncoder().encode(value)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`);
          await addFile(`${folder}/x=${encoded.join('')}/${index}.csv`, `k\n${index}\n`);
        }
        const { outcome, issue, shown, columns } = await runDocument(
          platform,
          `sources: [{ type: directory, name: data, location: ${folder}, format: { type: csv }, partition_columns: [{ name: x, data_type: "${type}" }] }]
stages: [[{ name: result, query: "SELECT k, x FROM data ORDER BY k", show: 100 }]]
`,
        );
        if (outcome !== 'succeeded') {
          expect(issue?.code).toBe('file.partition');
          expect(
            values.some((value) => issue?.message.includes(`"${value}"`)),
            issue?.message,
          ).toBe(true);
          return;
        }
        const read = /x (.+)$/.exec(columns['data'] ?? '')?.[1] ?? '';
        const rows = shown['result'] ?? [];
        expect(rows).toHaveLength(values.length);
        for (const [row, text] of values.entries()) {
          const value = rows[row]?.[1];
          const same =
            says(text, value, read) || (/INT|DECIMAL|DOUBLE|FLOAT/.test(read) && says(unpadded(text), value, read));
          expect([text, value, read, same]).toContain(true);
        }
      });
      await fc.assert(property, fuzzRuns(60, 2_000, process.env));
    });
  },
  fuzzPatience(process.env),
);
