// Values in CSV text that stands in the document (RFC 4180): one that holds a comma, a quote or a line break is quoted.
import type { Placed, Placing, Slot } from './placing.ts';

export const placeInCsv: Placing = (text, slots) => {
  let [read, quotes] = [0, 0];
  return slots.map((slot) => {
    quotes += text.slice(read, slot.start).split('"').length - 1;
    read = slot.end;
    return place(text, slot, quotes % 2 === 1);
  });
};

function place(text: string, { start, end, value, trusted }: Slot, isQuoted: boolean): Placed {
  if (value === undefined || trusted) return value === undefined ? undefined : { text: value };
  const doubled = value.replaceAll('"', '""');
  if (isQuoted) return { text: doubled };
  if (!/[",\r\n]/.test(value)) return { text: value };
  if (/^[,\r\n]?$/.test(text.charAt(start - 1)) && /^[,\r\n]?$/.test(text.charAt(end))) {
    return { text: `"${doubled}"` }; // the whole of a value
  }
  const hint = 'Put the whole value into quotes: "…${name}…".';
  return { refusal: { reason: 'would change the columns around it', hint } };
}
