// `${secret:name}`: values that the place of a run has, so that documents carry none. Where there is no such place, as in
// the browser, references stay as they are typed.
import type { Place } from '../../errors.ts';
import { problem, type Problem } from '../syntax/problem.ts';
import type { SourceText, Span } from '../syntax/text.ts';
import type { Slot } from './placing.ts';
import type { Reference } from './references.ts';

/** Values by name; undefined where none can be had. */
export type Secrets = Readonly<Record<string, string>> | undefined;

/** A secret that a document uses. */
export interface SecretReference {
  readonly name: string;
  /** Every place where it is used, in the order of the text. */
  readonly places: readonly Place[];
  /** Whether its value was put in. */
  readonly given: boolean;
}

export class Vault {
  /** Values that were put somewhere. */
  readonly opened = new Set<string>();
  readonly #secrets: Secrets;
  /** Name → where it is used, by offset. */
  readonly #uses = new Map<string, Map<number, Span>>();

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** What to put where a secret is used; a reference that stays is a part of the document. */
  slot({ name, start, end }: Reference, typed: Span): Slot {
    const uses = this.#uses.get(name) ?? new Map<number, Span>();
    this.#uses.set(name, uses.set(typed.start, typed));
    const label = `secret:${name}`;
    if (!this.#secrets) return { name: label, start, end, value: `\${${label}}`, trusted: true };
    const value = this.#valueOf(name);
    if (value !== undefined) this.opened.add(value);
    return { name: label, start, end, value, trusted: false };
  }

  /** By their first use. */
  references(source: SourceText): SecretReference[] {
    return this.#sorted().map(({ name, spans }) => {
      const given = this.#valueOf(name) !== undefined;
      return { name, places: spans.map((span) => source.place(span)), given };
    });
  }

  /** The secrets that this place does not have, each at its first use. */
  problems(): Problem[] {
    if (!this.#secrets) return [];
    return this.#sorted().flatMap(({ name, spans: [first] }) => {
      if (!first || this.#valueOf(name) !== undefined) return [];
      const hint = 'Check the name, or have the secret added where the pipeline runs.';
      return [problem('secret.not_found', 'error', `There is no secret \`${name}\` here.`, first, hint)];
    });
  }

  #valueOf(name: string): string | undefined {
    return this.#secrets && Object.hasOwn(this.#secrets, name) ? this.#secrets[name] : undefined;
  }

  #sorted(): { readonly name: string; readonly spans: readonly Span[] }[] {
    const all = [...this.#uses].map(([name, uses]) => {
      return { name, spans: [...uses.values()].sort((a, b) => a.start - b.start) };
    });
    return all.sort((a, b) => (a.spans[0]?.start ?? 0) - (b.spans[0]?.start ?? 0));
  }
}
