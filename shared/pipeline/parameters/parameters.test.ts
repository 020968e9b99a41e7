import { describe, expect, it } from 'vitest';
import { load, type Loaded } from '../load.ts';

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
    expect(queryOf(load(stageOf("SELECT '1${a}'"), { a: '' }))).toBe("SELECT '1'");
  });

  it('may not make a key that is there already', () => {
    const loaded = load('sources: []\nstages: []\n"${k}": []', { k: 'stages' });
    expect(codes(loaded)).toContain('parameter.invalid 3:1');
  });

  it('that make a key which is there already cause no second error about the value of that key', () => {
    const loaded = load('sources: []\nstages: []\n"${k}": {}', { k: 'sources' });
    expect(codes(loaded)).toEqual(['parameter.invalid 3:1']);
  });

  it('may not make a document of any length', () => {
    const loaded = load(stageOf(`'${'${a}'.repeat(100)}'`), { a: 'x'.repeat(100_000) });
    expect(codes(loaded)).toContain('document.limit 4:14');
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

  describe('with defaults in the text', () => {
    it.each([
      [{}, "SELECT 'jan'"],
      [{ m: 'feb' }, "SELECT 'feb'"],
      [{ m: '' }, "SELECT 'jan'"],
    ])('%j', (given, expected) => {
      expect(queryOf(load(stageOf("SELECT '${m:-jan}'"), given))).toBe(expected);
    });

    it('are listed', () => {
      expect(load(stageOf("SELECT '${m:-jan}', '${n:-}'"), {}).parameters).toMatchObject([
        { name: 'm', type: 'string', default: 'jan', required: false, given: false, secret: false },
        { name: 'n', default: '', required: false },
      ]);
    });

    it('yield to the default that is declared, and say so', () => {
      const loaded = load(`params: {m: {default: mar}}\n${stageOf("SELECT '${m:-jan}'")}`, {});
      expect(queryOf(loaded)).toBe("SELECT 'mar'");
      expect(codes(loaded)).toEqual(['parameter.unused 5:22']);
    });
  });

  describe('that are escaped', () => {
    it.each([
      ["'${{a}}'", "'${a}'"],
      ["'${{{a}}}'", "'${{a}}'"],
      ["'${{a:-b}}'", "'${a:-b}'"],
      ["'${{ a }}'", "'${{ a }}'"],
      ["'${{a}'", "'${{a}'"],
      ["'${a}}'", "'1}'"],
      ["'$${a}'", "'$1'"],
    ])('%s is %s', (typed, expected) => {
      expect(queryOf(load(stageOf(`SELECT ${typed}`), { a: '1' }))).toBe(`SELECT ${expected}`);
    });

    it('are no parameters', () => {
      expect(load(stageOf("SELECT '${{a}}'"), {}).parameters).toEqual([]);
    });
  });

  it('of other names are told, unless they have a value as in Aqueducts', () => {
    const text = stageOf("SELECT '${ a }', '${my-name}'");
    expect(load(text, {}).issues).toMatchObject([
      { code: 'parameter.text', severity: 'info', place: { line: 4, column: 22, endColumn: 28 } },
      { code: 'parameter.text', place: { column: 32 } },
    ]);
    expect(queryOf(load(text, { 'my-name': 'x' }))).toBe("SELECT '${ a }', 'x'");
  });

  it('whose value nobody uses are told', () => {
    expect(load(stageOf('SELECT 1'), { month: 'jan' }).issues).toMatchObject([
      { code: 'parameter.unknown', severity: 'info', place: { line: 1, column: 1 } },
    ]);
  });
});
