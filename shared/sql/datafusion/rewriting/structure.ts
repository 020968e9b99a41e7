// What a rule may ask about a query's tokens: which brackets belong together, where an operand begins, what a call's
// arguments are.
import { tokensOf, type Token } from '../../tokens.ts';
import { levelsOf, type Levels } from './levels.ts';

/** A call: the indexes of its name and of its parentheses, and its arguments as stretches of tokens, ends exclusive. */
export interface Call {
  readonly name: string;
  readonly nameIndex: number;
  readonly open: number;
  readonly close: number;
  readonly arguments: readonly (readonly [start: number, end: number])[];
}

const opening: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Words that stand before a parenthesis without calling anything. */
const notCalled = new Set(
  `IN AND OR NOT ON USING FROM WHERE SELECT AS OVER VALUES BY HAVING JOIN WHEN THEN ELSE CASE UNION ALL EXCEPT INTERSECT
  EXCLUDE REPLACE DISTINCT LIMIT OFFSET FILTER EXISTS ANY SOME LATERAL SETS IS BETWEEN LIKE ILIKE TO GROUP WITH RECURSIVE
  MATERIALIZED QUALIFY WINDOW ESCAPE INTERVAL DATE TIMESTAMP TIME`.split(/\s+/),
);

export class Structure {
  readonly tokens: readonly Token[];
  /** For the index of a bracket, the index of its partner. */
  readonly partner: ReadonlyMap<number, number>;

  readonly #words: readonly (string | undefined)[];
  readonly #levels: Levels;
  // What is asked again and again is remembered, so that a long query takes no longer than its length.
  readonly #calls = new Map<number, Call | undefined>();
  readonly #starts = new Map<number, number>();
  readonly #leftStarts = new Map<string, number>();

  constructor(query: string) {
    this.tokens = tokensOf(query);
    this.partner = partners(this.tokens);
    this.#words = this.tokens.map(({ kind, value }) => (kind === 'identifier' ? value.toUpperCase() : undefined));
    this.#levels = levelsOf(this.#words, this.tokens, this.partner);
  }

  /** A word in capitals, unless it is quoted. */
  word(index: number): string | undefined {
    return this.#words[index];
  }

  isOneOf(index: number, words: ReadonlySet<string>): boolean {
    const word = this.#words[index];
    return word !== undefined && words.has(word);
  }

  /** The index of the bracket that a token stands in; undefined outside of all. */
  parent(index: number): number | undefined {
    return this.#levels.parents[index];
  }

  /** The last word before a token, in the same brackets, that begins a clause. */
  clause(index: number): string | undefined {
    return this.#levels.clauses[index];
  }

  /** Whether a parenthesis opens a row of VALUES. */
  isRow(open: number): boolean {
    return this.#levels.rows.has(open);
  }

  is(index: number, ...words: readonly string[]): boolean {
    const word = this.#words[index];
    return word !== undefined && words.includes(word);
  }

  text(index: number): string | undefined {
    return this.tokens[index]?.text;
  }

  start(index: number): number {
    return this.tokens[index]?.offset ?? 0;
  }

  end(index: number): number {
    const token = this.tokens[index];
    return token ? token.offset + token.text.length : 0;
  }

  isName(index: number): boolean {
    const kind = this.tokens[index]?.kind;
    return kind === 'identifier' || kind === 'quoted';
  }

  /** The call whose name stands here. */
  callAt(nameIndex: number): Call | undefined {
    if (!this.#calls.has(nameIndex)) this.#calls.set(nameIndex, this.#findCall(nameIndex));
    return this.#calls.get(nameIndex);
  }

  #findCall(nameIndex: number): Call | undefined {
    const open = nameIndex + 1;
    const close = this.partner.get(open);
    if (!this.isName(nameIndex) || this.text(open) !== '(' || close === undefined) return undefined;
    if (this.isOneOf(nameIndex, notCalled) && !this.isReplaceFunction(nameIndex)) return undefined;
    const name = (this.tokens[nameIndex]?.value ?? '').toLowerCase();
    return { name, nameIndex, open, close, arguments: this.split(open + 1, close) };
  }

  /** A stretch of tokens at its commas that stand in no bracket. */
  split(start: number, end: number): (readonly [number, number])[] {
    if (start >= end) return [];
    const parts: (readonly [number, number])[] = [];
    let from = start;
    for (const index of this.level(start, end)) {
      if (this.text(index) !== ',') continue;
      parts.push([from, index]);
      from = index + 1;
    }
    return [...parts, [from, end]];
  }

  /** The indexes of a stretch that stand in none of its brackets; of a bracket only the opening one. */
  *level(start: number, end: number): Generator<number, void, void> {
    for (let index = start; index < end; index++) {
      yield index;
      index = Math.max(index, this.partner.get(index) ?? index);
    }
  }

