import { describe, expect, it } from 'vitest';
import { problemText } from './problems.ts';

describe('problemText', () => {
  it('tells what the server names in the language of the page', () => {
    const missing = { code: 'missing-artifact', message: 'No workspace "kantor" (found: pajak).', remedy: 'npm run workspace', detail: { id: 'workspace-missing', facts: { name: 'kantor', found: 'pajak' } } } as const;
    expect(problemText(missing, 'id')).toEqual({ message: 'Ruang kerja "kantor" tidak ada (yang ada: pajak).', remedy: 'npm run workspace' });
    expect(problemText(missing, 'en').message).toBe('There is no workspace "kantor" (there are: pajak).');
  });

  it.each([
    ['id', 'Server tidak terjangkau. Pastikan npm start masih berjalan.'],
    ['en', 'The server cannot be reached. Check that npm start is still running.'],
  ] as const)('says what the browser means by "Failed to fetch" (%s)', (language, message) => {
    expect(problemText({ code: 'unreachable', message: 'Failed to fetch' }, language).message).toBe(message);
  });

  it('keeps the server’s words where it has none of its own', () => {
    expect(problemText({ code: 'internal', message: 'Out of ink.', remedy: 'Refill.' }, 'id')).toEqual({ message: 'Out of ink.', remedy: 'Refill.' });
  });
});
