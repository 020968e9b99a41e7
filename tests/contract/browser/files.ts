// Files as only a browser has them: parts of what other origins give, folders that no file system can rename, zip files.
import { asSluiceError } from '../../../shared/errors.ts';
import { runDocument, showFile } from '../run-document.ts';
import type { BrowserCase, BrowserContext } from './cases.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const csv = '{ type: csv }';

async function errorOf(work: Promise<unknown>): Promise<{ code: string; hint: string }> {
  try {
    await work;
  } catch (thrown) {
    const { code, issue } = asSluiceError(thrown);
    return { code, hint: issue.hint ?? '' };
  }
  return { code: 'no error', hint: '' };
}

async function put({ platform: { files } }: BrowserContext, path: string, text: string): Promise<void> {
  const file = await files.create(path);
  await file.write(encode(text));
  await file.commit();
}

/** What the server was asked for under this token. */
async function asked(server: string, token: string): Promise<string[]> {
  return (await (await fetch(`${server}/log?${token}`)).json()) as string[];
}

/** The folder of a Worker that died after its list was written and one of two files was moved. */
async function leaveHalfCommitted(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const own = await root.getDirectoryHandle('.sluice', { create: true });
  const all = await own.getDirectoryHandle('tmp', { create: true });
  const folder = await all.getDirectoryHandle('sluice-files-of-the-dead', { create: true });
  const files = [
    ['1-a.csv', 'a\n1\n'],
    ['2-b.csv', 'a\n2\n'],
    [
      'commit-3',
      `${JSON.stringify({
        folder: 'out',
        files: [
          { from: '1-a.csv', to: 'a.csv' },
          { from: '2-b.csv', to: 'k=1/b.csv' },
        ],
      })}\n`,
    ],
    ['commit-4', '{"folder":"other","files":[{"from":"1-a.csv","to":"cut'],
  ] as const;
  for (const [name, text] of files) {
    const handle = await folder.getFileHandle(name, { create: true });
    const access = await handle.createSyncAccessHandle();
    access.write(encode(text), { at: 0 });
    access.close();
  }
  const out = await root.getDirectoryHandle('out', { create: true });
  await (await folder.getFileHandle('1-a.csv')).move?.(out, 'a.csv');
}

