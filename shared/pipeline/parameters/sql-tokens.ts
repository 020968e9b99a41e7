// Whether a query keeps its tokens when values are put in: the tokens with the values are compared with those where
// each value is a plain name.
import { scan, type Token, type TokenKind } from '../../sql/tokens.ts';
import { isStructural } from './structural-words.ts';

/** A stretch of the query and what takes its place. */
export interface Filling {
  readonly start: number;
  readonly end: number;
  /** Absent where nothing is known; a name is put there. */
  readonly text: string | undefined;
  /** Whether it may be any tokens. */
  readonly open: boolean;
}

/** The first filling, by its index, that is not one token or part of one; undefined when all are. */
export function firstIntruder(sql: string, fillings: readonly Filling[]): number | undefined {
  if (fillings.every(({ text, open }) => open || text === undefined)) return undefined;
  const expected = fill(sql, fillings, ({ text, open }) => (open && text !== undefined ? text : name));
  const actual = fill(sql, fillings, ({ text }) => text ?? name);
  return new Comparison(expected, actual).firstIntruder();
}

const name = '_____';

interface Filled {
  readonly text: string;
  /** Where each filling stands in the text. */
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

function fill(sql: string, fillings: readonly Filling[], put: (filling: Filling) => string): Filled {
  const spans: { start: number; end: number }[] = [];
  let [text, at] = ['', 0];
  for (const filling of fillings) {
    text += sql.slice(at, filling.start);
    const start = text.length;
    text += put(filling);
    spans.push({ start, end: text.length });
    at = filling.end;
  }
  return { text: text + sql.slice(at), spans };
}

class Comparison {
  readonly #expected: Filled;
  readonly #actual: Filled;
  /** How many fillings lie before where the comparison stands. */
  #passed = 0;
  /** The token before it, comments left out. */
  #previous: Token | undefined;

  constructor(expected: Filled, actual: Filled) {
    this.#expected = expected;
    this.#actual = actual;
  }

  firstIntruder(): number | undefined {
    const actual = [...scan(this.#actual.text)];
    let at = 0;
    for (const token of scan(this.#expected.text)) {
      const before = this.#passed;
      const end = token.offset + token.text.length;
      const start = this.#moved(token.offset);
      while ((this.#expected.spans[this.#passed]?.start ?? Infinity) < end) this.#passed++;
      const count = this.#match(token, start, this.#moved(end), before, actual, at);
      if (count === 0) return Math.max(0, this.#passed - 1);
      at += count;
      if (token.kind !== 'comment') this.#previous = token;
    }
    return at === actual.length ? undefined : Math.max(0, this.#passed - 1);
  }

  /** Where an offset behind the passed fillings lies in the actual text. */
  #moved(offset: number): number {
    const last = this.#passed - 1;
    const [expected, actual] = [this.#expected.spans[last], this.#actual.spans[last]];
    return expected && actual ? offset - expected.end + actual.end : offset;
  }

  /** How many of the actual tokens are what the expected one became; 0 when they are something else. */
  #match(token: Token, start: number, end: number, before: number, actual: readonly Token[], at: number): number {
    const found = actual[at];
    if (!found) return 0;
    if (token.kind === 'error') return found.kind === 'error' && found.offset === start ? 1 : 0;
    if (before === this.#passed) {
      return found.offset === start && found.text === token.text && found.kind === token.kind ? 1 : 0;
    }
    const span = this.#expected.spans[before];
    const isWhole =
      token.kind === 'identifier' &&
      this.#passed - before === 1 &&
      span?.start === token.offset &&
      span.end === token.offset + token.text.length;
    if (!isWhole) return covers(found, start, end) && becomes(token.kind, found.kind) ? 1 : 0;
    const value = this.#actual.text.slice(start, end);
    const first = start + value.length - value.trimStart().length;
    const last = end - (value.length - value.trimEnd().length);
    if (covers(found, first, last)) return isLiteral(found) ? 1 : 0;
    const number = actual[at + 1];
    const isSign = found.text === '-' || found.text === '+';
    const isSigned = isSign && found.offset === first && expectsOperand(this.#previous);
    return isSigned && number?.kind === 'number' && covers(number, first + 1, last) ? 2 : 0;
  }
}

/** Words that a number may follow; behind another name or value a sign would be an operator. */
const beforeOperand =
  /^(?:select|distinct|all|any|some|where|and|or|not|between|in|like|ilike|to|limit|offset|by|on|having|qualify|when|then|else|case|values|from|for|escape|default|percent|is)$/i;

function expectsOperand(previous: Token | undefined): boolean {
  if (!previous) return true;
  if (previous.kind === 'identifier') return beforeOperand.test(previous.text);
  return previous.kind === 'operator' && !/^[)\]}]$/.test(previous.text);
}

function isLiteral({ kind, text }: Token): boolean {
  if (kind === 'identifier') return !isStructural(text);
  return kind === 'quoted' || kind === 'string' || kind === 'number';
}

function covers({ offset, text }: Token, start: number, end: number): boolean {
  return offset === start && offset + text.length === end;
}

/** Whether a token may be of another kind once values are in it: a name of digits is a number. */
function becomes(from: TokenKind, to: TokenKind): boolean {
  return from === to || (from === 'identifier' && to === 'number');
}
