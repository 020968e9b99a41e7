// The browser as a place to run pipelines: DuckDB-WASM in this Worker, added files and the origin's private storage.
import type { ParquetCodec, Platform } from '../../shared/platform.ts';
import { Database } from './database.ts';
import { BrowserEngine } from './engine.ts';
import { BrowserFiles } from './files.ts';
import { BrowserParquet } from './parquet.ts';
import { Workspace } from './workspace.ts';

export interface BrowserPlatformOptions {
  /** DuckDB's memory limit, such as `1GB`; its default is 3.1 GiB. */
  readonly memoryLimit?: string | undefined;
  /** The address of the document, when it has one. */
  readonly base?: string | undefined;
  /** The files; without it the platform makes a workspace of its own and closes it with itself. */
  readonly workspace?: Workspace;
}

export interface BrowserPlatform extends Platform {
  readonly kind: 'browser';
  readonly parquet: ParquetCodec;
  readonly workspace: Workspace;
  /** The same platform for a document from another address. */
  withBase(base: string | undefined): Platform;
}

/** Opens a platform inside a Worker. Fails with engine.failed. */
export async function openBrowserPlatform(options: BrowserPlatformOptions = {}): Promise<BrowserPlatform> {
  const workspace = options.workspace ?? new Workspace();
  const database = await Database.open(options.memoryLimit);
  const engine = new BrowserEngine(database);
  const parquet = new BrowserParquet();
  const platform = {
    kind: 'browser' as const,
    engine,
    files: new BrowserFiles(database, workspace, options.base),
    parquet,
    workspace,
    async close() {
      await engine.close();
      if (!options.workspace) await workspace.close();
    },
  };
  return {
    ...platform,
    withBase: (base) => ({ ...platform, files: new BrowserFiles(database, workspace, base) }),
  };
}

export { Workspace };
