// The contract on the relay's platform: native DuckDB, each context in a data folder of its own under the system's
// temporary folder.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, sep } from 'node:path';
import { openRelayPlatform } from '../../relay/platform/index.ts';
import type { Platform } from '../../shared/platform.ts';
import type { ContractContext, OpenOptions } from './case.ts';
import type { RunElsewhere, TestPlatform } from './run-document.ts';
import { startFileServer, type FileServer } from './server.ts';

/** How documents run elsewhere with the files of this data folder. */
export type Elsewhere = (folder: string, options: OpenOptions) => RunElsewhere;

/** Runs a task with a fresh context, and frees everything after it. */
export async function withRelayContext<T>(
  task: (context: ContractContext) => Promise<T>,
  elsewhere?: Elsewhere,
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'sluice-contract-'));
  const platforms: Platform[] = [];
  let server: Promise<FileServer> | undefined;
  const serve = async (): Promise<string> => (await (server ??= startFileServer())).address;
  const open = async (options: OpenOptions): Promise<TestPlatform> => {
    const platform = await openRelayPlatform({ directories: [root], allowHosts: ['127.0.0.1'], ...options });
    platforms.push(platform);
    return elsewhere ? { ...platform, runElsewhere: elsewhere(root, options) } : platform;
  };
  try {
    const platform = await open({});
    return await task({ platform, open, serve, ...folder(root) });
  } finally {
    for (const platform of platforms) await platform.close();
    await (await server)?.close();
    await rm(root, { recursive: true, force: true });
  }
}

function folder(root: string): Pick<ContractContext, 'addFile' | 'readFile' | 'listWritten'> {
  const added = new Set<string>();
  return {
    addFile: async (path, content) => {
      const name = normalize(path);
      added.add(name);
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), content);
    },
    readFile: async (path) => {
      const files = await readdir(root, { recursive: true });
      return files.includes(normalize(path)) ? new Uint8Array(await readFile(join(root, path))) : undefined;
    },
    listWritten: async () => {
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => !entry.isDirectory());
      const names = files.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
      return names
        .filter((name) => !added.has(name))
        .map((name) => name.split(sep).join('/'))
        .sort();
    },
  };
}
