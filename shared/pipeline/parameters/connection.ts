// Values in a connection string (`Driver=…;Server=…;PWD=…`): a value that holds a semicolon or a brace is put in braces,
// where a closing one is doubled, as ODBC has it (its reference, "SQLDriverConnect").
import type { Placed, Placing, Slot } from './placing.ts';

/** Where a slot stands: behind `=` alone, within braces, or anywhere else. */
type Standing = 'first' | 'braced' | 'within';

export const placeInConnection: Placing = (text, slots) => {
  const standings = standingsOf(text, slots);
  return slots.map((slot, index) => place(text, slot, standings[index] ?? 'within'));
};

function place(text: string, { end, value, trusted }: Slot, standing: Standing): Placed {
  if (value === undefined || trusted) return value === undefined ? undefined : { text: value };
  if (value.includes('\0')) return { refusal: { reason: 'holds a NUL character', hint: 'Remove it.' } };
  const doubled = value.replaceAll('}', '}}');
  if (standing === 'braced') return { text: doubled };
  if (!/[;{}]|^\s|\s$/.test(value)) return { text: value };
  if (standing === 'first' && endsSetting(text, end)) return { text: `{${doubled}}` };
  const hint = 'Let the parameter be the whole of a setting: `PWD=${name};`.';
  return { refusal: { reason: 'would change the settings around it', hint } };
}

function endsSetting(text: string, at: number): boolean {
  const rest = /\s*(?:;|$)/y;
  rest.lastIndex = at;
  return rest.test(text);
}

function standingsOf(text: string, slots: readonly Slot[]): Standing[] {
  let standing: Standing = 'within';
  let at = 0;
  return slots.map(({ start, end }) => {
    for (; at < start; at++) {
      const [unit = '', next] = [text[at], text[at + 1]];
      if (standing === 'braced') {
        if (unit !== '}') continue;
        if (next === '}') at++;
        else standing = 'within';
      } else if (standing === 'first' && unit === '{') standing = 'braced';
      else if (unit === '=') standing = 'first';
      else if (standing === 'first' && !/\s/.test(unit)) standing = 'within';
    }
    at = end;
    const found: Standing = standing;
    if (standing === 'first') standing = 'within';
    return found;
  });
}
