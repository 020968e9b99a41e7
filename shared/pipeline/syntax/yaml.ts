// YAML 1.2, core schema, one document. Merge keys are not applied and unknown tags are told, as in Aqueducts.
import { Composer, isAlias, isMap, isSeq, Lexer, Parser, visit } from 'yaml';
import type { Alias, Document, ParsedNode, Scalar as YamlScalar } from 'yaml';
import { failure } from '../../errors.ts';
import { duplicateKeys, problem, syntaxError, type Parsed, type Problem } from './problem.ts';
import {
  Budget,
  limits,
  numberTyped,
  tooDeep,
  type Entry,
  type Node,
  type Scalar,
  type Spelling,
  type TextScalar,
} from './tree.ts';
import { explainYaml } from './yaml-errors.ts';
import { yamlSpelling } from './yaml-spelling.ts';

type Token = Parameters<Composer['next']>[0];

/** Pieces that the scanner may find: about 20,000 lines. Above that the library takes seconds. */
const maxLexemes = 300_000;

export function parseYaml(body: string): Parsed {
  const documents = compose(tokenize(body));
  const first = documents.next();
  if (first.done) return { problems: [] };
  const document = first.value;
  const second = document.errors.length > 0 ? undefined : documents.next().value;
  const problems = explainYaml(document, body);
  if (second) problems.push(severalDocuments(second));
  if (problems.some(({ severity }) => severity === 'error') || document.contents === null) return { problems };
  const builder = new TreeBuilder(body, document);
  const root = builder.node(document.contents, 0);
  problems.push(...builder.problems);
  if (builder.problems.length > 0) return { problems };
  return { root, problems: [...problems, ...builder.warnings] };
}

/** The concrete syntax, checked while it grows: the composer recurses and must not meet a deep one. */
function tokenize(body: string): Token[] {
  const parser = new Parser();
  const tokens: Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(body)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > limits.depth + 3) throw tooDeep();
    if (++lexemes > maxLexemes) throw failure('document.limit', 'The document has too many parts.');
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function compose(tokens: readonly Token[]): Generator<Document.Parsed, void, void> {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    uniqueKeys: false, // checked on the tree: the library compares every pair
    prettyErrors: false,
    logLevel: 'silent',
  });
  return composer.compose(tokens);
}

function severalDocuments(second: Document.Parsed): Problem {
  const [start] = second.range;
  const message = 'A pipeline is one YAML document, and here a second one begins.';
  return syntaxError(message, { start, end: start }, 'Remove the line `---` and what belongs to the other document.');
}

/** Turns the library's nodes into the tree. Aliases become what they stand for, wherever they are used. */
class TreeBuilder {
  readonly problems: Problem[] = [];
  readonly warnings: Problem[] = [];
  readonly #budget = new Budget();
  readonly #body: string;
  /** What the aliases around the node at hand stand for. */
  readonly #open = new Set<ParsedNode>();
  readonly #targets: ReadonlyMap<Alias, ParsedNode>;

  constructor(body: string, document: Document.Parsed) {
    this.#body = body;
    this.#targets = aliasTargets(document);
  }

  node(from: unknown, depth: number): Node {
    this.#budget.spend(depth);
    if (isAlias(from)) return this.#alias(from, depth);
    const node = from as ParsedNode;
    const [start, end] = node.range;
    if (isSeq(node)) {
      return { kind: 'list', start, end, items: node.items.map((item) => this.node(item, depth + 1)) };
    }
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }): Entry => {
        const typedKey = this.#mergeable(this.#key(key, depth + 1));
        const empty = { kind: 'scalar', value: null, start: typedKey.end, end: typedKey.end } as const;
        return { key: typedKey, value: value === null ? empty : this.node(value, depth + 1) };
      });
      this.problems.push(...duplicateKeys(entries));
      return { kind: 'map', start, end, entries };
    }
    return this.#scalar(node as YamlScalar.Parsed);
  }

  #alias(alias: Alias, depth: number): Node {
    const target = this.#targets.get(alias);
    const [start, end] = alias.range ?? [0, 0];
    if (target && !this.#open.has(target)) {
      this.#open.add(target);
      const node = this.node(target, depth + 1);
      this.#open.delete(target);
      return node;
    }
    const message = target
      ? `\`*${alias.source}\` is part of itself.`
      : `Nothing above is called \`&${alias.source}\`.`;
    this.problems.push(syntaxError(message, { start, end }));
    return { kind: 'scalar', value: null, start, end };
  }

  #mergeable(key: TextScalar): TextScalar {
    if (key.value !== '<<' || this.#body[key.start] !== '<') return key;
    const message = 'The merge key `<<` is not applied: its fields are not part of this map.';
    const hint = 'Write the fields out; an alias (`*name`) as a value is applied.';
    this.warnings.push(problem('document.unsupported', 'warning', message, key, hint));
    return { ...key, merge: true };
  }

  #key(key: unknown, depth: number): TextScalar {
    const node = this.node(key, depth);
    if (node.kind === 'scalar') return { ...node, value: String(node.value ?? '') };
    this.problems.push(syntaxError('A key must be text.', node));
    return { kind: 'scalar', value: '', start: node.start, end: node.end };
  }

  #scalar(node: YamlScalar.Parsed): Scalar {
    const [start, end] = node.range;
    const { value, type } = node;
    if (typeof value === 'number') {
      return { kind: 'scalar', ...numberTyped(this.#body.slice(start, end), value), start, end };
    }
    // The core schema makes nothing else.
    if (typeof value !== 'string')
      return { kind: 'scalar', value: typeof value === 'boolean' ? value : null, start, end };
    let spelling: Spelling | undefined;
    const typed = { body: this.#body, start, end, style: type ?? 'PLAIN' };
    return { kind: 'scalar', value, start, end, spelling: () => (spelling ??= yamlSpelling(typed, value)) };
  }
}

/** What each alias stands for: the last node above it with that anchor. */
function aliasTargets(document: Document.Parsed): Map<Alias, ParsedNode> {
  const anchors = new Map<string, ParsedNode>();
  const targets = new Map<Alias, ParsedNode>();
  visit(document, {
    Alias(_, alias) {
      const target = anchors.get(alias.source);
      if (target) targets.set(alias, target);
    },
    Value(_, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node as ParsedNode);
    },
  });
  return targets;
}
