// Which methods an address of the API knows, for answers with 405.
import type { Hono } from 'hono';
import type { ApiContext } from './context.ts';

/** The methods of a path, none for an unknown one. To be called when all routes are there but the last. */
export function methodsOf(app: Hono<ApiContext>): (path: string) => readonly string[] {
  const known = app.routes
    .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
    .map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replaceAll(/:[^/]+/g, '[^/]+')}$`) }));
  return (path) => {
    const found = known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    return [...new Set(found.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
  };
}
