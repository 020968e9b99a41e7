// Text → document: YAML, JSON or TOML, told apart by itself. Nothing here knows what a pipeline is.
import { asSluiceError, failure, type Issue, type Path, type Place, type SluiceError } from '../errors.ts';
import { detectSyntax, type Syntax } from './syntax/detect.ts';
import { parseJson } from './syntax/json.ts';
import { problem, syntaxError, type Parsed, type Problem } from './syntax/problem.ts';
import { SourceText } from './syntax/text.ts';
import { parseToml } from './syntax/toml.ts';
import { dataOf, entryAt, limits, nodeAt, type Node } from './syntax/tree.ts';
import { parseYaml } from './syntax/yaml.ts';

export { detectSyntax, type Syntax };

export interface Document {
  readonly syntax: Syntax;
  readonly root: Node;
  /** Plain data; maps have no prototype. */
  readonly value: unknown;
  /** Where the key of a field was typed. */
  keyPlace(path: Path): Place | undefined;
  /** Where the value under a path was typed. */
  valuePlace(path: Path): Place | undefined;
}

export interface DocumentResult {
  readonly syntax: Syntax;
  readonly source: SourceText;
  /** Absent when there are errors. */
  readonly document?: Document;
  readonly issues: readonly Issue[];
}

const names = { yaml: 'YAML', json: 'JSON', toml: 'TOML' } as const;

/**
 * Reads a document: a map of at most 1 Mi characters, 64 levels and 50,000 values. Without a syntax, the one that it
 * looks like is tried first; when neither YAML nor TOML fits, the errors are those of the likelier one. Never throws.
 */
export function parseDocument(text: string, syntax?: Syntax): DocumentResult {
  const source = new SourceText(text);
  const likely = syntax ?? detectSyntax(text);
  const found = read(source, likely);
  if (found.document || syntax !== undefined || likely === 'json') return found;
  const other = read(source, likely === 'yaml' ? 'toml' : 'yaml');
  return other.document ? other : found;
}

function read(source: SourceText, syntax: Syntax): DocumentResult {
  const { root, problems } = parse(source, syntax);
  const issues = problems.map((found) => issueOf(found, source));
  if (!root) return { syntax, source, issues };
  return { syntax, source, issues, document: documentOf(root, syntax, source) };
}

function parse(source: SourceText, syntax: Syntax): Parsed {
  try {
    if (source.body.length > limits.characters) throw tooLong();
    const parsed = parseAs(source, syntax);
    return parsed.problems.some(({ severity }) => severity === 'error')
      ? { problems: parsed.problems }
      : checked(parsed);
  } catch (thrown) {
    const start = { start: 0, end: 0 };
    if (thrown instanceof RangeError) {
      const message = 'The document nests deeper or has a longer text than can be read.';
      return { problems: [problem('document.limit', 'error', message, start)] };
    }
    const { code, message, hint } = asSluiceError(
      thrown,
      'document.syntax',
      `This cannot be read as ${names[syntax]}.`,
    ).issue;
    return { problems: [problem(code, 'error', message, start, hint)] };
  }
}

function parseAs(source: SourceText, syntax: Syntax): Parsed {
  if (syntax === 'json') return parseJson(source.body);
  return syntax === 'toml' ? parseToml(source) : parseYaml(source.body);
}

function checked({ root, problems }: Parsed): Parsed {
  const start = { start: 0, end: 0 };
  const hint = 'A pipeline has the fields `sources`, `stages` and `destination`.';
  if (!root || isEmpty(root)) {
    return { problems: [...problems, syntaxError('The document is empty.', start, hint)] };
  }
  if (root.kind === 'map') return { root, problems };
  const message = `A pipeline is a map of fields, not ${root.kind === 'list' ? 'a list' : 'a single value'}.`;
  return { problems: [...problems, problem('document.invalid', 'error', message, root, hint)] };
}

function isEmpty(root: Node): boolean {
  return root.kind === 'map' ? root.entries.length === 0 : root.kind === 'scalar' && root.value === null;
}

function tooLong(): SluiceError {
  return failure('document.limit', 'The document is longer than 1 Mi characters.', {
    hint: 'Data belongs into files, not into the pipeline.',
  });
}

function documentOf(root: Node, syntax: Syntax, source: SourceText): Document {
  const placeOf = (node: Node | undefined): Place | undefined => node && source.place(node);
  return {
    ...{ syntax, root, value: dataOf(root) },
    keyPlace: (path) => placeOf(entryAt(root, path)?.key),
    valuePlace: (path) => placeOf(nodeAt(root, path)),
  };
}

/** A problem with its place in lines and columns. A long stretch is cut to its first line. */
export function issueOf({ code, severity, message, hint, start, end }: Problem, source: SourceText): Issue {
  const place = source.place(source.firstLine({ start, end }));
  return { code, severity, message, ...(hint === undefined ? {} : { hint }), place };
}
