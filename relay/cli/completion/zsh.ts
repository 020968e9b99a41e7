// Completion for zsh: a function for `compdef` that uses `_arguments` and `_describe`.
import { quoted } from './quoted.ts';
import type { CommandWords, OptionWords } from './words.ts';

export function zshCompletion(name: string, commands: readonly CommandWords[]): string {
  const described = commands.map((command) => `    ${quoted(`${command.name}:${plainWords(command.description)}`)}`);
  const cases = commands.map(({ name: command, options, values }) => {
    const specs = [...options.map(optionSpec), ...(values.length > 0 ? [quoted(`1:value:(${values.join(' ')})`)] : [])];
    return `    ${command})
      _arguments -s ${specs.join(' \\\n        ')}
      ;;`;
  });
  return `#compdef ${name}
# ${name} completion for zsh. To load it: source <(${name} completion zsh)
_${name}() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = "_${name}" ]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function optionSpec({ flags, description, value }: OptionWords): string {
  const names = flags.length > 1 ? `{${flags.join(',')}}` : (flags[0] ?? '');
  return `${flags.length > 1 ? "'*'" : ''}${names}${quoted(`[${plainWords(description)}]${valueSpec(value)}`)}`;
}

function valueSpec(value: OptionWords['value']): string {
  if (value === undefined) return '';
  if (value === 'file') return ':file:_files';
  return value === 'none' ? ':value: ' : `:value:(${value.join(' ')})`;
}

/** Brackets and colons mean something to `_arguments`. */
function plainWords(text: string): string {
  return text
    .replaceAll(/[[\]:\\]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
