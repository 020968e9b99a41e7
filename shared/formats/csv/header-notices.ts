// What is told of the headers of CSV files: once for all files of which the same is to be told.
import type { IssueCode } from '../../errors.ts';
import { note, type FormatContext } from '../format.ts';

export interface HeaderNotice {
  readonly code: IssueCode;
  readonly severity: 'info' | 'warning';
  /** The sentence; `files` is such as `a.csv` or `a.csv and 2 more files of t`. */
  readonly message: (files: string) => string;
  readonly hint: string;
}

export class HeaderNotices {
  readonly #seen = new Map<string, { readonly notice: HeaderNotice; readonly first: string; others: number }>();

  add(location: string, notice: HeaderNotice): void {
    const key = `${notice.code} ${notice.message('')}`;
    const seen = this.#seen.get(key);
    if (seen) seen.others++;
    else this.#seen.set(key, { notice, first: location, others: 0 });
  }

  /** In the order in which each was first met. */
  tell(relation: string, { notify }: FormatContext): void {
    for (const { notice, first, others } of this.#seen.values()) {
      const files = others === 0 ? first : `${first} and ${others} more files of ${relation}`;
      notify(note(notice.code, notice.severity, notice.message(files), notice.hint));
    }
  }
}
