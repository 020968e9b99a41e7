// What a listing looks for: the files below a folder, or those whose path matches a pattern. Patterns are those that
// DuckDB and DataFusion have in common: `*` and `?` within a step, `**` for any steps, `[ab]`, `[a-c]` and `[!ab]`.

export interface Selection {
  /** The folder that holds all of it, without a slash at its end; empty for the start of all paths. */
  readonly base: string;
  /** Whether a file, by its path from the same start as the location, is looked for. */
  matches(path: string): boolean;
  /** Whether something below this folder may be looked for. */
  enters(folder: string): boolean;
}

/** Whether a path has characters that make it a pattern. */
export function hasWildcards(location: string): boolean {
  return /[*?[]/.test(location);
}

/**
 * The selection of a normal path: no `.`, no `..`, no empty steps. A folder selects everything in it and in its folders
 * but names that begin with `.` or `_`, as Spark and DataFusion do. In a pattern `**` passes no such folder, and no
 * wildcard stands for a `.` at the start of a name. With `literal` the path is a folder, whatever characters it has.
 */
export function selectionOf(path: string, literal = false): Selection {
  const steps = path === '' ? [] : path.split('/');
  const first = steps.findIndex(hasWildcards);
  if (literal || first < 0) return folderSelection(path);
  const pattern = steps.map((step) => (step === '**' ? anySteps : stepPattern(step)));
  const after = (target: string): ReadonlySet<number> =>
    target.split('/').reduce((states, step) => advance(states, step, pattern), closed(new Set([0]), pattern));
  return {
    base: steps.slice(0, first).join('/'),
    matches: (target) => after(target).has(pattern.length),
    enters: (folder) => folder === '' || [...after(folder)].some((state) => state < pattern.length),
  };
}

function folderSelection(base: string): Selection {
  const prefix = base === '' ? '' : `${base}/`;
  const below = (path: string): boolean =>
    path.startsWith(prefix) && path.slice(prefix.length).split('/').every(isVisible);
  return { base, matches: below, enters: (folder) => folder === base || below(folder) };
}

/** Whether a name is neither hidden nor one of those that writers of tables keep for themselves. */
function isVisible(name: string): boolean {
  return !/^[._]/.test(name);
}

const anySteps = Symbol('**');
type Step = RegExp | typeof anySteps;

/** The places in the pattern that one more step of a path leads to. */
function advance(states: ReadonlySet<number>, step: string, pattern: readonly Step[]): ReadonlySet<number> {
  const next = new Set<number>();
  for (const state of states) {
    const expected = pattern[state];
    if (expected === anySteps) {
      if (isVisible(step)) next.add(state);
    } else if (expected?.test(step)) next.add(state + 1);
  }
  return closed(next, pattern);
}

/** `**` may also stand for nothing; at the end of a pattern it stands for at least a name. */
function closed(states: ReadonlySet<number>, pattern: readonly Step[]): ReadonlySet<number> {
  const all = new Set(states);
  for (const state of all) if (pattern[state] === anySteps && state < pattern.length - 1) all.add(state + 1);
  if (pattern.at(-1) === anySteps && states.has(pattern.length - 1)) all.add(pattern.length);
  return all;
}

function stepPattern(step: string): RegExp {
  const hidden = /^[*?[]/.test(step) ? '(?!\\.)' : '';
  const source = step.replace(/\[(!?)(\]?[^\]]*)\]|[\s\S]/g, (part: string, not: string | undefined, set?: string) => {
    if (set !== undefined && set !== '') return `[${not ? '^' : ''}${set.replace(/[\\\]^[]/g, '\\$&')}]`;
    if (part === '*') return '.*';
    return part === '?' ? '.' : part.replace(/[\\^$.|+()[\]{}/]/g, '\\$&');
  });
  return new RegExp(`^${hidden}${source}$`, 'su');
}
