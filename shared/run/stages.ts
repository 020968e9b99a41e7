// The second step of a run: groups in order, their members in parallel. A view costs nothing until it is read.
import { failure } from '../errors.ts';
import { note } from '../formats/format.ts';
import { bindAgain, type Step } from '../plan/bind.ts';
import { mayBeRenamed, renamedColumns } from '../plan/renamed.ts';
import type { Column, Work } from '../platform.ts';
import { limits } from '../protocol/limits.ts';
import { readablePlan } from '../sql/plan.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { wrapQuery } from '../sql/statement.ts';
import { countRows } from '../values/read.ts';
import { runChecks } from './checks.ts';
import { since, steadily, type RunContext } from './context.ts';
import { placeStageError } from './explain.ts';
import { inParallel } from './parallel.ts';
import { bindHost, tellRenamed, type Prepared } from './plan.ts';
import { overBudgetNotice, showRows } from './show.ts';

/** What `show: 0` shows at most, as in Aqueducts. */
const defaultShown = 500;
/** More is for a destination. */
const mostShown = limits.preview.rows;

/** Runs the planned stages and answers how. Tables are freed after their last reader unless `retain` is set. */
export async function runStages(prepared: Prepared, retain: boolean, context: RunContext): Promise<readonly Step[]> {
  let { steps } = prepared;
  const made = new Map<string, readonly Column[]>();
  const freed = new Set<string>();
  const groups = Math.max(-1, ...steps.map((step) => step.group)) + 1;
  for (let group = 0; group < groups; group++) {
    const members = steps.filter((step) => step.group === group);
    const columns = await inParallel(members, context.signal, (step, signal) => runStage(step, signal, context));
    members.forEach((step, index) => made.set(step.name, columns[index] ?? []));
    // Now that these columns are known, what reads them can be bound.
    if (group < groups - 1 && members.some((step) => !step.columns)) {
      const open = new Set(steps.filter((step) => !step.columns).map(({ name }) => name));
      steps = await bindAgain(steps, context.pipeline, prepared.sources, { ...bindHost(context), made });
      // Those that have run have told it themselves.
      const known = steps.filter(({ name }) => open.has(name) && !made.has(name));
      for (const step of known) tellRenamed(step, step.renamed, context);
    }
    if (!retain) await freeTables(steps, group, freed, context);
  }
  return steps;
}

/** Answers the stage's columns. */
async function runStage(step: Step, signal: AbortSignal, context: RunContext): Promise<readonly Column[]> {
  const started = performance.now();
  const { emit } = context;
  const { name, position, subPosition, execution, checks } = step;
  const where = { name, position, subPosition };
  emit({ type: 'stage_started', ...where, execution });
  try {
    if (checks.length !== step.stage.checks.length) throw failure('internal', `Not all checks of ${name} were bound.`);
    await explainStage(step, signal, context);
    const onProgress = steadily((fraction) => emit({ type: 'stage_progress', name, fraction }));
    const rows = await makeRelation(step, { signal, onProgress }, context);
    const columns = step.columns ?? (await columnsOf(step, signal, context));
    // The rows of a view are computed when they are shown.
    const work = execution === 'view' ? { signal, onProgress } : { signal };
    await showStage(step, columns, work, context);
    await runChecks(name, checks, signal, context);
    emit({
      ...{ type: 'stage_completed', ...where, durationMs: since(started) },
      ...(rows === undefined ? {} : { rows }),
      ...(step.columns ? {} : { columns }),
    });
    return columns;
  } catch (thrown) {
    throw placeStageError(thrown, position, subPosition, context);
  }
}

/** Makes the stage's view or table; answers the rows of a table. */
async function makeRelation(step: Step, work: Work, { platform: { engine } }: RunContext) {
  const kind = step.execution === 'table' ? 'TABLE' : 'VIEW';
  const create = wrapQuery(`CREATE ${kind} ${quoteIdentifier(step.name)} AS FROM (`, step.sql, ')');
  const rows = await engine.execute(create.sql, work);
  if (step.execution !== 'table') return undefined;
  // DuckDB makes several statements of a PIVOT, of which the last does not tell.
  return rows ?? (await countRows(engine, quoteIdentifier(step.name), { signal: work.signal }));
}

/** The columns of a stage that could not be known before it has run; tells which have other names than in its query. */
async function columnsOf(step: Step, signal: AbortSignal, context: RunContext): Promise<Column[]> {
  const { engine } = context.platform;
  const columns = await engine.describe(`FROM ${quoteIdentifier(step.name)}`, { signal });
  if (mayBeRenamed(columns)) {
    tellRenamed(step, renamedColumns(await engine.describe(step.sql, { signal }), columns), context);
  }
  return columns;
}

async function explainStage({ stage, sql, columns }: Step, signal: AbortSignal, context: RunContext): Promise<void> {
  const { platform, emit, notify } = context;
  const { name, explain, explain_analyze: analyzed } = stage;
  if (!explain && !analyzed) return;
  if (!columns) {
    const message = `${name} is not explained: DuckDB does not explain a PIVOT whose columns come from its rows.`;
    notify(note('document.unsupported', 'warning', message, 'Name the columns with IN (…).'));
    return;
  }
  const plan = await (analyzed ? platform.engine.analyze(sql, { signal }) : platform.engine.explain(sql, { signal }));
  emit({ type: 'stage_output', name, output: { kind: 'explain', plan: readablePlan(plan), analyzed } });
}

async function showStage(
  { stage: { name, show, print_schema } }: Step,
  columns: readonly Column[],
  work: Work,
  { platform, emit, notify }: RunContext,
): Promise<void> {
  if (show !== null) {
    if (show > mostShown) {
      notify(
        note('document.unsupported', 'info', `${name} shows its first ${mostShown} rows; a destination holds more.`),
      );
    }
    const rows = await showRows(platform.engine, name, Math.min(show || defaultShown, mostShown), work);
    emit({ type: 'stage_output', name, output: { kind: 'show', ...rows } });
    const notice = overBudgetNotice(name, rows);
    if (notice) notify(notice);
  }
  if (print_schema) emit({ type: 'stage_output', name, output: { kind: 'print_schema', columns } });
}

async function freeTables(
  steps: readonly Step[],
  group: number,
  freed: Set<string>,
  { platform, signal }: RunContext,
): Promise<void> {
  const isDone = (step: Step): boolean => Math.max(step.lastUse, step.group) <= group && step.group <= group;
  for (const { name } of steps.filter((step) => step.execution === 'table' && isDone(step) && !freed.has(step.name))) {
    freed.add(name);
    await platform.engine.execute(`DROP TABLE ${quoteIdentifier(name)}`, { signal });
  }
}
