// Names of columns that a query does not name: DataFusion calls `sum(n)` of one relation t `sum(t.n)`, and `count(*)`
// itself. Only calls, sums and casts of columns and literals are named, where FROM has one relation; all else is named by
// what was typed, for DuckDB would name it by what became of that.
import { quoteIdentifier } from '../../quote.ts';
import type { Edits } from './edits.ts';
import { isOperandEnd } from './literals.ts';
import type { Call, Structure } from './structure.ts';

/** Words that end a list of columns. */
const afterItems = new Set(
  'FROM WHERE GROUP HAVING ORDER LIMIT OFFSET UNION INTERSECT EXCEPT WINDOW QUALIFY FETCH'.split(' '),
);

/** Words that may follow the only relation of FROM. */
const afterRelation = new Set([...afterItems].filter((word) => word !== 'FROM'));

/** Deeper calls are named by what was typed. */
const deepest = 8;

/** Functions that DataFusion names by another of their names. */
const primary: Readonly<Record<string, string>> = {
  mean: 'avg',
  length: 'character_length',
  char_length: 'character_length',
  pow: 'power',
  ifnull: 'nvl',
  trim: 'btrim',
  substring: 'substr',
  instr: 'strpos',
};

export function rewriteTitles(structure: Structure, edits: Edits): void {
  for (const index of structure.tokens.keys()) {
    if (structure.is(index, 'SELECT')) nameColumns(index, structure, edits);
  }
}

function nameColumns(select: number, structure: Structure, edits: Edits): void {
  const start = structure.is(select + 1, 'DISTINCT', 'ALL') ? select + 2 : select + 1;
  const from = endOfItems(start, structure);
  const relation = structure.is(from, 'FROM') ? onlyRelation(from + 1, structure) : undefined;
  const titles = new Titles(structure, relation);
  for (const [first, end] of structure.split(start, from)) {
    if (!isUnnamed(first, end, structure)) continue;
    const title = titles.of(first, end) ?? typedText(first, end, structure);
    edits.wrap(structure.start(first), structure.end(end - 1), '', ` AS ${quoteIdentifier(title)}`);
  }
}

/** Whether an item computes one column and gives it no name. */
function isUnnamed(first: number, end: number, structure: Structure): boolean {
  const last = end - 1;
  if (end <= first || structure.is(first, 'COLUMNS') || structure.is(last - 1, 'AS')) return false;
  if (last === first && structure.isName(first)) return structure.is(first, 'NULL', 'TRUE', 'FALSE');
  if ([...structure.level(first, end)].some((index) => isStar(index, first, structure))) return false;
  if (!structure.isName(last) || structure.is(last, 'END', 'NULL', 'TRUE', 'FALSE', 'UNKNOWN')) return true;
  if (isType(last, structure)) return true;
  // It ends in a name: the last part of a column, an operand of something, or the name that it is given.
  const isColumn = structure.tokens.slice(first, last).every(({ text }, at) => (at % 2 === 1) === (text === '.'));
  return !isColumn && !isOperandEnd(last - 1, structure);
}

/** Whether a name is the type of a cast. */
function isType(last: number, structure: Structure): boolean {
  return (
    structure.text(last - 1) === '::' ||
    (structure.is(last, 'UNSIGNED', 'PRECISION', 'ZONE') && structure.text(last - 2) !== '.')
  );
}

/** A star that stands for columns, not for a product. */
function isStar(index: number, first: number, structure: Structure): boolean {
  if (structure.text(index) !== '*') return false;
  return index === first || structure.text(index - 1) === '.';
}

/** The expression as it was typed, on one line. */
function typedText(first: number, end: number, structure: Structure): string {
  const texts = structure.tokens.slice(first, end).map(({ text, offset }, at) => {
    const gap = at > 0 && offset > structure.end(first + at - 1);
    return `${gap ? ' ' : ''}${text.replaceAll(/\s+/g, ' ')}`;
  });
  return texts.join('');
}

