// What the page remembers from visit to visit.

/** The browser's storage, where it lets the page have it: with storage blocked, even naming it throws. */
export function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
