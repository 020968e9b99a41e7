// Every example runs as it stands and gives the same on both platforms: what it shows, what it writes, what it tells.
import { test as base, expect, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { load } from '../../../shared/pipeline/load.ts';
import type { RunEvent } from '../../../shared/protocol/events.ts';
import { observe, runDocument } from '../run-document.ts';
import { withRelayContext } from '../relay.ts';
import { rowsOfFile } from './parquet-rows.ts';
import type {} from './messages.ts';

declare global {
  interface Window {
    client: ReturnType<Window['createClient']>;
  }
}

interface Example {
  readonly name: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const folder = join(import.meta.dirname, '../../../examples');
const examples = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as readonly Example[];

/** Rows that each example shows, by stage, and the files that it writes. */
const expected: Readonly<Record<string, { shown: Record<string, number>; files: readonly string[] }>> = {
  weather: { shown: { by_city: 10 }, files: ['weather_january_2025.parquet'] },
  shop: { shown: { lines: 20, best_sellers: 48 }, files: ['best_sellers.csv'] },
  bikes: { shown: { round_trips: 25, popular: 42 }, files: ['popular_routes.jsonl'] },
  tides: { shown: { quarters: 10, highest: 12 }, files: ['highest_tides.csv'] },
  library: { shown: { by_book: 4 }, files: ['lending.csv'] },
  harvest: { shown: { income: 27 }, files: [] },
  sensors: { shown: { readings: 20, hours: 27 }, files: ['waves.json'] },
  budget: { shown: { largest: 10, months: 12 }, files: [] },
  calendar: { shown: { fridays_13th: 3, calendar: 53 }, files: ['calendar.json.gz'] },
};

interface Outcome {
  readonly observed: ReturnType<typeof observe>;
  readonly files: Readonly<Record<string, unknown>>;
}

/** One client for all examples of a test process: a fresh engine costs a second. */
const test = base.extend<object, { clientPage: Page }>({
  clientPage: [
    async ({ browser }, use, { project }) => {
      const page = await browser.newPage();
      await page.goto(project.use.baseURL ?? '');
      await page.waitForFunction(() => 'createClient' in window);
      await page.evaluate(() => Object.assign(window, { client: window.createClient() }));
      await use(page);
      await page.close();
    },
    { scope: 'worker' },
  ],
});

test('every example has its expectation', () => {
  expect(examples.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort());
});

for (const example of examples) {
  test(`example ${example.name}: both platforms agree`, async ({ clientPage }) => {
    const { shown, files } = expected[example.name] ?? { shown: {}, files: [] };
    const relay = await runNatively(example);
    expect(relay.observed.error).toBeUndefined();
    expect(Object.fromEntries(Object.entries(relay.observed.shown).map(([name, rows]) => [name, rows.length]))).toEqual(
      shown,
    );
    for (const file of files) expect(Object.keys(relay.files)).toContain(file);
    const browser = await runInPage(clientPage, example);
    expect(browser).toEqual(relay);
  });
}

async function runNatively({ path, parameters }: Example): Promise<Outcome> {
  const [own = ''] = path.split('/');
  return withRelayContext(async ({ platform, addFile, listWritten, readFile: readWritten }) => {
    const names = readdirSync(join(folder, own), { recursive: true, withFileTypes: true });
    for (const entry of names.filter((each) => each.isFile())) {
      const file = join(entry.parentPath, entry.name);
      await addFile(file.slice(join(folder, own).length + 1), await readFile(file));
    }
    const text = await readFile(join(folder, path), 'utf8');
    const { events } = await runDocument(platform, text, { parameters });
    const files: Record<string, unknown> = {};
    for (const name of await listWritten()) files[name] = await contentOf(name, await readWritten(name));
    return { observed: observe(events), files };
  });
}

async function runInPage(page: Page, { path, parameters }: Example): Promise<Outcome> {
  const text = await readFile(join(folder, path), 'utf8');
  const { events, written } = await page.evaluate(
    async ([document, values, address]) => {
      const { client } = window;
      const all: unknown[] = [];
      const request = { text: document, parameters: values, base: new URL(address, location.href).href };
      await client.run(request, (event) => all.push(event));
      const stored: [string, string][] = [];
      for (const file of await client.listFiles()) {
        const bytes = new Uint8Array(await (await client.readFile(file.path)).arrayBuffer());
        stored.push([file.path, btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))]);
        await client.removeFile(file.path, file.kind);
      }
      for (const { name } of await client.listTables()) await client.removeTable(name);
      const replacer = (_: string, value: unknown): unknown =>
        value instanceof Uint8Array
          ? { bytes: btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join('')) }
          : value;
      return { events: JSON.stringify(all, replacer), written: stored };
    },
    [text, parameters, `examples/${path}`] as const,
  );
  const files: Record<string, unknown> = {};
  for (const [name, content] of written) files[name] = await contentOf(name, Buffer.from(content, 'base64'));
  return { observed: observe(revive(events)), files };
}

function revive(events: string): RunEvent[] {
  return JSON.parse(events, (_, value: unknown) => {
    const bytes = typeof value === 'object' && value !== null && 'bytes' in value ? value.bytes : undefined;
    return typeof bytes === 'string' ? new Uint8Array(Buffer.from(bytes, 'base64')) : value;
  }) as RunEvent[];
}

/** A file's text, or its rows where its bytes may differ from writer to writer. */
async function contentOf(name: string, bytes: Uint8Array | undefined): Promise<unknown> {
  if (!bytes) return undefined;
  if (name.endsWith('.parquet')) return rowsOfFile(bytes);
  return (name.endsWith('.gz') ? gunzipSync(bytes) : Buffer.from(bytes)).toString('utf8');
}

// The loader is what both platforms share; an example that it refuses fails here with its reason.
test('every example loads without an error', async () => {
  for (const { path, parameters } of examples) {
    const { issues } = load(await readFile(join(folder, path), 'utf8'), parameters);
    expect(
      issues.filter(({ severity }) => severity === 'error'),
      path,
    ).toEqual([]);
  }
});
