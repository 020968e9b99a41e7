// The files port on its own: whole or not at all, found or told, never outside.
import { asSluiceError } from '../../../shared/errors.ts';
import type { Files } from '../../../shared/platform.ts';
import type { ContractCase } from '../case.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

/** The code of the error that a piece of work ends in, or `none`. */
async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'none';
  } catch (thrown) {
    return asSluiceError(thrown).code;
  }
}

async function put(files: Files, location: string, ...pieces: string[]): Promise<number> {
  const file = await files.create(location);
  for (const piece of pieces) await file.write(encode(piece));
  return file.commit();
}

export const fileCases: readonly ContractCase[] = [
  {
    name: 'a file written in pieces is read back whole, in parts and as a stream',
    run: async ({ platform: { files } }) => {
      const size = await put(files, 'made/here/out.txt', 'hello ', 'there ', 'world');
      const file = await files.open('./made/here/out.txt');
      const streamed: string[] = [];
      for await (const piece of file.stream()) streamed.push(decode(piece) ?? '');
      const parts = [
        decode(await file.read(6, 11)),
        decode(await file.read(12, 1000)),
        decode(await file.read(17, 20)),
      ];
      await file.close();
      return { size, seen: file.size, location: file.location, parts, streamed: streamed.join('') };
    },
    expected: {
      size: 17,
      seen: 17,
      location: 'made/here/out.txt',
      parts: ['there', 'world', ''],
      streamed: 'hello there world',
    },
  },
  {
    name: 'nothing is seen of a file before it is committed, and nothing stays of one that is given up',
    run: async ({ platform: { files }, readFile, listWritten }) => {
      const file = await files.create('some/folder/out.txt');
      await file.write(encode('half'));
      const before = await readFile('some/folder/out.txt');
      await file.abort();
      await file.abort();
      return { before: before ?? null, after: await listWritten() };
    },
    expected: { before: null, after: [] },
  },
  {
    name: 'a commit replaces a file whole, and whoever has the old one open never gets a mixture',
    run: async ({ platform: { files }, readFile, listWritten }) => {
      await put(files, 'out.txt', 'a longer first version');
      const old = await files.open('out.txt');
      await put(files, 'out.txt', 'second');
      // A disk keeps the old bytes for who has them open; a browser refuses to read on.
      const seen = await old.read(0, old.size).then(decode, (thrown: unknown) => asSluiceError(thrown).code);
      await old.close();
      const whole = seen === 'a longer first version' || seen === 'file.failed';
      return { whole, now: decode(await readFile('out.txt')), files: await listWritten() };
    },
    expected: { whole: true, now: 'second', files: ['out.txt'] },
  },
  {
    name: 'abort after commit changes nothing',
    run: async ({ platform: { files }, readFile }) => {
      const file = await files.create('out.txt');
      await file.write(encode('kept'));
      await file.commit();
      await file.abort();
      return decode(await readFile('out.txt'));
    },
    expected: 'kept',
  },
  {
    name: 'an empty file is written and read',
    run: async ({ platform: { files } }) => {
      const written = await put(files, 'empty.txt');
      const file = await files.open('empty.txt');
      const pieces: number[] = [];
      for await (const piece of file.stream()) pieces.push(piece.length);
      await file.close();
      return { written, size: file.size, bytes: pieces.reduce((sum, length) => sum + length, 0) };
    },
    expected: { written: 0, size: 0, bytes: 0 },
  },
  {
    name: 'DuckDB writes a file that appears on commit, and reads it',
    run: async ({ platform: { engine, files }, readFile }) => {
      const made = await files.create('rows.csv');
      const rows = await engine.execute(
        `COPY (SELECT 1 AS a, 'x' AS b) TO '${await made.engineName()}' (FORMAT csv, USE_TMP_FILE false)`,
      );
      const size = await made.commit();
      const file = await files.open('rows.csv');
      const columns = await engine.describe(`SELECT * FROM read_csv('${file.engineName}')`);
      await file.close();
      return { rows, size, text: decode(await readFile('rows.csv')), columns: columns.map(({ name }) => name) };
    },
    expected: { rows: 1, size: 8, text: 'a,b\n1,x\n', columns: ['a', 'b'] },
  },
  {
    name: 'DuckDB reads exactly the named file, whatever characters its path has',
    run: async ({ platform: { engine, files }, addFile }) => {
      const names = ['a[1].csv', 'a1.csv', 's*.csv', 'sx.csv', 'q?.csv', 'year=2024/b.csv', 'é ü.csv'];
      for (const name of names) await addFile(name, 'text\nhere\n');
      const read: Record<string, unknown> = {};
      for (const name of names) {
        const file = await files.open(name);
        const call = `read_csv('${file.engineName}', header = true, delim = ',')`;
        const columns = await engine.describe(`SELECT * FROM ${call}`);
        const counted = await engine.query(`SELECT count(*)::INTEGER FROM ${call}`);
        for await (const batch of counted.batches) read[name] = [columns.length, batch.getChildAt(0)?.get(0)];
        await file.close();
      }
      return read;
    },
    expected: {
      'a[1].csv': [1, 1],
      'a1.csv': [1, 1],
      's*.csv': [1, 1],
      'sx.csv': [1, 1],
      'q?.csv': [1, 1],
      'year=2024/b.csv': [1, 1],
      'é ü.csv': [1, 1],
    },
  },
  {
    name: 'a missing file and a folder are not found',
    run: async ({ platform: { files } }) => {
      await put(files, 'folder/file.txt', 'x');
      const look = ['nowhere.txt', 'folder/nowhere.txt', 'nowhere/file.txt', 'folder'];
      return Promise.all(look.map((location) => codeOf(() => files.open(location))));
    },
    expected: ['file.not_found', 'file.not_found', 'file.not_found', 'file.not_found'],
  },
  {
    name: 'a path that climbs out is refused, one that comes back is not',
    run: async ({ platform: { files }, addFile }) => {
      await addFile('a.txt', 'here');
      const back = await files.open('folder/../a.txt');
      await back.close();
      return {
        open: await codeOf(() => files.open('../a.txt')),
        deep: await codeOf(() => files.open('folder/../../a.txt')),
        create: await codeOf(() => files.create('../b.txt')),
        back: back.location,
      };
    },
    expected: { open: 'file.forbidden', deep: 'file.forbidden', create: 'file.forbidden', back: 'a.txt' },
  },
  {
    name: 'a removed file is gone, and removing it again says so',
    run: async ({ platform: { files }, listWritten }) => {
      await put(files, 'out.txt', 'x');
      await files.remove('out.txt');
      return {
        files: await listWritten(),
        open: await codeOf(() => files.open('out.txt')),
        again: await codeOf(() => files.remove('out.txt')),
      };
    },
    expected: { files: [], open: 'file.not_found', again: 'file.not_found' },
  },
];
