// Leaves out most of a long list of literals, of which DuckDB's parse would take two hundred bytes each. A literal calls
// nothing, and what stands before and after is kept.
import { tokensOf, type Token } from '../tokens.ts';

/** How many literals of a list are kept. */
const mostKept = 16;
/** Texts up to this length, in characters, are left as they are. */
const short = 10_000;

/** The text without most literals of long lists. */
export function withoutLongLists(sql: string): string {
  if (sql.length <= short) return sql;
  const tokens = tokensOf(sql);
  let [text, end, run] = ['', 0, 0];
  for (let index = 1; index < tokens.length - 1; index++) {
    const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
    if (!token || before?.text !== ',' || !isLiteral(token) || !/^[,)\]]$/.test(after?.text ?? '')) {
      if (token?.text !== ',') run = 0;
      continue;
    }
    run += 1;
    if (run <= mostKept) continue;
    text += sql.slice(end, before.offset);
    end = token.offset + token.text.length;
  }
  return text + sql.slice(end);
}

function isLiteral({ kind }: Token): boolean {
  return kind === 'number' || kind === 'string';
}
