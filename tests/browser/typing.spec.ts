// Typing into a pipeline of 500 lines: fields are offered and what is wrong is told as in a short one. How long a key
// takes is measured by `npm run bench`.
import { expect, test } from './sluice-page.ts';
import { longPipeline, openLongPipeline, typeAtBothEnds } from './work/typing.ts';

test('a document of 500 lines is checked and completed while it is typed', async ({ sluice }) => {
  expect(longPipeline.split('\n').length).toBeGreaterThan(490);
  await openLongPipeline(sluice);
  await typeAtBothEnds(sluice);
  await expect(sluice.editor).toContainText('name: here');
});
