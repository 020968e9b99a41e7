// The JSON Schema of a pipeline → tables of options in Markdown.
import type { JsonSchema } from '../../shared/pipeline/json-schema.ts';

const chapters: readonly (readonly [heading: string, titles: RegExp, words: string])[] = [
  ['Parameters', /^Parameter$/, 'Each entry of `params` is named as texts use it: `month` for `${month}`.'],
  ['Sources', /^Source: /, 'Each item of `sources`.'],
  ['Formats that are read', /\(read\)$/, 'The `format` of a source.'],
  ['Columns', /^Column$/, 'Each item of a `schema`.'],
  ['Stages', /^Stage$/, 'Each item of a group in `stages`.'],
  ['Checks', /^Check: /, 'Each item of the `checks` of a source or stage.'],
  ['Destinations', /^Destination: /, 'The `destination`.'],
  ['Formats that are written', /\(write\)$/, 'The `format` of a destination.'],
  ['Write modes', /^(Write mode: |Replaced rows$)/, 'The `write_mode` of a destination.'],
];

/** The whole page. Fails when a definition belongs to no chapter. */
export function optionTables(schema: JsonSchema): string {
  const definitions = Object.entries(schema.definitions ?? {});
  const homeless = definitions.filter(([title]) => !chapters.some(([, titles]) => titles.test(title)));
  if (homeless.length > 0) throw new Error(`Definitions without a chapter: ${homeless.map(([title]) => title).join()}`);
  return [
    '# Options of a pipeline',
    'Made from the schema by `npm run generate`; what a document means is told in [document.md](document.md). Fields with ' +
      'a ✚ are additions of Sluice, which Aqueducts ignores; a type with one is a type that Aqueducts refuses. A default ' +
      'of – means that the field must be given, nothing that it may be left out.',
    '## The document',
    table(schema),
    ...chapters.flatMap(([heading, titles, words]) => [
      `## ${heading}`,
      words,
      ...definitions.filter(([title]) => titles.test(title)).flatMap(([title, part]) => section(title, part, heading)),
    ]),
  ].join('\n\n');
}

function section(title: string, part: JsonSchema, heading: string): string[] {
  const { type, operation } = part.properties ?? {};
  const tag = type?.const ?? operation?.const;
  const mark = part['x-addition'] ? ' ✚' : '';
  const words = tag === undefined ? part.description : (type?.const === undefined ? operation : type)?.description;
  const name = tag === undefined ? title : code(tag);
  return [
    ...(`${title}s` === heading ? [] : [`### ${name}${mark}`]),
    ...(words === undefined ? [] : [words]),
    table(part),
  ];
}

function table(part: JsonSchema): string {
  const rows = rowsOf(part, '');
  if (rows.length === 0) return 'There are no options.';
  return ['| field | type | default | |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function rowsOf({ properties = {}, required = [] }: JsonSchema, prefix: string): string[] {
  return Object.entries(properties).flatMap(([name, field]): string[] => {
    if (field.const !== undefined) return [];
    const inner = field.type === 'object' && field.properties ? rowsOf(field, `${prefix}${name}.`) : [];
    const mark = field['x-addition'] ? ' ✚' : '';
    const fallback = required.includes(name) ? '–' : field.default === undefined ? '' : code(field.default);
    const examples = field.examples ? ` Such as ${field.examples.map(code).join(', ')}.` : '';
    const words = `${field.description ?? ''}${examples}`;
    const cells = [`\`${prefix}${name}\`${mark}`, typeOf(field), fallback, words];
    return [`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`, ...inner];
  });
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' && value.trim() !== '' ? value : JSON.stringify(value)}\``;
}

const kinds: Readonly<Record<string, string>> = {
  ...{ string: 'text', integer: 'whole number', number: 'number', boolean: '`true` or `false`', null: 'nothing' },
};

function typeOf(field: JsonSchema): string {
  const { type, $ref, additionalProperties } = field;
  if (field.enum) return field.enum.map((value) => code(value)).join(', ');
  if ($ref !== undefined) return decodeURIComponent($ref.replace(/^.*\//, ''));
  const choices = field.anyOf ?? field.oneOf;
  if (choices) return titleOf(choices) ?? [...new Set(choices.map(typeOf))].join(' or ');
  if (type === 'array') return `list of ${field.items ? typeOf(field.items) : 'values'}`;
  if (type === 'object') {
    const isMap = typeof additionalProperties === 'object' && !field.properties;
    return isMap ? `map of ${typeOf(additionalProperties)}` : 'map';
  }
  if (typeof type === 'string') return kinds[type] ?? type;
  return type ? type.map((one) => kinds[one] ?? one).join(' or ') : 'map of values';
}

/** One word for a choice between definitions of one kind. */
function titleOf(choices: readonly JsonSchema[]): string | undefined {
  const titles = choices.map(({ $ref }) => ($ref === undefined ? '' : decodeURIComponent($ref.replace(/^.*\//, ''))));
  const families = new Set(titles.map((title) => title.replace(/: .*$/, '').replace(/^.* \((\w+)\)$/, 'format ($1)')));
  const [family] = families;
  return families.size === 1 && family !== '' && family !== undefined ? family.toLowerCase() : undefined;
}
