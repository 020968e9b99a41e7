// Where a text was typed, for every style of the three syntaxes: each unit that is not blank must be found again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document, Scalar, parseDocument as parseWithLibrary } from 'yaml';
import { parseDocument, type Syntax } from '../document.ts';
import { isText, nodeAt, type TextScalar } from './tree.ts';

function textIn(document: string, syntax: Syntax): { node: TextScalar; body: string } {
  const { document: parsed, issues, source } = parseDocument(document, syntax);
  const node = parsed && nodeAt(parsed.root, ['q']);
  if (!isText(node)) throw new Error(`no text in ${document}: ${JSON.stringify(issues)}`);
  return { node, body: source.body };
}

/** What stands in the document where each unit of the decoded text began. */
function typed(document: string, syntax: Syntax): [decoded: string, typed: string][] {
  const { node, body } = textIn(document, syntax);
  const spelling = node.spelling?.();
  return Array.from({ length: node.value.length }, (_, index) => {
    return [node.value[index] ?? '', body.slice(spelling?.start(index), spelling?.end(index))];
  });
}

/** Asserts that every unit which is not blank stands where its spelling says, as itself or as an escape. */
function expectFound(document: string, syntax: Syntax, escapes = /^\\/): void {
  const { node, body } = textIn(document, syntax);
  const spelling = node.spelling?.();
  let before = -1;
  for (let index = 0; index < node.value.length; index++) {
    const [unit = '', start] = [node.value[index], spelling?.start(index) ?? -1];
    if (/[ \t\r\n]/.test(unit)) continue;
    const found = body.slice(start, start + 1);
    expect(found === unit || escapes.test(found), `${JSON.stringify(document)} unit ${index}: ${unit} ≠ ${found}`).toBe(
      true,
    );
    expect(start).toBeGreaterThanOrEqual(before);
    before = start;
  }
}

const at = (document: string, syntax: Syntax, word: string): string => {
  const { node, body } = textIn(document, syntax);
  return body.slice(node.spelling?.().start(node.value.indexOf(word)));
};

describe('YAML', () => {
  it.each([
    ['plain', 'q: SELECT ä FROM x # no'],
    ['plain over lines', 'q: SELECT ä\n   , b\n\n   FROM x\nz: 1'],
    ['single-quoted', `q: 'SELECT ''ä'' \n\n   FROM x'`],
    ['literal', 'q: |\n  SELECT ä\n\n    , b\n  FROM x\nz: 1'],
    ['literal with an indentation of its own', 'q: |2-  # note\n    SELECT ä\n   FROM x\n\n'],
    ['literal that starts with blank lines', 'q: |\n\n\n   SELECT 1\n   FROM x\n'],
    ['folded', 'q: >\n  SELECT ä\n  FROM x\n\n  WHERE\n    1\n  = 2\n\n\n   OR 3\n'],
    ['folded, chomped', 'q: >-\n\n  SELECT\n\n\n  FROM x\n\n\n'],
    ['folded, kept', 'q: >+\n  SELECT\n  FROM x\n\n\n'],
    ['literal in a list', 'q: |\n SELECT\t1\n\n\n \tFROM x  \n  y'],
  ])('%s', (_, document) => {
    expectFound(document, 'yaml');
    expectFound(document.replaceAll('\n', '\r\n'), 'yaml');
    expect(at(document, 'yaml', 'SELECT')).toMatch(/^SELECT/);
  });

  it('reads the escapes of double quotes', () => {
    const document = 'q: "a\\tb\\"\\x41\\u00e4\\U0001F600 \\\n   c\n\n  d\\\\ ä  \n e"';
    expect(typed(document, 'yaml').filter(([unit, text]) => unit !== text)).toEqual([
      ['\t', '\\t'],
      ['"', '\\"'],
      ['A', '\\x41'],
      ['ä', '\\u00e4'],
      ['\uD83D', '\\U0001F600'],
      ['\uDE00', '\\U0001F600'],
      ['\n', '\n\n  '],
      ['\\', '\\\\'],
      [' ', '  \n '],
    ]);
  });

  it('finds every character of what the library writes in any style', () => {
    const line = fc.string({
      unit: fc.constantFrom('a', 'ä', '😀', "'", '"', ' ', '\t', ':', '#', '\\', '-', ','),
      maxLength: 12,
    });
    const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'));
    const style = fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED');
    fc.assert(
      fc.property(text, style, fc.constantFrom('\n', '\r\n'), (value, type, lineEnd) => {
        const written = new Document({ q: Object.assign(new Scalar(value), { type }) }).toString({
          lineWidth: 8,
          minContentWidth: 0,
        });
        const document = written.replaceAll('\n', lineEnd);
        fc.pre(typeof parseWithLibrary(document).get('q') === 'string');
        expectFound(document, 'yaml');
      }),
      { numRuns: 400, seed: 1 },
    );
  });
});

describe('JSON', () => {
  it('reads escapes', () => {
    expect(typed('{"q": "ä\\n\\u0041\\"\\/x"}', 'json')).toEqual([
      ['ä', 'ä'],
      ['\n', '\\n'],
      ['A', '\\u0041'],
      ['"', '\\"'],
      ['/', '\\/'],
      ['x', 'x'],
    ]);
  });

  it('finds every character of what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        expectFound(`{"q":${JSON.stringify(value)}}`, 'json');
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

describe('TOML', () => {
  it.each([
    ['basic', 'q = "SELECT \\"ä\\" \\u0041 \\U0001F600 FROM x"'],
    ['literal', "q = 'SELECT \\ä FROM x'"],
    ['multi-line basic', 'q = """\nSELECT ä, \\\n   b, "c" ""\n  FROM x\\n\\"""" # note'],
    ['multi-line basic on one line', 'q = """SELECT 1 """'],
    ['multi-line literal', "q = '''\nSELECT \\ ä ''\n\n  FROM x'''"],
    ['in a table', 'q = "SELECT"\n[z.y]\nb = 2\n'],
  ])('%s', (_, document) => {
    expectFound(document, 'toml');
    expectFound(document.replaceAll('\n', '\r\n'), 'toml');
    expect(at(document, 'toml', 'SELECT')).toMatch(/^SELECT/);
  });

  it('gives an escape as a whole', () => {
    expect(typed('q = "\\t\\u00e4b"', 'toml')).toEqual([
      ['\t', '\\t'],
      ['ä', '\\u00e4'],
      ['b', 'b'],
    ]);
  });
});
