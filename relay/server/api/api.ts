// The relay's HTTP beside the page: /api and /metrics. Who asks is known before anything else is looked at.
import { Hono, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { matchedRoutes } from 'hono/route';
import { requestId } from 'hono/request-id';
import type { IncomingMessage } from 'node:http';
import { asSluiceError, failure, type SluiceError } from '../../../shared/errors.ts';
import { thrownFields } from '../log.ts';
import { RunsOfKey } from '../rights.ts';
import type { Services } from '../services.ts';
import { retryHeaders, statusOf } from '../status.ts';
import type { ApiContext } from './context.ts';
import { openApiText } from './openapi.ts';
import { methodsOf } from './methods.ts';
import { planRoutes } from './plans.ts';
import { runRoutes } from './runs.ts';

export interface ApiOptions {
  /** Exact origins of pages beside the relay's own. */
  readonly allowOrigins: readonly string[];
}

/** To be mounted at the root. */
export function createApi(services: Services, { allowOrigins }: ApiOptions): Hono<ApiContext> {
  const app = new Hono<ApiContext>();
  for (const path of ['/api/*', '/metrics', '/ws/*']) {
    app.use(path, requestId(), watched(services), noStore);
  }
  app.use(
    '/api/*',
    cors({
      origin: (origin) => (allowOrigins.includes(origin) ? origin : null),
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['Content-Type', 'X-API-Key', 'Authorization'],
      exposeHeaders: ['Location', 'Retry-After', 'X-Request-Id'],
      maxAge: 600,
    }),
  );
  app.get('/api/health', (context) => context.json({ status: 'OK' }));
  app.get('/api/live', (context) => context.json({ status: 'OK' }));
  app.get('/api/ready', (context) => {
    return services.isReady() ? context.json({ status: 'OK' }) : context.json({ status: 'closing' }, 503);
  });
  app.get('/api/openapi.json', (context) => context.body(openApiText(), 200, { 'Content-Type': 'application/json' }));

  const admitted: MiddlewareHandler<ApiContext> = async (context, next) => {
    const key = services.gate.admit(context.env.incoming);
    context.set('key', key);
    context.set('runs', new RunsOfKey(services.queue, key));
    await next();
  };
  for (const path of ['/api/runs', '/api/runs/*', '/api/plans', '/api/queue', '/metrics', '/ws/connect'])
    app.use(path, admitted);
  app.route('/api', runRoutes(services));
  app.route('/api', planRoutes());
  app.get('/metrics', async (context) => {
    context.var.runs.demand('metrics');
    const { registry } = services.metrics;
    return context.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType });
  });
  // an upgrade never gets here
  app.get('/ws/connect', (context) =>
    context.json({ error: 'This address is for WebSockets.' }, 426, { Upgrade: 'websocket', Connection: 'Upgrade' }),
  );
  const methods = methodsOf(app);
  app.all('/api/*', (context) => {
    const allowed = methods(context.req.path);
    if (allowed.length > 0) {
      const issue = failure('protocol.invalid', `This address knows ${allowed.join(' and ')} only.`).issue;
      return context.json({ error: issue.message, issue }, 405, { Allow: allowed.join(', ') });
    }
    throw failure('run.unknown', 'There is nothing at this address of the API.', { hint: 'See /api/openapi.json.' });
  });
  app.onError((thrown, context) => {
    const error = hasLeft(context.env.incoming) ? leftEarly() : asSluiceError(thrown);
    const status = statusOf(error.issue);
    if (status === 500)
      services.log.error({ ...thrownFields(thrown), request: context.var.requestId }, 'request failed');
    const issue = error.code === 'internal' ? { code: error.code, severity: 'error', message: bug } : error.issue;
    if (status === 401 || status === 403 || status === 429) services.metrics.refusals.inc({ code: error.code });
    if (status === 401 && context.req.path === '/ws/connect') {
      return context.json({ error: 'Authentication failed' }, 401);
    }
    return context.json({ error: issue.message, issue }, status, retryHeaders(error.issue));
  });
  return app;
}

/** Whether a client has gone before its request was here. */
function hasLeft(incoming: IncomingMessage | undefined): boolean {
  return incoming !== undefined && incoming.destroyed && !incoming.complete;
}

/** Nobody will see the answer; it is no failure of the relay. */
function leftEarly(): SluiceError {
  return failure('protocol.invalid', 'The request ended before its body did.');
}

const bug = 'The relay failed to answer; its log says why.';

const noStore: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('Cache-Control', 'no-store');
};

/** Counts and logs requests: what was asked, never with what. */
function watched({ log, metrics }: Services): MiddlewareHandler<ApiContext> {
  return async (context, next) => {
    const started = performance.now();
    await next();
    // the pattern, of which there are few, not the address
    const route = matchedRoutes(context).findLast(({ path }) => !path.includes('*'))?.path ?? '/api/*';
    const { method } = context.req;
    const { status } = context.res;
    metrics.requests.inc({ method, route, status });
    metrics.requestSeconds.observe({ method, route }, (performance.now() - started) / 1000);
    const who = { key: (context.var.key as { submitter: { name: string } } | undefined)?.submitter.name };
    const fields = { request: context.var.requestId, method, route, status, ...who };
    log[status >= 500 ? 'warn' : /health|live|ready|metrics/.test(route) ? 'debug' : 'info'](fields, 'request');
  };
}
