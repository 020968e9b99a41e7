// Text and parameters → pipeline: parse, substitute, canonical spelling, schema. Every diagnostic points into the text.
import type { Issue, Path, Place } from '../errors.ts';
import { canonical } from './compat.ts';
import { parseDocument, type Syntax } from './document.ts';
import { substitute, type Parameter } from './parameters.ts';
import type { Pipeline } from './schema.ts';
import type { SourceText } from './syntax/text.ts';
import { closestTo, isText, type Node } from './syntax/tree.ts';
import { validate } from './validate.ts';

export type { Parameter } from './parameters.ts';
export type { Syntax } from './document.ts';

export interface Loaded {
  readonly syntax: Syntax;
  /** Absent when an issue is an error. */
  readonly pipeline?: Pipeline;
  /** In the order of the text. */
  readonly issues: readonly Issue[];
  /** What the document uses; empty when it cannot be read. */
  readonly parameters: readonly Parameter[];
  /**
   * Where the value under a path, or what is closest above it, was typed. With an offset into a text as the pipeline
   * has it, parameters replaced: the word at that offset. Undefined when the document could not be read.
   */
  locate(path: Path, queryOffset?: number): Place | undefined;
}

/** Reads a pipeline document; never throws. Without a syntax, the text tells which of the three it is. */
export function load(text: string, parameters: Readonly<Record<string, string>>, syntax?: Syntax): Loaded {
  const parsed = parseDocument(text, syntax);
  const { document, source } = parsed;
  if (!document) {
    return { syntax: parsed.syntax, issues: parsed.issues, parameters: [], locate: () => undefined };
  }
  const substituted = substitute(document.root, parameters, source);
  const spelled = canonical(substituted.root, source);
  const validated = validate(spelled.root, source);
  const issues = [...parsed.issues, ...substituted.issues, ...spelled.issues, ...validated.issues].sort(byPlace);
  const failed = issues.some(({ severity }) => severity === 'error');
  return {
    syntax: parsed.syntax,
    ...(validated.pipeline && !failed ? { pipeline: validated.pipeline } : {}),
    issues,
    parameters: substituted.parameters,
    locate: (path, queryOffset) => locate(spelled.root, source, path, queryOffset),
  };
}

function byPlace(a: Issue, b: Issue): number {
  return (a.place?.offset ?? 0) - (b.place?.offset ?? 0);
}

function locate(root: Node, source: SourceText, path: Path, queryOffset: number | undefined): Place {
  const node = closestTo(root, path);
  const spelling = queryOffset === undefined || !isText(node) ? undefined : node.spelling?.();
  if (!spelling || !isText(node) || queryOffset === undefined) return source.place(node);
  const word = /^(?:[\p{L}\p{N}_]+|[^\s])/u.exec(node.value.slice(queryOffset))?.[0] ?? '';
  const start = spelling.start(queryOffset);
  return source.place({ start, end: word === '' ? start : spelling.end(queryOffset + word.length - 1) });
}
