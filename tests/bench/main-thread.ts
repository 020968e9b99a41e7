// How long the page's main thread works at a time: the time that the thread itself has worked, from Chromium's trace
// events (`tdur`), so that other work on the machine does not count.
import type { Browser, Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds that the thread has worked. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Milliseconds of every task of the page's main thread, the longest first. */
export async function tasksDuring(browser: Browser, page: Page, work: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const mains = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const isOurs = ({ pid, tid }: TraceEvent): boolean => mains.some((main) => main.pid === pid && main.tid === tid);
  const tasks = traceEvents.filter((event) => event.name.endsWith('RunTask') && isOurs(event));
  return tasks.map(({ tdur = 0 }) => Math.round(tdur / 100) / 10).sort((a, b) => b - a);
}
