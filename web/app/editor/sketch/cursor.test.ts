import { describe, expect, it } from 'vitest';
import type { Syntax } from '../../../../shared/pipeline/syntax/detect.ts';
import { placeAt } from './cursor.ts';

/** `role path «typed word»` at the `|` of a text. */
function at(marked: string, syntax: Syntax): string | undefined {
  const cursor = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const place = placeAt(text, cursor, syntax);
  return place && `${place.role} ${place.path.join('/')} «${text.slice(place.from, place.to)}»`;
}

const yaml: readonly [name: string, text: string, expected: string | undefined][] = [
  ['an empty document', '¦', 'value  «»'],
  ['the first key', 'sou¦', 'value  «sou»'],
  ['a key of the root', 'version: v2\nso¦', 'key  «so»'],
  ['a blank line at the margin', 'version: v2\n¦', 'key  «»'],
  ['a blank line between keys', 'sources: []\n¦\nstages: []\n', 'key  «»'],
  ['a key that stands already', 'ver¦sion: v2\n', 'key  «version»'],
  ['a value', 'sources:\n  - type: fi¦\n', 'value sources/0/type «fi»'],
  ['a value not begun', 'sources:\n  - type: ¦\n    name: a\n', 'value sources/0/type «»'],
  ['a value right behind the colon', 'sources:\n  - type:¦\n', 'value sources/0/type «»'],
  ['an item not begun', 'sources:\n  - ¦\n', 'value sources/0 «»'],
  ['right behind a dash', 'sources:\n  -¦\n', 'value sources/0 «»'],
  ['the first key of an item', 'sources:\n  - ty¦\n', 'value sources/0 «ty»'],
  ['the first key of an item that has more', 'sources:\n  - ty¦\n    name: a\n', 'key sources/0 «ty»'],
  ['a key between others', 'sources:\n  - type: file\n    na¦\n    location: x\n', 'key sources/0 «na»'],
  ['a blank line in an item', 'sources:\n  - type: file\n    ¦\n    location: x\n', 'key sources/0 «»'],
  ['a blank line after an item', 'sources:\n  - type: file\n    ¦\nstages: []\n', 'key sources/0 «»'],
  ['a list without a dash', 'sources:\n  - type: file\n  ¦\n', 'value sources/1 «»'],
  ['dashes at the column of their key', 'sources:\n- type: file\n- ¦\nstages: []', 'value sources/1 «»'],
  ['back at the margin after such dashes', 'sources:\n- type: file\n¦', 'key  «»'],
  ['a map below its key', 'sources:\n  - format:\n      ¦', 'value sources/0/format «»'],
  ['a second key below its key', 'sources:\n  - format:\n      type: csv\n      op¦', 'key sources/0/format «op»'],
  ['back from a map', 'sources:\n  - format:\n      type: csv\n    lo¦', 'key sources/0 «lo»'],
  ['stages in groups', 'stages:\n  - - name: a\n      query: SELECT 1\n    - na¦', 'value stages/0/1 «na»'],
  ['a second group', 'stages:\n  - - name: a\n      query: SELECT 1\n  - - ¦', 'value stages/1/0 «»'],
  ['a key after a block of text', 'stages:\n  - - query: |\n        SELECT 1\n      sh¦', 'key stages/0/0 «sh»'],
  ['a flow map', 'sources:\n  - {type: file, na¦}\n', 'key sources/0 «na»'],
  [
    'a flow map that is not closed',
    'sources:\n  - format: {ty¦\n    name: a\nstages: []\n',
    'key sources/0/format «ty»',
  ],
  ['a value in a flow map', 'sources:\n  - {type: ¦}\n', 'value sources/0/type «»'],
  ['a flow list', 'destination: {partition_columns: [a, ¦]}', 'value destination/partition_columns/1 «»'],
  ['a value in quotes', 'sources:\n  - type: "fi¦"\n', 'value sources/0/type «fi»'],
  ['a quote that is not closed', 'sources:\n  - type: "fi¦\n    name: "a"\n', 'value sources/0/type «fi»'],
  ['an anchor', 'sources:\n  - &a\n    type: fi¦\n', 'value sources/0/type «fi»'],
  [
    'a plain text over two lines',
    'stages:\n  - - query: SELECT a\n        FROM ¦',
    'value stages/0/0/query «SELECT a\n        FROM »',
  ],
  ['a comment', 'sources: []\n# he¦re\n', undefined],
  ['a comment behind a value', 'version: v2 # he¦re\n', undefined],
  ['CRLF', 'sources:\r\n  - type: file\r\n    na¦\r\n    location: x\r\n', 'key sources/0 «na»'],
  ['a parameter in a value', 'sources:\n  - location: ./a_${mo¦\n', 'value sources/0/location «./a_${mo»'],
  ['JSON in YAML', '{sources: [{type: file, ¦', 'key sources/0 «»'],
];

