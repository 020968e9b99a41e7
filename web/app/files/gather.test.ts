import { describe, expect, it } from 'vitest';
import { droppedFiles, holdsFiles, pickedFiles } from './gather.ts';

type Tree = { readonly [name: string]: Tree | string };

function entry(fullPath: string, content: Tree | string): unknown {
  if (typeof content === 'string') {
    return {
      isFile: true,
      isDirectory: false,
      fullPath,
      file: (give: (file: File) => void) => give(new File([content], fullPath)),
    };
  }
  const children = Object.entries(content).map(([name, child]) => entry(`${fullPath}/${name}`, child));
  const readEntries = (give: (some: unknown[]) => void): void => give(children.splice(0, 2));
  return { isFile: false, isDirectory: true, fullPath, createReader: () => ({ readEntries }) };
}

function transfer(tree: Tree): DataTransfer {
  const items = Object.entries(tree).map(([name, content]) => ({
    webkitGetAsEntry: () => entry(`/${name}`, content),
    getAsFile: () => null,
  }));
  return {
    items: [...items, { webkitGetAsEntry: () => null, getAsFile: () => null }],
    types: ['Files'],
  } as unknown as DataTransfer;
}

describe('gathered files', () => {
  it('have their name, or the path below the folder that was picked', () => {
    const loose = new File(['1'], 'a.csv');
    const inFolder = Object.defineProperty(new File(['2'], 'b.csv'), 'webkitRelativePath', { value: 'data/b.csv' });
    expect(pickedFiles([loose, inFolder]).map(({ path }) => path)).toEqual(['a.csv', 'data/b.csv']);
  });

  it('come out of dropped folders whole, however few a reader gives at a time', async () => {
    const dropped = await droppedFiles(
      transfer({ 'a.csv': '1', data: { 'b.csv': '2', 'c.csv': '3', 'd.csv': '4', deep: { 'e.csv': '5' }, empty: {} } }),
    );
    expect(dropped.map(({ path }) => path)).toEqual([
      'a.csv',
      'data/b.csv',
      'data/c.csv',
      'data/d.csv',
      'data/deep/e.csv',
    ]);
    expect(await dropped[4]?.file.text()).toBe('5');
  });

  it('may come from outside any file system', async () => {
    const item = { webkitGetAsEntry: () => null, getAsFile: () => new File(['1'], 'picture.png') };
    const dropped = await droppedFiles({ items: [item], types: ['Files'] } as unknown as DataTransfer);
    expect(dropped.map(({ path }) => path)).toEqual(['picture.png']);
  });

  it('are told from dragged text', () => {
    expect(holdsFiles(transfer({}))).toBe(true);
    expect(holdsFiles({ types: ['text/plain'] } as unknown as DataTransfer)).toBe(false);
    expect(holdsFiles(null)).toBe(false);
  });
});
