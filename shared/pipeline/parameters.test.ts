import { describe, expect, it } from 'vitest';
import { load, type Loaded } from './load.ts';

const stageOf = (query: string, more = ''): string =>
  `sources: []\nstages:\n  - - name: a\n${more}      query: ${query}\n`;
const queryOf = (loaded: Loaded): string | undefined => loaded.pipeline?.stages[0]?.[0]?.query;
const codes = (loaded: Loaded): string[] =>
  loaded.issues.map(({ code, place }) => `${code} ${place?.line}:${place?.column}`);

describe('parameters', () => {
  it('are replaced in values, keys and types', () => {
    const text =
      'sources: [{type: "${t}", name: "${n}_1", format: {type: csv, "${o}": {"has_${h}": false}}, location: "x/${n}${n}"}]\nstages: []';
    const { pipeline, issues } = load(text, { t: 'file', n: 'a', o: 'options', h: 'header' });
    expect(issues).toEqual([]);
    expect(pipeline?.sources[0]).toMatchObject({
      name: 'a_1',
      location: 'x/aa',
      format: { options: { has_header: false } },
    });
  });

  it.each(['a: b', '"', "'", '\n- x', '{', '# no', '*x', '\\', '"""', '${n}', '$&'])(
    'never change the structure: %j',
    (value) => {
      const texts = [
        `{"sources":[],"stages":[[{"name":"\${n}","query":"SELECT 1"}]]}`,
        `sources: []\nstages:\n  - - name: \${n}\n      query: SELECT 1\n`,
        `sources = []\nstages = [[{ name = "\${n}", query = "SELECT 1" }]]\n`,
      ];
      for (const text of texts) expect(load(text, { n: value }).pipeline?.stages[0]?.[0]?.name).toBe(value);
    },
  );

  it('are listed with every place, in the order of the text', () => {
    const { parameters } = load(stageOf('SELECT ${b}, ${a}, ${b}', '      # ${comment}\n'), { a: '1' });
    expect(parameters).toMatchObject([
      {
        name: 'b',
        given: false,
        places: [
          { line: 5, column: 21, endColumn: 25 },
          { line: 5, column: 33 },
        ],
      },
      { name: 'a', given: true, places: [{ line: 5, column: 27 }] },
    ]);
  });

  it('are all told at once when they have no value', () => {
    const loaded = load(stageOf('SELECT ${b}, ${a}, ${b}'), {});
    expect(loaded.pipeline).toBeUndefined();
    expect(loaded.issues).toMatchObject([
      {
        code: 'parameter.missing',
        place: { line: 4, column: 21 },
        message: 'The parameter `b` has no value. It is used 2 times.',
      },
      { code: 'parameter.missing', place: { line: 4, column: 27 }, message: 'The parameter `a` has no value.' },
    ]);
  });

  it('are counted once where an alias repeats them', () => {
    const text = 'sources: []\nx: &q SELECT ${a}\nstages: [[{name: a, query: *q}, {name: b, query: *q}]]';
    expect(load(text, {}).parameters).toMatchObject([{ name: 'a', places: [{ line: 2, column: 14 }] }]);
  });

  it('do not find inherited properties', () => {
    expect(codes(load(stageOf('SELECT ${constructor}'), {}))).toEqual(['parameter.missing 4:21']);
  });

  it('leave other dollars alone', () => {
    const query = '$${a} ${ a } ${a-b} $1 {a}';
    expect(queryOf(load(stageOf(query), { a: '5' }))).toBe('$5 ${ a } ${a-b} $1 {a}');
  });

  it('may be empty', () => {
    expect(queryOf(load(stageOf('SELECT 1${a}'), { a: '' }))).toBe('SELECT 1');
  });

  it('may not make a key that is there already', () => {
    const loaded = load('sources: []\nstages: []\n"${k}": []', { k: 'stages' });
    expect(codes(loaded)).toContain('parameter.invalid 3:1');
  });

  it('may not make a document of any length', () => {
    const loaded = load(stageOf(`'${'${a}'.repeat(100)}'`), { a: 'x'.repeat(100_000) });
    expect(codes(loaded)).toContain('document.limit 4:14');
  });

  describe('in SQL', () => {
    it.each([
      ["SELECT '${v}'", "o'x", "SELECT 'o''x'"],
      ["SELECT 'a' || '-${v}-'", "'", "SELECT 'a' || '-''-'"],
      ["SELECT 'it''s ${v}'", "o'x", "SELECT 'it''s o''x'"],
      ["SELECT e'${v}'", "a'\\", "SELECT e'a''\\\\'"],
      ['SELECT "${v}"', 'a"b\'', 'SELECT "a""b\'"'],
      ['SELECT ${v}', "'x'", "SELECT 'x'"],
      ["SELECT ${v}, '${v}'", "'x'", "SELECT 'x', '''x'''"],
      ["SELECT $$'${v}'$$", "o'x", "SELECT $$'o'x'$$"],
      ["SELECT 1 -- it's ${v}", "o'x", "SELECT 1 -- it's o'x"],
      ["SELECT /* ' */ '${v}'", "'", "SELECT /* ' */ ''''"],
      ["SELECT '😀', '${v}'", "'", "SELECT '😀', ''''"],
      ["SELECT $${v}, '${v}'", "1'", "SELECT $1', '1'''"],
    ])('%s with %s', (query, value, expected) => {
      const text = JSON.stringify({ sources: [], stages: [[{ name: 'a', query }]] });
      expect(queryOf(load(text, { v: value }))).toBe(expected);
    });

    it('are not escaped in other texts', () => {
      const text = stageOf('SELECT 1').replace('name: a', `name: "it's '\${v}'"`);
      expect(load(text, { v: "o'x" }).pipeline?.stages[0]?.[0]?.name).toBe("it's 'o'x'");
    });
  });

  describe('in fields that want no text', () => {
    it.each([
      ['yaml', 'sources: []\nstages: [[{name: a, query: q, show: "${n}", explain: "${b}"}]]'],
      ['yaml', 'sources: []\nstages:\n  - - name: a\n      query: q\n      show: ${n}\n      explain: ${b}'],
      ['json', '{"sources":[],"stages":[[{"name":"a","query":"q","show":"${n}","explain":"${b}"}]]}'],
      ['toml', 'sources = []\nstages = [[{ name = "a", query = "q", show = "${n}", explain = "${b}" }]]'],
    ] as const)('become numbers and truth values (%s)', (syntax, text) => {
      const { pipeline } = load(text, { n: '20', b: 'true' }, syntax);
      expect(pipeline?.stages[0]?.[0]).toMatchObject({ show: 20, explain: true });
    });

    it.each(['x', '-1', '1.5', '', '1e400', '0x10'])('are refused at their place when they do not fit: %j', (value) => {
      const loaded = load('sources: []\nstages: [[{name: a, query: q, show: "${n}"}]]', { n: value });
      expect(codes(loaded)).toEqual(['parameter.invalid 2:37']);
      expect(loaded.issues[0]?.hint).toBe('Change the value of `n`.');
    });

    it('stay text where text is wanted', () => {
      expect(
        load(stageOf('SELECT 1').replace('name: a', 'name: ${y}'), { y: '2024' }).pipeline?.stages[0]?.[0]?.name,
      ).toBe('2024');
    });

    it('cause no second error when they have no value', () => {
      expect(codes(load('sources: []\nstages: [[{name: "${n}", query: "${n}", show: "${n}"}]]', {}))).toEqual([
        'parameter.missing 2:19',
      ]);
    });
  });
});
