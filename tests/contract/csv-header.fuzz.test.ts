// Random first lines of CSV files: where they are taken as a header, no row behind them is lost, and the names are what
// the same line holds as a row.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fuzzPatience, fuzzRuns } from '../../shared/pipeline/fuzz-runs.ts';
import { withRelayContext } from './relay.ts';
import { runDocument } from './run-document.ts';

const piece = fc.constantFrom('a', 'b', '"', '""', "'", ' ', '\\', '\\"', '\n', '\r\n', ';', 'é', '\t');
const value = fc.oneof(
  fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('')),
  fc.array(piece, { maxLength: 4 }).map((pieces) => `"${pieces.join('')}"`),
);
const header = fc.record({
  values: fc.tuple(value, value),
  options: fc.constantFrom('', 'escape: "\\\\", ', 'quote: "\'", ', 'quote: "", ', 'delimiter: ";", '),
  newline: fc.constantFrom('\n', '\r\n'),
});

it(
  'no row is lost behind a header, and its names are what a row of the same line holds',
  async () => {
    let turn = 0;
    await withRelayContext(async ({ platform, addFile }) => {
      const read = async (location: string, options: string, hasHeader: boolean) =>
        runDocument(
          platform,
          `sources: [{ type: file, name: data, location: ${location}, format: { type: csv, options: { ${options}has_header: ${hasHeader} } } }]
stages: [[{ name: result, query: FROM data, show: 10 }]]
`,
        );
      const property = fc.asyncProperty(header, async ({ values, options, newline }) => {
        const location = `${turn++}.csv`;
        const delimiter = options.startsWith('delimiter') ? ';' : ',';
        const rows = [values, ['x', 'y'], ['z', 'w']];
        await addFile(location, rows.map((row) => `${row.join(delimiter)}${newline}`).join(''));
        const asHeader = await read(location, options, true);
        if (asHeader.outcome !== 'succeeded') {
          expect(asHeader.issue?.code).toBe('file.corrupt');
          return;
        }
        expect(asHeader.shown['result']?.slice(-2)).toEqual(rows.slice(1));
        const names = (asHeader.columns['data'] ?? '').split(', ').map((column) => column.replace(/ VARCHAR$/, ''));
        const asRow = await read(location, options, false);
        const [first = [], ...others] = asRow.shown['result'] ?? [];
        if (others.length !== asHeader.shown['result']?.length) return;
        const texts = first.map((text) => (typeof text === 'string' ? text.toLowerCase() : ''));
        for (const [index, text] of first.entries()) {
          if (typeof text === 'string' && text !== '' && texts.indexOf(text.toLowerCase()) === index)
            expect(names[index]).toBe(text);
        }
      });
      await fc.assert(property, fuzzRuns(120, 3_000, process.env));
    });
  },
  fuzzPatience(process.env),
);
