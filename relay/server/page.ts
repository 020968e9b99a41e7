// Serves the files of the built page. Hono's own serveStatic has no ETag, answers suffix ranges wrongly and never 416,
// and DuckDB-WASM probes with HEAD and Range; so this is our own (RFC 9110: 12.5.3 codings, 13 conditions, 14 ranges).
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Context, Handler } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import { getMimeType } from 'hono/utils/mime';
import { isUnchanged, mayUseRange } from './conditions.ts';
import { openPageFile, type PageFile } from './page-file.ts';
import { parseRange } from './ranges.ts';

/** Media types that Hono does not know. */
const mediaTypes: Readonly<Record<string, string>> = {
  parquet: 'application/vnd.apache.parquet',
  yml: 'application/yaml',
  yaml: 'application/yaml',
  toml: 'application/toml',
  jsonl: 'application/jsonl',
  ndjson: 'application/x-ndjson',
};

/** Content codings by preference, with the ending of the compressed file beside the plain one. */
const codings = [
  { coding: 'br', ending: '.br' },
  { coding: 'gzip', ending: '.gz' },
] as const;

/** Answers GET and HEAD with the file that the path names below `directory`, or with the app's not-found page. */
export function servePage(directory: string): Handler {
  return async (context) => {
    const name = fileName(new URL(context.req.url).pathname);
    const file = name === undefined ? undefined : await find(join(directory, name), context);
    if (name === undefined || !file) return context.notFound();
    return respond(context, file, {
      'Content-Type':
        getMimeType(name) ?? mediaTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
      // Vite puts a hash of the content into the names of assets, so they never change.
      'Cache-Control': name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ETag: file.tag,
      'Last-Modified': file.modified.toUTCString(),
      'Accept-Ranges': 'bytes',
      Vary: 'Accept-Encoding',
      ...(file.coding === undefined ? {} : { 'Content-Encoding': file.coding }),
    });
  };
}

/** The file below the page's folder that a path names; undefined for a path that could lead anywhere else. */
function fileName(pathname: string): string | undefined {
  const steps = pathname.slice(1).split('/').map(decode);
  if (steps.at(-1) === '') steps[steps.length - 1] = 'index.html';
  // A step is not empty, not hidden, and holds no separator and no NUL.
  const good = steps.every((step) => step !== undefined && !step.startsWith('.') && /^[^/\\\0]+$/.test(step));
  return good ? steps.join('/') : undefined;
}

function decode(step: string): string | undefined {
  try {
    return decodeURIComponent(step);
  } catch {
    return undefined; // a path that is not UTF-8 names nothing
  }
}

/** Opens the file, or its compressed neighbour where the client takes that and asks for the whole. */
async function find(path: string, context: Context): Promise<PageFile | undefined> {
  const accepted = parseAccept(context.req.header('Accept-Encoding') ?? '').filter(({ q }) => q > 0);
  const whole = context.req.header('Range') === undefined;
  for (const { coding, ending } of whole ? codings : []) {
    if (!accepted.some(({ type }) => type.toLowerCase() === coding)) continue;
    const compressed = await openPageFile(path + ending, coding);
    if (compressed) return compressed;
  }
  return openPageFile(path);
}

/** Answers with the file, the part that was asked for, or only what is known of it; closes the file in any case. */
async function respond(context: Context, file: PageFile, headers: Record<string, string>): Promise<Response> {
  const { request, size } = { request: context.req.raw.headers, size: file.size };
  const bare = (status: 304 | 416, more: Record<string, string> = {}): Response =>
    context.body(null, status, { ...headers, ...more });
  if (isUnchanged(request, file)) return file.handle.close().then(() => bare(304));
  const range = mayUseRange(request, file) ? parseRange(context.req.header('Range'), size) : undefined;
  if (range === 'unsatisfiable') {
    return file.handle.close().then(() => bare(416, { 'Content-Range': `bytes */${size}` }));
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  const sized = {
    ...headers,
    'Content-Length': String(end - start + 1),
    ...(range && { 'Content-Range': `bytes ${start}-${end}/${size}` }),
  };
  const status = range ? 206 : 200; // for HEAD too, from which DuckDB-WASM learns that ranges work
  if (context.req.method === 'HEAD' || size === 0) {
    await file.handle.close();
    return context.body(null, status, sized);
  }
  const stream = file.handle.createReadStream({ start, end, highWaterMark: 256 * 1024 });
  return context.body(Readable.toWeb(stream) as ReadableStream<Uint8Array>, status, sized);
}
