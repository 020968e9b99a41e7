// Rows of a relation that the Worker holds, fetched a page at a time as they are looked at. One page is asked for at a
// time, and always one of those wanted last: whoever drags the scroll bar through a million rows waits for the rows
// under it, not for all that went by.
import { asSluiceError, isCancelled, type Issue } from '../../../shared/errors.ts';
import type { Column } from '../../../shared/platform.ts';
import type { Preview, RowsPage } from '../../../shared/protocol/worker.ts';
import type { Value } from '../../../shared/values/codec.ts';
import { arrowRows } from './arrow-rows.ts';
import { PageCache } from './page-cache.ts';
import type { Cell, RowSource } from './row-source.ts';

export type FetchPage = (offset: number, limit: number, signal: AbortSignal) => Promise<RowsPage>;

/** Bytes of pages that are held, and the fewest pages whatever their size. */
const budget = 48 * 1024 * 1024;
const fewestPages = 4;
/** Rows that are fetched first, when nothing is known yet: small relations are whole with that. */
const firstRows = 500;
/** Rows that are fetched beyond those in view, on both sides. */
const margin = 40;

interface Piece {
  readonly source: RowSource;
  /** The row of the relation that is the source's first. */
  readonly start: number;
}

export class PagedRows implements RowSource {
  columns: readonly Column[] = $state.raw([]);
  rowCount = $state(0);
  /** Whether more rows may follow those that are known. */
  more = $state(false);
  /** Whether the relation was a view and is held as a table now. */
  kept = $state(false);
  /** Whether pages are under way. */
  loading = $state(false);
  failure: Issue | undefined = $state.raw();
  readonly #fetch: FetchPage;
  readonly #pages = new PageCache<RowSource>(budget, fewestPages);
  #head: RowSource | undefined;
  #pageRows = 200;
  #version = $state(0);
  #open = false;
  #wanted = { first: 0, end: 0 };
  #working: Promise<void> | undefined;
  #current = new AbortController();

  /** `head`: first rows that are here already. Nothing is fetched before `open`. */
  constructor(fetch: FetchPage, head?: Preview) {
    this.#fetch = fetch;
    if (!head) return;
    this.#take(head.columns);
    this.#head = arrowRows(head.columns, head.batches);
    this.rowCount = this.#head.rowCount;
    this.more = head.truncated;
  }

  /** Whether the columns and the first rows are known. */
  get begun(): boolean {
    return this.columns.length > 0;
  }

