// Source `file`: one CSV, JSON or Parquet file by its location, all files that match a pattern, or those of a folder.
import { asSluiceError } from '../errors.ts';
import { note, type OpenedRelation } from '../formats/format.ts';
import { hasScheme } from '../locations/address.ts';
import { hasWildcards } from '../locations/glob.ts';
import type { FoundFile } from '../platform.ts';
import type { FileSource } from './file.schema.ts';
import { filesOf } from './folder.ts';
import { openFiles } from './open-files.ts';
import type { OpenSource, SourceContext } from './source.ts';

export const openFile: OpenSource<FileSource> = async (source, context) => {
  const { location } = source;
  const single = (): Promise<OpenedRelation> => openFiles(source, [{ location }], [], context);
  const several = (): Promise<OpenedRelation> => openSeveral(source, context);
  // An address may have a `?`, and HTTP knows no folders.
  if (hasScheme(location) && !/^file:/i.test(location)) return single();
  if (location.endsWith('/')) return several();
  if (!hasWildcards(location)) return orElse(single, several);
  // A name may hold what looks like a pattern.
  if ((await context.platform.files.kindOf(location)) !== 'file') return orElse(several, single);
  let own = location;
  const onOpen: SourceContext['onOpen'] = (file) => {
    own = file.location;
    context.onOpen(file);
  };
  const opened = await openFiles(source, [{ location }], [], { ...context, onOpen });
  await tellOthers(location, own, context);
  return opened;
};

/** Whoever meant a pattern is told that a file has it for its name; `own` is that file. */
async function tellOthers(
  location: string,
  own: string,
  { platform: { files }, work, notify }: SourceContext,
): Promise<void> {
  let found: readonly FoundFile[];
  try {
    found = await files.list(location, work);
  } catch (thrown) {
    if (asSluiceError(thrown).code === 'file.forbidden') return; // a link beside it, which nobody reads
    throw thrown;
  }
  const others = found.filter((each) => each.location !== own).length;
  if (others === 0) return;
  const message = `${location} is the name of a file, which is read; as a pattern it would match ${others} more.`;
  notify(note('file.matched_by_name', 'warning', message, 'To read all of them, give another pattern.'));
}

async function openSeveral(source: FileSource, context: SourceContext): Promise<OpenedRelation> {
  const found = await filesOf(source, context);
  return openFiles(source, found, [], context);
}

/** The second way where the first finds nothing; when neither does, what the first says counts. */
async function orElse<T>(first: () => Promise<T>, second: () => Promise<T>): Promise<T> {
  try {
    return await first();
  } catch (thrown) {
    if (asSluiceError(thrown).code !== 'file.not_found') throw thrown;
    try {
      return await second();
    } catch (again) {
      throw asSluiceError(again).code === 'file.not_found' ? thrown : again;
    }
  }
}
