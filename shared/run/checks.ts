// Runs the checks of a relation: one query counts for all of them, and only what fails is looked at closer.
import { failure, type Issue } from '../errors.ts';
import { passes, type BoundCheck } from '../plan/checks/check.ts';
import { countQuery } from '../plan/checks/compile.ts';
import type { Preview } from '../protocol/preview.ts';
import { readRows } from '../values/read.ts';
import type { RunContext } from './context.ts';
import { placeError, placeInText } from './explain.ts';
import { overBudgetNotice, previewOf } from './show.ts';

/** Tells of every check in the document's order, then throws `check.failed` for the first failed error. */
export async function runChecks(
  relation: string,
  checks: readonly BoundCheck[],
  signal: AbortSignal,
  context: RunContext,
): Promise<void> {
  if (checks.length === 0) return;
  const { emit, notify } = context;
  let [broken, current] = [undefined as Issue | undefined, checks[0]];
  try {
    const counts = await countsOf(relation, checks, signal, context);
    for (const [index, bound] of checks.entries()) {
      current = bound;
      const failing = counts[index] ?? 0;
      const { label, check } = bound;
      const passed = passes(check, failing);
      const samples = passed ? undefined : await samplesOf(bound, signal, context);
      const told = { relation, check: label, severity: check.severity, passed, failing };
      const counted = check.type === 'row_count' ? 'all' : 'breaking';
      emit({ type: 'check_completed', ...told, counted, ...(samples ? { samples } : {}) });
      const notice = samples && overBudgetNotice(`The check ${label} of ${relation}`, samples);
      if (notice) notify(notice);
      if (passed) continue;
      const { issue } = placeError(broke(relation, bound, failing), [...bound.path, 'type'], context);
      if (check.severity === 'warn') notify({ ...issue, severity: 'warning' });
      else broken ??= issue;
    }
  } catch (thrown) {
    throw placeInText(thrown, [...(current?.path ?? []), 'type'], context);
  }
  if (broken) throw failure(broken.code, broken.message, broken);
}

async function countsOf(
  relation: string,
  checks: readonly BoundCheck[],
  signal: AbortSignal,
  { platform: { engine } }: RunContext,
): Promise<number[]> {
  const [counts = []] = await readRows(engine, countQuery(relation, checks), { signal });
  return counts.map(Number);
}

function samplesOf(
  { check: { samples }, sql: { rows } }: BoundCheck,
  signal: AbortSignal,
  { platform }: RunContext,
): Promise<Preview> | undefined {
  if (rows === undefined || samples === 0) return undefined;
  return previewOf(platform.engine, `${rows}\nLIMIT ${samples + 1}`, samples, { signal });
}

function broke(relation: string, { check, label }: BoundCheck, count: number) {
  const rows = (number: number): string => (number === 1 ? '1 row' : `${number} rows`);
  if (check.type !== 'row_count') {
    const broken = count === 1 ? 'breaks' : 'break';
    return failure('check.failed', `${rows(count)} of ${relation} ${broken} ${label}.`);
  }
  const { min, max } = check;
  const wanted = [...(min === undefined ? [] : [`at least ${min}`]), ...(max === undefined ? [] : [`at most ${max}`])];
  return failure('check.failed', `${relation} has ${rows(count)}, and ${label} wants ${wanted.join(' and ')}.`);
}
