// The shape in which the dialect's macros are written down. A macro's parameters stand in for whole expressions: each
// use is one more copy of the argument, so they are used sparingly. Names that end in two underscores are our own.

/** By name, the definition that follows it: `(a) AS …`, or several for several numbers of arguments. */
export type Macros = Readonly<Record<string, string>>;
