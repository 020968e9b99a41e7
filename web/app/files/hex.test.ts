import { expect, it } from 'vitest';
import { hexOf } from './hex.ts';

it('bytes are shown by their digits and signs', () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('PAR1 and the rest'), 0, 255]);
  expect(hexOf(bytes)).toBe(
    '00000000  50 41 52 31 20 61 6e 64 20 74 68 65 20 72 65 73  PAR1 and the res\n' +
      '00000010  74 00 ff                                         t..',
  );
});
