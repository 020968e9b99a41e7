// Files that the two platforms are known to read otherwise, each with its reason. A test fails when one is mended.

export const known: Readonly<Record<string, readonly { readonly difference: string; readonly reason: string }[]>> = {};
