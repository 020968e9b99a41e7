// Whatever a parameter's value is, it stays data. DuckDB's own parser is the judge: a query with the value must be the
// query that was typed, but for one literal or name; or there is a typed error, or DuckDB refuses the query.
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load, loadSubstituted } from '../load.ts';
import { fuzzPatience, fuzzRuns } from '../fuzz-runs.ts';

const native = await (await DuckDBInstance.create(':memory:')).connect();

/** The syntax tree of a text, without places; undefined where DuckDB cannot parse it. */
async function parse(sql: string): Promise<unknown> {
  const prepared = await native.prepare('SELECT json_serialize_sql($1::VARCHAR)');
  prepared.bindVarchar(1, sql);
  const [row] = (await prepared.runAndReadAll()).getRows();
  const text = String(row?.[0]).replaceAll(/"value":-?(?:Infinity|NaN)/g, '"value":0');
  const tree = JSON.parse(text) as { error: boolean };
  return tree.error ? undefined : tree;
}

/** A tree in which literals and names are all alike. */
function shapeOf(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(shapeOf);
  if (typeof tree !== 'object' || tree === null) return tree;
  const { class: kind, type, ...rest } = tree as Readonly<Record<string, unknown>>;
  if (kind === 'CONSTANT' || kind === 'COLUMN_REF') return 'a literal or name';
  if (kind === 'FUNCTION' && /^[+-]$/.test(String(rest['function_name']))) {
    const [only, ...others] = shapeOf(rest['children']) as unknown[];
    if (others.length === 0) return only; // a signed number
  }
  if (kind === 'CAST' && shapeOf(rest['child']) === 'a literal or name') return 'a literal or name'; // true and false
  const names = ['alias', 'table_name', 'query_location', 'column_name_alias', 'schema_name'];
  const fields = Object.entries(rest).filter(([key]) => !names.includes(key));
  return { kind, type, ...Object.fromEntries(fields.map(([key, value]) => [key, shapeOf(value)])) };
}

function literalsIn(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(literalsIn);
  if (typeof tree !== 'object' || tree === null) return [];
  const { class: kind, value, ...rest } = tree as { class?: string; value?: { value?: unknown } };
  const own = kind === 'CONSTANT' && typeof value?.value === 'string' ? [value.value] : [];
  return [...own, ...Object.values(rest).flatMap(literalsIn)];
}

const pieces = [
  ...["'", "''", '"', '""', '\\', '\\\\', "\\'", '`', '--', '/*', '*/', ';', ';--', '$', '$$', '$x$', '?', '$1', ':'],
  ...['(', ')', ',', '.', '..', '::', '=', '-', '+', '*', ' ', '\t', '\n', '\r', '\v', '\f', '\0', '\u00a0', '\u200b'],
  ...[
    '\u2028',
    '\ufeff',
    '😀',
    'ä',
    '${v}',
    '${{v}}',
    '${secret:v}',
    '{',
    '}',
    '[',
    ']',
    '|',
    '||',
    '@',
    '<',
    '>',
    '!',
    '~',
    '#',
    '%',
  ],
  ...['1', '0', '1e5', '.5', '0x1F', '1_000', 'x', "x'41'", "e'", "E'\\'", "U&'", 'a', 'abc', '_', 'OR 1=1', 'UNION'],
  ...[' union all select 1', "' OR '1'='1", '" OR "1"="1', '); DROP TABLE t; --', "\n'", "' \n '", '/*/**/', '--\n'],
];
const words = (await native.runAndReadAll('SELECT keyword_name FROM duckdb_keywords()')).getRows().flat().map(String);
const value = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...words) },
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }).map((text) => text.toWellFormed()) },
  { weight: 1, arbitrary: fc.oneof(fc.integer().map(String), fc.double({ noNaN: true }).map(String)) },
);

const templates = [
  "SELECT '${v}' AS a FROM t WHERE b = 2",
  "SELECT a FROM t WHERE a = 'x${v}y' AND b = 2",
  "SELECT a FROM t WHERE a LIKE '%${v}%' AND b = 'z'",
  "SELECT e'${v}', 'b'",
  'SELECT "${v}" FROM t WHERE b = \'z\'',
  'SELECT a FROM "x${v}" WHERE b = 2',
  'SELECT ${v} FROM t',
  'SELECT a, ${v}, b FROM t',
  'SELECT a FROM t WHERE a = ${v} AND b = 2',
  "SELECT a FROM t WHERE a = ${v} OR b = 'it''s'",
  'SELECT a FROM t WHERE a IN (1, ${v}, 3)',
  'SELECT a-${v} FROM t',
  'SELECT a*${v}/b FROM t',
  'SELECT - ${v} FROM t',
  'SELECT a FROM tbl_${v} WHERE b = 2',
  'SELECT a FROM t_${v}_x',
  'SELECT t.${v} FROM t',
  'SELECT 1${v}, 2',
  'SELECT $$${v}$$, 3',
  'SELECT $q$ a ${v} b $q$, 3',
  'SELECT a -- ${v}\nFROM t',
  'SELECT a /* ${v} */ FROM t',
  "SELECT a FROM t WHERE a = ${v} AND b = '${v}'",
  'SELECT ${v}${v} FROM t',
  "SELECT 'a'\n${v} FROM t",
  'SELECT a FROM t LIMIT ${v}',
];

