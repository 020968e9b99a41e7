import { expect, it } from 'vitest';
import { pause } from './pause.ts';

const never = 2 ** 31 - 1; // milliseconds

it('a pause ends when it is aborted, and at once when it was before', async () => {
  const controller = new AbortController();
  const paused = pause(never, controller.signal);
  controller.abort();
  await expect(paused).resolves.toBeUndefined();
  await expect(pause(never, controller.signal)).resolves.toBeUndefined();
});

it('a pause that nobody ends is over in its time', async () => {
  await expect(pause(1, new AbortController().signal)).resolves.toBeUndefined();
});