const json: readonly [name: string, text: string, expected: string | undefined][] = [
  ['an empty map', '{¦', 'key  «»'],
  ['a bare key', '{so¦}', 'key  «so»'],
  ['a key in quotes', '{"so¦"}', 'key  «so»'],
  ['a quote not closed', '{"so¦\n  "stages": []}', 'key  «so»'],
  ['a second key', '{"version": "v2", ¦}', 'key  «»'],
  ['a second key without a comma', '{"version": "v2"\n  ¦}', 'key  «»'],
  ['a value', '{"sources": [{"type": "fi¦"}]}', 'value sources/0/type «fi»'],
  ['a value not begun', '{"sources": [{"type": ¦}]}', 'value sources/0/type «»'],
  ['an item not begun', '{"sources": [¦]}', 'value sources/0 «»'],
  ['the next item', '{"sources": [{"type": "file"}, ¦', 'value sources/1 «»'],
  ['a map that its list closes', '{"sources": [{"type": "file", "na¦"], "stages": []}', 'key sources/0 «na»'],
  ['after a map that its list closes', '{"sources": [{"type": "file"], "st¦', 'key  «st»'],
  ['nested deep', '{"stages": [[{"name": "a"}, {"qu¦', 'key stages/0/1 «qu»'],
  ['escapes', '{"a": "\\"", "b": "x¦"}', 'value b «x»'],
  ['a number', '{"stages": [[{"show": 1¦}]]}', 'value stages/0/0/show «1»'],
  ['after the end', '{} ¦', undefined],
];

const toml: readonly [name: string, text: string, expected: string | undefined][] = [
  ['an empty document', '¦', 'key  «»'],
  ['a key', 'ver¦', 'key  «ver»'],
  ['a value', 'version = "v¦"', 'value version «v»'],
  ['a value not begun', '[destination]\ntype = ¦\nname = "a"', 'value destination/type «»'],
  ['a table', '[destination]\nty¦', 'key destination «ty»'],
  ['a blank line in a table', '[destination]\ntype = "file"\n¦\n[x]\n', 'key destination «»'],
  ['an array of tables', '[[sources]]\ntype = "file"\n\n[[sources]]\nna¦\n', 'key sources/1 «na»'],
  ['a table below an item', '[[sources]]\ntype = "file"\n[sources.format]\nty¦', 'key sources/0/format «ty»'],
  ['an inline table', '[[sources]]\nformat = { type = "csv", op¦', 'key sources/0/format «op»'],
  [
    'an inline table before other lines',
    '[[sources]]\nformat = { ty¦\n[destination]\nname = "x"',
    'key sources/0/format «ty»',
  ],
  ['a dotted key', '[[sources]]\nformat.ty¦', 'key sources/0/format «ty»'],
  ['a value under a dotted key', '[[sources]]\nformat.type = "c¦"', 'value sources/0/format/type «c»'],
  ['groups of inline tables', 'stages = [\n  [{ name = "a", qu¦ }],\n]\n', 'key stages/0/0 «qu»'],
  ['a text of several lines', 'stages = [[{ query = """\nSELECT ¦\n""" }]]', 'value stages/0/0/query «\nSELECT \n»'],
  ['after a text of several lines', 'stages = [[{ query = """\nSELECT 1""", sh¦ }]]', 'key stages/0/0 «sh»'],
  ['a header', '[[sou¦]]\n', 'header  «[[sou]]»'],
  ['a header not closed', 'version = "v2"\n[dest¦\nname = "x"', 'header  «[dest»'],
  ['below a header not closed', '[[sources]]\nname = "a"\n[sources.for\nty¦', 'key sources/0/for «ty»'],
  ['a comment', '# he¦re', undefined],
];

describe.each([
  ['yaml', yaml],
  ['json', json],
  ['toml', toml],
] as const)('the place of the cursor in %s', (syntax, cases) => {
  it.each(cases)('%s', (_name, text, expected) => {
    expect(at(text, syntax)).toBe(expected);
  });
});
