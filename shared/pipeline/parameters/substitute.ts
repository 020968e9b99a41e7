// Puts parameters into a tree: in any key or value, and never in the text, so that a value cannot change the structure.
// Values are not expanded again. Comments are no part of the tree, and the `params:` block is left as it is.
import type { Path } from '../../errors.ts';
import { problem, type Problem } from '../syntax/problem.ts';
import type { Span } from '../syntax/text.ts';
import { isText, limits, repeatedKeys, type Atom, type Node, type TextScalar } from '../syntax/tree.ts';
import type { Declared } from './definitions.ts';
import { holdsSql, placingOf, type Refusal, type Slot } from './placing.ts';
import { findReferences, findSecrets, type Mistaken, type Reference, type References } from './references.ts';
import { spliced, type Segment } from './spliced.ts';
import type { Values } from './values.ts';
import type { Vault } from './vault.ts';

/** Characters that values may add up to. */
const maxCharacters = 4 * limits.characters;

/** How often one text may use parameters. */
const maxUses = 1000;

/** A place where a parameter is used. */
export interface Use extends Span {
  readonly fallback?: string;
}

export class Substitution {
  readonly problems: Problem[] = [];
  /** Name → where it is used, by offset: an aliased text is met several times but typed once. */
  readonly uses = new Map<string, Map<number, Use>>();
  readonly #values: Values;
  readonly #declared: ReadonlyMap<string, Declared>;
  readonly #vault: Vault;
  readonly #find: (text: string) => References;
  #characters = 0;

  /** With `secretsOnly`, everything but secrets is text. */
  constructor(values: Values, declared: ReadonlyMap<string, Declared>, vault: Vault, secretsOnly = false) {
    this.#values = values;
    this.#declared = declared;
    this.#vault = vault;
    this.#find = secretsOnly ? findSecrets : (text) => findReferences(text, (name) => values.isGiven(name));
  }

  node(node: Node, path: Path): Node {
    if (path.length === 1 && path[0] === 'params') return node;
    if (node.kind === 'list')
      return { ...node, items: node.items.map((item, index) => this.node(item, [...path, index])) };
    if (node.kind === 'scalar') return isText(node) ? this.#text(node, path) : node;
    const entries = node.entries.map(({ key, value }) => {
      const replaced = this.#text(key, undefined);
      return { key: replaced, value: this.node(value, [...path, replaced.value]) };
    });
    const repeated = new Set(repeatedKeys(entries));
    for (const key of repeated) {
      const message = `With this value of a parameter, the key \`${key.value}\` is there twice.`;
      this.problems.push(problem('parameter.invalid', 'error', message, key));
    }
    return { ...node, entries: entries.filter(({ key }) => !repeated.has(key)) };
  }

  #text(text: TextScalar, path: Path | undefined): TextScalar {
    const { used, secrets, escaped, mistaken } = this.#find(text.value);
    for (const one of mistaken) this.#tellMistaken(one, text);
    const uses = used.length + secrets.length + escaped.length;
    if (uses === 0) return text;
    if (uses > maxUses) {
      const message = `This text uses parameters more than ${maxUses} times.`;
      this.problems.push(problem('document.limit', 'error', message, text));
      return { ...text, incomplete: true };
    }
    const spans = used.map((use) => typedAt(use, text));
    for (const [index, use] of used.entries()) this.#note(use, spans[index] ?? text);
    const isSql = holdsSql(path);
    const slots = [
      ...used.map((use) => this.#slot(use, text, isSql)),
      ...secrets.map((use) => this.#secretSlot(use, text)),
      ...escaped.map(escapedSlot),
    ].sort((a, b) => a.start - b.start);
    const placed = placingOf(path)(text.value, slots);
    const texts = slots.map((slot, index) => {
      const one = placed[index];
      if (one && 'text' in one) return one.text;
      if (one) this.#refuse(slot, one.refusal.reason, one.refusal.hint, text);
      return undefined;
    });
    const replaced = this.#replaced(text, slots, texts);
    for (const slot of forgers(slots, texts, text.value, used)) this.#refuse(slot, forged.reason, forged.hint, text);
    return replaced;
  }

  /** The text with what was put in, which still knows where each of its parts was typed. */
  #replaced(text: TextScalar, slots: readonly Slot[], texts: readonly (string | undefined)[]): TextScalar {
    const segments: Segment[] = [];
    let [value, read] = ['', 0];
    const add = (part: string, before: Span, isValue: boolean): void => {
      segments.push({ at: value.length, length: part.length, before, isValue });
      value += part;
    };
    for (const [index, { start, end }] of slots.entries()) {
      const put = texts[index];
      if (put === undefined) continue;
      add(text.value.slice(read, start), { start: read, end: start }, false);
      add(put, { start, end }, true);
      read = end;
    }
    add(text.value.slice(read), { start: read, end: text.value.length }, false);
    const spelling = text.spelling?.();
    const declared = this.#declaredValue(text, slots, value);
    const names = slots.filter(({ name, trusted }) => name !== '' && !(trusted && name.includes(':')));
    return {
      ...text,
      value,
      ...(names.length === 0 ? {} : { parameters: [...new Set(names.map(({ name }) => name))] }),
      incomplete: texts.includes(undefined),
      ...(declared === undefined ? {} : { declared }),
      ...(spelling ? { spelling: () => spliced(spelling, segments) } : {}),
    };
  }

