// Whatever is typed, a sketch ends, and where the text is whole it agrees with the parsers.
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Path } from '../../../../shared/errors.ts';
import { parseDocument } from '../../../../shared/pipeline/document.ts';
import type { Syntax } from '../../../../shared/pipeline/syntax/detect.ts';
import { isText, type Node } from '../../../../shared/pipeline/syntax/tree.ts';
import { placeAt } from './cursor.ts';

const read = (path: string): string => readFileSync(new URL(`../../../../examples/${path}`, import.meta.url), 'utf8');
const documents: readonly [Syntax, string][] = [
  ['yaml', read('weather/pipeline.yml')],
  ['toml', read('shop/pipeline.toml')],
  ['json', read('bikes/pipeline.json')],
];

/** Every text of a document with its path. */
function* textsOf(node: Node, path: Path): Generator<[Path, Node]> {
  if (node.kind === 'list') for (const [index, item] of node.items.entries()) yield* textsOf(item, [...path, index]);
  else if (node.kind === 'map') for (const { key, value } of node.entries) yield* textsOf(value, [...path, key.value]);
  else if (isText(node)) yield [path, node];
}

describe.each(documents)('a sketch of %s', (syntax, text) => {
  it('has every text under the path that the parser gives it', () => {
    const { document } = parseDocument(text, syntax);
    const texts = document ? [...textsOf(document.root, [])] : [];
    expect(texts.length).toBeGreaterThan(10);
    for (const [path, { end }] of texts) {
      const place = placeAt(text, text.slice(0, end).search(/["'\s]*$/), syntax);
      expect([place?.role, place?.path]).toEqual(['value', path]);
    }
  });

  it('never fails, wherever the text is cut or broken', () => {
    const position = fc.nat({ max: text.length });
    fc.assert(
      fc.property(
        position,
        position,
        position,
        fc.constantFrom('', '{', '[', '"', "'", '"""', ':', '-', '\n', '|'),
        (...[a, b, cursor, typed]) => {
          const broken = text.slice(0, Math.min(a, b)) + typed + text.slice(Math.max(a, b));
          const place = placeAt(broken, Math.min(cursor, broken.length), syntax);
          if (!place) return;
          expect(place.from).toBeLessThanOrEqual(cursor);
          expect(place.to).toBeLessThanOrEqual(broken.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
