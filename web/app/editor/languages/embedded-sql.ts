// Colours the values of fields named `query` as SQL, inside the tree of the language around them.
import { SQLDialect } from '@codemirror/lang-sql';
import type { LRLanguage } from '@codemirror/language';
import { LanguageSupport } from '@codemirror/language';
import type { Input, SyntaxNodeRef } from '@lezer/common';
import { parseMixed } from '@lezer/common';

/** The words of DuckDB's queries. Those that are more often names, such as `day` or `min`, are left plain. */
const sql = SQLDialect.define({
  keywords: `
    all and anti any as asc asof between by case cast collate cross current desc distinct else end except exclude exists
    false filter first following from full glob group having ilike in inner intersect interval is isnull join last
    lateral left like limit macro materialized natural not notnull null nulls offset on or order outer over partition
    pivot positional preceding qualify range recursive replace right rows sample select semi similar some struct summarize
    then ties to true try_cast unbounded union unpivot using values when where window with within`,
  types: `
    bigint bit blob boolean bool char date datetime decimal double enum float hugeint int integer json list long map
    numeric real short smallint string text time timestamp timestamptz timetz tinyint ubigint uhugeint uint uinteger
    usmallint utinyint uuid varchar`,
  builtin: '',
  doubleQuotedStrings: false,
  operatorChars: '*+-%<>!=&|~^/:',
});

/** The nodes that hold a value, with the length of the quotes around it. */
const quotes: Readonly<Record<string, number>> = { BlockLiteralContent: 0, Literal: 0, QuotedLiteral: 1, String: 1 };
const queryKeys = new Set(['query', '"query"', "'query'"]);

/** The language, with queries coloured as SQL. */
export function withSql(language: LRLanguage, support: LanguageSupport): LanguageSupport {
  const wrap = parseMixed((node, input) => {
    const quote = quotes[node.name];
    if (quote === undefined || node.to - node.from <= 2 * quote || !isQuery(node, input)) return null;
    return { parser: sql.language.parser, overlay: [{ from: node.from + quote, to: node.to - quote }] };
  });
  return new LanguageSupport(language.configure({ wrap }), support.support);
}

function isQuery(value: SyntaxNodeRef, input: Input): boolean {
  const pair = value.name === 'BlockLiteralContent' ? value.node.parent?.parent : value.node.parent;
  const key = pair?.firstChild;
  return (key?.name === 'Key' || key?.name === 'PropertyName') && queryKeys.has(input.read(key.from, key.to));
}
