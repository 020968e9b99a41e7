// Clauses that are spelled otherwise or mean something else: stars, VALUES, joins, LIKE, tables of numbers, JSON arrows.
import { failure } from '../../../errors.ts';
import type { Edits } from './edits.ts';
import { isArrow } from './casts.ts';
import { isOperandEnd } from './literals.ts';
import type { Structure } from './structure.ts';

export function rewriteClauses(structure: Structure, edits: Edits, query: string): void {
  for (const index of structure.tokens.keys()) {
    if (structure.is(index, 'EXCEPT')) rewriteStar(index, structure, edits);
    else if (structure.is(index, 'VALUES')) nameValues(index, structure, edits);
    else if (structure.is(index, 'SEMI', 'ANTI')) rewriteJoin(index, structure, edits, query);
    else if (structure.is(index, 'LIKE', 'ILIKE')) addEscape(index, structure, edits);
    else if (structure.is(index, 'GENERATE_SERIES', 'RANGE')) nameSeries(index, structure, edits);
    else if (structure.is(index, 'INTERVAL')) moveByInterval(index, structure, edits);
    else if (structure.is(index, 'TIMESTAMP')) shiftTimestamp(index, structure, edits);
    else if (structure.is(index, 'DESC')) putNullsFirst(index, structure, edits);
    else if (structure.text(index) === '/') divideWhole(index, structure, edits);
    else if (isArrow(structure, index)) rewriteArrow(index, structure, edits);
  }
}

/** `* EXCEPT (a, b)` is EXCLUDE; between two queries the word stays. */
function rewriteStar(index: number, structure: Structure, edits: Edits): void {
  const isList =
    structure.text(index + 1) === '(' && !structure.is(index + 2, 'SELECT', 'WITH', 'VALUES', 'FROM', 'TABLE');
  if (structure.text(index - 1) === '*' && isList) {
    edits.replace(structure.start(index), structure.end(index), 'EXCLUDE');
  }
}

const clauseWords = new Set(
  `WHERE JOIN LEFT RIGHT FULL INNER CROSS NATURAL ON USING GROUP ORDER LIMIT OFFSET HAVING UNION INTERSECT EXCEPT WINDOW
  QUALIFY SEMI ANTI AS FETCH ASOF TABLESAMPLE SELECT POSITIONAL LATERAL`.split(/\s+/),
);

/** Where the alias of a FROM item ends, and whether it names columns. `index` is the token after the item. */
function aliasAfter(
  index: number,
  structure: Structure,
): { readonly end: number; readonly name: boolean; readonly columns: boolean } {
  const at = structure.is(index, 'AS') ? index + 1 : index;
  if (!structure.isName(at) || structure.isOneOf(at, clauseWords)) return { end: index, name: false, columns: false };
  return { end: at + 1, name: true, columns: structure.text(at + 1) === '(' };
}

/** The columns of VALUES are column1, column2, … */
function nameValues(index: number, structure: Structure, edits: Edits): void {
  let end = index + 1;
  const first = structure.partner.get(end);
  if (structure.text(end) !== '(' || first === undefined) return;
  const names = structure.split(end + 1, first).map((_, position) => `column${position + 1}`);
  while (structure.text(end) === '(') {
    end = (structure.partner.get(end) ?? end) + 1;
    if (structure.text(end) !== ',' || structure.text(end + 1) !== '(') break;
    end += 1;
  }
  const columns = `(${names.join(', ')})`;
  const isBare = structure.is(index - 1, 'FROM', 'JOIN');
  const isItem = structure.text(index - 1) === '(' && structure.partner.get(index - 1) === end;
  if (!isBare && !(isItem && isInFrom(index - 1, structure))) {
    edits.wrap(structure.start(index), structure.end(end - 1), 'SELECT * FROM (', `) AS values__${columns}`);
    return;
  }
  const alias = aliasAfter(isBare ? end : end + 1, structure);
  if (alias.columns) return;
  const at = structure.end(alias.end - 1);
  edits.wrap(at, at, '', alias.name ? columns : ` AS values__${columns}`);
}

function isInFrom(open: number, structure: Structure): boolean {
  return structure.is(open - 1, 'FROM', 'JOIN', 'LATERAL') || structure.text(open - 1) === ',';
}

