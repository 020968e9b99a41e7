// Runs a contract case on the browser's platform: a fresh database and an empty file system for each.
import { openBrowserPlatform, Workspace } from '../../../web/platform/index.ts';
import type { Platform } from '../../../shared/platform.ts';
import type { ContractContext } from '../case.ts';
import { contractCases } from '../cases/index.ts';
import type { CaseDone } from './messages.ts';

self.onmessage = ({ data: name }: MessageEvent<string>) => {
  void run(name).then((done) => self.postMessage(done));
};

async function run(name: string): Promise<CaseDone> {
  const found = contractCases.find((each) => each.name === name);
  if (!found) return { result: { error: `There is no case "${name}".` }, spent: false };
  let spent = false;
  try {
    await emptyStorage();
    const workspace = new Workspace();
    const platforms: Platform[] = [];
    const open = async (options: { memoryLimit?: string }): Promise<Platform> => {
      const platform = await openBrowserPlatform({ ...options, workspace });
      platforms.push(platform);
      if (platforms.length > 1) spent = true;
      void platform.engine.died.then(() => {
        spent ||= !closing;
      });
      return platform;
    };
    let closing = false;
    try {
      const platform = await open({});
      return { result: { answer: await found.run(contextOf(platform, workspace, open)) }, spent };
    } finally {
      closing = true;
      for (const platform of platforms) await platform.close();
      await workspace.close();
    }
  } catch (thrown) {
    return { result: { error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) }, spent: true };
  }
}

function contextOf(platform: Platform, workspace: Workspace, open: ContractContext['open']): ContractContext {
  return {
    platform,
    open,
    addFile: (path, content) => {
      const part = typeof content === 'string' ? content : new Uint8Array(content);
      workspace.added.add([{ path, file: new File([part], path) }]);
      return Promise.resolve();
    },
    readFile: async (path) => {
      const blob = await (await workspace.storage()).blob(path);
      return blob && new Uint8Array(await blob.arrayBuffer());
    },
    listWritten: async () => (await collect(walk(await navigator.storage.getDirectory(), ''))).sort(),
  };
}

async function emptyStorage(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  for (const name of await collect(root.keys())) await root.removeEntry(name, { recursive: true });
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function* walk(folder: FileSystemDirectoryHandle, prefix: string): AsyncGenerator<string> {
  for await (const [name, handle] of folder.entries()) {
    if (handle instanceof FileSystemDirectoryHandle) yield* walk(handle, `${prefix}${name}/`);
    else yield prefix + name;
  }
}
