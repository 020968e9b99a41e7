// Where a query gives other rows in DataFusion than in DuckDB, for documents that do not say which of the two they mean.
// A place counts only when it surely differs by types, which DuckDB's binder tells: the query is bound once more with the
// place changed so that it binds for some types only.
import { hasEscape } from './rewriting/clauses.ts';
import { Edits } from './rewriting/edits.ts';
import { isOperandEnd } from './rewriting/literals.ts';
import { Structure } from './rewriting/structure.ts';
import { typeAt } from './rewriting/types.ts';

export interface Difference {
  /** UTF-16 offset in the query. */
  readonly offset: number;
  /** What each of the two does. */
  readonly message: string;
}

/** Tells whether DuckDB can bind a query to the relations that the stage sees. */
export type Binds = (sql: string) => Promise<boolean>;

/** At most so many places of a query are tried. */
const mostTries = 30;

/** The differences in the order of the query, which is known to bind as it is. */
export async function differences(query: string, binds: Binds): Promise<Difference[]> {
  const structure = new Structure(query);
  const found: Difference[] = [];
  let tries = 0;
  for (const index of structure.tokens.keys()) {
    const place = placeAt(index, structure);
    if (!place) continue;
    const { message, probes } = place;
    if (tries + probes.length > mostTries) break;
    tries += probes.length;
    let differs = true;
    for (const { edit, holds } of probes) {
      const edits = new Edits(query);
      edit(edits);
      differs &&= (await binds(edits.apply().sql)) === holds;
    }
    if (differs) found.push({ offset: structure.start(index), message });
  }
  return found;
}

interface Place {
  readonly message: string;
  /** What must bind, or must not, for the place to differ; nothing where it always does. */
  readonly probes: readonly Probe[];
}

interface Probe {
  readonly edit: (edits: Edits) => void;
  readonly holds: boolean;
}

function placeAt(index: number, structure: Structure): Place | undefined {
  const text = structure.text(index);
  if (text === '/') return division(index, structure);
  if (text === '~' || structure.is(index, 'SIMILAR')) return match(index, structure);
  if (text === '::' || structure.is(index, 'CAST', 'TRY_CAST')) return cast(index, structure);
  if (structure.is(index, 'DESC')) return order(index, structure);
  if (structure.is(index, 'LIKE', 'ILIKE') && hasEscape(index, structure)) {
    return always('A backslash is a character in DuckDB, and takes the meaning from the next one in DataFusion.');
  }
  return text === '^'
    ? always('^ raises to a power in DuckDB and is exclusive or in DataFusion.')
    : call(index, structure);
}

function always(message: string): Place {
  return { message, probes: [] };
}

/** Bitwise operators take whole numbers only. */
function division(index: number, structure: Structure): Place | undefined {
  if (structure.text(index - 1) === '/' || structure.text(index + 1) === '/') return undefined;
  const [start, end] = [structure.leftStart(index, '*/%'), structure.operandEnd(index + 1)];
  const edit = (edits: Edits): void => {
    edits.wrap(structure.start(start), structure.end(end - 1), '((', '))');
    edits.replace(structure.start(index), structure.end(index), ') & (');
  };
  const message = 'Dividing whole numbers gives a fraction in DuckDB and a whole number in DataFusion.';
  return { message, probes: [{ edit, holds: true }] };
}

function match(index: number, structure: Structure): Place | undefined {
  const isTilde = structure.text(index) === '~';
  const touches = (at: number): boolean => /^[~*]$/.test(structure.text(at) ?? '');
  if (isTilde && (touches(index + 1) || structure.text(index - 1) === '~')) return undefined;
  if (!isTilde && !structure.is(index + 1, 'TO')) return undefined;
  const pattern = structure.tokens[index + (isTilde ? 1 : 2)];
  if (pattern?.kind === 'string' && /^\^.*\$$/s.test(pattern.value) && !pattern.value.includes('|')) return undefined;
  const sign = isTilde ? '~' : 'SIMILAR TO';
  return always(`${sign} asks in DuckDB whether the whole text matches, in DataFusion whether a part does.`);
}

const wholeTypes = /^U?(TINY|SMALL|BIG)?INT(EGER)?$/;

