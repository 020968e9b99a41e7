// `sluice convert`: a document in another syntax, or as canonical JSON.
import { Command, Option } from 'commander';
import { serialize } from '../../../shared/pipeline/serialize.ts';
import { parseDocument } from '../../../shared/pipeline/document.ts';
import { readDocument, withDocument, type DocumentOptions, type GivenDocument } from '../input/document.ts';
import { exactDataOf } from '../../../shared/pipeline/syntax/tree.ts';
import { convertedText } from './converted.ts';
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
  await print(convertedText(exactDataOf(document.root), options.to));
}

function canonicalText({ loaded, quoted }: GivenDocument): string {
  if (!loaded.pipeline) throw new Refused(loaded.issues, quoted);
  return `${serialize(loaded.pipeline, loaded.mask)}\n`;
}

function hasComments(text: string, syntax: string): boolean {
  return syntax !== 'json' && /^\s*#|\s#\s/m.test(text);
}
