// Looking at what a run has left and at files, as the page does: pages, exports, previews.
import { tableFromIPC } from 'apache-arrow';
import { asSluiceError } from '../../../shared/errors.ts';
import { load } from '../../../shared/pipeline/load.ts';
import type { Platform } from '../../../shared/platform.ts';
import type { RunEvent } from '../../../shared/protocol/events.ts';
import type { Preview, RelationName } from '../../../shared/protocol/worker.ts';
import { exportQuery } from '../../../shared/run/export.ts';
import { previewFile } from '../../../shared/run/file-preview.ts';
import { RelationPages } from '../../../shared/run/pages.ts';
import { runPipeline } from '../../../shared/run/run.ts';
import { rowsOf, type Value } from '../../../shared/values/codec.ts';
import { decodeBatches } from '../../../shared/values/ipc.ts';
import type { ContractCase } from '../case.ts';

const document = `sources: []
stages:
  - - name: numbers
      query: SELECT i, 'row ' || i AS text FROM range(100000) t(i)
    - name: tricky
      query: SELECT 'x' AS rowid, i FROM range(1000) t(i) ORDER BY i DESC
  - - name: lazy
      query: SELECT a.i FROM numbers a JOIN numbers b ON a.i = b.i WHERE a.i % 2 = 0 ORDER BY a.i
    - name: few
      query: SELECT i FROM tricky WHERE i < 3 AND EXISTS (FROM tricky)
`;

/** Runs the document and leaves its relations to look at. */
async function left(platform: Platform): Promise<RelationPages> {
  const { outcome } = await runPipeline(load(document, {}), platform, { emit: () => undefined, retain: true });
  if (outcome !== 'succeeded') throw new Error(`The run ${outcome}.`);
  return new RelationPages(platform.engine);
}

function stage(name: string): RelationName {
  return { kind: 'stage', name };
}

function rows({ batches, columns }: Preview): Value[][] {
  return batches.flatMap((bytes) => decodeBatches(bytes).flatMap((batch) => rowsOf(batch, columns)));
}

