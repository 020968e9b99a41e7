// Runs as rows of the table `runs`.
import type { Json } from '@duckdb/node-api';
import { boundIssue, failure, type Issue } from '../../../shared/errors.ts';
import type { RunState } from '../../../shared/protocol/relay/runs.ts';
import { boundParameters } from '../record-limits.ts';
import type { RunRecord } from './registry.ts';

/**
 * No key and no index: DuckDB checks those over-eagerly when a row is changed, and ten thousand rows are scanned in less
 * than a millisecond. `ordinal` is the order in which runs were accepted.
 */
export const createTable = `CREATE TABLE IF NOT EXISTS runs (
  id VARCHAR NOT NULL, ordinal BIGINT NOT NULL, state VARCHAR NOT NULL, submitted_by VARCHAR NOT NULL,
  parameters VARCHAR NOT NULL, accepted_at BIGINT NOT NULL, started_at BIGINT, ended_at BIGINT, rows BIGINT,
  error VARCHAR, last_sequence BIGINT NOT NULL)`;

export const columns =
  'id, state, submitted_by, parameters, accepted_at, started_at, ended_at, rows, error, last_sequence';

/** The same without the texts that may be long, for what must be read whatever somebody has put into them. */
export const shortColumns = columns.replace(', error,', ', NULL,');

/** What is written of them, within limits: the registry holds many runs, and lists them in little memory. */
export function parametersText(parameters: RunRecord['parameters']): string {
  return JSON.stringify(boundParameters(parameters));
}

export function errorText(error: Issue): string {
  return JSON.stringify(boundIssue(error));
}

/** A row of `columns`, in DuckDB's JSON: its 64-bit integers are text. */
export function recordOf(row: readonly Json[]): RunRecord {
  const [id, state, submittedBy, parameters, acceptedAt, startedAt, endedAt, rows, error, lastSequence] = row;
  return {
    id: textOf(id),
    state: textOf(state) as RunState,
    submittedBy: textOf(submittedBy),
    parameters: (parsed(textOf(parameters)) ?? {}) as Record<string, string>,
    acceptedAt: Number(acceptedAt),
    ...(startedAt === null ? {} : { startedAt: Number(startedAt) }),
    ...(endedAt === null ? {} : { endedAt: Number(endedAt) }),
    ...(rows === null ? {} : { rows: Number(rows) }),
    ...(error === null ? {} : { error: (parsed(textOf(error)) ?? unreadable) as Issue }),
    lastSequence: Number(lastSequence),
  };
}

export function textOf(value: Json | undefined): string {
  if (typeof value !== 'string') throw failure('file.corrupt', 'The record of the runs has no text where it should.');
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // it was written by something else, and one run must not hide the others
  }
}

const unreadable = failure('file.corrupt', 'Why the run failed was recorded in a way that cannot be read.').issue;
