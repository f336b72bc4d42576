import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { WorkspaceView } from '@/lib/messages/workspaces.ts';
import { LanguageContext } from '../language.tsx';
import { MakingProgress } from './making-progress.tsx';

it('reads a step out once: the count that follows every file is to be seen, and in the bar', () => {
  const shown = renderToStaticMarkup(<MakingProgress state={{ phase: 'working', step: 'files', done: 7, total: 300 }} onStop={() => undefined} done={() => ''} />);
  const live = [...shown.matchAll(/<p[^>]*role="status"[^>]*>/g)].map(([tag]) => tag);
  expect(live).toHaveLength(1);
  expect(live[0]).toContain('sr-only');
  expect(shown).toMatch(/<p class="tabular-nums"[^>]*>Membaca berkas: 7 dari 300/);
});

it.each([['id', 'kunci.pdf: dikunci dengan kata sandi'], ['en', 'kunci.pdf: locked with a password']] as const)('says why a file was left out in the language of the page (%s)', (language, said) => {
  const state = { phase: 'made', workspace: {} as WorkspaceView, documents: 1, chunks: 1, skipped: [{ file: 'kunci.pdf', reason: 'locked with a password', why: { id: 'locked', facts: {} } }] } as const;
  const html = renderToStaticMarkup(<LanguageContext value={language}><MakingProgress state={state} onStop={() => undefined} done={() => ''} /></LanguageContext>);
  expect(html.replace(/<[^>]*>/g, '')).toContain(said);
});
