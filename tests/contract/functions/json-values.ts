// Values to JSON and JSON to values: each type there and back, by functions and by casts.
import { quoteLiteral } from '../../../shared/sql/quote.ts';

/** A value of each type. */
const values = [
  ...['true', '(-7)::TINYINT', '7::UTINYINT', '(-300)::SMALLINT', '300::USMALLINT', '70000', '70000::UINTEGER'],
  ...[
    '9007199254740993::BIGINT',
    '18446744073709551615::UBIGINT',
    '(-170141183460469231731687303715884105727)::HUGEINT',
  ],
  ...[
    '340282366920938463463374607431768211455::UHUGEINT',
    '0.1::FLOAT',
    '1e100::DOUBLE',
    "'nan'::DOUBLE",
    "'-inf'::DOUBLE",
  ],
  ...['1.50::DECIMAL(4,2)', '100::DECIMAL(15,0)', '1.50::DECIMAL(16,2)', '12345678901234567890.123::DECIMAL(38,3)'],
  ...[`'quote " and \\ and é and ' || chr(10)`, `'\\xAA\\x00'::BLOB`, `'10101'::BIT`, `'b'::ENUM('a', 'b')`],
  ...[
    "DATE '2024-02-29'",
    "TIME '12:34:56.789'",
    "TIMESTAMP '2024-02-29 12:34:56.789'",
    "TIMESTAMPTZ '2024-02-29 12:34:56+02'",
  ],
  ...["'12:34:56+02'::TIMETZ", "'2024-02-29 12:34:56'::TIMESTAMP_S", "'2024-02-29 12:34:56.123456789'::TIMESTAMP_NS"],
  ...["INTERVAL '1 year 2 days 3 hours'", "'12345678-1234-1234-1234-123456789abc'::UUID", `'{"j" : [1, 2]}'::JSON`],
  ...[
    '[1, NULL, 3]',
    '[]',
    '[[1], NULL, [2, 3]]',
    '[1, 2]::INT[2]',
    "{'a': 1, 'b': {'c': 'x', 'd': NULL}}",
    'row(1, 2)',
  ],
  ...[
    "MAP {'k': 1, 'l': NULL}",
    "MAP {1: DATE '2024-01-01'}",
    'union_value(n := 5)',
    "[{'a': 1}, NULL]",
    'NULL',
    'NULL::INT[]',
  ],
  ...['NULL::STRUCT(a INT)', "'NULL'", "''", "{'': 1}", "{'a\"b': 1}"],
];

const made = values.flatMap((value) => [
  `SELECT to_json(${value}), json_array(${value}), json_object('k', ${value})`,
  `SELECT CAST(${value} AS JSON), json_quote(${value})`,
]);

const makers = [
  `SELECT to_json(x), to_json([x]), to_json({'x': x}) FROM (VALUES (1), (NULL), (3)) t(x)`,
  `SELECT row_to_json(t), array_to_json([t.a]) FROM (SELECT 1 AS a, 'x' AS b) t`,
  `SELECT row_to_json({'a': 1}), array_to_json([1, 2]), array_to_json([1, 2]::INT[2]), row_to_json(NULL), array_to_json(NULL)`,
  'SELECT row_to_json(1)',
  'SELECT array_to_json(1)',
  'SELECT to_json()',
  'SELECT to_json(1, 2)',
  'SELECT json_object(), json_array()',
  `SELECT json_object('a')`,
  `SELECT json_object(1, 2)`,
  `SELECT json_object(NULL, 1)`,
  `SELECT json_object(k, 1) FROM (VALUES ('a'), (NULL)) t(k)`,
  `SELECT json_object('a', 1, 'a', 2, 'b', json_array(1, 'x', NULL, [2]))`,
  `SELECT json_object(k, v, 'rest', [v, v + 1]) FROM (VALUES ('x', 1), ('y', NULL)) t(k, v)`,
  `SELECT json_group_array(v), json_group_object(k, v) FROM (VALUES ('a', CAST('{"x": 1}' AS JSON)), ('b', NULL)) t(k, v)`,
  `SELECT json_group_array({'v': v, 'w': [v]}) FROM range(5) t(v)`,
  `SELECT json_group_array(v), json_group_object('k', v) FROM range(0) t(v)`,
  `SELECT json_group_object(k, 1) FROM (VALUES ('a'), (NULL)) t(k)`,
  `SELECT v % 2 AS g, json_group_array(v) FROM range(7) t(v) GROUP BY g ORDER BY g`,
  `SELECT json_group_array(DISTINCT v) FROM range(3) t(v)`,
  `SELECT json_group_array(v) OVER () FROM range(3) t(v)`,
  'SELECT to_json(t) FROM range(3) t',
  `SELECT bit_xor(hash(to_json({'i': i, 's': 't' || i, 'l': [i, i + 1], 'd': i / 3}))) FROM range(5000) t(i)`,
];

