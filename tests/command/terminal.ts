// A terminal for tests: makes the command believe that it has one, and tells what would be on its screen.

/** Words for Node that turn standard output into a terminal of so many columns. */
export function asTerminal(columns: number): string[] {
  const lies = `{ isTTY: true, columns: ${columns}, hasColors: () => true }`;
  return ['--import', `data:text/javascript,Object.assign(process.stdout, ${lies})`];
}

/** The lines on the screen after this output, and whether the cursor is to be seen. Fails for sequences it does not know. */
export function screenOf(output: string): { lines: string[]; cursor: boolean } {
  const lines = [''];
  let [row, cursor] = [0, true];
  for (const [token] of output.matchAll(/\u001b\[[\d?;]*[A-Za-z]|[\s\S]/gu)) {
    if (token === '\n') {
      row++;
      lines[row] ??= '';
    } else if (token === '\u001b[?25l') cursor = false;
    else if (token === '\u001b[?25h') cursor = true;
    else if (token === '\u001b[0J') {
      lines.length = row + 1;
      lines[row] = '';
    } else if (/^\u001b\[\d+A$/.test(token)) row -= Number(token.slice(2, -1));
    else if (token.startsWith('\u001b') && !token.endsWith('m')) throw new Error(`Unknown: ${JSON.stringify(token)}`);
    else if (token !== '\r' && !token.startsWith('\u001b')) lines[row] = (lines[row] ?? '') + token;
  }
  return { lines, cursor };
}
