// `sluice completion`: a script that teaches a shell the commands and options. It is made from the commands themselves:
// the libraries there are either start this program at every Tab or have not been kept up.
import { Argument, Command } from 'commander';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { wordsOf } from '../completion/words.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { print } from '../streams.ts';

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `program` is looked at when the command runs, with all its commands. */
export function completionCommand(program: Command): Command {
  return new Command('completion')
    .description('print the completion of a shell')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(shells)))
    .addHelpText('after', '\nTo load it in bash: source <(sluice completion bash)')
    .action((shell: keyof typeof shells) => print(shells[shell](program.name(), wordsOf(program))));
}
