// Colours of a terminal (ECMA-48, SGR), and none where there is none.

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;

export type Shade = keyof typeof codes;

/** The text in a colour. */
export type Paint = (shade: Shade, text: string) => string;

export const plain: Paint = (_, text) => text;

export const coloured: Paint = (shade, text) => `\u001b[${codes[shade]}m${text}\u001b[0m`;
