// A column of a declared schema (chapter 2 of the Aqueducts reference: `Field`).
import { z } from 'zod';
import { filledText } from './text.schema.ts';

export const declaredColumn = z.object({
  name: filledText,
  /** An Aqueducts type, such as `int32`, `timestamp<us,UTC>` or `list<struct<a:string>>`. */
  data_type: filledText,
  nullable: z.boolean().default(true),
  description: z.string().nullish(),
});

/** The columns of a file. An empty list means that they are inferred. */
export const declaredColumns = z.array(declaredColumn).default([]);

export type DeclaredColumn = z.infer<typeof declaredColumn>;
