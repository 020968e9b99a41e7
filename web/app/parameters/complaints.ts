// What the check of the text says about the value of a parameter.
import type { Issue } from '../../../shared/errors.ts';

/** The refusal of a value that was given, in words; undefined where it is fine or none was given. */
export function complaintAbout(name: string, issues: readonly Issue[]): string | undefined {
  const about = `\`${name}\``;
  return issues.find(
    ({ code, message, hint }) =>
      code === 'parameter.invalid' && (message.includes(about) || hint?.includes(about) === true),
  )?.message;
}
