// Every function of DuckDB's json extension, over documents, paths and values of all sorts.
import { quoteLiteral } from '../../../shared/sql/quote.ts';

const documents = [
  '{"a":{"b":[1,2.50,"x",null,true]},"c d":-3,"e.f":"é","big":123456789012345678901,"":0}',
  '[10,[20,{"a":30}],"forty",{"a":{"a":50}}]',
  String.raw`{"t":"q\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00","n":-0,"d":-0.0,"x":1e3,"y":1E-7,"z":1e400}`,
  ' { "a" : 1 , "a" : 2 , "list" : [ 1 , 2 , ] , } ',
  '"text"',
  '42',
  'null',
  '[]',
  '{}',
];

const paths = [
  ...['$', '$.a', '$.a.b', '$.a.b[0]', '$.a.b[-1]', '$.a.b[#-2]', '$[1]', '$[1][1].a', '$."c d"', '$.t', '$.list[1]'],
  ...['a', 'c d', 'e.f', 'nothing', '', '/a/b/1', '/1/0', '/c d', '/', '/a~1b'],
];

const wildcards = ['$.*', '$[*]', '$.a.*', '$..a', '$.a.b[*]', '$.*[1]', '$..[0]', '$..*', '*'];
const wrongPaths = ['$.', '$[', '$[x]', '$a', '$.a.', '$[1', '$."a', '$.""', '$..', '$[#1]', '$[99999999999999999999]'];

const pathed = [
  ...['json_extract', 'json_extract_path', 'json_extract_string', 'json_extract_path_text', 'json_value', 'json_type'],
  ...['json_array_length', 'json_keys', 'json_exists'],
];
const whole = ['json', 'json_valid', 'json_type', 'json_array_length', 'json_keys', 'json_structure', 'json_pretty'];

const literal = quoteLiteral;

function apply(name: string, document: string, path: string): string {
  return `${name}(${literal(document)}, ${path})`;
}

/** Each function over all documents and paths, a path a statement. */
const extraction = pathed.flatMap((name) => [
  ...paths.map((path) => `SELECT ${documents.map((each) => apply(name, each, literal(path))).join(', ')}`),
  ...wildcards.map((path) => `SELECT ${documents.map((each) => apply(name, each, literal(path))).join(', ')}`),
  `SELECT ${documents.map((each) => apply(name, each, `['$.a', 'a', '/list/0', '$[0]']`)).join(', ')}`,
  `SELECT ${name}(d, p) FROM (VALUES ('{"a":[1]}', '$.a'), ('[5]', '$[0]'), (NULL, 'a'), ('{"b":{}}', 'b'), ('{}', NULL)) t(d, p)`,
  `SELECT ${name}(CAST(d AS JSON), '$.a') FROM (VALUES ('{"a":[1]}'), ('{"a":null}'), (NULL)) t(d)`,
  `SELECT ${name}(NULL, '$.a'), ${name}('{}', NULL)`,
  `SELECT ${name}('{"a":', '$.a')`,
  `SELECT ${name}('{"a":1}', '$.[')`,
  `SELECT ${name}('{"a":1}', ['$.*'])`,
  `SELECT ${name}('{"a":1}', [NULL])`,
  `SELECT ${name}('{"a":1}', p) FROM (VALUES (['$.a'])) t(p)`,
  `SELECT ${name}('{"a":1}', p) FROM (VALUES ('$.*')) t(p)`,
]);

const indices = ['json_extract', 'json_extract_string', 'json_value'].map(
  (name) => `SELECT ${[0, 1, 3, 4, -1, -5].map((index) => apply(name, documents[1] ?? '', String(index))).join(', ')}`,
);

const errors = wrongPaths.map((path) => `SELECT json_extract('{"a":[1]}', ${literal(path)})`);

const wholes = whole.flatMap((name) => [
  ...documents.map((document) => `SELECT ${name}(${literal(document)})`),
  `SELECT ${name}(NULL), ${name}(d) FROM (VALUES (CAST('{"k":[1,{}]}' AS JSON)), (NULL)) t(d)`,
]);

