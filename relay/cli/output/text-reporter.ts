// A run as lines of text: progress and tables on standard output, what went wrong on standard error.
import process from 'node:process';
import type { Issue } from '../../../shared/errors.ts';
import { countText } from '../../text/amounts.ts';
import { diagnosticText, type QuotedText } from '../../text/diagnostic.ts';
import { outputHeader } from '../../text/header.ts';
import { outputText } from '../../text/output.ts';
import { oneLine, severalLines } from '../../text/safe.ts';
import { tableText } from '../../text/table.ts';
import { canDraw, paintFor, print, printError, terminalWidth } from '../streams.ts';
import { detailOf, lineOf, stopping } from './event-lines.ts';
import { isTold, levelOf, type LogLevel } from './log-level.ts';
import type { Report, Reporter } from './report.ts';

export interface TextOptions {
  readonly level: LogLevel;
  /** What the places of issues point into; undefined where they point into another text. */
  readonly quoted: QuotedText | undefined;
}

export class TextReporter implements Reporter {
  readonly #options: TextOptions;
  readonly #shownIssues = new Set<string>();
  /** Whether it was told that the connection is lost. */
  #away = false;

  constructor(options: TextOptions) {
    this.#options = options;
  }

  async report(report: Report): Promise<void> {
    const { level } = this.#options;
    if (report.type === 'stopping') return printError(stopping);
    if (report.type === 'notice') return this.#tell(report.issue);
    if (report.type === 'run_failed') return this.#tell(report.issue);
    if (report.type === 'stage_output') {
      const text = outputText(report.output, { width: terminalWidth() });
      return print(outputHeader(report.name, report.output) + text);
    }
    if (report.type === 'executor_output') {
      const missing = report.complete ? '' : '… the executor did not send the rest.\n';
      return print(`${severalLines(report.header)}${severalLines(report.text).trimEnd()}\n${missing}`);
    }
    if (report.type === 'check_completed' && !report.passed) return this.#tellCheck(report);
    if (report.type === 'connection_lost') {
      // once, however often it is tried
      const first = !this.#away;
      this.#away = true;
      if (first && isTold('warn', level)) await printError(`${report.message} Trying again ...\n`);
      return;
    }
    if (report.type === 'connection_resumed') this.#away = false;
    const line = lineOf(report);
    if (line !== undefined && isTold('info', level)) await print(`${line}${this.#detail(report)}\n`);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** On a terminal behind the line; elsewhere the lines are those of Aqueducts, and what was written has one of its own. */
  #detail(report: Report): string {
    const detail = detailOf(report);
    if (detail === undefined) return '';
    if (canDraw()) return ` ${paintFor(process.stdout)('dim', detail)}`;
    return report.type === 'destination_completed' ? `\n   ${detail}` : '';
  }

  /** The same issue may come as a notice and as the reason of the end. */
  async #tell(issue: Issue): Promise<void> {
    if (!isTold(levelOf[issue.severity], this.#options.level)) return;
    const text = diagnosticText(issue, this.#options.quoted, paintFor(process.stderr));
    if (this.#shownIssues.has(text)) return;
    this.#shownIssues.add(text);
    await printError(text);
  }

  async #tellCheck(report: Report & { type: 'check_completed' }): Promise<void> {
    const { relation, check, severity, failing, samples } = report;
    if (!isTold(severity === 'error' ? 'error' : 'warn', this.#options.level)) return;
    const rows = samples && samples.rows > 0 ? tableText(samples, { width: process.stderr.columns }) : '';
    const mark = severity === 'error' ? '❌' : '⚠️ ';
    await printError(`${mark} Check ${oneLine(check)} of ${oneLine(relation)}: ${countText(failing, 'row')}\n${rows}`);
  }
}