export const lookingCases: readonly ContractCase[] = [
  {
    name: 'what a run of another dialect has left is read in it, and nothing else is',
    run: async ({ platform }) => {
      const text = `dialect: datafusion
sources: []
stages: [[{ name: halves, query: "SELECT 7 / 2 AS half, nvl(NULL, 'x') AS word" }]]
`;
      const result = await runPipeline(load(text, {}), platform, { emit: () => undefined, retain: true });
      const pages = new RelationPages(platform.engine);
      pages.readFrom(result);
      const page = await pages.page(stage('halves'), 0, 10);
      const { columns, batches } = await platform.engine.query('SELECT 7 / 2');
      const own = [];
      for await (const batch of batches) own.push(...rowsOf(batch, columns));
      return { outcome: result.outcome, left: rows(page), own };
    },
    expected: { outcome: 'succeeded', left: [['3', 'x']], own: [[3.5]] },
  },
  {
    name: 'rows that take more than an event may have are left out, and that is told (an event of 80 MB broke every connection)',
    run: async ({ platform }) => {
      const wide = `sources: []
stages:
  - - { name: rows, query: "SELECT repeat('x', 1000000) AS x FROM range(10)", show: 10 }
  - - { name: value, query: "SELECT repeat('x', 5000000) AS x", show: 1 }
  - - name: checked
      query: "SELECT repeat('x', 1000000) AS x FROM range(10)"
      checks: [{ type: expression, expression: "length(x) < 9", severity: warn, samples: 10 }]
`;
      const told: unknown[] = [];
      const emit = (event: RunEvent): void => {
        if (event.type === 'stage_output' && event.output.kind === 'show') {
          const { rows: count, truncated, overBudget } = event.output;
          told.push([event.name, count, rows(event.output).length, truncated, overBudget]);
        }
        if (event.type === 'check_completed') told.push([event.relation, event.failing, event.samples?.rows]);
        if (event.type === 'notice' && event.issue.code === 'run.limit') told.push(event.issue.message);
      };
      const { outcome } = await runPipeline(load(wide, {}), platform, { emit });
      return { outcome, told };
    },
    expected: {
      outcome: 'succeeded',
      told: [
        ['rows', 3, 3, true, true],
        'rows shows 3 rows: more would take over 3 MiB.',
        ['value', 0, 0, true, true],
        'value shows 0 rows: more would take over 3 MiB.',
        ['checked', 10, 3],
        'The check length(x) < 9 of checked shows 3 rows: more would take over 3 MiB.',
      ],
    },
  },
  {
    name: 'rows of a table are read from anywhere, in its order',
    run: async ({ platform }) => {
      const pages = await left(platform);
      const middle = await pages.page(stage('numbers'), 61_440, 3);
      const end = await pages.page(stage('numbers'), 99_998, 200);
      const past = await pages.page(stage('numbers'), 200_000, 200);
      const tricky = await pages.page(stage('tricky'), 997, 10);
      return {
        ...{ middle: rows(middle), total: middle.total, truncated: middle.truncated, kept: middle.kept },
        ...{ end: rows(end), ended: end.truncated, past: rows(past), tricky: rows(tricky) },
      };
    },
    expected: {
      middle: [
        ['61440', 'row 61440'],
        ['61441', 'row 61441'],
        ['61442', 'row 61442'],
      ],
      ...{ total: 100_000, truncated: true, kept: false },
      end: [
        ['99998', 'row 99998'],
        ['99999', 'row 99999'],
      ],
      ...{ ended: false, past: [] },
      tricky: [
        ['x', '2'],
        ['x', '1'],
        ['x', '0'],
      ],
    },
  },
  {
    name: 'a view is kept as a table when rows past its first ones are asked for, and freed with the rest',
    run: async ({ platform }) => {
      const pages = await left(platform);
      const first = await pages.page(stage('lazy'), 0, 2);
      const [later, same] = await Promise.all([
        pages.page(stage('lazy'), 49_999, 5),
        pages.page(stage('lazy'), 30_000, 1),
      ]);
      const few = await pages.page(stage('few'), 0, 10);
      await pages.release();
      const tables = await platform.engine.query(`SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'kept'`);
      const counted: Value[][] = [];
      for await (const batch of tables.batches) counted.push(...rowsOf(batch, tables.columns));
      return {
        first: { rows: rows(first), kept: first.kept, total: first.total ?? null },
        later: { rows: rows(later), kept: later.kept, total: later.total ?? null },
        same: rows(same),
        few: { rows: rows(few), kept: few.kept, total: few.total ?? null },
        counted,
      };
    },
    expected: {
      first: { rows: [['0'], ['2']], kept: false, total: null },
      later: { rows: [['99998']], kept: true, total: 50_000 },
      same: [['60000']],
      few: { rows: [['2'], ['1'], ['0']], kept: false, total: 3 },
      counted: [['0']],
    },
  },
  {
    name: 'a view that is being kept can be cancelled, and asked for again',
    run: async ({ platform }) => {
      const pages = await left(platform);
      const stopping = new AbortController();
      const stopped = pages.page(stage('lazy'), 10, 1, { signal: stopping.signal });
      stopping.abort();
      const code = await stopped.then(
        () => 'not stopped',
        (thrown: unknown) => asSluiceError(thrown).code,
      );
      return { code, again: rows(await pages.page(stage('lazy'), 10, 1)) };
    },
    expected: { code: 'run.cancelled', again: [['20']] },
  },
  {
    name: 'rows that are gone are a typed error',
    run: async ({ platform }) => {
      const codes: string[] = [];
      const pages = new RelationPages(platform.engine);
      for (const kind of ['stage', 'table'] as const) {
        await pages.page({ kind, name: 'nowhere' }, 0, 1).catch((thrown: unknown) => {
          codes.push(asSluiceError(thrown).code);
        });
      }
      return codes;
    },
    expected: ['sql.failed', 'table.not_found'],
  },
  {
    name: 'rows are exported as an Arrow file, also none at all',
    run: async ({ platform, readFile }) => {
      const seen: unknown[] = [];
      for (const [query, name] of [
        [`SELECT i, 18446744073709551616::HUGEINT + i AS h, 'ö' AS s FROM range(5000) t(i)`, 'some.arrow'],
        ['SELECT 1::BIGINT AS i, NULL::DATE AS d WHERE false', 'none.arrow'],
      ] as const) {
        const file = await platform.files.create(name);
        const notices: string[] = [];
        const context = { platform, work: {}, notify: (issue: { message: string }) => notices.push(issue.message) };
        const written = await exportQuery(query, 'arrow', file, context);
        await file.commit();
        const table = tableFromIPC((await readFile(name)) ?? []);
        const last = table.getChild('h')?.get(table.numRows - 1) as unknown;
        seen.push({
          ...{ written, notices, columns: table.schema.fields.map((field) => field.name) },
          ...{ rows: table.numRows, last: typeof last === 'string' ? last : null },
        });
      }
      return seen;
    },
    expected: [
      {
        ...{ written: 5000, notices: ['Arrow has no equal type, so it holds h (HUGEINT) as VARCHAR.'] },
        ...{ columns: ['i', 'h', 's'], rows: 5000, last: '18446744073709556615' },
      },
      { written: 0, notices: [], columns: ['i', 'd'], rows: 0, last: null },
    ],
  },
  {
    name: 'what a file holds is seen at its beginning: rows, text or bytes',
    run: async ({ platform, addFile }) => {
      const many = Array.from({ length: 1000 }, (_, at) => at);
      await addFile('many.csv', `n,word\n${many.map((at) => `${at},w${at}\n`).join('')}`);
      await addFile('tabs.tsv', 'a\tb\n1\tx,y\n');
      await addFile('many.jsonl', many.map((at) => `{"n":${at},"in":{"a":[${at}]}}\n`).join(''));
      await addFile('note.txt', 'Grüße\n');
      await addFile('picture.bin', new Uint8Array([1, 0, 255]));
      const seen: unknown[] = [];
      for (const path of ['many.csv', 'tabs.tsv', 'many.jsonl', 'note.txt', 'picture.bin']) {
        const file = await platform.files.open(path);
        try {
          const found = await previewFile(platform, file, {});
          if (found.kind === 'rows') seen.push([found.rows, found.truncated, rows(found)[1] ?? rows(found)[0]]);
          else seen.push(found.kind === 'text' ? found.text : [...found.bytes]);
        } finally {
          await file.close();
        }
      }
      const tables = await platform.engine.query('SELECT count(*) FROM duckdb_tables() WHERE NOT internal');
      for await (const batch of tables.batches) seen.push(rowsOf(batch, tables.columns));
      return seen;
    },
    expected: [
      [200, true, ['1', 'w1']],
      [1, false, ['1', 'x,y']],
      [200, true, ['1', { a: ['1'] }]],
      'Grüße\n',
      [1, 0, 255],
      [['0']],
    ],
  },
];
