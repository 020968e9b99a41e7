// What the page of the contract and its Worker say to each other, and what the test may call.

/** What a case answered, or how it failed. */
export type CaseResult = { readonly answer: unknown } | { readonly error: string };

export interface CaseDone {
  readonly result: CaseResult;
  /** Whether the Worker is not as it was: an engine died in it, or one with other limits was opened. */
  readonly spent: boolean;
}

declare global {
  interface Window {
    /** Runs the contract case of this name in a Worker. */
    runCase(name: string): Promise<CaseResult>;
  }
}