/** DuckDB's SEMI and ANTI joins keep the left side; those that keep the right one it does not have. */
function rewriteJoin(index: number, structure: Structure, edits: Edits, query: string): void {
  if (!structure.is(index + 1, 'JOIN')) return;
  if (structure.is(index - 1, 'LEFT')) edits.replace(structure.start(index - 1), structure.start(index), '');
  if (structure.is(index - 1, 'RIGHT')) {
    throw failure('document.unsupported', 'DuckDB has no RIGHT SEMI JOIN and no RIGHT ANTI JOIN.', {
      hint: 'Exchange the two sides and write LEFT.',
      query: { sql: query, offset: structure.start(index - 1) },
    });
  }
}

/** Whether the pattern of a LIKE has a backslash, which takes the meaning from the character behind it. */
export function hasEscape(like: number, structure: Structure): boolean {
  const pattern = structure.tokens[like + 1];
  if (pattern?.kind !== 'string' || !pattern.value.includes('\\') || structure.is(like + 2, 'ESCAPE')) return false;
  return structure.text(like + 2) !== '|' && structure.text(like + 2) !== '::';
}

function addEscape(index: number, structure: Structure, edits: Edits): void {
  if (!hasEscape(index, structure)) return;
  edits.wrap(structure.end(index + 1), structure.end(index + 1), '', ` ESCAPE '\\'`);
}

/** A table of numbers has the column `value`. */
function nameSeries(index: number, structure: Structure, edits: Edits): void {
  const call = structure.callAt(index);
  if (!call || !isInFrom(index, structure) || !fromBefore(index, structure)) return;
  const alias = aliasAfter(call.close + 1, structure);
  if (alias.columns) return;
  const at = structure.end(alias.end - 1);
  edits.wrap(at, at, '', alias.name ? '(value)' : ` AS ${call.name}(value)`);
}

/** Whether a comma stands between items of FROM. */
function fromBefore(index: number, structure: Structure): boolean {
  return structure.text(index - 1) !== ',' || structure.clause(index) === 'FROM';
}

/** `TIMESTAMP '…+02:00'` is that instant in UTC; DuckDB would leave the offset out. */
function shiftTimestamp(index: number, structure: Structure, edits: Edits): void {
  const text = structure.tokens[index + 1];
  if (text?.kind !== 'string' || !/\d[+-]\d\d(:?\d\d)?$/.test(text.value.replace(/^\d+-\d+-\d+/, ''))) return;
  edits.wrap(structure.start(index), structure.end(index + 1), 'cast_to_timestamp__(', ')');
  edits.replace(structure.start(index), structure.end(index), '');
}

/** `->` and `->>` under names that DuckDB does not take for lambdas. */
function rewriteArrow(index: number, structure: Structure, edits: Edits): void {
  const isText = structure.text(index + 2) === '>' && structure.start(index + 2) === structure.end(index + 1);
  edits.replace(structure.start(index), structure.end(index + (isText ? 2 : 1)), isText ? '~>>' : '~>');
}

/** In descending order NULL comes first. */
function putNullsFirst(index: number, structure: Structure, edits: Edits): void {
  if (!isOperandEnd(index - 1, structure) || structure.is(index + 1, 'NULLS')) return;
  edits.wrap(structure.start(index), structure.end(index), '', ' NULLS FIRST');
}

/** Two whole numbers have a whole quotient; `//` gives all others the same as `/`. */
function divideWhole(index: number, structure: Structure, edits: Edits): void {
  if (structure.text(index - 1) === '/' || structure.text(index + 1) === '/') return;
  edits.replace(structure.start(index), structure.end(index), '//');
}

const units = /^(year|quarter|month|week|day|hour|minute|second|millisecond|microsecond)s?$/i;

/** A date plus or minus an interval stays a date. */
function moveByInterval(index: number, structure: Structure, edits: Edits): void {
  const sign = structure.text(index - 1);
  if ((sign !== '+' && sign !== '-') || !['string', 'number'].includes(structure.tokens[index + 1]?.kind ?? '')) return;
  let end = index + 2;
  if (units.test(structure.text(end) ?? '')) end += 1;
  if (/^[*/]$/.test(structure.text(end) ?? '')) return;
  const start = structure.leftStart(index - 1, '+-*/%');
  const macro = sign === '+' ? 'plus_interval__(' : 'minus_interval__(';
  edits.wrap(structure.start(start), structure.end(end - 1), macro, ')');
  edits.replace(structure.start(index - 1), structure.end(index - 1), ',');
}
