import { describe, expect, it } from 'vitest';
import { asSluiceError } from '../../../shared/errors.ts';
import type { OpenFile } from '../../../shared/platform.ts';
import { readFooter } from './footer.ts';

function fileOf(...parts: (string | number[])[]): OpenFile {
  const bytes = new Uint8Array(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
  );
  return {
    location: 'data/x.parquet',
    size: bytes.byteLength,
    engineName: '',
    read: (start, end) => Promise.resolve(bytes.slice(start, end)),
    stream: () => {
      throw new Error('not used');
    },
    close: () => Promise.resolve(),
  };
}

async function failureOf(file: OpenFile): Promise<string> {
  try {
    await readFooter(file);
  } catch (thrown) {
    const { code, message } = asSluiceError(thrown).issue;
    return `${code}: ${message}`;
  }
  return 'none';
}

const nothing = [0, 0, 0, 0];

describe('readFooter', () => {
  it.each<[string, OpenFile, RegExp]>([
    ['no bytes', fileOf(), /^file.corrupt: data\/x.parquet .* 0 bytes/],
    ['another format', fileOf('id,name\n1,Ada\n2,Grace\n'), /^file.corrupt: .* does not begin/],
    ['a file that was cut off', fileOf('PAR1', 'half of the data that was there'), /^file.corrupt: .* end is missing/],
    ['a footer that is too long', fileOf('PAR1', nothing, [99, 0, 0, 0], 'PAR1'), /^file.corrupt: .* longer than/],
    ['a damaged footer', fileOf('PAR1', [255, 254, 253, 252], [4, 0, 0, 0], 'PAR1'), /^file.corrupt: .* damaged/],
    ['an encrypted file', fileOf('PARE', nothing, nothing, 'PARE'), /^document.unsupported: .* encrypted/],
  ])('tells of %s', async (_, file, told) => {
    expect(await failureOf(file)).toMatch(told);
  });

  it('passes on why the file cannot be read', async () => {
    const file = { ...fileOf('PAR1', nothing, nothing, 'PAR1'), read: () => Promise.reject(new Error('gone')) };
    expect(await failureOf(file)).toBe('internal: gone');
  });
});
