// Bytes as a hex dump: sixteen a line, with their offset before and what is printable behind.

export function hexOf(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; start += 16) {
    const line = Array.from(bytes.subarray(start, start + 16));
    const digits = line.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const signs = line.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${start.toString(16).padStart(8, '0')}  ${digits.padEnd(47)}  ${signs}`);
  }
  return lines.join('\n');
}
