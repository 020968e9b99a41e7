// A server that gives files in good and bad ways: `/<way>/<file>`. It listens on this machine only, on a free port.
// A page on another port is of another origin, so that it also proves CORS.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';

export interface FileServer {
  /** Such as `http://127.0.0.1:40000`. */
  readonly address: string;
  close(): Promise<void>;
}

const ids = Array.from({ length: 60_000 }, (_, index) => index);
const names = ids.map((id) => `name ${(id * 7919) % 1000}`);
const large = Buffer.from(`id,name\n${ids.map((id) => `${id},${names[id] ?? ''}`).join('\n')}\n`);
const parquet = parquetWriteBuffer({
  columnData: [
    { name: 'id', data: ids.map(BigInt), type: 'INT64' },
    { name: 'name', data: names, type: 'STRING' },
  ],
  codec: 'UNCOMPRESSED',
});

const files: Readonly<Record<string, Buffer>> = {
  'small.csv': Buffer.from('a,b\n1,x\n2,y\n'),
  'empty.csv': Buffer.alloc(0),
  'large.csv': large,
  'large.csv.gz': gzipSync(large),
  'files.json': Buffer.from('["small.csv", "small.csv", "empty.csv"]'),
  'rows.json': Buffer.from('{"a":1}\n{"a":2}\n'),
  'large.parquet': Buffer.from(parquet),
};

type Way = (content: Buffer, request: IncomingMessage, response: ServerResponse) => void;

const modified = new Date(Date.UTC(2024, 0, 31)).toUTCString();
const open = { 'Access-Control-Allow-Origin': '*', 'Last-Modified': modified };

/** Sends the part that was asked for, as servers of files do. */
function sendParts(headers: Record<string, string>, head = true): Way {
  return (content, request, response) => {
    if (request.method === 'HEAD' && !head) return void response.writeHead(405, open).end();
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    if (from === undefined) {
      response.writeHead(200, { ...headers, 'Content-Length': content.length });
      return void response.end(request.method === 'HEAD' ? undefined : content);
    }
    if (Number(from) >= content.length) {
      return void response.writeHead(416, { ...headers, 'Content-Range': `bytes */${content.length}` }).end();
    }
    const end = Math.min(to ? Number(to) + 1 : Infinity, content.length);
    const range = `bytes ${from}-${end - 1}/${content.length}`;
    const part = content.subarray(Number(from), end);
    response.writeHead(206, { ...headers, 'Content-Range': range, 'Content-Length': part.length });
    response.end(part);
  };
}

function sendWhole(headers: Record<string, string>, status = 200): Way {
  return (content, _, response) => {
    response.writeHead(status, { ...headers, 'Content-Length': content.length });
    response.end(content);
  };
}

/** As servers do that compress whatever they send, asked or not. */
function sendEncoded(encoding: string, encode: (content: Buffer) => Buffer): Way {
  return (content, request, response) =>
    sendWhole({ ...open, 'Content-Encoding': encoding })(encode(content), request, response);
}

/** Another way than parts for all but the beginning of a file. */
function afterBeginning(way: Way): Way {
  return (content, request, response) => {
    const beginning = /^bytes=0-/.test(request.headers.range ?? 'bytes=0-');
    (beginning ? sendParts(open) : way)(content, request, response);
  };
}

let changes = 0;

const ways: Readonly<Record<string, Way>> = {
  good: sendParts({ ...open, 'Access-Control-Expose-Headers': 'Content-Range' }),
  /** Another origin does not get to know the size from an answer with a part. */
  hidden: sendParts(open),
  'no-head': sendParts(open, false),
  whole: sendWhole(open),
  /** As servers do that say of compressed files that only their transport is compressed. */
  encoded: sendWhole({ ...open, 'Content-Encoding': 'gzip' }),
  'no-cors': sendParts({ 'Last-Modified': modified }),
  forbidden: sendWhole(open, 403),
  broken: sendWhole(open, 500),
  busy: sendWhole(open, 429),
  /** Some servers call every file a page. */
  'called-page': sendWhole({ ...open, 'Content-Type': 'TEXT/HTML; charset=utf-8' }),
  /** Some answer with a page where there is no file. */
  page: (_, __, response) => {
    response.writeHead(200, { ...open, 'Content-Type': 'text/html; charset=utf-8' });
    response.end('<!doctype html>\n<html><title>Welcome</title></html>');
  },
  nothing: (_, __, response) => void response.writeHead(204, open).end(),
  /** A part for who has not asked for one. */
  unasked: (content, request, response) => {
    if (request.headers.range !== undefined) return sendParts(open)(content, request, response);
    response.writeHead(206, { ...open, 'Content-Range': `bytes 0-9/${content.length}` }).end(content.subarray(0, 10));
  },
  'in-gzip': sendEncoded('gzip', gzipSync),
  'in-br': sendEncoded('br', brotliCompressSync),
  'in-deflate': sendEncoded('deflate', deflateSync),
  'in-raw-deflate': sendEncoded('deflate', deflateRawSync),
  redirect: (_, request, response) => {
    response.writeHead(302, { ...open, Location: request.url?.replace('/redirect/', '/good/') }).end();
  },
  stall: (content, _, response) => {
    response.writeHead(200, { ...open, 'Content-Length': content.length });
    response.write(content.subarray(0, content.length >> 1));
  },
  cut: (content, _, response) => {
    response.writeHead(200, { ...open, 'Content-Length': content.length });
    response.write(content.subarray(0, content.length >> 1), () => response.destroy());
  },
  longer: (content, _, response) => {
    response.writeHead(200, { ...open, 'Content-Length': content.length + 10, Connection: 'close' });
    response.end(content);
  },
  /** The beginning is good, the rest is gone, cut off or never comes. */
  'then-gone': afterBeginning((_, __, response) => void response.writeHead(404, open).end()),
  'then-cut': afterBeginning((content, request, response) => {
    const [, from = '', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const range = `bytes ${from}-${to}/${content.length}`;
    response.writeHead(206, { ...open, 'Content-Range': range, 'Content-Length': Number(to) - Number(from) + 1 });
    response.write('half', () => response.destroy());
  }),
  'then-stall': afterBeginning(() => undefined),
  /** Sends parts, each time of another version. */
  changing: (content, request, response) => {
    const version = new Date(Date.UTC(2024, 0, 31) + ++changes * 1000).toUTCString();
    sendParts({ ...open, 'Last-Modified': version })(content, request, response);
  },
};

export async function startFileServer(): Promise<FileServer> {
  const log: { readonly url: string; readonly line: string }[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, way = '', name = ''] = url.pathname.split('/');
    if (way === 'log') {
      const seen = log.filter(({ url: other }) => other.endsWith(url.search)).map(({ line }) => line);
      response.writeHead(200, { ...open, 'Content-Type': 'application/json' }).end(JSON.stringify(seen));
      return;
    }
    log.push({ url: request.url ?? '', line: `${request.method ?? ''} ${request.headers.range ?? ''}`.trim() });
    const content = files[name];
    // Leave for anything else than a simple request is not given: OPTIONS is not answered.
    if (request.method === 'OPTIONS' || !content)
      response.writeHead(request.method === 'OPTIONS' ? 403 : 404, open).end();
    else ways[way]?.(content, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
