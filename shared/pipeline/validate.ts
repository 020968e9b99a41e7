// Tree → Pipeline: the schema's judgement, with every complaint at its place in the text as typed.
import type { z } from '../zod.ts';
import type { Issue, Path } from '../errors.ts';
import { issueOf } from './document.ts';
import { duplicateNames } from './names.ts';
import { problem, type Problem } from './syntax/problem.ts';
import { adviseOn, pipelineSchema, type Pipeline } from './schema.ts';
import type { SourceText } from './syntax/text.ts';
import { closestTo, dataOf, entryAt, nodeAt, type Node } from './syntax/tree.ts';
import { unknownFields } from './unknown-fields.ts';
import { pathOf, wordsFor } from './words.ts';

export interface Validated {
  /** Absent when there are errors. */
  readonly pipeline?: Pipeline;
  readonly issues: readonly Issue[];
}

export function validate(root: Node, source: SourceText): Validated {
  const issues: Issue[] = [];
  const add = (found: Problem, path?: Path): void => {
    issues.push({ ...issueOf(found, source), ...(path ? { path } : {}) });
  };
  for (const found of unknownFields(pipelineSchema, root)) add(found);
  const duplicates = duplicateNames(root);
  for (const found of duplicates) add(found);
  const judged = judge(root);
  if (judged.success) {
    for (const { path, message, hint } of adviseOn(judged.data)) {
      const at = entryAt(root, path)?.key ?? closestTo(root, path);
      add(problem('document.unsupported', 'warning', message, at, hint), path);
    }
    return duplicates.length > 0 ? { issues } : { issues, pipeline: judged.data };
  }
  for (const issue of judged.error.issues) {
    const found = explain(issue, root);
    if (found) add(found, pathOf(issue));
  }
  return { issues };
}

/** Parses with the schema; texts that came from parameters become the numbers and truth values that it wants. */
function judge(root: Node): z.ZodSafeParseResult<Pipeline> {
  const data = dataOf(root);
  const judged = pipelineSchema.safeParse(data);
  if (judged.success) return judged;
  let converted = false;
  for (const issue of judged.error.issues) {
    if (issue.code !== 'invalid_type') continue;
    const path = pathOf(issue);
    const value = convert(nodeAt(root, path), issue.expected);
    if (value === undefined) continue;
    put(data, path, value);
    converted = true;
  }
  return converted ? pipelineSchema.safeParse(data) : judged;
}

function convert(node: Node | undefined, expected: string): number | boolean | undefined {
  if (node?.kind !== 'scalar' || !node.parameters || typeof node.value !== 'string') return undefined;
  if (expected === 'boolean') return { true: true, false: false }[node.value];
  if (expected !== 'number' && expected !== 'int') return undefined;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(node.value) ? Number(node.value) : undefined;
}

function put(data: unknown, path: Path, value: number | boolean): void {
  let target = data as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) target = target[step] as Record<string | number, unknown>;
  const last = path.at(-1);
  if (last !== undefined) target[last] = value;
}

/** The problem of a schema issue; none where a parameter without a value is to blame, which is told already. */
function explain(issue: z.core.$ZodIssue, root: Node): Problem | undefined {
  const path = pathOf(issue);
  const node = closestTo(root, path);
  const { code, message, hint, missing } = wordsFor(issue, root);
  const parameters = missing || node.kind !== 'scalar' ? undefined : node.parameters;
  if (node.kind === 'scalar' && node.incomplete) return undefined;
  if (!parameters || code === 'document.unsupported') return problem(code, 'error', message, node, hint);
  const names = parameters.map((name) => `\`${name}\``).join(' and ');
  return problem('parameter.invalid', 'error', message, node, `Change the value of ${names}.`);
}
