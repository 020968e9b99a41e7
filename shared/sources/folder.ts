// The files of a folder that a source reads: those whose names end as its format's do. The others are told.
import { failure } from '../errors.ts';
import { endings, hasEnding } from '../formats/endings.ts';
import { note } from '../formats/format.ts';
import { hasWildcards } from '../locations/glob.ts';
import type { FoundFile } from '../platform.ts';
import type { FileSource } from './file.schema.ts';
import type { SourceContext } from './source.ts';

/** Names that are told of files that were left out. */
const shownNames = 5;

/**
 * The files below a folder, or those that match a pattern, in order of their paths. A pattern takes what it matches,
 * whatever its ending. Fails with file.not_found when there are none.
 */
export async function filesOf(
  { location, format }: Pick<FileSource, 'location' | 'format'>,
  { platform, work, notify }: SourceContext,
): Promise<readonly FoundFile[]> {
  const { files } = platform;
  const literal = hasWildcards(location) && (await files.kindOf(location)) === 'folder';
  const found = await files.list(location, { ...work, notify, literal });
  if (hasWildcards(location) && !literal) {
    if (found.length > 0) return found;
    throw failure('file.not_found', `No file matches ${location}.`, {
      hint: '`*` and `?` stay within one folder; `**` stands for any folders.',
    });
  }
  const wanted = found.filter((file) => hasEnding(file.below, format.type));
  const others = found.filter((file) => !wanted.includes(file)).map((file) => file.below);
  const ending = endings[format.type].map((each) => `.${each}`).join(', ');
  if (wanted.length === 0) {
    const what = others.length === 0 ? 'There are no files' : `No file has a name that ends in ${ending}`;
    throw failure('file.not_found', `${what} in the folder ${location}.`, {
      hint:
        others.length === 0
          ? 'Hidden files, and names that begin with `_`, do not count.'
          : `To read files with other names, give a pattern such as ${location.replace(/\/+$/, '')}/*.`,
    });
  }
  if (others.length > 0) {
    const some = `${others.slice(0, shownNames).join(', ')}${others.length > shownNames ? ', …' : ''}`;
    const message = `Left out of ${location}, because their names do not end in ${ending}: ${some} (${others.length} in all).`;
    notify(note('file.skipped', 'info', message));
  }
  return wanted;
}
