import type { SchemaElement, SchemaTree } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors.ts';
import { printType } from '../../../shared/sql/types.ts';
import { columnType, storedType } from './types.ts';

function tree(element: Partial<SchemaElement>, ...children: SchemaTree[]): SchemaTree {
  const count = children.length === 0 ? {} : { num_children: children.length };
  return { element: { name: 'c', ...count, ...element }, children, count: 1, path: [] };
}

const leaf = (element: Partial<SchemaElement>): SchemaTree => tree(element);
const integer = leaf({ type: 'INT32', name: 'count' });
const text = leaf({ type: 'BYTE_ARRAY', converted_type: 'UTF8' });

describe('columnType', () => {
  it.each<[Partial<SchemaElement>, string]>([
    [{ type: 'BOOLEAN' }, 'BOOLEAN'],
    [{ type: 'INT32' }, 'INTEGER'],
    [{ type: 'INT64' }, 'BIGINT'],
    [{ type: 'INT96' }, 'TIMESTAMP'],
    [{ type: 'BYTE_ARRAY' }, 'BLOB'],
    [{ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 5 }, 'BLOB'],
    [{ type: 'INT32', converted_type: 'INT_8' }, 'TINYINT'],
    [{ type: 'INT32', converted_type: 'UINT_16' }, 'USMALLINT'],
    [{ type: 'INT64', converted_type: 'UINT_64' }, 'UBIGINT'],
    [{ type: 'INT32', logical_type: { type: 'INTEGER', bitWidth: 32, isSigned: false } }, 'UINTEGER'],
    [{ type: 'BYTE_ARRAY', converted_type: 'UTF8' }, 'VARCHAR'],
    [{ type: 'BYTE_ARRAY', logical_type: { type: 'STRING' } }, 'VARCHAR'],
    [{ type: 'BYTE_ARRAY', converted_type: 'ENUM' }, 'VARCHAR'],
    [{ type: 'BYTE_ARRAY', converted_type: 'JSON' }, 'VARCHAR'],
    [{ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } }, 'UUID'],
    [{ type: 'INT32', converted_type: 'DATE' }, 'DATE'],
    [{ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 12, converted_type: 'INTERVAL' }, 'INTERVAL'],
    [{ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 2, logical_type: { type: 'FLOAT16' } }, 'FLOAT'],
    [{ type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: 3 }, 'DECIMAL(18,3)'],
    [{ type: 'BYTE_ARRAY', logical_type: { type: 'DECIMAL', precision: 38, scale: 0 } }, 'DECIMAL(38,0)'],
    [{ type: 'INT64', logical_type: { type: 'TIME', isAdjustedToUTC: false, unit: 'MICROS' } }, 'TIME'],
    [{ type: 'INT64', logical_type: { type: 'TIME', isAdjustedToUTC: true, unit: 'MICROS' } }, 'TIME WITH TIME ZONE'],
    [{ type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }, 'TIMESTAMP'],
    [{ type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'NANOS' } }, 'TIMESTAMP_NS'],
    [
      { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } },
      'TIMESTAMP WITH TIME ZONE',
    ],
  ])('%o is %s', (element, type) => {
    expect(printType(columnType(leaf(element)))).toBe(type);
  });

  it.each<[string, SchemaTree, string]>([
    [
      'a list of three levels',
      tree({ converted_type: 'LIST' }, tree({ name: 'list', repetition_type: 'REPEATED' }, integer)),
      'INTEGER[]',
    ],
    ['a repeated field', leaf({ type: 'INT64', repetition_type: 'REPEATED' }), 'BIGINT[]'],
    [
      'a list of structs of two levels',
      tree({ converted_type: 'LIST' }, tree({ name: 'array', repetition_type: 'REPEATED' }, integer, text)),
      'STRUCT(count INTEGER, c VARCHAR)[]',
    ],
    ['a struct of one field', tree({}, text), 'STRUCT(c VARCHAR)'],
    [
      'a map',
      tree(
        { logical_type: { type: 'MAP' }, converted_type: 'MAP' },
        tree({ repetition_type: 'REPEATED' }, text, integer),
      ),
      'MAP(VARCHAR, INTEGER)',
    ],
    [
      'a map without a mark on its entries',
      tree({}, tree({ converted_type: 'MAP_KEY_VALUE', repetition_type: 'REPEATED' }, text, text)),
      'STRUCT(c MAP(VARCHAR, VARCHAR))',
    ],
  ])('%s', (_, column, type) => {
    expect(printType(columnType(column))).toBe(type);
  });

  it.each<[string, Partial<SchemaElement>]>([
    ['geometry', { type: 'BYTE_ARRAY', logical_type: { type: 'GEOMETRY' } }],
    ['40 digits', { type: 'BYTE_ARRAY', logical_type: { type: 'DECIMAL', precision: 40, scale: 2 } }],
  ])('refuses %s and names the column', (what, element) => {
    try {
      columnType(tree({ name: 'outer' }, leaf({ name: 'inner', ...element })));
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(SluiceError);
      const { code, message } = (thrown as SluiceError).issue;
      expect(code).toBe('type.unsupported');
      expect(message).toContain('outer');
      expect(message).toContain(what);
    }
  });
});

describe('columnType of a variant', () => {
  it('refuses what is no struct, though it looks like one', () => {
    const bytes = leaf({ type: 'BYTE_ARRAY' });
    expect(() => columnType(tree({ logical_type: { type: 'VARIANT' } }, bytes, bytes))).toThrow('variant values');
  });
});

describe('storedType', () => {
  it.each<[Partial<SchemaElement>, string]>([
    [{ type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }, 'TIMESTAMP_MS'],
    [{ type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }, 'TIMESTAMP'],
    [{ type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' } }, 'TIMESTAMP_MS'],
    [
      { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' } },
      'TIMESTAMP WITH TIME ZONE',
    ],
    [{ type: 'INT64', logical_type: { type: 'TIME', isAdjustedToUTC: true, unit: 'MICROS' } }, 'TIME'],
    [{ type: 'INT96' }, 'TIMESTAMP'],
    [{ type: 'INT32' }, 'INTEGER'],
  ])('%o is scanned as %s', (element, type) => {
    expect(printType(storedType(leaf(element)))).toBe(type);
  });

  it('goes into nested columns', () => {
    const millis = leaf({ name: 't', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' });
    expect(printType(storedType(tree({}, integer, millis)))).toBe('STRUCT(count INTEGER, t TIMESTAMP_MS)');
  });
});
