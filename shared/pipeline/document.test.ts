import fc from 'fast-check';
import { parse as parseTomlWithLibrary } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { detectSyntax, parseDocument, type Syntax } from './document.ts';
import { limits } from './syntax/tree.ts';

const issuesOf = (text: string, syntax?: Syntax): string[] =>
  parseDocument(text, syntax).issues.map(
    ({ code, message, place }) => `${code} ${place?.line}:${place?.column} ${message}`,
  );
const valueOf = (text: string, syntax?: Syntax): unknown => {
  const { document, issues } = parseDocument(text, syntax);
  if (!document) throw new Error(JSON.stringify(issues));
  return JSON.parse(JSON.stringify(document.value));
};

describe('detectSyntax', () => {
  it.each([
    ['json', '{"sources": []}'],
    ['json', '  \n{ }'],
    ['json', '\uFEFF{\n"a": 1'],
    ['json', '{ // note\n"a": 1}'],
    ['json', '["a"]'],
    ['json', '[{"a": 1}]'],
    ['yaml', '{sources: [], stages: []}'],
    ['yaml', 'version: v2'],
    ['yaml', '# version = 1\n---\na: 1'],
    ['yaml', '- a = 1'],
    ['yaml', 'query: a = 1'],
    ['yaml', ''],
    ['toml', 'version = "v2"'],
    ['toml', '# note: this\n\n[[sources]]'],
    ['toml', '[destination]\ntype = "file"'],
    ['toml', '[destination'],
    ['toml', '"a b" . c= 1'],
  ] as const)('%s: %j', (syntax, text) => {
    expect(detectSyntax(text)).toBe(syntax);
  });
});

describe('parseDocument', () => {
  it('reads the same data from all three', () => {
    const data = { a: { b: [1, 2.5, 'x'] }, c: true, d: [{ e: 'é\n' }] };
    expect(valueOf(JSON.stringify(data))).toEqual(data);
    expect(valueOf('a:\n  b: [1, 2.5, x]\nc: true\nd:\n  - e: "é\\n"\n')).toEqual(data);
    expect(valueOf('a.b = [1, 2.5, "x"]\nc = true\n[[d]]\ne = "é\\n"\n')).toEqual(data);
  });

  it.each(['yaml', 'json', 'toml'] as const)('accepts a byte order mark and CRLF in %s', (syntax) => {
    const texts = { yaml: 'a:\r\n  b: 1\r\n', json: '{\r\n"a": {"b": 1}\r\n}', toml: '[a]\r\nb = 1\r\n' };
    const { document } = parseDocument(`\uFEFF${texts[syntax]}`);
    expect(document?.syntax).toBe(syntax);
    expect(document?.value).toEqual({ a: { b: 1 } });
    expect(document?.valuePlace(['a', 'b'])?.line).toBe(2);
  });

  it('knows where keys and values stand', () => {
    const { document } = parseDocument('a:\n  - bc: de\n');
    expect(document?.keyPlace(['a', 0, 'bc'])).toMatchObject({ line: 2, column: 5, endColumn: 7 });
    expect(document?.valuePlace(['a', 0, 'bc'])).toMatchObject({ line: 2, column: 9, endColumn: 11 });
    expect(document?.valuePlace(['a', 1])).toBeUndefined();
  });

  it('takes keys like __proto__ for what they are', () => {
    for (const text of [
      '{"__proto__": {"x": 1}, "constructor": 2}',
      '__proto__: {x: 1}\nconstructor: 2',
      '__proto__.x = 1\nconstructor = 2',
    ]) {
      const value = parseDocument(text).document?.value as Record<string, unknown>;
      expect(Object.keys(value).sort()).toEqual(['__proto__', 'constructor']);
      expect(value['x']).toBeUndefined();
      expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    }
  });

  it('tells the errors of the syntax that the text looks like', () => {
    expect(issuesOf('sources: []\nstages: [\n')).toEqual([expect.stringMatching(/^document\.syntax 3:1 /)]);
    expect(issuesOf('version = "v2"\nstages = [\n')[0]).toMatch(/^document\.syntax [23]:/);
    expect(issuesOf('{"a": [}')).toEqual(['document.syntax 1:8 A value is expected here.']);
  });

  it('uses the syntax that it is told', () => {
    expect(issuesOf('a: 1', 'json')[0]).toMatch(/^document\.syntax 1:1/);
    expect(valueOf('{"a": 1}', 'yaml')).toEqual({ a: 1 });
  });

  it.each(['', ' \n', '# nothing\n', '{}', '---\n', 'null'])('calls %j empty', (text) => {
    expect(issuesOf(text)).toEqual(['document.syntax 1:1 The document is empty.']);
  });

  it.each(['text', '- 1', '[1]', '42'])('wants a map, not %j', (text) => {
    expect(issuesOf(text)[0]).toMatch(/^document\.invalid 1:1 A pipeline is a map of fields/);
  });

  it('refuses a key that is there twice, at the second', () => {
    expect(issuesOf('a: 1\nb: {c: 1, c: 2}')).toEqual(['document.syntax 2:11 The key `c` is given twice.']);
    expect(issuesOf('{"a": 1,\n "a": 2}')).toEqual(['document.syntax 2:2 The key `a` is given twice.']);
    expect(issuesOf('a = 1\na = 2')[0]).toMatch(/^document\.syntax 2:1/);
  });
});