/** JSON and the types that it is read as. */
const readings: readonly (readonly [text: string, types: readonly string[]])[] = [
  [
    '1',
    [
      'BOOLEAN',
      'TINYINT',
      'UTINYINT',
      'INTEGER',
      'BIGINT',
      'HUGEINT',
      'FLOAT',
      'DOUBLE',
      'DECIMAL(5,2)',
      'VARCHAR',
      'DATE',
    ],
  ],
  ['-1', ['UTINYINT', 'UBIGINT', 'SMALLINT', 'DECIMAL(38,0)', 'BOOLEAN']],
  ['2.5', ['INTEGER', 'BIGINT', 'DECIMAL(4,1)', 'DOUBLE', 'VARCHAR', 'HUGEINT']],
  ['3.5', ['INTEGER', 'UTINYINT']],
  ['300', ['TINYINT', 'UTINYINT', 'SMALLINT']],
  ['1e100', ['DOUBLE', 'FLOAT', 'BIGINT', 'VARCHAR', 'JSON']],
  ['123456789012345678901234567890', ['HUGEINT', 'BIGINT', 'DOUBLE', 'VARCHAR', 'DECIMAL(38,0)']],
  ['true', ['BOOLEAN', 'INTEGER', 'VARCHAR', 'DOUBLE', 'DECIMAL(3,1)', 'DATE']],
  ['null', ['INTEGER', 'VARCHAR', 'JSON', 'INT[]', 'STRUCT(a INT)']],
  ['"12"', ['INTEGER', 'UTINYINT', 'DOUBLE', 'DECIMAL(4,1)', 'VARCHAR', 'BOOLEAN', 'HUGEINT', 'JSON']],
  ['"x"', ['INTEGER', 'VARCHAR', 'BLOB', 'DATE', 'BOOLEAN', `ENUM('x', 'y')`, `ENUM('y')`]],
  ['"2024-02-29"', ['DATE', 'TIMESTAMP', 'TIMESTAMPTZ', 'VARCHAR', 'TIME']],
  ['"2024-02-30"', ['DATE', 'TIMESTAMP']],
  ['"2024-02-29 12:34:56.789+02"', ['TIMESTAMPTZ', 'TIMESTAMP', 'DATE', 'TIMESTAMP_MS', 'TIMESTAMP_NS']],
  ['"12:34:56"', ['TIME', 'TIMETZ', 'INTERVAL']],
  ['"12345678-1234-1234-1234-123456789abc"', ['UUID', 'VARCHAR']],
  [
    '[1,2.5,"3",true,null,{"a":1},[4],"x"]',
    ['INT[]', 'DOUBLE[]', 'VARCHAR[]', 'BOOLEAN[]', 'DECIMAL(6,2)[]', 'JSON[]', 'JSON', 'INT[8]', 'INT[3]'],
  ],
  ['[[1],[],null]', ['INT[][]', 'INT[]', 'VARCHAR[]']],
  [
    String.raw`{"a":1,"b":"q\"\\x","c":[{"d":"2024-01-01"}]}`,
    [
      'STRUCT(a INT, b VARCHAR, c STRUCT(d DATE)[])',
      'STRUCT(a INT)',
      'STRUCT(a INT, b VARCHAR, c JSON, z INT)',
      'MAP(VARCHAR, JSON)',
      'MAP(VARCHAR, INT)',
      'VARCHAR',
    ],
  ],
  ['{"a":1,"a":2}', ['STRUCT(a INT)', 'MAP(VARCHAR, INT)']],
  ['{"n":5}', ['UNION(n INT, t VARCHAR)', 'UNION(t VARCHAR)', 'STRUCT(N INT)']],
  ['{}', ['STRUCT(a INT)', 'MAP(VARCHAR, INT)', 'UNION(n INT)', 'INT[]']],
  ['[]', ['STRUCT(a INT)', 'MAP(VARCHAR, INT)', 'INT', 'INT[]']],
];

