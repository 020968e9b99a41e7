// How the command ends: Aqueducts' codes (chapter 11 of the reference), and 128 plus the signal as shells have it.
export const exitCodes = {
  success: 0,
  failure: 1,
  usage: 2,
  interrupted: 130,
  /** Whoever read the output has gone, as `head` does. */
  brokenPipe: 141,
} as const;
