// Browsers do not tell how many bytes a response has travelled as, only how many have come out of it.

/** Bytes of duckdb-eh.wasm of the pinned version, uncompressed. */
export const codeSize = 35_996_950;
