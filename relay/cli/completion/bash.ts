// Completion for bash: a function for `complete -F` (bash 4 and 5).
import { quoted } from './quoted.ts';
import type { CommandWords, OptionWords } from './words.ts';

export function bashCompletion(name: string, commands: readonly CommandWords[]): string {
  const body = commands.map(({ name: command, options, values }) => {
    const cases = options.flatMap((option) => valueCase(option));
    const words = [...options.flatMap(({ flags }) => flags), ...values];
    return `    ${command})
      case "$previous" in
${cases.map((line) => `        ${line}\n`).join('')}      esac
      words=${quoted(words.join(' '))}
      ;;`;
  });
  return `# ${name} completion for bash. To load it: source <(${name} completion bash)
_${name}() {
  local current previous command words
  current="\${COMP_WORDS[COMP_CWORD]}"
  previous="\${COMP_WORDS[COMP_CWORD-1]}"
  command="\${COMP_WORDS[1]}"
  words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${quoted([...commands.map((one) => one.name), '--help', '--version'].join(' '))} -- "$current"))
    return
  fi
  case "$command" in
${body.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -F _${name} ${name}
`;
}

function valueCase({ flags, value }: OptionWords): string[] {
  if (value === undefined) return [];
  const pattern = `${flags.join('|')})`;
  if (value === 'file') return [`${pattern} compopt -o default; COMPREPLY=(); return ;;`];
  if (value === 'none') return [`${pattern} COMPREPLY=(); return ;;`];
  return [`${pattern} COMPREPLY=($(compgen -W ${quoted(value.join(' '))} -- "$current")); return ;;`];
}