describe('YAML', () => {
  it('refuses a second document, at its beginning', () => {
    expect(issuesOf('a: 1\n---\nb: 2')[0]).toMatch(/^document\.syntax 2:1 A pipeline is one YAML document/);
  });

  it('resolves aliases and points to what they stand for', () => {
    const { document } = parseDocument('a: &x {b: 1}\nc: *x');
    expect(document?.value).toEqual({ a: { b: 1 }, c: { b: 1 } });
    expect(document?.valuePlace(['c', 'b'])).toMatchObject({ line: 1, column: 11 });
  });

  it('uses the anchor above an alias when there are two of a name', () => {
    expect(valueOf('a: &x 1\nb: *x\nc: &x 2\nd: *x')).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  it('refuses an unknown alias and one inside of itself', () => {
    expect(issuesOf('a: *x')).toEqual(['document.syntax 1:4 Nothing above is called `&x`.']);
    expect(issuesOf('a: &x [*x]')).toEqual(['document.syntax 1:8 `*x` is part of itself.']);
  });

  it('stops before aliases multiply', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg', 'ih'].map((pair) => Array.from(pair))) {
      bomb.push(`${name}: &${name} [${Array<string>(9).fill(`*${before}`).join(',')}]`);
    }
    expect(issuesOf(bomb.join('\n'))[0]).toMatch(/^document\.limit 1:1 The document has more than/);
  });

  it('tells merge keys, where fields are missing and in rows as well', () => {
    const told = (text: string): string[] =>
      parseDocument(text).issues.map(({ code, place }) => `${code} ${place?.line ?? 0}:${place?.column ?? 0}`);
    expect(told('a: &x {b: 1}\nrows:\n  - <<: *x\n    c: 1')).toEqual(['document.unsupported 3:5']);
    expect(told('"<<": {b: 1}')).toEqual([]);
  });

  it('names a no-break space that indents', () => {
    const [issue] = parseDocument('a:\n\u00a0\u00a0b: 1\n  c: 2', 'yaml').issues;
    expect(issue?.hint).toMatch(/^Line 2 is indented with a no-break space \(U\+00A0\)/);
  });

  it('does not apply merge keys, in any version that the document asks for', () => {
    expect(valueOf('a: &x {b: 1}\n<<: *x')).toEqual({ a: { b: 1 }, '<<': { b: 1 } });
    expect(valueOf('%YAML 1.1\n---\na: &x {b: yes}\n<<: *x')).toEqual({ a: { b: 'yes' }, '<<': { b: 'yes' } });
  });

  it('tells of a tag that it does not know, and reads on', () => {
    const { document, issues } = parseDocument('a: !!binary aGk=');
    expect(document?.value).toEqual({ a: 'aGk=' });
    expect(issues).toMatchObject([{ code: 'document.syntax', severity: 'warning', place: { line: 1, column: 4 } }]);
  });

  it('explains tabs, open quotes and parameters inside of brackets', () => {
    const hintOf = (text: string): string | undefined => parseDocument(text).issues[0]?.hint;
    expect(hintOf('a:\n\t- b')).toMatch(/spaces/);
    expect(issuesOf('a: "b')[0]).toMatch(/" is missing/);
    expect(hintOf('a: [{b: ${c}}]')).toMatch(/in quotes/);
  });
});

describe('limits', () => {
  it.each([
    ['json', '{"a":'.repeat(70) + '1' + '}'.repeat(70)],
    ['json', `{"a":${'['.repeat(500_000)}`],
    ['yaml', `a: ${'['.repeat(70)}${']'.repeat(70)}`],
    ['yaml', `a:\n${'- '.repeat(500_000)}`],
    ['yaml', '{a: '.repeat(200_000)],
    ['toml', `a = ${'['.repeat(70)}${']'.repeat(70)}`],
    ['toml', `${'a.'.repeat(300_000)}a = 1`],
  ] as const)('refuses a deep document (%s)', (syntax, text) => {
    expect(issuesOf(text, syntax)[0]).toMatch(/^document\.(?:limit|syntax) \d+:\d+ .*(?:deeper|nested)/);
  });

  it('accepts what is just deep enough', () => {
    for (const syntax of ['json', 'yaml'] as const) {
      expect(issuesOf(`{"a":${'['.repeat(60)}1${']'.repeat(60)}}`, syntax)).toEqual([]);
    }
  });

  it('refuses a long text', () => {
    expect(issuesOf(`# ${'x'.repeat(limits.characters)}`)[0]).toMatch(/^document\.limit 1:1 /);
  });

  it.each(['json', 'yaml', 'toml'] as const)('refuses very many values (%s)', (syntax) => {
    const list = `[${'1,'.repeat(limits.values)}1]`;
    const text = { json: `{"a":${list}}`, yaml: `a: ${list}`, toml: `a = ${list}` }[syntax];
    expect(issuesOf(text, syntax)[0]).toMatch(/^document\.limit 1:1 The document has more than/);
  });
});

describe('TOML', () => {
  it('nests tables as smol-toml does', () => {
    const text = `
      top = 1
      fruit.name = "apple"
      fruit.size.cm = 3
      inline = { a.b = 1, c = [ { d = 1 }, [ 2, { e = 3 } ] ] }
      [a.b.c]
      x = 1
      [a.b]
      y = 2.5
      [[list]]
      n = 1
      [list.sub]
      m = inf
      [[list.more]]
      k = 0x10
      [[list.more]]
      [[list]]
      "quoted key" = 'C:\\x'
    `;
    expect(parseDocument(text).document?.value).toEqual(parseTomlWithLibrary(text));
  });

  it('keeps dates as they were typed', () => {
    expect(valueOf('a = 2024-01-31T10:00:00Z\nb = 2024-01-31')).toEqual({ a: '2024-01-31T10:00:00Z', b: '2024-01-31' });
  });

  it('places tables at their headers', () => {
    const { document } = parseDocument(
      '[[sources]]\nname = "a"\n[sources.format]\ntype = "csv"\n[[sources]]\nname = "b"\n',
    );
    expect(document?.valuePlace(['sources', 1])?.line).toBe(5);
    expect(document?.valuePlace(['sources', 0, 'format'])?.line).toBe(3);
    expect(document?.keyPlace(['sources', 0, 'format', 'type'])).toMatchObject({ line: 4, column: 1 });
  });

  it('agrees with smol-toml on whatever it accepts', () => {
    const key = fc.constantFrom('a', 'b', 'a.b', '"a b"', "'c'", 'a.b.c');
    const value = fc.constantFrom(
      '1',
      '-0.5',
      '"x\\ty"',
      "'x'",
      'true',
      '[1, [2], {a = 1}]',
      '{ b.c = 1, d = {} }',
      '"""\nx\\\n  y"""',
      "'''\n'x'''",
    );
    const line = fc.oneof(
      fc.tuple(key, value).map(([name, text]) => `${name} = ${text}`),
      key.map((name) => `[${name}]`),
      key.map((name) => `[[${name}]]`),
      fc.constant('# note'),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        const text = lines.join('\n');
        let expected: unknown;
        try {
          expected = parseTomlWithLibrary(text);
        } catch {
          expect(parseDocument(text, 'toml').document).toBeUndefined();
          return;
        }
        fc.pre(Object.keys(expected as object).length > 0);
        expect(parseDocument(text, 'toml').document?.value).toEqual(expected);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
