// A plan: what a run would read, compute, write and contact, and where it can run. A run begins with the very same steps,
// so that it does what the plan said.
import type { SluiceError } from '../errors.ts';
import { boundIssue, failure, isCancelled, type Issue } from '../errors.ts';
import { requireWritable } from '../destinations/file.ts';
import { masked, maskedError, type Loaded } from '../pipeline/load.ts';
import { bindStages, type Step } from '../plan/bind.ts';
import { bindChecks } from '../plan/checks/bind.ts';
import type { BoundCheck } from '../plan/checks/check.ts';
import { contactsOf, locationOf } from '../plan/contacts.ts';
import { findDifferences } from '../plan/differences.ts';
import { judgePlaces } from '../plan/places.ts';
import { renamedNotice } from '../plan/renamed.ts';
import { queryPath } from '../plan/stage.ts';
import type { BindHost } from '../plan/visible.ts';
import type { Platform, Work } from '../platform.ts';
import type { Plan, PlannedSource, PlannedStage } from '../protocol/plan.ts';
import type { PlanAnswer } from '../protocol/worker.ts';
import { scoped } from '../scope.ts';
import type { RunContext } from './context.ts';
import { placeInText } from './explain.ts';
import { platformIn } from './in-dialect.ts';
import { openSources, readsBytes, type OpenedSource } from './sources.ts';

/** Everything that is known before the first row is read. */
export interface Prepared {
  readonly sources: readonly OpenedSource[];
  /** Checks by the name of their source. */
  readonly sourceChecks: ReadonlyMap<string, readonly BoundCheck[]>;
  readonly steps: readonly Step[];
  readonly places: Plan['places'];
}

/** Opens the sources as far as inference needs and binds all queries and checks. Nothing is made a relation. */
export async function prepare(places: Plan['places'], context: RunContext): Promise<Prepared> {
  const { pipeline } = context;
  const sources = await openSources(context);
  const host = bindHost(context);
  const sourceChecks = new Map<string, readonly BoundCheck[]>();
  for (const [index, { name, source, columns }] of sources.entries()) {
    const path = ['sources', index, 'checks'];
    try {
      const checked = columns && (await bindChecks({ name, columns, checks: source.checks, path }, sources, host));
      sourceChecks.set(name, checked ?? []);
    } catch (thrown) {
      context.fail(thrown, path);
    }
  }
  const steps = await bindStages(pipeline, sources, host);
  for (const step of steps) tellRenamed(step, step.renamed, context);
  if (!pipeline.dialectStated) {
    for (const { path, offset, issue } of await findDifferences(steps, sources, host)) {
      const place = context.loaded.locate(path, offset);
      context.notify({ ...issue, ...(place ? { place } : {}) });
    }
  }
  const last = steps.find(({ written }) => written);
  if (pipeline.destination && !last) {
    const message = 'The pipeline has a destination but its last group has no stage, so there is nothing to write.';
    context.fail(failure('run.no_output', message), ['stages']);
  }
  if (last) await lookAtDestination(last, context);
  return { sources, sourceChecks, places, steps };
}

/** Tells at a stage's query which of its columns have other names than there. */
export function tellRenamed(step: Step, renamed: Step['renamed'], { loaded, notify }: RunContext): void {
  const issue = renamedNotice(step.name, renamed);
  if (!issue) return;
  const path = queryPath(step);
  const place = loaded.locate(path);
  notify({ ...issue, path, ...(place ? { place } : {}) });
}

/** A destination that cannot be written is told before anything is computed for it. */
async function lookAtDestination({ columns }: Step, { pipeline, platform, signal, fail }: RunContext): Promise<void> {
  const { destination } = pipeline;
  if (destination?.type !== 'file' || !columns) return;
  try {
    await requireWritable(destination, columns, platform, { signal });
  } catch (thrown) {
    fail(thrown, ['destination', 'location']);
  }
}

export function bindHost({ platform, pipeline, loaded, signal, fail }: RunContext): BindHost {
  return { engine: platform.engine, dialect: pipeline.dialect, mask: loaded.mask, signal, fail };
}

/**
 * What a run of the document would do on a platform that runs nothing else; reads no more than inference needs and leaves
 * nothing behind. Rejects when it is cancelled or the engine dies; whatever else is wrong is an issue at its place.
 */
export async function planPipeline(loaded: Loaded, platform: Platform, work: Work = {}): Promise<PlanAnswer> {
  const { pipeline } = loaded;
  if (!pipeline) return { issues: loaded.issues.map(boundIssue) };
  return scoped(async (scope) => {
    const issues: Issue[] = [...loaded.issues];
    const context: RunContext = {
      ...{ platform: platformIn(platform, pipeline.dialect), loaded, pipeline },
      signal: work.signal ?? new AbortController().signal,
      emit: () => undefined,
      notify: (issue) => issues.push(issue),
      fail: (thrown, path) => issues.push(keepable(placeInText(thrown, path, context)).issue),
      keep: (free) => scope.defer(free),
      opened: [],
      relations: new Map(),
    };
    const prepared = await prepare(judgePlaces(pipeline, loaded), context).catch((thrown: unknown) => {
      throw maskedError(thrown, loaded.mask);
    });
    const plan = describePlan(prepared, context);
    const told = issues.slice(loaded.issues.length).map((issue) => masked(issue, loaded.mask));
    const all = [...loaded.issues, ...told].sort((a, b) => (a.place?.offset ?? 0) - (b.place?.offset ?? 0));
    const failed = all.some(({ severity }) => severity === 'error');
    return { ...(failed ? {} : { plan: masked(plan, loaded.mask) }), issues: all.map(boundIssue) };
  });
}

/** The error of a plan, unless there can be no plan after it. */
function keepable(error: SluiceError): SluiceError {
  if (isCancelled(error) || error.code === 'engine.died' || error.code === 'engine.closed') throw error;
  return error;
}

export function describePlan({ sources, steps, places }: Prepared, { pipeline }: RunContext): Plan {
  const { destination } = pipeline;
  const written = steps.find((step) => step.written)?.name;
  return {
    sources: sources.map(describeSource),
    stages: steps.map(describeStage),
    ...(destination && {
      destination: {
        ...{ name: destination.name, type: destination.type, ...locationOf(destination) },
        ...(written === undefined ? {} : { reads: written }),
      },
    }),
    places,
    contacts: contactsOf([...pipeline.sources, ...(destination ? [destination] : [])]),
  };
}

function describeSource({ name, source, columns, bytes, files }: OpenedSource): PlannedSource {
  return {
    ...{ name, type: source.type, ...locationOf(source) },
    ...(columns ? { columns } : {}),
    ...(columns && readsBytes(source) ? { bytes } : {}),
    ...(columns && 'location' in source ? { files } : {}),
  };
}

function describeStage({ name, position, subPosition, execution, reason, columns, reads }: Step): PlannedStage {
  return {
    ...{ name, position, subPosition, execution, reads },
    ...(reason === undefined ? {} : { reason }),
    ...(columns ? { columns } : {}),
  };
}
