// What ships: every type of source and destination through the process of a run as it is built, and what goes into it.
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../scripts/build/run.mjs';
import type { Preview } from '../../shared/protocol/preview.ts';
import { decodeBatches } from '../../shared/values/ipc.ts';
import { rowsOf } from '../../shared/values/codec.ts';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { Bench, ended, eventsOf, never, submission, tester } from './bench.ts';
import { certificate, certificateKey } from './certificate.ts';

const csv = 'a\n1\n2\n';
const parquet = Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'a', data: [1n, 2n], type: 'INT64' }] }));
const files: Readonly<Record<string, string | Buffer>> = {
  'rows.csv': csv,
  'rows.csv.gz': gzipSync(csv),
  // two members, which Node's own stream does not read: pako does
  'joined.csv.gz': Buffer.concat([gzipSync('a\n1\n'), gzipSync('2\n')]),
  'rows.json': '{"a":1}\n{"a":2}\n',
  'array.json': '[{"a":1},{"a":2}]',
  'rows.parquet': parquet,
  'year=2024/rows.csv': csv,
};

let folder: string;
let plain: Server;
let secure: Server;
let [http, https] = ['', ''];

const listen = async (server: Server, scheme: string): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-ships-'));
  const certificateFile = join(folder, 'certificate.pem');
  await writeFile(certificateFile, certificate);
  process.env.NODE_EXTRA_CA_CERTS = certificateFile;
  const serve: RequestListener = ({ url = '' }, response) => {
    const [, way, name = ''] = /^\/(?:(to-https|to-http|twice)\/)?(.*)$/.exec(url) ?? [];
    const target = { 'to-https': `${https}/${name}`, 'to-http': `${http}/${name}`, twice: `/to-https/${name}` }[
      way ?? ''
    ];
    if (target !== undefined) response.writeHead(302, { Location: target }).end();
    else response.end(files[name]);
  };
  plain = createServer(serve);
  secure = createSecureServer({ cert: certificate, key: certificateKey }, serve);
  http = await listen(plain, 'http');
  https = await listen(secure, 'https');
});

afterAll(async () => {
  delete process.env.NODE_EXTRA_CA_CERTS;
  for (const server of [plain, secure]) await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

const file = (location: string, type: string) => ({ type: 'file', location, format: { type } });

const sources: Readonly<Record<string, () => object>> = {
  'inline rows': () => ({ type: 'inline', rows: [{ a: 1 }, { a: 2 }] }),
  'inline CSV': () => ({ type: 'inline', csv }),
  'a CSV file': () => file('rows.csv', 'csv'),
  'a gzip file': () => file('rows.csv.gz', 'csv'),
  'a gzip file of several members': () => file('joined.csv.gz', 'csv'),
  'a JSON file': () => file('rows.json', 'json'),
  'a JSON file that is an array': () => file('array.json', 'json'),
  'a Parquet file': () => file('rows.parquet', 'parquet'),
  'files of a pattern': () => file('row*.csv', 'csv'),
  'a directory': () => ({
    type: 'directory',
    location: 'parts',
    format: { type: 'csv' },
    partition_columns: [['year', 'int32']],
  }),
  'an http address': () => file(`${http}/rows.csv`, 'csv'),
  'an https address': () => file(`${https}/rows.parquet`, 'parquet'),
  'an http address of a gzip file': () => file(`${http}/joined.csv.gz`, 'csv'),
  'a redirect from http to https': () => file(`${http}/to-https/rows.csv`, 'csv'),
  'a redirect from https to http': () => file(`${https}/to-http/rows.json`, 'json'),
  'redirects one after the other': () => file(`${http}/twice/rows.csv`, 'csv'),
};

const destinations: Readonly<Record<string, { destination: object; written?: string }>> = {
  'a CSV file': { destination: file('out.csv', 'csv'), written: 'out.csv' },
  'a gzip file': {
    destination: { ...file('out.csv.gz', 'csv'), format: { type: 'csv', options: { compression: 'gzip' } } },
    written: 'out.csv.gz',
  },
  'a JSON file': { destination: file('out.json', 'json'), written: 'out.json' },
  'a Parquet file': { destination: file('out.parquet', 'parquet'), written: 'out.parquet' },
  'a folder': { destination: { ...file('out', 'csv'), single_file: false }, written: 'out' },
  'a folder of partitions': { destination: { ...file('out', 'csv'), partition_columns: ['a'] }, written: 'out/a=1' },
  'a table in memory': { destination: { type: 'in_memory' } },
};

function showing({ columns, batches }: Preview): unknown[] {
  return batches.flatMap((bytes) => decodeBatches(bytes).flatMap((batch) => rowsOf(batch, columns)));
}

async function prepare(bench: Bench): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(bench.data, name.includes('/') ? 'parts' : '', name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, content);
  }
}

describe.concurrent('the process of a run, as it is built', () => {
  it.each(Object.entries(sources))('reads and plans %s', (_, source) =>
    Bench.use(async (bench) => {
      await prepare(bench);
      const { queue } = await bench.open({
        platform: { directories: [bench.data], base: bench.data, allowHosts: ['127.0.0.1'] },
      });
      const stages = [[{ name: 'shown', query: 'SELECT a::INTEGER AS a FROM s ORDER BY a', show: 10 }]];
      const document = JSON.stringify({ sources: [{ name: 's', ...source() }], stages });
      const { plan, issues } = await queue.plan({ document, parameters: {}, substituted: false }, tester, never);
      expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(plan?.stages).toMatchObject([{ columns: [{ name: 'a', type: 'INTEGER' }] }]);
      const { id } = await queue.submit(submission(document), tester);
      expect((await ended(queue, id)).error).toBeUndefined();
      const rows = (await eventsOf(queue, id)).flatMap((event) =>
        event.type === 'stage_output' && event.output.kind === 'show' ? showing(event.output) : [],
      );
      expect(rows).toEqual([[1], [2]]);
    }),
  );

  it.each(Object.entries(destinations))('writes %s', (_, { destination, written }) =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open({ platform: { directories: [bench.data], base: bench.data } });
      const stages = [[{ name: 'made', query: "SELECT range::INTEGER AS a, 'x' AS b FROM range(1, 3)" }]];
      const { id } = await queue.submit(
        submission(JSON.stringify({ sources: [], stages, destination: { name: 'out', ...destination } })),
        tester,
      );
      expect(await ended(queue, id)).toMatchObject({ state: 'succeeded', rows: 2 });
      const found = await bench.files();
      expect(found).toEqual(written === undefined ? [] : expect.arrayContaining([written]));
    }),
  );

  it('has nothing in it that is loaded when it is needed', async () => {
    const own = await mkdtemp(join(folder, 'dynamic-'));
    await writeFile(join(own, 'dynamic.ts'), `export const late = async () => (await import('node:http')).request;`);
    await expect(bundle(own, 'dynamic', join(own, 'dynamic.ts'))).rejects.toThrow(
      /import\(.node:http.\).*import it statically/s,
    );
    await writeFile(join(own, 'static.ts'), `import { request } from 'node:http';\nexport const now = request;`);
    await bundle(own, 'static', join(own, 'static.ts'));
    expect(await readFile(join(own, 'static.cjs'), 'utf8')).toContain('node:http');
  });
});
