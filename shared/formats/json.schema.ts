// Options of JSON lines.
import { z } from '../zod.ts';
import { declaredColumns } from './column.schema.ts';

export const jsonRead = z.object({
  type: z.literal('json'),
  options: z.object({ schema: declaredColumns }).prefault({}),
});

/** Writing has no options; Aqueducts refuses even empty ones, so they are left out of what is serialized. */
export const jsonWrite = z.codec(
  z.object({ type: z.literal('json'), options: z.object({}).optional() }),
  z.object({ type: z.literal('json'), options: z.object({}) }),
  {
    decode: ({ type }) => ({ type, options: {} }),
    encode: ({ type }) => ({ type }),
  },
);

export type JsonReadOptions = z.infer<typeof jsonRead>['options'];
export type JsonWriteOptions = z.infer<typeof jsonWrite>['options'];
