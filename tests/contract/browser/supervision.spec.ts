// The page's client: whatever happens to the Worker, every call ends, and the next run works.
import { expect, test } from '@playwright/test';
import type { RunEvent } from '../../../shared/protocol/events.ts';
import type {} from './messages.ts';

const endless = `sources:
  - { type: file, name: cities, location: cities.csv, format: { type: csv } }
stages:
  - - { name: first, query: SELECT count(*) AS c FROM cities, show: 1 }
  - - { name: never, query: "SELECT count(*) AS c FROM range(1000000000000) t(i) WHERE hash(i) % 7 = 3" }
destination: { type: file, name: out, location: never.csv, format: { type: csv } }
`;
const good = `sources:
  - { type: file, name: cities, location: cities.csv, format: { type: csv } }
stages: [[{ name: result, query: SELECT count(*) AS c FROM cities, show: 1 }]]
destination: { type: file, name: out, location: good.csv, format: { type: csv } }
`;
/** One task of this sort takes longer than a cancel may. */
const stubborn = `sources: []
stages: [[{ name: result, query: SELECT i FROM range(40000000) t(i) ORDER BY hash(i), show: 1 }]]
`;

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await page.waitForFunction(() => 'createClient' in window);
});

/** Moments from 0 to 1,500 ms, the same in every run of the test: a linear congruential generator (Knuth). */
function momentsOf(count: number): number[] {
  let state = 20_240_131;
  return Array.from({ length: count }, () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * 1500);
  });
}

test('a Worker killed at 20 moments of a run: all calls end, the next run works', async ({ page }) => {
  test.setTimeout(600_000);
  const moments = momentsOf(20);
  const observed = await page.evaluate(
    async ({ moments, endless, good }) => {
      const client = window.createClient();
      const endOf = (call: Promise<unknown>): Promise<string> =>
        call.then(
          () => 'done',
          (thrown: unknown) => (thrown as { code: string }).code,
        );
      const follow = async (
        text: string,
        onEvent: (event: RunEvent) => void = () => undefined,
      ): Promise<RunEvent[]> => {
        const events: RunEvent[] = [];
        await client.run({ text, parameters: {} }, (event) => {
          events.push(event);
          onEvent(event);
        });
        return events;
      };
      await client.addFiles([{ path: 'cities.csv', file: new File(['name\nUlm\nBern\n'], 'cities.csv') }]);
      const kills = [];
      for (const [index, moment] of moments.entries()) {
        // Every other time the moment counts from the run's start, so that it is not spent on booting.
        const others: Promise<string>[] = [];
        const strike = (): void => {
          others.push(endOf(client.listFiles()), endOf(client.rows({ kind: 'stage', name: 'first' }, 0, 1)));
          client.crash();
          others.push(endOf(client.open()));
        };
        if (index % 2 === 0) setTimeout(strike, moment);
        const events = await follow(endless, ({ type }) => {
          if (index % 2 === 1 && type === 'run_started') setTimeout(strike, moment / 3);
        });
        kills.push({
          last: events.at(-1),
          gapless: events.every(({ sequence }, place) => sequence === place),
          terminals: events.filter(({ type }) => /^run_(completed|failed|cancelled)$/.test(type)).length,
          others: await Promise.all(others),
        });
      }
      const events = await follow(good);
      const files = await client.listFiles();
      client.close();
      return { kills, next: events.at(-1)?.type, files, closed: await endOf(client.listFiles()) };
    },
    { moments, endless, good },
  );
  for (const kill of observed.kills) {
    expect(kill).toMatchObject({
      last: { type: 'run_failed', issue: { code: 'engine.died' } },
      gapless: true,
      terminals: 1,
    });
    // A call that was made just before may have been answered; none hangs.
    for (const end of kill.others) expect(['engine.died', 'done']).toContain(end);
  }
  expect(observed).toMatchObject({
    next: 'run_completed',
    files: [
      { path: 'cities.csv', size: 14, kind: 'added' },
      { path: 'good.csv', size: 4, kind: 'stored' },
    ],
    closed: 'engine.closed',
  });
});

test('cancel ends a run, also one that does not listen', async ({ page }) => {
  const observed = await page.evaluate(
    async (texts) => {
      const client = window.createClient();
      await client.addFiles([{ path: 'cities.csv', file: new File(['name\nUlm\n'], 'cities.csv') }]);
      const ends = [];
      for (const text of texts) {
        await client.open();
        const types: string[] = [];
        let cancelled = Promise.resolve();
        await client.run({ text, parameters: {} }, ({ type }) => {
          types.push(type);
          if (type !== 'stage_started' && type !== 'destination_started') return;
          cancelled = new Promise((resolve) => setTimeout(resolve, 100)).then(() => client.cancel());
        });
        await cancelled;
        ends.push(types.at(-1));
      }
      client.close();
      return ends;
    },
    [endless, stubborn],
  );
  expect(observed).toEqual(['run_cancelled', 'run_cancelled']);
});

test('a cancel while the engine starts, a second run, a crash without a run', async ({ page }) => {
  const observed = await page.evaluate(async (good) => {
    const client = window.createClient();
    const types: string[] = [];
    const run = client.run({ text: good, parameters: {} }, ({ type }) => types.push(type));
    const busy = await client
      .run({ text: good, parameters: {} }, () => undefined)
      .catch((thrown: unknown) => (thrown as { code: string }).code);
    await client.cancel();
    await run;
    const { version } = await client.open();
    client.crash();
    await client
      .addFiles([{ path: 'cities.csv', file: new File(['name\nUlm\n'], 'cities.csv') }])
      .catch(() => undefined);
    await client.open().catch(() => undefined);
    await client.addFiles([{ path: 'cities.csv', file: new File(['name\nUlm\n'], 'cities.csv') }]);
    const later: string[] = [];
    await client.run({ text: good, parameters: {} }, ({ type }) => later.push(type));
    client.close();
    return { types, busy, version, later: later.at(-1) };
  }, good);
  expect(observed).toEqual({ types: ['run_cancelled'], busy: 'run.busy', version: 'v1.5.6', later: 'run_completed' });
});

test('a table is neither removed nor listed anew under a run', async ({ page }) => {
  const observed = await page.evaluate(async (endless) => {
    const client = window.createClient();
    const keeping = `sources: []
stages: [[{ name: numbers, query: SELECT i FROM range(3) t(i) }]]
destination: { type: in_memory, name: kept }
`;
    await client.addFiles([{ path: 'cities.csv', file: new File(['name\nUlm\n'], 'cities.csv') }]);
    const first: string[] = [];
    await client.run({ text: keeping, parameters: {} }, ({ type }) => first.push(type));
    const names = async (): Promise<string[]> => (await client.listTables()).map(({ name }) => name);
    const removal = (): Promise<string> =>
      client.removeTable('kept').then(
        () => 'removed',
        (thrown: unknown) => (thrown as { code: string }).code,
      );
    const under: unknown[] = [];
    let asked = Promise.resolve();
    await client.run({ text: endless, parameters: {} }, (event) => {
      if (event.type !== 'stage_completed' || event.name !== 'first') return;
      asked = (async () => {
        under.push(await removal(), await names());
        await client.cancel();
      })();
    });
    await asked;
    const after = [await removal(), await names()];
    client.close();
    return { first: first.at(-1), under, after };
  }, endless);
  expect(observed).toEqual({ first: 'run_completed', under: ['run.busy', ['kept']], after: ['removed', []] });
});
