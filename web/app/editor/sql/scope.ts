// What a half-typed query says about its relations, from its tokens alone: no parser takes a query that is not whole.
import { isWord, scan, type Token } from '../../../../shared/sql/tokens.ts';
import { cursorMark } from '../sketch/tree.ts';

/** A relation that a query reads, under the name by which its columns are called. */
export interface ScopedRelation {
  readonly alias: string;
  readonly name: string;
}

export interface Scope {
  /** In the order of the query. */
  readonly relations: readonly ScopedRelation[];
  /** Names of the CTEs. */
  readonly ctes: readonly string[];
  /** The word at the cursor, as far as it is typed; empty between words. */
  readonly word: string;
  /** UTF-16 offset of that word in the query. */
  readonly offset: number;
  /** Whether the word stands in double quotes. */
  readonly quoted: boolean;
  /** The name before a dot before the word. */
  readonly qualifier?: string;
  /** Whether a relation is called for here. */
  readonly wantsRelation: boolean;
}

const relationWords = ['FROM', 'JOIN', 'DESCRIBE', 'SUMMARIZE', 'PIVOT', 'UNPIVOT'] as const;
/** Words that may follow a relation and are no alias. */
const notAliases: ReadonlySet<string> = new Set(
  `ANTI AS ASOF CROSS EXCEPT FULL GROUP HAVING INNER INTERSECT JOIN LEFT LIMIT NATURAL OFFSET ON ORDER OUTER PIVOT
  POSITIONAL QUALIFY RIGHT SAMPLE SELECT SEMI TABLESAMPLE UNION UNPIVOT USING WHERE WINDOW WITH`.split(/\s+/),
);

/** The scope at the mark in a query; undefined where the mark is in a string, a number or a comment. */
export function scopeAt(sql: string): Scope | undefined {
  const tokens = [...scan(sql)];
  const index = tokens.findIndex(({ text }) => text.includes(cursorMark));
  const token = tokens[index];
  if (!token) return undefined;
  const isOpenQuote = token.kind === 'error' && token.text.startsWith('"');
  if (token.kind !== 'identifier' && token.kind !== 'quoted' && !isOpenQuote) return undefined;
  const quoted = token.kind !== 'identifier';
  const offset = token.offset + (quoted ? 1 : 0);
  const meaningful = tokens.filter(({ kind }) => kind !== 'comment');
  const at = meaningful.indexOf(token);
  const before = meaningful[at - 1];
  const qualifier = before?.text === '.' ? meaningful[at - 2]?.value : undefined;
  const relations = relationsOf(meaningful);
  return {
    relations: relations.filter(({ token: read }) => read !== token).map(({ alias, name }) => ({ alias, name })),
    ctes: ctesOf(meaningful),
    word: sql.slice(offset, sql.indexOf(cursorMark)),
    offset,
    quoted,
    ...(qualifier === undefined ? {} : { qualifier }),
    wantsRelation: relations.some(({ token: read }) => read === token) || isWord(before, ...relationWords),
  };
}

function relationsOf(tokens: readonly Token[]): (ScopedRelation & { readonly token: Token })[] {
  const found: (ScopedRelation & { readonly token: Token })[] = [];
  let expected = false;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    const isName = token?.kind === 'identifier' || token?.kind === 'quoted';
    if (!expected || !token || !isName || tokens[index + 1]?.text === '(' || isWord(token, 'LATERAL', 'SELECT')) {
      expected = isWord(token, ...relationWords);
      continue;
    }
    const named = isWord(tokens[index + 1], 'AS') ? index + 2 : index + 1;
    const alias = aliasOf(tokens[named]);
    const name = clean(token);
    found.push({ name, alias: alias ?? name, token });
    if (alias !== undefined) index = named;
    expected = tokens[index + 1]?.text === ',';
    if (expected) index++;
  }
  return found;
}

function aliasOf(token: Token | undefined): string | undefined {
  if (token?.kind === 'quoted') return clean(token);
  const isName = token?.kind === 'identifier' && !notAliases.has(token.value.toUpperCase());
  return isName && !token.text.includes(cursorMark) ? token.value : undefined;
}

/** `WITH a AS (`, `, b(x) AS MATERIALIZED (` */
function ctesOf(tokens: readonly Token[]): readonly string[] {
  if (!tokens.some((token) => isWord(token, 'WITH'))) return [];
  return tokens.flatMap((token, index): string[] => {
    const opens = tokens.slice(index + 2, index + 5).find(({ text }) => text === '(');
    if (!opens || !isWord(tokens[index + 1], 'AS')) return [];
    const before = tokens[index - 1];
    const isNew = isWord(before, 'WITH', 'RECURSIVE') || before?.text === ',';
    return isNew && (token.kind === 'identifier' || token.kind === 'quoted') ? [clean(token)] : [];
  });
}

function clean({ value }: Token): string {
  return value.replace(cursorMark, '');
}
