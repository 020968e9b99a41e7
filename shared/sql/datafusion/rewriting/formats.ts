// chrono's date formats (https://docs.rs/chrono/latest/chrono/format/strftime) in those of DuckDB's strftime and
// strptime, which take constants only.
import { failure } from '../../../errors.ts';

/** Codes that mean the same in DuckDB. */
const same = new Set('%Y %y %m %B %b %d %A %a %H %I %M %S %p %j %U %W %u %w %V %G %z %Z %%'.split(' '));
for (const code of 'dmHIMSjy') same.add(`%-${code}`);

const composed: Readonly<Record<string, string>> = {
  '%F': '%Y-%m-%d',
  '%T': '%H:%M:%S',
  '%X': '%H:%M:%S',
  '%R': '%H:%M',
  '%D': '%m/%d/%y',
  '%x': '%m/%d/%y',
  '%r': '%I:%M:%S %p',
  '%h': '%b',
  '%n': '\n',
  '%t': '\t',
  '%f': '%f000',
  '%3f': '%g',
  '%6f': '%f',
  '%9f': '%f000',
  '%.3f': '.%g',
  '%.6f': '.%f',
  '%.9f': '.%f000',
  '%c': '%a %b %e %H:%M:%S %Y',
  '%v': '%e-%b-%Y',
};

/** What DuckDB has no code for, as SQL over `t`, a timestamp. */
const computed: Readonly<Record<string, string>> = {
  '%e': `system.main.lpad(CAST(day(t) AS VARCHAR), 2, ' ')`,
  '%_d': `system.main.lpad(CAST(day(t) AS VARCHAR), 2, ' ')`,
  '%k': `system.main.lpad(CAST(hour(t) AS VARCHAR), 2, ' ')`,
  '%_H': `system.main.lpad(CAST(hour(t) AS VARCHAR), 2, ' ')`,
  '%l': `system.main.lpad(strftime(t, '%-I'), 2, ' ')`,
  '%P': `lower(strftime(t, '%p'))`,
  '%C': `system.main."left"(strftime(t, '%Y'), 2)`,
  '%q': `CAST(quarter(t) AS VARCHAR)`,
  '%g': `system.main."right"(strftime(t, '%G'), 2)`,
  '%s': `CAST(CAST(system.main.floor(system.main.epoch(t)) AS BIGINT) AS VARCHAR)`,
  '%.f': `fraction__(t)`,
};

/** Where reading differs from writing: digits after the point may be fewer, and no padding is asked for. */
const readCodes: Readonly<Record<string, string>> = {
  '%e': '%-d',
  '%_d': '%-d',
  '%k': '%-H',
  '%_H': '%-H',
  '%l': '%-I',
  '%f': '%n',
  '%.f': '.%n',
};

const pattern = /%[-_0]?(?:\.\d?f|\df|.)|[^%]+/gsu;

/** A format for strftime, or SQL over the timestamp `t`. */
export type FormatPart = { readonly format: string } | string;

/** What writes a timestamp in a format, piece by piece; at least one. */
export function writeFormat(format: string): FormatPart[] {
  const parts: FormatPart[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain !== '') parts.push({ format: plain });
    plain = '';
  };
  const add = (code: string): void => {
    const sql = computed[code];
    const other = composed[code];
    if (!code.startsWith('%') || same.has(code)) plain += code;
    else if (other?.includes('%e')) for (const part of other.match(pattern) ?? []) add(part);
    else if (other !== undefined) plain += other;
    else if (sql !== undefined) {
      flush();
      parts.push(sql);
    } else throw unknown(code);
  };
  for (const code of format.match(pattern) ?? []) add(code);
  flush();
  return parts.length === 0 ? [`''`] : parts;
}

/** The formats in which strptime reads what chrono reads by this one. */
export function readFormats(format: string): string[] {
  if (format === '%+') return ['%Y-%m-%dT%H:%M:%S.%f%z', '%Y-%m-%dT%H:%M:%S%z'];
  const parts = (format.match(pattern) ?? []).map((code) => {
    if (!code.startsWith('%') || same.has(code)) return code;
    const read = readCodes[code] ?? composed[code];
    if (read === undefined) throw unknown(code);
    return read.replaceAll('%e', '%-d');
  });
  return [parts.join('')];
}

function unknown(code: string): Error {
  return failure('document.unsupported', `DuckDB has no equal for ${code} in a date format.`);
}
