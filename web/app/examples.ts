// The examples that come with the page: /examples/index.json lists them, each has a folder of its own.
import { z } from '../../shared/zod.ts';
import { failure } from '../../shared/errors.ts';

const exampleSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  /** Path of the pipeline below /examples/. */
  path: z.string(),
  parameters: z.record(z.string(), z.string()),
});

export type Example = z.infer<typeof exampleSchema>;

/** An example's text and the address its relative locations are found at. */
export interface OpenedExample {
  readonly text: string;
  readonly base: string;
}

const folder = (): URL => new URL('examples/', document.baseURI);

export async function listExamples(): Promise<readonly Example[]> {
  const response = await get(new URL('index.json', folder()));
  return z.array(exampleSchema).parse(await response.json());
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
