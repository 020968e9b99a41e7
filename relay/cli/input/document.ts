// The options of every command that reads a document, and the document that they name.
import { Option, type Command } from 'commander';
import type { Loaded } from '../../../shared/pipeline/load.ts';
import { loadDocument } from '../../library/load.ts';
import type { QuotedText } from '../../text/diagnostic.ts';
import { addPair, readParameters, syntaxOf, type Pair } from './parameters.ts';
import { readText } from './read-text.ts';
import { readSecrets } from './secrets.ts';

export interface DocumentOptions {
  readonly file: string;
  readonly params?: readonly Pair[];
  readonly paramsFile?: string;
  readonly envFile?: string;
}

export interface GivenDocument {
  readonly quoted: QuotedText;
  readonly parameters: Readonly<Record<string, string>>;
  /** Undefined where no file of secrets is named. */
  readonly secrets: Readonly<Record<string, string>> | undefined;
  readonly loaded: Loaded;
}

/** `-f`, as all commands that read a document have it. */
export function fileOption(): Option {
  return new Option(
    '-f, --file <path>',
    'the pipeline: YAML, JSON or TOML; - reads standard input',
  ).makeOptionMandatory();
}

/** Adds the options of a document and its values. */
export function withDocument(command: Command): Command {
  return command
    .addOption(fileOption())
    .addOption(new Option('-p, --params <key=value>', 'a value for ${key}; repeat it for more').argParser(addPair))
    .addOption(new SameAs('--param <key=value>', 'the same as --params', 'params').argParser(addPair))
    .option('--params-file <path>', 'values as a map in YAML, JSON or TOML; --params goes before')
    .option('--env-file <path>', 'lines NAME=value for ${secret:NAME}');
}

/**
 * Reads the document and all values. What is wrong with the document is in `loaded.issues`; a secret that is not given is
 * wrong where the document is to run here.
 */
export async function readDocument(options: DocumentOptions, runsHere = false): Promise<GivenDocument> {
  const parameters = await readParameters(options.paramsFile, options.params ?? []);
  const secrets = await readSecrets(options.envFile);
  const quoted = await readText(options.file, 'Pipeline file');
  const given = secrets ?? (runsHere ? {} : undefined);
  const request = { document: quoted.text, syntax: syntaxOf(options.file), parameters, secrets: given };
  const loaded = loadDocument(request);
  return { quoted, parameters, secrets, loaded };
}

/** An option that sets the value of another. */
class SameAs extends Option {
  readonly #attribute: string;

  constructor(flags: string, description: string, attribute: string) {
    super(flags, description);
    this.#attribute = attribute;
  }

  override attributeName(): string {
    return this.#attribute;
  }
}
