// The relay's HTTP side: it serves the built page. Nothing of a pipeline runs here yet.
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { secureHeaders } from 'hono/secure-headers';
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

/**
 * What the page may do (Content Security Policy, level 3). Sources may have any http(s) address, so `connect-src` is no
 * wall around the data in the tab (SECURITY.md). DuckDB compiles WebAssembly; CodeMirror and Svelte put styles into the
 * page.
 */
const contentSecurityPolicy = {
  defaultSrc: [`'self'`],
  scriptSrc: [`'self'`, `'wasm-unsafe-eval'`],
  workerSrc: [`'self'`, 'blob:'],
  styleSrc: [`'self'`, `'unsafe-inline'`],
  imgSrc: [`'self'`, 'data:', 'blob:'],
  connectSrc: [`'self'`, 'https:', 'http:'],
  formAction: [`'self'`],
  frameAncestors: [`'self'`],
  baseUri: [`'none'`],
  objectSrc: [`'none'`],
};
