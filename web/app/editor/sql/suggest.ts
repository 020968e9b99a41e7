// Suggestions inside SQL: relations, their columns, DuckDB's words and functions.
import { keywords } from '../../../../shared/sql/keywords.ts';
import { quoteIdentifier } from '../../../../shared/sql/quote.ts';
import { edit, type Suggestion, type Suggestions } from '../completion/suggestion.ts';
import type { KnownRelation } from '../knowledge.ts';
import { cursorMark, type Quote } from '../sketch/tree.ts';
import type { SqlFunction } from './functions.ts';
import type { SqlRegion } from './region.ts';
import { scopeAt, type Scope } from './scope.ts';
import { sqlWords } from './words.ts';

/** What can stand at the cursor in a query; undefined in strings, numbers and comments. */
export function suggestInSql(
  region: SqlRegion,
  relations: readonly KnownRelation[],
  functions: Iterable<SqlFunction>,
): Suggestions | undefined {
  const scope = scopeAt(region.sql);
  if (!scope) return undefined;
  const writer = new Writer(scope, region.place.quote, region.sql);
  const columnsOf = (name: string): KnownRelation | undefined =>
    relations.find((relation) => relation.name.toLowerCase() === name.toLowerCase());
  const from = region.place.from + scope.offset;
  if (scope.qualifier !== undefined) {
    const { qualifier } = scope;
    const meant = scope.relations.find(({ alias }) => alias.toLowerCase() === qualifier.toLowerCase());
    const known = columnsOf(meant?.name ?? qualifier);
    return known && { from, suggestions: writer.columns(known, 0) };
  }
  const read = region.isExpression ? region.visible.map((name) => ({ name, alias: name })) : scope.relations;
  const names = [...new Set([...scope.ctes, ...region.visible])];
  const named = read.length > 0 ? read.map(({ name }) => name) : names;
  const known = [...new Set(named)].flatMap((name) => columnsOf(name) ?? []);
  const columns = scope.wantsRelation ? [] : known.flatMap((relation) => writer.columns(relation, 30));
  const tables = region.isExpression
    ? []
    : names.map((name) => writer.relation(name, columnsOf(name), scope.wantsRelation ? 60 : 10));
  if (scope.quoted) return { from, suggestions: [...columns, ...tables] };
  const aliases = scope.wantsRelation ? [] : read.filter(({ alias, name }) => alias !== name).map(writer.alias);
  const callable = [...functions].filter(({ kind }) => kind === 'table' || !scope.wantsRelation);
  const words = sqlWords.map((word) => writer.word(word.text, word.info));
  return { from, suggestions: [...columns, ...aliases, ...tables, ...words, ...callable.map(writer.call)] };
}

/** Writes names and words so that the query and the text around it read them as meant. */
class Writer {
  readonly #scope: Scope;
  readonly #quote: Quote;
  readonly #isLower: boolean;
  /** Units of the word that stand behind the cursor, and whether a bracket follows them. */
  readonly #rest: number;
  readonly #isCall: boolean;

  constructor(scope: Scope, quote: Quote, sql: string) {
    this.#scope = scope;
    this.#quote = quote;
    const behind = sql.slice(sql.indexOf(cursorMark) + cursorMark.length);
    this.#rest = /^[\p{L}\p{N}_$]*/u.exec(behind)?.[0].length ?? 0;
    this.#isCall = behind.charAt(this.#rest) === '(';
    const sample = scope.word === '' ? (/\b(?:select|from|where)\b/i.exec(sql)?.[0] ?? 'SELECT') : scope.word;
    this.#isLower = sample === sample.toLowerCase();
  }

  columns({ name, columns }: KnownRelation, boost: number): Suggestion[] {
    return columns.map((column, index) => ({
      label: column.name,
      kind: 'property',
      detail: column.type,
      info: `Column of ${name}`,
      edit: this.#name(column.name),
      boost: boost + Math.max(0, 20 - index),
    }));
  }

  relation(name: string, known: KnownRelation | undefined, boost: number): Suggestion {
    const info = known?.columns.map((column) => `${column.name} ${column.type}`).join('\n');
    return {
      label: name,
      kind: 'class',
      detail: 'relation',
      ...(info === undefined ? {} : { info }),
      edit: this.#name(name),
      boost,
    };
  }

  readonly alias = ({ alias, name }: { readonly alias: string; readonly name: string }): Suggestion => ({
    label: alias,
    kind: 'variable',
    detail: name,
    edit: this.#name(alias),
    boost: 10,
  });

  word(text: string, info: string | undefined): Suggestion {
    const written = this.#isLower ? text.toLowerCase() : text;
    return {
      label: written,
      kind: 'keyword',
      ...(info === undefined ? {} : { info }),
      edit: edit(written, 0, this.#rest),
    };
  }

  readonly call = ({ name, signature, description, example }: SqlFunction): Suggestion => {
    const info = [description, example].filter((part) => part !== undefined).join('\n');
    return {
      label: name,
      kind: 'function',
      detail: signature,
      ...(info === '' ? {} : { info }),
      edit: edit(this.#isCall ? name : `${name}(¦)`, 0, this.#rest),
      boost: -20,
    };
  };

  #name(name: string): ReturnType<typeof edit> {
    const isPlain = /^[a-z_][a-z0-9_]*$/i.test(name) && !keywords.has(name.toLowerCase());
    if (this.#scope.quoted) return edit(this.#escaped(name.replaceAll('"', '""')), 0, this.#rest);
    return edit(isPlain ? name : this.#escaped(quoteIdentifier(name)), 0, this.#rest);
  }

  /** A double quote inside of a text in double quotes. */
  #escaped(text: string): string {
    if (this.#quote !== '"') return this.#quote === "'" ? text.replaceAll("'", "''") : text;
    return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  }
}
