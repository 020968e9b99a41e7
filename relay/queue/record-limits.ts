// What the record of a run may hold of what others have written. Whoever lists runs has many records at a time.
import { cutMark, cutText } from '../../shared/errors.ts';

/** UTF-16 units of a name, of a value, and of all of them. */
const most = { name: 200, value: 1_000, together: 32_768 };

/** Values of parameters, each within its limit; those beyond the limit of all are counted only. */
export function boundParameters(parameters: Readonly<Record<string, string>>): Record<string, string> {
  const kept: [string, string][] = [];
  const entries = Object.entries(parameters);
  let length = 0;
  for (const [name, value] of entries) {
    const [shownName, shownValue] = [cutText(name, most.name), cutText(value, most.value)];
    length += shownName.length + shownValue.length;
    if (length > most.together) break;
    kept.push([shownName, shownValue]);
  }
  if (kept.length < entries.length) kept.push([cutMark, `${entries.length - kept.length} more`]);
  return Object.fromEntries(kept);
}
