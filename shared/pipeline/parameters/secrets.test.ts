import { expect, it } from 'vitest';
import { maskOf } from './secrets.ts';

const pem = `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj
MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3S6c8m6FkA
-----END PRIVATE KEY-----
`;
const token = 'tok_9f8e7d6c5b4a39281706f5e4d3c2b1a0998877665544332211ffeeddccbbaa';

it('hides a secret of several lines whole, on one line, and line by line', () => {
  const mask = maskOf([pem]);
  expect(mask(`a ${pem} b`)).toBe('a *** b');
  expect(mask(`a '${pem.trim().replaceAll(/\s+/g, ' ')}' b`)).toBe(`a '***' b`);
  for (const line of pem.trim().split('\n')) expect(mask(`Could not convert string '${line}'`)).toMatch(/'\*\*\*'$/);
});

it('hides what a cut has left of a secret', () => {
  const mask = maskOf([token, pem]);
  expect(mask(`Input: "${token.slice(0, 47)}..."`)).toBe('Input: "***..."');
  expect(mask(`x = '${token.slice(0, 20)}…`)).toBe(`x = '***…`);
  expect(mask(`…${token.slice(20)}' = x`)).toBe(`…***' = x`);
  expect(mask(`...${token.slice(9, 30)} and …${token.slice(60)}…`)).toContain('…***…');
  expect(mask(`Input: "${pem.slice(0, 47)}..."`)).not.toContain('MIIE');
  expect(mask('nothing of it… and so on...')).toBe('nothing of it… and so on...');
});

it('leaves white space alone where a secret is nothing else', () => {
  expect(maskOf([' '])('a\tb')).toBe('a\tb');
});
