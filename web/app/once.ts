// Things that are made once for each name, and known from then on.

export class Once<Made> {
  readonly #made = new Map<string, Made>();

  get(name: string, make: () => Made): Made {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const made = make();
    this.#made.set(name, made);
    return made;
  }

  all(): [name: string, made: Made][] {
    return [...this.#made];
  }

  /** Forgets everything; answers what there was. */
  clear(): Made[] {
    const all = [...this.#made.values()];
    this.#made.clear();
    return all;
  }
}
