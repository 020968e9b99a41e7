// Where a text uses parameters: `${name}` as in Aqueducts, `${name:-default}`, and `${{name}}`, which stands for the text
// `${name}`; and where it uses secrets of the place that runs it: `${secret:name}`. Aqueducts leaves all but the first
// alone. More braces lose one pair, so that any text can be written.

import type { Span } from '../syntax/text.ts';

/** Where it stands is counted in UTF-16 units of the text. */
export interface Reference extends Span {
  readonly name: string;
  /** What to put where the parameter has no value. */
  readonly fallback?: string;
}

/** A text to take the place of another: `${{name}}` becomes `${name}`. */
export interface Escaped extends Span {
  readonly text: string;
}

/** What looks like a parameter and is none. */
export interface Mistaken extends Span {
  readonly body: string;
}

export interface References {
  readonly used: readonly Reference[];
  readonly secrets: readonly Reference[];
  readonly escaped: readonly Escaped[];
  readonly mistaken: readonly Mistaken[];
}

const pattern = /\$(\{+)([^{}]*)(\}+)/g;
const parameter = /^([a-zA-Z0-9_]+)(?::-(.*))?$/s;
const secret = /^secret:([a-zA-Z0-9_.-]+)$/;
const lookalike = /^\s*[\p{L}\p{N}_.-]+\s*(?:[:=?-].*)?$/su;

/** Finds them in order. `given` tells names of other characters that have a value; Aqueducts replaces those too. */
export function findReferences(text: string, given: (name: string) => boolean): References {
  const [used, secrets]: [Reference[], Reference[]] = [[], []];
  const [escaped, mistaken]: [Escaped[], Mistaken[]] = [[], []];
  if (!text.includes('${')) return { used, secrets, escaped, mistaken };
  for (const { 0: whole, 1: opening = '', 2: body = '', 3: closing = '', index: start } of text.matchAll(pattern)) {
    const depth = opening.length;
    if (closing.length < depth) continue;
    const end = start + whole.length - closing.length + depth;
    const [, name, fallback] = parameter.exec(body) ?? [];
    const [, secretName] = name === undefined ? (secret.exec(body) ?? []) : [];
    if (depth > 1) {
      if ((name ?? secretName) !== undefined) escaped.push({ text: `$${text.slice(start + 2, end - 1)}`, start, end });
    } else if (name !== undefined) {
      used.push({ name, ...(fallback === undefined ? {} : { fallback }), start, end });
    } else if (secretName !== undefined) {
      secrets.push({ name: secretName, start, end });
    } else if (given(body)) {
      used.push({ name: body, start, end });
    } else if (lookalike.test(body)) {
      mistaken.push({ body, start, end });
    }
  }
  return { used, secrets, escaped, mistaken };
}

/** Only the secrets: what is read was written by us, and no parameters are left in it. */
export function findSecrets(text: string): References {
  const { secrets } = findReferences(text, () => false);
  return { used: [], secrets, escaped: [], mistaken: [] };
}
