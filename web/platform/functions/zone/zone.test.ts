import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, age, between, bucket, range } from './arithmetic.ts';
import { civilOf, dayOf, infinity, isoWeek, join, split } from './calendar.ts';
import { print, readFormat } from './format.ts';
import { extract, partOf, type Part } from './parts.ts';
import { difference, truncate, wholeParts } from './truncate.ts';
import { Zone, zoneOf } from './zones.ts';

const moment = (text: string): bigint => BigInt(Date.parse(text)) * 1000n;
const text = (at: bigint): string => new Date(Number(at / 1000n)).toISOString().replace('.000Z', 'Z');
const days = (count: number) => ({ months: 0, days: count, micros: 0n });
const months = (count: number) => ({ months: count, days: 0, micros: 0n });
const hours = (count: number) => ({ months: 0, days: 0, micros: BigInt(count) * 3_600_000_000n });

describe('calendar', () => {
  it('counts days both ways, over all that a TIMESTAMP can be', () => {
    fc.assert(
      fc.property(fc.integer({ min: -106_000_000, max: 106_000_000 }), (day) => {
        const { year, month, day: dayOfMonth } = civilOf(day);
        expect(dayOf(year, month, dayOfMonth)).toBe(day);
      }),
    );
  });

  it('agrees with JavaScript’s dates', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        const { year, month, day } = civilOf(Math.floor(date.getTime() / 86_400_000));
        expect([year, month, day]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
      }),
    );
  });

  it('splits moments exactly, however far', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -infinity + 1n, max: infinity - 1n }), (at) => {
        const { day, micro } = split(at);
        expect(join(day, micro)).toBe(at);
        expect(micro).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('knows the weeks of ISO 8601', () => {
    expect(isoWeek(dayOf(2021, 1, 3))).toEqual({ year: 2020, week: 53 });
    expect(isoWeek(dayOf(2024, 12, 30))).toEqual({ year: 2025, week: 1 });
  });
});

describe('parts', () => {
  it.each<[Part, number]>([
    ['century', 21],
    ['decade', 202],
    ['quarter', 3],
    ['doy', 195],
    ['week', 28],
    ['isodow', 6],
    ['microsecond', 30_123_000],
    ['epoch', 1_720_866_030.123],
    ['julian', 2_460_505.430_904_201],
  ])('%s', (part, value) => {
    expect(extract(part, moment('2024-07-13T10:20:30.123Z'))).toBeCloseTo(value, 6);
  });

  it('are known by many names, in any case', () => {
    expect([partOf('YRS'), partOf('mons'), partOf('dayofweek')]).toEqual(['year', 'month', 'dow']);
    expect(() => partOf('fortnight')).toThrow('extract specifier "fortnight" not recognized');
  });

  it('of infinity there are none', () => {
    expect(extract('year', infinity)).toBeNull();
  });
});

describe('truncating and counting', () => {
  it.each<[Part, string]>([
    ['isoyear', '2024-01-01T00:00:00Z'],
    ['week', '2024-07-08T00:00:00Z'],
    ['quarter', '2024-07-01T00:00:00Z'],
    ['century', '2000-01-01T00:00:00Z'],
    ['hour', '2024-07-13T10:00:00Z'],
  ])('to the %s', (part, beginning) => {
    expect(text(truncate(part, moment('2024-07-13T10:20:30Z')))).toBe(beginning);
  });

  it('counts boundaries or whole parts', () => {
    const [evening, night] = [moment('2024-01-01T22:30:00Z'), moment('2024-01-02T01:30:00Z')];
    expect([difference('day', evening, night), wholeParts('day', evening, night)]).toEqual([1n, 0n]);
    expect(wholeParts('month', moment('2024-01-31'), moment('2024-02-29'))).toBe(1n);
    expect(wholeParts('month', moment('2024-02-29'), moment('2024-01-31'))).toBe(0n);
    expect(difference('day', infinity, night)).toBeNull();
  });
});