  /** From now on pages can be had. `total`: how many rows there are, where that is known. */
  open(total?: number): void {
    if (this.#open) return;
    this.#open = true;
    if (total !== undefined) this.#learn(total);
    if (!this.begun) void this.#work();
  }

  /** Ends what is under way; nothing is fetched any more. */
  close(): void {
    this.#open = false;
    this.stop();
  }

  /** Gives up what is under way, such as a long `extend`. */
  stop(): void {
    this.#current.abort();
    this.#current = new AbortController();
  }

  cell(row: number, column: number): Cell | undefined {
    return this.#at(row, (source, at) => source.cell(at, column));
  }

  value(row: number, column: number): Value | undefined {
    return this.#at(row, (source, at) => source.value(at, column));
  }

  want(first: number, end: number): void {
    this.#wanted = { first: Math.max(0, first - margin), end: Math.min(this.rowCount, end + margin) };
    if (this.#missing() !== undefined) void this.#work();
  }

  /** Finds out how many rows there are, and can give any of them from then on. A view is computed once for that. */
  async extend(): Promise<void> {
    if (!this.#open || !this.more) return;
    await this.#working;
    if (this.#isOpenEnded()) await this.#load(Math.max(1, Math.floor(this.rowCount / this.#pageRows)));
  }

  /** Tries again what has failed. */
  retry(): void {
    this.failure = undefined;
    void this.#work();
  }

  /** Reads rows in order, for those who need more than is in view; pages that are not held are not kept either. */
  async *read(first: number, end: number): AsyncGenerator<(column: number) => Value, void, void> {
    for (let row = first; row < end;) {
      const { source, start } = this.#held(row) ?? (await this.#ask(row));
      const past = Math.min(end, start + source.rowCount);
      if (row >= past) return;
      for (; row < past; row++) {
        const at = row - start;
        yield (column) => source.value(at, column) ?? null;
      }
    }
  }

  #at<Found>(row: number, read: (source: RowSource, at: number) => Found): Found | undefined {
    if (row < 0 || row >= this.rowCount) throw new RangeError(`There is no row ${row} among ${this.rowCount}.`);
    const held = this.#held(row);
    return held && read(held.source, row - held.start);
  }

  /** What holds a row that is here, and which row it begins with. */
  #held(row: number): Piece | undefined {
    const number = Math.floor(row / this.#pageRows);
    const page = this.#version > 0 ? this.#pages.get(number) : undefined; // drawn again when a page has come
    const start = number * this.#pageRows;
    if (page && row - start < page.rowCount) return { source: page, start };
    return this.#head && row < this.#head.rowCount ? { source: this.#head, start: 0 } : undefined;
  }

  /** The first page in view that is not here. */
  #missing(): number | undefined {
    if (!this.begun) return 0;
    const { first, end } = this.#wanted;
    for (let number = Math.floor(first / this.#pageRows); number * this.#pageRows < end; number++) {
      if (this.#pages.has(number)) this.#pages.touch(number);
      else if (Math.min(end, (number + 1) * this.#pageRows) > (this.#head?.rowCount ?? 0)) return number;
    }
    return undefined;
  }

  #work(): Promise<void> {
    this.#working ??= this.#fetchWanted().finally(() => (this.#working = undefined));
    return this.#working;
  }

  async #fetchWanted(): Promise<void> {
    for (let number = this.#missing(); number !== undefined; number = this.#missing()) {
      if (!this.#open || this.failure || !(await this.#load(number))) return;
    }
  }

  /** Whether the page has come. */
  async #load(number: number): Promise<boolean> {
    this.loading = true;
    try {
      const page = await this.#request(number * this.#pageRows);
      const rows = arrowRows(page.columns, page.batches);
      const size = page.batches.reduce((sum, { byteLength }) => sum + byteLength, 0);
      // How many rows make a page is known with the columns, so that what comes first is not a page yet.
      if (this.begun) this.#pages.set(number, rows, size);
      else this.#head = rows;
      this.#take(page.columns);
      this.kept ||= page.kept;
      if (page.total !== undefined) this.#learn(page.total);
      else {
        this.rowCount = rows.rowCount;
        this.more = page.truncated;
      }
      this.#version++;
      return true;
    } catch (thrown) {
      if (!isCancelled(thrown)) this.failure = asSluiceError(thrown).issue;
      return false;
    } finally {
      this.loading = false;
    }
  }

  /** Fetches the page of a row. */
  async #ask(row: number): Promise<Piece> {
    const start = Math.floor(row / this.#pageRows) * this.#pageRows;
    const { columns, batches } = await this.#request(start);
    return { source: arrowRows(columns, batches), start };
  }

  #request(offset: number): Promise<RowsPage> {
    return this.#fetch(offset, this.begun ? this.#pageRows : firstRows, this.#current.signal);
  }

  /** Asked again after waiting: more may have become known meanwhile. */
  #isOpenEnded(): boolean {
    return this.more;
  }

  #learn(total: number): void {
    this.rowCount = total;
    this.more = false;
  }

  /** A page has about ten thousand values, however many columns there are. */
  #take(columns: readonly Column[]): void {
    if (this.begun) return;
    this.columns = columns;
    this.#pageRows = Math.min(200, Math.max(40, Math.floor(10_000 / columns.length)));
  }
}
