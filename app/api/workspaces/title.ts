import { WORKSPACE_LIMITS } from '@/lib/messages/workspaces.ts';
import { BadInputError } from '@/lib/system/errors.ts';

/** A title in one line, within its limit. */
export function title(given: unknown): string {
  const text = typeof given === 'string' ? given.normalize('NFC').replace(/[\s\p{Cc}]+/gu, ' ').trim() : '';
  if (text === '' || text.length > WORKSPACE_LIMITS.titleCharacters) {
    throw new BadInputError(`A title has 1 to ${WORKSPACE_LIMITS.titleCharacters} characters.`, { remedy: 'Send {"title": "…"}.' });
  }
  return text;
}
