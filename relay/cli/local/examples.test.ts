// The examples through the command give the rows and files that they give everywhere (tests/contract).
import { cp, readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, jsonLines, sluice } from '../../../tests/command/sluice.ts';
import { withRelayContext } from '../../../tests/contract/relay.ts';
import { runDocument } from '../../../tests/contract/run-document.ts';
import type { Value } from '../../../shared/values/codec.ts';

interface Example {
  readonly name: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Shown {
  readonly columns: readonly { readonly name: string }[];
  readonly values: readonly Readonly<Record<string, Value>>[];
}

const examples = JSON.parse(readFileSync('examples/index.json', 'utf8')) as readonly Example[];

describe('an example through the command', () => {
  it.each(examples)('$name', async ({ path, parameters }) => {
    const [own = '', file = ''] = path.split('/');
    await inFolder({}, async (cwd) => {
      await cp(join('examples', own), cwd, { recursive: true });
      const values = Object.entries(parameters).flatMap(([name, value]) => ['-p', `${name}=${value}`]);
      const { code, stdout, stderr } = await sluice(['run', '-f', file, '--output', 'json', ...values], { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(shownIn(stdout)).toEqual(await shownNatively(join('examples', own), file, parameters));
    });
  });
});

function shownIn(stdout: string): Record<string, Value[][]> {
  const shown: Record<string, Value[][]> = {};
  for (const event of jsonLines(stdout)) {
    const output = event['output'] as (Shown & { kind: string }) | undefined;
    if (event['type'] !== 'stage_output' || output?.kind !== 'show') continue;
    shown[String(event['name'])] = output.values.map((row) => output.columns.map(({ name }) => row[name] ?? null));
  }
  return shown;
}

async function shownNatively(folder: string, file: string, parameters: Example['parameters']): Promise<unknown> {
  return withRelayContext(async ({ platform, addFile }) => {
    const { readdir } = await import('node:fs/promises');
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const from = join(entry.parentPath, entry.name);
      if (entry.isFile()) await addFile(from.slice(folder.length + 1), await readFile(from));
    }
    const { shown, error } = await runDocument(platform, await readFile(join(folder, file), 'utf8'), { parameters });
    expect(error).toBeUndefined();
    return shown;
  });
}
