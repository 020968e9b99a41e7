// Looking at rows and files beside runs: pages to scroll through, exports, previews. All of it ends when a run begins,
// because the run replaces what was looked at.
import { failure, type Issue } from '../../shared/errors.ts';
import { load, masked, maskedError } from '../../shared/pipeline/load.ts';
import type { Work } from '../../shared/platform.ts';
import type {
  CallProgress,
  ExportedRows,
  FilePreview,
  PlanAnswer,
  RowsPage,
  WorkerCalls,
  WorkspaceTable,
} from '../../shared/protocol/worker.ts';
import { exportQuery } from '../../shared/run/export.ts';
import { previewFile } from '../../shared/run/file-preview.ts';
import { platformIn } from '../../shared/run/in-dialect.ts';
import { RelationPages, type FinishedRun } from '../../shared/run/pages.ts';
import { planPipeline } from '../../shared/run/plan.ts';
import { listTables, removeTable } from '../../shared/run/workspace-tables.ts';
import type { ExportFile } from '../platform/export-file.ts';
import type { BrowserPlatform } from '../platform/index.ts';

/** What a call that takes a while may use. */
export interface CallWork {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CallProgress) => void;
}

/** Exports that are kept, because nobody tells when a download has ended. */
const keptExports = 2;

/** Bytes between two reports of progress. */
const progressStep = 512 * 1024;

type Input<Name extends keyof WorkerCalls> = WorkerCalls[Name]['input'];

export class Looks {
  readonly #platform: BrowserPlatform;
  readonly #pages: RelationPages;
  readonly #underWay = new Map<AbortController, Promise<unknown>>();
  readonly #exports: ExportFile[] = [];
  /** The tables that there were when the run began that goes on. */
  #tables: Promise<readonly WorkspaceTable[]> = Promise.resolve([]);
  #blocked = false;

  constructor(platform: BrowserPlatform) {
    this.#platform = platform;
    this.#pages = new RelationPages(platform.engine);
  }

  /** What a run of the document would do. */
  plan({ text, parameters, base }: Input<'plan'>, work: CallWork): Promise<PlanAnswer> {
    return this.#look(work, (own) => planPipeline(load(text, parameters), this.#platform.withBase(base), own));
  }

  rows({ relation, offset, limit }: Input<'rows'>, work: CallWork): Promise<RowsPage> {
    return this.#look(work, (own) => this.#pages.page(relation, offset, limit, own));
  }

  previewFile(input: Input<'previewFile'>, work: CallWork): Promise<FilePreview> {
    return this.#look(work, async (own) => {
      const file = await this.#platform.openListed(input);
      try {
        return await previewFile(this.#platform, file, own);
      } finally {
        await file.close();
      }
    });
  }

  exportRows({ relation, format }: Input<'exportRows'>, work: CallWork): Promise<ExportedRows> {
    return this.#look(work, async (own) => {
      const { query, dialect, mask } = await this.#pages.whole(relation, own);
      const made = await this.#platform.createExport(`rows.${format}`, inSteps(work));
      const notices: Issue[] = [];
      try {
        const platform = platformIn(this.#platform, dialect);
        const context = { platform, notify: (issue: Issue) => notices.push(masked(issue, mask)), work: own };
        const rows = await exportQuery(query, format, made.file, context);
        await made.file.commit();
        return { file: await this.#keep(made), rows, notices };
      } catch (thrown) {
        await made.discard();
        throw maskedError(thrown, mask);
      }
    });
  }

  zipFolder({ path }: Input<'zipFolder'>, work: CallWork): Promise<Blob> {
    return this.#look(work, async (own) => this.#keep(await this.#platform.zipFolder(path, own)));
  }

  /** While a run goes on, those that there were when it began. */
  listTables(): Promise<readonly WorkspaceTable[]> {
    return this.#blocked ? this.#tables : listTables(this.#platform.engine);
  }

  async removeTable({ name }: Input<'removeTable'>, work: CallWork): Promise<null> {
    await this.#look(work, () => removeTable(name, this.#platform.engine));
    return null;
  }

  /** Ends what is under way, lets nothing begin, and frees what was kept for it: a run is about to start. */
  async block(): Promise<void> {
    this.#blocked = true;
    const tasks = [...this.#underWay.values()];
    for (const controller of this.#underWay.keys()) controller.abort();
    this.#tables = Promise.allSettled(tasks).then(() => listTables(this.#platform.engine));
    await this.#tables;
    await this.#pages.release();
  }

  /** The run has ended, and what it has left is to be read so. */
  unblock(run: FinishedRun): void {
    this.#pages.readFrom(run);
    this.#blocked = false;
  }

  async #keep(made: ExportFile): Promise<Blob> {
    this.#exports.push(made);
    for (const old of this.#exports.splice(0, this.#exports.length - keptExports)) await old.discard();
    return made.blob();
  }

  async #look<Result>({ signal, onProgress }: CallWork, task: (work: Work) => Promise<Result>): Promise<Result> {
    if (this.#blocked) throw failure('run.busy', 'This can be done when the run has ended.');
    const controller = new AbortController();
    const own = {
      signal: AbortSignal.any([signal, controller.signal]),
      onProgress: (fraction: number) => onProgress({ fraction }),
    };
    const looking = task(own);
    this.#underWay.set(controller, looking);
    try {
      return await looking;
    } finally {
      this.#underWay.delete(controller);
    }
  }
}

/** Adds up written bytes and reports them now and then. */
function inSteps({ onProgress }: CallWork): (written: number) => void {
  let [bytes, reported] = [0, 0];
  return (written) => {
    bytes += written;
    if (bytes < reported + progressStep) return;
    reported = bytes;
    onProgress({ bytes });
  };
}
