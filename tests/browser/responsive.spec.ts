// A run over many rows, and a walk through them. Whether the main thread stays free is measured by `npm run bench`.
import { test } from './sluice-page.ts';
import { openLargeRun, runAndScroll } from './work/large-run.ts';

test('a file of many rows is run, and each of its rows can be scrolled to', async ({ sluice }) => {
  await openLargeRun(sluice);
  await runAndScroll(sluice);
});
