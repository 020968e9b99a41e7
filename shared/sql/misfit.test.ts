import { expect, it } from 'vitest';
import { readMisfit } from './misfit.ts';

const said = (value: string): string => `Could not convert string '${value}' to BOOL when casting from source column s`;

it('finds the mark again', () => {
  const found = { relation: 'a/b', column: 'é %', type: 'DECIMAL(2,1)', text: "it's" };
  expect(readMisfit(said("inexact a%2Fb/%C3%A9%20%25/DECIMAL(2%2C1) it's"))).toEqual(found);
});

it.each(['inexact %zz/b/INTEGER x', 'missing a/%/INTEGER ', 'inexact a/%ff/INTEGER x', 'inexact ü/b/INTEGER x'])(
  'a value of a user that looks like the mark is no error of ours: %s',
  (value) => {
    expect(readMisfit(said(value))).toBeUndefined();
  },
);
