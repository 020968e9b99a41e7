// Writers that are killed at any moment: what they leave is swept, and what was there before is there again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sweepLeftovers } from './leftovers.ts';

let folder: string;

/** Replaces a file and a folder, again and again, and says so each time. */
const writer = `
import { DataFolders } from 'FROM/data-folders.ts';
import { DiskFiles } from 'FROM/files.ts';
import { PrivateFolder } from 'FROM/private-folder.ts';

const [data, temporary] = process.argv.slice(2);
const files = new DiskFiles(await DataFolders.open({ directories: [data] }), await PrivateFolder.open(temporary));
const bytes = new TextEncoder().encode('whole');
const write = async (file) => {
  await file.write(bytes);
  await file.commit();
};
for (;;) {
  await write(await files.create('made/file'));
  const made = await files.createFolder('out', 'replace');
  for (const name of ['k=1/a', 'k=2/a']) await write(await made.create(name));
  await made.commit();
  console.log('.');
}
`;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-killed-')));
  const entry = join(folder, 'writer.ts');
  await writeFile(entry, writer.replaceAll('FROM', fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')));
  await build({
    configFile: false,
    root: folder,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'writer.mjs' } },
    },
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it.each(Array.from({ length: 8 }, (_, turn) => turn))('turn %i', async (turn) => {
  const [data, temporary] = [join(folder, `data-${turn}`), join(folder, `temporary-${turn}`)];
  for (const path of [data, temporary]) await mkdir(path);
  const child = spawn(process.execPath, [join(folder, 'writer.mjs'), data, temporary], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for (let seen = 0; seen <= turn; seen++) await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await sweepLeftovers(temporary)).toEqual([]);
  expect(await readdir(temporary)).toEqual([]);
  const entries = await readdir(data, { recursive: true, withFileTypes: true });
  const left = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  expect(left.map((path) => path.slice(data.length + 1)).sort()).toEqual(['made/file', 'out/k=1/a', 'out/k=2/a']);
  for (const path of left) expect(await readFile(path, 'utf8')).toBe('whole');
});
