// A run that is asked for while DuckDB is still on its way to the page.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, pipelineOf, test } from './sluice-page.ts';

interface SlowSite {
  readonly address: string;
  /** Lets the rest of DuckDB through. */
  finish(): void;
  stop(): Promise<void>;
}

/** The site of this address, whose DuckDB comes only in part until `finish`. */
async function slowSite(site: string): Promise<SlowSite> {
  let finish = (): void => undefined;
  const rest = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, host: new URL(site).host };
    request(new URL(asked.url ?? '/', site), { headers }, (found) => {
      answer.writeHead(found.statusCode ?? 500, found.headers);
      if (!/duckdb.*\.wasm/.test(asked.url ?? '')) {
        found.pipe(answer);
        return;
      }
      const total = Number(found.headers['content-length']);
      let bytes = 0;
      found.on('data', (piece: Buffer) => {
        bytes += piece.byteLength;
        answer.write(piece);
        if (bytes < total / 2) return;
        found.removeAllListeners('data').pause();
        void rest.then(() => found.pipe(answer));
      });
    }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    finish,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

test('a run waits for DuckDB as a step of its own, and the clock counts it to the end', async ({ page, baseURL }) => {
  const site = await slowSite(baseURL ?? '');
  try {
    await page.goto(site.address);
    const editor = page.getByRole('textbox', { name: 'Pipeline' });
    await expect(editor).toContainText('harbour towns');
    await editor.focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(pipelineOf({ numbers: 'SELECT i FROM range(5) t(i)' }));
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const loading = page.getByRole('row', { name: /Loading DuckDB/ });
    await expect(loading).toContainText(/MB of \d\.\d MB/);
    await expect(page.getByRole('status')).toHaveText('running');
    site.finish();
    await expect(page.getByRole('status')).toHaveText('succeeded');
    await expect(loading).toContainText('done');
    await expect(page.getByRole('row', { name: /Planning/ })).toContainText('done');
    const waited = millisecondsOf(await loading.getByRole('cell').last().textContent());
    expect(millisecondsOf(await page.locator('.elapsed').textContent())).toBeGreaterThanOrEqual(waited);
  } finally {
    await site.stop();
  }
});

function millisecondsOf(text: string | null): number {
  const [, number = '', unit] = /^\s*([\d.]+) (ms|s)/.exec(text ?? '') ?? [];
  return Number(number) * (unit === 's' ? 1000 : 1);
}
