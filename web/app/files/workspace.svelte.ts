// The files that pipelines can read and have written, with an address to download each stored one from.
import type { WorkspaceFile } from '../../../shared/protocol/worker.ts';
import type { SluiceClient } from '../../worker/client.ts';
import type { Gathered } from './gather.ts';

export interface ListedFile extends WorkspaceFile {
  /** An object URL of a stored file's content, good until the list is refreshed. */
  readonly url?: string;
}

export class Workspace {
  files: readonly ListedFile[] = $state.raw([]);
  readonly #client: SluiceClient;
  #turn = 0;

  constructor(client: SluiceClient) {
    this.#client = client;
  }

  /** Lists anew; of several calls under way the last one counts. */
  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    const listed = await this.#client.listFiles();
    const found = await Promise.all(listed.map(async (file) => ({ file, content: await this.#content(file) })));
    if (turn !== this.#turn) return;
    for (const { url } of this.files) if (url !== undefined) URL.revokeObjectURL(url);
    this.files = found.map(({ file, content }) => (content ? { ...file, url: URL.createObjectURL(content) } : file));
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

  async #content(file: WorkspaceFile): Promise<Blob | undefined> {
    return file.kind === 'stored' ? this.#client.readFile(file.path) : undefined;
  }
}
