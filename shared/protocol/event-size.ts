// An event has a largest size, so that it passes everything on its way. Previews keep to a budget where they are made; this
// is for all else that grows with what was given: columns, plans, texts.
import type { Issue } from '../errors.ts';
import type { RunEventBody } from './events.ts';
import { limits } from './limits.ts';

export interface Fitted<Event extends RunEventBody> {
  readonly event: Event;
  /** What is to be told after the event; absent where nothing was left out, and for the last event of a run. */
  readonly notice?: Issue;
}

/** Characters that a text keeps when something must be left out. */
const longestText = 16 * 1024;
const encoder = new TextEncoder();

/** The event, with long texts and lists cut where it is larger than an event may be. */
export function fitted<Event extends RunEventBody>(event: Event): Fitted<Event> {
  if (isSmall(event) || encodedSize(event) <= limits.event.bytes) return { event };
  const cut = new Cut(Math.floor(limits.event.bytes * 0.75)).take(event) as Event;
  const message = `${subjectOf(event)} is not told whole: that would take more than the ${limits.event.bytes} bytes of an event.`;
  const isLast = event.type === 'run_failed' || event.type === 'run_completed' || event.type === 'run_cancelled';
  return isLast ? { event: cut } : { event: cut, notice: { code: 'run.limit', severity: 'warning', message } };
}

function subjectOf(event: RunEventBody): string {
  if (event.type === 'planned') return 'The plan';
  if (event.type === 'notice') return 'A notice';
  return 'name' in event ? `What there is to say about ${event.name.slice(0, 100)}` : 'An event';
}

/** Bytes of the frame that carries it, the frame's own few aside. */
function encodedSize(event: RunEventBody): number {
  let bytes = 0;
  const text = JSON.stringify(event, (_name, value: unknown) => {
    if (!(value instanceof Uint8Array)) return value;
    bytes += value.byteLength + 32;
    return 0;
  });
  return bytes + encoder.encode(text).byteLength;
}

/** Whether it is small without a doubt, which nearly all are: each UTF-16 unit counted as the longest escape. */
function isSmall(event: RunEventBody): boolean {
  let left: number = limits.event.bytes;
  const look = (value: unknown): void => {
    if (left < 0) return;
    left -= 32;
    if (typeof value === 'string') left -= 6 * value.length;
    else if (value instanceof Uint8Array) left -= value.byteLength;
    else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) {
        left -= 6 * name.length;
        look(part);
      }
    }
  };
  look(event);
  return left >= 0;
}

/** Copies data until a budget of bytes is used up: texts are cut, lists end early. Fields stay, and so do bytes that fit. */
class Cut {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  take(value: unknown): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return this.#list(value as unknown[]);
    if (value instanceof Uint8Array) {
      this.#left -= value.byteLength;
      return value;
    }
    this.#left -= 8;
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).map(([name, part]): [string, unknown] => {
      this.#left -= name.length + 4;
      return [name, this.take(part)];
    });
    return Object.fromEntries(fields);
  }

  #text(text: string): string {
    let kept = text.slice(0, longestText);
    let size = encoder.encode(JSON.stringify(kept)).byteLength;
    if (size > this.#left) {
      kept = kept.slice(0, Math.max(0, Math.floor(this.#left / 6)));
      size = encoder.encode(JSON.stringify(kept)).byteLength;
    }
    this.#left -= size;
    return kept.length < text.length ? `${kept.toWellFormed()}…` : text;
  }

  #list(list: readonly unknown[]): unknown[] {
    const kept: unknown[] = [];
    for (const item of list) {
      if (this.#left <= 0 || (item instanceof Uint8Array && item.byteLength > this.#left)) break;
      kept.push(this.take(item));
    }
    return kept;
  }
}
