// The parameters of a document: declared in its `params:` block, used as `${name}`, given by whoever runs it.
import type { Issue, Place } from '../../errors.ts';
import { issueOf } from '../document.ts';
import { problem, type Problem } from '../syntax/problem.ts';
import type { SourceText, Span } from '../syntax/text.ts';
import type { Node } from '../syntax/tree.ts';
import { readDeclarations, type Declared } from './definitions.ts';
import { Substitution, type Use } from './substitute.ts';
import type { ParameterType } from './types.ts';
import { Values, type Given } from './values.ts';
import { Vault, type SecretReference, type Secrets } from './vault.ts';

/** A parameter that the document declares or uses. */
export interface Parameter {
  readonly name: string;
  /** Every place where it is used, in the order of the text; none where it is only declared. */
  readonly places: readonly Place[];
  readonly type: ParameterType;
  /** The value where none is given. Never that of a secret. */
  readonly default?: string;
  /** The values to choose from. */
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly secret: boolean;
  /** Whether a run needs a value to be given. */
  readonly required: boolean;
  /** Whether a value was given. */
  readonly given: boolean;
}

export interface Substituted {
  readonly root: Node;
  /** As they are declared, then in the order of their first use. */
  readonly parameters: readonly Parameter[];
  readonly issues: readonly Issue[];
  /** Values that nothing may show. */
  readonly secrets: ReadonlySet<string>;
  /** By their first use. */
  readonly secretReferences: readonly SecretReference[];
}

/** Puts the given values in. A parameter without one stays as it was typed, and is an error. */
export function substitute(root: Node, given: Given, source: SourceText, secrets: Secrets): Substituted {
  const declarations = readDeclarations(root, source);
  const declared = declarations.byName;
  const values = new Values(given, declared);
  const vault = new Vault(secrets);
  const substitution = new Substitution(values, declared, vault);
  const replaced = substitution.node(declarations.root, []);
  const names = [...new Set([...declared.keys(), ...byFirstUse(substitution.uses)])];
  const known = names.map((name) => ({ name, declared: declared.get(name), uses: usesOf(name, substitution) }));
  const problems = [
    ...declarations.problems,
    ...substitution.problems,
    ...vault.problems(),
    ...known.flatMap((one) => judge(one, values)),
    ...strangers(given, new Set(names)),
  ];
  return {
    root: replaced,
    parameters: known.map((one) => parameterOf(one, values, source)),
    issues: problems.map((found) => issueOf(found, source)),
    secrets: new Set([...values.secrets, ...vault.opened]),
    secretReferences: vault.references(source),
  };
}

/** Puts secrets into a document whose parameters are replaced already; nothing else in it is read as a reference. */
export function substituteSecrets(root: Node, source: SourceText, secrets: Secrets): Substituted {
  const vault = new Vault(secrets);
  const substitution = new Substitution(new Values({}, new Map()), new Map(), vault, true);
  const replaced = substitution.node(root, []);
  const problems = [...substitution.problems, ...vault.problems()];
  return {
    root: replaced,
    parameters: [],
    issues: problems.map((found) => issueOf(found, source)),
    secrets: vault.opened,
    secretReferences: vault.references(source),
  };
}

interface Known {
  readonly name: string;
  readonly declared: Declared | undefined;
  readonly uses: readonly Use[];
}

function byFirstUse(uses: Substitution['uses']): string[] {
  const first = (places: ReadonlyMap<number, Use>): number => Math.min(...places.keys());
  return [...uses].sort(([, a], [, b]) => first(a) - first(b)).map(([name]) => name);
}

function usesOf(name: string, { uses }: Substitution): Use[] {
  return [...(uses.get(name)?.values() ?? [])].sort((a, b) => a.start - b.start);
}

function parameterOf({ name, declared, uses }: Known, values: Values, source: SourceText): Parameter {
  const fallback = declared?.default ?? uses.find((use) => use.fallback !== undefined)?.fallback;
  const secret = declared?.secret ?? false;
  return {
    name,
    places: uses.map((use) => source.place(use)),
    type: declared?.type ?? 'string',
    ...(fallback === undefined || secret ? {} : { default: fallback }),
    ...(declared?.enum ? { enum: declared.enum } : {}),
    ...(declared?.description === undefined ? {} : { description: declared.description }),
    secret,
    required: declared?.required ?? (declared?.default === undefined && !uses.every(hasFallback)),
    given: values.isGiven(name),
  };
}

function hasFallback(use: Use): boolean {
  return use.fallback !== undefined;
}

/** What is wrong with a parameter: each complaint once, at the first place that it is about. */
function judge({ name, declared, uses }: Known, values: Values): Problem[] {
  const [first] = uses;
  if (!first) {
    if (!declared) return [];
    return [problem('parameter.unused', 'info', `The parameter \`${name}\` is declared and not used.`, declared.key)];
  }
  const found: Problem[] = [];
  const misfit = values.misfit(name);
  if (misfit !== undefined) {
    found.push(problem('parameter.invalid', 'error', `The value of \`${name}\` ${misfit}.`, first, change(name)));
  }
  const wanting = uses.filter(
    ({ fallback }) => values.valueOf(fallback === undefined ? { name } : { name, fallback }) === undefined,
  );
  const [missing] = misfit === undefined ? wanting : [];
  if (missing) found.push(missingParameter(name, missing, wanting.length));
  for (const use of declared?.default === undefined ? [] : uses.filter(hasFallback)) {
    const message = `The default behind \`:-\` has no effect: \`params:\` has one for \`${name}\`.`;
    found.push(problem('parameter.unused', 'info', message, use));
  }
  return found;
}

function missingParameter(name: string, place: Span, uses: number): Problem {
  const often = uses > 1 ? ` It is used ${uses} times.` : '';
  const message = `The parameter \`${name}\` has no value.${often}`;
  return problem('parameter.missing', 'error', message, place, `Give \`${name}\` a value.`);
}

function change(name: string): string {
  return `Change the value of \`${name}\`.`;
}

/** Values for names that the document does not know. They have no place in it, and are told at its start. */
function strangers(given: Given, names: ReadonlySet<string>): Problem[] {
  return Object.keys(given)
    .filter((name) => !names.has(name))
    .map((name) => {
      const message = `A value is given for \`${name}\`, which the document does not use.`;
      return problem('parameter.unknown', 'info', message, { start: 0, end: 0 });
    });
}
