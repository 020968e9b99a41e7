// Runs a contract case on the browser's platform, with a fresh database and an empty file system for each; and documents
// one after the other on a platform that they share, as a page runs them.
import { duckdbCode, openBrowserPlatform, type BrowserPlatform } from '../../../web/platform/index.ts';
import { contractCases } from '../cases/index.ts';
import { observe, runDocument } from '../run-document.ts';
import { browserCases, quotaCase, type BrowserContext, type BrowserOpenOptions } from './cases.ts';
import { browserEngineCases } from './engine-cases.ts';
import { browserFileCases } from './files.ts';
import { functionsCase } from './functions.ts';
import { startHeapsAt } from './heap-start.ts';
import type { CaseDone, CaseMessage, CaseRequest } from './messages.ts';

const cases = [...contractCases, ...browserCases, ...browserFileCases, ...browserEngineCases, quotaCase, functionsCase];
/** Whether the heaps of this Worker begin at a later address than usual. */
let raised = false;
/** Where documents run. */
let shared: Promise<BrowserPlatform> | undefined;

self.onmessage = ({ data: { request, code, heapStart } }: MessageEvent<CaseMessage>) => {
  if (heapStart !== undefined && !raised) startHeapsAt(heapStart);
  raised = heapStart !== undefined;
  if (code instanceof WebAssembly.Module) duckdbCode.set(code);
  void perform(request).then((done) => self.postMessage(done));
};

async function perform(request: CaseRequest): Promise<CaseDone> {
  if (typeof request !== 'string') return runShared(request);
  const found = cases.find((each) => each.name === request);
  return found ? run(found.run) : { result: { error: `There is no case "${request}".` }, spent: false };
}

/** A case that fails, or that opens more than one platform, leaves the Worker to be replaced. */
async function run(task: (context: BrowserContext) => Promise<unknown>): Promise<CaseDone> {
  const platforms: BrowserPlatform[] = [];
  try {
    await emptyStorage();
    const first = await openPlatform(platforms, {});
    const answer = await task(contextOf(first, platforms));
    for (const platform of platforms) await platform.close();
    return { result: { answer }, spent: platforms.length > 1, code: await duckdbCode.get() };
  } catch (thrown) {
    return { result: { error: textOf(thrown) }, spent: true };
  }
}

/** A document that its platform does not survive leaves the Worker to be replaced. */
async function runShared({ document, files }: Exclude<CaseRequest, string>): Promise<CaseDone> {
  try {
    const platform = await (shared ??= openBrowserPlatform());
    platform.workspace.added.add(Object.entries(files).map(([path, file]) => ({ path, file })));
    const { outcome, events } = await runDocument(platform, document);
    const answer = { outcome, ...observe(events) };
    return { result: { answer }, spent: answer.issue?.code === 'engine.died', code: await duckdbCode.get() };
  } catch (thrown) {
    return { result: { error: textOf(thrown) }, spent: true };
  }
}

function textOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

async function openPlatform(platforms: BrowserPlatform[], options: BrowserOpenOptions): Promise<BrowserPlatform> {
  const platform = await openBrowserPlatform(options);
  platforms.push(platform);
  return platform;
}

function contextOf(platform: BrowserPlatform, platforms: BrowserPlatform[]): BrowserContext {
  return {
    platform,
    open: (options) => openPlatform(platforms, options),
    serve: () => Promise.resolve(self.name), // the page has named this Worker so
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
