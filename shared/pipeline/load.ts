// Text and parameters → pipeline: parse, substitute, canonical spelling, schema. Every diagnostic points into the text.
import type { Issue, Path, Place } from '../errors.ts';
import { canonical } from './compat/canonical.ts';
import { coerce } from './compat/coerce.ts';
import { parseDocument, type Document, type Syntax } from './document.ts';
import { substitute, substituteSecrets, type Parameter, type Substituted } from './parameters/parameters.ts';
import { masked } from './parameters/masked.ts';
import { maskOf, type Mask } from './parameters/secrets.ts';
import type { SecretReference, Secrets } from './parameters/vault.ts';
import { pipelineSchema, type Pipeline } from './schema.ts';
import type { SourceText } from './syntax/text.ts';
import { closestTo, isText, type Node } from './syntax/tree.ts';
import { validate } from './validate.ts';

export type { Parameter } from './parameters/parameters.ts';
export type { Mask } from './parameters/secrets.ts';
export { masked, maskedError } from './parameters/masked.ts';
export type { SecretReference, Secrets } from './parameters/vault.ts';
export type { Syntax } from './document.ts';

export interface Loaded {
  readonly syntax: Syntax;
  /** Absent when an issue is an error. */
  readonly pipeline?: Pipeline;
  /** In the order of the text. No secret is in them. */
  readonly issues: readonly Issue[];
  /** What the document declares and uses; empty when it cannot be read. */
  readonly parameters: readonly Parameter[];
  /** The secrets of the place of a run that the document uses, `${secret:name}`, in the order of the text. */
  readonly secretReferences: readonly SecretReference[];
  /** Hides the values of secrets in a text that somebody will see. */
  readonly mask: Mask;
  /**
   * Where the value under a path, or what is closest above it, was typed. With an offset into a text as the pipeline
   * has it, parameters replaced: the word at that offset. Undefined when the document could not be read.
   */
  locate(path: Path, queryOffset?: number): Place | undefined;
}

/**
 * Reads a pipeline document; never throws. Without a syntax, the text tells which of the three it is. Without `secrets`,
 * as in the browser, references to them stay as they are; with them, one that is not there is `secret.not_found`.
 */
export function load(
  text: string,
  parameters: Readonly<Record<string, string>>,
  syntax?: Syntax,
  secrets?: Secrets,
): Loaded {
  return read(text, syntax, ({ root }, source) => substitute(root, parameters, source, secrets));
}

/**
 * Reads what `toWire` wrote: parameters are replaced in it already, so that `${name}` is text like any other. Secrets are
 * not: `${secret:name}` is one.
 */
export function loadSubstituted(text: string, secrets?: Secrets): Loaded {
  return read(text, 'json', ({ root }, source) => substituteSecrets(root, source, secrets));
}

function read(
  text: string,
  syntax: Syntax | undefined,
  substituteIn: (document: Document, source: SourceText) => Substituted,
): Loaded {
  const parsed = parseDocument(text, syntax);
  const { document, source } = parsed;
  if (!document) {
    const nothing = { parameters: [], secretReferences: [], mask: maskOf([]), locate: () => undefined };
    return { syntax: parsed.syntax, issues: parsed.issues, ...nothing };
  }
  const substituted = substituteIn(document, source);
  const spelled = canonical(substituted.root, source);
  const coerced = coerce(pipelineSchema, spelled.root, source);
  const validated = validate(coerced.root, source, spelled.flat);
  const mask = maskOf(substituted.secrets);
  const issues = [parsed, substituted, spelled, coerced, validated]
    .flatMap((step) => step.issues)
    .map((issue) => masked(issue, mask))
    .sort(byPlace);
  const failed = issues.some(({ severity }) => severity === 'error');
  return {
    syntax: parsed.syntax,
    ...(validated.pipeline && !failed ? { pipeline: validated.pipeline } : {}),
    issues,
    parameters: substituted.parameters,
    secretReferences: substituted.secretReferences,
    mask,
    locate: (path, queryOffset) => locate(coerced.root, source, path, queryOffset),
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
