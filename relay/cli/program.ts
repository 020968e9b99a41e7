// The command `sluice` with all its commands.
import { Command } from 'commander';
import { cancelCommand } from './commands/cancel.ts';
import { completionCommand } from './commands/completion.ts';
import { convertCommand } from './commands/convert.ts';
import { planCommand } from './commands/plan.ts';
import { runCommand } from './commands/run.ts';
import { schemaCommand } from './commands/schema.ts';
import { validateCommand } from './commands/validate.ts';
import { keyCommand, serveCommand } from '../server/command.ts';
import { packageVersion } from '../version.ts';

/** Usage errors are thrown as CommanderError and not ended with `process.exit`. */
export function createProgram(): Command {
  const program = new Command('sluice')
    .description('Declarative data pipelines: run, check and convert them.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .exitOverride()
    .showHelpAfterError('(sluice help tells more)');
  for (const command of commandsOf(program)) program.addCommand(command.copyInheritedSettings(program));
  return program;
}

/** In the order of the help. */
function commandsOf(program: Command): Command[] {
  return [
    runCommand(),
    cancelCommand(),
    validateCommand(),
    planCommand(),
    convertCommand(),
    schemaCommand(),
    serveCommand(),
    keyCommand(),
    completionCommand(program),
  ];
}