/** What is JSON and what is not. */
const texts = [
  ...['', ' ', '01', '1.', '.5', '+1', '-', '1e', '1e+', '-01', 'tru', 'True', 'nULL', 'null ', '1 2', '[1,,2]', '[,]'],
  ...[
    '{,}',
    '{a:1}',
    "{'a':1}",
    '{"a"}',
    '{"a":}',
    '[1}',
    ']',
    '"open',
    '[1',
    '{"a":1',
    '// c\n1',
    '/* c */1',
    '\u000b1',
  ],
  ...[
    'NaN',
    'nan',
    '-Infinity',
    'inf',
    'INFINITY',
    '+inf',
    'infi',
    '-nan',
    '1e999',
    '-0.0',
    '1E5',
    '0e0',
    '[1,]',
    '{"a":1,}',
  ],
  ...[
    String.raw`"\x"`,
    String.raw`"\u00"`,
    String.raw`"\ud83d"`,
    String.raw`"\udc00"`,
    String.raw`"\u0000"`,
    '"\t"',
    '"\u007f"',
  ],
  ...[
    '"\u00e9\u{1f600}"',
    '18446744073709551615',
    '18446744073709551616',
    '-9223372036854775809',
    `${'['.repeat(300)}${']'.repeat(300)}`,
  ],
];
const grammar = texts.flatMap((text) => [
  `SELECT json_valid(${literal(text)}), TRY_CAST(${literal(text)} AS JSON), TRY(json_type(${literal(text)}))`,
  `SELECT json(${literal(text)})`,
]);

const numbers = [
  ...['0.1', '100', '1e20', '1e21', '1.5e22', '1e-5', '1e-6', '1e-7', '123456789.125', '9007199254740993.0', '5e-324'],
  ...['1.7976931348623157e308', '1e-400', '4.35', '-1.50', '100000000000000000000000.5'],
].map(
  (text) =>
    `SELECT json(${literal(text)}), json_extract_string(${literal(`[${text}]`)}, '$[0]'), json_type(${literal(text)})`,
);

const pairs = [
  ...[
    ['{"a":1}', '1'],
    ['[1,2,3]', '[3,1]'],
    ['[1,2]', '[]'],
    ['"abc"', '"b"'],
    ['{"a":[1,2]}', '{"a":[1]}'],
    ['1', '1.0'],
  ],
  ...[
    ['[1.0]', '1.00'],
    ['[[1,2],[3]]', '[[2]]'],
    ['{"a":{"b":1}}', '{"b":1}'],
    ['[{"a":{"b":1}}]', '[{"b":1}]'],
    ['null', 'null'],
  ],
  ...[
    ['{"a":1,"a":2}', '{"a":2}'],
    ['{"a":null}', '{"a":null}'],
    ['[1e400]', '1e400'],
    ['{}', '{}'],
    ['[]', '{}'],
  ],
] as const;
const compared = pairs.flatMap(([one, other]) => [
  `SELECT json_contains(${literal(one)}, ${literal(other)}), json_contains(CAST(${literal(one)} AS JSON), ${literal(other)})`,
  `SELECT json_merge_patch(${literal(one)}, ${literal(other)}), json_merge_patch(${literal(other)}, ${literal(one)})`,
]);
const merged = [
  `SELECT json_merge_patch('{"a":1,"b":{"c":2,"d":3}}', '{"b":{"c":null,"e":4}}')`,
  `SELECT json_merge_patch('{"a":1}', '{"b":2}', '{"a":null,"c":{"d":null}}'), json_merge_patch('{"a":1}', '{"b":1}', NULL)`,
  `SELECT json_merge_patch(NULL, '{"a":null}'), json_merge_patch('{"a":1}', NULL), json_merge_patch(NULL, NULL)`,
  `SELECT json_merge_patch('[1]', '{"a":null,"b":{"c":null}}'), json_merge_patch('{}', '{"a":{"b":null}}')`,
  `SELECT json_merge_patch('{"a":1}')`,
  `SELECT json_contains('[1]')`,
  `SELECT json_contains(NULL, '1'), json_contains('1', NULL)`,
];

const structures = [
  ...[
    '[1,-1]',
    '[1,2.5]',
    '[-1]',
    '[1,"a"]',
    '[null,1]',
    '[[],[1]]',
    '[{},{"a":1}]',
    '[{"a":1},{"b":"x"}]',
    '[true,1]',
  ],
  ...[
    '{"a":{"b":[null]}}',
    '{"a":1,"a":"x"}',
    '[18446744073709551615,-1]',
    '[1e400,1]',
    '[[1],[2.5]]',
    '[{"a":[{"b":1},{"b":-2}]}]',
  ],
].map(
  (text) =>
    `SELECT json_structure(${literal(text)}), json_group_structure(j) FROM (VALUES (CAST(${literal(text)} AS JSON)), (NULL)) t(j)`,
);

export const jsonStatements: readonly string[] = [
  ...extraction,
  ...indices,
  ...errors,
  ...wholes,
  ...grammar,
  ...numbers,
  ...compared,
  ...merged,
  ...structures,
];
