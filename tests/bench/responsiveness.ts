// How long the built page's main thread works at a time, while someone types and while a run goes on.
import { chromium, type Browser } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { createApp } from '../../relay/server/app.ts';
import { listen } from '../../relay/server/listen.ts';
import { SluicePage } from '../browser/sluice-page.ts';
import { openLargeRun, runAndScroll } from '../browser/work/large-run.ts';
import { openLongPipeline, typeAtBothEnds } from '../browser/work/typing.ts';
import { tasksDuring } from './main-thread.ts';
import type { Figure } from './measure.ts';

const atMost = 50; // milliseconds, from when on browsers call a task long

interface Work {
  readonly title: string;
  /** What comes before the measured work, in a page where nothing was done yet. */
  readonly open: (sluice: SluicePage) => Promise<void>;
  readonly work: (sluice: SluicePage) => Promise<void>;
}

const works: readonly Work[] = [
  { title: 'typing in 500 lines', open: openLongPipeline, work: typeAtBothEnds },
  { title: 'a run and scrolling', open: openLargeRun, work: runAndScroll },
];

/** The longest task of each work, in the page that `npm run build` has put into dist/web. */
export async function benchResponsiveness(
  executablePath: string | undefined,
  flags: readonly string[],
): Promise<Figure[]> {
  const pageDirectory = fileURLToPath(new URL('../../dist/web', import.meta.url));
  const server = await listen(createApp({ pageDirectory }), { host: '127.0.0.1', port: 0 });
  try {
    const browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...flags],
    });
    try {
      const figures: Figure[] = [];
      for (const each of works) figures.push(await measure(browser, server.address, each));
      return figures;
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}

async function measure(browser: Browser, baseURL: string, { title, open, work }: Work): Promise<Figure> {
  const page = await browser.newPage({ baseURL });
  const sluice = new SluicePage(page);
  await sluice.open();
  await open(sluice);
  const [longest = NaN, ...others] = await tasksDuring(browser, page, () => work(sluice));
  await page.close();
  return {
    title: `longest task of the main thread, ${title}`,
    value: longest,
    atMost,
    unit: ' ms',
    detail: `then ${others.slice(0, 4).join(', ')} of ${others.length + 1} tasks`,
  };
}
