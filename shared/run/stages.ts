// The second step of a run: groups in order, their members in parallel. A view costs nothing until it is read.
import { note } from '../formats/format.ts';
import type { Step } from '../plan/bind.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { wrapQuery } from '../sql/statement.ts';
import { since, steadily, type RunContext } from './context.ts';
import { placeStageError } from './explain.ts';
import { inParallel } from './parallel.ts';
import { showRows } from './show.ts';

/** What `show: 0` shows at most, as in Aqueducts. */
const defaultShown = 500;
/** What one event may carry; more is for a destination. */
const mostShown = 10_000;

/** Runs the planned stages. Tables are freed after their last reader unless `retain` is set. */
export async function runStages(steps: readonly Step[], retain: boolean, context: RunContext): Promise<void> {
  const groups = Math.max(-1, ...steps.map((step) => step.position)) + 1;
  for (let position = 0; position < groups; position++) {
    const members = steps.filter((step) => step.position === position);
    await inParallel(members, context.signal, (step, signal) => runStage(step, signal, context));
    if (!retain) await freeTables(steps, position, context);
  }
}

async function runStage(step: Step, signal: AbortSignal, context: RunContext): Promise<void> {
  const started = performance.now();
  const { name, position, subPosition, execution } = step;
  context.emit({ type: 'stage_started', name, position, subPosition, execution });
  try {
    await explainStage(step, signal, context);
    const rows = await makeRelation(step, signal, context);
    await showStage(step, signal, context);
    const counted = rows === undefined ? {} : { rows };
    context.emit({ type: 'stage_completed', name, position, subPosition, ...counted, durationMs: since(started) });
  } catch (thrown) {
    throw placeStageError(thrown, position, subPosition, context);
  }
}

/** Makes the stage's view or table; answers the rows of a table. */
async function makeRelation(step: Step, signal: AbortSignal, { platform: { engine }, emit }: RunContext) {
  const onProgress = steadily((fraction) => emit({ type: 'stage_progress', name: step.name, fraction }));
  const kind = step.execution === 'table' ? 'TABLE' : 'VIEW';
  const create = wrapQuery(`CREATE ${kind} ${quoteIdentifier(step.name)} AS FROM (`, step.stage.query, ')');
  const rows = await engine.execute(create.sql, { signal, onProgress });
  return step.execution === 'table' ? rows : undefined;
}

async function explainStage(
  { stage }: Step,
  signal: AbortSignal,
  { platform, emit, notify }: RunContext,
): Promise<void> {
  if (stage.explain_analyze) {
    const message = `explain_analyze of ${stage.name} gives the plan without its measurements.`;
    notify(note('document.unsupported', 'warning', message));
  }
  if (!stage.explain && !stage.explain_analyze) return;
  const plan = await platform.engine.explain(stage.query, { signal });
  emit({ type: 'stage_output', name: stage.name, output: { kind: 'explain', plan } });
}

async function showStage(step: Step, signal: AbortSignal, { platform, emit, notify }: RunContext): Promise<void> {
  const { name, show, print_schema } = step.stage;
  if (show !== null) {
    if (show > mostShown) {
      notify(
        note('document.unsupported', 'info', `${name} shows its first ${mostShown} rows; a destination holds more.`),
      );
    }
    const rows = await showRows(platform.engine, name, Math.min(show || defaultShown, mostShown), { signal });
    emit({ type: 'stage_output', name, output: { kind: 'show', ...rows } });
  }
  if (print_schema) emit({ type: 'stage_output', name, output: { kind: 'print_schema', columns: step.columns } });
}

async function freeTables(steps: readonly Step[], position: number, { platform, signal }: RunContext): Promise<void> {
  const done = steps.filter((step) => step.execution === 'table' && freedAfter(step) === position);
  for (const { name } of done) {
    await platform.engine.execute(`DROP TABLE ${quoteIdentifier(name)}`, { signal });
  }
}

function freedAfter(step: Step): number {
  return Math.max(step.lastUse, step.position);
}
