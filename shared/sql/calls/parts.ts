// The queries inside a statement: `json_serialize_sql` takes nothing but a query. Statements are ours, with a query of
// somebody else in them; what is of a kind that is not listed here is refused. Where a query begins and ends is read from
// tokens, and that cannot go wrong unnoticed: a part that is cut out wrongly does not parse alone.
import { isWord, tokensOf, type Token } from '../tokens.ts';

const queryWords = [
  ...['SELECT', 'WITH', 'FROM', 'VALUES', 'TABLE', 'PIVOT', 'PIVOT_WIDER', 'UNPIVOT', 'PIVOT_LONGER'],
  ...['DESCRIBE', 'DESC', 'SUMMARIZE', 'SHOW'],
] as const;

/** The queries of one statement, which is everything in it that may call; undefined for what cannot be judged. */
export function queriesOf(sql: string): readonly string[] | undefined {
  const tokens = tokensOf(sql);
  while (tokens.at(-1)?.text === ';') tokens.pop();
  const [first, second] = tokens;
  if (!first || tokens.some(({ kind }) => kind === 'error')) return undefined;
  const from = (token: Token | undefined): readonly string[] | undefined => token && [sql.slice(token.offset)];
  if (first.text === '(' || isWord(first, ...queryWords)) return from(first);
  if (tokens.some(({ text }) => text === ';')) return undefined;
  if (isWord(first, 'EXPLAIN')) return from(tokens[afterOptions(tokens)]);
  if (isWord(first, 'CREATE')) return createdBy(sql, tokens);
  if (isWord(first, 'INSERT')) return from(tokens.find((token) => isWord(token, ...queryWords)));
  if (isWord(first, 'COPY') && second?.text === '(') {
    const end = tokens[closing(tokens, 1)];
    // What ends the query ends a line comment in it, too.
    return end && [`${sql.slice(second.offset + 1, end.offset)}\n`];
  }
  if (isWord(first, 'DROP', 'BEGIN', 'COMMIT', 'ROLLBACK', 'SET')) {
    return tokens.some(({ text }) => text === '(') ? undefined : [];
  }
  return undefined;
}

/** A view or a table made of a query, a macro, or what holds no query. */
function createdBy(sql: string, tokens: readonly Token[]): readonly string[] | undefined {
  const kind = tokens.find((token, index) => index > 0 && !isWord(token, 'OR', 'REPLACE', 'TEMP', 'TEMPORARY'));
  const as = outerIndex(tokens, (token) => isWord(token, 'AS'));
  const body = as < 0 ? undefined : tokens[as + 1];
  if (isWord(kind, 'TABLE', 'VIEW') && body) return [sql.slice(body.offset)];
  if (isWord(kind, 'MACRO') && body) {
    if (isWord(body, 'TABLE')) return [sql.slice(body.offset + body.text.length)];
    return bodiesOf(sql, tokens).map((text) => `SELECT ${text}\n`);
  }
  if (isWord(kind, 'SCHEMA', 'SEQUENCE')) return tokens.some(({ text }) => text === '(') ? undefined : [];
  // Columns with their types; an expression of a column begins with one of these words.
  const isPlain = !tokens.some((token) => isWord(token, 'DEFAULT', 'CHECK', 'GENERATED', 'AS', 'USING'));
  return isWord(kind, 'TABLE') && isPlain ? [] : undefined;
}

/** The expressions of a macro, which may have one for each number of arguments: `(a) AS …, (a, b) AS …`. */
function bodiesOf(sql: string, tokens: readonly Token[]): string[] {
  const bodies: string[] = [];
  let start: number | undefined;
  let depth = 0;
  for (const token of tokens) {
    if (/^[([{]$/.test(token.text)) depth += 1;
    if (/^[)\]}]$/.test(token.text)) depth -= 1;
    if (depth > 0) continue;
    if (start === undefined && isWord(token, 'AS')) start = token.offset + token.text.length;
    if (start === undefined || token.text !== ',') continue;
    bodies.push(sql.slice(start, token.offset));
    start = undefined;
  }
  return start === undefined ? bodies : [...bodies, sql.slice(start)];
}

/** Where what is explained begins. */
function afterOptions(tokens: readonly Token[]): number {
  const start = isWord(tokens[1], 'ANALYZE') ? 2 : 1;
  const hasOptions = tokens[start]?.text === '(' && isWord(tokens[start + 1], 'FORMAT', 'ANALYZE');
  return hasOptions ? closing(tokens, start) + 1 : start;
}

/** The index of the parenthesis that closes the one at `start`; the number of tokens where none does. */
function closing(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index++) {
    if (tokens[index]?.text === '(') depth += 1;
    if (tokens[index]?.text === ')' && --depth === 0) return index;
  }
  return tokens.length;
}

/** The first token outside of all parentheses that is meant; -1 where none is. */
function outerIndex(tokens: readonly Token[], isMeant: (token: Token) => boolean): number {
  let depth = 0;
  return tokens.findIndex((token) => {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    return depth === 0 && isMeant(token);
  });
}
