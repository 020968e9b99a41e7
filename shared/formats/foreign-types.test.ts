import { describe, expect, it } from 'vitest';
import { aqueductsType, deltaType } from './foreign-types.ts';

describe('aqueductsType', () => {
  it.each([
    ['int64', 'int64'],
    [' timestamp<us,Europe/Berlin> ', ' timestamp<us,Europe/Berlin> '],
    ['int8', 'int8'],
    ['INT8', 'int8'],
    ['Utf8', 'utf8'],
    ['LargeUtf8', 'large_utf8'],
    ['Int32', 'int32'],
    ['VARCHAR', 'string'],
    ['varchar(20)', 'string'],
    ['Character  Varying (20)', 'string'],
    ['BIGINT', 'int64'],
    ['double precision', 'float64'],
    ['timestamp', 'timestamp<us>'],
    ['TIMESTAMP WITH TIME ZONE', 'timestamp<us,UTC>'],
    ['timestamp(3)', 'timestamp<ms>'],
    ['timestamp(9) with time zone', 'timestamp<ns,UTC>'],
    ['timestamp(6) without time zone', 'timestamp<us>'],
    ['Timestamp(Nanosecond, None)', 'timestamp<ns>'],
    ['Timestamp(Millisecond, Some("Europe/Berlin"))', 'timestamp<ms,Europe/Berlin>'],
    ['Time32(Second)', 'time32<s>'],
    ['decimal(10,2)', 'decimal<10,2>'],
    ['NUMERIC(10)', 'decimal<10,0>'],
    ['Decimal128(38, 10)', 'decimal<38,10>'],
    ['decimal256(76,2)', 'decimal256<76,2>'],
    ['INTEGER[]', 'list<integer>'],
    ['VARCHAR[][3]', 'fixed_list<list<string>,3>'],
    ['ARRAY<STRING>', 'list<string>'],
    ['STRUCT(a INTEGER, "b c" VARCHAR[])', 'struct<a:integer,b c:list<string>>'],
    ['struct<Name:STRING,n:decimal(5,1)>', 'struct<Name:string,n:decimal<5,1>>'],
    ['MAP(VARCHAR, DOUBLE)', 'map<string,double>'],
    ['list<int>garbage', 'list<int>'],
  ])('reads %j as %j', (spelling, expected) => {
    expect(aqueductsType(spelling)).toBe(expected);
  });

  it.each([
    '',
    'nonsense',
    'decimal',
    'numeric',
    'decimal<2,4>',
    'list<nonsense>',
    'STRUCT()',
    'timestamp(4)',
    'union<a>',
  ])('does not know %j', (spelling) => {
    expect(aqueductsType(spelling)).toBeUndefined();
  });

  it('answers a type that nests without end', () => {
    expect(aqueductsType('LIST('.repeat(190))).toBeUndefined();
    expect(aqueductsType('x'.repeat(100_000))).toBeUndefined();
  });
});

describe('deltaType', () => {
  it('reads an instant, which Delta calls timestamp', () => {
    expect(deltaType('timestamp')).toBe('timestamp<us,UTC>');
    expect(deltaType('short')).toBe('int16');
  });

  it('reads nested types', () => {
    const type = {
      type: 'struct',
      fields: [
        { name: 'a', type: 'long', nullable: true, metadata: {} },
        { name: 'b', type: { type: 'array', elementType: 'decimal(10,2)', containsNull: true } },
        { name: 'c', type: { type: 'map', keyType: 'string', valueType: 'timestamp', valueContainsNull: true } },
      ],
    };
    expect(deltaType(type)).toBe('struct<a:long,b:list<decimal<10,2>>,c:map<string,timestamp<us,UTC>>>');
    expect(deltaType({ type: 'struct', fields: [{ name: 'a', type: 'nonsense' }] })).toBeUndefined();
    expect(deltaType({ type: 'union' })).toBeUndefined();
  });
});
