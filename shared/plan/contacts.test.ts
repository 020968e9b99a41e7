import { describe, expect, it } from 'vitest';
import { load } from '../pipeline/load.ts';
import { contactsOf, schemeOf, shownLocation } from './contacts.ts';

const contacts = (...sources: readonly object[]): string[] => {
  const { pipeline, issues } = load(JSON.stringify({ sources, stages: [] }), {});
  if (!pipeline) throw new Error(JSON.stringify(issues));
  return contactsOf(pipeline.sources);
};
const file = (location: string) => ({ type: 'file', name: location, location, format: { type: 'csv' } });
const database = (connection_string: string) => ({
  type: 'odbc',
  name: 'd',
  load_query: 'SELECT 1',
  connection_string,
});

describe('schemeOf', () => {
  it.each([
    ['data/a.csv', undefined],
    ['/data/a.csv', undefined],
    ['C:\\data\\a.csv', undefined],
    ['HTTPS://a.example/b', 'https'],
    ['s3://bucket/a', 's3'],
  ])('%s → %s', (location, scheme) => {
    expect(schemeOf(location)).toBe(scheme);
  });
});

describe('shownLocation', () => {
  it.each([
    ['data/a?b=c.csv', 'data/a?b=c.csv'],
    ['https://a.example/b.csv', 'https://a.example/b.csv'],
    ['https://me:pass@a.example:8443/b.csv?sig=secret&x=1#y', 'https://a.example:8443/b.csv?…'],
    ['https://a.example/b?.csv', 'https://a.example/b?.csv'],
    ['https://a.example/who@home.csv', 'https://a.example/who@home.csv'],
    ['s3://key:secret@bucket/a.csv', 's3://bucket/a.csv'],
  ])('%s → %s', (location, shown) => {
    expect(shownLocation(location)).toBe(shown);
  });
});

describe('contactsOf', () => {
  it('lists origins once, sorted, without what is secret', () => {
    expect(
      contacts(
        file('https://me:pass@B.example:8443/a.csv?sig=secret'),
        file('https://b.example:8443/c.csv'),
        file('http://a.example/d.csv'),
        file('data/e.csv'),
        file('file:///data/f.csv'),
      ),
    ).toEqual(['http://a.example', 'https://b.example:8443']);
  });

  it.each([
    ['Driver={PostgreSQL Unicode};Server=db.example;Port=5432;UID=me;PWD={a;Server=no}', ['odbc://db.example:5432']],
    ['DSN=sales;UID=me;PWD=x', ['odbc://sales']],
    ['Driver={SQLite3};Database=/a.db', []],
    ['driver = x ; HOST = {10.0.0.1} ', ['odbc://10.0.0.1']],
  ])('finds the server of %s', (connection, servers) => {
    expect(contacts(database(connection))).toEqual(servers);
  });
});
