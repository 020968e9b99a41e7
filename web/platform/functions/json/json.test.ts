import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, mergePatch } from './compare.ts';
import { asText, canonical, find, findAll } from './extract.ts';
import { isValid, validate } from './grammar.ts';
import { kindOf, printNumber } from './number.ts';
import { parsePath, PathError } from './path.ts';
import { structureOf } from './structure.ts';
import { parse, prettyPrint, print } from './tree.ts';
import { each, tree } from './walk.ts';

const at = (text: string, path: string): string | undefined => find(text, parsePath(path));

describe('grammar', () => {
  it.each([
    '1',
    '-0.5e+3',
    ' [ ] ',
    '{"a":[1,{"b":null}]}',
    '[1,]',
    '{"a":1,}',
    'NaN',
    '-infinity',
    '"\\u00e9\\ud83d\\ude00"',
  ])('takes %s', (text) => {
    expect(isValid(text)).toBe(true);
  });

  it.each([
    '',
    ' ',
    '01',
    '1.',
    '.5',
    '+1',
    '1e',
    'tru',
    'True',
    '1 2',
    '[1,,2]',
    '[,]',
    '{a:1}',
    '[1}',
    '"a',
    '"\\x"',
    '"\\ud83d"',
    '"\n"',
  ])('refuses %j', (text) => {
    expect(isValid(text)).toBe(false);
  });

  it('takes what JSON.stringify makes, and refuses it cut off', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), (value, cut) => {
        const text = JSON.stringify([value]);
        expect(isValid(text)).toBe(true);
        expect(isValid(text.slice(0, cut % text.length))).toBe(false);
      }),
    );
  });

  it('is not brought down by depth', () => {
    const deep = '['.repeat(1_000_000);
    expect(isValid(deep + ']'.repeat(1_000_000))).toBe(true);
    expect(() => parse(deep + ']'.repeat(1_000_000))).toThrow('nested more than 2000 levels');
  });

  it('says where a text is malformed, and shows its beginning', () => {
    expect(() => validate('{"a" 1}')).toThrow(
      'Malformed JSON at byte 5 of input: unexpected character.  Input: "{"a" 1}"',
    );
    expect(() => validate(`[${'1,'.repeat(40)}`)).toThrow(/Input: "\[(1,){23}\.\.\."$/);
  });
});

describe('numbers', () => {
  it.each([
    ['1', 'UBIGINT', '1'],
    ['-0', 'BIGINT', '0'],
    ['18446744073709551615', 'UBIGINT', '18446744073709551615'],
    ['18446744073709551616', 'RAW', '18446744073709551616'],
    ['-9223372036854775809', 'RAW', '-9223372036854775809'],
    ['2.50', 'DOUBLE', '2.5'],
    ['1e3', 'DOUBLE', '1000.0'],
    ['1E100', 'DOUBLE', '1e100'],
    ['-0.0', 'DOUBLE', '-0.0'],
    ['1e400', 'RAW', '1e400'],
  ])('%s is a %s and prints as %s', (text, kind, printed) => {
    expect([kindOf(text), printNumber(text)]).toEqual([kind, printed]);
  });
});

describe('paths', () => {
  it.each(['$.', '$[', '$[x]', '$a', '$."a', '$.""', '$..', '$[#1]', '$.*x'])('refuses %s', (path) => {
    expect(() => parsePath(path)).toThrow(PathError);
  });

  it.each([
    ['{"a":{"b c":[1,2]}}', '$.a."b c"[-1]', '2'],
    ['{"a.b":1,"a":{"b":2}}', 'a.b', '1'],
    ['{"a/b":1,"a":{"b":2}}', '/a~1b', '1'],
    ['[[1],[2,3]]', '/1/0', '2'],
    ['[1,2]', '1', undefined],
    ['[1,2]', '$[#]', undefined],
    ['{"a":1,"a":2}', '$.a', '1'],
    ['{"\\u0061":1}', '$.a', '1'],
    ['[1]', '', '[1]'],
  ])('in %s leads %s to %s', (text, path, value) => {
    expect(at(text, path)).toBe(value);
  });

  it.each([
    ['{"a":[{"b":1},{"b":2},{"c":3}]}', '$.a[*].b', ['1', '2']],
    ['{"a":{"a":{"a":1}}}', '$..a', ['{"a":{"a":1}}', '{"a":1}', '1']],
    ['{"a":{"x":1,"y":null}}', '$.a.*', ['1', 'null']],
    ['[1]', '$..*', ['1']],
  ])('in %s leads %s to %j', (text, path, values) => {
    expect(findAll(parse(text), parsePath(path)).map(print)).toEqual(values);
  });

  it('finds what a tree has, wherever it stands', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5, noNullPrototype: true }), (object) => {
        const text = JSON.stringify(object, null, 1);
        for (const [key, value] of Object.entries(object)) {
          const path = { steps: [{ kind: 'key', key }], hasWildcards: false } as const;
          expect(JSON.parse(find(text, path) ?? '')).toEqual(JSON.parse(JSON.stringify(value)));
        }
      }),
    );
  });
});

