// The browser as a place to run pipelines: DuckDB-WASM in this Worker, added files and the origin's private storage.
import type { Issue } from '../../shared/errors.ts';
import type { OpenFile, ParquetCodec, Platform, Work } from '../../shared/platform.ts';
import type { WorkspaceFile } from '../../shared/protocol/worker.ts';
import { BlobFile } from './blob-file.ts';
import { Database } from './database.ts';
import { BrowserEngine } from './engine.ts';
import { ExportFile } from './export-file.ts';
import { BrowserFiles } from './files.ts';
import { basename } from './location.ts';
import { BrowserParquet } from './parquet.ts';
import { Workspace } from './workspace.ts';
import { writeZip } from './zip.ts';

export interface BrowserPlatformOptions {
  /** DuckDB's memory limit, such as `1GB`; its default is 3.1 GiB. */
  readonly memoryLimit?: string | undefined;
  /** The address below which the page's deployer serves DuckDB's own extensions. */
  readonly extensions?: string | undefined;
  /** The address of the document, when it has one. */
  readonly base?: string | undefined;
  /** Milliseconds without a byte after which a request is given up; 30,000 when absent. */
  readonly stallTimeout?: number | undefined;
  /** The files; without it the platform makes a workspace of its own and closes it with itself. */
  readonly workspace?: Workspace;
}

export interface BrowserPlatform extends Platform {
  readonly kind: 'browser';
  readonly parquet: ParquetCodec;
  readonly workspace: Workspace;
  /** What the engine lacks that it should have. */
  readonly notices: readonly Issue[];
  /** The same platform for a document from another address. */
  withBase(base: string | undefined): Platform;
  /** Opens a file of the workspace by its very path. */
  openListed(file: Pick<WorkspaceFile, 'path' | 'kind'>): Promise<OpenFile>;
  /** Starts a file that is to be downloaded and is not among the stored ones. */
  createExport(name: string, onWrite: (bytes: number) => void): Promise<ExportFile>;
  /** A folder of stored files as one zip file, whole. Fails with file.not_found. */
  zipFolder(path: string, work: Work): Promise<ExportFile>;
}

/** Opens a platform inside a Worker. Fails with engine.failed. */
export async function openBrowserPlatform(options: BrowserPlatformOptions = {}): Promise<BrowserPlatform> {
  const workspace = options.workspace ?? new Workspace();
  const database = await Database.open(options);
  const engine = new BrowserEngine(database);
  const filesFor = (base: string | undefined): BrowserFiles =>
    new BrowserFiles(database, workspace, { base, stallTimeout: options.stallTimeout });
  const parquet = new BrowserParquet();
  const platform = {
    kind: 'browser' as const,
    engine,
    files: filesFor(options.base),
    parquet,
    workspace,
    notices: database.notices,
    async close() {
      await engine.close();
      if (!options.workspace) await workspace.close();
    },
  };
  return {
    ...platform,
    withBase: (base) => ({ ...platform, files: filesFor(base) }),
    openListed: async ({ path, kind }) =>
      new BlobFile(database, { location: path, blob: await workspace.blob(path, kind) }),
    createExport: async (name, onWrite) => ExportFile.create(database, await workspace.storage(), name, onWrite),
    zipFolder: async (path, work) => {
      const storage = await workspace.storage();
      const made = await ExportFile.create(database, storage, `${basename(path)}.zip`, () => undefined);
      try {
        await writeZip(storage, path, made.file, work);
        await made.file.commit();
        return made;
      } catch (thrown) {
        await made.discard();
        throw thrown;
      }
    },
  };
}

export { duckdbCode } from './duckdb.ts';
export { Workspace };
