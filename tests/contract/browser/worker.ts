// Runs a contract case on the browser's platform: a fresh database and an empty file system for each.
import { openBrowserPlatform, type BrowserPlatform } from '../../../web/platform/index.ts';
import { contractCases } from '../cases/index.ts';
import { browserCases, quotaCase, type BrowserContext } from './cases.ts';
import type { CaseDone } from './messages.ts';

const cases = [...contractCases, ...browserCases, quotaCase];

self.onmessage = ({ data: name }: MessageEvent<string>) => {
  void run(name).then((done) => self.postMessage(done));
};

/** A case that fails, or that opens more than one platform, leaves the Worker to be replaced. */
async function run(name: string): Promise<CaseDone> {
  const found = cases.find((each) => each.name === name);
  if (!found) return { result: { error: `There is no case "${name}".` }, spent: false };
  const platforms: BrowserPlatform[] = [];
  try {
    await emptyStorage();
    const first = await openPlatform(platforms, {});
    const answer = await found.run(contextOf(first, platforms));
    for (const platform of platforms) await platform.close();
    return { result: { answer }, spent: platforms.length > 1 };
  } catch (thrown) {
    const error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { result: { error }, spent: true };
  }
}

async function openPlatform(
  platforms: BrowserPlatform[],
  options: { readonly memoryLimit?: string },
): Promise<BrowserPlatform> {
  const platform = await openBrowserPlatform(options);
  platforms.push(platform);
  return platform;
}

function contextOf(platform: BrowserPlatform, platforms: BrowserPlatform[]): BrowserContext {
  return {
    platform,
    open: (options) => openPlatform(platforms, options),
    addFile: (path, content) => {
      const part = typeof content === 'string' ? content : new Uint8Array(content);
      const file = new File([part], path);
      for (const { workspace } of platforms) workspace.added.add([{ path, file }]);
      return Promise.resolve();
    },
    readFile: async (path) => {
      const blob = await (await platform.workspace.storage()).blob(path);
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
