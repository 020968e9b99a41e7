import { describe, expect, it } from 'vitest';
import { withoutArrowSchema } from './hint.ts';

function fileOf(data: string, footer: string): Parameters<typeof withoutArrowSchema>[0] {
  const length = new Uint8Array(new Uint32Array([footer.length]).buffer);
  const blob = new Blob([data, footer, length, 'PAR1']);
  const read = async (start: number, end: number): Promise<Uint8Array> =>
    new Uint8Array(await blob.slice(start, end).arrayBuffer());
  return { size: blob.size, blob, read };
}

describe('withoutArrowSchema', () => {
  it('renames the last such key of the footer and nothing else', async () => {
    const data = '\fARROW:schema in the data, ';
    const file = fileOf(data, 'a column \fARROW:schema, a key \fARROW:schema!');
    const changed = await withoutArrowSchema(file);
    const [before, after] = [await file.blob.text(), await changed.text()];
    expect(after).toBe(before.replace('a key \fARROW', 'a key \fXRROW'));
  });

  it('leaves a file alone that has none', async () => {
    const file = fileOf('data', 'footer');
    expect(await withoutArrowSchema(file)).toBe(file.blob);
  });
});
