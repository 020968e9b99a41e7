// A stage's query as text: is it one query, how is it set into a statement of ours, how often does it name a relation.
// What may stand inside parentheses was measured on DuckDB v1.5.6 with `SELECT * FROM (…)`; the tests repeat that.
import { failure, type SluiceError } from '../errors.ts';
import { isWord, plainSpaces, tokensOf, type Token } from './tokens.ts';

/** A query inside a statement of ours, so that positions in the statement can be told in the query as typed. */
export interface WrappedQuery {
  /** What DuckDB gets. */
  readonly sql: string;
  /** The query as it was given. */
  readonly query: string;
  /** Where the query starts in `sql`, in UTF-16 units. */
  readonly prefix: number;
}

/** Sets a query between two pieces of SQL. Semicolons at its end and Unicode spaces become blanks; every offset stays. */
export function wrapQuery(before: string, query: string, after: string): WrappedQuery {
  let inner = plainSpaces(query);
  for (const token of tokensOf(query).reverse()) {
    if (token.text !== ';') break;
    inner = `${inner.slice(0, token.offset)} ${inner.slice(token.offset + 1)}`;
  }
  // On a line of its own: a comment at the query's end must not swallow what follows.
  return { sql: `${before}\n${inner}\n${after}`, query, prefix: before.length + 1 };
}

const queryWords = [
  ...['SELECT', 'WITH', 'FROM', 'VALUES', 'TABLE', 'PIVOT', 'PIVOT_WIDER', 'UNPIVOT', 'PIVOT_LONGER'],
  ...['DESCRIBE', 'DESC', 'SUMMARIZE', 'SHOW'],
] as const;

const statementWords = [
  ...['CREATE', 'ALTER', 'DROP', 'COMMENT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE', 'REPLACE', 'COPY'],
  ...['EXPORT', 'IMPORT', 'ATTACH', 'DETACH', 'USE', 'INSTALL', 'LOAD', 'FORCE', 'PRAGMA', 'SET', 'RESET', 'CALL'],
  ...['PREPARE', 'EXECUTE', 'DEALLOCATE', 'EXPLAIN', 'ANALYZE', 'VACUUM', 'CHECKPOINT', 'BEGIN', 'START', 'COMMIT'],
  ...['ROLLBACK', 'ABORT', 'END', 'SAVEPOINT', 'RELEASE', 'GRANT', 'REVOKE', 'DECLARE', 'DO', 'LOCK'],
] as const;

/**
 * Makes sure that a text is one query which may be set into parentheses. Whether it is a good one, DuckDB tells.
 * Throws `sql.not_a_query` for nothing, another statement or several, `sql.syntax` where quotes, comments or
 * parentheses do not close; both say where.
 */
export function requireQuery(sql: string): void {
  const all = tokensOf(sql);
  const at = (token: Token | undefined): { query: { sql: string; offset: number } } => ({
    query: { sql, offset: token?.offset ?? 0 },
  });
  const broken = all.find((token) => token.kind === 'error');
  if (broken) throw failure('sql.syntax', broken.value, at(broken));

  const first = all.find((token) => token.text !== '(');
  if (!first || all.every((token) => token.text === ';')) {
    throw failure('sql.not_a_query', 'The query is empty.', { ...at(first), hint: 'Write a SELECT.' });
  }
  const verb = mainVerb(all, first);
  if (isWord(verb, ...statementWords)) throw refused(verb, at(verb));
  if (!isWord(verb, ...queryWords)) {
    const message = `A query begins with SELECT, WITH, FROM or VALUES, not with ${verb.text}.`;
    throw failure('sql.syntax', message, at(verb));
  }
  const end = all.findIndex((token) => token.text === ';');
  const second = end < 0 ? undefined : all.slice(end).find((token) => token.text !== ';');
  if (second) {
    const message = 'A stage is one query, and a second statement starts here.';
    throw failure('sql.not_a_query', message, { ...at(second), hint: 'Make it a stage of its own.' });
  }
  const odd = unbalanced(all);
  if (odd) throw failure('sql.syntax', messageOfOdd(odd), at(odd));
}

/** Makes sure that a text may be set into parentheses as one expression. Throws as `requireQuery` does. */
export function requireExpression(sql: string): void {
  const all = tokensOf(sql);
  const at = (token: Token): { query: { sql: string; offset: number } } => ({ query: { sql, offset: token.offset } });
  const broken = all.find((token) => token.kind === 'error');
  if (broken) throw failure('sql.syntax', broken.value, at(broken));
  const end = all.find((token) => token.text === ';');
  if (end) throw failure('sql.syntax', 'An expression has no ";".', at(end));
  const odd = unbalanced(all);
  if (odd) throw failure('sql.syntax', messageOfOdd(odd), at(odd));
}

/**
 * How often a query may read the relation of this name: never less than it does, unless it puts the name together while
 * it runs. Counted are identifiers and strings equal to the name without case, but not aliases, functions and
 * qualifiers; where `query()` is called, strings are looked into.
 */
export function identifierCount(sql: string, name: string): number {
  const wanted = name.toLowerCase();
  const all = tokensOf(sql);
  const indirect = all.some((token) => /^query(_table)?$/i.test(token.value));
  let count = 0;
  for (const [index, token] of all.entries()) {
    const same = token.value.toLowerCase() === wanted;
    if (token.kind === 'string') {
      count += same ? 1 : indirect ? identifierCount(token.value, name) : 0;
    } else if (same && (token.kind === 'identifier' || token.kind === 'quoted')) {
      const [previous, next] = [all[index - 1], all[index + 1]?.text];
      if (next !== '.' && next !== '(' && !isWord(previous, 'AS')) count += 1;
    }
  }
  return count;
}

/** The word that says what the statement does: the first, or after the definitions of WITH the next. */
function mainVerb(all: readonly Token[], first: Token): Token {
  if (!isWord(first, 'WITH')) return first;
  let depth = 0;
  for (let index = all.indexOf(first); index < all.length; index++) {
    const [token, next] = [all[index], all[index + 1]];
    if (token?.text === '(') depth += 1;
    if (token?.text === ')') depth -= 1;
    if (depth !== 0 || token?.text !== ')' || !next) continue;
    // After a column list comes AS, after a definition perhaps USING KEY or another definition.
    if (next.kind === 'identifier' && !isWord(next, 'AS', 'USING'))
      return isWord(next, ...statementWords) ? next : first;
    if (next.kind !== 'identifier' && next.text !== ',') return first;
  }
  return first;
}

function refused(verb: Token, place: { query: { sql: string; offset: number } }): SluiceError {
  const word = verb.text.toUpperCase();
  const hint = isWord(verb, 'EXPLAIN', 'ANALYZE')
    ? 'Set explain or explain_analyze on the stage.'
    : 'Give the query alone, beginning with SELECT, WITH, FROM or VALUES: its result is the stage.';
  return failure('sql.not_a_query', `${word} is not allowed in a stage: a stage is one query.`, { ...place, hint });
}

function messageOfOdd({ text }: Token): string {
  return text === ')' ? 'This ")" closes nothing.' : 'This "(" is never closed.';
}

/** The first parenthesis without a partner. */
function unbalanced(all: readonly Token[]): Token | undefined {
  const open: Token[] = [];
  for (const token of all) {
    if (token.text === '(') open.push(token);
    if (token.text === ')' && !open.pop()) return token;
  }
  return open[0];
}
