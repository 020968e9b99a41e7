// Cases that read one file, given by its content, and say what is seen of it or how it is refused.
import type { ContractCase } from '../case.ts';
import { runDocument, showFile } from '../run-document.ts';
import { summary } from './one-source.ts';

/** Reads every value. */
const all = 'SELECT count(*) AS n FROM (SELECT DISTINCT * FROM data)';

/** Text, bytes, or text to compress, of which bytes at the end are cut off or one, counted from the end, is turned. */
export type Content = string | Uint8Array | { readonly gzip: string; readonly cut?: number; readonly damage?: number };

/** Compresses, and cuts bytes off or turns one around. */
export async function bytesOf(content: Content): Promise<string | Uint8Array> {
  if (typeof content === 'string' || content instanceof Uint8Array) return content;
  const stream = new Blob([content.gzip]).stream().pipeThrough(new CompressionStream('gzip'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const place = content.damage === undefined ? -1 : bytes.length + content.damage;
  return bytes.map((byte, index) => (index === place ? byte ^ 0xff : byte)).slice(0, bytes.length - (content.cut ?? 0));
}

export function reading(
  name: string,
  file: string,
  format: string,
  content: Content,
  expected: object,
  query?: string,
): ContractCase {
  return {
    name,
    run: async ({ platform, addFile }) => {
      await addFile(file, await bytesOf(content));
      return summary(await runDocument(platform, showFile(file, format, query)));
    },
    expected,
  };
}

/** Reads a damaged file; the error stands at the source's location. */
export function refused(name: string, file: string, format: string, content: Content, message: string): ContractCase {
  return reading(name, file, format, content, { error: 'file.corrupt at 2:41', message }, all);
}
