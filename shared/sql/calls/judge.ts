// Judges statements before DuckDB binds them: binding alone calls functions (measured on v1.5.6, where `arrow_scan` calls
// any address while it is bound). Two readings must agree that nothing refused is called: the names in the text's tokens,
// and DuckDB's own parse. What cannot be judged is refused.
import { verdictOn } from './allowed.ts';
import { offsetOfCall, refusedByName, unclear } from './named.ts';
import { queriesOf } from './parts.ts';
import type { Refusal } from './refusal.ts';
import { withoutLongLists } from './shorten.ts';
import { withPivotValues } from './static-pivot.ts';
import { callsOf } from './tree.ts';

/** What the judge asks DuckDB, in ways that run no text that is being judged. */
export interface Parser {
  /** What `json_serialize_sql` answers to a text; undefined where that is too long to be looked through. */
  serialize(sql: string): Promise<string | undefined>;
  /** Whether DuckDB has a function of this name, in lower case. */
  hasFunction(name: string): Promise<boolean>;
}

/** How many characters of statements are remembered as harmless. */
const remembered = 1_000_000;
const mostLevels = 8;

export class Judge {
  readonly #parser: Parser;
  readonly #harmless = new Set<string>();
  #size = 0;

  constructor(parser: Parser) {
    this.#parser = parser;
  }

  /** Why a statement that DuckDB can parse must not be run; undefined where it may. */
  async refusalOf(statement: string): Promise<Refusal | undefined> {
    if (this.#harmless.has(statement)) return undefined;
    const refusal = refusedByName(statement) ?? (await this.#refusalByParse(statement));
    if (!refusal) this.#remember(statement);
    return refusal;
  }

  async #refusalByParse(statement: string): Promise<Refusal | undefined> {
    const queries = queriesOf(statement);
    if (!queries) return { message: 'This statement cannot be run here: it is no query.', offset: 0 };
    for (const query of queries) {
      const found = await this.#refusalOfQuery(query, mostLevels);
      if (found) return { message: found.message, offset: found.name ? offsetOfCall(statement, found.name) : 0 };
    }
    return undefined;
  }

  async #refusalOfQuery(query: string, levels: number): Promise<{ message: string; name?: string } | undefined> {
    if (levels === 0) return { message: unclear.levels, name: 'query' };
    const parsed = await this.#parse(query);
    if (typeof parsed === 'string') return { message: parsed };
    const calls = callsOf(parsed);
    if (calls.unclear) return calls.unclear;
    for (const name of calls.names) {
      const verdict = verdictOn(name);
      if (verdict.is === 'refused') return { message: verdict.message, name };
      // DuckDB says best itself that it does not have a function, and which one may be meant.
      if (verdict.is === 'unknown' && (await this.#parser.hasFunction(name.toLowerCase()))) {
        return { message: `${name} cannot be used here: it has not been reviewed.`, name };
      }
    }
    for (const text of calls.queries) {
      const found = await this.#refusalOfQuery(text, levels - 1);
      if (found) return { message: found.message, name: 'query' };
    }
    return undefined;
  }

  /** DuckDB's parse of a text that is one query, or a sentence on why there is none. */
  async #parse(query: string): Promise<readonly unknown[] | string> {
    const text = withoutLongLists(query);
    const whole = await this.#ask(text);
    const answers = whole ? [whole] : await Promise.all(withPivotValues(text).map((part) => this.#ask(part)));
    const parsed: unknown[] = [];
    for (const answer of answers) {
      if (typeof answer === 'string') return answer;
      if (answer?.length !== 1) return 'This query cannot be used here: DuckDB does not tell what it calls.';
      parsed.push(answer[0]);
    }
    return parsed;
  }

  /** The statements of a text that is queries alone; undefined where it is not, or does not parse. */
  async #ask(text: string): Promise<readonly unknown[] | string | undefined> {
    const json = await this.#parser.serialize(text);
    if (json === undefined) return 'This query is too long to be looked through: make its values a source.';
    const { error, statements } = JSON.parse(withoutInfinities(json)) as {
      error: boolean;
      statements?: readonly unknown[];
    };
    return error ? undefined : statements;
  }

  #remember(statement: string): void {
    if (statement.length > remembered) return;
    this.#size += statement.length;
    if (this.#size > remembered) {
      this.#harmless.clear();
      this.#size = statement.length;
    }
    this.#harmless.add(statement);
  }
}

/** A parse with null for each number that is not finite, which DuckDB writes as no JSON has it: `1e400` as Infinity. */
function withoutInfinities(json: string): string {
  if (!/Infinity|NaN/.test(json)) return json;
  return json.replace(/"(?:[^"\\]|\\.)*"|-?(?:Infinity|NaN)/g, (found) => (found.startsWith('"') ? found : 'null'));
}
