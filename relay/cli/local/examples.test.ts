// The examples through the command give the rows and files that they give everywhere (tests/contract).
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, jsonLines, sluice } from '../../../tests/command/sluice.ts';
import { exampleResults, examples } from '../../../tests/contract/examples.ts';
import type { Value } from '../../../shared/values/codec.ts';

interface Shown {
  readonly columns: readonly { readonly name: string }[];
  readonly values: readonly Readonly<Record<string, Value>>[];
}

describe('an example through the command', () => {
  it.each(examples)('$name', async (example) => {
    const { path, parameters } = example;
    const [own = '', file = ''] = path.split('/');
    await inFolder({}, async (cwd) => {
      await cp(join('examples', own), cwd, { recursive: true });
      const values = Object.entries(parameters).flatMap(([name, value]) => ['-p', `${name}=${value}`]);
      const { code, stdout, stderr } = await sluice(['run', '-f', file, '--output', 'json', ...values], { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { shown, error } = await exampleResults(example);
      expect(error).toBeUndefined();
      expect(shownIn(stdout)).toEqual(shown);
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
