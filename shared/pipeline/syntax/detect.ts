// Which of the three syntaxes a text is in, by its first characters. Imports no parser, so that the page can ask at once.

export type Syntax = 'yaml' | 'json' | 'toml';

/** `[destination]`, `[[sources]]`, perhaps not yet closed; a list of JSON begins otherwise, but for `true` and the like. */
const tomlTable = /^\[\[?[ \t]*[A-Za-z_]/;
/** `version =`, `destination.format =`, `"a b" =` */
const tomlKey = /^(?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*[ \t]*=/;

/** The syntax that a text looks like, by its first characters. */
export function detectSyntax(text: string): Syntax {
  const body = text.replace(/^\uFEFF/, '').trimStart();
  if (/^\{\s*[^\s"}/,[{:]/.test(body)) return 'yaml'; // a map in YAML's flow style: its keys stand without quotes
  if (body.startsWith('{')) return 'json';
  const [line = ''] = /^[^\s#].*$/m.exec(body) ?? [];
  if (tomlTable.test(line) || tomlKey.test(line)) return 'toml';
  return body.startsWith('[') ? 'json' : 'yaml';
}
