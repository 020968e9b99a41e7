// Parts that the schemas of formats, sources and destinations share. A message begins with `must`; the field's name is
// put before it where it is shown.
import { z } from '../zod.ts';

/** Text with something in it. */
export const filledText = z.string().regex(/\S/, 'must not be empty');

/** The name of a relation, an output or the like. */
export const relationName = filledText.describe('What SQL calls it. Upper and lower case make no difference.');

/** One character that parts the values of a CSV line. */
export const delimiter = z
  .string()
  .regex(/^.$/su, 'must be exactly one character')
  .regex(/^[^"\r\n\0]*$/, 'must not be a quote or a line break')
  .default(',')
  .describe('The one character between two values.');

/** Credentials and settings of a store. */
export const storageConfig = z
  .record(z.string(), z.string())
  .default({})
  .describe('Settings and credentials of the object store, such as `aws_region`; all of them texts.');

export const location = filledText.describe(
  'A path relative to the pipeline or workspace, or an address. It is kept as it was typed.',
);

/** A whole number of 0 or more. */
export const wholeNumber = z
  .int({ error: 'must be a whole number of 0 or more' })
  .min(0, 'must be a whole number of 0 or more');

/** Something that is accepted and does not do what it seems to. */
export interface Advice {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string;
}

/** Tells that the credentials of a store are not used. */
export function adviseStorageConfig(config: Readonly<Record<string, string>>): Advice[] {
  if (Object.keys(config).length === 0) return [];
  const message = '`storage_config` has no effect: files here are read and written without credentials.';
  return [{ path: ['storage_config'], message }];
}

/** The same advice under a longer path. */
export function under(path: Advice['path'], advice: readonly Advice[]): Advice[] {
  return advice.map((one) => ({ ...one, path: [...path, ...one.path] }));
}
