// Rules for aggregates and windows: other names, and words that stand elsewhere.
import { failure } from '../../../../errors.ts';
import { around, rename, type Place, type Rule } from './rule.ts';

function isWindow({ call, structure }: Place): boolean {
  let next = call.close + 1;
  if (structure.is(next, 'IGNORE', 'RESPECT') && structure.is(next + 1, 'NULLS')) next += 2;
  if (structure.is(next, 'FILTER')) next = (structure.partner.get(next + 1) ?? next) + 1;
  if (structure.is(next, 'IGNORE', 'RESPECT') && structure.is(next + 1, 'NULLS')) next += 2;
  return structure.is(next, 'OVER');
}

/** `f(x) IGNORE NULLS OVER` has the words inside the parentheses in DuckDB. */
export function movesNulls(rule: Rule): Rule {
  return (place) => {
    const { call, structure, edits } = place;
    const next = call.close + 1;
    if (structure.is(next, 'IGNORE', 'RESPECT') && structure.is(next + 1, 'NULLS')) {
      const words = structure.is(next, 'IGNORE') ? ' IGNORE NULLS)' : ' RESPECT NULLS)';
      edits.replace(structure.start(call.close), structure.end(next + 1), words);
    }
    rule(place);
  };
}

export const nothing: Rule = () => undefined;

/** As aggregates these have other names. */
export function firstOrLast(name: string): Rule {
  return movesNulls((place) => {
    if (!isWindow(place)) rename(name)(place);
  });
}

export const nthValue: Rule = movesNulls((place) => {
  const { call, structure, edits } = place;
  const [, second] = call.arguments;
  if (isWindow(place) || !second) return;
  const n = structure.text(second[0]) ?? '';
  edits.replace(structure.start(call.nameIndex), structure.end(call.nameIndex), 'list_extract(list');
  edits.replace(structure.end(second[0] - 2), structure.end(second[0]), '');
  edits.wrap(structure.start(call.nameIndex), structure.end(call.close), '', `, ${n})`);
});

/** `f(p) WITHIN GROUP (ORDER BY x)`: DuckDB takes the value as the first argument. */
export function withinGroup(name: string, weighted: boolean): Rule {
  return (place) => {
    const { call, structure, edits } = place;
    const group = call.close + 3;
    const close = structure.partner.get(group);
    const p = call.arguments[weighted ? 1 : 0];
    if (!structure.is(call.close + 1, 'WITHIN') || close === undefined || !p) return;
    if (weighted) throw failure('document.unsupported', `DuckDB has no percentiles with weights.`);
    const descending = structure.is(close - 1, 'DESC');
    const share = structure.tokens
      .slice(p[0], p[1])
      .map(({ text }) => text)
      .join(' ');
    edits.replace(structure.start(call.nameIndex), structure.end(group + 2), `${name}(`);
    const order = structure.is(close - 1, 'DESC', 'ASC') ? close - 1 : close;
    const fraction = descending ? `1 - (${share})` : share;
    edits.replace(structure.end(order - 1), structure.end(close), `, ${fraction})`);
  };
}

/** As an aggregate of whole numbers it is a whole number. */
export const median: Rule = (place) => {
  const { call, structure } = place;
  if (!isWindow(place) && !structure.is(call.close + 1, 'FILTER') && !structure.is(call.open + 1, 'DISTINCT')) {
    rename('median__')(place);
  }
};

export const approximateMedian: Rule = (place) => around(place, 'approx_quantile(', ', 0.5)');
