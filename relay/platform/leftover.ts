// What a writer would leave beside its destination if it were killed now, as a line of its private folder's list.
import { basename, dirname, isAbsolute } from 'node:path';
import { z } from '../../shared/zod.ts';
import { isHiddenName } from './parts.ts';

/** The list's name in the private folder. */
export const leftoversName = 'leftovers';

const absolute = z.string().refine((path) => isAbsolute(path) && !path.includes('\0'));
const hidden = (ending: 'part' | 'old') => absolute.refine((path) => isHiddenName(basename(path), ending));

const leftoverSchema = z.union([
  /** What grows under a hidden name; `made` is the topmost folder that was made for it. */
  z.strictObject({ part: hidden('part'), made: absolute.exactOptional() }),
  /** A folder that stepped aside from its place for a new one. */
  z.strictObject({ old: hidden('old'), place: absolute }).refine(({ old, place }) => dirname(old) === dirname(place)),
]);

export type Leftover = z.infer<typeof leftoverSchema>;

/** Is to be told before the thing is made. */
export type NoteLeftover = (leftover: Leftover) => Promise<void>;

export function lineOf(leftover: Leftover): string {
  return `${JSON.stringify(leftover)}\n`;
}

/** The last line may be cut off: what it would have told of was never made. Others that make no sense are left out. */
export function leftoversIn(list: string): Leftover[] {
  return list.split('\n').flatMap((line) => {
    const read = leftoverSchema.safeParse(parse(line));
    return read.success ? [read.data] : [];
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
