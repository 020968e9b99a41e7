// Words for what the schema complains about, for people who write pipelines and not schemas.
import type { z } from '../zod.ts';
import type { IssueCode, Path } from '../errors.ts';
import { closest } from '../sql/closest.ts';
import { matches } from './paths.ts';
import { isText, nodeAt, type Node } from './syntax/tree.ts';

export interface Wording {
  readonly code: IssueCode;
  readonly message: string;
  readonly hint?: string;
  /** Whether the field is absent, so that the trouble is at what should hold it. */
  readonly missing?: boolean;
  /** Whether the trouble is the field itself and not its value. */
  readonly atKey?: boolean;
}

/** Says what is wrong at the path of a schema issue. */
export function wordsFor(issue: z.core.$ZodIssue, root: Node): Wording {
  const path = pathOf(issue);
  const field = fieldName(path);
  const node = nodeAt(root, path);
  if (!node) return { ...missing(issue, field), missing: true };
  const code = 'document.invalid';
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) return unknownType(issue, field, node);
  if (issue.code === 'custom') return { code, message: `${field} ${issue.message}.`, ...customWords(issue, path) };
  if (issue.code === 'invalid_key') {
    return { code, message: `${field} ${issue.issues[0]?.message ?? 'is no key'}.`, atKey: true };
  }
  if (issue.code === 'invalid_value') return unknownWord(issue.values, field, node);
  if (issue.code !== 'invalid_type') return { code, message: `${field} ${requirement(issue)}.` };
  const isReplaced = node.kind === 'scalar' && node.parameters !== undefined;
  const message = `${field} ${requirement(issue)}${isReplaced ? '' : `, not ${kindOf(node)}`}.`;
  const hint = hintFor(issue.expected, path, node);
  return { code, message, ...(hint === undefined ? {} : { hint }) };
}

/** A zod path has symbols in theory; documents have none. */
export function pathOf(issue: z.core.$ZodIssue): Path {
  return issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
}

function missing(issue: z.core.$ZodIssue, field: string): Wording {
  const message = `${field} is missing.`;
  const options = listed(optionsOf(issue));
  return { code: 'document.invalid', message, ...(options === '' ? {} : { hint: `It can be ${options}.` }) };
}

function unknownType(issue: z.core.$ZodIssueInvalidUnion, field: string, node: Node): Wording {
  return unknownWord(optionsOf(issue), field, node);
}

/** A word that is none of those to choose from. */
function unknownWord(options: readonly unknown[], field: string, node: Node): Wording {
  const typed = isText(node) ? node.value : undefined;
  const meant = typed === undefined ? undefined : closest(typed, options.map(String));
  const found = typed === undefined ? kindOf(node) : `\`${typed}\``;
  const hint = meant === undefined ? {} : { hint: `Did you mean \`${meant}\`?` };
  return { code: 'document.invalid', message: `${field} must be ${listed(options)}, not ${found}.`, ...hint };
}

/** What a check of our own says besides its message. */
function customWords({ params = {} }: z.core.$ZodIssueCustom, path: Path): Partial<Wording> {
  const { code, hint, candidates, at } = params as CustomParams;
  const meant = candidates && closest(String(path.at(-1)), candidates);
  const suggestion = meant === undefined ? hint : `Did you mean \`${meant}\`?`;
  return {
    ...(code === undefined ? {} : { code }),
    ...(suggestion === undefined ? {} : { hint: suggestion }),
    ...(at === 'key' ? { atKey: true } : {}),
  };
}

interface CustomParams {
  readonly code?: IssueCode;
  readonly hint?: string;
  /** Names that the field may have been meant to have. */
  readonly candidates?: readonly string[];
  readonly at?: 'key';
}

/** `must be …`, in our words or the schema's. */
function requirement(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('must ')) return issue.message;
  if (issue.code === 'invalid_type') return `must be ${kinds[issue.expected] ?? issue.expected}`;
  return issue.code === 'too_big' ? 'is too large' : issue.message;
}

const kinds: Readonly<Record<string, string>> = {
  ...{ string: 'text', number: 'a number', int: 'a whole number', boolean: '`true` or `false`' },
  ...{ object: 'a map of fields', record: 'a map', array: 'a list', null: 'nothing' },
};

function kindOf(node: Node): string {
  if (node.kind !== 'scalar') return node.kind === 'list' ? 'a list' : 'a map';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return 'text';
  return typeof node.value === 'number' || typeof node.value === 'bigint'
    ? `the number ${node.value}`
    : `\`${node.value}\``;
}

function hintFor(expected: string, path: Path, node: Node): string | undefined {
  if (expected === 'string' && node.kind === 'scalar' && node.value !== null) return 'Put it in quotes.';
  if (matches('stages.*', path) && node.kind === 'map') {
    return 'Stages stand in groups: put each stage, or those that run beside one another, into a list of its own.';
  }
  if (node.kind === 'scalar' && node.value === null) return 'Give it a value, or remove the field.';
  return undefined;
}

/** A field as people call it: its name, or its number within a list. */
function fieldName(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'The document';
  if (typeof last === 'string') return `\`${last}\``;
  const list = path.at(-2);
  return typeof list === 'string' ? `Item ${last + 1} of \`${list}\`` : `Item ${last + 1}`;
}

/** The types that a choice by `type` has. */
function optionsOf(issue: z.core.$ZodIssue): readonly unknown[] {
  return issue.code === 'invalid_union' && 'options' in issue ? (issue.options ?? []) : [];
}

function listed(options: readonly unknown[]): string {
  const quoted = options.map((option) => `\`${String(option)}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}
