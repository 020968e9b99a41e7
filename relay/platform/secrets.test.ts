// Secrets of a relay in a run: they do their work, and nothing shows them.
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
