// The examples that come with the page: /examples/index.json lists them, each has a folder of its own.
import { failure } from '../../shared/errors.ts';

export interface Example {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Path of the pipeline below /examples/. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Words for what it shows, such as `checks`. */
  readonly tags?: readonly string[];
}

/** An example's text and the address its relative locations are found at. */
export interface OpenedExample {
  readonly text: string;
  readonly base: string;
}

const folder = (): URL => new URL('examples/', document.baseURI);

export async function listExamples(): Promise<readonly Example[]> {
  const response = await get(new URL('index.json', folder()));
  const listed: unknown = await response.json();
  if (Array.isArray(listed) && listed.every(isExample)) return listed;
  throw failure('file.failed', 'The list of examples is not one that this page can read.', {
    hint: 'Reload the page.',
  });
}

/** By hand, because the page carries no schema library: the text is checked in a Worker. */
function isExample(value: unknown): value is Example {
  if (typeof value !== 'object' || value === null) return false;
  const { parameters, ...texts } = value as Partial<Record<keyof Example, unknown>>;
  const all = [texts.name, texts.title, texts.description, texts.path];
  return all.every((text) => typeof text === 'string') && typeof parameters === 'object' && parameters !== null;
}

export async function openExample(example: Example): Promise<OpenedExample> {
  const address = new URL(example.path, folder());
  const response = await get(address);
  return { text: await response.text(), base: new URL('.', address).href };
}

async function get(address: URL): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) {
    throw failure('file.failed', `The server answered ${response.status} for ${address.pathname}.`);
  }
  return response;
}
