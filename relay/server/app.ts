// The relay's HTTP side: it serves the built page. Nothing of a pipeline runs here yet.
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { secureHeaders } from 'hono/secure-headers';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { notFoundPage } from './not-found.ts';
import { servePage } from './page.ts';

export interface AppOptions {
  /** The folder with the built page, an absolute path. */
  readonly pageDirectory: string;
}

/** A fresh app; it holds no state and opens nothing before it is asked. */
export function createApp({ pageDirectory }: AppOptions): Hono {
  const app = new Hono();
  app.use(secureHeaders({ contentSecurityPolicy, strictTransportSecurity: false }));
  app.use(methodNotAllowed({ app }));
  app.get('/api/health', (context) => context.json({ status: 'OK' }, 200, { 'Cache-Control': 'no-store' }));
  app.get('*', servePage(pageDirectory));
  app.notFound((context) => {
    const api = context.req.path.startsWith('/api/');
    const headers = { 'Cache-Control': 'no-cache' };
    if (api) return context.json({ status: 'not found' }, 404, headers);
    return context.html(notFoundPage(context.req.path === '/'), 404, headers);
  });
  app.onError((thrown, context) => {
    console.error(thrown);
    return context.text('The relay failed to answer; its log says why.', 500);
  });
  return app;
}
