import { expect, it } from 'vitest';
import { engineFolders, partitionFolder, pathValues } from './partitions.ts';

it('reads keys and values from folders, not from the name', () => {
  expect(pathValues('a/year=2024/x/name=b%2Fc%20d/z=1.csv')).toEqual([
    { key: 'year', value: '2024' },
    { key: 'name', value: 'b/c d' },
  ]);
  expect(pathValues('a=__HIVE_DEFAULT_PARTITION__/b=/c=d=e/=f/x.csv')).toEqual([
    { key: 'a', value: null },
    { key: 'b', value: '' },
    { key: 'c', value: 'd=e' },
  ]);
  expect(pathValues('share=50%/x.csv')).toEqual([{ key: 'share', value: '50%' }]);
  expect(pathValues('my%20key=1/x.csv')).toEqual([{ key: 'my key', value: '1' }]);
});

it('writes what it reads', () => {
  for (const value of [null, '', 'a/b c=', "é*'()~-_.!", '2024-01-31 10:00:00', '%41', '__x', 'NULL']) {
    const folder = partitionFolder('a key', value);
    expect(folder).toMatch(/^a%20key=[\w%.~-]*$/);
    expect(pathValues(`${folder}/x`)).toEqual([{ key: 'a key', value }]);
  }
});

it('encodes the characters that DuckDB encodes', () => {
  expect(partitionFolder('p', "é*'()~-_.!")).toBe('p=%C3%A9%2A%27%28%29~-_.%21');
  expect(partitionFolder('p', null)).toBe('p=__HIVE_DEFAULT_PARTITION__');
});

it('tells DuckDB a text from none', () => {
  expect(engineFolders(['NULL', null, ''])).toBe(
    'sluice_partition_0=%4EULL/sluice_partition_1=__HIVE_DEFAULT_PARTITION__/sluice_partition_2=/',
  );
});
