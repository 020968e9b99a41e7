// The folders of the disk that a run may use. Relative locations start at the base; absolute paths and file:// addresses
// count when they lie in one of the folders, whatever links lead there.
import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import { failure, type SluiceError } from '../../shared/errors.ts';
import { fileAbove } from '../../shared/locations/folder.ts';
import { errno, explainDisk, explaining, isMissing } from './disk-errors.ts';
import { pathOf, type Anchor, type DiskLocation } from './location.ts';

export interface Sharing {
  /** Folders that a run may read and write below; `everything` is for a user's own command line. */
  readonly directories: readonly string[] | 'everything';
  /** Where relative locations start: the first directory when absent, or with `everything` the working directory. */
  readonly base?: string | undefined;
}

/** A location, and where its name starts. */
export interface FoundPlace extends DiskLocation {
  readonly anchor: Anchor;
  /** The path from the anchor on, with slashes; empty for the anchor itself. */
  readonly below: string;
}

/** An anchor by a name that it may be given under: a folder may be reached through links. */
interface NamedAnchor extends Anchor {
  readonly given: string;
}

export class DataFolders {
  /** Absolute paths without symbolic links. */
  readonly roots: readonly string[];
  /** Whether all that the user may use is shared, devices and pipes as well: a command of the user's own. */
  readonly everything: boolean;
  readonly #anchors: readonly NamedAnchor[];

  /** Fails with file.not_found where one of them is no folder. */
  static async open({ directories, base }: Sharing): Promise<DataFolders> {
    if (directories === 'everything') {
      const start = resolve(base ?? '.');
      const { root } = parse(start);
      const anchors = [...(await anchorsOf(start, '')), { given: root, path: root, shown: root }];
      return new DataFolders([root], anchors, true);
    }
    const folders = directories.map((directory) => resolve(directory));
    const [start = folders[0]] = base === undefined ? [] : [resolve(base)];
    const below = await Promise.all(folders.map((folder) => anchorsOf(folder)));
    const roots = below.flatMap(([first]) => (first ? [first.path] : []));
    return new DataFolders(roots, [...(start === undefined ? [] : await anchorsOf(start, '')), ...below.flat()]);
  }

  private constructor(roots: readonly string[], anchors: readonly NamedAnchor[], everything = false) {
    this.roots = roots;
    this.everything = everything;
    this.#anchors = anchors;
  }

  /** Nothing but what is below one of these folders; names start there. */
  static only(folder: string): DataFolders {
    return new DataFolders([folder], [{ given: folder, path: folder, shown: '' }]);
  }

  /** Resolves the location of a file by its text alone: `file.forbidden` where it leads out. */
  locate(location: string): FoundPlace {
    const place = this.locateFolder(location);
    if (place.below === '' || this.roots.includes(place.path)) throw sharedItself(location);
    return place;
  }

  /** The same for a folder, which may be a data folder itself. */
  locateFolder(location: string): FoundPlace {
    const [base] = this.#anchors;
    if (!base || location.includes('\0')) throw this.#forbidden(location);
    const path = resolve(base.path, pathOf(location));
    const anchor = this.#anchors.find(({ given }) => isIn(given, path));
    if (!anchor) throw this.#forbidden(location);
    const below = relative(anchor.given, path);
    const real = join(anchor.path, below);
    if (!this.holds(real)) throw this.#forbidden(location);
    const steps = below.split(sep).join('/');
    return { path: real, name: anchor.shown + steps, anchor, below: steps };
  }

  /** The real path of something that exists, after all symbolic links; `file.forbidden` where they lead out. */
  async realPath({ path, name }: DiskLocation): Promise<string> {
    const real = await realpath(path);
    if (!this.holds(real)) throw this.#forbidden(name);
    return real;
  }

  /**
   * Where something that is written at this place belongs: its path after all symbolic links, also after those that lead
   * to nothing yet. `file.forbidden` where they lead out, or to a data folder itself.
   */
  async targetOf(place: DiskLocation): Promise<string> {
    const target = await this.resolve(place);
    if (this.roots.includes(target)) throw sharedItself(place.name);
    return target;
  }

  /** The same for what may be a data folder. */
  async resolve({ path, name }: DiskLocation): Promise<string> {
    const target = await explaining(`Looking up ${name}`, () => afterLinks(path));
    if (!this.holds(target)) throw this.#forbidden(name);
    return target;
  }

  /**
   * Makes sure that a folder which may not exist yet lies in a data folder, whatever links lead to it. Answers the
   * topmost folder that has to be made for it; undefined where it exists. `file.exists` where a file is in the way.
   */
  async requireInside(folder: string, name: string): Promise<string | undefined> {
    let missing: string | undefined;
    for (let at = folder; !this.roots.includes(at); at = dirname(at)) {
      try {
        const real = await realpath(at);
        if (!this.holds(real)) throw this.#forbidden(name);
        if (!(await stat(real)).isDirectory()) throw fileAbove(name);
        return missing;
      } catch (thrown) {
        if (!isMissing(thrown)) throw explainDisk(thrown, `Looking up ${name}`);
        if (at === dirname(at)) throw this.#forbidden(name);
        missing = at;
      }
    }
    return missing;
  }

  /** Whether a path without symbolic links is a data folder or lies in one. */
  holds(path: string): boolean {
    return this.roots.some((root) => isIn(root, path));
  }

  #forbidden(location: string): SluiceError {
    if (this.roots.length === 0) {
      return failure('file.forbidden', `This relay shares no folder, so it cannot use "${location}".`, {
        hint: 'Start the relay with --data-dir FOLDER, or give an http(s) address.',
      });
    }
    return failure('file.forbidden', `"${location}" lies outside the folders that may be used here.`, {
      hint: 'Give a path that starts in a data folder and stays in it.',
    });
  }
}

/** A folder in which files may be used is given where a file, or a folder to write, belongs. */
function sharedItself(location: string): SluiceError {
  return failure('file.forbidden', `"${location}" is a folder, which can be neither read as a file nor replaced.`, {
    hint: 'Give the path of a file in it, or, to write a folder of files, of a folder in it that ends with `/`.',
  });
}

/** A folder as it was given, and as it is without links. */
async function anchorsOf(given: string, shown?: string): Promise<NamedAnchor[]> {
  const path = await realpath(given).catch((thrown: unknown) => {
    throw failure('file.not_found', `There is no data folder ${given}.`, { cause: thrown });
  });
  if (!(await stat(path)).isDirectory()) throw failure('file.not_found', `${given} is a file, no data folder.`);
  const names = given === path ? [path] : [path, given];
  return names.map((name) => ({ given: name, path, shown: shown ?? (name.endsWith('/') ? name : `${name}/`) }));
}

/** Links that are followed one after the other, as on Linux (path_resolution(7)). */
const mostLinks = 40;

/** The path without symbolic links, of something that need not exist. */
async function afterLinks(path: string, followed = 0): Promise<string> {
  try {
    return await realpath(path);
  } catch (thrown) {
    if (!isMissing(thrown) || followed > mostLinks || path === dirname(path)) throw thrown;
  }
  const folder = await afterLinks(dirname(path), followed);
  const leadsTo = await readlink(join(folder, basename(path))).catch((thrown: unknown) => {
    if (isMissing(thrown) || errno(thrown) === 'EINVAL') return undefined;
    throw thrown;
  });
  if (leadsTo === undefined) return join(folder, basename(path));
  return afterLinks(resolve(folder, leadsTo), followed + 1);
}

/** Whether a path is the folder or below it, by their texts. */
function isIn(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
