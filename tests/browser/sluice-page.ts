// The page as its users name things: what the specs say, in one place. Every test fails on an error nobody handled.
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';

/** How a run can end. */
export type Outcome = 'succeeded' | 'failed' | 'cancelled';

export class SluicePage {
  readonly page: Page;
  readonly editor: Locator;
  readonly run: Locator;
  readonly cancel: Locator;
  readonly status: Locator;
  readonly files: Locator;

  constructor(page: Page) {
    this.page = page;
    this.editor = page.getByRole('textbox', { name: 'Pipeline' });
    this.run = page.getByRole('button', { name: 'Run', exact: true });
    this.cancel = page.getByRole('button', { name: 'Cancel', exact: true });
    this.status = page.getByRole('status');
    this.files = page.getByRole('list', { name: 'Files' });
  }

  /** Opens the page and waits for the first example, so that it cannot replace what a test writes. */
  async open(): Promise<void> {
    await this.page.goto('/');
    await expect(this.editor).toContainText('harbour towns');
  }

  async openExample(title: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Examples' }).click();
    await this.page.getByRole('menuitem', { name: title }).click();
  }

  /** Replaces the text by the editor's own keys: it takes back a selection that is made past it while it draws. */
  async write(text: string): Promise<void> {
    await this.editor.focus();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(text);
  }

  /** Presses Run and waits for the end of the run. */
  async runs(outcome: Outcome): Promise<void> {
    await this.run.click();
    await this.ends(outcome);
  }

  async ends(outcome: Outcome): Promise<void> {
    await expect(this.status).toHaveText(/succeeded|failed|cancelled/);
    await expect(this.status).toHaveText(outcome);
  }

  /** Presses Plan and waits for what comes of it. */
  async plans(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Plan', exact: true }).click();
    const plan = this.page.getByRole('region', { name: 'Plan', exact: true });
    await expect(plan).toBeVisible();
    return plan;
  }

  /** Adds files and waits until they are listed; DuckDB may still be starting. */
  async addFiles(files: readonly { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
    await this.page.getByLabel('Add files').setInputFiles([...files]);
    for (const { name } of files) await expect(this.files).toContainText(name);
  }

  grid(stage: string): Locator {
    return this.page.getByRole('grid', { name: stage, exact: true });
  }

  /** The texts of the cells of a row on screen; the first row is 1. */
  async row(stage: string, number: number): Promise<string[]> {
    const row = this.grid(stage).locator(`[role="row"][aria-rowindex="${number + 1}"]`);
    await expect(row).toBeVisible();
    return row.getByRole('gridcell').allTextContents();
  }

  async openStage(stage: string): Promise<void> {
    await this.page.getByRole('tab', { name: stage, exact: true }).click();
  }

  async download(name: string): Promise<Buffer> {
    const started = this.page.waitForEvent('download');
    await this.page.getByRole('link', { name: `Download ${name}` }).click();
    const download = await started;
    expect(download.suggestedFilename()).toBe(name);
    return readFile(await download.path());
  }
}

/** A pipeline of queries, each a stage and a group of its own, without sources. */
export function pipelineOf(stages: Readonly<Record<string, string>>, more = ''): string {
  const groups = Object.entries(stages).map(
    ([name, query]) => `  - - name: ${name}\n      query: ${JSON.stringify(query)}\n`,
  );
  return `sources: []\nstages:\n${groups.join('')}${more}`;
}

export const test = base.extend<{ sluice: SluicePage }>({
  sluice: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const sluice = new SluicePage(page);
    await sluice.open();
    await use(sluice);
    expect(errors).toEqual([]);
  },
});

export { expect };