  /** The index of the first token of the operand that ends before `end`, as a postfix operator such as `::` takes it. */
  operandStart(end: number): number {
    const known = this.#starts.get(end);
    if (known !== undefined) return known;
    const start = this.#findStart(end);
    this.#starts.set(end, start);
    return start;
  }

  #findStart(end: number): number {
    let index = end - 1;
    const open = this.partner.get(index);
    if (this.text(index) === ')' && open !== undefined) {
      index = open;
      if (this.is(index - 1, 'OVER', 'FILTER')) return this.operandStart(index - 1);
      if (this.is(index - 1, 'GROUP') && this.is(index - 2, 'WITHIN')) return this.operandStart(index - 2);
      if (this.text(index - 2) === '::') return this.operandStart(index - 2); // a type such as DECIMAL(10, 2)
      if (this.isName(index - 1) && !this.isOneOf(index - 1, notCalled)) return this.chainStart(index - 1);
      return index;
    }
    if ((this.text(index) === ']' || this.text(index) === '}') && open !== undefined) {
      const before = this.tokens[open - 1];
      if (this.text(index) === '}') return this.is(open - 1, 'MAP') ? open - 1 : open;
      const isSubscript =
        before !== undefined && (/^[)\]}]$/.test(before.text) || before.kind === 'quoted' || before.kind === 'string');
      if (isSubscript) return this.operandStart(open);
      if (before?.kind === 'identifier') {
        if (this.is(open - 1, 'ARRAY')) return open - 1;
        return this.isOneOf(open - 1, notCalled) ? open : this.operandStart(open);
      }
      return open;
    }
    if (this.is(index, 'END')) return this.caseStart(index);
    if (this.tokens[index]?.kind === 'string' && this.is(index - 1, 'DATE', 'TIMESTAMP', 'TIME', 'INTERVAL')) {
      return index - 1;
    }
    if (this.isName(index)) {
      let type = index;
      while (this.is(type, 'UNSIGNED', 'PRECISION', 'TIME', 'ZONE', 'WITH', 'WITHOUT')) type -= 1;
      if (this.text(type - 1) === '::') return this.operandStart(type - 1);
      return this.chainStart(index);
    }
    return index;
  }

  /** The index after the operand that begins here, with what is applied to it: `-a.b(c)[1]::INT`. */
  operandEnd(start: number): number {
    let index = start;
    while (/^[+-]$/.test(this.text(index) ?? '')) index += 1;
    if (this.is(index, 'CASE')) {
      let depth = 0;
      for (; index < this.tokens.length; index++) {
        if (this.is(index, 'CASE')) depth += 1;
        if (this.is(index, 'END') && --depth === 0) break;
      }
    }
    const bracket = this.partner.get(index);
    let end = (bracket !== undefined && bracket > index ? bracket : index) + 1;
    for (;;) {
      const close = this.partner.get(end);
      if (close !== undefined && close > end && /^[([]$/.test(this.text(end) ?? '')) end = close + 1;
      else if (this.text(end) === '.' || this.text(end) === '::') end += 2;
      else if (this.is(end, 'OVER', 'FILTER')) end += 1;
      else return Math.min(end, this.tokens.length);
    }
  }

  /** The index of the first token of what stands to the left of an operator that binds like these. */
  leftStart(operator: number, signs: string): number {
    const passed: string[] = [];
    for (let at = operator; ;) {
      const key = `${signs}${at}`;
      let found = this.#leftStarts.get(key);
      passed.push(key);
      if (found === undefined) {
        const start = this.operandStart(at);
        const before = this.text(start - 1);
        if (before !== undefined && signs.includes(before) && start > 1) {
          at = start - 1;
          continue;
        }
        found = start;
      }
      for (const each of passed) this.#leftStarts.set(each, found);
      return found;
    }
  }

  /** `REPLACE(` is a function unless it follows a star. */
  private isReplaceFunction(index: number): boolean {
    return this.is(index, 'REPLACE') && this.text(index - 1) !== '*';
  }

  private chainStart(index: number): number {
    let start = index;
    while (this.text(start - 1) === '.' && this.isName(start - 2)) start -= 2;
    if (this.text(start - 1) === '.' && /^[)\]]$/.test(this.text(start - 2) ?? '')) return this.operandStart(start - 1);
    return start;
  }

  private caseStart(index: number): number {
    let depth = 0;
    for (let start = index; start >= 0; start--) {
      if (this.is(start, 'END')) depth += 1;
      if (this.is(start, 'CASE') && --depth === 0) return start;
    }
    return index;
  }
}

function partners(tokens: readonly Token[]): Map<number, number> {
  const found = new Map<number, number>();
  const open: number[] = [];
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== 'operator') continue;
    if (text === '(' || text === '[' || text === '{') open.push(index);
    const wanted = opening[text];
    const last = open.at(-1);
    if (wanted === undefined || last === undefined || tokens[last]?.text !== wanted) continue;
    open.pop();
    found.set(last, index);
    found.set(index, last);
  }
  return found;
}
