// Contract cases about stages over one small file.
import type { ContractCase } from '../case.ts';
import { runDocument, type Watched } from '../run-document.ts';

const numbers = `sources:
  - { type: file, name: numbers, location: numbers.csv, format: { type: csv } }
`;
const numbersCsv = 'n,word\n1,one\n2,two\n3,three\n';

/** A case that runs stages over `numbers` (n BIGINT, word VARCHAR; three rows). Line 3 is the first of `body`. */
export function stages(
  name: string,
  body: string,
  expected: unknown,
  pick: (observed: Watched) => unknown,
): ContractCase {
  return {
    name,
    run: async ({ platform, addFile }) => {
      await addFile('numbers.csv', numbersCsv);
      return pick(await runDocument(platform, numbers + body));
    },
    expected,
  };
}
