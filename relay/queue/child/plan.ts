// A plan in a process of its own: opening what a document reads is as little to be trusted as running it.
import { asSluiceError } from '../../../shared/errors.ts';
import type { Platform } from '../../../shared/platform.ts';
import { planPipeline } from '../../../shared/run/plan.ts';
import type { RunRequest } from '../request.ts';
import { loadRequest } from './document.ts';
import type { FromChild } from './messages.ts';

/** Never rejects. */
export async function plan(request: RunRequest, platform: Promise<Platform>): Promise<FromChild> {
  try {
    return { type: 'planned', answer: await planPipeline(loadRequest(request), await platform) };
  } catch (thrown) {
    return { type: 'failed', issue: asSluiceError(thrown).issue };
  }
}
