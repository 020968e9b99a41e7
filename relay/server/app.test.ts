import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApp } from './app.ts';

let folder: string;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-page-'));
  const page = join(folder, 'page');
  await mkdir(join(page, 'assets'), { recursive: true });
  await mkdir(join(page, 'examples'));
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(page, 'index.html'), '<!doctype html><title>Sluice</title>');
  await writeFile(join(page, '.hidden'), 'hidden');
  await writeFile(join(page, 'assets', 'app-abc.js'), 'console.log(1)');
  await writeFile(join(page, 'assets', 'app-abc.js.br'), 'as brotli');
  await writeFile(join(page, 'assets', 'app-abc.js.gz'), 'as gzip');
  await writeFile(join(page, 'assets', 'engine-abc.wasm'), 'wasm');
  await writeFile(join(page, 'examples', 'digits.csv'), '0123456789');
  await writeFile(join(page, 'examples', 'a b+ü%.csv'), 'odd');
  await writeFile(join(page, 'empty.txt'), '');
  app = createApp({ pageDirectory: page });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  app.request(path, { headers, method });

describe('the page', () => {
  it('is served at / as HTML that is checked again each time', async () => {
    const response = await get('/');
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('Cache-Control')).toBe('no-cache');
    expect(await response.text()).toContain('<title>Sluice</title>');
  });

  it('keeps assets, whose names change with their content, for good', async () => {
    const response = await get('/assets/engine-abc.wasm');
    expect(response.headers.get('Content-Type')).toBe('application/wasm');
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
  });

  it('finds names with characters that addresses escape', async () => {
    expect(await (await get('/examples/a%20b+%C3%BC%25.csv')).text()).toBe('odd');
  });

  it('serves an empty file', async () => {
    const response = await get('/empty.txt');
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('answers HEAD with the same headers and no body', async () => {
    const response = await get('/examples/digits.csv', {}, 'HEAD');
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Length')).toBe('10');
    expect(response.headers.get('Accept-Ranges')).toBe('bytes');
    expect(await response.text()).toBe('');
  });
});

describe('what is not there', () => {
  it.each([
    '/nothing.txt',
    '/examples',
    '/examples/',
    '/.hidden',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/examples/..%5c..%5csecret.txt',
    '/examples/%2e%2e%2f%2e%2e%2fsecret.txt',
    '//secret.txt',
    '/index.html%00.js',
    '/%ff',
    '/%',
    `/${'x'.repeat(300)}`,
  ])('%s is not found', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    const text = await response.text();
    expect(text).toContain('Not found');
    expect(text).not.toContain('secret');
  });

  it('says how to build the page where there is none', async () => {
    const response = await createApp({ pageDirectory: join(folder, 'nowhere') }).request('/');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('npm start');
  });

  it('answers as JSON below /api', async () => {
    const response = await get('/api/nothing');
    expect([response.status, await response.json()]).toEqual([404, { status: 'not found' }]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is not allowed', async (method) => {
    const response = await get('/', {}, method);
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('GET, HEAD');
  });

  it('a folder that cannot be read is an error of ours, not a missing page', async () => {
    const loop = join(folder, 'loop');
    await symlink(loop, loop);
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const response = await createApp({ pageDirectory: loop }).request('/');
    expect([response.status, log.mock.calls.length]).toEqual([500, 1]);
    log.mockRestore();
  });
});

describe('ranges', () => {
  it.each([
    ['bytes=0-', '0123456789', 'bytes 0-9/10'],
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-100', '0123456789', 'bytes 0-9/10'],
  ])('%s', async (range, body, contentRange) => {
    const response = await get('/examples/digits.csv', { Range: range });
    expect(response.status).toBe(206);
    expect(response.headers.get('Content-Range')).toBe(contentRange);
    expect(response.headers.get('Content-Length')).toBe(String(body.length));
    expect(await response.text()).toBe(body);
  });

  it.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('%s cannot be had', async (range) => {
    const response = await get('/examples/digits.csv', { Range: range });
    expect([response.status, response.headers.get('Content-Range')]).toEqual([416, 'bytes */10']);
  });

  it.each(['bytes=4-2', 'bytes=-', 'bytes=0-1,4-5', 'lines=1-2', 'nonsense'])('%s means the whole', async (range) => {
    const response = await get('/examples/digits.csv', { Range: range });
    expect([response.status, await response.text()]).toEqual([200, '0123456789']);
  });

  it('are told to a HEAD that asks, from which DuckDB-WASM learns that it may read in parts', async () => {
    const response = await get('/examples/digits.csv', { Range: 'bytes=0-' }, 'HEAD');
    expect([response.status, response.headers.get('Content-Length')]).toEqual([206, '10']);
  });

  it('hold only for the file as the client knows it', async () => {
    const tag = (await get('/examples/digits.csv')).headers.get('ETag') ?? '';
    const known = await get('/examples/digits.csv', { Range: 'bytes=0-0', 'If-Range': tag });
    const changed = await get('/examples/digits.csv', { Range: 'bytes=0-0', 'If-Range': '"other"' });
    expect([known.status, changed.status]).toEqual([206, 200]);
  });
});

describe('caching', () => {
  it('answers 304 for a tag or a date that the client has', async () => {
    const first = await get('/');
    const [tag, date] = [first.headers.get('ETag') ?? '', first.headers.get('Last-Modified') ?? ''];
    for (const headers of [
      { 'If-None-Match': tag },
      { 'If-None-Match': `"x", W/${tag}` },
      { 'If-None-Match': '*' },
      { 'If-Modified-Since': date },
    ]) {
      const response = await get('/', headers);
      expect([response.status, await response.text()]).toEqual([304, '']);
    }
  });

  it('sends the file when the tag differs, whatever the date says', async () => {
    const date = (await get('/')).headers.get('Last-Modified') ?? '';
    const response = await get('/', { 'If-None-Match': '"x"', 'If-Modified-Since': date });
    expect(response.status).toBe(200);
  });

  it('gives another tag to another content', async () => {
    const path = join(folder, 'page', 'changing.txt');
    await writeFile(path, 'one');
    const first = (await get('/changing.txt')).headers.get('ETag');
    await writeFile(path, 'three');
    expect((await stat(path)).size).toBe(5);
    expect((await get('/changing.txt')).headers.get('ETag')).not.toBe(first);
  });
});

describe('compression', () => {
  const asset = '/assets/app-abc.js';

  it.each([
    ['gzip, deflate, br', 'br', 'as brotli'],
    ['gzip', 'gzip', 'as gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip', 'as gzip'],
    ['identity', null, 'console.log(1)'],
    ['', null, 'console.log(1)'],
  ])('a client that takes "%s" gets %s', async (accepted, coding, body) => {
    const response = await get(asset, { 'Accept-Encoding': accepted });
    expect(response.headers.get('Content-Encoding')).toBe(coding);
    expect(response.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('Vary')).toBe('Accept-Encoding');
    expect(await response.text()).toBe(body);
  });

  it('has a tag of its own, and ranges are of the plain file', async () => {
    const plain = await get(asset);
    const packed = await get(asset, { 'Accept-Encoding': 'br' });
    expect(packed.headers.get('ETag')).not.toBe(plain.headers.get('ETag'));
    const part = await get(asset, { 'Accept-Encoding': 'br', Range: 'bytes=0-6' });
    expect([part.headers.get('Content-Encoding'), await part.text()]).toEqual([null, 'console']);
  });
});

describe('headers for safety', () => {
  it.each(['/', '/nothing', '/api/health', '/examples/digits.csv'])('%s has them', async (path) => {
    const { headers } = await get(path);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
    const policy = headers.get('Content-Security-Policy')?.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        `default-src 'self'`,
        `script-src 'self' 'wasm-unsafe-eval'`,
        `connect-src 'self' https: http: wss: ws:`,
        `frame-ancestors 'self'`,
        `base-uri 'none'`,
        `object-src 'none'`,
      ]),
    );
  });
});

describe('health', () => {
  it('is OK', async () => {
    const response = await get('/api/health');
    expect([response.status, await response.json()]).toEqual([200, { status: 'OK' }]);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
  });
});
