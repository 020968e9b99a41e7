// Values in a location. One that begins it may be any folder or address: the document leaves that to whoever gives it.
// Anywhere else a value names something below what stands before it.
import type { Placed, Placing, Refusal, Slot } from './placing.ts';

export const placeInLocation: Placing = (text, slots) => {
  const parts = partsOf(text, slots);
  const climbing = climbingSlots(text, slots);
  return slots.map((slot, index): Placed => {
    const { start, value, trusted } = slot;
    if (value === undefined) return undefined;
    if (trusted || start === 0) return { text: value };
    const refusal = climbing.has(index) ? climbs : objection(value, start, parts);
    return refusal ? { refusal } : { text: value };
  });
};

const climbs: Refusal = {
  reason: 'leads out of its folder',
  hint: 'Begin the location with the parameter where it may be any folder.',
};

/** Steps up, however they are spelled: addresses know `%2e` for a dot, take `\` for `/`, and end a path at `?` and `#`. */
const stepUp = /(?:^|[/\\]|%2f|%5c)\s*(?:\.|%2e){2}\s*(?=$|[/\\?#]|%2f|%5c)/gi;

/** The slots whose values take part in a step up. */
function climbingSlots(text: string, slots: readonly Slot[]): ReadonlySet<number> {
  let [whole, read] = ['', 0];
  const spans = slots.map(({ start, end, value = '_' }) => {
    whole += text.slice(read, start);
    read = end;
    const from = whole.length;
    whole += value;
    return { from, to: whole.length };
  });
  whole += text.slice(read);
  const found = [...whole.matchAll(stepUp)].map((step) => ({ from: step.index, to: step.index + step[0].length }));
  const overlaps = ({ from, to }: { from: number; to: number }): boolean =>
    found.some((step) => step.from < to && from < step.to);
  return new Set([...spans.keys()].filter((index) => overlaps(spans[index] ?? { from: 0, to: 0 })));
}

const control = /\p{Cc}/u;

/** Where the parts of an address begin; absent for paths. */
interface Parts {
  readonly path: number;
  readonly query: number;
}

function partsOf(text: string, slots: readonly Slot[]): Parts | undefined {
  const scheme = /^https?:\/\//i.exec(text)?.[0];
  if (scheme === undefined) return undefined;
  // What stands in `${…}` is no part of the address.
  let plain = '';
  for (const { start, end } of slots) plain += text.slice(plain.length, start) + '_'.repeat(end - start);
  plain += text.slice(plain.length);
  const path = plain.slice(scheme.length).search(/[/?#]/);
  const query = plain.indexOf('?');
  return { path: path < 0 ? Infinity : path + scheme.length, query: query < 0 ? Infinity : query };
}

function objection(value: string, start: number, parts: Parts | undefined): Refusal | undefined {
  if (control.test(value)) return { reason: 'holds a control character', hint: 'Remove it.' };
  if (!parts) return undefined;
  if (start < parts.path && !/^[a-z0-9.:-]*$/i.test(value)) {
    return { reason: 'is not a part of a host name', hint: 'A host name has letters, digits, dots and hyphens.' };
  }
  const separators = start > parts.query ? /[#&]/ : /[?#\\]/;
  if (!separators.test(value)) return undefined;
  return {
    reason: 'would change the parts of the address',
    hint: 'Percent-encode it in the value, such as %26 for &.',
  };
}
