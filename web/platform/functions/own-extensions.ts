// DuckDB's own json and icu, where the deployer of the page serves their signed files (see docs/extensions.md). DuckDB
// loads a file itself, with a request that blocks the Worker, so a file is asked for beforehand: what is not there, what
// does not answer and what is a page in its place costs no more than that question.
import { messageOf, type Issue } from '../../../shared/errors.ts';
import { quoteLiteral } from '../../../shared/sql/quote.ts';

export const extensionNames = ['json', 'icu'] as const;
export type ExtensionName = (typeof extensionNames)[number];

/** What became of the extensions that were to be loaded. */
export interface Extensions {
  readonly loaded: readonly ExtensionName[];
  /** Why others were not. */
  readonly notices: readonly Issue[];
}

/** Milliseconds within which the server must have answered. */
const patience = 3000;

/**
 * Loads what is served below an address, such as `/ext`. Must be called before the database's configuration is locked.
 * `run` executes statements in the database, whose DuckDB is of this version.
 */
export async function loadExtensions(
  address: string,
  version: string,
  run: (statements: string) => unknown,
): Promise<Extensions> {
  const folder = new URL(address.replace(/\/*$/, ''), self.location.href).href;
  const answers = await Promise.all(
    extensionNames.map((name) => ask(`${folder}/${version}/wasm_eh/${name}.duckdb_extension.wasm`)),
  );
  const loaded: ExtensionName[] = [];
  const notices: Issue[] = [];
  run(`SET custom_extension_repository = ${quoteLiteral(folder)}`);
  extensionNames.forEach((name, index) => {
    const reason = answers[index] ?? load(name, run);
    if (reason === undefined) loaded.push(name);
    else notices.push(refused(name, reason));
  });
  return { loaded, notices };
}

function refused(name: ExtensionName, reason: string): Issue {
  const message = `DuckDB's own ${name} is not to be had, and Sluice's functions take its place. ${reason}`;
  return { code: 'engine.reduced', severity: 'info', message };
}

/** Why the file cannot be had, or undefined. */
async function ask(file: string): Promise<string | undefined> {
  try {
    const answer = await fetch(file, { method: 'HEAD', signal: AbortSignal.timeout(patience) });
    if (!answer.ok) return `The server answers ${answer.status} for ${file}.`;
    const type = answer.headers.get('content-type') ?? '';
    return type.startsWith('text/') ? `${file} is ${type}, not WebAssembly.` : undefined;
  } catch (thrown) {
    return `${file} cannot be fetched: ${messageOf(thrown)}`;
  }
}

function load(name: ExtensionName, run: (statements: string) => unknown): string | undefined {
  try {
    run(`LOAD ${name}`);
    return undefined;
  } catch (thrown) {
    return `DuckDB refuses it: ${messageOf(thrown)}`;
  }
}