  /** A number or truth value where the text is one parameter that is declared to be one. */
  #declaredValue(text: TextScalar, slots: readonly Slot[], value: string): Atom | undefined {
    const [slot] = slots;
    if (slots.length !== 1 || slot?.start !== 0 || slot.end !== text.value.length) return undefined;
    const { type } = this.#declared.get(slot.name) ?? {};
    if (slot.value === undefined || type === undefined) return undefined;
    if (type === 'boolean') return value === 'true';
    if (type === 'number') return Number(value);
    if (type !== 'integer') return undefined;
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : BigInt(value.replace('+', ''));
  }

  #slot(use: Reference, text: Span, isSql: boolean): Slot {
    const { name, start, end } = use;
    const trusted = isSql && this.#declared.get(name)?.type === 'sql';
    return { name, start, end, value: this.#affordable(this.#values.valueOf(use), text), trusted };
  }

  #secretSlot(use: Reference, text: TextScalar): Slot {
    const slot = this.#vault.slot(use, typedAt(use, text));
    return { ...slot, value: this.#affordable(slot.value, text) };
  }

  #note(use: Reference, typed: Span): void {
    const known = this.uses.get(use.name) ?? new Map<number, Use>();
    const { fallback } = use;
    this.uses.set(use.name, known.set(typed.start, { ...typed, ...(fallback === undefined ? {} : { fallback }) }));
  }

  #refuse({ name, start, end }: Slot, reason: string, hint: string, text: TextScalar): void {
    const message = `The value of \`${name}\` ${reason}.`;
    this.problems.push(problem('parameter.invalid', 'error', message, typedAt({ start, end }, text), hint));
  }

  #tellMistaken(one: Mistaken, text: TextScalar): void {
    const message = `\`\${${one.body}}\` is left as it is: it is no parameter.`;
    const hint = 'Names have letters, digits and `_`, with no blanks around them; a default stands behind `:-`.';
    this.problems.push(problem('parameter.text', 'info', message, typedAt(one, text), hint));
  }

  /** A value, as long as all of them together stay within bounds. */
  #affordable(value: string | undefined, span: Span): string | undefined {
    const before = this.#characters;
    this.#characters += value?.length ?? 0;
    if (this.#characters <= maxCharacters) return value;
    if (before <= maxCharacters) {
      const message = `The values of the parameters make the document longer than ${maxCharacters} characters.`;
      this.problems.push(problem('document.limit', 'error', message, span));
    }
    return undefined;
  }
}

function escapedSlot({ text, start, end }: Span & { readonly text: string }): Slot {
  return { name: '', start, end, value: text, trusted: true };
}

function typedAt({ start, end }: Span, text: TextScalar): Span {
  const spelling = text.spelling?.();
  return { start: spelling?.start(start) ?? text.start, end: spelling?.end(end - 1) ?? text.end };
}

const forged: Refusal = {
  reason: 'makes a reference to a secret, which only the document may',
  hint: 'Write the reference into the document.',
};

/** The parameters whose values would be, alone or with the text around them, read as a secret further on. */
function forgers(
  slots: readonly Slot[],
  texts: readonly (string | undefined)[],
  text: string,
  used: readonly Reference[],
): Slot[] {
  const isUsed = new Set(used.map(({ start }) => start));
  let [whole, read] = ['', 0];
  const spans = slots.map((slot, index) => {
    whole += text.slice(read, slot.start);
    read = slot.end;
    const from = whole.length;
    whole += texts[index] ?? '_';
    return { slot, from, to: whole.length };
  });
  whole += text.slice(read);
  const { secrets } = findSecrets(whole);
  return spans
    .filter(
      ({ slot, from, to }) => isUsed.has(slot.start) && secrets.some(({ start, end }) => from < end && start < to),
    )
    .map(({ slot }) => slot);
}
