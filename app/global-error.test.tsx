import { readFileSync } from 'node:fs';
import path from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import GlobalError from './global-error.tsx';

it('is a whole page in both languages, with nothing around it that may have broken', () => {
  const shown = renderToStaticMarkup(<GlobalError error={new Error('Out of ink.')} />);
  expect(shown).toMatch(/^<html lang="id"[^>]*>.*<body[^>]*>.*<\/body><\/html>$/s);
  expect(shown).toMatch(/<h1 lang="id"[^>]*>Halaman ini berhenti bekerja/);
  expect(shown).toMatch(/<p lang="en"[^>]*>The page stopped working/);
  expect(shown).toMatch(/<p lang="en"[^>]*>Out of ink\./);
  expect(shown).toContain('href="/"');
  expect(readFileSync(path.join(import.meta.dirname, 'global-error.tsx'), 'utf8')).not.toMatch(/page-shell|language\.tsx|next\//);
});