const read = readings.flatMap(([text, types]) =>
  types.flatMap((type) => {
    const [json, structure] = [quoteLiteral(text), quoteLiteral(JSON.stringify(type))];
    return [
      `SELECT CAST(CAST(${json} AS JSON) AS ${type})`,
      `SELECT TRY_CAST(CAST(${json} AS JSON) AS ${type}), from_json(${json}, ${structure})`,
      `SELECT json_transform_strict(${json}, ${structure})`,
    ];
  }),
);

const transforms = [
  `SELECT from_json('{"a":"1","b":[{"c":1.5},{}],"d":null}', '{"a":"INTEGER","b":[{"c":"DECIMAL(5,2)"}],"d":"DATE","e":"TIME"}')`,
  `SELECT json_transform(j, '{"a":"UTINYINT"}') FROM (VALUES ('{"a":1}'), ('{"a":300}'), ('[]'), ('null'), (NULL)) t(j)`,
  `SELECT from_json(j, '["INT"]') FROM (VALUES (CAST('[1,"2"]' AS JSON)), (CAST('{}' AS JSON))) t(j)`,
  ...[
    '"NOSUCH"',
    '[]',
    '["INT","INT"]',
    '{}',
    '1',
    'null',
    '{"a":{}}',
    '{"a":"INT","a":"INT"}',
    '"INT',
    '"VARCHAR[]"',
    '"STRUCT(x INT)"',
  ].map((structure) => `SELECT from_json('{"a":1}', ${quoteLiteral(structure)})`),
  `SELECT from_json('{"a":1}', s) FROM (VALUES ('"INT"')) t(s)`,
  `SELECT from_json('{"a":1}', NULL), from_json(NULL, '{"a":"INT"}')`,
  `SELECT from_json_strict('{"a":1,"b":2}', '{"a":"INT"}'), from_json_strict('{"a":1}', '{"a":"BIGINT"}')`,
  `SELECT from_json_strict('{"b":1}', '{"a":"INT"}')`,
  `SELECT sum(len(l)), max(l[2]) FROM (SELECT from_json('[' || i || ',' || -i || ']', '["BIGINT"]') AS l FROM range(5000) t(i))`,
  `SELECT j.a, j.b.c FROM (SELECT from_json('{"a":1,"b":{"c":"x"}}', '{"a":"INT","b":{"c":"VARCHAR"}}') AS j)`,
];

