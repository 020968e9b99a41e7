// Casts: DataFusion's names for types, and the casts whose values differ. To a whole number DataFusion cuts the fraction
// off where DuckDB rounds, and takes no text with a fraction; text becomes a timestamp with its offset counted in.
import { castMacro } from '../macros/casts.ts';
import type { Edits } from './edits.ts';
import type { Structure } from './structure.ts';
import { typeAt } from './types.ts';

/** Rewrites `CAST(… AS …)`, `TRY_CAST(… AS …)` and `… :: …`. */
export function rewriteCasts(structure: Structure, edits: Edits): void {
  for (const [index, token] of structure.tokens.entries()) {
    if (token.text === '::') rewritePostfix(index, structure, edits);
    if (structure.is(index, 'CAST', 'TRY_CAST')) rewriteCall(index, structure, edits);
  }
}

function rewriteCall(index: number, structure: Structure, edits: Edits): void {
  const call = structure.callAt(index);
  if (!call) return;
  const as = [...structure.level(call.open + 1, call.close)].findLast((at) => structure.is(at, 'AS'));
  const type = as === undefined ? undefined : typeAt(structure, as + 1);
  if (as === undefined || type?.end !== call.close) return;
  const json = jsonGetter(structure, call.open + 1, as, type.name);
  if (json) {
    edits.replace(structure.start(index), structure.end(call.open), '(');
    edits.replace(structure.end(as - 1), structure.start(call.close), '');
    return renameJson(json, structure, edits);
  }
  const macro = castMacro(type.name, structure.is(index, 'TRY_CAST'));
  if (macro === undefined) {
    edits.replace(structure.start(as + 1), structure.end(type.end - 1), type.name);
  } else {
    edits.replace(structure.start(index), structure.end(index), macro);
    edits.replace(structure.end(as - 1), structure.start(call.close), '');
  }
}

function rewritePostfix(index: number, structure: Structure, edits: Edits): void {
  const type = typeAt(structure, index + 1);
  if (!type) return;
  const start = structure.operandStart(index);
  const json = jsonGetter(structure, start, index, type.name);
  if (json) {
    edits.replace(structure.end(index - 1), structure.end(type.end - 1), '');
    return renameJson(json, structure, edits);
  }
  const macro = castMacro(type.name, false);
  if (macro === undefined || isDecimalLiteral(structure, start, index)) {
    edits.replace(structure.start(index + 1), structure.end(type.end - 1), type.name);
  } else {
    edits.wrap(structure.start(start), structure.end(index - 1), `${macro}(`, '');
    edits.replace(structure.end(index - 1), structure.end(type.end - 1), ')');
  }
}

/** A whole number as it stands needs no more than the type. */
function isDecimalLiteral(structure: Structure, start: number, end: number): boolean {
  return end === start + 1 && /^\d+$/.test(structure.text(start) ?? '');
}

/** What takes the value out of JSON where the operand of a cast is `json_get(…)` or ends in `-> key`. */
interface JsonGetter {
  readonly name: string;
  /** The index of `json_get` or of the last `->`. */
  readonly index: number;
}

const getters: Readonly<Record<string, string>> = {
  BOOLEAN: 'bool',
  DOUBLE: 'float',
  FLOAT: 'float',
  VARCHAR: 'str',
  TINYINT: 'int',
  SMALLINT: 'int',
  INTEGER: 'int',
  BIGINT: 'int',
};

/** As datafusion-functions-json does it: a cast of `json_get` asks for the typed value at once. */
function jsonGetter(structure: Structure, start: number, end: number, type: string): JsonGetter | undefined {
  const getter = type.startsWith('DECIMAL') ? 'float' : getters[type];
  if (getter === undefined) return undefined;
  let [from, to] = [start, end];
  while (structure.text(from) === '(' && structure.partner.get(from) === to - 1) [from, to] = [from + 1, to - 1];
  const call = structure.callAt(from);
  if (call?.name === 'json_get' && call.close === to - 1) return { name: getter, index: from };
  if (from === start && structure.text(end) === '::') return undefined; // `a -> b::INT` casts the key
  const arrow = [...structure.level(from, to)].findLast((index) => isArrow(structure, index));
  return arrow === undefined || structure.text(arrow + 2) === '>' ? undefined : { name: getter, index: arrow };
}

function renameJson({ name, index }: JsonGetter, structure: Structure, edits: Edits): void {
  if (structure.isName(index)) edits.replace(structure.start(index), structure.end(index), `json_get_${name}`);
  else edits.replace(structure.start(index), structure.end(index + 1), typedArrows[name] ?? '~>');
}

/** Operators of ours for `->` with a type; the macros of the same names are in macros/json.ts. */
const typedArrows: Readonly<Record<string, string>> = { bool: '~>!', float: '~>%', str: '~>@', int: '~>&' };

/** Whether a token begins `->` or `->>`, which the scanner gives character by character. */
export function isArrow(structure: Structure, index: number): boolean {
  const touches = structure.start(index + 1) === structure.end(index);
  return structure.text(index) === '-' && structure.text(index + 1) === '>' && touches;
}