export const browserFileCases: readonly BrowserCase[] = [
  {
    name: 'a server of another origin that does not say so is told from one that is not there',
    run: async ({ platform: { files }, serve }) => {
      const server = await serve();
      const silent = await errorOf(files.open(`${server}/no-cors/small.csv`));
      const absent = await errorOf(files.open('http://127.0.0.1:1/small.csv'));
      return [silent.code, silent.hint.includes('Access-Control-Allow-Origin'), absent.code];
    },
    expected: ['file.forbidden', true, 'file.failed'],
  },
  {
    name: 'of a large file only the parts are loaded that are read, and nobody is asked for leave',
    run: async ({ platform, serve }) => {
      const server = await serve();
      const address = `${server}/good/large.csv?parts`;
      const { shown, notices } = await runDocument(platform, showFile(address, csv, 'SELECT name FROM data LIMIT 1'));
      const requests = await asked(server, 'parts');
      return {
        shown: shown['result'],
        notices: notices.filter((code) => code !== 'run.no_output'),
        first: requests[0],
        methods: [...new Set(requests.map((line) => line.split(' ')[0]))],
      };
    },
    expected: { shown: [['name 0']], notices: ['format.sampled'], first: 'GET bytes=0-262143', methods: ['GET'] },
  },
  {
    name: 'a large file that comes whole is told, and leaves nothing behind',
    run: async ({ platform, serve, listWritten }) => {
      const { notices } = await runDocument(platform, showFile(`${await serve()}/whole/large.csv?told`, csv));
      return { notices: notices.filter((code) => code !== 'run.no_output'), left: await listWritten() };
    },
    expected: { notices: ['file.loaded_whole', 'format.sampled'], left: [] },
  },
  {
    name: 'a file that changes while it is read is refused',
    run: async ({ platform: { files, engine }, serve }) => {
      const file = await files.open(`${await serve()}/changing/large.csv`);
      const scan = engine.execute(
        `CREATE TABLE t AS FROM read_csv('${file.engineName}', auto_detect = false, header = true, columns = {'id': 'BIGINT', 'name': 'VARCHAR'})`,
      );
      return [
        (await errorOf(scan)).code,
        (await errorOf(file.read(file.size - 10, file.size))).code,
        new TextDecoder().decode(await file.read(0, 8)),
      ];
    },
    expected: ['file.failed', 'file.failed', 'id,name\n'],
  },
  {
    name: 'what a server does wrong while the stages read is told at the source',
    run: async ({ open, serve }) => {
      const platform = await open({ stallTimeout: 500 });
      const server = await serve();
      const seen: unknown[] = [];
      for (const file of ['large.csv', 'large.parquet']) {
        for (const way of ['then-gone', 'then-cut', 'then-stall']) {
          const format = file.endsWith('csv') ? csv : '{ type: parquet }';
          const { error } = await runDocument(
            platform,
            showFile(`${server}/${way}/${file}`, format, 'SELECT max(name) FROM data'),
          );
          seen.push(error);
        }
      }
      return seen;
    },
    expected: [
      ...['file.not_found at 2:41', 'file.failed at 2:41', 'file.failed at 2:41'],
      ...['file.not_found at 2:41', 'file.failed at 2:41', 'file.failed at 2:41'],
    ],
  },
  {
    name: 'files beside a document are those that its server names; a page, a stall and a refusal are told apart',
    run: async ({ open, serve }) => {
      const platform = await open({ stallTimeout: 500 });
      const server = await serve();
      const seen: unknown[] = [];
      for (const way of ['good', 'page', 'forbidden', 'broken', 'stall']) {
        const { files } = platform.withBase(`${server}/${way}/pipeline.yml`);
        const found = files.list('s*.csv').then((list) => list.map(({ location }) => location));
        seen.push(await found.catch((thrown: unknown) => asSluiceError(thrown).code));
      }
      return seen;
    },
    expected: [['small.csv'], [], [], 'file.failed', 'file.failed'],
  },
  {
    name: 'a part can be read while DuckDB waits',
    run: async ({ platform: { files }, serve }) => {
      const file = await files.open(`${await serve()}/hidden/large.csv`);
      if (!('readSync' in file) || typeof file.readSync !== 'function') return 'it cannot';
      const read = file.readSync as (start: number, end: number) => Uint8Array;
      const text = (start: number, end: number): string => new TextDecoder().decode(read.call(file, start, end));
      return [text(0, 7), text(500_000, 500_005).length, text(file.size - 9, file.size + 100)];
    },
    expected: ['id,name', 5, ',name 81\n'],
  },
  {
    name: 'a folder whose writer died on the way becomes whole before anybody sees it',
    run: async (context) => {
      await put(context, 'out/old.csv', 'a\n0\n');
      await put(context, 'kept/other.csv', 'a\n0\n');
      await leaveHalfCommitted();
      await (await context.open({})).close();
      const read = async (path: string): Promise<string> => new TextDecoder().decode(await context.readFile(path));
      return { files: await context.listWritten(), a: await read('out/a.csv'), b: await read('out/k=1/b.csv') };
    },
    expected: { files: ['kept/other.csv', 'out/a.csv', 'out/k=1/b.csv'], a: 'a\n1\n', b: 'a\n2\n' },
  },
  {
    name: 'a folder takes the place of files and folders of the same names',
    run: async (context) => {
      const { files } = context.platform;
      await put(context, 'out/a', 'a file');
      await put(context, 'out/b/c', 'in a folder');
      const folder = await files.createFolder('out', 'replace');
      for (const path of ['a/x', 'b']) {
        const file = await folder.create(path);
        await file.write(encode('new'));
        await file.commit();
      }
      const before = await context.listWritten();
      const size = await folder.commit();
      await folder.abort();
      return { before: before.filter((path) => !path.startsWith('.sluice')), size, after: await context.listWritten() };
    },
    expected: { before: ['out/a', 'out/b/c'], size: { files: 2, bytes: 6 }, after: ['out/a/x', 'out/b'] },
  },
  {
    name: 'added files hide stored ones with their paths from a listing',
    run: async (context) => {
      await put(context, 'd/a.csv', 'a\nstored\n');
      await put(context, 'd/b.csv', 'a\nstored\n');
      await context.addFile('d/a.csv', 'a\nadded\n');
      await context.addFile('d/c.csv', 'a\nadded\n');
      const { shown } = await runDocument(context.platform, showFile('d/*.csv', csv));
      return shown['result'];
    },
    expected: [['added'], ['stored'], ['added']],
  },
  {
    name: 'a stored folder can be had as one zip file',
    run: async (context) => {
      const { platform } = context;
      await put(context, 'deep/out/k=1/a.csv', 'a\n1\n');
      await put(context, 'deep/out/_SUCCESS', '');
      await put(context, 'deep/outer.csv', 'a\n2\n');
      const shares: number[] = [];
      const made = await platform.zipFolder('deep/out/', { onProgress: (share) => shares.push(share) });
      const bytes = new Uint8Array(await (await made.blob()).arrayBuffer());
      const text = new TextDecoder('latin1').decode(bytes);
      await made.discard();
      // The entries of the directory at the end (APPNOTE 4.3.12): the name's length is at 28, the name at 46.
      const entries = [...text.matchAll(/PK\x01\x02/g)].map(({ index }) => text.slice(index));
      const names = entries.map((entry) => entry.slice(46, 46 + entry.charCodeAt(28)));
      return {
        start: text.slice(0, 4),
        content: text.includes('a\n1\n'),
        names,
        done: shares.at(-1),
        left: (await context.listWritten()).filter((path) => path.startsWith('.sluice')),
        none: (await errorOf(platform.zipFolder('nowhere', {}))).code,
      };
    },
    expected: {
      start: 'PK\x03\x04',
      content: true,
      names: ['out/_SUCCESS', 'out/k=1/a.csv'],
      done: 1,
      left: [],
      none: 'file.not_found',
    },
  },
  {
    name: 'a gzip file of several members is read, which the browser itself refuses',
    run: async ({ platform, addFile }) => {
      const member = async (text: string): Promise<ArrayBuffer> =>
        new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
      const both = new Blob([await member('{"a":1}\n'), await member('{"a":2}\n')]);
      await addFile('two.json.gz', new Uint8Array(await both.arrayBuffer()));
      const { shown } = await runDocument(platform, showFile('two.json.gz', '{ type: json }'));
      return shown['result'];
    },
    expected: [['1'], ['2']],
  },
  {
    name: 'many files of a folder are read as one relation',
    run: async ({ platform, addFile }) => {
      for (let index = 0; index < 300; index++) await addFile(`many/k=${index}/a.csv`, `a\n${index}\n`);
      const text = `sources:
  - { type: directory, name: data, location: many, format: ${csv}, partition_columns: [[k, int32]] }
stages: [[{ name: result, query: "SELECT count(*)::INTEGER, sum(a)::INTEGER, sum(k)::INTEGER FROM data WHERE k < 100", show: 1 }]]
`;
      return (await runDocument(platform, text)).shown['result'];
    },
    expected: [[100, 4950, 4950]],
  },
];
