// A run as lines of JSON: each report an object. Rows are objects of canonical values (shared/values/codec.ts) under
// `values`; what else would be bytes does not exist.
import type { Preview } from '../../../shared/protocol/preview.ts';
import { rowsOf } from '../../../shared/values/codec.ts';
import { decodeBatches } from '../../../shared/values/ipc.ts';
import { safeJson } from '../../text/safe.ts';
import { print, printError } from '../streams.ts';
import { stopping } from './event-lines.ts';
import type { Report, Reporter } from './report.ts';

export class JsonReporter implements Reporter {
  report(report: Report): Promise<void> {
    if (report.type === 'stopping') return printError(stopping);
    return print(`${jsonText(readable(report))}\n`);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** JSON that a terminal can show as it is; on one line without an indent. */
export function jsonText(data: unknown, indent?: number): string {
  return safeJson(JSON.stringify(data, undefined, indent));
}

function readable(report: Report): unknown {
  if (report.type === 'stage_output' && report.output.kind === 'show') {
    return { ...report, output: withValues(report.output) };
  }
  if (report.type === 'check_completed' && report.samples) {
    return { ...report, samples: withValues(report.samples) };
  }
  return report;
}

function withValues({ batches, ...preview }: Preview): unknown {
  const { columns } = preview;
  const values = batches
    .flatMap((bytes) => decodeBatches(bytes))
    .flatMap((batch) => rowsOf(batch, columns))
    .map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
  return { ...preview, values };
}
