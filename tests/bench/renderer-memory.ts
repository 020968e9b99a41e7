// The resident memory of the page's process, Worker and wasm included, where Linux tells it.
import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

export interface RendererMemory {
  /** Bytes now. */
  current(): Promise<number>;
  /** Most bytes since this was made. */
  peak(): Promise<number>;
}

export async function rendererMemory(page: Page): Promise<RendererMemory> {
  const browser = page.context().browser();
  const session = await (browser ? browser.newBrowserCDPSession() : page.context().newCDPSession(page));
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
    processInfo: { id: number; type: string }[];
  };
  const sizes = await Promise.all(
    processInfo
      .filter(({ type }) => type === 'renderer')
      .map(async ({ id }) => ({ id, bytes: await statusOf(id, 'VmRSS') })),
  );
  const largest = sizes.sort((a, b) => b.bytes - a.bytes)[0];
  if (!largest) throw new Error('No renderer process was found.');
  await writeFile(`/proc/${largest.id}/clear_refs`, '5'); // the peak counts from here
  return { current: () => statusOf(largest.id, 'VmRSS'), peak: () => statusOf(largest.id, 'VmHWM') };
}

async function statusOf(process: number, field: string): Promise<number> {
  const status = await readFile(`/proc/${process}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? NaN) * 1024;
}
