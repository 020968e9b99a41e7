import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../errors.ts';
import { decodeFrame, encodeFrame } from './frames.ts';

describe('frames', () => {
  it('are text where there are no bytes', () => {
    expect(encodeFrame({ type: 'cancel', run: 'x' })).toBe('{"type":"cancel","run":"x"}');
  });

  it('carry bytes at any depth, empty ones too, in their order', () => {
    const message = { a: [new Uint8Array([1, 2]), { b: new Uint8Array() }], c: { d: new Uint8Array([3]) }, e: null };
    const frame = encodeFrame(message);
    expect(frame).toBeInstanceOf(Uint8Array);
    expect(decodeFrame(frame)).toEqual(message);
  });

  it('come back as they went', () => {
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        fc.string(),
        fc.integer(),
        fc.uint8Array({ maxLength: 9 }).map((bytes) => Uint8Array.from(bytes)),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(value, (message) => {
        expect(decodeFrame(encodeFrame(message))).toEqual(message);
      }),
    );
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a length without text', new Uint8Array([9, 0, 0, 0])],
    ['a length past the end', new Uint8Array([255, 255, 255, 255, 123, 125])],
    ['bytes that are not mentioned', new Uint8Array([2, 0, 0, 0, 123, 125, 1])],
    ['text that is not UTF-8', new Uint8Array([1, 0, 0, 0, 255])],
    ['no JSON', '{'],
  ])('%s is protocol.invalid', (_name, frame) => {
    expect(() => decodeFrame(frame)).toThrow(SluiceError);
  });

  it('fail with a typed error for whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          decodeFrame(Uint8Array.from(bytes));
        } catch (thrown) {
          expect((thrown as SluiceError).code).toBe('protocol.invalid');
        }
      }),
    );
  });
});
