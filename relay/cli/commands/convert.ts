// `sluice convert`: a document in another syntax, or as canonical JSON.
import { Command, Option } from 'commander';
import { stringify as stringifyJson } from 'lossless-json';
import { stringify as stringifyToml } from 'smol-toml';
import { stringify as stringifyYaml } from 'yaml';
import { serialize } from '../../../shared/pipeline/serialize.ts';
import { parseDocument } from '../../../shared/pipeline/document.ts';
import { failure } from '../../../shared/errors.ts';
import { readDocument, withDocument, type DocumentOptions, type GivenDocument } from '../input/document.ts';
import { Refused } from '../refused.ts';
import { print, printError } from '../streams.ts';

type Target = 'yaml' | 'json' | 'toml' | 'canonical';

export function convertCommand(): Command {
  const targets = ['yaml', 'json', 'toml', 'canonical'];
  return withDocument(new Command('convert').description('write a pipeline in another syntax'))
    .addOption(
      new Option(
        '--to <syntax>',
        'canonical: JSON with parameters put in, defaults and today’s spellings, secrets masked',
      )
        .choices(targets)
        .makeOptionMandatory(),
    )
    .action(convert);
}

async function convert(options: DocumentOptions & { readonly to: Target }): Promise<void> {
  const given = await readDocument(options);
  if (options.to === 'canonical') return print(canonicalText(given));
  const { quoted, loaded } = given;
  const { document, issues } = parseDocument(quoted.text, loaded.syntax);
  if (!document) throw new Refused(issues, quoted);
  // what is in the wanted syntax already stays as it was typed, comments and all
  if (document.syntax === options.to) return print(quoted.text.endsWith('\n') ? quoted.text : `${quoted.text}\n`);
  if (hasComments(quoted.text, document.syntax))
    await printError('Comments are left out: they have no place in the other syntax.\n');
  await print(written(document.value, options.to));
}

function canonicalText({ loaded, quoted }: GivenDocument): string {
  if (!loaded.pipeline) throw new Refused(loaded.issues, quoted);
  return `${serialize(loaded.pipeline, loaded.mask)}\n`;
}

function written(value: unknown, to: Exclude<Target, 'canonical'>): string {
  switch (to) {
    case 'json':
      return `${stringifyJson(value, undefined, 2) ?? ''}\n`;
    case 'yaml':
      return stringifyYaml(value, { lineWidth: 0, aliasDuplicateObjects: false });
    case 'toml':
      return `${tomlText(value).trimEnd()}\n`;
  }
}

function tomlText(value: unknown): string {
  try {
    return stringifyToml(withoutNothing(value));
  } catch (thrown) {
    throw failure('document.unsupported', 'The document cannot be written as TOML.', { cause: thrown });
  }
}

/** TOML has no null: a field that is null says the same when it is not there. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (part === null ? [] : [[key, withoutNothing(part)] as const])),
  );
}

function hasComments(text: string, syntax: string): boolean {
  return syntax !== 'json' && /^\s*#|\s#\s/m.test(text);
}
