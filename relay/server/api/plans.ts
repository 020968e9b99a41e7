// Plans over HTTP: what a run would read, compute, write and contact here.
import { Hono } from 'hono';
import { failure } from '../../../shared/errors.ts';
import { limits } from '../../../shared/protocol/limits.ts';
import { planRequest } from '../../../shared/protocol/relay/plans.ts';
import { checked } from '../checked.ts';
import { bodyOf, limitedBody } from './body.ts';
import type { ApiContext } from './context.ts';

export function planRoutes(): Hono<ApiContext> {
  const app = new Hono<ApiContext>();
  app.use('/plans', limitedBody);
  app.post('/plans', async (context) => {
    const request = checked(planRequest, await bodyOf(context));
    const text = JSON.stringify(await context.var.runs.plan(request, context.req.raw.signal));
    if (Buffer.byteLength(text) > limits.answer.bytes) {
      throw failure('run.limit', `The plan takes more than the ${limits.answer.bytes} bytes that an answer may have.`);
    }
    return context.body(text, 200, { 'Content-Type': 'application/json' });
  });
  return app;
}
