// A plan as text: the graph from sources to destination, then what is contacted and where it can run.
import type { Issue } from '../../../shared/errors.ts';
import type { Column } from '../../../shared/platform.ts';
import type { Plan, PlannedSource, PlannedStage, Verdict } from '../../../shared/protocol/plan.ts';
import { bytesText, countText } from '../../text/amounts.ts';
import type { Paint } from '../../text/paint.ts';
import { oneLine } from '../../text/safe.ts';

/** Columns that are named; of more, only how many they are is told. */
const mostColumns = 12;

/** Lines that end in a newline. */
export function planText(plan: Plan, paint: Paint): string {
  const { destination } = plan;
  const lines = [
    paint('bold', 'Reads'),
    ...(plan.sources.length > 0 ? plan.sources.flatMap((source) => sourceLines(source, paint)) : ['  nothing']),
    paint('bold', 'Computes'),
    ...(plan.stages.length > 0 ? plan.stages.flatMap((stage) => stageLines(stage, paint)) : ['  nothing']),
    paint('bold', 'Writes'),
    destination
      ? `  ${oneLine(destination.name)} <- ${oneLine(destination.reads ?? 'nothing')}  ${paint('dim', [destination.type, ...(destination.location === undefined ? [] : [oneLine(destination.location)])].join(' '))}`
      : '  nothing',
    paint('bold', 'Contacts'),
    ...(plan.contacts.length > 0 ? plan.contacts.map((contact) => `  ${oneLine(contact)}`) : ['  nobody']),
    paint('bold', 'Can run'),
    ...verdictLines('in a browser', plan.places.browser, paint),
    ...verdictLines('on a relay or with sluice run', plan.places.relay, paint),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function sourceLines({ name, type, location, columns, bytes, files }: PlannedSource, paint: Paint): string[] {
  const amounts = [
    ...(files === undefined || files === 1 ? [] : [countText(files, 'file')]),
    ...(bytes === undefined ? [] : [bytesText(bytes)]),
  ];
  const where = [type, ...(location === undefined ? [] : [oneLine(location)])].join(' ');
  const size = amounts.length > 0 ? ` (${amounts.join(', ')})` : '';
  return [`  ${oneLine(name)}  ${paint('dim', where + size)}`, ...columnLine(columns, paint)];
}

function stageLines({ name, reads, execution, reason, columns }: PlannedStage, paint: Paint): string[] {
  const from = reads.length > 0 ? reads.map(oneLine).join(', ') : 'nothing';
  const held = execution === 'table' ? `table${reason === undefined ? '' : `: ${oneLine(reason)}`}` : 'view';
  return [`  ${oneLine(name)} <- ${from}  ${paint('dim', held)}`, ...columnLine(columns, paint)];
}

function columnLine(columns: readonly Column[] | undefined, paint: Paint): string[] {
  if (!columns || columns.length === 0) return [];
  const named = columns.slice(0, mostColumns).map(({ name, type }) => oneLine(`${name} ${type}`));
  const more = columns.length > mostColumns ? [`and ${columns.length - mostColumns} more`] : [];
  return [`    ${paint('dim', [...named, ...more].join(', '))}`];
}

function verdictLines(place: string, { possible, reasons }: Verdict, paint: Paint): string[] {
  if (possible) return [`  ${place}: ${paint('green', 'yes')}`];
  return [`  ${place}: ${paint('yellow', 'no')}`, ...reasons.map(reasonLine)];
}

function reasonLine({ message, place }: Issue): string {
  return `    ${place ? `line ${place.line}: ` : ''}${oneLine(message)}`;
}
