// What of a run is under way, as lines: name, share, rows, bytes, and the time that is left.
import { bytesText, countText, roughlyText } from '../../text/amounts.ts';
import { oneLine } from '../../text/safe.ts';
import { padded } from '../../text/width.ts';
import type { Report } from './report.ts';

interface Task {
  readonly label: string;
  readonly started: number;
  /** 0 to 1, where it is known. */
  fraction?: number;
  rows?: number;
  bytes?: number;
  totalBytes?: number;
}

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const barWidth = 20;
/** Before so much is done, what is left cannot be told. Share and milliseconds. */
const least = { fraction: 0.03, elapsed: 1000 } as const;

export class LiveTasks {
  readonly #tasks = new Map<string, Task>();
  #waiting: number | undefined;
  /** When the connection is tried again, while there is none; milliseconds of `performance.now`. */
  #tryingAt: number | undefined;
  #turn = 0;

  take(report: Report): void {
    switch (report.type) {
      case 'waiting':
        this.#waiting = report.position;
        break;
      case 'connection_lost':
        this.#tryingAt = performance.now() + report.retryMs;
        break;
      case 'connection_resumed':
        this.#tryingAt = undefined;
        break;
      case 'run_started':
        this.#waiting = undefined;
        break;
      case 'source_started':
        this.#begin(`source ${report.name}`, `reading ${report.name}`);
        break;
      case 'source_progress': {
        const { bytes, totalBytes, rows } = report;
        const fraction = totalBytes > 0 ? { fraction: Math.min(1, bytes / totalBytes) } : {};
        this.#update(`source ${report.name}`, { bytes, totalBytes, rows, ...fraction });
        break;
      }
      case 'source_completed':
        this.#tasks.delete(`source ${report.name}`);
        break;
      case 'stage_started':
        this.#begin(`stage ${report.name}`, `stage ${report.name}`);
        break;
      case 'stage_progress':
        this.#update(`stage ${report.name}`, { fraction: report.fraction });
        break;
      case 'stage_completed':
        this.#tasks.delete(`stage ${report.name}`);
        break;
      case 'destination_started':
        this.#begin('destination', `writing ${report.location ?? report.name}`);
        break;
      case 'destination_progress': {
        const { fraction, rows } = report;
        this.#update('destination', {
          ...(fraction === undefined ? {} : { fraction }),
          ...(rows === undefined ? {} : { rows }),
        });
        break;
      }
      case 'destination_completed':
        this.#tasks.delete('destination');
        break;
      case 'run_completed':
      case 'run_failed':
      case 'run_cancelled':
        this.#tasks.clear();
        break;
      case 'executor_progress':
        this.#takeExecutor(report);
        break;
      default:
        break;
    }
  }

  /** A line for each that is under way. */
  lines(now = performance.now()): string[] {
    const sign = spinner[this.#turn++ % spinner.length] ?? '';
    if (this.#tryingAt !== undefined) {
      const seconds = Math.max(0, Math.ceil((this.#tryingAt - now) / 1000));
      return [`${sign} no connection; ${seconds > 0 ? `trying again in ${seconds} s` : 'trying again'}`];
    }
    if (this.#waiting !== undefined) return [`${sign} waiting: ${countText(this.#waiting, 'run')} before this one`];
    const width = Math.max(0, ...[...this.#tasks.values()].map(({ label }) => label.length));
    return [...this.#tasks.values()].map((task) => `${sign} ${padded(task.label, width)}  ${taskText(task, now)}`);
  }

  #begin(key: string, label: string): void {
    this.#tasks.set(key, { label: oneLine(label), started: performance.now() });
  }

  #update(key: string, change: Partial<Task>): void {
    const task = this.#tasks.get(key);
    if (task) Object.assign(task, change);
  }

  #takeExecutor({ progress, event }: Report & { type: 'executor_progress' }): void {
    this.#waiting = undefined;
    if (event.type === 'started') this.#begin('executor', 'on the executor');
    if (event.type === 'completed') this.#tasks.delete('executor');
    this.#update('executor', { fraction: progress / 100 });
  }
}

function taskText({ started, fraction, rows, bytes, totalBytes }: Task, now: number): string {
  const elapsed = now - started;
  const known = fraction !== undefined && fraction >= least.fraction && elapsed >= least.elapsed;
  return [
    ...(fraction === undefined ? [] : [`${bar(fraction)} ${Math.floor(fraction * 100)} %`]),
    ...(rows ? [countText(rows, 'row')] : []),
    ...(bytes ? [totalBytes ? `${bytesText(bytes)} of ${bytesText(totalBytes)}` : bytesText(bytes)] : []),
    known ? `about ${roughlyText((elapsed * (1 - fraction)) / fraction)} left` : `${(elapsed / 1000).toFixed(1)} s`,
  ].join('  ');
}

function bar(fraction: number): string {
  const done = Math.round(fraction * barWidth);
  return `[${'#'.repeat(done)}${'-'.repeat(barWidth - done)}]`;
}
