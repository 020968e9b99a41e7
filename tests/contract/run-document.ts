// Runs a document on a platform and answers what a user would notice, as plain data.
import type { Issue } from '../../shared/errors.ts';
import { load } from '../../shared/pipeline/load.ts';
import type { Platform } from '../../shared/platform.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import type { Preview } from '../../shared/protocol/preview.ts';
import { runPipeline } from '../../shared/run/run.ts';
import { rowsOf, type Value } from '../../shared/values/codec.ts';
import { decodeBatches } from '../../shared/values/ipc.ts';

export interface Observed {
  readonly outcome: string;
  /** The error's code and `line:column`, when the run failed. */
  readonly error?: string;
  /** Codes of the notices, sorted. */
  readonly notices: readonly string[];
  /** Shown rows by stage. */
  readonly shown: Readonly<Record<string, readonly (readonly Value[])[]>>;
  readonly executions: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, string>>;
  readonly issue?: Issue;
}

/** The same with the events that it was seen in. */
export interface Watched extends Observed {
  readonly events: readonly RunEvent[];
}

export interface ObserveOptions {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** Runs a document where this process cannot look: through the command, or on a relay. */
export type RunElsewhere = (text: string, options: ObserveOptions) => Promise<RunEvent[]>;

/** A platform whose documents may run elsewhere; what else is asked of it, it answers itself. */
export interface TestPlatform extends Platform {
  readonly runElsewhere?: RunElsewhere;
}

export async function runDocument(
  platform: TestPlatform,
  text: string,
  options: ObserveOptions = {},
): Promise<Watched> {
  if (platform.runElsewhere) {
    const seen = await platform.runElsewhere(text, options);
    return { outcome: outcomeOf(seen.at(-1)), events: seen, ...observe(seen) };
  }
  const events: RunEvent[] = [];
  const { outcome } = await runPipeline(load(text, options.parameters ?? {}), platform, {
    emit: (event) => {
      events.push(event);
      options.onEvent?.(event);
    },
    ...(options.signal ? { signal: options.signal } : {}),
  });
  return { outcome, events, ...observe(events) };
}

function outcomeOf(last: RunEvent | undefined): string {
  if (last?.type === 'run_completed') return 'succeeded';
  if (last?.type === 'run_failed') return 'failed';
  return last?.type === 'run_cancelled' ? 'cancelled' : `unknown, after ${last?.type ?? 'nothing'}`;
}

/** What a user notices of a run, from its events. */
export function observe(events: readonly RunEvent[]): Omit<Observed, 'outcome'> {
  const shown: Record<string, Value[][]> = {};
  const executions: Record<string, string> = {};
  const columns: Record<string, string> = {};
  const notices: string[] = [];
  let issue: Issue | undefined;
  for (const event of events) {
    if (event.type === 'notice') notices.push(event.issue.code);
    if (event.type === 'run_failed') issue = event.issue;
    if (event.type === 'planned') {
      for (const stage of event.plan.stages) executions[stage.name] = stage.execution;
    }
    if (event.type === 'source_completed') {
      columns[event.name] = event.columns.map(({ name, type }) => `${name} ${type}`).join(', ');
    }
    if (event.type === 'stage_output' && event.output.kind === 'show') {
      shown[event.name] = previewRows(event.output);
    }
  }
  const error = issue && `${issue.code}${issue.place ? ` at ${issue.place.line}:${issue.place.column}` : ''}`;
  return {
    ...{ shown, executions, columns, notices: notices.sort() },
    ...(issue && error ? { issue, error } : {}),
  };
}

/** The rows of a preview, which `sluice run --output json` tells as values. */
export function previewRows(preview: Preview | ValuesPreview): Value[][] {
  const { columns } = preview;
  if ('values' in preview) return preview.values.map((row) => columns.map(({ name }) => row[name] ?? null));
  return preview.batches.flatMap((bytes) => decodeBatches(bytes).flatMap((batch) => rowsOf(batch, columns)));
}

interface ValuesPreview extends Pick<Preview, 'columns'> {
  readonly values: readonly Readonly<Record<string, Value>>[];
}

/** A one-stage document that shows the rows of a query over one file. */
export function showFile(location: string, format: string, query = 'SELECT * FROM data', more = ''): string {
  return `sources:
  - { type: file, name: data, location: "${location}", format: ${format} }
stages:
  - - name: result
      query: ${JSON.stringify(query)}
      show: 100
${more}`;
}
