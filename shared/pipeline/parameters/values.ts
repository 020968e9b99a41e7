// The value of every parameter: the one that was given, or a default; judged by what the document declares.
import type { Declared } from './definitions.ts';
import type { Reference } from './references.ts';
import { mayBeEmpty, misfit } from './types.ts';

export type Given = Readonly<Record<string, string>>;

export class Values {
  readonly #given: Given;
  readonly #declared: ReadonlyMap<string, Declared>;
  /** Values of secrets that were put somewhere. */
  readonly secrets = new Set<string>();

  constructor(given: Given, declared: ReadonlyMap<string, Declared>) {
    this.#given = given;
    this.#declared = declared;
    for (const [name, { secret, default: fallback }] of declared) {
      if (!secret) continue;
      for (const value of [this.#givenTo(name), fallback]) if (value !== undefined) this.secrets.add(value);
    }
  }

  /** Whether a value was given that counts: an empty one is none where emptiness cannot be a value. */
  isGiven(name: string): boolean {
    const value = this.#givenTo(name);
    return value !== undefined && (value !== '' || mayBeEmpty(this.#declared.get(name)?.type ?? 'string'));
  }

  /** What to put where a parameter is used; undefined where nothing is known or what is given does not fit. */
  valueOf({ name, fallback }: Pick<Reference, 'name' | 'fallback'>): string | undefined {
    if (this.misfit(name) !== undefined) return undefined;
    const value = this.#valueOf(name, fallback);
    if (value !== undefined && this.#declared.get(name)?.secret) this.secrets.add(value);
    return value;
  }

  #valueOf(name: string, fallback: string | undefined): string | undefined {
    const declared = this.#declared.get(name);
    const given = this.isGiven(name) ? this.#givenTo(name) : undefined;
    // As in a shell, whose notation it is, `:-` takes an empty value for none.
    if (given !== undefined && !(given === '' && fallback !== undefined)) return given;
    if (declared?.default !== undefined && declared.required !== true) return declared.default;
    if (fallback !== undefined) return fallback;
    return declared?.required === false ? '' : given;
  }

  /** Why a given value is refused: words that go after the parameter's name. */
  misfit(name: string): string | undefined {
    const declared = this.#declared.get(name);
    const value = this.isGiven(name) ? this.#givenTo(name) : undefined;
    if (!declared || value === undefined) return undefined;
    const wrong = misfit(declared.type, value);
    if (wrong !== undefined || !declared.enum || declared.enum.includes(value)) return wrong;
    return `must be one of ${declared.enum.map((choice) => `\`${choice}\``).join(', ')}`;
  }

  #givenTo(name: string): string | undefined {
    return Object.hasOwn(this.#given, name) ? this.#given[name] : undefined;
  }
}
