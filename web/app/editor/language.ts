// Which language colours the text. Queries inside YAML and JSON documents are coloured as SQL.
import { json, jsonLanguage } from '@codemirror/lang-json';
import { SQLDialect, StandardSQL } from '@codemirror/lang-sql';
import { yaml, yamlLanguage } from '@codemirror/lang-yaml';
import { LanguageSupport, LRLanguage, StreamLanguage } from '@codemirror/language';
import { toml } from '@codemirror/legacy-modes/mode/toml';
import type { Extension } from '@codemirror/state';
import type { SyntaxNodeRef, Input } from '@lezer/common';
import { parseMixed } from '@lezer/common';

export type Syntax = 'yaml' | 'json' | 'toml';

const sql = SQLDialect.define({
  ...StandardSQL.spec,
  keywords: `${StandardSQL.spec.keywords ?? ''} qualify summarize asof anti semi pivot unpivot exclude replace macro ilike sample`,
});

const queryKeys = new Set(['query', '"query"']);

/** Whether a node is the value of a field named `query`. */
function isQuery(value: SyntaxNodeRef, input: Input): boolean {
  const pair = value.name === 'BlockLiteralContent' ? value.node.parent?.parent : value.node.parent;
  const key = pair?.firstChild;
  return (key?.name === 'Key' || key?.name === 'PropertyName') && queryKeys.has(input.read(key.from, key.to));
}

const valueNodes = new Set(['BlockLiteralContent', 'Literal', 'QuotedLiteral', 'String']);

function withSql(language: LRLanguage, support: LanguageSupport): LanguageSupport {
  const wrap = parseMixed((node, input) => {
    if (!valueNodes.has(node.name) || !isQuery(node, input)) return null;
    const quotes = node.name === 'String' || node.name === 'QuotedLiteral' ? 1 : 0;
    if (node.to - node.from <= 2 * quotes) return null;
    return { parser: sql.language.parser, overlay: [{ from: node.from + quotes, to: node.to - quotes }] };
  });
  return new LanguageSupport(language.configure({ wrap }), support.support);
}

const languages: Readonly<Record<Syntax, () => Extension>> = {
  yaml: () => withSql(yamlLanguage, yaml()),
  json: () => withSql(jsonLanguage, json()),
  toml: () => StreamLanguage.define(toml),
};

export function languageFor(syntax: Syntax): Extension {
  return languages[syntax]();
}
