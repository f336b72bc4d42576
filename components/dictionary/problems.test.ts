import { describe, expect, it } from 'vitest';
import { problemText } from './problems.ts';

describe('problemText', () => {
  it('tells what the server names in the language of the page', () => {
    const missing = { code: 'missing-artifact', message: 'No workspace "kantor" (found: pajak).', remedy: 'npm run workspace', detail: { id: 'workspace-missing', facts: { name: 'kantor', found: 'pajak' } } } as const;
    expect(problemText(missing, 'id')).toEqual({ message: 'Ruang kerja "kantor" tidak ada (yang ada: pajak).', remedy: 'npm run workspace' });
    expect(problemText(missing, 'en').message).toBe('There is no workspace "kantor" (there are: pajak).');
  });

  it('advises what can be done on the page where the server advises a command', () => {
    const damaged = { code: 'damaged-artifact', message: 'state.safetensors is not a checkpoint.', remedy: 'Start the training without --resume.', detail: { id: 'training-state-damaged', facts: {} } } as const;
    expect(problemText(damaged, 'en').remedy).toBe('Keep one of its checkpoints as an adapter, or start a new training.');
    expect(problemText(damaged, 'id').remedy).toBe('Simpan salah satu titik simpannya sebagai adapter, atau mulai latihan baru.');
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
