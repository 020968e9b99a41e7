// TOML 1.0. smol-toml judges the text and words its errors; toml-eslint-parser tells where everything stands.
import { parse, TomlError } from 'smol-toml';
import { ParseError, parseTOML, type AST } from 'toml-eslint-parser';
import { failure } from '../../errors.ts';
import { syntaxError, type Parsed, type Problem } from './problem.ts';
import { decode, somewhere } from './spelling.ts';
import type { SourceText } from './text.ts';
import { limits, numberTyped, tooDeep, type Scalar, type Spelling, type TextScalar } from './tree.ts';
import { TableBuilder, type TableNode } from './toml-tables.ts';
import { tomlPiece } from './toml-spelling.ts';

export function parseToml(text: SourceText): Parsed {
  const { body } = text;
  try {
    requireSmall(parse(body, { integersAsBigInt: 'asNeeded', maxDepth: limits.depth }));
    return { root: build(parseTOML(body, { tomlVersion: '1.1' }), body), problems: [] };
  } catch (thrown) {
    return { problems: [explain(thrown, text)] };
  }
}

/** Walks without recursion: dotted keys nest without a limit of their own. */
function requireSmall(root: unknown): void {
  let level: unknown[] = [root];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    values += level.length;
    if (depth > limits.depth) throw tooDeep();
    if (values > limits.values) throw failure('document.limit', `The document has more than ${limits.values} values.`);
    level = level.flatMap((value): unknown[] => (isPlain(value) ? Object.values(value) : []));
  }
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

function build(program: AST.TOMLProgram, body: string): TableNode {
  const tables = new TableBuilder();
  for (const part of program.body[0].body) {
    if (part.type === 'TOMLKeyValue') {
      addKeyValue(tables, tables.root, part, body);
    } else {
      const keys = part.key.keys.map((key) => keyOf(key, body));
      const [start, end] = part.range;
      const table = tables.open(keys, part.kind === 'array', { start, end });
      for (const pair of part.body) addKeyValue(tables, table, pair, body);
    }
  }
  return tables.root;
}

function addKeyValue(tables: TableBuilder, table: TableNode, pair: AST.TOMLKeyValue, body: string): void {
  const keys = pair.key.keys.map((key) => keyOf(key, body));
  const { value } = pair;
  const [start, end] = value.range;
  if (value.type === 'TOMLInlineTable') {
    const inner = tables.inline({ start, end });
    for (const field of value.body) addKeyValue(tables, inner, field, body);
    tables.set(table, keys, inner);
  } else {
    tables.set(table, keys, value.type === 'TOMLArray' ? listOf(tables, value, body) : scalarOf(value, body));
  }
}

function listOf(tables: TableBuilder, list: AST.TOMLArray, body: string): TableNode['entries'][number]['value'] {
  const [start, end] = list.range;
  const items = list.elements.map((item) => {
    if (item.type === 'TOMLArray') return listOf(tables, item, body);
    if (item.type === 'TOMLValue') return scalarOf(item, body);
    const inner = tables.inline({ start: item.range[0], end: item.range[1] });
    for (const field of item.body) addKeyValue(tables, inner, field, body);
    return inner;
  });
  return { kind: 'list', start, end, items };
}

function scalarOf(node: AST.TOMLValue, body: string): Scalar {
  const [start, end] = node.range;
  if (node.kind === 'string') return textOf(node.value, start, end, body);
  const typed = body.slice(start, end);
  if (node.kind === 'integer') {
    return { kind: 'scalar', start, end, value: Number.isSafeInteger(node.value) ? node.value : node.bigint };
  }
  if (node.kind === 'float') return { kind: 'scalar', start, end, ...numberTyped(typed, node.value) };
  // Dates stay the text that they were typed as: every field that takes one takes text.
  return { kind: 'scalar', start, end, value: node.value instanceof Date ? typed : node.value };
}

function keyOf(key: AST.TOMLBare | AST.TOMLQuoted, body: string): TextScalar {
  const [start, end] = key.range;
  return textOf(key.type === 'TOMLBare' ? key.name : key.value, start, end, body);
}

function textOf(value: string, start: number, end: number, body: string): TextScalar {
  let spelling: Spelling | undefined;
  return {
    ...{ kind: 'scalar', value, start, end },
    spelling: () => (spelling ??= spell(body.slice(start, end), start, value)),
  };
}

function spell(typed: string, start: number, value: string): Spelling {
  const [opening] = /^(?:"""|''')(?:\r?\n)?|^["']|^/.exec(typed) ?? [''];
  const closing = opening.trimEnd().length;
  const inner = typed.slice(opening.length, typed.length - closing);
  const next = tomlPiece(opening.startsWith('"'), value.includes('\r'));
  return decode(inner, start + opening.length, value, next) ?? somewhere(start, start + typed.length);
}

function explain(thrown: unknown, text: SourceText): Problem {
  if (thrown instanceof TomlError) {
    const message = /^(?:Invalid TOML document: )?([^\n]*)/.exec(thrown.message)?.[1] ?? '';
    const start = text.offset(thrown.line, thrown.column);
    return syntaxError(`${message.charAt(0).toUpperCase()}${message.slice(1)}.`, { start, end: start + 1 });
  }
  if (thrown instanceof ParseError) {
    return syntaxError(thrown.message, { start: thrown.index, end: thrown.index + 1 });
  }
  throw thrown;
}
