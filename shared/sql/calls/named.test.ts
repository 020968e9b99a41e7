import { describe, expect, it } from 'vitest';
import { refusedByName } from './named.ts';

describe('refused', () => {
  it.each([
    ['FROM enable_logging()', 5],
    ['FROM Enable_Profiling ( )', 5],
    ['FROM "enable_logging"()', 5],
    ['FROM system.main.enable_logging /* x */ (a := 1) AS (', 17],
    ["SELECT 'ü', (SELECT 1 FROM query('FROM checkpoint()'))", 27],
    ["FROM query('FROM query(''FROM enable_logging()'')')", 5],
    ['FROM query("FROM enable_logging()")', 5],
    ['FROM query($$FROM enable_logging()$$)', 5],
    ["FROM query(e'FROM enable\\x5Flogging()')", 5],
    ["FROM query('FROM ' || 'enable_logging()')", 5],
    ["FROM query(getvariable('x'))", 5],
  ])('%s', (sql, offset) => {
    expect(refusedByName(sql)?.offset).toBe(offset);
  });
});

describe('not refused', () => {
  it.each([
    "SELECT 'enable_logging()' AS enable_logging",
    'SELECT checkpoint FROM t -- enable_logging()',
    "FROM query('SELECT 1')",
    'FROM query("SELECT 1")',
    'WITH query(a, b) AS (SELECT 1, 2) FROM query',
    'SELECT query FROM t',
  ])('%s', (sql) => {
    expect(refusedByName(sql)).toBeUndefined();
  });
});

it('a relation may be called like a refused function', () => {
  expect(refusedByName('CREATE TABLE "checkpoint" ("a" DECIMAL(10,2))')).toBeUndefined();
  expect(refusedByName('CREATE TABLE "query" ("a" DECIMAL(10,2))')).toBeUndefined();
  expect(refusedByName('CREATE TABLE x AS FROM checkpoint()')).toBeDefined();
  expect(refusedByName('CREATE TABLE x (a INTEGER DEFAULT checkpoint())')).toBeDefined();
});
