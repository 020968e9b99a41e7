// The relay's HTTP side: the built page, and the API where there are runs.
import type { HttpBindings } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { secureHeaders } from 'hono/secure-headers';
import { createApi } from './api/api.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { thrownFields } from './log.ts';
import { notFoundPage } from './not-found.ts';
import { servePage } from './page.ts';
import type { Services } from './services.ts';

export interface AppOptions {
  /** The folder with the built page, an absolute path. */
  readonly pageDirectory: string;
  /** Absent where only the page is served. */
  readonly services?: Services | undefined;
  /** Exact origins of pages beside the relay's own. */
  readonly allowOrigins?: readonly string[] | undefined;
}

/** HEAD is answered by the route of GET, whose body nobody reads: what it stands on is let go at once. */
const bodiless: MiddlewareHandler = async (context, next) => {
  await next();
  if (context.req.method === 'HEAD') await context.res.body?.cancel();
};

/** A fresh app; it opens nothing before it is asked. */
export function createApp({
  pageDirectory,
  services,
  allowOrigins = [],
}: AppOptions): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(secureHeaders({ contentSecurityPolicy, strictTransportSecurity: false }));
  app.use(methodNotAllowed({ app }), bodiless);
  if (services) app.route('/', createApi(services, { allowOrigins }));
  else app.get('/api/health', (context) => context.json({ status: 'OK' }, 200, { 'Cache-Control': 'no-store' }));
  app.get('*', servePage(pageDirectory));
  app.notFound((context) => {
    if (context.req.path.startsWith('/api/')) return context.json({ status: 'not found' }, 404);
    return context.html(notFoundPage(context.req.path === '/'), 404, { 'Cache-Control': 'no-cache' });
  });
  app.onError((thrown, context) => {
    if (services) services.log.error(thrownFields(thrown), 'the page could not be served');
    else console.error(thrown);
    return context.text('The relay failed to answer; its log says why.', 500);
  });
  return app;
}
