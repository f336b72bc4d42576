import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Notice } from './notice.tsx';

it('names the language of each of its sentences, whichever the page is in', () => {
  const shown = renderToStaticMarkup(<Notice indonesian="Halaman ini tidak ada." english="There is no such page." />);
  expect(shown).toMatch(/<h1 lang="id"[^>]*>Halaman/);
  expect(shown).toMatch(/<p lang="en"[^>]*>There/);
});
