// The token reader and DuckDB read the same text alike: what a literal stands for, where it ends, and whether it is one.
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fuzzPatience, fuzzRuns } from '../pipeline/fuzz-runs.ts';
import { plainSpaces, tokensOf } from './tokens.ts';

const native = await (await DuckDBInstance.create(':memory:')).connect();

/** What DuckDB's parser makes of `SELECT …`: a constant's text, a column's name, something else, or an error. */
async function parsed(sql: string): Promise<string> {
  const prepared = await native.prepare('SELECT json_serialize_sql($1::VARCHAR)');
  prepared.bindVarchar(1, sql);
  const json = String((await prepared.runAndReadAll()).getRows()[0]?.[0]);
  const tree = JSON.parse(json) as {
    error: boolean;
    statements?: {
      node: { select_list: { class: string; alias: string; value?: { value: unknown }; column_names?: string[] }[] };
    }[];
  };
  if (tree.error) return 'error';
  const [item, ...others] = tree.statements?.[0]?.node.select_list ?? [];
  if (others.length > 0 || tree.statements?.length !== 1 || item?.alias !== '') return 'several';
  if (item?.class === 'CONSTANT') return `text ${String(item.value?.value)}`;
  return item?.class === 'COLUMN_REF' && item.column_names?.length === 1 ? `name ${item.column_names[0]}` : 'other';
}

/** The same from tokens. */
function read(sql: string): string {
  const [, token, ...others] = tokensOf(sql);
  if (!token || [token, ...others].some(({ kind }) => kind === 'error')) return 'error';
  if (others.length > 0) return 'several';
  return token.kind === 'string' ? `text ${token.value}` : `name ${token.value}`;
}

const unit = fc.constantFrom(
  ...[
    'a',
    'Z',
    '0',
    '7',
    '8',
    ' ',
    '"',
    '""',
    "'",
    "''",
    '\\',
    '\\\\',
    "\\'",
    '\\n',
    '\\b',
    '\\v',
    '\\x41',
    '\\x4',
    '\\xg',
  ],
  ...['\\x7f', '\\x80', '\\xc3\\xa9', '\\x0', '\\101', '\\41', '\\7', '\\401', '\\541', '\\777', '\\400', '\\0', '\\8'],
  ...[
    '\\u0041',
    '\\U00000041',
    '\\é',
    '\\🦆',
    'é',
    '日本',
    '🦆',
    '\u00a0',
    '\u2003',
    '\ufeff',
    '$',
    '$$',
    '$a$',
    '$é$',
  ],
  ...[
    '--',
    '--\n',
    '/*',
    '*/',
    '/* /* */ */',
    '\n',
    '\r',
    '\t',
    '\f',
    '\v',
    ';',
    '(',
    "'\n'",
    "' -- x\n '",
    "'\r\n\t'",
  ],
);
const body = fc.array(unit, { maxLength: 8 }).map((units) => units.join(''));
const around = fc.constantFrom<readonly [string, string]>(
  ...([
    ["'", "'"],
    ["E'", "'"],
    ["e'", "'"],
    ['"', '"'],
    ['$$', '$$'],
    ['$a$', '$a$'],
    ['$é1$', '$é1$'],
    ['$1$', '$1$'],
    ["N'", "'"],
    ["/* ' */ '", "'"],
    ["'", "' -- '"],
    ["'", "' /* /* ' */ */"],
    ["\u00a0'", "'\u2003"],
  ] as const),
);

it('a literal means what DuckDB takes it for', { timeout: fuzzPatience(process.env) }, async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(around, body, async ([before, after], inside) => {
      const sql = `SELECT ${before}${inside}${after}`;
      const [ours, theirs] = [read(sql), await parsed(plainSpaces(sql))];
      if (theirs === 'error' || theirs === 'several' || theirs === 'other') {
        // What is no literal to DuckDB may be any tokens to us, but never one literal.
        if (theirs === 'error') return;
        expect([sql, ours]).toEqual([sql, 'several']);
        return;
      }
      compared += 1;
      // DuckDB takes the third $ of `$$$ … $$` for the beginning of another mark, and makes plain spaces of others there.
      const spaces = sql.startsWith('SELECT $$$') ? /[\u00a0\u2003\ufeff]/g : /(?!)/;
      expect([sql, ours.replace(spaces, ' ')]).toEqual([sql, theirs.replace(spaces, ' ')]);
    }),
    fuzzRuns(500, 20_000, process.env),
  );
  expect(compared).toBeGreaterThan(100);
});
