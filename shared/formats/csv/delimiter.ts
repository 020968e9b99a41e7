// Whether a CSV file that has one column is probably parted by a delimiter that the document does not name. Nothing is
// guessed from it: it is told.
import type { Issue } from '../../errors.ts';
import { note } from '../format.ts';

const usual = [',', ';', '\t', '|'];

/** Counts the delimiters in the values of a file's only column, as long as every value has as many. */
export class OtherDelimiters {
  #counts: ReadonlyMap<string, number> | undefined;
  #rows = 0;
  readonly #candidates: readonly string[];

  /** `header` is the column's name, where the file has one. */
  constructor(delimiter: string, header?: string) {
    this.#candidates = usual.filter((each) => each !== delimiter);
    if (header !== undefined) this.#see(header);
  }

  /** A row's value; null tells nothing. */
  see(value: string | null): void {
    if (value === null) return;
    this.#rows++;
    this.#see(value);
  }

  /** The delimiter that the header and all rows have as often, once or more. */
  get found(): string | undefined {
    return this.#rows === 0 ? undefined : this.#counts?.keys().next().value;
  }

  #see(text: string): void {
    const candidates = this.#counts?.keys() ?? this.#candidates;
    const same = [...candidates].flatMap((each) => {
      const count = text.split(each).length - 1;
      const before = this.#counts?.get(each) ?? count;
      return count > 0 && count === before ? [[each, count] as const] : [];
    });
    this.#counts = new Map(same);
  }
}

/** The warning about files, given by their locations, whose only column has that delimiter in it. */
export function delimiterNotice(delimiter: string, [first = '', ...others]: readonly string[]): Issue {
  const who = others.length === 0 ? first : `${first} and ${others.length} more files`;
  const shown = delimiter === '\t' ? 'tab' : `\`${delimiter}\``;
  const message = `${who} ${others.length === 0 ? 'is' : 'are'} read as one column, but every line has as many of the character ${shown}.`;
  const hint = `If that is what parts the values, declare \`delimiter: ${JSON.stringify(delimiter)}\`.`;
  return note('format.delimiter', 'warning', message, hint);
}
