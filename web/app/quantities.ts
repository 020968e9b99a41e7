// Sizes, counts and times as short text for people. English, because the page is.
const whole = new Intl.NumberFormat('en');
const units = ['kB', 'MB', 'GB', 'TB'];

/** `12,345`. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** `1 row`, `2,000 rows`. */
export function formatRows(rows: number): string {
  return `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}

/** Bytes in powers of 1000, with three digits at most: `812 B`, `3.1 kB`, `58 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let value = bytes;
  let unit = 'B';
  for (const larger of units) {
    if (Math.round(value) < 1000) break;
    value /= 1000;
    unit = larger;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** Milliseconds as whole seconds, for what counts on: `8 s`, `3 min 05 s`. Times ahead end with 1 s. */
export function formatSeconds(milliseconds: number): string {
  const total = Math.max(Math.ceil(milliseconds / 1000), 1);
  return total < 60 ? `${total} s` : `${Math.floor(total / 60)} min ${String(total % 60).padStart(2, '0')} s`;
}

/** Milliseconds: `8 ms`, `1.24 s`, `12.4 s`, `3 min 05 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const total = Math.round(seconds);
  return `${Math.floor(total / 60)} min ${String(total % 60).padStart(2, '0')} s`;
}
