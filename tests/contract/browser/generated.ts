// Rows with columns that a condition can be asked of, and conditions: easy ones, hostile ones, and those no reader knows.

export const rowCount = 20_000;
export const groupRows = 2000;

/** Columns whose values lie together, are spread, are missing in part, and are hostile to comparison. */
export const generated = `SELECT i AS id, (i * 7919) % 1000 AS spread, i // 2500 AS part,
  CASE WHEN i BETWEEN 6000 AND 9999 THEN NULL WHEN i % 10 = 0 THEN NULL ELSE 'text ' || lpad((i // 100)::VARCHAR, 4, '0') END AS t,
  CASE WHEN i % 5000 = 17 THEN 'nan'::DOUBLE ELSE i / 4 - 1000 END AS d,
  (i / 4 - 1000)::FLOAT AS f, ((i - 10000) / 100)::DECIMAL(10, 2) AS price, DATE '2020-01-01' + (i // 50)::INTEGER AS day,
  TIMESTAMP '2020-01-01' + to_microseconds(i * 60000007) AS moment, (TIMESTAMP '2020-01-01' + to_milliseconds(i * 3600))::TIMESTAMP_MS AS ms,
  TIMESTAMPTZ '2020-01-01 00:00:00+00' AS zone, i % 3 = 0 AS flag, i < 5000 AS early, i::UBIGINT + 18446744073709500000 AS huge,
  [i, NULL] AS list, {'a': i} AS struct
  FROM range(${rowCount}) n(i)`;

export const conditions = [
  ...[
    'id < 3000',
    'id = 2000',
    'id >= 19999',
    'id > 19999',
    'id BETWEEN 3999 AND 4001',
    'id < 0',
    'id <= -1',
    '-5 > id',
  ],
  ...[
    'id IN (1, 9000)',
    'id IN (1, 2, 3, 4, 5, 6, 7, 19000)',
    'id = 5 OR id = 15000',
    'id > 18000 AND id < 2000',
    'id <> 5',
  ],
  ...['id > 1999.5', 'id = 2000.0', 'id::DOUBLE > 17999.5', 'id::DECIMAL(12,2) <= 1999.99', 'id > 1e30', 'id % 2 = 1'],
  ...['spread = 500', 'spread > 998', 'part = 3', "part::VARCHAR = '3'", 'NOT (part < 7)', 'id < 3000 OR part = 7'],
  ...[
    "t = 'text 0050'",
    "t > 'text 0190'",
    't IS NULL',
    't IS NOT NULL',
    "t LIKE 'text 00%'",
    "t < 'a'",
    't IS NULL AND id < 100',
  ],
  ...[
    "t >= 'text 0050' AND t < 'text 0060'",
    "t = 'it''s'",
    "t = ''",
    "t > 'text 0100\n(id > 5)\n'",
    "t COLLATE NOCASE = 'TEXT 0005'",
  ],
  ...[
    'd > 3999',
    'd >= 3999.75',
    'd < -999',
    "d = 'nan'",
    "d > 3900 AND d < 'nan'",
    'd BETWEEN 10 AND 11',
    "d > 'infinity'",
    'd = -1000',
    'isnan(d)',
  ],
  ...['f > 3990', 'f = -1000', 'f < -999.5', 'f = 0.1::FLOAT', 'f::DOUBLE >= 3999.75', 'f BETWEEN 1 AND 2'],
  ...[
    'price < -99',
    'price = 0',
    'price > 99.985',
    'price >= 99.99',
    'price::DOUBLE > 99.5',
    'price BETWEEN -0.01 AND 0.01',
  ],
  ...[
    "day = DATE '2020-06-01'",
    "day >= '2021-01-20'",
    "day < '2020-01-02'",
    "day::TIMESTAMP < TIMESTAMP '2020-01-01 12:00:00'",
    'year(day) = 2021',
  ],
  ...[
    "moment < TIMESTAMP '2020-01-01 01:00:00'",
    "moment > TIMESTAMP '2020-01-14 12:00:00.123456'",
    "moment::DATE = DATE '2020-01-05'",
    "moment::DATE <= DATE '2020-01-05'",
    "moment::DATE IN (DATE '2020-01-05', DATE '2020-01-09')",
    "moment::DATE BETWEEN DATE '2020-01-05' AND DATE '2020-01-06'",
    "moment::TIMESTAMP_MS = '2020-01-05 00:00:00.672'::TIMESTAMP_MS",
    "moment > 'infinity'",
  ],
  ...[
    "ms < TIMESTAMP '2020-01-01 00:00:01'",
    "ms > '2020-01-01 19:59:00'",
    "ms = TIMESTAMP '2020-01-01 00:00:03.6'",
    "moment >= TIMESTAMPTZ '2020-01-14 00:00:00+02'",
  ],
  ...[
    "zone = TIMESTAMPTZ '2020-01-01 00:00:00+00'",
    "zone > TIMESTAMPTZ '2020-01-01 01:00:00+01'",
    'flag',
    'NOT flag',
    'early',
    'NOT early',
    'early = false',
  ],
  ...[
    'huge > 18446744073709519998',
    'huge < 18446744073709500003',
    'huge = 5',
    'list[1] = 5',
    'struct.a > 19998',
    'id > random() * 0 + 19990',
  ],
  ...[
    'id = (SELECT 5)',
    'id IN (SELECT part FROM data)',
    'EXISTS (SELECT 1 FROM data o WHERE o.id = data.id + 1 AND o.id < 500)',
  ],
];
