// Reads the conditions that DuckDB prints in its optimized plans (v1.5.6, Expression::ToString), where a column of a scan
// bears a mark (see pulls.ts). What is not understood is no condition, so that nothing is ever left out for it.
import type { Column, Condition, Pruning } from '../../../shared/platform.ts';

/** Lists of conditions at most; an OR that would make more is passed over. */
const maxLists = 64;

/** What rows a filter lets through that is right above a scan of these columns, named with the mark in the plan. */
export function conditionsOf(lines: readonly string[], columns: readonly Column[], mark: string): Pruning {
  // A text with a line break in it is torn apart by the plan, and its parts could look like anything.
  if (lines.some((line) => line.replaceAll("''", '').split("'").length % 2 === 0)) return [[]];
  let lists: Pruning = [[]];
  for (const line of lines) {
    const reader = new Reader(line, columns, mark);
    const found = reader.condition();
    if (found && reader.isAtEnd) lists = both(lists, found);
  }
  return lists;
}

/** Every list of the one with every list of the other. */
function both(left: Pruning, right: Pruning): Pruning {
  if (left.length * right.length > maxLists) return left;
  return left.flatMap((one) => right.map((other) => [...one, ...other]));
}

/** The right-hand side of a comparison that has the column on its left. */
const operators: Readonly<Record<string, Condition['operator']>> = {
  '=': '=',
  'IS NOT DISTINCT FROM': '=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

type Operand = Pick<Condition, 'column' | 'type'>;

class Reader {
  readonly #text: string;
  readonly #columns: readonly Column[];
  readonly #mark: string;
  #at = 0;

  constructor(text: string, columns: readonly Column[], mark: string) {
    this.#text = text;
    this.#columns = columns;
    this.#mark = mark;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  /** A condition, or undefined for anything else; the reader then stands anywhere. */
  condition(): Pruning | undefined {
    if (!this.#skip('(')) return this.#truth('true');
    const start = this.#at;
    if (this.#skip('NOT ')) return this.#closed(this.#truth('false'));
    const compared = this.#comparison();
    if (compared && this.#skip(')')) return compared;
    this.#at = start;
    return this.#closed(this.#combination());
  }

  #closed(found: Pruning | undefined): Pruning | undefined {
    return this.#skip(')') ? found : undefined;
  }

  /** A column that is a condition by itself. */
  #truth(value: 'true' | 'false'): Pruning | undefined {
    const operand = this.#operand();
    return operand?.type === 'BOOLEAN' ? [[{ ...operand, operator: '=', value }]] : undefined;
  }

  #comparison(): Pruning | undefined {
    const operand = this.#operand();
    if (!operand || !this.#skip(' ')) return undefined;
    if (this.#skip('IS NULL')) return [[{ ...operand, operator: 'is null', value: '' }]];
    if (this.#skip('IS NOT NULL')) return [[{ ...operand, operator: 'is not null', value: '' }]];
    // It is printed for all ranges, whether they include their ends or not.
    if (this.#skip('BETWEEN ')) return this.#range(operand);
    const operator = Object.entries(operators).find(([sign]) => this.#skip(`${sign} `))?.[1];
    const value = operator && this.#literal();
    return operator && value !== undefined ? [[{ ...operand, operator, value }]] : undefined;
  }

  #range(operand: Operand): Pruning | undefined {
    const lower = this.#literal();
    const upper = this.#skip(' AND ') ? this.#literal() : undefined;
    if (lower === undefined || upper === undefined) return undefined;
    return [
      [
        { ...operand, operator: '>=', value: lower },
        { ...operand, operator: '<=', value: upper },
      ],
    ];
  }

  /** `… OR …` or `… AND …`, as often as it goes on. */
  #combination(): Pruning | undefined {
    let found = this.condition();
    while (found && !this.#text.startsWith(')', this.#at)) {
      const isOr = this.#skip(' OR ');
      if (!isOr && !this.#skip(' AND ')) return undefined;
      const next = this.condition();
      if (!next) return undefined;
      found = isOr ? [...found, ...next] : both(found, next);
    }
    return found;
  }

  #operand(): Operand | undefined {
    if (this.#skip('CAST(')) {
      const operand = this.#operand();
      const type = operand && this.#skip(' AS ') ? this.#match(/[A-Z_ ]+(\(\d+,\d+\))?/y) : undefined;
      return operand && type !== undefined && this.#skip(')') ? { ...operand, type } : undefined;
    }
    const column = this.#columns.find(({ name }) => this.#text.startsWith(name + this.#mark, this.#at));
    if (!column) return undefined;
    this.#at += column.name.length + this.#mark.length;
    return { column: column.name, type: column.type };
  }

  /** The value of `5`, `-1.5`, `1e+30`, `true`, `'text'` or `'text'::TYPE`. */
  #literal(): string | undefined {
    const plain = this.#match(/(-?\d+(\.\d+)?(e[+-]?\d+)?|true|false)(?=\)| AND )/y);
    if (plain !== undefined) return plain;
    const quoted = this.#match(/'([^']|'')*'/y);
    if (quoted === undefined) return undefined;
    if (this.#skip('::') && this.#match(/[A-Z_ ]+(\(\d+,\d+\))?(?=\)| AND )/y) === undefined) return undefined;
    return quoted.slice(1, -1).replaceAll("''", "'");
  }

  #skip(text: string): boolean {
    const found = this.#text.startsWith(text, this.#at);
    if (found) this.#at += text.length;
    return found;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