/** The value as a parameter, as a secret, or as one that is put in where the parameters are replaced already. */
const ways = {
  parameter: (text: string, given: string) => load(text, { v: given }),
  secret: (text: string, given: string) => load(asSecrets(text), {}, 'json', { v: given }),
  'secret on the wire': (text: string, given: string) => loadSubstituted(asSecrets(text), { v: given }),
} as const;
const way = fc.constantFrom(...(Object.keys(ways) as (keyof typeof ways)[]));

function asSecrets(text: string): string {
  return text.replaceAll('${v}', '${secret:v}');
}

describe('a value in SQL', () => {
  it(
    'never becomes more than one literal or name',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...templates), value, way, async (query, given, by) => {
          const text = JSON.stringify({ sources: [], stages: [[{ name: 's', query }]] });
          const { pipeline, issues } = ways[by](text, given);
          if (!pipeline) {
            expect(issues.map(({ code }) => code)).toContain('parameter.invalid');
            return;
          }
          const actual = await parse(pipeline.stages[0]?.[0]?.query ?? '');
          if (actual === undefined) return;
          // What the query is with an ordinary value. Where that is no query, neither is any other.
          const plain = query.replaceAll('${v}', /LIMIT/.test(query) ? '1' : /1\$|\}\$\{/.test(query) ? '7' : 'v7');
          expect(shapeOf(actual)).toEqual(shapeOf(await parse(plain)));
        }),
        fuzzRuns(1500, 20_000, process.env),
      );
    },
    fuzzPatience(process.env),
  );

  it(
    'inside of quotes is what was given, to the letter',
    async () => {
      const given = value.filter((text) => !text.includes('\0'));
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom("SELECT '<${v}>'", "SELECT e'<${v}>'"),
          given,
          way,
          async (query, text, by) => {
            const document = JSON.stringify({ sources: [], stages: [[{ name: 's', query }]] });
            fc.pre(by !== 'parameter' || !text.includes('${secret:v}')); // which a parameter must not say
            const { pipeline } = ways[by](document, text);
            expect(literalsIn(await parse(pipeline?.stages[0]?.[0]?.query ?? ''))).toEqual([`<${text}>`]);
          },
        ),
        fuzzRuns(300, 4000, process.env),
      );
    },
    fuzzPatience(process.env),
  );
});

describe('a value in a location', () => {
  it(
    'names something below what stands before it',
    () => {
      const steps = [
        '..',
        '.',
        '/',
        '\\',
        '%2e%2e',
        '%2F',
        'a',
        ' ',
        '\0',
        '\n',
        '?',
        '#',
        '&',
        '@',
        ':',
        'x.csv',
        '*',
      ];
      const path = fc.array(fc.constantFrom(...steps), { maxLength: 8 }).map((parts) => parts.join(''));
      const locations = ['data/${v}', 'data/${v}.csv', './a/${v}/b.csv', 'https://h.example/d/${v}?q=1'];
      const read = (location: string, given: string): string | undefined => {
        const source = { type: 'file', name: 's', format: { type: 'csv' }, location };
        const found = load(JSON.stringify({ sources: [source], stages: [] }), { v: given }).pipeline?.sources[0];
        return found?.type === 'file' ? found.location : undefined;
      };
      fc.assert(
        fc.property(fc.constantFrom(...locations), path, (location, given) => {
          const found = read(location, given);
          if (found === undefined) return;
          const base = 'https://h.example/base/';
          const start = new URL(location.slice(0, location.indexOf('${')), base);
          const end = new URL(found, base);
          expect(end.origin + end.pathname).toContain(start.origin + start.pathname);
          if (location.startsWith('https')) expect(end.search).toBe('?q=1');
        }),
        fuzzRuns(1500, 20_000, process.env),
      );
    },
    fuzzPatience(process.env),
  );
});
