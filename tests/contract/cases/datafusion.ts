// The dialect `datafusion`: every line of the files beside this one is an expression or a query and, behind an arrow, the
// values that it gives. They come from DataFusion 49.0.2 itself, whose Rust library answered them once; a line is kept
// where the dialect agrees. An expression may end in `from` one of the tables below and is then taken in order of `id`.
// Values are canonical (values/codec.ts): digits for 64-bit integers, so that a line tells the width of an integer too.
import { inDialect } from '../../../shared/run/in-dialect.ts';
import { rowsOf, type Value } from '../../../shared/values/codec.ts';
import { asTyped, settle, translate } from '../../../shared/sql/translate.ts';
import type { Engine } from '../../../shared/platform.ts';
import type { ContractCase } from '../case.ts';
import { dates } from './datafusion-dates.ts';
import { deviations } from './datafusion-deviations.ts';
import { json } from './datafusion-json.ts';
import { lists } from './datafusion-lists.ts';
import { moreQueries } from './datafusion-more-queries.ts';
import { numbers } from './datafusion-numbers.ts';
import { queries } from './datafusion-queries.ts';
import { text } from './datafusion-text.ts';

const tables = {
  items: `SELECT * FROM (VALUES (1, 10, 1.5, 'apple', true), (2, 20, 2.5, 'Banana', false), (3, NULL, NULL, NULL, NULL),
    (4, 7, -3.25, 'cherry pie', true), (5, 20, 0.0, '', false)) AS t(id, n, x, name, ok)`,
  days: `SELECT id, CAST(day AS DATE) AS day, CAST(at AS TIMESTAMP) AS at FROM (VALUES
    (1, '2024-01-31', '2024-01-31 10:11:12.345678'), (2, '2024-02-29', '2024-02-29 23:59:59'), (3, NULL, NULL),
    (4, '1969-12-31', '1969-12-31 23:59:59.5')) AS t(id, day, at)`,
  docs: String.raw`SELECT * FROM (VALUES
    (1, '{"a": 5, "b": "text", "c": [1, "two", null, {"d": true}], "e": {"f": 1.5}, "g": null, "h": false}'),
    (2, '[1, 2, 3]'), (3, 'not json'), (4, NULL), (5, '{"a": "5", "b": "a \"quoted\" \u00e9 word"}')) AS t(id, doc)`,
};

const statement = /^(select|with|values)\b/i;

/** The query that a line stands for. */
function queryOf(line: string): string {
  if (statement.test(line)) return line;
  const [, expression, rest] = /^(.*) from ((?:items|days|docs)\b.*)$/.exec(line) ?? [];
  if (expression === undefined || rest === undefined) return `select ${line} as v`;
  return `select ${expression} as v from ${rest} order by ${rest.includes(',') ? 'docs.' : ''}id`;
}

/** Computed by another machine's mathematics, the last digit of a double may differ. */
function rounded(value: Value): Value {
  if (typeof value === 'number') return Number(value.toPrecision(14));
  return Array.isArray(value) ? value.map(rounded) : value;
}

export async function askInDialect(given: Engine, query: string): Promise<Value[][]> {
  const engine = inDialect(given, 'datafusion');
  const translated = translate(query, 'datafusion');
  try {
    const columns = await engine.describe(translated.sql);
    const { sql } = settle(translated.sql, columns, 'datafusion');
    const rows: Value[][] = [];
    const answer = await engine.query(sql);
    for await (const batch of answer.batches) rows.push(...rowsOf(batch, answer.columns));
    return rows.map((row) => row.map(rounded));
  } catch (thrown) {
    throw asTyped(thrown, translated);
  }
}

export async function makeTables(engine: Engine): Promise<void> {
  for (const [name, query] of Object.entries(tables)) {
    await engine.execute(`CREATE TABLE ${name} AS ${translate(query, 'datafusion').sql}`, { dialect: 'datafusion' });
  }
}

function linesOf(block: string): (readonly [line: string, values: string])[] {
  const lines = block.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [question = '', answer = ''] = line.split(' → ');
    return [question, answer.split(' ⇢ ')[0] ?? ''];
  });
}

function caseOf(name: string, block: string): ContractCase {
  const lines = linesOf(block);
  return {
    name: `datafusion ${name}`,
    run: async ({ platform: { engine } }) => {
      await makeTables(engine);
      const answers: Record<string, unknown> = {};
      for (const [line] of lines) {
        const rows = await askInDialect(engine, queryOf(line)).catch((thrown: unknown) => String(thrown));
        const isFlat = typeof rows !== 'string' && !statement.test(line);
        answers[line] = isFlat ? rows.map(([value]) => value) : rows;
      }
      return answers;
    },
    expected: Object.fromEntries(lines.map(([line, values]) => [line, rounded(JSON.parse(values) as Value)])),
  };
}

export const datafusionCases: readonly ContractCase[] = [
  caseOf('text', text),
  caseOf('numbers', numbers),
  caseOf('dates', dates),
  caseOf('lists', lists),
  caseOf('json', json),
  caseOf('queries', queries),
  caseOf('more queries', moreQueries),
  caseOf('deviations', deviations),
];
