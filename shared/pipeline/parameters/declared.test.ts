import { JsonNumber, type Json } from '../../formats/json/value.ts';
import { describe, expect, it } from 'vitest';
import { load, type Loaded } from '../load.ts';
import { serialize, toWire } from '../serialize.ts';

const stageOf = (query: string, more = ''): string =>
  `sources: []\nstages:\n  - - name: a\n${more}      query: ${query}\n`;
const queryOf = (loaded: Loaded): string | undefined => loaded.pipeline?.stages[0]?.[0]?.query;
const codes = (loaded: Loaded): string[] =>
  loaded.issues.map(({ code, place }) => `${code} ${place?.line}:${place?.column}`);

describe('parameters that are declared', () => {
  const declare = (params: string, rest = stageOf("SELECT '${p}'")): string => `params: ${params}\n${rest}`;

  it('come with what a form needs', () => {
    const text = declare(
      '{p: {type: integer, default: 1, enum: [1, 2], description: How many}, q: {secret: true}, r: }',
      stageOf("SELECT '${p}${q}', '${z}'"),
    );
    const { parameters } = load(text, { q: 'x' });
    expect(parameters.map((one) => ({ ...one, places: one.places.length }))).toEqual([
      {
        ...{ name: 'p', type: 'integer', default: '1', enum: ['1', '2'], description: 'How many' },
        ...{ secret: false, required: false, given: false, places: 1 },
      },
      { name: 'q', type: 'string', secret: true, required: true, given: true, places: 1 },
      { name: 'r', type: 'string', secret: false, required: false, given: false, places: 0 },
      { name: 'z', type: 'string', secret: false, required: true, given: false, places: 1 },
    ]);
  });

  it.each([
    ['{type: integer}', '5', 'x', 'must be a whole number'],
    ['{type: number}', '-1.5e3', '1,5', 'must be a number'],
    ['{type: boolean}', 'true', 'yes', 'must be `true` or `false`'],
    ['{type: date}', '2024-02-29', '2023-02-29', 'must be a date'],
    ['{type: timestamp}', '2024-01-31T12:00:00.5+02:00', '2024-01-31', 'must be a date and time'],
    ['{enum: [jan, feb]}', 'jan', 'mar', 'must be one of `jan`, `feb`'],
  ])('are checked: %s takes %s and not %s', (definition, right, wrong, words) => {
    expect(queryOf(load(declare(`{p: ${definition}}`), { p: right }))).toBe(`SELECT '${right}'`);
    const { issues } = load(declare(`{p: ${definition}}`), { p: wrong });
    expect(issues).toMatchObject([{ code: 'parameter.invalid', severity: 'error', place: { line: 5, column: 22 } }]);
    expect(issues[0]?.message).toContain(`The value of \`p\` ${words}`);
  });

  it('take their defaults, which may be typed as what they are', () => {
    expect(queryOf(load(declare('{p: {default: 007}}'), {}))).toBe("SELECT '007'");
    expect(queryOf(load(declare('{p: {type: number, default: 1.50}}'), {}))).toBe("SELECT '1.5'");
    expect(queryOf(load(declare('{p: {type: boolean, default: true}}'), {}))).toBe("SELECT 'true'");
    expect(queryOf(load(declare('{p: {required: false}}'), {}))).toBe("SELECT ''");
    expect(codes(load(declare('{p: {required: true, default: a}}'), {}))).toEqual(['parameter.missing 5:22']);
  });

  it('take an empty value for none where it cannot be one', () => {
    expect(queryOf(load(declare('{p: {type: integer, default: 3}}'), { p: '' }))).toBe("SELECT '3'");
    expect(queryOf(load(declare('{p: {default: x}}'), { p: '' }))).toBe("SELECT ''");
  });

  it('are judged themselves', () => {
    const told = (params: string): string[] => load(declare(params), { p: 'a' }).issues.map(({ message }) => message);
    expect(told('{p: {type: text}}')).toEqual([expect.stringMatching(/^`type` must be `string`, /)]);
    expect(told('{p: {type: integer, default: x}}')).toContain('`default` must be a whole number.');
    expect(told('{p: {enum: [b], default: a}}')).toContain('`default` must be one of the values of `enum`.');
    expect(told('{p: {defualt: a}}')).toEqual(['There is no field `defualt` here; it has no effect.']);
    expect(told('{p: {}, a-b: {}}')).toContain('`a-b` must be made of letters, digits and `_`.');
    expect(told('{p: {}, unused: {}}')).toEqual(['The parameter `unused` is declared and not used.']);
    expect(told('[p]')).toEqual(['`params` must be a map, not a list.']);
  });

  it('are not put into their own block', () => {
    const loaded = load(declare("{p: {default: '${x}', description: 'like ${y}'}}"), {});
    expect(queryOf(loaded)).toBe("SELECT '${x}'");
    expect(loaded.issues).toEqual([]);
  });

  it('are numbers and truth values where any value may stand', () => {
    const text = declare(
      '{p: {type: integer}, q: {type: boolean}}',
      "sources: [{type: inline, name: a, rows: [{x: '${p}', y: '${q}', z: 'n${p}'}]}]\nstages: []",
    );
    expect(load(text, { p: '9007199254740993', q: 'true' }).pipeline?.sources[0]).toMatchObject({
      rows: [new Map<string, Json>([['x', new JsonNumber('9007199254740993')], ['y', true], ['z', 'n9007199254740993']])],
    });
  });
});

describe('parameters that are secret', () => {
  const text = `params: {s: {secret: true}}\n${stageOf("SELECT '${s}'").replace('name: a', 'name: a\n      show: ${s}')}`;

  it('are in no issue', () => {
    const secret = "hunter'2";
    const loaded = load(text.replace('show: ${s}', "sohw: 1\n      '${s}': 1"), { s: secret });
    const type = load(`params: {s: {secret: true}}\nsources: [{type: '\${s}'}]\nstages: []`, { s: secret });
    expect(loaded.pipeline).toBeDefined();
    expect(type.issues).toHaveLength(1);
    expect(JSON.stringify([loaded.issues, type.issues, loaded.parameters])).not.toContain('hunter');
    expect(JSON.stringify(loaded.issues)).toContain('`***`');
  });

  it('are hidden in every spelling', () => {
    const { mask } = load(text, { s: 'a b\'c"d' });
    const spellings = ['a b\'c"d', "a b''c\"d", 'a b\'c""d', 'a b\'c\\"d', "a%20b'c%22d"];
    expect(mask(spellings.join(' | '))).toBe('*** | *** | *** | *** | ***');
  });

  it('are not written out, but to an executor', () => {
    const { pipeline, mask } = load(text.replace('      show: ${s}\n', ''), { s: "hunter'2" });
    if (!pipeline) throw new Error('There is no pipeline.');
    expect(serialize(pipeline, mask)).toContain("SELECT '***'");
    expect(toWire(pipeline)).toContain("SELECT 'hunter''2'");
  });

  it('have no default that everyone can read', () => {
    const { issues, parameters } = load(`params: {s: {secret: true, default: x}}\n${stageOf("SELECT '${s}'")}`, {});
    expect(issues).toMatchObject([{ code: 'parameter.exposed', severity: 'warning', place: { line: 1, column: 28 } }]);
    expect(parameters).toMatchObject([{ name: 's', required: false }]);
    expect(parameters[0]).not.toHaveProperty('default');
  });
});