/** What is no whole number, and yet a number that may be NaN, has a fraction. */
function cast(index: number, structure: Structure): Place | undefined {
  const isPostfix = structure.text(index) === '::';
  const called = isPostfix ? undefined : structure.callAt(index);
  const as = called && [...structure.level(called.open + 1, called.close)].findLast((at) => structure.is(at, 'AS'));
  const [start, end] = isPostfix ? [structure.operandStart(index), index] : [index + 2, as];
  const type = end === undefined ? undefined : typeAt(structure, end + 1);
  if (end === undefined || !type || !wholeTypes.test(type.name)) return undefined;
  const inside = (before: string, after: string) => (edits: Edits) =>
    edits.wrap(structure.start(start), structure.end(end - 1), before, after);
  return {
    message: 'A number with a fraction is rounded in DuckDB when it becomes a whole one, and cut off in DataFusion.',
    probes: [
      { edit: inside('((', ') & 1)'), holds: false },
      { edit: inside('(isnan(', ')::INT)'), holds: true },
    ],
  };
}

/** NULL goes last in DuckDB; that matters where only the first rows count, and in windows. */
function order(index: number, structure: Structure): Place | undefined {
  if (!isOperandEnd(index - 1, structure) || structure.is(index + 1, 'NULLS')) return undefined;
  if (isCount(index - 1, structure)) return undefined;
  const limited = isLimited(index, structure);
  if (!limited) return undefined;
  return always('In descending order NULL comes last in DuckDB and first in DataFusion.');
}

/** Whether an operand is a count, or the name of one: it is never NULL. */
function isCount(last: number, structure: Structure): boolean {
  const start = structure.operandStart(last + 1);
  if (structure.is(start, 'COUNT', 'ROW_NUMBER', 'RANK', 'DENSE_RANK') && structure.text(start + 1) === '(')
    return true;
  if (start !== last || !structure.isName(last)) return false;
  const name = structure.tokens[last]?.value.toLowerCase();
  return structure.tokens.some((token, at) => {
    if (at === last || token.value.toLowerCase() !== name) return false;
    const before = structure.is(at - 1, 'AS') ? at - 2 : at - 1;
    return structure.text(before) === ')' && structure.is(structure.operandStart(before + 1), 'COUNT', 'ROW_NUMBER');
  });
}

/** Whether the ORDER BY stands in the parentheses of a window or an aggregate, or its query has a LIMIT. */
function isLimited(index: number, structure: Structure): boolean {
  for (let at = index + 1; at < structure.tokens.length; at++) {
    const partner = structure.partner.get(at);
    if (structure.is(at, 'LIMIT', 'OFFSET', 'FETCH')) return true;
    if (partner === undefined) continue;
    if (partner > at) {
      at = partner;
      continue;
    }
    const word = partner - 1;
    return structure.is(word, 'OVER') || (structure.callAt(word) !== undefined && !structure.is(partner + 1, 'SELECT'));
  }
  return false;
}

/** Calls that both know and that give other values, by the shape of their arguments. */
function call(index: number, structure: Structure): Place | undefined {
  const found = structure.callAt(index);
  if (!found || structure.text(index - 1) === '.') return undefined;
  const [, second, third] = found.arguments;
  switch (found.name) {
    case 'substr':
    case 'substring':
      if (!second || structure.text(second[0]) !== '-') return undefined;
      return always('A negative position counts from the end in DuckDB, and before the first character in DataFusion.');
    case 'regexp_replace':
      if (!third || !/\$[{\d]/.test(structure.tokens[third[0]]?.value ?? '')) return undefined;
      return always('A group is written \\1 in DuckDB; $1 is text there, and a group in DataFusion.');
    case 'trunc':
      return second && always('With digits, trunc cuts off in DuckDB and rounds in DataFusion 49.');
    case 'to_hex':
      return always('to_hex gives capital letters in DuckDB and small ones in DataFusion.');
    case 'sha256':
      return always('sha256 gives text in DuckDB and bytes in DataFusion.');
    case 'array_sort':
    case 'list_sort':
      return found.arguments.length < 3
        ? always('NULL elements are sorted as default_null_order says in DuckDB, and come first in DataFusion.')
        : undefined;
    default:
      return undefined;
  }
}