/** JSON among other types. */
const mixed = [
  `SELECT typeof(coalesce('{}'::JSON, 'x')), '{}'::JSON || 'x', upper('{"a":1}'::JSON), length('{"a":1}'::JSON), '{"a":1}'::JSON LIKE '%a%'`,
  `SELECT '{}'::JSON UNION ALL SELECT '[1]'`,
  `SELECT min(j), max(j), count(DISTINCT j) FROM (VALUES ('{"b":1}'::JSON), ('{"a":1}')) t(j)`,
  `SELECT '5'::JSON > 4, '5'::JSON = '5', '5'::JSON = 5, '{"a":1}'::JSON = '{ "a":1}', '{"a":1}'::JSON < '{"b":1}'`,
  `SELECT '1'::JSON + 1`,
  `SELECT j.a, j['a'], j[0] FROM (VALUES ('{"a":1}'::JSON)) t(j)`,
  `SELECT * FROM (VALUES ('{"a":1}'::JSON)) t(j) WHERE j.a = 1`,
  `SELECT ['{"a":1}'::JSON, '[]']::VARCHAR, {'x': '{"a":1}'::JSON}::VARCHAR, ['1', '2']::JSON[], '[1,{"a":2}]'::JSON[]`,
  `SELECT json_extract({'a': 1}, 'a'), json_contains([1, 2], 1), {'a': 1} -> 'a', [1, 2] -> 0, json_array_length([1, 2, 3]), json_type(5)`,
  `SELECT json_pretty(42), json_pretty([1]), json_pretty({'a': 1}), json_pretty(DATE '2024-01-01'), json_merge_patch({'a': 1}, {'b': 2})`,
  `SELECT j -> 'a' -> 'b' ->> 'c', j ->> '$.a.b.c', (j ->> 'n')::INT + 1 FROM (VALUES ('{"a":{"b":{"c":"deep"}},"n":41}')) t(j) WHERE j ->> 'n' = '41'`,
  `SELECT sum((j ->> 'n')::INT), max(j ->> 'n'), count(*) FILTER (WHERE j ->> 'n' > '1') FROM (VALUES ('{"n":1}'), ('{"n":2}')) t(j)`,
  `SELECT max(j ->> 'n') OVER (ORDER BY j ->> 'n') FROM (VALUES ('{"n":1}'), ('{"n":2}')) t(j) ORDER BY 1`,
  `SELECT json_extract(j, '$.a') AS a FROM (VALUES ('{"a":1}')) t(j) GROUP BY a HAVING count(*) > 0 ORDER BY a`,
  `SELECT bit_xor(hash(json_extract_string('{"i":' || i || ',"s":"t' || i || 'ü"}', '$.s'))) FROM range(5000) t(i)`,
  `WITH RECURSIVE r(j, n) AS (SELECT '{"next":{"next":{"end":1}}}'::JSON, 0 UNION ALL SELECT j -> 'next', n + 1 FROM r WHERE n < 3) SELECT * FROM r`,
  `SELECT CAST(NULL AS JSON), NULL::JSON IS NULL, json(NULL), typeof(NULL::JSON)`,
  `SELECT unnest(['{}'::JSON, '[]']), unnest(json_extract('[1,2]', '$[*]'))`,
  `PIVOT (SELECT 'a' AS k, json_extract('{"v":1}', 'v') AS v) ON k IN ('a') USING first(v)`,
];

const walks = [
  ...['{"a":1,"b":[2,"x"],"c":null,"d.e":{"f":true}}', '[1,[2,{"a":[]}],"x"]', '5', 'null', '{}', '[]'].flatMap(
    (text) => [`SELECT * FROM json_each(${quoteLiteral(text)})`, `SELECT * FROM json_tree(${quoteLiteral(text)})`],
  ),
  `SELECT * FROM json_each('{"a":{"b":[1,2]}}', '$.a')`,
  `SELECT * FROM json_tree('{"a":{"b":[1,2]}}', '$.a.b')`,
  `SELECT * FROM json_each('{"a":1}', '$.b')`,
  `SELECT * FROM json_each('{"a":1}', '$.*')`,
  `SELECT * FROM json_each(NULL)`,
  `SELECT * FROM json_each('{"a":')`,
  `SELECT count(*), sum(value::INT) FROM json_each('[1,2,3]')`,
  `SELECT t.n, e.key, e.value FROM (VALUES (1, '[1,2]'), (2, '{"a":3}')) t(n, j), json_each(t.j) e ORDER BY ALL`,
  `SELECT e.fullkey FROM (VALUES ('{"a":[1,2]}'::JSON)) t(j), LATERAL (SELECT * FROM json_tree(t.j)) e ORDER BY 1`,
];

export const jsonValueStatements: readonly string[] = [...made, ...makers, ...read, ...transforms, ...mixed, ...walks];
