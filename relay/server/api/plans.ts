// Plans over HTTP: what a run would read, compute, write and contact here.
import { Hono } from 'hono';
import { planRequest } from '../../../shared/protocol/relay/plans.ts';
import { bodyOf, checked, limitedBody } from './body.ts';
import type { ApiContext } from './context.ts';

export function planRoutes(): Hono<ApiContext> {
  const app = new Hono<ApiContext>();
  app.use('/plans', limitedBody);
  app.post('/plans', async (context) => {
    const request = checked(planRequest, await bodyOf(context));
    return context.json(await context.var.runs.plan(request, context.req.raw.signal));
  });
  return app;
}