describe('arithmetic', () => {
  it('keeps to the end of a month', () => {
    expect(text(add(moment('2024-01-31T10:00:00Z'), months(1)))).toBe('2024-02-29T10:00:00Z');
  });

  it('adds time, then months, then days', () => {
    const interval = { months: 13, days: 40, micros: 90_000_000_001n };
    expect(text(add(moment('2024-02-29T23:59:59Z') + 999_999n, interval))).toBe('2025-05-12T01:00:00Z');
  });

  it('says an age in months and days', () => {
    expect(age(moment('2024-03-30'), moment('2024-01-31'))).toEqual({ months: 1, days: 30, micros: 0n });
    expect(age(moment('2024-01-31'), moment('2024-03-30'))).toEqual({ months: -1, days: -30, micros: -0n });
    expect(between(moment('2024-03-29T11:00:00Z'), moment('2024-03-30'))).toEqual({
      months: 0,
      days: 0,
      micros: 46_800_000_000n,
    });
  });

  it('refuses what no TIMESTAMP can be', () => {
    expect(() => add(infinity - 1n, days(1))).toThrow('overflows timestamp range');
  });

  it('makes ranges, forward and back', () => {
    const [first, third] = [moment('2024-01-01'), moment('2024-01-03')];
    expect(range(first, third, days(1), false)).toHaveLength(2);
    expect(range(third, first, days(-1), true).map(text)).toEqual([
      '2024-01-03T00:00:00Z',
      '2024-01-02T00:00:00Z',
      '2024-01-01T00:00:00Z',
    ]);
    expect(range(first, third, days(0), true)).toEqual([]);
    expect(() => range(first, third, { months: 1, days: -1, micros: 0n }, true)).toThrow('mix of negative/positive');
  });

  it('counts buckets from a Monday, and months from January', () => {
    const at = moment('2024-07-13T10:20:30Z');
    expect(text(bucket(days(7), at))).toBe('2024-07-08T00:00:00Z');
    expect(text(bucket(months(5), at))).toBe('2024-03-01T00:00:00Z');
    expect(() => bucket(days(0), at)).toThrow("Can't bucket using zero days");
  });
});

describe('formats', () => {
  it.each([
    ['%Y-%m-%dT%H:%M:%S.%fZ', '2024-07-03T09:05:07.012345Z'],
    ['%-d/%-m/%y %I %p', '3/7/24 09 AM'],
    ['%a %A %j %U %W %V %G', 'Wed Wednesday 185 26 27 27 2024'],
    ['100%% %z %Z', '100% +00 UTC'],
  ])('%s', (format, printed) => {
    expect(print(readFormat(format), moment('2024-07-03T09:05:07Z') + 12_345n)).toBe(printed);
  });

  it.each(['', '%', '%q'])('refuses %j', (format) => {
    expect(() => readFormat(format)).toThrow('Failed to parse format specifier');
  });
});

describe('zones', () => {
  const rome = zoneOf('Europe/Rome');

  it.each([
    ['2024-07-01T12:00:00Z', '2024-07-01T14:00:00Z'],
    ['2024-03-31T00:59:59Z', '2024-03-31T01:59:59Z'],
    ['2024-03-31T01:00:00Z', '2024-03-31T03:00:00Z'],
  ])('at %s clocks in Rome show %s', (at, shown) => {
    expect(text(rome.toLocal(moment(at)))).toBe(shown);
  });

  it('takes the later of two, and goes on as before where there is none', () => {
    expect(text(rome.toMoment(moment('2024-10-27T02:30:00Z')))).toBe('2024-10-27T01:30:00Z');
    expect(text(rome.toMoment(moment('2024-03-31T02:30:00Z')))).toBe('2024-03-31T01:30:00Z');
  });

  it('goes there and back', () => {
    const zones = ['Europe/Rome', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'].map(zoneOf);
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 1_000_000, max: 1_700_000 }), (zone, quarterHours) => {
        const at = BigInt(quarterHours) * 900_000_000n + 450_000_000n;
        const back = zone.toMoment(zone.toLocal(at));
        expect([0n, 3_600_000_000n, 1_800_000_000n]).toContain(back - at); // of two moments the later
      }),
    );
  });

  it('asks for the clock once a stretch, and where it was changed', () => {
    let asked = 0;
    const zone = new Zone((milliseconds) => {
      asked++;
      return milliseconds < 3_600_000 ? 0 : 7_200_000;
    });
    expect([zone.toLocal(3_599_999_999n), zone.toLocal(3_600_000_000n)]).toEqual([3_599_999_999n, 10_800_000_000n]);
    const once = asked;
    for (let hour = 0; hour < 24; hour++) zone.toLocal(hours(hour).micros);
    expect(asked).toBe(once);
  });

  it('knows names of old, and refuses what is none', () => {
    expect(zoneOf('PST').toLocal(0n)).toBe(-28_800_000_000n);
    expect(zoneOf('UTC+2').toLocal(0n)).toBe(7_200_000_000n);
    for (const name of ['Europe/Nowhere', '', '+02:00', 'UTC+25', 'CEST']) {
      expect(() => zoneOf(name), name).toThrow(`Unknown TimeZone '${name}'!`);
    }
  });
});
