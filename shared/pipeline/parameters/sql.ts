// Values in SQL. Inside of quotes a value is escaped. Elsewhere it must be one name, number or text: the query keeps the
// tokens that it was typed with, whatever the value, unless the parameter is declared to be SQL itself.
import { scan, type Token } from '../../sql/tokens.ts';
import type { Placed, Placing, Refusal, Slot } from './placing.ts';
import { firstIntruder, type Filling } from './sql-tokens.ts';

export const placeInSql: Placing = (sql, slots) => {
  const tokens = [...scan(maskSlots(sql, slots))];
  let at = 0;
  const texts = slots.map((slot) => {
    while ((tokens[at + 1]?.offset ?? Infinity) <= slot.start) at++;
    return slot.value === undefined ? undefined : escaped(slot.value, slot, tokens[at], sql);
  });
  const fillings = slots.map((slot, index): Filling => {
    const { start, end } = slot;
    return { start, end, text: texts[index]?.text, open: slot.trusted && texts[index]?.quoted === false };
  });
  const intruders = intrudersIn(sql, fillings);
  return slots.map((slot, index): Placed => {
    const text = texts[index];
    if (text?.text.includes('\0')) return { refusal: nul };
    return text && intruders.has(index) ? refuse(slot, text.quoted) : text;
  });
};

/** A parameter reads like a name of the same length, so that its `$` and braces begin nothing. */
function maskSlots(sql: string, slots: readonly Slot[]): string {
  let [masked, at] = ['', 0];
  for (const { start, end } of slots) {
    masked += sql.slice(at, start) + '_'.repeat(end - start);
    at = end;
  }
  return masked + sql.slice(at);
}

interface Escaped {
  readonly text: string;
  /** Whether it stands in quotes or in a comment. */
  readonly quoted: boolean;
}

function escaped(value: string, { start }: Slot, token: Token | undefined, sql: string): Escaped {
  const inside = token && start > token.offset && start < token.offset + token.text.length;
  if (!inside || token.kind === 'identifier' || token.kind === 'number') {
    // `a-${n}` with -5: two minus signs in a row would begin a comment.
    const joins = /^\s*[+-]/.test(value) && /[^\s\w"')(,;\]]$/.test(sql.slice(0, start));
    return { text: joins ? ` ${value}` : value, quoted: false };
  }
  return { text: escapeIn(token, value), quoted: true };
}

function escapeIn({ kind, text }: Token, value: string): string {
  // An error token is a quote that is never closed; DuckDB will say so.
  if (kind !== 'string' && kind !== 'quoted' && kind !== 'error') return value;
  switch (text[0]) {
    case "'":
      return value.replaceAll("'", "''");
    case '"':
      return value.replaceAll('"', '""');
    case 'e':
    case 'E':
      return value.replaceAll('\\', '\\\\').replaceAll("'", "''");
    default:
      return value; // a dollar-quoted string, where nothing can be escaped
  }
}

/** At most so many fillings are looked at one by one, and fewer in a query that is long to read. */
function mostAlone(sql: string): number {
  return Math.min(32, Math.ceil(500_000 / (sql.length + 1)));
}

/** The fillings that would not stay one token. */
function intrudersIn(sql: string, fillings: readonly Filling[]): ReadonlySet<number> {
  const found = new Set<number>();
  const first = firstIntruder(sql, fillings);
  if (first === undefined) return found;
  for (const [index] of fillings.slice(0, mostAlone(sql)).entries()) {
    const alone = fillings.map((filling, other) => (other === index ? filling : { ...filling, text: undefined }));
    if (firstIntruder(sql, alone) !== undefined) found.add(index);
  }
  return found.size > 0 ? found : new Set([first]);
}

/** DuckDB stops reading there, even inside of a comment. */
const nul: Refusal = { reason: 'holds a NUL character', hint: 'Remove it.' };

function refuse({ name }: Slot, quoted: boolean): Placed {
  if (quoted) {
    const hint = `Put the parameter into quotes, where its value is escaped: '\${${name}}'.`;
    return { refusal: { reason: 'would end the text or comment that it stands in', hint } };
  }
  const hint = `Put it into quotes: '\${${name}}'. A parameter that is a piece of SQL needs \`type: sql\` in \`params:\`.`;
  return { refusal: { reason: 'is not one name, number or text, and stands in SQL without quotes', hint } };
}
