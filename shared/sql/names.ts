// Names as DuckDB compares them: A to Z without regard to case, every other letter as it is (StringUtil::Lower).

/** The name in the form in which equal names are equal texts. */
export function foldName(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Names as the columns of a view or a table have them: one that is there already gets a number, `a`, `A` → `a`, `A_1`. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let number = 1; taken.has(foldName(free)); number++) free = `${name}_${number}`;
    taken.add(foldName(free));
    return free;
  });
}
