// Completion for fish: one `complete` for each command and option.
import { quoted } from './quoted.ts';
import type { CommandWords, OptionWords } from './words.ts';

export function fishCompletion(name: string, commands: readonly CommandWords[]): string {
  const names = commands.map((command) => command.name).join(' ');
  const lines = commands.flatMap(({ name: command, description, options, values }) => [
    `complete -c ${name} -n '__fish_use_subcommand' -a ${command} -d ${quoted(description)}`,
    ...options.map(
      (option) => `complete -c ${name} -n '__fish_seen_subcommand_from ${command}' ${optionWords(option)}`,
    ),
    ...(values.length > 0
      ? [`complete -c ${name} -n '__fish_seen_subcommand_from ${command}' -a ${quoted(values.join(' '))}`]
      : []),
  ]);
  return `# ${name} completion for fish. To load it: ${name} completion fish | source
complete -c ${name} -f
complete -c ${name} -n 'not __fish_seen_subcommand_from ${names}' -s h -l help
${lines.join('\n')}
`;
}

function optionWords({ flags, description, value }: OptionWords): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  return [...names, ...valueWords(value), '-d', quoted(description.replaceAll('\\', ''))].join(' ');
}

function valueWords(value: OptionWords['value']): string[] {
  if (value === undefined) return [];
  if (value === 'file') return ['-r', '-F'];
  return value === 'none' ? ['-x'] : ['-x', '-a', quoted(value.join(' '))];
}
