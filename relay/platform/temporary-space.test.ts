import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asSluiceError } from '../../shared/errors.ts';
import type { OpenFile, Platform } from '../../shared/platform.ts';
import { bytesIn } from './folder-size.ts';
import { openRelayPlatform } from './index.ts';
import { TemporarySpace } from './temporary-space.ts';

const codeOf = async (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (thrown: unknown) => asSluiceError(thrown).code,
  );

describe('downloads and spilled data have their space together', () => {
  const most = 100_000_000;
  const fileSize = 60_000_000;
  /** 96 MB, of which a DuckDB that may have 30 MB must spill more than half, and cannot compress anything. */
  const makeTable = 'CREATE TABLE spilled AS SELECT random() AS a, random() AS b FROM range(6000000)';
  let server: Server;
  let temporary: string;
  let platform: Platform;
  let announced: boolean;

  beforeEach(async () => {
    server = createServer((_, response) => {
      if (announced) response.setHeader('content-length', fileSize);
      response.end(Buffer.alloc(fileSize, 'a\n'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    temporary = await mkdtemp(join(tmpdir(), 'sluice-space-'));
    const limits = { maxTemporarySize: `${most}B`, memoryLimit: '30MB', threads: 1 };
    platform = await openRelayPlatform({ directories: [], allowHosts: ['127.0.0.1'], temporary, ...limits });
  });
  afterEach(async () => {
    await platform.close();
    await rm(temporary, { recursive: true });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const load = (): Promise<OpenFile> =>
    platform.files.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/a.csv`);

  it('what a download has is not there for spilling, until the download is closed', async () => {
    announced = true;
    const file = await load();
    expect(await codeOf(platform.engine.execute(makeTable))).toBe('engine.out_of_memory');
    expect(await bytesIn(temporary)).toBeLessThanOrEqual(most);
    await file.close();
    expect(await codeOf(platform.engine.execute(makeTable))).toBeUndefined();
  });

  it.each([true, false])(
    'what is spilled is not there for a download (announced: %s), until it is gone',
    async (is) => {
      announced = is;
      await platform.engine.execute(makeTable);
      expect(await codeOf(load())).toBe('run.limit');
      expect(await bytesIn(temporary)).toBeLessThanOrEqual(most);
      await platform.engine.execute('DROP TABLE spilled');
      await (await load()).close();
    },
  );

  it('text that is held as a file counts as well', async () => {
    const file = await platform.files.hold('a.csv', new Uint8Array(fileSize));
    expect(await codeOf(platform.files.hold('b.csv', new Uint8Array(fileSize)))).toBe('run.limit');
    await file.close();
    await (await platform.files.hold('c.csv', new Uint8Array(fileSize))).close();
  });

  it('a query cannot set how much may be spilled, nor what else is set later', async () => {
    for (const query of [
      `SET enable_progress_bar = false`,
      `SET GLOBAL max_temp_directory_size = '1TB'`,
      `SELECT 1); SET max_temp_directory_size = '1TB'; (`,
    ])
      expect(await codeOf(platform.engine.query(query))).toBe('sql.syntax');
  });
});

it('files that grow at a time get no more than there is', async () => {
  const limits: number[] = [];
  const space = new TemporarySpace(100, (bytes) => {
    limits.push(bytes);
    return Promise.resolve(bytes >= 10); // so much is spilled
  });
  const [one, other] = [space.open(), space.open()];
  expect(await Promise.all([one.grow(40), other.grow(40)])).toEqual([true, true]);
  expect(await one.grow(51)).toBe(false);
  expect(await one.grow(45, 30)).toBe(true);
  await other.shrink(0);
  expect(await one.grow(90)).toBe(true);
  expect(limits).toEqual([60, 20, 9, 15, 55, 10]);
});
