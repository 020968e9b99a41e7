import { RecordBatchStreamWriter, Table, Utf8, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { cancelled, failure } from '../../../shared/errors.ts';
import type { RowsPage } from '../../../shared/protocol/worker.ts';
import { PagedRows } from './paged-rows.svelte.ts';

const columns = [{ name: 'a', type: 'VARCHAR' }];

function pageOf(first: number, end: number, more: Partial<RowsPage> = {}): RowsPage {
  const texts = Array.from({ length: Math.max(0, end - first) }, (_, at) => `row ${first + at}`);
  const table = new Table({ a: vectorFromArray(texts, new Utf8()) });
  const batches = texts.length === 0 ? [] : [RecordBatchStreamWriter.writeAll(table.batches).toUint8Array(true)];
  return { columns, batches, rows: texts.length, truncated: true, kept: false, ...more };
}

/** A relation of `total` rows whose pages arrive when the test says so, unless it is told to answer at once. */
class FakeRelation {
  readonly asked: number[] = [];
  readonly waiting: (() => void)[] = [];
  atOnce = true;
  readonly total: number;
  readonly isView: boolean;

  constructor(total: number, isView = false) {
    this.total = total;
    this.isView = isView;
  }

  readonly fetch = async (offset: number, limit: number, signal: AbortSignal): Promise<RowsPage> => {
    this.asked.push(offset);
    if (!this.atOnce) await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (signal.aborted) throw cancelled();
    const known = this.isView && offset === 0 ? {} : { total: this.total, kept: this.isView };
    return pageOf(offset, Math.min(this.total, offset + limit), known);
  };
}

const text = (rows: PagedRows, row: number): string | undefined => rows.cell(row, 0)?.text;

describe('rows in pages', () => {
  it('are fetched where they are looked at, and not yet there until they come', async () => {
    const relation = new FakeRelation(1_000_000);
    const rows = new PagedRows(relation.fetch);
    rows.open();
    await expect.poll(() => rows.rowCount).toBe(1_000_000);
    expect(text(rows, 999_999)).toBeUndefined();
    rows.want(999_960, 1_000_000);
    await expect.poll(() => text(rows, 999_999)).toBe('row 999999');
    expect(relation.asked).toEqual([0, 999_800]);
    expect(() => rows.cell(1_000_000, 0)).toThrow(RangeError);
  });

  it('are asked for one page at a time, those wanted last', async () => {
    const relation = new FakeRelation(1_000_000);
    const rows = new PagedRows(relation.fetch);
    rows.open();
    await expect.poll(() => rows.rowCount).toBe(1_000_000);
    relation.atOnce = false;
    for (const first of [10_100, 50_100, 90_100, 500_100]) rows.want(first, first + 20);
    expect(relation.asked).toEqual([0, 10_000]);
    relation.waiting.shift()?.();
    await expect.poll(() => relation.asked).toEqual([0, 10_000, 500_000]);
    relation.waiting.shift()?.();
    await expect.poll(() => text(rows, 500_110)).toBe('row 500110');
    expect(relation.asked).toHaveLength(3);
  });

  it('begin with those that a stage has shown, and fetch no others before the run has ended', async () => {
    const relation = new FakeRelation(300);
    const rows = new PagedRows(relation.fetch, pageOf(0, 10));
    expect([rows.rowCount, rows.more, text(rows, 9)]).toEqual([10, true, 'row 9']);
    rows.want(0, 10);
    await rows.extend();
    expect(relation.asked).toEqual([]);
    rows.open(300);
    expect([rows.rowCount, rows.more]).toEqual([300, false]);
    rows.want(0, 20);
    await expect.poll(() => text(rows, 19)).toBe('row 19');
  });

  it('of a view with many columns are not asked for past the first ones before someone wants them', async () => {
    const wide = Array.from({ length: 500 }, (_, at) => ({ name: `c${at}`, type: 'VARCHAR' }));
    const asked: number[] = [];
    const rows = new PagedRows((offset, limit) => {
      asked.push(offset);
      const vector = vectorFromArray(Array<string>(limit).fill('x'), new Utf8());
      const table = new Table(Object.fromEntries(wide.map(({ name }) => [name, vector])));
      const batches = [RecordBatchStreamWriter.writeAll(table.batches).toUint8Array(true)];
      return Promise.resolve({ columns: wide, batches, rows: limit, truncated: true, kept: false });
    });
    rows.open();
    await expect.poll(() => rows.rowCount).toBe(500);
    rows.want(0, 500);
    expect(rows.cell(499, 499)?.text).toBe('x');
    expect(asked).toEqual([0]);
  });

  it('of a view are counted when someone asks for all of them', async () => {
    const relation = new FakeRelation(5000, true);
    const rows = new PagedRows(relation.fetch);
    rows.open();
    await expect.poll(() => rows.rowCount).toBe(500);
    expect([rows.more, rows.kept]).toEqual([true, false]);
    await rows.extend();
    expect([rows.rowCount, rows.more, rows.kept]).toEqual([5000, false, true]);
  });

  it('of a view that shows few are right even if they end within the first page', async () => {
    const relation = new FakeRelation(12, true);
    const rows = new PagedRows(relation.fetch, pageOf(0, 5));
    rows.open();
    await rows.extend();
    expect([rows.rowCount, rows.more]).toEqual([12, false]);
    rows.want(0, 12);
    await expect.poll(() => text(rows, 11)).toBe('row 11');
  });

  it('say what went wrong, and try again when they are told to', async () => {
    const relation = new FakeRelation(1000);
    let broken = true;
    const rows = new PagedRows((...request) =>
      broken ? Promise.reject(failure('sql.failed', 'It is gone.')) : relation.fetch(...request),
    );
    rows.open();
    await expect.poll(() => rows.failure?.message).toBe('It is gone.');
    broken = false;
    rows.retry();
    await expect.poll(() => rows.rowCount).toBe(1000);
    expect(rows.failure).toBeUndefined();
  });

  it('can be stopped while all of them are found out, and asked again', async () => {
    const relation = new FakeRelation(5000, true);
    const rows = new PagedRows(relation.fetch, pageOf(0, 200));
    rows.open();
    relation.atOnce = false;
    const extending = rows.extend();
    await expect.poll(() => relation.waiting).toHaveLength(1);
    rows.stop();
    relation.waiting.shift()?.();
    await extending;
    expect([rows.rowCount, rows.more, rows.failure]).toEqual([200, true, undefined]);
    relation.atOnce = true;
    await rows.extend();
    expect(rows.rowCount).toBe(5000);
  });

  it('can be read through without being looked at', async () => {
    const rows = new PagedRows(new FakeRelation(450).fetch);
    rows.open();
    await expect.poll(() => rows.rowCount).toBe(450);
    const texts: unknown[] = [];
    for await (const value of rows.read(190, 405)) texts.push(value(0));
    expect(texts).toHaveLength(215);
    expect([texts[0], texts.at(-1)]).toEqual(['row 190', 'row 404']);
  });

  it('that a stage has shown can be read after its run has failed, when nothing can be fetched any more', async () => {
    const gone = failure('sql.failed', 'It is gone.');
    const rows = new PagedRows(() => Promise.reject(gone), pageOf(0, 700));
    const texts: unknown[] = [];
    for await (const value of rows.read(0, 700)) texts.push(value(0));
    expect([texts.length, texts.at(-1)]).toEqual([700, 'row 699']);
  });
});
