// Pipelines that the page runs on a relay: the very server that serves the page, and one elsewhere that wants a key.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import process from 'node:process';
import type { Page } from '@playwright/test';
import { expect, pipelineOf, test } from './sluice-page.ts';

const rows = pipelineOf({ numbers: 'SELECT i, i * i AS square FROM range(5) t(i)' });

interface ElsewhereRelay {
  readonly address: string;
  /** In order, or as a crash would. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** A relay of its own origin that lets the page in. */
async function startRelay(key: string, origin: string): Promise<ElsewhereRelay> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-relay-'));
  const words = [
    'dist/relay/server.js',
    '--port',
    '0',
    '--log-level',
    'warn',
    '--allow-origin',
    origin,
    '--state-dir',
    folder,
  ];
  const child = spawn(process.execPath, words, {
    env: { PATH: process.env['PATH'], SLUICE_API_KEY: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await addressOf(child);
  return {
    address,
    async stop(signal = 'SIGTERM') {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill(signal)) await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The relay has no output.');
  for await (const line of createInterface(child.stdout)) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (address === undefined) continue;
    child.stdout.resume();
    return address;
  }
  throw new Error('The relay did not start.');
}

async function choosesRelay(page: Page, address?: string, key?: string): Promise<void> {
  await page.getByRole('button', { name: 'Where pipelines run' }).click();
  const dialog = page.getByRole('dialog', { name: 'Where pipelines run' });
  await dialog.getByText('A relay', { exact: true }).click();
  if (address !== undefined) await dialog.getByLabel('Address').fill(address);
  if (key !== undefined) await dialog.getByLabel('API key').fill(key);
  await dialog.getByRole('button', { name: 'Run here' }).click();
}

test('a pipeline runs on the relay that serves the page, and its rows are shown', async ({ sluice, page }) => {
  await choosesRelay(page);
  await expect(page.getByRole('button', { name: /^Where pipelines run: Relay 127\.0\.0\.1:\d+/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Files' })).toContainText('the relay reads its own');
  await sluice.write(rows);
  await sluice.runs('succeeded');
  expect(await sluice.row('numbers', 5)).toEqual(['4', '16']);
  await expect(page.getByRole('button', { name: 'Export' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('button', { name: /^Where pipelines run: Relay/ })).toBeVisible();
});

test('a run on the relay fails at its line, and can be cancelled', async ({ sluice, page }) => {
  await choosesRelay(page);
  await expect(page.getByRole('dialog')).toBeHidden();
  await sluice.write(
    "sources: []\nstages:\n  - - name: s\n      query: SELECT CAST('x' AS INTEGER) AS i\n      show: 1\n",
  );
  await sluice.runs('failed');
  await expect(page.locator('.cm-lintRange-error')).toContainText('CAST');
  await sluice.write(pipelineOf({ s: 'SELECT count(*) FROM range(1000000000000) t(i) WHERE hash(i) % 7 = 3' }));
  await sluice.run.click();
  await expect(sluice.status).toHaveText('running');
  await sluice.cancel.click();
  await sluice.ends('cancelled');
});

test('a relay elsewhere wants its key, which is kept in this browser', async ({ page, baseURL }) => {
  const relay = await startRelay('right-key', new URL(baseURL ?? '').origin);
  try {
    await page.goto('/');
    const editor = page.getByRole('textbox', { name: 'Pipeline' });
    await expect(editor).toContainText('harbour towns');
    await choosesRelay(page, relay.address, 'wrong-key');
    const dialog = page.getByRole('dialog', { name: 'Where pipelines run' });
    await expect(dialog).toContainText('does not know this API key');
    await dialog.getByLabel('API key').fill('right-key');
    await dialog.getByRole('button', { name: 'Run here' }).click();
    await expect(dialog).toBeHidden();
    await editor.focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(rows);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByRole('status')).toHaveText('succeeded');
    await expect(page.getByRole('grid', { name: 'numbers', exact: true })).toContainText('16');
    expect(page.url()).not.toContain('right-key');
  } finally {
    await relay.stop();
  }
});

test('the plan of a pipeline that runs on the relay is made by the relay', async ({ sluice, page }) => {
  await choosesRelay(page);
  await expect(page.getByRole('dialog')).toBeHidden();
  await sluice.write(rows);
  const asked = page.waitForResponse((response) => response.url().endsWith('/api/plans'));
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  expect((await asked).status()).toBe(200);
  await expect(page.getByRole('heading', { name: 'Where it can run' })).toBeVisible();
  await sluice.write(rows.replace('SELECT', 'SELECT nothing,'));
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await expect(page.locator('.cm-lintRange-error')).toContainText('nothing');
});

test('a relay that goes away is told once, and a cancel ends the run here at once', async ({ page, baseURL }) => {
  const relay = await startRelay('right-key', new URL(baseURL ?? '').origin);
  try {
    await page.goto('/');
    const editor = page.getByRole('textbox', { name: 'Pipeline' });
    await expect(editor).toContainText('harbour towns');
    await choosesRelay(page, relay.address, 'right-key');
    await expect(page.getByRole('dialog')).toBeHidden();
    await editor.focus();
    await page.keyboard.press('ControlOrMeta+a');
    const endless = 'SELECT count(*) FROM range(1000000000000) t(i) WHERE hash(i) % 7 = 3';
    await page.keyboard.insertText(pipelineOf({ endless }));
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByRole('row', { name: /endless/ })).toBeVisible();
    await relay.stop('SIGKILL');
    await expect(page.getByRole('status')).toHaveText('disconnected');
    const note = page.getByRole('group', { name: 'Connection to the relay' });
    // Several attempts have failed when the wait is this long.
    await expect(note).toContainText(/Trying again in [34] s/);
    await expect(note).toHaveCount(1);
    await expect(note).toContainText('may still be going on there');
    const messages = page.getByRole('list', { name: 'Messages' });
    await expect(messages).not.toContainText('relay');
    await note.getByRole('button', { name: 'Try now' }).click();
    await expect(page.getByRole('status')).toHaveText('disconnected');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(page.getByRole('status')).toHaveText('cancelled');
    await expect(note).toHaveCount(0);
    await expect(messages).toContainText('the run was not cancelled');
  } finally {
    await relay.stop('SIGKILL');
  }
});
