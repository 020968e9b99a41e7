// Which files lie beside a document that has an address: HTTP lists nothing, so a file of the server's names them.
import { refusalOf } from '../../../shared/locations/http.ts';
import { z } from '../../../shared/zod.ts';
import { addressBeside } from '../location.ts';
import { request, type RequestOptions } from './request.ts';

/** A list of paths, as JSON. */
const listName = 'files.json';
/** Bytes that it may have. */
const longestList = 1024 * 1024;

const paths = z.array(z.string());

/**
 * The paths that the server names, from the document on; none where it has no such list, or something else under its
 * name. Fails with file.failed, file.forbidden, run.cancelled.
 */
export async function listBeside(
  base: string,
  options: Pick<RequestOptions, 'signal' | 'stallTimeout'>,
): Promise<readonly string[]> {
  const address = addressBeside(listName, base);
  const answer = await request(address, options);
  try {
    const refusal = refusalOf(answer.status, address);
    if (refusal?.code === 'file.failed') throw refusal;
    if (refusal) return []; // some servers answer 403 for what is not there
    const decoder = new TextDecoder();
    let text = '';
    for await (const piece of answer.pieces()) {
      text += decoder.decode(piece, { stream: true });
      if (text.length > longestList) return [];
    }
    return paths.safeParse(parsed(text)).data ?? [];
  } finally {
    answer.cancel();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}
