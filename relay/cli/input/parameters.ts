// Values for `${name}`: from a file, and one by one on the command line, which wins.
import { InvalidArgumentError } from 'commander';
import { extname } from 'node:path';
import type { Issue, Path } from '../../../shared/errors.ts';
import { parseDocument, type Syntax } from '../../../shared/pipeline/document.ts';
import type { QuotedText } from '../../text/diagnostic.ts';
import { Refused } from '../refused.ts';
import { readText } from './read-text.ts';

export type Pair = readonly [name: string, value: string];

const syntaxes: Readonly<Record<string, Syntax>> = {
  ...{ '.yaml': 'yaml', '.yml': 'yaml', '.json': 'json', '.toml': 'toml' },
};

/** What the name of a file says of its syntax. */
export function syntaxOf(path: string): Syntax | undefined {
  return syntaxes[extname(path).toLowerCase()];
}

/** Adds a `key=value` of the command line to those before it; the value begins behind the first `=`. */
export function addPair(text: string, before: readonly Pair[] = []): readonly Pair[] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError(`Give it as key=value: no \`=\` found in \`${nameOnly(text)}\`.`);
  return [...before, [text.slice(0, at), text.slice(at + 1)]];
}

/** A word that cannot be a value that nobody should see. */
function nameOnly(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}…` : text;
}

/** All values. A later one on the command line takes the place of an earlier one. */
export async function readParameters(
  file: string | undefined,
  pairs: readonly Pair[],
): Promise<Readonly<Record<string, string>>> {
  const fromFile = file === undefined ? [] : parametersIn(await readText(file, 'Parameter file'), syntaxOf(file));
  return Object.fromEntries([...fromFile, ...pairs]);
}

/** The entries of a map of names and values; numbers and truth values are texts as they were typed. */
export function parametersIn(quoted: QuotedText, syntax?: Syntax): Pair[] {
  if (quoted.text.replace(/^\uFEFF/, '').trim() === '') return [];
  const { document, source, issues } = parseDocument(quoted.text, syntax);
  if (!document || document.root.kind !== 'map') throw new Refused(issues, quoted);
  const wrong: Issue[] = [];
  const pairs = document.root.entries.flatMap(({ key, value }): Pair[] => {
    if (value.kind === 'scalar' && typeof value.value === 'string') return [[key.value, value.value]];
    if (value.kind === 'scalar' && value.value !== null) {
      return [[key.value, source.body.slice(value.start, value.end)]];
    }
    wrong.push(notAValue(key.value, [key.value], document.valuePlace([key.value])));
    return [];
  });
  if (wrong.length > 0) throw new Refused(wrong, quoted);
  return pairs;
}

function notAValue(name: string, path: Path, place: Issue['place']): Issue {
  return {
    ...{ code: 'parameter.invalid', severity: 'error', path },
    message: `\`${name}\` must be a text, a number, \`true\` or \`false\`.`,
    ...(place ? { place } : {}),
  };
}
