// Parameters: `${name}` in any key or value, replaced in the tree and never in the text, so that a value cannot change
// the structure. Values are not expanded again. Comments are no part of the tree.
import type { Issue, Path, Place } from '../errors.ts';
import { issueOf } from './document.ts';
import { matches } from './paths.ts';
import { problem, type Problem } from './syntax/problem.ts';
import { sqlEscape, type Escape } from './sql-quotes.ts';
import type { SourceText, Span } from './syntax/text.ts';
import { isText, limits, repeatedKeys, type Node, type Spelling, type TextScalar } from './syntax/tree.ts';

/** A parameter that the document uses. */
export interface Parameter {
  readonly name: string;
  /** Every place where it is used, in the order of the text. */
  readonly places: readonly Place[];
  /** Whether a value was given. */
  readonly given: boolean;
}

export interface Substituted {
  readonly root: Node;
  /** In the order of their first appearance in the text. */
  readonly parameters: readonly Parameter[];
  readonly issues: readonly Issue[];
}

/** Puts the given values in. A parameter without one stays as it was typed, and is an error. */
export function substitute(root: Node, values: Readonly<Record<string, string>>, source: SourceText): Substituted {
  const substitution = new Substitution(values);
  const replaced = substitution.node(root, []);
  const parameters = substitution.parameters(source);
  const missing = parameters.filter(({ given }) => !given).map(missingParameter);
  const problems = substitution.problems.map((found) => issueOf(found, source));
  return { root: replaced, parameters, issues: [...missing, ...problems] };
}

function missingParameter({ name, places }: Parameter): Issue {
  const [place] = places;
  const often = places.length > 1 ? ` It is used ${places.length} times.` : '';
  const message = `The parameter \`${name}\` has no value.${often}`;
  const hint = `Give \`${name}\` a value.`;
  return { code: 'parameter.missing', severity: 'error', message, hint, ...(place ? { place } : {}) };
}

const pattern = /\$\{([a-zA-Z0-9_]+)\}/g;
/** Fields that hold SQL. */
const sqlFields = ['stages.*.*.query'];
/** Characters that values may add up to. */
const maxCharacters = 4 * limits.characters;

/** A part of a text after substitution: `length` units that begin at `at`. */
interface Segment {
  readonly at: number;
  readonly length: number;
  /** Where the part began before: a parameter as a whole, or text unit by unit. */
  readonly before: Span;
  readonly isValue: boolean;
}

class Substitution {
  readonly problems: Problem[] = [];
  readonly #values: Readonly<Record<string, string>>;
  /** Name → where it is used, by offset: an aliased text is met several times but typed once. */
  readonly #uses = new Map<string, Map<number, Span>>();
  #characters = 0;

  constructor(values: Readonly<Record<string, string>>) {
    this.#values = values;
  }

  parameters(source: SourceText): Parameter[] {
    return [...this.#uses]
      .map(([name, uses]) => {
        const places = [...uses.values()].map((use) => source.place(use)).sort((a, b) => a.offset - b.offset);
        return { name, places, given: this.#valueOf(name) !== undefined };
      })
      .sort((a, b) => (a.places[0]?.offset ?? 0) - (b.places[0]?.offset ?? 0));
  }

  node(node: Node, path: Path): Node {
    if (node.kind === 'list')
      return { ...node, items: node.items.map((item, index) => this.node(item, [...path, index])) };
    if (node.kind === 'scalar') return isText(node) ? this.#text(node, path) : node;
    const entries = node.entries.map(({ key, value }) => {
      const replaced = this.#text(key, undefined);
      return { key: replaced, value: this.node(value, [...path, replaced.value]) };
    });
    for (const key of repeatedKeys(entries)) {
      const message = `With this value of a parameter, the key \`${key.value}\` is there twice.`;
      this.problems.push(problem('parameter.invalid', 'error', message, key));
    }
    return { ...node, entries };
  }

  #text(text: TextScalar, path: Path | undefined): TextScalar {
    const found = [...text.value.matchAll(pattern)];
    if (found.length === 0) return text;
    const spelling = text.spelling?.();
    const uses = found.map(({ 0: { length }, 1: name = '', index }) => {
      const typed = { start: spelling?.start(index) ?? text.start, end: spelling?.end(index + length - 1) ?? text.end };
      return { name, start: index, end: index + length, typed };
    });
    for (const { name, typed } of uses) {
      const known = this.#uses.get(name) ?? new Map<number, Span>();
      this.#uses.set(name, known.set(typed.start, typed));
    }
    const isSql = path !== undefined && sqlFields.some((field) => matches(field, path));
    const escape: Escape = isSql ? sqlEscape(text.value, uses) : (value) => value;
    const segments: Segment[] = [];
    let [value, read] = ['', 0];
    const add = (part: string, before: Span, isValue: boolean): void => {
      segments.push({ at: value.length, length: part.length, before, isValue });
      value += part;
    };
    for (const { name, start, end } of uses) {
      const given = this.#take(name, text);
      if (given === undefined) continue;
      add(text.value.slice(read, start), { start: read, end: start }, false);
      add(escape(given, start), { start, end }, true);
      read = end;
    }
    add(text.value.slice(read), { start: read, end: text.value.length }, false);
    return {
      ...text,
      value,
      parameters: [...new Set(uses.map(({ name }) => name))],
      incomplete: uses.some(({ name }) => this.#valueOf(name) === undefined),
      ...(spelling ? { spelling: () => spliced(spelling, segments) } : {}),
    };
  }

  #valueOf(name: string): string | undefined {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }

  /** A value, as long as all of them together stay within bounds. */
  #take(name: string, span: Span): string | undefined {
    const value = this.#valueOf(name);
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

/** The spelling of a text whose parts come from another text. */
function spliced(spelling: Spelling, segments: readonly Segment[]): Spelling {
  const find = (index: number): Segment | undefined =>
    segments.find(({ at, length }) => index >= at && index < at + length);
  const end = segments.at(-1)?.before.end ?? 0;
  return {
    start: (index) => {
      const segment = find(index);
      if (!segment) return spelling.start(index < 0 ? 0 : end);
      return spelling.start(segment.before.start + (segment.isValue ? 0 : index - segment.at));
    },
    end: (index) => {
      const segment = find(index);
      if (!segment) return spelling.start(end);
      return spelling.end(segment.isValue ? segment.before.end - 1 : segment.before.start + index - segment.at);
    },
  };
}
