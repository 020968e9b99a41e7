// What the page may do (Content Security Policy, level 3).

/**
 * Sources may have any http(s) address and relays any socket's, so `connect-src` is no wall around the data in the tab (SECURITY.md). DuckDB
 * compiles WebAssembly; CodeMirror and Svelte put styles into the page.
 */
export const contentSecurityPolicy = {
  defaultSrc: [`'self'`],
  scriptSrc: [`'self'`, `'wasm-unsafe-eval'`],
  workerSrc: [`'self'`, 'blob:'],
  styleSrc: [`'self'`, `'unsafe-inline'`],
  imgSrc: [`'self'`, 'data:', 'blob:'],
  connectSrc: [`'self'`, 'https:', 'http:', 'wss:', 'ws:'],
  formAction: [`'self'`],
  frameAncestors: [`'self'`],
  baseUri: [`'none'`],
  objectSrc: [`'none'`],
};