/** Where the list of columns that begins here ends. */
function endOfItems(start: number, structure: Structure): number {
  const bracket = structure.parent(start - 1);
  const closing = bracket === undefined ? undefined : structure.partner.get(bracket);
  for (const index of structure.level(start, closing ?? structure.tokens.length)) {
    const isOperator = structure.is(index - 1, 'DISTINCT') && structure.is(index - 2, 'IS', 'NOT');
    if ((structure.isOneOf(index, afterItems) && !isOperator) || structure.text(index) === ';') return index;
  }
  return closing ?? structure.tokens.length;
}

/** The name by which columns are qualified, where FROM has one relation and nothing else. */
function onlyRelation(index: number, structure: Structure): string | undefined {
  let last = index;
  while (structure.text(last + 1) === '.') last += 2;
  if (!structure.isName(last)) return undefined;
  const alias = structure.is(last + 1, 'AS') ? last + 2 : last + 1;
  const hasAlias = structure.isName(alias) && !structure.isOneOf(alias, afterRelation);
  const end = hasAlias ? alias + 1 : last + 1;
  const ends =
    end >= structure.tokens.length || /^[);]$/.test(structure.text(end) ?? '') || structure.isOneOf(end, afterRelation);
  return ends ? nameOf(hasAlias ? alias : last, structure) : undefined;
}

function nameOf(index: number, structure: Structure): string {
  const token = structure.tokens[index];
  return (token?.kind === 'quoted' ? token.value : token?.value.toLowerCase()) ?? '';
}

/** Names the columns of one relation, or of none. */
class Titles {
  readonly #structure: Structure;
  readonly #relation: string | undefined;

  constructor(structure: Structure, relation: string | undefined) {
    this.#structure = structure;
    this.#relation = relation;
  }

  /** DataFusion's name of an expression; undefined where it is not known. */
  of(start: number, end: number, depth = 0): string | undefined {
    const structure = this.#structure;
    if (end === start + 1) return this.#ofToken(start);
    if (end === start + 3 && structure.text(start + 1) === '.' && structure.isName(start + 2)) {
      return `${nameOf(start, structure)}.${nameOf(start + 2, structure)}`;
    }
    if (depth > deepest) return undefined;
    const call = structure.callAt(start);
    return call?.close === end - 1 ? this.#ofCall(call, depth + 1) : this.#ofSum(start, end, depth + 1);
  }

  #ofToken(index: number): string | undefined {
    const structure = this.#structure;
    const token = structure.tokens[index];
    if (token?.kind === 'string') return `Utf8("${token.value}")`;
    if (token?.kind === 'number') {
      return /^\d+$/.test(token.text) ? `Int64(${token.text})` : `Float64(${Number(token.text)})`;
    }
    if (structure.is(index, 'TRUE', 'FALSE')) return `Boolean(${nameOf(index, structure)})`;
    if (structure.is(index, 'NULL')) return 'NULL';
    if (!structure.isName(index) || this.#relation === undefined) return undefined;
    return `${this.#relation}.${nameOf(index, structure)}`;
  }

  #ofCall(call: Call, depth: number): string | undefined {
    const structure = this.#structure;
    const { open, close } = call;
    if (structure.is(call.nameIndex, 'CAST', 'TRY_CAST')) {
      // A cast changes no name.
      const as = [...structure.level(open + 1, close)].findLast((index) => structure.is(index, 'AS'));
      return as === undefined ? undefined : this.of(open + 1, as, depth);
    }
    const name = primary[call.name] ?? call.name;
    if (name === 'count' && close === open + 2 && structure.text(open + 1) === '*') return 'count(*)';
    const parts = call.arguments.map(([from, to]) => this.of(from, to, depth));
    return parts.includes(undefined) ? undefined : `${name}(${parts.join(',')})`;
  }

  /** Operands with arithmetic between them, such as `t.a + Int64(1)`. */
  #ofSum(start: number, end: number, depth: number): string | undefined {
    const parts: (string | undefined)[] = [];
    let from = start;
    for (const index of this.#structure.level(start, end)) {
      const sign = this.#structure.text(index) ?? '';
      if (!/^[+*/%-]$/.test(sign) || index === from) continue;
      parts.push(this.of(from, index, depth), sign);
      from = index + 1;
    }
    if (from === start) return undefined;
    parts.push(this.of(from, end, depth));
    return parts.includes(undefined) ? undefined : parts.join(' ');
  }
}
