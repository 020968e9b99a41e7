// Reports as lines for people, in the words of Aqueducts' command (chapter 11 of the reference).
import type { ProgressEvent } from '../../../shared/protocol/aqueducts.ts';
import { bytesText, countText, secondsText } from '../../text/amounts.ts';
import { oneLine } from '../../text/safe.ts';
import type { Report } from './report.ts';

/** The line of a report; undefined for those that have none. */
export function lineOf(report: Report): string | undefined {
  switch (report.type) {
    case 'run_started':
      return started;
    case 'source_completed':
      return `📚 Registered source: ${oneLine(report.name)}`;
    case 'stage_started':
      return processing(report.name, report.position, report.subPosition);
    case 'stage_completed':
      return completed(report.name, report.durationMs);
    case 'destination_completed':
      return written;
    case 'run_completed':
      return finished(report.durationMs);
    case 'run_cancelled':
      return `🛑 Pipeline execution cancelled (total time: ${secondsText(report.durationMs)})`;
    case 'accepted':
      return `📨 Execution ID: ${report.run}`;
    case 'waiting':
      return `⏳ Pipeline is queued for execution (position: ${report.position})`;
    case 'connection_resumed':
      return '🔌 The connection is back';
    case 'executor_progress':
      return executorLine(report.event);
    default:
      return undefined;
  }
}

/** What is said on standard error after the first Ctrl+C. */
export const stopping = 'Stopping ... (once more ends at once)\n';

const started = '🚀 Pipeline execution started';
const written = '📦 Data successfully written to destination';

function processing(name: string, position: number, subPosition: number): string {
  return `⚙️  Processing stage: ${oneLine(name)} (position: ${position}, sub-position: ${subPosition})`;
}

function completed(name: string, durationMs: number): string {
  return `✅ Completed stage: ${oneLine(name)} (took: ${secondsText(durationMs)})`;
}

function finished(durationMs: number): string {
  return `🎉 Pipeline execution completed (total time: ${secondsText(durationMs)})`;
}

function executorLine(event: ProgressEvent): string {
  switch (event.type) {
    case 'started':
      return started;
    case 'source_registered':
      return `📚 Registered source: ${oneLine(event.name)}`;
    case 'stage_started':
      return processing(event.name, event.position, event.sub_position);
    case 'stage_completed':
      return completed(event.name, event.duration_ms);
    case 'destination_completed':
      return written;
    case 'completed':
      return finished(event.duration_ms);
  }
}

/** What Aqueducts does not tell: rows, bytes, files; undefined where there is nothing to add. */
export function detailOf(report: Report): string | undefined {
  if (report.type === 'destination_completed') return destinationText(report);
  if (report.type !== 'source_completed' && report.type !== 'stage_completed') return undefined;
  return report.rows === undefined ? undefined : countText(report.rows, 'row');
}

function destinationText({ location, name, rows, bytes, files }: Report & { type: 'destination_completed' }): string {
  return [
    oneLine(location ?? name),
    countText(rows, 'row'),
    ...(bytes === undefined ? [] : [bytesText(bytes)]),
    ...(files === undefined ? [] : [countText(files, 'file')]),
  ].join(', ');
}
