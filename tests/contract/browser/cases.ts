// What only the browser's platform does: added files found by name, files over HTTP, the private file system.
import { asSluiceError } from '../../../shared/errors.ts';
import type { OpenFile, Platform } from '../../../shared/platform.ts';
import { rowsOf } from '../../../shared/values/codec.ts';
import type { BrowserPlatform, BrowserPlatformOptions } from '../../../web/platform/index.ts';
import { extensionCases } from './extension-cases.ts';
import type { ContractContext } from '../case.ts';

export type BrowserOpenOptions = Pick<BrowserPlatformOptions, 'memoryLimit' | 'stallTimeout' | 'extensions'>;

export interface BrowserContext extends ContractContext {
  readonly platform: BrowserPlatform;
  open(options: BrowserOpenOptions): Promise<BrowserPlatform>;
}

export interface BrowserCase {
  readonly name: string;
  readonly run: (context: BrowserContext) => Promise<unknown>;
  readonly expected: unknown;
}

const csv = 'a,b\n1,x\n';
/** A folder as a Worker leaves it that died in the middle of writing. */
const leftover = 'sluice-files-of-the-dead';

/** The code of the error that the work ends with. */
async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    return asSluiceError(thrown).code;
  }
  return 'no error';
}

async function read(platform: Platform, file: OpenFile): Promise<unknown> {
  const { columns, batches } = await platform.engine.query(`FROM read_csv('${file.engineName}')`);
  const rows = [];
  for await (const batch of batches) rows.push(...rowsOf(batch, columns));
  return rows;
}

async function privateFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  const own = await root.getDirectoryHandle('.sluice', { create: true });
  return own.getDirectoryHandle('tmp', { create: true });
}

