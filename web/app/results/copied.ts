// What is said once something was copied, or could not be.
import { asSluiceError } from '../../../shared/errors.ts';

export async function copied(copying: () => Promise<void>): Promise<string> {
  try {
    await copying();
    return 'Copied';
  } catch (thrown) {
    const { message, hint } = asSluiceError(thrown).issue;
    return [message, hint].filter(Boolean).join(' ');
  }
}
