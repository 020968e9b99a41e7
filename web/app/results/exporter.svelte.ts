// Takes rows out of the page as a file. One export at a time: a new one replaces the one before.
import type { Issue } from '../../../shared/errors.ts';
import { asSluiceError, isCancelled } from '../../../shared/errors.ts';
import type { CallProgress, ExportFormat, RelationName } from '../../../shared/protocol/worker.ts';
import type { SluiceClient } from '../../worker/client.ts';
import { save } from '../files/save.ts';

export type Export =
  | { readonly kind: 'working'; readonly name: string; readonly progress: CallProgress }
  | {
      readonly kind: 'done';
      readonly name: string;
      readonly url: string;
      readonly rows: number;
      readonly bytes: number;
      readonly notices: readonly Issue[];
    }
  | { readonly kind: 'failed'; readonly name: string; readonly issue: Issue };

export const exportFormats: readonly {
  readonly value: ExportFormat;
  readonly label: string;
  readonly ending: string;
}[] = [
  { value: 'csv', label: 'CSV', ending: 'csv' },
  { value: 'json', label: 'JSON lines', ending: 'jsonl' },
  { value: 'parquet', label: 'Parquet', ending: 'parquet' },
  { value: 'arrow', label: 'Arrow file', ending: 'arrow' },
];

export class Exporter {
  current: Export | undefined = $state.raw();
  readonly #client: SluiceClient;
  #stopping = new AbortController();

  constructor(client: SluiceClient) {
    this.#client = client;
  }

  /** Makes the file and hands it to the browser to save. Never rejects. */
  async start(relation: RelationName, format: ExportFormat): Promise<void> {
    this.dismiss();
    const stopping = new AbortController();
    this.#stopping = stopping;
    const ending = exportFormats.find(({ value }) => value === format)?.ending ?? format;
    const name = `${relation.name.replaceAll(/[\\/:*?"<>|]/g, '_')}.${ending}`;
    this.current = { kind: 'working', name, progress: {} };
    const keep = (state: Export): void => {
      if (this.#stopping === stopping) this.current = state;
    };
    try {
      const { file, rows, notices } = await this.#client.exportRows(relation, format, {
        signal: stopping.signal,
        onProgress: (progress) => keep({ kind: 'working', name, progress }),
      });
      if (this.#stopping !== stopping) return;
      const url = URL.createObjectURL(file);
      keep({ kind: 'done', name, url, rows, bytes: file.size, notices });
      save(url, name);
    } catch (thrown) {
      if (isCancelled(thrown)) this.dismiss();
      else keep({ kind: 'failed', name, issue: asSluiceError(thrown).issue });
    }
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** Forgets the export, and ends it if it is under way. */
  dismiss(): void {
    this.#stopping.abort();
    this.#stopping = new AbortController();
    if (this.current?.kind === 'done') URL.revokeObjectURL(this.current.url);
    this.current = undefined;
  }
}
