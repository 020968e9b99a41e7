// Stands in for @types/node while shared/ is checked (shared/tsconfig.json): a library's `reference types="node"`
// finds this empty file, so that no global of Node becomes visible there.
export {};
