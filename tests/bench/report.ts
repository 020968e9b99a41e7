// How measured figures are printed, each with what it may be at most.
import { ratio, type Figure, type Timing } from './measure.ts';

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
export const milliseconds = (time: number): string => `${time.toFixed(0)} ms`;

/** The second of two contenders over the first. */
export function report(title: string, [bare, ours]: readonly Timing[], atMost: number): void {
  if (!bare || !ours) throw new Error('Two contenders belong to a ratio.');
  const value = ratio(ours, bare);
  console.log(`${title}
  ${bare.name}: ${milliseconds(bare.median)} (${bare.rounds.map((time) => time.toFixed(0)).join(', ')})
  ${ours.name}: ${milliseconds(ours.median)} (${ours.rounds.map((time) => time.toFixed(0)).join(', ')})
  ratio ${value.toFixed(3)}×, at most ${atMost}×: ${verdict(value, atMost)}`);
}

export function tell(subject: string, figures: readonly Figure[]): void {
  for (const { title, value, atMost, unit, detail } of figures) {
    const told = atMost === undefined ? '' : `, at most ${atMost}${unit}: ${verdict(value, atMost)}`;
    console.log(`${subject}: ${title}\n  ${value.toFixed(2)}${unit} (${detail})${told}`);
  }
}

function verdict(value: number, atMost: number): string {
  return value <= atMost ? 'reached' : 'NOT reached';
}
