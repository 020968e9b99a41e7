import { describe, expect, it } from 'vitest';
import { load } from '../pipeline/load.ts';
import { relayOnlyFunctions } from '../sql/functions.generated.ts';
import { isWithheld, judgePlaces } from './places.ts';

/** The reasons against each place, by `line:column` and message. */
function reasons(text: string): Record<'browser' | 'relay', string[]> {
  const loaded = load(text, {});
  if (!loaded.pipeline) throw new Error(JSON.stringify(loaded.issues));
  const { browser, relay } = judgePlaces(loaded.pipeline, loaded);
  const told = (verdict: typeof browser): string[] =>
    verdict.reasons.map(({ message, place }) => `${place?.line}:${place?.column} ${message}`);
  expect([browser.possible, relay.possible]).toEqual([browser.reasons.length === 0, relay.reasons.length === 0]);
  return { browser: told(browser), relay: told(relay) };
}

const file = (location: string): string =>
  `sources: [{ type: file, name: data, location: "${location}", format: { type: csv } }]\nstages: []\n`;

describe('judgePlaces', () => {
  it.each([
    'data.csv',
    '/data/data.csv',
    'file:///data/data.csv',
    'https://a.example/data.csv',
    'http://a.example/*.csv',
  ])('lets every place read %s', (location) => {
    expect(reasons(file(location))).toEqual({ browser: [], relay: [] });
  });

  it('knows no object stores yet, and shows no credentials', () => {
    const reason = '1:47 s3://bucket/data.csv cannot be read: there is no support for s3:// yet.';
    expect(reasons(file('s3://key:secret@bucket/data.csv'))).toEqual({ browser: [reason], relay: [reason] });
  });

  it('writes to no address', () => {
    const reason = '3:47 https://a.example/out.csv?… cannot be written: addresses are only read.';
    expect(
      reasons(
        `sources: []\nstages: []\ndestination: { type: file, name: a, location: "https://a.example/out.csv?sig=1", format: { type: csv } }\n`,
      ),
    ).toEqual({ browser: [reason], relay: [reason] });
  });

  it('finds functions that only a relay has, in queries and checks, and not the names of CTEs', () => {
    const [name = ''] = relayOnlyFunctions;
    const { browser, relay } = reasons(
      `sources: []
stages:
  - - name: a
      query: WITH ${name}(x) AS (SELECT 1) SELECT x FROM ${name}
    - name: b
      query: SELECT ${name.toUpperCase()}(1)
      checks: [{ type: expression, expression: 1 = ${name}(1) }]
`,
    );
    expect(browser.map((reason) => reason.split(' ', 1)[0])).toEqual(['6:21', '7:52']);
    expect(relay).toEqual([]);
  });
});

describe('a secret of a relay', () => {
  const text = `sources: [{ type: file, name: data, location: "https://a.example/\${secret:token}.csv", format: { type: csv } }]
stages: [[{ name: a, query: "SELECT '\${secret:user}'" }]]\n`;

  it('speaks against the browser, wherever it is known', () => {
    const told = [
      '1:66 The secret `token` is known to relays only.',
      '2:38 The secret `user` is known to relays only.',
    ];
    expect(reasons(text)).toEqual({ browser: told, relay: [] });
    const loaded = load(text, {}, undefined, { token: 't', user: 'u' });
    expect(judgePlaces(loaded.pipeline ?? never(), loaded)).toMatchObject({
      browser: { possible: false },
      relay: { possible: true },
    });
  });

  it('withholds the location that it is a part of, until it is there', () => {
    const [without, given] = [load(text, {}), load(text, {}, undefined, { token: 't', user: 'u' })];
    expect(isWithheld('https://a.example/${secret:token}.csv', without)).toBe(true);
    expect(isWithheld('https://a.example/x.csv', without)).toBe(false);
    expect(isWithheld('https://a.example/t.csv', given)).toBe(false);
  });
});

function never(): never {
  throw new Error('There is no pipeline.');
}
