// Numbers: with a point or an exponent they are doubles, and whole ones have 64 bits where their type decides on a result.
import { beforeOperand } from './names.ts';
import type { Edits } from './edits.ts';
import type { Structure } from './structure.ts';

const largestSigned = 2n ** 63n - 1n;
const largestUnsigned = 2n ** 64n - 1n;

export function rewriteLiterals(structure: Structure, edits: Edits): void {
  for (const [index, token] of structure.tokens.entries()) {
    if (token.kind === 'number') rewriteNumber(index, structure, edits);
  }
}

function rewriteNumber(index: number, structure: Structure, edits: Edits): void {
  const text = structure.text(index) ?? '';
  const add = (suffix: string): void => edits.wrap(structure.end(index), structure.end(index), '', suffix);
  if (/e/i.test(text)) return;
  if (text.includes('.')) return add('e0');
  const value = BigInt(text.replaceAll('_', ''));
  if (value > largestUnsigned) return add('e0');
  if (value > largestSigned) return;
  if (isOperand(index, structure) || standsAlone(index, structure)) add('::BIGINT');
}

const arithmetic = ['+', '-', '*', '/', '%', '&', '|', '^'];

/** Whether one of the two sides of an arithmetic operator is this literal, so that its type decides on the result's. */
function isOperand(index: number, structure: Structure): boolean {
  const next = structure.text(index + 1) ?? '';
  if (arithmetic.includes(next) && !(next === '-' && structure.text(index + 2) === '>')) return true;
  const before = structure.text(index - 1) ?? '';
  return arithmetic.includes(before) && isOperandEnd(index - 2, structure);
}

/** Whether the token ends an operand, so that what follows is an operator or a clause. */
export function isOperandEnd(index: number, structure: Structure): boolean {
  const token = structure.tokens[index];
  if (!token) return false;
  if (token.kind === 'operator') return /^[)\]}]$/.test(token.text);
  return !structure.isOneOf(index, beforeOperand);
}

/** Whether the literal is all of a column, of a value in VALUES, of an element, or of a branch of CASE. */
function standsAlone(index: number, structure: Structure): boolean {
  const start = structure.text(index - 1) === '-' && !isOperandEnd(index - 2, structure) ? index - 1 : index;
  if (structure.is(start - 1, 'THEN', 'ELSE')) return structure.is(index + 1, 'WHEN', 'ELSE', 'END');
  const opens = structure.text(start - 1);
  const list = structure.parent(start);
  const next = structure.text(index + 1);
  if (list === undefined) {
    return isSelected(start, structure) && (next === undefined || next === ',' || endsItem(index + 1, structure));
  }
  const ends = next === ',' || structure.partner.get(list) === index + 1 || structure.is(index + 1, 'AS');
  if (isSelected(start, structure)) return ends || endsItem(index + 1, structure);
  if (!ends || (opens !== ',' && opens !== ':' && start - 1 !== list)) return false;
  return isList(list, structure);
}

function endsItem(index: number, structure: Structure): boolean {
  return (
    structure.is(index, 'AS', 'FROM', 'WHERE', 'UNION', 'INTERSECT', 'EXCEPT', 'ORDER', 'LIMIT') ||
    structure.isName(index)
  );
}

/** Whether the token begins an item of SELECT. */
function isSelected(index: number, structure: Structure): boolean {
  if (structure.is(index - 1, 'SELECT', 'DISTINCT')) return true;
  return structure.text(index - 1) === ',' && structure.clause(index) === 'SELECT';
}

/** Functions that take a whole number of any width and give one back. */
const anyWidth = new Set(
  `make_array make_list struct row named_struct coalesce nvl nvl2 ifnull nullif abs greatest least sum max min array_agg
  map make_map arrow_typeof range first_value generate_series array_append array_prepend array_repeat array_push_back
  list_append list_repeat list_prepend`.split(/\s+/),
);

/** Whether a bracket makes a list, a map or a row of VALUES, or calls a function that takes any whole number. */
function isList(open: number, structure: Structure): boolean {
  const bracket = structure.text(open);
  if (bracket === '{') return true;
  if (bracket === '[') return structure.operandStart((structure.partner.get(open) ?? open) + 1) === open;
  if (bracket !== '(') return false;
  const call = structure.callAt(open - 1);
  if (call) return anyWidth.has(call.name);
  return structure.isRow(open);
}
