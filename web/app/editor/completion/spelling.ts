// How a field or a value is written in each syntax.
import type { Syntax } from '../../../../shared/pipeline/syntax/detect.ts';
import type { CursorPlace } from '../sketch/cursor.ts';

/** What the spelling depends on besides the syntax. */
export interface Spot {
  readonly place: CursorPlace;
  readonly cursor: number;
  readonly source: string;
  readonly syntax: Syntax;
  /** Whether it stands within brackets. */
  readonly flow: boolean;
  /** Whether a key and its separator stand before it on the line. */
  readonly afterKey: boolean;
  /** Whether that separator, or a dash, touches it. */
  readonly tight: boolean;
  readonly afterDash: boolean;
  /** Whether it is an item of a list. */
  readonly inList: boolean;
  /** Columns before the keys of the map around it. */
  readonly indent: number;
  /** Columns before it. */
  readonly column: number;
}

export type Shape = 'map' | 'list' | 'lists' | 'text' | 'other';

const openings: Readonly<Record<Shape, string>> = { map: '{¦}', list: '[¦]', lists: '[[¦]]', text: '"¦"', other: '' };

/** A key with its separator and the beginning of its value; without a shape, the key alone. */
export function keyText(name: string, spot: Spot, shape: Shape | undefined): string {
  const { syntax, flow } = spot;
  if (syntax === 'json') return shape ? `"${name}": ${openings[shape]}` : `"${name}"`;
  const quote = spot.place.quote;
  const key = /^[\w-]+$/.test(name) && quote === '' ? name : `${quote || '"'}${name}${quote || '"'}`;
  if (!shape) return key;
  if (syntax === 'toml') return `${key} = ${openings[shape].replace('{¦}', '{ ¦ }')}`;
  if (flow) return `${key}: ${shape === 'text' ? '' : openings[shape]}`;
  const below = `\n${' '.repeat(spot.column + 2)}`;
  const beginnings: Readonly<Record<Shape, string>> = {
    ...{ map: below, list: `${below}- `, lists: `${below}- - `, text: ' ', other: ' ' },
  };
  return `${key}:${beginnings[shape]}`;
}

/** Texts that YAML reads as text without quotes. */
const plainText = /^(?!(?:true|false|null|yes|no|on|off|~)$)[A-Za-z_][\w./-]*$/i;

export function valueText(value: string | number | boolean, { syntax, place, tight }: Spot): string {
  const space = tight ? ' ' : '';
  if (place.quote !== '') return place.quote + String(value) + place.quote;
  if (typeof value !== 'string') return space + String(value);
  return space + (syntax === 'yaml' && plainText.test(value) ? value : JSON.stringify(value));
}
