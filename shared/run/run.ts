// A run: the only place where one happens. It speaks in RunEvents and ends with exactly one terminal event.
import { asSluiceError, boundIssue, cancelled, failure, isCancelled, SluiceError, type Issue } from '../errors.ts';
import { note } from '../formats/format.ts';
import { masked, type Loaded, type Mask } from '../pipeline/load.ts';
import { judgePlaces } from '../plan/places.ts';
import type { Platform } from '../platform.ts';
import { fitted } from '../protocol/event-size.ts';
import type { RunEvent, RunEventBody } from '../protocol/events.ts';
import { Scope } from '../scope.ts';
import type { Dialect } from '../sql/dialect.ts';
import { clearRelations } from './clear.ts';
import { since, type RunContext } from './context.ts';
import { writeDestination } from './destination.ts';
import { lookedInto, placeInText } from './explain.ts';
import { platformIn } from './in-dialect.ts';
import { describePlan, prepare } from './plan.ts';
import { previewStages } from './preview.ts';
import { relateSources } from './sources.ts';
import { runStages } from './stages.ts';
import { reading } from './unchanged.ts';

export interface RunOptions {
  readonly emit: (event: RunEvent) => void;
  readonly signal?: AbortSignal;
  /** Keeps the relations of a run that succeeds until `release`, so that its stages can be looked at. */
  readonly retain?: boolean;
  /** Rows that each stage shows at the end which shows none by itself; none when absent. */
  readonly preview?: number;
  /** The platform is closed after this run, and a table that the run keeps in memory goes with it: that is told. */
  readonly singleRun?: boolean;
}

export interface RunResult {
  readonly outcome: 'succeeded' | 'failed' | 'cancelled';
  /** What the views that it has kept are to be read in. */
  readonly dialect: Dialect;
  /** Hides the run's secrets in what is told of them. */
  readonly mask: Mask;
  /** Frees what the run has kept. To be called before the next run on the same platform. */
  release(): Promise<void>;
}

/** Runs a document on a platform that runs nothing else. Never rejects: failures are the last event. */
export async function runPipeline(loaded: Loaded, platform: Platform, options: RunOptions): Promise<RunResult> {
  const started = performance.now();
  const scope = new Scope();
  let [sequence, ended] = [0, false];
  const emit = (event: RunEventBody): void => {
    // What is pulled while statements are being stopped may still tell its progress.
    if (ended) return;
    const { event: told, notice } = fitted(bounded(masked(event, loaded.mask)));
    options.emit({ ...told, sequence: sequence++ });
    if (notice) options.emit({ type: 'notice', issue: masked(notice, loaded.mask), sequence: sequence++ });
  };
  const release = async (): Promise<void> => {
    if (scope.closed) return;
    scope.defer(() => dropRelations(platform)); // before what they stand on
    await scope.close();
  };

  emit({ type: 'run_started' });
  let outcome: RunResult['outcome'] = 'succeeded';
  let terminal: (durationMs: number) => RunEventBody = (durationMs) => ({ type: 'run_completed', durationMs });
  try {
    const pipeline = requirePipeline(loaded);
    const context: RunContext = {
      platform: platformIn(platform, pipeline.dialect),
      loaded,
      pipeline,
      signal: options.signal ?? new AbortController().signal,
      emit,
      notify: (issue: Issue) => emit({ type: 'notice', issue }),
      fail: (thrown, path) => {
        throw placeInText(thrown, path, context);
      },
      keep: (free) => scope.defer(free),
      opened: [],
      relations: new Map(),
    };
    try {
      await runSteps(context, options);
    } catch (thrown) {
      throw await lookedInto(thrown, context);
    }
  } catch (thrown) {
    const { issue } = asSluiceError(thrown);
    outcome = isCancelled(thrown) ? 'cancelled' : 'failed';
    terminal = (durationMs) =>
      outcome === 'cancelled' ? { type: 'run_cancelled', durationMs } : { type: 'run_failed', issue, durationMs };
  }
  try {
    if (outcome !== 'succeeded' || !options.retain) await release();
  } catch (thrown) {
    const { issue } = asSluiceError(thrown);
    emit({ type: 'notice', issue: { ...issue, severity: 'warning' } });
  }
  emit(terminal(since(started)));
  ended = true;
  return { outcome, dialect: loaded.pipeline?.dialect ?? 'duckdb', mask: loaded.mask, release };
}

/** The event with what DuckDB or a file may have put into its issue held to its limits. */
function bounded(event: RunEventBody): RunEventBody {
  return 'issue' in event ? { ...event, issue: boundIssue(event.issue) } : event;
}

async function runSteps(
  context: RunContext,
  { retain = false, preview = 0, singleRun = false }: RunOptions,
): Promise<void> {
  const { loaded, pipeline, platform, notify, emit } = context;
  for (const issue of loaded.issues) notify(issue);
  const places = judgePlaces(pipeline, loaded);
  const [reason] = places[platform.kind].reasons;
  if (reason) throw new SluiceError(reason);
  const lacking = loaded.secretReferences.find(({ given }) => !given);
  if (lacking) throw failure('secret.not_found', `There is no secret \`${lacking.name}\` here.`);
  const prepared = await prepare(places, context);
  emit({ type: 'planned', plan: describePlan(prepared, context) });
  if (singleRun && pipeline.destination?.type === 'in_memory') notify(notKept(pipeline.destination.name));
  const steps = await reading(context, async () => {
    await relateSources(prepared.sources, prepared.sourceChecks, context);
    return runStages(prepared, retain || preview > 0, context);
  });
  // The last moment: what is written after it stays.
  if (context.signal.aborted) throw cancelled();
  await writeDestination(steps, context);
  if (preview > 0) await previewStages(steps, preview, context);
}

function notKept(table: string): Issue {
  const message = `The table ${table} is kept in the memory of this run alone, and is gone when the run has ended.`;
  return note('table.not_kept', 'warning', message, 'Write a file, or run it in the browser, where the page keeps it.');
}

function requirePipeline(loaded: Loaded) {
  if (loaded.pipeline) return loaded.pipeline;
  const issue = loaded.issues.find(({ severity }) => severity === 'error');
  throw issue
    ? failure(issue.code, issue.message, issue)
    : failure('internal', 'The document has neither a pipeline nor an error.');
}

/** Drops the run's relations. A dead engine has nothing left to drop. */
async function dropRelations({ engine }: Platform): Promise<void> {
  try {
    await clearRelations(engine);
  } catch (thrown) {
    const { code } = asSluiceError(thrown);
    if (code !== 'engine.died' && code !== 'engine.closed') throw thrown;
  }
}
