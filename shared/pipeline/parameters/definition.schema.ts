// The `params:` block: parameters that a document declares. Aqueducts does not have it.
import { z } from '../../zod.ts';
import { addition } from '../../formats/addition.ts';
import { misfit, parameterTypes } from './types.ts';

/** A text here; in a document it may be typed as a number or truth value. */
const scalar = z.string().meta({ scalar: true });

const definition = z
  .object({
    type: z
      .enum(parameterTypes)
      .default('string')
      .describe('What the value must be. `sql` is put into queries as it stands: give it only to values you trust.'),
    default: scalar.optional().describe('The value where none is given.'),
    enum: z.array(scalar).min(1, 'must have at least one value').optional().describe('The values to choose from.'),
    description: z.string().optional().describe('What the parameter is for.'),
    secret: z.boolean().default(false).describe('Whether the value is hidden in everything that is shown.'),
    required: z
      .boolean()
      .optional()
      .describe('Whether a value must be given. Without this it must where there is no default.'),
  })
  .superRefine(({ type, default: value, enum: choices }, context) => {
    for (const [index, choice] of choices?.entries() ?? []) {
      const message = misfit(type, choice);
      if (message !== undefined) context.addIssue({ code: 'custom', path: ['enum', index], message });
    }
    if (value === undefined) return;
    const message = misfit(type, value);
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['default'], message });
    if (choices && !choices.includes(value)) {
      context.addIssue({ code: 'custom', path: ['default'], message: 'must be one of the values of `enum`' });
    }
  })
  .meta({ title: 'Parameter' });

export const parameterName = z.string().regex(/^[a-zA-Z0-9_]+$/, 'must be made of letters, digits and `_`');

export const parameterDefinitions = addition(
  z.record(parameterName, definition).default({}),
  'The parameters that texts use as `${name}`: what each is and what it may be.',
);

export type ParameterDefinition = z.infer<typeof definition>;
export { definition as parameterDefinition };
