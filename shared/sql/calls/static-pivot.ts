// A PIVOT without IN, or with anything but constants in it, has no parse that DuckDB would give. With a constant it has
// one, and calls the same functions: this puts one in. Where that goes wrong, a text does not parse.
import { isWord, tokensOf, type Token } from '../tokens.ts';

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Texts that together call what the text calls: itself with a constant for each PIVOT's values, and those values. */
export function withPivotValues(sql: string): readonly string[] {
  const tokens = tokensOf(sql);
  const lists = valueLists(tokens);
  const values = lists.map(([open, close]) => {
    const select = isWord(tokens[open + 1], 'SELECT', 'WITH', 'FROM', 'VALUES', 'TABLE') ? '' : 'SELECT ';
    return `${select}${sql.slice(endOf(tokens[open]), tokens[close]?.offset)}\n`;
  });
  const replaced = lists.map(([open, close]) => {
    return { start: endOf(tokens[open]), end: tokens[close]?.offset ?? sql.length, text: '0' };
  });
  const pivots = tokens.flatMap((token, index) => (isWord(token, 'PIVOT', 'PIVOT_WIDER') ? [index] : []));
  const added = new Set(pivots.flatMap((index) => placesOf(tokens, index)));
  return [
    changed(sql, [...replaced, ...[...added].map((at) => ({ start: at, end: at, text: ' IN (0) ' }))]),
    ...values,
  ];
}

/** The parentheses of each `IN (…)`, as indexes of tokens; of those inside of others not. */
function valueLists(tokens: readonly Token[]): [number, number][] {
  const lists: [number, number][] = [];
  for (let index = 1; index < tokens.length; index++) {
    if (!isWord(tokens[index - 1], 'IN') || tokens[index]?.text !== '(') continue;
    const close = closing(tokens, index);
    lists.push([index, close]);
    index = close;
  }
  return lists;
}

function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (tokens[index]?.text === '(') depth += 1;
    if (tokens[index]?.text === ')' && --depth === 0) return index;
  }
  return tokens.length;
}

/** Offsets behind each part of the list after ON that names no values at its end. */
function placesOf(tokens: readonly Token[], pivot: number): number[] {
  const places: number[] = [];
  let [depth, isList, isValues] = [0, false, false];
  let last: Token | undefined;
  let values: Token | undefined;
  const endPart = (): void => {
    if (isList && last !== values) places.push(endOf(last));
  };
  for (const token of tokens.slice(pivot + 1)) {
    const isOuter = depth === 0;
    if (isOuter && (token.text === ')' || token.text === ';' || isWord(token, ...behindList))) break;
    if (isOuter && token.text === ',') endPart();
    if (isOuter && isWord(token, 'ON')) isList = true;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0 && isValues) values = token;
    isValues = isWord(token, 'IN') || (isValues && depth > 0);
    last = token;
  }
  endPart();
  return places;
}

const behindList = ['USING', 'GROUP', 'ORDER', 'LIMIT', 'OFFSET', 'UNION', 'EXCEPT', 'INTERSECT'] as const;

function endOf(token: Token | undefined): number {
  return token ? token.offset + token.text.length : 0;
}

function changed(sql: string, changes: readonly Change[]): string {
  let [text, end] = ['', 0];
  for (const change of [...changes].sort((a, b) => a.start - b.start)) {
    text += sql.slice(end, change.start) + change.text;
    end = change.end;
  }
  return text + sql.slice(end);
}
