// The files that pipelines can read and have written, and the tables that runs have kept in memory.
import type { WorkspaceFile, WorkspaceTable } from '../../../shared/protocol/worker.ts';
import type { SluiceClient } from '../../worker/client.ts';
import { Once } from '../once.ts';
import type { Gathered } from './gather.ts';

export class Workspace {
  files: readonly WorkspaceFile[] = $state.raw([]);
  tables: readonly WorkspaceTable[] = $state.raw([]);
  readonly #client: SluiceClient;
  /** Object URLs of stored files, good until the list is refreshed. */
  readonly #urls = new Once<Promise<string>>();
  #turn = 0;

  constructor(client: SluiceClient) {
    this.#client = client;
  }

  /** Lists anew; of several calls under way the last one counts. */
  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    const files = await this.#client.listFiles();
    if (turn !== this.#turn) return;
    for (const url of this.#urls.clear()) void url.then((made) => URL.revokeObjectURL(made));
    this.files = files;
    // Files are there without an engine; for the tables one must have started.
    const tables = await this.#client.listTables();
    if (turn === this.#turn) this.tables = tables;
  }

  async add(files: readonly Gathered[]): Promise<void> {
    if (files.length === 0) return;
    await this.#client.addFiles([...files]);
    await this.refresh();
  }

  async remove(file: WorkspaceFile): Promise<void> {
    await this.#client.removeFile(file.path, file.kind);
    await this.refresh();
  }

  async removeTable(name: string): Promise<void> {
    await this.#client.removeTable(name);
    await this.refresh();
  }

  /** An address to download a stored file from. */
  url(path: string): Promise<string> {
    return this.#urls.get(path, async () => URL.createObjectURL(await this.#client.readFile(path)));
  }

  /** A stored folder as one file, to download. */
  zip(path: string): Promise<Blob> {
    return this.#client.zipFolder(path);
  }
}
