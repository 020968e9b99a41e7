// Rows as text to paste elsewhere: tab- or comma-separated (RFC 4180 quoting), JSON, or a Markdown table (GitHub
// Flavored Markdown, "Tables").
import type { Column } from '../../../shared/platform.ts';
import { parseType } from '../../../shared/sql/types.ts';
import type { Value } from '../../../shared/values/codec.ts';
import { jsonOf, jsonText } from '../../../shared/values/json.ts';
import { displayText } from '../../../shared/values/text.ts';

export type TextFormat = 'tsv' | 'csv' | 'json' | 'markdown';

/** A format made for some columns: the text before the rows, of each row, between two rows, and after them. */
export interface TableText {
  readonly head: string;
  readonly row: (values: readonly Value[]) => string;
  readonly between: string;
  readonly tail: string;
}

/** `named` puts the columns' names above the rows where the format can do without. */
export function tableText(format: TextFormat, columns: readonly Column[], named: boolean): TableText {
  switch (format) {
    case 'tsv':
      return separated('\t', columns, named);
    case 'csv':
      return separated(',', columns, named);
    case 'json':
      return json(columns);
    case 'markdown':
      return markdown(columns);
  }
}

function separated(separator: string, columns: readonly Column[], named: boolean): TableText {
  const types = columns.map(({ type }) => parseType(type));
  const special = new RegExp(`["\r\n${separator}]`);
  const quote = (text: string): string => (special.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return {
    head: named ? `${columns.map(({ name }) => quote(name)).join(separator)}\n` : '',
    row: (values) =>
      types
        .map((type, at) => ((values[at] ?? null) === null ? '' : quote(displayText(values[at] ?? null, type))))
        .join(separator),
    between: '\n',
    tail: '',
  };
}

function json(columns: readonly Column[]): TableText {
  const fields = columns.map(({ name, type }) => ({ key: jsonText(name), type: parseType(type) }));
  return {
    head: '[\n',
    row: (values) =>
      `  {${fields.map(({ key, type }, at) => `${key}: ${jsonOf(values[at] ?? null, type)}`).join(', ')}}`,
    between: ',\n',
    tail: '\n]',
  };
}

function markdown(columns: readonly Column[]): TableText {
  const types = columns.map(({ type }) => parseType(type));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const escape = (text: string): string => text.replaceAll(/[\\|]/g, '\\$&').replaceAll(/\r\n?|\n/g, '<br>');
  return {
    head: `${line(columns.map(({ name }) => escape(name)))}\n${line(columns.map(() => '---'))}\n`,
    row: (values) => line(types.map((type, at) => escape(displayText(values[at] ?? null, type)))),
    between: '\n',
    tail: '',
  };
}
