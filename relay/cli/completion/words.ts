// What can be typed, from the commands themselves, for the completions of shells.
import type { Command, Option } from 'commander';

/** What a shell offers for a value. */
export type ValueKind = 'file' | 'none' | readonly string[];

export interface OptionWords {
  /** `-f` and `--file`, those that there are. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Undefined for an option without a value. */
  readonly value: ValueKind | undefined;
}

export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** Values of its first argument. */
  readonly values: readonly string[];
}

/** The commands of a program with all that can follow their names. */
export function wordsOf(program: Command): CommandWords[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => ({
      name: command.name(),
      description: command.description(),
      options: command.createHelp().visibleOptions(command).map(optionWords),
      values:
        command.registeredArguments[0]?.argChoices ??
        (command.name() === 'help' ? program.commands.map((one) => one.name()) : []),
    }));
}

function optionWords(option: Option): OptionWords {
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined),
    description: option.description,
    value: option.required || option.optional ? valueKind(option) : undefined,
  };
}

function valueKind({ argChoices, flags }: Option): ValueKind {
  if (argChoices) return argChoices;
  return /<(path|file|folder|directory|dir)>|-(file|dir)\b/.test(flags) ? 'file' : 'none';
}
