// Secrets of a relay in a run: they do their work, and nothing shows them.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { load, type Secrets } from '../../shared/pipeline/load.ts';
import type { Platform } from '../../shared/platform.ts';
import { planPipeline } from '../../shared/run/plan.ts';
import { runPipeline } from '../../shared/run/run.ts';
import { openRelayPlatform } from './index.ts';

let folder: string;
let platform: Platform;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-secrets-'));
  await writeFile(join(folder, "canary'1.csv"), 'a\n1\n');
  platform = await openRelayPlatform({ directories: [folder] });
});

afterAll(async () => {
  await platform.close();
  await rm(folder, { recursive: true, force: true });
});

const document = `
sources: [{ type: file, name: s, location: "./\${secret:file}.csv", format: { type: csv } }]
stages: [[{ name: a, query: "SELECT count(*) AS n FROM s WHERE 'x' <> '\${secret:file}'", explain: true }]]
destination: { type: file, name: out, location: out.csv, format: { type: csv } }
`;
const failing = document.replace('count(*)', `error('\${secret:file}')`);
const missing = document.replace('.csv"', '/none.csv"');

async function run(text: string, secrets: Secrets): Promise<string[]> {
  const seen: string[] = [];
  const emit = (event: unknown): void => void seen.push(JSON.stringify(event));
  await runPipeline(load(text, {}, 'yaml', secrets), platform, { emit });
  return seen;
}

it('a run uses a secret, and no event shows it', async () => {
  const seen = await run(document, { file: "canary'1" });
  expect(seen.at(-1)).toContain('run_completed');
  expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('n\n1\n');
  expect(seen.join('\n')).toContain('./***.csv');
  expect(seen.join('\n')).not.toContain('canary');
});

it('nor does an error', async () => {
  for (const text of [failing, missing]) {
    const seen = await run(text, { file: "canary'1" });
    expect(seen.at(-1)).toContain('run_failed');
    expect(seen.join('\n')).toContain('***');
    expect(seen.join('\n')).not.toContain('canary');
  }
});

it('a plan without the secret goes on without what it leads to', async () => {
  const { plan, issues } = await planPipeline(load(document, {}), platform);
  expect(issues).toEqual([]);
  expect(plan?.sources[0]).toMatchObject({ name: 's', location: './${secret:file}.csv' });
  expect(plan?.places.browser.reasons.map(({ message }) => message)).toContain(
    'The secret `file` is known to relays only.',
  );
});

it('a run without the secret says which is missing', async () => {
  for (const secrets of [undefined, {}, { other: 'x' }]) {
    expect((await run(document, secrets)).at(-1)).toContain('"code":"secret.not_found"');
  }
});

const key = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;
const token = `tok_${key.slice(100, 162).replaceAll(/\s/g, '_')}`;

/** Queries that put the secret where messages, labels and plans are made of it. */
const tellingQueries = {
  'a cast error': `SELECT '\${secret:value}'::INTEGER AS a`,
  'an error of casting a column': `SELECT x::INTEGER AS a FROM (SELECT '\${secret:value}' || i AS x FROM range(3) t(i))`,
  'a binder error': `SELECT "\${secret:value}" AS a`,
  'a binder error of types': `SELECT struct_pack(a := 1)['\${secret:value}'] AS a`,
  'a JSON error': `SELECT '\${secret:value}'::JSON AS a`,
  'a JSON error of a query': `SELECT json_extract('{"a": \${secret:value}}', '$.a') AS a`,
  'a pattern error': `SELECT regexp_matches('a', '(\${secret:value}') AS a`,
  'a date error': `SELECT strptime('2024', '%Y\${secret:value}') AS a`,
  'an error of its own': `SELECT error('\${secret:value}') AS a`,
  'a type': `SELECT enum_range(NULL::ENUM('\${secret:value}')) AS a`,
  'a plan': `SELECT * FROM range(9) t(i) WHERE i::VARCHAR || '\${secret:value}' <> '\${secret:value}'`,
};

const tellingChecks = {
  'a check label': { type: 'expression', expression: `a::VARCHAR = '\${secret:value}'` },
  'a check label of several lines': { type: 'expression', expression: `a::VARCHAR\n = '\${secret:value}' AND true` },
  'a check name': { type: 'expression', name: '${secret:value}', expression: 'a > 1' },
  'an accepted value': { type: 'accepted_values', column: 'a', values: ['${secret:value}'] },
  'a pattern': { type: 'regex', column: 'a', pattern: '(${secret:value}' },
};

/** What of a secret is too much: any eight characters of one of its lines in a row. */
function partsOf(secret: string): string[] {
  const lines = secret.split('\n').filter((line) => !line.startsWith('-----'));
  return lines.flatMap((line) => Array.from({ length: line.length - 7 }, (_, from) => line.slice(from, from + 8)));
}

const documents = [
  ...Object.entries(tellingQueries).map(([name, query]) => [name, [{ name: 'a', query, explain: true, show: 1 }]]),
  ...Object.entries(tellingChecks).map(([name, check]) => [
    name,
    [{ name: 'a', query: 'SELECT 1 AS a', checks: [check], show: 1 }],
  ]),
] as [string, unknown][];

it.each(documents)('no part of a long secret or of one of several lines is in %s', async (_, stage) => {
  const text = JSON.stringify({ sources: [], stages: [stage] });
  for (const value of [key, token]) {
    const events = await run(text, { value });
    const plan = JSON.stringify(await planPipeline(load(text, {}, 'json', { value }), platform));
    for (const told of [...events, plan]) {
      // rows are what the user asked for; what is left of a secret in JSON is joined again
      const shown = told.includes('"batches"') ? '' : told.replaceAll('\\n', '\n');
      expect(partsOf(value).filter((part) => shown.includes(part))).toEqual([]);
    }
  }
});

it.each([
  ['CSV', { csv: 'a\n${secret:value}\n' }],
  ['rows', { rows: [{ a: '${secret:value}' }] }],
])('nor in what is told of a value of %s that does not fit its column, by a run or a plan', async (_, given) => {
  const source = { type: 'inline', name: 's', ...given, schema: [{ name: 'a', data_type: 'date32' }] };
  const stages = [[{ name: 'a', query: 'SELECT max(a) AS a FROM s', show: 1 }]];
  const text = JSON.stringify({ sources: [source], stages });
  const value = token.slice(0, 40);
  const events = (await run(text, { value })).join('\n');
  expect(events).toContain('run_failed');
  expect(events).toContain('***');
  const told = JSON.stringify(await planPipeline(load(text, {}, 'json', { value }), platform));
  for (const shown of [events, told]) {
    expect(partsOf(value).filter((part) => shown.includes(part))).toEqual([]);
    expect(shown).not.toContain('"misfit"');
  }
});
