// Tree → Pipeline: the schema's judgement, with every complaint at its place in the text as typed.
import type { z } from '../zod.ts';
import type { Issue, Path } from '../errors.ts';
import { issueOf } from './document.ts';
import { duplicateNames } from './names.ts';
import { problem, type Problem } from './syntax/problem.ts';
import { adviseOn, pipelineSchema, versionDialect, type Document, type Pipeline } from './schema.ts';
import type { SourceText } from './syntax/text.ts';
import { closestTo, dataOf, entryAt, entryOf, exactDataOf, isText, type Node } from './syntax/tree.ts';
import { unknownFields } from './unknown-fields.ts';
import { pathOf, wordsFor } from './words.ts';

export interface Validated {
  /** Absent when there are errors. */
  readonly pipeline?: Pipeline;
  readonly issues: readonly Issue[];
}

/** Judges a tree in canonical spelling. `flat` says whether its stages stood in one list. */
export function validate(root: Node, source: SourceText, flat: boolean): Validated {
  const issues: Issue[] = [];
  const add = (found: Problem, path?: Path): void => {
    issues.push({ ...issueOf(found, source), ...(path ? { path } : {}) });
  };
  for (const found of unknownFields(pipelineSchema, root)) add(found);
  const duplicates = duplicateNames(root);
  for (const found of duplicates) add(found);
  // zod's own words look at the constructor of what does not fit, which here is a field like any other
  const judged = pipelineSchema.safeParse(documentData(root), { error: () => 'does not fit' });
  if (judged.success) {
    for (const { path, message, hint } of adviseOn(judged.data)) {
      const at = entryAt(root, path)?.key ?? closestTo(root, path);
      add(problem('document.unsupported', 'warning', message, at, hint), path);
    }
    return duplicates.length > 0 ? { issues } : { issues, pipeline: resolve(judged.data, root, flat) };
  }
  for (const issue of judged.error.issues) {
    const found = explain(issue, root);
    if (found) add(found, pathOf(issue));
  }
  return { issues };
}

/** The data of the document, in which the rows of inline sources are as they were written. */
function documentData(root: Node): unknown {
  const data = dataOf(root) as { readonly sources?: unknown };
  const sources = entryOf(root, 'sources')?.value;
  if (sources?.kind !== 'list' || !Array.isArray(data.sources)) return data;
  sources.items.forEach((source, index) => {
    const type = entryOf(source, 'type')?.value;
    const rows = entryOf(source, 'rows')?.value;
    if (!rows || !isText(type) || type.value !== 'inline') return;
    (data.sources as Record<string, unknown>[])[index] = {
      ...(data.sources as object[])[index],
      rows: exactDataOf(rows),
    };
  });
  return data;
}

/** The pipeline, with the dialect that its document means. */
function resolve(document: Document, root: Node, flat: boolean): Pipeline {
  const ofVersion = entryOf(root, 'version') ? versionDialect(document.version) : undefined;
  const stated = document.dialect ?? ofVersion;
  return { ...document, dialect: stated ?? 'duckdb', dialectStated: stated !== undefined, flat };
}

/** The problem of a schema issue; none where a parameter without a value is to blame, which is told already. */
function explain(issue: z.core.$ZodIssue, root: Node): Problem | undefined {
  const path = pathOf(issue);
  const node = closestTo(root, path);
  const { code, message, hint, missing, atKey } = wordsFor(issue, root);
  const at = atKey ? (entryAt(root, path)?.key ?? node) : node;
  const parameters = missing || node.kind !== 'scalar' ? undefined : node.parameters;
  if (node.kind === 'scalar' && node.incomplete) return undefined;
  if (!parameters || code === 'document.unsupported') return problem(code, 'error', message, at, hint);
  const names = parameters.map((name) => `\`${name}\``).join(' and ');
  return problem('parameter.invalid', 'error', message, at, `Change the value of ${names}.`);
}
