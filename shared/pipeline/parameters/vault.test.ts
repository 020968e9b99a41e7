import { describe, expect, it } from 'vitest';
import { load, loadSubstituted, type Loaded } from '../load.ts';
import { serialize, toWire } from '../serialize.ts';

const stageOf = (query: string, more = ''): string =>
  `sources: []\nstages:\n  - - name: a\n${more}      query: ${query}\n`;
const queryOf = (loaded: Loaded): string | undefined => loaded.pipeline?.stages[0]?.[0]?.query;
const codes = (loaded: Loaded): string[] =>
  loaded.issues.map(({ code, place }) => `${code} ${place?.line}:${place?.column}`);
const withSecrets = (text: string, secrets: Record<string, string>, parameters: Record<string, string> = {}): Loaded =>
  load(text, parameters, undefined, secrets);

describe('secrets', () => {
  it('are put in like parameters, quoted by where they stand', () => {
    const secrets = { 'db.user-1': "o'hara", PW: 'a;b}c', n: '5' };
    const text = `sources:
  - { type: odbc, name: s, connection_string: "UID=\${secret:db.user-1};PWD=\${secret:PW};", load_query: "SELECT 1" }
stages: [[{ name: a, query: "SELECT '\${secret:db.user-1}' || \${secret:n}" }]]\n`;
    const loaded = withSecrets(text, secrets);
    expect(loaded.pipeline?.sources[0]).toMatchObject({ connection_string: "UID=o'hara;PWD={a;b}}c};" });
    expect(queryOf(loaded)).toBe("SELECT 'o''hara' || 5");
  });

  it.each(['a: b', '"', '\n- x', '{', '# no', '*x', '\\', '${n}', '${secret:n}', '$&'])(
    'never change the structure, and are not expanded again: %j',
    (value) => {
      const text = 'sources: []\nstages:\n  - - name: ${secret:n}\n      query: SELECT 1\n';
      expect(withSecrets(text, { n: value }).pipeline?.stages[0]?.[0]?.name).toBe(value);
    },
  );

  it('never become a piece of SQL', () => {
    expect(codes(withSecrets(stageOf('SELECT ${secret:n}'), { n: '1; DROP TABLE x' }))).toEqual([
      'parameter.invalid 4:21',
    ]);
  });

  it('are hidden like declared secrets', () => {
    const loaded = withSecrets(stageOf("SELECT '${secret:s}'", '      show: ${secret:s}\n'), { s: "hunter'2" });
    expect(JSON.stringify([loaded.issues, loaded.parameters, loaded.secretReferences])).not.toContain('hunter');
    const good = withSecrets(stageOf("SELECT '${secret:s}'"), { s: "hunter'2" });
    expect(serialize(good.pipeline ?? never(), good.mask)).toContain("SELECT '***'");
    expect(good.mask("a hunter'2 b hunter''2 c hunter%272")).toBe('a *** b *** c hunter%272');
  });

  it('that are not there are told at their place, once a name, and no others are named', () => {
    const loaded = withSecrets(stageOf("SELECT '${secret:b}', '${secret:a}', '${secret:b}', '${secret:c}'"), {
      c: 'value',
    });
    expect(loaded.pipeline).toBeUndefined();
    expect(loaded.issues).toMatchObject([
      { code: 'secret.not_found', place: { line: 4, column: 22 }, message: 'There is no secret `b` here.' },
      { code: 'secret.not_found', place: { line: 4, column: 37 }, hint: expect.stringContaining('added') as string },
    ]);
    expect(loaded.secretReferences.map(({ name, given, places }) => [name, given, places.length])).toEqual([
      ['b', false, 2],
      ['a', false, 1],
      ['c', true, 1],
    ]);
    expect(codes(withSecrets(stageOf('SELECT ${secret:constructor}'), {}))).toEqual(['secret.not_found 4:21']);
  });

  it('stay as they are where none can be had', () => {
    const loaded = load(stageOf("SELECT '${secret:s}' || '${n}' || ${secret:t}"), { n: '1' });
    expect([codes(loaded), queryOf(loaded)]).toEqual([[], "SELECT '${secret:s}' || '1' || ${secret:t}"]);
    expect(loaded.secretReferences).toMatchObject([
      { name: 's', given: false, places: [{ line: 4, column: 22, endColumn: 33 }] },
      { name: 't', given: false },
    ]);
  });

  it.each([
    ["'${{secret:a}}'", "'${secret:a}'", 0],
    ["'$${secret:a}'", "'$x'", 1],
    ["'${secret:-a}'", "'a'", 0], // the parameter `secret` with a default
  ])('%s is %s', (typed, expected, references) => {
    const loaded = withSecrets(stageOf(`SELECT ${typed}`), { a: 'x' });
    expect([queryOf(loaded), loaded.secretReferences.length]).toEqual([`SELECT ${expected}`, references]);
  });

  it.each(["'${secret:}'", "'${secret :a}'", "'${secret:a b}'", "'${Secret:a}'"])('%s is none', (typed) => {
    const loaded = withSecrets(stageOf(`SELECT ${typed}`), { a: 'x' });
    expect([queryOf(loaded), loaded.secretReferences]).toEqual([`SELECT ${typed}`, []]);
  });

  it('have a name that no parameter can take over', () => {
    expect(queryOf(withSecrets(stageOf("SELECT '${secret:a}'"), { a: 'x' }, { 'secret:a': 'y' }))).toBe("SELECT 'x'");
  });
});

describe('a value of a parameter', () => {
  it.each([
    ["'${p}'", { p: '${secret:a}' }],
    ["'${p}'", { p: 'x ${secret:a} y' }],
    ["'${p}cret:a}'", { p: '${se' }],
    ["'$${p}'", { p: '{secret:a}' }],
    ["'${p}${q}'", { p: '${secret', q: ':a}' }],
    ["'${p:-x}'", { p: '${secret:a}' }],
  ])('never makes a secret: %s', (typed, parameters) => {
    for (const secrets of [undefined, { a: 'x' }]) {
      const loaded = load(stageOf(`SELECT ${typed}`), parameters, undefined, secrets);
      expect(loaded.pipeline).toBeUndefined();
      expect(loaded.issues.map(({ code }) => code)).toContain('parameter.invalid');
    }
  });
});

describe('on the wire', () => {
  it('stay references, and are put in by who has them', () => {
    const loaded = load(stageOf("SELECT '${secret:s}', '${n}', '${{n}}'"), { n: '1' });
    const wire = toWire(loaded.pipeline ?? never());
    expect(wire).toContain('${secret:s}');
    const there = loadSubstituted(wire, { s: "x'y" });
    expect(queryOf(there)).toBe("SELECT 'x''y', '1', '${n}'");
    expect(there.mask("x'y")).toBe('***');
    expect(codes(loadSubstituted(wire, {})).map((told) => told.split(' ')[0])).toEqual(['secret.not_found']);
    expect(toWire(loadSubstituted(wire).pipeline ?? never())).toBe(wire);
  });
});

function never(): never {
  throw new Error('There is no pipeline.');
}
