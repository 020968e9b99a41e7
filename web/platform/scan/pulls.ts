// The scans of a database that DuckDB can pull: each has a table function of its own while it is open, so that plans
// tell them apart. DuckDB cannot forget a function, so the functions are few and used again.
import { failure } from '../../../shared/errors.ts';
import type { Column, Pulled, PulledScan, PullOptions, Pruning } from '../../../shared/platform.ts';
import { columnMark } from '../../../shared/sql/mark.ts';
import { quoteIdentifier, quoteLiteral } from '../../../shared/sql/quote.ts';
import type { Library } from '../capi/library.ts';
import { registerTableFunction, type BoundCall } from '../capi/table-function.ts';
import type { Database } from '../database.ts';
import { Lending } from './lending.ts';
import { BatchScan } from './scan.ts';

interface Open {
  /** Told apart from what had the function before. */
  readonly number: number;
  readonly columns: readonly Column[];
  readonly scan: PulledScan;
  readonly rows: number | undefined;
}

export class Pulls {
  readonly #database: Database;
  readonly #lending: Lending;
  readonly #open: (Open | undefined)[] = [];
  #last = 0;
  /** What the statement wants that runs now, by function; everything where it says nothing. */
  pruning: ReadonlyMap<string, Pruning> = new Map();

  constructor(database: Database, library: Library) {
    this.#database = database;
    this.#lending = new Lending(library, database.nativeConnection(database.connect()));
  }

  /** Whether a statement could read any. */
  get isEmpty(): boolean {
    return this.#open.every((open) => open === undefined);
  }

  /** How many arrays DuckDB holds. */
  get lent(): number {
    return this.#lending.lent;
  }

  pull(columns: readonly Column[], scan: PulledScan, { rows }: PullOptions = {}): Pulled {
    const number = ++this.#last;
    const slot = this.#freeSlot();
    this.#open[slot] = { number, columns, scan, rows };
    const items = columns.map(({ name }) => `${quoteIdentifier(name + columnMark)} AS ${quoteIdentifier(name)}`);
    const call = `${nameOf(slot)}(${quoteLiteral(String(number))})`;
    return {
      expression: `(SELECT ${items.join(', ')} FROM ${call})`,
      close: () => {
        if (this.#open[slot]?.number === number) this.#open[slot] = undefined;
      },
    };
  }

  /** The columns of an open scan, by the name of its function. */
  columnsOf(name: string): readonly Column[] | undefined {
    return this.#open.find((_, slot) => nameOf(slot) === name)?.columns;
  }

  #freeSlot(): number {
    const free = this.#open.findIndex((open) => open === undefined);
    if (free >= 0) return free;
    const slot = this.#open.length;
    registerTableFunction(this.#database, { name: nameOf(slot), bind: (number) => this.#bind(slot, number) });
    this.#open.push(undefined);
    return slot;
  }

  #bind(slot: number, number: string): BoundCall {
    const open = this.#open[slot];
    if (open?.number !== Number(number)) throw failure('sql.failed', 'A relation was read after it was closed.');
    const { columns, rows, scan } = open;
    return {
      columns: columns.map(({ name, type }) => ({ name: name + columnMark, type })),
      rows,
      open: (positions) => {
        const wanted = positions.map((position) => columns[position]);
        const names = wanted.flatMap((column) => (column ? [column.name] : []));
        const pruning = this.pruning.get(nameOf(slot)) ?? [[]];
        return new BatchScan(this.#lending, wanted, scan(names, pruning));
      },
    };
  }
}

function nameOf(slot: number): string {
  return `sluice_scan_${slot}`;
}
