// Time zones by the browser's own database (ECMA-402, Intl.DateTimeFormat), which tells the clock of a zone at a moment.
// What it told is kept, for it is slow: the offset of every stretch of eight days that was asked for, and where the clock
// was changed in it.
import { dayOf, isInfinite } from './calendar.ts';

/** Three letters, and others, that are no names in the time zone database; ICU has them from Java. */
const legacy: Readonly<Record<string, string>> = {
  ...{ ACT: 'Australia/Darwin', AET: 'Australia/Sydney', AGT: 'America/Argentina/Buenos_Aires', ART: 'Africa/Cairo' },
  ...{ AST: 'America/Anchorage', BET: 'America/Sao_Paulo', BST: 'Asia/Dhaka', CAT: 'Africa/Harare' },
  ...{ CNT: 'America/St_Johns', CST: 'America/Chicago', CTT: 'Asia/Shanghai', EAT: 'Africa/Addis_Ababa' },
  ...{ ECT: 'Europe/Paris', IET: 'America/Indiana/Indianapolis', IST: 'Asia/Kolkata', JST: 'Asia/Tokyo' },
  ...{ MIT: 'Pacific/Apia', NET: 'Asia/Yerevan', NST: 'Pacific/Auckland', PLT: 'Asia/Karachi' },
  ...{ PNT: 'America/Phoenix', PRT: 'America/Puerto_Rico', PST: 'America/Los_Angeles', SST: 'Pacific/Guadalcanal' },
  ...{ VST: 'Asia/Ho_Chi_Minh', 'ETC/UNKNOWN': 'UTC' },
};

/** Days of a stretch: clocks are hardly changed twice in so short a time. */
const stretchDays = 8;
const microsPerStretch = stretchDays * 86_400_000_000;
/** Milliseconds from 1970 to the last moment that JavaScript's dates know. */
const lastDate = 8.64e15;
const stretchesKept = 20_000;

interface Stretch {
  /** Microseconds ahead of UTC at its beginning. */
  readonly before: number;
  /** From this moment on, in microseconds since 1970, it is `after`. */
  readonly change: number;
  readonly after: number;
}

export class Zone {
  readonly #clock: (milliseconds: number) => number;
  readonly #stretches = new Map<number, Stretch>();

  /** `clock` answers how many milliseconds the zone is ahead of UTC at a moment in milliseconds since 1970. */
  constructor(clock: (milliseconds: number) => number) {
    this.#clock = clock;
  }

  /** The time on the zone's clock, as a TIMESTAMP. */
  toLocal(moment: bigint): bigint {
    return isInfinite(moment) ? moment : moment + BigInt(this.#offset(Number(moment)));
  }

  /**
   * The moment when the zone's clock shows a time. Where it shows it twice, the second; where it never does, as far after
   * the change as if it had not been made.
   */
  toMoment(local: bigint): bigint {
    if (isInfinite(local)) return local;
    const time = Number(local);
    const [before, after] = [this.#offset(time - 86_400_000_000), this.#offset(time + 86_400_000_000)];
    return local - BigInt(this.#offset(time - after) === after ? after : before);
  }

  #offset(moment: number): number {
    const index = Math.floor(moment / microsPerStretch);
    let stretch = this.#stretches.get(index);
    if (!stretch) {
      if (this.#stretches.size >= stretchesKept) this.#stretches.clear();
      stretch = this.#measure(index * microsPerStretch);
      this.#stretches.set(index, stretch);
    }
    return moment < stretch.change ? stretch.before : stretch.after;
  }

  #measure(start: number): Stretch {
    const at = (micros: number): number => {
      const milliseconds = Math.min(Math.max(Math.floor(micros / 1000), -lastDate), lastDate);
      return this.#clock(milliseconds) * 1000;
    };
    const [before, after] = [at(start), at(start + microsPerStretch)];
    if (before === after) return { before, change: start, after };
    // Halved until the second is known in which the clock was changed.
    let [low, high] = [start, start + microsPerStretch];
    while (high - low > 1_000_000) {
      const middle = low + Math.floor((high - low) / 2e6) * 1_000_000;
      if (at(middle) === before) low = middle;
      else high = middle;
    }
    return { before, change: high, after };
  }
}

const zones = new Map<string, Zone>();

/** Fails for a name that is no zone's. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const zone = new Zone(fixedClock(name) ?? intlClock(name));
  zones.set(name, zone);
  return zone;
}

/** `UTC+2` and the like. */
function fixedClock(name: string): ((milliseconds: number) => number) | undefined {
  const [, sign, digits] = /^UTC([+-])([0-9]{1,2})$/.exec(name) ?? [];
  const hours = Number(digits);
  if (sign === undefined || hours > 14) return undefined;
  const offset = (sign === '-' ? -hours : hours) * 3_600_000;
  return () => offset;
}

function intlClock(name: string): (milliseconds: number) => number {
  const format = formatOf(legacy[name.toUpperCase()] ?? name);
  if (!format) throw new Error(`Unknown TimeZone '${name}'!`);
  return (milliseconds) => {
    const part = Object.fromEntries(format.formatToParts(milliseconds).map(({ type, value }) => [type, value]));
    const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year']);
    const day = dayOf(year, Number(part['month']), Number(part['day']));
    const seconds = (Number(part['hour']) * 60 + Number(part['minute'])) * 60 + Number(part['second']);
    return day * 86_400_000 + seconds * 1000 - Math.floor(milliseconds / 1000) * 1000;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  if (!/^[A-Za-z]/.test(timeZone)) return undefined; // browsers also take offsets for names
  const numbers = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, calendar: 'gregory', hourCycle: 'h23', era: 'short', second: 'numeric' },
      ...numbers,
    });
  } catch {
    return undefined; // the only thing it fails for is a name that it does not know
  }
}