export const browserCases: readonly BrowserCase[] = [
  ...extensionCases,
  {
    name: 'an added file is found by its name where just one has it, and that is told',
    run: async ({ platform, addFile }) => {
      await addFile('january/cities.csv', csv);
      const file = await platform.files.open('./data/cities.csv');
      return {
        location: file.location,
        notices: file.notices?.map(({ message }) => message),
        rows: await read(platform, file),
      };
    },
    expected: {
      location: 'january/cities.csv',
      notices: ['data/cities.csv was found by its name: the added file january/cities.csv.'],
      rows: [['1', 'x']],
    },
  },
  {
    name: 'several added files of one name are ambiguous, unless the path is whole',
    run: async ({ platform, addFile }) => {
      await addFile('january/cities.csv', csv);
      await addFile('february/cities.csv', csv);
      const whole = await platform.files.open('february/cities.csv');
      return [await codeOf(platform.files.open('cities.csv')), whole.location, whole.notices];
    },
    expected: ['file.ambiguous', 'february/cities.csv', undefined],
  },
  {
    name: 'an added file comes before a stored one, and a stored one before an added one of its name only',
    run: async ({ platform, addFile }) => {
      const stored = await platform.files.create('data/cities.csv');
      await stored.write(new TextEncoder().encode('a\nstored\n'));
      await stored.commit();
      await addFile('elsewhere/cities.csv', 'a\nnamed\n');
      const first = await read(platform, await platform.files.open('data/cities.csv'));
      await addFile('data/cities.csv', 'a\nadded\n');
      const second = await read(platform, await platform.files.open('data/cities.csv'));
      return [first, second];
    },
    expected: [[['stored']], [['added']]],
  },
  {
    name: 'a document from an address finds files beside it, and says what the server lacks',
    run: async ({ platform }) => {
      const beside = platform.withBase(`${location.origin}/pipeline.yml`);
      const shares: number[] = [];
      const file = await beside.files.open('beside.csv', { onProgress: (share) => shares.push(share) });
      const rows = await read(platform, file);
      await file.close();
      return {
        rows,
        size: file.size,
        done: shares.at(-1),
        missing: await codeOf(beside.files.open('missing.csv')),
        without: await codeOf(platform.files.open('beside.csv')),
        left: (await platform.workspace.list()).length,
      };
    },
    expected: {
      rows: [
        ['1', 'x'],
        ['2', 'y'],
      ],
      size: 12,
      done: 1,
      missing: 'file.not_found',
      without: 'file.not_found',
      left: 0,
    },
  },
  {
    name: 'other places cannot be read or written',
    run: async ({ platform: { files } }) => [
      await codeOf(files.open('file:///a.csv')),
      await codeOf(files.open('s3://bucket/a.csv')),
      await codeOf(files.open('../a.csv')),
      await codeOf(files.create('https://example.com/a.csv')),
      await codeOf(files.create('.sluice/a.csv')),
      await codeOf(files.create('folder/')),
    ],
    expected: Array.from({ length: 6 }, () => 'file.forbidden'),
  },
  {
    name: 'a new file is nowhere until it is committed, and leaves nothing when it is given up',
    run: async ({ platform, listWritten }) => {
      const file = await platform.files.create('deep/er/a.csv');
      await file.write(new Uint8Array(10));
      const before = (await platform.workspace.list()).length;
      const size = await file.commit();
      await file.abort();
      const other = await platform.files.create('deep/er/b.csv');
      await platform.engine.execute(
        `COPY (FROM range(10)) TO '${await other.engineName()}' (FORMAT csv, USE_TMP_FILE false)`,
      );
      await other.abort();
      return { before, size, files: await listWritten() };
    },
    expected: { before: 0, size: 10, files: ['deep/er/a.csv'] },
  },
  {
    name: 'what dead Workers left is swept away, what living ones write is not',
    run: async ({ open, platform, listWritten }) => {
      const folder = await (await privateFolder()).getDirectoryHandle(leftover, { create: true });
      await folder.getFileHandle('1-half.csv', { create: true });
      const living = await platform.files.create('living.csv');
      await (await open({})).close();
      const after = await listWritten();
      await living.commit();
      return { swept: !after.some((path) => path.includes(leftover)), kept: after.length, now: await listWritten() };
    },
    expected: { swept: true, kept: 1, now: ['living.csv'] },
  },
  {
    name: 'a CSV file is read with all its rows, and written with all of them',
    run: async ({ platform, addFile, readFile }) => {
      const lines = Array.from({ length: 1000 }, (_, row) => `${row},text ${row}`);
      await addFile('a.csv', `n,t\n${lines.join('\n')}\n`);
      const { engineName } = await platform.files.open('a.csv');
      const written = await platform.files.create('b.csv');
      const declared = `read_csv('${engineName}', header = true, columns = {n: 'INTEGER', t: 'VARCHAR'})`;
      const copied = await platform.engine.execute(
        `COPY (FROM ${declared} ORDER BY n) TO '${await written.engineName()}' (FORMAT csv, USE_TMP_FILE false)`,
      );
      await written.commit();
      const { batches } = await platform.engine.query(`FROM read_csv('${engineName}')`);
      let sniffed = 0;
      for await (const batch of batches) sniffed += batch.numRows;
      const text = new TextDecoder().decode(await readFile('b.csv'));
      return { copied, sniffed, isSame: text === `n,t\n${lines.join('\n')}\n` };
    },
    expected: { copied: 1000, sniffed: 1000, isSame: true },
  },
  {
    name: 'without storage added files can be read and outputs are refused',
    run: async ({ open, addFile }) => {
      const { storage } = navigator;
      const getDirectory = storage.getDirectory.bind(storage);
      storage.getDirectory = () => Promise.reject(new DOMException('no', 'SecurityError'));
      try {
        const platform = await open({});
        await addFile('a.csv', csv);
        return [
          await read(platform, await platform.files.open('a.csv')),
          await codeOf(platform.files.open('b.csv')),
          await codeOf(platform.files.create('out.csv')),
        ];
      } finally {
        storage.getDirectory = getDirectory;
      }
    },
    expected: [[['1', 'x']], 'file.not_found', 'storage.unavailable'],
  },
];

/** Needs a browser whose quota has been lowered to less than it writes. */
export const quotaCase: BrowserCase = {
  name: 'a full disk is told, and nothing is left',
  run: async ({ platform, listWritten }) => {
    const copy = async (): Promise<unknown> => {
      const file = await platform.files.create('large.csv');
      const target = await file.engineName();
      try {
        const query = `SELECT repeat('x', 1000) FROM range(50000)`;
        return await platform.engine.execute(`COPY (${query}) TO '${target}' (FORMAT csv, USE_TMP_FILE false)`);
      } finally {
        await file.abort();
      }
    };
    const write = async (): Promise<void> => {
      const file = await platform.files.create('large.bin');
      try {
        for (let count = 0; count < 50; count++) await file.write(new Uint8Array(1_000_000));
      } finally {
        await file.abort();
      }
    };
    const codes = [await codeOf(copy()), await codeOf(write())];
    return { codes, files: await listWritten(), answer: await platform.engine.execute('CREATE TABLE t AS SELECT 42') };
  },
  expected: { codes: ['storage.full', 'storage.full'], files: [], answer: 1 },
};
