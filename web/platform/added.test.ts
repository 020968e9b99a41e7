import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../shared/errors.ts';
import { AddedFiles } from './added.ts';

function added(...paths: string[]): AddedFiles {
  const files = new AddedFiles();
  files.add(paths.map((path) => ({ path, file: new Blob([path]) })));
  return files;
}

describe('AddedFiles', () => {
  it('finds a file by its path, however that was written', async () => {
    const files = added('./data//a.csv');
    expect(await files.atPath('data/a.csv')?.text()).toBe('./data//a.csv');
    expect(files.atPath('a.csv')).toBeUndefined();
  });

  it('finds the one file that has the name', () => {
    const files = added('jan/a.csv', 'jan/b.csv');
    expect(files.byName('data/a.csv')?.path).toBe('jan/a.csv');
    expect(files.byName('data/c.csv')).toBeUndefined();
  });

  it('names the choices where several files have the name', () => {
    const files = added('jan/a.csv', 'feb/a.csv');
    try {
      files.byName('a.csv');
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(SluiceError);
      expect((thrown as SluiceError).issue).toMatchObject({
        code: 'file.ambiguous',
        hint: 'Give the whole path of one of them: feb/a.csv, jan/a.csv.',
      });
    }
  });

  it('replaces a file of the same path and forgets a removed one', async () => {
    const files = added('a.csv');
    files.add([{ path: 'a.csv', file: new Blob(['new']) }]);
    expect(await files.atPath('a.csv')?.text()).toBe('new');
    expect(files.list()).toEqual([{ path: 'a.csv', size: 3, kind: 'added' }]);
    expect(files.remove('./a.csv')).toBe(true);
    expect(files.remove('a.csv')).toBe(false);
    expect(files.list()).toEqual([]);
  });
});
