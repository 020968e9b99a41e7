// A run on a terminal: what is done stays as lines, what is under way is drawn below them, anew ten times a second.
import process from 'node:process';
import { cut } from '../../text/width.ts';
import { print, terminalWidth } from '../streams.ts';
import { LiveTasks } from './live-tasks.ts';
import type { Report, Reporter } from './report.ts';
import type { TextReporter } from './text-reporter.ts';

const interval = 100; // ms
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
/** Lines under way that are drawn at most; a terminal cannot scroll back what is drawn anew. */
const mostLines = 8;

export class LiveReporter implements Reporter {
  readonly #text: TextReporter;
  readonly #tasks = new LiveTasks();
  readonly #timer: NodeJS.Timeout;
  #drawn = 0;
  #order: Promise<void> = Promise.resolve();

  constructor(text: TextReporter) {
    this.#text = text;
    this.#timer = setInterval(() => this.#draw(), interval);
    process.once('exit', restore);
    process.stdout.write(hideCursor);
  }

  report(report: Report): Promise<void> {
    this.#tasks.take(report);
    if (silent.has(report.type)) return Promise.resolve();
    this.#erase();
    this.#order = this.#order.then(() => this.#text.report(report));
    return this.#order;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#erase();
    await this.#order;
    process.off('exit', restore);
    await print(showCursor);
  }

  #draw(): void {
    const width = (terminalWidth() ?? 80) - 1;
    const lines = this.#tasks.lines();
    const shown = lines.slice(0, mostLines).map((line) => cut(line, width));
    if (lines.length > mostLines) shown.push(`  … and ${lines.length - mostLines} more`);
    process.stdout.write(this.#erasing() + shown.map((line) => `${line}\n`).join(''));
    this.#drawn = shown.length;
  }

  #erase(): void {
    process.stdout.write(this.#erasing());
    this.#drawn = 0;
  }

  /** Up to the first line that is drawn anew, and everything from there on cleared. */
  #erasing(): string {
    return this.#drawn === 0 ? '' : `\u001b[${this.#drawn}A\r\u001b[0J`;
  }
}

/** Reports that change only what is under way. */
const silent: ReadonlySet<Report['type']> = new Set([
  ...(['source_started', 'source_progress', 'stage_progress', 'stage_started', 'destination_started'] as const),
  ...(['destination_progress', 'waiting', 'planned'] as const),
]);

/** A command that ends at once leaves a terminal with a cursor. */
function restore(): void {
  process.stdout.write(showCursor);
}
