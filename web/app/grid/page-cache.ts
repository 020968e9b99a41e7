// Pages of rows by their number, the least recently used let go first. Sizes are in bytes as they came from the Worker.

export class PageCache<Page> {
  readonly #pages = new Map<number, { readonly page: Page; readonly size: number }>();
  readonly #budget: number;
  readonly #fewest: number;
  #size = 0;

  /** Holds pages of `budget` bytes in all, but never fewer than `fewest` pages: those in view. */
  constructor(budget: number, fewest: number) {
    this.#budget = budget;
    this.#fewest = fewest;
  }

  get count(): number {
    return this.#pages.size;
  }

  has(number: number): boolean {
    return this.#pages.has(number);
  }

  /** The page, without counting as a use: drawing asks for every cell. */
  get(number: number): Page | undefined {
    return this.#pages.get(number)?.page;
  }

  /** Counts as a use. */
  touch(number: number): void {
    const entry = this.#pages.get(number);
    if (!entry) return;
    this.#pages.delete(number);
    this.#pages.set(number, entry);
  }

  set(number: number, page: Page, size: number): void {
    this.#remove(number);
    this.#pages.set(number, { page, size });
    this.#size += size;
    for (const oldest of this.#pages.keys()) {
      if (this.#size <= this.#budget || this.#pages.size <= this.#fewest) return;
      this.#remove(oldest);
    }
  }

  clear(): void {
    this.#pages.clear();
    this.#size = 0;
  }

  #remove(number: number): void {
    this.#size -= this.#pages.get(number)?.size ?? 0;
    this.#pages.delete(number);
  }
}