describe('printing', () => {
  it.each([
    [' { "a" : [ 1 , 2.50 ] } ', '{"a":[1,2.5]}'],
    ['"\\/\\u00e9\\u0001"', '"/é\\u0001"'],
    ['{"b":1,"a":2,"b":3}', '{"b":1,"a":2,"b":3}'],
    ['[1e2,-0,12345678901234567890123]', '[100.0,0,12345678901234567890123]'],
  ])('%s as %s', (text, printed) => {
    expect(canonical(text.trim())).toBe(printed);
    expect(print(parse(text))).toBe(printed);
  });

  it('is the same whether the text was parsed or passed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(canonical(text)).toBe(print(parse(text)));
      }),
    );
  });

  it('gives each item a line', () => {
    expect(prettyPrint(parse('{"a":[1,{}],"b":[]}'))).toBe(
      '{\n    "a": [\n        1,\n        {}\n    ],\n    "b": []\n}',
    );
  });

  it('turns strings into their content, and null into NULL', () => {
    expect([asText('"a\\"b"'), asText('null'), asText('1.50'), asText('[ 1 ]')]).toEqual(['a"b', null, '1.5', '[1]']);
  });
});

describe('comparing', () => {
  it.each([
    ['[1,2,3]', '[3,1]', true],
    ['{"a":{"b":1}}', '{"b":1}', true],
    ['[{"a":{"b":1}}]', '[{"b":1}]', false],
    ['1', '1.0', false],
    ['1.0', '1.00', true],
  ])('%s contains %s: %s', (haystack, needle, answer) => {
    expect(contains(parse(haystack), parse(needle))).toBe(answer);
  });

  it('merges as RFC 7396 says', () => {
    const merged = mergePatch(parse('{"a":"b","c":{"d":"e","f":"g"}}'), parse('{"a":"z","c":{"f":null}}'));
    expect(print(merged)).toBe('{"a":"z","c":{"d":"e"}}');
  });

  it.each([
    ['[1,-1]', '["HUGEINT"]'],
    ['[1,2.5,null]', '["DOUBLE"]'],
    ['[{"a":1},{"b":"x"}]', '[{"a":"UBIGINT","b":"VARCHAR"}]'],
    ['[1,"a"]', '["JSON"]'],
    ['{"a":[]}', '{"a":["NULL"]}'],
  ])('%s has the structure %s', (text, structure) => {
    expect(structureOf(parse(text))).toBe(structure);
  });
});

describe('walking', () => {
  it('numbers keys and values through the document', () => {
    const rows = each('{"a":1,"b":[2,"x"]}', parsePath('$.b'), '$.b');
    expect(rows).toEqual([
      { key: '0', value: '2', type: 'UBIGINT', atom: '2', id: 5n, parent: null, fullkey: '$.b[0]', path: '$.b' },
      { key: '1', value: '"x"', type: 'VARCHAR', atom: '"x"', id: 6n, parent: null, fullkey: '$.b[1]', path: '$.b' },
    ]);
  });

  it('goes down, each value before its parts', () => {
    const rows = tree('{"a":[true]}', parsePath('$'), '$');
    expect(rows.map(({ fullkey, id, parent }) => [fullkey, id, parent])).toEqual([
      ['$', 0n, null],
      ['$.a', 2n, 0n],
      ['$.a[0]', 3n, 2n],
    ]);
  });
});
