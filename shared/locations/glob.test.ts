import { describe, expect, it } from 'vitest';
import { hasWildcards, selectionOf } from './glob.ts';

const matching = (pattern: string, paths: readonly string[]): string[] => paths.filter(selectionOf(pattern).matches);

describe('a pattern', () => {
  const paths = ['a.csv', 'b.csv', 'ab.csv', '.a.csv', '_a.csv', 'x/a.csv', 'x/y/a.csv', 'x/.y/a.csv', 'x/_y/a.csv'];

  it('matches within one step with * and ?', () => {
    expect(matching('*.csv', paths)).toEqual(['a.csv', 'b.csv', 'ab.csv', '_a.csv']);
    expect(matching('?.csv', paths)).toEqual(['a.csv', 'b.csv']);
    expect(matching('.*.csv', paths)).toEqual(['.a.csv']);
    expect(matching('x/*/a.csv', paths)).toEqual(['x/y/a.csv', 'x/_y/a.csv']);
  });

  it('matches any steps with **, but no hidden ones', () => {
    expect(matching('**/a.csv', paths)).toEqual(['a.csv', 'x/a.csv', 'x/y/a.csv']);
    expect(matching('x/**', paths)).toEqual(['x/a.csv', 'x/y/a.csv']);
    expect(matching('**', paths)).toEqual(['a.csv', 'b.csv', 'ab.csv', 'x/a.csv', 'x/y/a.csv']);
    expect(matching('x/**/**/a.csv', paths)).toEqual(['x/a.csv', 'x/y/a.csv']);
  });

  it('knows sets of characters', () => {
    expect(matching('[ab].csv', paths)).toEqual(['a.csv', 'b.csv']);
    expect(matching('[b-z].csv', paths)).toEqual(['b.csv']);
    expect(matching('[!a].csv', paths)).toEqual(['b.csv']);
    expect(matching('a[]x].csv', ['a].csv', 'ax.csv', 'a.csv'])).toEqual(['a].csv', 'ax.csv']);
    expect(matching('a[.csv', ['a[.csv', 'a.csv'])).toEqual(['a[.csv']);
    expect(matching('[^a].csv', ['^.csv', 'a.csv', 'b.csv'])).toEqual(['^.csv', 'a.csv']);
  });

  it('takes everything else as it is', () => {
    expect(matching('a+(b)|{c,d}$*.csv', ['a+(b)|{c,d}$1.csv', 'aab.csv', 'c.csv'])).toEqual(['a+(b)|{c,d}$1.csv']);
    expect(matching('Ü*.csv', ['Ülm.csv', 'ülm.csv'])).toEqual(['Ülm.csv']);
    expect(hasWildcards('data/{a,b}.csv')).toBe(false);
  });

  it('starts at the folder before its first wildcard and enters only what may match', () => {
    const selection = selectionOf('data/year=*/x/*.csv');
    expect(selection.base).toBe('data');
    const folders = ['data', 'data/year=1', 'data/other', 'data/year=1/x', 'data/year=1/y', 'data/year=1/x/z'];
    expect(folders.filter(selection.enters)).toEqual(['data', 'data/year=1', 'data/year=1/x']);
    expect(selectionOf('*.csv').enters('x')).toBe(false);
    expect(selectionOf('**/*.csv').enters('x/y')).toBe(true);
  });
});

describe('a folder', () => {
  it('selects what is in it and in its folders, but nothing hidden', () => {
    const paths = ['d/a', 'd/e/b', 'd/_x', 'd/.x', 'd/_e/b', 'e/a', 'dd/a'];
    expect(matching('d', paths)).toEqual(['d/a', 'd/e/b']);
    expect(selectionOf('d').enters('d/_e')).toBe(false);
    expect(selectionOf('d').base).toBe('d');
  });

  it('may be the whole', () => {
    expect(matching('', ['a', 'd/a', '.x', '_d/a'])).toEqual(['a', 'd/a']);
    expect(selectionOf('').enters('')).toBe(true);
  });

  it('may itself be hidden', () => {
    expect(matching('_out', ['_out/a', '_out/_a'])).toEqual(['_out/a']);
  });
});
