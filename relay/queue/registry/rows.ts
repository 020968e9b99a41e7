// Runs as rows of the table `runs`.
import type { Json } from '@duckdb/node-api';
import type { Issue } from '../../../shared/errors.ts';
import type { RunState } from '../../../shared/protocol/relay/runs.ts';
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

/** A row of `columns`, in DuckDB's JSON: its 64-bit integers are text. */
export function recordOf(row: readonly Json[]): RunRecord {
  const [id, state, submittedBy, parameters, acceptedAt, startedAt, endedAt, rows, error, lastSequence] = row;
  return {
    id: textOf(id),
    state: textOf(state) as RunState,
    submittedBy: textOf(submittedBy),
    parameters: JSON.parse(textOf(parameters)) as Record<string, string>,
    acceptedAt: Number(acceptedAt),
    ...(startedAt === null ? {} : { startedAt: Number(startedAt) }),
    ...(endedAt === null ? {} : { endedAt: Number(endedAt) }),
    ...(rows === null ? {} : { rows: Number(rows) }),
    ...(error === null ? {} : { error: JSON.parse(textOf(error)) as Issue }),
    lastSequence: Number(lastSequence),
  };
}

export function textOf(value: Json | undefined): string {
  if (typeof value !== 'string') throw new Error('The record of the runs has no text where it should.');
  return value;
}
