// `sluice validate`: what is wrong with a document, without running or opening anything.
import { Command } from 'commander';
import process from 'node:process';
import { diagnosticText } from '../../text/diagnostic.ts';
import { countText } from '../../text/amounts.ts';
import { exitCodes } from '../exit-codes.ts';
import { readDocument, withDocument, type DocumentOptions } from '../input/document.ts';
import { jsonText } from '../output/json-reporter.ts';
import { paintFor, print, printError } from '../streams.ts';
import { outputOption, type OutputForm } from './shared-options.ts';

interface ValidateOptions extends DocumentOptions {
  readonly output: OutputForm;
  readonly strict?: boolean;
}

export function validateCommand(): Command {
  return withDocument(new Command('validate').description('check a pipeline without running it'))
    .option('--strict', 'warnings fail, too')
    .addOption(outputOption('text, or one JSON object: {valid, issues}'))
    .action(validate);
}

async function validate(options: ValidateOptions): Promise<void> {
  const { loaded, quoted } = await readDocument(options);
  const { issues } = loaded;
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.filter(({ severity }) => severity === 'warning').length;
  const valid = errors === 0 && !(options.strict && warnings > 0);
  if (options.output === 'json') {
    await print(`${jsonText({ valid, issues }, 2)}\n`);
  } else {
    for (const issue of issues) await printError(diagnosticText(issue, quoted, paintFor(process.stderr)));
    const told = [
      ...(errors > 0 ? [countText(errors, 'error')] : []),
      ...(warnings > 0 ? [countText(warnings, 'warning')] : []),
    ];
    const words = told.length > 0 ? `: ${told.join(', ')}` : '';
    await print(`${quoted.name} ${valid ? 'is valid' : 'is not valid'}${words}\n`);
  }
  if (!valid) process.exitCode = exitCodes.failure;
}
