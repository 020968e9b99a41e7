/** A text between single quotes, as all shells of the Bourne family and fish (with `'` left out) read it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", '’')}'`;
}
