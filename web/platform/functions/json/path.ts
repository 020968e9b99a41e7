// Paths into JSON as DuckDB's json functions take them: `$.key."a key"[0][#-1].*[*]..key`, a JSON pointer (RFC 6901)
// when it begins with a slash, an index when it is a number, and else the name of one key.

export type Step =
  /** `digits` is set where a pointer's part may also be an index. */
  | { readonly kind: 'key'; readonly key: string; readonly index?: number }
  /** From the front, or from the back when negative. */
  | { readonly kind: 'index'; readonly index: number }
  /** Nothing is ever there: `[#]`. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'anyKey' }
  | { readonly kind: 'anyIndex' }
  /** The value itself and all that lies in it, at any depth. */
  | { readonly kind: 'descendants'; readonly self: boolean };

export interface JsonPath {
  readonly steps: readonly Step[];
  /** Whether it may name several values. */
  readonly hasWildcards: boolean;
}

/** A path that is not one. Its message is DuckDB's. */
export class PathError extends Error {}

/** Indices have at most 19 digits; beyond 2^53 there is no element anyway. */
const longestIndex = 19;

export function parsePath(path: string | bigint): JsonPath {
  if (typeof path !== 'string') return { steps: [indexStep(Number(path))], hasWildcards: false };
  if (path === '') return { steps: [], hasWildcards: false };
  if (path.startsWith('/')) return { steps: pointerSteps(path), hasWildcards: false };
  const steps = path.startsWith('$') ? new PathReader(path).read() : [keyStep(path)];
  return { steps, hasWildcards: steps.some((step) => /^(any|desc)/.test(step.kind)) };
}

function pointerSteps(path: string): Step[] {
  return path
    .slice(1)
    .split('/')
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      return /^(0|[1-9][0-9]*)$/.test(key) ? { kind: 'key', key, index: Number(key) } : { kind: 'key', key };
    });
}

function keyStep(key: string): Step {
  return key === '*' ? { kind: 'anyKey' } : { kind: 'key', key };
}

/** `[-0]` is the first element. */
function indexStep(index: number): Step {
  return { kind: 'index', index: index === 0 ? 0 : index };
}

class PathReader {
  readonly #path: string;
  #at = 1;

  constructor(path: string) {
    this.#path = path;
  }

  read(): Step[] {
    const steps: Step[] = [];
    while (this.#at < this.#path.length) {
      const sign = this.#path.charAt(this.#at++);
      if (this.#at === this.#path.length) throw this.#error();
      if (sign === '.') steps.push(...this.#field());
      else if (sign === '[') steps.push(this.#element());
      else throw this.#error();
    }
    return steps;
  }

  /** What follows a point. */
  #field(): Step[] {
    const rest = this.#path.slice(this.#at);
    if (rest.startsWith('**') || rest.startsWith('.*')) {
      this.#at += 2;
      return [{ kind: 'descendants', self: this.#at < this.#path.length }];
    }
    if (rest.startsWith('*')) {
      this.#at += 1;
      return [{ kind: 'anyKey' }];
    }
    if (!rest.startsWith('.')) return [this.#key()];
    this.#at += 1;
    return [{ kind: 'descendants', self: true }, ...(rest.startsWith('.[') ? [] : [this.#key()])];
  }

  #key(): Step {
    const start = this.#at;
    if (this.#path.charAt(start) === '"') {
      const quoted = /^"((?:[^"\\]|\\[^])+)"/.exec(this.#path.slice(start));
      if (!quoted) throw this.#error();
      this.#at += quoted[0].length;
      return keyStep((quoted[1] ?? '').replace(/\\(["\\])/g, '$1'));
    }
    const plain = /^[^.[]+/.exec(this.#path.slice(start))?.[0];
    if (plain === undefined) throw this.#error();
    this.#at += plain.length;
    return keyStep(plain);
  }

  /** What follows an opening bracket. */
  #element(): Step {
    const rest = this.#path.slice(this.#at);
    const found = /^(\*|#|(#?-)?([0-9]+))\]/.exec(rest);
    const digits = found?.[3] ?? '';
    if (!found || digits.length > longestIndex) {
      if (rest.startsWith('*') || rest.startsWith('#')) this.#at += 1;
      throw this.#error();
    }
    this.#at += found[0].length;
    if (found[1] === '*') return { kind: 'anyIndex' };
    if (found[1] === '#') return { kind: 'nothing' };
    return indexStep(found[2] === undefined ? Number(digits) : -Number(digits));
  }

  #error(): PathError {
    return new PathError(`JSON path error near '${this.#path.slice(this.#at - 1)}'`);
  }
}
