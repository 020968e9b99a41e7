// JSON (RFC 8259), strictly: no comments, no trailing commas, no key twice.
import { createScanner, parseTree, type Node as JsonNode, type ParseError } from 'jsonc-parser';
import { messageOf } from '../../errors.ts';
import { duplicateKeys, syntaxError, type Parsed, type Problem } from './problem.ts';
import { decode, somewhere, type Piece } from './spelling.ts';
import { Budget, limits, numberTyped, tooDeep, type Entry, type Node, type Spelling, type TextScalar } from './tree.ts';

export function parseJson(body: string): Parsed {
  requireShallow(body);
  const errors: ParseError[] = [];
  const options = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };
  const tree = parseTree(body, errors, options);
  const [error] = errors;
  if (error || !tree) return { problems: [explain(error, body)] };
  const problems: Problem[] = [];
  const root = build(tree, body, 0, new Budget(), problems);
  if (problems.length > 0) return { problems };
  const rest = strictly(body);
  return rest ? { problems: [rest] } : { root, problems };
}

/** The library recurses; this does not. */
function requireShallow(body: string): void {
  const scanner = createScanner(body, true);
  let depth = 0;
  for (let token: number = scanner.scan(); token !== kinds.end; token = scanner.scan()) {
    if (token === kinds.openBrace || token === kinds.openBracket) depth++;
    if (token === kinds.closeBrace || token === kinds.closeBracket) depth--;
    if (depth > limits.depth) throw tooDeep();
  }
}

/** The library's const enum SyntaxKind, which cannot be imported where modules are compiled one by one. */
const kinds = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, end: 17 } as const;

/** What the library lets pass and the standard does not. */
function strictly(body: string): Problem | undefined {
  try {
    JSON.parse(body);
    return undefined;
  } catch (thrown) {
    const message = messageOf(thrown);
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
    return syntaxError(`This is not JSON: ${message}.`, { start: offset, end: offset + 1 });
  }
}

function build(node: JsonNode, body: string, depth: number, budget: Budget, problems: Problem[]): Node {
  budget.spend(depth);
  const span = { start: node.offset, end: node.offset + node.length };
  const children = node.children ?? [];
  if (node.type === 'array') {
    return { kind: 'list', ...span, items: children.map((item) => build(item, body, depth + 1, budget, problems)) };
  }
  if (node.type === 'object') {
    const entries = children.flatMap(({ children: [key, value] = [] }): Entry[] => {
      if (!key || !value) return [];
      return [{ key: textOf(key, body), value: build(value, body, depth + 1, budget, problems) }];
    });
    problems.push(...duplicateKeys(entries));
    return { kind: 'map', ...span, entries };
  }
  if (node.type === 'string') return textOf(node, body);
  const value = node.value as number | boolean | null;
  if (typeof value !== 'number') return { kind: 'scalar', ...span, value };
  return { kind: 'scalar', ...span, ...numberTyped(body.slice(span.start, span.end), value) };
}

function textOf(node: JsonNode, body: string): TextScalar {
  const [start, end] = [node.offset, node.offset + node.length];
  const value = String(node.value);
  let spelling: Spelling | undefined;
  const spell = (): Spelling =>
    decode(body.slice(start + 1, end - 1), start + 1, value, jsonString) ?? somewhere(start, end);
  return { kind: 'scalar', value, start, end, spelling: () => (spelling ??= spell()) };
}

const escape = /\\(?:u[0-9a-fA-F]{4}|[^])/y;

function jsonString(typed: string, at: number): Piece {
  escape.lastIndex = at;
  const found = escape.exec(typed)?.[0];
  if (found === undefined) return { typed: 1, text: typed[at] ?? '' };
  return { typed: found.length, text: String(JSON.parse(`"${found}"`)) };
}

function explain(error: ParseError | undefined, body: string): Problem {
  const { offset, length } = error ?? { offset: 0, length: 0 };
  const code: number = error?.error ?? 0;
  const span = { start: offset, end: offset + length };
  const [message, hint] = words[code] ?? ['This is not JSON.'];
  if (offset >= body.trimEnd().length)
    return syntaxError('The JSON text ends too early.', span, 'Is a bracket not closed?');
  const comma = /,\s*$/.exec(body.slice(0, offset));
  if (comma && /^[\]}]/.test(body.slice(offset))) {
    const place = { start: comma.index, end: comma.index + 1 };
    return syntaxError('JSON allows no comma after the last item.', place, 'Remove the comma.');
  }
  return syntaxError(message, span, hint);
}

/** By the library's ParseErrorCode. */
const words: Readonly<Record<number, readonly [message: string, hint?: string]>> = {
  1: ['This is not a JSON value.', 'Text stands in double quotes.'],
  2: ['This is not a number.'],
  3: ['A key in double quotes is expected here.'],
  4: ['A value is expected here.'],
  5: ['A colon is expected here.'],
  6: ['A comma is expected here.'],
  7: ['A closing `}` is expected here.'],
  8: ['A closing `]` is expected here.'],
  9: ['Nothing may follow the end of the JSON text.'],
  10: ['JSON allows no comments.', 'YAML and TOML do.'],
  11: ['This comment is never closed, and JSON allows none.'],
  12: ['This text is never closed.', 'Add a double quote; write a line break as \\n.'],
  13: ['This number is cut off.'],
  14: ['`\\u` wants four hexadecimal digits.'],
  15: ['JSON knows no such escape.', 'Double the backslash.'],
  16: ['A control character must be written as an escape.', 'Write a line break as \\n and a tab as \\t.'],
};
